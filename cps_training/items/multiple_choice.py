"""multiple_choice: exactly one right choice. Response {"choice": id}. Pure; see base.py for the contract.

Scores 1 for the key, `credit` for the deferral, 0 for anything else and for a critical error.
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
    Presentation,
    Response,
    Share,
    Strict,
    Text,
)
from cps_training.items.choosing import OneOfLines
from cps_training.items.disguise import Disguise
from cps_training.items.reading import require_unique

DEFER = "defer"
DEFERRAL_TEXT = "ไม่ทราบ จะตรวจสอบแล้วแจ้งกลับ"


class Deferral(Strict):
    """The honest way out that docs.6 asks for, offered last: `credit` is what it is worth (1 only where it is the key)."""

    credit: Share
    rationale: Text


class MultipleChoice(OneOfLines):
    """One stem, three to six choices, one key; with `deferral` one more choice, “ไม่ทราบ จะตรวจสอบแล้วแจ้งกลับ”, always last."""

    interaction: ClassVar[Interaction] = "choose_one"

    type: Literal["multiple_choice"]
    choices: Annotated[tuple[Choice, ...], Field(min_length=3, max_length=6)]
    deferral: Deferral | None = None
    key: OptionId

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        ids = [choice.id for choice in self.choices]
        require_unique(ids, "รหัสตัวเลือก")
        if DEFER in ids:
            raise ValueError(f"รหัสตัวเลือก “{DEFER}” สงวนไว้สำหรับ deferral ให้ตั้งรหัสอื่น")
        known = [*ids, *([DEFER] if self.deferral else [])]
        if self.key not in known:
            raise ValueError(f"key “{self.key}” ไม่อยู่ในตัวเลือก ({', '.join(known)}) ให้แก้ key หรือเพิ่มตัวเลือก")
        if self.deferral and (self.deferral.credit == 1) != (self.key == DEFER):
            raise ValueError("credit ของ deferral เป็น 1 ได้เฉพาะเมื่อ key: defer และถ้า key: defer ต้องให้ credit: 1")
        if any(choice.critical and choice.id == self.key for choice in self.choices):
            raise ValueError(f"ตัวเลือก “{self.key}” เป็น key จึงเป็นข้อผิดพลาดร้ายแรง (critical) ไม่ได้")
        return self

    @property
    def lines(self) -> tuple[Line, ...]:
        if self.deferral is None:
            return self.choices
        return (*self.choices, Choice(id=DEFER, text=DEFERRAL_TEXT, rationale=self.deferral.rationale))

    def present(self, disguise: Disguise) -> Presentation:
        ids = disguise.order(tuple(choice.id for choice in self.choices)) + ((DEFER,) if self.deferral else ())
        return Presentation(self.id, self.interaction, self.stem, self.options(ids, disguise))

    def score(self, response: Response | None) -> float:
        if response is None:
            return 0.0
        if response["choice"] == DEFER and self.deferral is not None:
            return self.deferral.credit
        return 1.0 if response["choice"] == self.key else 0.0

    def critical_errors(self, response: Response | None) -> tuple[str, ...]:
        taken = response["choice"] if response else None
        return tuple(choice.text for choice in self.choices if choice.critical and choice.id == taken)

    def correct_response(self, disguise: Disguise) -> Response:  # noqa: ARG002
        return {"choice": self.key}

    def explain(self, response: Response | None, disguise: Disguise) -> tuple[Explained, ...]:
        taken = response["choice"] if response else None
        return tuple(
            Explained(disguise.hide(line.id), self._mark(line.id, taken), line.id == taken, line.rationale)
            for line in self.lines
        )

    def _mark(self, choice: str, taken: str | None) -> Mark:
        if choice == self.key:
            return "right"
        is_credited = choice == DEFER and self.deferral is not None and self.deferral.credit > 0
        return "wrong" if choice == taken and not is_credited else ""

    @property
    def guess(self) -> float:
        return sum(self.score({"choice": line.id}) for line in self.lines) / len(self.lines)

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
                "hints": ["คนเดียวกับที่อนุญาตให้ไป"],
            }
        )
