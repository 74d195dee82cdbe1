"""The top of the home page. Must not know how the next step is chosen."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._view import View


class NextStep(View):
    """A greeting, the one next step, and quieter cards beside it.

    step: {title, heading, detail, action: {label, href}} or None; cards: [{title, text, tag, action: {label, href}}].
    greeting, heading, detail, title and text of a card may be a string or a list of strings and {own: text}, data being own.
    Only http(s) and relative addresses become links.
    """

    stem: ClassVar[str] = "next_step"

    greeting = t.Union([t.Unicode(), t.List()], default_value="").tag(sync=True)
    summary = t.Unicode().tag(sync=True)
    step = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    cards = t.List().tag(sync=True)
