"""Who belongs to which unit when, knowledge sessions and who attended, settings of the office. Knows no statistics.

A roster entry is never changed: a correction withdraws it and adds another, each in an event, so that the roster as of any
event can be read back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, or_, select, update

from cps_training.enrolment import Stay
from cps_training.records.people import Entropy
from cps_training.records.tables import attendance, km_session, roster_entry, setting


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
    left_out_because: str | None = None,
    event: int | None = None,
    entry_id: str | None = None,
) -> str:
    """Put a person on the roster in an event (its seq); gives the entry's id.

    Raises ValueError when somebody would leave before they came.
    """
    entry_id = entry_id or entropy(16).hex()
    stay = Stay(entry_id, person_id, unit, employment, is_guest, active_from, active_to, left_out_because or None)
    add_entries(conn, [stay], event)
    return entry_id


def add_entries(conn: Connection, stays: Sequence[Stay], event: int | None) -> None:
    """Put many on the roster in one event. Raises ValueError when somebody would leave before they came."""
    for stay in stays:
        if stay.active_to is not None and stay.active_to < stay.active_from:
            raise ValueError(f"active_to {stay.active_to} lies before active_from {stay.active_from}")
    if stays:
        conn.execute(insert(roster_entry), [asdict(stay) | {"added_in": event, "removed_in": None} for stay in stays])


def withdraw_entry(conn: Connection, entry_id: str, event: int) -> Stay | None:
    """Take an entry off the roster in an event; gives what it was, None when it is not there (any more)."""
    table = roster_entry.c
    found = next((one for one in entries(conn, entry_id=entry_id)), None)
    if found is not None:
        conn.execute(update(roster_entry).where(table.entry_id == entry_id).values(removed_in=event))
    return found


def entries(
    conn: Connection, as_of: int | None = None, *, person_id: str | None = None, entry_id: str | None = None
) -> list[Stay]:
    """The roster, by unit, first day and person. as_of: as it was just after that event; the others narrow it."""
    table = roster_entry.c
    query = select(roster_entry).where(*standing(as_of))
    if person_id is not None:
        query = query.where(table.person_id == person_id)
    if entry_id is not None:
        query = query.where(table.entry_id == entry_id)
    query = query.order_by(table.unit, table.active_from, table.person_id, table.entry_id)
    return [
        Stay(
            entry_id=row.entry_id,
            person_id=row.person_id,
            unit=row.unit,
            employment=row.employment,
            is_guest=row.is_guest,
            active_from=row.active_from,
            active_to=row.active_to,
            left_out_because=row.left_out_because,
        )
        for row in conn.execute(query)
    ]


def standing(as_of: int | None = None) -> tuple[ColumnElement[bool], ...]:
    """The conditions under which an entry stands on the roster now, or stood just after event `as_of`."""
    table = roster_entry.c
    if as_of is None:
        return (table.removed_in.is_(None),)
    return (
        or_(table.added_in.is_(None), table.added_in <= as_of),
        or_(table.removed_in.is_(None), table.removed_in > as_of),
    )


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


def amend_km_session(conn: Connection, session_id: str, *, title: str, held_on: date, minutes: int) -> bool:
    """Correct what is known of a session; False when there is none of that id. Raises ValueError for no minutes."""
    if minutes <= 0:
        raise ValueError(f"minutes {minutes}: a session lasts at least one")
    changed = update(km_session).where(km_session.c.session_id == session_id)
    return conn.execute(changed.values(title=title, held_on=held_on, minutes=minutes)).rowcount == 1


def remove_km_session(conn: Connection, session_id: str) -> bool:
    """Remove a session nobody is noted for; False when somebody is, or when there is none."""
    noted = select(func.count()).select_from(attendance).where(attendance.c.session_id == session_id)
    if conn.execute(noted).scalar_one():
        return False
    return conn.execute(delete(km_session).where(km_session.c.session_id == session_id)).rowcount == 1


def minutes_of_session(conn: Connection, session_id: str) -> int | None:
    """How long a session lasted, None when there is none of that id."""
    found = conn.execute(select(km_session.c.minutes).where(km_session.c.session_id == session_id)).scalar()
    return None if found is None else int(found)


def remove_attendance(conn: Connection, *, session_id: str, person_id: str) -> None:
    """Note that a person did not attend after all."""
    table = attendance.c
    conn.execute(delete(attendance).where(table.session_id == session_id, table.person_id == person_id))


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
