"""What was done to people, the roster and sessions: who, when, to whom. Append-only; the rows behind every later question.

Knows no rule of who may do what. Details hold ids, dates and words of the kit, never names: those live in `person`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from cps_training.records.tables import event


@dataclass(frozen=True)
class Event:
    """seq: its number, growing. by: person_id of who did it, None = on the command line. subject: person_id or None."""

    seq: int
    at: datetime
    by: str | None
    kind: str
    subject: str | None
    detail: dict[str, Any]


def note(
    conn: Connection,
    *,
    kind: str,
    at: datetime,
    by: str | None = None,
    subject: str | None = None,
    detail: dict[str, Any] | None = None,
) -> int:
    """Keep an event; gives its seq. kind: a kebab-case word such as `roster-import`, `merge`, `transfer`."""
    values = {"at": at, "by_id": by, "kind": kind, "subject_id": subject, "detail": detail or {}}
    done = conn.execute(insert(event).values(**values))
    assert done.inserted_primary_key is not None
    return int(done.inserted_primary_key[0])


def events(
    conn: Connection, kinds: Collection[str] | None = None, *, subject: str | None = None, newest: int | None = None
) -> list[Event]:
    """Events, oldest first. kinds, subject: only those; newest: only so many of the latest."""
    query = select(event)
    if kinds is not None:
        query = query.where(event.c.kind.in_(kinds))
    if subject is not None:
        query = query.where(event.c.subject_id == subject)
    query = query.order_by(event.c.seq.desc())
    if newest is not None:
        query = query.limit(newest)
    return [
        Event(row.seq, row.at, row.by_id, row.kind, row.subject_id, row.detail)
        for row in reversed(conn.execute(query).all())
    ]
