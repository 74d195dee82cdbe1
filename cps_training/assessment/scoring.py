"""What responses are worth under the rules of their attempt: points of items, sections and the whole. Pure.

fraction: 0…1, what the item type says. points: what the rules make of it; a whole item is one point, three at most under the
certainty scale. Nothing here is ever stored.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from cps_training.assessment.attempt import Attempt
from cps_training.content.rules import Rules
from cps_training.items.base import ItemBase
from cps_training.items.essay import Essay

_HAIR = 1e-9
"""Thirds do not add up to a whole in floating point."""


@dataclass(frozen=True)
class ItemScore:
    """fraction: None while it waits for a marker, or for what is never scored. points: under the rules, 0 while waiting.

    most: the points a right answer earns; 0 for what never counts. critical: texts of critical errors.
    """

    item_id: str
    section: str | None
    fraction: float | None
    points: float
    most: float
    is_blank: bool
    is_waiting: bool = False
    critical: tuple[str, ...] = ()


def fraction_of(attempt: Attempt, item: ItemBase) -> float | None:
    """The item's fraction from the answers that count; None while it waits for a marker, or is never scored.

    With tries it is the best of them, each further one less `penalty` (rules): another try never loses what one had.
    """
    if isinstance(item, Essay):
        mark = attempt.mark_of(item.id)
        if not attempt.has_answered(item.id):
            return 0.0
        return item.fraction_of(mark["levels"]) if mark is not None else None
    if attempt.policy.tells != "tried":
        return item.score(attempt.response_to(item.id))
    if not item.is_scored:
        return None
    worth = [
        (item.score(step.response) or 0.0) * max(0.0, 1 - attempt.rules.penalty * before)
        for before, step in enumerate(attempt.answers_to(item.id))
    ]
    return max(worth, default=0.0)


def score_item(attempt: Attempt, item: ItemBase) -> ItemScore:
    """What stands for one item of the attempt. item: in the version it is scored under."""
    fraction = fraction_of(attempt, item)
    is_blank = not attempt.has_answered(item.id)
    critical = tuple(
        dict.fromkeys(said for step in attempt.answers_to(item.id)[-1:] for said in item.critical_errors(step.response))
    )
    counts = item.is_scored and attempt.policy.tells != "never"
    most = (attempt.rules.certainty.right[-1] if attempt.policy.asks_certainty else 1.0) if counts else 0.0
    is_waiting = counts and fraction is None
    points = _points(attempt, item, fraction) if counts and fraction is not None and not is_blank else 0.0
    return ItemScore(item.id, attempt.place_of[item.id].section, fraction, points, most, is_blank, is_waiting, critical)


def _points(attempt: Attempt, item: ItemBase, fraction: float) -> float:
    rules = attempt.rules
    if attempt.policy.asks_certainty:
        level = (attempt.certainty_of(item.id) or 1) - 1
        return fraction * rules.certainty.right[level] + (1 - fraction) * rules.certainty.wrong[level]
    if rules.deduction and fraction == 0 and item.guess > 0:
        return -rules.deduction  # only where a guess could have been right
    return fraction


@dataclass(frozen=True)
class SectionResult:
    """must_pass: share needed, None = none. is_passed: None while it waits. is_made_good: a retry pool was passed since."""

    section: str
    points: float
    maximum: float
    must_pass: float | None
    is_passed: bool | None
    is_made_good: bool = False


@dataclass(frozen=True)
class Result:
    """points: of the attempt, not below the floor; maximum: of all its items. n_waiting: items waiting for a marker.

    cut_score: share needed, None when the form has none. critical: texts of critical errors: with one, nothing is passed.
    """

    points: float
    maximum: float
    n_items: int
    n_answered: int
    n_waiting: int
    cut_score: float | None
    is_passed: bool | None
    critical: tuple[str, ...]
    sections: tuple[SectionResult, ...]
    items: tuple[ItemScore, ...]

    @property
    def fraction(self) -> float:
        """Share of the points, 0…1 (below 0 where the rules allow it); NaN where nothing counts."""
        return self.points / self.maximum if self.maximum else math.nan


def result_of(attempt: Attempt, items: Mapping[str, ItemBase], made_good: frozenset[str] = frozenset()) -> Result:
    """The attempt's result from the responses that stand.

    items: by item id, in the versions they are scored under. made_good: sections whose retry pool was passed afterwards.
    """
    scores = tuple(score_item(attempt, items[placed.item_id]) for placed in attempt.placed)
    rules = attempt.rules
    critical = tuple(said for score in scores for said in score.critical)
    sections = tuple(
        _section(rule.section, rule.must_pass, scores, rule.section in made_good) for rule in rules.sections
    )
    points, maximum = _sum(scores, rules.lowest)
    return Result(
        points=points,
        maximum=maximum,
        n_items=len(scores),
        n_answered=sum(not score.is_blank for score in scores),
        n_waiting=sum(score.is_waiting for score in scores),
        cut_score=rules.cut_score,
        is_passed=_is_passed(rules, scores, sections, critical),
        critical=critical,
        sections=sections,
        items=scores,
    )


def _sum(scores: tuple[ItemScore, ...], lowest: float | None) -> tuple[float, float]:
    points, maximum = math.fsum(score.points for score in scores), math.fsum(score.most for score in scores)
    return (points if lowest is None else max(points, lowest * maximum)), maximum


def _section(section: str, must_pass: float | None, scores: tuple[ItemScore, ...], made_good: bool) -> SectionResult:
    own = tuple(score for score in scores if score.section == section)
    points, maximum = _sum(own, 0.0)
    passed = None if must_pass is None else _reaches(points, _waiting(own), maximum, must_pass)
    is_made_good = made_good and passed is False
    return SectionResult(section, points, maximum, must_pass, True if is_made_good else passed, is_made_good)


def _is_passed(
    rules: Rules, scores: tuple[ItemScore, ...], sections: tuple[SectionResult, ...], critical: tuple[str, ...]
) -> bool | None:
    """None: nothing to pass, or not decided before the waiting items are marked."""
    gates = [part.is_passed for part in sections if part.must_pass is not None]
    if rules.cut_score is not None:
        points, maximum = _sum(scores, rules.lowest)
        gates.append(_reaches(points, _waiting(scores), maximum, rules.cut_score))
    if not gates:
        return None
    if critical or False in gates:
        return False
    return None if None in gates else True


def _waiting(scores: tuple[ItemScore, ...]) -> float:
    return math.fsum(score.most for score in scores if score.is_waiting)


def _reaches(points: float, waiting: float, maximum: float, share: float) -> bool | None:
    """Whether the share is reached; None where it hangs on what waits."""
    needed = share * maximum - _HAIR
    if points >= needed:
        return True
    return None if points + waiting >= needed else False
