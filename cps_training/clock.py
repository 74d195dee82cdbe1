"""Time enters the kit here: a clock is passed in, never read inside the core. Knows nothing of Thai texts.

Instants are stored in UTC; days, deadlines and "today" are decided in Asia/Bangkok.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BANGKOK = ZoneInfo("Asia/Bangkok")

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def require_aware(instant: datetime) -> datetime:
    """The same instant in UTC. Raises ValueError for a naive datetime: it names no instant."""
    if instant.tzinfo is None:
        raise ValueError(f"naive datetime {instant!r}: pass an aware one, for example clock.utc_now()")
    return instant.astimezone(UTC)


def office_day(instant: datetime) -> date:
    """The calendar day of an instant in Thailand."""
    return require_aware(instant).astimezone(BANGKOK).date()
