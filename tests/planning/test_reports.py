"""R34–R36, R43: reports in time, against the target, settled, and to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cps_training.planning.model import Plan
from cps_training.planning.rules.base import PlanContext, Settings
from tests.planning.from_permission_to_report import places, skipped
from tests.planning.one_rule import with_one, with_parts

T2 = 1
"""The report of V2, of Thursday 13 July 2566: five working days later is the 20th."""
NOT_DECIDED = {"decision": None, "decided_on": None}


@pytest.mark.parametrize("rule", ["R35", "R36", "R43"])
def test_without_reports_they_are_skipped(rule: str, base_plan: Plan, context: PlanContext) -> None:
    assert skipped(rule, with_parts(base_plan, reports=()), context) == "ยังไม่มีรายงานผล"


@pytest.mark.parametrize(
    ("submitted_on", "today", "is_late"),
    [
        (date(2023, 7, 13), date(2023, 7, 24), False),
        (date(2023, 7, 20), date(2023, 7, 24), False),
        (date(2023, 7, 21), date(2023, 7, 24), True),
        (date(2023, 7, 12), date(2023, 7, 24), True),
        (None, date(2023, 7, 20), False),
        (None, date(2023, 7, 21), True),
    ],
    ids=["the same day", "the last day", "a day late", "before the visit", "still time", "not sent, too late"],
)
def test_reports_are_sent_within_five_working_days(
    submitted_on: date | None, today: date, is_late: bool, base_plan: Plan, context: PlanContext
) -> None:
    plan = with_one(base_plan, "reports", T2, submitted_on=submitted_on)
    assert places("R34", plan, replace(context, today=today)) == ["reports[1].submitted_on"] * is_late


def test_a_visit_without_any_report_is_told_at_its_day(base_plan: Plan, context: PlanContext) -> None:
    plan = with_parts(base_plan, reports=base_plan.reports[:1])
    assert places("R34", plan, context) == ["visits[1].actual_date"]
    patient = replace(context, settings=Settings(report_working_days=8))
    assert places("R34", plan, patient) == []


def test_closed_days_do_not_count(base_plan: Plan, context: PlanContext) -> None:
    """V3 on Thursday 27 July 2566; the office is closed from the 28th to 2 August, so the fifth working day is the 9th."""
    plan = with_one(base_plan, "visits", 2, planned_date=date(2023, 7, 27), actual_date=date(2023, 7, 27))
    assert places("R34", plan, replace(context, today=date(2023, 8, 9))) == []
    assert places("R34", plan, replace(context, today=date(2023, 8, 10))) == ["visits[2].actual_date"]


def test_sending_again_what_was_returned_is_not_late(base_plan: Plan, context: PlanContext) -> None:
    again = with_one(base_plan, "reports", T2, submitted_on=date(2023, 7, 24), returned_comment="ขอจำนวนราย")
    assert places("R34", again, context) == []


def test_the_first_of_two_reports_counts(base_plan: Plan, context: PlanContext) -> None:
    second = {**base_plan.reports[T2].model_dump(), "id": "T3", "submitted_on": date(2023, 7, 24)}
    assert places("R34", with_parts(base_plan, reports=(*base_plan.reports, second)), context) == []


def test_without_a_visit_done_there_is_nothing_to_report(base_plan: Plan, context: PlanContext) -> None:
    visits = [{**visit.model_dump(), "actual_date": None} for visit in base_plan.visits]
    plan = with_parts(base_plan, visits=visits, reports=())
    assert skipped("R34", plan, context) == "ยังไม่มีการเข้าที่ปฏิบัติแล้ว"


@pytest.mark.parametrize(
    ("result", "is_told"),
    [
        ("ยืนยันหนี้ 38/40 ราย", False),
        ("กรรมการกำหนดวันตรวจนับเงินสดแล้วตามเป้าหมาย", False),
        ("ดำเนินการแล้ว", True),
        ("เป็นไปตามเป้าหมาย", True),
        (" ดำเนินการ เรียบร้อยแล้ว. ", True),
        ("", True),
    ],
)
def test_the_result_stands_beside_the_target(result: str, is_told: bool, base_plan: Plan, context: PlanContext) -> None:
    plan = with_one(base_plan, "reports", T2, result_vs_target=result)
    assert places("R35", plan, context) == ["reports[1].result_vs_target"] * is_told


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"decision": "returned", "returned_comment": "ขอจำนวนราย", "answered_comment": "เพิ่มแล้ว 38 จาก 40 ราย"}, []),
        ({"decision": "returned", "returned_comment": "ขอจำนวนราย"}, ["answered_comment"]),
        ({"decision": "returned", "answered_comment": "แก้แล้ว"}, ["returned_comment"]),
        (NOT_DECIDED, []),
    ],
    ids=["answered", "not answered", "no comment", "waiting for the approver"],
)
def test_returned_reports_are_changed_as_asked(
    fields: dict[str, Any], expected: list[str], base_plan: Plan, context: PlanContext
) -> None:
    plan = with_one(base_plan, "reports", T2, **fields)
    assert places("R36", plan, context) == [f"reports[1].{field}" for field in expected]


def test_no_issue_is_closed_before_its_report_is_approved(base_plan: Plan, context: PlanContext) -> None:
    closed = with_one(base_plan, "issues", 1, status="closed", closed_reason="ตรวจนับครบแล้ว")
    assert places("R36", closed, context) == []
    assert places("R36", with_one(closed, "reports", T2, **NOT_DECIDED), context) == ["reports[1].decision"]


def test_an_issue_settled_by_another_approved_report_may_be_closed(base_plan: Plan, context: PlanContext) -> None:
    closed = with_one(base_plan, "issues", 0, status="closed", closed_reason="หนี้ค้างลดแล้ว")
    later = {"id": "T3", "visit": "V3", "result_vs_target": "เหลือ 60 ราย"}
    assert places("R36", with_parts(closed, reports=(*closed.reports, later)), context) == []


def test_reports_all_waiting_leave_nothing_to_settle(base_plan: Plan, context: PlanContext) -> None:
    reports = [{**report.model_dump(), **NOT_DECIDED} for report in base_plan.reports]
    assert skipped("R36", with_parts(base_plan, reports=reports), context) == "รายงานยังรอผู้อนุมัติพิจารณา"


@pytest.mark.parametrize(
    ("recipient", "is_told"),
    [("provincial", False), ("planning", False), ("group-head", True), ("other", True), (None, True)],
)
def test_reports_go_to_whoever_must_use_them(
    recipient: str | None, is_told: bool, base_plan: Plan, context: PlanContext
) -> None:
    plan = with_one(base_plan, "reports", T2, recipient=recipient)
    assert places("R43", plan, context) == ["reports[1].recipient"] * is_told
