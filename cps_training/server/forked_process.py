"""A forked kernel with the face of subprocess.Popen: it is its parent's child, not ours, and is heard of through a socket.

The line carries {"ready"} and at the end {"exit"}; when it breaks, the parent died and its kernels with it. Knows no page.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable

GONE = -9
"""The exit code of a kernel whose parent died: the system killed it."""
POLL_SECONDS = 0.01


class ForkedProcess:
    """pid, returncode, poll, wait, send_signal, terminate, kill as Popen has them. on_end is called once, from the loop."""

    stdin = stdout = stderr = None

    def __init__(self, line: socket.socket, pid: int, heard: bytes = b"") -> None:
        self._line = line
        self._heard = heard
        self._watching: asyncio.AbstractEventLoop | None = None
        self.pid = pid
        self.returncode: int | None = None
        self.on_end: Callable[[], None] = lambda: None

    async def until_ready(self) -> None:
        """Returns when the kernel has run its notebook, or has ended; from then on its end is noticed at once."""
        loop = asyncio.get_running_loop()
        while b"\n" not in self._heard:
            more = await loop.sock_recv(self._line, 4096)
            if not more:
                break
            self._heard += more
        if b"ready" in self._heard:
            self._heard = self._heard.partition(b"\n")[2]
        self._watching = loop
        loop.add_reader(self._line, self._look)

    def _look(self) -> None:
        if self.poll() is not None:
            self.on_end()

    def poll(self) -> int | None:
        """The exit code, None while it runs; GONE when its parent died, because then it did too."""
        if self.returncode is None:
            try:
                more = self._line.recv(4096)
            except BlockingIOError:
                return None
            except OSError:
                more = b""
            self._heard += more
            if b"\n" in self._heard:
                self.returncode = int(json.loads(self._heard)["exit"])
            elif not more:
                self.returncode = GONE
            if self.returncode is not None:
                self._let_go()
        return self.returncode

    def give_up(self) -> None:
        """Its parent is no more, and so neither is it: hear no more of it."""
        if self.returncode is None:
            self.returncode = GONE
            self._let_go()

    def _let_go(self) -> None:
        if self._watching is not None and not self._watching.is_closed():
            self._watching.remove_reader(self._line)
        self._line.close()

    def wait(self, timeout: float | None = None) -> int:
        end = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if end is not None and time.monotonic() > end:
                raise subprocess.TimeoutExpired("kernel", timeout or 0)
            time.sleep(POLL_SECONDS)
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(-GONE)
