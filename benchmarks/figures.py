"""Percentiles, ratios, and what each figure is to reach. Pure; knows no server and no clock.

Ratios are kit / stock. A megabyte here is 1024 × 1024 bytes, as the kernel of Linux counts; a kilobyte of transfer is 1000 bytes.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One figure of the table: at most `reach` is wanted. prototype: what the prototype measured."""

    name: str
    label: str
    unit: str
    reach: float
    prototype: float | None = None


FIGURES = (
    Figure("first_question_ratio", "first question answerable in Chromium, cold browser", "of stock", 0.25, 0.40),
    Figure("first_visit_kb", "bytes of a first visit, with font and code", "kB", 80),
    Figure("first_visit_requests", "requests of a first visit", "requests", 8),
    Figure("second_visit_kb", "bytes of a second visit", "kB", 10),
    Figure("answer_to_feedback_ms", "answer → durable → feedback, one learner, p50 in the browser", "ms", 10, 10),
    Figure(
        "cpu_page_ratio", "processor seconds of opening and leaving a page, kernel and server", "of stock", 0.10, 0.14
    ),
    Figure(
        "cpu_visit_ratio", "the same with ten answers, which the kit stores and stock does not", "of stock", 0.10, 0.14
    ),
    Figure("memory_a_learner_ratio", "PSS a learner under load", "of stock", 0.30, 0.36),
    Figure("memory_a_learner_mb", "PSS a learner under load", "MB", 12, 14),
    Figure("open_100_ratio", "100 learners open at once until all can answer", "of stock", 0.10, 0.14),
    Figure("open_300_s", "300 learners open at once until all can answer", "s", 12, 22),
    Figure("open_300_gb", "PSS of the whole kit with 300 learners", "GB", 3.8, 4.4),
    Figure("open_300_failed", "of 300 learners who open at once, failed", "learners", 0, 0),
    Figure("same_second_300_ms", "all 300 answer at once: durable and acknowledged, p99", "ms", 700, 849),
    Figure("beside_300_s", "first question in a browser beside 300 learners", "s", 3),
    Figure("answers_wrong_in_store", "acknowledged answers that are not in the store exactly once", "answers", 0),
    Figure("soak_leaks", "what grew or was left over in the long run", "findings", 0),
)


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that at least `share` (0 … 1) of the values do not exceed: always one that was measured.

    Raises ValueError without values or for another share.
    """
    ordered = sorted(values)
    if not ordered:
        raise ValueError("no values: nothing was measured")
    if not 0 <= share <= 1:
        raise ValueError(f"share {share}: must lie between 0 and 1")
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def spread(values: Sequence[float], *, unit: float = 1.0, digits: int = 1) -> dict[str, float] | None:
    """n, p50, p99 and the largest of values given in seconds, in `unit`ths of them (1000: milliseconds); None without any."""
    if not values:
        return None
    told = {"p50": percentile(values, 0.5), "p99": percentile(values, 0.99), "max": max(values)}
    return {"n": len(values)} | {name: round(value * unit, digits) for name, value in told.items()}


def median(values: Iterable[float | None]) -> float | None:
    """The median of what was measured; None without any."""
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None


def ratio(kit: Sequence[float], stock: Sequence[float]) -> float | None:
    """The median of kit / stock over the alternating pairs; None without a pair. A stock of 0 counts for nothing."""
    return median(ours / theirs for ours, theirs in zip(kit, stock, strict=False) if theirs)


def growth_an_hour(samples: Sequence[tuple[float, float]]) -> float:
    """By how much a value grows an hour: least squares over (second, value); 0 with fewer than two instants."""
    if len({at for at, _ in samples}) < 2:
        return 0.0
    return statistics.linear_regression([at for at, _ in samples], [value for _, value in samples]).slope * 3600


def grew(samples: Sequence[tuple[float, float]], *, share: float, least: float) -> bool:
    """Whether the last fifth lies above the first fifth by more than `share` of it and by more than `least` (medians)."""
    if len(samples) < 5:
        return False
    fifth = len(samples) // 5
    before = statistics.median(value for _, value in samples[:fifth])
    after = statistics.median(value for _, value in samples[-fifth:])
    return after - before > max(least, share * before)


def table(measured: Mapping[str, float | None]) -> list[dict[str, Any]]:
    """Every figure with its value, what it is to reach, and whether it does; without a value `reached` is None.

    Raises KeyError for a name that is no figure.
    """
    if unknown := set(measured) - {figure.name for figure in FIGURES}:
        raise KeyError(f"no figure {sorted(unknown)[0]!r}")
    rows = []
    for figure in FIGURES:
        value = measured.get(figure.name)
        rows.append(asdict(figure) | {"value": value, "reached": None if value is None else value <= figure.reach})
    return rows
