"""Waiting after failed sign-ins, by account and by address. Knows no password and no page.

An account waits from its 5th failure on, an address only from its 50th: behind one office router one person's mistakes
must not lock colleagues out.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, update

from cps_training.records.people import folded
from cps_training.records.tables import failed_sign_in

ADDRESS = "address:"
FREE_FAILURES, FREE_FAILURES_OF_ADDRESS = 5, 50
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)


def sign_in_keys(code: str, address: str) -> tuple[str, ...]:
    """The keys a sign-in counts under: the account's first, then the address when it is known."""
    account = f"person:{folded(code)}"
    return (account, f"{ADDRESS}{address}") if address else (account,)


def wait_after(key: str, n: int) -> timedelta | None:
    """How long after the n-th failure in a row nobody may try under this key: 30 s, doubling up to 15 minutes."""
    beyond = n - (FREE_FAILURES_OF_ADDRESS if key.startswith(ADDRESS) else FREE_FAILURES)
    if beyond < 0:
        return None
    doublings = min(beyond, 10)  # more would overflow, and the longest wait is reached long before
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def note_failure(conn: Connection, keys: Iterable[str], at: datetime) -> None:
    """Count a failed sign-in under each key. Counts a day old are forgotten, of everybody."""
    table = failed_sign_in.c
    conn.execute(delete(failed_sign_in).where(table.last_at < at - FORGOTTEN_AFTER))
    for key in set(keys):
        n = 1 + (conn.execute(select(table.n).where(table.key == key)).scalar() or 0)
        wait = wait_after(key, n)
        values = {"n": n, "last_at": at, "locked_until": at + wait if wait else None}
        if n == 1:
            conn.execute(insert(failed_sign_in).values(key=key, **values))
        else:
            conn.execute(update(failed_sign_in).where(table.key == key).values(**values))


def locked_until(conn: Connection, keys: Iterable[str], at: datetime) -> datetime | None:
    """When one may try again under all of these keys; None = now."""
    table = failed_sign_in.c
    query = select(func.max(table.locked_until)).where(table.key.in_(list(keys)), table.locked_until > at)
    found: datetime | None = conn.execute(query).scalar()
    return found


def clear_failures(conn: Connection, keys: Iterable[str]) -> None:
    """Forget the failures under these keys. After a success clear the account's key only, or one account would let
    its owner try others' for ever."""
    conn.execute(delete(failed_sign_in).where(failed_sign_in.c.key.in_(list(keys))))
