"""The glossary and how it is searched: data/handbook/glossary.yaml. Pure; knows no bank, store or widget.

A search must find what people type: Thai digits, a vowel taken apart by a PDF, the misspellings the source itself has.
Which spellings mean the same is data in the file (`variants` of a term, `spellings` for words that are no terms).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from cps_training.content.clauses_file import FOLDER
from cps_training.content.loading import Read, read_model
from cps_training.content.texts import Bilingual, require_distinct
from cps_training.items.base import ClauseId, ItemId, Strict
from cps_training.thai_text import normalise

FILE = f"{FOLDER}/glossary.yaml"
_SPLIT_AM = re.compile("\u0e4d([\u0e48-\u0e4b])\u0e32")
"""ำ taken apart by a PDF with a tone mark in between (คํ้า for ค้ำ)."""
LONGEST_QUERY = 100
Spelling = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=80)]
Status = Literal["verified", "unverified"]


class Term(Strict):
    """A term: how it is spelled here, its English gloss, and where the handbook uses it.

    variants: other spellings that mean this word, found but not shown as right. note: what to know about it; a note that
    nobody has checked against its source yet is `note_status: unverified` and shown so.
    """

    id: ItemId
    th: Spelling
    en: Spelling
    note: Bilingual | None = None
    note_status: Status | None = None
    see: tuple[ClauseId, ...] = ()
    variants: tuple[Spelling, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        require_distinct(self.see, "see")
        require_distinct(self.variants, "variants")
        if self.note_status and not self.note:
            raise ValueError("note_status ใช้กับ note แต่คำนี้ไม่มี note ให้เติม note หรือลบ note_status ออก")
        _refuse_endless(self.th, self.variants)
        return self

    @property
    def is_verified(self) -> bool:
        """False where the note still has to be checked by a person."""
        return self.note_status != "unverified"


class SpellingRule(Strict):
    """Words that are no terms, yet written in several ways. word: the right spelling; variants: the others."""

    word: Spelling
    variants: Annotated[tuple[Spelling, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        require_distinct(self.variants, "variants")
        _refuse_endless(self.word, self.variants)
        return self


class FieldWords(Strict):
    """What people at work say instead of the handbook's words. see: the clauses they mean by it; only for finding, never shown."""

    words: Annotated[tuple[Spelling, ...], Field(min_length=1)]
    see: Annotated[tuple[ClauseId, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        require_distinct(self.words, "words")
        require_distinct(self.see, "see")
        return self


class GlossaryFile(Strict):
    """glossary.yaml. small_words: what asks and joins but names nothing; a search passes over them."""

    terms: Annotated[tuple[Term, ...], Field(min_length=1)]
    spellings: tuple[SpellingRule, ...] = ()
    field_words: tuple[FieldWords, ...] = ()
    small_words: tuple[Spelling, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        require_distinct(tuple(term.id for term in self.terms), "terms")
        require_distinct(self.small_words, "small_words")
        return self


def _refuse_endless(word: str, variants: Sequence[str]) -> None:
    """Replacing a variant must change a text once: a variant inside its own word would be replaced for ever."""
    for variant in variants:
        if normalise(variant) in normalise(word):
            raise ValueError(f"variants “{variant}” เป็นส่วนหนึ่งของ “{word}” อยู่แล้ว การค้นพบได้เอง ให้ลบออก")


@dataclass(frozen=True)
class SearchForm:
    """Turns text into the form in which it is compared; query and content go through the same one.

    pairs: (variant, word), both normalised, the longest variant first.
    """

    pairs: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, spellings: Iterable[tuple[str, Sequence[str]]]) -> SearchForm:
        """From (word, variants) of terms and spelling rules."""
        pairs = {normalise(variant): normalise(word) for word, variants in spellings for variant in variants}
        return cls(tuple(sorted(pairs.items(), key=lambda pair: (-len(pair[0]), pair[0]))))

    def __call__(self, text: str) -> str:
        """thai_text.normalise, then every variant spelling as its right word."""
        text = normalise(_SPLIT_AM.sub("\\1\u0e33", text))
        for variant, word in self.pairs:
            text = text.replace(variant, word)
        return text

    def words(self, query: str) -> tuple[str, ...]:
        """The words of a query; () for one without a letter or digit. What is longer than a question is cut off."""
        words = self(query[:LONGEST_QUERY]).split()
        return tuple(word for word in words if any(letter.isalnum() for letter in word))


@dataclass(frozen=True)
class Glossary:
    """terms in the order of the file; spellings of words that are no terms; field_words and small_words as in the file."""

    terms: tuple[Term, ...] = ()
    spellings: tuple[SpellingRule, ...] = ()
    field_words: tuple[FieldWords, ...] = ()
    small_words: tuple[str, ...] = ()

    @classmethod
    def of(cls, file: GlossaryFile | None) -> Glossary:
        """The content of the file; empty without one."""
        return cls(file.terms, file.spellings, file.field_words, file.small_words) if file else cls()

    @cached_property
    def search_form(self) -> SearchForm:
        return SearchForm.of(
            [
                *((term.th, term.variants) for term in self.terms),
                *((rule.word, rule.variants) for rule in self.spellings),
            ]
        )


def rank(words: Sequence[str], title: str, body: str) -> int:
    """How well an entry answers a query: 3 every word is a whole word of the title (so `2.3` finds 2.3 before 1.2.3),
    2 every word stands in the title, 1 in title or body, 0 not found.

    All texts in their search form. Without words nothing is found.
    """
    if not words:
        return 0
    if set(words) <= set(title.split()):
        return 3
    if all(word in title for word in words):
        return 2
    whole = f"{title} {body}"
    return 1 if all(word in whole for word in words) else 0


def read_glossary(root: Path) -> Read[GlossaryFile] | None:
    """The file with its places, or None where there is none. Raises nothing."""
    path = root / FILE
    return read_model(path, GlossaryFile, shown_as=FILE) if path.exists() else None
