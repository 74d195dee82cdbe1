"""The first look at a case: what is asked, what the cooperative is, its years in one picture. Must not know what a figure means."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._view import View
from cps_training.views.assets import css_of


class CaseProfile(View):
    """The task with the way to begin, small charts with their last value beside them, and two lists of facts.

    task: {title, text (content)} | None; start: {label, href | None, id} | None; facts, org: [{label, value}] (content);
    limits: [{label, value, note (content), tag: tag | None}];
    picture: {title, note, charts: [chart]} | None. A chart: {name, label (content), unit, points: [{year: str, value: float | None,
    text}]}, points in the order of time; text is the value as it is read.
    labels: facts, org, limits (headings), table (what opens the same figures as a table), figure (the heading of its first column).
    """

    stem: ClassVar[str] = "case_profile"
    shared: ClassVar[tuple[str, ...]] = ("_dom", "_small_chart")

    task = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    facts = t.List().tag(sync=True)
    org = t.List().tag(sync=True)
    limits = t.List().tag(sync=True)
    picture = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    start = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    labels = t.Dict().tag(sync=True)

    @t.default("_css")
    def _css_with_charts(self) -> str:
        return css_of(self.stem, "_small_chart")
