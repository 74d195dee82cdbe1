"""The handbook to leaf through and to search. Must not know how a search is done: what was found arrives as ids."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import traitlets as t

from cps_training.views._citing import Citing

LONGEST_QUERY = 100

OnSearch = Callable[[str], dict[str, Any]]


class HandbookView(Citing):
    """Sections with their clauses, and the glossary; one search box over both. `on_search` gives `found` for a text.

    context: [{id, title, summary, notes}] before everything; sections: [{id, title, page, count, context,
    clauses: [{id, label, number, title, is_heading}]}]; terms: [{id, th, en, note, tag: {text, kind} | None, see: [{id,
    label, title}]}]. found: None, or {text, clauses: [ids], terms: [ids], say}; it answers the search for `text`.
    is_below: another widget holds the page's heading. labels: search, hint, clauses, glossary, notes, see, searching, failed.
    """

    stem: ClassVar[str] = "handbook_view"

    title = t.Unicode().tag(sync=True)
    intro = t.Unicode().tag(sync=True)
    is_below = t.Bool(False).tag(sync=True)
    context = t.List().tag(sync=True)
    sections = t.List().tag(sync=True)
    terms = t.List().tag(sync=True)
    found = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    labels = t.Dict().tag(sync=True)

    def __init__(self, *, on_search: OnSearch | None = None, **state: Any) -> None:
        self._on_search = on_search
        super().__init__(**state)

    def _receive(self, message: Mapping[str, Any]) -> bool:
        if message.get("kind") != "search":
            return super()._receive(message)
        text = message.get("text")
        if set(message) != {"kind", "text"} or not isinstance(text, str) or len(text) > LONGEST_QUERY:
            return False
        self.found = None  # the same search twice must be answered twice
        if self._on_search is not None:
            self.found = {**self._on_search(text), "text": text}
        return True
