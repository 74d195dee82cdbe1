"""The tables of a case: chosen and sorted in the browser, rows attached as evidence. Must not know what a figure means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import traitlets as t

from cps_training.views._saving import REFERENCE, Saving, Shape, is_flag
from cps_training.views.assets import css_of


class CaseTables(Saving):
    """All tables at once. Saves `mark` {reference, on} for a row that stands in a table.

    tables: [{id, title, note, columns: [{name, label (content), is_number}], rows: [{key, cells: [str] (content), sort: [float |
    str | None], reference: str | None, is_total, is_marked}], total: [str] | None}]. A cell and its `sort` stand under their
    column; the first names the row. Rows that are totals stay below the others however these are sorted, `total` at the end.
    current: id of the table shown first.
    labels: choose, attach, attached, hint, sort (“เรียงตาม {column}”), ascending, descending, original, empty (a table without rows), and those of
    Saving.
    """

    stem: ClassVar[str] = "case_tables"
    shared: ClassVar[tuple[str, ...]] = ("_dom", "_clause", "_saving", "_attach")
    saves: ClassVar[Mapping[str, Shape]] = {"mark": {"reference": REFERENCE, "on": is_flag}}

    tables = t.List().tag(sync=True)
    current = t.Unicode().tag(sync=True)

    @t.default("_css")
    def _css_with_parts(self) -> str:
        return css_of(self.stem, "_clause", "_attach")

    def _offers(self, kind: str, detail: Mapping[str, Any]) -> bool:  # noqa: ARG002  (there is one kind)
        return any(row.get("reference") == detail["reference"] for table in self.tables for row in table["rows"])
