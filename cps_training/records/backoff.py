"""Waiting after failed sign-ins. Knows no password and no page.

Counted under three keys, and whoever tries waits for the longest of their waits:

| counted | first wait after | then | longest wait |
|---|---|---|---|
| one account from one address | 5 failures | 30 s, doubling | 15 minutes |
| one account from anywhere | 20 failures | 30 s, doubling | 5 minutes |
| one address, any account | 50 failures | 30 s, doubling | 15 minutes |

So somebody who mistakes a colleague's account for their own is stopped at their device, and the colleague enters at
theirs. Trying while one must wait is refused unread and not counted: from one device the 20th failure of an account
takes two hours and a half. Guessing from as many addresses as one likes gets 20 tries, then fewer than 300 a day (there
are 30¹⁰ one-time codes), and holds the owner up for five minutes at a time. Behind one office router one person's
mistakes do not lock colleagues out. A success forgets the account's failures; failures a day old are forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, update

from cps_training.records.people import folded
from cps_training.records.tables import failed_sign_in

LONGEST_PART = 100
"""Letters of a code or an address in a key: no account has a longer code, and the column holds two of these."""

FORGOTTEN_AFTER = timedelta(hours=24)
FIRST_WAIT = timedelta(seconds=30)


@dataclass(frozen=True)
class Limit:
    """n_free: how many failures in a row cost nothing but the last of them; longest: where doubling ends."""

    n_free: int
    longest: timedelta


LIMITS = {
    "pair": Limit(5, timedelta(minutes=15)),
    "person": Limit(20, timedelta(minutes=5)),
    "address": Limit(50, timedelta(minutes=15)),
}
"""By the kind of key, the word before its colon."""


def sign_in_keys(code: str, address: str) -> tuple[str, ...]:
    """The keys a sign-in counts under: the account's two first, then the address when it is known."""
    account, address = folded(code)[:LONGEST_PART], address[:LONGEST_PART]
    keys = (f"pair:{account}@{address}", f"person:{account}")
    return (*keys, f"address:{address}") if address else keys


def wait_after(key: str, n: int) -> timedelta | None:
    """How long after the n-th failure in a row nobody may try under this key; None = not at all."""
    limit = LIMITS[key.partition(":")[0]]
    if n < limit.n_free:
        return None
    doublings = min(n - limit.n_free, 10)  # more would overflow, and the longest wait is reached long before
    return min(FIRST_WAIT * (1 << doublings), limit.longest)


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
    """Forget the failures under these keys. After a success clear the account's two only: clearing the address's would
    let the owner of one account try others' for ever."""
    conn.execute(delete(failed_sign_in).where(failed_sign_in.c.key.in_(list(keys))))
