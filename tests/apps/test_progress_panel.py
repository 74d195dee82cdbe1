"""The progress grid: stuck people first by a rule the page tells, heads counted, merged accounts once."""

from __future__ import annotations

from datetime import date

import pytest

from cps_training.apps import progress_page
from cps_training.apps.panels.progress import STUCK_DAYS, Column, ProgressPanel
from cps_training.views import Notice, PlanTable, ProgressGrid
from tests.apps.office import Office
from tests.views import trainer_samples as samples

TODAY = date(2023, 7, 10)
COLUMNS = [Column(f"lesson:{name}", "lesson", {"th": name}) for name in ("one", "two")] + [
    Column("quiz", "form", {"th": "quiz"})
]


def lesson(code, name, n, last, *, whole=10):
    return {
        "person_code": code,
        "lesson": name,
        "n_answered": n,
        "n_checkpoints": whole,
        "started_on": last,
        "last_on": last,
        "completed_on": last if n == whole else None,
    }


def compute(lessons=(), finished=(), *, people=4, roster=4):
    rows = {
        "people": [samples.account(n, f"คนที่ {n}") for n in range(1, people + 1)],
        "roster": [samples.stay(n, f"คนที่ {n}", "กลุ่ม") for n in range(1, roster + 1)],
        "lessons": list(lessons),
        "finished_forms": list(finished),
    }
    return ProgressPanel().compute(rows, COLUMNS, TODAY)


def codes(standings):
    return [one.person.code for one in standings]


def test_stuck_is_begun_unfinished_and_silent_for_a_week():
    standings = compute(
        [
            lesson("A001", "one", 4, "2023-07-03"),  # 7 days: stuck
            lesson("A002", "one", 4, "2023-07-04"),  # 6 days
            lesson("A003", "one", 10, "2023-06-01"),  # finished what was begun
        ]
    )
    assert STUCK_DAYS == 7
    assert {one.person.code: one.is_stuck for one in standings} == {
        "A001": True,
        "A002": False,
        "A003": False,
        "A004": False,
    }
    assert codes(standings) == ["A001", "A004", "A002", "A003"]  # then whoever has done least


def test_a_step_anywhere_ends_the_silence():
    [first, *_] = compute(
        [lesson("A001", "one", 4, "2023-06-01"), lesson("A001", "two", 1, "2023-07-09")], people=1, roster=1
    )
    assert not first.is_stuck
    assert first.quiet_days == 1


def test_those_silent_longest_come_first():
    standings = compute([lesson("A002", "one", 9, "2023-05-01"), lesson("A001", "one", 1, "2023-06-01")])
    assert codes(standings)[:2] == ["A002", "A001"]


def test_who_is_shown_the_roster_of_today_and_whoever_has_begun():
    standings = compute([lesson("A004", "one", 1, "2023-07-09")], roster=2)
    assert sorted(codes(standings)) == ["A001", "A002", "A004"]


def test_cells_and_counts_say_heads_in_words():
    panel = ProgressPanel()
    finished = [
        {"person_code": "A001", "form": "quiz", "finished_on": "2023-07-02"},
        {"person_code": "A001", "form": "quiz", "finished_on": "2023-06-30"},
    ]
    standings = compute([lesson("A001", "one", 10, "2023-07-01"), lesson("A002", "one", 4, "2023-07-08")], finished)
    grid = panel.render(samples.session(), standings, COLUMNS)["grid"]
    cells = {row["code"]: [cell["text"] for cell in row["cells"]] for row in grid["rows"]}
    assert cells == {
        "A001": ["จบแล้ว", "–", "จบแล้ว"],
        "A002": ["4/10", "–", "–"],
        "A003": ["–", "–", "–"],
        "A004": ["–", "–", "–"],
    }
    quiz = next(row for row in grid["rows"] if row["code"] == "A001")["cells"][2]
    assert quiz["detail"] == "30 มิ.ย. 2566"  # the first time
    counts = {count["id"]: (count["text"], count["people"]) for count in grid["columns"][0]["counts"]}
    assert counts == {
        "done": ("จบแล้ว 1 คน", ["คนที่ 1"]),
        "part": ("กำลังทำ 1 คน", ["คนที่ 2"]),
        "none": ("ยังไม่เริ่ม 2 คน", ["คนที่ 3", "คนที่ 4"]),
    }
    assert all("%" not in count["text"] for column in grid["columns"] for count in column["counts"])


def test_the_rule_is_told_with_its_number_of_days():
    rule = ProgressPanel().render(samples.session(), compute(), COLUMNS)["grid"]["rule"]["rows"]
    assert f"{STUCK_DAYS} วัน" in rule[0]["value"]


@pytest.fixture
def office(desk, clock, entropy, monkeypatch):
    monkeypatch.setattr(progress_page, "utc_now", clock)
    return Office(desk, clock, entropy)


def test_the_page_shows_every_lesson_and_quiz_of_the_kit(office, library):
    office.officer("A1", "กานดา ตัวอย่าง")
    grid, errors = progress_page.progress(office.session).children
    assert isinstance(grid, ProgressGrid)
    assert isinstance(errors, PlanTable)
    assert [column["id"] for column in grid.grid["columns"]] == [f"lesson:{name}" for name in library.lessons] + list(
        library.forms
    )
    assert [row["name"] for row in grid.grid["rows"]] == ["กานดา ตัวอย่าง"]


def test_an_empty_office_is_led_to_the_people_page(office):
    grid = progress_page.progress(office.session).children[0].grid
    assert grid["rows"] == []
    assert grid["empty_action"]["href"] == "/people"


def test_a_learner_gets_words_and_no_rows(desk, clock, entropy):
    shown = progress_page.progress(Office(desk, clock, entropy, roles=("learner",)).session)
    assert isinstance(shown, Notice)
