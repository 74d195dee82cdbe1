"""evidence_marking: mark the faulty lines of a minutes extract, a plan or a report. Response {"choices": [id, …]}. Pure.

Score: (weights of the faulty lines that were marked − one for each line marked wrongly) / weights of all faulty lines,
never below 0. A line that matters more (an unlawful resolution, missing money) has a higher weight.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from cps_training.items.base import (
    Explained,
    Interaction,
    JsonDict,
    Line,
    Mark,
    Response,
    ShortText,
    Text,
)
from cps_training.items.choosing import SomeOfLines
from cps_training.items.disguise import Disguise
from cps_training.items.guessing import chance_of_marks
from cps_training.items.reading import require_unique


class DocumentLine(Line):
    """One line of the document. weight: of a faulty line, 1 to 3; 2 and more is what an officer must not overlook."""

    is_faulty: Annotated[bool, Field(strict=True)] = False
    weight: Annotated[int, Field(strict=True, ge=1, le=3)] = 1
    misconception: Text | None = None


class EvidenceMarking(SomeOfLines):
    """A document of four to fourteen lines, at least one faulty and two sound. Lines keep their order."""

    interaction: ClassVar[Interaction] = "mark_lines"
    keeps_order: ClassVar[bool] = True

    type: Literal["evidence_marking"]
    document: ShortText
    extract: Annotated[tuple[DocumentLine, ...], Field(min_length=4, max_length=14)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        require_unique([line.id for line in self.extract], "รหัสบรรทัด")
        n_faulty = sum(line.is_faulty for line in self.extract)
        if n_faulty == 0 or len(self.extract) - n_faulty < 2:
            raise ValueError("ต้องมีบรรทัดที่บกพร่อง (is_faulty: true) อย่างน้อย 1 และบรรทัดที่ถูกต้องอย่างน้อย 2")
        if heavy := [line.id for line in self.extract if line.weight > 1 and not line.is_faulty]:
            raise ValueError(f"บรรทัด “{', '.join(heavy)}” ไม่บกพร่องจึงไม่มีน้ำหนัก ให้ลบ weight")
        return self

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.extract

    def parts(self) -> JsonDict:
        return {"document": self.document}

    def score(self, response: Response | None) -> float:
        marked = set(response["choices"]) if response else set()
        total = sum(line.weight for line in self.extract if line.is_faulty)
        hits = sum(line.weight for line in self.extract if line.is_faulty and line.id in marked)
        false_alarms = sum(line.id in marked for line in self.extract if not line.is_faulty)
        return max(0.0, (hits - false_alarms) / total)

    def correct_response(self, disguise: Disguise) -> Response:  # noqa: ARG002
        return {"choices": [line.id for line in self.extract if line.is_faulty]}

    def explain(self, response: Response | None, disguise: Disguise) -> tuple[Explained, ...]:
        marked = set(response["choices"]) if response else set()
        explained = []
        for line in self.extract:
            is_marked = line.id in marked
            mark: Mark = ("right" if is_marked else "missed") if line.is_faulty else ("wrong" if is_marked else "")
            explained.append(Explained(disguise.hide(line.id), mark, is_marked, line.rationale))
        return tuple(explained)

    @property
    def guess(self) -> float:
        weights = [line.weight for line in self.extract if line.is_faulty]
        return chance_of_marks(weights, len(self.extract) - len(weights))

    @classmethod
    def example(cls) -> Self:
        return cls.model_validate(
            {
                "id": "example-evidence-marking",
                "type": "evidence_marking",
                "clauses": ["practice.5", "practice.6"],
                "bloom": "analyze",
                "evidence": "H",
                "stem": "อ่านรายงานการประชุมตอนนี้ แล้วทำเครื่องหมายบรรทัดที่ต้องทักท้วง",
                "document": "รายงานการประชุมคณะกรรมการ สหกรณ์สมมติ จำกัด",
                "extract": [
                    {"id": "open", "text": "ประธานเปิดประชุม กรรมการมาครบองค์ประชุม", "rationale": "เป็นไปตามปกติ"},
                    {
                        "id": "cash",
                        "text": "เหรัญญิกแจ้งว่าไม่ได้ตรวจนับเงินสดมาหกเดือนเพราะไว้ใจเจ้าหน้าที่",
                        "is_faulty": True,
                        "weight": 2,
                        "rationale": "กรรมการต้องตรวจนับเงินสดสม่ำเสมอ",
                    },
                    {"id": "price", "text": "ที่ประชุมรับทราบราคาปุ๋ยของเดือน", "rationale": "เป็นเรื่องแจ้งเพื่อทราบ"},
                    {
                        "id": "copy",
                        "text": "มีมติไม่ต้องส่งสำเนารายงานประชุมให้สำนักงาน",
                        "is_faulty": True,
                        "rationale": "สำเนารายงานการประชุมต้องถึงกลุ่มส่งเสริม",
                    },
                ],
                "headline": "เงินสดที่ไม่มีใครนับสำคัญที่สุด",
                "explanation": "สองบรรทัดนี้ขัดกับงานกำกับของกรรมการและการส่งสำเนา",
                "hints": ["มองหาเรื่องเงินและเรื่องเอกสาร"],
            }
        )
