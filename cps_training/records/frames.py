"""Rows for the trainer's tables, ready for JSON (ISO dates). What is derived from answers is the desk's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, select

from cps_training.errors import StoreError
from cps_training.records.people import people
from cps_training.records.tables import attendance, km_session, person, roster_entry

Rows = list[dict[str, Any]]


def _roster(conn: Connection) -> Rows:
    """person_code, person_id, name, unit, employment, is_guest, active_from, active_to (None = still there)"""
    entry = roster_entry.c
    query = select(roster_entry, person.c.code, person.c.name).join(person)
    return [
        {
            "person_code": row.code,
            "person_id": row.person_id,
            "name": row.name,
            "unit": row.unit,
            "employment": row.employment,
            "is_guest": row.is_guest,
            "active_from": row.active_from.isoformat(),
            "active_to": row.active_to.isoformat() if row.active_to else None,
        }
        for row in conn.execute(query.order_by(entry.unit, person.c.code_folded, entry.active_from, entry.entry_id))
    ]


def _attendance(conn: Connection) -> Rows:
    """person_code, date, kind (onsite, online), minutes (None = not measured), session_minutes, topic, title,
    session_id"""
    held = km_session.c
    query = (
        select(attendance, person.c.code, held.held_on, held.topic, held.title, held.minutes.label("session_minutes"))
        .join(person, person.c.person_id == attendance.c.person_id)
        .join(km_session, held.session_id == attendance.c.session_id)
        .order_by(held.held_on, held.session_id, person.c.code_folded)
    )
    return [
        {
            "person_code": row.code,
            "date": row.held_on.isoformat(),
            "kind": row.kind,
            "minutes": row.minutes,
            "session_minutes": row.session_minutes,
            "topic": row.topic,
            "title": row.title,
            "session_id": row.session_id,
        }
        for row in conn.execute(query)
    ]


def _people(conn: Connection) -> Rows:
    """person_code, person_id, name, roles, locale, is_disabled, has_password"""
    return [
        {
            "person_code": one.code,
            "person_id": one.person_id,
            "name": one.name,
            "roles": list(one.roles),
            "locale": one.locale,
            "is_disabled": one.is_disabled,
            "has_password": one.has_password,
        }
        for one in people(conn)
    ]


FRAMES: dict[str, Callable[[Connection], Rows]] = {"roster": _roster, "attendance": _attendance, "people": _people}


def rows(conn: Connection, name: str) -> Rows:
    """The rows of a frame, columns as its function says. Raises StoreError unknown-frame."""
    if name not in FRAMES:
        raise StoreError("unknown-frame", f"ไม่มีตารางชื่อ “{name}” ใช้ได้: {', '.join(FRAMES)}")
    return FRAMES[name](conn)
