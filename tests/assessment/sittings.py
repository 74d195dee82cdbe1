"""Sittings for the tests of assessing: attempts over the examples of all item types, and answers in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from cps_training.assessment import attempt as core
from cps_training.assessment.attempt import Attempt, Placed
from cps_training.assessment.judgement import judgement, nudge
from cps_training.assessment.release import item_level, review_level
from cps_training.assessment.scoring import Result, result_of
from cps_training.content.rules import Rules
from cps_training.items import ITEM_TYPES, ItemBase
from cps_training.items.base import Response
from cps_training.items.simulated import guess

NINE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ITEMS: dict[str, ItemBase] = {item.type: item for item in (kind.example() for kind in ITEM_TYPES)}


def rules(feedback: str, **more: Any) -> Rules:
    return Rules.model_validate({"feedback": feedback, **more})


@dataclass
class Sitting:
    """One learner at one form: what they do, and what they are told."""

    attempt: Attempt
    items: dict[str, ItemBase]
    now: datetime = NINE
    number: int = field(default=0)

    @classmethod
    def of(
        cls, items: list[ItemBase], how: Rules, *, sections: dict[str, str] | None = None, number: int = 1
    ) -> Sitting:
        placed = tuple(
            Placed(item.id, item.version, (sections or {}).get(item.id), len(item.hints) + 1) for item in items
        )
        attempt = Attempt("t1", "somebody", "form", number, how, placed, b"secret", NINE)
        return cls(attempt, {item.id: item for item in items})

    def wait(self, **time: float) -> Sitting:
        self.now += timedelta(**time)
        return self

    def answer(self, item: ItemBase, response: Response | None, *, sure: int | None = None) -> Sitting:
        self.number += 1
        self.attempt, _ = core.answer(
            self.attempt, item, response, answer_id=f"answer-{self.number}", at=self.now, certainty=sure
        )
        return self

    def finish(self) -> Sitting:
        self.attempt, _ = core.finish(self.attempt, answer_id="finish-1", at=self.now)
        return self

    def mark(self, item: ItemBase, levels: dict[str, str]) -> Sitting:
        self.number += 1
        said = {"levels": levels, "by": "marker", "role": "trainer", "comment": "อ่านแล้ว"}
        self.attempt, _ = core.note(
            self.attempt, "mark", said, answer_id=f"mark-{self.number}", at=self.now, item_id=item.id
        )
        return self

    @property
    def result(self) -> Result:
        return result_of(self.attempt, self.items)

    @property
    def review(self) -> str | None:
        is_passed = self.result.is_passed if self.attempt.is_finished else None
        return review_level(self.attempt, is_passed, self.now)

    def told(self, item: ItemBase) -> dict[str, Any] | None:
        """What the learner is told of the item now."""
        level = item_level(self.attempt, item, review_level(self.attempt, self.result.is_passed, self.now))
        return judgement(self.attempt, item, level) if level else None

    def hinted(self, item: ItemBase) -> dict[str, Any] | None:
        """What the learner is told between two tries."""
        return nudge(self.attempt, item)

    def right(self, item: ItemBase) -> Response:
        return item.correct_response(self.attempt.disguise(item.id))

    def wrong(self, item: ItemBase, seed: int = 1) -> Response:
        """A response worth less than everything, as the browser would send it; another seed, another response."""
        disguise, chance, seen = self.attempt.disguise(item.id), Random(seed), []
        for _ in range(500):
            response = item.read_response(guess(item.present(disguise).as_json(), chance), disguise)
            assert response is not None
            if not item.score(response) and response not in seen:
                return response
        raise AssertionError(f"no wrong response to {item.id} in 500 guesses")
