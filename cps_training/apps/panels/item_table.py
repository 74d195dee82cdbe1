"""Panel: which items and clauses need attention, how far the forms can be relied on, and what people gained."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cps_training.apps.panels import item_words as words
from cps_training.apps.panels.item_figures import Figures, figures
from cps_training.apps.session import Session

Row = dict[str, Any]


class ItemPanel:
    """Items with facility, discrimination and distractors; forms with reliability; pairs of parallel forms with gain."""

    id = "items"
    needs = ("responses", "item_facts", "form_facts")

    def compute(self, rows: Mapping[str, list[Row]]) -> Figures:
        """rows: the desk's frames by name."""
        return figures(rows)

    def render(self, session: Session, computed: Figures) -> dict[str, Any]:
        """Traits of an ItemTable."""
        return words.traits(session, computed)
