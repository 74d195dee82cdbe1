"""Who came to a session: everybody of the roster on that day, one row a person. Must not know stores or what counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import traitlets as t

from cps_training.views._view import FormView, Intent, is_send_id

KINDS = ("onsite", "online", "absent")
MOST_ROWS = 1000
LONGEST_MINUTES = 8


class AttendanceSheet(FormView):
    """Marks are made in the browser and sent together; only what changed is sent, as the intent "attendance" with
    {"rows": [{"id", "kind": onsite | online | absent, "minutes": text}]}, at most 1000 rows at once.

    sheet: {heading (data), subtitle, minutes (of the session, text), groups: [{id, title (data or interface), is_own, people:
    [{id, name, code, note, kind, minutes}]}], back: {id, label}, empty}. A group's people are in the order shown.
    labels: search, onsite, online, absent, minutes, all ("… {n}"), save, save_n ("… {n}"), unsaved ("… {n}"), leave, stay,
    nobody ("… {text}"), count ("… {n} … {online}"), and those of FormView.
    """

    stem: ClassVar[str] = "attendance_sheet"

    sheet = t.Dict().tag(sync=True)

    def _receive(self, message: Mapping[str, Any]) -> bool:
        if message.get("kind") != "intent":
            return super()._receive(message)
        if set(message) != {"kind", "id", "values", "send_id"} or message["id"] != "attendance":
            return False
        values = message["values"]
        if not is_send_id(message["send_id"]) or not isinstance(values, Mapping) or set(values) != {"rows"}:
            return False
        rows = values["rows"]
        listed = {one["id"] for group in self.sheet.get("groups", ()) for one in group["people"]}
        if not isinstance(rows, list) or not 0 < len(rows) <= MOST_ROWS:
            return False
        if not all(_is_row(row, listed) for row in rows) or len({row["id"] for row in rows}) < len(rows):
            return False
        self.act(Intent("attendance", {"rows": [dict(row) for row in rows]}, message["send_id"]))
        return True


def _is_row(row: object, listed: set[str]) -> bool:
    if not isinstance(row, Mapping) or set(row) != {"id", "kind", "minutes"}:
        return False
    minutes = row["minutes"]
    return (
        isinstance(row["id"], str)
        and row["id"] in listed
        and row["kind"] in KINDS
        and isinstance(minutes, str)
        and len(minutes) <= LONGEST_MINUTES
    )
