"""The page for marking essays: one text at a time with its rubric, what was asked, and the model answer behind a fold.

For trainers, for colleagues who have finished the form too, and for one's own text; the desk says who may mark what, and
nobody learns who wrote. A mark is kept only once the desk said so.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import ipywidgets

from cps_training.apps.session import Session
from cps_training.apps.signed_out import refusal
from cps_training.apps.stack import Stack
from cps_training.desk import protocol
from cps_training.errors import KitError
from cps_training.i18n import mark
from cps_training.thai_text import show_date
from cps_training.views import FormCard, Notice
from cps_training.views._view import Intent

PATH, FORM = "/marking", "mark"
LABELS = {
    "saving": mark("กำลังบันทึก…"),
    "silent": mark("ยังไม่ได้บันทึก ระบบไม่ตอบกลับ สิ่งที่กรอกยังอยู่ โปรดลองอีกครั้ง"),
    "failed": mark("ยังไม่ได้บันทึก เกิดข้อขัดข้องในระบบ สิ่งที่กรอกยังอยู่ โปรดลองอีกครั้งหรือแจ้งผู้ดูแล"),
    "close": mark("ปิด"),
}
INTROS = {
    "trainer": mark("ให้ระดับตามเกณฑ์ทีละเรื่อง ระบบไม่แสดงชื่อผู้เขียน และผู้เขียนเห็นเพียงว่าวิทยากรเป็นผู้ตรวจ"),
    "peer": mark("คุณช่วยตรวจในฐานะเพื่อนร่วมงาน ระบบไม่แสดงชื่อผู้เขียน และไม่บอกผู้เขียนว่าใครตรวจ"),
    "self": mark("นี่คือข้อเขียนของคุณเอง อ่านเกณฑ์ทุกข้อ แล้วให้ระดับตามที่เขียนไว้จริง"),
}
WORTH = mark("%(points)s คะแนน")


def marking(session: Session) -> ipywidgets.Widget:
    """The texts this person may mark now, one after the other; words where there are none."""
    page = _MarkingPage(session)
    page.show_next()
    return page.stack.box


class _MarkingPage:
    """One page; what was skipped comes again after the others."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.stack = Stack()
        self.shown: dict[str, Any] | None = None
        self.skipped: list[tuple[str, str]] = []

    def show_next(self, told: str = "", kind: str = "good") -> None:
        """The next text, asked of the desk anew: others mark meanwhile. told: what became of the last one."""
        _ = self.session
        try:
            waiting = list(_.ask(protocol.Waiting())["waiting"])
        except KitError as error:
            self.stack.show(refusal(_, error, PATH))
            return
        # One's own text first, then in the desk's order; what was skipped comes last.
        waiting.sort(
            key=lambda one: (
                self.skipped.index(_key(one)) + 1 if _key(one) in self.skipped else 0,
                one["role"] != "self",
            )
        )
        notice = Notice(text=told, kind=kind, locale=_.locale) if told else None
        if not waiting:
            self.shown = None
            self.stack.show(self._nothing(has_marked=bool(told)), notice)
            return
        self.shown = waiting[0]
        state = card_state(_, waiting[0], len(waiting))
        card = FormCard(**state, on_intent=self.mark, on_action=self.act, lands=self.stack.has_shown)
        self.stack.show(card, notice)

    def _nothing(self, *, has_marked: bool) -> Notice:
        _ = self.session
        text = _("ตรวจครบแล้ว ไม่มีข้อเขียนรอตรวจ") if has_marked else _("ยังไม่มีข้อเขียนรอให้คุณตรวจ")
        action = None if _.is_lab else {"label": _("ไปหน้าแบบทดสอบ"), "href": "/quiz"}
        return Notice(text=text, action=action, locale=_.locale)

    def act(self, action: str) -> None:
        if action == "skip" and self.shown is not None:
            self.skipped = [one for one in self.skipped if one != _key(self.shown)] + [_key(self.shown)]
            self.show_next()

    def mark(self, intent: Intent) -> None:
        """The form was sent."""
        _, card, shown = self.session, self.stack.main, self.shown
        assert shown is not None
        levels = {criterion["id"]: intent.values[_field(criterion)] for criterion in shown["rubric"]}
        missing = next((criterion for criterion in shown["rubric"] if not levels[criterion["id"]]), None)
        if missing is not None:
            card.tell(intent, "error", _("โปรดเลือกระดับของเกณฑ์นี้"), _field(missing))
            return
        said = protocol.Mark(
            attempt_id=shown["attempt_id"],
            item_id=shown["item_id"],
            levels=levels,
            comment=intent.values["comment"].strip(),
            answer_id=intent.send_id,
        )
        try:
            _.ask(said)
        except KitError as error:
            if error.code == "not-yours":
                card.tell(intent, "error", _("ชิ้นนี้มีผู้อื่นตรวจไปแล้ว"))
                self.show_next(_("ชิ้นนั้นมีผู้อื่นตรวจไปแล้วระหว่างที่คุณอ่านอยู่ ผลตรวจของคุณจึงไม่ได้บันทึก"), "due")
            else:
                card.tell(intent, "error", _(error.message))
            return
        card.tell(intent, "saved", _("บันทึกผลตรวจแล้ว"))
        self.show_next(_("บันทึกผลตรวจแล้ว"))


def card_state(session: Session, one: dict[str, Any], n: int) -> dict[str, Any]:
    """Traits of a FormCard for one text. one: as the desk tells it; n: how many wait with it."""
    _ = session
    written = show_date(date.fromisoformat(one["written_on"]), _.locale)
    model = {"label": _("ตัวอย่างคำตอบ"), "text": one["model_answer"], "is_folded": True}
    return {
        "card": {
            "heading": _("ตรวจข้อเขียน"),
            "level": 1,
            "intro": [_(INTROS[one["role"]])],
            "passages": [
                {"label": _("โจทย์"), "text": one["stem"], "is_folded": False},
                {"label": _("คำตอบ เขียนเมื่อ %(day)s") % {"day": written}, "text": one["text"], "is_folded": False},
                *([model] if one["model_answer"] else []),  # held back from who may still write without it
            ],
            "form": FORM,
            "actions": [{"id": "skip", "label": _("ข้ามไปชิ้นถัดไป")}] if n > 1 else [],
        },
        "forms": {FORM: _form(session, one, n)},
        "labels": {name: _(text) for name, text in LABELS.items()},
        "locale": _.locale,
    }


def _form(session: Session, one: dict[str, Any], n: int) -> dict[str, Any]:
    _ = session
    fields: list[dict[str, Any]] = [
        {
            "name": _field(criterion),
            "type": "radio",
            "label": [{"own": criterion["text"]}],
            "value": "",
            "options": [
                {
                    "value": level["id"],
                    "label": level["text"],
                    "own": True,
                    "note": _(WORTH) % {"points": level["points"]},
                }
                for level in criterion["levels"]
            ],
        }
        for criterion in one["rubric"]
    ]
    hint = _("บอกสิ่งที่ทำได้ดีและสิ่งที่ควรเพิ่ม ผู้เขียนจะได้อ่าน") if one["role"] != "self" else ""
    comment = {
        "name": "comment",
        "type": "area",
        "label": _("ความเห็น (ไม่บังคับ)"),
        "value": "",
        "hint": hint,
        "most": 1000,
    }
    intro = _("รอตรวจอยู่ %(n)s ชิ้น") % {"n": n} if n > 1 else ""
    return {"title": "", "submit": _("บันทึกผลตรวจ"), "kind": "primary", "intro": intro, "fields": [*fields, comment]}


def _field(criterion: dict[str, Any]) -> str:
    return f"criterion-{criterion['id']}"


def _key(one: dict[str, Any]) -> tuple[str, str]:
    return one["attempt_id"], one["item_id"]
