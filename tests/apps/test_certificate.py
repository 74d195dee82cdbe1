"""The certificate on the record page: what is missing for it with the way there, then itself, in both languages."""

from __future__ import annotations

from typing import Any

from cps_training.apps.certificate import certificate_card
from tests.apps.test_course import SESSION

EXAM = {"form_id": "final-exam", "title": {"th": "สอบปลายหลักสูตร", "en": "Final exam"}, "is_passed": False}
EARNED = {
    "code": "ABCD-EFGH-IJKL-MNOP",
    "name": "กานดา สมมติ",
    "person_code": "P1",
    "office": "สำนักงานสมมติ",
    "earned_on": "2023-07-09",
    "exam": EXAM["title"],
}


def card(**told: Any) -> Any:
    SESSION.locale, SESSION.is_lab = "th", False
    return certificate_card(SESSION, {"n_lessons": 8, "n_done": 8, "exam": EXAM, "certificate": None} | told)


def test_what_is_missing_leads_there() -> None:
    reading = card(n_done=3).missing
    assert [row["is_done"] for row in reading["rows"]] == [False, False]
    assert reading["rows"][0]["state"] == "จบแล้ว 3 จาก 8 บท"
    assert reading["action"]["href"] == "/home"
    assert card().missing["action"]["href"] == "/quiz?form=final-exam"


def test_an_earned_one_says_who_what_when_and_its_code() -> None:
    shown = card(certificate=EARNED, exam=EXAM | {"is_passed": True}).certificate
    assert (shown["name"], shown["code"], shown["office"]) == ("กานดา สมมติ", "ABCD-EFGH-IJKL-MNOP", "สำนักงานสมมติ")
    assert shown["lines"] == [
        "เรียนครบ 8 บทของชุดฝึกอบรมระบบส่งเสริมสหกรณ์ และผ่านสอบปลายหลักสูตร",
        "เมื่อวันที่ 9 ก.ค. 2566",
    ]


def test_an_office_without_a_final_exam_shows_nothing() -> None:
    empty = card(exam=None)
    assert (empty.certificate, empty.missing) == (None, None)
