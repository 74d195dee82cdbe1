"""matching: each prompt has its answer; an answer may serve several prompts, and some may serve none. Pure; see pairing.py."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from cps_training.items.base import Interaction, OptionId
from cps_training.items.pairing import PairingItem, Row, Target


class Prompt(Row):
    """answer: the target it belongs to."""

    answer: OptionId


class Matching(PairingItem):
    """Two to eight prompts, two to ten answers. Answers that serve no prompt are distractors."""

    interaction: ClassVar[Interaction] = "match"

    type: Literal["matching"]
    prompts: Annotated[tuple[Prompt, ...], Field(min_length=2, max_length=8)]
    answers: Annotated[tuple[Target, ...], Field(min_length=2, max_length=10)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        self.require_consistent("prompts", "answers")
        return self

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.prompts

    @property
    def targets(self) -> tuple[Target, ...]:
        return self.answers

    @property
    def right(self) -> dict[str, str]:
        return {prompt.id: prompt.answer for prompt in self.prompts}

    @classmethod
    def example(cls) -> Self:
        return cls.model_validate(
            {
                "id": "example-matching",
                "type": "matching",
                "clauses": ["cps.2.3", "cps.3.3"],
                "bloom": "understand",
                "evidence": "H",
                "stem": "งานแต่ละอย่างอยู่ช่วงใดของการเข้าปฏิบัติงานหนึ่งครั้ง",
                "prompts": [
                    {"id": "ask", "text": "ขออนุญาตเป็นรายแห่ง", "answer": "before", "rationale": "เป็นด่านแรก"},
                    {
                        "id": "goal",
                        "text": "กำหนดวัตถุประสงค์",
                        "answer": "before",
                        "rationale": "ต้องรู้ว่าไปทำอะไรจึงขออนุญาตได้",
                    },
                    {"id": "report", "text": "รายงานผลในระบบ", "answer": "after", "rationale": "มีผลแล้วจึงรายงาน"},
                ],
                "answers": [
                    {"id": "before", "text": "ก่อนไป"},
                    {"id": "during", "text": "ระหว่างอยู่ที่สหกรณ์"},
                    {"id": "after", "text": "หลังกลับ"},
                ],
                "headline": "เตรียมและขอก่อน รายงานทีหลัง",
                "explanation": "ด่านแรกอยู่ก่อนออกเดินทาง ด่านที่สองอยู่หลังรายงาน",
                "hints": ["มีช่วงหนึ่งที่ไม่มีงานใดในรายการนี้"],
            }
        )
