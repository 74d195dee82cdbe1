"""Work on a plan: who may take which step, what is frozen, two people at once, days that go by; and that nothing is performed unapproved."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest

from cps_training.errors import AttemptError
from cps_training.planning.editing import ABSENT, Change, read, written
from cps_training.planning.gating import judge_of
from cps_training.planning.model import Plan
from cps_training.planning.rules.registry import RULES
from cps_training.planning.work import PlanWork, today_of
from cps_training.planning.workflow_table import DECISIONS, State
from tests.planning.table import FRIEND, HEAD, OFFICER, RECORD, REPORT, Table


@pytest.fixture
def table(base_plan, context):
    """Alone, on 4 July."""
    return Table(base_plan, context)


@pytest.fixture
def office(base_plan, context):
    """In the office, on 4 July."""
    return Table(base_plan, context, "office")


def refusal(do, *given, **more):
    """The refusal of a step."""
    with pytest.raises(AttemptError) as refused:
        do(*given, **more)
    return refused.value


def replayed(work):
    """The same steps, derived anew."""
    return PlanWork(work.plan_id, work.owner, work.mode, work.started_at, work.steps)


# Beginning and editing ------------------------------------------------------------------------------------------


def test_a_plan_begins_as_a_draft_whatever_its_source_had(table, office):
    assert {standing.state for standing in table.work.standings.values()} == {State.DRAFT}
    assert table.field("visits", "V1", "decision") is ABSENT
    assert (table.field("records"), table.field("reports")) == (ABSENT, ABSENT)
    assert table.field("visits", "V1", "objective").startswith("ให้คณะกรรมการ")
    assert (table.work.day, office.work.day) == (date(2023, 7, 4), None)
    assert table.work.title.startswith("แผนเข้าแนะนำ")
    assert refusal(table.take, "begin", {"document": {}, "source": {"kind": "nothing"}}).code == "bad-step"


@pytest.mark.parametrize(
    "detail", [{}, {"document": {}, "source": {"kind": "nothing"}}, {"document": 3, "source": {"kind": "case"}}]
)
def test_what_is_no_plan_is_not_begun(table, detail):
    table.work = PlanWork("p", OFFICER, "solo", table.work.started_at)
    assert refusal(table.take, "begin", detail).code in ("bad-step", "bad-change")
    assert refusal(table.edit, "title", after="ก").code == "bad-step"
    assert table.work.seq == 0


def test_an_edit_is_kept_with_what_stood_there(table):
    before = table.field("visits", "V3", "objective")
    table.edit("visits", "V3", "objective", after="  ให้สมาชิกตกลงแผนชำระหนี้  ")
    (step,) = table.steps
    assert step.detail == {
        "changes": [{"at": ["visits", "V3", "objective"], "before": before, "after": "ให้สมาชิกตกลงแผนชำระหนี้"}]
    }
    assert (step.seq, step.by) == (2, OFFICER)
    assert table.work.plan.visits[2].objective == "ให้สมาชิกตกลงแผนชำระหนี้"


def test_the_calendars_follow_in_the_same_step(table):
    table.edit("visits", "V4", "planned_date", after="2023-07-27")
    assert {tuple(change["at"]) for change in table.steps[0].detail["changes"]} == {
        ("visits", "V4", "planned_date"),
        ("week",),
        ("month",),
    }
    assert {"visit": "V4", "on": "2023-07-27"} in table.field("week")["entries"]
    table.edit("visits", "V4", after=ABSENT)
    assert [entry["visit"] for entry in table.field("month")["entries"]] == ["V1", "V2", "V3"]


def test_the_same_answer_twice_counts_once_and_nothing_changed_is_no_step(table):
    edit = {"changes": [Change(("title",), table.work.title, "ใหม่").as_json()]}
    table.take("edit", edit, answer_id="same")
    work = table.work
    assert table.take("edit", edit, answer_id="same").steps == ()
    assert table.work is work
    assert table.edit("title", after="ใหม่").steps == ()
    assert table.work.seq == 2


def test_two_people_do_not_overwrite_each_other(office):
    office.take("share", {"person": FRIEND, "on": True})
    seen = office.field("visits", "V3", "objective")
    office.edit("visits", "V3", "objective", after="ของคนแรก")
    refused = refusal(office.edit, "visits", "V3", "objective", after="ของคนที่สอง", before=seen, by=FRIEND)
    assert refused.code == "plan-conflict"
    assert refused.details["conflicts"] == [{"at": ["visits", "V3", "objective"], "before": seen, "after": "ของคนแรก"}]
    assert office.field("visits", "V3", "objective") == "ของคนแรก"
    office.edit("visits", "V3", "start", after="10:00", by=FRIEND)
    office.edit("visits", "V3", "objective", after="ของคนแรก", before=seen, by=FRIEND)
    assert office.field("visits", "V3", "start") == "10:00:00"


def test_a_conflict_keeps_nothing_of_the_edit(office):
    changes = [
        Change(("title",), "ไม่ใช่ชื่อนี้", "ก").as_json(),
        Change(("officer",), office.field("officer"), "ข").as_json(),
    ]
    assert refusal(office.take, "edit", {"changes": changes}).code == "plan-conflict"
    assert office.field("officer") != "ข"


def test_only_writers_write_and_only_the_owner_shares(office):
    assert refusal(office.edit, "title", after="ก", by=FRIEND).code == "not-a-writer"
    office.take("share", {"person": FRIEND, "on": True})
    office.edit("title", after="ก", by=FRIEND)
    assert office.work.writers == (OFFICER, FRIEND)
    assert refusal(office.take, "share", {"person": "x", "on": True}, by=FRIEND).code == "not-a-writer"
    assert refusal(office.take, "share", {"person": OFFICER, "on": False}).code == "bad-step"
    office.take("share", {"person": FRIEND, "on": False})
    assert refusal(office.edit, "title", after="ข", by=FRIEND).code == "not-a-writer"


def test_a_link_to_what_is_gone_and_a_plan_that_is_none_are_refused(table):
    assert "อ้างถึง" in refusal(table.edit, "issues", "I1", after=ABSENT).message
    for at, after in (
        (("visits", "V1", "orgs"), []),
        (("visits", "V1", "planned_date"), "2566-07-11"),
        (("orgs", "thung-sathit"), ABSENT),
        (("colour",), "red"),
    ):
        assert refusal(table.edit, *at, after=after).code == "bad-change", at
    assert refusal(table.take, "edit", {"changes": [{}] * 501}).code == "bad-change"
    assert refusal(table.take, "edit", {}).code == "bad-change"


# What is frozen -------------------------------------------------------------------------------------------------

BY_MOVES = [
    ("requested_on", "2023-07-05"), ("decision", "approved"), ("decided_on", "2023-07-05"), ("approver_role", "provincial"),
    ("acting_order", "1/2566"), ("actual_date", "2023-07-05"), ("actual_org", "thung-sathit"), ("actual_method", "training"),
    ("changed_reason", "ฝน"), ("informed_on", "2023-07-05"),
]  # fmt: skip
ASKED_FOR = [
    ("orgs", ["ban-chamlong"]), ("issues", ["I3"]), ("planned_date", "2023-07-28"), ("method", "training"),
    ("method_note", "ก"), ("objective", "อื่น"), ("meeting", "agm"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value"), BY_MOVES)
def test_what_moves_write_nobody_types(table, field, value):
    refused = refusal(table.edit, "visits", "V1", field, after=value)
    assert refused.code == "frozen-field"
    assert "ระบบบันทึกให้" in refused.message
    added = {"id": "V5", "orgs": ["thung-sathit"], field: value}
    assert refusal(table.edit, "visits", "V5", after=added).code == "frozen-field"


def test_what_was_asked_for_stays_until_it_is_returned(office):
    office.move("request", "V3")
    for field, value in ASKED_FOR:
        refused = refusal(office.edit, "visits", "V3", field, after=value)
        assert (refused.code, refused.details) == ("frozen-field", {"at": ["visits", "V3", field]}), field
    assert "ประวัติ" in refusal(office.edit, "visits", "V3", after=ABSENT).message
    office.edit("visits", "V3", "start", after="10:00")
    office.edit("visits", "V4", "objective", after="ให้สมาชิกเลือกแบบถุงข้าวสารสองขนาด")
    office.move("return-request", "V3", comment="ให้เขียนวัตถุประสงค์ให้ชัด")
    office.edit("visits", "V3", "planned_date", after="2023-07-27")
    assert office.field("visits", "V3", "planned_date") == "2023-07-27"
    assert refusal(office.edit, "visits", "V3", after=ABSENT).code == "frozen-field"


def test_records_and_reports_are_written_after_the_visit_and_before_the_report(office):
    record, report = ({**one, "visit": "V1"} for one in (RECORD, REPORT))
    assert refusal(office.edit, "records", "N1", after=record).code == "frozen-field"
    office.move("request", "V1").move("allow", "V1")
    assert refusal(office.edit, "records", "N1", after=record).code == "frozen-field"
    office.now = date(2023, 7, 11)
    assert refusal(office.move, "record", "V1", org="thung-sathit").code == "illegal-transition"
    office.move("perform", "V1")
    assert refusal(office.move, "record", "V1", org="thung-sathit").code == "no-record"
    assert refusal(office.edit, "records", "N1", after=record | {"visit": "V2"}).code == "frozen-field"
    assert refusal(office.edit, "records", "N1", after=record | {"recorded_on": "2023-07-11"}).code == "frozen-field"
    office.edit("records", "N1", after=record).move("record", "V1", org="thung-sathit")
    assert refusal(office.move, "report", "V1").code == "no-report"
    office.edit("reports", "S1", after=report)
    office.edit("records", "N1", "facts", after=["ตรวจนับเงินสดแล้ว ยอดตรงกับบัญชี"])
    for at in (("records", "N1"), ("records", "N1", "orgs"), ("records", "N1", "recorded_on")):
        after = ["ban-chamlong"] if at[-1] == "orgs" else ABSENT
        assert refusal(office.edit, *at, after=after).code == "frozen-field", at
    office.move("report", "V1")
    assert refusal(office.edit, "records", "N1", "advice", after=["ก"]).code == "frozen-field"
    assert refusal(office.edit, "reports", "S1", "summary", after="ก").code == "frozen-field"
    office.move("return-report", "V1", comment="เทียบกับเป้าหมายด้วย")
    office.edit("reports", "S1", "answered_comment", after="เทียบกับเป้าหมายแล้ว")
    for field, value in (("submitted_on", ABSENT), ("returned_comment", "ก"), ("visit", "V2")):
        assert refusal(office.edit, "reports", "S1", field, after=value).code == "frozen-field", field


# Moves and gates ------------------------------------------------------------------------------------------------


def test_the_whole_way_in_the_office_with_its_days_in_the_plan(office):
    office.move("request", "V1").move("allow", "V1")
    office.now = date(2023, 7, 11)
    office.move("perform", "V1").write("V1", RECORD, REPORT).move("report", "V1")
    office.now = date(2023, 7, 14)
    office.move("approve-report", "V1")
    assert office.state("V1") is State.CLOSED
    visit, report = office.work.plan.visits[0], office.work.plan.reports[0]
    assert (visit.requested_on, visit.decision, visit.actual_date) == (date(2023, 7, 4), "approved", date(2023, 7, 11))
    assert (report.submitted_on, report.decided_on, report.approver_role) == (
        date(2023, 7, 11),
        date(2023, 7, 14),
        "provincial",
    )
    assert [event.seq for event in office.work.events] == [1, 2, 3, 4, 5, 6]


def test_a_plan_with_errors_does_not_go_through_and_others_go(office):
    office.edit("visits", "V1", "objective", after="ตรวจเยี่ยม")
    refused = refusal(office.move, "request", "V1")
    assert refused.code == "has-errors"
    assert [finding["rule"] for finding in refused.details["findings"]] == ["R01"]
    office.move("request", "V3")
    assert (office.state("V1"), office.state("V3")) == (State.DRAFT, State.REQUESTED)
    office.judge = None
    assert refusal(office.move, "request", "V4").code == "bad-step"


def test_a_report_with_errors_does_not_go_through(office):
    office.move("request", "V1").move("allow", "V1")
    office.now = date(2023, 7, 11)
    office.move("perform", "V1").write("V1", RECORD | {"advice": []}, REPORT)
    refused = refusal(office.move, "report", "V1")
    assert [finding["rule"] for finding in refused.details["findings"]] == ["R31"]


def test_decisions_are_made_by_others_and_alone_by_the_simulated_approver(office, table):
    office.take("share", {"person": FRIEND, "on": True}).take("share", {"person": FRIEND, "on": False})
    office.move("request", "V1")
    table.move("request", "V1")
    allow = {"kind": "allow", "visit": "V1"}
    for by, role in ((OFFICER, "provincial"), (FRIEND, "provincial")):
        assert refusal(office.take, "move", allow, by=by, role=role).code == "own-work"
    assert refusal(office.take, "move", allow, by=HEAD, role="group-head").code == "not-the-approver"
    assert refusal(office.take, "move", allow, by="simulated", role="provincial").code == "wrong-mode"
    assert refusal(table.take, "move", allow, by=HEAD, role="provincial").code == "wrong-mode"
    assert refusal(office.take, "move", {"kind": "request", "visit": "V2"}, by=HEAD).code == "not-a-writer"
    office.take("move", allow | {"order": " 12/2566 "}, by=HEAD, role="acting")
    assert (office.field("visits", "V1", "approver_role"), office.field("visits", "V1", "acting_order")) == (
        "acting",
        "12/2566",
    )


@pytest.mark.parametrize(
    "detail",
    [
        {},
        {"kind": "fly", "visit": "V1"},
        {"kind": "request", "visit": "V9"},
        {"kind": "request", "visit": "V1", "comment": 3},
        {"kind": "request", "visit": "V1", "comment": "ก" * 2001},
    ],
)
def test_a_move_that_is_none_is_refused(office, detail):
    assert refusal(office.take, "move", detail).code == "bad-step"


@pytest.mark.parametrize(
    "line", [{}, "V1", {"orgs": ["nobody"]}, {"method": "flying"}, {"on": "yesterday"}, {"issues": ["I9"]}]
)
def test_a_line_that_is_none_is_refused(office, line):
    office.move("request", "V1").move("allow", "V1")
    office.now = date(2023, 7, 11)
    given = office.line("V1", **line) if isinstance(line, dict) and line else line
    assert refusal(office.move, "perform", "V1", line=given).code == "bad-step"
    assert refusal(office.move, "perform", "V1", informed_on="เมื่อวาน").code == "bad-step"


def test_without_a_day_nothing_is_asked_for(office):
    office.edit("visits", "V3", "planned_date", after=ABSENT)
    assert refusal(office.move, "request", "V3").code in ("no-line", "has-errors")


# Days -----------------------------------------------------------------------------------------------------------


def test_days_go_forwards_and_only_alone(table, office):
    assert refusal(office.day, "2023-07-12").code == "wrong-mode"
    for to, code in (
        ("2023-07-04", "backwards"),
        ("2023-07-01", "backwards"),
        ("2099-01-01", "bad-step"),
        ("soon", "bad-step"),
    ):
        assert refusal(table.day, to).code == code
    table.day("2023-07-10")
    assert today_of(table.work, date(2026, 1, 1)) == date(2023, 7, 10)
    assert today_of(office.work, date(2026, 1, 1)) == date(2026, 1, 1)


def test_a_day_brings_the_decisions_that_fall_before_it_each_on_its_own_day(table):
    table.move("request", "V1").move("request", "V3").day("2023-07-12")
    assert table.work.day == date(2023, 7, 12)
    assert [step.kind for step in table.steps] == ["day", "move", "day", "move", "day"]
    assert [step.answer_id for step in table.steps] == ["a4-1", "a4-2", "a4-3", "a4-4", "a4"]
    assert [step.by for step in table.steps if step.kind == "move"] == ["simulated"] * 2
    allowed = [table.work.standings[visit].allowed_on for visit in ("V3", "V1")]
    assert allowed == [date.fromisoformat(step.detail["to"]) for step in table.steps if step.kind == "day"][:2]
    assert [step.seq for step in table.work.steps] == list(range(1, 9))
    assert table.take("day", {"to": "2023-07-12"}, answer_id="a4").steps == ()


def test_a_day_too_early_decides_nothing_and_what_waits_needs_a_judge(table):
    table.move("request", "V1")  # decided on 6 July
    judge, table.judge = table.judge, None
    assert refusal(table.day, "2023-07-12").code == "bad-step"
    table.judge = judge
    assert table.day("2023-07-05").state("V1") is State.REQUESTED
    assert [step.kind for step in table.steps] == ["day"]
    assert table.day("2023-07-06").state("V1") is State.ALLOWED
    assert table.steps[-1].kind == "move"


def test_alone_a_visit_is_performed_only_when_its_day_has_come(table):
    table.move("request", "V1").day("2023-07-10")
    assert refusal(table.move, "perform", "V1").code == "not-yet-visited"
    table.day("2023-07-11").move("perform", "V1")
    assert table.field("visits", "V1", "actual_date") == "2023-07-11"


def test_moves_keep_their_order_in_time_whatever_the_clock_does(table, office):
    table.move("request", "V1").move("request", "V3").day("2023-07-11").move("perform", "V1")
    instants = [event.at for event in table.work.events]
    assert instants == sorted(set(instants))
    assert [event.at.date() for event in table.work.events] == [date(2023, 7, day) for day in (4, 4, 5, 6, 11)]
    office.now = date(2023, 7, 6)
    office.move("request", "V1")
    office.now = date(2023, 7, 5)  # the machine's clock was put right
    office.move("allow", "V1")
    assert office.work.standings["V1"].allowed_on == date(2023, 7, 6)


# The other steps ------------------------------------------------------------------------------------------------


def test_attempts_reasons_ratings_are_kept_and_change_no_document(table):
    before = table.work.document
    table.take("try", {"gate": "request", "visits": ["V1"], "rules": {"R01": 2}})
    table.take("reason", {"rule": "R19", "at": "visits.V1.planned_date", "text": " ที่ประชุมกำหนดวันนี้ไว้แล้ว "})
    table.take("rate", {"by": "self", "levels": {"issue": 3}}).take("rate", {"by": "self", "levels": {"issue": 4}})
    table.take("rate", {"by": "trainer", "levels": {"issue": 2}}, by=HEAD)
    assert table.work.document is before
    assert table.work.reasons == {("R19", "visits.V1.planned_date"): "ที่ประชุมกำหนดวันนี้ไว้แล้ว"}
    assert table.work.ratings == {"self": {"issue": 4}, "trainer": {"issue": 2}}
    assert table.take("reason", {"rule": "R19", "at": "visits.V1.planned_date", "text": ""}).work.reasons == {}


@pytest.mark.parametrize(
    ("kind", "detail", "code"),
    [
        ("try", {"gate": "door", "visits": [], "rules": {}}, "bad-step"),
        ("try", {"gate": "request", "visits": ["V9"], "rules": {}}, "bad-step"),
        ("try", {"gate": "request", "visits": ["V1"], "rules": {"R01": 0}}, "bad-step"),
        ("try", {"gate": "request", "visits": ["V1"], "rules": {"rule": 1}}, "bad-step"),
        ("reason", {"rule": "R1", "at": "title", "text": "ก"}, "bad-step"),
        ("reason", {"rule": "R19", "at": "title", "text": "ก" * 2001}, "bad-step"),
        ("rate", {"by": "self", "levels": {"issue": 5}}, "bad-step"),
        ("rate", {"by": "self", "levels": {}}, "bad-step"),
        ("rate", {"by": "trainer", "levels": {"issue": 3}}, "own-work"),
        ("share", {"person": "", "on": True}, "bad-step"),
        ("fly", {}, "bad-step"),
    ],
)
def test_steps_that_are_none_are_refused(table, kind, detail, code):
    assert refusal(table.take, kind, detail).code == code
    assert table.work.seq == 1


def test_who_expects_another_step_is_told(table):
    assert (
        refusal(table.take, "reason", {"rule": "R19", "at": "a", "text": "ก"}, expect_seq=5).code == "out-of-sequence"
    )


# Whatever is done -----------------------------------------------------------------------------------------------

SEQUENCES, STEPS = 20, 80
VALUES: dict[tuple[str, ...], tuple[Any, ...]] = {
    ("visits", "V1", "objective"): ("ตรวจเยี่ยม", "ให้คณะกรรมการกำหนดเกณฑ์อนุมัติเงินกู้ของผู้มีหนี้ค้าง"),
    ("visits", "V1", "planned_date"): ("2023-07-11", "2023-07-12", "2023-07-20", "2023-08-08", ABSENT),
    ("visits", "V3", "planned_date"): ("2023-07-25", "2023-07-19", ABSENT),
    ("visits", "V1", "decision"): ("approved",),
    ("visits", "V1", "actual_date"): ("2023-07-11",),
    ("visits", "V4"): (ABSENT, {"id": "V4", "orgs": ["thung-sathit"], "issues": ["I3"]}),
    ("visits", "V5"): (
        {"id": "V5", "orgs": ["ban-chamlong"], "decision": "approved"},
        {"id": "V5", "orgs": ["nobody"]},
    ),
    ("issues", "I4", "owner"): ("", "ประธานกรรมการ"),
    ("records", "N1"): ({**RECORD, "visit": "V1"}, ABSENT),
    ("reports", "S1"): ({**REPORT, "visit": "V1"}, ABSENT),
    ("reports", "S1", "answered_comment"): ("แก้แล้ว", ""),
    ("title",): ("ก", ABSENT),
}


def some_step(chance: random.Random, table: Table) -> None:
    """One step that is often allowed and often not."""
    visit = chance.choice(["V1", "V1", "V3", "V4"])
    standing = table.work.standings.get(visit)
    choice = chance.random()
    if choice < 0.15:
        at, values = chance.choice(list(VALUES.items()))
        seen = ... if chance.random() < 0.9 else "อย่างอื่น"
        table.edit(*at, after=chance.choice(values), before=seen, by=chance.choice([OFFICER, OFFICER, FRIEND]))
    elif choice < 0.3:
        table.now += timedelta(days=chance.choice([0, 1, 3, 6]))
        if table.work.day is not None:
            table.day((table.work.day + timedelta(days=chance.choice([0, 1, 3, 6]))).isoformat())
    elif choice < 0.5 and standing and standing.state in (State.PERFORMED, State.SENT_BACK):
        if standing.state is State.SENT_BACK:
            table.edit("reports", f"S1-{visit}", "answered_comment", after="เทียบกับเป้าหมายแล้ว")
        else:
            changes = [
                Change(
                    (named, f"{thing['id']}-{visit}"), ABSENT, {**thing, "id": f"{thing['id']}-{visit}", "visit": visit}
                )
                for thing, named in ((RECORD, "records"), (REPORT, "reports"))
            ]
            table.take("edit", {"changes": [change.as_json() for change in changes]})
    elif choice < 0.92:
        likely = standing.next_kinds() if standing else ()
        kind = (
            chance.choice(likely) if likely and chance.random() < 0.9 else chance.choice(["perform", "report", "allow"])
        )
        detail: dict[str, Any] = {"comment": chance.choice(["", "ให้แก้เป้าหมาย", "ให้แก้เป้าหมาย"]), "org": "thung-sathit"}
        if kind == "perform" and standing and standing.line and chance.random() < 0.3:
            detail |= {
                "line": table.line(visit, method="training"),
                "reason": "เปลี่ยนวิธี",
                "informed_on": table.now.isoformat(),
            }
        if kind in DECISIONS and chance.random() < 0.2:
            table.take("move", {"kind": kind, "visit": visit}, by=OFFICER, role="provincial")
        else:
            table.move(kind, visit, **detail)
    else:
        table.take(
            *chance.choice(
                [
                    ("share", {"person": FRIEND, "on": chance.random() < 0.7}),
                    ("reason", {"rule": "R19", "at": "visits.V1.planned_date", "text": "ที่ประชุมกำหนดวันนี้ไว้แล้ว"}),
                ]
            )
        )


def test_whatever_is_done_nothing_is_performed_unapproved(base_plan, context):
    reached = dict.fromkeys(State, 0)
    judge = judge_of(context, RULES)
    for seed in range(SEQUENCES):
        chance = random.Random(seed)
        table = Table(base_plan, context, "solo" if seed % 2 else "office")
        table.judge = judge
        for _ in range(STEPS):
            before = table.work
            try:
                some_step(chance, table)
            except AttemptError:
                assert table.work is before
                continue
            assert table.work.steps[: len(before.steps)] == before.steps
            require_sound(table.work, f"seed {seed}, step {table.work.seq}")
            for standing in table.work.standings.values():
                reached[standing.state] += 1
        again = replayed(table.work)
        assert again.document == table.work.document
        assert (again.events, again.day, again.reasons) == (table.work.events, table.work.day, table.work.reasons)
        assert dict(again.standings) == dict(table.work.standings)
        assert [step.seq for step in table.work.steps] == list(range(1, table.work.seq + 1))
        assert len({step.answer_id for step in table.work.steps}) == table.work.seq
    assert min(reached.values()) > 10, f"states hardly ever reached prove nothing: {reached}"


def require_sound(work: PlanWork, where: str) -> None:
    """Read without the machine: the document is a plan, and what it says of permission is what was decided before."""
    plan = Plan.model_validate(work.document)
    assert written(read(work.document)) == work.document, where
    decided: dict[str, str] = {}
    for event in work.events:
        if event.kind in ("request", "allow", "return-request"):
            decided[event.visit] = event.kind
        if event.kind in ("perform", "record", "report"):
            assert decided[event.visit] == "allow", where
        if event.kind in DECISIONS:
            assert event.by == ("simulated" if work.mode == "solo" else HEAD), where
    performed = {event.visit for event in work.events if event.kind == "perform"}
    for visit in plan.visits:
        assert (visit.actual_date is not None) == (visit.id in performed), where
        assert (visit.decision == "approved") == (decided.get(visit.id) == "allow"), where
        assert (visit.requested_on is not None) == (visit.id in decided), where
    for record in plan.records:
        assert record.visit in performed, where
    for report in plan.reports:
        assert report.visit in performed, where
