"""The handbook model: order, citation, look-up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cps_training.content.handbook import Handbook, read_handbook


@pytest.fixture
def book(tree: dict[str, str], write: Callable[..., Path]) -> Handbook:
    tree["data/handbook/km.yaml"] = tree["data/handbook/cps.yaml"].replace("cps", "km").replace(", km.4", "")
    tree["data/handbook/sections.yaml"] = tree["data/handbook/sections.yaml"].replace("teachable: 7", "teachable: 2")
    read = read_handbook(
        write({**tree, "data/handbook/cps.yaml": tree["data/handbook/cps.yaml"].replace("km.4", "km.2")})
    )
    assert read.findings == []
    assert read.handbook is not None
    return read.handbook


def test_clauses_stand_in_handbook_order_not_in_that_of_the_letters(book: Handbook) -> None:
    assert [clause.id for clause in book.clauses] == ["cps.2", "cps.2.3", "cps.2.10", "km.2", "km.2.3", "km.2.10"]
    assert [clause.id for clause in book.of_section("km")] == ["km.2", "km.2.3", "km.2.10"]


def test_only_clauses_are_teachable(book: Handbook) -> None:
    assert book.teachable_ids == ("cps.2.3", "cps.2.10", "km.2.3", "km.2.10")
    assert not book.clause("cps.2").is_teachable


def test_a_clause_is_cited_as_its_section_says(book: Handbook) -> None:
    assert book.clause("cps.2.3").label() == "ข้อ 2.3 ของระบบ CPS"
    assert book.clause("cps.2.3").label("en") == "CPS 2.3"


def test_a_section_without_label_is_cited_by_its_title(book: Handbook) -> None:
    assert book.clause("km.2.3").label() == "การจัดการความรู้ ข้อ 2.3"
    assert book.clause("km.2.3").label("en") == "Knowledge 2.3"


def test_pages_are_those_of_the_section_and_said_to_be_approximate(book: Handbook) -> None:
    assert book.clause("cps.2.3").section.pages() == "คู่มือหน้า 7–10 (ช่วงหน้าโดยประมาณ)"
    assert book.clause("km.2").section.pages() == "คู่มือหน้า 10 (ช่วงหน้าโดยประมาณ)"
    assert book.clause("km.2").section.pages("en") == "handbook p. 10 (approximate)"


def test_looking_up(book: Handbook) -> None:
    assert "cps.2.3" in book
    assert "cps.2.4" not in book
    assert book.get("cps.2.4") is None
    with pytest.raises(KeyError, match=r"no clause 'cps\.2\.4'; nearest is 'cps\.2\.3'"):
        book.clause("cps.2.4")


def test_texts_fall_back_to_thai(tree: dict[str, str], write: Callable[..., Path]) -> None:
    tree["data/handbook/cps.yaml"] = tree["data/handbook/cps.yaml"].replace(", en: Both calendars", "")
    book = read_handbook(write(tree)).handbook
    assert book is not None
    title = book.clause("cps.2.3").title
    assert title.text("en") == title.text("th") == "ปฏิทินสองแบบ"
    assert book.clause("cps.2.10").title.text("en") == "Permission"


def test_context_units_stand_beside_the_clauses_and_are_none(tree: dict[str, str], write: Callable[..., Path]) -> None:
    book = read_handbook(write(tree)).handbook
    assert book is not None
    assert [(unit.id, unit.section) for unit in book.context] == [("preface.0", None), ("cps.0", "cps")]
    assert "cps.0" not in book
    assert "cps.0" not in book.teachable_ids


def test_a_handbook_without_context_is_sound(tree: dict[str, str], write: Callable[..., Path]) -> None:
    del tree["data/handbook/context.yaml"]
    read = read_handbook(write(tree))
    assert read.findings == []
    assert read.handbook is not None
    assert read.handbook.context == ()


CONTEXT = "data/handbook/context.yaml"
MISTAKES = [
    ("section: cps", "section: cbs", f"{CONTEXT}:6:14: units.2.section: ไม่มีหมวด “cbs” ใน sections.yaml หมายถึง cps หรือไม่ ให้แก้ หรือเพิ่มหมวด"),
    ("id: cps.0", "id: cps.2.3", f"{CONTEXT}:5:9: units.2.id: “cps.2.3” เป็นรหัสของข้อในคู่มือแล้ว ให้ใช้รหัสอื่น เช่น cps.0"),
    ("id: cps.0", "id: preface.0", f"{CONTEXT}:5:9: units.2.id: units มีรหัสซ้ำ: preface.0 ให้เหลือครั้งเดียว"),
    ("    summary: ทำไมจึงมีคู่มือนี้\n", "", f"{CONTEXT}:2:5: units.1.summary: ขาดช่องนี้ ให้เติม summary: ในส่วนนี้"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), MISTAKES, ids=[(new or old).strip() for old, new, _ in MISTAKES])
def test_a_mistake_in_a_context_unit_is_told_with_its_place(
    tree: dict[str, str], write: Callable[..., Path], old: str, new: str, expected: str
) -> None:
    assert old in tree[CONTEXT]
    tree[CONTEXT] = tree[CONTEXT].replace(old, new, 1)
    assert [str(finding) for finding in read_handbook(write(tree)).findings] == [expected]
