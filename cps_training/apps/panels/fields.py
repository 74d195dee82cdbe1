"""Fields of forms and what somebody typed in them: dates of either era, whole numbers in either digits. Knows no form and no desk.

What cannot be read is a `FieldError` at its field, in the reader's language; nothing here asks or stores.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from cps_training.apps.session import Session
from cps_training.enrolment.findings import day_of
from cps_training.enrolment.table import RowFinding
from cps_training.errors import KitError
from cps_training.i18n import mark
from cps_training.thai_text import read_number, show_date

LABELS = {
    "saving": mark("กำลังบันทึก…"),
    "silent": mark("ยังไม่ได้บันทึก ระบบไม่ตอบกลับ สิ่งที่กรอกยังอยู่ โปรดลองอีกครั้ง"),
    "failed": mark("ยังไม่ได้บันทึก เกิดข้อขัดข้องในระบบ สิ่งที่กรอกยังอยู่ โปรดลองอีกครั้งหรือแจ้งผู้ดูแล"),
    "close": mark("ปิด"),
}
DATE_HINT = mark("เช่น 10 ก.ค. 2566 หรือ 10/7/2566")

_FIELD_OF = {
    "code-taken": "code",
    "code-missing": "code",
    "code-too-long": "code",
    "name-missing": "name",
    "name-too-long": "name",
    "title-missing": "title",
    "unit-missing": "unit",
    "same-unit": "unit",
    "not-on-roster": "on",
    "wrong-order": "active_to",
    "overlaps": "active_from",
}
"""Where a refusal of the desk belongs, when the form has that field."""

Field = dict[str, Any]
Form = dict[str, Any]


class FieldError(Exception):
    """What was typed in a field cannot be used."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field, self.text = field, text


def labels(session: Session, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The words every widget with forms needs, and its own."""
    return {name: session(text) for name, text in (LABELS | dict(more or {})).items()}


# Describing ----------------------------------------------------------------------------------------------------


def text(
    name: str, label: str, value: str = "", *, hint: str = "", most: int = 200, suggestions: Iterable[str] = ()
) -> Field:
    return {"name": name, "type": "text", "label": label, "value": value, "hint": hint, "most": most} | {
        "suggestions": list(suggestions)
    }


def area(name: str, label: str, value: str = "", *, hint: str = "", most: int = 400) -> Field:
    return {"name": name, "type": "area", "label": label, "value": value, "hint": hint, "most": most}


def day(session: Session, name: str, label: str, value: date | None = None, *, hint: str = "") -> Field:
    """A date as text: typed in any form people use, shown in the Buddhist era."""
    shown = show_date(value, session.locale) if value else ""
    said = " ".join(part for part in (hint, session(DATE_HINT)) if part)
    return {"name": name, "type": "date", "label": label, "value": shown, "hint": said, "most": 60}


def number(name: str, label: str, value: int | str = "", *, hint: str = "") -> Field:
    return {"name": name, "type": "number", "label": label, "value": str(value), "hint": hint, "most": 8}


def flag(name: str, label: str, value: bool = False, *, hint: str = "") -> Field:
    return {"name": name, "type": "flag", "label": label, "value": value, "hint": hint}


def choice(name: str, kind: str, label: str, options: Iterable[Mapping[str, Any]], value: Any) -> Field:
    """kind: select, radio or checks; options: {value, label, own?, note?}."""
    return {"name": name, "type": kind, "label": label, "options": [dict(one) for one in options], "value": value}


def form(title: Any, submit: str, *fields: Field, intro: Any = "", kind: str = "") -> Form:
    return {"title": title, "submit": submit, "fields": list(fields), "intro": intro, "kind": kind}


# Reading -------------------------------------------------------------------------------------------------------


def read_day(
    session: Session, values: Mapping[str, Any], name: str, today: date, *, is_needed: bool = True
) -> date | None:
    """The day typed in a field; None where nothing was typed and nothing has to be. Raises FieldError."""
    typed = values[name].strip()
    if not typed:
        if is_needed:
            raise FieldError(name, session("ยังไม่ได้กรอกวันที่"))
        return None
    found: list[RowFinding] = []
    read = day_of(typed, 0, "", today, found)
    doubts = [one for one in found if one.code != "date-buddhist-as-iso"]  # 2566-10-01 can mean only one day
    if read is None or doubts:
        raise FieldError(name, session(doubts[0].text) % doubts[0].values)
    return read


def needed_day(session: Session, values: Mapping[str, Any], name: str, today: date) -> date:
    """The day typed in a field that must have one. Raises FieldError."""
    read = read_day(session, values, name, today)
    assert read is not None
    return read


def read_whole(session: Session, values: Mapping[str, Any], name: str, least: int, most: int) -> int:
    """A whole number between two bounds, in Thai or Arabic digits. Raises FieldError."""
    bounds = {"least": least, "most": most}
    try:
        read = read_number(values[name])
    except ValueError:
        raise FieldError(name, session("โปรดกรอกจำนวนเต็มตั้งแต่ %(least)s ถึง %(most)s") % bounds) from None
    if not isinstance(read, int) or not least <= read <= most:
        raise FieldError(name, session("โปรดกรอกจำนวนเต็มตั้งแต่ %(least)s ถึง %(most)s") % bounds)
    return read


def read_words(session: Session, values: Mapping[str, Any], name: str, missing: str) -> str:
    """Text without outer and doubled spaces. Raises FieldError with `missing` where there is none."""
    words = " ".join(values[name].split())
    if not words:
        raise FieldError(name, session(missing))
    return words


def refusal(session: Session, error: KitError, form: Form) -> tuple[str, str]:
    """(words, field) of a refusal: at its field when the form has one, else at the form."""
    names = {field["name"] for field in form["fields"]}
    field = error.place if error.place in names else _FIELD_OF.get(error.code, "")
    return words(session, error), field if field in names else ""


def words(session: Session, error: KitError) -> str:
    """A refusal in the reader's language; values are filled in after the translation."""
    if "text" in error.details:
        return str(session(error.details["text"]) % error.details["values"])
    return session(error.message)
