"""What is seen: one widget a file, drawn from plain dicts, telling what the person did through callbacks.

Views know presentations and labels that others give them. They must not know records, desk, content or assessment, and hold
no text of their own. Names load lazily, so that a page imports only the widgets it shows.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cps_training.views.cycle_diagram import CycleDiagram
    from cps_training.views.gate_timeline import GateTimeline
    from cps_training.views.item_card import Answer, ItemCard
    from cps_training.views.next_step import NextStep
    from cps_training.views.notice import Notice
    from cps_training.views.participation_meter import ParticipationMeter
    from cps_training.views.progress_map import ProgressMap
    from cps_training.views.quiz_menu import QuizMenu
    from cps_training.views.result_card import ResultCard

_WHERE = {
    "Answer": "item_card",
    "CycleDiagram": "cycle_diagram",
    "GateTimeline": "gate_timeline",
    "ItemCard": "item_card",
    "NextStep": "next_step",
    "Notice": "notice",
    "ParticipationMeter": "participation_meter",
    "ProgressMap": "progress_map",
    "QuizMenu": "quiz_menu",
    "ResultCard": "result_card",
}

__all__ = [
    "Answer",
    "CycleDiagram",
    "GateTimeline",
    "ItemCard",
    "NextStep",
    "Notice",
    "ParticipationMeter",
    "ProgressMap",
    "QuizMenu",
    "ResultCard",
]


def __getattr__(name: str) -> object:
    if name in _WHERE:
        return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has {', '.join(__all__)}")
