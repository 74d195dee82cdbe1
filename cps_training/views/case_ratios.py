"""The ratios of a case by dimension: a small chart each, its formula on request. Must not know how one is computed or what is good."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import traitlets as t

from cps_training.views._saving import REFERENCE, Saving, Shape, is_flag
from cps_training.views.assets import css_of


class CaseRatios(Saving):
    """Small charts in groups. Saves `mark` {reference, on} for a ratio that is shown.

    groups: [{title, ratios: [{name, title, unit, points: [{year: str, value: float | None, text}], formula, definition, warning,
    reference: str | None, is_marked}]}]. definition and warning may be empty. No verdict stands in a chart or its colour.
    note: what limits shown here are, for example that they were made for training.
    labels: attach, attached, more (what opens the formula), formula, definition, warning, year, value, and those of Saving.
    """

    stem: ClassVar[str] = "case_ratios"
    shared: ClassVar[tuple[str, ...]] = ("_dom", "_clause", "_small_chart", "_saving", "_attach")
    saves: ClassVar[Mapping[str, Shape]] = {"mark": {"reference": REFERENCE, "on": is_flag}}

    groups = t.List().tag(sync=True)
    note = t.Unicode().tag(sync=True)

    @t.default("_css")
    def _css_with_parts(self) -> str:
        return css_of(self.stem, "_clause", "_small_chart", "_attach")

    def _offers(self, kind: str, detail: Mapping[str, Any]) -> bool:  # noqa: ARG002  (there is one kind)
        return any(ratio.get("reference") == detail["reference"] for group in self.groups for ratio in group["ratios"])
