"""Who changed what in a plan, newest first, and what two people wrote in one place. Must not know what a field means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import traitlets as t

from cps_training.views._saving import Saving, Shape

MOST_PICKS = 200


def _is_picks(value: object) -> bool:
    return (
        isinstance(value, Mapping)
        and 0 < len(value) <= MOST_PICKS
        and all(isinstance(field, str) and pick in ("mine", "theirs") for field, pick in value.items())
    )


class PlanHistory(Saving):
    """rows: [{id, who, when, what, lines: [{where, before, after}]}]; before and after: texts, None or "" where nothing stood there.
    more: {id, label} | None: the action that brings older ones.
    conflict: {text, rows: [{field, where, mine, theirs}]} | None: what somebody else has written meanwhile where one wrote oneself.
    labels: see static/plan_history.js.
    Saves: settle {picks: {field: "mine" | "theirs"}}, one for each row of the conflict.
    """

    stem: ClassVar[str] = "plan_history"
    shared: ClassVar[tuple[str, ...]] = ("_dom", "_clause", "_saving", "_word_changes")
    saves: ClassVar[Mapping[str, Shape]] = {"settle": {"picks": _is_picks}}

    heading = t.Unicode().tag(sync=True)
    intro = t.Unicode().tag(sync=True)
    rows = t.List().tag(sync=True)
    more = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    conflict = t.Dict(allow_none=True, default_value=None).tag(sync=True)

    def _offers(self, kind: str, detail: Mapping[str, Any]) -> bool:  # noqa: ARG002  (there is one kind)
        return self.conflict is not None and set(detail["picks"]) == {row["field"] for row in self.conflict["rows"]}
