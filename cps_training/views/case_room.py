"""The head of a case: whose papers these are, and the steps through them. Must not know what a step holds."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._view import View


class CaseRoom(View):
    """A name, a line about it and numbered steps; pressing one sends the action `tab:<id>`.

    tag: {text, kind} or a text; back: {label, href} | None; tabs: [{id, label, badge: str}]; current: id of the step one is in.
    labels: tabs (the name of the row of steps), case (“กรณีศึกษา {letter}”; without it the letter stands alone).
    """

    stem: ClassVar[str] = "case_room"

    letter = t.Unicode().tag(sync=True)
    name = t.Unicode().tag(sync=True)
    tag = t.Any(None).tag(sync=True)
    line = t.Unicode().tag(sync=True)
    back = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    tabs = t.List().tag(sync=True)
    current = t.Unicode().tag(sync=True)
    labels = t.Dict().tag(sync=True)
