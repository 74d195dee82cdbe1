"""What to go over before a visit: the choice of it, or its sheet. Must not know cooperatives, mastery or documents: words arrive ready."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._citing import Citing


class VisitSheet(Citing):
    """The choice (choice set), or the sheet of one (sheet set): questions now, clauses by need, documents to tick off. Prints on one page.

    choice: {address, places: {label, empty, missing, chosen, options: [{value, label}]}, ways: {label, missing, chosen, options: [{value, label,
    note}]}, submit}. It is sent as an ordinary form to address (`?cooperative=…&method=…`); without one, as in JupyterLab, as the action
    `visit:<place>:<way>`.
    sheet: {name, tag, way, kind, note, now: {title, text, action: {label, href}} | None, clauses: {title, intro, because, more, rows: [{id, label, title,
    tag, why: [str], summary}]}, documents: {title, kept, clear, progress, rows: [{id, title, tag, when, why, clause: {id, label}}]}, store,
    links: {other: {label, href} | None, again: action | None, print}}. Clauses beyond the first few fold away under `more`. What is ticked
    stays in the browser, under store.
    """

    stem: ClassVar[str] = "visit_sheet"

    heading = t.Unicode().tag(sync=True)
    intro = t.Unicode().tag(sync=True)
    choice = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    sheet = t.Dict(allow_none=True, default_value=None).tag(sync=True)
