"""The handbook page: sections with their clauses, the glossary, a search over both, and one clause by its address.

`/handbook?clause=cps.2.3` opens that clause. The book comes from the desk in one message; handbook_search finds in it. What a
person has answered of a clause is asked when that clause is opened.
"""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import parse_qs

import ipywidgets

from cps_training.apps.clause_cards import UNVERIFIED, ClauseCards
from cps_training.apps.handbook_search import Finder
from cps_training.apps.session import Session
from cps_training.apps.signed_out import refusal
from cps_training.desk import protocol
from cps_training.errors import KitError
from cps_training.i18n import mark
from cps_training.views import ClauseCard, HandbookView

LABELS = {
    "search": mark("ค้นหาในคู่มือและอภิธานศัพท์"),
    "hint": mark("พิมพ์คำหรือคำถามก็ได้ ไม่ต้องเว้นวรรค หรือพิมพ์เลขข้อ เช่น ขออนุญาตก่อนลงพื้นที่, ๒.๓, AGM"),
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
        clause=card and card | {"href": "", "seen": clauses.seen(wanted[:40])},  # the page is this clause's own
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
