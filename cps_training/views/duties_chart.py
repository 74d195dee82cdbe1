"""Who holds which duty, and which duties one person should not hold together. Must not know cooperatives nor control: all is data."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._citing import Citing


class DutiesChart(Citing):
    """People in levels, a choice of person for each duty; what should be mended stands at the person, with why. Nothing is sent.

    duties: {id: label}. pairs: [{duties: [a, b], why, cited}], not for one person; rules: [{duties, kinds, why, cited}], only for
    people of these kinds. A ref: {id, label, title} or None.
    cases: [{id, label, note, people: [{id, label, kind, level}], holds: {duty: person or ""}, done (text once nothing is left)}].
    labels: cases, kit, left ("{n}"), none_left, nobody, undone, free, doer, moved ("{duty}", "{person}"), another, again,
    not_scored. advice: where the rules come from.
    """

    stem: ClassVar[str] = "duties_chart"

    title = t.Unicode().tag(sync=True)
    intro = t.Unicode().tag(sync=True)
    advice = t.Unicode().tag(sync=True)
    duties = t.Dict().tag(sync=True)
    pairs = t.List().tag(sync=True)
    rules = t.List().tag(sync=True)
    cases = t.List().tag(sync=True)
    labels = t.Dict().tag(sync=True)
