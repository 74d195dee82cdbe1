"""Who stands where: person by lesson and quiz. Must not know what a lesson is or when somebody is stuck."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._view import View


class ProgressGrid(View):
    """Wide screens show a table with the names standing still, narrow ones a list of people; filtering is the browser's.

    grid: {heading, intro (rich), empty, empty_action, units: [{id, label}], columns: [{id, title (data), short, counts:
    [{id, text, people: [name]}]}], rows: [{id, name, code, unit, note: {text, kind} | None, detail, cells: [{text, state: done
    | part | none, detail}]}], rule: {title, rows: [{label, value}]}}. labels: name, unit, everything, who, count, overview.
    """

    stem: ClassVar[str] = "progress_grid"

    grid = t.Dict().tag(sync=True)
    labels = t.Dict().tag(sync=True)
