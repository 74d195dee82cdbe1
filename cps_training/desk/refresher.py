"""What somebody goes over before a visit: the cooperatives and methods to choose from, and the sheet of one choice. Only reads.

Everything about the person is derived from their own answers at each call; ticks on the checklist never come here.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from cps_training.assessment.mastery import Mastery
from cps_training.assessment.progress import progress_of, released_answers
from cps_training.assessment.refresher import in_need, is_forgotten, items_for_visit
from cps_training.clock import office_day
from cps_training.content.refresher import Visit
from cps_training.desk import protocol as p
from cps_training.desk.asker import Asker, Context
from cps_training.desk.reading import both, clauses_told
from cps_training.desk.results import as_of, versions_of
from cps_training.errors import AttemptError
from cps_training.records import attempts as stored

Value = dict[str, Any]


def refresher(context: Context, conn: Connection, asker: Asker, request: p.Refresher) -> Value:
    """{"cooperatives": [{"id", "name", "kind", "note" | null, "is_fictional"}], "methods": [{"id", "title", "hint"}], "visit": null | Sheet}.

    Sheet: {"form_id", "cooperative", "method": as above, "clauses": [{"id", "state", "is_forgotten", "why": [text]}] by need, "told": the
    same clauses as `handbook` tells them, "documents": [{"id", "title", "clause", "why", "when" | null, "is_advice"}], "n_items": of a new
    attempt, "open": null | {"n_answered", "n_items"}, "is_done": whether today's was finished}. null for an unknown choice.
    """
    book = context.library.refresher
    visit = book.visit(request.cooperative, request.method)
    return {
        "cooperatives": [_cooperative(one) for one in book.cooperatives.values()],
        "methods": [_method(one) for one in book.methods.values()],
        "visit": _sheet(context, conn, asker, visit) if visit else None,
    }


def chosen_items(context: Context, conn: Connection, person_id: str, form_id: str) -> tuple[str, ...]:
    """The items of a new attempt. Raises AttemptError nothing-to-ask."""
    visit = context.library.refresher.visit_of(form_id)
    items = _of_person(context, conn, person_id, visit)[2] if visit else ()
    if not items:
        raise AttemptError("nothing-to-ask", "ยังไม่มีข้อคำถามของข้อเหล่านี้ โปรดอ่านสรุปแต่ละข้อแทน")
    return items


def is_of_another_day(context: Context, attempt: Any) -> bool:
    """Whether a finished refresher belongs to another visit day: a new one is begun then."""
    return attempt.finished_at is not None and office_day(attempt.finished_at) != office_day(context.now)


def _of_person(
    context: Context, conn: Connection, person_id: str, visit: Visit
) -> tuple[dict[str, Mastery], tuple[str, ...], tuple[str, ...]]:
    """(mastery by clause, the visit's clauses by need, items a new attempt would have)."""
    attempts = as_of(stored.attempts_of(conn, person_id), context.now)
    answers = released_answers(attempts, versions_of(context.library, conn, attempts), context.now)
    found = progress_of(context.library.handbook.teachable_ids, answers, context.now)
    clauses = in_need([listed.clause for listed in visit.clauses], found, context.now)
    met = {answered.item_id: answered.at for answered, _ in answers}
    return found, clauses, items_for_visit(clauses, context.library.review_pool, met, context.now)


def _sheet(context: Context, conn: Connection, asker: Asker, visit: Visit) -> Value:
    person_id = asker.person_id or ""
    found, clauses, items = _of_person(context, conn, person_id, visit)
    why = {listed.clause: [both(text) for text in listed.why] for listed in visit.clauses}
    own = sorted(stored.attempts_of(conn, person_id, visit.form.id), key=lambda attempt: attempt.number)
    last = own[-1].as_of(context.now) if own else None
    n_answered = sum(last.has_answered(placed.item_id) for placed in last.placed) if last else 0
    return {
        "form_id": visit.form.id,
        "cooperative": _cooperative(visit.cooperative),
        "method": _method(visit.method),
        "clauses": [
            {
                "id": clause,
                "state": found[clause].state,
                "is_forgotten": is_forgotten(found[clause], context.now),
                "why": why[clause],
            }
            for clause in clauses
        ],
        "told": clauses_told(context.library, clauses),
        "documents": [
            {
                "id": document.id,
                "title": both(document.title),
                "clause": document.clause,
                "why": both(one.why),
                "when": both(one.when) if one.when else None,
                "is_advice": document.is_advice,
            }
            for document, one in visit.documents
        ],
        "n_items": len(items),
        "open": {"n_answered": n_answered, "n_items": len(last.placed)} if last and not last.is_finished else None,
        "is_done": bool(last and last.is_finished and not is_of_another_day(context, last)),
    }


def _cooperative(one: Any) -> Value:
    return {
        "id": one.id,
        "name": both(one.name),
        "kind": one.kind,
        "note": both(one.note) if one.note else None,
        "is_fictional": one.is_fictional,
    }


def _method(one: Any) -> Value:
    return {"id": one.id, "title": both(one.title), "hint": both(one.hint)}
