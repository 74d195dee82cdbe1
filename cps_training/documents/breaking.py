"""Where a line of Thai may end: between words, never inside one. Pure but for the shipped list of words.

Thai writes no spaces between words, and the typesetter's own guess parts words in the middle. So every text is told where it may
be broken (U+200B), and the layouts keep together what stands between.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from cps_training.content.segmenting import Segmenter, shipped_segmenter
from cps_training.places import shipped

MAY_BREAK = "\u200b"
LONGEST = 22
"""Letters that still fit the narrowest column; a longer word or address is broken rather than written over the next cell."""

_NEVER_FIRST, _NEVER_LAST = "ะาำๅๆฯ", "เแโใไ"


def breakable(fields: Any) -> Any:
    """The same fields with the places for breaks marked in every text."""
    return _marked(fields, shipped_segmenter(shipped()))


def _marked(given: Any, words: Segmenter) -> Any:
    if isinstance(given, dict):
        return {name: _marked(value, words) for name, value in given.items()}
    if isinstance(given, list):
        return [_marked(value, words) for value in given]
    return marked(given, words) if isinstance(given, str) else given


def marked(text: str, words: Segmenter) -> str:
    """The text with U+200B between two Thai words, and inside what is too long for any column. Taking them out gives it back."""
    found = ""
    for part in words(text.replace(MAY_BREAK, "")):
        if found and _is_thai(found[-1]) and _is_thai(part[0]):
            found += MAY_BREAK
        found += part
    return " ".join(MAY_BREAK.join(_cut(piece) for piece in run.split(MAY_BREAK)) for run in found.split(" "))


def _is_thai(letter: str) -> bool:
    return "\u0e01" <= letter <= "\u0e4e"


def _cut(piece: str) -> str:
    """A piece that fits as it is; a longer one cut where no vowel or tone mark is parted from its letter."""
    made = run = ""
    for letter in piece:
        if (
            len(run) >= LONGEST
            and unicodedata.category(letter) != "Mn"
            and letter not in _NEVER_FIRST
            and run[-1] not in _NEVER_LAST
        ):
            made, run = made + run + MAY_BREAK, ""
        run += letter
    return made + run
