"""ordering: put the entries in their right order. Response {"order": [id, …]} naming every entry once. Pure.

Partial credit by adjacent pairs: of the n−1 neighbours of the right order, the share that also stand next to each other,
in that direction, in the response. One entry moved out of place therefore still earns the pairs it did not break.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from cps_training.errors import ResponseError
from cps_training.items.base import (
    Explained,
    Interaction,
    JsonDict,
    Line,
    LinedItem,
    Mark,
    OptionId,
    Response,
)
from cps_training.items.disguise import Disguise
from cps_training.items.reading import ids_in, require_unique


class Ordering(LinedItem):
    """Three to eight entries; `key` is their right order."""

    interaction: ClassVar[Interaction] = "order"

    type: Literal["ordering"]
    entries: Annotated[tuple[Line, ...], Field(min_length=3, max_length=8)]
    key: tuple[OptionId, ...]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        ids = [entry.id for entry in self.entries]
        require_unique(ids, "รหัสรายการ")
        if sorted(self.key) != sorted(ids):
            raise ValueError(f"key ต้องเรียงครบทุกรายการ รายการละหนึ่งครั้ง: {', '.join(ids)}")
        return self

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.entries

    def read_response(self, raw: object, disguise: Disguise) -> Response | None:
        if raw is None:
            return None
        order = ids_in(raw, "order", disguise, self.line_ids)
        if not order:
            return None
        if len(order) != len(self.entries):
            raise ResponseError("malformed-response", "ต้องเรียงให้ครบทุกรายการ โปรดโหลดหน้านี้ใหม่แล้วเรียงอีกครั้ง")
        return {"order": order}

    def show_response(self, response: Response, disguise: Disguise) -> JsonDict:
        return {"order": [disguise.hide(i) for i in response["order"]]}

    def score(self, response: Response | None) -> float:
        if response is None:
            return 0.0
        pairs = set(pairwise(self.key))
        return len(pairs & set(pairwise(response["order"]))) / len(pairs)

    def classify(self, response: Response) -> str:
        return ">".join(response["order"])

    def summary(self, response: Response) -> str:
        return " → ".join(self.texts(response["order"]))

    def correct_response(self, disguise: Disguise) -> Response:  # noqa: ARG002
        return {"order": list(self.key)}

    def explain(self, response: Response | None, disguise: Disguise) -> tuple[Explained, ...]:
        given = list(response["order"]) if response else []
        rationales = {entry.id: entry.rationale for entry in self.entries}
        marks: list[Explained] = []
        for position, option in enumerate(self.key):
            in_place = bool(given) and given[position] == option
            mark: Mark = "right" if in_place else "wrong" if given else "missed"
            marks.append(Explained(disguise.hide(option), mark, bool(given), rationales[option], tells_key=True))
        return tuple(marks)

    @property
    def guess(self) -> float:
        return 1 / len(self.entries)

    @classmethod
    def example(cls) -> Self:
        return cls.model_validate(
            {
                "id": "example-ordering",
                "type": "ordering",
                "clauses": ["cps.2.3", "cps.3.2"],
                "bloom": "analyze",
                "evidence": "H",
                "stem": "เรียงงานของการเข้าปฏิบัติงานหนึ่งครั้ง",
                "entries": [
                    {"id": "visit", "text": "เข้าปฏิบัติงาน", "rationale": "ทำหลังได้รับอนุญาต"},
                    {"id": "request", "text": "ขออนุญาต", "rationale": "ด่านแรก"},
                    {"id": "report", "text": "รายงานผล", "rationale": "ทำหลังกลับ"},
                ],
                "key": ["request", "visit", "report"],
                "headline": "ขอก่อน ไปแล้วรายงาน",
                "explanation": "คำขออยู่ก่อนการเข้าปฏิบัติงาน และรายงานอยู่หลังสุด",
            }
        )
