"""Steps that come round again, as a ring one can press through. Must not know what the steps are: words and citations arrive."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._citing import Citing


class StepRing(Citing):
    """Numbered stops on a ring, each opening its text. Not scored, nothing is sent.

    steps: [{id, label, text, ask, tag: {text, kind} | None, cited: ref | None}]; a ref: {id, label, title}.
    labels: step ("{n}", "{total}"), ask, next, round (after the last one), not_scored.
    """

    stem: ClassVar[str] = "step_ring"

    title = t.Unicode().tag(sync=True)
    intro = t.Unicode().tag(sync=True)
    steps = t.List().tag(sync=True)
    labels = t.Dict().tag(sync=True)
