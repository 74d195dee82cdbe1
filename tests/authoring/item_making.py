"""Items whose texts are whatever a content file may hold: the worst a spreadsheet can meet, and what hypothesis thinks of."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from pydantic import ValidationError

from cps_training.content.yaml_source import forbidden_characters
from cps_training.items import ITEM_TYPES, item_from_json
from cps_training.items.base import ItemBase

NASTY = (
    "=1+1",
    "+66 2 281 3095",
    "-5",
    "@ผู้จัดการ",
    "'ขึ้นต้นด้วยอะพอสทรอฟี",
    "007",
    "๑๒๓",
    "1e5",
    "TRUE",
    "#N/A",
    "2023-05-09",
    "บรรทัดแรก\nบรรทัดสอง\n\nบรรทัดสี่",
    "แท็บ\tกลาง",
    "ขึ้นบรรทัดแบบเก่า\rในข้อความ",
    "_x000D_ ตามตัวอักษร",
    'json:"ไม่ใช่ json"',
    "<b>&amp; \"คำพูด\" 'เดี่ยว'</b>",
    "a: b # c, [d] - e | f",
    "ยาว" * 60,
    "🌾 นา",
)
SPACED = ("  ", " หน้าและหลัง ", "\n", "\tแท็บ")
"""For the few fields that keep blanks at their ends."""

_LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="{}[]").filter(
    lambda letter: not forbidden_characters(letter)
)
TEXTS = st.one_of(st.sampled_from(NASTY), st.text(_LETTERS, min_size=1, max_size=60))
_KEPT = (
    "id",
    "type",
    "bin",
    "answer",
    "key",
    "clauses",
    "bloom",
    "evidence",
    "difficulty",
    "kind",
    "marked_by",
    "values",
)
_LONGEST = {"document": 200, "formula": 0}


@st.composite
def items(draw: st.DrawFn) -> ItemBase:
    """An item of any type with texts drawn at random, hints, and a unit or misconception where its type has them."""
    example = draw(st.sampled_from(ITEM_TYPES)).example()
    data = _changed(draw, example.model_dump(mode="json", exclude_defaults=True) | {"type": example.type})
    data["hints"] = draw(st.lists(TEXTS, max_size=3))
    if example.type in ("numeric", "parametric"):
        data["unit"] = draw(st.sampled_from(("", " ", "บาท ", "%")))
    if example.type == "likert":
        data["headline"] = draw(st.one_of(st.sampled_from(SPACED), TEXTS))
    try:
        return item_from_json(data)
    except ValidationError:
        return example


def _changed(draw: st.DrawFn, value: Any, name: str = "") -> Any:
    if name in _KEPT or name == "formula":
        return value
    if isinstance(value, dict):
        return {field: _changed(draw, inner, field) for field, inner in value.items()}
    if isinstance(value, list):
        return [_changed(draw, inner, name) for inner in value]
    return f"{value} {draw(TEXTS)}"[:200] if isinstance(value, str) else value


def nasty_items() -> list[ItemBase]:
    """One item for every nasty text, with it wherever a choice item has words, and a likert item with blanks kept."""
    choice = ITEM_TYPES[0].example().model_dump(mode="json", exclude_defaults=True) | {"type": "multiple_choice"}
    made = []
    for number, text in enumerate(NASTY):
        choices = [{**one, "text": f"{text}{place}", "rationale": text} for place, one in enumerate(choice["choices"])]
        choices[0] = {**choices[0], "text": text}
        fields = {"id": f"nasty-{number}", "stem": text, "headline": text, "explanation": text, "hints": [text]}
        made.append(item_from_json({**choice, **fields, "choices": choices}))
    likert = {"type": "likert", "clauses": ["km.7"], "stem": "ระดับ"}
    made += [item_from_json({**likert, "id": f"blank-{n}", "headline": one}) for n, one in enumerate(SPACED)]
    return made
