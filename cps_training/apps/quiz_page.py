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
from cps_training.apps.session import Session
from cps_training.apps.sitting import Outcome, Sitting
from cps_training.desk import protocol
from cps_training.errors import KitError
from cps_training.i18n import mark
from cps_training.views import ItemCard, Notice, QuizMenu, ResultCard

POLICY_NAMES = {"practice": mark("รู้ผลทันที"), "exam": mark("รู้ผลเมื่อส่ง")}
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
        self.unsaved: dict[str, str] | None = None
        """The status of an answer that could not be saved: until it is, the page stays on its item."""

    # Which view -------------------------------------------------------------------------------------------------

    def start(self, wanted: str) -> None:
        forms = self.session.ask(protocol.Forms())["forms"]
        known = {form["form_id"] for form in forms}
        under_way = next((form["form_id"] for form in forms if form["open"] and form["open"]["n_answered"]), None)
        form_id = wanted if wanted in known else under_way
        if form_id is None:
            self.show_menu(forms)
        else:
            self.open(form_id)

    def show(self, widget: ipywidgets.Widget) -> None:
        """Replace what the page shows and let go of what it showed."""
        old = self.stack.children
        self.stack.children = (widget,)
        for gone in old:
            if gone is not widget:
                gone.close()

    def show_menu(self, forms: list[dict[str, Any]] | None = None) -> None:
        _ = self.session
        shown = forms if forms is not None else self.session.ask(protocol.Forms())["forms"]
        self.card = None
        if not shown:
            self.show(
                Notice(
                    text=_("ยังไม่มีแบบฝึกหรือแบบทดสอบให้ทำ วิทยากรเพิ่มได้ในโฟลเดอร์เนื้อหาของสำนักงาน"),
                    kind="plain",
                    locale=_.locale,
                )
            )
            return
        self.show(
            QuizMenu(
                heading=_("แบบทดสอบ"),
                intro=_("หยุดพักเมื่อใดก็ได้ คำตอบที่ขึ้นว่า “บันทึกแล้ว” จะยังอยู่ แม้เปลี่ยนเครื่อง"),
                forms=self._entries(shown),
                on_action=self._chosen,
                locale=_.locale,
            )
        )

    def _entries(self, forms: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Practice first; one primary button: what is under way, else the first that was never done."""
        entries = [self._entry(form) for form in sorted(forms, key=lambda form: form["policy"] == "exam")]
        under_way = {form["form_id"] for form in forms if form["open"] and form["open"]["n_answered"]}
        wanted = [e for e in entries if e["id"] in under_way] or [e for e in entries if e["action"]["primary"]]
        for entry in entries:
            entry["action"]["primary"] = entry in wanted[:1]
        return entries

    def _entry(self, form: dict[str, Any]) -> dict[str, Any]:
        _ = self.session
        facts = [
            _("%(n)s ข้อ") % {"n": form["n_items"]},
            _("ราว %(n)s นาที") % {"n": form["minutes"]},
            _(POLICY_NAMES[form["policy"]]),
        ]
        if form["cut_score"] is not None:
            facts.append(_("เกณฑ์ผ่านร้อยละ %(n)s") % {"n": round(100 * form["cut_score"])})
        if form["open"] and form["open"]["n_answered"]:
            state = _("ทำไปแล้ว %(n)s จาก %(total)s ข้อ") % {
                "n": form["open"]["n_answered"],
                "total": form["open"]["n_items"],
            }
            label, action = _("ทำต่อ"), "open"
        elif form["last"]:
            state = _("ครั้งล่าสุดได้ %(points)s จาก %(total)s") % {
                "points": _points(form["last"]["points"]),
                "total": form["last"]["maximum"],
            }
            label, action = _("ทำอีกครั้ง"), "fresh"
        else:
            state, label, action = _("ยังไม่เริ่ม"), _("เริ่มทำ"), "open"
        return {
            "id": form["form_id"],
            "title": _.local(form["title"]),
            "description": _.local(form["description"]),
            "facts": facts,
            "state": state,
            "tag": "",
            "action": {"id": f"{action}:{form['form_id']}", "label": label, "primary": action == "open"},
        }

    def _chosen(self, action: str) -> None:
        verb, _, form_id = action.partition(":")
        if verb in ("open", "fresh") and form_id:
            self.open(form_id, fresh=verb == "fresh")

    def open(self, form_id: str, *, fresh: bool = False) -> None:
        """Show the form's attempt: its result when finished, else the first unanswered item."""
        try:
            self.sitting = Sitting.open(self.session.desk, form_id, fresh=fresh)
        except KitError as error:
            self.show(Notice(text=self.session(error.message), kind="bad", locale=self.session.locale))
            return
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
            self.card = ItemCard(on_answer=self._answered, on_action=self._acted, **state)
            self.show(self.card)
            return
        with self.card.hold_sync():
            for name, value in state.items():
                setattr(self.card, name, value)

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
        back = _action("back", _("ข้อก่อนหน้า"), disabled=self.index == 0)
        onward = _action("next", _("ข้อต่อไป"), primary=True)
        if view["is_finished"]:
            return [
                _action("result", _("กลับไปหน้าผล"), primary=True),
                back,
                _action("next", _("ข้อต่อไป"), disabled=self.index == last),
            ]
        if view["policy"] == "exam":
            return [onward if self.index < last else _action("check", _("ตรวจทานและส่ง"), primary=True), back]
        if self.sitting.items[self.index]["judgement"] is None:
            return [back] if self.index else []
        return [
            _action("finish", _("ดูผล"), primary=True) if view["is_complete"] else onward,
            *([back] if self.index else []),
        ]

    def _answered(self, answer: Any) -> None:
        assert self.sitting is not None
        card = self.card
        if card is None:
            return
        outcome = self.sitting.answer(answer.item, answer.response, answer.answer_id)
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
        kind = "notice" if outcome.is_replaced else "error"
        status = {"kind": kind, "text": self.session(outcome.message), "answer_id": answer_id}
        self.unsaved = None if outcome.is_replaced or not answer_id else status
        if outcome.is_replaced:
            self.show_item(self.index)
        card.status = status

    def _acted(self, action: str) -> None:
        assert self.sitting is not None
        last = len(self.sitting.items) - 1
        if self.unsaved is not None and self.card is not None:
            # Going on would lose an answer without a word. A new dict, because an equal status would not travel.
            self.card.status = dict(self.unsaved) | {
                "text": self.unsaved["text"] + "\u200b" * (self.card.status == self.unsaved)
            }
            return
        if action == "next":
            self.show_item(self._next_index(last))
        elif action == "back":
            self.show_item(max(self.index - 1, 0))
        elif action == "check":
            self.show_check()
        elif action == "finish":
            self.finish()
        elif action == "result" and self.sitting.view["is_finished"]:
            self.show_result()
        elif action == "menu":
            self.show_menu()
        elif action == "again":
            self.open(self.sitting.view["form_id"], fresh=True)
        elif action.startswith("review:") and action[7:].isdecimal() and 1 <= int(action[7:]) <= last + 1:
            self.card = None
            self.show_item(int(action[7:]) - 1)

    def _next_index(self, last: int) -> int:
        assert self.sitting is not None
        is_practice = self.sitting.view["policy"] == "practice" and not self.sitting.view["is_finished"]
        if is_practice and self.index == last:
            return self.sitting.first_open()
        return min(self.index + 1, last)

    # The end ----------------------------------------------------------------------------------------------------

    def show_check(self) -> None:
        """Before an exam is sent: which items are still blank."""
        assert self.sitting is not None
        _, items = self.session, self.sitting.items
        blank = len(items) - self.sitting.n_answered
        self.card = None
        self.show(
            ResultCard(
                heading=_("ตรวจทานก่อนส่ง"),
                score_text=_("ตอบแล้ว %(n)s จาก %(total)s ข้อ") % {"n": len(items) - blank, "total": len(items)},
                tag={"text": _("ยังว่าง %(n)s ข้อ") % {"n": blank}, "kind": "due"}
                if blank
                else {"text": _("ครบทุกข้อ"), "kind": "good"},
                rows=[
                    {
                        "n": n,
                        "title": item["presentation"]["stem"],
                        "verdict": "answered" if item["response"] is not None else "blank",
                        "verdict_label": _("ตอบแล้ว") if item["response"] is not None else _("ยังว่าง"),
                        "clause": "",
                    }
                    for n, item in enumerate(items, 1)
                ],
                actions=[
                    _action("finish", _("ส่งคำตอบทั้งหมด"), primary=True),
                    _action(f"review:{self.sitting.first_open() + 1}", _("กลับไปทำต่อ")),
                ],
                on_action=self._acted,
                locale=_.locale,
            )
        )

    def finish(self) -> None:
        assert self.sitting is not None
        outcome = self.sitting.finish(secrets.token_hex(16))
        if outcome.is_saved or self.sitting.view["is_finished"]:
            self.show_result(notice="" if outcome.is_saved else outcome.message)
        else:
            self.card = None
            self.show_item(self.index)
            self._not_saved("", outcome)

    def show_result(self, notice: str = "") -> None:
        assert self.sitting is not None
        _, result = self.session, self.sitting.view["result"]
        self.card = None
        verdict = result["is_passed"]
        tag = {"text": _("ทำครบแล้ว"), "kind": "plain"}
        if verdict is not None:
            tag = {"text": _("ผ่านเกณฑ์"), "kind": "good"} if verdict else {"text": _("ยังไม่ถึงเกณฑ์"), "kind": "due"}
        if notice:
            tag = {"text": _(notice), "kind": "plain"}
        self.show(
            ResultCard(
                heading=_.local(self.sitting.view["title"]),
                score_text=_("ได้ %(points)s จาก %(total)s")
                % {"points": _points(result["points"]), "total": result["maximum"]},
                tag=tag,
                rows=[self._row(n, item) for n, item in enumerate(self.sitting.items, 1)],
                actions=[_action("again", _("ทำอีกครั้ง")), _action("menu", _("เลือกชุดอื่น"))],
                on_action=self._acted,
                locale=_.locale,
            )
        )

    def _row(self, n: int, item: dict[str, Any]) -> dict[str, Any]:
        judged = item["judgement"]
        cited = self.clauses(judged["clauses"][:1])
        return {
            "n": n,
            "title": item["presentation"]["stem"],
            "verdict": judged["verdict"],
            "verdict_label": self.session(cards.VERDICTS[judged["verdict"]]),
            "clause": cited[0]["label"] if cited else "",
        }


def _action(action_id: str, label: str, *, primary: bool = False, disabled: bool = False) -> dict[str, Any]:
    return {"id": action_id, "label": label, "primary": primary, "disabled": disabled}


def _points(points: float) -> str:
    """Points with one decimal only where there is one."""
    return f"{points:.0f}" if abs(points - round(points)) < 0.05 else f"{points:.1f}"
