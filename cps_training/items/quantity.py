"""Numbers and days as answers: what was typed → a value, and whether it is near enough. Pure.

A value is an int, a float or a date. Thai digits, thousands separators and the unit behind the number are understood, days in
the Buddhist era too (thai_dates). What cannot be read is refused, never counted as wrong.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from cps_training.errors import ResponseError
from cps_training.items.base import Response, Share, Strict, Text
from cps_training.items.reading import LONGEST_NUMBER, field_of, words_in
from cps_training.thai_dates import DateError, read_date
from cps_training.thai_text import normalise, read_number, show_date

Value = int | float | date
Kind = Literal["number", "date"]
Unit = Annotated[str, Field(max_length=40)]


class Tolerance(Strict):
    """How far off still counts as right: absolute in the answer's unit (days for a date), or relative to the right value."""

    absolute: Annotated[float, Field(ge=0)] | None = None
    relative: Share | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.absolute is None) == (self.relative is None):
            raise ValueError("tolerance ต้องบอกอย่างใดอย่างหนึ่ง: absolute (หน่วยเดียวกับคำตอบ) หรือ relative (สัดส่วน เช่น 0.01)")
        return self

    def around(self, right: Value) -> Fraction:
        """The largest distance that still counts."""
        if self.absolute is not None:
            return Fraction(str(self.absolute))
        size = Fraction(0) if isinstance(right, date) else abs(Fraction(str(right)))
        return Fraction(str(self.relative)) * size


EXACT = Tolerance(absolute=0)


class KnownMistake(Strict):
    """A wrong value that shows a certain mistake."""

    rationale: Text
    misconception: Text | None = None


def distance(given: Value, right: Value) -> Fraction:
    """How far off, in the answer's unit; days for dates."""
    if isinstance(given, date) or isinstance(right, date):
        assert isinstance(given, date)
        assert isinstance(right, date)  # both follow from the item's one kind
        return Fraction(abs((given - right) // timedelta(days=1)))
    return abs(Fraction(str(given)) - Fraction(str(right)))


def is_near(given: Value, right: Value, tolerance: Tolerance) -> bool:
    return distance(given, right) <= tolerance.around(right)


def read_value(text: str, kind: Kind, unit: str) -> Value:
    """The value somebody typed. Raises ResponseError in words that say how to write it."""
    if kind == "date":
        try:
            return read_date(text).day
        except DateError as error:
            if error.code == "two-digit-year":
                raise ResponseError("not-a-date", "ปีต้องเขียนสี่หลัก โปรดพิมพ์วัน เดือน ปี เช่น 15 ก.ค. 2566") from None
            raise ResponseError("not-a-date", "อ่านวันที่นี้ไม่ได้ โปรดพิมพ์วัน เดือน ปี เช่น 15 ก.ค. 2566 หรือ 15/7/2566") from None
    written = normalise(text)
    if unit and written.endswith(normalise(unit)):
        written = written.removesuffix(normalise(unit)).strip()
    try:
        return read_number(written.removesuffix("%").strip() if normalise(unit) in ("%", "ร้อยละ") else written)
    except ValueError:
        raise ResponseError("not-a-number", "อ่านเป็นตัวเลขไม่ได้ โปรดพิมพ์ตัวเลขอย่างเดียว เช่น 38 หรือ 1,250.50") from None


def read_response(raw: object, kind: Kind, unit: str) -> Response | None:
    """{"number": value (ISO for a date), "typed": as typed} from {"number": text}; None where nothing is typed."""
    if raw is None:
        return None
    sent = field_of(raw, "number")
    typed = None if sent is None else words_in(sent, LONGEST_NUMBER)
    return None if typed is None else {"number": stored(read_value(typed, kind, unit)), "typed": typed}


def stored(value: Value) -> int | float | str:
    """The value as JSON keeps it."""
    return value.isoformat() if isinstance(value, date) else value


def value_of(kept: Any, kind: Kind) -> Value:
    """The inverse of `stored`. Raises ValueError, TypeError."""
    if kind == "date":
        return date.fromisoformat(kept)
    if isinstance(kept, bool) or not isinstance(kept, int | float):
        raise TypeError(f"{kept!r} is no number")
    return kept


def show_value(value: Value, unit: str = "") -> str:
    """The value for people: `1,250.5 บาท`, `15 ก.ค. 2566`."""
    if isinstance(value, date):
        return show_date(value)
    shown = f"{value:,}" if isinstance(value, int) else f"{value:,.10g}"
    return f"{shown} {unit}".rstrip()


def parts(kind: Kind, unit: str) -> dict[str, Any]:
    """What the interaction `number` shows besides the stem."""
    return {"unit": unit, "kind": kind}
