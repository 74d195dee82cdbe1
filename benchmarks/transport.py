"""One HTTP connection that is kept, and one websocket: what a learner's browser holds open. Lean; knows no page and no kernel.

The arrival of a websocket message is timed when its bytes arrive, before anything is read from them, so that the client's own
work is not counted as the server's.
"""

from __future__ import annotations

import asyncio
import base64
import os
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks import wire

LONGEST_LINE = 1 << 20


class RefusedError(RuntimeError):
    """The server answered with another status than the one wanted, or closed."""


TROUBLE = (OSError, TimeoutError, asyncio.IncompleteReadError, RefusedError)
"""What one learner may run into; anything else is a mistake of the client and ends it."""


@dataclass
class Answer:
    """cookies: those the answer sets, with "" for one that it takes back. wire_bytes: body and headers as they travelled."""

    status: int
    headers: dict[str, str]
    body: bytes
    wire_bytes: int
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


class Http:
    """A connection to 127.0.0.1, opened at first use, kept, and opened anew when the server let go of it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    async def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> Answer:
        """One request; redirects are not followed, cookies are kept. Raises OSError, asyncio.IncompleteReadError."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Accept-Encoding: gzip"]
        if self.cookies:
            lines.append(f"Cookie: {self.cookie}")
        if method != "GET":
            lines += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
        sent = "\r\n".join([*lines, "", ""]).encode() + body
        is_kept = self._streams is not None
        try:
            return await self._asked(sent)
        except (OSError, asyncio.IncompleteReadError):
            self.close()
            if not is_kept:
                raise
            return await self._asked(sent)  # the server had closed the kept connection meanwhile

    async def _asked(self, sent: bytes) -> Answer:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.port, limit=LONGEST_LINE)
        reader, writer = self._streams
        writer.write(sent)
        head = await reader.readuntil(b"\r\n\r\n")
        status, headers, cookies = read_head(head)
        body = b"" if status in (204, 304) else await _body(reader, headers)
        answer = Answer(status, headers, body, len(head) + len(body), cookies)
        if headers.get("content-encoding") == "gzip":
            answer.body = zlib.decompress(body, 31)
        for name, value in cookies.items():
            if value:
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)
        if headers.get("connection", "").lower() == "close":
            self.close()
        return answer

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


def read_head(head: bytes) -> tuple[int, dict[str, str], dict[str, str]]:
    """(status, headers by lower-case name, cookies) of the head of an answer."""
    first, *lines = head.decode("latin-1").strip().split("\r\n")
    headers: dict[str, str] = {}
    cookies: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        name, value = name.lower(), value.strip()
        headers[name] = value
        if name == "set-cookie":
            key, _, said = value.partition(";")[0].partition("=")
            cookies[key] = "" if said == '""' else said
    return int(first.split()[1]), headers, cookies


async def _body(reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
    if headers.get("transfer-encoding") != "chunked":
        return await reader.readexactly(int(headers.get("content-length", 0)))
    chunks = []
    while length := int((await reader.readuntil(b"\r\n")).partition(b";")[0], 16):
        chunks.append((await reader.readexactly(length + 2))[:-2])
    await reader.readuntil(b"\r\n")
    return b"".join(chunks)


class Socket(asyncio.Protocol):
    """A websocket of the v1 protocol. on_message gets (payload, when its last byte arrived); on_close is called once."""

    def __init__(self, on_message: Callable[[bytes, float], None], on_close: Callable[[], None]) -> None:
        self._on_message, self._on_close = on_message, on_close
        self._buffer = bytearray()
        self._parts: list[bytes] = []
        self._upgraded: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._transport: asyncio.Transport | None = None
        self.n_bytes = 0

    @classmethod
    async def open(
        cls, port: int, path: str, cookie: str, on_message: Callable[[bytes, float], None], on_close: Callable[[], None]
    ) -> Socket:
        """Connected and upgraded. Raises RefusedError, OSError."""
        _, socket = await asyncio.get_running_loop().create_connection(
            lambda: cls(on_message, on_close), "127.0.0.1", port
        )
        lines = (
            f"GET {path} HTTP/1.1",
            f"Host: 127.0.0.1:{port}",
            f"Origin: http://127.0.0.1:{port}",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
            f"Sec-WebSocket-Protocol: {wire.PROTOCOL}",
            *([f"Cookie: {cookie}"] if cookie else []),
        )
        assert socket._transport is not None
        socket._transport.write("\r\n".join([*lines, "", ""]).encode())
        await socket._upgraded
        return socket

    def send(self, payload: bytes) -> None:
        self.send_frame(wire.masked_frame(wire.BINARY, payload))

    def send_frame(self, frame: bytes) -> None:
        """Send a frame made before. Raises RefusedError when the socket is closed."""
        if self._transport is None or self._transport.is_closing():
            raise RefusedError("the websocket is closed")
        self._transport.write(frame)

    def leave(self) -> None:
        """Close it; nothing is heard from it any more, not even its end."""
        self._on_message, self._on_close = lambda *_: None, lambda: None
        self.close()

    def close(self) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(wire.masked_frame(wire.CLOSE, b"\x03\xe9"))  # 1001: the page is left
            self._transport.close()

    # asyncio.Protocol ------------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        at = time.perf_counter()
        self.n_bytes += len(data)
        self._buffer += data
        if not self._upgraded.done() and not self._read_upgrade():
            return
        while (frame := wire.next_frame(self._buffer)) is not None:
            del self._buffer[: frame.length]
            self._heard(frame, at)

    def connection_lost(self, _: Exception | None) -> None:
        if not self._upgraded.done():
            self._upgraded.set_exception(RefusedError("the websocket was closed before it was open"))
        self._on_close()

    def _read_upgrade(self) -> bool:
        head, found, rest = bytes(self._buffer).partition(b"\r\n\r\n")
        if not found:
            return False
        status, headers, _ = read_head(head)
        if status != 101 or headers.get("sec-websocket-protocol") != wire.PROTOCOL:
            self._upgraded.set_exception(RefusedError(f"the websocket was refused with {status}"))
            return False
        self._buffer = bytearray(rest)
        self._upgraded.set_result(None)
        return True

    def _heard(self, frame: wire.Frame, at: float) -> None:
        if frame.opcode == wire.PING:
            self.send_frame(wire.masked_frame(wire.PONG, frame.payload))
        elif frame.opcode == wire.CLOSE:
            self.close()
        elif frame.opcode in (wire.BINARY, wire.TEXT, wire.CONTINUATION):
            self._parts.append(frame.payload)
            if frame.is_final:
                parts, self._parts = self._parts, []
                self._on_message(b"".join(parts), at)
