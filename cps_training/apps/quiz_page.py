"""The quiz page: choose a form, answer item by item, see the result, look back. Practice and exam differ only in policy.

Knows which card to show when; the desk decides what may be shown. Reloading comes back to the open attempt.
"""

from __future__ import annotations

import os
import secrets
from typing import Any
from urllib.parse import parse_qs

import ipywidgets

from cps_training.apps import cards
from cps_training.apps.quiz_choice import menu_state, under_way
from cps_training.apps.quiz_result import action, check_state, result_state
from cps_training.apps.session import Session
from cps_training.apps.signed_out import page_of, refusal, sign_in_again, unsaved_words
from cps_training.apps.sitting import Outcome, Sitting
from cps_training.desk import protocol
from cps_training.errors import KitError
from cps_training.i18n import mark
from cps_training.views import ItemCard, Notice, QuizMenu, ResultCard
from cps_training.views._view import View

POLICY_NOTES = {"practice": mark("ตอบแล้วรู้ผลทันที"), "exam": mark("แก้คำตอบได้จนกว่าจะส่ง ระบบบันทึกให้ทุกครั้งที่แก้")}


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
        self.clauses = cards.ClauseCards(session)
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
        form_id = wanted if wanted in known else next(iter(under_way(forms)), None)
        if form_id is None:
            self.show_menu(forms)
        else:
            self.open(form_id)

    def forms(self) -> list[dict[str, Any]] | None:
        """The forms one may take; None when the desk refused, and the page says so."""
        try:
            return list(self.session.ask(protocol.Forms())["forms"])
        except KitError as error:
            self.show(refusal(self.session, error, "/quiz"))
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
            self.show(QuizMenu(on_action=self._chosen, **menu_state(_, forms)))
            return
        self.show(
            Notice(
                text=_("ยังไม่มีแบบฝึกหรือแบบทดสอบให้ทำ วิทยากรเพิ่มได้ในโฟลเดอร์เนื้อหาของสำนักงาน"),
                action={"label": _("ไปหน้าบทเรียน"), "href": "/home"},
                locale=_.locale,
            )
        )

    def _chosen(self, chosen: str) -> None:
        verb, _, form_id = chosen.partition(":")
        if verb in ("open", "fresh") and form_id:
            self.open(form_id, fresh=verb == "fresh")

    def open(self, form_id: str, *, fresh: bool = False) -> None:
        """Show the form's attempt: its result when finished, else the first unanswered item."""
        try:
            self.sitting = Sitting.open(self.session.desk, form_id, fresh=fresh)
        except KitError as error:
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
        state = self._item_state()
        if self.card is None:
            self.card = ItemCard(on_answer=self._answered, on_action=self._acted, **self.clauses.wiring(), **state)
            self.show(self.card)
            return
        self.card.show(**state)

    def _item_state(self) -> dict[str, Any]:
        assert self.sitting is not None
        item, view = self.sitting.items[self.index], self.sitting.view
        if view["is_finished"] or (view["policy"] == "practice" and item["judgement"]):
            mode = "review" if view["is_finished"] else "submit"
        else:
            mode = "autosave" if view["policy"] == "exam" else "submit"
        is_saved = item["response"] is not None and not view["is_finished"]
        return {
            "presentation": cards.presentation(self.session, item),
            "response": item["response"],
            "feedback": cards.feedback(self.session, item, self.clauses),
            "mode": mode,
            "status": cards.saved(self.session, "", self.index + 1)
            if is_saved
            else {"kind": "idle", "text": "", "answer_id": ""},
            "progress": self._progress(),
            "actions": self._actions(),
            "labels": cards.labels(self.session),
            "locale": self.session.locale,
        }

    def _progress(self) -> dict[str, Any]:
        assert self.sitting is not None
        _, view = self.session, self.sitting.view
        note = _("ทบทวนคำตอบ") if view["is_finished"] else _(POLICY_NOTES[view["policy"]])
        marks = [self._mark(item) for item in self.sitting.items]
        if not view["is_finished"]:
            marks[self.index] = "now"
        label = _("ข้อ %(n)s จาก %(total)s") % {"n": self.index + 1, "total": len(marks)}
        return {"index": self.index, "total": len(marks), "marks": marks, "label": f"{label} · {note}"}

    def _mark(self, item: dict[str, Any]) -> str:
        assert self.sitting is not None
        if self.sitting.view["is_finished"] and item["judgement"]:
            return {"right": "right", "partly": "partly"}.get(item["judgement"]["verdict"], "wrong")
        return "done" if item["response"] is not None else ""

    def _actions(self) -> list[dict[str, Any]]:
        assert self.sitting is not None
        _, view, last = self.session, self.sitting.view, len(self.sitting.items) - 1
        back = action("back", _("ข้อก่อนหน้า"), disabled=self.index == 0)
        onward = action("next", _("ข้อต่อไป"), primary=True)
        if view["is_finished"]:
            return [
                action("result", _("กลับไปหน้าผล"), primary=True),
                back,
                action("next", _("ข้อต่อไป"), disabled=self.index == last),
            ]
        if view["policy"] == "exam":
            return [onward if self.index < last else action("check", _("ตรวจทานและส่ง"), primary=True), back]
        if self.sitting.items[self.index]["judgement"] is None:
            return [back] if self.index else []
        return [
            action("finish", _("ดูผล"), primary=True) if view["is_complete"] else onward,
            *([back] if self.index else []),
        ]

    def _answered(self, answer: Any) -> None:
        assert self.sitting is not None
        card = self.card
        if card is None:
            return
        outcome = self.sitting.answer(answer.item, answer.response, answer.answer_id)
        self.clauses.remember(outcome.clauses)
        if outcome.is_replaced and self.sitting.view["is_finished"]:
            self.show_result(notice=outcome.message)
            return
        if answer.item != self.sitting.items[self.index]["item"]:
            return  # the learner went on while it was being saved; the item shows it when they come back
        if outcome.is_saved:
            self.unsaved = None
            item = self.sitting.items[self.index]
            with card.hold_sync():
                if self.sitting.view["policy"] != "exam" or answer.response is None:
                    card.response = item["response"]
                card.feedback = cards.feedback(self.session, item, self.clauses)
                card.actions, card.progress = self._actions(), self._progress()
                card.status = cards.saved(self.session, answer.answer_id, self.index + 1)
            return
        self._not_saved(answer.answer_id, outcome)

    def _not_saved(self, answer_id: str, outcome: Outcome) -> None:
        card = self.card
        assert card is not None
        if outcome.is_signed_out:
            # Nothing more can be saved from here: what was chosen stays to be seen, and one button leads on.
            status = {"kind": "notice", "text": unsaved_words(self.session), "answer_id": answer_id}
            card.show(mode="review", status=status, actions=[sign_in_again(self.session, self.path)])
            return
        kind = "notice" if outcome.is_replaced else "error"
        status = {"kind": kind, "text": self.session(outcome.message), "answer_id": answer_id}
        self.unsaved = None if outcome.is_replaced or not answer_id else status
        if outcome.is_replaced:
            self.show_item(self.index)
        card.status = status

    def _acted(self, wanted: str) -> None:
        assert self.sitting is not None
        last = len(self.sitting.items) - 1
        if self.unsaved is not None and self.card is not None:
            # Going on would lose an answer without a word. Counted, because an equal status would not travel.
            self.n_told += 1
            self.card.status = self.unsaved | {"n": self.n_told}
            return
        if wanted == "next":
            self.show_item(self._next_index(last))
        elif wanted == "back":
            self.show_item(max(self.index - 1, 0))
        elif wanted == "check":
            self.show(ResultCard(on_action=self._acted, **check_state(self.session, self.sitting)))
        elif wanted == "finish":
            self.finish()
        elif wanted == "result" and self.sitting.view["is_finished"]:
            self.show_result()
        elif wanted == "menu":
            forms = self.forms()
            if forms is not None:
                self.show_menu(forms)
        elif wanted == "again":
            self.open(self.sitting.view["form_id"], fresh=True)
        elif wanted.startswith("review:") and wanted[7:].isdecimal() and 1 <= int(wanted[7:]) <= last + 1:
            self.card = None
            self.show_item(int(wanted[7:]) - 1)

    def _next_index(self, last: int) -> int:
        assert self.sitting is not None
        is_practice = self.sitting.view["policy"] == "practice" and not self.sitting.view["is_finished"]
        if is_practice and self.index == last:
            return self.sitting.first_open()
        return min(self.index + 1, last)

    # The end ----------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        assert self.sitting is not None
        outcome = self.sitting.finish(secrets.token_hex(16))
        if outcome.is_saved or self.sitting.view["is_finished"]:
            self.show_result(notice="" if outcome.is_saved else outcome.message)
        elif outcome.is_signed_out:
            error = KitError(outcome.code, outcome.message)
            self.show(refusal(self.session, error, self.path))
        else:
            self.card = None
            self.show_item(self.index)
            self._not_saved("", outcome)

    def show_result(self, notice: str = "") -> None:
        assert self.sitting is not None
        self.show(ResultCard(on_action=self._acted, **result_state(self.session, self.sitting, self.clauses, notice)))
