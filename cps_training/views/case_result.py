"""What a submitted board is worth, beside the expert's way. Must not know how points are made: words and shares arrive ready."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._citing import Citing


class CaseResult(Citing):
    """verdict: {title, text, is_passed: True | False | None where nothing is decided}; score: {text, share: 0 to 1} | None; parts: [{label,
    text, share | None, note}]; critical: [{text}]; why_not: [str].
    comparison, in the expert's order: [{id, title, severity, rank, state: {text, kind: "" | due | bad}, why, expert: [{label, text}],
    mine: [{label, text, is_right | None}], evidence: [{reference, source, text, is_mine, is_expert}], clauses: [{id, label, title}]}];
    a row's `mine` may be empty. wrong: [{title, why}]; others: [{title, text}]; actions: [{label, href or id, primary}].
    labels: parts, critical, why_not, comparison, comparison_note, compare, expert, mine, nothing, evidence, no_evidence, both, only_mine,
    only_expert, clauses, wrong, others, right, not_right.
    """

    stem: ClassVar[str] = "case_result"

    heading = t.Unicode().tag(sync=True)
    verdict = t.Dict().tag(sync=True)
    score = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    parts = t.List().tag(sync=True)
    critical = t.List().tag(sync=True)
    why_not = t.List().tag(sync=True)
    comparison = t.List().tag(sync=True)
    wrong = t.List().tag(sync=True)
    others = t.List().tag(sync=True)
    actions = t.List().tag(sync=True)
    labels = t.Dict().tag(sync=True)
