"""How far somebody has come with the capstone of each case whose board they handed in. Where work on cases meets plans; reads only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from cps_training.casework.scoring import score
from cps_training.casework.work import Work
from cps_training.desk.asker import Context
from cps_training.desk.reading import both
from cps_training.planning import capstone as core
from cps_training.planning.steps import PlanWork
from cps_training.records import casework

Value = dict[str, Any]


def capstones(context: Context, conn: Connection, person_id: str, plans: Iterable[PlanWork]) -> list[Value]:
    """[{"case_id", "name", "stages": [{"id", "is_done"}], "is_done", "plan_id" | null}], in the order of the cases. plans: the person's, oldest
    first; whose case was changed since is scored by the case as it was worked on."""
    begun: dict[str, list[PlanWork]] = {}
    for plan in plans:
        source = plan.steps[0].detail["source"]
        if source["kind"] == "case" and plan.owner == person_id:
            begun.setdefault(source["id"], []).append(plan)
    handed_in: dict[str, list[Work]] = {}
    for work in casework.works_of(conn, person_id):
        if work.is_submitted:
            handed_in.setdefault(work.case_id, []).append(work)
    return [
        _told(context, conn, case_id, handed_in[case_id], begun)
        for case_id in context.library.cases
        if case_id in handed_in
    ]


def _told(
    context: Context, conn: Connection, case_id: str, works: list[Work], begun: dict[str, list[PlanWork]]
) -> Value:
    mine = sorted((plan for work in works for plan in begun.get(work.work_id, ())), key=lambda one: one.started_at)
    found = core.capstone(any(_is_solved(context, conn, work) for work in works), mine)
    return {
        "case_id": case_id,
        "name": both(context.library.cases[case_id].said.name),
        "stages": [{"id": stage, "is_done": stage in found.reached} for stage in core.STAGES],
        "is_done": found.is_done,
        "plan_id": found.plan_id,
    }


def _is_solved(context: Context, conn: Connection, work: Work) -> bool:
    case, catalogue = casework.case_of(conn, work.case_id, work.version), context.library.catalogue
    assert case is not None  # kept when the work began
    assert catalogue is not None  # cases are of a catalogue
    return score(case, catalogue, work.response).passed
