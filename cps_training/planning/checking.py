"""A plan against all rules: what to change, what could not be looked at, and a number. Pure; knows no single rule.

The number is the kit's own: 100 − 10 an error − 3 a warning − 1 a hint, never below 0, and never shown without the list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cps_training.planning.model import Plan
from cps_training.planning.rules.base import Finding, PlanContext, PlanRule, Severity, Skipped

POINTS = {Severity.ERROR: 10, Severity.WARNING: 3, Severity.HINT: 1}
_ORDER = tuple(Severity)
_NUMBERS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class PlanReport:
    """findings: errors first, then by their place in the plan."""

    findings: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]

    @property
    def is_ok(self) -> bool:
        """Whether it may be submitted: no errors. Warnings are submitted with a reason."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)

    @property
    def score(self) -> int:
        """0–100; see the module."""
        return max(0, 100 - sum(POINTS[finding.severity] for finding in self.findings))

    def as_json(self) -> dict[str, Any]:
        """{"ok", "score", "findings": [{"rule", "clause", "severity", "at", "message"}], "skipped": [{"rule", "because"}]}."""
        return {
            "ok": self.is_ok,
            "score": self.score,
            "findings": [
                {
                    "rule": one.rule,
                    "clause": one.clause,
                    "severity": str(one.severity),
                    "at": one.at,
                    "message": one.message,
                }
                for one in self.findings
            ],
            "skipped": [{"rule": one.rule, "because": one.because} for one in self.skipped],
        }


def check(plan: Plan, context: PlanContext, rules: Sequence[PlanRule]) -> PlanReport:
    """The report of a plan: each rule passes, fails at some fields, or is skipped and says why."""
    findings: list[Finding] = []
    skipped: list[Skipped] = []
    for rule in rules:
        because = rule.nothing_to_see(plan, context)
        if because is not None:
            skipped.append(Skipped(rule.id, because))
        else:
            findings += rule.check(plan, context)
    findings.sort(key=lambda one: (_ORDER.index(one.severity), _place(one.at), one.rule))
    return PlanReport(tuple(findings), tuple(skipped))


def _place(at: str) -> list[tuple[int, int | str]]:
    """visits[2] before visits[10]."""
    return [(0, int(part)) if part.isdigit() else (1, part) for part in _NUMBERS.split(at) if part]
