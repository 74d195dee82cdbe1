"""Rules R03–R14: what a draft must rest on, whom it was talked over with, who does it by when, what is carried over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cps_training.content.library import Library
from cps_training.planning.model import Plan
from cps_training.planning.rules import drafting, issues
from cps_training.planning.rules.base import PlanContext, PlanRule

Read = Callable[[Path], Plan]
RULES = {rule.id: rule for rule in (*issues.RULES, *drafting.RULES)}
BROKEN = {
    "R03": ["issues[0].evidence"],
    "R04": ["issues[2].evidence[0].voices"],
    "R05": ["issues[0].text"],
    "R06": ["issues[1].academic_group", "issues[1].consulted_on"],
    "R07": ["issues[2].academic_group"],
    "R08": ["issues[3].returned_to_board_on"],
    "R09": ["projects_considered"],
    "R10": ["actions"],
    "R11": ["actions[0].owner", "actions[0].due"],
    "R12": ["previous[0].unresolved[1]"],
    "R13": [f"visits[2].study[{n}].done_on" for n in range(4)],
    "R14": ["all_group_meeting_on", "target_areas"],
}
DOCUMENT = {"id": "E1", "text": "งบการเงินปีบัญชี 2565", "kind": "document"}
DIALOGUE = {"id": "E2", "text": "บันทึกเสวนา", "kind": "dialogue", "dated": "2023-06-12"}


def written(**fields: Any) -> Plan:
    """A plan of one cooperative with nothing but the given fields."""
    org = {"id": "a", "name": "สหกรณ์บริการสมมติ จำกัด", "kind": "service"}
    return Plan.model_validate({"plan": "p", "written_on": "2023-07-04", "orgs": [org], **fields})


def problem(issue_id: str = "I1", **fields: Any) -> dict[str, Any]:
    return {"id": issue_id, "org": "a", "text": "หนี้ค้างชำระ", "kind": "problem", "root_cause": issue_id, **fields}


def need(**fields: Any) -> dict[str, Any]:
    return problem(**{"kind": "need", "text": "ขอลานตาก", **fields})


def places(rule: str, plan: Plan, context: PlanContext) -> list[str]:
    return [found.at for found in RULES[rule].check(plan, context)]


def messages(rule: str, plan: Plan, context: PlanContext) -> list[str]:
    return [found.message for found in RULES[rule].check(plan, context)]


def test_the_rules_are_those_of_the_family_and_their_clauses_are_in_the_handbook(library: Library) -> None:
    known = {clause.id for clause in library.handbook.clauses}
    assert sorted(RULES) == sorted(BROKEN)
    for rule in RULES.values():
        assert [clause for clause in rule.clauses if clause not in known] == []


def test_the_base_plan_breaks_no_rule_and_no_rule_is_skipped(base_plan: Plan, context: PlanContext) -> None:
    for rule in RULES.values():
        assert rule.nothing_to_see(base_plan, context) is None, rule.id
        assert places(rule.id, base_plan, context) == []


@pytest.mark.parametrize("rule", BROKEN)
def test_the_bad_example_breaks_its_rule_alone_and_where_expected(
    rule: str, examples: Path, read_plan: Read, context: PlanContext
) -> None:
    plan = read_plan(examples / rule / "fail.yaml")
    assert {one: at for one in RULES if (at := places(one, plan, context))} == {rule: BROKEN[rule]}
    for message in messages(rule, plan, context):
        assert message.endswith(f" (อ้างอิง {RULES[rule].clauses[0]})")
        assert "%(" not in message


@pytest.mark.parametrize("rule", BROKEN)
def test_the_good_example_breaks_none_and_its_rule_is_not_skipped(
    rule: str, examples: Path, read_plan: Read, context: PlanContext
) -> None:
    plan = read_plan(examples / rule / "pass.yaml")
    assert {one: at for one in RULES if (at := places(one, plan, context))} == {}
    assert RULES[rule].nothing_to_see(plan, context) is None


@pytest.mark.parametrize("rule", BROKEN)
def test_the_english_feedback_takes_the_values_of_the_thai(
    rule: str, examples: Path, read_plan: Read, context: PlanContext
) -> None:
    for found in RULES[rule].check(read_plan(examples / rule / "fail.yaml"), context):
        english = RULES[rule].feedback_en % found.values if found.values else RULES[rule].feedback_en
        assert "%(" not in english
        assert not any("\u0e01" <= letter <= "\u0e5b" for letter in english.replace("ปัญหาต่าง ๆ", ""))


@pytest.mark.parametrize("rule", [one for one in BROKEN if one != "R09"])
def test_an_empty_plan_has_nothing_to_see(rule: str, context: PlanContext) -> None:
    assert RULES[rule].nothing_to_see(written(), context)
    assert places(rule, written(), context) == []


# R03


@pytest.mark.parametrize(
    ("issue", "is_broken"),
    [
        (problem(evidence=[DOCUMENT]), False),
        (problem(), True),
        (problem(evidence=[DIALOGUE]), True),
        (need(evidence=[DIALOGUE]), False),
        (need(evidence=[{**DIALOGUE, "dated": None}]), True),
        (problem(evidence=[{**DOCUMENT, "text": ""}]), True),
        (problem(evidence=[{**DOCUMENT, "text": "ได้ยินมาว่าเงินขาด"}]), True),
        (problem(evidence=[{**DOCUMENT, "kind": "hearsay"}, DOCUMENT | {"id": "E9"}]), False),
    ],
)
def test_what_counts_as_a_document(issue: dict[str, Any], is_broken: bool, context: PlanContext) -> None:
    assert places("R03", written(issues=[issue]), context) == (["issues[0].evidence"] if is_broken else [])


# R04


@pytest.mark.parametrize(
    ("voices", "missing"),
    [
        (["members", "board", "management"], None),
        (["members", "management"], None),
        (["members"], "ขาดเสียงของกรรมการหรือฝ่ายจัดการ "),
        (["board", "management"], "ขาดเสียงของสมาชิก "),
        ([], "ขาดเสียงของสมาชิก และของกรรมการหรือฝ่ายจัดการ "),
    ],
)
def test_members_and_one_of_board_and_management_are_heard(
    voices: list[str], missing: str | None, context: PlanContext
) -> None:
    plan = written(issues=[need(evidence=[DOCUMENT, {**DIALOGUE, "voices": voices}])])
    assert places("R04", plan, context) == (["issues[0].evidence[1].voices"] if missing else [])
    assert all(missing in message for message in messages("R04", plan, context) if missing)


def test_a_need_without_dialogue_lacks_evidence_and_a_problem_needs_none(context: PlanContext) -> None:
    plan = written(issues=[problem(evidence=[DOCUMENT]), need(issue_id="I2", evidence=[DOCUMENT])])
    assert places("R04", plan, context) == ["issues[1].evidence"]
    assert RULES["R04"].nothing_to_see(written(issues=[problem()]), context) == "แผนยังไม่มีประเด็นที่เป็นความต้องการ"


# R05


@pytest.mark.parametrize(
    ("text", "is_broken"),
    [
        ("ปัญหาต่าง ๆ", True),
        ("ปัญหาต่างๆ ของสหกรณ์", True),
        ("อื่น ๆ", True),
        ("หนี้ค้างชำระและอื่นๆ", True),
        ("สมาชิกกู้เงินจากแหล่งอื่น ๆ", False),
        ("ไม่ส่งงบการเงินและอื่น ๆ ที่ผู้สอบบัญชีขอ 5 รายการ", False),
        ("หนี้ค้างชำระ 96 ราย", False),
    ],
)
def test_an_issue_that_holds_everything_is_none(text: str, is_broken: bool, context: PlanContext) -> None:
    assert places("R05", written(issues=[problem(text=text)]), context) == (["issues[0].text"] if is_broken else [])


def test_one_cause_is_one_issue_of_an_organisation_while_both_are_open(context: PlanContext) -> None:
    def of(**second: Any) -> list[str]:
        pair = [problem("I1", root_cause="ไม่มีผู้ติดตามหนี้"), problem("I2", **{"root_cause": "ไม่มีผู้ ติดตามหนี้", **second})]
        orgs = [{"id": name, "name": name, "kind": "service"} for name in ("a", "b")]
        return places("R05", written(issues=pair, orgs=orgs), context)

    assert of() == ["issues[1].root_cause"]
    assert of(root_cause="") == ["issues[1].root_cause"]
    assert of(org="b") == []
    assert of(status="closed") == []
    assert (
        "สาเหตุเดียวกับประเด็น I1"
        in messages("R05", written(issues=[problem(), problem("I2", root_cause="I1")]), context)[0]
    )


# R06, R07


@pytest.mark.parametrize("topic", ["law", "data", "other"])
def test_topics_outside_the_groups_need_no_consultation(topic: str, context: PlanContext) -> None:
    plan = written(issues=[problem(topic=topic)])
    assert places("R06", plan, context) == []
    assert RULES["R06"].nothing_to_see(plan, context)


@pytest.mark.parametrize("topic", ["formation", "marketing", "packaging", "people", "control", "capital", "training"])
def test_a_technical_topic_needs_its_group_and_the_day(topic: str, context: PlanContext) -> None:
    assert places("R06", written(issues=[problem(topic=topic, academic_group="centre")]), context) == [
        "issues[0].consulted_on"
    ]


@pytest.mark.parametrize(
    ("topic", "right", "point"),
    [
        ("formation", "formation", "19.1"),
        ("marketing", "business", "19.2"),
        ("packaging", "business", "19.2"),
        ("people", "management", "19.3"),
        ("control", "management", "19.3"),
        ("capital", "management", "19.3"),
        ("training", "centre", "19.4"),
    ],
)
def test_each_topic_has_one_partner(topic: str, right: str, point: str, context: PlanContext) -> None:
    for group in ("formation", "business", "management", "centre"):
        plan = written(issues=[problem(topic=topic, academic_group=group)])
        assert places("R07", plan, context) == ([] if group == right else ["issues[0].academic_group"])
        assert all(f"ข้อ {point} " in message for message in messages("R07", plan, context))


def test_a_group_left_out_is_not_the_wrong_one(context: PlanContext) -> None:
    assert places("R07", written(issues=[problem(topic="packaging")]), context) == []
    assert RULES["R07"].nothing_to_see(written(issues=[problem(topic="project", academic_group="centre")]), context)


# R08–R11


@pytest.mark.parametrize(
    ("talked_on", "is_broken"), [("2023-07-03", False), ("2023-07-04", True), ("2023-07-20", True), (None, True)]
)
def test_the_talk_comes_before_the_plan(talked_on: str | None, is_broken: bool, context: PlanContext) -> None:
    line = {"id": "A1", "issue": "I1", "text": "ทำลานตาก"}
    plan = written(
        issues=[need(origin="bottom_up", returned_to_board_on=talked_on)], actions=[line, {**line, "id": "A2"}]
    )
    assert places("R08", plan, context) == (["issues[0].returned_to_board_on"] if is_broken else [])


@pytest.mark.parametrize("named", [None, "I9"])
def test_a_bottom_up_line_without_issue_cannot_have_been_talked_over(named: str | None, context: PlanContext) -> None:
    plan = written(actions=[{"id": "A1", "issue": named, "text": "ทำลานตาก", "origin": "bottom_up"}])
    assert places("R08", plan, context) == ["actions[0].issue"]


def test_top_down_lines_have_nothing_to_be_talked_back(context: PlanContext) -> None:
    plan = written(
        issues=[need(origin="bottom_up")], actions=[{"id": "A1", "issue": "I1", "text": "ลดหนี้", "origin": "top_down"}]
    )
    assert RULES["R08"].nothing_to_see(plan, context)


@pytest.mark.parametrize(
    ("projects", "expected"),
    [
        (None, ["projects_considered"]),
        ([], []),
        ([{"name": "โครงการ ก", "decision": "used"}], []),
        ([{"name": "โครงการ ก"}], ["projects_considered[0].decision"]),
        ([{"name": "", "decision": "used"}], ["projects_considered[0].name"]),
        ([{"name": "โครงการ ก", "decision": "not-fitting"}], ["projects_considered[0].why"]),
    ],
)
def test_a_project_is_used_or_left_with_a_reason(
    projects: list[dict[str, str]] | None, expected: list[str], context: PlanContext
) -> None:
    assert places("R09", written(projects_considered=projects), context) == expected


def test_looking_and_finding_no_project_is_not_forgetting_them(context: PlanContext) -> None:
    assert RULES["R09"].nothing_to_see(written(projects_considered=[]), context)
    assert RULES["R09"].nothing_to_see(written(), context) is None


@pytest.mark.parametrize(
    ("origin", "policy", "refs", "expected"),
    [
        ("bottom_up", "ลดหนี้", [], []),
        ("bottom_up", "", ["ลดหนี้"], []),
        ("bottom_up", "", [], ["policy_refs"]),
        ("top_down", "ลดหนี้", [], ["actions"]),
        ("top_down", "", [], ["actions", "policy_refs"]),
    ],
)
def test_the_plan_answers_from_below_and_from_above(
    origin: str, policy: str, refs: list[str], expected: list[str], context: PlanContext
) -> None:
    line = {"id": "A1", "text": "ลดหนี้ค้าง", "origin": origin, "policy": policy}
    assert places("R10", written(actions=[line], policy_refs=refs), context) == expected


@pytest.mark.parametrize(
    ("owner", "is_somebody"),
    [
        ("เหรัญญิก", True),
        ("จนท. A", True),
        ("หัวหน้ากลุ่มส่งเสริมสหกรณ์ 1", True),
        ("กลุ่มส่งเสริม", False),
        ("กลุ่มส่งเสริมสหกรณ์ ๒", False),
        ("ผู้ที่เกี่ยวข้อง", False),
        ("", False),
    ],
)
def test_an_owner_is_somebody(owner: str, is_somebody: bool, context: PlanContext) -> None:
    line = {"id": "A1", "text": "ลดหนี้ค้าง", "owner": owner, "due": "2023-08-31"}
    assert places("R11", written(actions=[line]), context) == ([] if is_somebody else ["actions[0].owner"])


def test_open_issues_need_owner_and_due_and_closed_ones_do_not(context: PlanContext) -> None:
    plan = written(issues=[problem("I1", status="closed"), problem("I2")])
    assert places("R11", plan, context) == ["issues[1].owner", "issues[1].due"]
    assert messages("R11", plan, context)[1] == "ประเด็น I2 ยังไม่ระบุวันกำหนดเสร็จ (อ้างอิง cps.1.1.2)"


# R12


def carried(previous: dict[str, list[str]], *of_now: dict[str, Any]) -> Plan:
    """A plan after records {id: unresolved issues}, each of visit V-<id>."""
    old = [{"id": name, "visit": f"V-{name}", "orgs": ["a"], "unresolved": left} for name, left in previous.items()]
    return written(previous=old, issues=list(of_now))


@pytest.mark.parametrize(
    ("of_now", "expected"),
    [
        ([], ["previous[0].unresolved[0]", "previous[0].unresolved[1]"]),
        ([problem("I1", carried_from="P1")], ["previous[0].unresolved[1]"]),
        ([problem("I1", carried_from="P1"), problem("I2")], ["previous[0].unresolved[1]"]),
        ([problem("I1", carried_from="P1"), problem("I2", carried_from="T1")], []),
        ([problem("N1", carried_from="P1"), problem("N2", carried_from="V-P1")], []),
        ([problem("N1", carried_from="I2")], ["previous[0].unresolved[0]"]),
        ([problem("N1", carried_from="P1")], ["previous[0].unresolved[1]"]),
    ],
)
def test_everything_left_open_comes_back(
    of_now: list[dict[str, Any]], expected: list[str], context: PlanContext
) -> None:
    assert places("R12", carried({"P1": ["I1", "I2"]}, *of_now), context) == expected


def test_an_issue_of_the_same_id_from_another_record_is_another(context: PlanContext) -> None:
    plan = carried({"P1": ["I1"], "P2": ["I5"]}, problem("I1", carried_from="P2"))
    assert places("R12", plan, context) == ["previous[0].unresolved[0]"]


def test_one_closed_without_a_reason_is_told_once(context: PlanContext) -> None:
    plan = carried({"P1": ["I1"], "P2": ["I1"]}, problem("I1", carried_from="P2", status="closed"))
    assert places("R12", plan, context) == ["issues[0].closed_reason"]
    done = carried({"P1": ["I1"]}, problem("I1", carried_from="P1", status="closed", closed_reason="แก้ครบแล้ว"))
    assert places("R12", done, context) == []


def test_records_with_nothing_left_open_leave_nothing_to_carry(context: PlanContext) -> None:
    assert RULES["R12"].nothing_to_see(carried({"P1": []}), context) == "ไม่มีประเด็นค้างจากครั้งก่อน"


# R13


def visit(done_on: str | None = "2023-07-10", left_out: str = "", **fields: Any) -> dict[str, Any]:
    items = ("profile", "audit-note", "last-record", "minutes")
    study = [{"item": item, "done_on": done_on} for item in items if item != left_out]
    return {"id": "V1", "orgs": ["a"], "study": study, "planned_date": "2023-07-14", **fields}


APPROVED = {"decision": "approved", "decided_on": "2023-07-12"}


@pytest.mark.parametrize(
    ("planned", "is_broken"),
    [
        (visit("2023-07-12", **APPROVED), False),
        (visit("2023-07-13", **APPROVED), True),
        (visit("2023-07-13"), False),
        (visit("2023-07-14"), True),
        (visit(None), True),
        (visit("2023-07-13", decision="returned", decided_on="2023-07-12"), False),
    ],
)
def test_study_ends_by_the_approval_and_before_the_day(
    planned: dict[str, Any], is_broken: bool, context: PlanContext
) -> None:
    expected = [f"visits[0].study[{n}].done_on" for n in range(4)] if is_broken else []
    assert places("R13", written(visits=[planned]), context) == expected


def test_what_was_not_studied_at_all_is_named_at_once(context: PlanContext) -> None:
    plan = written(visits=[visit(), {"id": "V2", "orgs": ["a"]}, visit(left_out="minutes", id="V3")])
    assert places("R13", plan, context) == ["visits[1].study", "visits[2].study"]
    first, second = messages("R13", plan, context)
    assert "บันทึกการเข้าครั้งก่อน และรายงานการประชุมให้เสร็จ" in first
    assert second.startswith("ยังไม่ได้ศึกษารายงานการประชุมให้เสร็จ")


@pytest.mark.parametrize(("registered_on", "is_broken"), [("2023-05-15", False), ("2022-07-04", True), (None, True)])
def test_the_newly_registered_have_no_audit_note(
    registered_on: str | None, is_broken: bool, context: PlanContext
) -> None:
    org = {"id": "a", "name": "สหกรณ์บริการสมมติ จำกัด", "kind": "service", "registered_on": registered_on}
    plan = written(orgs=[org], visits=[visit(left_out="audit-note")])
    assert places("R13", plan, context) == (["visits[0].study"] if is_broken else [])


# R14


@pytest.mark.parametrize(
    ("met_on", "is_broken"),
    [("2023-07-03", False), ("2023-05-31", False), ("2023-05-30", True), ("2023-08-01", True), (None, True)],
)
def test_the_meeting_is_of_the_month(met_on: str | None, is_broken: bool, context: PlanContext) -> None:
    month = {"covers": ["2023-07-01", "2023-07-31"]}
    plan = written(month=month, all_group_meeting_on=met_on, target_areas=["ตำบลสมมติ"])
    assert places("R14", plan, context) == (["all_group_meeting_on"] if is_broken else [])


def test_without_a_month_there_is_no_meeting_to_add(context: PlanContext) -> None:
    assert RULES["R14"].nothing_to_see(written(), context) == "แผนยังไม่มีปฏิทินรายเดือน"


def test_rules_have_whole_texts_in_both_languages() -> None:
    texts = ("title", "title_en", "feedback", "feedback_en", "why", "why_en")

    def lacking(rule: PlanRule) -> list[str]:
        return [name for name in texts if len(getattr(rule, name, "")) < 10]

    assert {rule.id: lacking(rule) for rule in RULES.values() if lacking(rule)} == {}


def test_today_is_the_monday_the_examples_are_checked_on(context: PlanContext) -> None:
    assert context.today == date(2023, 7, 24)
    assert context.working_days_after(date(2023, 7, 27), 1) == date(2023, 8, 3)
