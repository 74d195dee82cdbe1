"""The simulated approver: when it decides, what it returns and with which words."""

from __future__ import annotations

import re
from datetime import date

import pytest

from cps_training.planning.checking import PlanReport
from cps_training.planning.rules.base import Finding, Severity
from cps_training.planning.simulated_approver import awaited, decide, decision_day
from cps_training.planning.workflow_table import State
from tests.planning.table import RECORD, REPORT, Table

REASON = "ที่ประชุมประจำเดือนกำหนดวันนี้ไว้แล้ว"


@pytest.fixture
def table(base_plan, context):
    return Table(base_plan, context)


def report(*found):
    """A report with errors and warnings at these fields."""
    severity = {"E": Severity.ERROR, "W": Severity.WARNING}
    return PlanReport(
        tuple(Finding(rule, "cps.2.1", severity[kind], at, f"ให้แก้ {rule} (อ้างอิง cps.2.1)") for kind, rule, at in found),
        (),
    )


EARLY = date(2023, 7, 6)


def test_a_sound_request_is_allowed_without_a_word(table):
    assert decide(table.work, "V1", "request", report(), EARLY) == ("allow", "")
    assert decide(table.work, "V1", "report", report(), EARLY) == ("approve-report", "")


def test_errors_come_back_with_what_the_rules_say(table):
    found = report(("E", "R01", "visits[0].objective"), ("E", "R02", "visits[1].issues"))
    kind, comment = decide(table.work, "V1", "request", found, EARLY)
    assert kind == "return-request"
    assert "ให้แก้ R01 (อ้างอิง cps.2.1)" in comment
    assert "R02" not in comment
    found = report(("E", "R35", "reports[0].result_vs_target"))
    table.work.__dict__["plan"] = table.work.plan.model_copy(
        update={"reports": (type(table.work.plan).model_fields["reports"].annotation.__args__[0](id="S1", visit="V1"),)}
    )
    assert decide(table.work, "V1", "report", found, EARLY)[0] == "return-report"


@pytest.mark.parametrize(
    ("text", "is_allowed"),
    [("", False), ("นัดแล้ว", False), ("ก" * 14, False), (" ก " * 14, False), ("ก" * 15, True), (REASON, True)],
)
def test_a_warning_needs_a_reason_that_says_something(table, text, is_allowed):
    found = report(("W", "R19", "visits[0].planned_date"))
    if text:
        table.take("reason", {"rule": "R19", "at": "visits.V1.planned_date", "text": text})
    kind, comment = decide(table.work, "V1", "request", found, EARLY)
    assert (kind == "allow") == is_allowed
    assert ("เหตุผล" in comment) == (not is_allowed)


def test_a_reason_counts_for_its_own_rule_and_field(table):
    table.take("reason", {"rule": "R19", "at": "visits.V1.planned_date", "text": REASON})
    for one in (("W", "R20", "visits[0].planned_date"), ("W", "R19", "visits[0].start")):
        assert decide(table.work, "V1", "request", report(one), EARLY)[0] == "return-request", one


@pytest.mark.parametrize(("day", "kind"), [(10, "allow"), (11, "return-request"), (14, "return-request")])
def test_a_request_whose_day_has_come_is_too_late(table, day, kind):
    said = decide(table.work, "V1", "request", report(), date(2023, 7, day))
    assert said[0] == kind
    assert ("คำขอมาถึงช้า" in said[1]) == (kind != "allow")
    assert decide(table.work, "V1", "report", report(), date(2023, 7, day))[0] == "approve-report"


@pytest.mark.parametrize("n", range(1, 7))
def test_three_reasons_and_how_many_more(table, n):
    rules = [f"R{40 + k}" for k in range(n)]
    _, comment = decide(
        table.work, "V1", "request", report(*(("E", rule, "visits[0].objective") for rule in rules)), EARLY
    )
    assert re.findall(r"R\d\d", comment) == rules[:3]
    assert (re.findall(r"อีก (\d+) ข้อ", comment) or ["0"]) == [str(max(0, n - 3))]
    assert ("1) " in comment) == (n > 1)
    assert len(comment) < 2000


def test_the_same_reason_is_said_once(table):
    found = report(*(("E", "R18", f"month.entries[{n}].on") for n in range(3)))
    assert decide(table.work, "V1", "request", found, EARLY)[1].count("R18") == 1


def test_a_decision_takes_one_to_three_working_days(context):
    asked = date(2023, 7, 26)  # Wednesday; 28 July to 2 August are closed
    days = {decision_day(asked, "p", f"V{n}", "request", context.working_days_after) for n in range(60)}
    assert days == {date(2023, 7, 27), date(2023, 8, 3), date(2023, 8, 4)}
    again = [decision_day(asked, "p", "V1", gate, context.working_days_after) for gate in ("request", "request")]
    assert len(set(again)) == 1


def test_what_waits_is_told_with_its_day(table):
    table.move("request", "V1").move("request", "V3")
    found = awaited(table.work, table.judge.working_days_after)
    assert found == ((date(2023, 7, 5), "V3", "request"), (date(2023, 7, 6), "V1", "request"))


def test_alone_from_draft_to_approved_report(table):
    table.move("request", "V1").day("2023-07-11").move("perform", "V1").write("V1", RECORD, REPORT)
    table.move("report", "V1").day("2023-07-20")
    assert table.state("V1") is State.CLOSED
    assert table.field("reports", "S1", "approver_role") == "provincial"


def test_alone_a_bad_change_after_asking_is_seen_and_can_be_mended(table):
    table.move("request", "V3").edit("issues", "I1", "evidence", after=[])
    table.day("2023-07-07")
    assert table.state("V3") is State.REFUSED
    event = table.work.events[-1]
    assert "เอกสารรองรับ" in event.detail.comment
    table.edit("issues", "I1", "evidence", after=[{"id": "E1", "text": "งบการเงินปีบัญชี 2565", "kind": "document"}])
    table.move("request", "V3").day("2023-07-12")
    assert table.state("V3") is State.ALLOWED


def test_alone_who_asks_too_late_is_told_so_and_nothing_else(table):
    table.day("2023-07-10").move("request", "V1").day("2023-07-20")
    assert table.state("V1") is State.REFUSED
    comment = table.work.events[-1].detail.comment
    assert comment.startswith("ขอให้แก้ไขแล้วเสนอใหม่ คำขอมาถึงช้า")
    assert "อ้างอิง" not in comment


def test_alone_a_report_is_returned_until_its_warning_is_explained_or_mended(table):
    table.move("request", "V1").day("2023-07-11").move("perform", "V1")
    table.write("V1", RECORD, REPORT | {"result_vs_target": "-"}).move("report", "V1").day("2023-07-17")
    assert table.state("V1") is State.SENT_BACK
    assert "เป้าหมาย" in table.field("reports", "S1", "returned_comment")
    table.edit("reports", "S1", "result_vs_target", after="ลดได้ 12 จาก 96 ราย เป้าหมาย 60 ราย")
    table.edit("reports", "S1", "answered_comment", after="เทียบจำนวนรายกับเป้าหมายแล้ว")
    table.move("report", "V1").day("2023-07-24")
    assert table.state("V1") is State.CLOSED
