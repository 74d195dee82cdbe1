"""cloze: a text with gaps, each a drop-down or words to type. Response {"gaps": {gap id: option id | as typed}}. Pure.

Score: gaps filled rightly / all gaps.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from cps_training.items.base import (
    Explained,
    Interaction,
    ItemBase,
    JsonDict,
    Mark,
    Option,
    OptionId,
    Presentation,
    Response,
    ShortText,
    Strict,
    Text,
    options_json,
)
from cps_training.items.disguise import Disguise
from cps_training.items.reading import LONGEST_WORDS, entries_in, require_unique, words_in
from cps_training.items.wording import KnownWrong, Misspelling, key_of, matches, why_wrong

_GAP = re.compile(r"\[\[([a-z0-9-]+)\]\]")


class GapOption(Strict):
    """One entry of a drop-down."""

    id: OptionId
    text: ShortText


class Gap(Strict):
    """Either `options` and their `key`, or `accepted` words. rationale: why the right one belongs there."""

    id: OptionId
    options: Annotated[tuple[GapOption, ...], Field(max_length=8)] = ()
    key: OptionId | None = None
    accepted: Annotated[tuple[ShortText, ...], Field(max_length=20)] = ()
    misspelling: Misspelling = 1
    mistakes: Annotated[tuple[KnownWrong, ...], Field(max_length=10)] = ()
    rationale: Text

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if bool(self.options) == bool(self.accepted):
            raise ValueError(f"ช่อง “{self.id}” ต้องมีอย่างใดอย่างหนึ่ง: options กับ key หรือ accepted")
        ids = [option.id for option in self.options]
        require_unique(ids, f"รหัสตัวเลือกของช่อง “{self.id}” ")
        if self.options and (len(ids) < 2 or self.key not in ids):
            raise ValueError(f"ช่อง “{self.id}” ต้องมี options อย่างน้อย 2 และ key เป็นหนึ่งในนั้น ({', '.join(ids)})")
        if self.accepted and (self.key is not None or not all(map(key_of, self.accepted))):
            raise ValueError(f"ช่อง “{self.id}” ที่พิมพ์เองไม่มี key และ accepted ต้องมีคำหรือตัวเลข")
        return self

    @property
    def option_ids(self) -> tuple[str, ...]:
        return tuple(option.id for option in self.options)

    def is_right(self, filled: str) -> bool:
        if self.options:
            return filled == self.key
        return matches(filled, self.accepted, self.mistakes, self.misspelling)

    @property
    def best(self) -> str:
        """The right filling as it is stored."""
        return self.key if self.key is not None else self.accepted[0]

    def words(self, filled: str) -> str:
        """What was filled in, for people. Raises KeyError for an option that does not exist."""
        return {option.id: option.text for option in self.options}[filled] if self.options else filled


class Cloze(ItemBase):
    """passage: the text, with [[gap id]] where a gap stands; each of the one to eight gaps stands in it once."""

    interaction: ClassVar[Interaction] = "cloze"

    type: Literal["cloze"]
    passage: Text
    gaps: Annotated[tuple[Gap, ...], Field(min_length=1, max_length=8)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        ids = [gap.id for gap in self.gaps]
        require_unique(ids, "รหัสช่อง")
        if sorted(_GAP.findall(self.passage)) != sorted(ids):
            raise ValueError(f"passage ต้องมีช่องครบและช่องละครั้ง: {', '.join(f'[[{i}]]' for i in ids)}")
        return self

    @property
    def gap_ids(self) -> tuple[str, ...]:
        return tuple(gap.id for gap in self.gaps)

    def _in_passage(self) -> dict[str, Gap]:
        by_id = {gap.id: gap for gap in self.gaps}
        return {gap_id: by_id[gap_id] for gap_id in _GAP.findall(self.passage)}

    def present(self, disguise: Disguise) -> Presentation:
        segments: list[JsonDict] = []
        for index, part in enumerate(_GAP.split(self.passage)):
            if index % 2 == 0:
                segments += [{"text": part}] if part else []
            else:
                segments.append(self._shown(self._in_passage()[part], disguise))
        return Presentation(self.id, self.interaction, self.stem, parts={"segments": segments})

    def _shown(self, gap: Gap, disguise: Disguise) -> JsonDict:
        name = disguise.hide(gap.id)
        if not gap.options:
            return {"gap": name, "most": LONGEST_WORDS}
        texts = {option.id: option.text for option in gap.options}
        order = disguise.order(tuple(f"{gap.id} {option_id}" for option_id in gap.option_ids))
        options = [Option(disguise.hide(both), texts[both.partition(" ")[2]]) for both in order]
        return {"gap": name, "options": options_json(options)}

    def read_response(self, raw: object, disguise: Disguise) -> Response | None:
        if raw is None:
            return None
        sent = entries_in(raw, "gaps", disguise, self.gap_ids)
        by_id = {gap.id: gap for gap in self.gaps}
        read = {gap_id: self._read(by_id[gap_id], value, disguise) for gap_id, value in sent.items()}
        filled = {gap_id: value for gap_id, value in read.items() if value is not None}
        return {"gaps": filled} if filled else None

    def _read(self, gap: Gap, value: object, disguise: Disguise) -> str | None:
        if not gap.options:
            return words_in(value, LONGEST_WORDS)
        names = tuple(
            f"{gap.id} {option_id}" for option_id in gap.option_ids
        )  # the same option id may stand in two gaps
        return disguise.reveal(value, names).partition(" ")[2]

    def show_response(self, response: Response, disguise: Disguise) -> JsonDict:
        by_id = {gap.id: gap for gap in self.gaps}
        shown: dict[str, Any] = {}
        for gap_id, filled in response["gaps"].items():
            is_chosen = bool(by_id[gap_id].options)
            shown[disguise.hide(gap_id)] = disguise.hide(f"{gap_id} {filled}") if is_chosen else filled
        return {"gaps": shown}

    def score(self, response: Response | None) -> float:
        filled = response["gaps"] if response else {}
        return sum(gap.id in filled and gap.is_right(filled[gap.id]) for gap in self.gaps) / len(self.gaps)

    def classify(self, response: Response) -> str:
        by_id = {gap.id: gap for gap in self.gaps}
        filled = response["gaps"].items()
        return "+".join(f"{i}:{value if by_id[i].options else key_of(value)}" for i, value in filled)

    def summary(self, response: Response) -> str:
        filled = response["gaps"]
        gaps = self._in_passage().values()
        return " · ".join(gap.words(filled[gap.id]) if gap.id in filled else "…" for gap in gaps)

    def correct_response(self, disguise: Disguise) -> Response:  # noqa: ARG002
        return {"gaps": {gap.id: gap.best for gap in self.gaps}}

    def explain(self, response: Response | None, disguise: Disguise) -> tuple[Explained, ...]:
        filled = response["gaps"] if response else {}
        return tuple(
            self._explained(gap, filled.get(gap.id), disguise.hide(gap.id)) for gap in self._in_passage().values()
        )

    def _explained(self, gap: Gap, filled: str | None, name: str) -> Explained:
        if filled is not None and gap.is_right(filled):
            return Explained(name, "right", True, gap.rationale)
        known = why_wrong(filled, gap.mistakes, gap.misspelling) if filled is not None and not gap.options else None
        mark: Mark = "missed" if filled is None else "wrong"
        said = known.rationale if known else gap.rationale
        return Explained(name, mark, filled is not None, said, gap.words(gap.best), tells_key=known is None)

    @property
    def guess(self) -> float:
        return sum(1 / len(gap.options) for gap in self.gaps if gap.options) / len(self.gaps)

    @classmethod
    def example(cls) -> Self:
        return cls.model_validate(
            {
                "id": "example-cloze",
                "type": "cloze",
                "clauses": ["cps.2.1", "cps.2.3"],
                "bloom": "remember",
                "evidence": "H",
                "stem": "เติมบันทึกให้สมบูรณ์",
                "passage": "จัดทำปฏิทินการปฏิบัติงานราย[[cycle]]และรายเดือน แล้วขออนุญาต[[who]]เป็นรายแห่งก่อนไป",
                "gaps": [
                    {
                        "id": "cycle",
                        "options": [
                            {"id": "week", "text": "สัปดาห์"},
                            {"id": "year", "text": "ปี"},
                            {"id": "quarter", "text": "ไตรมาส"},
                        ],
                        "key": "week",
                        "rationale": "ปฏิทินมีสองรอบ คือรายสัปดาห์และรายเดือน",
                    },
                    {"id": "who", "accepted": ["สหกรณ์จังหวัด"], "rationale": "สหกรณ์จังหวัดเป็นผู้อนุญาต"},
                ],
                "headline": "ปฏิทินสองรอบ แล้วจึงขออนุญาต",
                "explanation": "วางปฏิทินก่อน จึงรู้ว่าจะขอเข้าแห่งใดวันใด",
                "hints": ["ปฏิทินมีสองรอบ รอบหนึ่งสั้นกว่ารายเดือน"],
            }
        )
