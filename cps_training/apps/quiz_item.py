"""One item of a quiz as an ItemCard shows it: how it is answered, how far one is, what can be pressed. State only.

The five policies differ here in mode, progress line and buttons; what may be told was decided by the desk.
"""

from __future__ import annotations

from typing import Any

from cps_training.apps import cards
from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.feedback import feedback, nudge, verdict_of
from cps_training.apps.session import Session
from cps_training.apps.sitting import Sitting
from cps_training.i18n import mark

POLICY_NOTES = {
    "practice": mark("ตอบแล้วรู้ผลทันที"),
    "exam": mark("แก้คำตอบได้จนกว่าจะส่ง ระบบบันทึกให้ทุกครั้งที่แก้"),
    "tries": mark("ลองใหม่ได้ มีคำใบ้ให้"),
    "certainty": mark("ตอบพร้อมบอกว่ามั่นใจเพียงใด"),
    "survey": mark("ไม่มีถูกผิด แก้คำตอบได้จนกว่าจะส่ง"),
}
MAY_CHANGE = frozenset(("exam", "survey"))
"""Policies under which an answer may be replaced until all are sent: saved as one goes, checked at the end."""
IDLE = {"kind": "idle", "text": "", "answer_id": ""}


def action(action_id: str, label: str, *, primary: bool = False, disabled: bool = False) -> dict[str, Any]:
    """A button as ItemCard and ResultCard take it."""
    return {"id": action_id, "label": label, "primary": primary, "disabled": disabled}


def item_state(session: Session, sitting: Sitting, index: int, clauses: ClauseCards) -> dict[str, Any]:
    """Traits of an ItemCard for the item at `index`. Raises KitError when the desk cannot tell a clause."""
    item, view = sitting.items[index], sitting.view
    is_saved = item["response"] is not None and not view["is_finished"]
    return {
        "presentation": cards.presentation(session, item, view),
        "response": item["response"],
        **told_state(session, sitting, index, clauses),
        "clock": cards.clock(session, sitting.seconds_left),
        "mode": _mode(view),
        "status": cards.saved(session, "", index + 1) if is_saved else IDLE,
        "labels": cards.labels(session, item),
        "locale": session.locale,
    }


def told_state(session: Session, sitting: Sitting, index: int, clauses: ClauseCards) -> dict[str, Any]:
    """What an answer may change on the card of its item."""
    item, view = sitting.items[index], sitting.view
    return {
        "feedback": feedback(session, item, view, clauses),
        "nudge": nudge(session, item),
        "certainty": cards.certainty(session, item, view),
        "progress": _progress(session, sitting, index),
        "actions": _actions(session, sitting, index),
    }


def _mode(view: dict[str, Any]) -> str:
    if view["is_finished"]:
        return "review"
    return "autosave" if view["policy"] in MAY_CHANGE else "submit"


def _progress(session: Session, sitting: Sitting, index: int) -> dict[str, Any]:
    view, items = sitting.view, sitting.items
    marks = [_mark(view, item) for item in items]
    if not view["is_finished"]:
        marks[index] = "now"
    titles = {part["section"]: session.local(part["title"]) for part in view["sections"]}
    words = [
        session("ข้อ %(n)s จาก %(total)s") % {"n": index + 1, "total": len(marks)},
        titles.get(items[index]["section"], ""),
        session("ทบทวนคำตอบ") if view["is_finished"] else session(POLICY_NOTES[view["policy"]]),
    ]
    return {"index": index, "total": len(marks), "marks": marks, "label": " · ".join(filter(None, words))}


def _mark(view: dict[str, Any], item: dict[str, Any]) -> str:
    if view["is_finished"] and item["judgement"]:
        told = {"right": "right", "partly": "partly", "waiting": "done", "noted": "done"}
        return told.get(verdict_of(item), "wrong")
    return "done" if item["response"] is not None else ""


def _actions(session: Session, sitting: Sitting, index: int) -> list[dict[str, Any]]:
    _, view, item, last = session, sitting.view, sitting.items[index], len(sitting.items) - 1
    back = action("back", _("ข้อก่อนหน้า"), disabled=index == 0)
    if view["is_finished"]:
        return [
            action("result", _("กลับไปหน้าผล"), primary=True),
            back,
            action("next", _("ข้อต่อไป"), disabled=index == last),
        ]
    if view["policy"] in MAY_CHANGE:
        onward = action("next", _("ข้อต่อไป"), primary=True)
        return [onward if index < last else action("check", _("ตรวจทานและส่ง"), primary=True), back]
    shown = [back] if index else []
    if item["judgement"] is not None:
        if view["is_complete"]:
            return [action("finish", _("ดูผล"), primary=True), *shown]
        return [action("next", _("ข้อต่อไป"), primary=True), *shown]
    if item["nudge"] is not None:  # nobody has to use up their tries
        return [action("finish", _("พอแล้ว ดูผล")) if view["is_complete"] else action("next", _("ไปข้อต่อไป")), *shown]
    return shown
