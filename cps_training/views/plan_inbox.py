"""The inbox of who decides: each request or report whole, with its findings and the officer's reasons; allowed or returned.

Must not know who may decide, nor rules: what waits arrives ready, a decision goes out as a Save.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import traitlets as t

from cps_training.views._saving import Saving, Shape, is_text
from cps_training.views.assets import css_of

LONGEST_COMMENT = 1000
LONGEST_ORDER = 200


class PlanInbox(Saving):
    """rows: [{id, title, line (content), gate: what it is in words, gate_kind: request | report, asked, late: text | "", officer (content),
    parts: [{label, value} | {label, values: [text]}], findings: [finding, see PlanGate], reasons: [{where, text}]}].
    With the label `order`, whoever decides acts for another and names the order that says so: both decisions need it.
    labels: those of Saving, count "… {n}", officer, findings, no_findings, reasons, why, go, reason, comment, comment_hint,
    yes_request, yes_report, no (the two buttons), ask_yes_request, ask_yes_report, ask_no (each asked once), ask_yes_label, ask_no_label
    (what does it), ask_back, need_comment, order, order_hint, need_order.
    Saves: decide {id, decision: yes | no, comment, order}.
    """

    stem: ClassVar[str] = "plan_inbox"
    shared: ClassVar[tuple[str, ...]] = ("_dom", "_clause", "_saving", "_plan_finding", "_plan_ask")
    saves: ClassVar[Mapping[str, Shape]] = {
        "decide": {
            "id": is_text(200),
            "decision": lambda value: value in ("yes", "no"),
            "comment": is_text(LONGEST_COMMENT),
            "order": is_text(LONGEST_ORDER),
        }
    }

    heading = t.Unicode().tag(sync=True)
    intro = t.Unicode().tag(sync=True)
    rows = t.List().tag(sync=True)
    empty = t.Unicode().tag(sync=True)

    @t.default("_css")
    def _css_with_parts(self) -> str:
        return css_of(self.stem, "_clause", "_plan_finding")

    def _offers(self, kind: str, detail: Mapping[str, Any]) -> bool:  # noqa: ARG002  (there is one kind)
        if detail["decision"] == "no" and not detail["comment"].strip():
            return False
        if self.labels.get("order") and not detail["order"].strip():
            return False
        return any(row["id"] == detail["id"] for row in self.rows)
