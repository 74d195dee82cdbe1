"""How far a form's score can be relied on, and which items decide it. First responses, complete sets of items only (papers)."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from cps_training.analytics.distribution import f_quantile
from cps_training.analytics.firsts import ITEM, Firsts, Floats, first_responses
from cps_training.analytics.papers import Paper, papers
from cps_training.analytics.withheld import MIN_CORRELATION, MIN_RELIABILITY

_NO_SPREAD = 1e-12

COLUMNS = ("form", "alpha", "lower", "upper", "sem", "mean", "sd", "is_kr20", "n_items", "n", "n_other")


def reliability(
    responses: pd.DataFrame | Firsts, *, confidence: float = 0.95, at_least: int = MIN_RELIABILITY
) -> pd.DataFrame:
    """Coefficient alpha of each form with its interval, and the standard error of measurement.

    alpha = k/(k − 1) · (1 − Σ s²(item) / s²(total)) (Cronbach 1951); with items of 0 or 1 it is KR-20 (Kuder & Richardson 1937),
    told by is_kr20. At most 1, and negative where items contradict each other. lower, upper: Feldt 1965, as written by Feldt,
    Woodruff & Salih 1987 (eqs 6 and 7): 1 − (1 − alpha)·F(1 − c/2) and 1 − (1 − alpha)·F(c/2), df n − 1 and (n − 1)(k − 1).
    sem = sd·√(1 − alpha) (Lord & Novick 1968). mean, sd, sem: as shares of all points (0–1).

    Returns: index form; columns alpha, lower, upper, sem, mean, sd, is_kr20, n_items, n, n_other (sittings that had another set
    of items and are left out). n < at_least, one item only, or everybody with the same score gives NaN.
    """
    rows = [_row(paper, confidence, at_least) for paper in papers(first_responses(responses))]
    return pd.DataFrame(rows, columns=list(COLUMNS)).set_index("form")


def alpha_interval(alpha: float, n: int, n_items: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """Feldt's interval around an alpha (see reliability) for n people and n_items items. NaN for fewer than two of either."""
    if n < 2 or n_items < 2 or math.isnan(alpha):
        return math.nan, math.nan
    tail, df = (1 - confidence) / 2, (n - 1, (n - 1) * (n_items - 1))
    return 1 - (1 - alpha) * f_quantile(1 - tail, *df), 1 - (1 - alpha) * f_quantile(tail, *df)


def weights(responses: pd.DataFrame | Firsts, *, at_least: int = MIN_CORRELATION) -> pd.DataFrame:
    """How much an item was meant to decide of a form's score, and how much it did decide (shares, 0–1).

    intended = most / Σ most. effective = √C(item, total) / Σ √C(item, total), with C the covariance of points (Moodle: intended
    and effective question weight). An item against the total has a negative C and no effective weight: NaN, is_negative, and
    it is left out of the sum. Returns: index (form, item_id, item_version); columns intended, effective, is_negative, n.
    n < at_least gives NaN for effective.
    """
    index: list[tuple[str, str, str]] = []
    columns: list[tuple[float, float, bool, int]] = []
    for paper in papers(first_responses(responses)):
        told = paper.n >= max(at_least, 2)
        covariance = _covariance(paper.points).sum(axis=1) if told else np.full(len(paper.most), np.nan)
        roots = np.sqrt(np.where(covariance >= 0, covariance, np.nan))
        whole = np.nansum(roots)
        effective = roots / whole if whole > 0 else np.full(len(roots), np.nan)
        index += [(paper.form, *item) for item in paper.items.to_list()]
        columns += zip(
            (paper.most / paper.most.sum()).tolist(),
            effective.tolist(),
            (covariance < 0).tolist(),
            [paper.n] * len(roots),
            strict=True,
        )
    places = pd.MultiIndex.from_tuples(index, names=["form", *ITEM]) if index else _no_places()
    return pd.DataFrame(columns, columns=["intended", "effective", "is_negative", "n"], index=places)


def _no_places() -> pd.MultiIndex:
    return pd.MultiIndex.from_arrays([[], [], []], names=["form", *ITEM])


def _row(paper: Paper, confidence: float, at_least: int) -> tuple[object, ...]:
    k, whole = len(paper.most), float(paper.most.sum())
    share = paper.points / paper.most
    is_kr20 = bool(np.all((share < 1e-9) | (share > 1 - 1e-9))) and bool(np.ptp(paper.most) < 1e-9)
    counts = (is_kr20, k, paper.n, paper.n_other)
    if paper.n < max(at_least, 2):
        return (paper.form, *[math.nan] * 6, *counts)
    total = paper.points.sum(axis=1) / whole
    mean, sd = float(total.mean()), float(total.std(ddof=1))
    if k < 2 or sd**2 < _NO_SPREAD:
        return (paper.form, math.nan, math.nan, math.nan, math.nan, mean, sd, *counts)
    covariance = _covariance(paper.points)
    alpha = float(k / (k - 1) * (1 - np.trace(covariance) / covariance.sum()))
    lower, upper = alpha_interval(alpha, paper.n, k, confidence=confidence)
    return (paper.form, alpha, lower, upper, sd * math.sqrt(max(0.0, 1 - alpha)), mean, sd, *counts)


def _covariance(points: Floats) -> Floats:
    centred = points - points.mean(axis=0)
    return np.asarray(centred.T @ centred / (len(points) - 1))
