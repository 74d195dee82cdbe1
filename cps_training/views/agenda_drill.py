"""A meeting rehearsed item by item: what to prepare, how to answer, what is left open. Must not know meetings: words are data."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._citing import Citing


class AgendaDrill(Citing):
    """Two choices an item, each met with why; open questions gather in a list at the end. Not scored, nothing is sent.

    items: [{id, label, papers: [option], paper_cited: [ref], asks, answers: [option], cited: [ref], follow_up: {question, where,
    who, by} | None}]; an option: {id, text, is_best, why}, one of each the best; a ref: {id, label, title}.
    labels: progress ("{n}", "{total}"), prepare, answer, right, other, chosen, best, to_meeting, next, finish, follow_up, question,
    where, who, by, kit, done ("{n}", "{total}"), at_once, later, prepared, notebook ("{n}"), moral, again, not_scored.
    """

    stem: ClassVar[str] = "agenda_drill"

    title = t.Unicode().tag(sync=True)
    intro = t.Unicode().tag(sync=True)
    items = t.List().tag(sync=True)
    labels = t.Dict().tag(sync=True)
