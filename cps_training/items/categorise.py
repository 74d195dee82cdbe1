"""categorise: cards into bins, such as who is to be coordinated with about what. Pure; see pairing.py."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from cps_training.items.base import Interaction, OptionId
from cps_training.items.pairing import PairingItem, Row, Target


class Card(Row):
    """bin: where it belongs."""

    bin: OptionId


class Categorise(PairingItem):
    """Three to ten cards, two to five bins."""

    interaction: ClassVar[Interaction] = "sort"

    type: Literal["categorise"]
    bins: Annotated[tuple[Target, ...], Field(min_length=2, max_length=5)]
    cards: Annotated[tuple[Card, ...], Field(min_length=3, max_length=10)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        self.require_consistent("cards", "bins")
        return self

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.cards

    @property
    def targets(self) -> tuple[Target, ...]:
        return self.bins

    @property
    def right(self) -> dict[str, str]:
        return {card.id: card.bin for card in self.cards}

    @classmethod
    def example(cls) -> Self:
        return cls.model_validate(
            {
                "id": "example-categorise",
                "type": "categorise",
                "clauses": ["practice.19.2", "practice.19.3"],
                "bloom": "apply",
                "evidence": "H",
                "stem": "เรื่องเหล่านี้ต้องประสานกลุ่มใด",
                "bins": [
                    {"id": "business", "text": "กลุ่มส่งเสริมและพัฒนาธุรกิจสหกรณ์"},
                    {"id": "management", "text": "กลุ่มส่งเสริมและพัฒนาการบริหารการจัดการสหกรณ์"},
                ],
                "cards": [
                    {"id": "pack", "text": "บรรจุภัณฑ์ของกล้วยอบ", "bin": "business", "rationale": "เป็นเรื่องสินค้าและตลาด"},
                    {"id": "control", "text": "การควบคุมภายในที่หย่อน", "bin": "management", "rationale": "เป็นเรื่องระบบงาน"},
                    {"id": "buyer", "text": "หาผู้ซื้อข้าวสารรายใหม่", "bin": "business", "rationale": "เป็นเรื่องตลาด"},
                ],
                "headline": "สินค้าและตลาดไปทางหนึ่ง คนและระบบไปอีกทาง",
                "explanation": "แยกตามว่าเรื่องนั้นเป็นธุรกิจหรือการบริหารจัดการ",
                "hints": ["ถามตนเองว่าเรื่องนี้เกี่ยวกับการขาย หรือเกี่ยวกับคนและระบบงาน"],
            }
        )
