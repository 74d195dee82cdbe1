"""What moves write into a plan's document: the days and decisions that nobody types. Pure; knows no steps and no rule.

A move is an event of `workflow`; its day is the office's day of its instant.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cps_training.clock import office_day
from cps_training.errors import AttemptError
from cps_training.planning.editing import ABSENT, Change, Document, apply, value_at
from cps_training.planning.workflow_table import Event

OF_VISITS = (
    *("requested_on", "decision", "decided_on", "approver_role", "acting_order"),
    *("actual_date", "actual_org", "actual_method", "changed_reason", "informed_on"),
)
OF_RECORDS = ("recorded_on",)
OF_REPORTS = ("submitted_on", "decision", "decided_on", "approver_role", "acting_order", "returned_comment")
BY_MOVES: Mapping[str, tuple[str, ...]] = {"visits": OF_VISITS, "records": OF_RECORDS, "reports": OF_REPORTS}
"""Fields that only moves write, by the list they stand in."""
_UNDECIDED = dict.fromkeys(("decision", "decided_on", "approver_role", "acting_order"), ABSENT)


def without_moves(document: Mapping[str, Any]) -> Document:
    """The document as before any move: no permission, nothing performed, no records and no reports."""
    visits = [
        {name: value for name, value in visit.items() if name not in OF_VISITS} for visit in document.get("visits", ())
    ]
    kept = {name: value for name, value in document.items() if name not in ("records", "reports", "visits")}
    return kept | ({"visits": visits} if visits else {})


def after(document: Mapping[str, Any], event: Event) -> Document:
    """The document after a move. Raises AttemptError as `changes` does."""
    return apply(document, changes(document, event))


def changes(document: Mapping[str, Any], event: Event) -> tuple[Change, ...]:
    """What a move changes; only what really changes.

    Raises AttemptError: no-record, no-report (nothing has been written yet that could be kept or sent).
    """
    at, fields = _written(document, event)
    made = (Change((*at, name), value_at(document, (*at, name)), value) for name, value in fields.items())
    return tuple(change for change in made if change.before != change.after)


def _written(document: Mapping[str, Any], event: Event) -> tuple[tuple[str, str], dict[str, Any]]:
    """The thing a move writes into, and {field: value}."""
    day, detail, visit = office_day(event.at).isoformat(), event.detail, ("visits", event.visit)
    match event.kind:
        case "request":
            return visit, {"requested_on": day, **_UNDECIDED}
        case "allow" | "return-request":
            return visit, _decided(event, day)
        case "perform":
            return visit, _performed(document, event)
        case "record":
            return ("records", _record_of(document, event.visit, detail.org)), {"recorded_on": day}
        case "report":
            return ("reports", _report_of(document, event.visit)), {"submitted_on": day, **_UNDECIDED}
        case "approve-report":
            return ("reports", _report_of(document, event.visit)), _decided(event, day)
        case "return-report":
            # what was changed is told anew for every return; the answer to the last one stays in the history
            told = {"returned_comment": detail.comment.strip(), "answered_comment": ABSENT}
            return ("reports", _report_of(document, event.visit)), _decided(event, day) | told


def _decided(event: Event, day: str) -> dict[str, Any]:
    is_yes = event.kind in ("allow", "approve-report")
    return {
        "decision": "approved" if is_yes else "returned",
        "decided_on": day,
        "approver_role": event.role,
        "acting_order": (event.detail.order.strip() if event.role == "acting" else "") or ABSENT,
    }


def _performed(document: Mapping[str, Any], event: Event) -> dict[str, Any]:
    line, detail = event.detail.line, event.detail
    assert line is not None  # a guard of the workflow has seen to it
    planned = value_at(document, ("visits", event.visit, "orgs"))
    elsewhere = [org for org in line.orgs if org not in planned]
    return {
        "actual_date": line.on.isoformat(),
        "actual_org": (elsewhere or line.orgs)[0],
        "actual_method": line.method,
        "changed_reason": detail.reason.strip() or ABSENT,
        "informed_on": detail.informed_on.isoformat() if detail.informed_on else ABSENT,
    }


def _record_of(document: Mapping[str, Any], visit: str, org: str) -> str:
    for record in document.get("records", ()):
        if record["visit"] == visit and org in record["orgs"]:
            return str(record["id"])
    raise AttemptError(
        "no-record", "ยังไม่ได้เขียนบันทึกของแห่งนี้ โปรดเขียนข้อเท็จจริงที่พบและคำแนะนำที่ให้ แล้วจึงบันทึก (อ้างอิง cps.1.2.4)"
    )


def _report_of(document: Mapping[str, Any], visit: str) -> str:
    for report in document.get("reports", ()):
        if report["visit"] == visit:
            return str(report["id"])
    raise AttemptError("no-report", "ยังไม่ได้เขียนรายงานของการเข้าครั้งนี้ โปรดเขียนสรุปผล แล้วจึงส่งรายงาน (อ้างอิง cps.3.2)")
