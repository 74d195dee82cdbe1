"""Items as blocks of YAML in a bank's file: the house's style, every other byte as it was, nothing half-written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cps_training.authoring import proposing
from cps_training.authoring.bank_file import Written, comments_in, edited, first_line, new_bank
from cps_training.authoring.proposing import Change
from cps_training.content.banks import FOLDER, Bank
from cps_training.content.library import Library
from cps_training.content.yaml_source import parse
from cps_training.errors import KitError
from cps_training.items import ITEM_TYPES
from cps_training.items.base import ItemBase
from cps_training.places import shipped
from tests.authoring.item_making import items, nasty_items

NEW = Written.of(ITEM_TYPES[0].example().model_copy(update={"id": "brand-new"}))
SHORT = """\
# ไฟล์ของสำนักงาน
bank: office   # รหัส
items:
    # หมวดแรก
    - id: first
      type: likert
      clauses: [km.7]
      stem: >
        ข้อความหลายบรรทัด
        ของโจทย์

    - {id: second, type: likert, clauses: [km.7], stem: "สอง"} # ท้ายบรรทัด
    # หลังข้อสุดท้าย
title: {th: "คลัง"}   # ชื่อ
"""


def bank_in(text: str) -> Bank:
    found = parse(text.removeprefix("\ufeff"))
    assert found.problems == ()
    return Bank.model_validate(found.data)


def test_shipped_banks_are_edited_without_touching_another_byte(library: Library) -> None:
    for path in sorted((shipped() / FOLDER).glob("*.yaml")):
        text = path.read_bytes().decode("utf-8")
        before = bank_in(text)
        after = edited(text, path.name, {}, [NEW])
        assert after == text.rstrip("\n") + "\n\n" + NEW.block() + "\n"
        assert bank_in(after).items[:-1] == before.items
        number = len(before.items) // 2
        changed = Written.of(before.items[number].model_copy(update={"stem": "โจทย์ที่แก้แล้ว"}))
        replaced = edited(text, path.name, {number: changed}, [])
        start = first_line(text, number) - 1
        lines, new = text.split("\n"), replaced.split("\n")
        assert new[:start] == lines[:start]
        rest = len(lines) - first_line(text, number + 1) + 2 if number + 1 < len(before.items) else 1
        assert new[-rest:] == lines[-rest:]
        assert bank_in(replaced).items[number].stem == "โจทย์ที่แก้แล้ว"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_comments_indents_line_ends_and_what_follows_the_items_stay(end: str) -> None:
    text = "\ufeff" + SHORT.replace("\n", end)
    after = edited(text, "x", {}, [NEW])
    shown = NEW.block(4).replace("\n", end)
    assert after == text.replace("# ท้ายบรรทัด" + end, "# ท้ายบรรทัด" + end + end + shown + end)
    assert [item.id for item in bank_in(after).items] == ["first", "second", "brand-new"]
    both = edited(text, "x", {0: NEW}, [])
    assert both.startswith(text[: text.index("    - id: first")])
    assert both.endswith(text[text.index(end + "    - {id: second") :])


def test_a_file_without_a_last_line_end_gets_one() -> None:
    text = "bank: office\ntitle: {th: ก}\nitems:\n- {id: a, type: likert, clauses: [km.7], stem: ก}"
    after = edited(text, "x", {}, [NEW])
    assert after == text + "\n\n" + NEW.block(0) + "\n"
    assert edited(text, "x", {0: NEW}, []) == text[: text.index("- {")] + NEW.block(0)


@pytest.mark.parametrize(
    "items_text",
    ["items: []", "items: [{id: a, type: likert, clauses: [km.7], stem: ก}]", "items:\n-\n  id: a", "things: 1"],
)
def test_a_list_that_is_not_written_line_by_line_is_refused(items_text: str) -> None:
    with pytest.raises(KitError) as refused:
        edited(f"bank: a\ntitle: {{th: ก}}\n{items_text}\n", "office.yaml", {}, [NEW])
    assert (refused.value.code, refused.value.place) == ("bank-not-editable", "office.yaml")


def test_comments_that_would_be_lost_are_counted() -> None:
    text = "bank: a\nitems:\n  - id: a\n    # หนึ่ง\n    stem: ก # ท้าย\n    # สอง\n    type: likert\n  # นอกข้อ\n"
    assert comments_in(text, "x", 0) == 2


@settings(max_examples=150, deadline=None)
@given(st.lists(items(), min_size=1, max_size=4))
def test_any_item_reads_back_from_its_block(made: list[ItemBase]) -> None:
    numbered = [item.model_copy(update={"id": f"item-{n}"}) for n, item in enumerate(made)]
    text = new_bank("own", "คลัง", "", [Written.of(item) for item in numbered])
    assert list(bank_in(text).items) == numbered


def test_nasty_texts_and_replaces_read_back_from_their_block() -> None:
    made = nasty_items()
    bank = bank_in(new_bank("own", "ชื่อ: #1", "Own", [Written.of(made[0], replaces=True), *map(Written.of, made[1:])]))
    assert list(bank.items) == made
    assert (bank.replacing, bank.title.th, bank.title.en) == (frozenset({0}), "ชื่อ: #1", "Own")


def test_the_block_is_in_the_style_of_the_house() -> None:
    cloze = next(kind for kind in ITEM_TYPES if kind.example().type == "cloze").example()
    lines = Written.of(cloze).block().split("\n")
    assert lines[0] == f"  - id: {cloze.id}"
    assert lines[1:3] == ["    type: cloze", f"    clauses: [{', '.join(cloze.clauses)}]"]
    assert any(line.startswith("          - {id: ") for line in lines), "a drop-down's entry in one line"
    fields = [line.split(":")[0].strip() for line in lines if line.startswith("    ") and line[4].isalpha()]
    assert fields[-2:] == ["headline", "explanation"] or fields[-3:] == ["headline", "explanation", "hints"]


# Writing -----------------------------------------------------------------------------------------------------------


def test_all_files_are_written_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = tmp_path / "a.yaml", tmp_path / "new" / "b.yaml", tmp_path / "c.yaml"
    first.write_text("ก่อน", "utf-8")
    third.write_text("ก่อน", "utf-8")
    changes = [Change(first, "a", "ก่อน", "หลัง"), Change(second, "b", None, "ใหม่"), Change(third, "c", "ก่อน", "หลัง")]
    real, calls = proposing.os.replace, []

    def interrupted(source: Any, target: Any) -> None:
        calls.append(target)
        if len(calls) == 3:
            raise KeyboardInterrupt
        real(source, target)

    monkeypatch.setattr(proposing.os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        proposing.write(changes)
    assert (first.read_text("utf-8"), second.exists(), third.read_text("utf-8")) == ("ก่อน", False, "ก่อน")
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["a.yaml", "c.yaml"]
    monkeypatch.undo()
    proposing.write(changes)
    assert (first.read_text("utf-8"), second.read_text("utf-8")) == ("หลัง", "ใหม่")


def test_a_file_somebody_else_wrote_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("ของคนอื่น", "utf-8")
    with pytest.raises(KitError) as refused:
        proposing.write([Change(path, "a", "ก่อน", "หลัง")])
    assert (refused.value.code, path.read_text("utf-8")) == ("file-changed", "ของคนอื่น")
