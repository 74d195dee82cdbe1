"""Jupyter's v1 websocket layout, packed and read here on its own, so that the host's packing is not tested against itself."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import Any


@dataclass(frozen=True)
class Message:
    """One kernel message."""

    type: str
    content: dict[str, Any]
    header: dict[str, Any]
    channel: str
    buffers: tuple[bytes, ...] = ()

    @property
    def comm(self) -> str:
        return self.content["comm_id"]

    @property
    def data(self) -> dict[str, Any]:
        return self.content["data"]


def pack(
    msg_type: str, content: object, buffers: tuple[bytes, ...] = (), *, parent: str = "", channel: str = "iopub"
) -> bytes:
    """A message as a server sends it."""
    header = {"msg_id": "k", "msg_type": msg_type, "session": "kernel", "username": "", "version": "5.4"}
    texts = [header, {"msg_id": parent} if parent else {}, {}, content]
    parts = [channel.encode(), *(json.dumps(text).encode() for text in texts), *buffers]
    at = [8 * (len(parts) + 2)]
    for part in parts:
        at.append(at[-1] + len(part))
    return struct.pack(f"<{len(at) + 1}Q", len(at), *at) + b"".join(parts)


def unpack(frame: bytes) -> Message:
    """Raises AssertionError where a frame is not exactly in the layout."""
    (count,) = struct.unpack_from("<Q", frame)
    at = struct.unpack_from(f"<{count}Q", frame, 8)
    assert at[0] == 8 * (count + 1)
    assert at[-1] == len(frame)
    channel, header, parent, metadata, content, *buffers = (frame[a:b] for a, b in pairwise(at))
    assert json.loads(parent) == {}
    assert json.loads(metadata) == {}
    head = json.loads(header)
    return Message(head["msg_type"], json.loads(content), head, channel.decode(), tuple(buffers))
