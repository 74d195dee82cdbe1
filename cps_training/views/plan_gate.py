"""A gate of a plan, for its officer: which visits to send, what each must mend first, why a warning stands, what was decided.

Must not know rules, days or who may decide: what can be sent and what is wrong arrives ready, what is done goes out as a Save.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import traitlets as t

from cps_training.views._saving import Saving, Shape, distinct, is_text
from cps_training.views.assets import css_of

LONGEST_REASON = 500
MOST_VISITS = 100

_ID = is_text(200)


class PlanGate(Saving):
    """visits: [{id, title, line (content), state: {text, kind}, can: "send" | "", note, errors: [finding], warnings: [finding], history:
    [{when, who, what, comment}], newest first}].
    A finding: {id, field, severity: error | warning | hint, sign, text, clause: {id, label, title} | None, why, place, reason: str |
    None, go: action id | ""}. Where reason is a text and the visit can be sent, a field for it stands under the warning.
    submit: {label, note, confirm: {text, yes, no} | None} | None: nothing is sent here. downloads: [{id, label, note}].
    labels: those of Saving, chosen "… {n} … {total}", choose_first, choose_all, errors, warnings, warnings_sent (of a visit that cannot be sent, else warnings), why, go, reason, reason_label,
    reason_hint, retry (what sends a reason again), history, earlier "… {n}", comment, downloads, empty.
    Saves: send {visits: [ids]}, reason {finding: id, text}; "" takes the reason away. Actions: what `go` says, download:<id>.
    """

    stem: ClassVar[str] = "plan_gate"
    shared: ClassVar[tuple[str, ...]] = ("_dom", "_clause", "_saving", "_plan_finding", "_plan_ask")
    saves: ClassVar[Mapping[str, Shape]] = {
        "send": {"visits": distinct(_ID, MOST_VISITS)},
        "reason": {"finding": _ID, "text": is_text(LONGEST_REASON)},
    }

    heading = t.Unicode().tag(sync=True)
    intro = t.Unicode().tag(sync=True)
    visits = t.List().tag(sync=True)
    submit = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    downloads = t.List().tag(sync=True)

    @t.default("_css")
    def _css_with_parts(self) -> str:
        return css_of(self.stem, "_clause", "_plan_finding")

    def _offers(self, kind: str, detail: Mapping[str, Any]) -> bool:
        if kind == "reason":
            return any(
                one["id"] == detail["finding"] and one["reason"] is not None
                for visit in self.visits
                if visit["can"] == "send"
                for one in visit["warnings"]
            )
        can = {visit["id"] for visit in self.visits if visit["can"] == "send"}
        return self.submit is not None and detail["visits"] != [] and can.issuperset(detail["visits"])
