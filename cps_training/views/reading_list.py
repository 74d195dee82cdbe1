"""Clauses to read one after the other, whole, and what comes after. Must not know why they are read."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._citing import Citing


class ReadingList(Citing):
    """A heading, a few words, the clauses (cards as in Citing) with their whole text, and buttons (as in ItemCard) below."""

    stem: ClassVar[str] = "reading_list"

    heading = t.Unicode().tag(sync=True)
    intro = t.Unicode().tag(sync=True)
    clauses = t.List().tag(sync=True)
    actions = t.List().tag(sync=True)
