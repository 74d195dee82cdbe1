"""What a person's attempts say about clauses and lessons. Pure; derived anew each time, never stored.

Clause states are a plain, stated rule: `mastered` when at least ENOUGH_ITEMS different items of the clause have been
answered and the latest response to each scores 1; `in_progress` when any has been answered; else `not_started`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from cps_training.assessment.attempt import Attempt
from cps_training.items.base import ItemBase

ClauseState = Literal["not_started", "in_progress", "mastered"]

ENOUGH_ITEMS = 2
"""Different items needed before a clause may be called mastered: one right guess is no evidence."""


def latest_fractions(attempts: Iterable[Attempt], items: Mapping[tuple[str, str], ItemBase]) -> dict[str, float]:
    """Fraction of the latest released response per item id.

    items: by (item id, version). Unreleased exam answers are left out, or progress would tell what is right.
    """
    latest: dict[str, tuple[object, float]] = {}
    for attempt in attempts:
        for step in attempt.steps:
            if step.kind != "answer" or step.item_id is None or step.response is None:
                continue
            if not attempt.releases(step.item_id):
                continue
            item = items[(step.item_id, step.item_version or "")]
            if step.item_id not in latest or latest[step.item_id][0] <= step.at:  # type: ignore[operator]
                latest[step.item_id] = (step.at, item.score(step.response))
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
