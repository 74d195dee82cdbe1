"""What a person's attempts say about clauses and lessons. Pure; derived anew each time, never stored.

Clause states are a plain, stated rule: `mastered` when at least ENOUGH_ITEMS different items of the clause have been
answered and the latest response to each scores 1; `in_progress` when any has been answered; else `not_started`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Literal

from cps_training.assessment.attempt import Attempt
from cps_training.assessment.release import item_level, review_level, shows
from cps_training.assessment.scoring import fraction_of, result_of
from cps_training.items.base import ItemBase

ClauseState = Literal["not_started", "in_progress", "mastered"]
Versions = Mapping[tuple[str, str], ItemBase]

ENOUGH_ITEMS = 2
"""Different items needed before a clause may be called mastered: one right guess is no evidence."""


def scored_items(attempt: Attempt, versions: Versions) -> dict[str, ItemBase]:
    """The attempt's items by id, in the versions they are scored under. versions: by (item id, version)."""
    return {p.item_id: versions[(p.item_id, attempt.scored_version(p.item_id))] for p in attempt.placed}


def latest_fractions(attempts: Iterable[Attempt], versions: Versions, now: datetime) -> dict[str, float]:
    """Fraction of the latest released response per item id.

    What may not be told now (an open exam, a review held back) is left out, or progress would tell what is right; so is
    what waits for a marker or is never scored.
    """
    latest: dict[str, tuple[datetime, float]] = {}
    for attempt in attempts:
        items = scored_items(attempt, versions)
        is_passed = result_of(attempt, items).is_passed if attempt.is_finished else None
        review = review_level(attempt, is_passed, now)
        for item_id, item in items.items():
            if not attempt.has_answered(item_id) or not shows(item_level(attempt, item, review), "verdicts"):
                continue
            at, fraction = attempt.answers_to(item_id)[-1].at, fraction_of(attempt, item)
            if fraction is not None and (item_id not in latest or latest[item_id][0] <= at):
                latest[item_id] = (at, fraction)
    return {item_id: fraction for item_id, (_, fraction) in latest.items()}


def clause_states(
    clause_ids: Iterable[str], clauses_of: Mapping[str, tuple[str, ...]], latest: Mapping[str, float]
) -> dict[str, ClauseState]:
    """State per clause. clauses_of: item id → its clauses; latest: item id → fraction of the latest response."""
    seen: dict[str, list[float]] = {}
    for item_id, fraction in latest.items():
        for clause in clauses_of.get(item_id, ()):
            seen.setdefault(clause, []).append(fraction)
    return {clause: _state(seen.get(clause, [])) for clause in clause_ids}


def _state(fractions: list[float]) -> ClauseState:
    if not fractions:
        return "not_started"
    if len(fractions) >= ENOUGH_ITEMS and all(fraction >= 1 for fraction in fractions):
        return "mastered"
    return "in_progress"
