"""Quantiles of the F distribution, for intervals. Pure arithmetic; knows no data.

scipy has them too, for 100 MB that the kit does not need otherwise.
"""

from __future__ import annotations

import math

_TINY = 1e-300
_CLOSE = 1e-14
_MOST_TERMS = 100_000


def f_quantile(share: float, df1: float, df2: float) -> float:
    """The value below which `share` (0 < share < 1) of an F distribution with df1 and df2 degrees of freedom lies.

    With x = df1·f / (df1·f + df2) it is where the regularised incomplete beta function I_x(df1/2, df2/2) is `share` (NIST DLMF
    §8.17; Abramowitz & Stegun 26.6.2); found by halving. Raises ValueError outside those ranges.
    """
    if not 0 < share < 1 or df1 <= 0 or df2 <= 0:
        raise ValueError(f"share {share}, df {df1} and {df2}: expected 0 < share < 1 and positive degrees of freedom")
    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if incomplete_beta(middle, df1 / 2, df2 / 2) < share:
            low = middle
        else:
            high = middle
    x = (low + high) / 2
    return df2 * x / (df1 * (1 - x))


def incomplete_beta(x: float, a: float, b: float) -> float:
    """I_x(a, b), 0 … 1, by its continued fraction (DLMF 8.17.22) with Lentz's method."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(1 - x, b, a)
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return math.exp(front) / (a * _fraction(x, a, b))


def _fraction(x: float, a: float, b: float) -> float:
    """1 + d₁/(1 + d₂/(1 + …)) of DLMF 8.17.22."""
    value, above, below = 1.0, 1.0, 0.0
    for term in range(1, _MOST_TERMS):
        half = term // 2
        if term % 2:
            d = -(a + half) * (a + b + half) * x / ((a + 2 * half) * (a + 2 * half + 1))
        else:
            d = half * (b - half) * x / ((a + 2 * half - 1) * (a + 2 * half))
        below = 1 / (1 + d * below or _TINY)
        above = 1 + d / above or _TINY
        value *= above * below
        if abs(above * below - 1) < _CLOSE:
            break
    return value
