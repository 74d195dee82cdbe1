"""What a rule of plans is: one class, tied to a clause, that says at which field what should be changed. Knows no single rule."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar

from cps_training.planning.model import Plan


class Severity(StrEnum):
    """error: it cannot be submitted. warning: submitted with a reason. hint: may be left."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True)
class Settings:
    """What the office decides (⚙; the handbook gives a number for the first meeting alone). The shipped values stand in data/parameters.yaml,
    from which `reading.settings_of` makes these; the ones here are the same.

    approval_working_days: within how many the approver decides on a request or report, before it is shown as waiting too long.
    """

    travel_minutes: int = 30
    approval_working_days: int = 3
    reply_working_days: int = 3
    report_working_days: int = 5
    remind_days: tuple[int, ...] = (30, 7)
    first_meeting_days: int = 90
    minutes_months: int = 2


@dataclass(frozen=True)
class PlanContext:
    """The surroundings of a check. today: the day on which it is checked; is_office_day: whether the office is open on a day;
    working_days_after(day, n): the n-th open day after a day; words: lists of words by name, from data/planning/words/*.yaml."""

    today: date
    is_office_day: Callable[[date], bool]
    working_days_after: Callable[[date, int], date]
    settings: Settings = Settings()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def last_day_within(context: PlanContext, day: date, n: int) -> date:
    """The n-th open day after a day; the last there is where nobody knows the office's days that far, so that nothing is late by it."""
    try:
        return context.working_days_after(day, n)
    except (LookupError, OverflowError):
        return date.max


@dataclass(frozen=True)
class Finding:
    """One thing to change. at: the field, as `visits[2].objective` (from 0). values: for the places of the rule's feedback."""

    rule: str
    clause: str
    severity: Severity
    at: str
    message: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Skipped:
    """A rule that had nothing to look at, and why."""

    rule: str
    because: str


class PlanRule(ABC):
    """One rule. id, clauses (the first is cited), severity; title in Thai and English; feedback: Thai, what to change, without the clause,
    which is added; its English; is_kit_rule: it follows the order of clauses rather than their words; requires: what of the plan must be
    there, else the rule is skipped and says so.

    check gives a finding a place; empty = pass. why: why the clause asks for it, Thai and English.
    """

    id: ClassVar[str]
    clauses: ClassVar[tuple[str, ...]]
    severity: ClassVar[Severity]
    title: ClassVar[str]
    title_en: ClassVar[str]
    feedback: ClassVar[str]
    feedback_en: ClassVar[str]
    why: ClassVar[str]
    why_en: ClassVar[str]
    is_kit_rule: ClassVar[bool] = False

    @abstractmethod
    def places(self, plan: Plan, context: PlanContext) -> Iterable[str | tuple[str, Mapping[str, str]]]:
        """Fields that break it: `visits[2].objective`, with values for the places of the feedback where it has some."""

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:  # noqa: ARG002 - most rules look at every plan
        """Why the rule says nothing about this plan, in Thai, marked for the catalogue; None when it can be checked."""
        return None

    def check(self, plan: Plan, context: PlanContext) -> Iterator[Finding]:
        """Its findings, the clause cited at the end of the message as (อ้างอิง cps.1.2.3)."""
        for found in self.places(plan, context):
            at, values = (found, {}) if isinstance(found, str) else found
            text = self.feedback % values if values else self.feedback
            yield Finding(self.id, self.clauses[0], self.severity, at, f"{text} (อ้างอิง {self.clauses[0]})", values)
