"""Planned, approved, performed, reported, followed up: what stands beside each visit, and which gap comes first."""

from __future__ import annotations

from datetime import date

import pytest

from cps_training.planning.editing import ABSENT
from cps_training.planning.reconciling import rows
from tests.planning.table import RECORD, REPORT, Table


@pytest.fixture
def table(base_plan, context):
    return Table(base_plan, context, "office")


def states(table, visit, **more):
    """The five states of a visit's row, in order."""
    (row,) = (row for row in rows(table.work, table.now, **more) if row.visit == visit)
    return [cell.state for cell in row.cells.values()]


def gap(table, visit):
    (row,) = (row for row in rows(table.work, table.now) if row.visit == visit)
    return row.gap


def reach(table, day):
    table.now = date(2023, 7, day)
    return table


def test_the_row_of_a_visit_goes_on_with_it(table):
    seen = [states(table, "V1")]
    table.move("request", "V1")
    seen.append(states(table, "V1"))
    table.move("allow", "V1")
    seen.append(states(table, "V1"))
    reach(table, 11).move("perform", "V1")
    seen.append(states(table, "V1"))
    table.write("V1", RECORD, REPORT)
    seen.append(states(table, "V1"))
    table.move("report", "V1")
    seen.append(states(table, "V1"))
    reach(table, 14).move("approve-report", "V1")
    seen.append(states(table, "V1"))
    assert seen == [
        ["done", "none", "none", "none", "none"],
        ["done", "waiting", "none", "none", "none"],
        ["done", "done", "waiting", "none", "none"],
        ["done", "done", "done", "waiting", "none"],
        ["done", "done", "done", "waiting", "done"],
        ["done", "done", "done", "waiting", "done"],
        ["done", "done", "done", "done", "done"],
    ]
    assert gap(table, "V1") is None
    (row,) = (row for row in rows(table.work, table.now) if row.visit == "V1")
    assert [cell.on and cell.on.day for cell in row.cells.values()] == [11, 4, 11, 14, 25]
    assert row.as_json()["performed"] == {"state": "done", "on": "2023-07-11", "note": ""}


def test_what_is_late_or_came_back_is_a_gap(table):
    assert gap(reach(table, 10), "V1") is None
    assert gap(reach(table, 11), "V1") == "ถึงวันเข้าแล้ว แต่ยังไม่ได้ขออนุญาต"
    reach(table, 5).move("request", "V3")
    assert gap(reach(table, 25), "V3") == "ถึงวันเข้าแล้ว แต่ยังไม่ได้รับอนุญาต"
    table.move("return-request", "V3", comment="ช้า")
    assert gap(table, "V3") == "คำขอถูกส่งกลับ ยังไม่ได้แก้ไขแล้วเสนอใหม่"
    table.edit("visits", "V2", "planned_date", after=ABSENT)
    assert gap(table, "V2") == "ยังไม่ได้กำหนดวันเข้า"


def test_a_visit_that_nobody_recorded_and_a_report_that_nobody_sent_are_gaps(table):
    table.move("request", "V1").move("allow", "V1")
    assert gap(reach(table, 11), "V1") is None
    assert "ยังไม่ได้บันทึกการปฏิบัติงาน" in gap(reach(table, 12), "V1")
    table.move("perform", "V1")
    assert states(table, "V1")[3] == "waiting"
    assert gap(reach(table, 18), "V1") is None
    assert gap(reach(table, 19), "V1") == "เลยกำหนดส่งรายงานแล้ว แต่ยังไม่ได้ส่ง"
    assert states(table, "V1", report_by=lambda _: date(2023, 7, 20))[3] == "waiting"
    table.write("V1", RECORD, REPORT).move("report", "V1")
    assert gap(table, "V1") is None
    table.move("return-report", "V1", comment="เทียบกับเป้าหมายด้วย")
    assert gap(table, "V1") == "รายงานถูกส่งกลับ ยังไม่ได้แก้ไขแล้วเสนอใหม่"


def test_what_was_done_otherwise_says_so(table):
    table.move("request", "V1").move("allow", "V1")
    reach(table, 12).move(
        "perform", "V1", line=table.line("V1", on="2023-07-12"), reason="ฝน", informed_on="2023-07-11"
    )
    (row,) = (row for row in rows(table.work, table.now) if row.visit == "V1")
    assert (row.performed.on, "ต่างจากที่ได้รับอนุญาต" in row.performed.note) == (date(2023, 7, 12), True)


def test_what_is_left_open_is_followed_up_somewhere(table):
    table.move("request", "V4").move("allow", "V4")
    reach(table, 26).move("perform", "V4").write("V4", RECORD | {"unresolved": ["I3"]}, REPORT)
    assert states(table, "V4")[4] == "done"  # a line of the action plan
    table.edit("actions", "A3", after=ABSENT)
    assert states(table, "V4")[4] == "waiting"
    table.edit("issues", "I3", "status", after="closed")
    assert gap(table, "V4") == "ประเด็นที่ค้างถูกปิดโดยไม่มีเหตุผล"
    table.edit("issues", "I3", "closed_reason", after="สมาชิกเลือกแบบถุงแล้ว")
    assert states(table, "V4")[4] == "done"
    table.edit("records", "N1", "unresolved", after=["I3", "I9"])
    assert gap(table, "V4") == "ประเด็นที่ค้างไม่มีในแผนแล้ว และไม่มีเหตุผลที่ปิด"
    table.edit("records", "N1", "unresolved", after=[])
    assert states(table, "V4")[4] == "done"


def test_only_a_later_visit_follows_up(table):
    for visit in ("V1", "V3"):
        table.move("request", visit).move("allow", visit)
    table.edit("actions", "A1", after=ABSENT)
    reach(table, 25).move("perform", "V3").write("V3", RECORD, REPORT)
    assert states(table, "V3")[4] == "waiting"
    table.edit(
        "visits", "V5", after={"id": "V5", "orgs": ["thung-sathit"], "issues": ["I1"], "planned_date": "2023-08-08"}
    )
    (row,) = (row for row in rows(table.work, table.now) if row.visit == "V3")
    assert (row.followed.state, row.followed.on) == ("done", date(2023, 8, 8))


def test_gaps_come_first_then_the_day(table):
    table.edit("visits", "V5", after={"id": "V5", "orgs": ["ban-chamlong"]})
    table.edit("visits", "V1", "planned_date", after="2023-07-27")
    assert [row.visit for row in rows(table.work, table.now)] == ["V5", "V2", "V3", "V4", "V1"]
    reach(table, 25)
    assert [row.visit for row in rows(table.work, table.now)] == ["V2", "V3", "V5", "V4", "V1"]
