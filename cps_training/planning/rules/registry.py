"""All rules, in the order of their numbers."""

from __future__ import annotations

from cps_training.planning.rules import (
    calendars,
    drafting,
    duties,
    duty_issues,
    issues,
    permission,
    preparation,
    records,
    reports,
    visits,
)
from cps_training.planning.rules.base import PlanRule

_CLASSES: tuple[type[PlanRule], ...] = (
    *visits.RULES,
    *preparation.RULES,
    *calendars.RULES,
    duties.BalancesConfirmed,
    duties.OrdersTracked,
    duties.CreditReminded,
    duties.FirstMeetingInTime,
    duties.MinutesReceived,
    duty_issues.FeasibilityShown,
    duty_issues.CycleComplete,
    duty_issues.DataGapsListed,
    duty_issues.RightLaw,
)

RULES: tuple[PlanRule, ...] = tuple(
    sorted(
        (
            *issues.RULES,
            *drafting.RULES,
            *permission.RULES,
            *records.RULES,
            *reports.RULES,
            *(rule() for rule in _CLASSES),
        ),
        key=lambda rule: rule.id,
    )
)
