"""The next round of a plan: what was left open comes along (handbook, CPS 1.2.2). Pure; knows no steps and no rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count

from cps_training.planning.editing import Document, written
from cps_training.planning.model import Issue, Plan, Record


def next_plan(plan: Plan, plan_id: str, written_on: date) -> Document:
    """A plan of the same officer and cooperatives, without visits, that begins with the issues left open.

    An issue is left open when a record says so and it was not closed with a reason since, or when it was carried over into this round and no
    record is about it. `previous` holds the records it comes from: all of this round, and those of the last that are still needed.
    """
    closed = {one.id for one in plan.issues if one.status == "closed" and one.closed_reason}
    names = {record.id for record in plan.records}
    waiting = _not_taken_up(plan) - closed
    records = [_without(record, closed) for record in plan.records]
    for record in plan.previous:
        if left := tuple(issue for issue in record.unresolved if issue in waiting):
            own_id = next(name for name in _names(record.id) if name not in names)
            names.add(own_id)
            records.append(record.model_copy(update={"id": own_id, "unresolved": left}))
    source = {issue: record.id for record in records for issue in record.unresolved}
    return written(
        Plan(
            plan=plan_id,
            written_on=written_on,
            officer=plan.officer,
            orgs=plan.orgs,
            policy_refs=plan.policy_refs,
            issues=tuple(_carried(issue, source[issue.id]) for issue in plan.issues if issue.id in source),
            previous=tuple(records),
        )
    )


def _not_taken_up(plan: Plan) -> set[str]:
    """Issues left over from the last round that no visit with a record was about."""
    recorded = {record.visit for record in plan.records}
    taken_up = {issue for visit in plan.visits if visit.id in recorded for issue in visit.issues}
    said = {issue for record in plan.records for issue in record.unresolved}
    return {issue for record in plan.previous for issue in record.unresolved} - taken_up - said


def _names(record_id: str) -> Iterator[str]:
    """Its own id, then others made of it: records are numbered anew each round."""
    yield record_id
    yield from (f"{record_id[:30]}-old{n}" for n in count(1))


def _without(record: Record, closed: set[str]) -> Record:
    return record.model_copy(update={"unresolved": tuple(one for one in record.unresolved if one not in closed)})


def _carried(issue: Issue, record_id: str) -> Issue:
    return issue.model_copy(
        update={"origin": "carry_over", "carried_from": record_id, "status": "open", "closed_reason": ""}
    )
