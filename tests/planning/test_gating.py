"""Which findings stop which visit at which gate."""

from __future__ import annotations

import pytest

from cps_training.planning.checking import PlanReport
from cps_training.planning.gating import blocking, judge_of, needs_reason, warnings
from cps_training.planning.rules.base import Finding, Severity
from cps_training.planning.rules.registry import RULES
from tests.planning.one_rule import with_one
from tests.planning.table import RECORD, REPORT, Table


def finding(at, severity=Severity.ERROR, rule="R99"):
    return Finding(rule, "cps.1", severity, at, "ให้แก้")


def stops(plan, at, rule="R99"):
    """(visit, gate) that an error at a field stops."""
    report = PlanReport((finding(at, rule=rule),), ())
    return {
        (visit.id, gate)
        for visit in plan.visits
        for gate in ("request", "report")
        if blocking(report, plan, visit.id, gate)
    }


EVERY = {("V1", "request"), ("V2", "request"), ("V3", "request"), ("V4", "request")}


@pytest.mark.parametrize(
    ("at", "stopped"),
    [
        ("visits[0].objective", {("V1", "request")}),
        ("visits[0].agenda[1].prep_note", {("V1", "request"), ("V1", "report")}),
        ("visits[1].recorded_plan_on", {("V2", "request"), ("V2", "report")}),
        ("visits[2].actual_date", {("V3", "request")}),
        ("visits[3].orgs[0]", {("V4", "request")}),
        ("issues[0].evidence", {("V1", "request"), ("V3", "request")}),
        ("issues[2].evidence", {("V4", "request")}),
        ("orgs[1].open_orders[0]", {("V2", "request")}),
        ("orgs[0].balances", {("V1", "request"), ("V3", "request"), ("V4", "request")}),
        ("previous[0].unresolved[0]", {("V2", "request")}),
        ("actions[1].owner", {("V2", "request")}),
        ("records[0].facts", {("V1", "report")}),
        ("records[1].advice[0]", {("V2", "report")}),
        ("reports[1].recipient", {("V2", "report")}),
        ("reports[0].decision", {("V1", "report")}),
        ("week.covers", EVERY),
        ("month.entries[0].on", EVERY),
        ("permission_orgs_listed_together", EVERY),
        ("policy_refs", EVERY),
        ("actions", EVERY),
        ("projects_considered[0].why", EVERY),
    ],
)
def test_an_error_stops_the_visits_it_belongs_to(base_plan, at, stopped):
    assert stops(base_plan, at) == stopped


def test_an_action_of_no_issue_is_the_plans(base_plan):
    assert stops(with_one(base_plan, "actions", 1, issue=None), "actions[1].owner") == EVERY


def test_a_late_report_may_be_sent(base_plan):
    assert stops(base_plan, "reports[0].submitted_on", rule="R34") == set()


def test_warnings_are_explained_errors_mended_and_hints_left(base_plan):
    found = [finding("visits[0].objective", severity) for severity in Severity]
    report = PlanReport(tuple(found), ())
    assert blocking(report, base_plan, "V1", "request") == (found[0],)
    assert warnings(report, base_plan, "V1", "request") == (found[1],)
    assert [needs_reason(one) for one in found] == [False, True, False]
    assert blocking(report, base_plan, "V9", "request") == ()


def test_a_judge_looks_at_the_plan_on_the_day_it_is_asked_for(base_plan, context):
    judge = judge_of(context, RULES)
    assert judge.check(base_plan, context.today).is_ok
    late = judge.check(base_plan, base_plan.visits[3].planned_date.replace(day=31))
    assert late.is_ok
    unasked = with_one(base_plan, "visits", 3, requested_on=None, decision=None, decided_on=None)
    assert judge.check(unasked, context.today).is_ok
    assert not judge.check(unasked, base_plan.visits[3].planned_date).is_ok


def test_a_report_sent_late_on_the_way_goes_through(base_plan, context):
    table = Table(base_plan, context, "office")
    table.move("request", "V1").move("allow", "V1")
    table.now = table.now.replace(day=11)
    table.move("perform", "V1").write("V1", RECORD, REPORT)
    table.now = table.now.replace(day=31)
    report = table.judge.check(table.work.plan, table.now)
    assert "R34" in {one.rule for one in report.findings}
    table.move("report", "V1")
    assert table.field("reports", "S1", "submitted_on") == "2023-07-31"
