"""Figures of items in words: a number, its n beside it, or that there are too few. Knows no desk, no widget and no table."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from cps_training.analytics.distractors import BLANK, OTHER
from cps_training.apps.rich import rich
from cps_training.apps.session import Session

Row = dict[str, Any]


def is_told(value: Any) -> bool:
    return value is not None and not math.isnan(float(value))


def percent(session: Session, share: Any) -> str:
    """A share of points or people; negative ones keep their sign."""
    n = math.floor(round(abs(100 * float(share)), 6) + 0.5)  # 0.575 is a hair less in binary
    return session("ร้อยละ %(n)s") % {"n": f"−{n}" if share < 0 and n else n}


def decimal(value: Any) -> str:
    """Two decimals, with a minus that is one."""
    text = f"{float(value):.2f}"
    return "0.00" if text == "-0.00" else text.replace("-", "−")


def heads(session: Session, n: Any) -> str:
    return session("%(n)s คน") % {"n": int(n)}


def too_few(session: Session, needed: int) -> str:
    """What stands where a figure is withheld."""
    return session("ข้อมูลยังไม่พอ ต้องมี %(n)s คน") % {"n": needed}


def share_or_few(session: Session, value: Any, needed: int) -> str:
    return percent(session, value) if is_told(value) else too_few(session, needed)


def cell(session: Session, label: str, text: str, n: Any, *, needed: int | None = None) -> Row:
    """A figure in an entry's line. needed: it is withheld, and so many people would do."""
    if needed is None:
        return {"label": label, "text": text, "note": heads(session, n), "is_few": False}
    note = session("มี %(n)s จาก %(needed)s คน") % {"n": int(n), "needed": needed}
    return {"label": label, "text": session("ข้อมูลยังไม่พอ"), "note": note, "is_few": True}


def answer_words(session: Session, fact: Mapping[str, Any], response_class: str) -> Any:
    """An answer as its reader knows it: a word of the interface, or {"own": what learners read or wrote}."""
    _ = session
    if response_class == BLANK:
        return _("เว้นว่าง")
    if response_class == OTHER:
        return _("คำตอบอื่น ๆ รวมกัน")
    if fact["type"] == "parametric":
        kind, _rest, typed = response_class.partition(":")
        if kind == "right":
            return _("คำนวณถูก")
        if kind == "other":
            return rich(_("ตอบ %(answer)s"), answer=typed)
        return _("ผิดแบบที่ %(n)s ที่ข้อนี้คาดไว้") % {"n": response_class.removeprefix("mistake-")}
    return {"own": fact["words"].get(response_class, response_class)}
