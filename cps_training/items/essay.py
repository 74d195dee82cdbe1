"""essay: some sentences, scored by a person with a rubric (criteria × levels). Response {"text": as typed}. Pure.

`score` gives None: the response waits (“รอตรวจ”) until somebody marked it, see `fraction_of`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from cps_training.items.base import (
    Explained,
    Interaction,
    ItemBase,
    JsonDict,
    OptionId,
    Presentation,
    Response,
    ShortText,
    Strict,
    Text,
)
from cps_training.items.disguise import Disguise
from cps_training.items.reading import field_of, require_unique, words_in

MOST_LETTERS = 3000
Marker = Literal["trainer", "peer", "self"]


class Level(Strict):
    """One step of a criterion, described so that two markers choose the same."""

    id: OptionId
    text: ShortText
    points: Annotated[int, Field(strict=True, ge=0, le=20)]


class Criterion(Strict):
    """What is looked at. levels: from least to most; the first is worth nothing."""

    id: OptionId
    text: ShortText
    levels: Annotated[tuple[Level, ...], Field(min_length=2, max_length=6)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        require_unique([level.id for level in self.levels], f"รหัสระดับของเกณฑ์ “{self.id}” ")
        points = [level.points for level in self.levels]
        if points[0] != 0 or sorted(set(points)) != points:
            raise ValueError(f"คะแนนของเกณฑ์ “{self.id}” ต้องเริ่มที่ 0 และเพิ่มขึ้นทุกระดับ (พบ {points})")
        return self

    @property
    def most(self) -> int:
        return self.levels[-1].points


class Essay(ItemBase):
    """rubric: two to six criteria. marked_by: a trainer, a colleague who has finished the form too, or the writer.

    model_answer: shown to the writer once the policy releases the item, and to whoever marks.
    """

    interaction: ClassVar[Interaction] = "text"
    needs_rubric: ClassVar[bool] = True

    type: Literal["essay"]
    marked_by: Marker
    rubric: Annotated[tuple[Criterion, ...], Field(min_length=1, max_length=6)]
    model_answer: Text
    most: Annotated[int, Field(strict=True, ge=50, le=MOST_LETTERS)] = 1500

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        require_unique([criterion.id for criterion in self.rubric], "รหัสเกณฑ์")
        return self

    def present(self, disguise: Disguise) -> Presentation:  # noqa: ARG002
        return Presentation(self.id, self.interaction, self.stem, parts={"rows": 6, "most": self.most})

    def read_response(self, raw: object, disguise: Disguise) -> Response | None:  # noqa: ARG002
        if raw is None:
            return None
        sent = field_of(raw, "text")
        typed = None if sent is None else words_in(sent, self.most)
        return None if typed is None else {"text": typed}

    def show_response(self, response: Response, disguise: Disguise) -> JsonDict:  # noqa: ARG002
        return {"text": response["text"]}

    def score(self, response: Response | None) -> float | None:
        return 0.0 if response is None else None

    def fraction_of(self, levels: Mapping[str, str]) -> float:
        """Points of the chosen levels / most points. levels: level id by criterion id.

        Raises ValueError when a criterion is missing or a level unknown.
        """
        if set(levels) != {criterion.id for criterion in self.rubric}:
            raise ValueError("ต้องให้ระดับครบทุกเกณฑ์ เกณฑ์ละหนึ่งระดับ")
        points = 0
        for criterion in self.rubric:
            known = {level.id: level.points for level in criterion.levels}
            if levels[criterion.id] not in known:
                raise ValueError(f"เกณฑ์ “{criterion.text}” ไม่มีระดับ “{levels[criterion.id]}”")
            points += known[levels[criterion.id]]
        return points / sum(criterion.most for criterion in self.rubric)

    def classify(self, response: Response) -> str:
        return str(response["text"])

    def summary(self, response: Response) -> str:
        return str(response["text"])

    def correct_response(self, disguise: Disguise) -> Response:  # noqa: ARG002
        return {"text": self.model_answer}

    def explain(self, response: Response | None, disguise: Disguise) -> tuple[Explained, ...]:  # noqa: ARG002
        return ()

    @classmethod
    def example(cls) -> Self:
        return cls.model_validate(
            {
                "id": "example-essay",
                "type": "essay",
                "clauses": ["cps.1.2.3"],
                "bloom": "create",
                "evidence": "H",
                "stem": "เขียนวัตถุประสงค์ของการเข้าสหกรณ์ครั้งหน้า 1 ข้อ ให้ตรวจได้ว่าสำเร็จหรือไม่",
                "marked_by": "trainer",
                "rubric": [
                    {
                        "id": "clear",
                        "text": "บอกผลที่ต้องการ",
                        "levels": [
                            {"id": "none", "text": "บอกแต่กิจกรรม", "points": 0},
                            {"id": "some", "text": "บอกผลแต่กว้าง", "points": 1},
                            {"id": "full", "text": "บอกผลที่ตรวจได้", "points": 2},
                        ],
                    },
                    {
                        "id": "problem",
                        "text": "ตรงกับปัญหาของแห่งนั้น",
                        "levels": [
                            {"id": "none", "text": "ใช้กับแห่งใดก็ได้", "points": 0},
                            {"id": "full", "text": "อ้างปัญหาที่พบจริง", "points": 1},
                        ],
                    },
                ],
                "model_answer": "ให้คณะกรรมการกำหนดผู้ตรวจนับเงินสดและวันนับของเดือนหน้า เพราะไม่ได้นับมาสามเดือน",
                "headline": "วัตถุประสงค์ที่ดีตรวจได้",
                "explanation": "ผู้อ่านต้องรู้ว่าหลังกลับมาแล้วอะไรเปลี่ยนไป",
            }
        )
