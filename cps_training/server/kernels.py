"""Kernels of pages: started for a reserved seat, watched, ended. Knows no page content; who may have one: reservations.py.

A dead kernel is told to its page, never silently replaced.
"""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
from typing import TYPE_CHECKING, Any

import zmq.asyncio
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.multikernelmanager import AsyncMultiKernelManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado import web
from traitlets import Bool, default

from cps_training.desk.protocol import MintTicket, Slide
from cps_training.kernelspec import NAME, PAGE
from cps_training.server.environment import KernelCall, kernel_environment
from cps_training.server.forked_process import ForkedProcess
from cps_training.server.identity import KitUser
from cps_training.server.reservations import NEVER_CONNECTED_SECONDS, Connection, Held, Reservations

if TYPE_CHECKING:
    from cps_training.server.pages import Page
    from cps_training.server.parts import Parts

log = logging.getLogger("cps_training.server.kernels")

STARTS_AT_ONCE = 4
LOOK_SECONDS = 1.0
IDLE_SECONDS = 30 * 60.0
"""A page left open over lunch gives its seat back, and says so."""
DRAIN_LOOK_SECONDS = 0.02
MOST_SOCKETS = 20_000
"""zmq's own limit of 1,023 ends near 340 pages."""
SPEAKS_SECONDS = 30.0


class KitKernelSpecManager(KernelSpecManager):
    """Only our own kernelspec, never the user's."""

    ensure_native_kernel = Bool(False)

    @default("kernel_dirs")
    def _our_dir(self) -> list[str]:
        return [str(self.parent.parts.folder.jupyter / "kernels")]


class KitKernelManager(AsyncMappingKernelManager):
    """Starts kernels for pages only. Its `parent` is the application, which carries the Parts."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.reservations = Reservations(lambda: self._parts.seats, self.shutdown_kernel)
        self.held = self.reservations.held
        self.is_ending = False
        self._starts = asyncio.Semaphore(STARTS_AT_ONCE)
        self._watch: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Future[Any]] = set()

    @default("context")
    def _own_context(self) -> Any:
        self._created_context = True
        context = zmq.asyncio.Context()
        context.max_sockets = min(MOST_SOCKETS, context.get(zmq.SOCKET_LIMIT))
        return context

    @property
    def _parts(self) -> Parts:
        parts: Parts = self.parent.parts
        return parts

    @property
    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    def owner_of(self, kernel_id: str) -> str | None:
        """The session hash a running or starting kernel belongs to."""
        held = self.held.get(kernel_id)
        return held.session_hash if held and (kernel_id in self or not held.ready.is_set()) else None

    def is_light(self, kernel_id: str) -> bool:
        held = self.held.get(kernel_id)
        return held is not None and held.is_light

    # Starting ---------------------------------------------------------------------------------------------------

    async def start_kernel(self, **_: Any) -> str:
        """Stock code's way to a kernel: none. A page reserves one, then launches it."""
        raise web.HTTPError(403)

    async def reserve(self, session: str, *, is_light: bool) -> str:
        """The id of a kernel that is to be launched next. Raises HTTPError 429, NoSeat, 503 while the server is ending."""
        if self.is_ending:
            raise web.HTTPError(503)
        return await self.reservations.reserve(session, is_light=is_light)

    async def launch(self, kernel_id: str, page: Page, user: KitUser, query: str) -> None:
        """Start a reserved kernel for a page. Raises KitError, OSError; the seat is free again then."""
        held = self.held[kernel_id]
        try:
            async with self._starts:
                minted = await self._parts.desk.ask(MintTicket(session_hash=user.session_hash, kernel_id=kernel_id))
                call = KernelCall(minted["ticket"], user.locale, query, page.notebook, page.family)
                environment = kernel_environment(os.environ, self._parts.folder, self._parts.desk_address, call)
                given = {
                    "kernel_id": kernel_id,
                    "env": environment,
                    "cwd": str(page.notebook.parent),
                    "stdout": subprocess.DEVNULL,
                    "stderr": subprocess.DEVNULL,
                }
                if (
                    held.is_light
                ):  # without jupyter_server's watching of what a kernel says: its page's connection knows
                    await AsyncMultiKernelManager._async_start_kernel(self, kernel_name=PAGE, **given)
                    self._notice_end(kernel_id)
                else:
                    await super()._async_start_kernel(kernel_name=NAME, **given)
        except BaseException:
            self.held.pop(kernel_id, None)
            held.ready.set()
            held.ended.set()
            raise
        held.last_seen = self._now
        if kernel_id not in self.held:  # its page was left, or its session ended, while it started
            await self.shutdown_kernel(kernel_id)
            return
        if held.is_light:
            held.ready.set()
        if self._watch is None:
            self._watch = asyncio.create_task(self._look_after(), name="kernel-watch")

    def launch_soon(self, kernel_id: str, page: Page, user: KitUser, query: str) -> None:
        """`launch` beside the sending of the page; where it fails the page's connection is refused, and the page says so."""
        self._beside(self.launch(kernel_id, page, user, query), "a kernel could not be started")

    def _beside(self, work: Any, trouble: str) -> None:
        def done(task: asyncio.Future[Any]) -> None:
            self._tasks.discard(task)
            if not task.cancelled() and (error := task.exception()) is not None:
                log.warning("%s: %s", trouble, getattr(error, "code", repr(error)))

        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(done)

    def _notice_end(self, kernel_id: str) -> None:
        """Hear at once of a forked kernel's end; ordinary ones are looked at once a second."""
        process = self.get_kernel(kernel_id).provisioner.process
        if isinstance(process, ForkedProcess):
            process.on_end = lambda: self._beside(self._tell_death(kernel_id), "ending a dead kernel failed")
            if process.returncode is not None:  # it ended before anybody listened
                process.on_end()

    async def _tell_death(self, kernel_id: str) -> None:
        if kernel_id in self.held:
            log.warning("kernel %s died", kernel_id)
            await self.shutdown_kernel(kernel_id)

    # What pages tell -----------------------------------------------------------------------------------------------

    async def until_ready(self, kernel_id: str) -> None:
        """Returns when a kernel has been launched and its page may speak to it, or when there is none."""
        if held := self.held.get(kernel_id):
            await held.ready.wait()

    def page_rendered(self, kernel_id: str) -> None:
        """A page of the full template was sent whole (or its sending ended): its kernel may be stopped for a newer page."""
        if held := self.held.get(kernel_id):
            held.last_seen = self._now
            held.ready.set()

    async def until_ended(self, kernel_id: str) -> None:
        """Returns when the kernel is no more."""
        if held := self.held.get(kernel_id):
            await held.ended.wait()

    def page_connected(self, kernel_id: str, connection: Connection) -> None:
        if held := self.held.get(kernel_id):
            held.connections.add(connection)
            held.was_connected = True

    def page_disconnected(self, kernel_id: str, connection: Connection) -> None:
        if held := self.held.get(kernel_id):
            held.connections.discard(connection)
            held.last_seen = self._now

    def page_spoke(self, kernel_id: str) -> None:
        """Somebody works in the page: their session runs on, though no new page is asked for."""
        held = self.held.get(kernel_id)
        if held is None or self._now - held.spoke_at < SPEAKS_SECONDS:
            return
        held.spoke_at = self._now
        self._beside(self._slide(held.session_hash), "a session could not be moved on")

    async def _slide(self, session_hash: str) -> None:
        await self._parts.desk.ask(Slide(session_hash=session_hash))

    # Ending -------------------------------------------------------------------------------------------------------

    async def shutdown_kernel(self, kernel_id: str, now: bool = True, restart: bool = False) -> None:
        """End a kernel and tell its page. Safe to call twice; kernels hold nothing that is not at the desk already."""
        held = self.held.pop(kernel_id, None)
        if held is not None:
            held.ready.set()
            held.ended.set()
            for connection in list(held.connections):
                connection.tell_end()
        if kernel_id in self:
            await super()._async_shutdown_kernel(kernel_id, now=now, restart=restart)

    async def end_session(self, session_hash: str) -> None:
        """End every kernel of a session (sign-out)."""
        self.reservations.leave(session_hash)
        for kernel_id in self.reservations.of(session_hash):
            await self.shutdown_kernel(kernel_id)

    async def end_all(self) -> None:
        """End everything; used when the server ends."""
        if self._watch is not None:
            self._watch.cancel()
        for task in [*self._tasks]:
            task.cancel()  # kernels that are just being launched
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(self.shutdown_kernel(kernel_id) for kernel_id in [*self.held]), return_exceptions=True)

    async def drain(self, seconds: float) -> None:
        """Take nobody in any more, and wait until every message that was sent to a kernel has been dealt with."""
        self.is_ending = True
        until = self._now + seconds
        while self._now < until and any(c.is_busy for held in self.held.values() for c in held.connections):
            await asyncio.sleep(DRAIN_LOOK_SECONDS)

    async def _look_after(self) -> None:
        """Once a second: tell pages of dead kernels, free those whose page never came or slept too long."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            for kernel_id, held in list(self.held.items()):
                try:
                    await self._look_at(kernel_id, held)
                except Exception:
                    log.exception("looking after a kernel failed")

    async def _look_at(self, kernel_id: str, held: Held) -> None:
        if not held.ready.is_set() or kernel_id in self._pending_kernels:
            return
        if kernel_id not in self:
            self.held.pop(kernel_id, None)
            return
        kernel = self.get_kernel(kernel_id)
        if not isinstance(kernel.provisioner.process, ForkedProcess) and not await kernel.is_alive():
            await self._tell_death(kernel_id)
            return
        quiet_since = max(held.last_seen, held.spoke_at)
        is_lost = not held.was_connected and self._now - held.last_seen > NEVER_CONNECTED_SECONDS
        if is_lost or (held.is_light and self._now - quiet_since > IDLE_SECONDS):
            await self.shutdown_kernel(kernel_id)
