"""What the rules of plans are tried with: a day in July 2566, its office days, the shipped lists of words, plans as files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml

from cps_training.content.calendar import FOLDER, FiscalYear, OfficeCalendar
from cps_training.content.loading import read_yaml
from cps_training.places import shipped
from cps_training.planning.model import Plan
from cps_training.planning.rules.base import PlanContext

HERE = Path(__file__).parent
TODAY = date(2023, 7, 24)


def _office_calendar() -> OfficeCalendar:
    folder = shipped() / FOLDER
    years = {}
    for path in sorted(folder.glob("fy*.yaml")):
        year, findings = read_yaml(path, FiscalYear, shown_as=path.name)
        assert year, findings
        years[year.fiscal_year] = year
    return OfficeCalendar(years)


def _words() -> dict[str, tuple[str, ...]]:
    """All lists by name; two families must not give one name to two lists."""
    words: dict[str, tuple[str, ...]] = {}
    for path in sorted((shipped() / "data" / "planning" / "words").glob("*.yaml")):
        for name, entries in yaml.safe_load(path.read_text("utf-8")).items():
            assert name not in words, f"{path.name}: {name} stands in another file too"
            words[name] = tuple(entries)
    return words


@pytest.fixture(scope="session")
def context() -> PlanContext:
    """24 July 2566 (a Monday), the calendar of fiscal year 2566 and every list of data/planning/words."""
    calendar = _office_calendar()

    def working_days_after(day: date, n: int) -> date:
        for _ in range(n):
            day = calendar.next_office_day(day)
        return day

    return PlanContext(
        today=TODAY, is_office_day=calendar.is_office_day, working_days_after=working_days_after, words=_words()
    )


@pytest.fixture(scope="session")
def read_plan() -> Callable[[Path], Plan]:
    """The plan of a file; a file with mistakes fails the test and shows them."""

    def read(path: Path) -> Plan:
        plan, findings = read_yaml(path, Plan, shown_as=path.name)
        assert plan is not None, "\n".join(str(found) for found in findings)
        return plan

    return read


@pytest.fixture(scope="session")
def base_plan(read_plan: Callable[[Path], Plan]) -> Plan:
    """The sound plan the examples are copied from."""
    return read_plan(HERE / "base_plan.yaml")


@pytest.fixture(scope="session")
def examples() -> Path:
    """The folder with <rule>/pass.yaml and <rule>/fail.yaml."""
    return HERE / "examples"
