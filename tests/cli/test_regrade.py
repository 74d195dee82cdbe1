"""`regrade` as an office runs it: a key is corrected in its own content, the change is looked at, then kept."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from typer.testing import CliRunner

from cps_training.assessment import attempt as core
from cps_training.assessment.opening import new_attempt
from cps_training.cli.app import app
from cps_training.content.library import load_library
from cps_training.places import shipped
from cps_training.records import accounts, attempts
from cps_training.records.engine import Records

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def run(*words: str) -> Any:
    return CliRunner().invoke(app, list(words))


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder in which Kanda finished the practice, all right."""
    monkeypatch.setenv("CPS_DATA_DIR", str(tmp_path))
    library, chance = load_library(shipped()), Random(3)
    form = library.forms["cps-practice"]
    with Records.open(tmp_path / "records.sqlite3") as records, records.write() as conn:
        person_id = accounts.add_person(
            conn, code="A001", name="กานดา สมมติ", roles=("learner",), at=AT, entropy=chance.randbytes
        )
        attempt = new_attempt(library, form, person_id, attempt_id="t1", number=1, secret=chance.randbytes(32), at=AT)
        for placed in attempt.placed:
            item = library.items[placed.item_id]
            right = item.correct_response(attempt.disguise(item.id))
            attempt, _ = core.answer(attempt, item, right, answer_id=f"answer-{item.id}"[:64], at=AT)
        attempt, _ = core.finish(attempt, answer_id="finish-1", at=AT)
        attempts.put_item_versions(conn, [library.items[placed.item_id] for placed in attempt.placed])
        attempts.insert_attempt(conn, attempt, place="served")
    return tmp_path


def correct(office: Path) -> str:
    """The office says that another choice of one item is the key; gives the item's id."""
    library = load_library(shipped())
    item = next(
        library.items[i] for i in library.forms["cps-practice"].items if library.items[i].type == "multiple_choice"
    )
    stored = item.model_dump(mode="json", exclude_defaults=True)
    other = next(choice["id"] for choice in stored["choices"] if choice["id"] != stored["key"])
    bank = {
        "bank": "office",
        "title": {"th": "ของสำนักงาน"},
        "items": [stored | {"key": other, "replaces": True, "type": "multiple_choice"}],
    }
    path = office / "content/quizzes/banks/office.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(bank, ensure_ascii=False), "utf-8")
    return item.id


def test_nothing_changed_nothing_to_do(office: Path) -> None:
    done = run("regrade", "cps-practice", "--apply")
    assert done.exit_code == 0
    assert "ไม่มีคะแนนใดเปลี่ยน" in done.output


def test_the_change_is_shown_per_learner_and_kept_only_when_asked(office: Path) -> None:
    item_id = correct(office)
    shown = run("regrade", "cps-practice")
    assert "A001  กานดา สมมติ  ครั้งที่ 1  12.00/12 → 11.00/12" in shown.output
    assert item_id in shown.output
    assert "--apply" in shown.output
    kept = json.loads(run("regrade", "cps-practice", "--apply", "--json").stdout)
    assert (kept["ok"], kept["is_applied"], len(kept["rows"])) == (True, True, 1)
    again = json.loads(run("regrade", "cps-practice", "--json").stdout)
    assert (again["n_attempts"], again["rows"]) == (1, [])
    with Records.open(office / "records.sqlite3") as records, records.read() as conn:
        stored = attempts.attempt_by_id(conn, "t1")
    assert stored is not None
    assert [step.kind for step in stored.steps] == ["answer"] * 12 + ["finish", "regrade"]


def test_an_unknown_form_is_refused_in_words(office: Path) -> None:
    done = run("regrade", "no-such-form")
    assert done.exit_code != 0
    assert "ไม่พบชุดข้อสอบ" in done.output


def test_a_certificate_nobody_earned_is_told_and_ends_with_1(office: Path) -> None:
    out = run("certificate", "verify", "ABCD-EFGH-IJKL-MNOP", "--json")
    assert (out.exit_code, json.loads(out.stdout)) == (1, {"ok": False, "certificate": None})
    assert "ไม่มีเกียรติบัตรที่ใช้รหัสนี้" in run("certificate", "verify", "ABCD").stderr
