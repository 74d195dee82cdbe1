"""The set of items of a form that most people had, as one table without holes: what figures of a whole form need.

A drawn form, a changed item and a paper that waits for its marker give other sets; who had another set is counted, not mixed in.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from cps_training.analytics.firsts import Firsts, Floats, Ints


@dataclass(frozen=True)
class Paper:
    """points: one row a person, one column an item, in points. most: of each item. n_other: sittings with another set."""

    form: str
    items: pd.MultiIndex
    points: Floats
    most: Floats
    n_other: int

    @property
    def n(self) -> int:
        return len(self.points)


def papers(firsts: Firsts) -> list[Paper]:
    """For each form, sorted, the set of items that the most people had scored completely; of equal sets the first by name.

    Two versions of an item are two items. A form of which nothing is scored has none.
    """
    scored = np.flatnonzero(firsts.is_scored)
    if not len(scored):
        return []
    order = scored[np.lexsort((firsts.item[scored], firsts.sitting[scored], firsts.form[scored]))]
    sitting = firsts.sitting[order]
    starts = np.flatnonzero(np.r_[True, sitting[1:] != sitting[:-1]])
    sizes = np.diff(np.r_[starts, len(order)])
    prints = np.add.reduceat(_marks(len(firsts.items))[firsts.item[order]], starts)
    form = firsts.form[order][starts]
    found = []
    for place, name in enumerate(firsts.forms):
        own = np.flatnonzero(form == place)
        if len(own):
            found.append(_paper(firsts, name, order, starts[own], sizes[own], prints[own]))
    return found


def _paper(firsts: Firsts, form: str, order: Ints, starts: Ints, sizes: Ints, prints: npt.NDArray[np.uint64]) -> Paper:
    sets, first, counts = np.unique(prints, return_index=True, return_counts=True)
    ties = np.flatnonzero(counts == counts.max())
    by_name = min(ties, key=lambda at: firsts.item[order[starts[first[at]] :][: sizes[first[at]]]].tolist())
    chosen = np.flatnonzero(prints == sets[by_name])
    width = int(sizes[chosen[0]])
    cells = order[starts[chosen][:, None] + np.arange(width)]
    cells = cells[np.argsort(firsts.person[cells[:, 0]], kind="stable")]
    return Paper(
        form=form,
        items=firsts.items[firsts.item[cells[0]]],
        points=firsts.points[cells],
        most=np.asarray(firsts.most[cells].max(axis=0)),
        n_other=len(starts) - len(chosen),
    )


def _marks(n: int) -> npt.NDArray[np.uint64]:
    """A random number an item; the sum over a sitting tells its set (two sets share one with a chance of 2⁻⁶⁴)."""
    return np.random.default_rng(2566).integers(0, 2**63, n, dtype=np.uint64)
