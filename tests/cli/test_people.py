"""Accounts and the roster by hand on the command line: what changed is said, kept with its time, and shown again."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from cps_training.cli.app import app


@pytest.fixture
def run(tmp_path):
    def invoke(*words):
        result = CliRunner().invoke(app, [*words, "--data-dir", str(tmp_path / "ข้อมูล"), "--json"])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.output
        return result.exit_code, json.loads(result.stdout) if result.stdout.strip().startswith(("{", "[")) else None

    return invoke


@pytest.fixture
def people(run):
    def listed():
        return {one["code"]: one for one in run("person", "list")[1]}

    return listed


@pytest.fixture
def officer(run):
    assert run("person", "add", "A001", "สมชาย ตัวอย่าง")[0] == 0


@pytest.mark.usefixtures("officer")
def test_a_name_and_several_roles_are_corrected(run, people):
    assert run("person", "rename", "a001", "สมชาย ตัวอย่างใหม่")[0] == 0
    assert run("person", "roles", "A001", "--role", "trainer", "--role", "admin")[0] == 0
    assert (people()["A001"]["name"], people()["A001"]["roles"]) == ("สมชาย ตัวอย่างใหม่", ["trainer", "admin"])
    code, said = run("person", "roles", "A001", "--role", "learner")
    assert (code, said["error"]["code"]) == (1, "last-admin")
    assert run("person", "roles", "A001", "--role", "king")[0] == 2


@pytest.mark.parametrize(
    ("words", "refusal"),
    [(("A002", "  "), "name-missing"), (("A002", "ก" * 201), "name-too-long"), ((" ", "คน"), "code-missing")],
)
def test_a_person_without_a_name_or_code_is_refused(run, people, words, refusal):
    code, said = run("person", "add", *words)
    assert (code, said["error"]["code"]) == (1, refusal)
    assert people() == {}


@pytest.mark.usefixtures("officer")
def test_joining_moving_and_leaving_with_dates_as_offices_write_them(run):
    assert run("person", "join", "A001", "--unit", "กลุ่ม 1", "--from", "1 ต.ค. 2565")[0] == 0
    assert run("person", "transfer", "A001", "--unit", "กลุ่ม 2", "--on", "๑/๔/๒๕๖๖")[0] == 0
    assert run("person", "leave-out", "A001", "--because", "ลาศึกษาต่อ")[0] == 0
    assert run("person", "leave", "A001", "--on", "2023-09-01")[1]["on"] == "2023-09-01"
    code, said = run("person", "join", "A001", "--unit", "กลุ่ม 3", "--from", "31/8/2566")
    assert (code, said["error"]["code"]) == (1, "overlaps")
    assert run("person", "join", "A001", "--unit", "กลุ่ม 3", "--from", "31/8/66")[0] == 2  # which century?
    changes = run("person", "history", "A001")[1]
    assert [one["kind"] for one in changes] == ["leave", "leave-out", "transfer", "enrol", "add-person"]
    assert [one["by"] for one in changes] == [None] * 5
    assert changes[2]["detail"]["active_from"] == "2023-04-01"


@pytest.mark.usefixtures("officer")
def test_two_codes_of_one_person_are_counted_once_and_parted_again(run, people):
    run("person", "add", "A01", "สมชาย ตัวอย่าง")
    assert run("person", "merge", "A001", "A01")[0] == 0
    assert (people()["A01"]["merged_into"], people()["A01"]["is_disabled"]) == ("A001", True)
    assert run("person", "merge", "A001", "A01")[1]["error"]["code"] == "already-merged"
    assert run("person", "unmerge", "A01")[0] == 0
    assert (people()["A01"]["merged_into"], people()["A01"]["is_disabled"]) == (None, False)
