"""The cases there are, one card each, and how far one is with it. Must not know cases, keys or results: words arrive ready."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._view import View


class CaseList(View):
    """Cards of cases. An action with href is a link; one without sends its id.

    rows: [{id, letter, name (content), tag: tag | None, about (content), tasks, status: {text, kind}, action: {label, href | None, id, primary}}].
    A tag: {text, kind} or a text. `primary` may be left out; at most one row has it, the case to go on with.
    """

    stem: ClassVar[str] = "case_list"

    heading = t.Unicode().tag(sync=True)
    intro = t.Unicode().tag(sync=True)
    rows = t.List().tag(sync=True)
    note = t.Unicode().tag(sync=True)
