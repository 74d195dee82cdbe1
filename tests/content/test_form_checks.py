"""What a form says is held against the banks, the handbook and the other forms; each mistake at its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cps_training.content.library import check_library
from cps_training.items.multiple_choice import MultipleChoice
from cps_training.places import shipped

PLAIN = MultipleChoice.example().model_dump(mode="json")


def findings(root: Path, n_items: int, *forms: dict[str, Any]) -> list[str]:
    """What is said of an office's content beside the shipped one: items own-0 … on skills.1, and these forms."""
    (root / "quizzes/banks").mkdir(parents=True)
    (root / "quizzes/forms").mkdir(parents=True)
    items = [PLAIN | {"id": f"own-{n}", "stem": f"โจทย์ที่ {n}", "clauses": ["skills.1"]} for n in range(n_items)]
    bank = {"bank": "own", "title": {"th": "ของสำนักงาน"}, "items": items}
    (root / "quizzes/banks/own.yaml").write_text(json.dumps(bank, ensure_ascii=False), "utf-8")
    for one in forms:
        said = {"title": {"th": "ชุด"}, "description": {"th": "ชุด"}, "feedback": "practice"} | one
        path = root / f"quizzes/forms/{one['form']}.yaml"
        path.write_text(json.dumps(said, ensure_ascii=False, indent=1), "utf-8")
    _, found = check_library(handbook_only(root), root)
    return [str(one) for one in found]


def handbook_only(beside: Path) -> Path:
    """What ships without its banks and forms: a bank that grows must not change these tests."""
    root = beside.with_name(f"{beside.name}-shipped")
    if not root.exists():
        root.mkdir()
        (root / "data").symlink_to(shipped() / "data", target_is_directory=True)
    return root


def blueprint(count: int) -> dict[str, Any]:
    return {"seed": 1, "rows": [{"clauses": ["skills.1"], "count": count}]}


def test_a_blueprint_with_enough_items_is_fine(tmp_path: Path) -> None:
    pair = ({"form": "one", "blueprint": blueprint(2)}, {"form": "two", "parallel_to": "one", "seed": 5})
    assert findings(tmp_path, 4, *pair) == []


def test_too_few_items_are_said_at_the_row(tmp_path: Path) -> None:
    [found] = findings(tmp_path, 3, {"form": "one", "blueprint": blueprint(4)})
    assert found.startswith("content/quizzes/forms/one.yaml:")
    assert "ต้องการ 4 ข้อ" in found
    assert "ยังไม่ถูกใช้ 3 ข้อ" in found


def test_a_pair_needs_twice_as_many(tmp_path: Path) -> None:
    pair = ({"form": "one", "blueprint": blueprint(2)}, {"form": "two", "parallel_to": "one", "seed": 5})
    [found] = findings(tmp_path, 3, *pair)
    assert "two.yaml" in found
    assert "ชุดคู่ขนาน" in found


def test_a_form_of_the_office_leaves_a_blueprint_its_items(tmp_path: Path) -> None:
    """What stands on another form is drawn only where nothing else is left, and then it is."""
    named = {"form": "named", "items": ["own-0", "own-1"]}
    assert findings(tmp_path / "a", 3, named, {"form": "one", "blueprint": blueprint(3)}) == []
    (tmp_path / "b").mkdir()
    root = tmp_path / "b"
    assert findings(root, 5, named, {"form": "one", "blueprint": blueprint(3)}) == []
    library, _ = check_library(handbook_only(root), root)
    assert library is not None
    drawn = {one.item_id for one in library.drawn(library.forms["one"])}
    assert drawn == {"own-2", "own-3", "own-4"}


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"parallel_to": "nowhere", "seed": 1}, "ไม่มีชุดที่มี blueprint"),
        ({"parallel_to": "cps-exam", "seed": 1}, "ไม่มีชุดที่มี blueprint"),
        ({"items": ["own-0"], "blueprint": blueprint(1)}, "อย่างใดอย่างหนึ่ง"),
        ({}, "อย่างใดอย่างหนึ่ง"),
        ({"items": ["own-0"], "seed": 3}, "seed ใช้คู่กับ parallel_to"),
        ({"sections": [{"section": "a", "title": {"th": "ก"}, "items": ["own-9"]}]}, "ไม่มีข้อคำถามรหัส “own-9”"),
        (
            {
                "sections": [
                    {
                        "section": "a",
                        "title": {"th": "ก"},
                        "items": ["own-0"],
                        "must_pass": 0.5,
                        "reading": ["cps.9"],
                        "retry": ["own-1"],
                    }
                ]
            },
            "ชุดฝึกไม่มีข้อ “cps.9”",
        ),
        (
            {
                "sections": [
                    {
                        "section": "a",
                        "title": {"th": "ก"},
                        "items": ["own-0"],
                        "must_pass": 0.5,
                        "reading": ["cps.2.3"],
                        "retry": ["own-0"],
                    }
                ]
            },
            "ข้อซ่อมของส่วน “a” ซ้ำกับข้อในชุด",
        ),
        ({"sections": [{"section": "a", "title": {"th": "ก"}}], "blueprint": blueprint(1)}, "ทุกแถวของ blueprint"),
    ],
)
def test_what_does_not_fit_together_is_said_at_its_place(tmp_path: Path, form: dict[str, Any], said: str) -> None:
    found = findings(tmp_path, 3, {"form": "one", **form})
    assert len(found) == 1
    assert said in found[0]
    assert found[0].startswith("content/quizzes/forms/one.yaml:")


def test_a_form_goes_with_a_lesson_there_is(tmp_path: Path) -> None:
    [found] = findings(tmp_path, 2, {"form": "one", "items": ["own-0"], "lesson": "no-such-lesson"})
    assert found.startswith("content/quizzes/forms/one.yaml:13:12: lesson:")
    assert "ไม่มีบทเรียนชื่อ “no-such-lesson”" in found


def test_a_form_is_a_lessons_or_the_courses(tmp_path: Path) -> None:
    [found] = findings(tmp_path, 2, {"form": "one", "items": ["own-0"], "lesson": "cps-cycle", "stage": "before"})
    assert "lesson หรือ stage อย่างใดอย่างหนึ่ง" in found


def test_a_form_stays_apart_from_forms_there_are(tmp_path: Path) -> None:
    one = {"form": "one", "items": ["own-0"]}
    two = {"form": "two", "blueprint": blueprint(2), "apart_from": ["one", "ons"]}
    [found] = findings(tmp_path, 4, one, two)
    assert "ไม่มีชุดชื่อ “ons” ใกล้ที่สุดคือ one" in found
