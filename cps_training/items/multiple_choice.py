"""multiple_choice: exactly one right choice. Response {"choice": id}. Pure; see base.py for the contract."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from cps_training.items.base import (
    Choice,
    Disguise,
    Explained,
    Interaction,
    ItemBase,
    JsonDict,
    Line,
    OptionId,
    Response,
    field_of,
    require_unique,
)


class MultipleChoice(ItemBase):
    """One stem, three to six choices, one key. Scores 1 for the key, 0 for anything else."""

    interaction: ClassVar[Interaction] = "choose_one"

    type: Literal["multiple_choice"]
    choices: Annotated[tuple[Choice, ...], Field(min_length=3, max_length=6)]
    key: OptionId

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        ids = [choice.id for choice in self.choices]
        require_unique(ids, "รหัสตัวเลือก")
        if self.key not in ids:
            raise ValueError(f"key “{self.key}” ไม่อยู่ในตัวเลือก ({', '.join(ids)}) ให้แก้ key หรือเพิ่มตัวเลือก")
        return self

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.choices

    def read_response(self, raw: object, disguise: Disguise) -> Response | None:
        if raw is None:
            return None
        opaque = field_of(raw, "choice")
        return None if opaque is None else {"choice": disguise.reveal(opaque, self.line_ids)}

    def show_response(self, response: Response, disguise: Disguise) -> JsonDict:
        return {"choice": disguise.hide(response["choice"])}

    def score(self, response: Response | None) -> float:
        return 1.0 if response is not None and response["choice"] == self.key else 0.0

    def classify(self, response: Response) -> str:
        return str(response["choice"])

    def correct_response(self) -> Response:
        return {"choice": self.key}

    def explain(self, response: Response | None) -> tuple[Explained, ...]:
        taken = response["choice"] if response else None
        return tuple(
            Explained(
                choice.id,
                "right" if choice.id == self.key else "wrong" if choice.id == taken else "",
                choice.id == taken,
                choice.rationale,
            )
            for choice in self.choices
        )

    @classmethod
    def example(cls) -> Self:
        return cls.model_validate(
            {
                "id": "example-multiple-choice",
                "type": "multiple_choice",
                "clauses": ["cps.3.3"],
                "bloom": "remember",
                "evidence": "H",
                "stem": "รายงานผลการเข้าปฏิบัติงานเสนอใครอนุมัติ",
                "choices": [
                    {"id": "a", "text": "ผู้สอบบัญชี", "rationale": "ผู้สอบบัญชีตรวจงบการเงิน ไม่ได้อนุมัติรายงานของเจ้าหน้าที่"},
                    {"id": "b", "text": "สหกรณ์จังหวัด", "rationale": "เป็นผู้อนุมัติทั้งก่อนไปและหลังกลับ"},
                    {"id": "c", "text": "ประธานกรรมการ", "rationale": "รายงานเป็นงานภายในของสำนักงาน"},
                ],
                "key": "b",
                "headline": "ผู้อนุมัติคนเดียวกันทั้งสองด่าน",
                "explanation": "สหกรณ์จังหวัดพิจารณาทั้งคำขอก่อนไปและรายงานหลังกลับ",
            }
        )
