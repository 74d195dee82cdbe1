""".ics and .xlsx files, read back by the libraries that others read them with."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from cps_training import documents
from cps_training.errors import KitError

DANGEROUS = ["=1+1", "+66 2 000 0000", "-SUM(A1)", "@cmd", "=cmd|' /C calc'!A0", "\t=1", " =1"]


def events(plan, what="visits", **more):
    return Calendar.from_ical(documents.make(f"{what}.ics", plan, **more).body).walk("VEVENT")


def test_visits_are_events_of_bangkok_with_what_one_needs_on_the_way(plan):
    first = events(plan)[0]
    begun = first.decoded("dtstart")
    assert f"{begun:%Y-%m-%d %H:%M}" == "2023-07-11 09:30"
    assert begun.utcoffset() == timedelta(hours=7)
    assert first.decoded("dtend") - begun == timedelta(hours=2, minutes=30)
    assert str(first["summary"]) == "สหกรณ์การเกษตรทุ่งสาธิต จำกัด (ร่วมประชุมคณะกรรมการ)"
    assert "ทะเบียนหนี้ค้าง ณ 30 มิ.ย. 2566" in str(first["description"])
    assert str(first["status"]) == "CONFIRMED"
    zones = Calendar.from_ical(documents.make("visits.ics", plan).body).walk("VTIMEZONE")
    assert [str(zone["tzid"]) for zone in zones] == ["Asia/Bangkok"]


def test_an_event_keeps_its_name_when_the_visit_moves(plan):
    before = {str(event["uid"]) for event in events(plan)}
    plan["visits"][2] |= {"planned_date": "2023-08-09", "decision": None}
    plan["visits"].reverse()
    after = {str(event["uid"]): event for event in events(plan)}
    assert set(after) == before
    assert len(before) == 4
    moved = after["V3.july-2566@cps-training"]
    assert moved.decoded("dtstart").date() == date(2023, 8, 9)
    assert str(moved["status"]) == "TENTATIVE"


def test_each_calendar_has_its_own_visits_and_a_day_without_hours_is_a_whole_day(plan):
    assert [str(one["uid"])[:2] for one in events(plan, "week")] == ["V3", "V4"]
    assert [str(one["uid"])[:2] for one in events(plan, "month", visits=["V2"])] == ["V2"]
    plan["visits"][1] |= {"start": None, "end": None}
    assert events(plan, visits=["V2"])[0].decoded("dtstart") == date(2023, 7, 13)
    with pytest.raises(KitError) as refused:
        documents.make("visits.ics", {**plan, "visits": [], "week": None, "month": None})
    assert refused.value.code == "document-empty"


def test_texts_cannot_put_lines_of_their_own_into_a_calendar(plan):
    plan["visits"][0]["objective"] = "ก\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:x;,\\n"
    plan["orgs"][0]["name"] = "ข\nATTACH:http://x"
    found = events(plan)
    assert len(found) == 4
    assert "ATTACH" not in found[0]
    assert "END:VEVENT BEGIN:VEVENT UID:x;,\\n" in str(found[0]["description"])


def test_the_workbook_has_a_sheet_for_each_kind_of_thing_with_days_as_days(plan):
    book = load_workbook(io.BytesIO(documents.make("plan.xlsx", plan).body))
    assert book.sheetnames == ["สหกรณ์", "ประเด็น", "แผนปฏิบัติการ", "การเข้าแนะนำ", "บันทึก", "รายงาน"]
    rows = list(book["การเข้าแนะนำ"].iter_rows())
    assert len(rows) == 5
    by_name = dict(zip((cell.value for cell in rows[0]), rows[1], strict=True))
    assert by_name["วันที่วางแผน"].value.date() == date(2023, 7, 11)
    assert by_name["วันที่วางแผน"].number_format.startswith("[$-107041E]"), "shown in the Buddhist era"
    assert by_name["วิธี"].value == "ร่วมประชุมคณะกรรมการ"
    english = load_workbook(io.BytesIO(documents.make("plan.xlsx", plan, locale="en", visits=["V2"]).body))
    assert [cell.value for cell in english["Visits"]["A"]] == ["ID", "V2"]
    assert [cell.value for cell in english["Issues"]["A"]] == ["ID", "I2"]


def test_rows_are_as_high_as_their_longest_text(plan):
    plan["visits"][0]["objective"] = "ให้คณะกรรมการกำหนดวัน" * 20
    sheet = load_workbook(io.BytesIO(documents.make("plan.xlsx", plan).body))["การเข้าแนะนำ"]
    assert sheet.row_dimensions[2].height > 5 * 20
    assert 20 < sheet.row_dimensions[3].height < 5 * 20


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_text_that_looks_like_a_formula_stays_a_text(plan, text):
    plan["issues"][0]["text"] = plan["visits"][0]["objective"] = plan["orgs"][0]["name"] = text
    book = load_workbook(io.BytesIO(documents.make("plan.xlsx", plan).body))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    written = [cell for cell in cells if cell.value == text.strip()]
    assert len(written) > 5
    assert all(cell.quotePrefix for cell in written)
