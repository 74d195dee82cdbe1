"""R23 R24 R25: content and papers, the Registrar's notices, the agenda. Their examples are tried in test_visits."""

from __future__ import annotations

from typing import Any

import pytest

from cps_training.planning.model import Plan
from cps_training.planning.rules.base import PlanContext
from tests.planning.one_rule import RULES, findings, places, skipped, with_one, with_visit

LIMIT = "ประกาศนายทะเบียนสหกรณ์ เรื่องวงเงินกู้ยืมหรือค้ำประกัน"
RATE = "ประกาศนายทะเบียนสหกรณ์ เรื่องอัตราดอกเบี้ยเงินรับฝาก"
ACT = "พระราชบัญญัติสหกรณ์ พ.ศ. 2542"


@pytest.mark.parametrize(
    ("content", "docs", "expected"),
    [
        (("แนวทาง",), ("แบบ",), []),
        ((), ("แบบ",), ["content_refs"]),
        (("แนวทาง",), (), ["doc_refs"]),
        (("", " – "), ("", "แบบ"), ["content_refs"]),
        ((), (), ["content_refs", "doc_refs"]),
    ],
)
def test_content_and_documents_are_named(
    content: tuple[str, ...], docs: tuple[str, ...], expected: list[str], base_plan: Plan, context: PlanContext
) -> None:
    plan = with_visit(base_plan, 1, content_refs=content, doc_refs=docs)
    assert places("R23", plan, context) == [f"visits[1].{field}" for field in expected]


@pytest.mark.parametrize("meeting", ["board-pre-agm", "agm"])
@pytest.mark.parametrize(
    ("org", "docs", "missing"),
    [
        ({}, (LIMIT, RATE), None),
        ({}, ("ประกาศวงเงินกู้ยืม และประกาศอัตราดอกเบี้ยเงินฝาก",), None),
        ({}, (LIMIT,), "ประกาศเรื่องอัตราดอกเบี้ยเงินรับฝาก"),
        ({}, (RATE,), "ประกาศเรื่องวงเงินกู้ยืมหรือค้ำประกัน"),
        ({}, (ACT,), "ประกาศเรื่องวงเงินกู้ยืมหรือค้ำประกัน และประกาศเรื่องอัตราดอกเบี้ยเงินรับฝาก"),
        ({}, ("มติเรื่องวงเงินกู้ยืมปีก่อน", RATE), "ประกาศเรื่องวงเงินกู้ยืมหรือค้ำประกัน"),
        ({"balances": ("debts", "shares")}, (LIMIT,), None),
        ({"kind": "farmer_group", "balances": ("shares",)}, ("ประกาศนายทะเบียนสหกรณ์ เรื่องกลุ่มเกษตรกร",), None),
        ({"kind": "farmer_group", "balances": ("shares",)}, (ACT,), "ประกาศที่เกี่ยวข้องกับกลุ่มเกษตรกร"),
    ],
)
def test_the_notices_that_matter_are_brought_to_the_general_meeting(
    meeting: str, org: dict[str, Any], docs: tuple[str, ...], missing: str | None, base_plan: Plan, context: PlanContext
) -> None:
    plan = with_visit(with_one(base_plan, "orgs", 0, **org), 3, meeting=meeting, doc_refs=docs)
    found = findings("R24", plan, context)
    assert [one.at for one in found] == ([] if missing is None else ["visits[3].doc_refs"])
    assert all(f"ยังขาด{missing} (อ้างอิง docs.4)" in one.message for one in found)


def test_other_meetings_need_no_notice(base_plan: Plan, context: PlanContext) -> None:
    because = "แผนนี้ไม่มีการเข้าร่วมประชุมใหญ่หรือประชุมกรรมการก่อนประชุมใหญ่"
    assert skipped("R24", base_plan, context) == because


def test_an_agenda_nobody_asked_for(base_plan: Plan, context: PlanContext) -> None:
    (found,) = findings("R25", with_visit(base_plan, 0, agenda=()), context)
    assert found.at == "visits[0].agenda"
    assert "ยังไม่ได้ศึกษาระเบียบวาระของการประชุม" in found.message


@pytest.mark.parametrize("note", ["", "  ", "-", "ไปฟังก่อน", "รับฟัง", "เพื่อทราบ"])
def test_an_item_for_which_nothing_was_prepared_is_named(note: str, base_plan: Plan, context: PlanContext) -> None:
    agenda = [
        {"title": "รายงานหนี้ค้างชำระ", "prep_note": "รับฟังแล้วเสนอตัวเลขหนี้ค้างสามเดือน"},
        {"title": "ค่าตอบแทนกรรมการ", "prep_note": note},
    ]
    (found,) = findings("R25", with_visit(base_plan, 0, agenda=agenda), context)
    assert found.at == "visits[0].agenda[1].prep_note"
    assert "ยังไม่ได้ศึกษาวาระที่ 2 ค่าตอบแทนกรรมการ" in found.message
    assert "item 2 ค่าตอบแทนกรรมการ" in RULES["R25"].feedback_en % found.values


def test_only_a_monthly_meeting_has_to_have_an_agenda(base_plan: Plan, context: PlanContext) -> None:
    plan = with_visit(base_plan, 3, meeting="member-group", agenda=())
    assert places("R25", plan, context) == []
    assert skipped("R25", with_visit(plan, 0, meeting=None), context) == "แผนนี้ไม่มีการเข้าร่วมประชุมกรรมการประจำเดือน"
