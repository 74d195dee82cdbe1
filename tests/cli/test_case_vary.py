"""`case vary` as an office meets it: a folder that the kit takes as a case of its own, whole or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import cps_training.cli.case_vary as command
from cps_training.authoring.case_files import case_files
from cps_training.casework.varying import vary
from cps_training.cli.app import app
from cps_training.content.cases.case import ready
from cps_training.content.cases.model import CASE_FILE, FOLDER, NOTES_FILE
from cps_training.content.cases.reading import read_case
from cps_training.errors import KitError
from cps_training.places import shipped
from tests.casework.small_case import SMALL, shipped_catalogue, small_case, small_source, write_small_case


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an office's own cases; the small case is one of them."""
    monkeypatch.setenv("CPS_DATA_DIR", str(tmp_path / "data"))
    return write_small_case(tmp_path / "data" / "content").parent


def run(*words: str) -> Any:
    return CliRunner().invoke(app, ["case", "vary", *words])


def test_a_variation_is_a_case_of_the_office_that_check_accepts(own: Path) -> None:
    done = run("z", "--seed", "3", "--json")
    assert done.exit_code == 0, done.stderr
    told = json.loads(done.stdout)
    folder = own / f"{SMALL}-v3"
    assert told == {"ok": True, "case": folder.name, "folder": str(folder), "problems": 2}
    assert sorted(path.name for path in own.iterdir()) == [SMALL, folder.name]
    checked = json.loads(CliRunner().invoke(app, ["check", "--json"]).stdout)
    assert checked["errors"] == []
    ships = [path for path in (shipped() / FOLDER).iterdir() if path.is_dir()]
    assert checked["counts"]["cases"] == len(ships) + 2


def test_a_folder_that_is_there_is_not_touched(own: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / f"{SMALL}-v4").mkdir(parents=True)
    mine = elsewhere / f"{SMALL}-v4" / "mine.txt"
    mine.write_text("mine", "utf-8")
    done = run(SMALL, "--seed", "4", "--out", str(elsewhere), "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["error"]["code"] == "folder-exists"
    assert [path.name for path in elsewhere.rglob("*")] == [f"{SMALL}-v4", "mine.txt"]
    assert [path.name for path in own.iterdir()] == [SMALL]


def test_a_seed_that_cannot_be_used_is_refused_in_thai(own: Path) -> None:
    done = run(SMALL, "--seed", "-1")
    assert done.exit_code == 1
    assert "ใช้เลข -1 ไม่ได้ ให้ใช้" in done.stderr
    assert [path.name for path in own.iterdir()] == [SMALL]


def test_what_is_written_is_read_back_as_the_same_case(tmp_path: Path) -> None:
    made = vary(small_source(), 1)
    command.write_folder(tmp_path / made.said.case, case_files(made, shipped_catalogue()))
    read = read_case(tmp_path / made.said.case, shown_as="x")
    assert read.findings == []
    assert read.source is not None
    assert ready(read.source).version == ready(made).version
    first, *rest = (tmp_path / made.said.case / CASE_FILE).read_text("utf-8").splitlines()
    assert f"{SMALL} ด้วยเลข 1" in first
    assert "as_of: 2023-07-24" in rest


def test_notes_name_what_is_planted_with_its_proof() -> None:
    made = ready(vary(small_source(), 1))
    notes = case_files(made.source, shipped_catalogue())[NOTES_FILE]
    thai, _, english = notes.partition("## In English")
    for problem in made.said.problems:
        assert problem.title.th in thai
        assert problem.title.text("en") in english
        assert all(f"`{one}`" in thai for one in made.evidence_for[problem.kind])
    gone = next(one for one in small_case().said.problems if one.kind not in made.problem_of)
    assert gone.title.th not in thai
    assert "{" not in notes


def test_an_empty_folder_is_somebodys_too(tmp_path: Path) -> None:
    (tmp_path / "case").mkdir()
    with pytest.raises(KitError, match="ไม่เขียนทับ"):
        command.write_folder(tmp_path / "case", {"a.txt": "a"})
    assert list((tmp_path / "case").iterdir()) == []


def test_nothing_half_written_stays(tmp_path: Path) -> None:
    with pytest.raises(FileExistsError):
        command.write_folder(tmp_path / "case", {"a": "a", "a/b": "b"})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="2026-11-23: Windows has no such modes")
def test_everybody_who_may_read_the_place_may_read_the_case(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    command.write_folder(tmp_path / "case", {"a.txt": "a"})
    assert (tmp_path / "case").stat().st_mode & 0o777 == 0o755


def test_a_folder_made_meanwhile_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def late(self: Path, target: Path) -> Path:
        target.mkdir()
        (target / "theirs.txt").write_text("theirs", "utf-8")
        raise OSError(39, "Directory not empty")

    monkeypatch.setattr(Path, "rename", late)
    with pytest.raises(KitError) as refused:
        command.write_folder(tmp_path / "case", {"a.txt": "a"})
    assert refused.value.code == "folder-exists"
    assert [path.name for path in tmp_path.rglob("*.txt")] == ["theirs.txt"]
