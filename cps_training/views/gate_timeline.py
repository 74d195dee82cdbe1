"""Steps and gates of one visit, to explore. Must not know plan rules: what may not come after what arrives as data."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._citing import Citing


class GateTimeline(Citing):
    """Six steps that open their explanation, and days that can be moved to see which order they break. Not scored.

    steps: [{id, label, clause, cited, gate, text, who}], clause the words of its citation, cited {id, label, title} or None;
    scenario: {title, note, fields: [{id, label, value, min, max}]} or None;
    rules: [{id, if_after: [a, b], or_equal, text, cited}] (broken when day a is after day b, or on it with or_equal);
    labels: gate, who, day ("{n} ก.ค. 2566"), in_order, not_scored, earlier, later, reset (the last four may be missing).
    """

    stem: ClassVar[str] = "gate_timeline"

    title = t.Unicode().tag(sync=True)
    intro = t.Unicode().tag(sync=True)
    steps = t.List().tag(sync=True)
    labels = t.Dict().tag(sync=True)
    scenario = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    rules = t.List().tag(sync=True)
