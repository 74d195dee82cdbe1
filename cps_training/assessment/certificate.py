"""When somebody has earned the certificate of the course, and the code by which it can be checked offline. Pure.

Nothing is issued or kept: the certificate follows from the attempts at each asking, and so does its code.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

LETTERS = 16
"""Of a code: 80 bits, in groups of four; base32 has no 0, 1, 8 or 9 that could be misread."""


@dataclass(frozen=True)
class PassedExam:
    """An attempt at the final exam that was passed. secret: of the attempt, known to the desk only."""

    form_id: str
    at: datetime
    secret: bytes


@dataclass(frozen=True)
class Certificate:
    """earned_at: when the last thing needed was done. form_id: the exam it rests on."""

    code: str
    earned_at: datetime
    form_id: str


def code_of(secret: bytes, person_id: str) -> str:
    """The code of a certificate that rests on the attempt with this secret: nobody can make one up, and each is its owner's."""
    digest = hmac.new(secret, f"certificate\x1f{person_id}".encode(), hashlib.sha256).digest()
    letters = base64.b32encode(digest).decode()[:LETTERS]
    return "-".join(letters[at : at + 4] for at in range(0, LETTERS, 4))


def read_code(text: str) -> str:
    """A code as somebody copied it: capitals, dashes and spaces do not matter, nor 0 for O, 1 for I, 8 for B."""
    plain = "".join(text.upper().split()).replace("-", "").translate(str.maketrans("018", "OIB"))
    return "-".join(plain[at : at + 4] for at in range(0, len(plain), 4))


def earned(person_id: str, lessons: Mapping[str, datetime | None], passed: Iterable[PassedExam]) -> Certificate | None:
    """The certificate, or None. lessons: when each was completed, None where it is not; passed: the exams passed so far.

    It takes every lesson and one passed final exam, the first one; whoever goes on and fails another keeps it.
    """
    first = min(passed, key=lambda exam: exam.at, default=None)
    ends = list(lessons.values())
    if first is None or not ends or any(end is None for end in ends):
        return None
    earned_at = max([first.at, *(end for end in ends if end is not None)])
    return Certificate(code_of(first.secret, person_id), earned_at, first.form_id)
