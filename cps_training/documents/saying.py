"""How documents say days, times, numbers and lists. Pure; knows no format of file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from cps_training.documents.settings import Settings
from cps_training.thai_text import BUDDHIST_OFFSET, ENGLISH_MONTHS, SHORT_MONTHS, thai_digits

NBSP = "\u00a0"
LONG_MONTHS = (
    *("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน"),
    *("กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"),
)
WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
ENGLISH_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TURNS_LINES = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
"""Marks by which a line is read from the right: in a letter to sign, what is read is what is written."""
_LATIN = re.compile(r"[A-Za-z0-9]+")
"""Numbers, and codes such as V12, which keep their digits."""


def clean(text: object) -> str:
    """A text of a person on one line, without letters that no document can hold."""
    return " ".join(_TURNS_LINES.sub("", _NOT_IN_XML.sub("", str(text or ""))).split()).replace(" ๆ", f"{NBSP}ๆ")


@dataclass(frozen=True)
class Saying:
    """Words in one language, with the digits and the era of the settings."""

    settings: Settings
    locale: str = "th"

    def text(self, text: object) -> str:
        """A text for the document: one line, digits as set."""
        return self._digits(clean(text))

    def texts(self, given: Iterable[object]) -> list[str]:
        return [said for one in given if (said := self.text(one))]

    def number(self, number: int) -> str:
        return self._digits(str(number))

    def year(self, day: date) -> int:
        return day.year + (BUDDHIST_OFFSET if self.settings.has_buddhist_years else 0)

    def day(self, day: object) -> str:
        """`10 ก.ค. 2566`, which no line parts; "" without a day."""
        found = as_day(day)
        if found is None:
            return ""
        months = ENGLISH_MONTHS if self.locale == "en" else SHORT_MONTHS
        return self._digits(f"{found.day}{NBSP}{months[found.month - 1]}{NBSP}{self.year(found)}")

    def long_day(self, day: object) -> str:
        """`10 กรกฎาคม 2566`."""
        found = as_day(day)
        if found is None:
            return ""
        return self._digits(f"{found.day}{NBSP}{LONG_MONTHS[found.month - 1]}{NBSP}{self.year(found)}")

    def weekday(self, day: date) -> str:
        return (ENGLISH_WEEKDAYS if self.locale == "en" else WEEKDAYS)[day.weekday()]

    def month(self, day: date) -> str:
        """`กรกฎาคม 2566`."""
        return self._digits(f"{LONG_MONTHS[day.month - 1]}{NBSP}{self.year(day)}")

    def hours(self, start: object, end: object) -> str:
        """`09.30 – 12.00 น.`, as letters write the time; `09.30 น.` without an end, "" without a start."""
        begun, ended = as_time(start), as_time(end)
        if begun is None:
            return ""
        until = f"{NBSP}–{NBSP}{ended:%H.%M}" if ended else ""
        return self._digits(f"{begun:%H.%M}{until}{NBSP}น.")

    def when(self, day: object, start: object, end: object) -> str:
        """`วันอังคารที่ 11 กรกฎาคม 2566 เวลา 09.30 – 12.00 น.`"""
        found = as_day(day)
        if found is None:
            return ""
        hours = self.hours(start, end)
        return f"วัน{self.weekday(found)}ที่{NBSP}{self.long_day(found)}" + (f" เวลา{NBSP}{hours}" if hours else "")

    def _digits(self, text: str) -> str:
        if not self.settings.has_thai_digits:
            return text
        return _LATIN.sub(lambda found: thai_digits(found[0]) if found[0].isdecimal() else found[0], text)


def as_day(given: object) -> date | None:
    """A day of a document (ISO text or a date)."""
    if isinstance(given, date):
        return given
    return date.fromisoformat(given) if isinstance(given, str) and given else None


def as_time(given: object) -> time | None:
    if isinstance(given, time):
        return given
    return time.fromisoformat(given) if isinstance(given, str) and given else None
