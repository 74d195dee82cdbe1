"""How long a Thai text looks and how alike two texts are, without parting Thai into words. Pure; knows no item.

Thai writes no spaces between words. Runs of letters (grams) compare texts as well as words would and need no dictionary.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from cps_training.items.wording import key_of

GRAM = 3


def width(text: str) -> int:
    """How many letters wide a text looks: marks above and below take no room of their own."""
    return sum(unicodedata.category(letter) != "Mn" for letter in text)


@lru_cache(maxsize=8192)
def grams(text: str, n: int = GRAM) -> frozenset[str]:
    """The runs of n letters of a text, without spaces, quotes and punctuation."""
    letters = key_of(text)
    return frozenset(letters[start : start + n] for start in range(len(letters) - n + 1))


_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


def numbers(text: str) -> tuple[str, ...]:
    """The numbers in a text, in order, without commas."""
    return tuple(found.replace(",", "") for found in _NUMBER.findall(text))
