"""What is seen: one widget a file, drawn from plain dicts, telling what the person did through callbacks.

Views know presentations and labels that others give them. They must not know records, desk, content or assessment, and hold
no text of their own. Names load lazily, so that a page imports only the widgets it shows.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cps_training.views.ageing_explorer import AgeingExplorer
    from cps_training.views.agenda_drill import AgendaDrill
    from cps_training.views.attendance_sheet import AttendanceSheet
    from cps_training.views.case_consult import CaseConsult
    from cps_training.views.case_follow_up import CaseFollowUp
    from cps_training.views.case_list import CaseList
    from cps_training.views.case_papers import CasePapers
    from cps_training.views.case_profile import CaseProfile
    from cps_training.views.case_ratios import CaseRatios
    from cps_training.views.case_result import CaseResult
    from cps_training.views.case_room import CaseRoom
    from cps_training.views.case_tables import CaseTables
    from cps_training.views.certificate_card import CertificateCard
    from cps_training.views.clause_card import ClauseCard
    from cps_training.views.course_path import CoursePath
    from cps_training.views.cycle_diagram import CycleDiagram
    from cps_training.views.deadline_explorer import DeadlineExplorer
    from cps_training.views.duties_chart import DutiesChart
    from cps_training.views.form_card import FormCard
    from cps_training.views.gate_timeline import GateTimeline
    from cps_training.views.handbook_view import HandbookView
    from cps_training.views.item_card import Answer, ItemCard
    from cps_training.views.item_table import ItemTable
    from cps_training.views.next_step import NextStep
    from cps_training.views.notice import Notice
    from cps_training.views.participation_meter import ParticipationMeter
    from cps_training.views.parts_map import PartsMap
    from cps_training.views.people_list import PeopleList
    from cps_training.views.people_pairs import PeoplePairs
    from cps_training.views.person_sheet import PersonSheet
    from cps_training.views.plan_calendar import PlanCalendar
    from cps_training.views.plan_file import PlanFile
    from cps_training.views.plan_form import PlanForm
    from cps_training.views.plan_gate import PlanGate
    from cps_training.views.plan_history import PlanHistory
    from cps_training.views.plan_inbox import PlanInbox
    from cps_training.views.plan_list import PlanList
    from cps_training.views.plan_room import PlanRoom
    from cps_training.views.plan_score import PlanScore
    from cps_training.views.plan_table import PlanTable
    from cps_training.views.problem_board import ProblemBoard
    from cps_training.views.progress_grid import ProgressGrid
    from cps_training.views.progress_map import ProgressMap
    from cps_training.views.quiz_menu import QuizMenu
    from cps_training.views.reading_list import ReadingList
    from cps_training.views.recap_card import RecapCard
    from cps_training.views.record_card import RecordCard
    from cps_training.views.result_card import ResultCard
    from cps_training.views.roster_slips import RosterSlips
    from cps_training.views.roster_upload import RosterUpload
    from cps_training.views.session_book import SessionBook
    from cps_training.views.share_calculator import ShareCalculator
    from cps_training.views.sorter import Sorter
    from cps_training.views.step_ring import StepRing
    from cps_training.views.visit_sheet import VisitSheet

_WHERE = {
    "AgeingExplorer": "ageing_explorer",
    "AgendaDrill": "agenda_drill",
    "Answer": "item_card",
    "AttendanceSheet": "attendance_sheet",
    "CaseConsult": "case_consult",
    "CaseFollowUp": "case_follow_up",
    "CaseList": "case_list",
    "CasePapers": "case_papers",
    "CaseProfile": "case_profile",
    "CaseRatios": "case_ratios",
    "CaseResult": "case_result",
    "CaseRoom": "case_room",
    "CaseTables": "case_tables",
    "CertificateCard": "certificate_card",
    "ClauseCard": "clause_card",
    "CoursePath": "course_path",
    "CycleDiagram": "cycle_diagram",
    "DeadlineExplorer": "deadline_explorer",
    "DutiesChart": "duties_chart",
    "FormCard": "form_card",
    "GateTimeline": "gate_timeline",
    "HandbookView": "handbook_view",
    "ItemCard": "item_card",
    "ItemTable": "item_table",
    "NextStep": "next_step",
    "Notice": "notice",
    "ParticipationMeter": "participation_meter",
    "PartsMap": "parts_map",
    "PeopleList": "people_list",
    "PeoplePairs": "people_pairs",
    "PersonSheet": "person_sheet",
    "PlanCalendar": "plan_calendar",
    "PlanFile": "plan_file",
    "PlanForm": "plan_form",
    "PlanGate": "plan_gate",
    "PlanHistory": "plan_history",
    "PlanInbox": "plan_inbox",
    "PlanList": "plan_list",
    "PlanRoom": "plan_room",
    "PlanScore": "plan_score",
    "PlanTable": "plan_table",
    "ProblemBoard": "problem_board",
    "ProgressGrid": "progress_grid",
    "ProgressMap": "progress_map",
    "QuizMenu": "quiz_menu",
    "ReadingList": "reading_list",
    "RecapCard": "recap_card",
    "RecordCard": "record_card",
    "ResultCard": "result_card",
    "RosterSlips": "roster_slips",
    "RosterUpload": "roster_upload",
    "SessionBook": "session_book",
    "ShareCalculator": "share_calculator",
    "Sorter": "sorter",
    "StepRing": "step_ring",
    "VisitSheet": "visit_sheet",
}

__all__ = [
    "AgeingExplorer",
    "AgendaDrill",
    "Answer",
    "AttendanceSheet",
    "CaseConsult",
    "CaseFollowUp",
    "CaseList",
    "CasePapers",
    "CaseProfile",
    "CaseRatios",
    "CaseResult",
    "CaseRoom",
    "CaseTables",
    "CertificateCard",
    "ClauseCard",
    "CoursePath",
    "CycleDiagram",
    "DeadlineExplorer",
    "DutiesChart",
    "FormCard",
    "GateTimeline",
    "HandbookView",
    "ItemCard",
    "ItemTable",
    "NextStep",
    "Notice",
    "ParticipationMeter",
    "PartsMap",
    "PeopleList",
    "PeoplePairs",
    "PersonSheet",
    "PlanCalendar",
    "PlanFile",
    "PlanForm",
    "PlanGate",
    "PlanHistory",
    "PlanInbox",
    "PlanList",
    "PlanRoom",
    "PlanScore",
    "PlanTable",
    "ProblemBoard",
    "ProgressGrid",
    "ProgressMap",
    "QuizMenu",
    "ReadingList",
    "RecapCard",
    "RecordCard",
    "ResultCard",
    "RosterSlips",
    "RosterUpload",
    "SessionBook",
    "ShareCalculator",
    "Sorter",
    "StepRing",
    "VisitSheet",
]


def __getattr__(name: str) -> object:
    if name in _WHERE:
        return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has {', '.join(__all__)}")
