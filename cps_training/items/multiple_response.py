"""multiple_response: one or more right choices. Response {"choices": [id, …]} in authored order. Pure.

Partial credit: (right ones taken − wrong ones taken) / number of right ones, never below 0. Taking everything therefore
earns nothing when at least as many are wrong as right, and so does a critical error.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from cps_training.items.base import (
    Choice,
    Explained,
    Interaction,
    Line,
    Mark,
    OptionId,
    Response,
)
from cps_training.items.choosing import SomeOfLines
from cps_training.items.disguise import Disguise
from cps_training.items.guessing import chance_of_marks
from cps_training.items.reading import require_unique


class MultipleResponse(SomeOfLines):
    """One stem, three to eight choices, a key of one or more of them (not all)."""

    interaction: ClassVar[Interaction] = "choose_many"

    type: Literal["multiple_response"]
    choices: Annotated[tuple[Choice, ...], Field(min_length=3, max_length=8)]
    key: Annotated[tuple[OptionId, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        ids = [choice.id for choice in self.choices]
        require_unique(ids, "รหัสตัวเลือก")
        require_unique(list(self.key), "key ")
        unknown = [key for key in self.key if key not in ids]
        if unknown:
            raise ValueError(f"key “{', '.join(unknown)}” ไม่อยู่ในตัวเลือก ({', '.join(ids)}) ให้แก้ key หรือเพิ่มตัวเลือก")
        if len(self.key) == len(ids):
            raise ValueError("ทุกตัวเลือกเป็น key จึงไม่มีตัวลวง ให้เพิ่มตัวลวงอย่างน้อย 1 ตัวเลือก")
        if both := [choice.id for choice in self.choices if choice.critical and choice.id in self.key]:
            raise ValueError(f"ตัวเลือก “{', '.join(both)}” เป็น key จึงเป็นข้อผิดพลาดร้ายแรง (critical) ไม่ได้")
        return self

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.choices

    def score(self, response: Response | None) -> float:
        if response is None or self.critical_errors(response):
            return 0.0
        taken, key = set(response["choices"]), set(self.key)
        return max(0.0, (len(taken & key) - len(taken - key)) / len(key))

    def critical_errors(self, response: Response | None) -> tuple[str, ...]:
        taken = response["choices"] if response else ()
        return tuple(choice.text for choice in self.choices if choice.critical and choice.id in taken)

    def correct_response(self, disguise: Disguise) -> Response:  # noqa: ARG002
        return {"choices": [i for i in self.line_ids if i in self.key]}

    def explain(self, response: Response | None, disguise: Disguise) -> tuple[Explained, ...]:
        taken = set(response["choices"]) if response else set()
        marks: list[Explained] = []
        for choice in self.choices:
            is_key, is_taken = choice.id in self.key, choice.id in taken
            mark: Mark = ("right" if is_taken else "missed") if is_key else ("wrong" if is_taken else "")
            marks.append(Explained(disguise.hide(choice.id), mark, is_taken, choice.rationale))
        return tuple(marks)

    @property
    def guess(self) -> float:
        return chance_of_marks([1] * len(self.key), len(self.choices) - len(self.key))

    @classmethod
    def example(cls) -> Self:
        return cls.model_validate(
            {
                "id": "example-multiple-response",
                "type": "multiple_response",
                "clauses": ["cps.2.1"],
                "bloom": "understand",
                "evidence": "H",
                "stem": "ปฏิทินการปฏิบัติงานต้องมีรอบใดบ้าง",
                "choices": [
                    {"id": "a", "text": "รายสัปดาห์", "rationale": "ใช้จัดวันเข้าแต่ละแห่ง"},
                    {"id": "b", "text": "รายเดือน", "rationale": "ใช้ดูภาพรวมและเทียบกับรายสัปดาห์"},
                    {"id": "c", "text": "รายสองปี", "rationale": "ไม่ใช่รอบของปฏิทินปฏิบัติงาน"},
                    {"id": "d", "text": "รายสิบวัน", "rationale": "ไม่ใช่รอบของปฏิทินปฏิบัติงาน"},
                ],
                "key": ["a", "b"],
                "headline": "ต้องมีทั้งสองรอบ",
                "explanation": "ปฏิทินรายสัปดาห์และรายเดือนต้องตรงกัน",
            }
        )
