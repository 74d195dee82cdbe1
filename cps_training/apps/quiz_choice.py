"""The menu of the quiz page: forms as cards, one of them the thing to do next. State only; knows no attempt and no widget class."""

from __future__ import annotations

from typing import Any

from cps_training.apps.session import Session
from cps_training.i18n import mark

POLICY_NAMES = {"practice": mark("รู้ผลทันที"), "exam": mark("รู้ผลเมื่อส่ง")}


def menu_state(session: Session, forms: list[dict[str, Any]]) -> dict[str, Any]:
    """Traits of a QuizMenu. forms: FormViews of the desk."""
    return {
        "heading": session("แบบทดสอบ"),
        "intro": session("หยุดพักเมื่อใดก็ได้ คำตอบที่ขึ้นว่า “บันทึกแล้ว” จะยังอยู่ แม้เปลี่ยนเครื่อง"),
        "forms": _entries(session, forms),
        "locale": session.locale,
    }


def under_way(forms: list[dict[str, Any]]) -> list[str]:
    """Ids of the forms with an open attempt in which something was answered."""
    return [form["form_id"] for form in forms if form["open"] and form["open"]["n_answered"]]


def points_text(points: float) -> str:
    """Points with one decimal only where there is one."""
    return f"{points:.0f}" if abs(points - round(points)) < 0.05 else f"{points:.1f}"


def _entries(session: Session, forms: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Practice first; one primary button: what is under way, else the first that was never done."""
    entries = [_entry(session, form) for form in sorted(forms, key=lambda form: form["policy"] == "exam")]
    begun = under_way(forms)
    wanted = [e for e in entries if e["id"] in begun] or [e for e in entries if e["action"]["primary"]]
    for entry in entries:
        entry["action"]["primary"] = entry in wanted[:1]
    return entries


def _entry(session: Session, form: dict[str, Any]) -> dict[str, Any]:
    _ = session
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
            "points": points_text(form["last"]["points"]),
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
