"""How well two orders of the same things agree: Kendall's tau-b, with ties on both sides. Pure; knows no case.

Source: M. G. Kendall, "The treatment of ties in ranking problems", Biometrika 33 (1945), 239–251.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import combinations


def tau_b(ours: Sequence[float], theirs: Sequence[float]) -> float | None:
    """Kendall's tau-b of two rankings, −1 (reversed) … 1 (the same order).

    (C − D) / √((n₀ − n₁)(n₀ − n₂)): C and D count pairs that both order alike and contrariwise, n₀ = n(n−1)/2 all pairs, n₁ and n₂
    those that are tied in the one and in the other. None where nothing is ordered: fewer than two things, or all of a side tied.
    Raises ValueError when the two differ in length.
    """
    pairs = len(ours) * (len(ours) - 1) // 2
    left, right = pairs - _tied(ours), pairs - _tied(theirs)
    balance = sum(
        _sign(a - c) * _sign(b - d) for (a, b), (c, d) in combinations(list(zip(ours, theirs, strict=True)), 2)
    )
    return balance / math.sqrt(left * right) if left and right else None


def _tied(ranks: Sequence[Hashable]) -> int:
    """How many pairs have equal ranks."""
    return sum(n * (n - 1) // 2 for n in Counter(ranks).values())


def _sign(difference: float) -> int:
    return (difference > 0) - (difference < 0)
