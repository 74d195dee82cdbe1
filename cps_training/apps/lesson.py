"""Start, checkpoints and end of a lesson. All checkpoints of a notebook share one attempt (Session.sitting).

A lesson is complete when every checkpoint has been answered once, right or wrong.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from weakref import WeakKeyDictionary

from cps_training.apps import cards
from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.feedback import feedback
from cps_training.apps.session import Session
from cps_training.apps.signed_out import page_of, sign_in_again, unsaved_words
from cps_training.apps.sitting import Sitting
from cps_training.desk import protocol
from cps_training.errors import KitError
from cps_training.views import ItemCard, NextStep, Notice


class _Page:
    """The checkpoints shown on one page: they learn from one another when an answer came from another tab."""

    def __init__(self, session: Session, sitting: Sitting) -> None:
        self.session, self.sitting = session, sitting
        self.clauses = ClauseCards(session)
        self.shown: dict[str, ItemCard] = {}
        self.ends: list[NextStep] = []

    def card(self, item_id: str) -> ItemCard:
        item = self.sitting.item(item_id)
        card = ItemCard(
            on_answer=lambda answer: self._answer(item_id, answer),
            presentation=cards.presentation(self.session, item, self.sitting.view),
            response=item["response"],
            feedback=feedback(self.session, item, self.sitting.view, self.clauses),
            mode="submit",
            status=cards.saved(self.session, "") if item["response"] is not None else _IDLE,
            labels=cards.labels(self.session, item),
            locale=self.session.locale,
            **self.clauses.wiring(),
        )
        self.shown[item_id] = card
        return card

    def _answer(self, item_id: str, answer: Any) -> None:
        outcome = self.sitting.answer(item_id, answer.response, answer.answer_id)
        self.clauses.remember(outcome.clauses)
        card = self.shown[item_id]
        if outcome.is_caught_up:
            for other in self.shown:
                self._refresh(other)
        if outcome.is_saved:
            self._refresh(item_id)
            card.status = cards.saved(self.session, answer.answer_id)
        elif outcome.is_signed_out:
            self._sign_out(item_id, answer.answer_id)
        else:
            kind = "notice" if outcome.is_replaced or outcome.is_unreadable else "error"
            card.status = {"kind": kind, "text": self.session(outcome.message), "answer_id": answer.answer_id}
        for end in self.ends:
            end.show(**end_state(self.session, self.sitting))

    def _sign_out(self, item_id: str, answer_id: str) -> None:
        """The session ended: nothing more can be saved from here, and every open card leads on."""
        again = [sign_in_again(self.session, page_of(self.sitting.view["form_id"]))]
        for other, card in self.shown.items():
            if card.feedback is None:
                status = card.status
                if other == item_id:
                    status = {"kind": "notice", "text": unsaved_words(self.session), "answer_id": answer_id}
                card.show(mode="review", status=status, actions=again)

    def _refresh(self, item_id: str) -> None:
        item = self.sitting.item(item_id)
        card = self.shown[item_id]
        is_news = item["response"] is not None and card.response is None
        card.show(
            response=item["response"],
            feedback=feedback(self.session, item, self.sitting.view, self.clauses),
            status=cards.saved(self.session, "") if is_news else card.status,
        )


HOME = "/home"
_IDLE = {"kind": "idle", "text": "", "answer_id": ""}


_pages: WeakKeyDictionary[Sitting, _Page] = WeakKeyDictionary()
"""One page per sitting of this kernel: every checkpoint cell of the notebook finds the same one."""


def _page(session: Session) -> _Page:
    if session.sitting is None:
        raise KitError("no-lesson", 'สมุดงานนี้ยังไม่ได้บอกว่าเป็นบทใด ให้เปิดด้วย apps.open_session(lesson="…")')
    if session.sitting not in _pages:
        _pages[session.sitting] = _Page(session, session.sitting)
    return _pages[session.sitting]


def checkpoint(session: Session, item_id: str) -> ItemCard:
    """A checkpoint of the lesson as a card; answered ones show their feedback again."""
    return _page(session).card(item_id)


def lesson_start(session: Session) -> Notice:
    """Where the learner was: nothing at the first opening; later how far one is, and the way to the last answered checkpoint.

    Takes it that a checkpoint's cell bears the item's id, as the shipped lessons' do: the server keeps its place under that name.
    """
    sitting = _page(session).sitting
    answered = [item["item"] for item in sitting.items if item["response"] is not None]
    if not answered or sitting.view["is_complete"] or session.is_lab:
        return Notice(locale=session.locale)
    of = {"n": len(answered), "total": len(sitting.items)}
    return Notice(
        text=session("ครั้งก่อนคุณเรียนถึงจุดตรวจที่ %(n)s จาก %(total)s") % of,
        action={"label": session("ไปต่อจากที่ค้างไว้"), "href": f"#shell-at-{answered[-1]}"},
        locale=session.locale,
    )


def lesson_end(session: Session) -> NextStep:
    """The end of a lesson: what is still open, or that it is complete and what comes next."""
    page = _page(session)
    end = NextStep(locale=session.locale, **end_state(session, page.sitting))
    page.ends.append(end)
    return end


def end_state(session: Session, sitting: Sitting) -> dict[str, Any]:
    """State of the lesson's last card."""
    total, answered = len(sitting.items), sitting.n_answered
    is_complete = bool(sitting.view["is_complete"])
    action = _next_action(session, sitting) if is_complete and not session.is_lab else None
    step = {
        "title": session("จบบทเรียนแล้ว") if is_complete else session("เกือบจบบทแล้ว"),
        "heading": session("ตอบครบ %(n)s ข้อ") % {"n": total}
        if is_complete
        else session("ตอบแล้ว %(n)s จาก %(total)s ข้อ") % {"n": answered, "total": total},
        "detail": session("กลับไปดูขั้นต่อไปได้ที่หน้าแรก")
        if is_complete and action is not None and action["href"] == HOME
        else session("ลองใช้สิ่งที่เรียนกับแบบฝึกของบทนี้ต่อได้เลย")
        if is_complete
        else session("เลื่อนขึ้นไปตอบข้อที่ยังว่าง บทเรียนจะนับว่าจบเมื่อตอบครบทุกข้อ ไม่ว่าถูกหรือผิด"),
        "action": action,
    }
    return {"greeting": "", "summary": "", "step": step, "cards": []}


def _next_action(session: Session, sitting: Sitting) -> dict[str, str]:
    """The practice of this lesson, or home where it has none, or where the desk cannot be asked just now."""
    lesson = sitting.view["form_id"].removeprefix("lesson:")
    with suppress(KitError):
        for form in session.ask(protocol.Forms())["forms"]:
            if form["lesson"] and form["lesson"]["lesson_id"] == lesson and form["policy"] == "practice":
                return {"label": session("ทำแบบฝึกของบทนี้"), "href": f"/quiz?form={form['form_id']}"}
    return {"label": session("ไปหน้าแรก"), "href": HOME}
