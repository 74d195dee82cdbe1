"""One learner's record on one sheet. Must not know progress or attempts: counts and words arrive ready."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._citing import Citing


class RecordCard(Citing):
    """Who, how far over the handbook, which lessons, which quizzes; made to be printed.

    who: {name, facts: [{label, text, is_own}]}. clauses: {title, summary, rule {title, text}, sections: [{id, title, counts,
    n: {mastered, in_progress, not_started}, details, lists: [{label, cited: [{id, label, title}]}]}]}. blocks: [{id, title, empty, rows: [{title,
    facts: [str], tag: {text, kind} | None}]}]. empty: "" or words for somebody without any answer yet, with action {label,
    href}; then clauses and blocks are left out. labels: {print}, "" = no button.
    """

    stem: ClassVar[str] = "record_card"

    heading = t.Unicode().tag(sync=True)
    who = t.Dict().tag(sync=True)
    clauses = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    blocks = t.List().tag(sync=True)
    empty = t.Unicode().tag(sync=True)
    action = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    labels = t.Dict().tag(sync=True)
