"""Sentences about a form and its attempts: how often, which one counts, how much a review shows and when more. A leaf of words.

Takes values of the desk, gives words; knows no widget.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from cps_training.apps.session import Session
from cps_training.i18n import mark
from cps_training.thai_text import show_date

COUNTS = {
    "best": mark("ใช้ผลครั้งที่ดีที่สุด"),
    "first": mark("ใช้ผลครั้งแรก"),
    "last": mark("ใช้ผลครั้งล่าสุด"),
}
"""Which of several attempts is the result."""
SHOWN = {
    "score": mark("ชุดนี้บอกเฉพาะคะแนนรวม ไม่บอกผลรายข้อ"),
    "verdicts": mark("ชุดนี้บอกว่าข้อใดถูกหรือผิด แต่ไม่แสดงเฉลย"),
    "reasons": mark("ชุดนี้แสดงเหตุผลของคำตอบที่คุณเลือก แต่ไม่แสดงเฉลย"),
    "keys": mark("กดที่ข้อเพื่ออ่านเหตุผลและเฉลย"),
}
"""How much a review shows, when it will not show more."""
LATER = {
    "passed": mark("ตอนนี้แสดงเฉพาะคะแนน ผลรายข้อจะเปิดให้ดูเมื่อผ่านเกณฑ์"),
    "last_attempt": mark("ตอนนี้แสดงเฉพาะคะแนน ผลรายข้อจะเปิดให้ดูเมื่อผ่านเกณฑ์หรือทำครบทุกครั้งแล้ว"),
    "finished": mark("ตอนนี้แสดงเฉพาะคะแนน"),
}
LATER_SINCE = {
    "passed": mark("ตอนนี้แสดงเฉพาะคะแนน ผลรายข้อจะเปิดให้ดูเมื่อผ่านเกณฑ์ และไม่ก่อนวันที่ %(day)s"),
    "last_attempt": mark("ตอนนี้แสดงเฉพาะคะแนน ผลรายข้อจะเปิดให้ดูเมื่อผ่านเกณฑ์หรือทำครบทุกครั้งแล้ว และไม่ก่อนวันที่ %(day)s"),
    "finished": mark("ตอนนี้แสดงเฉพาะคะแนน ผลรายข้อจะเปิดให้ดูตั้งแต่วันที่ %(day)s"),
}


def review_words(session: Session, view: Mapping[str, Any]) -> str:
    """What the review shows now, and when more will be."""
    later = view["review_when"]
    if later is None:
        return session(SHOWN[view["review"]])
    if later["since"] is None:
        return session(LATER[later["when"]])
    day = show_date(date.fromisoformat(later["since"]), session.locale)
    return session(LATER_SINCE[later["when"]]) % {"day": day}


def attempt_words(session: Session, view: Mapping[str, Any]) -> str:
    """Which attempt this is, which one counts, how many are left; "" where there is nothing to know yet."""
    most, left = view["attempts_most"], view["attempts_left"]
    if most == 1:
        return session("ชุดนี้ทำได้ครั้งเดียว")
    if most is None:
        if view["number"] == 1:
            return ""
        return session("ทำมาแล้ว %(n)s ครั้ง %(counts)s") % {
            "n": view["number"],
            "counts": session(COUNTS[view["counts"]]),
        }
    said = session("ครั้งที่ %(n)s จาก %(most)s %(counts)s") % {
        "n": view["number"],
        "most": most,
        "counts": session(COUNTS[view["counts"]]),
    }
    rest = session("ทำได้อีก %(n)s ครั้ง") % {"n": left} if left else session("ทำครบทุกครั้งแล้ว")
    return f"{said} · {rest}"


def limit_facts(session: Session, form: Mapping[str, Any]) -> list[str]:
    """Facts of a FormView about time and attempts."""
    facts = []
    if form["time_limit"] is not None:
        facts.append(session("จับเวลา %(n)s นาที") % {"n": form["time_limit"]})
    most, left = form["attempts_most"], form["attempts_left"]
    if most == 1:
        facts.append(session("ทำได้ครั้งเดียว"))
    elif most is not None:
        facts.append(session("ทำได้ %(most)s ครั้ง เหลือ %(left)s ครั้ง") % {"most": most, "left": left})
    if most != 1 and form["n_finished"] > 1 and form["policy"] != "survey":
        facts.append(session(COUNTS[form["counts"]]))
    return facts
