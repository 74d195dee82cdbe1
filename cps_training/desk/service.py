"""The desk as a process: a socket, one JSON object a line, one writer. Started and supervised by the server.

    python -m cps_training.desk.service --data-dir D --address unix:/path | tcp:127.0.0.1:0

The first line of stdin is the server's secret; the desk ends when stdin closes, so it never outlives its supervisor.
Prints {"ready": true, "address": …} or {"error": {…}} as one line on stdout. Knows messages only as models and handlers.
"""

from __future__ import annotations

import argparse
import asyncio
import hmac
import json
import logging
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cps_training.claim import claim
from cps_training.clock import utc_now
from cps_training.desk import protocol
from cps_training.desk.asker import NOBODY, SERVER, Asker, KeptRefusal
from cps_training.desk.core import Desk
from cps_training.desk.identity import PREPARE
from cps_training.desk.opening import offer_first_trainer, open_desk, setup_code_file
from cps_training.desk.writer import Writer
from cps_training.errors import AccessError, ContentError, KitError
from cps_training.places import DataFolder
from cps_training.records.sessions import forget_tickets

log = logging.getLogger("cps_training.desk")

READERS = 4
HASHERS = 2
"""Password hashes at once: they are slow and hungry on purpose, and a whole class signs in together."""


class Service:
    """Answers connections; one asker a connection."""

    def __init__(
        self, desk: Desk, secret: str, setup_code: Path, *, on_death: Callable[[], None] = lambda: None
    ) -> None:
        """on_death: called from another thread when answers can no longer be written."""
        self._desk, self._secret, self._setup_code = desk, secret, setup_code
        self._writer = Writer(desk.records, on_death=on_death)
        self._readers = ThreadPoolExecutor(READERS, "desk-reader")
        self._hashers = ThreadPoolExecutor(HASHERS, "desk-hasher")
        self._open: dict[asyncio.Task[Any], asyncio.StreamWriter] = {}
        self._writer.start()

    async def close(self) -> None:
        """Let go of every connection, then finish what is queued."""
        tasks = list(self._open)
        for writer in self._open.values():
            writer.close()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.get_running_loop().run_in_executor(None, self._writer.close)
        self._readers.shutdown()
        self._hashers.shutdown()

    async def connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection until it closes; a broken or hostile one only harms itself."""
        asker = NOBODY
        task = asyncio.current_task()
        assert task is not None
        self._open[task] = writer
        try:
            while line := await reader.readline():
                reply, asker = await self._reply(line, asker)
                writer.write(json.dumps(reply, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
                await writer.drain()
                if asker is NOBODY:
                    break
        except (ConnectionError, ValueError, asyncio.LimitOverrunError):
            pass  # gone, or a line longer than MAX_LINE
        finally:
            del self._open[task]
            writer.close()

    async def _reply(self, line: bytes, asker: Asker) -> tuple[dict[str, Any], Asker]:
        try:
            if asker is NOBODY:
                return await self._hello(line)
            value = await self._ask(asker, protocol.read_request.validate_json(line))
            return {"ok": True, "value": value}, asker
        except ValidationError as error:
            log.warning("refused a malformed message (%d mistakes)", error.error_count())
            refusal: KitError = KitError("malformed-message", "ข้อมูลที่ส่งมามีรูปแบบไม่ถูกต้อง โปรดโหลดหน้านี้ใหม่")
        except KitError as error:
            refusal = error
        except Exception:
            log.exception("a message failed")
            refusal = KitError("internal", "เกิดข้อขัดข้องภายใน โปรดลองใหม่")
        return {"ok": False, "error": refusal.as_json()}, asker

    async def _hello(self, line: bytes) -> tuple[dict[str, Any], Asker]:
        hello = protocol.read_hello.validate_json(line)
        if isinstance(hello, protocol.ServerHello):
            if not hmac.compare_digest(hello.secret.encode(), self._secret.encode()):
                raise AccessError("not-allowed", "ไม่ได้รับอนุญาต")
            return {"ok": True, "value": {}}, SERVER
        value = await self._ask(NOBODY, hello)
        session_hash = value.pop("session_hash")
        return {"ok": True, "value": value}, Asker(session_hash=session_hash)

    async def _ask(self, asker: Asker, request: Any) -> dict[str, Any]:
        loop = asyncio.get_running_loop()
        prepared = None
        if request.op in PREPARE:  # only these may wait behind a class that signs in
            prepared = await loop.run_in_executor(self._hashers, self._desk.prepare, request)
        if protocol.is_write(request):
            job = self._writer.submit(lambda conn: self._desk.handle(conn, asker, request, prepared))
            value = await asyncio.wrap_future(job)
        else:
            value = await loop.run_in_executor(self._readers, self._read, asker, request, prepared)
        if isinstance(value, KeptRefusal):
            raise value.error
        if request.op == "health":  # well is a desk that can write, not one that can read
            await asyncio.wrap_future(self._writer.submit(lambda _: None))
        if request.op == "first_trainer":
            self._setup_code.unlink(missing_ok=True)  # used: it opens nothing any more
        return dict(value)

    def _read(self, asker: Asker, request: Any, prepared: Any) -> Any:
        with self._desk.records.read() as conn:
            return self._desk.handle(conn, asker, request, prepared)


async def _listen(service: Service, address: str) -> tuple[asyncio.Server, str]:
    kind, _, where = address.partition(":")
    if kind == "unix":
        Path(where).unlink(missing_ok=True)
        old = os.umask(0o077)
        try:
            server = await asyncio.start_unix_server(service.connection, where, limit=protocol.MAX_LINE)
        finally:
            os.umask(old)
        return server, address
    host, _, port = where.rpartition(":")
    server = await asyncio.start_server(service.connection, host, int(port), limit=protocol.MAX_LINE)
    return server, f"tcp:{host}:{server.sockets[0].getsockname()[1]}"


async def _serve(desk: Desk, secret: str, address: str, setup_code: Path) -> int:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    exit_code = 0

    def lost_the_writer() -> None:
        nonlocal exit_code
        exit_code = 1  # the supervisor starts a desk with a new one
        loop.call_soon_threadsafe(ended.set)

    service = Service(desk, secret, setup_code, on_death=lost_the_writer)
    server, bound = await _listen(service, address)

    def until_stdin_closes() -> None:
        sys.stdin.buffer.read()
        loop.call_soon_threadsafe(ended.set)

    threading.Thread(target=until_stdin_closes, name="desk-stdin", daemon=True).start()
    _on_terminate(loop, ended)
    print(json.dumps({"ready": True, "address": bound}), flush=True)
    await ended.wait()
    server.close()
    await service.close()
    return exit_code


def _on_terminate(loop: asyncio.AbstractEventLoop, ended: asyncio.Event) -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the server ends us by closing stdin
    if hasattr(loop, "add_signal_handler") and sys.platform != "win32":
        loop.add_signal_handler(signal.SIGTERM, ended.set)


def main(arguments: list[str] | None = None) -> int:
    """Exit codes: 0 ended as asked, 1 could not start (the reason is on stdout) or can no longer write."""
    parser = argparse.ArgumentParser(prog="cps_training.desk.service", description=__doc__)
    parser.add_argument("--data-dir", required=True, type=Path)
    parser.add_argument("--address", required=True)
    given = parser.parse_args(arguments)
    logging.basicConfig(
        level=logging.WARNING, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    secret = sys.stdin.buffer.readline().decode().strip()
    try:
        return _run(DataFolder(given.data_dir), secret, given.address)
    except KitError as error:
        print(json.dumps({"error": _described(error)}, ensure_ascii=False), flush=True)
        return 1


def _described(error: KitError) -> dict[str, Any]:
    """The refusal as JSON; of broken content every finding, as `serve --json` tells them."""
    if isinstance(error, ContentError):
        return error.as_json() | {"errors": [asdict(finding) for finding in error.findings]}
    return error.as_json()


def _run(folder: DataFolder, secret: str, address: str) -> int:
    with claim(folder):
        desk = open_desk(folder, place="served")
        try:
            offer_first_trainer(desk, folder)
            desk.records.write_patiently(lambda conn: forget_tickets(conn, utc_now()))
            return asyncio.run(_serve(desk, secret, address, setup_code_file(folder)))
        finally:
            desk.records.close()


if __name__ == "__main__":
    sys.exit(main())
