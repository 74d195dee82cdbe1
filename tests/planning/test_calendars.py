"""R17–R20: both calendars, agreeing, on open days, without clashes. Their examples are tried in test_visits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from cps_training.planning.model import Plan
from cps_training.planning.rules.base import PlanContext, Settings
from tests.planning.one_rule import findings, places, skipped, with_parts, with_visit

JULY = ("2023-07-01", "2023-07-31")
Entries = Sequence[tuple[str, int]]


def calendar(covers: tuple[str, str], entries: Entries = ()) -> dict[str, Any]:
    """entries: (visit, day of July)."""
    return {
        "covers": tuple(map(date.fromisoformat, covers)),
        "entries": [{"visit": visit, "on": date(2023, 7, day)} for visit, day in entries],
    }


@pytest.mark.parametrize(
    ("week", "month", "expected"),
    [
        (None, JULY, ["week"]),
        (("2023-07-24", "2023-07-30"), None, ["month"]),
        (None, None, ["month", "week"]),
        (("2023-07-30", "2023-07-24"), None, ["month", "week.covers"]),
        (("2023-07-24", "2023-07-30"), JULY, []),
        (("2023-07-31", "2023-08-04"), JULY, []),
        (("2023-07-24", "2023-07-31"), JULY, ["week.covers"]),
        (("2023-07-30", "2023-07-24"), JULY, ["week.covers"]),
        (("2023-08-07", "2023-08-11"), JULY, ["week.covers"]),
        (("2023-07-24", "2023-07-30"), ("2023-07-24", "2023-07-30"), ["month.covers"]),
        (("2023-07-24", "2023-07-30"), ("2023-07-01", "2023-08-31"), ["month.covers"]),
    ],
)
def test_a_week_and_the_month_it_lies_in(
    week: tuple[str, str] | None,
    month: tuple[str, str] | None,
    expected: list[str],
    base_plan: Plan,
    context: PlanContext,
) -> None:
    plan = with_parts(base_plan, week=week and calendar(week), month=month and calendar(month))
    assert places("R17", plan, context) == expected


@pytest.mark.parametrize(
    ("week", "month", "expected"),
    [
        ([("V3", 25)], [("V1", 11), ("V3", 25), ("V4", 26)], []),
        ([("V3", 25), ("V4", 26)], [("V3", 25)], ["week.entries[1].visit"]),
        ([("V3", 27)], [("V3", 25)], ["week.entries[0].on"]),
        ([("V3", 25)], [("V3", 27)], ["month.entries[0].on"]),
        ([("V3", 27)], [("V3", 27)], ["month.entries[0].on", "week.entries[0].on"]),
        ([("V3", 25)], [("V3", 25), ("V3", 27)], ["month.entries[1].on"]),
        ([], [], []),
    ],
)
def test_the_week_stands_in_the_month_on_the_day_of_the_plan(
    week: Entries, month: Entries, expected: list[str], base_plan: Plan, context: PlanContext
) -> None:
    parts = {"week": calendar(("2023-07-24", "2023-07-30"), week), "month": calendar(JULY, month)}
    assert places("R18", with_parts(base_plan, **parts), context) == expected


@pytest.mark.parametrize(("day", "expected"), [(25, []), (26, ["week.entries[0].on"])])
def test_before_a_day_is_planned_the_calendars_agree_with_each_other(
    day: int, expected: list[str], base_plan: Plan, context: PlanContext
) -> None:
    parts = {"week": calendar(("2023-07-24", "2023-07-30"), [("V3", day)]), "month": calendar(JULY, [("V3", 25)])}
    assert places("R18", with_parts(with_visit(base_plan, 2, planned_date=None), **parts), context) == expected


def test_one_calendar_cannot_disagree(base_plan: Plan, context: PlanContext) -> None:
    assert skipped("R18", with_parts(base_plan, week=None), context) == "ยังไม่มีปฏิทินครบสองชุดให้เทียบกัน"


@pytest.mark.parametrize(
    ("day", "reason", "is_found"),
    [
        ("2023-07-27", "", False),
        ("2023-07-28", "", True),
        ("2023-07-29", "", True),
        ("2023-07-31", "", True),
        ("2023-08-01", "", True),
        ("2023-08-01", " - ", True),
        ("2023-08-01", "สหกรณ์ประชุมใหญ่ในวันนี้", False),
        ("2023-08-03", "", False),
        ("2024-07-29", "", False),
        ("2024-07-28", "", True),
    ],
)
def test_a_closed_day_needs_a_reason(
    day: str, reason: str, is_found: bool, base_plan: Plan, context: PlanContext
) -> None:
    plan = with_visit(base_plan, 3, planned_date=date.fromisoformat(day), holiday_reason=reason)
    assert places("R19", plan, context) == (["visits[3].planned_date"] if is_found else [])


def test_days_nobody_can_judge(base_plan: Plan, context: PlanContext) -> None:
    visit = base_plan.visits[0].model_dump()
    alone = with_parts(base_plan, visits=[visit], records=(), reports=(), month=None, week=None)
    in_2567 = with_visit(alone, 0, planned_date=date(2024, 7, 10))
    assert skipped("R19", in_2567, context) == "ชุดฝึกยังไม่มีปฏิทินวันหยุดของปีที่วางแผน"
    assert skipped("R19", with_visit(alone, 0, planned_date=None), context) == "ยังไม่มีการเข้าครั้งใดที่กำหนดวัน"


OTHER_PLACE, SAME_PLACE = ("ban-chamlong",), ("thung-sathit",)


@pytest.mark.parametrize(
    ("start", "end", "fields", "expected"),
    [
        # V3 is at thung-sathit from 09:00 to 12:00, with 45 minutes on the way
        ("13:30", "15:30", {"orgs": OTHER_PLACE}, []),
        ("12:30", "15:30", {"orgs": OTHER_PLACE, "travel_minutes": None}, []),
        ("12:29", "15:30", {"orgs": OTHER_PLACE, "travel_minutes": None}, ["visits[3].start"]),
        ("12:30", "15:30", {"orgs": OTHER_PLACE, "travel_minutes": 45}, ["visits[3].start"]),
        ("09:00", "12:00", {"orgs": OTHER_PLACE}, ["visits[3].start"]),
        ("09:00", None, {"orgs": OTHER_PLACE}, ["visits[3].start"]),
        ("08:00", "09:00", {"orgs": OTHER_PLACE}, ["visits[2].start"]),
        ("07:00", "08:15", {"orgs": OTHER_PLACE}, []),
        ("07:00", "11:00", {"orgs": SAME_PLACE}, ["visits[2].start"]),
        ("12:00", "13:00", {"orgs": SAME_PLACE}, []),
        ("09:00", "12:00", {"orgs": OTHER_PLACE, "officer": "เจ้าหน้าที่ส่งเสริม ข"}, []),
        ("09:00", "12:00", {"orgs": OTHER_PLACE, "officer": ""}, ["visits[3].start"]),
        ("09:00", "12:00", {"orgs": OTHER_PLACE, "officer": "เจ้าหน้าที่ส่งเสริม  ก "}, ["visits[3].start"]),
        ("09:00", "12:00", {"orgs": OTHER_PLACE, "planned_date": date(2023, 7, 26)}, []),
        (None, None, {"orgs": OTHER_PLACE}, []),
        ("13:30", "15:30", {"orgs": OTHER_PLACE, "travel_minutes": 20}, ["visits[3].travel_minutes"]),
    ],
)
def test_one_officer_is_in_one_place_at_a_time(
    start: str | None,
    end: str | None,
    fields: dict[str, Any],
    expected: list[str],
    base_plan: Plan,
    context: PlanContext,
) -> None:
    times = {"start": start and time.fromisoformat(start), "end": end and time.fromisoformat(end)}
    plan = with_visit(base_plan, 3, **{"planned_date": date(2023, 7, 25), **times, **fields})
    assert places("R20", plan, context) == expected


def test_two_visits_that_start_together_clash_even_at_one_place_and_without_an_end(
    base_plan: Plan, context: PlanContext
) -> None:
    plan = with_visit(base_plan, 2, end=None)
    together = with_visit(plan, 3, planned_date=date(2023, 7, 25), start=time(9, 0), end=None)
    assert places("R20", together, context) == ["visits[3].start"]


def test_how_long_a_way_takes_is_the_offices_to_say(base_plan: Plan, context: PlanContext) -> None:
    times = {"start": time(12, 45), "end": time(14, 0), "travel_minutes": None, "orgs": OTHER_PLACE}
    plan = with_visit(base_plan, 3, planned_date=date(2023, 7, 25), **times)
    far = replace(context, settings=Settings(travel_minutes=60))
    assert places("R20", plan, context) == []
    found = {one.at: one.message for one in findings("R20", plan, far)}
    assert "เผื่อเวลาเดินทางไม่ถึง 60 นาที" in found["visits[3].start"]
    assert found.keys() == {"visits[3].start", *(f"visits[{index}].travel_minutes" for index in range(3))}


def test_without_days_and_times_nothing_can_clash(base_plan: Plan, context: PlanContext) -> None:
    plan = base_plan
    for index in range(4):
        plan = with_visit(plan, index, start=None, travel_minutes=None)
    assert skipped("R20", plan, context) == "ยังไม่มีการเข้าครั้งใดที่กำหนดวันและเวลา"
