"""Which widgets each part of a plan shows, and their traits from what the room holds. Presses nothing and asks the desk for nothing but criteria."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cps_training.apps.plan_actions import actions_state, strategy_state
from cps_training.apps.plan_calendar_state import calendar_labels, calendar_state
from cps_training.apps.plan_files import downloads
from cps_training.apps.plan_gates import Gate, gate_state
from cps_training.apps.plan_issues import issues_state, orgs_state
from cps_training.apps.plan_records import records_state, reports_state
from cps_training.apps.plan_review import conflict_state, history_state, score_state, table_state
from cps_training.apps.plan_sharing import sharing_state
from cps_training.apps.plan_visits import visits_state
from cps_training.views import PlanCalendar, PlanFile, PlanForm, PlanGate, PlanHistory, PlanScore, PlanTable
from cps_training.views._view import View

if TYPE_CHECKING:
    from cps_training.apps.plan_room import PlanRoomPage

WIDGETS: dict[str, type[View]] = {
    "issues": PlanForm,
    "orgs": PlanForm,
    "strategy": PlanForm,
    "actions": PlanForm,
    "calendar": PlanCalendar,
    "visits": PlanForm,
    "request": PlanGate,
    "records": PlanForm,
    "reports": PlanForm,
    "report": PlanGate,
    "table": PlanTable,
    "score": PlanScore,
    "history": PlanHistory,
    "sharing": PlanForm,
    "file": PlanFile,
}
SHOWN: dict[str, tuple[str, ...]] = {
    "issues": ("issues", "orgs"),
    "actions": ("strategy", "actions"),
    "calendar": ("calendar",),
    "visits": ("visits",),
    "request": ("file", "request"),
    "records": ("records",),
    "report": ("reports", "file", "report"),
    "review": ("table", "score", "history", "sharing"),
}
"""What each part shows, from top to bottom."""


def shown_in(room: PlanRoomPage) -> tuple[str, ...]:
    """The widgets of the part one is in; nobody shares a plan on which they train alone."""
    alone = room.view["mode"] == "solo" and len(room.view["writers"]) < 2
    return tuple(name for name in SHOWN[room.tab] if name != "sharing" or not alone)


def part_state(room: PlanRoomPage, name: str) -> dict[str, Any]:
    """The traits of one of the widgets."""
    session, view, clauses = room.session, room.view, room.page.clauses
    states: dict[str, Callable[[], dict[str, Any]]] = {
        "issues": lambda: issues_state(session, view, clauses),
        "orgs": lambda: orgs_state(session, view, clauses, room.drafts),
        "strategy": lambda: strategy_state(session, view, clauses),
        "actions": lambda: actions_state(session, view, clauses),
        "calendar": lambda: {**calendar_state(session, view, *room.calendar), "labels": calendar_labels(session)},
        "visits": lambda: visits_state(session, view, clauses),
        "request": lambda: _gate(room, "request"),
        "records": lambda: records_state(session, view, clauses, room.drafts),
        "reports": lambda: reports_state(session, view, clauses),
        "report": lambda: _gate(room, "report"),
        "table": lambda: table_state(session, view),
        "score": lambda: score_state(session, view, room.page.rubric(), clauses),
        "history": lambda: _history(room),
        "sharing": lambda: sharing_state(session, view, room.drafts),
        "file": lambda: {"file": room.file},
    }
    return states[name]()


def _gate(room: PlanRoomPage, gate: Gate) -> dict[str, Any]:
    state = gate_state(room.session, room.view, room.page.clauses, gate, room.refused)
    return {**state, "downloads": downloads(room.session, room.view["document"], gate)}


def _history(room: PlanRoomPage) -> dict[str, Any]:
    told = conflict_state(room.session, room.view, *room.conflict) if room.conflict else None
    return history_state(room.session, room.view, room.older, told)
