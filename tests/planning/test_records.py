"""R31–R33, R44, R47: facts and advice, agreed actions, open questions, and what a record must not hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cps_training.planning.model import Plan
from cps_training.planning.rules.base import PlanContext, Settings
from tests.planning.from_permission_to_report import RULES, places, skipped
from tests.planning.one_rule import with_one, with_parts, with_visit

FACT, ADVICE = "พบหนี้ค้างชำระ 96 ราย", "แนะนำให้ทำแผนชำระหนี้รายคน"
ASKED = {"text": "ขยายลานตากต้องขอความเห็นชอบจากใคร", "source": "นิติกรของสำนักงาน"}


def with_record(plan: Plan, **fields: Any) -> Plan:
    """The plan with fields of its first record set: of a visit on Tuesday 11 July 2566."""
    return with_one(plan, "records", 0, **fields)


@pytest.mark.parametrize("rule", ["R31", "R32", "R33", "R44", "R47"])
def test_without_records_and_reports_they_are_skipped(rule: str, base_plan: Plan, context: PlanContext) -> None:
    assert skipped(rule, with_parts(base_plan, records=(), reports=()), context).startswith("ยังไม่มีบันทึก")


@pytest.mark.parametrize(
    ("facts", "advice", "expected"),
    [
        ([FACT], [ADVICE], []),
        ([], [ADVICE], ["facts"]),
        ([FACT], [], ["advice"]),
        ([FACT, "เรียบร้อยดี"], [ADVICE], ["facts[1]"]),
        ([" เรียบร้อย ดี. "], [ADVICE], ["facts[0]"]),
        (["-"], [ADVICE], ["facts[0]"]),
        (["จัดเก็บเอกสารเรียบร้อยดี ครบ 12 เดือน"], [ADVICE], []),
        ([FACT], ["ให้คำแนะนำแล้ว"], ["advice[0]"]),
        (["ควรทำแผนชำระหนี้รายคน"], [ADVICE], ["facts[0]"]),
        ([FACT + " จึงแนะนำให้ทำแผนชำระหนี้"], [ADVICE], ["facts[0]"]),
        (["ผู้สอบบัญชีเคยแนะนำให้ทำแผนชำระหนี้ แต่ยังไม่ได้ทำ"], [ADVICE], []),
        ([FACT], ["พบว่าหนี้ค้างชำระเพิ่มขึ้น"], ["advice[0]"]),
        ([FACT], [FACT], ["advice[0]"]),
    ],
)
def test_facts_and_advice(
    facts: list[str], advice: list[str], expected: list[str], base_plan: Plan, context: PlanContext
) -> None:
    plan = with_record(base_plan, facts=facts, advice=advice)
    assert places("R31", plan, context) == [f"records[0].{field}" for field in expected]


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ({"who": "เหรัญญิก", "by": date(2023, 8, 4)}, []),
        ({"by": date(2023, 8, 4)}, ["who"]),
        ({"who": "เหรัญญิก"}, ["by"]),
        ({}, ["by", "who"]),
        ({"who": "ทุกฝ่ายที่เกี่ยวข้อง", "by": date(2023, 8, 4)}, ["who"]),
        ({"who": "ผู้จัดการสหกรณ์", "by": date(2023, 8, 4)}, []),
    ],
)
def test_who_does_it_by_when(
    action: dict[str, Any], expected: list[str], base_plan: Plan, context: PlanContext
) -> None:
    plan = with_record(base_plan, actions=[{"what": "ส่งใบตรวจนับเงินสด", **action}])
    assert places("R32", plan, context) == [f"records[0].actions[0].{field}" for field in expected]


def test_a_visit_may_end_without_anything_agreed(base_plan: Plan, context: PlanContext) -> None:
    plan = with_parts(base_plan, records=[{**base_plan.records[0].model_dump(), "actions": ()}])
    assert skipped("R32", plan, context) == "บันทึกไม่มีข้อตกลงว่าจะทำอะไรต่อ"


@pytest.mark.parametrize(
    ("fields", "today", "expected"),
    [
        pytest.param({"due": date(2023, 7, 14)}, date(2023, 7, 14), [], id="due today"),
        pytest.param({"due": date(2023, 7, 14)}, date(2023, 7, 15), ["replied_on"], id="due yesterday"),
        pytest.param(
            {"due": date(2023, 7, 14), "replied_on": date(2023, 7, 17)}, date(2023, 7, 24), [], id="replied late"
        ),
        pytest.param({"due": date(2023, 7, 17)}, date(2023, 7, 12), ["due"], id="a fourth working day"),
        pytest.param({}, date(2023, 7, 12), ["due"], id="no day"),
        pytest.param({"due": date(2023, 7, 14), "source": ""}, date(2023, 7, 12), ["source"], id="no source"),
    ],
)
def test_an_open_question_is_looked_up_and_replied_to(
    fields: dict[str, Any], today: date, expected: list[str], base_plan: Plan, context: PlanContext
) -> None:
    plan = with_record(base_plan, questions=[{**ASKED, **fields}])
    found = places("R33", plan, replace(context, today=today))
    assert found == [f"records[0].questions[0].{field}" for field in expected]


def test_the_days_to_reply_are_working_days_and_the_offices(base_plan: Plan, context: PlanContext) -> None:
    """From Thursday 27 July 2566 the third working day is 7 August: six days closed in a row, and a weekend."""
    plan = with_visit(base_plan, 0, planned_date=date(2023, 7, 27), actual_date=date(2023, 7, 27))
    plan = with_record(plan, questions=[{**ASKED, "due": date(2023, 8, 7)}])
    assert places("R33", plan, context) == []
    strict = replace(context, settings=Settings(reply_working_days=2))
    assert places("R33", plan, strict) == ["records[0].questions[0].due"]
    (found,) = RULES["R33"].check(plan, strict)
    assert "ภายใน 2 วันทำการ" in found.message


def test_questions_answered_on_the_spot_ask_for_nothing(base_plan: Plan, context: PlanContext) -> None:
    plan = with_record(base_plan, questions=[{"text": "ประชุมเดือนหน้าวันใด", "is_answered": True}])
    assert skipped("R33", plan, context) == "บันทึกไม่มีคำถามที่ตอบไม่ได้"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("เจ้าหน้าที่รับของฝากเป็นกล้วยอบ", "รับของฝาก"),
        ("เจ้าหน้าที่ไม่รับของฝาก", None),
        ("ผู้จัดการนำของมาให้ เจ้าหน้าที่ปฏิเสธที่จะรับของขวัญ", None),
        ("วันแรกไม่รับของฝาก วันถัดมารับของฝากไว้", "รับของฝาก"),
        ("สหกรณ์ขายของฝากได้เดือนละ 20,000 บาท", None),
        ("จัดกระเช้าของขวัญจำหน่ายช่วงปีใหม่", None),
        ("สหกรณ์ออกค่าน้ำมันรถให้เจ้าหน้าที่", "ค่าน้ำมันรถให้เจ้าหน้าที่"),
    ],
)
def test_gifts_taken_are_told_and_gifts_refused_are_not(
    text: str, found: str | None, base_plan: Plan, context: PlanContext
) -> None:
    plan = with_record(base_plan, facts=[text])
    assert places("R44", plan, context) == (["records[0].facts[0]"] if found else [])
    assert [one.values["found"] for one in RULES["R44"].check(plan, context)] == ([found] if found else [])


@pytest.mark.parametrize(
    "text",
    [
        "ลูกหนี้ นายสมมติ ตัวอย่าง ค้างชำระ 3 งวด",
        "สมาชิกนางสมมติ ถอนเงินไม่ได้",
        "นายสมมติ ค้างชำระ กรรมการจึงติดตาม",
        "กรรมการแจ้งว่า น.ส.สมมติ ตัวอย่าง ผิดนัด",
        "เหรัญญิก นางสมมติ ตัวอย่าง และลูกหนี้ นายทดลอง มาพบ",
        "เลขประจำตัวประชาชน 0000000000000",
        "เลขประจำตัวประชาชน ๐-๐๐๐๐-๐๐๐๐๐-๐๐-๐",
    ],
)
def test_ordinary_members_are_neither_named_nor_numbered(text: str, base_plan: Plan, context: PlanContext) -> None:
    assert places("R47", with_record(base_plan, facts=[FACT, text]), context) == ["records[0].facts[1]"]


@pytest.mark.parametrize(
    "text",
    [
        "สมาชิกค้างชำระ 96 ราย",
        "นายสมมติ ตัวอย่าง ประธานกรรมการ ชี้แจง",
        "ผู้จัดการสหกรณ์ (นางสาวสมมติ ตัวอย่าง) ชี้แจง",
        "นางสมมติ ในฐานะเหรัญญิก ลงนาม",
        "คำสั่งรองนายทะเบียนสหกรณ์ถึงสหกรณ์ และนายอำเภอทราบแล้ว",
        "ตรวจนับเงินสดในเดือนมิถุนายน",
        "ทุนดำเนินงาน 1,234,567,890,123 บาท",
        "เปรียบเทียบปี 2563 2564 2565 2566",
        "ลูกหนี้ นาย ก ค้างชำระ",
    ],
)
def test_positions_numbers_and_initials_may_stand(text: str, base_plan: Plan, context: PlanContext) -> None:
    assert places("R47", with_record(base_plan, facts=[text]), context) == []


def test_the_officer_may_be_named(base_plan: Plan, context: PlanContext) -> None:
    plan = with_record(base_plan, facts=["นายสมมติ ตัวอย่าง ชี้แจงในที่ประชุม"])
    assert places("R47", plan, context) == ["records[0].facts[0]"]
    assert places("R47", with_visit(plan, 0, officer="นายสมมติ ตัวอย่าง"), context) == []


@pytest.mark.parametrize(
    ("part", "fields", "place"),
    [
        ("records", {"advice": ["ให้ติดตามนายสมมติ"]}, "records[0].advice[0]"),
        ("records", {"actions": [{"what": "ชำระหนี้", "who": "นายสมมติ"}]}, "records[0].actions[0].who"),
        ("records", {"questions": [{"text": "หนี้ของ นายสมมติ เท่าใด"}]}, "records[0].questions[0].text"),
        ("reports", {"next_step": "พบนายสมมติ และ นางสมมติ"}, "reports[0].next_step"),
        ("reports", {"answered_comment": "ถามนายทะเบียน และ นายสมมติ แล้ว"}, "reports[0].answered_comment"),
    ],
)
def test_everything_written_after_a_visit_is_read(
    part: str, fields: dict[str, Any], place: str, base_plan: Plan, context: PlanContext
) -> None:
    assert places("R47", with_one(base_plan, part, 0, **fields), context) == [place]
