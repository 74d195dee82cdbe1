"""Bytes of the load client: websocket frames (RFC 6455) and kernel messages in the v1 layout. Pure; knows no socket and no page.

Written for little processor time: the client shares the machine with the server it measures.
"""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

PROTOCOL = "v1.kernel.websocket.jupyter.org"
CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
FINAL, MASKED = 0x80, 0x80


class Frame(NamedTuple):
    """One websocket frame. length: bytes it took, header included."""

    is_final: bool
    opcode: int
    payload: bytes
    length: int


class Message(NamedTuple):
    """A kernel message; parent header and metadata are not read."""

    channel: str
    msg_type: str
    content: Any
    buffers: tuple[bytes, ...]


def masked_frame(opcode: int, payload: bytes, key: bytes | None = None) -> bytes:
    """A whole frame as a browser sends it: final and masked. key: four bytes, random unless given."""
    key = key or os.urandom(4)
    length = len(payload)
    if length < 126:
        head = bytes((FINAL | opcode, MASKED | length))
    elif length < 1 << 16:
        head = struct.pack(">BBH", FINAL | opcode, MASKED | 126, length)
    else:
        head = struct.pack(">BBQ", FINAL | opcode, MASKED | 127, length)
    return head + key + _masked(payload, key)


def _masked(payload: bytes, key: bytes) -> bytes:
    length = len(payload)
    mask = (key * (length // 4 + 1))[:length]
    return (int.from_bytes(payload, "big") ^ int.from_bytes(mask, "big")).to_bytes(length, "big")


def next_frame(buffer: bytes | bytearray) -> Frame | None:
    """The first frame of what has arrived; None while it is not there whole. Masked frames are read too."""
    have = len(buffer)
    if have < 2:
        return None
    first, second = buffer[0], buffer[1]
    length, at = second & 0x7F, 2
    if length == 126:
        if have < 4:
            return None
        (length,), at = struct.unpack_from(">H", buffer, 2), 4
    elif length == 127:
        if have < 10:
            return None
        (length,), at = struct.unpack_from(">Q", buffer, 2), 10
    key = b""
    if second & MASKED:
        key, at = bytes(buffer[at : at + 4]), at + 4
    if have < at + length:
        return None
    payload = bytes(buffer[at : at + length])
    return Frame(bool(first & FINAL), first & 0x0F, _masked(payload, key) if key else payload, at + length)


def packed(channel: str, header: Any, content: Any, buffers: Sequence[bytes] = ()) -> bytes:
    """A kernel message in the v1 layout: number of offsets, the offsets, then the parts."""
    parts = [channel.encode(), _json(header), b"{}", b"{}", _json(content), *buffers]
    offsets = [8 * (len(parts) + 2)]
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    return struct.pack(f"<{len(offsets) + 1}Q", len(offsets), *offsets) + b"".join(parts)


def unpacked(raw: bytes) -> Message:
    """The message of a v1 layout. Raises ValueError when the layout does not hold."""
    if len(raw) < 8:
        raise ValueError("no v1 layout: shorter than its first number")
    (count,) = struct.unpack_from("<Q", raw)
    if not 6 <= count <= len(raw) // 8 - 1:
        raise ValueError(f"no v1 layout: {count} offsets in {len(raw)} bytes")
    offsets = struct.unpack_from(f"<{count}Q", raw, 8)
    parts = [raw[start:end] for start, end in pairwise(offsets)]
    return Message(parts[0].decode(), json.loads(parts[1])["msg_type"], json.loads(parts[4]), tuple(parts[5:]))


def _json(part: Any) -> bytes:
    return json.dumps(part, ensure_ascii=False, separators=(",", ":")).encode()
