"""A browser cannot run code: of a light page every message but those of its own widgets is dropped. Full pages: test_full_page.py."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cps_training.server.light_connection import join
from tests.server.bare_kernels import wait_for
from tests.server.conftest import kernels_of
from tests.server.visitor import (
    BINARY_PROTOCOL,
    JSON_PROTOCOL,
    Visitor,
    in_a_thread,
    message,
    packed,
    page_state,
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


def refused_forms() -> list[tuple[str | None, str | bytes]]:
    """(protocol, message) of what no page sends."""
    return [(protocol, rubbish) for protocol in (JSON_PROTOCOL, BINARY_PROTOCOL) for rubbish in RUBBISH]


def test_nothing_but_widget_messages_reaches_the_kernel(learner: Visitor, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    forbidden = attacks(mark)
    everywhere = [(kind, channel, content) for kind, _, content in forbidden for channel in ("shell", "control")]
    said = [message(kind, content, channel) for kind, channel, content in [*forbidden, *everywhere]]
    said.append(message("shutdown_request", {"restart": False}))  # a page says goodbye in another way

    async def talk() -> list[dict[str, Any]]:
        async with learner.channels(kernel) as link:
            return await say_and_hear(link, said)

    kernel = learner.open("/home")
    heard = in_a_thread(talk())
    assert [one["msg_type"] for one in heard] == ["comm_msg"]  # the page it asked for last, and no answer before
    assert heard[-1]["content"]["data"]["method"] == "page"
    assert not mark.exists()


def test_widget_messages_do_reach_it(learner: Visitor) -> None:
    """Without this the test above could pass on a dead connection: an answer changes what the page shows."""

    async def talk() -> list[dict[str, Any]]:
        async with learner.channels(kernel) as link:
            states = (await say_and_hear(link, []))[-1]["content"]["data"]["states"]
            ((model, card),) = [(key, one["state"]) for key, one in states.items() if one["state"].get("presentation")]
            said = {"kind": "answer", "item": card["presentation"]["item"], "response": None, "answer_id": "a" * 32}
            content = {"comm_id": model, "data": {"method": "custom", "content": said}}
            return [
                one
                for one in await say_and_hear(link, [message("comm_msg", content)])
                if one["content"]["comm_id"] == model
            ]

    kernel = learner.open("/quiz?form=cps-practice")
    heard = in_a_thread(talk())
    assert heard
    assert heard[0]["content"]["data"]["state"]["status"]["answer_id"] == "a" * 32


def test_what_a_browser_writes_into_a_widget_changes_nothing(learner: Visitor) -> None:
    """Texts, code of the view, children: state comes from Python alone, and no way around the widgets leads to an object."""

    async def talk() -> tuple[dict[str, Any], dict[str, Any]]:
        async with learner.channels(kernel) as link:
            before = (await say_and_hear(link, []))[-1]["content"]["data"]["states"]
            said = []
            for model, one in before.items():
                state = {name: "written" for name in one["state"] if name not in ("layout",)} | {"_esm": "alert(1)"}
                said.append(message("comm_msg", {"comm_id": model, "data": {"method": "update", "state": state}}))
                said.append(message("comm_close", {"comm_id": "no-such-comm", "data": {}}))
            return before, (await say_and_hear(link, said))[-1]["content"]["data"]["states"]

    kernel = learner.open("/lessons/cps-cycle")
    before, after = in_a_thread(talk())
    ours = {model for model, one in before.items() if one["model_name"] == "AnyModel"}
    assert len(ours) > 5
    assert {model: before[model] for model in ours} == {model: after[model] for model in ours}


def test_a_message_that_calls_itself_two_things_is_not_believed(learner: Visitor, tmp_path: Path) -> None:
    """The allowed name outside, the forbidden one inside, and the other way round; twice in one header, in both orders."""
    mark = tmp_path / "ran"
    (_, _, content), *_ = attacks(mark)
    two = json.dumps(message("comm_msg", {})["header"])
    twice = [
        two.replace('"comm_msg"', '"comm_msg", "msg_type": "execute_request"'),
        two.replace('"comm_msg"', '"execute_request", "msg_type": "comm_msg"'),
    ]
    frames = [join([b"shell", header.encode(), b"{}", b"{}", json.dumps(content).encode()]) for header in twice]
    outside = message("execute_request", content) | {"msg_type": "comm_msg"}
    inside = message("comm_msg", content) | {"msg_type": "execute_request"}
    frames += [bytes(packed(one, BINARY_PROTOCOL)) for one in (outside, inside)]

    async def talk() -> set[str]:
        async with learner.channels(kernel) as link:
            for frame in frames:
                await link.write_message(frame, binary=True)
            return {heard["msg_type"] for heard in await say_and_hear(link, [])}

    kernel = learner.open("/home")
    assert in_a_thread(talk()) == {"comm_msg"}
    assert not mark.exists()


def test_rubbish_ends_the_connection_and_nothing_else(learner: Visitor) -> None:
    async def send(rubbish: str | bytes) -> None:
        async with learner.channels(kernel) as link:
            await link.write_message(rubbish, binary=isinstance(rubbish, bytes))
            await until_closed(link)

    kernel = learner.open("/home")
    for rubbish in RUBBISH:
        in_a_thread(send(rubbish))
    assert learner.get(f"/api/kernels/{kernel}").status == 200
    assert in_a_thread(page_state(learner, "/home"))["cells"]


def test_connecting_to_a_kernel_that_just_died_is_refused_at_once(kit: Any, learner: Visitor) -> None:
    kernel = learner.open("/home")
    for process in wait_for(lambda: kernels_of(kit), "it runs"):
        process.kill()
    wait_for(lambda: learner.get(f"/api/kernels/{kernel}").status == 403, "its end is noticed")
    answer = learner.get(
        f"/api/kernels/{kernel}/channels",
        Upgrade="websocket",
        Connection="Upgrade",
        Sec_WebSocket_Version="13",
        Sec_WebSocket_Key="dGhlIHNhbXBsZSBub25jZQ==",
        Sec_WebSocket_Protocol=BINARY_PROTOCOL,
    )
    assert answer.status in (403, 404)


def test_a_page_tells_its_reader_when_the_kernel_died(kit: Any, learner: Visitor) -> None:
    async def talk() -> list[bytes]:
        async with learner.channels(kernel) as link:
            await say_and_hear(link, [])
            for process in kernels_of(kit):
                process.kill()
            return await until_closed(link)

    kernel = learner.open("/home")
    assert any(b'"dead"' in raw for raw in in_a_thread(talk()))
    assert learner.get(f"/api/kernels/{kernel}").status == 403
    assert learner.open("/home") != kernel
