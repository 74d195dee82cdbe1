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
    "quiz": "quiz_page",
    "cycle_diagram": "explorables",
    "gate_timeline": "explorables",
    "handbook": "handbook_page",
    "record": "record_page",
    "marking": "marking_page",
    "trainer": "trainer_room",
    "progress": "progress_page",
    "people": "people_page",
}

__all__ = [
    "Session",
    "checkpoint",
    "cycle_diagram",
    "gate_timeline",
    "handbook",
    "home",
    "lesson_end",
    "marking",
    "open_session",
    "people",
    "progress",
    "quiz",
    "record",
    "trainer",
]


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"cps_training.apps has no {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(f"cps_training.apps.{_WHERE[name]}"), name)
