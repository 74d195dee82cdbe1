"""What the handbook page searches: its clauses and its terms as entries, built from what the desk told. Knows no widget.

Everything is done in the kernel: a search travels to no other process, and the page needs no second normaliser of Thai.
"""

from __future__ import annotations

from typing import Any

from cps_training import places
from cps_training.apps.session import Session
from cps_training.content.glossary import SearchForm
from cps_training.content.searching import Entry, Search
from cps_training.content.segmenting import shipped_segmenter

LEAST_OF_A_TERM = 0.5
"""A term is short: less than half of what was asked for in it is an accident."""

Texts = dict[str, list[str]]


def prepare() -> None:
    """Read the list of words once, before kernels are forked."""
    shipped_segmenter(places.shipped())


class Finder:
    """Finds clauses and terms for what somebody typed, the best first (content.searching says how)."""

    def __init__(self, session: Session, book: dict[str, Any]) -> None:
        self._session = session
        glossary = book["glossary"]
        spellings = [(term["term"]["th"], term["variants"]) for term in glossary["terms"]]
        form, segment = SearchForm.of([*spellings, *glossary["spellings"]]), shipped_segmenter(places.shipped())
        also = _called_also(glossary)
        self._clauses = Search(
            form, segment, glossary["small_words"], [clause_entry(clause, also) for clause in book["clauses"]]
        )
        terms = [_term(term) for term in glossary["terms"]]
        self._terms = Search(form, segment, glossary["small_words"], terms, least=LEAST_OF_A_TERM)

    def find(self, query: str) -> dict[str, Any]:
        """{"clauses": [ids], "terms": [ids], "say": how many, in words}."""
        _ = self._session
        clauses, terms = self._clauses.find(query), self._terms.find(query)
        if clauses or terms:
            say = _("พบ %(n)s ข้อในคู่มือ และ %(m)s คำในอภิธานศัพท์") % {"n": len(clauses), "m": len(terms)}
        else:
            say = _("ไม่พบ โปรดลองคำที่สั้นลง หรือคำใกล้เคียง")
        return {"clauses": clauses, "terms": terms, "say": say}


def _called_also(glossary: dict[str, Any]) -> Texts:
    """What else a clause goes by: the terms that cite it and the words of the field."""
    also: Texts = {}
    for term in glossary["terms"]:
        for ref in term["see"]:
            also.setdefault(ref["id"], []).extend([*term["term"].values(), *term["variants"]])
    for words, see in glossary["field_words"]:
        for clause_id in see:
            also.setdefault(clause_id, []).extend(words)
    return also


def clause_entry(clause: dict[str, Any], also: Texts) -> Entry:
    """A clause as the search sees it. Its number is part of its title; also: other names by clause id."""
    title = [clause["id"], *clause["label"].values(), *clause["title"].values()]
    named = [*(clause["objective"] or {}).values(), *also.get(clause["id"], ())]
    return Entry(clause["id"], (" ".join(title), " · ".join(named), clause["summary"], " ".join(clause["notes"])))


def _term(term: dict[str, Any]) -> Entry:
    note = term["note"] or {}
    return Entry(term["id"], (" · ".join(term["term"].values()), " · ".join(term["variants"]), " ".join(note.values())))
