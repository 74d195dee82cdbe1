"""The fictional office: 47 people in 9 units, everybody invented, the same for the same seed, and one person short of 80 %."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from cps_training import demo, demo_plans
from cps_training.apps.panels.participation import ParticipationPanel
from cps_training.clock import office_day
from cps_training.desk.asker import Asker
from cps_training.desk.plan_messages import PlanWaiting
from cps_training.desk.protocol import Frames
from cps_training.records import accounts, attempts

from ..conftest import NOON


def rows(desk):
    with desk.records.read() as conn:
        return desk.handle(conn, Asker(person_id="x", roles=("trainer",)), Frames(names=ParticipationPanel.needs))


def fill(desk, library):
    with desk.records.write() as conn:
        demo.fill(conn, library, now=NOON)


def test_it_is_an_office_of_47_in_9_units_short_of_the_goal(desk, library):
    fill(desk, library)
    result = ParticipationPanel().compute(rows(desk), office_day(NOON)).result
    assert (result.n_unit, result.rows["unit"].nunique(), result.guests, result.unknown) == (47, 9, 3, ())
    assert 0 < result.still_needed < 5
    assert not result.met


def test_everybody_says_that_they_are_invented(desk, library):
    fill(desk, library)
    with desk.records.read() as conn:
        assert all("สมมติ" in person.name for person in accounts.people(conn))


def test_the_new_officer_is_half_way_and_nobody_has_a_future(desk, library):
    fill(desk, library)
    with desk.records.read() as conn:
        officer = accounts.person_by_code(conn, demo.OFFICER)
        *done, now = sorted(attempts.attempts_of(conn, officer.person_id), key=lambda attempt: attempt.started_at)
        assert all(attempt.is_finished or attempt.is_complete for attempt in done)
        assert 0 < len(now.steps) < len(now.placed)
        read = [one for one in done if one.form_id.startswith("lesson:")]
        assert len(read) == 2 * len(library.lessons) // 3
        assert now.form_id.startswith("lesson:")
        everything = [attempt for _, attempt in attempts.all_attempts(conn)]
    assert len(everything) > 50
    assert all(step.at <= NOON for attempt in everything for step in attempt.steps)


def test_the_same_seed_gives_the_same_office(desk, library, tmp_path):
    from dataclasses import replace

    from cps_training.records.engine import Records

    fill(desk, library)
    with Records.open(tmp_path / "other.sqlite3") as records:
        other = replace(desk, records=records)
        fill(other, library)
        assert rows(other) == rows(desk)


@pytest.mark.parametrize("days", [*range(14), 34, 200])
def test_on_any_day_a_request_and_a_report_wait_for_the_approver(desk, library, days):
    chance, now = random.Random(days), NOON + timedelta(days=days)
    plan = demo_plans.Colleague(library, now, "officer", "approver", chance).work
    assert [str(one.state) for one in plan.standings.values()] == ["report-approved", "reported", "requested"]
    assert any(step.kind == "try" and "R15" in step.detail["rules"] for step in plan.steps)  # stopped once
    assert all(event.at <= now for event in plan.events)


def test_the_approver_of_the_demo_has_something_to_read(desk, library):
    fill(desk, library)
    with desk.records.read() as conn:
        approver = accounts.person_by_code(conn, demo.APPROVER)
        asker = Asker(person_id=approver.person_id, roles=("approver",))
        rows = desk.handle(conn, asker, PlanWaiting())["rows"]
    assert {row["gate"] for row in rows} == {"request", "report"}
    assert all(row["findings"] == [] or row["reasons"] for row in rows)
