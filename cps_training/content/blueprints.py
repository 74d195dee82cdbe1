"""Blueprints: clauses × Bloom × difficulty → how many items, and the drawing of a form from them. Pure: the seed decides.

Two forms of one blueprint are parallel when the second is drawn beside the first (`twin`): they share no item, and each item
of the second is as near as can be in expected difficulty to its partner.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Annotated

from pydantic import Field

from cps_training.content.rules import SectionId
from cps_training.items.base import Bloom, Difficulty, ItemBase, Strict

ClausePrefix = Annotated[str, Field(pattern=r"^[a-z]+(\.[0-9]+){0,3}$", max_length=40)]


class BlueprintRow(Strict):
    """count items of these clauses (`cps.2` means cps.2.1 to cps.2.3 too), Bloom levels, difficulties and types; all of them where left out."""

    clauses: Annotated[tuple[ClausePrefix, ...], Field(min_length=1, max_length=80)]
    bloom: tuple[Bloom, ...] = ()
    difficulty: tuple[Difficulty, ...] = ()
    types: Annotated[tuple[str, ...], Field(max_length=20)] = ()
    section: SectionId | None = None
    count: Annotated[int, Field(strict=True, ge=1, le=100)]

    def fits(self, item: ItemBase) -> bool:
        """Whether an item may stand in this row. Items that need a marker or are never scored must be asked for by type."""
        if not item.is_scored or (item.needs_rubric and item.type not in self.types):
            return False
        return (
            any(_is_below(clause, prefix) for clause in item.clauses for prefix in self.clauses)
            and (not self.bloom or item.bloom in self.bloom)
            and (not self.difficulty or item.expected_difficulty in self.difficulty)
            and (not self.types or item.type in self.types)
        )


class Blueprint(Strict):
    """rows: what the form is made of. seed: of the drawing; the same seed and bank give the same form."""

    seed: Annotated[int, Field(strict=True, ge=0)]
    rows: Annotated[tuple[BlueprintRow, ...], Field(min_length=1, max_length=80)]

    @property
    def n_items(self) -> int:
        return sum(row.count for row in self.rows)


@dataclass(frozen=True)
class Drawn:
    """One item of a drawn form. row: of the blueprint, from 0."""

    item_id: str
    row: int
    section: str | None = None


class TooFewItemsError(ValueError):
    """A row asks for more items than the banks have. row: from 0; n: how many there are for it."""

    def __init__(self, row: int, n: int) -> None:
        super().__init__(f"row {row}: {n} items")
        self.row, self.n = row, n


def draw(
    blueprint: Blueprint,
    pool: Mapping[str, ItemBase],
    seed: int,
    twin: Sequence[Drawn] = (),
    apart: Collection[str] = (),
) -> tuple[Drawn, ...]:
    """The items of a form in the order of the rows. twin: another form of the blueprint to stay apart from and be as hard as;
    apart: more items not to take.

    Rows are filled in the order of how little choice they have. Raises TooFewItemsError.
    """
    chance = Random(seed)
    taken = {one.item_id for one in twin} | set(apart)
    fitting = [sorted(i for i, item in pool.items() if i not in taken and row.fits(item)) for row in blueprint.rows]
    order = sorted(range(len(fitting)), key=lambda row: len(fitting[row]) - blueprint.rows[row].count)
    used: set[str] = set()
    chosen: dict[int, list[str]] = {}
    for row in order:
        free = [item_id for item_id in fitting[row] if item_id not in used]
        count = blueprint.rows[row].count
        if len(free) < count:
            raise TooFewItemsError(row, len(free))
        chance.shuffle(free)
        free.sort(key=lambda item_id: pool[item_id].expected_facility)  # stable: equals stay in the order of chance
        partners = [pool[one.item_id].expected_facility for one in twin if one.row == row and one.item_id in pool]
        picked = _beside(partners, free, pool) if len(partners) == count else _spread(free, count, chance)
        chosen[row] = picked
        used |= set(picked)
    return tuple(Drawn(item_id, row, blueprint.rows[row].section) for row in sorted(chosen) for item_id in chosen[row])


def _spread(free: list[str], count: int, chance: Random) -> list[str]:
    """One of each of `count` equal parts of the easy … hard list, so that a form is as hard as its pool, whatever the seed."""
    edges = [round(part * len(free) / count) for part in range(count + 1)]
    return [free[chance.randrange(low, high)] for low, high in itertools.pairwise(edges)]


def _beside(partners: Iterable[float], free: list[str], pool: Mapping[str, ItemBase]) -> list[str]:
    """For each partner the nearest item that is left; what one pair is off, the next makes up for."""
    left, picked, owed = list(free), [], 0.0
    for facility in partners:
        wanted = facility + owed
        nearest = min(left, key=lambda item_id: abs(pool[item_id].expected_facility - wanted))
        left.remove(nearest)
        picked.append(nearest)
        owed = wanted - pool[nearest].expected_facility
    return picked


def mean_facility(drawn: Iterable[Drawn], pool: Mapping[str, ItemBase]) -> float:
    """Expected share of points on a form, 0–1; NaN for an empty one."""
    shares = [pool[one.item_id].expected_facility for one in drawn]
    return sum(shares) / len(shares) if shares else float("nan")


def _is_below(clause: str, prefix: str) -> bool:
    return clause == prefix or clause.startswith(prefix + ".")
