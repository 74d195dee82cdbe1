"""The monthly and the weekly calendar of a plan, made from the days of its visits: two views of one data. Pure; knows no rule and no holidays."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

Span = tuple[date, date]
WEEK, LONGEST_MONTH = 7, 31
"""Days a weekly calendar has at most; a monthly one has more than these and at most 31."""


def with_calendars(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with both calendars made anew; what is no day yet counts as none.

    A calendar keeps its days while a visit falls on them. Else the month becomes that of the first visit on or after the day the plan was
    written, and the week the one of its first visit, cut at the ends of the month: what stands in the week stands in the month. Without
    planned visits calendars are left with their days, and none is made.
    """
    planned = sorted(
        (day, str(visit.get("id")))
        for visit in document.get("visits", ())
        if (day := _day(visit.get("planned_date"))) is not None
    )
    days = [day for day, _ in planned]
    month = _span(document.get("month"), WEEK + 1, LONGEST_MONTH)
    if days and (month is None or not _within(days, month)):
        month = _month_of(_first(days, _day(document.get("written_on"))))
    week = _clipped(_span(document.get("week"), 1, WEEK), month)
    if month is not None and (in_month := _within(days, month)) and (week is None or not _within(days, week)):
        week = _clipped(_week_of(_first(in_month, _day(document.get("written_on")))), month)
    made = {name: value for name, value in document.items() if name not in ("week", "month")}
    for name, span in (("week", week), ("month", month)):
        if span is not None:
            entries = [{"visit": visit, "on": day.isoformat()} for day, visit in planned if span[0] <= day <= span[1]]
            made[name] = {"covers": [day.isoformat() for day in span]} | ({"entries": entries} if entries else {})
    return made


def _span(calendar: object, shortest: int, longest: int) -> Span | None:
    """The days a calendar covers; None where it is none, or covers too few or too many."""
    covers = calendar.get("covers") if isinstance(calendar, Mapping) else None
    first, last = map(_day, covers) if isinstance(covers, list | tuple) and len(covers) == 2 else (None, None)
    if first is None or last is None or not shortest <= (last - first).days + 1 <= longest:
        return None
    return first, last


def _clipped(week: Span | None, month: Span | None) -> Span | None:
    if week is None or month is None:
        return None
    first, last = max(week[0], month[0]), min(week[1], month[1])
    return (first, last) if first <= last else None


def _within(days: Sequence[date], span: Span) -> list[date]:
    return [day for day in days if span[0] <= day <= span[1]]


def _first(days: Sequence[date], written_on: date | None) -> date:
    """The first of the days, in their order, that is not over when the plan is written; the very first where all are."""
    return next((day for day in days if written_on is None or day >= written_on), days[0])


def _month_of(day: date) -> Span:
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def _week_of(day: date) -> Span:
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=WEEK - 1)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
