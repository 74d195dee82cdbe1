"""Dates as Thai offices write them → a day, saying in which era the year was and which slip it looks like. Pure.

Read: `2023-10-01`, `1/10/2566`, `1 ต.ค. 2566`, `1 ตุลาคม พ.ศ. ๒๕๖๖`, `1 Oct 2023`, day before month throughout. A year from 2400
is Buddhist era. Two-digit years are refused: 66 may be 2566, 1966 or 2066.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from cps_training.thai_text import BUDDHIST_OFFSET, ENGLISH_MONTHS, SHORT_MONTHS, normalise

FIRST_BUDDHIST_YEAR = 2400
TWICE_SUBTRACTED = range(1400, 1601)
"""Years a spreadsheet shows when 543 was taken off a Christian year: 2023 → 1480."""

LONG_MONTHS = (
    *("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน"),
    *("กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"),
)
ENGLISH_LONG_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_MONTHS = {
    name.replace(".", "").casefold(): number
    for names in (SHORT_MONTHS, LONG_MONTHS, ENGLISH_MONTHS, ENGLISH_LONG_MONTHS)
    for number, name in enumerate(names, 1)
}
_ERAS = {"พศ": "buddhist", "be": "buddhist", "คศ": "christian", "ad": "christian", "ce": "christian"}

_LONGEST = 80
_CLOCK = r"(?:[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?z?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_CLOCK}")
_DAY_FIRST = re.compile(rf"(\d{{1,2}}) ?([-/.]) ?(\d{{1,2}}) ?\2 ?(\d{{1,4}}){_CLOCK}")
_WORDS = re.compile(
    r"(?:วัน\S*?ที่ ?|วันที่ ?)?(\d{1,2})[ -]?([^\d\s-]+?\.?)[ -]?(?:(พ\. ?ศ\.?|พศ|ค\. ?ศ\.?|คศ|b\.?e\.?|a\.?d\.?|c\.?e\.?) ?)?(\d{1,4})"
)

Slip = Literal["", "buddhist-as-iso", "subtracted-twice"]


@dataclass(frozen=True)
class ReadDate:
    """is_buddhist: the year was written in the Buddhist era.

    slip: "buddhist-as-iso" for 2566-10-01, the form of Christian years with a Buddhist one; "subtracted-twice" for 1480.
    """

    day: date
    is_buddhist: bool
    slip: Slip = ""


class DateError(ValueError):
    """code: unreadable, two-digit-year, no-such-day, serial-number (a spreadsheet's 45108), wrong-era (พ.ศ. 2023)."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{text!r}: {code}")
        self.code = code


def read_date(text: str) -> ReadDate:
    """The day somebody typed, in any of the forms above, Thai digits and any spaces included. Raises DateError."""
    written = normalise(text[:_LONGEST]).removesuffix(")").partition(" (b.e. ")[0]  # show_date adds it in English
    if iso := _YEAR_FIRST.fullmatch(written):
        return _day(text, iso[1], int(iso[3]), iso[4], is_iso=True)
    if numbers := _DAY_FIRST.fullmatch(written):
        return _day(text, numbers[4], int(numbers[3]), numbers[1])
    if words := _WORDS.fullmatch(written):
        month = _MONTHS.get(words[2].replace(".", ""))
        if month is not None:
            era = _ERAS.get((words[3] or "").replace(".", "").replace(" ", ""), "")
            return _day(text, words[4], month, words[1], era=era)
    if re.fullmatch(r"[2-5]\d{4}(?:\.0)?", written):
        raise DateError("serial-number", text)
    raise DateError("unreadable", text)


def _day(text: str, year_written: str, month: int, day: str, *, is_iso: bool = False, era: str = "") -> ReadDate:
    if len(year_written) != 4:
        raise DateError("two-digit-year" if len(year_written) <= 2 else "unreadable", text)
    year = int(year_written)
    slip: Slip = ""
    is_buddhist = year >= FIRST_BUDDHIST_YEAR
    if era and (era == "buddhist") != is_buddhist:
        raise DateError("wrong-era", text)
    if is_buddhist:
        year -= BUDDHIST_OFFSET
        slip = "buddhist-as-iso" if is_iso else ""
    elif year in TWICE_SUBTRACTED:
        year += BUDDHIST_OFFSET
        slip = "subtracted-twice"
    elif year < TWICE_SUBTRACTED.start:
        raise DateError("unreadable", text)
    try:
        return ReadDate(date(year, month, int(day)), is_buddhist, slip)
    except ValueError:
        raise DateError("no-such-day", text) from None
