"""R26–R30: permission before going, its approver, each organisation by itself, the visit as approved; and every example from R26 on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cps_training.planning.checking import check
from cps_training.planning.model import Plan
from cps_training.planning.rules.base import PlanContext
from tests.planning.from_permission_to_report import RULES, places, skipped
from tests.planning.one_rule import with_one, with_parts, with_visit

EXPECTED = {
    "R26": ["visits[0].requested_on"],
    "R27": ["visits[0].decided_on"],
    "R28": ["reports[1].acting_order", "visits[1].approver_role"],
    "R29": ["permission_orgs_listed_together"],
    "R30": ["visits[0].changed_reason", "visits[0].informed_on"],
    "R31": ["records[0].advice", "records[0].facts[0]", "records[1].facts[0]"],
    "R32": ["records[0].actions[0].by", "records[0].actions[0].who", "records[0].actions[1].who"],
    "R33": ["records[0].questions[0].replied_on", "records[0].questions[0].source"],
    "R34": ["reports[0].submitted_on", "reports[1].submitted_on"],
    "R35": ["reports[0].result_vs_target", "reports[1].result_vs_target"],
    "R36": ["reports[0].answered_comment", "reports[0].returned_comment", "reports[1].answered_comment"],
    "R43": ["reports[0].recipient", "reports[1].recipient"],
    "R44": ["records[1].facts[1]", "reports[0].next_step"],
    "R47": ["records[0].facts[0]", "reports[1].summary"],
}
CLAUSES = {
    **dict.fromkeys(("R26", "R27", "R28", "R29"), "cps.2.3"),
    "R30": "cps.3.1",
    **dict.fromkeys(("R31", "R32"), "cps.3"),
    "R33": "docs.6",
    **dict.fromkeys(("R34", "R35", "R47"), "cps.3.2"),
    "R36": "cps.3.3",
    "R43": "practice.18",
    "R44": "prep.5",
}
Read = Callable[[Path], Plan]
V1, V2, V3 = 0, 1, 2
JUNE = date(2023, 6, 30)


@pytest.mark.parametrize("rule", EXPECTED)
def test_the_bad_example_breaks_its_own_rule_at_these_fields(
    rule: str, read_plan: Read, examples: Path, context: PlanContext
) -> None:
    report = check(read_plan(examples / rule / "fail.yaml"), context, list(RULES.values()))
    assert [(one.rule, one.at) for one in report.findings] == [(rule, place) for place in EXPECTED[rule]]
    for found in report.findings:
        assert found.message.endswith(f" (อ้างอิง {CLAUSES[rule]})")
        assert "%(" not in found.message
        assert "%(" not in (RULES[rule].feedback_en % found.values if found.values else RULES[rule].feedback_en)


@pytest.mark.parametrize("rule", EXPECTED)
def test_the_good_example_breaks_none_and_its_rule_looks_at_it(
    rule: str, read_plan: Read, examples: Path, context: PlanContext
) -> None:
    report = check(read_plan(examples / rule / "pass.yaml"), context, list(RULES.values()))
    assert report.findings == ()
    assert report.skipped == ()


def test_a_plan_still_being_drafted_breaks_none(base_plan: Plan, context: PlanContext) -> None:
    """What is not asked, decided, done or written yet is no mistake: else nothing could ever be submitted."""
    draft = with_parts(base_plan, visits=_as_drafted(base_plan), records=(), reports=())
    early = check(draft, replace(context, today=JUNE), list(RULES.values()))
    assert early.findings == ()
    assert {one.rule for one in early.skipped} == RULES.keys() - {"R29"}
    assert all(one.because for one in early.skipped)


def _as_drafted(plan: Plan) -> list[dict[str, Any]]:
    keep = ("id", "orgs", "issues", "objective", "method", "officer", "planned_date")
    return [visit.model_dump(include=set(keep)) for visit in plan.visits]


@pytest.mark.parametrize(
    ("requested_on", "is_late"),
    [(date(2023, 7, 24), False), (date(2023, 7, 25), True), (date(2023, 7, 26), True)],
    ids=["the day before", "the same day", "the day after"],
)
def test_the_request_comes_before_the_day_of_the_visit(
    requested_on: date, is_late: bool, base_plan: Plan, context: PlanContext
) -> None:
    plan = with_visit(base_plan, V3, requested_on=requested_on)
    assert places("R26", plan, context) == ["visits[2].requested_on"] * is_late


@pytest.mark.parametrize(
    ("today", "is_late"),
    [(date(2023, 7, 24), False), (date(2023, 7, 25), True)],
    ids=["still time", "the day has come"],
)
def test_a_visit_without_a_request_is_late_when_its_day_has_come(
    today: date, is_late: bool, base_plan: Plan, context: PlanContext
) -> None:
    plan = with_visit(base_plan, V3, requested_on=None, decision=None, decided_on=None)
    assert places("R26", plan, replace(context, today=today)) == ["visits[2].requested_on"] * is_late


def test_a_decided_visit_without_a_day_of_request_was_not_asked_for(base_plan: Plan, context: PlanContext) -> None:
    assert places("R26", with_visit(base_plan, V3, requested_on=None), context) == ["visits[2].requested_on"]


@pytest.mark.parametrize(
    ("index", "fields", "expected"),
    [
        pytest.param(V1, {"decided_on": date(2023, 7, 11)}, [], id="on the day of the visit"),
        pytest.param(V1, {"decision": None}, ["visits[0].decision"], id="done without a decision"),
        pytest.param(V1, {"decision": "returned"}, ["visits[0].decision"], id="done although returned"),
        pytest.param(V3, {"decided_on": date(2023, 7, 26)}, ["visits[2].decided_on"], id="after the planned day"),
        pytest.param(V3, {"decided_on": None}, ["visits[2].decided_on"], id="no day of approval"),
        pytest.param(V3, {"decision": None}, [], id="waiting, day still to come"),
        pytest.param(V3, {"decision": "returned"}, [], id="returned, day still to come"),
        pytest.param(
            V3, {"decision": None, "planned_date": date(2023, 7, 21)}, ["visits[2].decision"], id="waiting, day past"
        ),
        pytest.param(
            V2,
            {"decided_on": date(2023, 7, 14), "actual_date": date(2023, 7, 14)},
            [],
            id="moved, approved by the day it took place",
        ),
    ],
)
def test_approval_by_the_day_of_the_visit(
    index: int, fields: dict[str, Any], expected: list[str], base_plan: Plan, context: PlanContext
) -> None:
    assert places("R27", with_visit(base_plan, index, **fields), context) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"approver_role": "provincial"}, []),
        ({"approver_role": "acting", "acting_order": "คำสั่งที่ 41/2566"}, []),
        ({"approver_role": "acting"}, ["acting_order"]),
        ({"approver_role": "group-head", "acting_order": "คำสั่งที่ 41/2566"}, ["approver_role"]),
        ({"approver_role": "other"}, ["approver_role"]),
        ({"approver_role": None}, ["approver_role"]),
        ({"approver_role": "group-head", "decision": "returned"}, ["approver_role"]),
        ({"approver_role": None, "decision": None}, []),
    ],
)
@pytest.mark.parametrize(("part", "index"), [("visits", V3), ("reports", 0)])
def test_the_provincial_officer_decides_at_both_gates(
    part: str, index: int, fields: dict[str, Any], expected: list[str], base_plan: Plan, context: PlanContext
) -> None:
    plan = with_one(base_plan, part, index, **fields)
    assert places("R28", plan, context) == [f"{part}[{index}].{field}" for field in expected]


def test_a_place_that_is_no_single_organisation_is_told(base_plan: Plan, context: PlanContext) -> None:
    plan = with_one(base_plan, "orgs", 1, name="สหกรณ์ทุกแห่งในอำเภอฝึกหัด")
    assert places("R29", plan, context) == ["orgs[1].name"]


@pytest.mark.parametrize(
    ("method", "is_lumped"),
    [("board-meeting", True), ("inspection", True), ("member-meeting", True), ("training", False), ("dialogue", False)],
)
def test_one_visit_to_two_is_two_unless_they_come_together(
    method: str, is_lumped: bool, base_plan: Plan, context: PlanContext
) -> None:
    plan = with_visit(base_plan, V3, orgs=["thung-sathit", "ban-chamlong"], method=method)
    assert places("R29", plan, context) == ["visits[2].orgs"] * is_lumped


def test_no_visits_nothing_to_ask_for(base_plan: Plan, context: PlanContext) -> None:
    empty = with_parts(base_plan, visits=(), records=(), reports=(), month=None, week=None)
    assert skipped("R29", empty, context) == "แผนยังไม่มีการเข้าปฏิบัติงานที่ต้องขออนุญาต"
    together = with_parts(empty, permission_orgs_listed_together=True)
    assert places("R29", together, context) == ["permission_orgs_listed_together"]


@pytest.mark.parametrize(
    "change",
    [{"actual_date": date(2023, 7, 12)}, {"actual_org": "ban-chamlong"}, {"actual_method": "dialogue"}],
    ids=["day", "organisation", "method"],
)
def test_a_change_carries_a_reason_and_is_told(change: dict[str, Any], base_plan: Plan, context: PlanContext) -> None:
    both = {"changed_reason": "ประธานกรรมการป่วย จึงเปลี่ยน", "informed_on": date(2023, 7, 10)}
    reason, informed = "visits[0].changed_reason", "visits[0].informed_on"
    assert places("R30", with_visit(base_plan, V1, **change), context) == [reason, informed]
    assert places("R30", with_visit(base_plan, V1, **{**both, **change, "informed_on": None}), context) == [informed]
    assert places("R30", with_visit(base_plan, V1, **{**both, **change, "changed_reason": ""}), context) == [reason]
    assert places("R30", with_visit(base_plan, V1, **both, **change), context) == []


def test_what_is_not_known_of_a_visit_is_no_change(base_plan: Plan, context: PlanContext) -> None:
    plan = with_visit(base_plan, V1, actual_org=None, actual_method=None)
    assert places("R30", plan, context) == []
