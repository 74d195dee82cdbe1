"""Mastery of a clause from the answers that stand, and its four states. Pure.

level = (1 + Σ wᵢ·fᵢ) / (2 + Σ wᵢ), the mean of a Beta(1, 1) prior updated with the latest released answer to each different item i
of the clause: fᵢ its fraction, wᵢ = 1 − the expected score of a blind guess, because a right answer that a guess could have given
tells less. Range 0…1; before any evidence 0.5, which is why ENOUGH_ITEMS are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from cps_training.assessment.review import Memory

ClauseState = Literal["not_started", "in_progress", "mastered", "fading"]

ENOUGH_ITEMS = 2
"""Different items needed before a clause may be called mastered: one right answer is no evidence."""
CUT = 0.7
"""Level from which a clause is mastered: two right answers to items of three choices reach it just so, one wrong of three does not."""
_HAIR = 1e-9


@dataclass(frozen=True)
class Evidence:
    """What an item says of its clauses: fraction of the latest released answer, and how much of it guessing would earn."""

    fraction: float
    guess: float


@dataclass(frozen=True)
class Mastery:
    """level: None with too little evidence (n < ENOUGH_ITEMS). n: different items answered. memory: None before any answer."""

    state: ClauseState
    level: float | None
    n: int
    memory: Memory | None = None


def level_of(evidence: Iterable[Evidence]) -> float:
    """The formula above."""
    weighed = [(1 - one.guess, one.fraction) for one in evidence]
    return (1 + sum(weight * fraction for weight, fraction in weighed)) / (2 + sum(weight for weight, _ in weighed))


def mastery(evidence: list[Evidence], memory: Memory | None, now: datetime) -> Mastery:
    """not_started without evidence; mastered from CUT on with enough of it; fading once that is due for review."""
    if not evidence:
        return Mastery("not_started", None, 0, memory)
    if len(evidence) < ENOUGH_ITEMS:
        return Mastery("in_progress", None, len(evidence), memory)
    level = level_of(evidence)
    if level < CUT - _HAIR:
        return Mastery("in_progress", level, len(evidence), memory)
    is_fading = memory is not None and memory.is_due(now)
    return Mastery("fading" if is_fading else "mastered", level, len(evidence), memory)


def clause_mastery(
    clause_ids: Iterable[str],
    clauses_of: Mapping[str, tuple[str, ...]],
    latest: Mapping[str, Evidence],
    memories: Mapping[str, Memory],
    now: datetime,
) -> dict[str, Mastery]:
    """Mastery by clause. clauses_of: item id → its clauses; latest: item id → what its latest answer says."""
    by_clause: dict[str, list[Evidence]] = {}
    for item_id, one in latest.items():
        for clause in clauses_of.get(item_id, ()):
            by_clause.setdefault(clause, []).append(one)
    return {clause: mastery(by_clause.get(clause, []), memories.get(clause), now) for clause in clause_ids}
