"""What the tests of permission, records and reports share: their rules, and where one of them finds something. Not a test."""

from __future__ import annotations

from cps_training.planning.checking import check
from cps_training.planning.model import Plan
from cps_training.planning.rules import permission, records, reports
from cps_training.planning.rules.base import PlanContext, PlanRule

RULES: dict[str, PlanRule] = {rule.id: rule for rule in (*permission.RULES, *records.RULES, *reports.RULES)}


def places(rule: str, plan: Plan, context: PlanContext) -> list[str]:
    """Fields a rule finds fault with; it must not have been skipped."""
    report = check(plan, context, [RULES[rule]])
    assert report.skipped == ()
    return [finding.at for finding in report.findings]


def skipped(rule: str, plan: Plan, context: PlanContext) -> str:
    """Why a rule had nothing to look at."""
    report = check(plan, context, [RULES[rule]])
    assert report.findings == ()
    (one,) = report.skipped
    return one.because
