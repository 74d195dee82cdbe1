"""Rosters on the command line as a trainer and a script use them: dry run, mistakes, whole or not at all, looking back."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date

import openpyxl
import pytest
from typer.testing import CliRunner

from cps_training.cli.app import app
from cps_training.exchange import read_table
from cps_training.places import DataFolder
from cps_training.records import accounts, roster
from cps_training.records.engine import Records

HEADER = "รหัส,ชื่อ-สกุล,กลุ่มงาน,วันที่เริ่ม,วันที่พ้น,ประเภท,แขก"
OFFICE = (
    "A1,นายสมชาย ใจดี,กลุ่ม 1,1 ต.ค. 2565,,ข้าราชการ,",
    "A2,นางมาลี ทองดี,กลุ่ม 1,1 ต.ค. 2565,,พนักงานราชการ,",
    "G1,วิทยากร รับเชิญ,ภายนอก,1 ต.ค. 2565,,,ใช่",
)


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command on a data folder of its own, in tmp_path; gives (exit code, stdout, stderr)."""
    monkeypatch.setenv("CPS_DATA_DIR", str(tmp_path / "d"))
    monkeypatch.chdir(tmp_path)

    def command(*words: str):
        result = CliRunner().invoke(app, list(words))
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.stdout, result.stderr

    return command


@pytest.fixture
def file(tmp_path):
    def write(*rows: str, name: str = "ทะเบียน.csv", encoding: str = "utf-8", header: str = HEADER) -> str:
        (tmp_path / name).write_bytes("\r\n".join([header, *rows]).encode(encoding))
        return name

    return write


@pytest.fixture
def stored(tmp_path):
    """What the store holds: (people, stays)."""

    def look():
        with Records.open(DataFolder(tmp_path / "d").database) as records, records.read() as conn:
            return accounts.people(conn), roster.entries(conn)

    return look


def test_every_command_shows_help_with_an_example(run):
    for words in (*(["roster", name] for name in ("import", "headers", "template", "export", "history", "show")), ["participation"]):  # fmt: skip
        code, out, _ = run(*words, "--help")
        assert code == 0
        assert f"cps-training {' '.join(words)}" in " ".join(out.split()), words


def test_a_dry_run_tells_the_difference_and_writes_nothing(run, file, stored):
    code, out, _ = run("roster", "import", file(*OFFICE), "--dry-run", "--json")
    found = json.loads(out)
    assert (code, found["ok"], found["applied"], found["codes"]) == (0, True, False, [])
    assert found["difference"]["counts"]["new_people"] == 3
    assert found["difference"]["rows"]["new_people"][0] == {
        "row": 2,
        "person_code": "A1",
        "name": "นายสมชาย ใจดี",
        "stays": [
            {
                "unit": "กลุ่ม 1",
                "employment": "civil_servant",
                "is_guest": False,
                "active_from": "2022-10-01",
                "active_to": None,
                "left_out_because": None,
            }
        ],
    }
    assert stored() == ([], [])
    assert json.loads(run("roster", "history", "--json")[1]) == []


def test_an_import_makes_accounts_whose_codes_open_them(run, file, stored):
    code, out, _ = run("roster", "import", file(*OFFICE, encoding="cp874"), "--json")
    found = json.loads(out)
    assert (code, found["applied"], found["event"]) == (0, True, 1)
    assert found["findings"][0]["code"] == "read-as-cp874"
    people, stays = stored()
    assert [(one.code, one.roles, one.has_password) for one in people] == [
        (code, ("learner",), False) for code in ("A1", "A2", "G1")
    ]
    assert sorted((one.unit, one.employment, one.is_guest) for one in stays) == [
        ("กลุ่ม 1", "civil_servant", False),
        ("กลุ่ม 1", "government_employee", False),
        ("ภายนอก", "civil_servant", True),
    ]
    assert [one["person_code"] for one in found["codes"]] == ["A1", "A2", "G1"]
    assert len({one["one_time_code"] for one in found["codes"]}) == 3


def test_one_time_codes_really_open_the_accounts(run, file, tmp_path):
    found = json.loads(run("roster", "import", file(*OFFICE), "--json")[1])
    from cps_training.clock import utc_now

    with Records.open(DataFolder(tmp_path / "d").database) as records, records.write() as conn:
        for one in found["codes"]:
            person = accounts.person_by_code(conn, one["person_code"])
            assert accounts.use_one_time_code(conn, person.person_id, one["one_time_code"], utc_now())


def test_mistakes_are_told_all_at_once_and_nothing_is_half_imported(run, file, stored):
    bad = file(*OFFICE, ",ไม่มีรหัส ใจดี,กลุ่ม 1,1/10/65,,ครู,", "A1,อารี คนอื่น,กลุ่ม 2,31/2/2566,,ข้าราชการ,")
    code, out, _ = run("roster", "import", bad, "--json")
    found = json.loads(out)
    assert (code, found["ok"], found["applied"], found["n_errors"]) == (1, False, False, 5)
    assert {(one["row"], one["column"], one["code"]) for one in found["findings"]} == {
        (5, "รหัส", "blank"),
        (5, "วันที่เริ่ม", "date-two-digit-year"),
        (5, "ประเภท", "unknown-employment"),
        (6, "วันที่เริ่ม", "date-no-such-day"),
        (6, "ชื่อ-สกุล", "two-people"),
    }
    assert stored() == ([], [])
    code, out, err = run("roster", "import", bad)
    assert (code, out) == (1, "")
    assert "แถว 5 คอลัมน์ วันที่เริ่ม" in err
    assert "ยังไม่นำเข้าแม้แต่แถวเดียว" in err


def test_an_error_while_applying_leaves_nothing_behind(run, file, stored, tmp_path):
    run("roster", "import", file(OFFICE[0]))
    before = stored()
    with closing(sqlite3.connect(DataFolder(tmp_path / "d").database)) as conn, conn:  # the third code cannot be stored
        conn.execute(
            "CREATE TRIGGER full BEFORE INSERT ON one_time_code WHEN (SELECT count(*) FROM one_time_code) = 2"
            " BEGIN SELECT RAISE(ABORT, 'no more'); END"
        )
    changed = (OFFICE[0].replace("ใจดี", "รักสงบ").replace("กลุ่ม 1", "กลุ่ม 9"), *OFFICE[1:])
    done = CliRunner().invoke(app, ["roster", "import", file(*changed), "--codes", "codes.csv"])
    assert done.exit_code == 1
    assert stored() == before
    assert not list(tmp_path.glob("codes*"))
    assert [one["seq"] for one in json.loads(run("roster", "history", "--json")[1])] == [1]


def test_codes_of_accounts_that_could_not_be_stored_are_not_left_lying_about(run, file, stored, tmp_path):
    run("roster", "import", file(OFFICE[0]))
    before = stored()
    with closing(sqlite3.connect(DataFolder(tmp_path / "d").database)) as conn, conn:  # refused at the COMMIT itself
        conn.execute("CREATE TABLE late (x REFERENCES person(person_id) DEFERRABLE INITIALLY DEFERRED)")
        conn.execute("CREATE TRIGGER late AFTER INSERT ON person BEGIN INSERT INTO late VALUES ('nobody'); END")
    done = CliRunner().invoke(app, ["roster", "import", file(*OFFICE), "--codes", "codes.csv"])
    assert done.exit_code == 1
    assert stored() == before
    assert not list(tmp_path.glob("codes*"))


def test_codes_go_to_a_file_of_the_owner_alone_and_never_over_another(run, file, tmp_path):
    code, out, err = run("roster", "import", file(*OFFICE), "--codes", "codes.csv")
    assert (code, out) == (0, "")
    assert "codes.csv" in err
    table = read_table((tmp_path / "codes.csv").read_bytes(), "codes.csv", knows=lambda _: True).table
    assert table.header == ("person_code", "name", "one_time_code")
    assert [cells[0] for _, cells in table.rows] == ["A1", "A2", "G1"]
    if os.name == "posix":
        assert (tmp_path / "codes.csv").stat().st_mode & 0o777 == 0o600
    more = file(*OFFICE, "B1,ปิยะ มาใหม่,กลุ่ม 1,1 ต.ค. 2566,,ข้าราชการ,")
    code, out, _ = run("roster", "import", more, "--codes", "codes.csv", "--json")
    assert (code, json.loads(out)["error"]["code"]) == (1, "file-exists")
    assert len(json.loads(run("person", "list", "--json")[1])) == 3


def test_without_a_file_the_codes_are_printed_for_the_new_people_only(run, file):
    run("roster", "import", file(*OFFICE))
    code, out, _ = run("roster", "import", file(*OFFICE, "B1,ปิยะ มาใหม่,กลุ่ม 1,1 ต.ค. 2566,,ข้าราชการ,"))
    assert code == 0
    assert [line.split("\t")[:2] for line in out.splitlines()] == [["B1", "ปิยะ มาใหม่"]]


def test_a_second_import_changes_only_what_differs_and_the_first_can_be_looked_at(run, file):
    run("roster", "import", file(*OFFICE))
    moved = ("A1,นายสมชาย รักสงบ,กลุ่ม 2,1 เม.ย. 2566,,ข้าราชการ,", OFFICE[1])
    code, out, _ = run("roster", "import", file(*moved), "--json")
    found = json.loads(out)
    counts = {part: n for part, n in found["difference"]["counts"].items() if n}
    assert (code, found["event"]) == (0, 2)
    assert counts == {"renamed": 1, "new_stays": 1, "ended": 1, "unchanged": 1}
    now = json.loads(run("roster", "show", "--json")[1])
    assert [(row["unit"], row["active_from"], row["active_to"]) for row in now if row["person_code"] == "A1"] == [
        ("กลุ่ม 1", "2022-10-01", "2023-04-01"),
        ("กลุ่ม 2", "2023-04-01", None),
    ]
    then = json.loads(run("roster", "show", "--as-of", "1", "--json")[1])
    assert [(row["unit"], row["active_to"]) for row in then if row["person_code"] == "A1"] == [("กลุ่ม 1", None)]
    history = json.loads(run("roster", "history", "--json")[1])
    assert [(one["seq"], one["kind"], one["by"]) for one in history] == [
        (1, "roster-import", None),
        (2, "roster-import", None),
    ]
    assert history[1]["detail"]["renamed"] == 1
    assert "สมชาย" not in json.dumps(history, ensure_ascii=False)


def test_importing_the_same_again_is_no_event(run, file):
    run("roster", "import", file(*OFFICE))
    code, out, _ = run("roster", "import", file(*OFFICE), "--json")
    assert (code, json.loads(out)["applied"], json.loads(out)["event"]) == (0, False, None)
    assert len(json.loads(run("roster", "history", "--json")[1])) == 1


def test_those_absent_leave_only_when_a_day_is_given(run, file):
    run("roster", "import", file(*OFFICE))
    out = run("roster", "import", file(OFFICE[0]), "--json")[1]
    assert json.loads(out)["difference"]["counts"]["absent"] == 1
    assert all(row["active_to"] is None for row in json.loads(run("roster", "show", "--json")[1]))
    run("roster", "import", file(OFFICE[0]), "--ends-absent-on", "1 ต.ค. 2566")
    left = {row["person_code"]: row["active_to"] for row in json.loads(run("roster", "show", "--json")[1])}
    assert left == {"A1": None, "A2": "2023-10-01", "G1": None}
    assert run("roster", "import", file(OFFICE[0]), "--ends-absent-on", "เมื่อวาน")[0] == 2


def test_another_person_under_a_known_code_needs_a_yes(run, file):
    run("roster", "import", file(*OFFICE))
    other = file(OFFICE[0].replace("นายสมชาย ใจดี", "อารี มาใหม่"), *OFFICE[1:])
    assert run("roster", "import", other)[0] == 1
    assert run("roster", "import", other, "--accept", "a๑")[0] == 0
    names = [row["name"] for row in json.loads(run("person", "list", "--json")[1])]
    assert "อารี มาใหม่" in names


@pytest.mark.parametrize("name", ["ออก.csv", "ออก.xlsx"])
def test_an_exported_roster_comes_back_unchanged_and_can_be_counted(run, file, name):
    run("roster", "import", file(*OFFICE, "A3,ย้าย ไปแล้ว,กลุ่ม 1,1 ต.ค. 2564,1 ต.ค. 2565,จ้างเหมา,"))
    assert run("roster", "export", name)[0] == 0
    code, out, _ = run("roster", "import", name, "--json")
    assert (code, json.loads(out)["difference"]["counts"]["unchanged"]) == (0, 4)
    attendance = file("A1,3 ก.ค. 2566,onsite", name="a.csv", header="person_code,date,kind")
    out = run("participation", "--roster", name, "--attendance", attendance, "--json")[1]
    assert (json.loads(out)["n_participants"], json.loads(out)["n_unit"]) == (1, 2)
    assert run("roster", "export", name)[0] == 1  # never over another file


def test_the_template_is_filled_in_and_imported(run, tmp_path):
    assert run("roster", "template", "แบบ.xlsx")[0] == 0
    book = openpyxl.load_workbook(tmp_path / "แบบ.xlsx")
    sheet = book.active
    header = [cell.value for cell in sheet[1]]
    assert "วันแรกที่ไม่อยู่แล้ว" in sheet.cell(1, header.index("วันที่พ้น") + 1).comment.text
    filled = {"รหัส": "A1", "ชื่อ-สกุล": "สมชาย ใจดี", "กลุ่มงาน": "กลุ่ม 1", "วันที่เริ่ม": "1 ต.ค. 2565", "ประเภท": "จ้างเหมา"}
    for place, title in enumerate(header, 1):
        sheet.cell(2, place, filled.get(title))
    book.save(tmp_path / "แบบ.xlsx")
    code, out, _ = run("roster", "import", "แบบ.xlsx", "--json")
    assert (code, json.loads(out)["findings"]) == (0, [])
    assert json.loads(run("roster", "show", "--json")[1])[0]["employment"] == "contractor"


def test_every_header_that_is_listed_is_read(run, file):
    columns = json.loads(run("roster", "headers", "--json")[1])["columns"]
    values = {
        "person_code": "A1",
        "name": "สมชาย ใจดี",
        "unit": "ก",
        "active_from": "1/10/2565",
        "employment": "จ้างเหมา",
    }
    for column in columns:
        for header in column["headers"]:
            if column["column"] in values:
                used = {header if name == column["column"] else name: value for name, value in values.items()}
                path = file(",".join(used.values()), header=",".join(used))
                code, out, _ = run("roster", "import", path, "--dry-run", "--json")
                assert (code, json.loads(out)["findings"]) == (0, []), header


def test_a_missing_file_and_an_old_excel_are_refused_with_their_name(run, tmp_path):
    code, out, _ = run("roster", "import", "ไม่มี.xlsx", "--json")
    assert (code, json.loads(out)["error"]["code"]) == (1, "file-unreadable")
    (tmp_path / "เก่า.xls").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    code, out, err = run("roster", "import", "เก่า.xls")
    assert (code, out) == (1, "")
    assert "เก่า.xls" in err
    assert ".xlsx หรือ .csv" in err


def test_the_record_is_counted_as_the_trainer_sees_it(run, file, tmp_path):
    run("roster", "import", file(*OFFICE))
    with Records.open(DataFolder(tmp_path / "d").database) as records, records.write() as conn:
        held = {"title": "ครั้งที่ 1", "minutes": 120, "entropy": os.urandom}
        ours = roster.add_km_session(conn, topic="cps", held_on=date(2023, 7, 3), **held)
        other = roster.add_km_session(conn, topic="another", held_on=date(2023, 7, 3), **held)
        for session, code, kind in ((ours, "A1", "onsite"), (ours, "G1", "onsite"), (other, "A2", "onsite")):
            who = accounts.person_by_code(conn, code)
            roster.add_attendance(conn, session_id=session, person_id=who.person_id, kind=kind)
        roster.put_setting(conn, "participation", {"deadline": "2023-07-14"})
    found = json.loads(run("participation", "--json", "--by-unit")[1])
    assert (found["n_participants"], found["n_unit"], found["guests"], found["printed"]) == (1, 2, 1, "50.0")
    assert found["settings"]["counted_on"] == "2023-07-14"  # never after the deadline
    assert found["units"] == [{"unit": "กลุ่ม 1", "n": 1, "n_unit": 2, "printed": "50.0"}]
    _, out, _ = run("participation")
    for text in ("เข้าร่วม 1 จาก 2 คน", "ขาดอีก 1 คน", "แขก 1 คน", "วันครบกำหนดส่งรายงาน 14 ก.ค. 2566", "เกณฑ์:"):
        assert text in out


def test_an_office_without_a_roster_is_told_so(run):
    code, out, _ = run("participation", "--json")
    assert (code, json.loads(out)["printed"], json.loads(out)["rate"]) == (0, "ไม่มีทะเบียนบุคลากร", None)
    assert "cps-training roster import" in run("participation")[1]


def test_one_of_the_two_files_alone_is_misuse(run, file):
    assert run("participation", "--roster", file(*OFFICE))[0] == 2


def test_the_progress_bar_goes_to_stderr_and_json_stays_whole(tmp_path, file):
    file(*OFFICE)
    command = [sys.executable, "-m", "cps_training.cli", "roster", "import", "ทะเบียน.csv", "--json", "--data-dir", "d"]
    plain = {**os.environ, "PYTHONPATH": os.getcwd(), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [*command, "--progress"], capture_output=True, encoding="utf-8", cwd=tmp_path, env=plain, check=True
    )
    assert "นำเข้าทะเบียน" in done.stderr
    assert json.loads(done.stdout)["applied"] is True
    again = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=tmp_path, env=plain, check=True)
    assert "นำเข้าทะเบียน" not in again.stderr
