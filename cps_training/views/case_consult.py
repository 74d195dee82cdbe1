"""Asking the academic groups about a case: each question is put to one group at a time. Must not know which group is right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import traitlets as t

from cps_training.views._saving import CATALOGUE_ID, Saving, Shape


class CaseConsult(Saving):
    """questions: [{id, question, groups: [{id, label}], asked: [{group, label, is_right, answer}] in the order they were asked, is_done,
    clauses: [{id, label, title}] once done}]. A group that was asked is asked no more; a question that is done is closed.
    labels: those of Saving, ask (the legend), send, choose_first, right, elsewhere, clauses, empty, progress "… {n} … {total}".
    Saves: consult {question, group}.
    """

    stem: ClassVar[str] = "case_consult"
    saves: ClassVar[Mapping[str, Shape]] = {"consult": {"question": CATALOGUE_ID, "group": CATALOGUE_ID}}

    heading = t.Unicode().tag(sync=True)
    intro = t.Unicode().tag(sync=True)
    questions = t.List().tag(sync=True)

    def _offers(self, kind: str, detail: Mapping[str, Any]) -> bool:  # noqa: ARG002
        found = next((one for one in self.questions if one["id"] == detail["question"]), None)
        if found is None or found["is_done"]:
            return False
        asked = {one["group"] for one in found["asked"]}
        return detail["group"] in {one["id"] for one in found["groups"]} - asked
