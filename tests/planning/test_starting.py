"""What a plan begins from: the board of a case as its reader left it, a template, nothing. Nothing of the expert's comes along."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cps_training.casework.response import BoardFinding
from cps_training.content.cases.case import FIGURE
from cps_training.errors import AttemptError
from cps_training.places import shipped
from cps_training.planning.editing import read
from cps_training.planning.starting import from_case, from_nothing, from_template
from cps_training.planning.templates import templates

DAY = date(2023, 7, 24)
ORG = {"name": "กลุ่มเกษตรกรทำนาแบบฝึก", "kind": "farmer_group"}


@pytest.fixture
def begin(library):
    """begin(case id, findings): the document of a plan from that board."""

    def make(case_id: str, *findings: BoardFinding, **more: Any) -> dict[str, Any]:
        case = library.cases[case_id]
        return from_case(case, findings, library.catalogue, plan_id="p1", written_on=DAY, **more)

    return make


def found(kind: str | None = None, **more: Any) -> BoardFinding:
    return BoardFinding(id=f"f-{kind or 'own'}", kind=kind, **more)


def test_every_finding_is_an_issue_in_the_boards_order_with_its_cause_clauses_and_group(begin):
    first = found("stock-short", clauses=("practice.7",), cause="duties-not-separated", partner="management")
    made = begin("thung-sathit", first, found("borrowing-over-limit", partner="provincial"), found(words="สมาชิกไม่มา"))
    one, two, three = made["issues"]
    assert (one["problem"], one["text"], one["clauses"]) == ("stock-short", "สินค้าในคลังขาดจากบัญชี", ["practice.7"])
    assert (one["root_cause"], one["academic_group"]) == ("ไม่ได้แบ่งแยกหน้าที่และไม่มีการตรวจทาน", "management")
    assert (two["problem"], two["topic"], two.get("academic_group")) == ("borrowing-over-limit", "capital", None)
    assert (three.get("problem"), three["text"], three.get("topic")) == (None, "สมาชิกไม่มา", None)
    assert [issue["priority"] for issue in made["issues"]] == [1, 2, 3]
    assert {issue["org"] for issue in made["issues"]} == {made["orgs"][0]["id"]}


def test_ranks_are_priorities_and_the_last_of_many_share_the_lowest(begin):
    made = begin(
        "thung-sathit", found("stock-short", rank=2), found("no-confirmation", rank=2), found("arrears-rising", rank=30)
    )
    assert [issue["priority"] for issue in made["issues"]] == [2, 2, 9]


def test_what_its_writer_said_stands_with_the_finding(begin):
    (issue,) = begin("thung-sathit", found("stock-short", words=" ปุ๋ย  200 กระสอบ "))["issues"]
    assert issue["text"] == "สินค้าในคลังขาดจากบัญชี (ปุ๋ย 200 กระสอบ)"


def test_marked_papers_are_evidence_once_each_with_their_day_and_the_accounts_with_their_figures(begin, library):
    case = library.cases["thung-sathit"]
    hearsay = next(one for one in case.papers if one.reliability == "hearsay")
    paper = next(one for one in case.papers if one.reliability == "document" and len(one.lines) > 3)
    lines = [reference for reference, (one, _) in case.line_of.items() if one.id == paper.id]
    spoken = next(reference for reference, (one, _) in case.line_of.items() if one.id == hearsay.id)
    marked = (*lines[:2], FIGURE + "inventory", spoken, FIGURE + "de_ratio")
    (issue,) = begin("thung-sathit", found("stock-short", evidence=marked))["issues"]
    first, second, third = issue["evidence"]
    assert (first["text"], first["kind"], first["dated"]) == (paper.title.th, "document", paper.date.isoformat())
    assert (second["text"], second["kind"], second["dated"]) == (hearsay.title.th, "hearsay", hearsay.date.isoformat())
    assert (third["kind"], "dated" in third) == ("document", False)
    assert third["text"].startswith("งบการเงินปีบัญชี 2566: สินค้าคงเหลือ, ")
    assert len({one["id"] for one in issue["evidence"]}) == 3


def test_orders_of_the_deputy_registrar_come_item_by_item_and_other_letters_do_not(begin):
    (org,) = begin("ban-chamlong")["orgs"]
    assert org["open_orders"] == [
        {
            "id": "O1",
            "issued_on": "2023-02-06",
            "items": ["แก้ไขการควบคุมเงินสด", "หาผู้รับผิดชอบ", "ดำเนินการตามกฎหมาย", "รายงานทุกเดือน"],
        }
    ]
    assert "open_orders" not in begin("nong-sathok")["orgs"][0]  # of the auditing office and of a fund
    assert "open_orders" not in begin("ban-baepfuek")["orgs"][0]


def test_loans_of_state_funds_come_with_their_due_day_and_those_of_banks_do_not(begin):
    assert begin("thung-sathit")["orgs"][0]["state_credit"] == [{"id": "L1", "fund": "cdf", "due_on": "2023-03-31"}]
    assert [one["fund"] for one in begin("ban-baepfuek")["orgs"][0]["state_credit"]] == ["faf", "faf"]
    assert "state_credit" not in begin("ban-chamlong")["orgs"][0]


def test_what_the_tables_show_of_balances_and_minutes_comes_along_but_no_forecast(begin):
    (org,) = begin("wittayalai-tuayang")["orgs"]
    assert (org["kind"], org["balances"]) == ("savings", ["debts", "shares", "deposits"])
    assert org["minutes_copies"] == ["2023-02", "2023-03", "2023-04", "2023-05", "2023-06"]
    (new,) = begin("doen-rot-sommut")["orgs"]
    assert (new["registered_on"], "balances" in new, "first_meeting_held_on" in new) == ("2023-05-15", False, False)


def test_minutes_that_did_not_come_orders_that_are_closed_and_loans_paid_back_stay_away(begin, library):
    assert begin("ban-chamlong")["orgs"][0]["minutes_copies"] == ["2022-08", "2022-09", "2022-10"]  # of twelve meetings
    case = library.cases["ban-chamlong"]
    loan = {**library.cases["thung-sathit"].tables["borrowing"][0], "outstanding": 0}
    orders = tuple({**row, "status": "closed"} for row in case.tables["orders"])
    settled = replace(case, source=replace(case.source, tables={**case.tables, "orders": orders, "borrowing": (loan,)}))
    (org,) = from_case(settled, (), library.catalogue, plan_id="p1", written_on=DAY)["orgs"]
    assert ("open_orders" in org, "state_credit" in org) == (False, False)


def test_a_board_brings_nothing_of_what_is_planted(begin, library):
    for case_id, case in library.cases.items():
        said = json.dumps(begin(case_id, found(words="ยังไม่แน่ใจ")), ensure_ascii=False)
        for problem in case.said.problems:
            assert problem.kind not in said
            assert problem.why.th not in said
            assert not [name for name in problem.figures if name in said]


def test_the_whole_board_of_every_case_makes_a_plan(begin, library):
    for case_id, case in library.cases.items():
        board = [
            found(one.kind, evidence=case.evidence_for[one.kind], clauses=one.clauses[:3], cause=one.causes[0])
            for one in case.said.problems
        ]
        plan = read(begin(case_id, *board, title="แผนของฉัน"))
        assert (plan.title, plan.written_on, len(plan.issues)) == ("แผนของฉัน", DAY, len(board))
        assert all(one.evidence for one in plan.issues), case_id


def test_a_template_takes_the_name_kind_and_title_given_and_visits_on_open_days():
    template = templates(shipped())["monthly-agricultural"]
    closed = date(2026, 12, 9)
    made = from_template(
        template,
        "p1",
        date(2026, 11, 23),
        is_office_day=lambda day: day.weekday() < 5 and day != closed,
        org=ORG,
        title="ก",
    )
    assert (made["title"], made["orgs"][0]["name"], made["orgs"][0]["kind"]) == ("ก", ORG["name"], ORG["kind"])
    assert {issue["org"] for issue in made["issues"]} == {made["orgs"][0]["id"]}
    days = [visit["planned_date"] for visit in made["visits"]]
    assert days == ["2026-12-02", "2026-12-10", "2026-12-16"]


def test_from_nothing_there_is_one_organisation_with_a_name_and_a_kind_of_the_law():
    made = from_nothing("p1", DAY, {**ORG, "name": "  กลุ่มเกษตรกรทำนาแบบฝึก "})
    assert [(one["name"], one["kind"]) for one in made["orgs"]] == [(ORG["name"], ORG["kind"])]
    assert made["written_on"] == "2023-07-24"
    for org in (
        None,
        {"name": "ก", "kind": "bank"},
        {"name": " ", "kind": "service"},
        {"name": "ก" * 201, "kind": "service"},
    ):
        with pytest.raises(AttemptError, match="โปรดกรอกชื่อ"):
            from_nothing("p1", DAY, org)
