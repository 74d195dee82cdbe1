"""The handbook page: sections with their clauses, the glossary, a search over both, and one clause by its address.

`/handbook?clause=cps.2.3` opens that clause. Everything comes from the desk in one message; the search happens here, so
that the browser needs no second normaliser of Thai. Scores and records are no part of it.
"""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import parse_qs

import ipywidgets

from cps_training.apps.clause_cards import UNVERIFIED, ClauseCards
from cps_training.apps.session import Session
from cps_training.apps.signed_out import refusal
from cps_training.content.glossary import SearchForm, rank
from cps_training.desk import protocol
from cps_training.errors import KitError
from cps_training.i18n import mark
from cps_training.views import ClauseCard, HandbookView

LABELS = {
    "search": mark("ค้นหาในคู่มือและอภิธานศัพท์"),
    "hint": mark("พิมพ์คำ เลขข้อ หรือคำภาษาอังกฤษ ใช้เลขไทยก็ได้ เช่น ขออนุญาต, 2.3, AGM"),
    "clauses": mark("ข้อในคู่มือ"),
    "glossary": mark("อภิธานศัพท์"),
    "notes": mark("หมายเหตุบรรณาธิการ"),
    "searching": mark("กำลังค้นหา…"),
    "failed": mark("ยังค้นหาไม่ได้ โปรดลองอีกครั้ง"),
}


def handbook(session: Session) -> ipywidgets.Widget:
    """The page for this person: with `?clause=…` that clause first, then the whole book."""
    try:
        book = session.ask(protocol.Handbook())
    except KitError as error:
        return refusal(session, error, "/handbook")
    clauses = ClauseCards(session)
    clauses.remember(book["clauses"])
    wanted = parse_qs(os.environ.get("QUERY_STRING", "")).get("clause", [""])[0]
    view = HandbookView(
        on_search=Finder(session, book).find,
        title=session("คู่มือ"),
        intro=session("สรุปเป็นถ้อยคำของชุดฝึก %(n)s ข้อ กดที่ข้อเพื่ออ่าน")
        % {"n": sum(section["teachable"] for section in book["sections"])},
        is_below=bool(wanted),
        labels={name: session(text) for name, text in LABELS.items()},
        locale=session.locale,
        **book_state(session, book, clauses),
        **clauses.wiring(),
    )
    if not wanted:
        return view
    card = clauses.open(wanted[:40])
    top = ClauseCard(
        clause=card and card | {"href": ""},  # the page is this clause's own
        empty=session("ชุดฝึกไม่มีข้อนี้ในคู่มือ โปรดเลือกจากรายการข้างล่าง"),
        locale=session.locale,
        **clauses.wiring(),
    )
    return ipywidgets.VBox([top, view])


def book_state(session: Session, book: dict[str, Any], clauses: ClauseCards) -> dict[str, Any]:
    """The traits `context`, `sections` and `terms` of a HandbookView."""
    sections = []
    for section in book["sections"]:
        own = [clause for clause in book["clauses"] if clause["section"] == section["id"]]
        refs = clauses.cite([clause["id"] for clause in own])
        sections.append(
            {
                "id": section["id"],
                "title": session.local(section["title"]),
                "count": session("มี %(n)s ข้อ") % {"n": section["teachable"]},
                "page": session.local(section["page"]),
                "context": _context(session, book, section["id"]),
                "clauses": [
                    ref | {"number": clause["id"].partition(".")[2], "is_heading": clause["kind"] == "heading"}
                    for ref, clause in zip(refs, own, strict=True)
                ],
            }
        )
    return {
        "context": _context(session, book, None),
        "sections": sections,
        "terms": [_term(session, term) for term in book["glossary"]["terms"]],
    }


def _context(session: Session, book: dict[str, Any], section: str | None) -> list[dict[str, Any]]:
    return [
        {name: unit[name] for name in ("id", "summary", "notes")} | {"title": session.local(unit["title"])}
        for unit in book["context"]
        if unit["section"] == section
    ]


def _term(session: Session, term: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": term["id"],
        "th": term["term"]["th"],
        "en": term["term"]["en"],
        "note": session.local(term["note"]) if term["note"] else "",
        "tag": None if term["is_verified"] else {"text": session(UNVERIFIED), "kind": "due"},
        "see": [{"id": ref["id"], "label": session.local(ref["label"])} for ref in term["see"]],
    }


class Finder:
    """Finds clauses and terms: every word somewhere, titles first, in the order of the book."""

    def __init__(self, session: Session, book: dict[str, Any]) -> None:
        self._session = session
        glossary = book["glossary"]
        spellings = [(term["term"]["th"], term["variants"]) for term in glossary["terms"]]
        self._form = SearchForm.of([*spellings, *glossary["spellings"]])
        self._clauses = [(clause["id"], *self._texts(_clause_words(clause))) for clause in book["clauses"]]
        self._terms = [(term["id"], *self._texts(_term_words(term))) for term in glossary["terms"]]

    def _texts(self, words: tuple[list[str], list[str]]) -> tuple[str, str]:
        title, body = (self._form(" ".join(filter(None, texts))) for texts in words)
        return title, body

    def find(self, query: str) -> dict[str, Any]:
        """{"clauses": [ids], "terms": [ids], "say": how many, in words}."""
        _, words = self._session, self._form.words(query)
        clauses, terms = self._ranked(self._clauses, words), self._ranked(self._terms, words)
        if clauses or terms:
            say = _("พบ %(n)s ข้อในคู่มือ และ %(m)s คำในอภิธานศัพท์") % {"n": len(clauses), "m": len(terms)}
        else:
            say = _("ไม่พบ โปรดลองคำที่สั้นลง หรือคำใกล้เคียง")
        return {"clauses": clauses, "terms": terms, "say": say}

    @staticmethod
    def _ranked(entries: list[tuple[str, str, str]], words: tuple[str, ...]) -> list[str]:
        ranks = {entry_id: rank(words, title, body) for entry_id, title, body in entries}
        return sorted((entry_id for entry_id, how in ranks.items() if how), key=lambda entry_id: -ranks[entry_id])


def _clause_words(clause: dict[str, Any]) -> tuple[list[str], list[str]]:
    """What is searched as a clause's title and as its text; its number is part of its title."""
    objective = clause["objective"] or {}
    title = [clause["id"], *clause["label"].values(), *clause["title"].values()]
    return title, [clause["summary"], *objective.values(), *clause["notes"]]


def _term_words(term: dict[str, Any]) -> tuple[list[str], list[str]]:
    note = term["note"] or {}
    return [*term["term"].values(), *term["variants"]], list(note.values())
