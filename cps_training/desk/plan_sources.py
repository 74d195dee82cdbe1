"""What a plan may begin from, and the document it begins with. Where a case meets a plan: only boards that were handed in, and nothing of keys."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection

from cps_training.casework.work import Work
from cps_training.clock import office_day
from cps_training.content.cases.catalogue import Catalogue
from cps_training.desk import plan_messages as m
from cps_training.desk.asker import Context
from cps_training.desk.plan_views import surroundings
from cps_training.desk.reading import both
from cps_training.errors import AccessError, AttemptError
from cps_training.places import shipped
from cps_training.planning import starting
from cps_training.planning.carrying import next_plan
from cps_training.planning.rubric import Rubric, read_rubric
from cps_training.planning.steps import PlanWork, today_of
from cps_training.planning.templates import Template, templates
from cps_training.records import casework

Value = dict[str, Any]


def sources(context: Context, conn: Connection, person_id: str) -> Value:
    """{"cases", "templates", "criteria"}: see plans.plans."""
    latest: dict[str, Work] = {}
    for work in casework.works_of(conn, person_id):
        if work.is_submitted and work.findings:
            latest[work.case_id] = work
    return {
        "cases": [
            {
                "work_id": work.work_id,
                "case_id": work.case_id,
                "name": both(context.library.cases[work.case_id].said.name),
                "n_findings": len(work.findings),
            }
            for work in latest.values()
            if work.case_id in context.library.cases
        ],
        "templates": [
            {"id": one.id, "title": both(one.title), "intro": both(one.intro)} for one in _templates().values()
        ],
        "criteria": rubric().as_json(),
    }


@cache
def rubric() -> Rubric:
    """What a plan is rated by."""
    return read_rubric(shipped())


@cache
def _templates() -> Mapping[str, Template]:
    return templates(shipped())


def begun(
    context: Context, conn: Connection, person_id: str, request: m.BeginPlan, plan_id: str, earlier: PlanWork | None
) -> Value:
    """The document of a new plan. earlier: the plan it goes on from. Raises AttemptError org-missing, unknown-source, not-handed-in."""
    real_day = office_day(context.now)
    match request.source_kind:
        case "nothing":
            return starting.from_nothing(plan_id, real_day, request.org, request.title)  # type: ignore[arg-type]  # named keys
        case "template":
            template = _templates().get(request.source_id)
            if template is None:
                raise AttemptError("unknown-source", "ไม่พบแผนตั้งต้นที่เลือก โปรดเลือกจากหน้าแผน")
            return starting.from_template(
                template,
                plan_id,
                real_day,
                is_office_day=surroundings(context, real_day).is_office_day,
                org=request.org,  # type: ignore[arg-type]  # named keys
                title=request.title,
            )
        case "plan":
            assert earlier is not None
            document = dict(next_plan(earlier.plan, plan_id, today_of(earlier, real_day)))
            return document | {"title": request.title or earlier.title}
        case "case":
            return _from_case(context, conn, person_id, request, plan_id)


def _from_case(context: Context, conn: Connection, person_id: str, request: m.BeginPlan, plan_id: str) -> Value:
    work = casework.work_by_id(conn, request.source_id)
    if work is None or work.person_id != person_id:
        raise AccessError("not-yours", "ไม่พบงานนี้ในบัญชีของท่าน โปรดเปิดจากหน้ากรณีศึกษา")
    if not work.is_submitted:
        raise AttemptError("not-handed-in", "โปรดส่งกระดานปัญหาของกรณีนี้ก่อน แล้วจึงนำมาทำแผน")
    case = casework.case_of(conn, work.case_id, work.version)
    assert case is not None  # it was kept when the work began
    written_on = case.said.as_of if request.mode == "solo" else office_day(context.now)
    return starting.from_case(
        case, work.findings, _catalogue(context), plan_id=plan_id, written_on=written_on, title=request.title
    )


def _catalogue(context: Context) -> Catalogue:
    if context.library.catalogue is None:
        raise AttemptError("unknown-source", "ชุดฝึกนี้ไม่มีกรณีศึกษา")
    return context.library.catalogue
