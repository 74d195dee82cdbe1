"""What a learner knows, one square a clause. Must not know how mastery is worked out."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._citing import Citing


class ProgressMap(Citing):
    """Squares a section as a picture, and the same as rows that open their clause.

    sections: [{id, title, summary, cells: [{id, label, title, state, state_label}]}], state one of mastered, in_progress,
    fading, not_started. legend: {state: label}. labels: {"details"}.
    """

    stem: ClassVar[str] = "progress_map"

    sections = t.List().tag(sync=True)
    legend = t.Dict().tag(sync=True)
    title = t.Unicode().tag(sync=True)
    labels = t.Dict().tag(sync=True)
