"""What to keep of a lesson, on one page that prints alone. Must not know the lesson."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._citing import Citing


class RecapCard(Citing):
    """A few points with the clauses they rest on, and what to do this week.

    points: [{text, cited: {id, label, title}}]; this_week: [str]; labels: this_week, print, fictional.
    """

    stem: ClassVar[str] = "recap_card"
    shared: ClassVar[tuple[str, ...]] = ("_dom", "_clause", "_print")

    title = t.Unicode().tag(sync=True)
    points = t.List().tag(sync=True)
    this_week = t.List().tag(sync=True)
    labels = t.Dict().tag(sync=True)
