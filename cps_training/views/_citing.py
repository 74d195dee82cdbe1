"""What widgets share that cite clauses: a pressed citation asks for its card and gets it. Must not know the handbook.

The browser draws with `static/_clause.js`; whatever it does not hold yet it asks for with {"kind": "clause", "id"}.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import traitlets as t

from cps_training.views._view import View
from cps_training.views.assets import STATIC, css_of

OnClause = Callable[[str], dict[str, Any] | None]
MOST_SEEN = 20
"""How many clauses' standings a widget keeps for the browser: the last ones asked for."""

_CLAUSE_ID = re.compile(r"[a-z]{1,20}(?:\.[0-9]{1,3}){1,3}")


def clause_css() -> str:
    """The CSS that belongs to `static/_clause.js`."""
    return (STATIC / "_clause.css").read_text(encoding="utf-8")


class Citing(View):
    """A widget with citations. `on_clause` gives the card of a clause id, None for an unknown one; `on_seen` how the reader stands.

    clause_cards: {id: card} asked for so far. A card: {id, label, title, other: {text, lang} | None, kind_note, summary,
    objective, level, facts: [{text, note, tag: {text, kind}}], related: [{id, label, title}], lessons: [{label, href}],
    notes: [str], page, href}; or {failed: text} where it could not be had. Only the first three and summary are needed.
    clause_seen: {id: {text, tag: {text, kind} | None, due, action: {label, href} | None}}, asked anew whenever a clause opens, without
    text where there is nothing to say; a card may hold the same as `seen`.
    clause_labels: objective, facts, lessons, related, notes, seen, practise, close, back, opening, missing, failed, retry,
    open_page. Without `seen` among them nobody's standing is asked for.
    """

    shared: ClassVar[tuple[str, ...]] = ("_dom", "_clause")

    clause_cards = t.Dict().tag(sync=True)
    clause_seen = t.Dict().tag(sync=True)
    clause_labels = t.Dict().tag(sync=True)

    def __init__(self, *, on_clause: OnClause | None = None, on_seen: OnClause | None = None, **state: Any) -> None:
        self._on_clause, self._on_seen, self._asked = on_clause, on_seen, 0
        super().__init__(**state)

    @t.default("_css")
    def _css_with_clauses(self) -> str:
        return css_of(self.stem, "_clause")

    def _receive(self, message: Mapping[str, Any]) -> bool:
        if message.get("kind") not in ("clause", "seen"):
            return super()._receive(message)
        clause_id = message.get("id")
        if set(message) != {"kind", "id"} or not isinstance(clause_id, str) or not _CLAUSE_ID.fullmatch(clause_id):
            return False
        if message["kind"] == "seen":
            self._asked += 1  # makes every answer a new one: the same standing twice must be heard twice
            seen = (self._on_seen(clause_id) if self._on_seen else None) or {}
            kept = [(name, one) for name, one in self.clause_seen.items() if name != clause_id][1 - MOST_SEEN :]
            self.clause_seen = dict([*kept, (clause_id, {**seen, "asked": self._asked})])
            return True
        # What failed or is unknown is not kept: asking again must travel, and made-up ids must not pile up.
        self.clause_cards = {name: card for name, card in self.clause_cards.items() if card and "failed" not in card}
        card = self._on_clause(clause_id) if self._on_clause else None
        self.clause_cards = {**self.clause_cards, clause_id: card}
        return True
