"""Typed words against accepted ones: what counts as the same in Thai, and how near a misspelling may be. Pure.

Compared without spaces, quotes and punctuation (Thai offices write both with and without), Arabic digits for Thai ones,
ำ in one form. The answer itself is kept as it was typed.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field

from cps_training.items.base import ShortText, Strict, Text
from cps_training.thai_text import distance, normalise

Misspelling = Annotated[int, Field(strict=True, ge=0, le=3)]
_SEPARATORS = re.compile(r"[\s\"'“”‘’`.,;:!?()\[\]{}<>/\\|_–—-]+")
_LETTERS_PER_SLIP = 4
"""A slip is forgiven for every so many letters at most: in a short word one letter more is another word."""


class KnownWrong(Strict):
    """A wrong answer that shows a certain mistake; it is never forgiven as a misspelling of a right one."""

    text: ShortText
    rationale: Text
    misconception: Text | None = None


def words_of(text: str) -> list[str]:
    """The words as compared: normalised, parted where the writer parted them."""
    return [word for word in _SEPARATORS.split(normalise(text)) if word]


def key_of(text: str) -> str:
    """The text as compared: equal keys are equal answers."""
    return "".join(words_of(text))


def is_like(given: str, accepted: str, misspelling: int) -> bool:
    """Whether the given words are the accepted ones but for `misspelling` letters, and for one in four letters at most."""
    left, right = key_of(given), key_of(accepted)
    allowed = min(misspelling, len(right) // _LETTERS_PER_SLIP)
    if abs(len(left) - len(right)) > allowed:
        return False
    return left == right or (allowed > 0 and distance(left, right) <= allowed)


def matches(given: str, accepted: tuple[str, ...], wrong: tuple[KnownWrong, ...], misspelling: int) -> bool:
    """Whether a typed text is one of the accepted ones. An exact form wins over any near one, right or wrong."""
    key = key_of(given)
    if key in map(key_of, accepted):
        return True
    if key in {key_of(known.text) for known in wrong}:
        return False
    return any(is_like(given, one, misspelling) for one in accepted)


def why_wrong(given: str, wrong: tuple[KnownWrong, ...], misspelling: int) -> KnownWrong | None:
    """The known mistake a wrong text is nearest to, if any."""
    near = (known for known in wrong if is_like(given, known.text, misspelling))
    return next(near, None)
