"""Roster, attendance, settings and the rows a trainer's tables are made of."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from cps_training.enrolment import Stay
from cps_training.errors import StoreError
from cps_training.records import events, frames, roster
from cps_training.records.engine import Records

NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
Entropy = Callable[[int], bytes]


def test_the_roster_comes_back_as_it_was_made(records: Records, anna: str, entropy: Entropy) -> None:
    first, last = date(2025, 10, 1), date(2026, 9, 30)
    with records.write() as conn:
        entry_id = roster.add_entry(
            conn,
            person_id=anna,
            unit="กลุ่ม 1",
            employment="ข้าราชการ",
            active_from=first,
            active_to=last,
            entropy=entropy,
        )
        guest_id = roster.add_entry(
            conn, person_id=anna, unit="กลุ่ม 2", employment="จ้างเหมา", active_from=last, is_guest=True, entropy=entropy
        )
    with records.read() as conn:
        assert roster.entries(conn) == [
            Stay(entry_id, anna, "กลุ่ม 1", "ข้าราชการ", False, first, last),
            Stay(guest_id, anna, "กลุ่ม 2", "จ้างเหมา", True, last, None),
        ]
        assert frames.rows(conn, "roster", NOON) == [
            {
                "person_code": "A01",
                "person_id": anna,
                "name": "คนที่ A01",
                "unit": "กลุ่ม 1",
                "employment": "ข้าราชการ",
                "is_guest": False,
                "active_from": "2025-10-01",
                "active_to": "2026-09-30",
                "left_out_because": None,
                "entry_id": entry_id,
            },
            {
                "person_code": "A01",
                "person_id": anna,
                "name": "คนที่ A01",
                "unit": "กลุ่ม 2",
                "employment": "จ้างเหมา",
                "is_guest": True,
                "active_from": "2026-09-30",
                "active_to": None,
                "left_out_because": None,
                "entry_id": guest_id,
            },
        ]


def test_impossible_entries_are_refused(records: Records, anna: str, entropy: Entropy) -> None:
    day, before = date(2026, 3, 2), date(2026, 3, 1)
    with records.write() as conn:
        with pytest.raises(ValueError, match="2026-03-01 lies before"):
            roster.add_entry(
                conn, person_id=anna, unit="u", employment="e", active_from=day, active_to=before, entropy=entropy
            )
        with pytest.raises(ValueError, match="minutes 0"):
            roster.add_km_session(conn, topic="t", title="t", held_on=day, minutes=0, entropy=entropy)
        with pytest.raises(IntegrityError):
            roster.add_entry(conn, person_id="nobody", unit="u", employment="e", active_from=day, entropy=entropy)


def test_attendance_is_counted_once_and_the_last_note_stands(records: Records, anna: str, entropy: Entropy) -> None:
    with records.write() as conn:
        held = roster.add_km_session(
            conn, topic="governance", title="ธรรมาภิบาล", held_on=date(2026, 3, 2), minutes=90, entropy=entropy
        )
        roster.add_attendance(conn, session_id=held, person_id=anna, kind="online")
        roster.add_attendance(conn, session_id=held, person_id=anna, kind="onsite", minutes=85)
    with records.read() as conn:
        assert frames.rows(conn, "attendance", NOON) == [
            {
                "person_code": "A01",
                "person_id": anna,
                "date": "2026-03-02",
                "kind": "onsite",
                "minutes": 85,
                "session_minutes": 90,
                "topic": "governance",
                "title": "ธรรมาภิบาล",
                "session_id": held,
            }
        ]


def test_every_frame_is_ready_for_json(records: Records, anna: str, entropy: Entropy) -> None:
    day = date(2026, 3, 2)
    with records.write() as conn:
        roster.add_entry(conn, person_id=anna, unit="u", employment="e", active_from=day, entropy=entropy)
        held = roster.add_km_session(conn, topic="t", title="t", held_on=day, minutes=60, entropy=entropy)
        roster.add_attendance(conn, session_id=held, person_id=anna, kind="online")
        events.note(conn, kind="enrol", at=NOON, subject=anna, detail={"active_from": day.isoformat()})
    with records.read() as conn:
        for name in frames.FRAMES:
            rows = frames.rows(conn, name, NOON)
            assert len(rows) == 1
            assert json.loads(json.dumps(rows)) == rows
        people = frames.rows(conn, "people", NOON)
        assert (people[0]["person_code"], people[0]["roles"]) == ("A01", ["learner"])
        assert "password_hash" not in people[0]


def test_an_unknown_frame_is_refused_with_what_there_is(records: Records) -> None:
    with records.read() as conn, pytest.raises(StoreError) as caught:
        frames.rows(conn, "person", NOON)
    assert caught.value.code == "unknown-frame"
    assert "roster, attendance, sessions, people, changes" in caught.value.message


@pytest.mark.parametrize("value", [True, False, None, 0, "ชัยภูมิ", {"half_day": [1, 2]}, []])
def test_a_setting_comes_back_as_it_was_put(records: Records, value: object) -> None:
    with records.write() as conn:
        assert roster.get_setting(conn, "participation", "unset") == "unset"
        roster.put_setting(conn, "participation", "earlier")
        roster.put_setting(conn, "participation", value)
    with records.read() as conn:
        assert roster.get_setting(conn, "participation", "unset") == value
