"""A browser cannot run code: every message type but the widgets' own is dropped, in both websocket protocols."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jupyter_server.services.kernels.connection.base import serialize_binary_message, serialize_msg_to_ws_v1

from cps_training.server.connection import require_sane_parts
from tests.server.conftest import kernels_of
from tests.server.visitor import (
    BINARY_PROTOCOL,
    JSON_PROTOCOL,
    Visitor,
    in_a_thread,
    message,
    say_and_hear,
    until_closed,
)

TOO_BIG = 1009
ANSWERS_ALWAYS = {"status", "kernel_info_reply"}


def attacks(mark: Path) -> list[tuple[str, str, dict[str, Any]]]:
    """(type, channel, content) of everything that could run or reveal something. Running writes the mark."""
    code = f"import pathlib; pathlib.Path({str(mark)!r}).write_text('ran')"
    execute = {
        "code": code,
        "silent": False,
        "store_history": False,
        "user_expressions": {"x": code},
        "allow_stdin": True,
    }
    found = [("execute_request", channel, execute) for channel in ("shell", "control", "stdin", "iopub")]
    return [
        *found,
        ("inspect_request", "shell", {"code": "open", "cursor_pos": 4, "detail_level": 1}),
        ("complete_request", "shell", {"code": "import o", "cursor_pos": 8}),
        ("history_request", "shell", {"output": True, "raw": True, "hist_access_type": "tail", "n": 10}),
        ("is_complete_request", "shell", {"code": code}),
        ("input_reply", "stdin", {"value": code}),
        (
            "debug_request",
            "control",
            {"type": "request", "seq": 1, "command": "evaluate", "arguments": {"expression": code}},
        ),
        ("create_subshell_request", "control", {}),
        ("list_subshell_request", "control", {}),
        ("delete_subshell_request", "control", {"subshell_id": "x"}),
        ("interrupt_request", "control", {}),
        ("usage_request", "control", {}),
        ("apply_request", "shell", {"code": code}),
        ("abort_request", "control", {}),
        ("clear_request", "control", {}),
        ("connect_request", "shell", {}),
    ]


@pytest.mark.parametrize("protocol", [JSON_PROTOCOL, BINARY_PROTOCOL])
def test_nothing_but_widget_messages_reaches_the_kernel(learner: Visitor, tmp_path: Path, protocol: str | None) -> None:
    mark = tmp_path / "ran"
    said = [message(kind, content, channel) for kind, channel, content in attacks(mark)]

    async def talk() -> set[str]:
        async with learner.channels(kernel, protocol) as link:
            return {heard["msg_type"] for heard in await say_and_hear(link, said, protocol)}

    kernel = learner.open("/home")
    heard = in_a_thread(talk())
    assert heard <= ANSWERS_ALWAYS, heard
    assert not mark.exists()


@pytest.mark.parametrize("protocol", [JSON_PROTOCOL, BINARY_PROTOCOL])
def test_widget_messages_do_reach_it(learner: Visitor, protocol: str | None) -> None:
    """Without this the test above could pass on a dead connection."""
    opened = message("comm_open", {"comm_id": "probe", "target_name": "nobody.listens", "data": {}})

    async def talk() -> list[dict[str, Any]]:
        async with learner.channels(kernel, protocol) as link:
            return await say_and_hear(link, [opened], protocol)

    kernel = learner.open("/home")
    closed = [heard for heard in in_a_thread(talk()) if heard["msg_type"] == "comm_close"]
    assert [heard["content"]["comm_id"] for heard in closed] == ["probe"]


def test_a_message_that_calls_itself_two_things_is_not_believed(learner: Visitor, tmp_path: Path) -> None:
    """The allowed name outside, the forbidden one inside, and the other way round."""
    mark = tmp_path / "ran"
    (_, _, content), *_ = attacks(mark)
    outside = message("execute_request", content) | {"msg_type": "comm_msg"}
    inside = message("comm_msg", content) | {"msg_type": "execute_request"}

    async def talk() -> set[str]:
        async with learner.channels(kernel) as link:
            return {heard["msg_type"] for heard in await say_and_hear(link, [outside, inside])}

    kernel = learner.open("/home")
    assert "execute_reply" not in in_a_thread(talk())
    assert not mark.exists()


HUGE = b"\x7f" * 64
"""Announces two thousand million parts, or in the newer layout more than there are atoms to hold them."""
RUBBISH = (
    "",
    "{",
    "[]",
    '{"channel": "shell"}',
    '{"channel": "shell", "header": 1}',
    "null",
    b"\x00",
    b"\xff" * 64,
    HUGE,
)


def test_rubbish_ends_the_connection_and_nothing_else(learner: Visitor) -> None:
    async def send(rubbish: str | bytes) -> None:
        async with learner.channels(kernel) as link:
            await link.write_message(rubbish, binary=isinstance(rubbish, bytes))
            await until_closed(link)

    async def talk() -> set[str]:
        async with learner.channels(kernel) as link:
            return {heard["msg_type"] for heard in await say_and_hear(link, [])}

    kernel = learner.open("/home")
    for rubbish in RUBBISH:
        in_a_thread(send(rubbish))
    assert "kernel_info_reply" in in_a_thread(talk())


@pytest.mark.parametrize("is_v1", [True, False])
@pytest.mark.parametrize("message", [b"", b"\x00" * 4, b"\xff" * 64, HUGE, b"\x01\x00\x00\x00", b"\x00\x00\x00\x09abc"])
def test_a_binary_message_is_not_believed_about_its_own_size(message: bytes, is_v1: bool) -> None:
    with pytest.raises(ValueError, match="parts"):
        require_sane_parts(message, is_v1=is_v1)


def test_sane_binary_messages_of_both_layouts_pass() -> None:
    message = {"header": {"date": "2026-11-23T00:00:00Z"}, "parent_header": {}, "metadata": {}, "content": {}}
    require_sane_parts(serialize_binary_message(message | {"buffers": [b"abc"]}), is_v1=False)
    require_sane_parts(serialize_msg_to_ws_v1([b"{}"] * 4, "shell"), is_v1=True)


def test_a_message_longer_than_any_answer_is_not_taken(learner: Visitor) -> None:
    async def send() -> int:
        async with learner.channels(kernel) as link:
            await link.write_message(" " * (300 * 1024))
            await until_closed(link)
            return int(link.close_code)

    kernel = learner.open("/home")
    assert in_a_thread(send()) == TOO_BIG


def test_connecting_to_a_kernel_that_just_died_is_refused_at_once(kit: Any, learner: Visitor) -> None:
    kernel = learner.open("/home")
    for process in kernels_of(kit):
        process.kill()
    answer = learner.get(
        f"/api/kernels/{kernel}/channels",
        Upgrade="websocket",
        Connection="Upgrade",
        Sec_WebSocket_Version="13",
        Sec_WebSocket_Key="dGhlIHNhbXBsZSBub25jZQ==",
    )
    assert answer.status in (403, 404)


def test_a_page_tells_its_reader_when_the_kernel_died(kit: Any, learner: Visitor) -> None:
    async def talk() -> list[str]:
        async with learner.channels(kernel) as link:
            await say_and_hear(link, [])
            for process in kernels_of(kit):
                process.kill()
            return await until_closed(link)

    kernel = learner.open("/home")
    assert any('"dead"' in raw for raw in in_a_thread(talk()))
    assert learner.get(f"/api/kernels/{kernel}").status == 403
    assert learner.open("/home") != kernel
