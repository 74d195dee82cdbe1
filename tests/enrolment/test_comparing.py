"""What an import would change: shown before anything is changed, nothing guessed."""

from __future__ import annotations

from datetime import date

from cps_training.enrolment import Known, Present, RosterTable, Stay, compare, read_roster

TODAY = date(2023, 11, 1)
HEADER = ("รหัส", "ชื่อ-สกุล", "กลุ่มงาน", "วันที่เริ่ม", "วันที่พ้น", "แขก", "ประเภท")
SOMCHAI, MALI, ARI = Known("s", "A1", "นายสมชาย ใจดี"), Known("m", "A2", "มาลี ดีใจ"), Known("a", "A3", "อารี ทองคำ")


def stay(entry: str, person: Known, unit="กลุ่ม 1", since=date(2022, 10, 1), until=None, **changes) -> Stay:
    return Stay(entry, person.person_id, unit, "civil_servant", False, since, until, **changes)


OFFICE = Present((SOMCHAI, MALI, ARI), (stay("e1", SOMCHAI), stay("e2", MALI), stay("e3", ARI)))
SAME = ("A1|นายสมชาย ใจดี|กลุ่ม 1|1/10/2565|||ข้าราชการ", "A2|มาลี ดีใจ|กลุ่ม 1|1/10/2565|||ข้าราชการ",
        "A3|อารี ทองคำ|กลุ่ม 1|1/10/2565|||ข้าราชการ")  # fmt: skip


def difference(*rows: str, present: Present = OFFICE, header=HEADER, accept=(), **options):
    table = RosterTable(header, tuple((number, tuple(row.split("|"))) for number, row in enumerate(rows, 2)))
    return compare(read_roster(table, today=TODAY, accept=accept), present, today=TODAY, accept=accept, **options)


def counts(found) -> dict[str, int]:
    return {part: n for part, n in found.counts().items() if n}


def test_the_same_roster_changes_nothing():
    found = difference(*SAME)
    assert counts(found) == {"unchanged": 3}
    assert found.changes_nothing
    assert found.findings == ()


def test_new_people_come_with_all_their_stays():
    found = difference(*SAME, "B1|ปิยะ คนใหม่|ก|1/10/2565|1/4/2566||ข้าราชการ", "B1|ปิยะ คนใหม่|ข|1/4/2566|||ข้าราชการ")
    assert counts(found) == {"new_people": 1, "unchanged": 3}
    assert [row.unit for row in found.new_people[0]] == ["ก", "ข"]


def test_codes_are_compared_as_accounts_are():
    assert counts(difference(SAME[0].replace("A1", "a๑"), *SAME[1:])) == {"unchanged": 3}


def test_a_transfer_ends_the_open_stay_where_the_next_begins():
    found = difference("A1|นายสมชาย ใจดี|กลุ่ม 2|1/4/2566|||ข้าราชการ", *SAME[1:])
    assert counts(found) == {"new_stays": 1, "ended": 1, "unchanged": 2}
    assert found.ended[0].after.active_to == date(2023, 4, 1)
    assert found.new_stays[0][1].unit == "กลุ่ม 2"


def test_a_leaving_day_is_shown_as_an_end():
    found = difference(SAME[0].replace("|||", "|1 เม.ย. 2566||"), *SAME[1:])
    assert counts(found) == {"ended": 1, "unchanged": 2}


def test_other_corrections_are_changes_of_the_stay():
    for row in (
        SAME[0].replace("1/10/2565", "3/10/2565"),
        SAME[0].replace("ข้าราชการ", "จ้างเหมา"),
        SAME[0].replace("กลุ่ม 1", "กลุ่ม 9"),
    ):
        found = difference(row, *SAME[1:])
        assert counts(found) == {"changed": 1, "unchanged": 2}, row
        assert found.changed[0].before.entry_id == "e1"


def test_earlier_stays_the_file_does_not_speak_of_are_kept():
    older = stay("e0", SOMCHAI, unit="กลุ่มเดิม", since=date(2020, 10, 1), until=date(2022, 10, 1))
    found = difference(*SAME, present=Present(OFFICE.people, (*OFFICE.stays, older)))
    assert counts(found) == {"unchanged": 3}


def test_what_the_file_has_no_column_for_stays_as_it_is():
    left = stay("e1", SOMCHAI, until=date(2024, 1, 1), left_out_because="ลาศึกษา")
    present = Present((SOMCHAI,), (left,))
    found = difference("A1|นายสมชาย ใจดี|กลุ่ม 1|1/10/2565", present=present, header=HEADER[:4])
    assert counts(found) == {"unchanged": 1}


def test_those_absent_are_named_and_leave_only_when_it_is_said():
    found = difference(*SAME[:2])
    assert counts(found) == {"unchanged": 2, "absent": 1}
    assert found.absent[0][0] is ARI
    found = difference(*SAME[:2], ends_absent_on=date(2023, 10, 1))
    assert counts(found) == {"unchanged": 2, "absent": 1, "ended": 1}
    assert (found.ended[0].person, found.ended[0].after.active_to) == (ARI, date(2023, 10, 1))


def test_guests_and_those_who_left_long_ago_are_not_absent():
    guest = Stay("g", ARI.person_id, "ภายนอก", "civil_servant", True, date(2022, 10, 1), None)
    left = stay("e2", MALI, until=date(2023, 1, 1))
    found = difference(SAME[0], present=Present(OFFICE.people, (OFFICE.stays[0], left, guest)))
    assert counts(found) == {"unchanged": 1}


def test_somebody_whose_row_has_a_mistake_is_not_absent():
    assert counts(difference(*SAME[:2], SAME[2].replace("1/10/2565", "1/10/65"))) == {"unchanged": 2}


def test_a_near_spelling_or_a_new_surname_is_a_new_name():
    for name in ("สมชาย ใจดี", "นายสมชาย ใจดี์", "นายสมชาย รักสงบ"):
        found = difference(SAME[0].replace("นายสมชาย ใจดี", name), *SAME[1:])
        assert counts(found) == {"renamed": 1, "unchanged": 3}, name
        assert found.renamed[0].name == name


def test_a_wholly_other_name_under_a_known_code_is_refused_until_it_is_meant():
    row = SAME[0].replace("นายสมชาย ใจดี", "วิชัย มาใหม่")
    found = difference(row, *SAME[1:])
    assert [(one.row, one.code, one.severity) for one in found.findings] == [(2, "two-people", "error")]
    assert counts(difference(row, *SAME[1:], accept=["a1"])) == {"renamed": 1, "unchanged": 3}


def test_a_new_code_with_a_known_name_is_said():
    found = difference(*SAME, "B7|นางมาลี ดีใจ|กลุ่ม 5|1/10/2566|||ข้าราชการ")
    assert [(one.row, one.code, one.severity) for one in found.findings] == [(5, "may-be-one-person", "warning")]
    assert "A2" in found.findings[0].message


def test_names_of_staff_are_left_to_the_admin():
    boss = Known("s", "A1", "นายสมชาย ใจดี", is_staff=True)
    present = Present((boss, MALI, ARI), OFFICE.stays)
    row = SAME[0].replace("ใจดี", "รักสงบ")
    assert counts(difference(row, *SAME[1:], present=present)) == {"renamed": 1, "unchanged": 3}
    found = difference(row, *SAME[1:], present=present, may_rename_staff=False)
    assert counts(found) == {"unchanged": 3}
    assert [one.code for one in found.findings] == ["name-kept"]


def test_a_stay_later_on_the_roster_is_not_overwritten():
    later = stay("e9", SOMCHAI, unit="กลุ่ม 9", since=date(2023, 5, 1))
    first = stay("e1", SOMCHAI, until=date(2023, 5, 1))
    found = difference("A1|นายสมชาย ใจดี|กลุ่ม 2|1/4/2566|||ข้าราชการ", present=Present((SOMCHAI,), (first, later)))
    assert "overlaps-the-roster" in [one.code for one in found.findings]


def test_the_json_form_has_counts_and_at_most_so_many_rows():
    rows = [f"B{number}|คนที่ {number}|ก|1/10/2565|||ข้าราชการ" for number in range(30)]
    document = difference(*SAME, *rows).as_json(limit=10)
    assert document["counts"]["new_people"] == 30
    assert len(document["rows"]["new_people"]) == 10
    assert document["rows"]["new_people"][0]["stays"][0]["active_from"] == "2022-10-01"
