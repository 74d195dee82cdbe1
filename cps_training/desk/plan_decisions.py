"""Messages of those who decide on plans and of those who train: what waits, a decision, errors of rules over time.

An approver decides as the provincial officer; a trainer only in their place, by an order; nobody on a plan they write.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from cps_training.clock import office_day
from cps_training.desk import plan_messages as m
from cps_training.desk.asker import Asker, Context
from cps_training.desk.plan_access import APPROVER, TRAINERS, counted, person, require_other, taken
from cps_training.desk.plan_views import RULE_OF, finding_told, names_of, path_told, report_of, surroundings
from cps_training.errors import AccessError
from cps_training.planning.gating import Gate, blocking, warnings
from cps_training.planning.rules.base import Severity
from cps_training.planning.steps import PlanWork
from cps_training.planning.workflow_table import Event, State
from cps_training.records import merges, roster
from cps_training.records import plans as stored
from cps_training.records.frames import counted_as

Value = dict[str, Any]
GATES: dict[State, Gate] = {State.REQUESTED: "request", State.REPORTED: "report"}


def may_decide(asker: Asker) -> bool:
    """Whether the inbox is theirs."""
    return APPROVER in asker.roles or bool(TRAINERS & set(asker.roles))


def plan_waiting(context: Context, conn: Connection, asker: Asker, _: m.PlanWaiting) -> Value:
    """{"rows": [{"plan_id", "visit", "gate", "title", "officer", "asked_on", "waited_until": the day by which it should be decided, "late",
    "line": {"orgs": [name], "on", "method", "issues": [text]} | null, "findings", "reasons": [{"rule", "at", "text"}], "document": what of the plan
    belongs to the visit, "events": [{"kind", "by", "day", "comment"}]}], "needs_order": whether the asker must name one}: longest waiting first."""
    _require_decider(asker)
    return {"rows": waiting_for(context, conn, asker), "needs_order": APPROVER not in asker.roles}


def decide(context: Context, conn: Connection, asker: Asker, request: m.Decide) -> Value:
    """As plan_waiting. Errors: own-work, not-the-approver (no order), no-comment, illegal-transition."""
    _require_decider(asker)
    work = stored.plan_by_id(conn, request.plan_id)
    if work is None or not any(step.kind == "move" for step in work.steps):
        raise AccessError("not-yours", "ไม่พบคำขอหรือรายงานนี้ โปรดโหลดหน้านี้ใหม่")
    require_other(conn, asker, work)
    detail = {"kind": request.kind, "visit": request.visit, "comment": request.comment}
    role: Any = "provincial"
    if APPROVER not in asker.roles:
        role, detail["order"] = "acting", request.order
    _, steps = taken(context, asker, work, "move", detail, request.answer_id, role=role)
    stored.append_steps(conn, work.plan_id, steps)
    return plan_waiting(context, conn, asker, m.PlanWaiting())


def _require_decider(asker: Asker) -> None:
    person(asker)
    if not may_decide(asker):
        raise AccessError("not-allowed", "หน้านี้สำหรับผู้อนุมัติ โปรดเข้าสู่ระบบด้วยบัญชีผู้อนุมัติ")


def waiting_for(context: Context, conn: Connection, asker: Asker) -> list[Value]:
    """The rows of plan_waiting: everything that waits, but of plans the asker writes or once wrote."""
    kept = merges.merged(conn)
    own = counted(kept, [person(asker)])
    works = [work for work in stored.waiting(conn) if own.isdisjoint(counted(kept, work.authors))]
    names = names_of(conn, {event.by for work in works for event in work.events})
    rows = [row for work in works for row in _rows(context, work, names)]
    return sorted(rows, key=lambda row: (row["asked_on"], row["title"], row["visit"]))


def _rows(context: Context, work: PlanWork, names: dict[str, str]) -> Iterator[Value]:
    report, plan = report_of(context, work), work.plan
    today = office_day(context.now)
    around = surroundings(context, today)
    for visit, standing in work.standings.items():
        gate = GATES.get(standing.state)
        if gate is None:
            continue
        own = [event for event in work.events if event.visit == visit]
        asked_on = office_day(own[-1].at)
        until = around.working_days_after(asked_on, around.settings.approval_working_days)
        found = (*blocking(report, plan, visit, gate), *warnings(report, plan, visit, gate))
        explained = {(one.rule, path_told(plan, one)) for one in found}
        yield {
            "plan_id": work.plan_id,
            "visit": visit,
            "gate": gate,
            "title": work.title,
            "officer": names.get(own[-1].by, ""),
            "asked_on": asked_on.isoformat(),
            "waited_until": until.isoformat(),
            "late": until < today,
            "line": _line(work, own),
            "findings": [finding_told(plan, one) for one in found],
            "reasons": [
                {"rule": rule, "at": at, "text": text}
                for (rule, at), text in work.reasons.items()
                if (rule, at) in explained
            ],
            "document": part_of(work, visit),
            "events": [
                {
                    "kind": event.kind,
                    "by": names.get(event.by),
                    "day": office_day(event.at).isoformat(),
                    "comment": event.detail.comment,
                }
                for event in own
            ],
        }


def _line(work: PlanWork, own: list[Event]) -> Value | None:
    """What is asked for, or what was done where a report waits."""
    line = next((event.detail.line for event in reversed(own) if event.detail.line is not None), None)
    if line is None:
        return None
    orgs = {one.id: one.name for one in work.plan.orgs}
    issues = {one.id: one.text for one in work.plan.issues}
    return {
        "orgs": [orgs.get(one, one) for one in line.orgs],
        "on": line.on.isoformat(),
        "method": line.method,
        "issues": [issues[one] for one in line.issues if one in issues],
    }


def part_of(work: PlanWork, visit_id: str) -> Value:
    """What of the document belongs to a visit: {"orgs", "issues", "visits", "records", "reports"}; nothing of the others."""
    document = work.document
    visit = next(one for one in document["visits"] if one["id"] == visit_id)
    records = [one for one in document.get("records", ()) if one["visit"] == visit_id]
    return {
        "orgs": [one for one in document["orgs"] if one["id"] in visit["orgs"]],
        "issues": [one for one in document.get("issues", ()) if one["id"] in visit.get("issues", ())],
        "visits": [visit],
        "records": records,
        "reports": [one for one in document.get("reports", ()) if one["visit"] == visit_id],
    }


# Errors over time -----------------------------------------------------------------------------------------------


def plan_errors(context: Context, conn: Connection, asker: Asker, request: m.PlanErrors) -> Value:  # noqa: ARG001
    """{"people": [{"person_id", "name", "unit", "weeks": [{"week": its Monday, "tries", "errors"}], "rules": {rule: errors}, "plans": [plan_id]}],
    "rules": [{"rule", "title", "n"}], "units": [unit]}: errors of rules in what was handed in, also where it was refused; warnings do not
    count. The most frequent rule first, people by name. Merged accounts count as one."""
    counted = counted_as(conn)
    day = office_day(context.now)
    units = {
        counted[stay.person_id].person_id: stay.unit
        for stay in roster.entries(conn)
        if stay.active_from <= day and (stay.active_to is None or day < stay.active_to)
    }
    people: dict[str, Value] = {}
    total: dict[str, int] = {}
    for tried in stored.tries(conn):
        who = counted[tried.by]
        if request.unit and units.get(who.person_id) != request.unit:
            continue
        errors = {
            rule: n for rule, n in tried.rules.items() if rule in RULE_OF and RULE_OF[rule].severity is Severity.ERROR
        }
        row = people.setdefault(who.person_id, _nobody(who.person_id, who.name, units.get(who.person_id, "")))
        week = row["weeks"].setdefault(_monday(office_day(tried.at)), {"tries": 0, "errors": 0})
        week["tries"] += 1
        week["errors"] += sum(errors.values())
        row["plans"][tried.plan_id] = None
        for rule, n in errors.items():
            row["rules"][rule] = row["rules"].get(rule, 0) + n
            total[rule] = total.get(rule, 0) + n
    return {
        "people": [_told(row) for row in sorted(people.values(), key=lambda row: (row["name"], row["person_id"]))],
        "rules": [
            {"rule": rule, "title": {"th": RULE_OF[rule].title, "en": RULE_OF[rule].title_en}, "n": n}
            for rule, n in sorted(total.items(), key=lambda one: (-one[1], one[0]))
        ],
        "units": sorted(set(units.values())),
    }


def _nobody(person_id: str, name: str, unit: str) -> Value:
    return {"person_id": person_id, "name": name, "unit": unit, "weeks": {}, "rules": {}, "plans": {}}


def _told(row: Value) -> Value:
    weeks = [{"week": week.isoformat(), **told} for week, told in sorted(row["weeks"].items())]
    return row | {"weeks": weeks, "rules": dict(sorted(row["rules"].items())), "plans": list(row["plans"])}


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
