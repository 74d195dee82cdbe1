"""Certainty-based marking: whether somebody knows what they know. Pure; formative, never part of passing.

A scale makes each certainty the best choice within a range of chance of being right (Gardner-Medwin); whoever's share right
lies above the range could dare more, below it was too sure.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Literal

from cps_training.assessment.attempt import CERTAINTIES, Attempt
from cps_training.assessment.scoring import Result
from cps_training.content.rules import CertaintyScale

ENOUGH = 3
"""Answers of one certainty below which nothing is said about it: one wrong answer of two tells little."""

Finding = Literal["too_sure", "fitting", "could_dare", "too_few"]


@dataclass(frozen=True)
class Certainty:
    """Answers of one certainty. n_right: fractions added up. low, high: the range of chance for which this certainty pays best."""

    level: int
    n: int
    n_right: float
    low: float
    high: float
    finding: Finding


def ranges(scale: CertaintyScale) -> tuple[tuple[float, float], ...]:
    """For each certainty the range of the chance of being right, 0–1, in which it brings the most points on average.

    Between c and the next: p·right + (1−p)·wrong are equal at p = (w − w′) / ((w − w′) + (r′ − r)).
    """
    edges = [0.0]
    for step in range(2):
        cost = scale.wrong[step] - scale.wrong[step + 1]
        edges.append(cost / (cost + scale.right[step + 1] - scale.right[step]))
    edges.append(1.0)
    return tuple(itertools.pairwise(edges))


def calibration(attempt: Attempt, result: Result) -> tuple[Certainty, ...]:
    """One entry a certainty, for the items that were answered and scored."""
    table = []
    for level, (low, high) in zip(CERTAINTIES, ranges(attempt.rules.certainty), strict=True):
        own = [
            score.fraction
            for score in result.items
            if score.fraction is not None and not score.is_blank and attempt.certainty_of(score.item_id) == level
        ]
        right = sum(own)
        table.append(Certainty(level, len(own), right, low, high, _finding(len(own), right, low, high)))
    return tuple(table)


def _finding(n: int, right: float, low: float, high: float) -> Finding:
    """Within one answer's worth of the range counts as fitting: with few answers the share jumps."""
    if n < ENOUGH:
        return "too_few"
    if (right + 1) / n < low:
        return "too_sure"
    return "could_dare" if (right - 1) / n > high else "fitting"
