"""Attempts and their steps in the database: written once, never changed or removed. Knows no rule of answering.

All functions work in the caller's transaction; item versions are kept with what was answered, so that every score can
be derived again from what the learner saw.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import nullcontext
from functools import lru_cache
from itertools import groupby
from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, bindparam, insert, select, tuple_
from sqlalchemy.exc import IntegrityError

from cps_training.assessment.attempt import Attempt, Placed, Step
from cps_training.content.rules import Rules
from cps_training.errors import AttemptError
from cps_training.items import ItemBase, item_from_json
from cps_training.records.tables import attempt as attempt_table
from cps_training.records.tables import item_version, person
from cps_training.records.tables import step as step_table

Place = Literal["served", "lab", "simulated"]
Pair = tuple[str, str]

# Asked at every answer: made once.
_ATTEMPT = select(attempt_table).where(attempt_table.c.attempt_id == bindparam("attempt_id"))
_STEPS = select(step_table).where(step_table.c.attempt_id == bindparam("attempt_id")).order_by(step_table.c.seq)

_CACHE = "cps_item_versions"
_AT_ONCE = 400  # pairs in one query; SQLite allows 999 values on old builds


def put_item_versions(conn: Connection, items: Iterable[ItemBase]) -> None:
    """Keep the items as they are now, each version once; a version already kept stays as it was first written."""
    by_pair = {(item.id, item.version): item for item in items}
    known = {pair for pair, _ in _stored_versions(conn, by_pair)}
    rows = [
        {"item_id": pair[0], "version": pair[1], "content": item.model_dump(mode="json")}
        for pair, item in by_pair.items()
        if pair not in known
    ]
    if rows:
        conn.execute(insert(item_version), rows)


def items_of(conn: Connection, pairs: Iterable[Pair]) -> dict[Pair, ItemBase]:
    """(item id, version) → the item as it was then. Pairs that are not kept are left out."""
    wanted = set(pairs)
    # Versions are content-addressed and never change, so each database connection reads one only once.
    cache: dict[Pair, ItemBase] = conn.info.setdefault(_CACHE, {})
    for pair, content in _stored_versions(conn, wanted - cache.keys()):
        cache[pair] = item_from_json(content)
    return {pair: cache[pair] for pair in wanted if pair in cache}


def _stored_versions(conn: Connection, pairs: Iterable[Pair]) -> Iterator[tuple[Pair, Any]]:
    wanted = list(pairs)
    table = item_version.c
    for start in range(0, len(wanted), _AT_ONCE):
        chosen = tuple_(table.item_id, table.version).in_(wanted[start : start + _AT_ONCE])
        for row in conn.execute(select(table.item_id, table.version, table.content).where(chosen)):
            yield (row.item_id, row.version), row.content


def insert_attempt(conn: Connection, attempt: Attempt, *, place: str) -> None:
    """Keep a new attempt with the steps it has (a simulation may bring some). place: "served", "lab" or "simulated".

    The versions of its items must have been put before. Raises sqlalchemy's IntegrityError when the person has an
    attempt of this number on this form, or an item version is missing.
    """
    conn.execute(
        insert(attempt_table).values(
            attempt_id=attempt.attempt_id,
            person_id=attempt.person_id,
            form_id=attempt.form_id,
            number=attempt.number,
            policy=attempt.policy.name,
            secret=attempt.secret,
            placed=[[placed.item_id, placed.item_version, placed.section, placed.tries] for placed in attempt.placed],
            cut_score=attempt.rules.cut_score,
            rules=attempt.rules.as_json(),
            started_at=attempt.started_at,
            place=place,
        )
    )
    if attempt.steps:
        conn.execute(insert(step_table), [_step_values(attempt.attempt_id, step) for step in attempt.steps])


def append_step(conn: Connection, attempt_id: str, step: Step) -> None:
    """Add the step `assessment.attempt` made.

    Raises AttemptError: conflicting-answer (the answer_id is used already), out-of-sequence (the attempt has a step of
    this number), unknown-attempt. The transaction stays usable.
    """
    # SQLite undoes a refused statement by itself; PostgreSQL gives up the whole transaction unless told where to stop.
    part = conn.begin_nested() if conn.dialect.name != "sqlite" else nullcontext()
    try:
        with part:
            conn.execute(insert(step_table), _step_values(attempt_id, step))
    except IntegrityError as error:
        raise _refusal(conn, attempt_id, step, error) from error


def _refusal(conn: Connection, attempt_id: str, step: Step, error: IntegrityError) -> Exception:
    """Which promise of the table the step would break, in words for the learner; else the database's own error."""
    if owner_of_answer(conn, step.answer_id) is not None:
        return AttemptError("conflicting-answer", "รหัสคำตอบนี้ใช้กับคำตอบอื่นแล้ว โปรดโหลดหน้านี้ใหม่")
    last = _steps_of(conn, [attempt_id]).get(attempt_id, ())
    if any(known.seq == step.seq for known in last):
        return AttemptError("out-of-sequence", "มีการตอบจากหน้าต่างอื่นแล้ว แสดงคำตอบที่บันทึกไว้ล่าสุด")
    if attempt_by_id(conn, attempt_id) is None:
        return AttemptError("unknown-attempt", "ไม่พบชุดคำตอบนี้ โปรดเปิดจากหน้าแบบทดสอบ")
    return error


def owner_of_answer(conn: Connection, answer_id: str) -> str | None:
    """The attempt in which this answer_id was used."""
    found = conn.execute(select(step_table.c.attempt_id).where(step_table.c.answer_id == answer_id)).scalar()
    return None if found is None else str(found)


def attempt_by_id(conn: Connection, attempt_id: str) -> Attempt | None:
    """The attempt with all its steps."""
    row = conn.execute(_ATTEMPT, {"attempt_id": attempt_id}).first()
    if row is None:
        return None
    steps = tuple(map(_step_of, conn.execute(_STEPS, {"attempt_id": attempt_id})))
    return _attempt_of(row, steps)


def attempts_of(conn: Connection, person_id: str, form_id: str | None = None) -> list[Attempt]:
    """A person's attempts (of one form), by start and number."""
    query = select(attempt_table).where(attempt_table.c.person_id == person_id)
    if form_id is not None:
        query = query.where(attempt_table.c.form_id == form_id)
    return _read(conn, conn.execute(_in_order(query)).all())


def attempts_at(conn: Connection, form_ids: Collection[str]) -> list[Attempt]:
    """Everybody's attempts at these forms, by start and number."""
    query = select(attempt_table).where(attempt_table.c.form_id.in_(form_ids))
    return _read(conn, conn.execute(_in_order(query)).all())


def latest_attempt(conn: Connection, person_id: str, form_id: str) -> Attempt | None:
    """The person's attempt of the highest number on the form."""
    query = select(attempt_table).where(attempt_table.c.person_id == person_id, attempt_table.c.form_id == form_id)
    row = conn.execute(query.order_by(attempt_table.c.number.desc()).limit(1)).first()
    return None if row is None else _read(conn, [row])[0]


def all_attempts(conn: Connection) -> list[tuple[str, Attempt]]:
    """(code of the person, attempt) of everybody, by start and number: for the trainer's tables."""
    rows = conn.execute(_in_order(select(attempt_table, person.c.code).join(person))).all()
    return list(zip([row.code for row in rows], _read(conn, rows, everything=True), strict=True))


def _in_order(query: Select[Any]) -> Select[Any]:
    table = attempt_table.c
    return query.order_by(table.started_at, table.number, table.attempt_id)


def _read(conn: Connection, rows: Sequence[Row[Any]], *, everything: bool = False) -> list[Attempt]:
    steps = _steps_of(conn, None if everything else [row.attempt_id for row in rows])
    return [_attempt_of(row, steps.get(row.attempt_id, ())) for row in rows]


def _attempt_of(row: Row[Any], steps: tuple[Step, ...]) -> Attempt:
    return Attempt(
        attempt_id=row.attempt_id,
        person_id=row.person_id,
        form_id=row.form_id,
        number=row.number,
        rules=_rules(row),
        placed=tuple(Placed(*placed) for placed in row.placed),
        secret=row.secret,
        started_at=row.started_at,
        steps=steps,
    )


def _rules(row: Row[Any]) -> Rules:
    if row.rules is not None:
        return _known_rules(json.dumps(row.rules, sort_keys=True))
    return Rules(feedback=row.policy, cut_score=row.cut_score)


@lru_cache(maxsize=256)
def _known_rules(written: str) -> Rules:
    """Many attempts were opened under the same rules: each is read once."""
    return Rules.model_validate_json(written)


def _steps_of(conn: Connection, attempt_ids: Sequence[str] | None) -> dict[str, tuple[Step, ...]]:
    """Steps by attempt, in order; None = of all attempts."""
    table = step_table.c
    query = select(step_table).order_by(table.attempt_id, table.seq)
    if attempt_ids is None:
        rows: list[Row[Any]] = list(conn.execute(query))
    else:
        rows = []
        for start in range(0, len(attempt_ids), _AT_ONCE):
            rows += conn.execute(query.where(table.attempt_id.in_(attempt_ids[start : start + _AT_ONCE])))
    return {
        attempt_id: tuple(map(_step_of, group))
        for attempt_id, group in groupby(rows, key=lambda row: str(row.attempt_id))
    }


def _step_of(row: Row[Any]) -> Step:
    return Step(
        seq=row.seq,
        kind=row.kind,
        answer_id=row.answer_id,
        at=row.at,
        item_id=row.item_id,
        item_version=row.item_version,
        response=row.response,
        certainty=row.certainty,
    )


def _step_values(attempt_id: str, step: Step) -> dict[str, Any]:
    return {
        "attempt_id": attempt_id,
        "seq": step.seq,
        "kind": step.kind,
        "answer_id": step.answer_id,
        "at": step.at,
        "item_id": step.item_id,
        "item_version": step.item_version,
        "response": step.response,
        "certainty": step.certainty,
    }
