"""Keeps the desk running: starts it, restarts it with back-off when it dies, ends it politely. Knows no web page.

Kernels and the server come back to the same address by themselves. The desk ends when its stdin closes, so it cannot
outlive this process, however it ends.
"""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from cps_training.errors import ContentError, Finding, KitError
from cps_training.places import PACKAGE, DataFolder
from cps_training.server.environment import fits_a_socket

log = logging.getLogger("cps_training.server.desk")

QUICK_DEATHS, QUICK_SECONDS = 6, 2.0
"""A desk that lives shorter than this is not worth restarting for ever."""

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.2, 5.0
POLITE_SECONDS = 10.0


class DeskProcess:
    """The desk of one data folder. `address` and `secret` stay the same over restarts."""

    def __init__(self, folder: DataFolder, on_given_up: Callable[[], None]) -> None:
        self._folder, self._on_given_up = folder, on_given_up
        self._process: subprocess.Popen[bytes] | None = None
        self._watch: asyncio.Task[None] | None = None
        self._is_ending = False
        self._private: tempfile.TemporaryDirectory[str] | None = None
        self.secret = secrets.token_urlsafe(32)
        self.address = self._choose_address()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    async def start(self) -> None:
        """Start the desk and watch it. Raises the KitError with which the desk itself refused to start."""
        await asyncio.to_thread(self._launch)
        self._watch = asyncio.create_task(self._keep_running(), name="desk-watch")

    async def stop(self) -> None:
        """Let the desk finish what is queued and end; terminate it when it takes too long."""
        self._is_ending = True
        if self._watch is not None:
            self._watch.cancel()
            with suppress(asyncio.CancelledError):
                await self._watch
        await asyncio.to_thread(self._end)
        if self._private is not None:
            self._private.cleanup()

    def _choose_address(self) -> str:
        if sys.platform == "win32":
            return "tcp:127.0.0.1:0"
        self._folder.run.mkdir(parents=True, exist_ok=True)
        path = self._folder.run / "desk.sock"
        if not fits_a_socket(path):  # a deep data folder: a socket's path is limited to about 100 bytes
            self._private = tempfile.TemporaryDirectory(prefix="cps-desk-")
            path = Path(self._private.name) / "desk.sock"
        return f"unix:{path}"

    def _launch(self) -> None:
        command = [sys.executable, "-m", "cps_training.desk.service"]
        command += ["--data-dir", str(self._folder.root), "--address", self.address]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=PACKAGE.parent
        )
        self._process = process
        stderr = process.stderr
        assert process.stdin is not None
        assert process.stdout is not None
        assert stderr is not None
        threading.Thread(target=_copy_to_log, args=(stderr,), name="desk-stderr", daemon=True).start()
        with suppress(BrokenPipeError):
            process.stdin.write(self.secret.encode() + b"\n")
            process.stdin.flush()
        said = process.stdout.readline()
        try:
            ready = json.loads(said)
        except ValueError:
            ready = {}
        if ready.get("ready"):
            self.address = str(ready["address"])
            return
        self._end()
        raise self._refusal(ready.get("error") or {})

    def _refusal(self, error: dict[str, Any]) -> KitError:
        """What the desk said before it ended, as the error it was there."""
        if error.get("errors"):
            return ContentError(tuple(Finding(**finding) for finding in error["errors"]))
        return KitError(
            str(error.get("code", "desk-did-not-start")),
            str(error.get("message", f"ระบบรับคำตอบเปิดไม่ได้ ดูสาเหตุใน {self._folder.logs / 'server.log'}")),
            place=str(error.get("place", "")),
        )

    async def _keep_running(self) -> None:
        loop, quick, pause = asyncio.get_running_loop(), 0, FIRST_PAUSE_SECONDS
        while True:
            began = loop.time()
            code = await asyncio.shield(_ended(self._process))
            if self._is_ending:
                return
            log.error("the desk ended with code %s", code)
            if loop.time() - began > QUICK_SECONDS:
                quick, pause = 0, FIRST_PAUSE_SECONDS
            quick += 1
            if quick == QUICK_DEATHS:
                log.critical("the desk died %d times in a row right after its start; giving up", quick)
                self._on_given_up()
                return
            await asyncio.to_thread(self._end)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
            try:
                await asyncio.to_thread(self._launch)
                log.warning("the desk runs again")
            except KitError as error:
                log.error("the desk did not start again: %s", error.code)

    def _end(self) -> None:
        process = self._process
        if process is None:
            return
        with suppress(BrokenPipeError, OSError):
            assert process.stdin
            process.stdin.close()
        for nudge in (process.terminate, process.kill):
            try:
                process.wait(POLITE_SECONDS)
                break
            except subprocess.TimeoutExpired:
                nudge()
        process.wait()
        if process.stdout:
            process.stdout.close()


def _ended(process: subprocess.Popen[bytes] | None) -> asyncio.Future[int]:
    """Done with the exit code when the process ends. A daemon thread waits, so that it never holds up our own end."""
    assert process is not None
    loop = asyncio.get_running_loop()
    future: asyncio.Future[int] = loop.create_future()

    def tell(code: int) -> None:
        if not future.done():
            future.set_result(code)

    def wait() -> None:
        code = process.wait()
        with suppress(RuntimeError):  # the loop is closed: nobody asks any more
            loop.call_soon_threadsafe(tell, code)

    threading.Thread(target=wait, name="desk-wait", daemon=True).start()
    return future


def _copy_to_log(stream: IO[bytes]) -> None:
    with stream:
        for line in stream:
            log.warning("%s", line.decode("utf-8", "replace").rstrip())
