"""What the 2PL parameters say about scores: curves of items and of a form over ability. Parameters in, curves out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from cps_training.analytics.frames import FrameError

ABILITIES = tuple(round(-4 + 0.25 * step, 2) for step in range(33))
"""From −4 to 4 standard deviations: who is beyond is one of 15,000."""

_NEEDED = ("a", "b", "n", "status")


def item_curves(parameters: pd.DataFrame, *, abilities: Sequence[float] = ABILITIES) -> pd.DataFrame:
    """P(right) of each item over ability: 1 / (1 + e^(−a(θ − b))) (Birnbaum, in Lord & Novick 1968, ch. 17).

    parameters: as two_parameter returns them. Returns: index ability; one column an item version (MultiIndex item_id,
    item_version), 0–1; only items that are fitted. Raises FrameError naming missing columns.
    """
    fitted = _fitted(parameters)
    theta = np.asarray(abilities, dtype=np.float64)[:, None]
    chance = 1 / (1 + np.exp(-(fitted["a"].to_numpy() * (theta - fitted["b"].to_numpy()))))
    return pd.DataFrame(chance, index=pd.Index(list(abilities), name="ability"), columns=fitted.index)


def expected_score(
    parameters: pd.DataFrame,
    *,
    abilities: Sequence[float] = ABILITIES,
    most: Mapping[tuple[str, str], float] | None = None,
) -> pd.DataFrame:
    """The score a person of each ability is to expect on these items, and how exactly they measure there.

    most: points of an item version (1 where it is not named); an item earns them whole or not at all. Returns: index ability;
    columns expected = Σ most·P / Σ most (0–1), information = Σ a²·P·(1 − P) (Birnbaum), sem = 1/√information (in standard
    deviations of ability), n_items (fitted ones), n (the fewest responses behind an item). Without fitted items all NaN.
    """
    fitted = _fitted(parameters)
    chance = item_curves(parameters, abilities=abilities)
    p = chance.to_numpy(dtype=np.float64)
    points = np.array([(most or {}).get(item, 1.0) for item in fitted.index.to_list()], dtype=np.float64)
    information = (fitted["a"].to_numpy() ** 2 * p * (1 - p)).sum(axis=1)
    n = int(fitted["n"].min()) if len(fitted) else 0
    is_there = len(fitted) > 0 and points.sum() > 0
    return pd.DataFrame(
        {
            "expected": (p * points).sum(axis=1) / points.sum() if is_there else np.nan,
            "information": information if is_there else np.nan,
            "sem": 1 / np.sqrt(information) if is_there else np.nan,
            "n_items": len(fitted),
            "n": n,
        },
        index=chance.index,
    )


def _fitted(parameters: pd.DataFrame) -> pd.DataFrame:
    missing = [column for column in _NEEDED if column not in parameters.columns]
    if missing:
        raise FrameError(f"the table lacks {', '.join(missing)}; expected {', '.join(_NEEDED)}")
    return parameters[(parameters["status"] == "fitted") & parameters["a"].notna()]
