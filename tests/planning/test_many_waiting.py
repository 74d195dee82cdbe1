"""Days that bring many decisions at once: each day's rules are looked through once, and everything is decided as one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cps_training.planning.simulated_approver import decide
from cps_training.planning.steps import SIMULATED
from tests.planning.table import Table


@pytest.fixture
def waiting(base_plan, context):
    """Twelve copies of a sound visit, asked for on one day: all fall on the same three days."""
    first = next(one for one in base_plan.visits if one.id == "V1")
    more = tuple(first.model_copy(update={"id": f"W{n}"}) for n in range(12))
    table = Table(base_plan.model_copy(update={"visits": (*base_plan.visits, *more)}), context)
    for one in more:
        table.take("move", {"kind": "request", "visit": one.id}, report=replace(empty(table), findings=()))
    return table


def empty(table):
    return table.judge.check(table.work.plan, table.now)


def test_rules_are_looked_through_once_a_day_however_much_waits(waiting):
    looked: list[date] = []
    check = waiting.judge.check
    waiting.judge = replace(waiting.judge, check=lambda plan, day: (looked.append(day), check(plan, day))[1])
    waiting.day("2023-07-12")
    decided = [step for step in waiting.steps if step.by == SIMULATED]
    assert len(decided) == 12
    assert looked == sorted(set(looked))
    assert 1 <= len(looked) <= 3


def test_what_is_decided_together_is_decided_as_it_would_be_alone(waiting):
    before = waiting.work
    waiting.day("2023-07-12")
    work = before
    for step in waiting.steps:
        if step.kind == "move":
            kind, _ = decide(work, step.detail["visit"], "request", waiting.judge.check(work.plan, work.day), work.day)
            assert step.detail["kind"] == kind
        work = work.followed_by(step)
    assert work.document == waiting.work.document
