"""Thai digits, numbers, Buddhist-era dates and comparison forms of Thai text. Pure; knows no interface and no store.

Dates are read by thai_dates. They are kept as ISO and shown in the Buddhist era (พ.ศ. = ค.ศ. + 543). NFKC is never applied: it takes ำ apart.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

BUDDHIST_OFFSET = 543
_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_NUMBER = re.compile(r"([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(\.\d+)?")
SHORT_MONTHS = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def arabic_digits(text: str) -> str:
    """The text with ๐–๙ written as 0–9."""
    return text.translate(_TO_ARABIC)


def thai_digits(text: str) -> str:
    """The text with 0–9 written as ๐–๙."""
    return text.translate(_TO_THAI)


def normalise(text: str) -> str:
    """A form for comparing: NFC, ํ+า joined to ำ, doubled เ to แ, invisible characters out, spaces single, Arabic digits."""
    text = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    text = text.replace("\u0e4d\u0e32", "\u0e33").replace("เเ", "แ")
    return " ".join(arabic_digits(text).casefold().split())


def read_number(text: str) -> int | float:
    """A number as people type it: `1,250`, `๑๒๐`, ` 7.5 `; an int when no decimals are written.

    Commas only where they part thousands. Raises ValueError for everything else.
    """
    found = _NUMBER.fullmatch("".join(arabic_digits(text).translate(_INVISIBLE).split()).replace("\u2212", "-"))
    if found is None or len(found[0]) > 20:
        raise ValueError(f"{text!r} is no number")
    written = found[0].replace(",", "")
    return float(written) if found[3] else int(written)


def show_date(day: date, locale: str = "th") -> str:
    """A date for people: `10 ก.ค. 2566`, in English `10 Jul 2023 (B.E. 2566)`."""
    year = day.year + BUDDHIST_OFFSET
    if locale == "en":
        return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year} (B.E. {year})"
    return f"{day.day} {SHORT_MONTHS[day.month - 1]} {year}"


def fiscal_year(day: date) -> int:
    """Thai government fiscal year (B.E.) of a day: FY n runs from 1 October of n−1 to 30 September of n."""
    return day.year + BUDDHIST_OFFSET + (1 if day.month >= 10 else 0)


def distance(left: str, right: str) -> int:
    """Levenshtein distance: how many letters to add, drop or change. Used to name the nearest known id."""
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(right, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]


def nearest(word: str, known: list[str] | tuple[str, ...]) -> str | None:
    """The known word most like `word`, or None when nothing is near (more than half the letters differ)."""
    best = min(known, key=lambda candidate: distance(word, candidate), default=None)
    if best is None or distance(word, best) * 2 > max(len(word), len(best)):
        return None
    return best
