"""What a plan is worth: what the rules found, the number after it, and the rubric for what rules cannot see.

Must not know how points are counted, nor what a level means.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import traitlets as t

from cps_training.views._saving import CATALOGUE_ID, Saving, Shape
from cps_training.views.assets import css_of

MOST_CRITERIA = 20


def _is_levels(value: object) -> bool:
    return (
        isinstance(value, Mapping)
        and 0 < len(value) <= MOST_CRITERIA
        and all(CATALOGUE_ID(name) and type(level) is int for name, level in value.items())
    )


class PlanScore(Saving):
    """findings: [finding, see PlanGate], first to be mended first. score: {text, line} | None. skipped: [{rule: a title, text: why}].
    criteria: [{id, title (content), levels: [{n, text (content)}], self: n | None, trainer: n | None}]. rates: whose levels can be
    chosen here, "self" | "trainer" | "" (both are only looked at).
    labels: those of Saving, findings, none, why, go, reason, skipped "… {n}",
    criteria, criteria_intro, self, trainer, not_yet, level "… {n}", rate, rated "… {n} … {total}", rate_first.
    Saves: rate {levels: {criterion: n}}, as many as were chosen.
    """

    stem: ClassVar[str] = "plan_score"
    shared: ClassVar[tuple[str, ...]] = ("_dom", "_clause", "_saving", "_plan_finding")
    saves: ClassVar[Mapping[str, Shape]] = {"rate": {"levels": _is_levels}}

    heading = t.Unicode().tag(sync=True)
    intro = t.Unicode().tag(sync=True)
    findings = t.List().tag(sync=True)
    score = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    skipped = t.List().tag(sync=True)
    criteria = t.List().tag(sync=True)
    rates = t.Enum(("self", "trainer", ""), "").tag(sync=True)

    @t.default("_css")
    def _css_with_parts(self) -> str:
        return css_of(self.stem, "_clause", "_plan_finding")

    def _offers(self, kind: str, detail: Mapping[str, Any]) -> bool:  # noqa: ARG002  (there is one kind)
        levels = {one["id"]: {level["n"] for level in one["levels"]} for one in self.criteria}
        return self.rates != "" and all(level in levels.get(name, ()) for name, level in detail["levels"].items())
