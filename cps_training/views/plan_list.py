"""The plans one writes, one card each, and the ways to begin another. Must not know plans or gates: words arrive ready."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._view import FormView


class PlanList(FormView):
    """rows: [{id, title (content), about (content), status: {text, kind} or a list of them, action: {label, href | None, id, primary}}]. An action
    with href is a link; one without sends its id. empty: said where there are no rows. note: below them.
    forms: ways to begin, each behind its title in their order, below the heading labels.begin; the first is open where there is no row.
    labels: those of FormView, begin.
    """

    stem: ClassVar[str] = "plan_list"

    heading = t.Unicode().tag(sync=True)
    intro = t.Unicode().tag(sync=True)
    rows = t.List().tag(sync=True)
    empty = t.Unicode().tag(sync=True)
    note = t.Unicode().tag(sync=True)
