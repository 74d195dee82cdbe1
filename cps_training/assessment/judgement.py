"""What the learner is told about an answered item after the release, and the score of a whole attempt. Pure.

Nothing here may be called for an item the feedback policy has not released; the desk asks the attempt first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from cps_training.assessment.attempt import Attempt
from cps_training.items.base import Disguise, ItemBase, JsonDict, Response

Verdict = Literal["right", "partly", "wrong", "blank"]


def verdict_of(response: Response | None, fraction: float) -> Verdict:
    """right at 1, wrong at 0, partly between; a blank is its own word."""
    if response is None:
        return "blank"
    return "right" if fraction >= 1 else "partly" if fraction > 0 else "wrong"


def judgement(item: ItemBase, response: Response | None, disguise: Disguise) -> JsonDict:
    """All the release allows for this one item, in the attempt's opaque ids.

    {"verdict", "fraction", "headline", "explanation", "clauses": [id], "options": {opaque: {"mark", "taken", "rationale"}},
    "correct": the browser form of the right response}
    """
    fraction = item.score(response)
    return {
        "verdict": verdict_of(response, fraction),
        "fraction": fraction,
        "headline": item.headline,
        "explanation": item.explanation,
        "clauses": list(item.clauses),
        "options": {
            disguise.hide(line.option): {"mark": line.mark, "taken": line.taken, "rationale": line.rationale}
            for line in item.explain(response)
        },
        "correct": item.show_response(item.correct_response(), disguise),
    }


@dataclass(frozen=True)
class Result:
    """points: sum of fractions (0…maximum). cut_score: share needed, None when the form has none."""

    points: float
    maximum: int
    n_answered: int
    cut_score: float | None

    @property
    def fraction(self) -> float:
        return self.points / self.maximum if self.maximum else float("nan")

    @property
    def is_passed(self) -> bool | None:
        """Whether the cut score is reached; None when there is none. Compared with a hair's tolerance for thirds."""
        return None if self.cut_score is None else self.fraction >= self.cut_score - 1e-9


def result_of(attempt: Attempt, items: Mapping[str, ItemBase], cut_score: float | None) -> Result:
    """The attempt's result from the responses that stand. items: by item id, in the versions the attempt saw."""
    responses = {placed.item_id: attempt.response_to(placed.item_id) for placed in attempt.placed}
    points = sum(items[item_id].score(response) for item_id, response in responses.items())
    answered = sum(response is not None for response in responses.values())
    return Result(points, len(attempt.placed), answered, cut_score)
