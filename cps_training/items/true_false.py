"""true_false: a claim is true or false, because…: the reason is a second choice. Response {"choice": "true" | "false",
"reason": id}. Pure.

Scores 1 when verdict and reason are right, 0.5 when only the verdict is. A right reason beside a wrong verdict is worth nothing:
whoever judges wrongly has not understood it. One of the two alone is no answer yet (blank).
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from cps_training.items.base import (
    Choice,
    Explained,
    Interaction,
    ItemBase,
    JsonDict,
    Mark,
    Option,
    OptionId,
    Presentation,
    Response,
    options_json,
)
from cps_training.items.disguise import Disguise
from cps_training.items.reading import fields_of, require_unique

VERDICTS = {"true": "ถูก", "false": "ผิด"}
BECAUSE = "เพราะ"
VERDICT_ALONE = 0.5


class TrueFalse(ItemBase):
    """The stem is the claim. verdict: whether it holds; key: which of three to five reasons says why."""

    interaction: ClassVar[Interaction] = "choose_reason"

    type: Literal["true_false"]
    verdict: Annotated[bool, Field(strict=True)]
    reasons: Annotated[tuple[Choice, ...], Field(min_length=3, max_length=5)]
    key: OptionId

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        ids = [reason.id for reason in self.reasons]
        require_unique(ids, "รหัสเหตุผล")
        if self.key not in ids:
            raise ValueError(f"key “{self.key}” ไม่อยู่ในเหตุผล ({', '.join(ids)}) ให้แก้ key หรือเพิ่มเหตุผล")
        if taken := sorted(set(ids) & set(VERDICTS)):
            raise ValueError(f"รหัสเหตุผล “{', '.join(taken)}” สงวนไว้สำหรับถูก–ผิด ให้ตั้งรหัสอื่น")
        return self

    @property
    def right_verdict(self) -> str:
        return "true" if self.verdict else "false"

    @property
    def _reason_ids(self) -> tuple[str, ...]:
        return tuple(reason.id for reason in self.reasons)

    def present(self, disguise: Disguise) -> Presentation:
        texts = {reason.id: reason.text for reason in self.reasons}
        reasons = [Option(disguise.hide(i), texts[i]) for i in disguise.order(self._reason_ids)]
        options = tuple(Option(disguise.hide(verdict), text) for verdict, text in VERDICTS.items())
        parts = {"reasons": options_json(reasons), "reason_label": BECAUSE}
        return Presentation(self.id, self.interaction, self.stem, options, parts)

    def read_response(self, raw: object, disguise: Disguise) -> Response | None:
        if raw is None:
            return None
        verdict, reason = fields_of(raw, "choice", "reason")
        if verdict is None or reason is None:
            return None
        return {
            "choice": disguise.reveal(verdict, tuple(VERDICTS)),
            "reason": disguise.reveal(reason, self._reason_ids),
        }

    def show_response(self, response: Response, disguise: Disguise) -> JsonDict:
        return {"choice": disguise.hide(response["choice"]), "reason": disguise.hide(response["reason"])}

    def score(self, response: Response | None) -> float:
        if response is None or response["choice"] != self.right_verdict or self.critical_errors(response):
            return 0.0
        return 1.0 if response["reason"] == self.key else VERDICT_ALONE

    def critical_errors(self, response: Response | None) -> tuple[str, ...]:
        taken = response["reason"] if response else None
        return tuple(reason.text for reason in self.reasons if reason.critical and reason.id == taken)

    def classify(self, response: Response) -> str:
        return f"{response['choice']}+{response['reason']}"

    def summary(self, response: Response) -> str:
        texts = {reason.id: reason.text for reason in self.reasons}
        return f"{VERDICTS[response['choice']]} {BECAUSE}{texts[response['reason']]}"

    def correct_response(self, disguise: Disguise) -> Response:  # noqa: ARG002
        return {"choice": self.right_verdict, "reason": self.key}

    def explain(self, response: Response | None, disguise: Disguise) -> tuple[Explained, ...]:
        verdict, reason = (response["choice"], response["reason"]) if response else (None, None)
        parts = [(name, self.right_verdict, verdict, "") for name in VERDICTS]
        parts += [(one.id, self.key, reason, one.rationale) for one in self.reasons]
        explained = []
        for name, key, taken, rationale in parts:
            mark: Mark = "right" if name == key else "wrong" if name == taken else ""
            explained.append(Explained(disguise.hide(name), mark, name == taken, rationale))
        return tuple(explained)

    @property
    def guess(self) -> float:
        n = len(self.reasons)
        return (1 + VERDICT_ALONE * (n - 1)) / (2 * n)

    @classmethod
    def example(cls) -> Self:
        return cls.model_validate(
            {
                "id": "example-true-false",
                "type": "true_false",
                "clauses": ["cps.2.3"],
                "bloom": "understand",
                "evidence": "H",
                "stem": "ที่ประชุมทุกกลุ่มงานเห็นชอบเป้าหมายของเดือนแล้ว จึงไปสหกรณ์ได้เลยโดยไม่ต้องขออนุญาตอีก",
                "verdict": False,
                "reasons": [
                    {
                        "id": "a",
                        "text": "คำอนุญาตของสหกรณ์จังหวัดต้องขอเป็นรายแห่ง",
                        "rationale": "ที่ประชุมเลือกเป้าหมาย แต่ไม่ได้อนุญาตให้ไป",
                    },
                    {"id": "b", "text": "ที่ประชุมต้องมีผู้แทนสหกรณ์อยู่ด้วย", "rationale": "ที่ประชุมนี้เป็นของสำนักงาน"},
                    {"id": "c", "text": "แผนของเดือนต้องส่งกรมก่อน", "rationale": "ผู้พิจารณาอยู่ที่จังหวัด"},
                ],
                "key": "a",
                "headline": "เห็นชอบเป้าหมายยังไม่ใช่อนุญาตให้ไป",
                "explanation": "การประชุมวางแผนกับการขออนุญาตเป็นคนละขั้น",
                "hints": ["ด่านแรกของรอบอยู่หลังการบันทึกแผนหรือก่อน"],
            }
        )
