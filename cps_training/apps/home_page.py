"""Home: one next step, the course, the map of clauses. Everything derived from the desk's progress."""

from __future__ import annotations

from typing import Any

import ipywidgets

from cps_training.apps.course import Step, Stop, beside, rows, stops
from cps_training.apps.knowledge_map import progress_map
from cps_training.apps.rich import rich
from cps_training.apps.session import Session
from cps_training.desk import protocol
from cps_training.i18n import mark
from cps_training.views import CoursePath, NextStep

COURSE_STATES = {"done": mark("เสร็จแล้ว"), "begun": mark("กำลังเรียน"), "waiting": mark("ยังไม่เริ่ม")}


def home(session: Session) -> ipywidgets.Widget:
    """The learner's first page: greeting, next step, the course, the map of what is known."""
    progress = session.ask(protocol.Progress())
    forms = session.ask(protocol.Forms())["forms"]
    course = stops(session, progress["lessons"], forms)
    waiting = [step for stop in course for step in stop.waiting]
    review = _review(session, progress["n_due"])
    first = waiting[0] if waiting else review
    top = NextStep(
        greeting=rich(session("สวัสดี คุณ%(name)s"), name=session.person["name"]),
        summary=session("เริ่มเรียนแล้ว %(n)s จาก %(total)s ข้อ · แม่นแล้ว %(m)s ข้อ")
        % {"n": progress["n_started"], "total": progress["teachable"], "m": progress["n_mastered"]},
        step=_next(session, first),
        cards=[_card(step) for step in (review, _before_visit(session)) if step is not None and step is not first],
        locale=session.locale,
    )
    return ipywidgets.VBox([top, _course(session, course, first, forms), progress_map(session, progress)])


def _next(session: Session, step: Step | None) -> dict[str, Any]:
    title = session("ขั้นต่อไปของคุณ")
    if step is not None:
        action = {"label": step.label, "href": step.href}
        return {"title": title, "heading": step.heading, "detail": step.detail, "action": action}
    return {
        "title": title,
        "heading": session("ทำครบทุกขั้นแล้ว"),
        "detail": session("ทบทวนได้ทุกเมื่อ หรือทำแบบฝึกอีกครั้งให้แม่นขึ้น"),
        "action": {"label": session("ทำแบบฝึกอีกครั้ง"), "href": "/quiz"},
    }


def _review(session: Session, n_due: int) -> Step | None:
    """Today's review; None on a day without one."""
    if not n_due:
        return None
    said = session("มี %(n)s ข้อจากเรื่องที่เคยทำได้ ถึงเวลาทบทวนก่อนจะลืม ใช้เวลาไม่เกิน 10 นาที") % {"n": n_due}
    heading = session("ทบทวนวันนี้")
    return Step(kind=heading, heading=heading, detail=said, label=session("เริ่มทบทวน"), href="/quiz?form=review:today")


def _before_visit(session: Session) -> Step:
    """The refresher before a visit: always there, never the next step, because only the officer knows when they go."""
    heading = session("ทบทวนก่อนลงพื้นที่")
    said = session("เลือกแห่งที่จะไปและวิธี แล้วดูข้อที่ควรทบทวนกับเอกสารที่ต้องเตรียม")
    return Step(kind=heading, heading=heading, detail=said, label=session("เตรียมตัวก่อนไป"), href="/refresher")


def _card(step: Step) -> dict[str, Any]:
    action = {"label": step.label, "href": step.href}
    return {"title": step.heading, "text": step.detail, "tag": "", "action": action}


def _course(session: Session, course: list[Stop], current: Step | None, forms: list[dict[str, Any]]) -> CoursePath:
    others = len(beside(forms))
    return CoursePath(
        title=session("เส้นทางการเรียน"),
        rows=rows(session, course, current),
        states={state: session(label) for state, label in COURSE_STATES.items()},
        labels={"next": session("ขั้นต่อไป"), "done": session("เสร็จแล้ว")},
        more={"label": session("แบบทดสอบอื่น %(n)s ชุด") % {"n": others}, "href": "/quiz"} if others else None,
        locale=session.locale,
    )
