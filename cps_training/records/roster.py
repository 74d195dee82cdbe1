"""Who belongs to which unit when, knowledge sessions and who attended, settings of the office. Knows no statistics."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, insert, select, update

from cps_training.records.people import Entropy
from cps_training.records.tables import attendance, km_session, roster_entry, setting


@dataclass(frozen=True)
class RosterEntry:
    """A person's time in a unit, both days included; active_to None = still there."""

    entry_id: str
    person_id: str
    unit: str
    employment: str
    is_guest: bool
    active_from: date
    active_to: date | None


def add_entry(
    conn: Connection,
    *,
    person_id: str,
    unit: str,
    employment: str,
    active_from: date,
    entropy: Entropy,
    active_to: date | None = None,
    is_guest: bool = False,
    entry_id: str | None = None,
) -> str:
    """Put a person on the roster; gives the entry's id. Raises ValueError when the last day lies before the first."""
    if active_to is not None and active_to < active_from:
        raise ValueError(f"active_to {active_to} lies before active_from {active_from}")
    entry_id = entry_id or entropy(16).hex()
    conn.execute(
        insert(roster_entry).values(
            entry_id=entry_id,
            person_id=person_id,
            unit=unit,
            employment=employment,
            is_guest=is_guest,
            active_from=active_from,
            active_to=active_to,
        )
    )
    return entry_id


def entries(conn: Connection) -> list[RosterEntry]:
    """The whole roster, by unit, first day and person."""
    table = roster_entry.c
    query = select(roster_entry).order_by(table.unit, table.active_from, table.person_id, table.entry_id)
    return [
        RosterEntry(
            entry_id=row.entry_id,
            person_id=row.person_id,
            unit=row.unit,
            employment=row.employment,
            is_guest=row.is_guest,
            active_from=row.active_from,
            active_to=row.active_to,
        )
        for row in conn.execute(query)
    ]


def add_km_session(
    conn: Connection,
    *,
    topic: str,
    title: str,
    held_on: date,
    minutes: int,
    entropy: Entropy,
    session_id: str | None = None,
) -> str:
    """A knowledge-sharing session of the office that was held; gives its id. Raises ValueError for no minutes."""
    if minutes <= 0:
        raise ValueError(f"minutes {minutes}: a session lasts at least one")
    session_id = session_id or entropy(16).hex()
    values = {"session_id": session_id, "topic": topic, "title": title, "held_on": held_on, "minutes": minutes}
    conn.execute(insert(km_session).values(**values))
    return session_id


def add_attendance(conn: Connection, *, session_id: str, person_id: str, kind: str, minutes: int | None = None) -> None:
    """Note that a person attended, "onsite" or "online"; minutes None = not measured. The last note stands."""
    table = attendance.c
    same = (table.session_id == session_id) & (table.person_id == person_id)
    values = {"kind": kind, "minutes": minutes}
    if conn.execute(update(attendance).where(same).values(**values)).rowcount == 0:
        conn.execute(insert(attendance).values(session_id=session_id, person_id=person_id, **values))


def get_setting(conn: Connection, key: str, default: Any = None) -> Any:
    """The JSON value of a setting, or `default`. Keys: demo, office, participation, setup_code_hash."""
    row = conn.execute(select(setting.c.value).where(setting.c.key == key)).first()
    return default if row is None else row.value


def put_setting(conn: Connection, key: str, value: Any) -> None:
    """Store a JSON value under a key, in the place of what was there."""
    if conn.execute(update(setting).where(setting.c.key == key).values(value=value)).rowcount == 0:
        conn.execute(insert(setting).values(key=key, value=value))
