"""The message that scores a form's stored responses again under today's keys: shown first, kept only when asked.

What is kept is one more step an attempt; every earlier step stays. An event says who did it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from cps_training.assessment import attempt as core
from cps_training.assessment.progress import scored_items
from cps_training.assessment.regrading import Regrading, regraded
from cps_training.assessment.scoring import Result
from cps_training.desk import protocol as p
from cps_training.desk import results
from cps_training.desk.asker import Asker, Context
from cps_training.desk.attempt_views import form_of
from cps_training.records import attempts as stored
from cps_training.records import events
from cps_training.records import frames as rows_of

Value = dict[str, Any]


def regrade(context: Context, conn: Connection, asker: Asker, request: p.Regrade) -> Value:
    """{"n_attempts", "is_applied", "rows": [{"person_code", "name", "number", "is_finished", "before", "after": {"points", "maximum",
    "is_passed"}, "items": [item id], "unreadable": [item id]}]}: one row an attempt that changes or cannot be replayed."""
    form_of(context.library, request.form_id)
    attempts = stored.attempts_at(conn, [request.form_id])
    versions = results.versions_of(context.library, conn, attempts)
    people = {row["person_id"]: row for row in rows_of.people_rows(conn, context.now)}
    found = [regraded(one, scored_items(one, versions), context.library.items) for one in attempts]
    changed = [one for one in found if one.is_change]
    if changed and not request.is_dry_run:
        _keep(context, conn, asker, request.form_id, changed)
    return {
        "n_attempts": len(attempts),
        "is_applied": bool(changed) and not request.is_dry_run,
        "rows": [_row(one, people[one.attempt.person_id]) for one in found if one.is_change or one.unreadable],
    }


def _keep(context: Context, conn: Connection, asker: Asker, form_id: str, changed: list[Regrading]) -> None:
    ids = {item_id for one in changed for item_id in one.versions}
    stored.put_item_versions(conn, [context.library.items[item_id] for item_id in sorted(ids)])
    for one in changed:
        said = {"versions": one.versions}
        _, step = core.note(one.attempt, "regrade", said, answer_id=context.new_id(), at=context.now)
        stored.append_step(conn, one.attempt.attempt_id, step)
    detail = {"form": form_id, "n_attempts": len(changed), "items": sorted(ids)}
    events.note(conn, kind="regrade", at=context.now, by=asker.person_id, detail=detail)


def _row(one: Regrading, person: Value) -> Value:
    return {
        "person_code": person["person_code"],
        "name": person["name"],
        "number": one.attempt.number,
        "is_finished": one.attempt.is_finished,
        "before": _score(one.before),
        "after": _score(one.after),
        "items": sorted(one.versions),
        "unreadable": list(one.unreadable),
    }


def _score(result: Result) -> Value:
    return {"points": result.points, "maximum": result.maximum, "is_passed": result.is_passed}
