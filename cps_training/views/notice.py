"""A message or an empty state. Must not know why it is shown."""

from __future__ import annotations

from typing import Any, ClassVar

import traitlets as t

from cps_training.views._view import View


class Notice(View):
    """One card with a few words. kind: plain (an empty state), good, due or bad (the last two are read out at once).

    action: None, or {label, href}: the one way on. Only http(s) and relative addresses become links.
    """

    stem: ClassVar[str] = "notice"

    text = t.Unicode().tag(sync=True)
    kind = t.Enum(("plain", "good", "due", "bad"), default_value="plain").tag(sync=True)
    action = t.Dict(allow_none=True, default_value=None).tag(sync=True)

    def __init__(self, text: str = "", kind: str = "plain", **state: Any) -> None:
        super().__init__(text=text, kind=kind, **state)
