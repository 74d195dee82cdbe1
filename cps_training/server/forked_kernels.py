"""Kernels forked from a warm parent, as a provisioner for jupyter_client; ordinary kernels where that cannot be.

One parent a family of pages, started before the first visitor (learners) or at the first use (staff), restarted when it died:
its kernels die with it, their pages are told, and open again. Knows no page, no session and no seat: see kernels.py.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, ClassVar

from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from cps_training.places import PACKAGE, DataFolder
from cps_training.server.environment import FAMILY, fits_a_socket, parent_environment

log = logging.getLogger("cps_training.server.kernels")

IS_SUPPORTED = sys.platform.startswith("linux") and hasattr(os, "pidfd_open")
WARM_UP_SECONDS = 30.0
FORK_SECONDS = 10.0
POLL_SECONDS = 0.01
MOST_FAILURES = 3
GONE = -signal.SIGKILL if hasattr(signal, "SIGKILL") else -9


class Parents:
    """The warm parents of this server, by family. close() ends them and every kernel forked from them."""

    def __init__(self, folder: DataFolder, *, is_wanted: bool = True) -> None:
        self.is_wanted = is_wanted and IS_SUPPORTED
        self._environment = parent_environment(os.environ, folder)
        self._parents: dict[str, _Parent] = {}
        self._starting: dict[str, asyncio.Lock] = {}
        self._failures = 0

    async def warm(self, family: str) -> _Parent:
        """The running parent of a family, started when there is none. Raises ForkError when it does not come up."""
        async with self._starting.setdefault(family, asyncio.Lock()):
            parent = self._parents.get(family)
            if parent is None or not parent.is_alive():
                if parent is not None:
                    log.warning("the warm parent of %s kernels died and is started again", family)
                    parent.close()
                self._parents[family] = parent = await asyncio.to_thread(_Parent, family, self._environment)
            return parent

    async def warm_up(self, family: str) -> None:
        """Start a family's parent before anybody asks, so that the first visitor need not wait for it."""
        if self.is_wanted:
            try:
                await self.warm(family)
            except (ForkError, OSError) as error:
                self._note(error)

    async def fork(self, family: str, request: dict[str, Any]) -> ForkedProcess | None:
        """A forked kernel, or None where an ordinary one must do; why is logged once."""
        if not self.is_wanted:
            return None
        try:
            async with asyncio.timeout(WARM_UP_SECONDS + FORK_SECONDS):
                process = await (await self.warm(family)).fork(request)
            self._failures = 0
            return process
        except (ForkError, OSError, TimeoutError, ValueError) as error:
            self._note(error)
            return None

    def _note(self, error: Exception) -> None:
        """Say it the first time; after MOST_FAILURES in a row nothing is tried any more until the server starts anew."""
        self._failures += 1
        if self._failures == 1:
            log.warning("a kernel could not be forked (%s): an ordinary one is started, slower and larger", error)
        if self._failures == MOST_FAILURES:
            self.is_wanted = False
            log.warning("kernels are not forked any more until the next start")

    def close(self) -> None:
        for parent in self._parents.values():
            parent.close()
        self._parents.clear()


class ForkError(RuntimeError):
    """The warm parent did not come up or did not answer."""


class _Parent:
    """One parent process. Its socket lies in a folder of its own, which only this user may enter."""

    def __init__(self, family: str, environment: dict[str, str]) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="cps-"))
        self._path = self._folder / "s"
        if not fits_a_socket(self._path):
            shutil.rmtree(self._folder, ignore_errors=True)
            raise ForkError(f"{self._path}: too long for a socket")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "cps_training.server.kernel_parent", str(self._path), family],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd=PACKAGE.parent,
            start_new_session=True,
        )
        assert self._process.stdout is not None
        with self._process.stdout as said:
            if said.readline() != b"ready\n":
                self.close()
                raise ForkError(f"the warm parent of {family} kernels ended with {self._process.returncode}")

    def is_alive(self) -> bool:
        return self._process.poll() is None

    async def fork(self, request: dict[str, Any]) -> ForkedProcess:
        loop = asyncio.get_running_loop()
        line = socket.socket(socket.AF_UNIX)
        try:
            line.setblocking(False)
            await loop.sock_connect(line, str(self._path))
            await loop.sock_sendall(line, json.dumps(request).encode() + b"\n")
            answer = b""
            while b"\n" not in answer:
                more = await loop.sock_recv(line, 4096)
                if not more:
                    raise ForkError("the warm parent hung up")
                answer += more
        except BaseException:
            line.close()
            raise
        first, _, rest = answer.partition(b"\n")
        return ForkedProcess(line, json.loads(first)["pid"], rest)

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()  # the parent leaves, and its kernels with it
        try:
            self._process.wait(2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)


class ForkedProcess:
    """A forked kernel with the face of subprocess.Popen: it is its parent's child, not ours, and is heard of by socket."""

    stdin = stdout = stderr = None

    def __init__(self, line: socket.socket, pid: int, heard: bytes) -> None:
        self._line = line
        self._heard = heard
        self.pid = pid
        self.returncode: int | None = None

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
                self._line.close()
        return self.returncode

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


class ForkingProvisioner(LocalProvisioner):
    """Launches a page's kernel by forking; everything else is the local provisioner's. Chosen in our own kernelspec."""

    parents: ClassVar[Parents | None] = None
    """Set by the server; without them every kernel is an ordinary one (JupyterLab with our kernelspec)."""

    async def launch_kernel(self, cmd: list[str], **given: Any) -> Any:
        environment: dict[str, str] = given["env"]
        process = None
        if self.parents is not None:
            request = {"argv": cmd, "env": environment, "cwd": str(given.get("cwd") or PACKAGE.parent)}
            process = await self.parents.fork(environment.get(FAMILY, "learner"), request)
        if process is None:
            return await super().launch_kernel(cmd, **given)
        self.process = process
        self.pid = self.pgid = process.pid  # the child called setsid
        self.cwd = given.get("cwd")
        return self.connection_info
