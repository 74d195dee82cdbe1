"""What a notebook calls: one function each, returning a widget. Loads lazily, a page imports only what it shows.

    from cps_training import apps
    session = apps.open_session(lesson="cps-cycle")
    apps.checkpoint(session, "cps-check-…")

The only package that joins the desk's answers with views. Holds no key: everything comes from the desk already released.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

# No module may have the name of a function: importing it would put the module in the function's place.
_WHERE = {
    "open_session": "session",
    "Session": "session",
    "home": "home_page",
    "checkpoint": "lesson",
    "lesson_end": "lesson",
    "lesson_start": "lesson",
    "recap_card": "recaps",
    "quiz": "quiz_page",
    "cycle_diagram": "explorables.cps",
    "gate_timeline": "explorables.cps",
    "coordination_router": "explorables.sorting",
    "law_router": "explorables.sorting",
    "evidence_sorter": "explorables.sorting",
    "participation_calculator": "explorables.counting",
    "deadline_explorer": "explorables.deadlines",
    "planning_board": "explorables.sorting",
    "handbook_map": "explorables.maps",
    "km_cycle": "explorables.maps",
    "duties_chart": "explorables.control",
    "ageing_explorer": "explorables.control",
    "agenda_drill": "explorables.meeting",
    "handbook": "handbook_page",
    "record": "record_page",
    "refresher": "refresher_page",
    "case": "case_page",
    "case_frames": "case_notebook",
    "plan": "plan_page",
    "marking": "marking_page",
    "trainer": "trainer_room",
    "progress": "progress_page",
    "people": "people_page",
    "items": "items_page",
}

__all__ = [
    "Session",
    "ageing_explorer",
    "agenda_drill",
    "case",
    "case_frames",
    "checkpoint",
    "coordination_router",
    "cycle_diagram",
    "deadline_explorer",
    "duties_chart",
    "evidence_sorter",
    "gate_timeline",
    "handbook",
    "handbook_map",
    "home",
    "items",
    "km_cycle",
    "law_router",
    "lesson_end",
    "lesson_start",
    "marking",
    "open_session",
    "participation_calculator",
    "people",
    "plan",
    "planning_board",
    "progress",
    "quiz",
    "recap_card",
    "record",
    "refresher",
    "trainer",
]


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"cps_training.apps has no {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(f"cps_training.apps.{_WHERE[name]}"), name)
