"""Distractors that teach nothing: without the mistake they catch, or with a rationale that only says “wrong”."""

from __future__ import annotations

from collections.abc import Iterator

from cps_training.content.lint.base import Rule, Threshold, choices_of, each
from cps_training.content.lint.measures import width
from cps_training.content.yaml_source import Location
from cps_training.items.base import ItemBase

SHORTEST = Threshold("SHORTEST", 12, "สั้นกว่านี้เหลือเพียง “ไม่ถูกต้อง” หรือ “ผิด” ยังไม่ใช่เหตุผล")


def _reasons(item: ItemBase) -> Iterator[tuple[Location, str]]:
    at, choices, keys = choices_of(item)
    for number, choice in enumerate(choices):
        where = (*at, number)
        if choice.id in keys:
            if choice.misconception is not None:
                yield (
                    (*where, "misconception"),
                    "ตัวเลือกนี้ถูก จึงไม่มีความเข้าใจผิดให้จับ ให้ลบ misconception หรือตรวจ key อีกครั้ง",
                )
            continue
        if choice.misconception is None:
            yield where, f"ตัวลวง “{choice.id}” ไม่บอกว่าจับความเข้าใจผิดใด ให้เติม misconception หรือเปลี่ยนตัวลวง"
        if width(choice.rationale) < SHORTEST.value:
            yield (*where, "rationale"), f"เหตุผลของตัวลวง “{choice.id}” สั้นเกินไป ให้บอกว่าผิดเพราะอะไร"


RULES = (
    Rule(
        "L10",
        "ตัวลวงไม่มีเหตุผลหรือความเข้าใจผิดที่จับ",
        "ตัวลวงที่ดีมาจากความผิดพลาดจริงของผู้เรียน ถ้าบอกไม่ได้ว่าใครจะเลือกเพราะอะไร ก็ไม่มีใครเลือก และผลตอบไม่บอกอะไร",
        "29, 30",
        each(_reasons),
        (SHORTEST,),
    ),
)
