"""Plans of visits: the list (for who decides, what waits first), or the room of one. `/plan?plan=<id>` is one room.

Everything done is one step of the desk, kept before it is shown as saved; findings come back with every answer.
"""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import parse_qs

import ipywidgets

from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.plan_inbox import decision_of, inbox_state
from cps_training.apps.plan_room import PlanRoomPage
from cps_training.apps.plan_start import begin, list_state
from cps_training.apps.plan_words import PATH
from cps_training.apps.session import Session
from cps_training.apps.signed_out import refusal
from cps_training.desk import plan_messages
from cps_training.errors import KitError
from cps_training.views import PlanInbox, PlanList
from cps_training.views._saving import Save
from cps_training.views._view import Intent, View


def plan(session: Session, plan_id: str = "") -> ipywidgets.Widget:
    """The page: the room of a plan, by the argument or the address; else the list."""
    page = PlanPage(session)
    asked = parse_qs(os.environ.get("QUERY_STRING", "")).get("plan", [""])[0][:100]
    page.open(plan_id or asked)
    return page.stack


class PlanPage:
    """One page; `stack` holds the widgets shown now."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.stack = ipywidgets.VBox()
        self.clauses = ClauseCards(session)
        self.criteria: list[dict[str, Any]] | None = None
        self._room: PlanRoomPage | None = None
        self._list: PlanList | None = None
        self._inbox: PlanInbox | None = None

    def open(self, plan_id: str) -> None:
        """A plan's room, or the list for ""."""
        try:
            if plan_id:
                self._enter(self.session.ask(plan_messages.OpenPlan(plan_id=plan_id)))
            else:
                self._show_list()
        except KitError as error:
            self.show(refusal(self.session, error, PATH))

    def _enter(self, view: dict[str, Any]) -> None:
        self._room = PlanRoomPage(self.session, view, self)
        self._room.show()

    def _show_list(self) -> None:
        said = self.session.ask(plan_messages.Plans())
        self.criteria = said["criteria"]
        self._list = PlanList(
            locale=self.session.locale, on_action=self._acted, on_intent=self._begun, **list_state(self.session, said)
        )
        is_approver = "approver" in self.session.person["roles"]
        self._inbox = None
        if said["can_decide"] and (is_approver or said["n_waiting"]):
            waiting = self.session.ask(plan_messages.PlanWaiting())
            self._inbox = PlanInbox(
                locale=self.session.locale,
                on_save=self._decided,
                **self.clauses.wiring(),
                **inbox_state(self.session, waiting, self.clauses),
            )
        if self._inbox is None:
            self.show(self._list)
        elif is_approver:
            self.show(self._inbox, self._list)
        else:
            self.show(self._list, self._inbox)

    def rubric(self) -> list[dict[str, Any]]:
        """The criteria by which plans are rated; asked of the desk once a page."""
        if self.criteria is None:
            self.criteria = list(self.session.ask(plan_messages.Plans())["criteria"])
        return self.criteria

    def _acted(self, wanted: str) -> None:
        verb, _, plan_id = wanted.partition(":")
        if verb == "plan":
            self.open(plan_id)

    def _begun(self, intent: Intent) -> None:
        assert self._list is not None
        try:
            view = begin(self.session, intent)
        except KitError as error:
            self._list.tell(
                intent, "error", self.session(error.message), error.place if error.place in intent.values else ""
            )
            return
        self._enter(view)

    def _decided(self, save: Save) -> None:
        inbox = self._inbox
        assert inbox is not None
        said = decision_of(save.detail["id"], save.detail["decision"])
        try:
            waiting = self.session.ask(
                plan_messages.Decide(
                    **said, comment=save.detail["comment"], order=save.detail["order"], answer_id=save.send_id
                )
            )
        except KitError as error:
            inbox.answer(save, self.session(error.message), is_error=True)
            return
        is_yes = save.detail["decision"] == "yes"
        text = self.session("บันทึกการพิจารณาแล้ว") if is_yes else self.session("ส่งกลับให้แก้ไขแล้ว")
        inbox.answer(save, text, **inbox_state(self.session, waiting, self.clauses))

    def show(self, *widgets: View) -> None:
        """Put these in place of what is shown; a widget that stays is not drawn anew."""
        old = self.stack.children
        self.stack.children = widgets
        for gone in old:
            if gone not in widgets:
                gone.close()
