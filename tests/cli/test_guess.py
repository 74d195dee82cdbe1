"""`guess`: tricks played against banks, beside chance; a bank in which a trick wins is found, by the figures one can count by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cps_training.cli.app import app
from cps_training.content.guessing import LIMIT, STRATEGIES, decisions_of, play
from cps_training.content.library import load_library
from cps_training.items import ITEM_TYPES, item_from_json
from cps_training.places import shipped


def run(*words: str) -> Any:
    return CliRunner().invoke(app, ["guess", *words])


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder."""
    monkeypatch.setenv("CPS_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def item(number: int, *texts: str, key: int, **said: Any) -> dict[str, Any]:
    choices = [
        {"id": "abcdef"[place], "text": text, "rationale": "เหตุผลของตัวเลือกนี้"} for place, text in enumerate(texts)
    ]
    return {
        "id": f"item-{number}",
        "type": "multiple_choice",
        "clauses": ["cps.2.3"],
        "bloom": "apply",
        "evidence": "H",
        "stem": f"คำถามที่ {number}",
        "choices": choices,
        "key": "abcdef"[key],
        "headline": "หัวข้อ",
        "explanation": "คำอธิบาย",
    } | said


LONGEST_WINS = [
    item(1, "สั้น", "ยาวกว่าเพื่อนมาก", "สั้น ๆ", "กลาง ๆ", key=1),
    item(2, "ยาวกว่าใครทั้งหมดในข้อนี้", "น้อย", "กำลังดี", "พอดี", key=0),
    item(3, "หนึ่ง", "สอง", "สาม", "สี่ซึ่งมีคำอธิบายเพิ่ม", key=3),
    item(4, "ก", "ข", "ค", "งอน", key=0),
]


def write_bank(root: Path, name: str, items: list[dict[str, Any]]) -> None:
    path = root / f"quizzes/banks/{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    document = {"bank": name, "title": {"th": "คลัง"}, "items": items}
    path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")


def outcomes(items: list[dict[str, Any]]) -> dict[str, Any]:
    return {one.strategy: one for one in play("own", [item_from_json(stored) for stored in items])}


def test_the_shipped_banks_give_no_trick_more_than_eight_points(office: Path) -> None:
    done = run("--json")
    found = json.loads(done.stdout)
    assert [(row["bank"], row["strategy"], row["gain"]) for row in found["strategies"] if row["is_over"]] == []
    assert (done.exit_code, found["ok"], found["limit"]) == (0, True, LIMIT)
    assert {row["bank"] for row in found["strategies"]} == set(load_library(shipped()).banks)
    assert all(row["low"] <= row["gain"] <= row["high"] for row in found["strategies"])


def test_a_shipped_bank_in_which_the_longest_option_wins_is_refused(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "shipped"
    root.mkdir()
    (root / "data").symlink_to(shipped() / "data", target_is_directory=True)
    write_bank(root, "guessable", LONGEST_WINS)
    monkeypatch.setattr("cps_training.cli.guess.shipped", lambda: root)
    done = run("--json")
    assert done.exit_code == 1
    [row] = [row for row in json.loads(done.stdout)["strategies"] if row["strategy"] == "longest"]
    assert row | {"low": 0, "high": 0} == {
        "bank": "guessable",
        "is_office": False,
        "strategy": "longest",
        "n": 4,
        "n_told": 4,
        "score": 0.75,  # three of four
        "chance": 0.25,
        "gain": 0.5,
        "low": 0,
        "high": 0,
        "is_over": True,
    }
    said = run()
    assert said.exit_code == 1
    assert "guessable: เลือกข้อที่ยาวที่สุด ได้ 75.0 เดาสุ่ม 25.0 ต่าง +50.0" in said.stdout


def test_an_offices_own_bank_is_told_but_refuses_nothing(office: Path) -> None:
    write_bank(office / "content", "own", LONGEST_WINS)
    done = run("--json")
    rows = [row for row in json.loads(done.stdout)["strategies"] if row["is_over"]]
    assert {(row["bank"], row["is_office"]) for row in rows} >= {("own", True)}
    assert all(row["is_office"] for row in rows)
    assert done.exit_code == 0


def test_content_that_cannot_be_read_is_refused_in_words(office: Path) -> None:
    write_bank(office / "content", "own", [item(1, "ก", "ข", "ค", key=0, clauses=["cps.99"])])
    done = run("--json")
    assert (done.exit_code, json.loads(done.stdout)["error"]["code"]) == (1, "content")


def test_where_nothing_tells_a_trick_earns_chance() -> None:
    """Two of four options are equally long: the trick is right half the time when one of them is the key."""
    found = outcomes([item(1, "ยาวเท่ากัน", "ก", "ข", "เท่ากันยาว", key=0), item(2, "ก", "ข", "ค", "ง", key=2)])
    assert (found["longest"].score, found["longest"].chance) == ((0.5 + 0.25) / 2, 0.25)
    assert (found["longest"].n, found["longest"].n_told) == (2, 1)
    assert "no-absolute-words" not in found


def test_each_trick_takes_what_it_is_called_after() -> None:
    texts = ["ภายใน 90 วัน", "ทุกครั้งเสมอ", "นับเงินสด", "ไม่ตอบข้อใด"]
    best = {
        "most-specific": [item(1, *texts, key=0)],
        "overlap-with-stem": [item(1, *texts, key=2, stem="ใครนับเงินสดในร้าน")],
        "position-2": [item(1, *texts, key=1)],
    }
    assert {name: outcomes(items)[name].score for name, items in best.items()} == dict.fromkeys(best, 1.0)
    assert outcomes([item(1, *texts, key=3)])["no-absolute-words"].score == pytest.approx(1 / 3)
    assert outcomes([item(1, *texts, key=1)])["no-absolute-words"].score == 0


def test_several_to_mark_are_held_against_marking_as_many_at_random() -> None:
    """Half of four options: the two long ones are the key; of the six pairs one earns 1, four earn 0 (one right, one wrong)."""
    several = item(1, "สั้น", "ตัวเลือกที่ยาว", "น้อย", "ยาวพอ ๆ กัน", key=1) | {
        "type": "multiple_response",
        "key": ["b", "d"],
    }
    found = outcomes([several])
    assert (found["longest"].score, found["longest"].chance) == (1.0, pytest.approx(1 / 6))
    assert not any(name.startswith("position") for name in found)


def test_verdicts_are_played_apart_from_reasons() -> None:
    [true_false] = [kind.example() for kind in ITEM_TYPES if kind.example().type == "true_false"]
    found = {one.strategy: one for one in play("own", [true_false])}
    assert (found["always-true"].score, found["always-false"].score) == (0.0, 1.0)
    assert (found["position-1"].score, found["position-1"].chance) == (1.0, pytest.approx(1 / 3))


def test_a_bank_without_choices_has_no_outcomes_and_twice_gives_the_same() -> None:
    typed = [kind.example() for kind in ITEM_TYPES if not any(decisions_of(kind.example()))]
    assert {one.type for one in typed} == {"ordering", "numeric", "parametric", "short_text", "essay", "likert"}
    assert play("typed", typed) == []
    items = [item_from_json(stored) for stored in LONGEST_WINS]
    assert play("own", items) == play("own", items)


def test_every_strategy_stands_in_the_documentation() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs/scripts.md").read_text("utf-8")
    named = {name for name in STRATEGIES if not name.startswith("position-")}
    assert [name for name in sorted(named) if f"`{name}`" not in page] == []
