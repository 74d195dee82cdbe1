"""When the office is closed: data/calendar/fy<year>.yaml, one file a fiscal year (B.E.). Pure; knows no plan and no store.

YAML and not CSV, although a calendar is a table: an author is told every mistake with line and column by the same reader
as for all other content, a name carries two languages, and Excel cannot turn its dates and its Thai into something else.
Nothing is computed: lunar days and what the cabinet adds are known only once they are published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from cps_training.content.texts import Short, Title, require_distinct
from cps_training.items.base import Strict
from cps_training.thai_text import BUDDHIST_OFFSET, fiscal_year, show_date

FOLDER = "data/calendar"
SATURDAY = 5
Day = date  # a field is called `date`, which would hide the type
FiscalYearNumber = Annotated[int, Field(strict=True, ge=2500, le=2700)]


class ClosedDay(Strict):
    """A day on which government offices are closed besides Saturdays and Sundays.

    kind: `holiday` the day itself, `substitute` for a holiday that fell on a weekend, `special` added by the cabinet,
    `local` of this office or province. An unverified day counts as closed and is shown as unverified.
    """

    date: Day
    name: Title
    kind: Literal["holiday", "substitute", "special", "local"]
    source: Short
    status: Literal["verified", "unverified"]
    verified_by: Short | None = None

    @field_validator("date", mode="plain", json_schema_input_type=Day)
    @classmethod
    def _date(cls, given: Any) -> Day:
        return as_date(given)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.status == "verified" and self.verified_by is None:
            raise ValueError(
                "ขาด verified_by เพราะวันที่ตรวจแล้ว (status: verified) ต้องบอกว่าใครตรวจ หรือแก้ status เป็น unverified"
            )
        if self.status == "unverified" and self.verified_by is not None:
            raise ValueError("verified_by ใช้กับวันที่ตรวจแล้วเท่านั้น ให้แก้ status เป็น verified หรือลบ verified_by ออก")
        return self


class FiscalYear(Strict):
    """One file: the closed days of fiscal year n, 1 October of n−1 to 30 September of n (B.E.).

    replaces: stands in for the shipped file of that year (office content).
    """

    fiscal_year: FiscalYearNumber
    replaces: Annotated[bool, Field(strict=True)] = False
    days: Annotated[tuple[ClosedDay, ...], Field(min_length=1, max_length=200)]

    @field_validator("days")
    @classmethod
    def _in_order(cls, days: tuple[ClosedDay, ...]) -> tuple[ClosedDay, ...]:
        return tuple(sorted(days, key=lambda day: day.date))

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        require_distinct(tuple(day.date.isoformat() for day in self.days), "days")
        return self


def as_date(given: object) -> date:
    """A plain date of a content file. Raises ValueError in the author's words, naming a B.E. year for what it is."""
    if type(given) is not date:
        raise ValueError("ต้องเป็นวันที่แบบ ปี-เดือน-วัน (ค.ศ.) เช่น 2023-07-14 ให้แก้")
    if given.year >= 2400:
        iso = f"{given.year - BUDDHIST_OFFSET:04}-{given.month:02}-{given.day:02}"
        raise ValueError(f"ปี {given.year} น่าจะเป็น พ.ศ. ให้เขียนเป็น ค.ศ. คือ {iso}")
    return given


def days_outside(year: FiscalYear, written: Iterable[object]) -> list[tuple[int, str]]:
    """(position in the file, what is wrong) of the days of another fiscal year. written: the days as the file has them."""
    first, last = bounds(year.fiscal_year)
    between = f"{show_date(first)} – {show_date(last)}"
    found = []
    for index, entry in enumerate(written):
        day = entry.get("date") if isinstance(entry, dict) else None
        if isinstance(day, date) and fiscal_year(day) != year.fiscal_year:
            message = f"{show_date(day)} ไม่อยู่ในปีงบประมาณ {year.fiscal_year} ({between}) ให้แก้วันที่ หรือย้ายไปไฟล์ fy{fiscal_year(day)}.yaml"
            found.append((index, message))
    return found


def bounds(year: int) -> tuple[date, date]:
    """First and last day of fiscal year `year` (B.E.)."""
    ends_in = year - BUDDHIST_OFFSET
    return date(ends_in - 1, 10, 1), date(ends_in, 9, 30)


@dataclass(frozen=True)
class OfficeCalendar:
    """Office days over all fiscal years that have a file. years: {fiscal year (B.E.): its file}."""

    years: Mapping[int, FiscalYear]

    @cached_property
    def _closed(self) -> Mapping[date, ClosedDay]:
        return MappingProxyType({day.date: day for year in self.years.values() for day in year.days})

    def knows(self, day: date) -> bool:
        """Whether there is a file for the day's fiscal year; without one only weekends are known to be closed."""
        return fiscal_year(day) in self.years

    def closed_day(self, day: date) -> ClosedDay | None:
        """The holiday on that day with its name, source and status; None also for an ordinary weekend."""
        return self._closed.get(day)

    def is_office_day(self, day: date) -> bool:
        """Whether the office is open: no Saturday, Sunday or closed day. An unverified day counts as closed.

        Raises LookupError for a weekday of a fiscal year without a file: nobody knows its holidays.
        """
        if day.weekday() >= SATURDAY:
            return False
        if not self.knows(day):
            raise LookupError(f"no calendar for fiscal year {fiscal_year(day)}; there is {sorted(self.years)}")
        return day not in self._closed

    def next_office_day(self, day: date) -> date:
        """The first office day after `day`. Raises LookupError where the search leaves the years that have a file."""
        day += timedelta(days=1)
        while not self.is_office_day(day):
            day += timedelta(days=1)
        return day
