"""The stops of a course in their order, each with its links. Must not know lessons or quizzes: words and addresses arrive."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._view import View


class CoursePath(View):
    """Rows with a state and links.

    rows: [{id, title, note, state: done | begun | waiting, is_next, links: [{label, name, href, is_done}]}], name what a link is
    called without its row. states: {state: label}; labels: next, done; more: None or {label, href} below.
    """

    stem: ClassVar[str] = "course_path"

    title = t.Unicode().tag(sync=True)
    rows = t.List().tag(sync=True)
    states = t.Dict().tag(sync=True)
    labels = t.Dict().tag(sync=True)
    more = t.Dict(allow_none=True, default_value=None).tag(sync=True)
