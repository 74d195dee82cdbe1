"""What stands at the end of an attempt: the check before an exam is sent, and the result. State only; knows no widget class."""

from __future__ import annotations

from typing import Any

from cps_training.apps import cards
from cps_training.apps.quiz_choice import points_text
from cps_training.apps.session import Session
from cps_training.apps.sitting import Sitting


def action(action_id: str, label: str, *, primary: bool = False, disabled: bool = False) -> dict[str, Any]:
    """A button as ItemCard and ResultCard take it."""
    return {"id": action_id, "label": label, "primary": primary, "disabled": disabled}


def check_state(session: Session, sitting: Sitting) -> dict[str, Any]:
    """Traits of a ResultCard: which items are still blank."""
    _, items = session, sitting.items
    blank = len(items) - sitting.n_answered
    return {
        "heading": _("ตรวจทานก่อนส่ง"),
        "score_text": _("ตอบแล้ว %(n)s จาก %(total)s ข้อ") % {"n": len(items) - blank, "total": len(items)},
        "tag": {"text": _("ยังว่าง %(n)s ข้อ") % {"n": blank}, "kind": "due"}
        if blank
        else {"text": _("ครบทุกข้อ"), "kind": "good"},
        "rows": [
            {
                "n": n,
                "title": item["presentation"]["stem"],
                "verdict": "answered" if item["response"] is not None else "blank",
                "verdict_label": _("ตอบแล้ว") if item["response"] is not None else _("ยังว่าง"),
                "clause": "",
            }
            for n, item in enumerate(items, 1)
        ],
        "actions": [
            action("finish", _("ส่งคำตอบทั้งหมด"), primary=True),
            action(f"review:{sitting.first_open() + 1}", _("กลับไปทำต่อ")),
        ],
        "locale": _.locale,
    }


def result_state(session: Session, sitting: Sitting, clauses: cards.ClauseCards, notice: str = "") -> dict[str, Any]:
    """Traits of a ResultCard for a finished attempt. notice: a Thai message that stands in place of the verdict."""
    _, result = session, sitting.view["result"]
    verdict = result["is_passed"]
    tag = {"text": _("ทำครบแล้ว"), "kind": "plain"}
    if verdict is not None:
        tag = {"text": _("ผ่านเกณฑ์"), "kind": "good"} if verdict else {"text": _("ยังไม่ถึงเกณฑ์"), "kind": "due"}
    if notice:
        tag = {"text": _(notice), "kind": "plain"}
    return {
        "heading": _.local(sitting.view["title"]),
        "score_text": _("ได้ %(points)s จาก %(total)s")
        % {"points": points_text(result["points"]), "total": result["maximum"]},
        "tag": tag,
        "rows": [_row(session, n, item, clauses) for n, item in enumerate(sitting.items, 1)],
        "actions": [action("again", _("ทำอีกครั้ง")), action("menu", _("เลือกชุดอื่น"))],
        "locale": _.locale,
    }


def _row(session: Session, n: int, item: dict[str, Any], clauses: cards.ClauseCards) -> dict[str, Any]:
    judged = item["judgement"]
    cited = clauses(judged["clauses"][:1])
    return {
        "n": n,
        "title": item["presentation"]["stem"],
        "verdict": judged["verdict"],
        "verdict_label": session(cards.VERDICTS[judged["verdict"]]),
        "clause": cited[0]["label"] if cited else "",
    }
