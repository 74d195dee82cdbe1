"""The course in its order: the test before, each lesson with its quizzes, the test after, the last exam. Words and links only.

Everything comes from the desk's progress and forms; knows no widget.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cps_training.apps.cards import points_text
from cps_training.apps.quiz_choice import in_order
from cps_training.apps.session import Session
from cps_training.i18n import mark

KINDS = {"practice": mark("แบบฝึก"), "exam": mark("สอบ")}
"""What a lesson's quiz is called in its row, by its policy; another policy's quiz is called by its title."""


@dataclass(frozen=True)
class Step:
    """One thing to do: a lesson or a quiz. kind: its short name in a row; detail: what to know before, or how far one is."""

    kind: str
    heading: str
    detail: str
    label: str
    href: str
    is_begun: bool = False
    is_done: bool = False
    done: str = ""
    again: str = ""


@dataclass(frozen=True)
class Stop:
    """One row of the course: a lesson with its quizzes, or a test of the whole."""

    id: str
    title: str
    steps: tuple[Step, ...]
    is_late: bool = False
    """It would have had to be done before what is begun already: not asked for any more."""

    @property
    def is_done(self) -> bool:
        return all(step.is_done for step in self.steps)

    @property
    def is_begun(self) -> bool:
        return any(step.is_begun or step.is_done for step in self.steps)

    @property
    def waiting(self) -> tuple[Step, ...]:
        """What is still to do here."""
        return tuple(step for step in self.steps if not step.is_done and (step.is_begun or not self.is_late))


def stops(session: Session, lessons: list[dict[str, Any]], forms: list[dict[str, Any]]) -> list[Stop]:
    """The course as this person has it. lessons, forms: as the desk's Progress and Forms tell them."""
    is_learning = any(lesson["n_answered"] for lesson in lessons)
    rows = [_test(session, form, is_late=is_learning) for form in _of_stage(forms, "before")]
    for lesson in lessons:
        own = [
            form for form in in_order(forms) if form["lesson"] and form["lesson"]["lesson_id"] == lesson["lesson_id"]
        ]
        step = _lesson_step(session, lesson)
        rows.append(Stop(lesson["lesson_id"], step.heading, (step, *(_form_step(session, form) for form in own))))
    late = [*_of_stage(forms, "after"), *_of_stage(forms, "final")]
    return [*rows, *(_test(session, form) for form in late)]


def beside(forms: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The forms that are no part of the course."""
    return [form for form in forms if form["lesson"] is None and form["stage"] is None]


def rows(session: Session, course: Iterable[Stop], current: Step | None) -> list[dict[str, Any]]:
    """Rows of a CoursePath. current: the step that is next, marked in its row."""
    return [
        {
            "id": stop.id,
            "title": stop.title,
            "note": _note(session, stop),
            "state": "done" if stop.is_done else "begun" if stop.is_begun else "waiting",
            "is_next": current in stop.steps,
            "links": [
                {
                    "label": step.kind,
                    "name": f"{step.kind}: {stop.title}",
                    "href": step.href,
                    "is_done": step.is_done,
                }
                for step in stop.steps
            ],
        }
        for stop in course
    ]


def _note(session: Session, stop: Stop) -> str:
    if stop.is_late and not stop.is_begun:
        return session("เริ่มเรียนแล้ว จึงไม่ต้องทำชุดนี้")
    step = next((one for one in stop.steps if not one.is_done), stop.steps[-1])
    if step is stop.steps[0] or stop.is_done:
        return step.done if step.is_done else step.detail
    return session("เหลือ %(what)s") % {"what": " · ".join(one.kind for one in stop.waiting)}


def _of_stage(forms: list[dict[str, Any]], stage: str) -> list[dict[str, Any]]:
    return [form for form in in_order(forms) if form["stage"] == stage]


def _test(session: Session, form: dict[str, Any], *, is_late: bool = False) -> Stop:
    step = _form_step(session, form)
    return Stop(form["form_id"], step.heading, (step,), is_late)


def _lesson_step(session: Session, lesson: dict[str, Any]) -> Step:
    answered, total = lesson["n_answered"], lesson["n_checkpoints"]
    left = round(lesson["minutes"] * (total - answered) / total) if total else lesson["minutes"]
    if answered:
        of = {"n": answered, "total": total, "minutes": max(1, left)}
        detail = session("ตอบแล้ว %(n)s จาก %(total)s ข้อ ใช้เวลาอีกราว %(minutes)s นาที") % of
    else:
        detail = session("ใช้เวลาราว %(minutes)s นาที หยุดและกลับมาเรียนต่อได้") % {"minutes": lesson["minutes"]}
    return Step(
        kind=session("บทเรียน"),
        heading=session("บทที่ %(n)s · %(title)s") % {"n": lesson["number"], "title": session.local(lesson["title"])},
        detail=detail,
        label=session("เรียนต่อ") if answered else session("เริ่มเรียน"),
        href=f"/lessons/{lesson['lesson_id']}",
        is_begun=answered > 0,
        is_done=lesson["is_complete"],
        done=session("เรียนจบแล้ว"),
        again=session("เปิดอ่านอีกครั้ง"),
    )


def _form_step(session: Session, form: dict[str, Any]) -> Step:
    is_open = bool(form["open"] and form["open"]["n_answered"])
    is_done = form["n_finished"] > 0 and not is_open
    label = session("ทำต่อ") if is_open else session("เริ่มทำ")
    again = session("ดูผลหรือทำอีกครั้ง") if form["attempts_left"] != 0 else session("ดูผล")
    if form["lesson"] is not None:
        kind = session(KINDS[form["policy"]]) if form["policy"] in KINDS else session.local(form["title"])
    else:
        kind = session("ดูผล") if is_done else label
    return Step(
        kind=kind,
        heading=session.local(form["title"]),
        detail=session("ทำไปแล้ว %(n)s จาก %(total)s ข้อ")
        % {"n": form["open"]["n_answered"], "total": form["open"]["n_items"]}
        if is_open
        else session.local(form["description"]),
        label=label,
        href=f"/quiz?form={form['form_id']}",
        is_begun=is_open,
        is_done=is_done,
        done=_last(session, form),
        again=again,
    )


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
