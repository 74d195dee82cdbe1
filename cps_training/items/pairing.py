"""What matching and categorise share: each row belongs to one target, and a target may take several rows. Pure.

Response {"pairs": {row id: target id}}, in authored order, rows may be left out. Score: rows placed rightly / all rows.
"""

from __future__ import annotations

from abc import abstractmethod

from cps_training.items.base import (
    Explained,
    ItemBase,
    JsonDict,
    Mark,
    Option,
    OptionId,
    Presentation,
    Response,
    Strict,
    Text,
    options_json,
)
from cps_training.items.disguise import Disguise
from cps_training.items.reading import entries_in, require_unique


class Target(Strict):
    """Where rows can go."""

    id: OptionId
    text: Text


class Row(Strict):
    """What is to be placed. rationale: why it belongs where it does."""

    id: OptionId
    text: Text
    rationale: Text


class PairingItem(ItemBase):
    """Subclasses name rows and targets as their field does, and say which target is right."""

    @property
    @abstractmethod
    def rows(self) -> tuple[Row, ...]: ...

    @property
    @abstractmethod
    def targets(self) -> tuple[Target, ...]: ...

    @property
    @abstractmethod
    def right(self) -> dict[str, str]:
        """Target id by row id."""

    def require_consistent(self, row_word: str, target_word: str) -> None:
        """Raises ValueError for repeated ids and targets that do not exist."""
        require_unique([row.id for row in self.rows] + [target.id for target in self.targets], "รหัส")
        ids = [target.id for target in self.targets]
        if unknown := sorted(set(self.right.values()) - set(ids)):
            raise ValueError(f"{row_word}ชี้ไปที่ “{', '.join(unknown)}” ซึ่งไม่มีใน{target_word} ({', '.join(ids)})")
        if len(set(self.right.values())) < 2:
            raise ValueError(f"ทุก{row_word}อยู่ใน{target_word}เดียวกัน จึงไม่ต้องคิด ให้ใช้อย่างน้อย 2 {target_word}")

    @property
    def row_ids(self) -> tuple[str, ...]:
        return tuple(row.id for row in self.rows)

    @property
    def target_ids(self) -> tuple[str, ...]:
        return tuple(target.id for target in self.targets)

    def present(self, disguise: Disguise) -> Presentation:
        texts = {row.id: row.text for row in self.rows} | {target.id: target.text for target in self.targets}

        def shown(ids: tuple[str, ...]) -> tuple[Option, ...]:
            return tuple(Option(disguise.hide(i), texts[i]) for i in disguise.order(ids))

        parts = {"prompts": options_json(shown(self.row_ids))}
        return Presentation(self.id, self.interaction, self.stem, shown(self.target_ids), parts)

    def read_response(self, raw: object, disguise: Disguise) -> Response | None:
        if raw is None:
            return None
        sent = entries_in(raw, "pairs", disguise, self.row_ids)
        pairs = {row: disguise.reveal(target, self.target_ids) for row, target in sent.items()}
        return {"pairs": pairs} if pairs else None

    def show_response(self, response: Response, disguise: Disguise) -> JsonDict:
        return {"pairs": {disguise.hide(row): disguise.hide(target) for row, target in response["pairs"].items()}}

    def score(self, response: Response | None) -> float:
        pairs: dict[str, str] = response["pairs"] if response else {}
        return sum(pairs.get(row) == target for row, target in self.right.items()) / len(self.rows)

    def classify(self, response: Response) -> str:
        return "+".join(f"{row}:{target}" for row, target in response["pairs"].items())

    def summary(self, response: Response) -> str:
        rows = {row.id: row.text for row in self.rows}
        targets = {target.id: target.text for target in self.targets}
        return " · ".join(f"{rows[row]} → {targets[target]}" for row, target in response["pairs"].items())

    def correct_response(self, disguise: Disguise) -> Response:  # noqa: ARG002
        return {"pairs": self.right}

    def explain(self, response: Response | None, disguise: Disguise) -> tuple[Explained, ...]:
        pairs = response["pairs"] if response else {}
        targets = {target.id: target.text for target in self.targets}
        explained = []
        for row in self.rows:
            taken, key = pairs.get(row.id), self.right[row.id]
            mark: Mark = "right" if taken == key else "missed" if taken is None else "wrong"
            right = "" if mark == "right" else targets[key]
            explained.append(
                Explained(disguise.hide(row.id), mark, taken is not None, row.rationale, right, tells_key=True)
            )
        return tuple(explained)

    @property
    def guess(self) -> float:
        return 1 / len(self.targets)
