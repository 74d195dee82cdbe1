"""Which session holds which kernel, how many a session and the office may have, and who waits for a seat.

Rules: one lock a session (eight tabs opened at once must not slip through a limit together); the newest page wins, but a
kernel that is still starting is never stopped. Knows no process, no zmq and no page content: kernels are ids.
"""

from __future__ import annotations

import asyncio
import uuid
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol

from tornado import web

from cps_training.server.seats import WaitingRoom

PER_SESSION = 2
WAITING_PER_SESSION = 3
WAIT_SECONDS = 15.0
NEVER_CONNECTED_SECONDS = 60.0
"""A page that was made and did not connect within this time was closed before its script ran: nobody says goodbye for it."""


class Connection(Protocol):
    """What a page's websocket is for the kernels. is_busy: a message was sent that its kernel has not dealt with."""

    @property
    def is_busy(self) -> bool: ...

    def tell_end(self) -> None: ...


class NoSeat(web.HTTPError):
    """Every seat is taken. place: in the queue of those who wait, from 1."""

    def __init__(self, place: int) -> None:
        super().__init__(503)
        self.place = place


class TooManyPages(web.HTTPError):
    """One session opened more pages at once than it can be given."""

    def __init__(self) -> None:
        super().__init__(429)


@dataclass
class Held:
    """One kernel: whose it is, and what its page is doing. ready is set once it may be stopped for a newer page.

    A light page is ready when its kernel has run its notebook, a page of the full template when it was sent whole.
    """

    session_hash: str
    is_light: bool
    last_seen: float
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    connections: set[Connection] = field(default_factory=set)
    was_connected: bool = False
    spoke_at: float = 0.0


class Reservations:
    """held: by kernel id, oldest first. seats: how many there are. end: ends a kernel and takes it out of `held`."""

    def __init__(self, seats: Callable[[], int], end: Callable[[str], Awaitable[None]]) -> None:
        self.held: dict[str, Held] = {}
        self._seats, self._end = seats, end
        self._waiting_room = WaitingRoom()
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._waiting: defaultdict[str, int] = defaultdict(int)

    async def reserve(self, session: str, *, is_light: bool) -> str:
        """The id of a kernel that is to be launched next: its seat is taken. Raises TooManyPages, NoSeat."""
        if self._waiting[session] >= WAITING_PER_SESSION:
            raise TooManyPages
        self._waiting[session] += 1
        try:
            async with asyncio.timeout(WAIT_SECONDS), self._locks[session]:
                await self._make_room(session)
                return await self._seat(session, is_light)
        except TimeoutError:
            raise TooManyPages from None
        finally:
            self._waiting[session] -= 1
            if not self._waiting[session]:  # nobody holds or awaits the lock: sessions that end leave nothing behind
                del self._waiting[session], self._locks[session]

    async def _make_room(self, session: str) -> None:
        """Leave at most PER_SESSION - 1 kernels of this session: the oldest goes, once it has started."""
        while len(mine := self.of(session)) >= PER_SESSION:
            await self.held[mine[0]].ready.wait()
            await self._end(mine[0])

    def of(self, session: str) -> list[str]:
        """This session's kernels, oldest first."""
        return [kernel_id for kernel_id, held in self.held.items() if held.session_hash == session]

    async def _seat(self, session: str, is_light: bool) -> str:
        """A free seat; else that of an own page, or of somebody who left long ago. Nothing comes between giving up and taking.

        Whoever has a seat goes on to another page in it, and never to the end of the queue.
        """
        while len(self.held) >= self._seats() or not self._has_seat(session):
            mine = self.of(session)
            if mine:
                await self.held[mine[0]].ready.wait()
                if mine[0] in self.held:
                    return await self._pass_on(mine[0], session, is_light)
            elif not self._has_seat(session):
                raise NoSeat(self._waiting_room.come(session, _now()))
            else:
                return await self._pass_on(min(self._left())[1], session, is_light)
        return self._hold(session, is_light)

    def _hold(self, session: str, is_light: bool) -> str:
        self._waiting_room.leave(session)
        kernel_id = str(uuid.uuid4())
        self.held[kernel_id] = Held(session, is_light, _now())
        return kernel_id

    async def _pass_on(self, old: str, session: str, is_light: bool) -> str:
        kernel_id = self._hold(session, is_light)
        try:
            await self._end(old)  # takes it out of `held` before it waits for anything
        except BaseException:
            del self.held[kernel_id]  # nobody will launch it: a seat held for it would never come back
            raise
        return kernel_id

    def _has_seat(self, session: str) -> bool:
        free = self._seats() - len(self.held) + len(self._left())
        return self._waiting_room.is_turn(session, free, _now())

    def _left(self) -> list[tuple[float, str]]:
        """(when last seen, id) of kernels whose page was away for long: their seats may be given to somebody else."""
        long_ago = _now() - NEVER_CONNECTED_SECONDS
        return [
            (held.last_seen, kernel_id)
            for kernel_id, held in self.held.items()
            if held.ready.is_set() and not held.connections and held.last_seen < long_ago
        ]

    def wait_for_seat(self, session: str) -> tuple[int, bool]:
        """(place in the queue, whether a page would open now) of a session that goes on waiting."""
        is_free = bool(self.of(session)) or self._has_seat(session)
        return self._waiting_room.come(session, _now()), is_free

    def leave(self, session: str) -> None:
        """A session that ends waits no more."""
        self._waiting_room.leave(session)


def _now() -> float:
    return asyncio.get_running_loop().time()
