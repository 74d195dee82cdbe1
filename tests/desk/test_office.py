"""What trainers and admins may do to people, the roster and sessions, and that every change is kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cps_training.desk import office as o
from cps_training.desk import protocol as p
from cps_training.desk.asker import COMMAND_LINE, Asker, KeptRefusal
from cps_training.errors import KitError
from cps_training.records import accounts, roster

TODAY = date(2026, 11, 23)


@pytest.fixture
def ask(desk):
    def send(asker, message):
        prepared = desk.prepare(message)
        with desk.records.write() as conn:
            value = desk.handle(conn, asker, message, prepared)
        if isinstance(value, KeptRefusal):
            raise value.error
        return value

    return send


@pytest.fixture
def account(desk, clock, entropy):
    def make(code, *roles, name=""):
        with desk.records.write() as conn:
            person_id = accounts.add_person(
                conn, code=code, name=name or f"คน {code}", roles=roles, at=clock(), entropy=entropy
            )
        return Asker(person_id=person_id, roles=roles)

    return make


@pytest.fixture
def trainer(account):
    return account("T001", "trainer")


@pytest.fixture
def admin(account):
    return account("ADM1", "trainer", "admin")


@pytest.fixture
def rows(desk, ask, trainer):
    def read(name):
        return ask(trainer, p.Frames(names=(name,)))[name]

    return read


def refused(code):
    return pytest.raises(KitError, check=lambda error: error.code == code)


def person(rows, code):
    return next(row for row in rows("people") if row["person_code"] == code)


# People --------------------------------------------------------------------------------------------------------


def test_a_trainer_adds_an_officer_who_signs_in_once_with_the_code(ask, trainer, rows, desk, clock):
    made = ask(trainer, o.AddPerson(code="A๐๐๑", name=" กานดา  สมมติ ", unit="กลุ่มส่งเสริมสหกรณ์ 1"))
    row = person(rows, "A๐๐๑")
    assert (row["name"], row["roles"], row["has_password"]) == ("กานดา สมมติ", ["learner"], False)
    assert row["code_expires_on"] == made["expires_on"] == (TODAY + timedelta(days=7)).isoformat()
    (stay,) = rows("roster")
    assert (stay["person_code"], stay["unit"], stay["active_from"]) == ("A๐๐๑", "กลุ่มส่งเสริมสหกรณ์ 1", TODAY.isoformat())
    with desk.records.write() as conn:
        assert accounts.use_one_time_code(conn, made["person_id"], made["one_time_code"], clock())
        assert not accounts.use_one_time_code(conn, made["person_id"], made["one_time_code"], clock())


@pytest.mark.parametrize(
    ("code", "name", "refusal"),
    [
        ("A1", "  ", "name-missing"),
        ("A1", "ก" * 201, "name-too-long"),
        (" ", "กานดา", "code-missing"),
        ("9" * 61, "กานดา", "code-too-long"),
    ],
)
def test_a_person_needs_a_code_and_a_name(ask, trainer, rows, code, name, refusal):
    with refused(refusal):
        ask(trainer, o.AddPerson(code=code, name=name))
    assert [row["person_code"] for row in rows("people")] == ["T001"]


def test_only_an_admin_manages_staff(ask, trainer, admin, account, rows):
    officer, approver = account("A001", "learner"), account("P001", "approver")
    for message in (
        o.SetRoles(person_id=officer.person_id, roles=("learner", "trainer")),
        o.NewCode(person_id=approver.person_id),
        o.SetDisabled(person_id=admin.person_id, is_disabled=True),
        o.RenamePerson(person_id=admin.person_id, name="อื่น"),
        o.AddPerson(code="A002", name="คน", roles=("admin",)),
        o.Merge(kept_id=officer.person_id, merged_id=approver.person_id),
    ):
        with refused("admin-only"):
            ask(trainer, message)
    ask(admin, o.SetRoles(person_id=officer.person_id, roles=("learner", "approver")))
    assert person(rows, "A001")["roles"] == ["learner", "approver"]


def test_nobody_locks_the_office_out(ask, admin):
    with refused("yourself"):
        ask(admin, o.SetDisabled(person_id=admin.person_id, is_disabled=True))
    with refused("last-admin"):
        ask(admin, o.SetRoles(person_id=admin.person_id, roles=("trainer",)))


@pytest.mark.parametrize("message", [p.Frames, *o.OfficeRequest.__args__], ids=lambda it: it.__name__)
@pytest.mark.parametrize("role", ["learner", "approver"])
def test_the_office_is_managed_by_trainers_and_admins_only(ask, account, message, role):
    somebody = account("A001", role)
    with refused("not-allowed"):
        ask(somebody, message.model_construct())  # refused before anything of it is read


def test_the_command_line_manages_everybody_but_learns_nothing_of_attempts(ask, account, rows):
    officer = account("A001", "learner")
    ask(COMMAND_LINE, o.SetRoles(person_id=officer.person_id, roles=("admin",)))
    assert person(rows, "A001")["roles"] == ["admin"]
    with refused("not-signed-in"):
        ask(COMMAND_LINE, p.Forms())


# The roster ----------------------------------------------------------------------------------------------------


def stays_of(rows):
    return [(r["unit"], r["active_from"], r["active_to"]) for r in rows("roster")]


def test_a_transfer_ends_one_stay_and_begins_the_next_on_the_same_day(ask, trainer, account, rows):
    officer = account("A001", "learner").person_id
    ask(trainer, o.Enrol(person_id=officer, unit="กลุ่ม 1", active_from=date(2026, 1, 1)))
    ask(trainer, o.Transfer(person_id=officer, unit="กลุ่ม 2", on=date(2026, 6, 1)))
    assert stays_of(rows) == [("กลุ่ม 1", "2026-01-01", "2026-06-01"), ("กลุ่ม 2", "2026-06-01", None)]
    with refused("same-unit"):
        ask(trainer, o.Transfer(person_id=officer, unit=" กลุ่ม  2 ", on=date(2026, 7, 1)))
    ask(trainer, o.Leave(person_id=officer, on=date(2026, 9, 1)))
    assert stays_of(rows)[1] == ("กลุ่ม 2", "2026-06-01", "2026-09-01")
    with refused("not-on-roster"):
        ask(trainer, o.Leave(person_id=officer, on=date(2026, 10, 1)))


def test_a_stay_that_overlaps_or_ends_before_it_begins_is_refused(ask, trainer, account, rows):
    officer = account("A001", "learner").person_id
    ask(trainer, o.Enrol(person_id=officer, unit="กลุ่ม 1", active_from=date(2026, 1, 1), active_to=date(2026, 6, 1)))
    with refused("overlaps"):
        ask(trainer, o.Enrol(person_id=officer, unit="กลุ่ม 2", active_from=date(2026, 5, 31)))
    with refused("wrong-order"):
        ask(trainer, o.Enrol(person_id=officer, unit="กลุ่ม 2", active_from=date(2026, 8, 1), active_to=date(2026, 8, 1)))
    with refused("unit-missing"):
        ask(trainer, o.Enrol(person_id=officer, unit=" ", active_from=date(2026, 8, 1)))
    ask(trainer, o.Enrol(person_id=officer, unit="กลุ่ม 2", active_from=date(2026, 6, 1)))
    assert len(rows("roster")) == 2


def test_the_roster_can_be_read_back_as_it_was_with_time_and_editor(ask, trainer, account, rows, desk, clock):
    officer = account("A001", "learner").person_id
    entry = ask(trainer, o.Enrol(person_id=officer, unit="กลุม 1", active_from=date(2026, 1, 1)))["entry_id"]
    clock.move(days=1)
    wrong_dates = {"employment": "contractor", "is_guest": False, "active_from": date(2026, 2, 1), "active_to": None}
    entry = ask(trainer, o.Amend(entry_id=entry, unit="กลุ่ม 1", **wrong_dates))["entry_id"]
    clock.move(days=1)
    ask(trainer, o.Withdraw(entry_id=entry))
    assert rows("roster") == []
    changes = rows("changes")
    assert [(one["kind"], one["by"], one["subject"]) for one in changes] == [
        ("withdraw", "คน T001", "คน A001"),
        ("amend", "คน T001", "คน A001"),
        ("enrol", "คน T001", "คน A001"),
    ]
    assert changes[0]["at"] > changes[1]["at"] > changes[2]["at"]
    with desk.records.read() as conn:
        assert [e.unit for e in roster.entries(conn, changes[2]["seq"])] == ["กลุม 1"]
        assert [(e.unit, e.employment) for e in roster.entries(conn, changes[1]["seq"])] == [("กลุ่ม 1", "contractor")]
        assert roster.entries(conn, changes[0]["seq"]) == []
    with refused("unknown-entry"):
        ask(trainer, o.LeaveOut(entry_id=entry, because="ลาศึกษาต่อ"))


def test_leaving_somebody_out_of_the_count_needs_a_written_reason_and_can_be_undone(ask, trainer, account, rows):
    officer = account("A001", "learner").person_id
    entry = ask(trainer, o.Enrol(person_id=officer, unit="กลุ่ม 1", active_from=date(2026, 1, 1)))["entry_id"]
    entry = ask(trainer, o.LeaveOut(entry_id=entry, because=" ลาศึกษาต่อ  ทั้งปี "))["entry_id"]
    assert rows("roster")[0]["left_out_because"] == "ลาศึกษาต่อ ทั้งปี"
    ask(trainer, o.LeaveOut(entry_id=entry, because=" "))
    assert rows("roster")[0]["left_out_because"] is None
    assert [one["kind"] for one in rows("changes")][:2] == ["count-again", "leave-out"]


def test_no_name_stands_in_any_event(ask, trainer, account, rows, desk):
    officer = account("A001", "learner", name="ชื่อที่ต้องลบได้").person_id
    ask(trainer, o.RenamePerson(person_id=officer, name="ชื่อใหม่ที่ต้องลบได้"))
    ask(trainer, o.AddPerson(code="A002", name="อีกคนที่ต้องลบได้", unit="กลุ่ม 1"))
    with desk.records.read() as conn:
        kept = str(conn.exec_driver_sql("SELECT * FROM event").all())
    assert "ต้องลบได้" not in kept
    assert "rename-person" in kept


# Two accounts of one person ------------------------------------------------------------------------------------


@pytest.fixture
def twice(ask, trainer, account):
    """One person under two codes, each at a session of their own: (kept, other)."""
    kept, other = account("A001", "learner", name="สมชาย ใจดี"), account("A01", "learner", name="สมชาย ใจดี")
    for one, day in ((kept, date(2026, 3, 1)), (other, date(2026, 3, 2))):
        ask(trainer, o.Enrol(person_id=one.person_id, unit="กลุ่ม 1", active_from=date(2026, 1, 1)))
        held = ask(trainer, o.AddSession(topic="cps", title="ครั้งหนึ่ง", held_on=day, minutes=60))["session_id"]
        ask(trainer, o.NoteAttendance(session_id=held, attended=[{"person_id": one.person_id, "kind": "onsite"}]))
    return kept.person_id, other.person_id


def test_merged_accounts_are_counted_once_and_can_be_parted_again(ask, trainer, rows, twice):
    kept, other = twice
    ask(trainer, o.Merge(kept_id=kept, merged_id=other))
    assert [row["person_code"] for row in rows("attendance")] == ["A001", "A001"]
    assert {row["person_code"] for row in rows("roster")} == {"A001"}
    row = person(rows, "A01")
    assert (row["merged_into"], row["is_disabled"]) == ("A001", True)
    with refused("merged"):
        ask(trainer, o.SetDisabled(person_id=other, is_disabled=False))
    with refused("already-merged"):
        ask(trainer, o.Merge(kept_id=kept, merged_id=other))
    ask(trainer, o.Unmerge(merged_id=other))
    assert [row["person_code"] for row in rows("attendance")] == ["A001", "A01"]
    assert (person(rows, "A01")["merged_into"], person(rows, "A01")["is_disabled"]) == (None, False)
    with refused("not-merged"):
        ask(trainer, o.Unmerge(merged_id=other))


def test_an_account_that_was_closed_before_the_merge_stays_closed_after_parting(ask, trainer, rows, twice):
    kept, other = twice
    ask(trainer, o.SetDisabled(person_id=other, is_disabled=True))
    ask(trainer, o.Merge(kept_id=kept, merged_id=other))
    ask(trainer, o.Unmerge(merged_id=other))
    assert person(rows, "A01")["is_disabled"] is True


def test_accounts_that_look_alike_are_offered_until_somebody_says_they_are_two(ask, trainer, account, rows, twice):
    kept, other = twice
    account("B001", "learner", name="มาลี สุขใจ")
    assert [(pair["a_code"], pair["b_code"], pair["why"]) for pair in rows("duplicates")] == [
        ("A001", "A01", "same-name")
    ]
    ask(trainer, o.Merge(kept_id=kept, merged_id=other))
    assert rows("duplicates") == []
    ask(trainer, o.Unmerge(merged_id=other))
    assert len(rows("duplicates")) == 1
    ask(trainer, o.Distinct(a_id=other, b_id=kept))
    assert rows("duplicates") == []


def test_the_account_in_use_is_the_one_that_is_kept(ask, admin, account):
    other = account("A001", "learner")
    with refused("yourself"):
        ask(admin, o.Merge(kept_id=other.person_id, merged_id=admin.person_id))
    with refused("same-person"):
        ask(admin, o.Merge(kept_id=other.person_id, merged_id=other.person_id))


def test_answers_of_both_accounts_show_as_one_row_a_lesson(ask, trainer, rows, twice):
    kept, other = twice
    for who in (kept, other):
        ask(Asker(person_id=who, roles=("learner",)), p.OpenAttempt(form_id="lesson:cps-cycle"))
    assert sorted(row["person_code"] for row in rows("lessons")) == ["A001", "A01"]
    ask(trainer, o.Merge(kept_id=kept, merged_id=other))
    assert [row["person_code"] for row in rows("lessons")] == ["A001"]


# Sessions and settings -----------------------------------------------------------------------------------------


def test_an_attendance_sheet_is_stored_whole_or_not_at_all(ask, trainer, account, rows):
    one, two = account("A001", "learner").person_id, account("A002", "learner").person_id
    held = ask(trainer, o.AddSession(topic="cps", title="ครั้งหนึ่ง", held_on=TODAY, minutes=60))["session_id"]
    sheet = [{"person_id": one, "kind": "onsite"}, {"person_id": "nobody", "kind": "onsite"}]
    with refused("unknown-person"):
        ask(trainer, o.NoteAttendance(session_id=held, attended=sheet))
    assert rows("attendance") == []
    with refused("too-many-minutes"):
        ask(trainer, o.NoteAttendance(session_id=held, attended=[{"person_id": one, "kind": "online", "minutes": 61}]))
    sheet = [{"person_id": one, "kind": "onsite"}, {"person_id": two, "kind": "online", "minutes": 36}]
    assert ask(trainer, o.NoteAttendance(session_id=held, attended=sheet)) == {"n": 2}
    assert [(r["person_code"], r["kind"], r["minutes"]) for r in rows("attendance")] == [
        ("A001", "onsite", None),
        ("A002", "online", 36),
    ]
    with refused("session-attended"):
        ask(trainer, o.RemoveSession(session_id=held))
    ask(trainer, o.NoteAttendance(session_id=held, absent=(one, two)))
    (session,) = rows("sessions")
    assert (session["n_onsite"], session["n_online"]) == (0, 0)
    ask(trainer, o.AmendSession(session_id=held, title="ครั้งที่หนึ่ง", held_on=TODAY, minutes=90))
    assert (rows("sessions")[0]["title"], rows("sessions")[0]["minutes"]) == ("ครั้งที่หนึ่ง", 90)
    ask(trainer, o.RemoveSession(session_id=held))
    assert rows("sessions") == []
    with refused("unknown-session"):
        ask(trainer, o.NoteAttendance(session_id=held))


def test_what_the_office_decides_about_counting_is_kept_with_what_it_was_before(ask, trainer, rows):
    ask(trainer, o.PutParticipation(deadline=date(2026, 12, 1), rule=o.Rule(counts_contractors=True)))
    ask(trainer, o.PutParticipation(deadline=date(2026, 12, 15)))
    assert rows("settings")[0]["deadline"] == "2026-12-15"
    change = rows("changes")[0]
    assert change["detail"]["before"]["rule"]["counts_contractors"] is True
    assert change["detail"]["after"]["rule"]["counts_contractors"] is False
