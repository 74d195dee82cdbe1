"""How a person stands with some clauses: items met, how many right, mastery, when due, and where to practise. Only reads.

Derived from the asker's own released answers at each call, as their progress is: what may not be told yet counts nowhere here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from cps_training.assessment.mastery import Mastery
from cps_training.assessment.progress import progress_of, released_answers
from cps_training.assessment.review import Answered
from cps_training.clock import office_day
from cps_training.content.forms import REVIEW
from cps_training.content.library import Library
from cps_training.desk import protocol as p
from cps_training.desk import results
from cps_training.desk.asker import Asker, Context
from cps_training.desk.due import due_today
from cps_training.desk.reading import both
from cps_training.items import ItemBase
from cps_training.records import attempts as stored

Value = dict[str, Any]


def standing(context: Context, conn: Connection, asker: Asker, request: p.Standing) -> Value:
    """{"clauses": {id: {"n_items", "n_right": of them right at the latest answer, "n_shown": items a review may show, "state",
    "due_on": null | ISO day, "is_due", "practice": null | {"form_id", "title" | null}}}}; unknown clauses and headings left out.

    practice: today's review when it has an item on the clause (then without title), else the practice of the first lesson that
    teaches it.
    """
    library = context.library
    attempts = results.as_of(stored.attempts_of(conn, asker.person_id or ""), context.now)
    answers = released_answers(attempts, results.versions_of(library, conn, attempts), context.now)
    known = [
        clause.id for clause in map(library.handbook.get, request.ids) if clause is not None and clause.is_teachable
    ]
    found = progress_of(known, answers, context.now)
    today = {clause for item in due_today(context, attempts, answers) for clause in library.review_pool[item]}
    latest = {answered.item_id: (answered, item) for answered, item in answers}
    return {
        "clauses": {
            clause_id: _seen(clause_id, latest.values())
            | _memory(found[clause_id], context)
            | {
                "n_shown": sum(clause_id in clauses for clauses in library.review_pool.values()),
                "practice": {"form_id": REVIEW, "title": None} if clause_id in today else _practice(library, clause_id),
            }
            for clause_id in known
        }
    }


def _seen(clause_id: str, latest: Iterable[tuple[Answered, ItemBase]]) -> Value:
    own = [answered.fraction for answered, item in latest if clause_id in item.clauses]
    return {"n_items": len(own), "n_right": sum(fraction >= 1 for fraction in own)}


def _memory(mastery: Mastery, context: Context) -> Value:
    memory = mastery.memory
    return {
        "state": mastery.state,
        "due_on": office_day(memory.due).isoformat() if memory else None,
        "is_due": memory is not None and memory.is_due(context.now),
    }


def _practice(library: Library, clause_id: str) -> Value | None:
    """The form that practises the clause: of the first lesson, by number, that teaches it and has one."""
    for lesson in library.lessons.values():
        if clause_id in lesson.clauses:
            for form in library.forms.values():
                if form.lesson == lesson.id and form.feedback == "practice":
                    return {"form_id": form.id, "title": both(form.title)}
    return None
