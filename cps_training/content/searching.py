"""Which entries answer what somebody typed, the best first. Pure; knows no handbook, store or widget.

Not every word must occur. What counts: how much of the question an entry has, rare words for more than common ones; a word in
the title for more than in the text; words that stand together as they were typed; the whole question as a phrase for most.
How well that does, measured: docs/reference/handbook-search.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from cps_training.content.glossary import LONGEST_QUERY, SearchForm
from cps_training.content.segmenting import Segmenter
from cps_training.thai_text import distance

WEIGHTS = (3.0, 2.0, 1.0, 0.5)
"""What a word is worth by the field it stands in: title, what else it is called, text, remarks."""
PART = 0.6
"""A word inside a longer one, beside 1 for a word that stands as such."""
TOGETHER = 0.5
"""Two words that follow one another as typed, times both their weights."""
PHRASE = 2.0
"""The whole question as it was typed."""
LEAST_SHARE = 0.35
"""An entry with less than this of the best entry's words is not shown."""
LEAST_OF_ASKED = 0.3
"""When even the best entry has less than this of what was asked for, nothing answers it. A word of no entry weighs as the rarest."""
SHORT = 3
"""Up to so many letters a Thai word is looked for between cuts only: นา is also in พัฒนา."""
ONE_SLIP, TWO_SLIPS = 4, 8
"""From so many letters on, a word nobody wrote may have one wrong letter, or two."""
MOST_JOINED = 3
"""A slip breaks a word into so many pieces at most."""
_BETWEEN = "\x01"
_GAPS = str.maketrans("", "", " -–")


@dataclass(frozen=True)
class Entry:
    """Something to be found. fields: its texts in the order of WEIGHTS, as people read them."""

    id: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """words: what is looked for, in order and each once; whole: all that was typed, without spaces; pairs: neighbours."""

    words: tuple[str, ...]
    whole: str
    pairs: tuple[tuple[str, str], ...]


class Search:
    """Over some entries. form: the spelling both sides are compared in; small: words that ask and join but name nothing;
    least: as LEAST_OF_ASKED."""

    def __init__(
        self,
        form: SearchForm,
        segment: Segmenter,
        small: Iterable[str],
        entries: Sequence[Entry],
        least: float = LEAST_OF_ASKED,
    ) -> None:
        self._form, self._segment, self._entries, self._least = form, segment, entries, least
        self._small = frozenset(form(word) for word in small)
        self._cuts: dict[str, frozenset[int]] = {}

    @cached_property
    def _texts(self) -> list[tuple[str, ...]]:
        """The fields of the entries in their search form; made at the first question, all at once."""
        said = self._form(_BETWEEN.join(field or " " for entry in self._entries for field in entry.fields))
        fields = iter(part.strip() for part in said.split(_BETWEEN))
        return [tuple(next(fields) for _ in entry.fields) for entry in self._entries]

    @cached_property
    def _squeezed(self) -> list[tuple[str, ...]]:
        return [tuple(field.translate(_GAPS) for field in fields) for fields in self._texts]

    def find(self, typed: str) -> list[str]:
        """Ids of the entries that answer it; [] when nothing does or nothing was asked."""
        asked = self._read(self._form(typed[:LONGEST_QUERY]))
        worth = {word: [self._worth(word, fields) for fields in self._texts] for word in asked.words}
        weight = {word: self._rarity(sum(map(bool, found))) for word, found in worth.items()}
        shares = [sum(weight[word] for word in asked.words if worth[word][n]) for n in range(len(self._entries))]
        best = max(shares, default=0.0)
        if not best or best < self._least * sum(weight.values()):
            return []
        scored = []
        for n, (entry, share) in enumerate(zip(self._entries, shares, strict=True)):
            if share < LEAST_SHARE * best:
                continue
            score = sum(weight[word] * worth[word][n] for word in asked.words) * share / best
            score += TOGETHER * sum(
                (weight[a] + weight[b]) * self._worth_of_phrase(a + b, n)
                for a, b in asked.pairs
                if a in weight and b in weight
            )
            score += PHRASE * best * self._worth_of_phrase(asked.whole, n)
            scored.append((-score, n, entry.id))
        return [entry_id for _, _, entry_id in sorted(scored)]

    # What was asked -----------------------------------------------------------------------------------------------

    def _read(self, asked: str) -> Question:
        parts = [part for part in self._segment(asked) if part != " "]
        words: list[str] = []
        at = 0
        while at < len(parts):
            part = parts[at]
            taken, known = self._mended(parts, at) if self._is_strange(part) else (1, None)
            if known is not None:
                words.append(known)
            elif part not in self._small and self._names_something(part):
                words += self._known(part)
            at += taken
        words = list(dict.fromkeys(words))
        return Question(tuple(words), asked.translate(_GAPS), tuple(pairwise(words)))

    @staticmethod
    def _names_something(part: str) -> bool:
        """No sign, and no single Thai letter, which is what an abbreviation falls into."""
        return any(letter.isalnum() for letter in part) and (len(part) > 1 or part.isascii())

    def _is_strange(self, part: str) -> bool:
        """Neither a word of the list nor one of the entries."""
        return part not in self._segment and not part.isdecimal() and not self._occurs(part)

    def _mended(self, parts: list[str], at: int) -> tuple[int, str | None]:
        """How many parts from here on are one word with a slip in it, and that word; (1, None) where it is none."""
        for n in range(min(MOST_JOINED, len(parts) - at), 0, -1):
            if meant := self._meant("".join(parts[at : at + n])):
                return n, meant
        return 1, None

    def _known(self, word: str) -> list[str]:
        """The word itself where an entry has it, else the words it is made of."""
        if self._occurs(word):
            return [word]
        inside = self._segment.inside(word)
        if inside == [word]:
            return [word]
        return [known for part in inside if part not in self._small for known in self._known(part)]

    def _meant(self, word: str) -> str | None:
        """The word of the entries that differs from this one by a slip of the finger."""
        slips = 0 if len(word) < ONE_SLIP else 1 if len(word) < TWO_SLIPS else 2
        if not slips:
            return None
        near = self._foreign if word.isascii() else self._segment.beginning(word[0])
        letters = set(word)
        like = (w for w in near if abs(len(w) - len(word)) <= slips and len(letters ^ set(w)) <= 2 * slips)
        close = sorted((distance(word, other), other) for other in like if other[0] == word[0])
        return next(
            (other for far, other in close if far <= slips and len(other) >= ONE_SLIP and self._occurs(other)), None
        )

    @cached_property
    def _foreign(self) -> frozenset[str]:
        """Words of the entries in other letters than Thai, for slips in them."""
        parts = (part for fields in self._texts for field in fields for part in field.split() if part.isascii())
        return frozenset(word for part in parts if len(word := part.strip(".,;:()%")) >= ONE_SLIP)

    def _occurs(self, word: str) -> bool:
        return any(self._worth(word, fields) for fields in self._texts)

    # What an entry has of it --------------------------------------------------------------------------------------

    def _rarity(self, n: int) -> float:
        """The inverse document frequency of a word that n entries have (that of BM25)."""
        return math.log(1 + (len(self._entries) - n + 0.5) / (n + 0.5))

    def _worth(self, word: str, fields: tuple[str, ...]) -> float:
        """The weight of the best field that has the word, 0 for none."""
        best = 0.0
        for weight, field in zip(WEIGHTS, fields, strict=False):
            if weight > best and word in field:
                best = max(best, weight * self._kind_of_hit(word, field))
        return best

    def _kind_of_hit(self, word: str, field: str) -> float:
        """1 where it stands as a word, PART where a longer one begins with it, 0 where only its letters happen to be there."""
        best, at = 0.0, field.find(word)
        while at >= 0 and best < 1:
            end = at + len(word)
            if not word.isascii():
                best = float(len(word) > SHORT or self._is_cut(field, at, end))
            elif not _goes_on(field[:at][-2:][::-1]):
                if not _goes_on(field[end : end + 2]):
                    best = 1.0
                elif word.isalpha() and len(word) >= SHORT:
                    best = PART
            at = field.find(word, at + 1)
        return best

    def _is_cut(self, field: str, at: int, end: int) -> bool:
        """Whether a word begins and ends there, by the list of words."""
        start = field.rfind(" ", 0, at) + 1
        stop = field.find(" ", end)
        chunk = field[start : stop if stop >= 0 else len(field)]
        if chunk not in self._cuts:
            cuts, place = {0}, 0
            for part in self._segment(chunk):
                place += len(part)
                cuts.add(place)
            self._cuts[chunk] = frozenset(cuts)
        return {at - start, end - start} <= self._cuts[chunk]

    def _worth_of_phrase(self, phrase: str, n: int) -> float:
        return max((w for w, field in zip(WEIGHTS, self._squeezed[n], strict=False) if phrase in field), default=0.0)


def _goes_on(beside: str) -> bool:
    """Whether the two letters beside a word of other letters than Thai still belong to it: 2.3 is no 3, and no 2."""
    first, second = beside[:1], beside[1:]
    return first.isascii() and (first.isalnum() or (first in ".," and second.isascii() and second.isdecimal()))
