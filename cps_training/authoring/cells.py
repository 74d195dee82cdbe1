"""One value as the text of a cell, and back, exactly. Pure; knows no sheet.

Every cell is a text. What a spreadsheet would change on its way (a tab, a line end of old Macs, blanks at the ends, letters that
XML cannot hold) is written as `json:"…"`, which nobody has to type.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from cps_training.authoring.fields import Part
from cps_training.thai_text import read_number

LONGEST = 32_767
"""Letters a cell of Excel can hold."""
YES, NO = "ใช่", "ไม่ใช่"
JSON = "json:"

_TRUE = frozenset((YES, "true", "1", "ถูก", "จริง"))
_FALSE = frozenset((NO, "false", "0", "ผิด", "เท็จ"))
_WHOLE = re.compile(r"-?[0-9]+\Z")
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?(e[-+]?[0-9]+)?\Z", re.IGNORECASE)
_CHANGED = re.compile(
    "_x[0-9a-fA-F]{4}_|[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_SEPARATORS = re.compile(r"[\s,;]+")


def encode(value: Any, part: Part) -> str:
    """The cell for one value of a field."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, int | float):
        return repr(value)
    text = str(value)
    looks_like_a_number = part.kind == "value" and _number(text) is not None
    if text != text.strip() or not text or text.startswith(JSON) or _CHANGED.search(text) or looks_like_a_number:
        return JSON + re.sub(_CHANGED, _escaped, json.dumps(text, ensure_ascii=False))
    return text


def join(values: Sequence[Any]) -> str:
    """Several ids in one cell."""
    return ", ".join(map(str, values))


def split(text: str) -> list[str]:
    return [word for word in _SEPARATORS.split(text.strip()) if word]


def decode(text: str, part: Part) -> Any:
    """The value a cell holds. What cannot be read stays the text it is: the model says what was expected."""
    if text.startswith(JSON):
        try:
            value = json.loads(text.removeprefix(JSON))
        except ValueError:
            return text
        return value if isinstance(value, str) else text
    if part.kind in ("number", "whole", "value"):
        number = _number(text.strip())
        return text.strip() if number is None else number
    if part.kind == "truth":
        word = text.strip().casefold()
        return True if word in _TRUE else False if word in _FALSE else text
    return text.strip() if part.kind in ("id", "word") else text


def is_blank(text: str) -> bool:
    return not text.strip()


def _number(text: str) -> int | float | None:
    if _WHOLE.match(text):
        return int(text) if len(text) <= LONGEST_NUMBER else None
    if _DECIMAL.match(text):
        return float(text)
    try:
        return read_number(text)
    except ValueError:
        return None


LONGEST_NUMBER = 1_000
"""Digits: Python itself refuses to read longer ones."""


def _escaped(found: re.Match[str]) -> str:
    """As JSON writes any letter; letters above the sixteen bits are never changed."""
    return "".join(f"\\u{ord(letter):04x}" for letter in found[0])
