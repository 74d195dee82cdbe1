"""The handbook as people read it: clauses with what is known of them, context units, glossary, values. Only reads.

Everything comes from the library and is the same for everybody; no record is opened and no key is near.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from cps_training.content.clauses_file import ContextUnit, Section
from cps_training.content.glossary import Term
from cps_training.content.handbook import Clause
from cps_training.content.library import Library
from cps_training.content.parameters import Parameter
from cps_training.content.texts import Bilingual
from cps_training.desk import protocol as p
from cps_training.desk.asker import Asker, Context

Value = dict[str, Any]
LOCALES = ("th", "en")


def both(text: Bilingual) -> dict[str, str]:
    """{"th", "en"} for the pages; Thai where nobody translated."""
    return {"th": text.text("th"), "en": text.text("en")}


def clauses_told(library: Library, ids: Iterable[str]) -> list[Value]:
    """These clauses as `handbook` tells them, unknown ones left out."""
    return [_clause(library, clause) for clause in map(library.handbook.get, ids) if clause is not None]


def handbook(context: Context, _conn: Connection, _asker: Asker, request: p.Handbook) -> Value:
    """{"clauses": [{"id", "kind", "section", "label", "title", "summary", "objective" | null, "bloom" | null, "notes", "page",
    "related": [{"id", "label", "title"}], "lessons": [{"lesson_id", "number", "title"}], "parameters": [{"id", "title",
    "text", "source", "is_verified", "is_office_setting", "note"}]}]} in handbook order.

    Without ids also {"sections": [{"id", "title", "page", "teachable"}], "context": [{"id", "section" | null, "title",
    "summary", "notes"}], "glossary": {"terms": [{"id", "term", "note" | null, "is_verified", "see": [{"id", "label",
    "title"}], "variants"}], "spellings": [[word, [variant, …]], …], "field_words": [[[word, …], [clause id, …]], …],
    "small_words": [word, …]}}. label, title, page, text, … are {"th", "en"}.
    """
    library = context.library
    wanted = set(request.ids)
    shown = [clause for clause in library.handbook.clauses if not wanted or clause.id in wanted]
    value: Value = {"clauses": [_clause(library, clause) for clause in shown]}
    if not wanted:
        value |= {
            "sections": [_section(section) for section in library.handbook.sections],
            "context": [_context(unit) for unit in library.handbook.context],
            "glossary": {
                "terms": [_term(library, term) for term in library.glossary.terms],
                "spellings": [[rule.word, list(rule.variants)] for rule in library.glossary.spellings],
                "field_words": [[list(one.words), list(one.see)] for one in library.glossary.field_words],
                "small_words": list(library.glossary.small_words),
            },
        }
    return value


def _clause(library: Library, clause: Clause) -> Value:
    return _cited(clause) | {
        "kind": clause.kind,
        "section": clause.section.id,
        "summary": clause.summary,
        "objective": both(clause.objective) if clause.objective else None,
        "bloom": clause.bloom,
        "notes": list(clause.notes),
        "page": {locale: clause.section.pages(locale) for locale in LOCALES},
        "related": [_cited(near) for near in map(library.handbook.get, clause.related) if near is not None],
        "lessons": [
            {"lesson_id": lesson.lesson, "number": lesson.number, "title": both(lesson.title)}
            for lesson in library.lessons.values()
            if clause.id in lesson.clauses
        ],
        "parameters": [parameter_told(one) for one in library.parameters.values() if clause.id in one.clauses],
    }


def _cited(clause: Clause) -> Value:
    label = {locale: clause.label(locale) for locale in LOCALES}
    return {"id": clause.id, "label": label, "title": both(clause.title)}


def parameter_told(parameter: Parameter) -> Value:
    """One limit with its source and whether somebody has checked it."""
    return {
        "id": parameter.id,
        "title": both(parameter.title),
        "text": {locale: parameter.text(locale) for locale in LOCALES},
        "source": both(parameter.source),
        "is_verified": parameter.is_verified,
        "is_office_setting": parameter.is_office_setting,
        "note": both(parameter.note) if parameter.note else None,
    }


def _section(section: Section) -> Value:
    return {
        "id": section.id,
        "title": both(section.title),
        "page": {locale: section.pages(locale) for locale in LOCALES},
        "teachable": section.teachable,
    }


def _context(unit: ContextUnit) -> Value:
    return {
        "id": unit.id,
        "section": unit.section,
        "title": both(unit.title),
        "summary": unit.summary,
        "notes": list(unit.notes),
    }


def _term(library: Library, term: Term) -> Value:
    return {
        "id": term.id,
        "term": {"th": term.th, "en": term.en},
        "note": both(term.note) if term.note else None,
        "is_verified": term.is_verified,
        "see": [_cited(clause) for clause in map(library.handbook.get, term.see) if clause is not None],
        "variants": list(term.variants),
    }
