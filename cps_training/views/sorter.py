"""Cards to put where they belong, each with its reason. Must not know what is sorted: cards, bins and reasons arrive as data."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._citing import Citing


class Sorter(Citing):
    """One card at a time, a button for each bin; a press tells where the card belongs and why. Not scored, nothing is sent.

    bins: [{id, label, note, text (at the end), tag: {text} | None, cited: ref | None}]; a ref: {id, label, title}.
    cards: [{id, text, bin, why, instead: {bin: why it is not that one}, careful: [bin that is no mistake], cited: [ref],
    mark: {text, kind} | None}].
    is_board: the bins are columns that fill with the cards, in their order.
    labels: question, progress ("{n}", "{total}"), right, other and careful ("{bin}"), chosen, answer, next, finish, done ("{n}",
    "{total}"), look_again, again_these, again, placed ("{n}"), not_scored.
    """

    stem: ClassVar[str] = "sorter"

    title = t.Unicode().tag(sync=True)
    intro = t.Unicode().tag(sync=True)
    bins = t.List().tag(sync=True)
    cards = t.List().tag(sync=True)
    labels = t.Dict().tag(sync=True)
    is_board = t.Bool(False).tag(sync=True)
