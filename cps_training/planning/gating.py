"""What stops one visit at one of the two gates, and what must be explained there. Pure; knows no single rule but the one of lateness.

Findings stand beside fields of the whole plan; a visit goes through a gate alone, so each finding belongs to some visits and to one gate.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from cps_training.planning.checking import PlanReport, check
from cps_training.planning.editing import Path, path_of_at
from cps_training.planning.effects import OF_VISITS
from cps_training.planning.model import Plan
from cps_training.planning.rules.base import Finding, PlanContext, PlanRule, Severity

Gate = Literal["request", "report"]
FROZEN_WHEN_ASKED = ("orgs", "issues", "planned_date", "method", "method_note", "objective", "meeting")
"""Fields of a visit that stay as they were asked for, unless the request is returned."""
LATE_REPORT = "R34"
"""The rule of late reports: submitting is how it is mended, so it stops no report."""


@dataclass(frozen=True)
class Judge:
    """What decisions are made with. check: the report of a plan on a day; working_days_after(day, n): the n-th open day after a day."""

    check: Callable[[Plan, date], PlanReport]
    working_days_after: Callable[[date, int], date]


def judge_of(context: PlanContext, rules: Sequence[PlanRule]) -> Judge:
    """A judge that checks plans against the rules; the context's own day is not used."""
    return Judge(lambda plan, day: check(plan, replace(context, today=day), rules), context.working_days_after)


def blocking(report: PlanReport, plan: Plan, visit_id: str, gate: Gate) -> tuple[Finding, ...]:
    """The errors that stop this visit at this gate.

    request: at the visit, its issues and cooperatives, what is left over of them, the calendars, and the plan as a whole; never at other visits,
    records or reports. report: at its records and its report, and at what can still be changed of the visit.
    """
    return _at_gate(report, plan, visit_id, gate, Severity.ERROR)


def warnings(report: PlanReport, plan: Plan, visit_id: str, gate: Gate) -> tuple[Finding, ...]:
    """The warnings that are explained when this visit comes to this gate; chosen as errors are."""
    return _at_gate(report, plan, visit_id, gate, Severity.WARNING)


def needs_reason(finding: Finding) -> bool:
    """Whether it may stand, but not without a reason."""
    return finding.severity is Severity.WARNING


def _at_gate(report: PlanReport, plan: Plan, visit_id: str, gate: Gate, severity: Severity) -> tuple[Finding, ...]:
    concerns = _at_request if gate == "request" else _at_report
    return tuple(
        one
        for one in report.findings
        if one.severity is severity and concerns(one, path_of_at(plan, one.at), plan, visit_id)
    )


def _at_request(_: Finding, at: Path, plan: Plan, visit_id: str) -> bool:
    visit = next((one for one in plan.visits if one.id == visit_id), None)
    if visit is None:
        return False
    match at:
        case ("visits", thing, *_):
            return thing == visit_id
        case ("issues", thing, *_):
            return thing in visit.issues
        case ("orgs", thing, *_):
            return thing in visit.orgs
        case ("previous", thing, *_):
            return any(one.id == thing and not set(one.orgs).isdisjoint(visit.orgs) for one in plan.previous)
        case ("actions", thing, *_):
            line = next((one for one in plan.actions if one.id == thing), None)
            return line is None or line.issue is None or line.issue in visit.issues
        case ("records" | "reports", *_):
            return False
        case _:
            return True


def _at_report(finding: Finding, at: Path, plan: Plan, visit_id: str) -> bool:
    match at:
        case ("visits", thing, field, *_):
            return thing == visit_id and field not in (*FROZEN_WHEN_ASKED, *OF_VISITS)
        case ("records", thing, *_):
            return any(one.id == thing and one.visit == visit_id for one in plan.records)
        case ("reports", thing, *_):
            is_own = any(one.id == thing and one.visit == visit_id for one in plan.reports)
            return is_own and finding.rule != LATE_REPORT
        case _:
            return False
