"""What choosing blindly is worth, where marks are set and false ones cost. Pure."""

from __future__ import annotations

from collections.abc import Iterable


def chance_of_marks(weights: Iterable[int], n_wrong: int) -> float:
    """Expected score when each line is marked by the toss of a coin: mean of max(0, (hits − false alarms) / all weights).

    weights: of what should be marked; n_wrong: how many should not.
    """
    all_weights = list(weights)
    chances = {0: 1.0}
    for step in [*all_weights, *[-1] * n_wrong]:
        spread: dict[int, float] = {}
        for points, chance in chances.items():
            for now in (points, points + step):
                spread[now] = spread.get(now, 0.0) + chance / 2
        chances = spread
    return sum(max(0, points) * chance for points, chance in chances.items()) / sum(all_weights)
