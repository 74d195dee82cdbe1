"""A move of a visit, and days that go by with what is decided on them: what such a step keeps. Pure; takes no step itself.

`work.take` has seen to who may; the arrows and their conditions stand in `workflow`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, get_args

from cps_training.errors import AttemptError
from cps_training.planning.checking import PlanReport
from cps_training.planning.editing import LAST_YEAR, cleaned, require_years
from cps_training.planning.gating import Gate, Judge, blocking
from cps_training.planning.model import Method
from cps_training.planning.simulated_approver import awaited, decide
from cps_training.planning.steps import SIMULATED, PlanStep, PlanWork, StepKind, line_json, line_of, today_of
from cps_training.planning.workflow_table import Kind, Line, Role, State

FURTHEST = timedelta(days=400)
"""How far the simulated day may be moved on at once."""
LONGEST_TEXT, LONGEST_ORDER = 2000, 200
_GATE_OF: dict[str, Gate] = {"request": "request", "report": "report"}
Detail = Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """One step as it was asked for, and what it is judged with."""

    work: PlanWork
    detail: Detail
    by: str
    role: Role
    at: datetime
    answer_id: str
    real_day: date
    report: PlanReport | None
    judge: Judge | None

    def step(self, kind: StepKind, kept: dict[str, Any], *, after: int = 0, by: str = "", suffix: str = "") -> PlanStep:
        """The step to keep; after: how many others come before it."""
        return PlanStep(self.work.seq + after + 1, kind, by or self.by, self.at, self.answer_id + suffix, kept)


def move(asked: Asked) -> tuple[PlanStep, ...]:
    work, detail = asked.work, asked.detail
    kind, visit = str(detail.get("kind")), str(detail.get("visit"))
    if kind not in get_args(Kind) or visit not in work.standings:
        raise bad_step("move")
    kept: dict[str, Any] = {"kind": kind, "visit": visit, "role": asked.role, **_said(detail)}
    if gate := _GATE_OF.get(kind):
        _require_no_errors(asked, visit, gate)
    match kind:
        case "request":
            line = _line_asked(work, visit)
            kept |= {"line": line_json(line)} if line else {}
        case "perform":
            line = _line_done(work, visit, detail.get("line"))
            kept |= {"line": line_json(line)} if line else {}
            if informed_on := detail.get("informed_on"):
                kept["informed_on"] = _day(informed_on, "informed_on").isoformat()
                require_years(kept["informed_on"])
        case "record":
            kept["org"] = str(detail.get("org", ""))
        case "report":
            kept["allowed_by"] = work.standings[visit].allowed_by
    return (asked.step("move", kept),)


def _said(detail: Detail) -> dict[str, str]:
    """Texts of a move, bounded as the plan's fields are."""
    said = {}
    for name, longest in (("reason", LONGEST_TEXT), ("comment", LONGEST_TEXT), ("order", LONGEST_ORDER)):
        text = detail.get(name) or ""
        if not isinstance(text, str):
            raise bad_step(name)
        text = cleaned(text)
        if len(text.strip()) > longest:
            raise AttemptError("bad-step", "ข้อความยาวเกินกว่าที่เก็บได้ โปรดย่อให้สั้นลง", place=name)
        if text.strip():
            said[name] = text.strip()
    return said


def _require_no_errors(asked: Asked, visit: str, gate: Gate) -> None:
    work, report = asked.work, asked.report
    if report is None and asked.judge is not None:
        report = asked.judge.check(work.plan, today_of(work, asked.real_day))
    if report is None:
        raise bad_step("no report of the plan")
    if found := blocking(report, work.plan, visit, gate):
        raise AttemptError(
            "has-errors",
            "ยังส่งไม่ได้ มีข้อที่ต้องแก้ก่อน โปรดดูรายการที่แจ้งไว้",
            details={"findings": PlanReport(found, ()).as_json()["findings"]},
        )


def _line_asked(work: PlanWork, visit: str) -> Line | None:
    """What the plan asks for, None where the day is missing."""
    one = next(one for one in work.plan.visits if one.id == visit)
    return Line(one.orgs, one.planned_date, one.method or "", one.issues) if one.planned_date else None


def _line_done(work: PlanWork, visit: str, given: object) -> Line | None:
    """What was done: as asked for, or as given."""
    if given is None:
        return work.standings[visit].line
    try:
        line = line_of(given)  # type: ignore[arg-type]  # whatever is not so is refused below
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise bad_step("line") from error
    plan = work.plan
    if line.method not in get_args(Method) or not _are_all(line.orgs, {one.id for one in plan.orgs}):
        raise bad_step("line")
    if not _are_all(line.issues, {one.id for one in plan.issues}):
        raise bad_step("line")
    require_years(line.on.isoformat())
    return replace(line, issues=tuple(dict.fromkeys(line.issues)))


def _are_all(given: tuple[object, ...], known: set[str]) -> bool:
    """Whether all are ids that are known; what comes from outside may be anything."""
    return all(isinstance(one, str) and one in known for one in given)


def day_on(asked: Asked) -> tuple[PlanStep, ...]:
    """Days until the one asked for, with what the simulated approver decides on the way."""
    work, to = asked.work, _day(asked.detail.get("to"), "to")
    if work.day is None:
        raise AttemptError("wrong-mode", "แผนนี้ใช้วันจริงของสำนักงาน จึงเลื่อนวันเองไม่ได้")
    if to <= work.day:
        raise AttemptError("backwards", "เลื่อนวันได้เฉพาะไปข้างหน้า โปรดเลือกวันหลังจากวันนี้ของแผน")
    if to - work.day > FURTHEST or to.year > LAST_YEAR:
        raise bad_step("to")
    made: list[tuple[StepKind, str, dict[str, Any]]] = []
    day = work.day
    for due, waiting in groupby((one for one in _awaited(asked) if one[0] <= to), key=lambda one: one[0]):
        if due > day:
            day = due
            made.append(("day", asked.by, {"to": day.isoformat()}))
        assert asked.judge is not None  # nothing is awaited without one
        that_day = work.followed_by(*_numbered(asked, made))
        report = asked.judge.check(
            that_day.plan, day
        )  # once a day: what waits is decided by the plan as it lies in the morning
        for _, visit, gate in waiting:
            kind, comment = decide(that_day, visit, gate, report, day)
            said = {"kind": kind, "visit": visit, "role": "provincial", **_said({"comment": comment})}
            made.append(("move", SIMULATED, said))
    if to > day:
        made.append(("day", asked.by, {"to": to.isoformat()}))
    return _numbered(asked, made)


def _awaited(asked: Asked) -> tuple[tuple[date, str, Gate], ...]:
    if asked.judge is None:
        if any(standing.state in (State.REQUESTED, State.REPORTED) for standing in asked.work.standings.values()):
            raise bad_step("no judge for what waits")
        return ()
    return awaited(asked.work, asked.judge.working_days_after)


def _numbered(asked: Asked, made: list[tuple[StepKind, str, dict[str, Any]]]) -> tuple[PlanStep, ...]:
    """The steps; the last has the answer_id, those before it have it with their number."""
    return tuple(
        asked.step(kind, kept, after=n, by=by, suffix="" if n == len(made) - 1 else f"-{n + 1}")
        for n, (kind, by, kept) in enumerate(made)
    )


def _day(given: object, name: str) -> date:
    try:
        return date.fromisoformat(given)  # type: ignore[arg-type]  # no text is refused below
    except (TypeError, ValueError) as error:
        raise bad_step(name) from error


def bad_step(what: str) -> AttemptError:
    """The refusal of a step that fits no plan. what: for whoever looks into it."""
    return AttemptError("bad-step", "ข้อมูลที่ส่งมาไม่ตรงกับแผนนี้ โปรดโหลดหน้านี้ใหม่", place=what)
