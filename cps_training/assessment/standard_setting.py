"""A cut score from the judgements of a panel: the modified Angoff method. Pure; knows no file and no person.

Each judge says of each item how many of a hundred officers who are just good enough would get it right. Angoff, W. H. (1971),
Scales, norms, and equivalent scores, in Thorndike (ed.), Educational Measurement (2nd ed.), 508–600; the standard error over
judges as in Cizek & Bunch (2007), Standard Setting, ch. 6.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

LEAST_JUDGES = 5
"""Fewer are asked to go on looking for colleagues: the cut would rest on one or two people's strictness."""
DISPUTED = 0.4
"""Judges this far apart on an item, from the lowest to the highest, talk about it before the cut is taken."""


@dataclass(frozen=True)
class Judged:
    """One item. mean: of the judges' chances, 0–1; spread: the highest less the lowest."""

    item_id: str
    mean: float
    spread: float

    @property
    def is_disputed(self) -> bool:
        return self.spread >= DISPUTED - 1e-9


@dataclass(frozen=True)
class Cut:
    """share: of the points, 0–1, that just passes. standard_error: of the share, over judges (None for a single one).

    by_judge: the cut each judge alone would set. is_enough: whether the panel is large enough to take the cut.
    """

    share: float
    standard_error: float | None
    by_judge: Mapping[str, float]
    items: tuple[Judged, ...]

    @property
    def is_enough(self) -> bool:
        return len(self.by_judge) >= LEAST_JUDGES

    @property
    def disputed(self) -> tuple[Judged, ...]:
        return tuple(item for item in self.items if item.is_disputed)


def angoff(judges: Sequence[str], chances: Mapping[str, Sequence[float]]) -> Cut:
    """The cut of a panel. chances: by item id, one a judge in the order of `judges`, each 0–1; every item is worth the same.

    share = mean over items of the mean over judges; a judge's own cut = the mean of what they said;
    standard error = standard deviation of the judges' cuts / √n. Raises ValueError for no judge, no item, a missing or
    impossible chance.
    """
    if not judges or not chances:
        raise ValueError("a cut needs at least one judge and one item")
    for item_id, row in chances.items():
        if len(row) != len(judges) or not all(0 <= chance <= 1 for chance in row):
            raise ValueError(f"{item_id}: expected {len(judges)} chances between 0 and 1, found {list(row)}")
    by_judge = {judge: fmean(row[index] for row in chances.values()) for index, judge in enumerate(judges)}
    cuts = list(by_judge.values())
    return Cut(
        share=fmean(cuts),
        standard_error=stdev(cuts) / math.sqrt(len(cuts)) if len(cuts) > 1 else None,
        by_judge=by_judge,
        items=tuple(Judged(item_id, fmean(row), max(row) - min(row)) for item_id, row in chances.items()),
    )
