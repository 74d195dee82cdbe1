"""What the tests of visits, preparation and calendars share: one rule over a plan, and a plan with one visit changed. Not a test."""

from __future__ import annotations

from typing import Any

from cps_training.planning.checking import check
from cps_training.planning.model import Plan
from cps_training.planning.rules import calendars, preparation, visits
from cps_training.planning.rules.base import Finding, PlanContext, PlanRule

RULES: dict[str, PlanRule] = {rule.id: rule() for rule in (*visits.RULES, *preparation.RULES, *calendars.RULES)}


def findings(rule: str, plan: Plan, context: PlanContext) -> list[Finding]:
    """Of one rule; it must not have been skipped."""
    report = check(plan, context, [RULES[rule]])
    assert report.skipped == ()
    return list(report.findings)


def places(rule: str, plan: Plan, context: PlanContext) -> list[str]:
    return [finding.at for finding in findings(rule, plan, context)]


def skipped(rule: str, plan: Plan, context: PlanContext) -> str:
    """Why the rule had nothing to look at."""
    report = check(plan, context, [RULES[rule]])
    assert report.findings == ()
    (one,) = report.skipped
    return one.because


def with_visit(plan: Plan, index: int, **fields: Any) -> Plan:
    """The plan with fields of one visit set, read again, so that it is a plan a file can hold."""
    return with_one(plan, "visits", index, **fields)


def with_one(plan: Plan, part: str, index: int, **fields: Any) -> Plan:
    given = plan.model_dump()
    given[part] = list(given[part])
    given[part][index] = {**given[part][index], **fields}
    return Plan.model_validate(given)


def with_parts(plan: Plan, **parts: Any) -> Plan:
    return Plan.model_validate({**plan.model_dump(), **parts})
