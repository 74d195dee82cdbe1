"""Kernels of pages: who owns which, how many a session and the office may have, when they end. Knows no page content.

Rules: one lock a session (eight tabs opened at once must not slip through a limit together); the newest page wins, but a
kernel that is still rendering is never stopped; a dead kernel is told to its page, never silently replaced.
"""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import uuid
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_server.base.call_context import CallContext
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado import web
from traitlets import Bool, default

from cps_training.desk.protocol import MintTicket, Slide
from cps_training.errors import KitError
from cps_training.server.environment import KernelCall, kernel_environment
from cps_training.server.identity import KitUser

if TYPE_CHECKING:
    from cps_training.server.connection import KitConnection
    from cps_training.server.parts import Parts

log = logging.getLogger("cps_training.server.kernels")

PER_SESSION = 2
WAITING_PER_SESSION = 3
WAIT_SECONDS = 15.0
STARTS_AT_ONCE = 2
LOOK_SECONDS = 1.0
SPEAKS_SECONDS = 30.0
NEVER_CONNECTED_SECONDS = 60.0
"""A page that was rendered and never connected was closed before its script ran: nobody will say goodbye for it."""

TOO_MANY_PAGES, NO_SEAT = 429, 503


@dataclass
class Held:
    """One kernel: whose it is, and what its page is doing. rendered is set once the page was sent."""

    session_hash: str
    born: float
    rendered: asyncio.Event = field(default_factory=asyncio.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    connections: set[KitConnection] = field(default_factory=set)
    last_seen: float = 0.0
    was_connected: bool = False
    spoke_at: float = 0.0


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
        self.held: dict[str, Held] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._waiting: defaultdict[str, int] = defaultdict(int)
        self._starts = asyncio.Semaphore(STARTS_AT_ONCE)
        self._watch: asyncio.Task[None] | None = None
        self._slides: set[asyncio.Future[None]] = set()

    @property
    def _parts(self) -> Parts:
        parts: Parts = self.parent.parts
        return parts

    @property
    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    def owner_of(self, kernel_id: str) -> str | None:
        """The session hash a running kernel belongs to."""
        held = self.held.get(kernel_id)
        return held.session_hash if held and kernel_id in self else None

    # Starting ---------------------------------------------------------------------------------------------------

    async def start_kernel(self, **given: Any) -> str:
        """A kernel for the page this request asks for. given: kernel_name and cwd. Raises HTTPError 429 or 503."""
        handler = CallContext.get(CallContext.JUPYTER_HANDLER)
        user = getattr(handler, "current_user", None)
        if not isinstance(user, KitUser):
            raise web.HTTPError(403)
        session = user.session_hash
        if self._waiting[session] >= WAITING_PER_SESSION:
            raise web.HTTPError(TOO_MANY_PAGES)
        self._waiting[session] += 1
        try:
            async with asyncio.timeout(WAIT_SECONDS), self._locks[session]:
                await self._make_room(session)
                await self._take_seat()
                kernel_id = str(uuid.uuid4())
                self.held[kernel_id] = Held(session, self._now)
        except TimeoutError:
            raise web.HTTPError(TOO_MANY_PAGES) from None
        finally:
            self._waiting[session] -= 1
            if not self._waiting[session]:  # nobody holds or awaits the lock: sessions that end leave nothing behind
                del self._waiting[session], self._locks[session]
        call = KernelCall("", user.locale, handler.request.query, handler.page.family)
        await self._launch(kernel_id, user, given, call)
        return kernel_id

    async def _make_room(self, session: str) -> None:
        """Leave at most PER_SESSION - 1 kernels of this session, ending the oldest that is not rendering."""
        while len(mine := self._of(session)) >= PER_SESSION:
            idle = [kernel_id for kernel_id in mine if self.held[kernel_id].rendered.is_set()]
            if idle:
                await self.shutdown_kernel(idle[0], now=True)
                continue
            waits = [asyncio.ensure_future(self.held[kernel_id].rendered.wait()) for kernel_id in mine]
            try:
                await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for wait in waits:
                    wait.cancel()

    def _of(self, session: str) -> list[str]:
        """This session's kernels, oldest first."""
        return [kernel_id for kernel_id, held in self.held.items() if held.session_hash == session]

    async def _take_seat(self) -> None:
        if len(self.held) < self._parts.config.seats:
            return
        left = [
            (held.last_seen, kernel_id)
            for kernel_id, held in self.held.items()
            if held.rendered.is_set() and not held.connections and self._now - held.last_seen > NEVER_CONNECTED_SECONDS
        ]
        if not left:
            raise web.HTTPError(NO_SEAT)
        await self.shutdown_kernel(min(left)[1], now=True)

    async def _launch(self, kernel_id: str, user: KitUser, given: dict[str, Any], call: KernelCall) -> None:
        try:
            async with self._starts:
                minted = await self._parts.desk.ask(MintTicket(session_hash=user.session_hash, kernel_id=kernel_id))
                call = replace(call, ticket=minted["ticket"])
                environment = kernel_environment(os.environ, self._parts.folder, self._parts.desk_address, call)
                await super()._async_start_kernel(
                    kernel_id=kernel_id,
                    env=environment,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    **given,
                )
        except BaseException:
            held = self.held.pop(kernel_id, None)
            if held is not None:
                held.rendered.set()
            raise
        if self._watch is None:
            self._watch = asyncio.create_task(self._look_after(), name="kernel-watch")

    # What pages tell -----------------------------------------------------------------------------------------------

    def page_rendered(self, kernel_id: str) -> None:
        """The page was sent whole (or its sending ended): its kernel may now be stopped for a newer page."""
        if held := self.held.get(kernel_id):
            held.last_seen = self._now
            held.rendered.set()

    async def until_ended(self, kernel_id: str) -> None:
        """Returns when the kernel is no more."""
        if held := self.held.get(kernel_id):
            await held.ended.wait()

    def page_connected(self, kernel_id: str, connection: KitConnection) -> None:
        if held := self.held.get(kernel_id):
            held.connections.add(connection)
            held.was_connected = True

    def page_disconnected(self, kernel_id: str, connection: KitConnection) -> None:
        if held := self.held.get(kernel_id):
            held.connections.discard(connection)
            held.last_seen = self._now

    def page_spoke(self, kernel_id: str) -> None:
        """Somebody works in the page: their session runs on, though no new page is asked for."""
        held = self.held.get(kernel_id)
        if held is None or self._now - held.spoke_at < SPEAKS_SECONDS:
            return
        held.spoke_at = self._now
        task = asyncio.ensure_future(self._slide(held.session_hash))
        self._slides.add(task)
        task.add_done_callback(self._slides.discard)

    async def _slide(self, session_hash: str) -> None:
        try:
            await self._parts.desk.ask(Slide(session_hash=session_hash))
        except KitError as error:
            log.warning("a session could not be moved on: %s", error.code)

    # Ending -------------------------------------------------------------------------------------------------------

    async def shutdown_kernel(self, kernel_id: str, now: bool = True, restart: bool = False) -> None:
        """End a kernel and tell its page. Safe to call twice; kernels hold nothing that is not at the desk already."""
        held = self.held.pop(kernel_id, None)
        if held is not None:
            held.rendered.set()
            held.ended.set()
            for connection in list(held.connections):
                connection.tell_end()
        if kernel_id in self:
            await super()._async_shutdown_kernel(kernel_id, now=now, restart=restart)

    async def end_session(self, session_hash: str) -> None:
        """End every kernel of a session (sign-out)."""
        for kernel_id in self._of(session_hash):
            await self.shutdown_kernel(kernel_id)

    async def end_all(self) -> None:
        """End everything; used when the server ends."""
        if self._watch is not None:
            self._watch.cancel()
        await asyncio.gather(*(self.shutdown_kernel(kernel_id) for kernel_id in [*self.held]), return_exceptions=True)

    async def _look_after(self) -> None:
        """Once a second: tell pages of dead kernels, free those whose page never came."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            for kernel_id, held in list(self.held.items()):
                try:
                    await self._look_at(kernel_id, held)
                except Exception:
                    log.exception("looking after a kernel failed")

    async def _look_at(self, kernel_id: str, held: Held) -> None:
        if kernel_id not in self:
            if kernel_id not in self._pending_kernels and held.rendered.is_set():
                self.held.pop(kernel_id, None)
            return
        if not await self.get_kernel(kernel_id).is_alive():
            log.warning("kernel %s died", kernel_id)
            await self.shutdown_kernel(kernel_id)
        elif held.rendered.is_set() and not held.was_connected and self._now - held.last_seen > NEVER_CONNECTED_SECONDS:
            await self.shutdown_kernel(kernel_id)
