"""Tables of responses for the tests of the statistics, and published data sets with their sources. No test in here."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from cps_training.analytics.frames import RESPONSES

LSAT_PATTERNS = (
    *(3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15),
    *(10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28, 298),
)
"""Section 6 of the Law School Admission Test: how many of 1,000 people gave each pattern 00000, 00001, … 11111 of right answers
(Bock & Lieberman 1970, Psychometrika 35, 179–197; in R as ltm::LSAT)."""


def lsat() -> np.ndarray:
    """1,000 people × 5 items."""
    rows = [[pattern >> (4 - item) & 1 for item in range(5)] for pattern in range(32)]
    return np.repeat(np.array(rows, dtype=float), LSAT_PATTERNS, axis=0)


def table(fractions: Any, *, most: Any = 1.0, **changes: Any) -> pd.DataFrame:
    """Rows of frames.RESPONSES for people × items of fractions; None or NaN waits. most: one for all, or one an item."""
    scores = np.asarray(fractions, dtype=float)
    person, item = (place.ravel() for place in np.indices(scores.shape))
    points = np.broadcast_to(np.asarray(most, dtype=float), (scores.shape[1],))
    rows = pd.DataFrame(
        {
            "person_code": [f"p{place:05d}" for place in person],
            "form": "exam",
            "attempt_number": 1,
            "item_id": [f"i{place:03d}" for place in item],
            "item_version": "v1",
            "at": "2026-03-02T02:00:00+00:00",
            "is_blank": False,
            "fraction": scores.ravel(),
            "response_class": np.where(scores.ravel() == 1, "a", "b"),
            "most": points[item],
            "section": None,
        }
    )
    return rows.assign(**changes)[list(RESPONSES)]


def row(person: str, item: str, fraction: float | None, **changes: Any) -> dict[str, Any]:
    """One response."""
    return {
        "person_code": person,
        "form": "exam",
        "attempt_number": 1,
        "item_id": item,
        "item_version": "v1",
        "at": "2026-03-02T02:00:00+00:00",
        "is_blank": False,
        "fraction": fraction,
        "response_class": "a" if fraction == 1 else "b",
        "most": 1.0,
        "section": None,
    } | changes


def simulated(people: int, slopes: np.ndarray, difficulties: np.ndarray, seed: int) -> np.ndarray:
    """Right answers (people × items) of a standard normal crowd under the 2PL."""
    chance = np.random.default_rng(seed)
    ability = chance.normal(size=(people, 1))
    return (chance.random((people, len(slopes))) < 1 / (1 + np.exp(-slopes * (ability - difficulties)))).astype(float)
