"""Rows for the trainer's tables, ready for JSON (ISO dates). What is derived from answers is the desk's.

Rows of a merged account carry the code, name and id of the account it is counted as, so that people are counted once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from cps_training.clock import office_day
from cps_training.errors import StoreError
from cps_training.records import merges, roster
from cps_training.records.events import events
from cps_training.records.people import Person, open_codes, people
from cps_training.records.tables import attendance, km_session

Rows = list[dict[str, Any]]

NEWEST_CHANGES = 500


def counted_as(conn: Connection) -> dict[str, Person]:
    """The account under which each person_id is counted: its own, or the one it was merged into."""
    everyone = {one.person_id: one for one in people(conn)}
    kept = merges.merged(conn)
    return {person_id: everyone[kept.get(person_id, person_id)] for person_id in everyone}


def roster_rows(conn: Connection, as_of: int | None = None) -> Rows:
    """person_code, person_id, name, unit, employment, is_guest, active_from, active_to (None = still there; the first day
    no longer there), left_out_because (None = counted), entry_id; by unit, code and first day. as_of: just after that event"""
    who = counted_as(conn)
    listed = roster.entries(conn, as_of)
    listed.sort(key=lambda one: (one.unit, who[one.person_id].code.casefold(), one.active_from, one.entry_id))
    return [
        {
            "person_code": who[one.person_id].code,
            "person_id": who[one.person_id].person_id,
            "name": who[one.person_id].name,
            "unit": one.unit,
            "employment": one.employment,
            "is_guest": one.is_guest,
            "active_from": one.active_from.isoformat(),
            "active_to": one.active_to.isoformat() if one.active_to else None,
            "left_out_because": one.left_out_because,
            "entry_id": one.entry_id,
        }
        for one in listed
    ]


def _attendance(conn: Connection) -> Rows:
    """person_code, person_id, date, kind (onsite, online), minutes (None = not measured), session_minutes, topic, title,
    session_id"""
    who = counted_as(conn)
    held = km_session.c
    query = (
        select(attendance, held.held_on, held.topic, held.title, held.minutes.label("session_minutes"))
        .join(km_session, held.session_id == attendance.c.session_id)
        .order_by(held.held_on, held.session_id)
    )
    rows = [
        {
            "person_code": who[row.person_id].code,
            "person_id": who[row.person_id].person_id,
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
    return sorted(rows, key=lambda row: (row["date"], row["session_id"], row["person_code"].casefold()))


def _sessions(conn: Connection) -> Rows:
    """session_id, topic, title, held_on, minutes, n_onsite, n_online: the knowledge sessions, by day"""
    kinds: dict[str, list[str]] = {}
    for row in conn.execute(select(attendance.c.session_id, attendance.c.kind)):
        kinds.setdefault(row.session_id, []).append(row.kind)
    held = km_session.c
    return [
        {
            "session_id": row.session_id,
            "topic": row.topic,
            "title": row.title,
            "held_on": row.held_on.isoformat(),
            "minutes": row.minutes,
            "n_onsite": kinds.get(row.session_id, []).count("onsite"),
            "n_online": kinds.get(row.session_id, []).count("online"),
        }
        for row in conn.execute(select(km_session).order_by(held.held_on, held.session_id))
    ]


def people_rows(conn: Connection, now: datetime) -> Rows:
    """person_code, person_id, name, roles, locale, is_disabled, has_password, code_expires_on (the day until which an unused
    one-time code is good, or None), merged_into (the code of the account this one is counted as, or None)"""
    who, codes = counted_as(conn), open_codes(conn, now)
    return [
        {
            "person_code": one.code,
            "person_id": one.person_id,
            "name": one.name,
            "roles": list(one.roles),
            "locale": one.locale,
            "is_disabled": one.is_disabled,
            "has_password": one.has_password,
            "code_expires_on": office_day(codes[one.person_id]).isoformat() if one.person_id in codes else None,
            "merged_into": who[one.person_id].code if who[one.person_id].person_id != one.person_id else None,
        }
        for one in people(conn)
    ]


def _changes(conn: Connection) -> Rows:
    """seq, at (UTC), by (name, None = on the command line), kind, subject (name or None), detail; the newest 500, newest first"""
    names = {one.person_id: one.name for one in people(conn)}
    return [
        {
            "seq": one.seq,
            "at": one.at.isoformat(),
            "by": names.get(one.by or ""),
            "kind": one.kind,
            "subject": names.get(one.subject or ""),
            "subject_id": one.subject,
            "detail": one.detail,
        }
        for one in reversed(events(conn, newest=NEWEST_CHANGES))
    ]


FRAMES: dict[str, Callable[[Connection, datetime], Rows]] = {
    "roster": lambda conn, _: roster_rows(conn),
    "attendance": lambda conn, _: _attendance(conn),
    "sessions": lambda conn, _: _sessions(conn),
    "people": people_rows,
    "changes": lambda conn, _: _changes(conn),
}


def rows(conn: Connection, name: str, now: datetime) -> Rows:
    """The rows of a frame as of `now`, columns as its function says. Raises StoreError unknown-frame."""
    if name not in FRAMES:
        raise StoreError("unknown-frame", f"ไม่มีตารางชื่อ “{name}” ใช้ได้: {', '.join(FRAMES)}")
    return FRAMES[name](conn, now)
