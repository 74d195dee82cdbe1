"""R01 R02 R15 R16 R21 R22: one visit's objective, issue, records and method; and every example of the family."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest

from cps_training.planning.checking import check
from cps_training.planning.model import Plan
from cps_training.planning.rules.base import PlanContext
from tests.planning.one_rule import RULES, findings, places, skipped, with_one, with_parts, with_visit

EXPECTED = {
    "R01": "visits[3].objective",
    "R02": "visits[3].issues",
    "R15": "visits[1].recorded_plan_on",
    "R16": "records[1].orgs",
    "R17": "week",
    "R18": "month.entries[3].on",
    "R19": "visits[3].planned_date",
    "R20": "visits[1].start",
    "R21": "visits[3].method_note",
    "R22": "visits[2].method",
    "R23": "visits[3].doc_refs",
    "R24": "visits[3].doc_refs",
    "R25": "visits[0].agenda[1].prep_note",
}
CLAUSES = {
    **dict.fromkeys(("R01", "R02"), "cps.1.2.3"),
    **dict.fromkeys(("R15", "R16"), "cps.1.2.4"),
    **dict.fromkeys(("R17", "R18", "R19", "R20"), "cps.2.1"),
    **dict.fromkeys(("R21", "R22", "R23"), "cps.2.2"),
    "R24": "docs.4",
    "R25": "docs.6",
}
Read = Callable[[Path], Plan]


@pytest.mark.parametrize("rule", EXPECTED)
def test_the_bad_example_breaks_its_own_rule_at_one_field(
    rule: str, read_plan: Read, examples: Path, context: PlanContext
) -> None:
    report = check(read_plan(examples / rule / "fail.yaml"), context, list(RULES.values()))
    assert [(one.rule, one.at) for one in report.findings] == [(rule, EXPECTED[rule])]
    (found,) = report.findings
    assert found.message.endswith(f" (อ้างอิง {CLAUSES[rule]})")
    assert "%(" not in found.message
    assert "%(" not in (RULES[rule].feedback_en % found.values if found.values else RULES[rule].feedback_en)


@pytest.mark.parametrize("rule", EXPECTED)
def test_the_good_example_breaks_none_and_its_rule_looks_at_it(
    rule: str, read_plan: Read, examples: Path, context: PlanContext
) -> None:
    report = check(read_plan(examples / rule / "pass.yaml"), context, list(RULES.values()))
    assert report.findings == ()
    assert rule not in {one.rule for one in report.skipped}


def test_a_plan_without_visits_fails_no_rule_of_visits(base_plan: Plan, context: PlanContext) -> None:
    empty = with_parts(base_plan, visits=(), records=(), reports=(), month=None, week=None)
    report = check(empty, context, list(RULES.values()))
    assert [one.at for one in report.findings] == ["month", "week"]
    assert {one.rule for one in report.skipped} == RULES.keys() - {"R17"}
    assert all(one.because for one in report.skipped)


# R01


@pytest.mark.parametrize(
    "text",
    [
        "ให้กรรมการกำหนดวันตรวจนับเงินสดรายเดือนและผู้ลงนาม 2 คน",
        "ตรวจเยี่ยมและแนะนำการควบคุมเงินสดให้คณะกรรมการ",
        "ติดตามการแก้ไขข้อสังเกตผู้สอบบัญชี 3 ข้อให้เสร็จก่อนปิดบัญชี",
        "ตรวจเยี่ยมสหกรณ์การเกษตรทุ่งสาธิต จำกัด เพื่อเก็บข้อมูลลานตาก",
        "กำหนด" + "ก" * 15,
        "ให้ก\u0e4d\u0e32\u200bหนดผู้ลงนามในใบถอนเงินสองคน",
    ],
)
def test_an_objective_that_says_what_to_what_end(text: str, base_plan: Plan, context: PlanContext) -> None:
    assert places("R01", with_visit(base_plan, 3, objective=text), context) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ไป",
        "ตรวจเยี่ยม",
        "ตรวจเยี่ยม ทั่วไป",
        "ตรวจเยี่ยมสหกรณ์การเกษตรทุ่งสาธิต จำกัด",
        "ตรวจเยี่ยมและติดตามการดำเนินงานของสหกรณ์ ประจำเดือนกรกฎาคม 2566",
        "กำหนด" + "ก" * 14,
        "กำหนด กก 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15",
        "เงินสดคงเหลือและใบสำคัญที่ยังไม่ตรงกันหลายรายการ",
        "ใบสำคัญที่ยังไม่ครบถ้วนหลายรายการ ต้องตรวจสอบ",
        "The board sets a monthly day for counting cash",
    ],
)
def test_an_objective_that_says_only_that_one_goes(text: str, base_plan: Plan, context: PlanContext) -> None:
    assert places("R01", with_visit(base_plan, 3, objective=text), context) == ["visits[3].objective"]


# R02


@pytest.mark.parametrize(
    ("issues", "expected"), [((), ["visits[3].issues"]), (("I2",), ["visits[3].issues"]), (("I2", "I3"), [])]
)
def test_an_issue_of_another_place_ties_nothing(
    issues: tuple[str, ...], expected: list[str], base_plan: Plan, context: PlanContext
) -> None:
    assert places("R02", with_visit(base_plan, 3, issues=issues), context) == expected


# R15


@pytest.mark.parametrize(
    ("recorded", "planned", "actual", "is_found"),
    [
        ("2023-07-26", "2023-07-26", None, False),
        ("2023-07-27", "2023-07-26", None, True),
        (None, "2023-07-26", None, True),
        ("2023-07-25", "2023-07-26", "2023-07-24", True),
        ("2023-07-25", "2023-07-26", "2023-07-28", False),
        ("2023-07-25", None, None, False),
        (None, None, None, True),
    ],
)
def test_the_approach_is_recorded_by_the_day_of_the_visit(
    recorded: str | None, planned: str | None, actual: str | None, is_found: bool, base_plan: Plan, context: PlanContext
) -> None:
    days = {"recorded_plan_on": recorded, "planned_date": planned, "actual_date": actual}
    dated = {name: date.fromisoformat(day) if day else None for name, day in days.items()}
    expected = ["visits[3].recorded_plan_on"] if is_found else []
    assert places("R15", with_visit(base_plan, 3, **dated), context) == expected


# R16


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        ([["thung-sathit"], ["ban-chamlong"]], []),
        ([["thung-sathit", "thung-sathit"], ["ban-chamlong"]], []),
        ([["thung-sathit", "ban-chamlong"]], ["records[0].orgs"]),
        ([["thung-sathit"]], ["visits[0].orgs[1]"]),
        ([["thung-sathit"], ["thung-sathit"]], ["records[1].orgs", "visits[0].orgs[1]"]),
        ([["thung-sathit"], ["thung-sathit", "ban-chamlong"]], ["records[1].orgs"]),
    ],
)
def test_a_visit_to_two_places_has_two_records(
    recorded: list[list[str]], expected: list[str], base_plan: Plan, context: PlanContext
) -> None:
    plan = with_visit(base_plan, 0, orgs=("thung-sathit", "ban-chamlong"))
    records = [{"id": f"R{number}", "visit": "V1", "orgs": orgs} for number, orgs in enumerate(recorded)]
    assert places("R16", with_parts(plan, records=records), context) == expected


def test_what_is_not_recorded_yet_is_told_by_no_rule_of_shared_records(base_plan: Plan, context: PlanContext) -> None:
    assert places("R16", with_visit(base_plan, 3, orgs=("thung-sathit", "ban-chamlong")), context) == []


def test_no_records_yet_is_no_failure(base_plan: Plan, context: PlanContext) -> None:
    assert skipped("R16", with_parts(base_plan, records=()), context) == "ยังไม่มีบันทึกผลการเข้าปฏิบัติงาน"


def test_a_visit_that_went_elsewhere_is_recorded_there(base_plan: Plan, context: PlanContext) -> None:
    elsewhere = with_visit(base_plan, 0, actual_org="ban-chamlong")
    assert places("R16", with_one(elsewhere, "records", 0, orgs=("ban-chamlong",)), context) == []


# R21


@pytest.mark.parametrize(
    ("method", "note", "expected"),
    [
        (None, "", ["visits[3].method"]),
        ("other", "", ["visits[3].method_note"]),
        ("other", "อื่น ๆ", ["visits[3].method_note"]),
        ("other", " – ", ["visits[3].method_note"]),
        ("other", "ศึกษาดูงานที่โรงสีของสหกรณ์ใกล้เคียง", []),
        *((method, "", []) for method in ("board-meeting", "member-meeting", "inspection", "training", "dialogue")),
    ],
)
def test_a_method_is_named_and_another_one_described(
    method: str | None, note: str, expected: list[str], base_plan: Plan, context: PlanContext
) -> None:
    assert places("R21", with_visit(base_plan, 3, method=method, method_note=note), context) == expected


# R22


@pytest.mark.parametrize(
    ("objective", "method", "is_found"),
    [
        ("ให้สมาชิกกลุ่มที่มีหนี้ค้างชำระตกลงแผนชำระหนี้", "member-meeting", False),
        ("ให้สมาชิกกลุ่มที่มีหนี้ค้างชำระตกลงแผนชำระหนี้", "training", True),
        ("ตรวจนับเงินสดและใบสำคัญคงเหลือร่วมกับเหรัญญิก", "inspection", False),
        ("ตรวจนับเงินสดและใบสำคัญคงเหลือร่วมกับเหรัญญิก", "dialogue", True),
        ("ให้คณะกรรมการพิจารณาแผนการตลาดของปีหน้า", "member-meeting", True),
        ("รับฟังความต้องการของสมาชิกก่อนทำแผน", "inspection", True),
        ("ให้ความรู้เรื่องสิทธิและหน้าที่ของสมาชิก", "inspection", True),
        ("เลือกแบบถุงข้าวสารและกำหนดวันทดลองขาย", "inspection", False),
        ("ให้ความรู้เรื่องสิทธิและหน้าที่ของสมาชิก", "other", False),
        ("ให้ความรู้เรื่องสิทธิและหน้าที่ของสมาชิก", None, False),
    ],
)
def test_a_method_that_does_not_suit_gets_a_hint(
    objective: str, method: str | None, is_found: bool, base_plan: Plan, context: PlanContext
) -> None:
    plan = with_visit(base_plan, 3, objective=objective, method=method)
    assert places("R22", plan, context) == (["visits[3].method"] if is_found else [])


def test_the_hint_names_the_methods_that_suit_in_both_languages(base_plan: Plan, context: PlanContext) -> None:
    (found,) = findings("R22", with_visit(base_plan, 3, objective="รับฟังปัญหาของสมาชิก", method="inspection"), context)
    assert "ควรใช้วิธีเสวนา หรือประชุมกลุ่มสมาชิก" in found.message
    assert "use a dialogue or a member group meeting" in RULES["R22"].feedback_en % found.values


def test_three_methods_are_told_as_people_write_them(base_plan: Plan, context: PlanContext) -> None:
    plan = with_visit(base_plan, 3, objective="เร่งรัดการชำระของสมาชิกที่ผิดนัด", method="inspection")
    (found,) = findings("R22", plan, context)
    assert found.values["methods"] == "ประชุมกลุ่มสมาชิก ร่วมประชุมกรรมการ หรือเสวนา"
    assert found.values["methods_en"] == "a member group meeting, a board meeting or a dialogue"


def test_sixty_visits_are_checked_in_a_pause(base_plan: Plan, context: PlanContext) -> None:
    visits = [
        {**visit, "id": f"{visit['id']}x{copy}"} for copy in range(15) for visit in base_plan.model_dump()["visits"]
    ]
    plan = with_parts(base_plan, visits=visits, records=(), reports=(), month=None, week=None)
    took = []
    for _ in range(3):
        begun = perf_counter()
        check(plan, context, list(RULES.values()))
        took.append(perf_counter() - begun)
    assert min(took) < 0.05  # seconds; half of what all families may take together


def test_an_objective_without_a_telling_word_leaves_it_to_the_issue(base_plan: Plan, context: PlanContext) -> None:
    plan = with_visit(base_plan, 3, issues=("I1",), objective="ทำแผนรายคนให้ครบทุกราย", method="training")
    alone = with_visit(with_visit(plan, 0, issues=("I4",)), 2, issues=("I4",))
    assert places("R22", alone, context) == ["visits[3].method"]
    assert places("R22", plan, context) == []  # V1 and V3 meet board and members about the same issue
