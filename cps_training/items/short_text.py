"""short_text: a few words to type. Response {"text": as typed}. Pure; what counts as the same stands in wording.py.

Scores 1 for an accepted form, a misspelling of up to `misspelling` letters included, else 0.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from cps_training.items.base import (
    ANSWER,
    Explained,
    Interaction,
    ItemBase,
    JsonDict,
    Presentation,
    Response,
    ShortText,
)
from cps_training.items.disguise import Disguise
from cps_training.items.reading import LONGEST_WORDS, field_of, words_in
from cps_training.items.wording import KnownWrong, Misspelling, key_of, matches, why_wrong


class ShortTextItem(ItemBase):
    """accepted: every form that is right, the best first (it is shown as the answer)."""

    interaction: ClassVar[Interaction] = "text"

    type: Literal["short_text"]
    accepted: Annotated[tuple[ShortText, ...], Field(min_length=1, max_length=20)]
    misspelling: Misspelling = 1
    mistakes: Annotated[tuple[KnownWrong, ...], Field(max_length=10)] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        keys = [key_of(text) for text in self.accepted]
        if empty := [text for text, key in zip(self.accepted, keys, strict=True) if not key]:
            raise ValueError(f"คำตอบ “{empty[0]}” มีแต่เครื่องหมาย ให้ใส่คำหรือตัวเลข")
        if wrong := [known.text for known in self.mistakes if key_of(known.text) in keys]:
            raise ValueError(f"“{', '.join(wrong)}” อยู่ทั้งใน accepted และ mistakes ให้เหลือที่เดียว")
        return self

    def present(self, disguise: Disguise) -> Presentation:  # noqa: ARG002
        return Presentation(self.id, self.interaction, self.stem, parts={"rows": 1, "most": LONGEST_WORDS})

    def read_response(self, raw: object, disguise: Disguise) -> Response | None:  # noqa: ARG002
        if raw is None:
            return None
        sent = field_of(raw, "text")
        typed = None if sent is None else words_in(sent, LONGEST_WORDS)
        return None if typed is None else {"text": typed}

    def show_response(self, response: Response, disguise: Disguise) -> JsonDict:  # noqa: ARG002
        return {"text": response["text"]}

    def score(self, response: Response | None) -> float:
        is_right = response is not None and matches(response["text"], self.accepted, self.mistakes, self.misspelling)
        return 1.0 if is_right else 0.0

    def classify(self, response: Response) -> str:
        return key_of(response["text"]) or response["text"]

    def summary(self, response: Response) -> str:
        return str(response["text"])

    def correct_response(self, disguise: Disguise) -> Response:  # noqa: ARG002
        return {"text": self.accepted[0]}

    def explain(self, response: Response | None, disguise: Disguise) -> tuple[Explained, ...]:  # noqa: ARG002
        best = self.accepted[0]
        if response is None:
            return (Explained(ANSWER, "missed", False, "", best),)
        if self.score(response):
            is_best = key_of(response["text"]) == key_of(best)
            return (Explained(ANSWER, "right", True, "", "" if is_best else best),)
        known = why_wrong(response["text"], self.mistakes, self.misspelling)
        return (Explained(ANSWER, "wrong", True, known.rationale if known else "", best),)

    @classmethod
    def example(cls) -> Self:
        return cls.model_validate(
            {
                "id": "example-short-text",
                "type": "short_text",
                "clauses": ["cps.3.3"],
                "bloom": "remember",
                "evidence": "H",
                "stem": "ใครเป็นผู้อนุมัติรายงานผลการเข้าปฏิบัติงาน (พิมพ์ชื่อตำแหน่ง)",
                "accepted": ["สหกรณ์จังหวัด", "ท่านสหกรณ์จังหวัด"],
                "misspelling": 1,
                "mistakes": [{"text": "ผู้ว่าราชการจังหวัด", "rationale": "รายงานนี้จบภายในสำนักงานสหกรณ์จังหวัด"}],
                "headline": "สหกรณ์จังหวัดอนุมัติ",
                "explanation": "ผู้อนุมัติรายงานเป็นคนเดียวกับผู้อนุญาตให้ไป",
                "hints": ["เป็นหัวหน้าของสำนักงาน"],
            }
        )
