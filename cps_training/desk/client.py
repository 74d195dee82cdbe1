"""How others reach the desk. `DeskClient` for a kernel (blocking), `AsyncDeskClient` for the server. Imports no store.

Both come back by themselves when the desk was restarted: every message is safe to send twice (answers carry an answer_id).
A refusal arrives as KitError with its code; a desk that stays away as KitError "desk-unreachable".
"""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from contextlib import suppress
from typing import Any

from cps_training.desk import protocol
from cps_training.errors import KitError

PATIENCE_SECONDS = 8.0
FIRST_PAUSE_SECONDS = 0.05
REPLY_SECONDS = 30.0
MOST_KEPT = 8
"""Connections of the server that wait for their next message; a rush makes more, which are closed after it."""


def _unreachable() -> KitError:
    return KitError("desk-unreachable", "ยังไม่ได้บันทึก: ติดต่อระบบรับคำตอบไม่ได้ โปรดรอสักครู่แล้วลองใหม่")


def _value(line: bytes) -> dict[str, Any]:
    reply = json.loads(line)
    if reply["ok"]:
        return dict(reply["value"])
    error = dict(reply["error"])
    raise KitError(error.pop("code"), error.pop("message"), place=error.pop("place", ""), details=error)


class DeskClient:
    """One person's way to the desk, from their kernel. Made with a one-use ticket; `welcome` says who they are."""

    def __init__(self, address: str, ticket: str) -> None:
        self._address = address
        self._hello: protocol.Message = protocol.Redeem(ticket=ticket)
        self._lock = threading.Lock()
        self._stream: Any = None
        self.welcome: dict[str, Any] = {}
        with self._lock:
            self._connect()

    def ask(self, message: protocol.Message) -> dict[str, Any]:
        """The value of the reply. Raises KitError: a refusal, or desk-unreachable after PATIENCE_SECONDS."""
        with self._lock:
            give_up, pause = time.monotonic() + PATIENCE_SECONDS, FIRST_PAUSE_SECONDS
            while True:
                try:
                    if self._stream is None:
                        self._connect()
                    return self._exchange(message)
                except (OSError, EOFError) as error:
                    self._drop()
                    if time.monotonic() >= give_up:
                        raise _unreachable() from error
                    time.sleep(pause)
                    pause = min(2 * pause, 1.0)

    def close(self) -> None:
        with self._lock:
            self._drop()

    def _connect(self) -> None:
        kind, _, where = self._address.partition(":")
        if kind == "unix":
            link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            target: Any = where
        else:
            host, _, port = where.rpartition(":")
            link, target = socket.socket(socket.AF_INET, socket.SOCK_STREAM), (host, int(port))
        link.settimeout(REPLY_SECONDS)
        try:
            link.connect(target)
            self._stream = link.makefile("rwb")
        finally:
            link.close()  # the stream keeps its own reference
        self.welcome = self._exchange(self._hello)
        self._hello = protocol.Resume(resume=self.welcome["resume"])

    def _exchange(self, message: protocol.Message) -> dict[str, Any]:
        self._stream.write(message.model_dump_json().encode() + b"\n")
        self._stream.flush()
        line = self._stream.readline(protocol.MAX_LINE)
        if not line.endswith(b"\n"):
            raise EOFError("the desk closed the connection")
        return _value(line)

    def _drop(self) -> None:
        if self._stream is not None:
            stream, self._stream = self._stream, None
            with suppress(OSError):
                stream.close()


class AsyncDeskClient:
    """The server's way to the desk: connections with one message at a time on each, a few of them kept."""

    def __init__(self, address: str, hello: protocol.Message) -> None:
        self._address, self._hello = address, hello
        self._free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def ask(self, message: protocol.Message) -> dict[str, Any]:
        """The value of the reply. Raises KitError: a refusal, or desk-unreachable after PATIENCE_SECONDS."""
        loop = asyncio.get_running_loop()
        give_up, pause = loop.time() + PATIENCE_SECONDS, FIRST_PAUSE_SECONDS
        while True:
            try:
                return await asyncio.wait_for(self._once(message), REPLY_SECONDS)
            except (OSError, EOFError) as error:  # TimeoutError is an OSError
                if loop.time() >= give_up:
                    raise _unreachable() from error
                await asyncio.sleep(pause)
                pause = min(2 * pause, 1.0)

    async def _once(self, message: protocol.Message) -> dict[str, Any]:
        reader, writer = self._free.pop() if self._free else await self._connect()
        is_usable = False
        try:
            line = await _exchange(reader, writer, message)
            is_usable = True
        finally:
            if is_usable and len(self._free) < MOST_KEPT:
                self._free.append((reader, writer))
            else:
                writer.close()
        return _value(line)

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        kind, _, where = self._address.partition(":")
        if kind == "unix":
            reader, writer = await asyncio.open_unix_connection(where, limit=protocol.MAX_LINE)
        else:
            host, _, port = where.rpartition(":")
            reader, writer = await asyncio.open_connection(host, int(port), limit=protocol.MAX_LINE)
        _value(await _exchange(reader, writer, self._hello))
        return reader, writer

    async def close(self) -> None:
        free, self._free = self._free, []
        for _, writer in free:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()


async def _exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, message: protocol.Message) -> bytes:
    writer.write(message.model_dump_json().encode() + b"\n")
    await writer.drain()
    line = await reader.readline()
    if not line.endswith(b"\n"):
        raise EOFError("the desk closed the connection")
    return line
