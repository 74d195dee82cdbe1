"""How many seats there are, and who waits for one while every one is taken: first come, first served.

Pure: memory and time are passed in, nobody is known by name.
"""

from __future__ import annotations

MOST_SEATS, FEWEST_SEATS = 300, 10
FORKED_MB, ORDINARY_MB = 16, 80
"""Memory of one open page with what the server holds for it; measured 11 and 70, see docs/performance.md."""
SHARE_OF_MEMORY = 0.7


def seats_for(free_mb: float, *, is_forked: bool) -> int:
    """How many pages fit into the memory that is free now, with some left for everything else on the machine."""
    each = FORKED_MB if is_forked else ORDINARY_MB
    return max(FEWEST_SEATS, min(MOST_SEATS, int(free_mb * SHARE_OF_MEMORY / each)))


PATIENCE_SECONDS = 20.0
"""A waiting page asks every few seconds; one that was not heard of for this long has been closed."""


class WaitingRoom:
    """Sessions in the order in which they came."""

    def __init__(self) -> None:
        self._last_heard: dict[str, float] = {}

    def __len__(self) -> int:
        return len(self._last_heard)

    def come(self, session: str, now: float) -> int:
        """Wait, or go on waiting; gives the place in the queue, from 1."""
        self._sweep(now)
        self._last_heard[session] = now  # a dict keeps the place of a key that is set again
        return list(self._last_heard).index(session) + 1

    def leave(self, session: str) -> None:
        """This session waits no more."""
        self._last_heard.pop(session, None)

    def is_turn(self, session: str, free: int, now: float) -> bool:
        """Whether one of `free` seats is this session's: fewer than that came before it and still wait."""
        self._sweep(now)
        before = 0
        for other in self._last_heard:
            if other == session:
                break
            before += 1
        return before < free

    def _sweep(self, now: float) -> None:
        for session in [s for s, heard in self._last_heard.items() if now - heard > PATIENCE_SECONDS]:
            del self._last_heard[session]
