"""Which widget a lesson's cell shows: by the function of apps it calls. A page then loads only the widgets of its own lesson.

A leaf: neither the server nor apps may import the other, and both need this. Imports nothing of the kit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

EXPLORABLES: Mapping[str, str] = {
    "ageing_explorer": "ageing_explorer",
    "agenda_drill": "agenda_drill",
    "coordination_router": "sorter",
    "cycle_diagram": "cycle_diagram",
    "deadline_explorer": "deadline_explorer",
    "duties_chart": "duties_chart",
    "evidence_sorter": "sorter",
    "gate_timeline": "gate_timeline",
    "handbook_map": "parts_map",
    "km_cycle": "step_ring",
    "law_router": "sorter",
    "participation_calculator": "share_calculator",
    "planning_board": "sorter",
}
"""{function of apps: stem of its widget} of what lessons have to explore."""

_CALL = re.compile(r"\b([a-z_]+)\s*\(")


def explorables_in(cells: Iterable[str]) -> tuple[str, ...]:
    """The widgets to explore that these code cells show: stems, each once, sorted."""
    called = {name for code in cells for name in _CALL.findall(code)}
    return tuple(sorted({stem for name, stem in EXPLORABLES.items() if name in called}))
