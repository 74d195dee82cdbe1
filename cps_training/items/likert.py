"""likert: how far somebody agrees. Never scored, no answer is right. Response {"choice": level id}. Pure."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from cps_training.items.base import (
    Bloom,
    Explained,
    Interaction,
    Line,
    OptionId,
    Response,
    ShortText,
    Strict,
)
from cps_training.items.choosing import OneOfLines
from cps_training.items.disguise import Disguise
from cps_training.items.reading import require_unique


class Point(Strict):
    """One point of the scale."""

    id: OptionId
    text: ShortText


AGREEMENT = (
    Point(id="1", text="ไม่เห็นด้วยอย่างยิ่ง"),
    Point(id="2", text="ไม่เห็นด้วย"),
    Point(id="3", text="เฉย ๆ"),
    Point(id="4", text="เห็นด้วย"),
    Point(id="5", text="เห็นด้วยอย่างยิ่ง"),
)


class Likert(OneOfLines):
    """The stem is the statement. scale: four to seven points from least to most; agreement in five steps where left out."""

    interaction: ClassVar[Interaction] = "scale"
    keeps_order: ClassVar[bool] = True
    is_scored: ClassVar[bool] = False

    type: Literal["likert"]
    bloom: Bloom = "evaluate"
    evidence: Literal["H", "S"] = "H"
    headline: str = ""
    explanation: str = ""
    scale: Annotated[tuple[Point, ...], Field(min_length=4, max_length=7)] = AGREEMENT

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        require_unique([point.id for point in self.scale], "รหัสระดับ")
        return self

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(Line(id=point.id, text=point.text, rationale=point.text) for point in self.scale)

    def score(self, response: Response | None) -> None:  # noqa: ARG002
        return None

    def correct_response(self, disguise: Disguise) -> Response:  # noqa: ARG002
        return {"choice": self.scale[-1].id}

    def explain(self, response: Response | None, disguise: Disguise) -> tuple[Explained, ...]:  # noqa: ARG002
        return ()

    @classmethod
    def example(cls) -> Self:
        return cls.model_validate(
            {
                "id": "example-likert",
                "type": "likert",
                "clauses": ["km.7"],
                "stem": "หลังอบรมแล้ว ฉันนำความรู้ไปใช้ในงานได้ทันที",
            }
        )
