"""The knowledge sessions that were held, each with its day and how many came. Must not know stores or how people are counted."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._view import FormView


class SessionBook(FormView):
    """A list, newest first, and the form for one more.

    book: {heading, intro, empty, add: form id, rows: [{id, title, day, facts: [text], open: {id, label}, forms: [form id]}],
    edit: label}. Actions: `open:<session id>` and whatever a row's `open` says.
    """

    stem: ClassVar[str] = "session_book"

    book = t.Dict().tag(sync=True)
