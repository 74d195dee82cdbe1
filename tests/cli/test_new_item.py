"""`new item` as an author meets it: questions in Thai, answers as options, a bank that changes only when everything is right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cps_training.authoring import asking
from cps_training.cli.app import app
from cps_training.content.banks import FOLDER, Bank
from cps_training.content.yaml_source import read_marked
from cps_training.items import ITEM_TYPES

CHOICES = {
    "choices.1.text": "ผู้สอบบัญชีของสหกรณ์",
    "choices.1.rationale": "ตรวจงบการเงิน ไม่ใช่รายงานของเจ้าหน้าที่",
    "choices.1.misconception": "คิดว่าผู้สอบบัญชีอนุมัติ",
    "choices.2.text": "สหกรณ์จังหวัด",
    "choices.2.rationale": "เป็นผู้อนุมัติทั้งสองด่าน",
    "choices.3.text": "คณะกรรมการของสหกรณ์",
    "choices.3.rationale": "เป็นผู้รับคำแนะนำ ไม่ใช่ผู้อนุมัติ",
    "choices.3.misconception": "คิดว่าสหกรณ์เป็นผู้อนุมัติ",
    "key": "b",
    "headline": "ผู้อนุมัติคนเดียวกันทั้งสองด่าน",
    "explanation": "สหกรณ์จังหวัดพิจารณาทั้งคำขอก่อนไปและรายงานหลังกลับ",
}
STEM = "ใครพิจารณาอนุมัติรายงานผลการเข้าปฏิบัติงานของสำนักงานเรา"
PRESENT = """\
# คลังของสำนักงาน อย่าลบหมายเหตุนี้
bank: office
title: {th: "ข้อสอบของสำนักงาน"}
items:
  - id: office-likes   # ชอบ
    type: likert
    clauses: [km.7]
    stem: "ฉันนำความรู้ไปใช้ได้ทันที"
"""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The office's content folder, not made yet."""
    monkeypatch.setenv("CPS_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data" / "content"


def run(*words: str, answers: str | None = None) -> Any:
    return CliRunner().invoke(app, ["new", "item", *words], input=answers)


def options(**changed: str) -> list[str]:
    given = CHOICES | {name.replace("_", "."): text for name, text in changed.items()}
    words = ["--bank", "office", "--bank-title", "ข้อสอบ", "--type", "multiple_choice", "--id", "office-who"]
    words += ["--clause", "cps.3.3", "--bloom", "remember", "--evidence", "H", "--stem", STEM, "--no-input"]
    return words + [part for name, text in given.items() for part in ("--field", f"{name}={text}")]


def bank_at(path: Path) -> Bank:
    found = read_marked(path)
    assert found.problems == ()
    return Bank.model_validate(found.data)


def present(office: Path) -> Path:
    path = office / FOLDER / "office.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(PRESENT, "utf-8")
    return path


def test_a_script_gives_every_answer_and_reads_json(office: Path) -> None:
    done = run(*options(), "--json")
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    path = office / FOLDER / "office.yaml"
    assert found == {"ok": True, "id": "office-who", "bank": "office", "file": str(path), "line": 5}
    [item] = bank_at(path).items
    assert (item.id, item.stem, item.key, [one.id for one in item.choices]) == (
        "office-who",
        STEM,
        "b",
        ["a", "b", "c"],
    )  # type: ignore[attr-defined]
    assert path.read_text("utf-8").splitlines()[4] == "  - id: office-who"
    checked = json.loads(CliRunner().invoke(app, ["check", "--json"]).stdout)
    assert [one for one in checked["errors"] if one["file"].startswith("content/")] == []


def test_an_item_goes_to_the_end_of_a_bank_and_nothing_else_changes(office: Path) -> None:
    path = present(office)
    assert run(*options()).exit_code == 0
    text = path.read_text("utf-8")
    assert text.startswith(PRESENT + "\n  - id: office-who\n")
    assert [item.id for item in bank_at(path).items] == ["office-likes", "office-who"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"key": "z"}, "content/quizzes/banks/office.yaml:28:10: items.2.key"),
        ({"choices_3_text": "ทุกข้อที่กล่าวมาถูกต้อง"}, "[L05]"),
        ({"choices_1_misconception": ""}, "[L10]"),
        ({"headline": ""}, "headline"),
    ],
)
def test_a_refused_item_leaves_the_bank_as_it_was(office: Path, changed: dict[str, str], said: str) -> None:
    path = present(office)
    done = run(*options(**changed), "--json")
    error = json.loads(done.stdout)["error"]
    assert (done.exit_code, error["code"]) == (1, "content")
    assert said in error["message"]
    assert all(one["file"] == "content/quizzes/banks/office.yaml" and one["line"] > 8 for one in error["errors"])
    assert path.read_text("utf-8") == PRESENT
    assert [one.name for one in path.parent.iterdir()] == ["office.yaml"]
    assert "  10    - id: office-who" in done.stderr, "what was answered is not lost"


def test_the_same_id_and_a_shipped_id_are_refused(office: Path) -> None:
    path = present(office)
    words = options()
    words[words.index("office-who")] = "office-likes"
    assert "ซ้ำกับ content/quizzes/banks/office.yaml:5:" in run(*words).stderr
    words[words.index("office-likes")] = "cps-check-two-levels"
    assert "มีในเนื้อหาที่มากับชุดฝึกแล้ว" in run(*words).stderr
    assert path.read_text("utf-8") == PRESENT
    assert run(*words, "--replaces").exit_code == 0
    assert bank_at(path).replacing == frozenset({1})


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("--bank", "cps", "bank-not-ours"),
        ("--type", "multiple_choise", "type-unknown"),
        ("--clause", "cps.99", "clause-unknown"),
        ("--clause", "สหกรณ์", "clause-unknown"),
        ("--field", "choises.1.text=ก", "unknown-field"),
        ("--field", "ไม่มีเครื่องหมาย", "field"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(office: Path, name: str, value: str, code: str) -> None:
    words = options()
    words[words.index(name) + 1] = value
    done = run(*words, "--json")
    assert (done.exit_code, json.loads(done.stdout)["error"]["code"]) == (1, code)
    assert not office.exists()


# Asked in a terminal ---------------------------------------------------------------------------------------------

LIKERT = ["office", "คลังทดลอง", "", "13", "km.7", "1", "", "office-use", "ฉันใช้ความรู้นี้ได้ในงาน", ""]


def test_questions_lead_to_an_item(office: Path) -> None:
    done = run(answers="\n".join([*LIKERT, "", "", "ใช่", ""]))
    assert done.exit_code == 0, done.stderr
    bank = bank_at(office / FOLDER / "office.yaml")
    assert (bank.title.th, bank.items[0].id, bank.items[0].clauses) == ("คลังทดลอง", "office-use", ("km.7",))
    assert "รหัส" not in done.stdout, "questions are no result"
    assert "โจทย์" in done.stderr


def test_a_clause_is_found_by_words_and_a_wrong_answer_is_asked_for_again(office: Path) -> None:
    answers = [
        "office",
        "คลัง",
        "",
        "likert",
        "ไม่มีคำนี้แน่",
        "ปฏิทิน",
        "1",
        "",
        "มี วรรค",
        "office-use",
        "ฉันใช้ปฏิทินของสำนักงาน",
        "",
        "",
        "",
        "ใช่",
    ]
    done = run(answers="\n".join([*answers, ""]))
    assert done.exit_code == 0, done.stderr
    [item] = bank_at(office / FOLDER / "office.yaml").items
    assert (item.clauses, item.id) == (("cps.2.1",), "office-use")
    assert "ไม่พบข้อของคู่มือ" in done.stderr
    assert "ไม่ถูกรูปแบบ" in done.stderr


@pytest.mark.parametrize("n", [0, 3, 6, len(LIKERT)])
def test_leaving_at_any_question_leaves_the_bank_as_it_was(
    office: Path, n: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = present(office)
    left = iter(["1", *LIKERT[3:]][:n])

    def ask(self: Any, question: str, default: str) -> str:
        try:
            return next(left) or default
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr("cps_training.cli.new_item._Terminal.ask", ask)
    done = run()
    assert (done.exit_code, "หยุดตามคำสั่งแล้ว" in done.stderr) == (130, True)
    assert path.read_text("utf-8") == PRESENT


def paths(value: Any, at: str = "") -> dict[str, str]:
    """An item's fields as --field writes them."""
    if isinstance(value, dict):
        return {
            key: text for name, inner in value.items() for key, text in paths(inner, f"{at}.{name}".strip(".")).items()
        }
    if isinstance(value, list | tuple):
        if value and isinstance(value[0], str) and at.rpartition(".")[2] in ("key", "clauses"):
            return {at: ", ".join(value)}
        return {key: text for n, inner in enumerate(value, 1) for key, text in paths(inner, f"{at}.{n}").items()}
    return {at: {True: "ใช่", False: "ไม่ใช่"}[value] if isinstance(value, bool) else str(value)}


@pytest.mark.parametrize("kind", ITEM_TYPES, ids=lambda kind: kind.example().type)
def test_every_field_of_every_type_can_be_given_as_an_option(kind: Any) -> None:
    example = kind.example()
    given = paths(example.model_dump(mode="json", exclude_defaults=True, exclude={"type", "clauses"}))
    known = {"type": example.type, "clauses": list(example.clauses)}
    assert kind.model_validate(asking.Interview(None, given).item(kind, known)) == example


@pytest.mark.parametrize("kind", ITEM_TYPES, ids=lambda kind: kind.example().type)
def test_every_required_field_of_every_type_is_asked_for(kind: Any) -> None:
    """A person who answers from the example makes the example: no field without a question."""
    example = kind.example()
    given = paths(example.model_dump(mode="json", exclude_defaults=True, exclude={"type", "clauses"}))
    script = Script(dict(given))
    known = {"type": example.type, "clauses": list(example.clauses)}
    interview = asking.Interview(script, {}, asks_all=True)
    script.watch(interview)
    assert kind.model_validate(interview.item(kind, known)) == example
    assert script.left == {}


class Script:
    """Answers the question about a path with what stands there, and goes on in a list as long as the example does."""

    def __init__(self, left: dict[str, str]) -> None:
        self.left, self.path, self.group = left, "", ""
        self.asked: list[str] = []

    def watch(self, interview: asking.Interview) -> None:
        """Hear which field is asked for: a person reads it in the question."""
        part, groups = interview._answer, interview._groups

        def answer(path: tuple[str, ...], question: str, default: str) -> str:
            self.path = ".".join(path)
            return part(path, question, default)

        def in_groups(field: Any, path: tuple[str, ...], words: str) -> Any:
            self.group, before = ".".join(path), self.group
            try:
                return groups(field, path, words)
            finally:
                self.group = before

        interview._answer, interview._groups = answer, in_groups  # type: ignore[method-assign]

    def tell(self, text: str) -> None:
        pass

    def ask(self, question: str, default: str) -> str:
        if question.endswith("(ใช่/ไม่)"):
            return "ใช่" if any(path.startswith(self.group + ".") for path in self.left) else "ไม่"
        if "ชื่อค่า" in question:
            names = [path.split(".")[1] for path in self.left if path.startswith("values.")]
            return names[0] if names else ""
        self.asked.append(self.path)
        assert self.asked.count(self.path) < 4, f"asked again and again: {question}"
        return self.left.pop(self.path, default)
