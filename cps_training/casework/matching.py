"""Which findings of the catalogue somebody may mean with words of their own: an explicit rule, shown with its reasons. Pure.

Only ever a suggestion: the learner sees the shared words and confirms, or leaves the finding as it is. Knows no case and no key.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from cps_training.content.cases.catalogue import Catalogue, Kind
from cps_training.thai_text import normalise

MOST_SUGGESTED = 3
LEAST_SHARE = 0.1
"""A kind with less is not suggested."""
LEAST_OF_BEST = 0.4
"""Nor is one with less than this of the best kind's share."""
_ENDINGS = ("ing", "ed", "es", "s")
_NOUNS = ("การ", "ความ")
_THAI_SMALL = (
    "ที่ ซึ่ง อัน และ หรือ กับ แต่ ถ้า หาก เพราะ เพื่อ โดย ของ ใน จาก ถึง ตาม ต่อ ว่า ก็ คือ เป็น มี ไม่ ไม่มี ไม่ได้ ไม่ต้อง ได้ ให้ จะ ที่จะ ต้อง ควร กำลัง เคย แล้ว "
    "อยู่ ยัง ยังมี จึง ไป มา ขึ้น ลง เข้า ออก นี้ นั้น ด้วย เลย กัน เอง ทุก แต่ละ บาง อื่น อีก มาก น้อย เอา ใช้ ทำ เรื่อง ข้อ การ ความ ทั้งที่ แสดงว่า เพิ่ม สหกรณ์"
)
_ENGLISH_SMALL = (
    "a all also an and are as at be been by do does for from has have how in is it its more most must no not of on one or so than that "
    "the their they this to too up was were what when where which who with cooperative"
)
SMALL = frozenset(f"{_THAI_SMALL} {_ENGLISH_SMALL}".split())
"""What joins and asks, and what is in every case: says nothing about which finding is meant."""

Segment = Callable[[str], list[str]]
"""A text into its words: content.segmenting.Segmenter."""


@dataclass(frozen=True)
class Match:
    """A finding that may be meant. words: what of the text led there, as it was typed; share: 0…1."""

    kind: str
    words: tuple[str, ...]
    share: float


@dataclass(frozen=True)
class _Phrases:
    """How a kind is called. words: of all its names; each of phrases: the words of one name."""

    kind: str
    words: frozenset[str]
    phrases: tuple[frozenset[str], ...]


class Matcher:
    """The catalogue made ready for matching: the work that is the same for every text."""

    def __init__(self, catalogue: Catalogue, segment: Segment) -> None:
        self._segment = segment
        self._kinds = tuple(self._called(kind) for kind in catalogue.findings)
        self._n_with: dict[str, int] = {}
        for kind in self._kinds:
            for word in kind.words:
                self._n_with[word] = self._n_with.get(word, 0) + 1

    def suggest(self, text: str) -> tuple[Match, ...]:
        """The kinds a text may mean, best first; () when it shares too little with any. See suggest()."""
        pieces = [(piece, _form(piece)) for piece in self._segment(normalise(text))]
        said = {form for _, form in pieces if form and (form in self._n_with or not form.isdecimal())}
        all_of_it = math.fsum(2 * self._rarity(word) for word in said)
        found = []
        for place, kind in enumerate(self._kinds):
            shared = said & kind.words
            whole = {word for phrase in kind.phrases if phrase <= said for word in phrase}
            worth = math.fsum(self._rarity(word) * (2 if word in whole else 1) for word in shared)
            if worth and worth / all_of_it >= LEAST_SHARE and max(map(len, shared)) > 1:
                found.append((-round(worth / all_of_it, 9), place, kind.kind, shared))
        found.sort(key=lambda one: one[:2])
        return tuple(
            Match(kind, tuple(_as_typed(pieces, shared)), -share)
            for share, _, kind, shared in found[:MOST_SUGGESTED]
            if share <= LEAST_OF_BEST * found[0][0]
        )

    def _called(self, kind: Kind) -> _Phrases:
        names = (kind.title.th, kind.title.en or "", *kind.words, *kind.words_en)
        phrases = tuple(words for name in names if (words := frozenset(self._words(name))))
        return _Phrases(kind.id, frozenset().union(*phrases), phrases)

    def _words(self, text: str) -> Iterator[str]:
        return (form for piece in self._segment(normalise(text)) if (form := _form(piece)))

    def _rarity(self, word: str) -> float:
        """The inverse document frequency of a word over the kinds (that of BM25); a word of no kind weighs most."""
        n = self._n_with.get(word, 0)
        return math.log(1 + (len(self._kinds) - n + 0.5) / (n + 0.5))


def suggest(text: str, catalogue: Catalogue, segment: Segment) -> tuple[Match, ...]:
    """The kinds a text may mean, at most three, the best first, ties in the order of the catalogue; () when none is near.

    The text is cut into words; small words, signs and numbers that no kind has are left out, endings of English words and การ-, ความ-
    before Thai ones put aside. A kind's words are those of its title and of `words` and `words_en`, in both languages.
    share = Σ w·rarity(shared word) ÷ Σ 2·rarity(word of the text). rarity: ln(1 + (N − n + ½) ÷ (n + ½)), n of N kinds having the word.
    w = 2 where the word belongs to a name of the kind (its title, or one of its words) that stands in the text with all its words, in
    whatever order; else 1. Suggested is a share of 0.1 or more that is at least 0.4 of the best kind's.
    """
    return Matcher(catalogue, segment).suggest(text)


def _form(piece: str) -> str:
    """The form in which words are compared; empty for what says nothing."""
    if piece in SMALL or not any(letter.isalnum() for letter in piece):
        return ""
    if piece.isascii():
        ending = next((end for end in _ENDINGS if piece.endswith(end) and len(piece) - len(end) >= 3), "")
        return piece.removesuffix(ending)
    front = next((start for start in _NOUNS if piece.startswith(start) and len(piece) - len(start) >= 3), "")
    return piece.removeprefix(front)


def _as_typed(pieces: Iterable[tuple[str, str]], shared: frozenset[str] | set[str]) -> Iterator[str]:
    """The shared words as they stand in the text, each once; neighbours without a gap are one (ค่า and เผื่อ: ค่าเผื่อ)."""
    runs, is_open = list[str](), False
    for piece, form in pieces:
        if form not in shared:
            is_open = False
        elif is_open and not piece.isascii():
            runs[-1] += piece
        else:
            runs.append(piece)
            is_open = not piece.isascii()
    return (run for run in dict.fromkeys(runs) if len(run) > 1)
