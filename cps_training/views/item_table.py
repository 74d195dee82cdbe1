"""Statistics of items, clauses and forms: figures that open their rows and their rule. Must not know how any of them is computed."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._citing import Citing


class ItemTable(Citing):
    """Sections of entries; an entry's line shows its figures, opening it shows each with its rows. Filtering is the browser's.

    table: {heading, intro (rich), empty, empty_action {label, href}, sections: [{id, title, intro, filters: [{id, label: a name of
    labels, options: [{id, label (data)}]}] or absent, entries: [{id, title (data), by: [data], cited: [{id, label, title}] or absent, tag {text, kind} | None, old,
    cells: [{label, text, note, is_few}], figures: [{id, label, text, rule, columns, rows}], forms: [id], clauses: [id]}]}],
    rules: {rule: rich}, rule: {title, rows: [{label, value}]}}. A filter looks for its choice in the entry's list of the filter's id.
    labels: form, clause, everything, count, none, more, rule. No sections shows heading and `empty`. Cells of rows are rich text.
    """

    stem: ClassVar[str] = "item_table"
    shared: ClassVar[tuple[str, ...]] = ("_dom", "_form", "_clause")

    table = t.Dict().tag(sync=True)
    labels = t.Dict().tag(sync=True)
