"""The people page against a real desk: what a trainer presses is what is stored, what is refused stands at its field."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cps_training.apps import people_page
from cps_training.desk.asker import Asker
from cps_training.desk.local import LocalDesk
from cps_training.records import accounts
from cps_training.thai_text import show_date, thai_digits
from cps_training.views import FormCard, Notice, PeopleList, PeoplePairs, PersonSheet, RosterSlips, RosterUpload
from tests.apps.office import UNITS, Office, plain, press, send, upload


@pytest.fixture
def office(desk, clock, entropy, monkeypatch):
    monkeypatch.setattr(people_page, "utc_now", clock)
    return Office(desk, clock, entropy)


class Page:
    """The page and what it shows now."""

    def __init__(self, office):
        self.box = people_page.people(office.session)

    @property
    def main(self):
        return self.box.children[1].children[0]

    @property
    def above(self):
        return next(iter(self.box.children[0].children), None)

    def open(self, action):
        press(self.main, action)
        return self.main


def stays(office, person_id):
    found = [row for row in office.rows("roster") if row["person_id"] == person_id]
    return [
        (row["unit"], row["active_from"], row["active_to"]) for row in sorted(found, key=lambda row: row["active_from"])
    ]


def test_the_list_tells_unit_state_and_roles(office):
    office.officer("A1", "กานดา ตัวอย่าง")
    office.officer("A2", "มาลี ตัวอย่าง", left=3)
    office.officer("G1", "แขก ตัวอย่าง", "หน่วยงานอื่น", is_guest=True)
    office.officer("A3", "ธนา ตัวอย่าง", left_out_because="ลาศึกษาต่อ")
    rows = {row["code"]: row for row in Page(office).main.page["rows"]}
    assert {code: row["state"] for code, row in rows.items()} == {
        "A1": "waiting",
        "A2": "left",
        "A3": "waiting",
        "G1": "guest",
        "T001": "unlisted",
    }
    assert rows["A1"]["unit"] == UNITS[0]
    assert [tag["text"] for tag in rows["A3"]["tags"]] == ["ไม่นับในหน่วยงาน"]
    assert rows["T001"]["tags"] == [{"text": "วิทยากร, ผู้ดูแลระบบ", "kind": "plain"}]


def test_an_empty_office_is_led_to_the_import(office):
    page = Page(office).main.page
    assert page["rows"] == []
    assert [(action["id"], bool(action.get("primary"))) for action in page["actions"]] == [
        ("import", True),
        ("add", False),
    ]


def test_somebody_is_added_by_hand_and_the_code_is_shown_once(office):
    page = Page(office)
    form = page.open("add")
    assert isinstance(form, FormCard)
    day = thai_digits(show_date(office.today - timedelta(days=40)))
    told = send(form, "add", code="a 7", name="พิมพ์ใจ ตัวอย่าง", unit=UNITS[0], active_from=day, employment="contractor")
    assert told["kind"] == "saved"
    assert isinstance(page.above, RosterSlips)
    [slip] = page.above.page["rows"]
    assert slip["name"] == "พิมพ์ใจ ตัวอย่าง"
    assert len(slip["letters"]) >= 8
    [row] = office.rows("roster")
    assert (row["active_from"], row["employment"]) == ((office.today - timedelta(days=40)).isoformat(), "contractor")
    page.open("list")
    assert isinstance(page.main, PeopleList)
    assert page.above is None  # gone for good


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"code": " "}, "code", "รหัส"),
        ({"code": "t001"}, "code", "มี"),
        ({"name": ""}, "name", "ชื่อ"),
        ({"unit": "  "}, "unit", "กลุ่มงาน"),
        ({"active_from": "31/2/2566"}, "active_from", "ไม่มีวันที่"),
        ({"active_from": "1/10/66"}, "active_from", "ปีสองหลัก"),
        ({"active_from": ""}, "active_from", "ยังไม่ได้กรอกวันที่"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_stored(office, typed, field, words):
    page = Page(office)
    filled = {"code": "A7", "name": "พิมพ์ใจ", "unit": UNITS[0]} | typed
    told = send(page.open("add"), "add", **filled)
    assert (told["kind"], told["field"]) == ("error", field)
    assert words in told["text"]
    assert len(office.rows("people")) == 1
    assert page.above is None


def test_a_refusal_is_told_in_the_readers_language(office):
    english = office.session.__class__(**{**vars(office.session), "locale": "en"})
    page = people_page.people(english)
    press(page.children[1].children[0], "add")
    told = send(page.children[1].children[0], "add", code="A7", name="x", unit="y", active_from="soon")
    assert told["field"] == "active_from"
    assert not any("\u0e00" <= letter <= "\u0e7f" for letter in told["text"].replace("ต.ค.", "")), told["text"]


def sheet_of(office, person_id):
    page = Page(office)
    sheet = page.open(f"open:{person_id}")
    assert isinstance(sheet, PersonSheet)
    return page, sheet


def test_move_leave_and_come_back(office):
    person_id = office.officer("A1", "กานดา ตัวอย่าง", days=100)
    start = (office.today - timedelta(days=100)).isoformat()
    _, sheet = sheet_of(office, person_id)
    moved, left = office.today - timedelta(days=20), office.today - timedelta(days=2)
    assert send(sheet, "transfer", unit=UNITS[1], on=show_date(moved))["kind"] == "saved"
    assert stays(office, person_id) == [(UNITS[0], start, moved.isoformat()), (UNITS[1], moved.isoformat(), None)]
    assert send(sheet, "leave", on=f"{left.day}/{left.month}/{left.year + 543}")["kind"] == "saved"
    assert stays(office, person_id)[-1] == (UNITS[1], moved.isoformat(), left.isoformat())
    assert "leave" not in sheet.forms  # who is gone cannot leave, but can be put back on the roster
    assert send(sheet, "enrol", unit=UNITS[0])["kind"] == "saved"
    assert stays(office, person_id)[-1] == (UNITS[0], office.today.isoformat(), None)
    history = [plain(row["what"]) for row in sheet.sheet["history"]["rows"]]
    assert history[0].startswith("เพิ่มเข้าทะเบียน กลุ่มส่งเสริมสหกรณ์ 1")
    assert history[2].startswith("ย้ายไป กลุ่มส่งเสริมสหกรณ์ 2")
    assert plain(sheet.sheet["history"]["rows"][0]["who"]) == "อารี ตัวอย่าง"


def test_a_stay_is_corrected_left_out_with_a_reason_counted_again_and_withdrawn(office):
    person_id = office.officer("A1", "กานดา ตัวอย่าง")
    _, sheet = sheet_of(office, person_id)

    def form(verb):
        return next(name for name in sheet.forms if name.startswith(f"{verb}:"))

    assert send(sheet, form("out"), because=" ")["field"] == "because"
    assert send(sheet, form("out"), because="ลาศึกษาต่อ")["kind"] == "saved"
    assert office.rows("roster")[0]["left_out_because"] == "ลาศึกษาต่อ"
    assert "ลาศึกษาต่อ" in plain(sheet.sheet["stays"]["rows"][0]["text"])
    assert send(sheet, form("in"))["kind"] == "saved"
    assert office.rows("roster")[0]["left_out_because"] is None
    told = send(sheet, form("amend"), active_to=show_date(office.today - timedelta(days=900)))
    assert (told["kind"], told["field"]) == ("error", "active_to")
    assert send(sheet, form("amend"), unit="กลุ่มที่ถูกต้อง")["kind"] == "saved"
    assert office.rows("roster")[0]["unit"] == "กลุ่มที่ถูกต้อง"
    assert send(sheet, form("withdraw"))["kind"] == "saved"
    assert office.rows("roster") == []


def test_account_name_roles_code_and_closing(office):
    person_id = office.officer("A1", "กานดา ตัวอย่าง")
    page, sheet = sheet_of(office, person_id)
    assert send(sheet, "rename", name="  กานดา   ใหม่ ")["kind"] == "saved"
    assert sheet.sheet["name"] == "กานดา ใหม่"
    assert send(sheet, "roles", roles=[])["field"] == "roles"
    assert send(sheet, "roles", roles=["learner", "trainer"])["kind"] == "saved"
    assert send(sheet, "code")["kind"] == "saved"
    assert page.main is sheet  # the slip comes above; the sheet keeps its forms
    [slip] = page.above.page["rows"]
    assert slip["code"] == "A1"
    assert send(sheet, "disable")["kind"] == "saved"
    [row] = [row for row in office.rows("people") if row["person_id"] == person_id]
    assert (row["name"], set(row["roles"]), row["is_disabled"]) == ("กานดา ใหม่", {"learner", "trainer"}, True)
    assert "code" not in sheet.forms
    assert send(sheet, "enable")["kind"] == "saved"


def test_nobody_is_offered_to_close_their_own_account(office):
    _, sheet = sheet_of(office, office.me)
    assert "disable" not in sheet.forms


def test_a_trainer_who_is_no_admin_makes_learners_only(desk, clock, entropy, monkeypatch):
    monkeypatch.setattr(people_page, "utc_now", clock)
    office = Office(desk, clock, entropy, roles=("trainer",))
    page = Page(office)
    form = page.open("add")
    assert "roles" not in {field["name"] for field in form.forms["add"]["fields"]}
    assert send(form, "add", code="A1", name="กานดา", unit=UNITS[0])["kind"] == "saved"
    other = office.person("T2", "วิทยากรอีกคน", roles=("trainer",))
    page.open("list")
    told = send(page.open(f"open:{other}"), "rename", name="ใหม่")
    assert told["kind"] == "error"
    assert "ผู้ดูแล" in told["text"]


def test_a_learner_sees_words_and_no_rows(office):
    learner = office.officer("A1", "กานดา ตัวอย่าง")
    view = {"person_id": learner, "code": "A1", "name": "กานดา", "roles": ["learner"], "locale": "th"}
    desk = LocalDesk(office.desk, Asker(person_id=learner, roles=("learner",)), view)
    session = office.session.__class__(**{**vars(office.session), "desk": desk, "person": view})
    shown = people_page.people(session).children[1].children[0]
    assert isinstance(shown, Notice)
    assert "วิทยากร" in shown.text


# --- two accounts of one person ----------------------------------------------------------------------------------------------


def test_two_accounts_are_offered_merged_and_taken_apart(office):
    one = office.officer("A1", "กานดา ตัวอย่าง")
    two = office.officer("A01", "นางสาวกานดา  ตัวอย่าง")
    page = Page(office)
    [notice] = page.main.page["notices"]
    assert "1" in plain(notice["text"])
    pairs = page.open("pairs")
    assert isinstance(pairs, PeoplePairs)
    [pair] = pairs.page["pairs"]
    assert send(pairs, pair["form"], keep="")["field"] == "keep"
    assert send(pairs, pair["form"], keep=one)["kind"] == "saved"
    assert pairs.page["pairs"] == []
    [merged] = pairs.page["merged"]["rows"]
    assert plain(merged["text"]) == "นางสาวกานดา ตัวอย่าง (รหัส A01) นับรวมกับรหัส A1"
    assert {row["person_code"] for row in office.rows("roster")} == {"A1"}
    assert send(pairs, merged["form"])["kind"] == "saved"
    assert {row["person_id"] for row in office.rows("roster")} == {one, two}


def test_a_pair_said_to_be_two_people_is_not_asked_about_again(office):
    office.officer("A1", "กานดา ตัวอย่าง")
    office.officer("A01", "กานดา ตัวอย่าง")
    page = Page(office)
    pairs = page.open("pairs")
    [pair] = pairs.page["pairs"]
    assert send(pairs, pair["apart"])["kind"] == "saved"
    assert pairs.page["pairs"] == []
    assert page.open("list").page["notices"] == []


# --- a roster from a file ----------------------------------------------------------------------------------------------------

HEAD = "รหัส,ชื่อ-สกุล,กลุ่มงาน,วันที่เริ่ม,ประเภท\n"
GOOD = HEAD + f"A1,กานดา ตัวอย่าง,{UNITS[0]},1 ต.ค. 2565,ข้าราชการ\nA2,มาลี ตัวอย่าง,{UNITS[1]},๑/๑๐/๒๕๖๕,ข้าราชการ\n"


def test_every_mistake_is_told_with_row_and_column_and_nothing_is_stored(office):
    page = Page(office)
    view = page.open("import")
    assert isinstance(view, RosterUpload)
    bad = HEAD + (
        f"A1,กานดา ตัวอย่าง,{UNITS[0]},31/2/2566,ข้าราชการ\n"
        f"A2,,{UNITS[0]},1 ต.ค. 2565,ข้าราชการ\n"
        f"A3,ธนา ตัวอย่าง,{UNITS[0]},1 ต.ค. 2565,อาสา\n"
    )
    upload(view, bad.encode())
    step = page.main.step
    assert step["verdict"]["kind"] == "bad"
    assert step["form"] == ""
    cells = [(row["cells"][0], plain([row["cells"][1]]), row["kind"]) for row in step["findings"]["rows"]]
    assert cells == [("2", "วันที่เริ่ม", "bad"), ("3", "ชื่อ-สกุล", "bad"), ("4", "ประเภท", "bad")]
    assert len(office.rows("people")) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
def test_a_good_file_is_shown_first_and_then_taken_over_with_codes(office, encoding):
    page = Page(office)
    upload(page.open("import"), GOOD.encode(encoding))
    step = page.main.step
    assert step["verdict"]["kind"] == "good"
    assert step["difference"]["rows"][0]["title"] == "คนใหม่ 2 คน"
    assert office.rows("roster") == []  # a dry run
    form = page.main.forms["apply"]
    assert form["submit"] == "นำเข้า 2 คน"
    page.main._handle_custom_msg({"kind": "intent", "id": "apply", "values": {}, "send_id": "0" * 32}, [])
    assert isinstance(page.main, PeopleList)
    assert [(row["name"], row["code"]) for row in page.above.page["rows"]] == [
        ("กานดา ตัวอย่าง", "A1"),
        ("มาลี ตัวอย่าง", "A2"),
    ]
    assert all(len(row["letters"]) >= 8 for row in page.above.page["rows"])
    assert {row["active_from"] for row in office.rows("roster")} == {"2022-10-01"}


def test_the_same_file_again_has_nothing_to_import(office):
    page = Page(office)
    upload(page.open("import"), GOOD.encode())
    page.main._handle_custom_msg({"kind": "intent", "id": "apply", "values": {}, "send_id": "0" * 32}, [])
    page.open("import")
    upload(page.main, GOOD.encode())
    assert page.main.step["form"] == ""
    assert "ไม่มีอะไรต้องนำเข้า" in page.main.step["verdict"]["text"]


def apply(page, **values):
    page.main._handle_custom_msg({"kind": "intent", "id": "apply", "values": values, "send_id": "0" * 32}, [])
    return page.main


def test_a_code_under_another_name_is_taken_over_only_when_confirmed(office):
    person_id = office.officer("A1", "สมชาย เดิมชื่อนี้", days=10)
    page = Page(office)
    upload(page.open("import"), GOOD.encode())
    assert page.main.step["verdict"]["kind"] == "due"
    view = page.main
    apply(page, accept=[])
    assert (view.status["kind"], view.status["field"]) == ("error", "accept")
    assert len(office.rows("people")) == 2
    apply(page, accept=["A1"])
    assert isinstance(page.main, PeopleList)
    names = {row["person_id"]: row["name"] for row in office.rows("people")}
    assert names[person_id] == "กานดา ตัวอย่าง"


def test_who_is_absent_from_the_file_leaves_only_on_a_written_day(office):
    gone = office.officer("Z9", "วิชัย ตัวอย่าง")
    page = Page(office)
    upload(page.open("import"), GOOD.encode())
    [asked] = [field for field in page.main.forms["apply"]["fields"] if field["name"] == "ends_absent_on"]
    assert "1" in asked["label"]
    apply(page, ends_absent_on="")
    assert stays(office, gone)[0][2] is None
    page.open("import")
    upload(page.main, GOOD.encode())
    view = page.main
    apply(page, ends_absent_on="")  # nothing else would change: the day is what is asked for
    assert view.status["field"] == "ends_absent_on"
    apply(page, ends_absent_on=show_date(office.today))
    assert stays(office, gone)[0][2] == office.today.isoformat()


@pytest.mark.parametrize(("data", "name"), [(b"PK\x03\x04 broken", "a.xlsx"), (b"%PDF-1.4", "a.pdf"), (b"", "a.csv")])
def test_a_file_that_is_no_table_is_refused_in_words_at_the_form(office, data, name):
    page = Page(office)
    view = page.open("import")
    status = upload(view, data, name)
    assert status["kind"] == "error"
    assert name in status["text"]
    assert page.main is view


def test_a_very_long_cell_is_a_finding_and_no_crash(office):
    page = Page(office)
    upload(page.open("import"), (HEAD + f"A1,{'ก' * 3000},{UNITS[0]},1 ต.ค. 2565,ข้าราชการ\n").encode())
    assert page.main.step["verdict"]["kind"] == "bad"


def test_a_changed_role_takes_effect_at_once(office):
    """A page that was open while its trainer lost the role gets no rows any more."""
    page = Page(office)
    with office.desk.records.write() as conn:
        accounts.set_roles(conn, office.me, ("learner",))
    office.session.desk._asker = Asker(person_id=office.me, roles=("learner",))
    assert isinstance(page.open("pairs"), Notice)
