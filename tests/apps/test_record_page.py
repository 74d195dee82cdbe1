"""A learner's record: honest counts, nothing rounded up, words instead of numbers where there is nothing to count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cps_training.apps.record_page import record, record_state
from cps_training.apps.session import Session
from cps_training.apps.sitting import Sitting
from cps_training.desk import protocol
from cps_training.desk.local import open_local
from cps_training.errors import AccessError

TODAY = date(2023, 7, 10)


@pytest.fixture
def session(desk):
    local = open_local(desk)
    return Session(local, local.welcome["person"], "th", is_lab=False, is_demo=False)


def state(session, today=TODAY):
    return record_state(session, session.ask(protocol.Progress()), session.ask(protocol.Forms())["forms"], today)


def answer_all(session, form_id, library, *, right):
    """Answer every item with the key, or with anything; gives the sitting."""
    sitting = Sitting.open(session.desk, form_id)
    for number, shown in enumerate(sitting.items):
        options = {option["text"]: option["id"] for option in shown["presentation"]["options"]}
        item = library.items[shown["item"]]
        ids = [options[line.text] for line in item.lines]
        by_id = {line.id: options[line.text] for line in item.lines}
        key = [by_id[one] for one in ([item.key] if isinstance(item.key, str) else item.key)]
        chosen = key if right else ids[:1]
        raw = {
            "choose_one": {"choice": chosen[0]},
            "choose_many": {"choices": list(chosen)},
            "order": {"order": key if right else list(reversed(key))},
        }[shown["presentation"]["interaction"]]
        assert sitting.answer(shown["item"], raw, f"answer-{form_id[-6:]}-{number:04}".replace(":", "-")).is_saved
    return sitting


def test_somebody_without_any_answer_gets_words_and_one_way_on(session):
    shown = state(session)
    assert shown["empty"].startswith("ข้อมูลยังไม่พอ")
    assert shown["action"]["href"] == "/home"
    assert "clauses" not in shown
    assert {"label": "ข้อมูล ณ วันที่", "text": "10 ก.ค. 2566", "is_own": False} in shown["who"]["facts"]


def test_opening_a_quiz_without_answering_is_no_record_yet(session):
    Sitting.open(session.desk, "cps-practice")
    assert state(session)["empty"]


def test_counts_of_every_section_add_up_to_their_n(session, library):
    answer_all(session, "lesson:cps-cycle", library, right=True)
    shown = state(session)["clauses"]
    totals = [sum(section["n"].values()) for section in shown["sections"]]
    assert sum(totals) == len(library.handbook.teachable_ids)
    for section, total in zip(shown["sections"], totals, strict=True):
        assert f"{total} ข้อ" in section["counts"]
        if section["n"]["not_started"] == total:
            assert section["counts"].startswith("ข้อมูลยังไม่พอ")
            assert section["lists"] == []
    assert any(section["n"]["mastered"] for section in shown["sections"])


def test_a_finished_lesson_and_a_quiz_under_way_say_so(session, library):
    answer_all(session, "lesson:cps-cycle", library, right=True)
    answer_all(session, "cps-practice", library, right=True)
    lessons, quizzes = state(session)["blocks"]
    lesson = next(row for row in lessons["rows"] if row["title"].startswith("บทที่ 5 "))
    assert lesson["tag"]["text"] == "เสร็จแล้ว"
    assert lesson["facts"][0] == "ตอบแล้ว 10 จาก 10 ข้อ"
    practice = next(row for row in quizzes["rows"] if row["title"].startswith("แบบฝึก: ระบบ CPS"))
    assert practice["tag"]["kind"] == "due"
    assert practice["facts"] == ["ข้อมูลยังไม่พอ ยังไม่เคยทำจนจบ"]


def test_results_are_points_with_their_maximum_and_dates_when_known(session):
    form = {"form_id": "x", "title": {"th": "ชุดหนึ่ง", "en": "One"}, "policy": "exam", "open": None, "n_finished": 2}
    form |= {
        "last": {"points": 9.552, "maximum": 12, "fraction": 0.796, "is_passed": False},
        "best": {"points": 10.0, "maximum": 12, "fraction": 0.83, "is_passed": True},
        "last_on": "2023-07-09",
    }
    progress = session.ask(protocol.Progress())
    [row] = record_state(session, progress, [form], TODAY)["blocks"][1]["rows"]
    assert row["facts"] == [
        "ทำจบ 2 ครั้ง",
        "ครั้งล่าสุดได้ 9.6 จาก 12 · ยังไม่ถึงเกณฑ์ · 9 ก.ค. 2566",
        "ดีที่สุดได้ 10 จาก 12 · ผ่านเกณฑ์",
    ]


def test_a_completed_lesson_carries_its_day_in_the_readers_era(session):
    progress = session.ask(protocol.Progress())
    progress["lessons"][0] |= {"completed_on": "2023-07-09", "n_answered": 10, "is_complete": True}
    for locale, day in (("th", "9 ก.ค. 2566"), ("en", "9 Jul 2023 (B.E. 2566)")):
        lessons = record_state(replace(session, locale=locale), progress, [], TODAY)["blocks"][0]
        assert day in lessons["rows"][0]["facts"][1]


def test_an_ended_session_gets_the_way_back_to_its_record(session, monkeypatch):
    def refuse(*_):
        raise AccessError("not-signed-in", "หมดเวลา")

    monkeypatch.setattr(type(session.desk), "ask", refuse)
    assert record(session).action["href"] == "/sign-in?next=%2Frecord"
