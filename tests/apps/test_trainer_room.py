"""The trainer's room against a real desk: sessions, attendance, settings, and numbers that follow at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cps_training.apps import trainer_room
from cps_training.desk import office as messages
from cps_training.errors import KitError
from cps_training.thai_text import show_date
from cps_training.views import AttendanceSheet, Notice, SessionBook
from tests.apps.office import UNITS, Office, mark, plain, press, send


@pytest.fixture
def office(desk, clock, entropy, monkeypatch):
    monkeypatch.setattr(trainer_room, "utc_now", clock)
    return Office(desk, clock, entropy)


class Room:
    """The page and its three parts."""

    def __init__(self, office):
        self.meter, self._middle, self.settings = trainer_room.trainer(office.session).children

    @property
    def main(self):
        return self._middle.children[1].children[0]

    @property
    def count(self):
        return self.meter.meter["n"], self.meter.meter["n_unit"]

    def add(self, title="เวที", minutes="120", **values):
        return send(self.main, "add", title=title, minutes=minutes, **values)

    def open(self, n=0):
        press(self.main, self.main.book["rows"][n]["open"]["id"])
        assert isinstance(self.main, AttendanceSheet)
        return self.main


def test_an_office_without_a_roster_is_led_to_the_people_page(office):
    room = Room(office)
    assert room.meter.meter["n_unit"] == 0
    assert room.meter.meter["empty_action"]["href"] == "/people"
    assert "ร้อยละให้แสดง" in room.meter.meter["empty"]


def test_a_session_is_added_with_a_date_of_either_era_and_thai_digits(office):
    room = Room(office)
    day = office.today - timedelta(days=3)
    assert room.add("เล่าสู่กันฟัง", "๙๐", held_on=f"{day.day}/{day.month}/{day.year + 543}")["kind"] == "saved"
    assert room.add("แลกเปลี่ยน", "60", held_on=day.isoformat())["kind"] == "saved"
    held = office.rows("sessions")
    assert {(row["title"], row["held_on"], row["minutes"]) for row in held} == {
        ("เล่าสู่กันฟัง", day.isoformat(), 90),
        ("แลกเปลี่ยน", day.isoformat(), 60),
    }
    assert len(room.main.book["rows"]) == 2


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": "  "}, "title"),
        ({"minutes": "สอง"}, "minutes"),
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "90.5"}, "minutes"),
        ({"held_on": "พรุ่งนี้"}, "held_on"),
    ],
)
def test_what_is_wrong_with_a_session_stands_at_its_field(office, typed, field):
    room = Room(office)
    told = room.add(**({"title": "เวที", "minutes": "60"} | typed))
    assert (told["kind"], told["field"]) == ("error", field)
    assert office.rows("sessions") == []


def test_a_session_is_changed_and_removed_only_while_nobody_is_noted(office):
    officer = office.officer("A1", "กานดา ตัวอย่าง")
    room = Room(office)
    room.add()
    [row] = office.rows("sessions")
    amend, remove = f"amend:{row['session_id']}", f"remove:{row['session_id']}"
    assert send(room.main, amend, title="เวทีใหม่", minutes="45")["kind"] == "saved"
    assert (office.rows("sessions")[0]["title"], office.rows("sessions")[0]["minutes"]) == ("เวทีใหม่", 45)
    mark(room.open(), (officer, "onsite", ""))
    press(room.main, "back")
    assert isinstance(room.main, SessionBook)
    assert remove not in room.main.forms
    mark(room.open(), (officer, "absent", ""))
    press(room.main, "back")
    assert send(room.main, remove)["kind"] == "saved"
    assert office.rows("sessions") == []


def test_the_sheet_lists_the_roster_of_that_day_and_guests_last(office):
    office.officer("A1", "มาลี ตัวอย่าง")
    office.officer("A2", "กานดา ตัวอย่าง")
    office.officer("B1", "ธนา ตัวอย่าง", UNITS[1])
    office.officer("C1", "พ้นก่อน", left=10)
    office.officer("C2", "พ้นวันนั้น", left=5)
    office.officer("C3", "พ้นวันถัดมา", left=4)
    office.officer("C4", "มาทีหลัง", days=4)
    office.officer("G1", "แขก ตัวอย่าง", "หน่วยงานอื่น", is_guest=True)
    room = Room(office)
    room.add(held_on=show_date(office.today - timedelta(days=5)))
    groups = {plain(group["title"]): [one["name"] for one in group["people"]] for group in room.open().sheet["groups"]}
    assert groups == {
        UNITS[0]: ["กานดา ตัวอย่าง", "พ้นวันถัดมา", "มาลี ตัวอย่าง"],
        UNITS[1]: ["ธนา ตัวอย่าง"],
        "แขก (ไม่นับในหน่วยงาน)": ["แขก ตัวอย่าง"],
    }


def test_marks_are_kept_and_the_numbers_follow_at_once(office):
    ids = [office.officer(f"A{n}", f"คนที่ {n}") for n in range(1, 6)]
    guest = office.officer("G1", "แขก", "หน่วยงานอื่น", is_guest=True)
    room = Room(office)
    assert room.count == (0, 5)
    room.add(minutes="100")
    sheet = room.open()
    told = mark(
        sheet, (ids[0], "onsite", ""), (ids[1], "online", "๖๐"), (ids[2], "online", "59"), (guest, "onsite", "")
    )
    assert told["text"].startswith("บันทึกแล้ว 4 รายการ · 2 จาก 5 คน")
    assert room.count == (2, 5)  # 59 of 100 minutes are below 60 %, the guest never counts
    assert room.main is sheet  # nothing is drawn anew under a trainer's fingers
    mark(sheet, (ids[2], "onsite", ""), (ids[3], "onsite", ""))
    assert room.count == (4, 5)
    assert room.meter.meter["tag"]["kind"] == "good"
    mark(sheet, (ids[0], "absent", ""))
    assert room.count == (3, 5)
    press(sheet, "back")
    assert "มา 3 คน ออนไลน์ 1 คน" in room.main.book["rows"][0]["facts"]


@pytest.mark.parametrize("minutes", ["101", "-1", "ครึ่ง", ""])
def test_impossible_minutes_are_said_at_their_person_and_nothing_is_kept(office, minutes):
    one, two = office.officer("A1", "กานดา"), office.officer("A2", "มาลี")
    room = Room(office)
    room.add(minutes="100")
    told = mark(room.open(), (one, "onsite", ""), (two, "online", minutes))
    assert (told["kind"], told["field"]) == ("error", two)
    assert office.rows("attendance") == []


def test_a_sheet_shows_what_another_page_saved(office):
    one = office.officer("A1", "กานดา")
    room = Room(office)
    room.add()
    [held] = office.rows("sessions")
    attended = (messages.Attended(person_id=one, kind="online", minutes=70),)
    office.session.ask(messages.NoteAttendance(session_id=held["session_id"], attended=attended))
    [group] = room.open().sheet["groups"]
    assert [(one["kind"], one["minutes"]) for one in group["people"]] == [("online", "70")]


def test_settings_are_read_in_any_form_and_change_the_count(office):
    office.officer("A1", "กานดา")
    office.officer("A2", "จ้างเหมา", employment="contractor")
    room = Room(office)
    assert room.count == (0, 1)
    told = send(
        room.settings,
        "settings",
        office="สำนักงานสหกรณ์จังหวัดตัวอย่าง",
        title="เรื่องใหม่",
        title_en="",
        deadline="๑๔ ก.ค. ๒๕๖๙",
        count_date="1/7/2569",
        online_percent="๗๐",
        counts_contractors=True,
    )
    assert told["kind"] == "saved"
    [stored] = office.rows("settings")
    assert (stored["deadline"], stored["count_date"]) == ("2026-07-14", "2026-07-01")
    assert stored["rule"]["online_percent"] == 70
    assert office.rows("office") == [{"name": "สำนักงานสหกรณ์จังหวัดตัวอย่าง"}]
    assert room.count == (0, 2)
    assert "เรื่องใหม่" in plain(room.meter.meter["subtitle"])
    assert "1 ก.ค. 2569" in plain(room.meter.meter["subtitle"])
    assert send(room.settings, "settings", online_percent="101")["field"] == "online_percent"
    assert send(room.settings, "settings", count_date="")["kind"] == "saved"
    assert "count_date" not in office.rows("settings")[0]


def test_settings_keep_what_the_form_does_not_show(office):
    office.session.ask(
        messages.PutParticipation(lessons=("cps-cycle",), forms=("cps-exam",), rule=messages.Rule(needed_percent=90))
    )
    room = Room(office)
    assert send(room.settings, "settings", title="เรื่องใหม่")["kind"] == "saved"
    [stored] = office.rows("settings")
    assert (stored["lessons"], stored["forms"], stored["rule"]["needed_percent"]) == (["cps-cycle"], ["cps-exam"], 90)


def test_a_saved_mark_stays_saved_when_the_rows_do_not_come_back(office, monkeypatch):
    one = office.officer("A1", "กานดา")
    room = Room(office)
    room.add()
    sheet = room.open()
    ask = office.session.desk.ask

    def only_writes(message):
        if message.op == "frames":
            raise KitError("desk-unreachable", "ติดต่อไม่ได้")
        return ask(message)

    monkeypatch.setattr(office.session.desk, "ask", only_writes)
    assert mark(sheet, (one, "onsite", ""))["kind"] == "saved"


def test_a_learner_gets_words_and_no_rows(desk, clock, entropy):
    office = Office(desk, clock, entropy, roles=("learner",))
    shown = trainer_room.trainer(office.session)
    assert isinstance(shown, Notice)
    assert "วิทยากร" in shown.text
