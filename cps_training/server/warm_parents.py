"""The warm parents of this server: one process a family of pages, watched, started again when it died, renewed when code changed.

Learners' is started before the first visitor, staff's at its first use. Knows no page, no session and no jupyter_client: what
is forked from them is a ForkedProcess, see forked_kernels.py.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from weakref import WeakSet

from cps_training.places import PACKAGE, DataFolder, shipped
from cps_training.server.environment import parent_environment
from cps_training.server.forked_process import ForkedProcess

log = logging.getLogger("cps_training.server.kernels")

IS_SUPPORTED = sys.platform.startswith("linux") and hasattr(os, "pidfd_open")
WARM_UP_SECONDS = 30.0
FORK_SECONDS = 20.0
LEAVING_SECONDS = 2.0
LOOK_SECONDS = 1.0
LOOK_FOR_CHANGES_SECONDS = 3.0
ATTEMPTS = 2
PAUSE_SECONDS = 0.2
"""The first attempt may meet a parent that is just leaving; the second meets the next one."""
MOST_FAILURES = 6
CODE = frozenset((".py", ".js", ".css", ".ipynb", ".yaml", ".po", ".mo"))


class ForkError(RuntimeError):
    """The warm parent did not come up or did not answer."""


class Parents:
    """close() ends them and every kernel forked from them."""

    def __init__(self, folder: DataFolder, *, is_wanted: bool = True) -> None:
        self.is_wanted = is_wanted and IS_SUPPORTED
        self._environment = parent_environment(os.environ, folder)
        self._watched = (PACKAGE, shipped() / "notebooks", folder.content, folder.locales)
        self._parents: dict[str, _Parent] = {}
        self._retired: list[_Parent] = []
        self._starting: dict[str, asyncio.Lock] = {}
        self._failures = 0
        self._code: object = None
        self._looked_at = 0.0
        self._is_closed = False

    async def keep(self, *families: str) -> None:
        """Keep these families' parents warm, and those begun since, until cancelled: no visitor waits for one."""
        while self.is_wanted:
            try:
                for family in {*families, *self._parents}:
                    await self._warm(family)
            except (ForkError, OSError) as error:
                self._note(error)
            self._retired = [parent for parent in self._retired if not parent.has_ended()]
            await asyncio.sleep(LOOK_SECONDS)

    async def fork(self, family: str, request: Mapping[str, Any]) -> ForkedProcess | None:
        """A forked kernel that has run its notebook, or None where an ordinary one must do; why is logged once.

        Raises ForkError after close().
        """
        for _ in range(ATTEMPTS):
            if self._is_closed:
                raise ForkError("the server is ending")
            if not self.is_wanted:
                break
            try:
                async with asyncio.timeout(WARM_UP_SECONDS + FORK_SECONDS):
                    process = await (await self._warm(family)).fork(request)
                self._failures = 0
                return process
            except (ForkError, OSError, TimeoutError, ValueError) as error:
                self._note(error)
                await asyncio.sleep(PAUSE_SECONDS)
        return None

    async def _warm(self, family: str) -> _Parent:
        """The running parent of a family, started when there is none. Raises ForkError when it does not come up."""
        async with self._starting.setdefault(family, asyncio.Lock()):
            await self._renew()
            parent = self._parents.get(family)
            if parent is not None and not parent.is_alive():
                log.warning("the warm parent of %s kernels died and is started again", family)
                parent.close()
                parent = None
            if parent is None:
                self._parents[family] = parent = _Parent(family, self._environment)
            if not parent.is_warm:
                await parent.warm_up()
            return parent

    async def _renew(self) -> None:
        """Retire parents that hold code of yesterday: kernels forked from them go on, new ones come from a new parent."""
        now = asyncio.get_running_loop().time()
        if self._code is not None and now - self._looked_at < LOOK_FOR_CHANGES_SECONDS:
            return
        self._looked_at = now
        before, self._code = self._code, await asyncio.to_thread(state_of, self._watched)
        if before not in (None, self._code) and self._parents:
            log.info("code or content changed: kernels are forked from a new parent")
            for parent in self._parents.values():
                parent.retire()
                self._retired.append(parent)
            self._parents.clear()

    def _note(self, error: Exception) -> None:
        """Say it the first time; after MOST_FAILURES in a row nothing is tried any more until the server starts anew."""
        self._failures += 1
        if self._failures == 1:
            log.warning("a kernel could not be forked (%s): an ordinary one is started, slower and larger", error)
        if self._failures >= MOST_FAILURES:
            self.is_wanted = False
            log.warning("kernels are not forked any more until the next start")

    def close(self) -> None:
        self.is_wanted, self._is_closed = False, True
        for parent in (*self._parents.values(), *self._retired):
            parent.close()
        self._parents.clear()
        self._retired.clear()


def state_of(folders: Iterable[Path]) -> frozenset[tuple[str, int, int]]:
    """Path, time and size of every file of code and content below some folders: differs when any of them changed."""
    found: list[tuple[str, int, int]] = []
    waiting = [os.fspath(folder) for folder in folders]
    while waiting:
        try:
            entries = list(os.scandir(waiting.pop()))
        except OSError:
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    waiting.append(entry.path)
            elif os.path.splitext(entry.name)[1] in CODE:
                with suppress(OSError):  # gone meanwhile, or the lock of somebody's editor
                    status = entry.stat()
                    found.append((entry.path, status.st_mtime_ns, status.st_size))
    return frozenset(found)


class _Parent:
    """One parent process, which says where its socket lies once it is warm."""

    def __init__(self, family: str, environment: Mapping[str, str]) -> None:
        self._family = family
        self.is_warm = False
        self._forked: WeakSet[ForkedProcess] = WeakSet()
        self._path = ""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "cps_training.server.kernel_parent", family],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=dict(environment),
            cwd=PACKAGE.parent,
            start_new_session=True,
        )

    async def warm_up(self) -> None:
        """Returns when it can be forked from. Raises ForkError when it ended or took too long; it is ended then."""
        said: dict[str, str] = {}
        try:
            async with asyncio.timeout(WARM_UP_SECONDS):
                said = await asyncio.to_thread(self._says)
            self.is_warm = bool(self._path)
        except TimeoutError:
            log.debug("a warm parent took too long")
        finally:
            if not self.is_warm:
                self.close()
        if not self.is_warm:
            why = said.get("error", f"ended with {self._process.returncode}")
            raise ForkError(f"the warm parent of {self._family} kernels: {why}")

    def _says(self) -> dict[str, str]:
        """Its one line on stdout, {} when that is none of its lines."""
        assert self._process.stdout is not None
        with self._process.stdout as line:  # ends at the latest with the process
            try:
                said = dict(json.loads(line.readline()))
            except ValueError:
                return {}
        self._path = said.get("socket", "")
        return said

    def is_alive(self) -> bool:
        return self._process.poll() is None

    async def fork(self, request: Mapping[str, Any]) -> ForkedProcess:
        loop = asyncio.get_running_loop()
        line = socket.socket(socket.AF_UNIX)
        try:
            line.setblocking(False)
            await loop.sock_connect(line, self._path)
            await loop.sock_sendall(line, json.dumps(request).encode() + b"\n")
            answer = b""
            while b"\n" not in answer:
                more = await loop.sock_recv(line, 4096)
                if not more:
                    raise ForkError("the warm parent hung up")
                answer += more
            first, _, rest = answer.partition(b"\n")
            process = ForkedProcess(line, json.loads(first)["pid"], rest)
            await process.until_ready()
        except BaseException:
            line.close()  # which ends a kernel that was begun
            raise
        self._forked.add(process)
        return process

    def retire(self) -> None:
        """Fork no more, and end once the last kernel has ended."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(b"retire\n")
            self._process.stdin.flush()
        except OSError:
            log.debug("a parent to be retired was gone already")

    def has_ended(self) -> bool:
        """Whether a retired parent is gone; what it used is cleared away then."""
        if self.is_alive():
            return False
        self.close()
        return True

    def close(self) -> None:
        assert self._process.stdin is not None
        if not self.is_warm:
            self._process.kill()  # it does not listen yet
        try:
            self._process.stdin.close()  # the parent leaves, and its kernels with it
        except OSError:
            log.debug("a parent's pipe was broken already")
        try:
            self._process.wait(LEAVING_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for process in self._forked:
            process.give_up()
        if self._path:  # of one that was killed itself
            shutil.rmtree(os.path.dirname(self._path), ignore_errors=True)
