"""The commands as an operator and a script use them: exit codes, one JSON document, refusals in Thai, nothing broken."""

from __future__ import annotations

import errno
import json
import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from cps_training.claim import claim
from cps_training.cli import main
from cps_training.cli.app import app, refusals
from cps_training.items import ITEM_TYPES
from cps_training.places import DataFolder, shipped
from tests import older_store


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command on a data folder of its own; gives (exit code, stdout, stderr)."""
    monkeypatch.setenv("CPS_DATA_DIR", str(tmp_path / "d"))

    def command(*words: str):
        result = CliRunner().invoke(app, list(words))
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.stdout, result.stderr

    return command


@pytest.fixture
def folder(tmp_path) -> DataFolder:
    return DataFolder(tmp_path / "d")


def test_every_command_shows_help_with_an_example(run):
    commands = ["serve", "lab", "check", "bank", "backup", "restore", "migrate", "doctor"]
    for words in [[name] for name in commands] + [
        ["person", name] for name in ("add", "list", "code", "disable", "enable")
    ]:
        code, out, _ = run(*words, "--help")
        assert code == 0
        assert f"cps-training {' '.join(words)}" in " ".join(out.split()), words


def test_misuse_is_exit_code_2(run):
    for words in (
        ["nonsense"],
        ["serve", "--reset"],
        ["serve", "--port", "70000"],
        ["person", "add", "A1", "คน", "--role", "king"],
    ):
        assert run(*words)[0] == 2, words


def test_check_json_has_the_documented_form(run):
    code, out, _ = run("check", "--json")
    found = json.loads(out)
    assert code == 0
    assert set(found) == {"ok", "errors", "counts", "coverage"}
    assert found["ok"] is True
    assert found["errors"] == []
    assert set(found["counts"]) == {"clauses", "items", "forms", "lessons", "cases", "rules"}
    assert found["counts"]["clauses"] == 75
    assert found["counts"]["items"] >= 24
    assert all(set(row) == {"lessons", "items", "cases", "rules"} for row in found["coverage"].values())
    assert min(row["items"] for clause, row in found["coverage"].items() if clause.startswith("cps.")) >= 2


def test_an_office_mistake_is_named_with_its_line_and_exit_code_1(run, folder):
    bank = folder.content / "quizzes" / "banks" / "office.yaml"
    bank.parent.mkdir(parents=True)
    bank.write_text(
        "bank: office\ntitle: {th: ข้อสอบสำนักงาน, en: Office}\nitems:\n"
        "  - id: office-one\n    type: multiple_choice\n    clauses: [cps.2.33]\n    bloom: apply\n    evidence: H\n"
        "    stem: ใคร\n    choices:\n"
        "      - {id: a, text: ก, rationale: เพราะ}\n      - {id: b, text: ข, rationale: เพราะ}\n      - {id: c, text: ค, rationale: เพราะ}\n"
        "    key: d\n    headline: ห\n    explanation: อ\n    tips: none\n",
        "utf-8",
    )
    code, out, _ = run("check", "--json")
    found = json.loads(out)
    assert code == 1
    assert found["ok"] is False
    places = {(error["file"], error["line"]) for error in found["errors"]}
    # All at once: the unknown clause, the key that is no choice, the field nobody knows.
    assert {("content/quizzes/banks/office.yaml", line) for line in (6, 14, 17)} == places
    assert any("cps.2.3" in error["message"] for error in found["errors"])  # and the nearest known one
    code, out, _ = run("bank", "--json")
    assert code == 1
    assert json.loads(out)["error"]["code"] == "content"


def test_bank_json_is_the_authors_view(run):
    code, out, _ = run("bank", "--json")
    items = json.loads(out)
    assert code == 0
    assert len({item["type"] for item in items}) == len(ITEM_TYPES)
    for item in items:
        assert {"id", "type", "clauses", "stem", "hints", "difficulty"} <= set(item)
        if item["type"] not in ("multiple_choice", "multiple_response", "ordering"):
            continue
        ids = [choice["id"] for choice in item["choices"]]
        assert all({"id", "text", "rationale"} <= set(choice) for choice in item["choices"])
        keys = [item["key"]] if isinstance(item["key"], str) else item["key"]
        assert set(keys) <= {*ids, "defer"}


def test_person_is_added_listed_closed_and_given_a_new_code(run):
    code, out, _ = run(
        "person", "add", "A001", "สมชาย ตัวอย่าง", "--unit", "กลุ่ม 1", "--role", "learner", "--role", "trainer", "--json"
    )
    assert code == 0
    first = json.loads(out)["one_time_code"]
    code, out, _ = run("person", "code", "A001", "--json")
    assert json.loads(out)["one_time_code"] != first
    assert run("person", "disable", "A001")[0] == 0
    (row,) = json.loads(run("person", "list", "--json")[1])
    assert row == {
        "code": "A001",
        "name": "สมชาย ตัวอย่าง",
        "roles": ["learner", "trainer"],
        "is_disabled": True,
        "has_password": False,
        "merged_into": None,
    }
    code, out, _ = run("person", "add", "A001", "อีกคน", "--json")
    assert (code, json.loads(out)["error"]["code"]) == (1, "code-taken")
    code, out, _ = run("person", "code", "A999", "--json")
    assert (code, json.loads(out)["error"]["code"]) == (1, "unknown-person")


def test_backup_and_restore_bring_everything_back(run, folder, tmp_path):
    run("person", "add", "A001", "สมชาย ตัวอย่าง")
    target = tmp_path / "backup.sqlite3"
    code, out, _ = run("backup", str(target), "--json")
    assert code == 0
    assert json.loads(out)["bytes"] == target.stat().st_size
    assert run("backup", str(target), "--json")[0] == 1  # never over another backup unasked
    run("person", "add", "A002", "สมหญิง ตัวอย่าง")
    code, out, _ = run("restore", str(target), "--json")
    assert code == 0
    assert [row["code"] for row in json.loads(run("person", "list", "--json")[1])] == ["A001"]
    aside = Path(json.loads(out)["replaced"])
    with sqlite3.connect(aside) as conn:
        assert {code for (code,) in conn.execute("SELECT code FROM person")} == {"A001", "A002"}
    conn.close()


def test_restore_is_refused_while_serving_and_for_what_is_no_backup(run, folder, tmp_path):
    run("person", "add", "A001", "สมชาย ตัวอย่าง")
    run("backup", str(tmp_path / "b.sqlite3"))
    with claim(folder):
        code, out, _ = run("restore", str(tmp_path / "b.sqlite3"), "--json")
        assert (code, json.loads(out)["error"]["code"]) == (1, "data-folder-in-use")
    (tmp_path / "holiday.jpg").write_bytes(b"not a database" * 100)
    code, out, _ = run("restore", str(tmp_path / "holiday.jpg"), "--json")
    assert (code, json.loads(out)["error"]["code"]) == (1, "backup-damaged")
    code, out, _ = run("restore", str(tmp_path / "gone.sqlite3"), "--json")
    assert (code, json.loads(out)["error"]["code"]) == (1, "backup-missing")
    assert len(json.loads(run("person", "list", "--json")[1])) == 1


def test_doctor_names_what_is_wrong_and_what_to_do(run, folder):
    code, out, _ = run("doctor", "--json")
    assert code == 0
    assert json.loads(out)["ok"] is True
    folder.root.mkdir()
    folder.config.write_text("prot = 9000\n", "utf-8")
    folder.database.write_bytes(b"rubbish" * 1000)
    code, out, _ = run("doctor", "--json")
    found = {check["name"]: check for check in json.loads(out)["checks"]}
    assert code == 1
    assert "port" in found["settings"]["detail"]  # the nearest known key
    assert found["store"]["ok"] is False
    assert found["content"]["ok"] is True


def test_doctor_finds_a_data_folder_that_cannot_be_one(run, tmp_path):
    (tmp_path / "a-file").write_text("")
    code, out, _ = run("doctor", "--data-dir", str(tmp_path / "a-file" / "data"), "--json")
    found = {check["name"]: check for check in json.loads(out)["checks"]}
    assert code == 1
    assert [name for name, check in found.items() if not check["ok"]] == ["data-folder"]
    assert f"{tmp_path / 'a-file'} เป็นไฟล์" in found["data-folder"]["detail"]


def test_a_file_in_the_place_of_the_offices_content_is_named(run, folder):
    folder.root.mkdir()
    folder.content.write_text("bank: office\n", "utf-8")
    code, out, _ = run("doctor", "--json")
    found = {check["name"]: check for check in json.loads(out)["checks"]}
    assert code == 1
    assert str(folder.content) in found["content"]["detail"]
    for words in (["serve", "--json"], ["lab"]):
        code, out, err = run(*words)
        assert code == 1
        assert str(folder.content) in out + err


def test_an_older_database_is_kept_as_it_is_until_it_is_migrated(run, folder, tmp_path):
    older_store.make(folder.database)
    code, out, _ = run("doctor", "--json")
    store = next(check for check in json.loads(out)["checks"] if check["name"] == "store")
    assert code == 0
    assert "cps-training migrate" in store["detail"]
    assert run("backup", str(tmp_path / "b.sqlite3"))[0] == 0
    assert revision_of(folder.database) == revision_of(tmp_path / "b.sqlite3") == older_store.FIRST
    with claim(folder):
        code, out, _ = run("migrate", "--json")
        assert (code, json.loads(out)["error"]["code"]) == (1, "data-folder-in-use")
    code, out, _ = run("migrate", "--json")
    done = json.loads(out)
    assert code == 0
    assert done["before"] == older_store.FIRST
    assert done["after"] == revision_of(folder.database) > older_store.FIRST
    assert revision_of(Path(done["copy"])) == older_store.FIRST
    assert [row["name"] for row in json.loads(run("person", "list", "--json")[1])] == ["สมชาย ตัวอย่าง"]
    assert json.loads(run("migrate", "--json")[1])["copy"] is None
    assert run("doctor")[0] == 0


def revision_of(path: Path) -> str:
    with closing(sqlite3.connect(path)) as conn:
        (found,) = conn.execute("SELECT version_num FROM alembic_version").fetchone()
    return found


def test_migrating_where_nothing_is_makes_nothing(run, folder):
    code, out, _ = run("migrate", "--json")
    assert (code, json.loads(out)["error"]["code"]) == (1, "store-missing")
    assert not folder.root.exists()


def test_a_full_disk_has_one_name(capsys):
    with pytest.raises(typer.Exit), refusals(as_json=True):
        raise OSError(errno.ENOSPC, "No space left on device", "/data/config.toml")
    error = json.loads(capsys.readouterr().out)["error"]
    assert (error["code"], error["place"]) == ("store-full", "/data/config.toml")


def test_a_taken_port_is_refused_in_our_own_words_before_jupyterlab_starts(run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, out, err = run("lab", "--port", str(taken.getsockname()[1]))
    assert code == 1
    assert out == ""
    assert "--port" in err
    assert "พอร์ต" in err


@pytest.mark.parametrize("written", [["--data-dir", "{}"], ["--data-dir={}"]])
def test_an_error_nobody_foresaw_is_json_too_and_its_trace_lies_in_the_data_folder_meant(
    tmp_path, monkeypatch, capsys, written
):
    def breaks(*_: object, **__: object) -> None:
        raise ZeroDivisionError("canary")

    folder = DataFolder(tmp_path / "meant")
    monkeypatch.setenv("CPS_DATA_DIR", str(tmp_path / "other"))
    monkeypatch.setattr("cps_training.cli.content.check_library", breaks)
    words = [word.format(folder.root) for word in written]
    monkeypatch.setattr(sys, "argv", ["cps-training", "check", *words, "--json"])
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    error = json.loads(said.out)["error"]
    assert ended.value.code == 1
    assert error["code"] == "unforeseen"
    assert Path(error["place"]) == folder.logs / "unforeseen.log"
    assert "canary" in (folder.logs / "unforeseen.log").read_text("utf-8")
    assert "canary" not in said.out + said.err
    assert not (tmp_path / "other").exists()


def test_plain_http_on_a_lan_needs_a_yes_and_the_demo_never_leaves_this_machine(run):
    code, out, _ = run("serve", "--host", "192.0.2.1", "--json")
    assert (code, json.loads(out)["error"]["code"]) == (1, "needs-tls")
    code, out, _ = run("serve", "--demo", "--host", "192.0.2.1", "--json")
    assert (code, json.loads(out)["error"]["code"]) == (1, "demo-is-local")


def test_a_newer_store_is_refused_before_anything_starts(run, folder):
    run("person", "add", "A001", "สมชาย ตัวอย่าง")
    with sqlite3.connect(folder.database) as conn:
        conn.execute("UPDATE alembic_version SET version_num = '9999_from_the_future'")
    conn.close()
    code, out, err = run("person", "list", "--json")
    assert (code, json.loads(out)["error"]["code"]) == (1, "store-newer")
    assert "Traceback" not in out + err


@pytest.mark.parametrize("words", [["serve", "--demo"], ["serve"], ["person", "list"], ["lab"]])
def test_a_folder_that_cannot_be_written_is_refused_with_its_name(run, tmp_path, words):
    (tmp_path / "a-file").write_text("")
    asked = [*words, "--data-dir", str(tmp_path / "a-file" / "data")]
    code, out, err = run(*asked, *([] if words == ["lab"] else ["--json"]))
    assert code == 1
    if words == ["lab"]:
        assert "a-file" in err
    else:
        assert json.loads(out)["error"]["code"] in ("folder-not-writable", "store-read-only", "store-io")


def test_without_json_a_refusal_is_one_thai_message_on_stderr(run):
    code, out, err = run("person", "code", "A999")
    assert code == 1
    assert out == ""
    assert "A999" in err
    assert "Traceback" not in err


def test_the_installed_command_answers(tmp_path):
    command = shutil.which("cps-training", path=str(Path(sys.executable).parent))
    assert command, "install the project into this environment: uv sync"
    done = subprocess.run([command, "--version"], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.strip() == "0.1.0"
    assert shipped().joinpath("notebooks").is_dir()
