"""The quiz page: choose a form, answer item by item, see the result, look back, read again what was failed.

Knows which card to show when; the desk decides what may be shown. Reloading comes back to the open attempt.
"""

from __future__ import annotations

import os
import secrets
from typing import Any
from urllib.parse import parse_qs

import ipywidgets

from cps_training.apps import cards
from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.quiz_choice import (
    REFRESHER,
    REVIEW,
    begin_state,
    marking_notice,
    menu_state,
    needs_word,
    under_way,
)
from cps_training.apps.quiz_item import MAY_CHANGE, item_state, told_state
from cps_training.apps.quiz_reading import reading_state
from cps_training.apps.quiz_result import check_state, parent_of, result_state
from cps_training.apps.session import Session
from cps_training.apps.signed_out import page_of, refusal, sign_in_again, unsaved_words
from cps_training.apps.sitting import Outcome, Sitting
from cps_training.desk import protocol
from cps_training.errors import KitError
from cps_training.views import ItemCard, Notice, QuizMenu, ReadingList, ResultCard
from cps_training.views._view import View


def quiz(session: Session) -> ipywidgets.Widget:
    """The quiz page: the form named in the address (`?form=…`), else the open attempt, else the menu."""
    page = _QuizPage(session)
    page.start(parse_qs(os.environ.get("QUERY_STRING", "")).get("form", [""])[0])
    return page.stack


class _QuizPage:
    """One page; `stack` holds the widget shown now."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.stack = ipywidgets.VBox()
        self.clauses = ClauseCards(session)
        self.sitting: Sitting | None = None
        self.card: ItemCard | None = None
        self.index = 0
        self.unsaved: dict[str, Any] | None = None
        """The status of an answer that could not be saved: until it is, the page stays on its item."""
        self.n_told = 0

    # Which view -------------------------------------------------------------------------------------------------

    def start(self, wanted: str) -> None:
        forms = self.forms()
        if forms is None:
            return
        known = {form["form_id"] for form in forms}
        parent = parent_of(wanted)
        if (parent is not None and parent[0] in known) or wanted == REVIEW:
            self.open(wanted, fresh=wanted == REVIEW)
            return
        if wanted.startswith(REFRESHER):  # the desk knows whether today's is finished
            self.open(wanted)
            return
        form_id = wanted if wanted in known else next(iter(under_way(forms)), None)
        if form_id is None:
            self.show_menu(forms)
        else:
            self.choose(form_id, forms)

    def forms(self, path: str = "/quiz") -> list[dict[str, Any]] | None:
        """The forms one may take; None when the desk refused, and the page says so. path: where to come back to then."""
        try:
            return list(self.session.ask(protocol.Forms())["forms"])
        except KitError as error:
            self.show(refusal(self.session, error, path))
            return None

    @property
    def path(self) -> str:
        """Where to come back to after signing in again."""
        assert self.sitting is not None
        return page_of(self.sitting.view["form_id"])

    def show(self, widget: View) -> None:
        """Replace what the page shows and let go of what it showed."""
        if widget is not self.card:
            self.card = None
        old = self.stack.children
        widget.lands = bool(old)  # what had the focus goes: reading begins anew at the top of what comes
        self.stack.children = (widget,)
        for gone in old:
            if gone is not widget:
                gone.close()

    def show_menu(self, forms: list[dict[str, Any]]) -> None:
        _ = self.session
        if forms:
            is_worth_asking = "trainer" in _.person["roles"] or any(form["n_finished"] for form in forms)
            state = menu_state(_, forms, self.waiting() if is_worth_asking else [])
            self.show(QuizMenu(on_action=self._acted, **state))
            return
        self.show(
            Notice(
                text=_("ยังไม่มีแบบฝึกหรือแบบทดสอบให้ทำ วิทยากรเพิ่มได้ในโฟลเดอร์เนื้อหาของสำนักงาน"),
                action={"label": _("ไปหน้าบทเรียน"), "href": "/home"},
                locale=_.locale,
            )
        )

    def waiting(self) -> list[dict[str, Any]]:
        """Texts this person may mark now; none where the desk cannot be asked: it is only a hint."""
        try:
            return list(self.session.ask(protocol.Waiting())["waiting"])
        except KitError:
            return []

    def _acted(self, wanted: str) -> None:
        """A button of any view. What names a form opens it; the rest belongs to the attempt under way."""
        verb, _, named = wanted.partition(":")
        if wanted == "menu":
            forms = self.forms()
            if forms is not None:
                self.show_menu(forms)
        elif verb in ("open", "fresh") and named:
            self.choose(named, fresh=verb == "fresh")
        elif verb in ("result", "begin") and named:
            self.open(named, fresh=verb == "begin")
        else:
            self._went(wanted)

    def choose(self, form_id: str, forms: list[dict[str, Any]] | None = None, *, fresh: bool = False) -> None:
        """Open a form; where that would begin an attempt that cannot be undone, say so first."""
        if (forms := forms or self.forms(page_of(form_id))) is None:
            return
        form = next((one for one in forms if one["form_id"] == form_id), None)
        if form is None or not needs_word(form) or (form["n_finished"] and not fresh):
            self.open(form_id, fresh=fresh)
        else:
            self.show(ResultCard(on_action=self._acted, **begin_state(self.session, form)))

    def open(self, form_id: str, *, fresh: bool = False) -> None:
        """Show the form's attempt: its result when finished, else the first unanswered item."""
        try:
            self.sitting = Sitting.open(self.session.desk, form_id, fresh=fresh)
        except KitError as error:
            if fresh and error.code == "nothing-due":  # done for today: its result, where there is one
                self.open(form_id)
            else:
                self.show(refusal(self.session, error, page_of(form_id)))
            return
        self.unsaved = None
        if self.sitting.view["is_finished"]:
            self.show_result()
        else:
            self.card = None
            self.show_item(self.sitting.first_open())

    # One item ---------------------------------------------------------------------------------------------------

    def show_item(self, index: int) -> None:
        assert self.sitting is not None
        self.index = index
        state = item_state(self.session, self.sitting, index, self.clauses)
        if self.card is None:
            self.card = ItemCard(on_answer=self._answered, on_action=self._went, **self.clauses.wiring(), **state)
            self.show(self.card)
            return
        self.card.show(**state)

    def _answered(self, answer: Any) -> None:
        assert self.sitting is not None
        card = self.card
        if card is None:
            return
        outcome = self.sitting.answer(answer.item, answer.response, answer.answer_id, answer.certainty)
        self.clauses.remember(outcome.clauses)
        if outcome.is_replaced and self.sitting.view["is_finished"]:
            self.show_result(notice=outcome.message)
            return
        if answer.item != self.sitting.items[self.index]["item"]:
            return  # the learner went on while it was being saved; the item shows it when they come back
        if outcome.is_saved:
            self.unsaved = None
            told = told_state(self.session, self.sitting, self.index, self.clauses)
            if self.sitting.view["policy"] not in MAY_CHANGE or answer.response is None:
                told["response"] = self.sitting.items[self.index]["response"]
            status = cards.saved(self.session, answer.answer_id, self.index + 1)
            card.show(**told, status=status)
            return
        self._not_saved(answer.answer_id, outcome)

    def _not_saved(self, answer_id: str, outcome: Outcome) -> None:
        card, sitting = self.card, self.sitting
        assert card is not None and sitting is not None  # noqa: PT018
        if outcome.is_signed_out:
            # Nothing more can be saved from here: what was chosen stays to be seen, and one button leads on.
            status = {"kind": "notice", "text": unsaved_words(self.session), "answer_id": answer_id}
            card.show(mode="review", status=status, actions=[sign_in_again(self.session, self.path)])
            return
        kind = "notice" if outcome.is_replaced or outcome.is_unreadable else "error"
        status = {"kind": kind, "text": self.session(outcome.message), "answer_id": answer_id}
        # Typed words that cannot be read hold nobody on an item where they are sent by a button.
        is_held = not outcome.is_unreadable or sitting.view["policy"] in MAY_CHANGE
        self.unsaved = status if is_held and answer_id and not outcome.is_replaced else None
        if outcome.is_replaced:
            self.show_item(self.index)
        card.status = status

    def _went(self, wanted: str) -> None:
        """A button of the attempt under way: no card of an item leads to another form."""
        verb, _, named = wanted.partition(":")
        if self.sitting is None:
            return
        last = len(self.sitting.items) - 1
        if verb == "time-up":
            self.time_up()
        elif self.unsaved is not None and self.card is not None:
            # Going on would lose an answer without a word. Counted, because an equal status would not travel.
            self.n_told += 1
            self.card.status = self.unsaved | {"n": self.n_told}
        elif verb == "next":
            self.show_item(self._next_index(last))
        elif verb == "back":
            self.show_item(max(self.index - 1, 0))
        elif verb == "check":
            self.show(ResultCard(on_action=self._acted, **check_state(self.session, self.sitting)))
        elif verb == "finish":
            self.finish(secrets.token_hex(16))
        elif verb == "again":
            self.choose(self.sitting.view["form_id"], fresh=True)
        elif verb == "review" and named.isdecimal() and 1 <= int(named) <= last + 1:
            self.card = None
            self.show_item(int(named) - 1)
        elif self.sitting.view["is_finished"]:
            self._looked_back(verb, named)

    def _next_index(self, last: int) -> int:
        assert self.sitting is not None
        view = self.sitting.view
        if self.index == last and view["policy"] not in MAY_CHANGE and not view["is_finished"]:
            return self.sitting.first_open()
        return min(self.index + 1, last)

    # The end ----------------------------------------------------------------------------------------------------

    def finish(self, answer_id: str) -> None:
        assert self.sitting is not None
        outcome = self.sitting.finish(answer_id)
        if outcome.is_saved or self.sitting.view["is_finished"]:
            self.show_result(notice="" if outcome.is_saved else outcome.message)
        elif outcome.is_signed_out:
            error = KitError(outcome.code, outcome.message)
            self.show(refusal(self.session, error, self.path))
        else:
            self.card = None
            self.show_item(self.index)
            self._not_saved("", outcome)

    def time_up(self) -> None:
        """The card's clock ran out. The desk would close the attempt too, a little later: its grace is for an answer on its way."""
        assert self.sitting is not None
        if self.sitting.run_out(f"time-{secrets.token_hex(16)}"):
            self.unsaved = None
            self.show_result()
        else:
            self.finish(secrets.token_hex(16))  # which says why not

    def show_result(self, notice: str = "") -> None:
        assert self.sitting is not None
        is_waiting = (self.sitting.view["result"] or {"n_waiting": 0})["n_waiting"]
        own = [one for one in self.waiting() if one["role"] == "self"] if is_waiting else []
        mine = marking_notice(self.session, own)
        state = result_state(self.session, self.sitting, self.clauses, notice=notice, marking=mine)
        self.show(ResultCard(on_action=self._acted, **state, **self.clauses.wiring()))

    # A failed section: reading, then other items ----------------------------------------------------------------

    def _looked_back(self, verb: str, named: str) -> None:
        assert self.sitting is not None
        result = self.sitting.view["result"] or {"sections": []}
        part = next((one for one in result["sections"] if one["section"] == named), None)
        if verb == "result":
            self.show_result()
        elif part is None:
            return
        elif verb == "read" and part["reading"]:
            try:
                state = reading_state(self.session, part, self.clauses)
            except KitError as error:
                self.show(refusal(self.session, error, self.path))
                return
            self.show(ReadingList(on_action=self._acted, **state, **self.clauses.wiring()))
        elif verb == "done" and part["reading"]:
            self._has_read(part)
        elif verb == "retry" and part["retry"]:
            self.open(part["retry"], fresh=True)

    def _has_read(self, part: dict[str, Any]) -> None:
        assert self.sitting is not None
        outcome = self.sitting.read_again(part["section"], secrets.token_hex(16))
        if not outcome.is_saved:
            self.show(refusal(self.session, KitError(outcome.code, outcome.message), self.path))
        elif part["retry"]:
            self.open(part["retry"], fresh=True)
        else:
            self.show_result()
