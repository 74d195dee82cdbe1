"""How a learner stands with one clause, in words: questions answered, the state, when to meet it again, where to practise.

Knows what the desk's `standing` tells; no widget and no page.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from cps_training.apps.session import Session
from cps_training.desk import protocol
from cps_training.errors import KitError
from cps_training.i18n import mark
from cps_training.thai_text import show_date

STATES = {
    "mastered": mark("แม่นแล้ว"),
    "fading": mark("ควรทบทวน"),
    "in_progress": mark("กำลังเรียน"),
    "not_started": mark("ยังไม่เริ่ม"),
}
"""What the states of a clause are called."""
KINDS = {"mastered": "good", "fading": "due"}


def clause_seen(session: Session, clause_id: str) -> dict[str, Any] | None:
    """{"text", "tag", "due", "action"} as views.Citing shows it; None for a heading or an unknown clause, and without the desk."""
    try:
        told = session.ask(protocol.Standing(ids=(clause_id,)))["clauses"].get(clause_id)
    except KitError:  # the clause can be read all the same
        return None
    return None if told is None else seen_state(session, told)


def seen_state(session: Session, told: dict[str, Any]) -> dict[str, Any]:
    """The same from what the desk told of the clause."""
    state = told["state"]
    text = session("คุณยังไม่เคยตอบคำถามของข้อนี้")
    if told["n_items"]:
        text = session("คุณตอบคำถามของข้อนี้แล้ว %(n)s ข้อ ครั้งล่าสุดถูก %(m)s ข้อ") % {
            "n": told["n_items"],
            "m": told["n_right"],
        }
    return {
        "text": text,
        "tag": {"text": session(STATES[state]), "kind": KINDS.get(state, "plain")} if told["n_items"] else None,
        "due": _due(session, told),
        "action": _action(session, told["practice"]),
    }


def _due(session: Session, told: dict[str, Any]) -> str:
    if told["due_on"] is None:
        return ""
    said = session("ถึงกำหนดทบทวนแล้ว ตั้งแต่ %(day)s") if told["is_due"] else session("ควรทบทวนอีกครั้ง %(day)s")
    return said % {"day": show_date(date.fromisoformat(told["due_on"]), session.locale)}


def _action(session: Session, practice: dict[str, Any] | None) -> dict[str, str] | None:
    """JupyterLab has no page of quizzes."""
    if practice is None or session.is_lab:
        return None
    label = session.local(practice["title"]) if practice["title"] else session("ทบทวนวันนี้")
    return {"label": label, "href": f"/quiz?form={practice['form_id']}"}
