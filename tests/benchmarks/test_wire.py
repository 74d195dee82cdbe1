"""Frames and kernel messages of the load client: what goes in comes out, half of it waits, nonsense is refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import wire
from tests.server.visitor import unpacked as read_elsewhere

HEADER = {"msg_type": "comm_msg", "msg_id": "s-1"}


@given(st.binary(max_size=200) | st.sampled_from([b"x" * 125, b"y" * 126, b"z" * 65535, b"w" * 65536]))
def test_a_frame_comes_out_as_it_went_in_and_not_before_it_is_whole(payload: bytes) -> None:
    frame = wire.masked_frame(wire.BINARY, payload, b"\x01\x02\x03\x04")
    assert wire.next_frame(frame + b"next") == wire.Frame(True, wire.BINARY, payload, len(frame))
    assert wire.next_frame(frame[:-1]) is None


def test_a_masked_frame_is_the_one_of_the_standard() -> None:
    # RFC 6455, 5.7: a single-frame masked text message "Hello"
    expected = bytes.fromhex("818537fa213d7f9f4d5158")
    assert wire.masked_frame(wire.TEXT, b"Hello", bytes.fromhex("37fa213d")) == expected


def test_an_unmasked_frame_of_a_server_is_read() -> None:
    assert wire.next_frame(bytes.fromhex("810548656c6c6f")) == wire.Frame(True, wire.TEXT, b"Hello", 7)


@given(
    st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=4), st.lists(st.binary(max_size=30), max_size=3)
)
def test_a_kernel_message_comes_out_as_it_went_in(content: dict[str, str], buffers: list[bytes]) -> None:
    raw = wire.packed("shell", HEADER, content, buffers)
    assert wire.unpacked(raw) == wire.Message("shell", "comm_msg", content, tuple(buffers))


def test_a_kernel_message_is_laid_out_as_the_servers_probes_read_it() -> None:
    heard = read_elsewhere(wire.packed("shell", HEADER, {"comm_id": "ข้อ"}))
    assert heard == {"msg_type": "comm_msg", "parent": None, "content": {"comm_id": "ข้อ"}}


@pytest.mark.parametrize("raw", [b"", b"\x01", (1 << 60).to_bytes(8, "little") * 3, json.dumps(HEADER).encode() * 3])
def test_what_is_no_kernel_message_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match="no v1 layout"):
        wire.unpacked(raw)
