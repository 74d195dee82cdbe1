"""Messages about plans: the list, beginning one, writing it together, its two gates, the simulated days of whoever works alone.

Who may read and write what stands here; what a step is, in planning.work. What leaves is made in plan_views.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from cps_training.desk import plan_messages as m
from cps_training.desk.asker import Asker, Context
from cps_training.desk.capstone import capstones
from cps_training.desk.plan_access import TRAINERS, person, readable, require_not_allower, require_other, taken
from cps_training.desk.plan_decisions import may_decide, waiting_for
from cps_training.desk.plan_sources import begun, rubric, sources
from cps_training.desk.plan_views import finding_told, names_of, plan_row, plan_view, report_of
from cps_training.errors import AccessError, AttemptError
from cps_training.planning.checking import PlanReport
from cps_training.planning.gating import Gate, blocking, warnings
from cps_training.planning.rules.base import Finding
from cps_training.planning.steps import PlanWork
from cps_training.records import accounts
from cps_training.records import plans as stored

Value = dict[str, Any]
MOVE_OF: dict[Gate, str] = {"request": "request", "report": "report"}


def plans(context: Context, conn: Connection, asker: Asker, _: m.Plans) -> Value:
    """{"mine": [PlanRow], "can_decide", "n_waiting", "capstone": see capstone.capstones, "cases": [{"work_id", "case_id", "name", "n_findings"}], "templates": [{"id", "title",
    "intro"}], "criteria": see rubric.as_json}: one's own plans and those shared with one, the newest first; cases:
    boards that were handed in."""
    person_id = person(asker)
    works = stored.plans_of(conn, person_id)
    names = names_of(conn, {work.owner for work in works})
    is_approver = may_decide(asker)
    return {
        "mine": [plan_row(context, asker, work, names[work.owner]) for work in reversed(works)],
        "can_decide": is_approver,
        "n_waiting": len(waiting_for(context, conn, asker)) if is_approver else 0,
        "capstone": capstones(context, conn, person_id, works),
        **sources(context, conn, person_id),
    }


def begin_plan(context: Context, conn: Connection, asker: Asker, request: m.BeginPlan) -> Value:
    known = stored.plan_of_answer(conn, request.answer_id)
    if known is not None and known.steps[0].answer_id == request.answer_id:
        return plan_view(context, conn, asker, readable(conn, asker, known.plan_id))
    earlier = readable(conn, asker, request.source_id, to_write=True) if request.source_kind == "plan" else None
    plan_id = context.new_id()
    document = begun(context, conn, person(asker), request, plan_id, earlier)
    empty = PlanWork(plan_id, person(asker), request.mode, context.now)
    detail = {"document": document, "source": {"kind": request.source_kind, "id": request.source_id}}
    work, _ = taken(context, asker, empty, "begin", detail, request.answer_id)
    stored.insert_plan(conn, work, place=context.place)
    return plan_view(context, conn, asker, work)


def open_plan(context: Context, conn: Connection, asker: Asker, request: m.OpenPlan) -> Value:
    return plan_view(context, conn, asker, readable(conn, asker, request.plan_id))


def edit_plan(context: Context, conn: Connection, asker: Asker, request: m.EditPlan) -> Value:
    return _written(context, conn, asker, request, "edit", {"changes": list(request.changes)})


def explain_finding(context: Context, conn: Connection, asker: Asker, request: m.ExplainFinding) -> Value:
    detail = {"rule": request.rule, "at": request.at, "text": request.text}
    return _written(context, conn, asker, request, "reason", detail)


def advance_day(context: Context, conn: Connection, asker: Asker, request: m.AdvanceDay) -> Value:
    return _written(context, conn, asker, request, "day", {"to": request.to.isoformat()})


def move_plan(context: Context, conn: Connection, asker: Asker, request: m.MovePlan) -> Value:
    require_not_allower(conn, asker, readable(conn, asker, request.plan_id, to_write=True), request.visit)
    detail: Value = {"kind": request.kind, "visit": request.visit, "reason": request.reason}
    if request.kind == "record":
        detail["org"] = request.org
    else:
        detail["line"] = request.line
        detail["informed_on"] = request.informed_on.isoformat() if request.informed_on else None
    return _written(context, conn, asker, request, "move", detail)


def rate_plan(context: Context, conn: Connection, asker: Asker, request: m.RatePlan) -> Value:
    is_trainer = request.by == "trainer"
    if is_trainer and not TRAINERS & set(asker.roles):
        raise AccessError("not-allowed", "ช่องนี้สำหรับวิทยากร โปรดประเมินในช่องของตนเอง")
    if not rubric().fits(request.levels):
        raise AttemptError("bad-step", "เกณฑ์ประเมินไม่ตรงกับที่ใช้อยู่ โปรดโหลดหน้านี้ใหม่")
    if is_trainer:
        require_other(conn, asker, readable(conn, asker, request.plan_id))
    detail = {"by": request.by, "levels": dict(request.levels)}
    return _written(context, conn, asker, request, "rate", detail, to_write=not is_trainer)


def share_plan(context: Context, conn: Connection, asker: Asker, request: m.SharePlan) -> Value:
    readable(conn, asker, request.plan_id, to_write=True)  # before anything is said of a staff code
    colleague = accounts.person_by_code(conn, request.code)
    if colleague is None or (colleague.is_disabled and request.on):
        raise AttemptError("unknown-person", "ไม่พบบัญชีของรหัสนี้ โปรดตรวจรหัสเจ้าหน้าที่อีกครั้ง")
    if colleague.person_id == asker.person_id:
        raise AttemptError("yourself", "แผนนี้เป็นของท่านอยู่แล้ว โปรดใส่รหัสของเพื่อนร่วมงาน")
    detail = {"person": colleague.person_id, "on": request.on}
    return _written(context, conn, asker, request, "share", detail)


def try_submit(context: Context, conn: Connection, asker: Asker, request: m.TrySubmit) -> Value:
    """PlanView with {"refused": {visit: [finding]}, "moved": [visit]}. A refusal of the workflow is told as a finding without a rule."""
    work = readable(conn, asker, request.plan_id, to_write=True)
    report = report_of(context, work)
    visits = tuple(dict.fromkeys(request.visits))
    stopped = {visit: blocking(report, work.plan, visit, request.gate) for visit in visits}
    refused = {visit: [finding_told(work.plan, one) for one in found] for visit, found in stopped.items()}
    if any((step.answer_id, step.kind, step.by) == (request.answer_id, "try", asker.person_id) for step in work.steps):
        moved = [step.detail["visit"] for step in work.steps if step.answer_id.startswith(f"{request.answer_id}.")]
    else:
        detail = {"gate": request.gate, "visits": list(visits), "rules": _counted(work, report, visits, request.gate)}
        work, steps = taken(context, asker, work, "try", detail, request.answer_id)
        moved = []
        for number, visit in enumerate(visits, start=1):
            if refused[visit]:
                continue
            move = {"kind": MOVE_OF[request.gate], "visit": visit}
            try:
                work, more = taken(context, asker, work, "move", move, f"{request.answer_id}.{number}", report=report)
            except AttemptError as error:
                refused[visit] = [_as_finding(error, visit)]
            else:
                steps, moved = (*steps, *more), [*moved, visit]
        stored.append_steps(conn, work.plan_id, steps)
    refused = {visit: found for visit, found in refused.items() if found and visit not in moved}
    return plan_view(context, conn, asker, work) | {"refused": refused, "moved": moved}


def _counted(work: PlanWork, report: PlanReport, visits: tuple[str, ...], gate: Gate) -> dict[str, int]:
    """How many findings each rule has at what is handed in; one that concerns several visits counts once."""
    found: dict[tuple[str, str], Finding] = {}
    for visit in visits:
        for one in (*blocking(report, work.plan, visit, gate), *warnings(report, work.plan, visit, gate)):
            found[one.rule, one.at] = one
    rules = [one.rule for one in found.values()]
    return {rule: rules.count(rule) for rule in sorted(set(rules))}


def _as_finding(error: AttemptError, visit: str) -> Value:
    nothing = {"th": "", "en": ""}
    return {
        "rule": "",
        "code": error.code,
        "clause": "",
        "severity": "error",
        "at": ["visits", visit],
        "text": {"th": error.message, "en": error.message},
        "why": nothing,
        "title": nothing,
        "is_kit_rule": False,
    }


def _written(
    context: Context,
    conn: Connection,
    asker: Asker,
    request: Any,
    kind: str,
    detail: Value,
    *,
    to_write: bool = True,
) -> Value:
    """PlanView after a step that was kept. A refusal carries "view": the plan as it stands."""
    work = readable(conn, asker, request.plan_id, to_write=to_write)
    try:
        after, steps = taken(context, asker, work, kind, detail, request.answer_id)
    except AttemptError as error:
        error.details["view"] = plan_view(context, conn, asker, work)
        raise
    stored.append_steps(conn, work.plan_id, steps)
    return plan_view(context, conn, asker, after)
