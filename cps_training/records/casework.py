"""Work on cases in the database: written once, never changed or removed. Knows no rule of a case.

All functions work in the caller's transaction; the case is kept in the version that was worked on, so that every score can be derived
again from what the learner saw.
"""

from __future__ import annotations

from contextlib import nullcontext
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, insert, select
from sqlalchemy.exc import IntegrityError

from cps_training.casework.work import CaseStep, Work
from cps_training.content.cases.case import Case, CaseSource, ready
from cps_training.errors import AttemptError
from cps_training.records.tables import case_step, case_version, case_work

_CACHE = "cps_case_versions"


def put_version(conn: Connection, case: Case) -> None:
    """Keep the case as it is now; a version already kept stays as it was first written."""
    table = case_version.c
    known = select(table.case_id).where(table.case_id == case.id, table.version == case.version)
    if conn.execute(known).first() is None:
        content = case.source.as_json()
        conn.execute(insert(case_version).values(case_id=case.id, version=case.version, content=content))


def case_of(conn: Connection, case_id: str, version: str) -> Case | None:
    """The case as it was then."""
    cache: dict[tuple[str, str], Case] = conn.info.setdefault(_CACHE, {})
    if (case_id, version) not in cache:
        table = case_version.c
        query = select(table.content).where(table.case_id == case_id, table.version == version)
        content = conn.execute(query).scalar()
        if content is None:
            return None
        cache[(case_id, version)] = ready(CaseSource.from_json(content))
    return cache[(case_id, version)]


def insert_work(conn: Connection, work: Work, *, place: str) -> None:
    """Keep new work, without steps. place: "served", "lab" or "simulated". The version must have been put before."""
    conn.execute(
        insert(case_work).values(
            work_id=work.work_id,
            person_id=work.person_id,
            case_id=work.case_id,
            version=work.version,
            number=work.number,
            started_at=work.started_at,
            place=place,
        )
    )


def append_step(conn: Connection, work_id: str, step: CaseStep) -> None:
    """Add the step `casework.work` made. Raises AttemptError out-of-sequence or conflicting-answer; the transaction stays usable."""
    part = conn.begin_nested() if conn.dialect.name != "sqlite" else nullcontext()
    try:
        with part:
            conn.execute(
                insert(case_step).values(
                    work_id=work_id,
                    seq=step.seq,
                    kind=step.kind,
                    answer_id=step.answer_id,
                    at=step.at,
                    detail=step.detail,
                )
            )
    except IntegrityError as error:
        used = conn.execute(select(case_step.c.seq).where(case_step.c.answer_id == step.answer_id)).first()
        if used is not None:
            raise AttemptError("conflicting-answer", "รหัสคำตอบนี้ใช้กับคำตอบอื่นแล้ว โปรดโหลดหน้านี้ใหม่") from error
        raise AttemptError("out-of-sequence", "มีการทำต่อจากหน้าต่างอื่นแล้ว แสดงงานที่บันทึกไว้ล่าสุด") from error


def work_by_id(conn: Connection, work_id: str) -> Work | None:
    """The work with all its steps."""
    row = conn.execute(select(case_work).where(case_work.c.work_id == work_id)).first()
    return None if row is None else _read(conn, [row])[0]


def works_of(conn: Connection, person_id: str, case_id: str | None = None) -> list[Work]:
    """A person's works (on one case), by case and number."""
    query = select(case_work).where(case_work.c.person_id == person_id)
    if case_id is not None:
        query = query.where(case_work.c.case_id == case_id)
    return _read(conn, list(conn.execute(query.order_by(case_work.c.case_id, case_work.c.number))))


def _read(conn: Connection, rows: list[Row[Any]]) -> list[Work]:
    ids = [row.work_id for row in rows]
    table = case_step.c
    found = conn.execute(select(case_step).where(table.work_id.in_(ids)).order_by(table.work_id, table.seq))
    steps = {
        work_id: tuple(CaseStep(one.seq, one.kind, one.answer_id, one.at, one.detail) for one in group)
        for work_id, group in groupby(found, key=lambda one: str(one.work_id))
    }
    return [
        Work(
            row.work_id,
            row.person_id,
            row.case_id,
            row.version,
            row.number,
            row.started_at,
            steps.get(row.work_id, ()),
        )
        for row in rows
    ]
