"""A plan from a file, and what its rules work with from the shipped content. Reads files; knows no single rule."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from pydantic import ConfigDict, RootModel

from cps_training.content.library import Library
from cps_training.content.loading import read_model
from cps_training.errors import ContentError
from cps_training.planning.model import Plan
from cps_training.planning.rules.base import PlanContext

WORDS = "data/planning/words"
FRIDAY = 4


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


def context_of(library: Library, root: Path, today: date) -> PlanContext:
    """What rules work with: the office's calendar and the word lists below a content root."""
    calendar = library.office_calendar

    def working_days_after(day: date, n: int) -> date:
        for _ in range(n):
            try:
                day = calendar.next_office_day(day)
            except LookupError:  # a year whose holidays nobody has entered: weekends are known all the same
                day += timedelta(days=1 if day.weekday() < FRIDAY else 7 - day.weekday())
        return day

    return PlanContext(today, calendar.is_office_day, working_days_after, words=read_words(root))
