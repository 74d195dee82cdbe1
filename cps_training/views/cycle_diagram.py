"""The CPS cycle as a picture one can press. Must not know the handbook: phases and clauses arrive as words."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._citing import Citing


class CycleDiagram(Citing):
    """A ring of four arcs, each a button that opens its text.

    phases (four): [{id, label, en, text, clauses: [{id, label, title}]}].
    """

    stem: ClassVar[str] = "cycle_diagram"

    title = t.Unicode().tag(sync=True)
    note = t.Unicode().tag(sync=True)
    phases = t.List().tag(sync=True)
