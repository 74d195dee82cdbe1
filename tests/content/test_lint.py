"""The linter of items: each rule finds its own flaw at its place and nothing else, and leaves sound items alone.

The bad items stand in `bad_items.yaml`; a comment on a line says which rule must find something there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cps_training.content.check import report
from cps_training.content.library import check_library, load_library
from cps_training.content.lint import RULES
from cps_training.errors import Finding
from cps_training.places import shipped

BAD = (Path(__file__).parent / "bad_items.yaml").read_text("utf-8")
REFERENCE = Path(__file__).resolve().parents[2] / "docs/reference/item-lint.md"
OF_A_BANK = {"L02", "L09"}
"""Flaws of a bank as a whole: no single line of the bad items can have them."""

Lint = Callable[[str], list[Finding]]


@pytest.fixture
def lint(tmp_path: Path) -> Lint:
    """What the linter says of a bank of an office, beside the shipped handbook and no shipped bank."""

    def linted(text: str) -> list[Finding]:
        (tmp_path / "shipped").mkdir(exist_ok=True)
        if not (tmp_path / "shipped/data").exists():
            (tmp_path / "shipped/data").symlink_to(shipped() / "data", target_is_directory=True)
        bank = tmp_path / "office/quizzes/banks/own.yaml"
        bank.parent.mkdir(parents=True, exist_ok=True)
        bank.write_text(text, "utf-8")
        return check_library(tmp_path / "shipped", tmp_path / "office", is_linted=True)[1]

    return linted


def code(finding: Finding) -> str:
    found = re.match(r"\[(L\d\d)\] ", finding.message)
    return found[1] if found else finding.message


def test_each_rule_finds_its_own_flaw_at_its_line_and_nothing_else(lint: Lint) -> None:
    wanted = {
        (number, rule) for number, line in enumerate(BAD.splitlines(), 1) for rule in re.findall(r"# \[(L\d\d)\]", line)
    }
    assert {(finding.line, code(finding)) for finding in lint(BAD)} == wanted
    assert {rule for _, rule in wanted} == {rule.code for rule in RULES} - OF_A_BANK


def test_the_column_is_where_the_text_begins(lint: Lint) -> None:
    [found] = [finding for finding in lint(BAD) if code(finding) == "L01"]
    line = BAD.splitlines()[found.line - 1]
    assert line[found.column - 1 :].startswith("สหกรณ์จังหวัดซึ่งเป็นผู้อนุญาตให้ไป")
    assert found.message.startswith("[L01] items.1.choices.2.text: คำตอบยาว 25 ตัวอักษร")


def shipped_choice_items() -> list[dict[str, Any]]:
    """The items of the shipped bank `cps` with one right choice: a sound bank to spoil."""
    items = load_library(shipped()).banks["cps"].items
    stored = [item.model_dump(mode="json", exclude_defaults=True) for item in items if item.type == "multiple_choice"]
    assert len(stored) >= 20
    return stored


def bank(*items: dict[str, Any]) -> str:
    return json.dumps({"bank": "own", "title": {"th": "ของสำนักงาน"}, "items": items}, ensure_ascii=False, indent=1)


def key_of(item: dict[str, Any]) -> dict[str, Any]:
    return next(choice for choice in item["choices"] if choice["id"] == item["key"])


def test_a_bank_whose_keys_all_stand_first(lint: Lint) -> None:
    items = shipped_choice_items()
    assert lint(bank(*items)) == []
    for item in items:
        item["choices"].sort(key=lambda choice: choice["id"] != item["key"])
    found = lint(bank(*items))
    assert {code(finding) for finding in found} == {"L09"}
    assert any(f"คำตอบอยู่ที่ตัวเลือกที่ 1 จำนวน {len(items)} ข้อ" in finding.message for finding in found)
    assert {(finding.line, finding.column) for finding in found} == {(6, 2)}  # the list of items, not one of them


def test_a_bank_whose_keys_are_a_letter_longer_as_a_habit(lint: Lint) -> None:
    """No key stands out, so that no item is to blame alone."""
    items = shipped_choice_items()
    for item in items:
        longest = max((choice["text"] for choice in item["choices"]), key=len)
        key = key_of(item)
        key["text"] += "น" * max(0, len(longest) + 1 - len(key["text"]))
    assert [code(finding) for finding in lint(bank(*items))] == ["L02"]


def test_a_bank_with_one_verdict(lint: Lint) -> None:
    items = load_library(shipped()).banks["practice-work"].items
    claims = [item.model_dump(mode="json", exclude_defaults=True) for item in items if item.type == "true_false"]
    found = lint(bank(*(claim | {"verdict": True} for claim in claims)))
    assert f"[L09] items: ข้อถูก–ผิดตอบ “ถูก” {len(claims)} จาก {len(claims)} ข้อ" in " ".join(map(str, found))


def item(stem: str, *texts: str, kind: str = "multiple_choice", **said: Any) -> dict[str, Any]:
    """An item of which the second choice is right."""
    choices: list[dict[str, str]] = [
        {"id": "abcdef"[number], "text": text, "rationale": "บอกได้ว่าทำไมจึงเป็นเช่นนี้", "misconception": "เข้าใจเป็นอย่างอื่น"}
        for number, text in enumerate(texts)
    ]
    del choices[1]["misconception"]
    return {
        "id": "own-item",
        "type": kind,
        "clauses": ["skills.1"],
        "bloom": "apply",
        "evidence": "H",
        "stem": stem,
        "choices": choices,
        "key": "b",
        "headline": "หัวข้อ",
        "explanation": "คำอธิบาย",
    } | said


SOUND = {
    "regularly is not always": item("ควรนับเงินสดอย่างไร", "ให้เหรัญญิกนับสม่ำเสมอ", "ให้กรรมการตรวจนับ", "ให้ผู้สอบบัญชีนับ"),
    "an absolute word in the key too": item("นับเมื่อใด", "ทุกครั้งที่มีเวลา", "ทุกครั้งที่ปิดร้าน", "สิ้นปีเท่านั้น"),
    "all of something": item("พบอะไร", "บัญชีถูกต้องทั้งหมด", "ทำตามข้อ 2 และ 3", "ทะเบียนถูกทุกข้อ"),
    "a negative in the situation": item("สหกรณ์ไม่ได้ส่งรายงาน คุณทำสิ่งใดก่อน", "ปรับสหกรณ์", "ถามหาสาเหตุ", "ทำแทนให้"),
    "a negative that is marked": item("ข้อใด “ไม่ใช่” หน้าที่ของเจ้าหน้าที่", "ให้คำแนะนำ", "ลงมติแทนกรรมการ", "ติดตามการแก้ไข"),
    "cannot be missing": item("ในวงเสวนาขาดเสียงของใครไม่ได้", "ผู้ซื้อปลา", "สมาชิก", "ผู้ขายปลา"),
    "each is no connector": item("แบ่งงานอย่างไร", "แต่ละกลุ่มจับสลาก", "ตามความถนัด", "เท่ากันทุกคน"),
    "every option with the same connector": item("เลื่อนนัดด้วยเหตุใด", "เพราะฝนตกหนัก", "เพราะยังไม่อนุมัติ", "เพราะรถเสีย"),
    "ranges that only touch numbers": item("ส่งวันใด", "วันที่ 1–10", "วันที่ 11–20", "วันที่ 21–30"),
    "two numbers that differ": item("ประชุมภายในเมื่อใด", "ภายในกำหนด 150 วัน", "ภายในกำหนด 90 วัน", "ภายในกำหนด 900 วัน"),
    "opposites differ in a word": item("บันทึกเมื่อใด", "บันทึกแยกหลังวันเข้า", "บันทึกแยกก่อนวันเข้า", "บันทึกรวมหลังวันเข้า"),
    "who does what to whom": item("ใครแนะนำใคร", "กรรมการแนะนำเจ้าหน้าที่", "เจ้าหน้าที่แนะนำกรรมการ", "ผู้สอบบัญชีแนะนำกรรมการ"),
    "a bare number beside a unit": item("ต้องมากี่คน", "25", "40 คน", "45 คน"),
    "other units for other questions": item("มีบุคลากรกี่คนและประชุมกี่ครั้ง", "ไม่ทราบทั้งสองอย่าง", "40 คน 3 ครั้ง", "30 คน 2 ครั้ง"),
    "short words of any length": item("รอบใด", "ปี", "สัปดาห์", "เดือน"),
    "repetition mark and silent letters": item("ค่อย ๆ ทำตามศูนย์ฯ เรื่องใด", "น้ำ แป้ง", "ทรัพย์สิน", "ป่าไม้ ที่ดิน"),
}


@pytest.mark.parametrize("sound", SOUND.values(), ids=SOUND.keys())
def test_a_sound_item_is_left_alone(lint: Lint, sound: dict[str, Any]) -> None:
    assert [str(finding) for finding in lint(bank(sound))] == []


FLAWED = {
    "ผิดทุกข้อ": "L05",
    "ข้อ ก และ ข้อ ข": "L05",
    "ไม่มีข้อใดถูกเลย": "L05",
    "แต่ต้องถามก่อน": "L08",
    "ถามเขาก่อนครับ": "L08",
    "ถามกรรมการก่อน ๆ": "L07",
    "ถามสหกรณ์เท่านั้น": "L04",
}


@pytest.mark.parametrize(("text", "rule"), FLAWED.items())
def test_one_distractor_spoils_a_sound_item(lint: Lint, text: str, rule: str) -> None:
    sound = ["ส่งหนังสือเวียน", "ถามผู้จัดการก่อน", "ถามกรรมการก่อน"]
    assert lint(bank(item("คุณได้ยินข่าวลือเรื่องเงินฝาก ทำอย่างไร", *sound))) == []
    [found] = lint(bank(item("คุณได้ยินข่าวลือเรื่องเงินฝาก ทำอย่างไร", *sound, text)))
    assert code(found) == rule
    assert "items.1.choices.4.text:" in found.message


NEGATIVE = ("ข้อใดไม่ใช่เอกสารประจำ", "ทำได้ทุกเรื่องยกเว้นข้อใด", "สิ่งที่ไม่ควรทำคือข้อใด", "ใครไม่มีหน้าที่นี้", "ข้อใดผิด")


@pytest.mark.parametrize("stem", NEGATIVE)
def test_a_question_for_what_is_not(lint: Lint, stem: str) -> None:
    [found] = lint(bank(item(stem, "งบทดลอง", "ปฏิทิน", "ทะเบียน")))
    assert (code(found), "items.1.stem:" in found.message) == ("L06", True)


def test_a_word_every_stem_must_say_is_no_cue(lint: Lint) -> None:
    one = item("ใครอนุมัติรายงาน", "ผู้สอบบัญชีสหกรณ์", "สหกรณ์จังหวัด", "ประธานกรรมการ")
    other = item("คำสั่งของสหกรณ์จังหวัดเก็บที่ใด", "ในลิ้นชัก", "ในแฟ้มคำสั่ง", "ในสมุดตรวจ", id="own-other")
    assert lint(bank(one, other)) == []


def test_an_item_that_replaces_another_is_not_too_like_it(tmp_path: Path) -> None:
    [stored] = [one for one in shipped_choice_items() if one["id"] == "cps-check-both-gates"]
    office = tmp_path / "quizzes/banks/own.yaml"
    office.parent.mkdir(parents=True)
    office.write_text(bank(stored | {"replaces": True}), "utf-8")
    assert check_library(shipped(), tmp_path, is_linted=True)[1] == check_library(shipped(), None, is_linted=True)[1]


def test_a_copy_of_a_shipped_item_is_named(tmp_path: Path) -> None:
    [stored] = [one for one in shipped_choice_items() if one["id"] == "cps-check-both-gates"]
    office = tmp_path / "quizzes/banks/own.yaml"
    office.parent.mkdir(parents=True)
    office.write_text(bank(stored | {"id": "own-copy"}), "utf-8")
    before = set(check_library(shipped(), None, is_linted=True)[1])
    [found] = set(check_library(shipped(), tmp_path, is_linted=True)[1]) - before
    assert found.message.startswith("[L13] items.1.stem: ข้อนี้เหมือนข้อ “cps-check-both-gates” ร้อยละ 100")


def test_flaws_keep_nobody_from_serving(tmp_path: Path) -> None:
    """An author mends them; learners meanwhile go on with what there is."""
    office = tmp_path / "quizzes/banks/own.yaml"
    office.parent.mkdir(parents=True)
    office.write_text(BAD, "utf-8")
    assert "key-stands-out" in load_library(shipped(), tmp_path).items


def test_the_report_gives_the_code(lint: Lint) -> None:
    mistake = Finding("a.yaml", 1, 1, "items.1.stem: โจทย์ว่าง")
    said = report(None, [mistake, *lint(BAD)])["errors"]
    assert "code" not in said[0]
    assert {error["code"] for error in said[1:]} == {rule.code for rule in RULES} - OF_A_BANK
    assert all(error["message"].startswith(f"[{error['code']}] ") for error in said[1:])


def test_codes_are_unique_and_every_rule_says_why_and_after_whom() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == [f"L{number:02}" for number in range(1, len(RULES) + 1)]
    for rule in RULES:
        assert all(1 <= int(number) <= 31 for number in re.findall(r"\d+", rule.guideline)), rule.code
        assert len(rule.reason) > 40
        assert all(len(threshold.reason) > 20 for threshold in rule.thresholds)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_reference_says_what_the_registry_says(rule: Any) -> None:
    page = REFERENCE.read_text("utf-8")
    section = " ".join(page.partition(f"## {rule.code} ")[2].partition("\n## ")[0].split())
    assert section.startswith(rule.title)
    assert f"Guideline {rule.guideline}." in section
    for threshold in rule.thresholds:
        assert f"`{threshold.name}` = {threshold.value:.3g}" in section
