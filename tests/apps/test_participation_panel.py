"""The trainer's panel: a lesson counts when it is complete and a quiz was finished, and the page says by which rule."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

import pytest

from cps_training.apps.panels.participation import ParticipationPanel, Topic
from cps_training.clock import office_day
from cps_training.desk import protocol as p
from cps_training.desk.asker import Asker
from cps_training.records import accounts, roster


def ask(desk, asker, message):
    with desk.records.write() as conn:
        return desk.handle(conn, asker, message)


@pytest.fixture
def officer(desk, clock, entropy):
    """One officer on the roster, as the desk knows an asker."""
    with desk.records.write() as conn:
        person_id = accounts.add_person(conn, code="A1", name="คน A1", roles=("learner",), at=clock(), entropy=entropy)
        roster.add_entry(
            conn,
            person_id=person_id,
            unit="กลุ่ม 1",
            employment="civil_servant",
            active_from=office_day(clock()) - timedelta(days=30),
            entropy=entropy,
        )
    return Asker(person_id=person_id, roles=("learner",))


def work_through(desk, asker, form_id, *, how_many=99):
    """Answer the first items of a form or lesson."""
    view = ask(desk, asker, p.OpenAttempt(form_id=form_id))
    for item in view["items"][:how_many]:
        shown = item["presentation"]
        options = [option["id"] for option in shown["options"]]
        raw = {
            "choose_one": {"choice": options[0]},
            "choose_many": {"choices": options[:1]},
            "order": {"order": options},
        }
        message = p.Answer(
            attempt_id=view["attempt_id"],
            item_id=shown["item"],
            response=raw[shown["interaction"]],
            answer_id=secrets.token_hex(8),
        )
        ask(desk, asker, message)
    return view["attempt_id"]


def counted(desk, clock):
    trainer = Asker(person_id="t", roles=("trainer",))
    rows = ask(desk, trainer, p.Frames(names=ParticipationPanel.needs))
    return ParticipationPanel().compute(rows, office_day(clock()))


def test_a_lesson_needs_every_checkpoint_and_a_finished_quiz(desk, clock, officer):
    quiz = work_through(desk, officer, "cps-practice")
    work_through(desk, officer, "lesson:cps-cycle", how_many=9)
    ask(desk, officer, p.Finish(attempt_id=quiz, answer_id="finish-quiz"))
    assert counted(desk, clock).result.n_participants == 0  # one checkpoint is still open
    assert counted(desk, clock).progress == {"A1": (9, 10)}
    view = ask(desk, officer, p.OpenAttempt(form_id="lesson:cps-cycle"))
    last = view["items"][9]["presentation"]
    options = [option["id"] for option in last["options"]]
    raw = {"choose_one": {"choice": options[0]}, "choose_many": {"choices": options[:1]}, "order": {"order": options}}
    ask(
        desk,
        officer,
        p.Answer(
            attempt_id=view["attempt_id"],
            item_id=last["item"],
            response=raw[last["interaction"]],
            answer_id="the-last-1",
        ),
    )
    assert counted(desk, clock).result.n_participants == 1


def test_a_finished_quiz_without_the_lesson_or_the_other_way_round_is_no_participation(desk, clock, officer):
    work_through(desk, officer, "lesson:cps-cycle")
    assert counted(desk, clock).result.n_participants == 0
    work_through(desk, officer, "cps-practice")
    assert counted(desk, clock).result.n_participants == 0  # answered but not finished


def test_another_topics_session_does_not_count(desk, clock, officer, entropy):
    with desk.records.write() as conn:
        for topic in ("another", "cps"):
            session = roster.add_km_session(
                conn, topic=topic, title="เวที", held_on=office_day(clock()), minutes=60, entropy=entropy
            )
            if topic == "another":
                roster.add_attendance(conn, session_id=session, person_id=officer.person_id, kind="onsite", minutes=60)
    assert counted(desk, clock).result.n_participants == 0
    with desk.records.write() as conn:
        roster.add_attendance(conn, session_id=session, person_id=officer.person_id, kind="onsite", minutes=60)
    assert counted(desk, clock).result.n_participants == 1


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ({}, date(2023, 7, 20)),
        ({"deadline": "2023-07-14"}, date(2023, 7, 14)),  # never past the report
        ({"deadline": "2023-07-31"}, date(2023, 7, 20)),
        ({"deadline": "2023-07-14", "count_date": "2023-07-03"}, date(2023, 7, 3)),
    ],
)
def test_the_count_date_is_the_offices_or_today_up_to_the_deadline(stored, expected):
    assert Topic.read(stored).counted_on(date(2023, 7, 20)) == expected
