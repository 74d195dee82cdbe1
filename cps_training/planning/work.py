"""Work on a plan, step by step: who may take which, what it keeps, what comes of it. Value in, value and steps out. Pure: time, ids and rules come in.

What steps come to is told by `steps.PlanWork`; the arrows of a visit stand in `workflow`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import get_args

from cps_training.clock import require_aware
from cps_training.errors import AttemptError
from cps_training.planning.calendars_of import with_calendars
from cps_training.planning.checking import PlanReport
from cps_training.planning.editing import (
    Change,
    apply,
    bad_change,
    canonical,
    cleaned,
    conflicts,
    difference,
    require_size,
    require_years,
    value_at,
)
from cps_training.planning.effects import without_moves
from cps_training.planning.freezing import require_changeable
from cps_training.planning.gating import Gate, Judge
from cps_training.planning.moving import LONGEST_ORDER, LONGEST_TEXT, Asked, Detail, bad_step, day_on, move
from cps_training.planning.steps import KINDS, SIMULATED, Mode, PlanStep, PlanWork, StepKind, today_of
from cps_training.planning.workflow import GUARDS
from cps_training.planning.workflow_table import DECISIONS, Role

__all__ = ("KINDS", "SIMULATED", "Mode", "PlanStep", "PlanWork", "StepKind", "take", "today_of")

MOST_STEPS = 10_000
"""Far more than anybody needs; a page gone wild ends here."""
MOST_CHANGES = 500
SOURCES = ("nothing", "template", "case", "plan")
_RULE = re.compile(r"R\d\d")
_OWN_WORK = next(guard.message for guard in GUARDS if guard.code == "own-work")


def take(
    work: PlanWork,
    kind: str,
    detail: Detail,
    *,
    by: str,
    role: Role,
    at: datetime,
    answer_id: str,
    real_day: date,
    expect_seq: int | None = None,
    report: PlanReport | None = None,
    judge: Judge | None = None,
) -> tuple[PlanWork, tuple[PlanStep, ...]]:
    """(the work after the step, the new steps): none where the answer_id is known or nothing changes, several where a day brings decisions.

    A work is begun as PlanWork(plan_id, owner, mode, started_at) and the step `begin`. report: of the plan as it stands, on today_of; a move
    through a gate needs it or a judge. judge: a day in solo mode needs it where a decision waits. Steps that others bring have the answer_id
    with a suffix.

    Raises AttemptError: not-a-writer, bad-change, plan-conflict (details: {"conflicts": [{"at", "before": as the writer saw it, "after": as it
    stands}]}), frozen-field, has-errors (details: {"findings": as in PlanReport.as_json}), wrong-mode, backwards, out-of-sequence, too-many-steps, own-work,
    no-record, no-report, bad-step, too-large, conflicting-answer, and those of workflow.take.
    """
    if known := next((step for step in work.steps if step.answer_id == answer_id), None):
        _require_same(known, kind, by)
        return work, ()
    if expect_seq is not None and expect_seq != work.seq:
        raise AttemptError("out-of-sequence", "มีการทำต่อจากหน้าต่างอื่นแล้ว แสดงแผนที่บันทึกไว้ล่าสุด")
    if work.seq >= MOST_STEPS:
        raise AttemptError("too-many-steps", "แผนนี้มีการแก้ไขมากเกินกว่าที่เก็บได้ โปรดเริ่มแผนรอบถัดไป")
    taker = _TAKERS.get(kind)
    if taker is None or (kind == "begin") != (work.seq == 0):
        raise bad_step(f"kind {kind}")
    _require_right(work, kind, detail, by)
    steps = taker(Asked(work, detail, by, role, require_aware(at), answer_id, real_day, report, judge))
    more = work.followed_by(*steps)
    if kind in ("begin", "move", "day"):
        _ = more.plan  # what comes of it is a plan, or the step is refused
    return more, steps


def _require_same(known: PlanStep, kind: str, by: str) -> None:
    """Nobody is told that something was kept which was not: an answer_id names one step of one person."""
    is_decided_that_day = kind == "day" and known.by == SIMULATED  # decisions may be the last steps a day brings
    if not is_decided_that_day and (known.kind, known.by) != (kind, by):
        raise AttemptError("conflicting-answer", "รหัสคำตอบนี้ใช้กับคำตอบอื่นแล้ว โปรดโหลดหน้านี้ใหม่")


def _require_right(work: PlanWork, kind: str, detail: Detail, by: str) -> None:
    if kind == "move" and detail.get("kind") in DECISIONS:
        if work.mode == "solo":
            raise AttemptError("wrong-mode", "แผนนี้ฝึกคนเดียว ผู้พิจารณาจำลองจะแจ้งผลเมื่อเลื่อนวันไปข้างหน้า")
        if by == SIMULATED:
            raise AttemptError("wrong-mode", "แผนของสำนักงานมีผู้พิจารณาเป็นบุคคล ผู้พิจารณาจำลองพิจารณาแทนไม่ได้")
        if by in work.authors:
            raise AttemptError("own-work", _OWN_WORK)
        return
    if kind == "rate" and detail.get("by") == "trainer":
        if by in work.authors:
            raise AttemptError("own-work", "ผู้สอนให้คะแนนแผนของตนเองไม่ได้ โปรดให้คะแนนในช่องประเมินตนเอง")
        return
    allowed = (work.owner,) if kind in ("begin", "share") else work.writers
    if by not in allowed:
        raise AttemptError("not-a-writer", "แผนนี้เป็นของผู้อื่น ให้เจ้าของแผนแบ่งปันให้ก่อนจึงจะแก้ได้")


# What each kind of step keeps ----------------------------------------------------------------------------------


def _begin(asked: Asked) -> tuple[PlanStep, ...]:
    document, source = asked.detail.get("document"), asked.detail.get("source")
    if not isinstance(document, Mapping) or not isinstance(source, Mapping) or source.get("kind") not in SOURCES:
        raise bad_step("begin")
    clean = canonical(cleaned({**document, "plan": asked.work.plan_id}))
    require_years(clean)
    clean = canonical(with_calendars(without_moves(clean)))
    require_size(clean)
    kept = {"document": clean, "source": {"kind": source["kind"], "id": str(source.get("id", ""))[:120]}}
    return (asked.step("begin", kept),)


def _edit(asked: Asked) -> tuple[PlanStep, ...]:
    given = asked.detail.get("changes")
    if not isinstance(given, list | tuple) or len(given) > MOST_CHANGES:
        raise bad_change("changes")
    work = asked.work
    changes = tuple(Change.from_json(one) for one in given)
    require_years([one.after for one in changes])
    if lost := conflicts(work.document, changes):
        raise AttemptError(
            "plan-conflict",
            "มีผู้แก้ช่องเดียวกันนี้ไปแล้ว โปรดดูข้อความทั้งสองแบบ แล้วเลือกว่าจะใช้แบบใด",
            details={
                "conflicts": [Change(one.at, one.before, value_at(work.document, one.at)).as_json() for one in lost]
            },
        )
    made = canonical(with_calendars(apply(work.document, changes)))
    kept = difference(work.document, made)
    require_years([one.after for one in kept])  # also where a day was told as a number
    require_size(made)
    require_changeable(work.document, work.standings, kept)
    return (asked.step("edit", {"changes": [one.as_json() for one in kept]}),) if kept else ()


def _try(asked: Asked) -> tuple[PlanStep, ...]:
    gate, visits, rules = (asked.detail.get(name) for name in ("gate", "visits", "rules"))
    if gate not in get_args(Gate) or not isinstance(visits, list | tuple) or not isinstance(rules, Mapping):
        raise bad_step("try")
    if not set(visits) <= set(asked.work.standings) or not all(_is_count(*one) for one in rules.items()):
        raise bad_step("try")
    return (asked.step("try", {"gate": gate, "visits": list(visits), "rules": dict(rules)}),)


def _is_count(rule: object, n: object) -> bool:
    return isinstance(rule, str) and bool(_RULE.fullmatch(rule)) and type(n) is int and n > 0


def _reason(asked: Asked) -> tuple[PlanStep, ...]:
    rule, at, text = (asked.detail.get(name) for name in ("rule", "at", "text"))
    if not isinstance(rule, str) or not _RULE.fullmatch(rule) or not isinstance(at, str) or not isinstance(text, str):
        raise bad_step("reason")
    if len(text) > LONGEST_TEXT or len(at) > LONGEST_ORDER:
        raise AttemptError("bad-step", "ข้อความยาวเกินกว่าที่เก็บได้ โปรดย่อให้สั้นลง", place="text")
    return (asked.step("reason", {"rule": rule, "at": at, "text": cleaned(text).strip()}),)


def _rate(asked: Asked) -> tuple[PlanStep, ...]:
    who, levels = asked.detail.get("by"), asked.detail.get("levels")
    if who not in ("self", "trainer") or not isinstance(levels, Mapping) or not 0 < len(levels) <= 20:
        raise bad_step("rate")
    if not all(isinstance(name, str) and type(n) is int and 1 <= n <= 4 for name, n in levels.items()):
        raise bad_step("rate")
    return (asked.step("rate", {"by": who, "levels": dict(levels)}),)


def _share(asked: Asked) -> tuple[PlanStep, ...]:
    person, is_on = asked.detail.get("person"), asked.detail.get("on")
    if not isinstance(person, str) or person in ("", asked.work.owner, SIMULATED) or not isinstance(is_on, bool):
        raise bad_step("share")
    return (asked.step("share", {"person": person, "on": is_on}),)


_TAKERS: dict[str, Callable[[Asked], tuple[PlanStep, ...]]] = {
    "begin": _begin,
    "edit": _edit,
    "try": _try,
    "move": move,
    "day": day_on,
    "reason": _reason,
    "rate": _rate,
    "share": _share,
}
