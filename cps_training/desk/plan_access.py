"""Who may read and write a plan, and a step taken in somebody's name. Knows no message and no view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection

from cps_training.clock import office_day
from cps_training.desk.asker import Asker, Context
from cps_training.desk.plan_views import judge
from cps_training.errors import AccessError, AttemptError
from cps_training.planning import work as core
from cps_training.planning.checking import PlanReport
from cps_training.planning.steps import PlanStep, PlanWork
from cps_training.planning.workflow import GUARDS
from cps_training.planning.workflow_table import Role
from cps_training.records import merges
from cps_training.records import plans as stored

Value = dict[str, Any]
TRAINERS = frozenset(("trainer", "admin"))
APPROVER = "approver"
HANDED_IN = ("try", "move", "rate")
"""Steps by which a plan has been shown to others; before them it is the writers' alone."""

_SAID = {guard.code: guard.message for guard in GUARDS}
_OWN_WORK, _OWN_PERMISSION = _SAID["own-work"], _SAID["own-permission"]


def person(asker: Asker) -> str:
    if asker.person_id is None:
        raise AccessError("not-signed-in", "ยังไม่ได้เข้าสู่ระบบ")
    return asker.person_id


def readable(conn: Connection, asker: Asker, plan_id: str, *, to_write: bool = False) -> PlanWork:
    """The plan, for its writers; once it was handed in also for trainers, and, a plan of the office, for its approver. Raises AccessError."""
    work = stored.plan_by_id(conn, plan_id)
    if work is not None:
        if person(asker) in work.writers:
            return work
        kinds = {step.kind for step in work.steps}
        is_shown = not kinds.isdisjoint(HANDED_IN) and TRAINERS & set(asker.roles)
        is_asked = "move" in kinds and work.mode == "office" and APPROVER in asker.roles
        if not to_write and (is_shown or is_asked):
            return work
    raise AccessError("not-yours", "ไม่พบแผนนี้ในบัญชีของท่าน โปรดเปิดจากหน้าแผน")


def counted(kept: Mapping[str, str], ids: Iterable[str]) -> frozenset[str]:
    """The people behind accounts. kept: what merges.merged gives."""
    return frozenset(kept.get(one, one) for one in ids)


def require_other(conn: Connection, asker: Asker, work: PlanWork) -> None:
    """Raises AttemptError own-work where the asker wrote the plan under any account of theirs."""
    kept = merges.merged(conn)
    if counted(kept, [person(asker)]) <= counted(kept, work.authors):
        raise AttemptError("own-work", _OWN_WORK)


def require_not_allower(conn: Connection, asker: Asker, work: PlanWork, visit: str) -> None:
    """Raises AttemptError own-permission where the asker, under another account of theirs, allowed the visit they want to carry out."""
    kept, allower = merges.merged(conn), getattr(work.standings.get(visit), "allower", None)
    if allower is not None and counted(kept, [allower]) == counted(kept, [person(asker)]):
        raise AttemptError("own-permission", _OWN_PERMISSION)


def taken(
    context: Context,
    asker: Asker,
    work: PlanWork,
    kind: str,
    detail: Value,
    answer_id: str,
    *,
    role: Role = "officer",
    report: PlanReport | None = None,
) -> tuple[PlanWork, tuple[PlanStep, ...]]:
    """One step of planning.work, by the asker and now; nothing is kept yet."""
    return core.take(
        work,
        kind,
        detail,
        by=person(asker),
        role=role,
        at=context.now,
        answer_id=answer_id,
        real_day=office_day(context.now),
        report=report,
        judge=judge(context),
    )
