"""What was planned beside what was done, a row a visit: done, waiting, missing. Must not know how the two are compared."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._view import View


class PlanTable(View):
    """columns: [{name, label}]; rows: [{id, title, line, cells: {column name: {text, kind: done | wait | gap | none}}, gap (what is missing;
    None = nothing), action: {id, label, href | None} | None}]; an action with href is a link. summary: what it comes to. empty: what is said without rows.
    """

    stem: ClassVar[str] = "plan_table"

    heading = t.Unicode().tag(sync=True)
    intro = t.Unicode().tag(sync=True)
    columns = t.List().tag(sync=True)
    rows = t.List().tag(sync=True)
    summary = t.Unicode().tag(sync=True)
    empty = t.Unicode().tag(sync=True)
