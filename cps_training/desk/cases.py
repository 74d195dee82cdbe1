"""Messages about case studies: the list, opening one, each step. Every person only their own work.

Where a case with its keys meets somebody's work; what leaves is made in case_views.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from cps_training.casework import work as core
from cps_training.casework.matching import suggest
from cps_training.casework.response import BoardFinding
from cps_training.casework.scoring import score
from cps_training.casework.work import Work
from cps_training.content.cases.case import Case
from cps_training.content.cases.catalogue import Catalogue
from cps_training.content.segmenting import shipped_segmenter
from cps_training.desk import case_messages as m
from cps_training.desk.asker import Asker, Context
from cps_training.desk.case_views import case_view, work_view
from cps_training.desk.reading import both
from cps_training.errors import AccessError, AttemptError
from cps_training.places import shipped
from cps_training.records import casework as stored

Value = dict[str, Any]


def cases(context: Context, conn: Connection, asker: Asker, _: m.Cases) -> Value:
    """{"cases": [{"id", "letter" | null, "name", "kind", "n_members", "minutes", "is_fictional", "seed" | null, "status": "new" | "open" | "submitted",
    "n_findings", "score" | null, "is_passed"}]}: score and is_passed of the best work that was handed in."""
    mine: dict[str, list[Work]] = {}
    for one in stored.works_of(conn, _person(asker)):
        mine.setdefault(one.case_id, []).append(one)
    return {"cases": [_listed(context, conn, case, mine.get(case.id, [])) for case in context.library.cases.values()]}


def _listed(context: Context, conn: Connection, case: Case, works: list[Work]) -> Value:
    latest = works[-1] if works else None
    results = [
        score(_version(context, conn, one), _catalogue(context), one.response) for one in works if one.is_submitted
    ]
    best = max(results, key=lambda result: (result.passed, result.score), default=None)
    today = min(case.years) if case.said.organisation.is_forecast else max(case.years)
    return {
        "id": case.id,
        "letter": case.said.letter,
        "name": both(case.said.name),
        "kind": case.said.organisation.kind,
        "n_members": case.years[today]["members"],
        "minutes": case.said.minutes,
        "is_fictional": case.said.is_fictional,
        "seed": case.said.seed,
        "status": "new" if latest is None else "submitted" if latest.is_submitted else "open",
        "n_findings": len(latest.findings) if latest else 0,
        "score": best.as_json()["score"] if best else None,
        "is_passed": bool(best and best.passed),
    }


def open_case(context: Context, conn: Connection, asker: Asker, request: m.OpenCase) -> Value:
    case = context.library.cases.get(request.case_id)
    if case is None:
        raise AttemptError("unknown-case", f"ไม่พบกรณีศึกษา “{request.case_id}” โปรดเลือกจากหน้ากรณีศึกษา")
    works = stored.works_of(conn, _person(asker), case.id)
    latest = works[-1] if works else None
    if latest is None or (latest.is_submitted and request.fresh):
        stored.put_version(conn, case)
        number = 1 + max((one.number for one in works), default=0)
        latest = Work(context.new_id(), _person(asker), case.id, case.version, number, context.now)
        stored.insert_work(conn, latest, place=context.place)
    seen = _version(context, conn, latest)
    return {
        "case": case_view(seen, _catalogue(context), context.library),
        "work": work_view(seen, _catalogue(context), latest),
    }


def take_case_step(context: Context, conn: Connection, asker: Asker, request: m.TakeCaseStep) -> Value:
    work = stored.work_by_id(conn, request.work_id)
    if work is None or work.person_id != _person(asker):
        raise AccessError("not-yours", "ไม่พบงานนี้ในบัญชีของท่าน โปรดเปิดจากหน้ากรณีศึกษา")
    case, catalogue = _version(context, conn, work), _catalogue(context)
    try:
        after, step = core.take(
            work,
            case,
            catalogue,
            request.kind,
            request.detail,
            answer_id=request.answer_id,
            at=context.now,
            expect_seq=request.expect_seq,
        )
        unknown = [one for one in _clauses_of(step) if context.library.handbook.get(one) is None]
        if unknown:
            raise AttemptError("bad-step", f"ชุดฝึกไม่มีข้อ “{unknown[0]}” ของคู่มือ โปรดโหลดหน้านี้ใหม่")
    except AttemptError as error:
        error.details["work"] = work_view(case, catalogue, work)
        raise
    if after is not work:
        stored.append_step(conn, work.work_id, step)
    return work_view(case, catalogue, after)


def match_finding(context: Context, _conn: Connection, _asker: Asker, request: m.MatchFinding) -> Value:
    """{"rows": [{"kind", "words": [shared word], "share"}]}, the best first; none when nothing comes near."""
    found = suggest(request.text, _catalogue(context), shipped_segmenter(shipped()))
    return {"rows": [{"kind": one.kind, "words": list(one.words), "share": one.share} for one in found]}


def _clauses_of(step: core.CaseStep) -> tuple[str, ...]:
    if step.kind != "put":
        return ()
    return BoardFinding.model_validate_json(step.detail["finding"]).clauses


def _version(context: Context, conn: Connection, work: Work) -> Case:
    """The case as it was worked on. Raises AttemptError unknown-case."""
    today = context.library.cases.get(work.case_id)
    if today is not None and today.version == work.version:
        return today
    kept = stored.case_of(conn, work.case_id, work.version)
    if kept is None:
        raise AttemptError("unknown-case", f"ไม่พบกรณีศึกษา “{work.case_id}” โปรดเลือกจากหน้ากรณีศึกษา")
    return kept


def _catalogue(context: Context) -> Catalogue:
    if context.library.catalogue is None:
        raise AttemptError("unknown-case", "ชุดฝึกนี้ไม่มีกรณีศึกษา")
    return context.library.catalogue


def _person(asker: Asker) -> str:
    if asker.person_id is None:
        raise AccessError("not-signed-in", "ยังไม่ได้เข้าสู่ระบบ")
    return asker.person_id
