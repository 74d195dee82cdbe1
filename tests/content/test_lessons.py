"""Lesson notebooks: the metadata, and that it agrees with the cells."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cps_training.content.lessons import read_lesson

Make = Callable[..., str]
CALL = 'apps.checkpoint(session, "{}")'


@pytest.fixture
def findings_of(tmp_path: Path) -> Callable[..., list[str]]:
    def read(text: str | bytes, name: str = "05_cycle.ipynb") -> list[str]:
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        found = read_lesson(path, shown_as="x").findings
        return [str(finding).removeprefix("x:") for finding in found]

    return read


Findings = Callable[..., list[str]]


def place_in(text: str, snippet: str) -> str:
    """line:column of the first occurrence, as an editor shows it."""
    index = text.index(snippet)
    return f"{text.count(chr(10), 0, index) + 1}:{index - text.rfind(chr(10), 0, index)}"


def test_a_sound_lesson(findings_of: Findings, lesson_text: Make) -> None:
    sources = [
        ["# " + CALL.format("old") + "\n", CALL.format("a") + "\n", CALL.format("b-2")],
        "apps.lesson_end(session)",
    ]
    assert findings_of(lesson_text({"checkpoints": ["a", "b-2"]}, *sources)) == []
    assert findings_of(lesson_text({"checkpoints": ["a"]}, "apps.checkpoint( session, 'a' )")) == []
    assert findings_of(lesson_text({"checkpoints": None})) == []


def test_a_wrong_field_is_found_at_its_place(findings_of: Findings, lesson_text: Make) -> None:
    text = lesson_text({"minutes": "25", "clauses": ["cps.2", "CPS"], "tile": 1, "title": None})
    snippets = ['"cps": {', '"25"', '"CPS"', '"tile"']
    messages = [
        "metadata.cps.title: ขาดช่องนี้ ให้เติม title: ในส่วนนี้",
        "metadata.cps.minutes: ต้องเป็นจำนวนเต็ม เช่น 10 แต่พบ “25” ให้แก้",
        "metadata.cps.clauses.2: “CPS” ไม่ถูกรูปแบบ ใช้ชื่อหมวดตามด้วยเลขข้อ คั่นด้วยจุด เช่น cps.2.3",
        "metadata.cps.tile: ไม่รู้จักช่องนี้ หมายถึง title หรือไม่ ให้แก้ชื่อ หรือลบออก",
    ]
    expected = [f"{place_in(text, snippet)}: {message}" for snippet, message in zip(snippets, messages, strict=True)]
    assert findings_of(text) == expected


def test_a_checkpoint_listed_but_not_called(findings_of: Findings, lesson_text: Make) -> None:
    text = lesson_text({"checkpoints": ["first", "second"]}, CALL.format("first"))
    place = place_in(text, '"second"')
    assert findings_of(text) == [
        f"{place}: metadata.cps.checkpoints.2: ไม่มีเซลล์ที่เรียก “second” ให้เพิ่มเซลล์ หรือลบออกจากรายการ"
    ]


def test_a_checkpoint_called_but_not_listed(findings_of: Findings, lesson_text: Make) -> None:
    text = lesson_text({"checkpoints": ["first"]}, CALL.format("first"), ["x = 1\n", CALL.format("third")])
    place = place_in(text, '"apps.checkpoint(session, \\"third\\")"')
    assert findings_of(text) == [
        f"{place}: cells.3.source.2: จุดตรวจ “third” ไม่อยู่ใน metadata.cps.checkpoints ให้เติมในรายการ หรือแก้รหัส"
    ]


def test_a_misspelt_checkpoint_names_the_nearest(findings_of: Findings, lesson_text: Make) -> None:
    found = findings_of(lesson_text({"checkpoints": ["first-item"]}, CALL.format("frist-item")))
    assert [line.partition(": ")[2] for line in found] == [
        (
            "cells.2.source: จุดตรวจ “frist-item” ไม่อยู่ใน metadata.cps.checkpoints หมายถึง first-item หรือไม่ "
            "ให้เติมในรายการ หรือแก้รหัส"
        ),
        "metadata.cps.checkpoints.1: ไม่มีเซลล์ที่เรียก “first-item” ให้เพิ่มเซลล์ หรือลบออกจากรายการ",
    ]


def test_a_checkpoint_called_twice(findings_of: Findings, lesson_text: Make) -> None:
    found = findings_of(lesson_text({"checkpoints": ["a"]}, CALL.format("a"), CALL.format("a")))
    assert [line.partition(": ")[2] for line in found] == ["cells.3.source: จุดตรวจ “a” ถูกเรียกซ้ำ ให้เหลือครั้งเดียว"]


def test_checkpoints_in_another_order(findings_of: Findings, lesson_text: Make) -> None:
    found = findings_of(lesson_text({"checkpoints": ["a", "b"]}, CALL.format("b"), CALL.format("a")))
    assert [line.partition(": ")[2] for line in found] == [
        "metadata.cps.checkpoints: ลำดับไม่ตรงกับเซลล์ ให้เรียงตามเซลล์: b, a"
    ]


@pytest.mark.parametrize("call", ["apps.checkpoint(session, item)", 'apps.checkpoint("a")', "apps.checkpoint(session,"])
def test_a_checkpoint_that_cannot_be_read(findings_of: Findings, lesson_text: Make, call: str) -> None:
    found = findings_of(lesson_text({"checkpoints": None}, call))
    assert [line.partition(": ")[2] for line in found] == [
        'cells.2.source: เขียนจุดตรวจไม่ตรงแบบ ให้เขียนในบรรทัดเดียวว่า apps.checkpoint(session, "รหัสข้อ")'
    ]


def test_a_checkpoint_in_prose_is_no_call(findings_of: Findings, lesson_text: Make) -> None:
    text = lesson_text({"checkpoints": None}).replace("# บทเรียน", "apps.checkpoint(session, 'x')")
    assert "checkpoint(session" in text
    assert findings_of(text) == []


def test_opening_another_lesson(findings_of: Findings, lesson_text: Make) -> None:
    found = findings_of(lesson_text({"checkpoints": None}, 'session = apps.open_session(lesson="other")'))
    assert [line.partition(": ")[2] for line in found] == [
        "cells.2.source: เปิดบทเรียน “other” แต่ metadata บอกว่า lesson: cycle ให้แก้ให้ตรงกัน"
    ]


def test_the_name_of_the_file_begins_with_the_number(findings_of: Findings, lesson_text: Make) -> None:
    text = lesson_text({"checkpoints": None})
    line, column = place_in(text, '"number": 5').split(":")
    message = "บทที่ 5 แต่ชื่อไฟล์ขึ้นต้นด้วย “07” ให้ชื่อไฟล์ขึ้นต้นด้วย 05_ หรือแก้ number"
    expected = f"{line}:{int(column) + len('xnumberx: ')}: metadata.cps.number: {message}"
    assert findings_of(text, "07_cycle.ipynb") == [expected]


def test_characters_that_json_can_spell_but_no_text_may_hold(findings_of: Findings, lesson_text: Make) -> None:
    text = lesson_text({"checkpoints": None}).replace("วงจร", "วง\\u0000จร\\u202e")
    place = place_in(text, '"วง')
    assert findings_of(text) == [
        f"{place}: metadata.cps.title.th: มีอักขระควบคุม U+0000 ซึ่งมองไม่เห็น ให้ลบออกหรือพิมพ์ข้อความช่วงนี้ใหม่",
        f"{place}: metadata.cps.title.th: มีอักขระควบคุม U+202E ซึ่งมองไม่เห็น ให้ลบออกหรือพิมพ์ข้อความช่วงนี้ใหม่",
    ]
    half = lesson_text({"checkpoints": None}, CALL.format("x")).replace('(session, \\"x', '(session, \\"\\udc00')
    (found,) = findings_of(half)
    assert found.startswith(place_in(half, "\\udc00") + ": มีรหัสอักขระ")
    assert found.encode(), "a finding can always be printed"


def test_what_is_no_lesson(findings_of: Findings, lesson_text: Make) -> None:
    fields = "lesson, number, title, minutes, clauses, checkpoints, replaces, template"
    no_lesson = '{"cells": [], "metadata": {}, "nbformat": 4}'
    assert findings_of(no_lesson) == [f"1:27: metadata: ขาดช่อง cps ให้เติมใน metadata ของโน้ตบุ๊ก โดยมี {fields}"]
    assert findings_of('{"cells": [], "metadata": {"cps": []}}') == [
        "1:35: metadata.cps: ต้องเป็นกลุ่มช่อง (ชื่อ: ค่า) แต่พบรายการ ให้แก้"
    ]
    for text in ("[]", "{}", '"x"', '{"worksheets": []}', '{"cells": {}, "metadata": {}}'):
        assert findings_of(text) == ["1:1: ไฟล์นี้ไม่ใช่โน้ตบุ๊กรูปแบบ 4 ให้เปิดและบันทึกใหม่ด้วย JupyterLab"]
    (broken,) = findings_of('{\n "cells": [}')
    assert broken.startswith("2:12: อ่านเป็นโน้ตบุ๊กไม่ได้ (")
    (deep,) = findings_of("[" * 100_000)
    assert "1:1: โน้ตบุ๊กซ้อนกันลึก" in deep
    nested = '{"cells": ' + "[" * 400 + "]" * 400 + "}"
    assert findings_of(nested) == ["1:110: ซ้อนกันลึกเกิน 100 ชั้น ให้เปิดและบันทึกใหม่ด้วย JupyterLab"]
    (latin,) = findings_of(b'{"a": "\xff"}')
    assert latin.startswith("1:8: ไบต์ 0xff ไม่ใช่ UTF-8")


def test_a_lesson_may_ask_for_the_full_template_and_for_nothing_else(findings_of: Findings, lesson_text: Make) -> None:
    assert findings_of(lesson_text({"checkpoints": None, "template": "full"})) == []
    (found,) = findings_of(lesson_text({"checkpoints": None, "template": "heavy"}))
    assert "metadata.cps.template" in found
    assert "light" in found
