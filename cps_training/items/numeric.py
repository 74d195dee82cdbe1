"""numeric: a number or a day to type. Response {"number": value (ISO for a day), "typed": as typed}. Pure.

Scores 1 within the tolerance, 0 otherwise. Which of the known mistakes a wrong value shows is told after the release.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from cps_training.items import quantity
from cps_training.items.base import (
    ANSWER,
    Explained,
    Interaction,
    ItemBase,
    JsonDict,
    Presentation,
    Response,
)
from cps_training.items.disguise import Disguise
from cps_training.items.quantity import EXACT, Kind, KnownMistake, Tolerance, Unit, is_near


class NearMiss(KnownMistake):
    """value: the wrong number (ISO day for a date)."""

    value: int | float | str


class Numeric(ItemBase):
    """answer: the right number, or for `kind: date` an ISO day. unit: shown beside the field, may be typed too."""

    interaction: ClassVar[Interaction] = "number"

    type: Literal["numeric"]
    kind: Kind = "number"
    unit: Unit = ""
    answer: int | float | str
    tolerance: Tolerance = EXACT
    mistakes: Annotated[tuple[NearMiss, ...], Field(max_length=6)] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for value in (self.answer, *(mistake.value for mistake in self.mistakes)):
            try:
                quantity.value_of(value, self.kind)
            except (ValueError, TypeError):
                wanted = "วันที่แบบ 2023-08-13" if self.kind == "date" else "ตัวเลข"
                raise ValueError(f"“{value}” ต้องเป็น{wanted} ตาม kind: {self.kind}") from None
        if wrong := [str(m.value) for m in self.mistakes if self._is_right(m.value)]:
            raise ValueError(f"mistakes “{', '.join(wrong)}” อยู่ในช่วงที่ถือว่าถูก ให้ลบออกหรือแก้ tolerance")
        return self

    def _is_right(self, kept: Any) -> bool:
        given, right = quantity.value_of(kept, self.kind), quantity.value_of(self.answer, self.kind)
        return is_near(given, right, self.tolerance)

    def present(self, disguise: Disguise) -> Presentation:  # noqa: ARG002
        return Presentation(self.id, self.interaction, self.stem, parts=quantity.parts(self.kind, self.unit))

    def read_response(self, raw: object, disguise: Disguise) -> Response | None:  # noqa: ARG002
        return quantity.read_response(raw, self.kind, self.unit)

    def show_response(self, response: Response, disguise: Disguise) -> JsonDict:  # noqa: ARG002
        return {"number": response["typed"]}

    def score(self, response: Response | None) -> float:
        return 1.0 if response is not None and self._is_right(response["number"]) else 0.0

    def classify(self, response: Response) -> str:
        return str(response["number"])

    def summary(self, response: Response) -> str:
        return quantity.show_value(quantity.value_of(response["number"], self.kind), self.unit)

    def correct_response(self, disguise: Disguise) -> Response:  # noqa: ARG002
        return {"number": self.answer, "typed": str(self.answer)}

    def explain(self, response: Response | None, disguise: Disguise) -> tuple[Explained, ...]:  # noqa: ARG002
        right = quantity.show_value(quantity.value_of(self.answer, self.kind), self.unit)
        if response is None:
            return (Explained(ANSWER, "missed", False, "", right),)
        if self.score(response):
            return (Explained(ANSWER, "right", True, ""),)
        given = quantity.value_of(response["number"], self.kind)
        said = [
            mistake.rationale
            for mistake in self.mistakes
            if is_near(given, quantity.value_of(mistake.value, self.kind), self.tolerance)
        ]
        return (Explained(ANSWER, "wrong", True, said[0] if said else "", right),)

    @classmethod
    def example(cls) -> Self:
        return cls.model_validate(
            {
                "id": "example-numeric",
                "type": "numeric",
                "clauses": ["km.4"],
                "bloom": "apply",
                "evidence": "H",
                "stem": "หน่วยงานมีเจ้าหน้าที่ 45 คน ต้องมีผู้ได้รับการถ่ายทอดความรู้อย่างน้อยกี่คนจึงถึงร้อยละ 80",
                "answer": 36,
                "unit": "คน",
                "mistakes": [{"value": 35, "rationale": "35 คนคิดเป็นร้อยละ 77.8 ยังไม่ถึง"}],
                "headline": "ร้อยละ 80 ของ 45 คือ 36",
                "explanation": "45 × 0.8 = 36 พอดี จึงต้องครบ 36 คน",
                "hints": ["คูณจำนวนทั้งหมดด้วย 0.8"],
            }
        )
