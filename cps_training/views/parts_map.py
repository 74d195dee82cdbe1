"""The parts of a book at a glance: how many clauses each has and what it is for. Must not know the book."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._citing import Citing


class PartsMap(Citing):
    """Tiles in the order of the book, a square for each clause, a citation that opens the first one. Nothing is sent.

    parts: [{id, label, count, n (squares), small (smaller squares after them), text, where, cited: ref | None}]; a ref: {id,
    label, title}. labels: total.
    """

    stem: ClassVar[str] = "parts_map"

    title = t.Unicode().tag(sync=True)
    intro = t.Unicode().tag(sync=True)
    parts = t.List().tag(sync=True)
    labels = t.Dict().tag(sync=True)
