"""The two gates of a plan as their widget's traits: what can be sent, what must be mended first, what was decided. Decides nothing.

Which findings stop which visit is told as the desk decides it when something is sent (`planning.gating`); a page only says it before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.plan_findings import ASKED, DONE, finding_id, row
from cps_training.apps.plan_form_state import FROZEN_WHEN_ASKED
from cps_training.apps.plan_words import (
    EVENTS,
    FINDING_WORDS,
    SAVING,
    day,
    org_names,
    state_tag,
    thing,
    things,
    visit_line,
    visit_title,
    words,
)
from cps_training.apps.session import Session
from cps_training.i18n import mark

Gate = Literal["request", "report"]
SENDABLE: dict[str, tuple[str, ...]] = {
    "request": ("draft", "request-returned"),
    "report": ("performed", "report-returned"),
}
SEEN: dict[str, tuple[str, ...]] = {
    "request": (
        "draft",
        "requested",
        "request-returned",
        "approved",
        "performed",
        "reported",
        "report-returned",
        "report-approved",
    ),
    "report": ("performed", "reported", "report-returned", "report-approved"),
}
"""The states in which a visit stands at a gate or is past it."""
KINDS: dict[str, tuple[str, ...]] = {
    "request": ("request", "allow", "return-request"),
    "report": ("report", "approve-report", "return-report"),
}
LATE_REPORT = "R34"
LABELS = {
    "chosen": mark("เลือกแล้ว {n} จาก {total} ครั้ง"),
    "choose_first": mark("โปรดเลือกการเข้าที่จะส่งก่อน"),
    "choose_all": mark("เลือกทุกครั้งที่ส่งได้"),
    "reason_label": mark("เหตุผลที่ให้คงไว้"),
    "reason_hint": mark("ผู้อนุมัติจะเห็นเหตุผลนี้"),
    "history": mark("ที่ผ่านมา"),
    "earlier": mark("ก่อนหน้านั้น {n} รายการ"),
    "comment": mark("ความเห็น"),
    "downloads": mark("เอกสาร"),
    "empty": mark("ยังไม่มีการเข้าที่ถึงขั้นนี้"),
    "retry": mark("บันทึกอีกครั้ง"),
}


def gate_state(
    session: Session,
    view: dict[str, Any],
    clauses: ClauseCards,
    gate: Gate,
    refused: Mapping[str, list[dict[str, Any]]],
) -> dict[str, Any]:
    """The traits of a PlanGate. refused: what stopped a visit when it was sent last, where the findings do not say it already."""
    _ = session
    if gate == "request":
        said: dict[str, Any] = {
            "heading": _("ขออนุญาตเข้าปฏิบัติงาน"),
            "intro": _("เลือกการเข้าที่พร้อมแล้วส่งให้สหกรณ์จังหวัดพิจารณา ส่งพร้อมกันได้หลายครั้ง แต่พิจารณาแยกเป็นรายแห่ง"),
            "submit": {
                "label": _("ส่งขออนุญาต"),
                "note": _("ต้องส่งก่อนวันเข้า ส่งแล้วแก้วัน แห่ง และเรื่องไม่ได้ จนกว่าคำขอจะถูกส่งกลับ"),
                "confirm": {
                    "text": _("ส่งคำขออนุญาตของการเข้าเหล่านี้หรือไม่"),
                    "yes": _("ส่งขออนุญาต"),
                    "no": _("ยังไม่ส่ง"),
                },
            },
        }
    else:
        said = {
            "heading": _("ส่งรายงานผล"),
            "intro": _("ส่งรายงานของการเข้าที่บันทึกครบทุกแห่งแล้ว เสนอสหกรณ์จังหวัดอนุมัติ"),
            "submit": {
                "label": _("ส่งรายงาน"),
                "note": _("ส่งแล้วแก้ไม่ได้ จนกว่ารายงานจะถูกส่งกลับ"),
                "confirm": {
                    "text": _("ส่งรายงานของการเข้าเหล่านี้หรือไม่"),
                    "yes": _("ส่งรายงาน"),
                    "no": _("ยังไม่ส่ง"),
                },
            },
        }
    seen = [one for one in things(view, "visits") if view["states"].get(one["id"], "draft") in SEEN[gate]]
    seen.sort(key=lambda one: (not _can_be_sent(view, one, gate), one.get("planned_date") or "9999"))
    rows = [_visit(session, view, clauses, one, gate, refused.get(one["id"], [])) for one in seen]
    if not view["can_write"] or not any(one["can"] for one in rows):
        said["submit"] = None
    labels = words(session, SAVING, FINDING_WORDS, LABELS)
    return {**said, "visits": rows, "labels": labels}


def _can_be_sent(view: dict[str, Any], visit: dict[str, Any], gate: Gate) -> bool:
    return view["states"].get(visit["id"], "draft") in SENDABLE[gate]


def _visit(
    session: Session,
    view: dict[str, Any],
    clauses: ClauseCards,
    visit: dict[str, Any],
    gate: Gate,
    refused: list[dict[str, Any]],
) -> dict[str, Any]:
    can_be_sent = _can_be_sent(view, visit, gate)
    found = [one for one in view["findings"] if concerns(view, one, visit, gate)] if can_be_sent else []
    known = {finding_id(one) for one in found}
    found += [one for one in refused if can_be_sent and finding_id(one) not in known]
    told = [
        (one["severity"], row(session, view, one, clauses, field="", go=one["at"][0] != "visits" or len(one["at"]) > 2))
        for one in found
    ]
    errors = [one for severity, one in told if severity == "error"]
    missing = view["standing"].get(visit["id"], {}).get("unrecorded", []) if gate == "report" and can_be_sent else []
    note = session("ยังไม่ได้บันทึกผลของ %(orgs)s") % {"orgs": org_names(view, missing)} if missing else ""
    return {
        "id": visit["id"],
        "title": visit_title(session, view, visit),
        "line": visit_line(session, visit),
        "state": state_tag(session, view, visit["id"]),
        "can": "send" if can_be_sent and view["can_write"] and not missing else "",
        "note": note,
        "errors": errors,
        "warnings": [one for severity, one in told if severity == "warning"],
        "history": history(session, view, visit["id"], KINDS[gate]),
    }


def history(session: Session, view: dict[str, Any], visit_id: str, kinds: tuple[str, ...]) -> list[dict[str, str]]:
    """What happened to a visit, newest first: {when, who, what, comment}."""
    simulated = session("ผู้อนุมัติจำลอง")
    return [
        {
            "when": day(session, one["day"]),
            "who": one["by"] or simulated,
            "what": session(EVENTS[one["kind"]]),
            "comment": one.get("comment") or "",
        }
        for one in reversed(view["events"])
        if one["visit"] == visit_id and one["kind"] in kinds
    ]


def concerns(view: dict[str, Any], finding: dict[str, Any], visit: dict[str, Any], gate: Gate) -> bool:
    """Whether a finding is looked at when this visit comes to this gate."""
    at = finding["at"]
    return _at_request(view, at, visit) if gate == "request" else _at_report(view, finding, at, visit)


def _at_request(view: dict[str, Any], at: list[str], visit: dict[str, Any]) -> bool:
    if at[0] in ("records", "reports"):
        return False
    if len(at) < 2:
        return True
    if at[0] == "visits":
        return at[1] == visit["id"]
    if at[0] == "issues":
        return at[1] in visit.get("issues", ())
    if at[0] == "orgs":
        return at[1] in visit["orgs"]
    if at[0] == "previous":
        return not set(thing(view, "previous", at[1]).get("orgs", ())).isdisjoint(visit["orgs"])
    if at[0] == "actions":
        issue = thing(view, "actions", at[1]).get("issue")
        return issue is None or issue in visit.get("issues", ())
    return True


def _at_report(view: dict[str, Any], finding: dict[str, Any], at: list[str], visit: dict[str, Any]) -> bool:
    if len(at) < 2 or finding["rule"] == LATE_REPORT:
        return False
    if at[0] == "visits":
        return at[1] == visit["id"] and len(at) > 2 and at[2] not in (*FROZEN_WHEN_ASKED, *ASKED, *DONE)
    return at[0] in ("records", "reports") and thing(view, at[0], at[1]).get("visit") == visit["id"]
