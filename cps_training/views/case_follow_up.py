"""What became of a case later: decision by decision, each with its outcome. Must not know what a decision leads to before it is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import traitlets as t

from cps_training.views._saving import CATALOGUE_ID, Saving, Shape


class CaseFollowUp(Saving):
    """past: decisions made, oldest first: [{question, chosen, verdict: {text, kind}, why, text, figures: [{label, before, after}],
    paper: {title, kind, date, lines: [str]} | None, clauses: [{id, label, title}]}]; now: {id, question, branches: [{id, label}]} |
    None; end: what is said when nothing is left to decide; actions then: [{id, label, href, primary}].
    labels: those of Saving, figures, figure, before, after, chosen, expert, paper, clauses, choose (the legend), send, choose_first, step "… {n}".
    Saves: choose {fork, branch}.
    """

    stem: ClassVar[str] = "case_follow_up"
    saves: ClassVar[Mapping[str, Shape]] = {"choose": {"fork": CATALOGUE_ID, "branch": CATALOGUE_ID}}

    heading = t.Unicode().tag(sync=True)
    date = t.Unicode().tag(sync=True)
    intro = t.Unicode().tag(sync=True)
    past = t.List().tag(sync=True)
    now = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    end = t.Unicode().tag(sync=True)
    actions = t.List().tag(sync=True)

    def _offers(self, kind: str, detail: Mapping[str, Any]) -> bool:  # noqa: ARG002
        if self.now is None or detail["fork"] != self.now["id"]:
            return False
        return detail["branch"] in {branch["id"] for branch in self.now["branches"]}
