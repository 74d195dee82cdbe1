"""One clause of the handbook, to read. Must not know the handbook: the card arrives as words."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._citing import Citing


class ClauseCard(Citing):
    """A clause as the page's main thing: label, title, summary, objective, values, related clauses, notes, pages.

    clause: a card as in Citing, or None with `empty` saying why there is nothing to show.
    """

    stem: ClassVar[str] = "clause_card"

    clause = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    empty = t.Unicode().tag(sync=True)
