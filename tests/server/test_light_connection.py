"""The websocket of a light page: its frames, what passes it and what does not, and what a server does with it that is ending."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import signal
import socket
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1
from sqlalchemy import func, select
from tornado.httpclient import HTTPClientError

from cps_training.places import DataFolder
from cps_training.records.engine import Records
from cps_training.records.tables import step
from cps_training.server.connection import MOST_PARTS
from cps_training.server.light_connection import join, split
from tests.kit import Kit
from tests.server.bare_kernels import short_folder, wait_for, write_lesson
from tests.server.conftest import first_trainer, kernels_of
from tests.server.visitor import (
    BINARY_PROTOCOL,
    JSON_PROTOCOL,
    PATIENCE,
    Visitor,
    in_a_thread,
    kernel_in,
    message,
    packed,
    page_state,
    say_and_hear,
    unpacked,
    until_closed,
)

TOLD = {"comm_open", "comm_msg", "comm_close", "kernel_info_reply"}
PARTS = st.lists(st.binary(max_size=200), min_size=5, max_size=MOST_PARTS - 1)


# Frames -----------------------------------------------------------------------------------------------------------


@given(PARTS)
def test_what_is_joined_is_split_again(parts: list[bytes]) -> None:
    assert split(join(parts)) == parts


@given(st.lists(st.binary(max_size=50), min_size=4, max_size=8))
def test_it_is_the_layout_that_jupyter_speaks(parts: list[bytes]) -> None:
    assert split(serialize_msg_to_ws_v1(parts, "shell")) == [b"shell", *parts]
    assert deserialize_msg_from_ws_v1(join([b"shell", *parts])) == ("shell", parts)


@given(st.binary(max_size=400))
def test_whatever_comes_is_split_or_refused(rubbish: bytes) -> None:
    try:
        parts = split(rubbish)
    except ValueError:
        return
    assert rubbish.endswith(b"".join(parts))


@given(PARTS, st.data())
def test_a_damaged_message_is_split_or_refused(parts: list[bytes], data: st.DataObject) -> None:
    whole = bytearray(join(parts))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(0, len(whole)))])
    try:
        found = split(cut)
    except ValueError:
        return
    assert 5 <= len(found) < MOST_PARTS
    assert cut.endswith(b"".join(found))


def numbers(*given: int) -> bytes:
    return b"".join(number.to_bytes(8, "little") for number in given)


GOOD = numbers(6, 56, 57, 58, 59, 60, 61) + b"abcde"
MALFORMED = {
    "text": "text",
    "nothing": b"",
    "half a number": b"\x06\x00",
    "no parts": numbers(0),
    "too few parts": numbers(5, 48, 49, 50, 51, 52) + b"abcd",
    "too many parts": numbers(MOST_PARTS + 1, *range(600, 600 + MOST_PARTS + 1)) + b"a" * 1000,
    "more parts than atoms": numbers(2**64 - 1) + b"a" * 100,
    "half the offsets": GOOD[:30],
    "into the offsets": numbers(6, 8, 57, 58, 59, 60, 61) + b"abcde",
    "backwards": numbers(6, 56, 58, 57, 59, 60, 61) + b"abcde",
    "past the end": numbers(6, 56, 57, 58, 59, 60, 62) + b"abcde",
    "before the end": numbers(6, 56, 57, 58, 59, 60, 60) + b"abcde",
    "far away": numbers(6, 56, 57, 58, 59, 60, 2**63) + b"abcde",
    "cut": GOOD[:-1],
    "longer": GOOD + b"f",
}


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_message_is_refused(name: str) -> None:
    assert split(GOOD) == [b"a", b"b", b"c", b"d", b"e"]
    with pytest.raises(ValueError, match=r"binary|parts|offsets"):
        split(MALFORMED[name])


# What passes ------------------------------------------------------------------------------------------------------


def heard_after(visitor: Visitor, *said: dict[str, Any]) -> list[dict[str, Any]]:
    """What a page of the visitor hears after these messages, its whole state last."""

    async def talk() -> list[dict[str, Any]]:
        async with visitor.channels(kernel) as link:
            return await say_and_hear(link, list(said))

    kernel = visitor.open("/home")
    return list(in_a_thread(talk()))


def test_a_page_is_told_of_widgets_and_of_nothing_else(learner: Visitor) -> None:
    heard = heard_after(learner, message("kernel_info_request", {}), message("comm_close", {"comm_id": "nobody's"}))
    assert {one["msg_type"] for one in heard} <= TOLD
    assert heard[-1]["content"]["data"]["cells"][0]["outputs"]


def test_the_kernels_name_is_told(learner: Visitor) -> None:
    async def talk() -> dict[str, Any]:
        async with learner.channels(kernel) as link:
            await link.write_message(packed(message("kernel_info_request", {}), BINARY_PROTOCOL), binary=True)
            while True:
                raw = await asyncio.wait_for(link.read_message(), PATIENCE)
                heard = unpacked(raw)
                if heard["msg_type"] == "kernel_info_reply":
                    return heard

    kernel = learner.open("/home")
    assert in_a_thread(talk())["content"]["language_info"]["name"] == "python"


def test_a_page_opens_no_widget_and_no_other_comm(learner: Visitor) -> None:
    state = {"_model_module": "@jupyter-widgets/base", "_model_name": "LayoutModel", "_view_name": "LayoutView"}
    targets: list[Any] = ["jupyter.widget", "jupyter.widget.control", "nobody.listens", "", None, ["cps.page"]]
    said = [
        message("comm_open", {"comm_id": f"probe{n}", "target_name": target, "data": {"state": state}})
        for n, target in enumerate(targets)
    ]
    said += [
        message("comm_msg", {"comm_id": f"probe{n}", "data": {"method": "request_states"}}) for n in range(len(targets))
    ]
    heard = heard_after(learner, *said)
    assert not [one for one in heard if str(one["content"].get("comm_id")).startswith("probe")]
    assert not [model for model in heard[-1]["content"]["data"]["states"] if model.startswith("probe")]


@pytest.mark.parametrize("channel", ["iopub", "stdin", "control", "heartbeat", "", "shell\n"])
def test_only_the_one_channel_leads_to_the_kernel(learner: Visitor, channel: str) -> None:
    opened = message("comm_open", {"comm_id": "probe", "target_name": "cps.page", "data": {}}, channel)
    assert not [one for one in heard_after(learner, opened) if one["content"].get("comm_id") == "probe"]


def test_a_header_that_two_readers_read_differently_is_believed_by_neither(learner: Visitor) -> None:
    """The server reads the type, the kernel acts on it: both must see the same, in whatever encoding it is written."""
    content = json.dumps({"comm_id": "probe", "target_name": "cps.page", "data": {}})

    def frame(header: bytes) -> bytes:
        return join([b"shell", header, b"{}", b"{}", content.encode()])

    said = json.dumps(message("comm_open", {})["header"])
    frames = [
        frame(said.encode("utf-16")),
        frame(said.encode("utf-32-le")),
        frame(b"\xef\xbb\xbf" + said.encode()),
        frame(said.replace("comm_open", 'execute_request", "msg_type": "comm_open').encode()),
    ]

    async def talk() -> list[Any]:
        heard: list[Any] = []
        for raw in frames:
            async with learner.channels(kernel) as link:
                await link.write_message(raw, binary=True)
                try:
                    heard += await say_and_hear(link, [])
                except AssertionError:  # closed
                    continue
        return heard

    kernel = learner.open("/home")
    assert {one["msg_type"] for one in in_a_thread(talk())} <= TOLD
    assert learner.get(f"/api/kernels/{kernel}").status == 200


def test_many_messages_at_once_are_all_dealt_with_in_order(learner: Visitor) -> None:
    comms = [secrets.token_hex(4) for _ in range(50)]
    said = [message("comm_open", {"comm_id": comm, "target_name": "cps.page", "data": {}}) for comm in comms]
    heard = heard_after(learner, *said)
    told = [one["content"]["comm_id"] for one in heard if one["content"]["data"].get("method") == "page"]
    assert told[:-1] == comms


# What ends it -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rubbish",
    [
        "text",
        json.dumps(message("comm_open", {"comm_id": "x", "target_name": "cps.page", "data": {}})),
        *(raw for raw in MALFORMED.values() if isinstance(raw, bytes) and len(raw) < 200),
        join([b"shell", b"no json", b"{}", b"{}", b"{}"]),
        join([b"shell", b"[]", b"{}", b"{}", b"{}"]),
        join([b"shell", b"{}", b"{}", b"{}", b"{}"]),
        join([b"shell", b'{"msg_type": ["comm_msg"]}', b"{}", b"{}", b"{}"]),
        join([b"shell", b'{"msg_type": "comm_open"}', b"{}", b"{}", b"{}"]),
        join([b"shell", b'{"msg_type": "comm_open"}', b"{}", b"{}", b"[]"]),
        join([b"shell", b'{"msg_type": "comm_open"}', b"{}", b"{}", b"\xff"]),
        join([b"shell", b"[" * 100_000, b"{}", b"{}", b"{}"]),
    ],
    ids=lambda raw: repr(raw[:30]),
)
def test_a_malformed_message_ends_the_connection_and_not_the_page(learner: Visitor, rubbish: str | bytes) -> None:
    async def talk() -> tuple[int, list[dict[str, Any]]]:
        async with learner.channels(kernel) as link:
            await link.write_message(rubbish, binary=isinstance(rubbish, bytes))
            assert await until_closed(link) == []
            code = link.close_code
        async with learner.channels(kernel) as link:
            return code, await say_and_hear(link, [])

    kernel = learner.open("/home")
    code, heard = in_a_thread(talk())
    assert code == 1007
    assert heard[-1]["content"]["data"]["cells"]


@pytest.mark.parametrize("kind", ["text", "binary", "one long answer"])
def test_a_message_longer_than_any_answer_is_not_taken(learner: Visitor, kind: str) -> None:
    long = message("comm_msg", {"comm_id": "x", "data": {"text": "x" * 300_000}})
    said = {"text": " " * 300_000, "binary": b" " * 300_000, "one long answer": packed(long, BINARY_PROTOCOL)}[kind]

    async def talk() -> int:
        async with learner.channels(kernel) as link:
            await link.write_message(said, binary=isinstance(said, bytes))
            await until_closed(link)
            return int(link.close_code)

    kernel = learner.open("/home")
    assert in_a_thread(talk()) == 1009


@pytest.mark.parametrize("protocol", [JSON_PROTOCOL, "v2.kernel.websocket.jupyter.org", f"x{BINARY_PROTOCOL}"])
def test_another_protocol_is_not_spoken(learner: Visitor, protocol: str | None) -> None:
    async def connect() -> int:
        try:
            async with learner.channels(kernel, protocol):
                return 101
        except HTTPClientError as error:
            return error.code

    kernel = learner.open("/home")
    assert in_a_thread(connect()) == 400


def test_two_connections_of_one_page_hear_the_same(learner: Visitor) -> None:
    """A browser that lost its connection comes again before the server has noticed."""

    async def talk() -> tuple[int, int]:
        async with learner.channels(kernel) as first, learner.channels(kernel) as second:
            one = await say_and_hear(second, [])
            await asyncio.wait_for(first.read_message(), PATIENCE)
            two = await say_and_hear(first, [])
            return len(one[-1]["content"]["data"]["states"]), len(two[-1]["content"]["data"]["states"])

    kernel = learner.open("/home")
    one, two = in_a_thread(talk())
    assert one == two > 0


# An ending server -------------------------------------------------------------------------------------------------


@pytest.fixture
def office() -> Iterator[Path]:
    with short_folder() as root:
        yield root


def slow_lesson(root: Path) -> str:
    """A lesson with a button that takes until the file `go` is there, and says what it was told."""
    return write_lesson(
        root,
        "slow",
        "import pathlib, time\nfrom cps_training.views import Notice",
        f"root = pathlib.Path({str(root)!r})\n"
        "def press(action):\n"
        "    (root / ('began-' + action)).touch()\n"
        "    while not (root / 'go').exists(): time.sleep(0.01)\n"
        "    (root / ('done-' + action)).touch()\n"
        "    shown.text = action\n"
        "shown = Notice(text='', on_action=press)",
        "shown",
    )


def pressed(model: str, action: str) -> bytes:
    content = {"comm_id": model, "data": {"method": "custom", "content": {"kind": "action", "id": action}}}
    return bytes(packed(message("comm_msg", content), BINARY_PROTOCOL))


async def until_gone(is_so: Callable[[], Any]) -> None:
    for _ in range(PATIENCE * 50):
        if is_so():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("never happened")


def is_refused(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 5).close()
    except OSError:
        return True
    return False


@pytest.mark.skipif(os.name == "nt", reason="2026-11-23: signals of POSIX")
def test_an_ending_server_waits_for_what_was_begun_and_begins_nothing(office: Path) -> None:
    path = slow_lesson(office)
    kit = Kit(office)
    visitor = first_trainer(kit)
    kernel = visitor.open(path)
    kept = HTTPConnection("127.0.0.1", kit.port, timeout=60)
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())}

    def ask(what: str) -> int:
        kept.request("GET", what, headers=headers)
        answer = kept.getresponse()
        answer.read()
        return answer.status

    async def talk() -> list[bytes]:
        async with visitor.channels(kernel) as link:
            states = (await say_and_hear(link, []))[-1]["content"]["data"]["states"]
            (model,) = [key for key, one in states.items() if one["model_name"] == "AnyModel"]
            await link.write_message(pressed(model, "first"), binary=True)
            await until_gone((office / "began-first").exists)
            kit.process.send_signal(signal.SIGTERM)
            await until_gone(lambda: is_refused(kit.port))
            assert (
                await asyncio.to_thread(ask, "/home") == 503
            )  # nobody is let in through a door that still stands open
            await link.write_message(pressed(model, "second"), binary=True)
            (office / "go").touch()
            return await until_closed(link)

    assert ask("/healthz") == 200
    heard = in_a_thread(talk())
    kept.close()
    texts = [unpacked(raw)["content"].get("data", {}).get("state", {}).get("text") for raw in heard[:1]]
    assert texts == ["first"]
    assert b'"dead"' in heard[-1]
    assert kit.process.wait(30) == 0
    assert kit.stop() == 0
    assert not (office / "began-second").exists()
    assert "Traceback" not in kit.errors.read_text("utf-8") + (office / "logs" / "server.log").read_text("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="2026-11-23: signals of POSIX")
def test_what_never_ends_does_not_hold_up_the_end(office: Path) -> None:
    path = slow_lesson(office)
    kit = Kit(office)
    visitor = first_trainer(kit)
    kernel = visitor.open(path)

    async def talk() -> None:
        async with visitor.channels(kernel) as link:
            states = (await say_and_hear(link, []))[-1]["content"]["data"]["states"]
            (model,) = [key for key, one in states.items() if one["model_name"] == "AnyModel"]
            await link.write_message(pressed(model, "first"), binary=True)
            await until_gone((office / "began-first").exists)
            kit.process.send_signal(signal.SIGTERM)
            await until_closed(link)

    in_a_thread(talk())
    assert kit.stop() == 0
    assert not (office / "done-first").exists()


def response_to(presentation: dict[str, Any]) -> dict[str, Any]:
    options = [option["id"] for option in presentation["options"]]
    return {
        "choose_one": {"choice": options[0]},
        "choose_many": {"choices": options[:1]},
        "order": {"order": options},
    }[presentation["interaction"]]


def stored(root: Path, answer_id: str) -> int:
    with Records.open(DataFolder(root).database) as records, records.read() as conn:
        return int(conn.execute(select(func.count()).where(step.c.answer_id == answer_id)).scalar_one())


@pytest.mark.skipif(os.name == "nt", reason="2026-11-23: signals of POSIX")
@pytest.mark.parametrize("when", ["before", "after", "answered"])
def test_an_answer_on_its_way_when_the_server_ends_is_told_saved_only_if_it_is(office: Path, when: str) -> None:
    kit = Kit(office)
    visitor = first_trainer(kit)
    kernel = visitor.open("/quiz?form=cps-practice")
    answer_id = secrets.token_hex(16)

    async def talk() -> list[dict[str, Any]]:
        async with visitor.channels(kernel) as link:
            states = (await say_and_hear(link, []))[-1]["content"]["data"]["states"]
            ((model, card),) = [(key, one["state"]) for key, one in states.items() if one["state"].get("presentation")]
            shown = card["presentation"]
            said = {"kind": "answer", "item": shown["item"], "response": response_to(shown), "answer_id": answer_id}
            content = {"comm_id": model, "data": {"method": "custom", "content": said}}
            if when == "before":
                kit.process.send_signal(signal.SIGTERM)
            await link.write_message(packed(message("comm_msg", content), BINARY_PROTOCOL), binary=True)
            heard = [unpacked(await asyncio.wait_for(link.read_message(), PATIENCE))] if when == "answered" else []
            if when != "before":
                kit.process.send_signal(signal.SIGTERM)
            return heard + [unpacked(raw) for raw in await until_closed(link)]

    heard = in_a_thread(talk())
    assert kit.stop() == 0
    statuses = [one["content"].get("data", {}).get("state", {}).get("status") for one in heard]
    kinds = [status["kind"] for status in statuses if status and status["answer_id"] == answer_id]
    count = stored(office, answer_id)
    assert count in (0, 1)
    if kinds:  # it reached the kernel, so it was dealt with to its end
        assert kinds == ["saved"]
        assert count == 1
    if when == "answered":
        assert kinds


def test_a_kernel_left_in_its_first_moment_ends_with_its_page(kit: Kit, learner: Visitor) -> None:
    answer = learner.get("/home")
    kernel = kernel_in(answer.text)
    assert learner.post(f"/voila/api/shutdown/{kernel}").status == 204
    assert learner.get(f"/api/kernels/{kernel}").status == 403
    wait_for(lambda: kernels_of(kit) == [], "no kernel is left")
    assert in_a_thread(page_state(learner, "/home"))["cells"]
