"""The next round begins with what was left open, and nothing of it is lost."""

from __future__ import annotations

from datetime import date

import pytest

from cps_training.planning.carrying import next_plan
from cps_training.planning.checking import check
from cps_training.planning.editing import read
from cps_training.planning.rules.registry import RULES
from tests.planning.one_rule import with_one, with_parts

AUGUST = date(2023, 8, 1)
LEFT_OVER = [rule for rule in RULES if rule.id == "R12"]


def carried(plan):
    return read(next_plan(plan, "august-2566", AUGUST))


def issues(plan):
    """{issue: where it was carried from}."""
    return {one.id: one.carried_from for one in plan.issues}


def test_the_next_round_has_the_same_places_and_what_was_left_open(base_plan, context):
    plan = carried(base_plan)
    assert (plan.plan, plan.written_on, plan.officer) == ("august-2566", AUGUST, base_plan.officer)
    assert plan.orgs == base_plan.orgs
    assert (plan.visits, plan.records, plan.reports, plan.actions) == ((), (), (), ())
    assert issues(plan) == {"I1": "R1", "I2": "R2", "I4": "R1"}
    assert {one.origin for one in plan.issues} == {"carry_over"}
    assert plan.issues[0].text == base_plan.issues[0].text
    assert plan.previous == base_plan.records
    assert check(plan, context, LEFT_OVER).findings == ()


def test_what_was_closed_with_a_reason_is_left_behind(base_plan, context):
    closed = with_one(base_plan, "issues", 0, status="closed", closed_reason="ลูกหนี้ชำระครบทุกราย")
    plan = carried(closed)
    assert issues(plan) == {"I2": "R2", "I4": "R1"}
    assert plan.previous[0].unresolved == ("I4",)
    assert check(plan, context, LEFT_OVER).findings == ()


def test_what_was_closed_without_a_reason_comes_back_open(base_plan):
    plan = carried(with_one(base_plan, "issues", 0, status="closed"))
    assert (plan.issues[0].id, plan.issues[0].status) == ("I1", "open")


def test_what_was_carried_over_and_not_taken_up_goes_on(base_plan, context):
    untouched = with_parts(base_plan, records=base_plan.records[:1], reports=base_plan.reports[:1])
    plan = carried(untouched)
    assert issues(plan) == {"I1": "R1", "I2": "P1", "I4": "R1"}
    assert [record.id for record in plan.previous] == ["R1", "P1"]
    assert check(plan, context, LEFT_OVER).findings == ()


def test_what_was_carried_over_and_done_is_over(base_plan):
    done = with_one(base_plan, "records", 1, unresolved=())
    assert "I2" not in issues(carried(done))
    assert [record.id for record in carried(done).previous] == ["R1", "R2"]


@pytest.mark.parametrize("own_id", ["R1", "R" * 40])
def test_records_of_two_rounds_with_one_number_are_told_apart(base_plan, context, own_id):
    previous = with_one(base_plan, "previous", 0, id=own_id)
    records = [base_plan.records[0].model_copy(update={"id": own_id})]
    renamed = with_parts(
        previous,
        records=records,
        reports=(),
        issues=[one.model_copy(update={"carried_from": None}) for one in base_plan.issues],
    )
    plan = carried(renamed)
    assert len({record.id for record in plan.previous}) == 2
    assert issues(plan)["I2"] == plan.previous[1].id != own_id
    assert check(plan, context, LEFT_OVER).findings == ()


def test_the_last_record_of_an_issue_is_the_one_it_comes_from(base_plan):
    both = with_one(base_plan, "records", 1, unresolved=("I2", "I1"))
    assert issues(carried(both))["I1"] == "R2"


def test_a_round_may_follow_a_round_without_end(base_plan, context):
    plan = base_plan
    for month in range(8, 12):
        plan = read(next_plan(plan, f"month-{month}", date(2023, month, 1)))
        assert {one.id for one in plan.issues} == {"I1", "I2", "I4"}
        assert check(plan, context, LEFT_OVER).findings == ()


def test_what_a_record_speaks_of_comes_from_that_record_alone(base_plan):
    spoken = with_parts(with_one(base_plan, "records", 0, unresolved=("I1", "I2")), reports=())
    spoken = with_parts(spoken, records=spoken.records[:1])
    plan = carried(spoken)
    assert issues(plan) == {"I1": "R1", "I2": "R1"}
    assert [record.id for record in plan.previous] == ["R1"]
