"""The learner's own record: who, over which clauses, which lessons and quizzes. Derived from the desk's progress each time.

Shows counts with their n and says where there is too little to tell. Holds no key and keeps nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import ipywidgets

from cps_training.apps.cards import points_text
from cps_training.apps.certificate import certificate_card
from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.knowledge_map import STATES
from cps_training.apps.quiz_choice import in_order
from cps_training.apps.session import Session
from cps_training.apps.signed_out import refusal
from cps_training.clock import office_day, utc_now
from cps_training.desk import protocol
from cps_training.errors import KitError
from cps_training.thai_text import show_date
from cps_training.views import RecordCard


def record(session: Session) -> ipywidgets.Widget:
    """The record of the person signed in, as of today."""
    try:
        progress = session.ask(protocol.Progress())
        forms = session.ask(protocol.Forms())["forms"]
        certificate = session.ask(protocol.Certificate())
    except KitError as error:
        return refusal(session, error, "/record")
    state = record_state(session, progress, forms, office_day(utc_now()))
    card = RecordCard(**state, **ClauseCards(session).wiring())
    return ipywidgets.VBox([card, certificate_card(session, certificate)])


def record_state(
    session: Session, progress: Mapping[str, Any], forms: list[dict[str, Any]], today: date
) -> dict[str, Any]:
    """Traits of a RecordCard. progress, forms: the desk's; `completed_on`, `best` and `last_on` may be missing there."""
    _ = session
    common = {"heading": _("บันทึกการเรียน"), "who": _who(session, progress, today), "locale": _.locale}
    has_begun = (
        progress["n_started"]
        or any(lesson["n_answered"] for lesson in progress["lessons"])
        or any(form["n_finished"] or _is_begun(form) for form in forms)
    )
    if not has_begun:
        return common | {
            "empty": _("ข้อมูลยังไม่พอ บันทึกจะเริ่มเมื่อคุณตอบคำถามแรก ในบทเรียนหรือแบบฝึก"),
            "action": None if _.is_lab else {"label": _("เริ่มเรียน"), "href": "/home"},
        }
    return common | {
        "clauses": _clauses(session, progress),
        "blocks": [_lessons(session, progress["lessons"]), _quizzes(session, forms)],
        "labels": {"print": "" if _.is_lab else _("พิมพ์หน้านี้")},
    }


def _who(session: Session, progress: Mapping[str, Any], today: date) -> dict[str, Any]:
    _, person = session, session.person
    facts = [{"label": _("รหัสเจ้าหน้าที่"), "text": person["code"], "is_own": True}]
    for label, text in (
        (_("สำนักงาน"), person.get("office")),
        (_("กลุ่มงาน"), progress.get("unit")),
    ):
        if text:
            facts.append({"label": label, "text": text, "is_own": True})
    facts.append({"label": _("ข้อมูล ณ วันที่"), "text": show_date(today, _.locale), "is_own": False})
    return {"name": person["name"], "facts": facts}


def _clauses(session: Session, progress: Mapping[str, Any]) -> dict[str, Any]:
    _ = session
    return {
        "title": _("ความรู้ตามคู่มือ"),
        "summary": _("แม่นแล้ว %(m)s · กำลังเรียน %(p)s · ยังไม่เริ่ม %(r)s จากทั้งหมด %(n)s ข้อ")
        % {
            "m": progress["n_mastered"],
            "p": progress["n_started"] - progress["n_mastered"],
            "r": progress["teachable"] - progress["n_started"],
            "n": progress["teachable"],
        },
        "sections": [_section(session, section) for section in progress["sections"] if section["clauses"]],
        "rule": {
            "title": _("“แม่นแล้ว” นับอย่างไร"),
            "text": _(
                "ข้อหนึ่งนับว่าแม่นแล้ว เมื่อตอบคำถามของข้อนั้นอย่างน้อย 2 คำถามที่ต่างกัน และคำตอบครั้งล่าสุดของแต่ละคำถามรวมกันถึงระดับ 0.70"
                " คำถามที่เดาถูกง่ายมีน้ำหนักน้อยกว่า ข้อที่ถึงกำหนดทบทวนยังนับว่าแม่น คำตอบในแบบทดสอบที่ยังไม่ส่งไม่นับ"
            ),
        },
    }


def _section(session: Session, section: Mapping[str, Any]) -> dict[str, Any]:
    _ = session
    # What is due for review was mastered: a record says what somebody has reached.
    state_of = {c["id"]: "mastered" if c["state"] == "fading" else c["state"] for c in section["clauses"]}
    states = list(state_of.values())
    n = {state: states.count(state) for state in STATES}
    counts = _("แม่นแล้ว %(m)s · กำลังเรียน %(p)s · ยังไม่เริ่ม %(r)s จากทั้งหมด %(n)s ข้อ") % {
        "m": n["mastered"],
        "p": n["in_progress"],
        "r": n["not_started"],
        "n": len(states),
    }
    if n["not_started"] == len(states):
        counts = _("ข้อมูลยังไม่พอ ยังไม่เริ่มทั้ง %(n)s ข้อ") % {"n": len(states)}
    lists = [
        {
            "label": _(STATES[state]),
            "cited": [
                {"id": c["id"], "label": _.local(c["label"]), "title": _.local(c["title"])}
                for c in section["clauses"]
                if state_of[c["id"]] == state
            ],
        }
        for state in ("mastered", "in_progress")
        if n[state]
    ]
    return {
        "id": section["id"],
        "title": _.local(section["title"]),
        "n": n,
        "counts": counts,
        "details": _("ดูรายข้อ"),
        "lists": lists,
    }


def _lessons(session: Session, lessons: list[dict[str, Any]]) -> dict[str, Any]:
    _ = session
    rows = []
    for lesson in lessons:
        day = lesson.get("completed_on")
        facts = [_("ตอบแล้ว %(n)s จาก %(total)s ข้อ") % {"n": lesson["n_answered"], "total": lesson["n_checkpoints"]}]
        if day:
            facts.append(_("เรียนจบเมื่อ %(day)s") % {"day": show_date(date.fromisoformat(day), _.locale)})
        rows.append(
            {
                "title": _("บทที่ %(n)s · %(title)s") % {"n": lesson["number"], "title": _.local(lesson["title"])},
                "facts": facts,
                "tag": _tag(session, is_done=lesson["is_complete"], has_begun=lesson["n_answered"] > 0),
            }
        )
    return {"id": "lessons", "title": _("บทเรียน"), "rows": rows, "empty": _("ยังไม่มีบทเรียนในชุดฝึกนี้")}


def _quizzes(session: Session, forms: list[dict[str, Any]]) -> dict[str, Any]:
    _ = session
    rows = []
    for form in in_order(forms):
        rows.append(
            {
                "title": _.local(form["title"]),
                "facts": _results(session, form),
                "tag": _tag(session, is_done=form["n_finished"] > 0, has_begun=_is_begun(form)),
            }
        )
    return {"id": "quizzes", "title": _("แบบทดสอบ"), "rows": rows, "empty": _("ยังไม่มีแบบทดสอบในชุดฝึกนี้")}


def _is_begun(form: Mapping[str, Any]) -> bool:
    return bool(form["open"] and form["open"]["n_answered"])


def _results(session: Session, form: Mapping[str, Any]) -> list[str]:
    """Points, never a rounded percentage: 79.6 must not read as 80."""
    _ = session
    if not form["n_finished"]:
        return [_("ข้อมูลยังไม่พอ ยังไม่เคยทำจนจบ")]
    facts = [_("ทำจบ %(n)s ครั้ง") % {"n": form["n_finished"]}]
    if form["policy"] == "survey":
        return [_("ส่งแล้ว ขอบคุณ")]
    for text, result, day in (
        (_("ครั้งล่าสุดได้ %(points)s จาก %(total)s"), form["last"], form.get("last_on")),
        (_("ดีที่สุดได้ %(points)s จาก %(total)s"), form.get("best"), form.get("best_on")),
    ):
        if result:
            words = [text % {"points": points_text(result["points"]), "total": points_text(result["maximum"])}]
            if result["is_passed"] is not None:
                words.append(_("ผ่านเกณฑ์") if result["is_passed"] else _("ยังไม่ถึงเกณฑ์"))
            if result.get("n_waiting"):
                words.append(_("รอตรวจ %(n)s ข้อ") % {"n": result["n_waiting"]})
            if day:
                words.append(show_date(date.fromisoformat(day), _.locale))
            facts.append(" · ".join(words))
    return facts


def _tag(session: Session, *, is_done: bool, has_begun: bool) -> dict[str, str]:
    if is_done:
        return {"text": session("เสร็จแล้ว"), "kind": "good"}
    if has_begun:
        return {"text": session("ทำค้างไว้"), "kind": "due"}
    return {"text": session("ยังไม่เริ่ม"), "kind": "plain"}
