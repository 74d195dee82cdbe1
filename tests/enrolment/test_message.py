"""ImportRoster through the desk: who may send it, what comes back, and that a trainer cannot rename the admin with it."""

from __future__ import annotations

import json

import pytest

from cps_training.desk.asker import COMMAND_LINE, Asker
from cps_training.desk.office import ImportRoster
from cps_training.errors import KitError
from cps_training.records import accounts, events, roster

HEADER = ("รหัส", "ชื่อ-สกุล", "กลุ่มงาน", "วันที่เริ่ม", "ประเภท")


@pytest.fixture
def ask(desk):
    def send(asker, *rows: str, **options):
        table = tuple((number, tuple(row.split("|"))) for number, row in enumerate(rows, 2))
        message = ImportRoster(header=HEADER, rows=table, is_dry_run=options.pop("is_dry_run", False), **options)
        with desk.records.write() as conn:
            return desk.handle(conn, asker, message)

    return send


@pytest.fixture
def account(desk, clock, entropy):
    def make(code, *roles):
        with desk.records.write() as conn:
            person_id = accounts.add_person(
                conn, code=code, name=f"คน {code}", roles=roles, at=clock(), entropy=entropy
            )
        return Asker(person_id=person_id, roles=roles)

    return make


def test_a_trainer_imports_and_the_event_names_the_editor(ask, account, desk):
    trainer = account("T1", "trainer")
    value = ask(trainer, "A1|สมชาย ใจดี|กลุ่ม 1|1 ต.ค. 2565|ข้าราชการ", "A2|อารี ทองคำ|กลุ่ม 1|2565-10-01|จ้างเหมา")
    assert value["applied"] is True
    assert [one["code"] for one in value["findings"]] == ["date-buddhist-as-iso"]
    assert [one["person_code"] for one in value["codes"]] == ["A1", "A2"]
    assert json.loads(json.dumps(value)) == value
    with desk.records.read() as conn:
        (event,) = events.events(conn)
        assert (event.seq, event.kind, event.by) == (value["event"], "roster-import", trainer.person_id)
        assert len(roster.entries(conn)) == 2
        assert roster.entries(conn, as_of=0) == []


def test_a_dry_run_is_no_event(ask, account, desk):
    value = ask(account("T1", "trainer"), "A1|สมชาย ใจดี|กลุ่ม 1|1 ต.ค. 2565|ข้าราชการ", is_dry_run=True)
    assert (value["applied"], value["event"], value["difference"]["counts"]["new_people"]) == (False, None, 1)
    with desk.records.read() as conn:
        assert events.events(conn) == []


def test_learners_may_not_import(ask, account):
    with pytest.raises(KitError) as refused:
        ask(account("L1", "learner"), "A1|สมชาย ใจดี|กลุ่ม 1|1 ต.ค. 2565|ข้าราชการ")
    assert refused.value.code == "not-allowed"


def test_the_name_of_staff_changes_by_an_admin_only(ask, account, desk):
    trainer, _ = account("T1", "trainer"), account("BOSS", "approver", "learner")
    row = "BOSS|คน BOSSS|กลุ่ม 1|1 ต.ค. 2565|ข้าราชการ"
    assert [one["code"] for one in ask(trainer, row)["findings"]] == ["name-kept"]
    with desk.records.read() as conn:
        assert accounts.person_by_code(conn, "BOSS").name == "คน BOSS"
    assert ask(COMMAND_LINE, row)["difference"]["counts"]["renamed"] == 1
    with desk.records.read() as conn:
        assert accounts.person_by_code(conn, "BOSS").name == "คน BOSSS"
