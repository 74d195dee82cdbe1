"""How hard an item is, whether it tells the strong from the weak, and what guessing alone would earn. First responses only.

Formulas follow Moodle's "Quiz statistics calculations" (docs.moodle.org, Development), as shares, not per cent.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from cps_training.analytics.firsts import Firsts, Floats, first_responses
from cps_training.analytics.papers import papers
from cps_training.analytics.withheld import MIN_CORRELATION, MIN_FACILITY

_NO_SPREAD = 1e-12
"""A variance below it is rounding: everybody has the same."""


def facility(responses: pd.DataFrame | Firsts, *, at_least: int = MIN_FACILITY) -> pd.DataFrame:
    """Share of the points first responses earned, per item version (0 hard … 1 easy): Σ fraction / n.

    responses: columns of frames.RESPONSES; a blank counts as 0, or is dropped (first_responses, practice). Returns: index
    (item_id, item_version); columns facility, sd (of the fractions, n − 1), n (scored), n_blank, n_waiting. n < at_least
    gives NaN. Raises FrameError naming missing columns. Moodle: facility index;
    Lord & Novick 1968: item difficulty.
    """
    firsts = first_responses(responses)
    scored = firsts.is_scored
    n = firsts.by_item(where=scored)
    mean = _divided(firsts.by_item(firsts.fraction, scored), n)
    squares = firsts.by_item((firsts.fraction - mean[firsts.item]) ** 2, scored)
    told = n >= at_least
    return pd.DataFrame(
        {
            "facility": np.where(told, mean, np.nan),
            "sd": np.where(told, np.sqrt(_divided(squares, n - 1)), np.nan),
            "n": n.astype(int),
            "n_blank": firsts.by_item(where=firsts.is_blank & scored).astype(int),
            "n_waiting": firsts.by_item(where=firsts.is_waiting).astype(int),
        },
        index=firsts.items,
    )


def discrimination(responses: pd.DataFrame | Firsts, *, at_least: int = MIN_CORRELATION) -> pd.DataFrame:
    """Item–rest correlation per item version (−1 … 1): Pearson's r of its fraction and the rest of the same sitting.

    The rest is the share of the points of the other items, so that it leaves the item out (otherwise it correlates with itself)
    and people may have had other items. Returns: index (item_id, item_version); columns discrimination, n (scored, with a
    rest). NaN for n < at_least, and where everybody has the same. Moodle: discrimination index = 100·r(x, X − x);
    R's psych: r.drop; Lord & Novick 1968.
    """
    firsts = first_responses(responses)
    use = firsts.is_scored & ~np.isnan(firsts.rest)
    n = firsts.by_item(where=use)
    x = firsts.fraction - _divided(firsts.by_item(firsts.fraction, use), n)[firsts.item]
    y = firsts.rest - _divided(firsts.by_item(firsts.rest, use), n)[firsts.item]
    xx, yy, xy = (firsts.by_item(product, use) for product in (x * x, y * y, x * y))
    told = (n >= max(at_least, 2)) & (xx > _NO_SPREAD * n) & (yy > _NO_SPREAD * n)
    r = _divided(xy, np.sqrt(xx * yy))
    return pd.DataFrame(
        {"discrimination": np.where(told, np.clip(r, -1, 1), np.nan), "n": n.astype(int)}, index=firsts.items
    )


def random_guess(
    responses: pd.DataFrame | Firsts, guesses: Mapping[tuple[str, str], float], *, at_least: int = MIN_FACILITY
) -> pd.DataFrame:
    """What guessing alone would earn on an item, beside what people earned.

    guesses: the item's `guess` (expected fraction of a blind guess, 0–1) by (item_id, item_version). Returns: index (item_id,
    item_version); columns guess (NaN where unknown), facility, above_guess = (facility − guess) / (1 − guess): 0 at chance,
    1 when all are right, negative below chance (the correction for guessing, as a share); n. Moodle: random guess score.
    """
    known = facility(responses, at_least=at_least)
    guess = np.array([guesses.get(item, np.nan) for item in known.index.to_list()], dtype=np.float64)
    told = known["facility"].to_numpy()
    above = _divided(told - guess, 1 - guess)
    return pd.DataFrame({"guess": guess, "facility": told, "above_guess": above, "n": known["n"]}, index=known.index)


def random_guess_score(responses: pd.DataFrame | Firsts, guesses: Mapping[tuple[str, str], float]) -> pd.DataFrame:
    """What somebody earns on a whole form who guesses everything: Σ most·guess / Σ most (0–1).

    Over the items of the form that most people had (papers). Returns: index form; columns guess, sd (of a guesser's score, each
    item right or wrong by itself: √Σ most²·guess·(1 − guess) / Σ most), n_items, n (people with these items). NaN where the
    guess of an item is unknown. A cut score should lie well above guess + 2 sd.
    """
    rows = []
    for paper in papers(first_responses(responses)):
        guess = np.array([guesses.get(item, np.nan) for item in paper.items.to_list()], dtype=np.float64)
        whole = paper.most.sum()
        mean = float((paper.most * guess).sum() / whole)
        sd = float(np.sqrt((paper.most**2 * guess * (1 - guess)).sum()) / whole)
        rows.append((paper.form, mean, sd, len(guess), paper.n))
    return pd.DataFrame(rows, columns=["form", "guess", "sd", "n_items", "n"]).set_index("form")


def _divided(above: Floats, below: Floats) -> Floats:
    """NaN where nothing is divided by."""
    return np.asarray(np.divide(above, below, out=np.full(len(below), np.nan), where=below > 0))
