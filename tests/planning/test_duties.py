"""R37–R42, R45, R46, R48: duties to every organisation, and what an issue must hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from cps_training.places import shipped
from cps_training.planning.model import Plan
from cps_training.planning.rules.base import PlanContext, PlanRule, Settings
from cps_training.planning.rules.duties import (
    BalancesConfirmed,
    CreditReminded,
    FirstMeetingInTime,
    MinutesReceived,
    OrdersTracked,
)
from cps_training.planning.rules.duty_issues import (
    CycleComplete,
    DataGapsListed,
    FeasibilityShown,
    RightLaw,
)
from cps_training.planning.rules.duty_words import cites_the_act, own_verdicts

WORDS = {
    name: tuple(words)
    for name, words in yaml.safe_load((shipped() / "data/planning/words/duties.yaml").read_text("utf-8")).items()
}
RULES: dict[str, PlanRule] = {
    rule.id: rule
    for rule in (
        BalancesConfirmed(),
        OrdersTracked(),
        CreditReminded(),
        FirstMeetingInTime(),
        MinutesReceived(),
        FeasibilityShown(),
        CycleComplete(),
        DataGapsListed(),
        RightLaw(),
    )
}
BROKEN = {
    "R37": ["orgs[0].balances"],
    "R38": ["orgs[1].open_orders[0]", "records[1].advice[1]", "records[1].actions[1].what"],
    "R39": ["orgs[0].state_credit[0].reminders"],
    "R40": ["visits[5].planned_date"],
    "R41": ["orgs[1].minutes_copies"],
    "R42": ["issues[3].feasibility.source"],
    "R45": ["issues[0].prevention"],
    "R46": ["orgs[1].data_gaps"],
    "R48": ["issues[4].law"],
}


def a_plan(**given: Any) -> Plan:
    """A plan of one old cooperative, with what is given instead; `org` changes the cooperative."""
    org = {"id": "A", "name": "สหกรณ์สมมติ", "kind": "agricultural", **given.pop("org", {})}
    return Plan.model_validate({"plan": "p", "written_on": date(2023, 7, 4), "orgs": [org], **given})


def a_visit(**given: Any) -> dict[str, Any]:
    return {"id": "V1", "orgs": ["A"], "planned_date": date(2023, 7, 11), **given}


def an_issue(**given: Any) -> dict[str, Any]:
    return {"id": "I1", "org": "A", "text": "เรื่องหนึ่ง", "kind": "problem", **given}


def places(rule_id: str, plan: Plan, context: PlanContext) -> list[str]:
    return [found.at for found in RULES[rule_id].check(plan, context)]


# The examples ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule_id", RULES)
def test_the_bad_example_breaks_its_own_rule_only_and_says_the_clause(rule_id, examples: Path, read_plan, context):
    plan = read_plan(examples / rule_id / "fail.yaml")
    found = [finding for rule in RULES.values() for finding in rule.check(plan, context)]
    assert [(one.rule, one.at) for one in found] == [(rule_id, at) for at in BROKEN[rule_id]]
    for one in found:
        assert one.message.endswith(f"(อ้างอิง {RULES[rule_id].clauses[0]})")
        assert "%(" not in one.message
        assert RULES[rule_id].feedback_en % one.values


@pytest.mark.parametrize("rule_id", RULES)
def test_the_good_example_has_something_to_see_and_breaks_nothing(rule_id, examples: Path, read_plan, context):
    plan = read_plan(examples / rule_id / "pass.yaml")
    assert RULES[rule_id].nothing_to_see(plan, context) is None
    assert [finding for rule in RULES.values() for finding in rule.check(plan, context)] == []


def test_the_base_plan_is_sound(base_plan, context):
    assert [finding for rule in RULES.values() for finding in rule.check(base_plan, context)] == []


@pytest.mark.parametrize(
    ("rule_id", "has_nothing"),
    [("R37", True), ("R38", True), ("R39", True), ("R40", True), ("R41", False), ("R42", True), ("R45", True), ("R46", False), ("R48", True)],
)  # fmt: skip
def test_a_plan_with_nothing_of_the_kind_is_skipped_with_a_reason(rule_id, has_nothing, context):
    said = RULES[rule_id].nothing_to_see(a_plan(), context)
    assert bool(said) is has_nothing
    if said:
        assert places(rule_id, a_plan(), context) == []


# R37 ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("balances", "confirms", "counts_cash", "missing"),
    [
        (["debts"], ["debts"], True, None),
        (["debts", "shares"], ["debts", "shares", "deposits"], True, None),
        (["debts", "shares", "deposits"], [], True, "การสอบทานหนี้ หุ้น และเงินฝาก"),
        (["debts", "shares"], [], True, "การสอบทานหนี้และหุ้น"),
        (["debts", "deposits"], ["debts"], True, "การสอบทานเงินฝาก"),
        (["debts"], ["debts"], False, "การติดตามให้กรรมการตรวจนับเงินสด"),
    ],
)
def test_only_balances_it_has_are_to_be_confirmed_and_cash_counts_followed(
    balances, confirms, counts_cash, missing, context
):
    plan = a_plan(org={"balances": balances}, visits=[a_visit(confirms=confirms, counts_cash=counts_cash)])
    found = list(RULES["R37"].check(plan, context))
    assert [one.values["missing"] for one in found] == ([missing] if missing else [])


@pytest.mark.parametrize(
    ("day", "is_enough"),
    [
        (date(2023, 9, 29), True),
        (date(2022, 10, 3), True),
        (date(2023, 10, 2), False),
        (date(2022, 9, 30), False),
        (None, False),
    ],
)
def test_a_confirmation_counts_in_its_fiscal_year_and_with_a_day(day, is_enough, context):
    visit = a_visit(planned_date=day, confirms=["debts"], counts_cash=True)
    plan = a_plan(org={"balances": ["debts"]}, visits=[visit])
    assert (places("R37", plan, context) == []) is is_enough


def test_two_visits_confirm_together_but_not_for_another_cooperative(context):
    other = {"id": "B", "name": "สหกรณ์อื่น", "kind": "savings", "balances": ["shares"]}
    visits = [a_visit(confirms=["debts"], counts_cash=True), a_visit(id="V2", confirms=["shares"])]
    plan = a_plan(org={"balances": ["debts", "shares"]}, visits=visits)
    plan = Plan.model_validate({**plan.model_dump(), "orgs": [*plan.model_dump()["orgs"], other]})
    assert places("R37", plan, context) == ["orgs[1].balances"]


# R38 ------------------------------------------------------------------------------------------------------------

ORDERS = [
    {"id": "O1", "issued_on": date(2023, 2, 6), "items": ["เรียกเงินคืน"]},
    {"id": "O2", "issued_on": date(2023, 3, 6), "items": ["แก้ระเบียบ"]},
]


def test_every_open_order_has_its_own_line(context):
    plan = a_plan(org={"open_orders": ORDERS}, visits=[a_visit(tracks_orders=["O2"])])
    (found,) = RULES["R38"].check(plan, context)
    assert found.at == "orgs[0].open_orders[0]"
    assert "O1" in found.message


def a_record(**given: Any) -> dict[str, Any]:
    return {"id": "R1", "visit": "V1", "orgs": ["A"], **given}


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"facts": ["ผู้จัดการขอให้ไกล่เกลี่ยแล้วปิดเรื่อง"]}, []),
        ({"advice": ["ให้เรียกเงินคืนตามคำสั่งข้อ 1"]}, []),
        ({"advice": ["ให้เรียกเงินคืน", "คืนเงินแล้วไม่ต้องแจ้งใคร"]}, ["records[0].advice[1]"]),
        ({"actions": [{"what": "นัดยอมความกับผู้จัดการ"}]}, ["records[0].actions[0].what"]),
    ],
)
def test_facts_may_quote_what_advice_and_agreements_may_not_say(given, found, context):
    visits = [a_visit(tracks_orders=["O1", "O2"])]
    plan = a_plan(org={"open_orders": ORDERS}, visits=visits, records=[a_record(**given)])
    assert places("R38", plan, context) == found


def test_the_words_are_free_where_no_order_is_open(context):
    other = {"id": "B", "name": "สหกรณ์อื่น", "kind": "savings", "open_orders": ORDERS[:1]}
    orgs = [{"id": "A", "name": "สหกรณ์สมมติ", "kind": "savings"}, other]
    visits = [a_visit(orgs=["A", "B"], tracks_orders=["O1"])]
    record = a_record(advice=["ให้คณะกรรมการไกล่เกลี่ยข้อพิพาทระหว่างสมาชิกเรื่องคิวน้ำ"])
    plan = a_plan(orgs=orgs, visits=visits, records=[record])
    assert places("R38", plan, context) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ไกล่เกลี่ยให้คืนเงินแล้วจบ", ["ไกล่เกลี่ย"]),
        ("ห้ามไกล่เกลี่ยกันเอง", []),
        ("ไม่ให้ไกล่เกลี่ยหรือยอมความกันเอง", []),
        ("ไม่ไกล่เกลี่ย", []),
        ("ห้ามแจ้งผู้สอบบัญชี ให้ปิดเรื่อง", ["ปิดเรื่อง"]),
        ("อย่าเรียกเงินคืนแต่ให้ยอมความ", ["ยอมความ"]),
        ("ผู้จัดการเป็นผู้ทุจริต", ["เป็นผู้ทุจริต"]),
        ("ให้ที่ประชุมตัดสินว่าจะใช้แบบใด", []),
        ("ไม่ควรสรุปว่าผู้จัดการเป็นผู้ทุจริต", []),
        ("ไม่ต้องแจ้งสำนักงาน", ["ไม่ต้องแจ้ง"]),
    ],
)
def test_a_warning_against_settling_is_no_settling(text, found):
    assert own_verdicts(text, WORDS) == found


# R39 ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reminders", "latest"),
    [
        ([date(2023, 8, 31), date(2023, 9, 23)], None),
        ([date(2023, 8, 31), date(2023, 9, 1)], None),
        ([date(2023, 8, 31)], "23 ก.ย. 2566"),
        ([date(2023, 9, 1), date(2023, 9, 23)], "31 ส.ค. 2566"),
        ([date(2023, 8, 31), date(2023, 9, 24)], "23 ก.ย. 2566"),
        ([], "31 ส.ค. 2566 และ 23 ก.ย. 2566"),
        ([date(2023, 10, 10)], "31 ส.ค. 2566 และ 23 ก.ย. 2566"),
    ],
)
def test_a_loan_due_on_30_september_is_reminded_30_and_7_days_before(reminders, latest, context):
    credit = {"id": "C1", "fund": "faf", "due_on": date(2023, 9, 30), "reminders": reminders}
    found = list(RULES["R39"].check(a_plan(org={"state_credit": [credit]}), context))
    assert [one.values["latest"] for one in found] == ([latest] if latest else [])


def test_the_days_before_are_the_offices_own(context):
    credit = {"id": "C1", "fund": "cdf", "due_on": date(2023, 9, 30), "reminders": [date(2023, 8, 31)]}
    plan = a_plan(org={"state_credit": [credit]})
    assert places("R39", plan, replace(context, settings=Settings(remind_days=(30,)))) == []
    assert places("R39", plan, replace(context, settings=Settings(remind_days=(45,)))) != []


@pytest.mark.parametrize(
    ("due", "reminders", "latest"),
    [
        (date(2023, 7, 24), [date(2023, 7, 10)], None),
        (date(2023, 7, 24), [], "17 ก.ค. 2566"),
        (date(2023, 7, 6), [], "6 ก.ค. 2566"),
        (date(2023, 7, 6), [date(2023, 7, 5)], None),
        (date(2023, 7, 3), [], None),
    ],
)
def test_no_reminder_is_asked_for_on_a_day_gone_by_when_the_plan_was_written(due, reminders, latest, context):
    credit = {"id": "C1", "fund": "cdf", "due_on": due, "reminders": reminders}
    found = list(RULES["R39"].check(a_plan(org={"state_credit": [credit]}), context))
    assert [one.values["latest"] for one in found] == ([latest] if latest else [])


# R40 ------------------------------------------------------------------------------------------------------------

NEW = {"registered_on": date(2023, 5, 15)}


def first_meeting(day: date | None, step: date | str | None = date(2023, 7, 27)) -> list[dict[str, Any]]:
    meeting = a_visit(id="V2", planned_date=day, meeting="first-general")
    return [meeting] if step == "none" else [a_visit(planned_date=step, is_first_meeting_step=True), meeting]


@pytest.mark.parametrize(
    ("visits", "found"),
    [
        (first_meeting(date(2023, 8, 11)), []),
        (first_meeting(date(2023, 8, 13)), []),
        (first_meeting(date(2023, 8, 14)), ["visits[1].planned_date"]),
        (first_meeting(date(2023, 10, 12)), ["visits[1].planned_date"]),
        (first_meeting(None), ["visits[1].planned_date"]),
        ([], ["orgs[0].registered_on"]),
        (first_meeting(date(2023, 8, 11), "none"), ["visits[0].meeting"]),
        (first_meeting(date(2023, 8, 11), date(2023, 8, 11)), ["visits[0].planned_date"]),
        (first_meeting(date(2023, 8, 11), None), ["visits[0].planned_date"]),
    ],
)
def test_the_first_meeting_is_within_90_days_with_a_step_before_it(visits, found, context):
    assert places("R40", a_plan(org=NEW, visits=visits), context) == found


def test_the_days_of_the_first_meeting_are_a_setting(context):
    plan = a_plan(org=NEW, visits=first_meeting(date(2023, 8, 11)))
    assert places("R40", plan, replace(context, settings=Settings(first_meeting_days=60))) == ["visits[1].planned_date"]


@pytest.mark.parametrize(
    "org", [{**NEW, "first_meeting_held_on": date(2023, 7, 1)}, {"registered_on": date(1994, 3, 16)}, {}]
)
def test_an_organisation_with_its_first_meeting_behind_it_is_left_alone(org, context):
    assert RULES["R40"].nothing_to_see(a_plan(org=org), context)
    assert places("R40", a_plan(org=org), context) == []


# R41 ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("org", "missing"),
    [
        ({"minutes_copies": ["2023-05", "2023-06"]}, None),
        ({"minutes_copies": ["2023-06", "2023-07"]}, "พ.ค. 2566"),
        ({}, "พ.ค. 2566 และ มิ.ย. 2566"),
        ({"first_meeting_held_on": date(2023, 5, 20)}, "มิ.ย. 2566"),
        (NEW, None),
    ],
)
def test_the_minutes_of_the_two_months_before_the_plan_have_come(org, missing, context):
    found = list(RULES["R41"].check(a_plan(org=org), context))
    assert [one.values["missing"] for one in found] == ([missing] if missing else [])


def test_the_months_before_january_are_of_the_year_before(context):
    plan = a_plan(written_on=date(2023, 1, 9), org={"minutes_copies": ["2022-12"]})
    (found,) = RULES["R41"].check(plan, context)
    assert (found.values["missing"], found.values["missing_en"]) == ("พ.ย. 2565", "Nov 2022")


def test_a_plan_of_new_organisations_only_has_no_minutes_to_see(context):
    assert RULES["R41"].nothing_to_see(a_plan(org=NEW), context)


# R42, R45, R46 --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("feasibility", "at", "missing"),
    [
        ({"invest": 900_000, "source": "ทุนสำรอง", "payback_years": 4.5}, None, ""),
        (None, "issues[0].feasibility", "เงินลงทุน แหล่งเงินทุน และระยะเวลาคืนทุน"),
        ({"invest": 0, "source": "ทุนสำรอง", "payback_years": 4.5}, "issues[0].feasibility.invest", "เงินลงทุน"),
        ({"invest": 900_000, "source": " ", "payback_years": 4.5}, "issues[0].feasibility.source", "แหล่งเงินทุน"),
        ({"invest": 900_000, "source": "ทุนสำรอง"}, "issues[0].feasibility.payback_years", "ระยะเวลาคืนทุน"),
    ],
)
def test_a_project_shows_investment_source_and_payback(feasibility, at, missing, context):
    found = list(RULES["R42"].check(a_plan(issues=[an_issue(topic="project", feasibility=feasibility)]), context))
    assert [(one.at, one.values["missing"]) for one in found] == ([(at, missing)] if at else [])


def test_what_is_closed_or_no_project_needs_no_figures(context):
    closed = an_issue(topic="project", status="closed", closed_reason="สมาชิกถอนข้อเสนอ")
    plan = a_plan(issues=[closed, an_issue(id="I2", topic="credit")])
    assert places("R42", plan, context) == []
    assert RULES["R42"].nothing_to_see(plan, context)


WHOLE = {"root_cause": "ก", "target": "ข", "method": "ค", "indicator": "ง", "prevention": "จ"}


@pytest.mark.parametrize("field", WHOLE)
def test_an_issue_states_every_step_of_the_cycle(field, context):
    plan = a_plan(issues=[an_issue(**WHOLE), an_issue(id="I2", **{**WHOLE, field: "  "})])
    assert places("R45", plan, context) == [f"issues[1].{field}"]


def test_an_empty_issue_is_told_once_with_all_it_lacks(context):
    (found,) = RULES["R45"].check(a_plan(issues=[an_issue()]), context)
    assert found.at == "issues[0].root_cause"
    assert "สาเหตุ เป้าหมาย วิธีดำเนินการ ตัววัดผล และวิธีป้องกันไม่ให้เกิดซ้ำ" in found.message


@pytest.mark.parametrize(
    ("gaps", "found"),
    [
        (None, ["orgs[0].data_gaps"]),
        ([], []),
        (["ทะเบียนสมาชิกไม่มีพื้นที่ปลูก"], []),
        (["ทะเบียนสมาชิก", " "], ["orgs[0].data_gaps[1]"]),
    ],
)
def test_to_have_looked_and_found_nothing_is_an_answer(gaps, found, context):
    assert places("R46", a_plan(org={"data_gaps": gaps}), context) == found


# R48 ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("พ.ร.บ.สหกรณ์ มาตรา 54", True),
        ("พ.ร.บ. สหกรณ์ พ.ศ. ๒๕๔๒ มาตรา ๗๐", True),
        ("พระราชบัญญัติสหกรณ์ พ.ศ. 2542", True),
        ("พรบ.สหกรณ์ ม. 60 และ พ.ร.ฎ. ว่าด้วยกลุ่มเกษตรกร", True),
        ("พ.ร.ฎ. ว่าด้วยกลุ่มเกษตรกร มาตรา 32 ไม่ใช้ พ.ร.บ.สหกรณ์ มาตรา 70", False),
        ("พระราชกฤษฎีกาว่าด้วยกลุ่มเกษตรกร พ.ศ. 2547 มาตรา 32", False),
        ("พระราชกฤษฎีกาว่าด้วยกลุ่มเกษตรกร ออกตามพระราชบัญญัติสหกรณ์", False),
        ("พระราชบัญญัติสหกรณ์ มาตรา 119", False),
        ("พ.ร.บ.สหกรณ์ มาตรา 119 และมาตรา 54", True),
        ("มาตรา 54", False),
        ("ข้อบังคับของกลุ่ม ข้อ 12", False),
        ("", False),
    ],
)
def test_what_cites_the_cooperatives_act(text, is_wrong):
    assert cites_the_act(text, WORDS) is is_wrong


@pytest.mark.parametrize(
    ("kind", "issue", "found"),
    [
        ("farmer_group", {"law": "พ.ร.บ.สหกรณ์ มาตรา 54"}, ["issues[0].law"]),
        ("farmer_group", {"text": "จัดประชุมใหญ่เกินกำหนดตาม พ.ร.บ.สหกรณ์ มาตรา 54"}, ["issues[0].text"]),
        ("farmer_group", {"law": "พ.ร.บ.สหกรณ์ มาตรา 54", "status": "closed"}, []),
        ("agricultural", {"law": "พ.ร.บ.สหกรณ์ มาตรา 54"}, []),
    ],
)
def test_only_a_farmer_groups_open_issue_is_looked_at(kind, issue, found, context):
    assert places("R48", a_plan(org={"kind": kind}, issues=[an_issue(**issue)]), context) == found
