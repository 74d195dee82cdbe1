"""case list | score | notes: the cases of an office, what a response file is worth, and refusals that say where and how."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from cps_training.cli import cases
from cps_training.content.library import Library
from cps_training.places import DataFolder
from tests.casework.officers import good, response, taker_of_red_herrings
from tests.casework.small_case import NOTES, SMALL, small_case, write_small_case

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> DataFolder:
    """An office with a case of its own."""
    folder = DataFolder(tmp_path_factory.mktemp("office"))
    write_small_case(folder.content)
    return folder


@pytest.fixture(scope="module")
def loaded(office) -> Library:
    """What the commands read there, read once: reading all content for every command would take most of the time."""
    return cases.library_of(office.root)


@pytest.fixture
def run(office, loaded, monkeypatch):
    """Run a command of the group in that office; gives (exit code, stdout, stderr)."""
    monkeypatch.setenv("CPS_DATA_DIR", str(office.root))
    monkeypatch.setattr(cases, "library_of", lambda data_dir: loaded)

    def command(*words: str):
        result = CliRunner().invoke(cases.case, list(words))
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.stdout, result.stderr

    return command


@pytest.fixture
def answer(tmp_path):
    """A response file."""

    def write(given) -> str:
        path = tmp_path / "response.yaml"
        path.write_text(yaml.safe_dump(given.model_dump(mode="json"), allow_unicode=True, sort_keys=False), "utf-8")
        return str(path)

    return write


def test_the_list_names_every_case_the_lettered_ones_in_their_order(run):
    code, out, _ = run("list", "--json")
    listed = json.loads(out)
    assert code == 0
    assert [one["letter"] for one in listed] == sorted(one["letter"] for one in listed)
    assert {"id": SMALL, "letter": "Z"}.items() <= listed[-1].items()
    assert listed[-1]["name"]["en"] == "Suan Lek Agricultural Cooperative Ltd."
    _, out, _ = run("list")
    assert out.splitlines()[-1] == f"Z\t{SMALL}\tสหกรณ์การเกษตรสวนเล็กสมมติ จำกัด"


@pytest.mark.parametrize("named", [SMALL, "Z", "z"])
def test_a_case_is_named_by_id_or_letter_and_the_score_is_one_json_document(run, answer, named):
    code, out, err = run("score", named, answer(good(small_case())), "--json")
    said = json.loads(out)
    assert (code, err) == (0, "")
    assert (said["score"], said["passed"]) == (1.0, True)
    assert said["found"] == ["borrowing-over-limit", "no-cash-counts", "minutes-not-sent"]
    assert said["evidence"] == {"precision": 1.0, "recall": 1.0}


def test_for_people_it_is_a_short_thai_table(run, answer):
    code, out, _ = run("score", SMALL, answer(taker_of_red_herrings(small_case())))
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == "คะแนน 74.5 จาก 100\tยังไม่ผ่าน"
    assert lines[1].startswith("พบ\tกู้ยืมเกินวงเงินที่ได้รับความเห็นชอบ\tหลักฐานตรง 100% ครบ 100% · เอกสาร ✓ · ข้อ docs.4")
    assert "ข้อสรุปชวนหลงทาง\tภัยแล้งเป็นสาเหตุของหนี้ค้างทั้งหมด" in lines
    assert lines[-1].startswith("ยังไม่ผ่านเพราะ\tเลือกข้อสรุปที่ชวนให้หลงทางไว้เกินครึ่ง")


def test_nothing_found_is_no_mistake_of_the_file(run, answer):
    code, out, _ = run("score", SMALL, answer(response(small_case())), "--json")
    said = json.loads(out)
    assert (code, said["score"], said["passed"]) == (0, 0, False)
    assert (said["ranking_tau"], said["clauses"], said["evidence"]["precision"]) == (None, None, None)


def test_a_response_to_an_older_version_is_scored_and_told(run, answer):
    older = good(small_case()).model_copy(update={"version": "0" * 32})
    code, out, err = run("score", SMALL, answer(older), "--json")
    assert (code, json.loads(out)["score"]) == (0, 1.0)
    assert "กรณีรุ่นก่อน" in err


def test_what_is_wrong_in_the_file_is_told_at_its_place(run, tmp_path):
    path = tmp_path / "response.yaml"
    path.write_text(
        f"case: {SMALL}\nfindings:\n  - id: a\n    kind: no-cash-count\n    clauses: [practice.66]\n", "utf-8"
    )
    code, out, err = run("score", SMALL, str(path))
    assert (code, out) == (1, "")
    assert f"{path}:4:11: findings.1.kind: ไม่รู้จัก “no-cash-count” ใกล้ที่สุดคือ no-cash-counts" in err
    assert f"{path}:5:15: findings.1.clauses.1: คู่มือไม่มีข้อ practice.66" in err
    code, out, _ = run("score", SMALL, str(path), "--json")
    assert code == 1
    assert [(one["line"], one["column"]) for one in json.loads(out)["error"]["errors"]] == [(4, 11), (5, 15)]


def test_an_unknown_case_is_refused_with_those_there_are(run, tmp_path):
    code, out, _ = run("score", "Q", str(tmp_path / "none.yaml"), "--json")
    error = json.loads(out)["error"]
    assert (code, error["code"]) == (1, "case-unknown")
    assert f"Z ({SMALL})" in error["message"]


def test_the_notes_are_the_trainers_markdown(run):
    assert run("notes", "Z") == (0, NOTES, "")
    _, out, _ = run("notes", SMALL, "--json")
    assert json.loads(out) == {"case": SMALL, "notes": NOTES}


def test_the_worked_example_of_the_reference_is_worth_what_it_says(run):
    code, out, _ = run("score", "A", str(REFERENCE / "case-response.example.yaml"), "--json")
    page = (REFERENCE / "case-scoring.md").read_text("utf-8")
    [told] = re.findall(r"<!-- result of case-response.example.yaml -->\n```json\n(.*?)```", page, re.DOTALL)
    assert code == 0
    assert json.loads(told) == json.loads(out)
