"""What is seen: one widget a file, drawn from plain dicts, telling what the person did through callbacks.

Views know presentations and labels that others give them. They must not know records, desk, content or assessment, and hold
no text of their own. Names load lazily, so that a page imports only the widgets it shows.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cps_training.views.attendance_sheet import AttendanceSheet
    from cps_training.views.clause_card import ClauseCard
    from cps_training.views.cycle_diagram import CycleDiagram
    from cps_training.views.form_card import FormCard
    from cps_training.views.gate_timeline import GateTimeline
    from cps_training.views.handbook_view import HandbookView
    from cps_training.views.item_card import Answer, ItemCard
    from cps_training.views.next_step import NextStep
    from cps_training.views.notice import Notice
    from cps_training.views.participation_meter import ParticipationMeter
    from cps_training.views.people_list import PeopleList
    from cps_training.views.people_pairs import PeoplePairs
    from cps_training.views.person_sheet import PersonSheet
    from cps_training.views.progress_grid import ProgressGrid
    from cps_training.views.progress_map import ProgressMap
    from cps_training.views.quiz_menu import QuizMenu
    from cps_training.views.reading_list import ReadingList
    from cps_training.views.record_card import RecordCard
    from cps_training.views.result_card import ResultCard
    from cps_training.views.roster_slips import RosterSlips
    from cps_training.views.roster_upload import RosterUpload
    from cps_training.views.session_book import SessionBook

_WHERE = {
    "Answer": "item_card",
    "AttendanceSheet": "attendance_sheet",
    "ClauseCard": "clause_card",
    "CycleDiagram": "cycle_diagram",
    "FormCard": "form_card",
    "GateTimeline": "gate_timeline",
    "HandbookView": "handbook_view",
    "ItemCard": "item_card",
    "NextStep": "next_step",
    "Notice": "notice",
    "ParticipationMeter": "participation_meter",
    "PeopleList": "people_list",
    "PeoplePairs": "people_pairs",
    "PersonSheet": "person_sheet",
    "ProgressGrid": "progress_grid",
    "ProgressMap": "progress_map",
    "QuizMenu": "quiz_menu",
    "ReadingList": "reading_list",
    "RecordCard": "record_card",
    "ResultCard": "result_card",
    "RosterSlips": "roster_slips",
    "RosterUpload": "roster_upload",
    "SessionBook": "session_book",
}

__all__ = [
    "Answer",
    "AttendanceSheet",
    "ClauseCard",
    "CycleDiagram",
    "FormCard",
    "GateTimeline",
    "HandbookView",
    "ItemCard",
    "NextStep",
    "Notice",
    "ParticipationMeter",
    "PeopleList",
    "PeoplePairs",
    "PersonSheet",
    "ProgressGrid",
    "ProgressMap",
    "QuizMenu",
    "ReadingList",
    "RecordCard",
    "ResultCard",
    "RosterSlips",
    "RosterUpload",
    "SessionBook",
]


def __getattr__(name: str) -> object:
    if name in _WHERE:
        return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has {', '.join(__all__)}")
