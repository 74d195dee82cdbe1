"""What a roster file says, and everything that is wrong with it at once, with row and column."""

from __future__ import annotations

from datetime import date

import pytest

from cps_training.enrolment import RosterTable, duplicates, read_roster
from cps_training.enrolment.difference import Known

TODAY = date(2026, 11, 23)
HEADER = ("รหัส", "ชื่อ-สกุล", "กลุ่มงาน", "วันที่เริ่ม", "วันที่พ้น", "แขก", "ประเภท")


def read(*rows: str, header: tuple[str, ...] = HEADER, **options):
    cells = tuple((number, tuple(row.split("|"))) for number, row in enumerate(rows, 2))
    return read_roster(RosterTable(header, cells), today=TODAY, **options)


def told(found) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.code) for one in found.findings]


def test_a_row_becomes_a_stay():
    (row,) = read(" ก๑ |นางสาวมาลี  ดีใจ|กลุ่ม 1|1 ต.ค. 2565|-||พนักงานราชการ").rows
    assert (row.person_code, row.name, row.unit, row.employment) == (
        "ก๑",
        "นางสาวมาลี ดีใจ",
        "กลุ่ม 1",
        "government_employee",
    )
    assert (row.active_from, row.active_to, row.is_guest, row.person_id) == (date(2022, 10, 1), None, False, "ก1")


def test_title_name_and_surname_are_joined():
    header = ("รหัส", "คำนำหน้า", "ชื่อ", "สกุล", "กลุ่มงาน", "วันที่เริ่ม", "ประเภท")
    found = read("1|นาย|สมชาย|ใจดี|ก|1/10/2565|ข้าราชการ", "2|Mr.|John|Doe|ก|1/10/2565|ข้าราชการ", header=header)
    assert [row.name for row in found.rows] == ["นายสมชาย ใจดี", "Mr. John Doe"]


def test_all_mistakes_are_told_at_once_with_row_and_column():
    found = read(
        "|นายสมชาย ใจดี|กลุ่ม 1|1/10/65||ไม่แน่|ครู",
        "A2|||1 ต.ค. 2565|30 ก.ย. 2565||",
        "A3|มาลี ดีใจ|ก|||x|",
        "A4|อารี คนดี|ก|31/2/2566|||จ้างเหมา",
    )
    assert found.rows == ()
    assert told(found) == [
        (2, "ประเภท", "unknown-employment"),
        (2, "รหัส", "blank"),
        (2, "วันที่เริ่ม", "date-two-digit-year"),
        (2, "แขก", "unknown-truth"),
        (3, "กลุ่มงาน", "blank"),
        (3, "ชื่อ-สกุล", "blank"),
        (3, "ประเภท", "blank"),
        (3, "วันที่พ้น", "ends-before-it-begins"),
        (4, "วันที่เริ่ม", "blank"),
        (5, "วันที่เริ่ม", "date-no-such-day"),
    ]
    assert all(one.severity == "error" for one in found.findings)


def test_missing_columns_are_named_with_the_header_to_use():
    found = read("A1|สมชาย", header=("รหัส", "ชื่อ-สกุล"))
    assert [one.values["label"] for one in found.findings] == ["กลุ่มงาน", "วันที่เริ่ม"]
    assert "กลุ่มงาน" in found.findings[0].message


def test_headers_are_guessed_when_near_and_unused_ones_are_said():
    header = ("รหัสเจ้าหน้าที", "ชื่อ-สกล", "กลุ่มงาน", "วันที่เริม", "ประเภท", "หมายเหตุ", "ลำดับ", "สีที่ชอบ")
    found = read("A1|สมชาย ใจดี|ก|1/10/2565|ข้าราชการ||1|เขียว", header=header)
    assert [one.code for one in found.findings] == [*["column-guessed"] * 3, "column-unknown"]
    assert len(found.rows) == 1
    assert found.columns == {"person_code", "name", "unit", "active_from", "employment"}


def test_the_same_column_twice_is_an_error():
    found = read("A1|สมชาย ใจดี|ก|ข|1/10/2565", header=("รหัส", "ชื่อ-สกุล", "กลุ่มงาน", "ฝ่าย", "วันที่เริ่ม"))
    assert (1, "ฝ่าย", "column-twice") in told(found)


def test_without_a_column_of_employment_everybody_is_a_civil_servant_and_it_is_said():
    found = read("A1|สมชาย ใจดี|ก|1/10/2565", header=HEADER[:4])
    assert found.rows[0].employment == "civil_servant"
    assert told(found) == [(1, "", "no-employment")]


@pytest.mark.parametrize(
    ("word", "kind"),
    [("ข้าราชการ", "civil_servant"), ("ลูกจ้างประจำ", "permanent_employee"), ("พนักงานราชการ ", "government_employee"),
     ("พนักงานจ้างเหมาบริการ", "contractor"), ("จ้างเหมา", "contractor"), ("Government employee", "government_employee")],
)  # fmt: skip
def test_words_of_employment_are_read(word, kind):
    assert read(f"A1|สมชาย ใจดี|ก|1/10/2565|||{word}").rows[0].employment == kind


@pytest.mark.parametrize(
    ("word", "is_guest"), [("ใช่", True), ("TRUE", True), ("ไม่ใช่", False), ("", False), ("0", False)]
)
def test_words_of_guests_are_read_and_a_guest_needs_no_employment(word, is_guest):
    employment = "" if is_guest else "ข้าราชการ"
    assert read(f"A1|สมชาย ใจดี|ก|1/10/2565||{word}|{employment}").rows[0].is_guest is is_guest


def test_a_buddhist_year_in_the_form_of_christian_ones_is_read_and_said():
    found = read("A1|สมชาย ใจดี|ก|2565-10-01|||ข้าราชการ", "A2|มาลี ดีใจ|ก|1480-10-01|||ข้าราชการ")
    assert [row.active_from for row in found.rows] == [date(2022, 10, 1), date(2023, 10, 1)]
    assert told(found) == [(2, "วันที่เริ่ม", "date-buddhist-as-iso"), (3, "วันที่เริ่ม", "date-subtracted-twice")]
    assert "2565" in found.findings[0].message
    assert "1480" in found.findings[1].message


def test_days_far_away_are_said():
    found = read("A1|สมชาย ใจดี|ก|1/10/2475|||ข้าราชการ", "A2|มาลี ดีใจ|ก|1/10/2565|1/10/2665||ข้าราชการ")
    assert told(found) == [(2, "วันที่เริ่ม", "date-far"), (3, "วันที่พ้น", "date-far")]


TWO = ("a1|นายสมชาย ใจดี|ก|1/10/2564|1/10/2565||ข้าราชการ", "A๑|อารี ทองคำ|ข|1/10/2565|||ข้าราชการ")


def test_two_people_under_one_code_are_an_error_unless_it_is_meant():
    assert told(read(*TWO)) == [(3, "ชื่อ-สกุล", "two-people")]
    accepted = read(*TWO, accept=["A1"])
    assert [(one.code, one.severity) for one in accepted.findings] == [("two-spellings", "warning")]
    assert len(accepted.rows) == 2


def test_two_people_are_found_even_where_the_rest_of_the_row_is_wrong():
    found = read("A1|นายสมชาย ใจดี|ก|เมื่อวาน|||ข้าราชการ", "A1|อารี ทองคำ|ข|1/10/66|||ข้าราชการ")
    assert {one.code for one in found.findings} == {"date-unreadable", "date-two-digit-year", "two-people"}


@pytest.mark.parametrize("other", ["สมชาย ใจดี", "นาย สมชาย ใจดี", "นายสมชาย ใจดี์", "นายสมชาย รักสงบ", "น.ส.สมชาย  ใจดี"])
def test_one_code_with_two_spellings_is_one_person_and_said(other):
    found = read("A1|นายสมชาย ใจดี|ก|1/10/2564|1/10/2565||ข้าราชการ", f"A1|{other}|ข|1/10/2565|||ข้าราชการ")
    assert [(one.row, one.code, one.severity) for one in found.findings] == [(3, "two-spellings", "warning")]


@pytest.mark.parametrize("other", ["สมชาย ใจดี", "นางสมชาย ใจดี", "สมชาย ใจดี์", "สมชัย ใจดี", "สมชาย  ใจ ดี"])
def test_two_codes_of_nearly_one_name_are_said(other):
    found = read("A1|นายสมชาย ใจดี|ก|1/10/2564|||ข้าราชการ", f"A2|{other}|ข|1/10/2565|||ข้าราชการ")
    assert [(one.row, one.code, one.severity) for one in found.findings] == [(3, "may-be-one-person", "warning")]
    assert "A1" in found.findings[0].message
    assert "แถว 2" in found.findings[0].message


@pytest.mark.parametrize("other", ["สมหญิง ใจดี", "สมชาย ใจเย็น", "คนที่ 2", "มานี"])
def test_different_names_are_left_in_peace(other):
    assert told(read("A1|นายสมชาย ใจดี|ก|1/10/2564|||ข้าราชการ", f"A2|{other}|ข|1/10/2565|||ข้าราชการ")) == []


def test_the_same_row_twice_is_kept_once_and_said():
    found = read(*["A1|สมชาย ใจดี|ก|1/10/2565|||ข้าราชการ"] * 2)
    assert len(found.rows) == 1
    assert told(found) == [(3, "", "same-row")]


def test_one_person_in_two_places_at_once_is_an_error_a_transfer_is_none():
    first, second = "A1|สมชาย ใจดี|ก|1/10/2564|1/10/2565||ข้าราชการ", "A1|สมชาย ใจดี|ข|1/10/2565|||ข้าราชการ"
    assert told(read(first, second)) == []
    assert told(read(first, second.replace("1/10/2565", "30/9/2565"))) == [(3, "วันที่เริ่ม", "overlap")]
    assert told(read(second, first.replace("1/10/2565", ""))) == [(3, "วันที่เริ่ม", "overlap")]


def test_an_empty_table_is_an_error():
    assert told(read()) == [(1, "", "no-rows")]


def people(*rows: tuple[str, str]) -> list[Known]:
    return [Known(f"id-{code}", code, name) for code, name in rows]


def test_duplicates_say_why():
    found = duplicates(
        people(("A1", "นายสมชาย ใจดี"), ("B1", "สมชาย  ใจดี"), ("C1", "สมชาย ใจดิ"), ("A-1", "อารี ทองคำ"), ("D", "ปิยะ"))
    )
    assert {(pair.a.code, pair.b.code, pair.why) for pair in found} == {
        ("A1", "B1", "same-name"),
        ("A-1", "A1", "near-code"),
        ("A1", "C1", "near-name"),
    }


def test_a_thousand_of_one_name_give_a_chain_not_a_million_pairs():
    found = duplicates(people(*((f"K{number}", "สมชาย ใจดี") for number in range(400))))
    assert len(found) == 399
