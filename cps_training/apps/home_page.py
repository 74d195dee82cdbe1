"""Home: one next step, what else is waiting, the map of clauses. Everything derived from the desk's progress."""

from __future__ import annotations

from typing import Any

import ipywidgets

from cps_training.apps.cards import points_text
from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.quiz_choice import in_order
from cps_training.apps.rich import rich
from cps_training.apps.session import Session
from cps_training.desk import protocol
from cps_training.i18n import mark
from cps_training.views import NextStep, ProgressMap

STATES = {
    "mastered": mark("แม่นแล้ว"),
    "fading": mark("ควรทบทวน"),
    "in_progress": mark("กำลังเรียน"),
    "not_started": mark("ยังไม่เริ่ม"),
}


def home(session: Session) -> ipywidgets.Widget:
    """The learner's first page: greeting, next step, progress map."""
    progress = session.ask(protocol.Progress())
    forms = session.ask(protocol.Forms())["forms"]
    steps = [*_lesson_steps(session, progress["lessons"]), *_form_steps(session, forms)]
    review = _review_steps(session, progress["n_due"])
    waiting = [step for step in (*steps, *review) if not step["is_done"]]
    top = NextStep(
        greeting=rich(session("สวัสดี คุณ%(name)s"), name=session.person["name"]),
        summary=session("เริ่มเรียนแล้ว %(n)s จาก %(total)s ข้อ · แม่นแล้ว %(m)s ข้อ")
        % {"n": progress["n_started"], "total": progress["teachable"], "m": progress["n_mastered"]},
        step=_next(session, waiting),
        cards=[_card(session, step) for step in (*review, *steps) if step is not (waiting[0] if waiting else None)],
        locale=session.locale,
    )
    return ipywidgets.VBox([top, progress_map(session, progress)])


def _next(session: Session, waiting: list[dict[str, Any]]) -> dict[str, Any]:
    title = session("ขั้นต่อไปของคุณ")
    if waiting:
        first = waiting[0]
        return {
            "title": title,
            "heading": first["heading"],
            "detail": first["detail"],
            "action": {"label": first["label"], "href": first["href"]},
        }
    return {
        "title": title,
        "heading": session("ทำครบทุกขั้นแล้ว"),
        "detail": session("ทบทวนได้ทุกเมื่อ หรือทำแบบฝึกอีกครั้งให้แม่นขึ้น"),
        "action": {"label": session("ทำแบบฝึกอีกครั้ง"), "href": "/quiz"},
    }


def _review_steps(session: Session, n_due: int) -> list[dict[str, Any]]:
    """Today's review, first among what else is waiting; nothing on a day without one."""
    if not n_due:
        return []
    said = session("มี %(n)s ข้อจากเรื่องที่เคยทำได้ ถึงเวลาทบทวนก่อนจะลืม ใช้เวลาไม่เกิน 10 นาที")
    step = {"is_done": False, "heading": session("ทบทวนวันนี้"), "detail": said % {"n": n_due}, "done": ""}
    return [step | {"label": session("เริ่มทบทวน"), "again": "", "href": "/quiz?form=review:today"}]


def _lesson_steps(session: Session, lessons: list[dict[str, Any]]) -> list[dict[str, Any]]:
    steps = []
    for lesson in lessons:
        answered, total = lesson["n_answered"], lesson["n_checkpoints"]
        left = round(lesson["minutes"] * (total - answered) / total) if total else lesson["minutes"]
        steps.append(
            {
                "is_done": lesson["is_complete"],
                "heading": session("บทที่ %(n)s · %(title)s")
                % {"n": lesson["number"], "title": session.local(lesson["title"])},
                "detail": session("ตอบแล้ว %(n)s จาก %(total)s ข้อ ใช้เวลาอีกราว %(minutes)s นาที")
                % {"n": answered, "total": total, "minutes": max(1, left)}
                if answered
                else session("ใช้เวลาราว %(minutes)s นาที หยุดและกลับมาเรียนต่อได้") % {"minutes": lesson["minutes"]},
                "done": session("เรียนจบแล้ว"),
                "label": session("เรียนต่อ") if answered else session("เริ่มเรียน"),
                "again": session("เปิดอ่านอีกครั้ง"),
                "href": f"/lessons/{lesson['lesson_id']}",
            }
        )
    return steps


def _form_steps(session: Session, forms: list[dict[str, Any]]) -> list[dict[str, Any]]:
    steps = []
    for form in in_order(forms):
        is_open = bool(form["open"] and form["open"]["n_answered"])
        steps.append(
            {
                "is_done": form["n_finished"] > 0 and not is_open,
                "heading": session.local(form["title"]),
                "detail": session("ทำไปแล้ว %(n)s จาก %(total)s ข้อ")
                % {"n": form["open"]["n_answered"], "total": form["open"]["n_items"]}
                if is_open
                else session.local(form["description"]),
                "done": _last(session, form),
                "label": session("ทำต่อ") if is_open else session("เริ่มทำ"),
                "again": session("ดูผลหรือทำอีกครั้ง") if form["attempts_left"] != 0 else session("ดูผล"),
                "href": f"/quiz?form={form['form_id']}",
            }
        )
    return steps


def _last(session: Session, form: dict[str, Any]) -> str:
    last = form["last"]
    if last is None:
        return ""
    if last["fraction"] is None or form["policy"] == "survey":
        return session("ส่งแล้ว ขอบคุณ")
    if last["n_waiting"]:
        return session("รอตรวจ %(n)s ข้อ") % {"n": last["n_waiting"]}
    if last["fraction"] < 0:
        return session("ครั้งล่าสุดได้ %(points)s จาก %(total)s") % {
            "points": points_text(last["points"]),
            "total": points_text(last["maximum"]),
        }
    return session("ครั้งล่าสุดได้ร้อยละ %(n)s") % {"n": round(100 * last["fraction"])}


def _card(session: Session, step: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": step["heading"],
        "text": step["done"] if step["is_done"] else step["detail"],
        "tag": session("เสร็จแล้ว") if step["is_done"] else "",
        "action": {"label": step["again"] if step["is_done"] else step["label"], "href": step["href"]},
    }


def progress_map(session: Session, progress: dict[str, Any]) -> ProgressMap:
    """One square a clause. Sections whose lessons are not in the kit yet are left out rather than shown empty."""
    sections = []
    for section in progress["sections"]:
        if not section["clauses"]:
            continue
        states = [clause["state"] for clause in section["clauses"]]
        sections.append(
            {
                "id": section["id"],
                "title": session.local(section["title"]),
                "summary": session("แม่นแล้ว %(n)s จาก %(total)s ข้อ")
                % {"n": states.count("mastered") + states.count("fading"), "total": len(states)},
                "cells": [
                    {
                        "id": clause["id"],
                        "label": session.local(clause["label"]),
                        "title": session.local(clause["title"]),
                        "state": clause["state"],
                        "state_label": session(STATES[clause["state"]]),
                    }
                    for clause in section["clauses"]
                ],
            }
        )
    return ProgressMap(
        title=session("แผนที่ความรู้"),
        sections=sections,
        legend={state: session(label) for state, label in STATES.items()},
        labels={"details": session("ดูรายข้อ")},
        locale=session.locale,
        **ClauseCards(session).wiring(),
    )
