"""Plans in the database: written step by step, never changed or removed. Knows no rule of plans and nobody's rights.

All functions work in the caller's transaction. Who may write besides the owner, and what waits for a decision, is read from the steps:
nothing is stored twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import Connection, Select, insert, select
from sqlalchemy.exc import IntegrityError

from cps_training.errors import AttemptError
from cps_training.planning.steps import PlanStep, PlanWork
from cps_training.records.tables import plan, plan_step

ASKED = ("request", "report")
"""Moves after which a visit waits for a decision."""


@dataclass(frozen=True)
class Tried:
    """An attempt to hand in. rules: findings by rule."""

    by: str
    at: datetime
    plan_id: str
    rules: dict[str, int]


def insert_plan(conn: Connection, work: PlanWork, *, place: str) -> None:
    """Keep a new plan with its steps. place: "served", "lab" or "simulated"."""
    conn.execute(
        insert(plan).values(
            plan_id=work.plan_id, owner_id=work.owner, mode=work.mode, started_at=work.started_at, place=place
        )
    )
    append_steps(conn, work.plan_id, work.steps)


def append_steps(conn: Connection, plan_id: str, steps: Iterable[PlanStep]) -> None:
    """Add the steps `planning.work` made. Raises AttemptError out-of-sequence or conflicting-answer; the transaction stays usable."""
    rows = [
        {
            "plan_id": plan_id,
            "seq": step.seq,
            "kind": step.kind,
            "by_id": step.by,
            "answer_id": step.answer_id,
            "at": step.at,
            "detail": step.detail,
        }
        for step in steps
    ]
    if not rows:
        return
    part = conn.begin_nested() if conn.dialect.name != "sqlite" else nullcontext()
    try:
        with part:
            conn.execute(insert(plan_step), rows)
    except IntegrityError as error:
        names = [row["answer_id"] for row in rows]
        used = conn.execute(select(plan_step.c.seq).where(plan_step.c.answer_id.in_(names))).first()
        if used is not None:
            raise AttemptError("conflicting-answer", "รหัสคำตอบนี้ใช้กับคำตอบอื่นแล้ว โปรดโหลดหน้านี้ใหม่") from error
        raise AttemptError("out-of-sequence", "มีการทำต่อจากหน้าต่างอื่นแล้ว แสดงแผนที่บันทึกไว้ล่าสุด") from error


def plan_by_id(conn: Connection, plan_id: str) -> PlanWork | None:
    """The plan with all its steps."""
    return next(iter(_works(conn, [plan_id])), None)


def plan_of_answer(conn: Connection, answer_id: str) -> PlanWork | None:
    """The plan that holds the step of this answer_id, if any does."""
    found = conn.execute(select(plan_step.c.plan_id).where(plan_step.c.answer_id == answer_id)).scalar()
    return None if found is None else plan_by_id(conn, found)


def plans_of(conn: Connection, person_id: str) -> list[PlanWork]:
    """Plans a person may write, their own and those shared with them; those begun first come first."""
    own = conn.execute(select(plan.c.plan_id).where(plan.c.owner_id == person_id)).scalars()
    shares = conn.execute(select(plan_step.c.plan_id, plan_step.c.detail).where(plan_step.c.kind == "share"))
    offered = {row.plan_id for row in shares if row.detail["person"] == person_id}
    return [work for work in _works(conn, {*own, *offered}) if person_id in work.writers]


def waiting(conn: Connection) -> list[PlanWork]:
    """Plans of the office in which a visit waits for a decision; of the others only the moves are read."""
    table = plan_step.c
    moves = (
        select(table.plan_id, table.detail)
        .join(plan, plan.c.plan_id == table.plan_id)
        .where(table.kind == "move", plan.c.mode == "office")
        .order_by(table.plan_id, table.seq)
    )
    last = {(row.plan_id, row.detail["visit"]): row.detail["kind"] for row in conn.execute(moves)}
    return list(_works(conn, {plan_id for (plan_id, _), kind in last.items() if kind in ASKED}))


def tries(conn: Connection) -> Iterator[Tried]:
    """Every attempt to hand in, the oldest first."""
    table = plan_step.c
    query = select(table.by_id, table.at, table.plan_id, table.detail).where(table.kind == "try").order_by(table.at)
    for row in conn.execute(query):
        yield Tried(row.by_id, row.at, row.plan_id, row.detail["rules"])


def _works(conn: Connection, ids: Iterable[str]) -> Iterator[PlanWork]:
    wanted = sorted(ids)
    heads: Select[tuple[str, str, str, datetime]] = (
        select(plan.c.plan_id, plan.c.owner_id, plan.c.mode, plan.c.started_at)
        .where(plan.c.plan_id.in_(wanted))
        .order_by(plan.c.started_at, plan.c.plan_id)
    )
    table = plan_step.c
    found = conn.execute(select(plan_step).where(table.plan_id.in_(wanted)).order_by(table.plan_id, table.seq))
    steps = {
        plan_id: tuple(PlanStep(one.seq, one.kind, one.by_id, one.at, one.answer_id, one.detail) for one in group)
        for plan_id, group in groupby(found, key=lambda one: str(one.plan_id))
    }
    for row in conn.execute(heads):
        yield PlanWork(row.plan_id, row.owner_id, row.mode, row.started_at, steps.get(row.plan_id, ()))
