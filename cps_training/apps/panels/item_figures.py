"""What the page of item statistics computes: every figure with the rows it was made from. Rows of the desk in; knows no words.

Figures of items, forms and pairs come from analytics; here they are only grouped another way, so that a number can be opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from cps_training.analytics.firsts import Firsts, first_responses
from cps_training.analytics.frames import RESPONSES, frame
from cps_training.analytics.gain import gains, hedges_g, normalised_gain, paired_scores
from cps_training.analytics.item_analysis import ItemAnalysis, item_analysis
from cps_training.analytics.withheld import MIN_CLASS, MIN_CORRELATION, MIN_FACILITY

Row = dict[str, Any]
Pair = tuple[str, str]

HARD = 0.5
"""Below this share of the points an item is hard, and so is a clause: most people had to be told."""
EASY = 0.95
"""From here on an item tells nobody from anybody."""
WEAK = 0.2
"""A discrimination below this is poor (Ebel & Frisbie 1991, Essentials of Educational Measurement, ch. 13)."""

ATTENTION = ("negative", "chance", "hard", "weak", "easy", "", "few")
"""What may be said of an item, what needs attention first first; "few": not enough people."""


@dataclass(frozen=True)
class Group:
    """n responses and the share of the points they earned (NaN where n is too small)."""

    name: str
    n: int
    facility: float


@dataclass(frozen=True)
class ClauseFigure:
    """A clause over all responses to the items that cite it. n_people: different people among them."""

    clause: Row
    facility: float
    n: int
    n_people: int
    items: tuple[Pair, ...]


@dataclass(frozen=True)
class PairFigure:
    """Two parallel forms. gain, effect: as analytics.gain gives them; people: pre, post, gain a person, without names."""

    pre: str
    post: str
    gain: pd.Series
    effect: pd.Series
    people: pd.DataFrame


@dataclass(frozen=True)
class Figures:
    """facts, forms: the desk's rows by item version and by form. analysis: None while there is no response."""

    facts: Mapping[Pair, Row]
    forms: Mapping[str, Row]
    firsts: Firsts | None
    analysis: ItemAnalysis | None
    pairs: tuple[PairFigure, ...] = ()
    clauses: tuple[ClauseFigure, ...] = ()
    by_form: Mapping[Pair, tuple[Group, ...]] = field(default_factory=dict)

    @cached_property
    def rows(self) -> dict[Pair, Row]:
        """The row of ItemAnalysis.items an item version."""
        return {} if self.analysis is None else _records(self.analysis.items)

    @cached_property
    def answers(self) -> dict[Pair, list[Row]]:
        """The rows of analytics.distractors an item version, most chosen first."""
        found: dict[Pair, list[Row]] = {}
        if self.analysis is not None:
            table: Any = self.analysis.distractors.reset_index()
            for row in table.to_dict("records"):
                found.setdefault((row["item_id"], row["item_version"]), []).append(row)
        return found

    @cached_property
    def items(self) -> list[Pair]:
        """Scored item versions, what needs attention first; of the same kind the harder ones, then by number of people."""
        shown = [pair for pair in self.rows if self.facts[pair]["is_scored"]]

        def worry(pair: Pair) -> tuple[int, float, int, Pair]:
            facility = float(self.rows[pair]["facility"])
            rank = ATTENTION.index(self.attention(pair))
            return (rank, 2.0 if np.isnan(facility) else facility, -int(self.rows[pair]["n"]), pair)

        return sorted(shown, key=worry)

    def attention(self, pair: Pair) -> str:
        """A word of ATTENTION. Every comparison with NaN is false: what is withheld raises no alarm."""
        row = self.rows[pair]
        if np.isnan(row["facility"]):
            return "few"
        if row["discrimination"] < 0:
            return "negative"
        if self.facts[pair]["guess"] > 0 and row["above_guess"] <= 0:
            return "chance"
        if row["facility"] < HARD:
            return "hard"
        if row["discrimination"] < WEAK:
            return "weak"
        return "easy" if row["facility"] >= EASY else ""

    def by_strength(self, pair: Pair) -> tuple[Group, ...]:
        """Three groups by the rest of their sitting ("low", "middle", "high"): what discrimination says, in heads.

        Who has the same rest is in the same group, so that the groups need not be of one size. Empty below MIN_CORRELATION.
        """
        assert self.firsts is not None
        place = self.firsts.items.get_loc(pair)
        own = (self.firsts.item == place) & self.firsts.is_scored & ~np.isnan(self.firsts.rest)
        rest, fraction = self.firsts.rest[own], self.firsts.fraction[own]
        if len(rest) < MIN_CORRELATION:
            return ()
        low, high = np.quantile(rest, [1 / 3, 2 / 3])
        parts = {"low": rest <= low, "middle": (rest > low) & (rest <= high), "high": rest > high}
        return tuple(
            Group(name, int(part.sum()), float(fraction[part].mean()) if part.sum() >= MIN_CLASS else float("nan"))
            for name, part in parts.items()
        )


def figures(rows: Mapping[str, list[Row]]) -> Figures:
    """rows: the desk's frames `responses`, `item_facts`, `form_facts`."""
    facts = {(row["item_id"], row["item_version"]): row for row in rows["item_facts"]}
    forms = {row["form"]: row for row in rows["form_facts"]}
    if not rows["responses"]:
        return Figures(facts, forms, None, None)
    responses = frame(rows["responses"], RESPONSES)
    firsts = first_responses(responses, practice=[name for name, row in forms.items() if row["is_practice"]])
    analysis = item_analysis(
        firsts,
        guesses={pair: row["guess"] for pair, row in facts.items()},
        choices={pair: row["choices"] for pair, row in facts.items() if row["choices"]},
    )
    return Figures(
        facts, forms, firsts, analysis, _pairs(responses, forms), _clauses(firsts, facts), _by_form(firsts, forms)
    )


def _records(table: Any) -> dict[Any, Row]:
    found: dict[Any, Row] = table.to_dict("index")
    return found


def _pairs(responses: pd.DataFrame, forms: Mapping[str, Row]) -> tuple[PairFigure, ...]:
    found = []
    for post, row in forms.items():
        pre = row["parallel_to"]
        if pre in forms:
            scores = paired_scores(responses, pre=pre, post=post)
            people = gains(scores).sort_values(["pre", "post"]).reset_index(drop=True)
            found.append(PairFigure(pre, post, normalised_gain(scores), hedges_g(scores), people))
    return tuple(found)


def _clauses(firsts: Firsts, facts: Mapping[Pair, Row]) -> tuple[ClauseFigure, ...]:
    """The hardest first; those with too few people last."""
    items = firsts.items.to_list()
    known: dict[str, Row] = {}
    citing: dict[str, list[int]] = {}
    for place, pair in enumerate(items):
        for clause in facts[pair]["clauses"] if facts[pair]["is_scored"] else ():
            known[clause["id"]] = clause
            citing.setdefault(clause["id"], []).append(place)
    found = []
    for clause_id, places in citing.items():
        own = np.isin(firsts.item, places) & firsts.is_scored
        n, n_people = int(own.sum()), len(np.unique(firsts.person[own]))
        facility = float(firsts.fraction[own].mean()) if n_people >= MIN_FACILITY else float("nan")
        found.append(ClauseFigure(known[clause_id], facility, n, n_people, tuple(items[place] for place in places)))
    return tuple(sorted(found, key=lambda one: (2.0 if np.isnan(one.facility) else one.facility, -one.n_people)))


def _by_form(firsts: Firsts, forms: Mapping[str, Row]) -> dict[Pair, tuple[Group, ...]]:
    """For each item version, the forms in which people met it first."""
    width = len(firsts.forms)
    cell = (firsts.item * width + firsts.form)[firsts.is_scored]
    size = len(firsts.items) * width
    n = np.bincount(cell, minlength=size).reshape(-1, width)
    points = np.bincount(cell, firsts.fraction[firsts.is_scored], size).reshape(-1, width)
    met = np.bincount(firsts.item * width + firsts.form, minlength=size).reshape(-1, width)
    return {
        pair: tuple(
            Group(
                name,
                int(n[place, at]),
                float(points[place, at] / n[place, at]) if n[place, at] >= MIN_FACILITY else float("nan"),
            )
            for at, name in enumerate(firsts.forms)
            if met[place, at] and name in forms
        )
        for place, pair in enumerate(firsts.items.to_list())
    }
