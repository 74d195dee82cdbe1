"""The papers of a case: a list, and the sheet one reads and marks lines of. Must not know what a line proves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import traitlets as t

from cps_training.views._saving import REFERENCE, Saving, Shape, is_flag
from cps_training.views.assets import css_of


class CasePapers(Saving):
    """Choosing a paper sends the action `paper:<id>`, going back to the list `paper:`. Saves `mark` {reference, on} for a line.

    papers: [{id, title (content), kind, date, issuer (content), tag: tag | None, n_marked, is_read}]; paper: {id, title, kind, date,
    issuer, reliability: {text, kind}, lines: [{key, reference: str | None, text (content), is_head, is_marked}], previous: id | None,
    next: id | None} | None. A line without reference cannot be marked. A tag: {text, kind} or a text.
    labels: list (heading), mark (how lines are marked), marked, unmark, count (“แนบแล้ว {n} บรรทัด”), read, unread, back, next,
    previous, choose (beside the list while no paper is open), issuer, and those of Saving.
    """

    stem: ClassVar[str] = "case_papers"
    shared: ClassVar[tuple[str, ...]] = ("_dom", "_clause", "_saving", "_attach")
    saves: ClassVar[Mapping[str, Shape]] = {"mark": {"reference": REFERENCE, "on": is_flag}}

    papers = t.List().tag(sync=True)
    paper = t.Dict(allow_none=True, default_value=None).tag(sync=True)

    def __init__(self, **state: Any) -> None:
        # Lines of papers that were open: one may still be marked while the next paper is on its way.
        self._shown: set[str] = set()
        super().__init__(**state)

    @t.default("_css")
    def _css_with_parts(self) -> str:
        return css_of(self.stem, "_clause", "_attach")

    @t.observe("paper")
    def _remember(self, change: Mapping[str, Any]) -> None:
        lines = (change["new"] or {}).get("lines", ())
        self._shown.update(line["reference"] for line in lines if line.get("reference"))

    def _offers(self, kind: str, detail: Mapping[str, Any]) -> bool:  # noqa: ARG002  (there is one kind)
        return detail["reference"] in self._shown
