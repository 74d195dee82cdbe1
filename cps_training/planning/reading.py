"""A plan from a file, and what its rules work with from the shipped content. Reads files; knows no single rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from pydantic import ConfigDict, RootModel

from cps_training.content.library import Library
from cps_training.content.loading import read_model
from cps_training.content.parameters import FILE, Parameter
from cps_training.errors import ContentError, Finding
from cps_training.planning.model import Plan
from cps_training.planning.rules.base import PlanContext, Settings

WORDS = "data/planning/words"
FRIDAY = 4
PARAMETERS = {
    "travel-minutes": "travel_minutes",
    "approval-working-days": "approval_working_days",
    "reply-working-days": "reply_working_days",
    "report-working-days": "report_working_days",
    "first-meeting-days": "first_meeting_days",
    "minutes-months": "minutes_months",
}
"""Of each parameter the setting it gives."""
REMINDERS = ("credit-first-reminder-days", "credit-last-reminder-days")


class WordLists(RootModel[dict[str, tuple[str, ...]]]):
    """One file of word lists, by name."""

    model_config = ConfigDict(frozen=True)


def read_plan(path: Path) -> Plan:
    """The plan of a YAML or JSON file. Raises ContentError with every mistake, each at its line and column."""
    read = read_model(path, Plan, shown_as=str(path))
    if read.value is None or read.findings:
        raise ContentError(tuple(sorted(read.findings)))
    return read.value


def read_words(root: Path) -> dict[str, tuple[str, ...]]:
    """All word lists below a content root, by name. Raises ContentError, also for a name that two files give."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((root / WORDS).glob("*.yaml")):
        read = read_model(path, WordLists, shown_as=f"{WORDS}/{path.name}")
        for name, words in (read.value.root if read.value else {}).items():
            if name in found:
                read.report((name,), f"รายการคำชื่อ “{name}” มีในอีกไฟล์แล้ว ให้ตั้งชื่อใหม่", at_key=True)
            found[name] = words
        if read.findings:
            raise ContentError(tuple(read.findings))
    return found


def settings_of(parameters: Mapping[str, Parameter]) -> Settings:
    """The office's settings, from the parameters in force (shipped, or the office's own in their place); a setting without its parameter
    stays as the code has it. Raises ContentError for a value no rule can count with: dates, fractions, less than nothing.
    """
    named = {setting: parameters[name] for name, setting in PARAMETERS.items() if name in parameters}
    reminders = [parameters[name] for name in REMINDERS if name in parameters]
    mistakes = tuple(
        Finding(FILE, 1, 1, f"{one.id}: ต้องเป็นจำนวนเต็มตั้งแต่ 0 ขึ้นไป เพราะใช้ตรวจแผน แต่พบ {one.value} ให้แก้")
        for one in (*named.values(), *reminders)
        if not isinstance(one.value, int) or one.value < 0
    )
    if mistakes:
        raise ContentError(mistakes)
    remind_days = tuple(sorted({one.value for one in reminders if isinstance(one.value, int)}, reverse=True))
    given = {setting: one.value for setting, one in named.items() if isinstance(one.value, int)}
    return replace(Settings(), **given, remind_days=remind_days or Settings().remind_days)


def context_of(library: Library, root: Path, today: date) -> PlanContext:
    """What rules work with: the office's calendar and settings, and the word lists below a content root."""
    calendar = library.office_calendar

    def working_days_after(day: date, n: int) -> date:
        for _ in range(n):
            try:
                day = calendar.next_office_day(day)
            except LookupError:  # a year whose holidays nobody has entered: weekends are known all the same
                day += timedelta(days=1 if day.weekday() < FRIDAY else 7 - day.weekday())
        return day

    return PlanContext(
        today,
        calendar.is_office_day,
        working_days_after,
        settings=settings_of(library.parameters),
        words=read_words(root),
    )
