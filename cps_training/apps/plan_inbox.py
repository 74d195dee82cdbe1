"""What waits for a decision, as the traits of the approver's inbox: each request or report whole, with what the rules found. Decides nothing."""

from __future__ import annotations

from typing import Any

from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.plan_findings import reason_of, row
from cps_training.apps.plan_names import NAMES
from cps_training.apps.plan_telling import told
from cps_training.apps.plan_words import FINDING_WORDS, METHODS, SAVING, day, place, words
from cps_training.apps.session import Session
from cps_training.i18n import mark

GATES = {"request": mark("คำขออนุญาต"), "report": mark("รายงานผล")}
OF_VISIT = ("objective", "start", "end", "travel_minutes", "holiday_reason", "study", "recorded_plan_on", "content_refs", "doc_refs", "meeting", "agenda", "confirms")  # fmt: skip
OF_ISSUE = ("evidence", "root_cause", "target", "indicator", "owner", "due")
OF_DONE = ("actual_date", "actual_org", "actual_method", "changed_reason", "informed_on")
OF_RECORD = ("facts", "advice", "actions", "questions", "unresolved")
OF_REPORT = ("summary", "result_vs_target", "next_step", "answered_comment", "returned_comment")
LABELS = {
    "count": mark("รอพิจารณา {n} รายการ"),
    "officer": mark("ผู้เสนอ"),
    "findings": mark("สิ่งที่เกณฑ์พบ"),
    "no_findings": mark("เกณฑ์ไม่พบสิ่งที่ต้องแก้"),
    "reasons": mark("เหตุผลของผู้เสนอ"),
    "comment": mark("ความเห็น"),
    "comment_hint": mark("ถ้าส่งกลับ ต้องบอกว่าให้แก้เรื่องใด"),
    "yes_request": mark("อนุญาต"),
    "yes_report": mark("อนุมัติรายงาน"),
    "no": mark("ส่งกลับให้แก้ไข"),
    "ask_yes_request": mark("อนุญาตให้เข้าปฏิบัติงานครั้งนี้หรือไม่"),
    "ask_yes_report": mark("อนุมัติรายงานนี้หรือไม่"),
    "ask_no": mark("ส่งกลับให้แก้ไขพร้อมความเห็นนี้หรือไม่"),
    "ask_yes_label": mark("ยืนยัน"),
    "ask_no_label": mark("ส่งกลับ"),
    "ask_back": mark("ยังไม่ตัดสิน"),
    "need_comment": mark("โปรดเขียนว่าให้แก้เรื่องใดก่อนส่งกลับ"),
}
WITH_ORDER = {
    "order": mark("คำสั่งรักษาราชการแทน"),
    "order_hint": mark("เลขที่และวันที่ของคำสั่ง"),
    "need_order": mark("โปรดระบุคำสั่งที่ให้รักษาราชการแทน"),
}


def inbox_state(session: Session, said: dict[str, Any], clauses: ClauseCards) -> dict[str, Any]:
    """The traits of a PlanInbox. said: the desk's answer to PlanWaiting."""
    _ = session
    tables = (SAVING, FINDING_WORDS, LABELS, *([WITH_ORDER] if said["needs_order"] else []))
    clauses([one["clause"] for each in said["rows"] for one in each["findings"]])
    return {
        "heading": _("รอพิจารณา"),
        "intro": _("คำขออนุญาตและรายงานที่เจ้าหน้าที่ส่งมา อ่านทั้งรายการ แล้วอนุญาตหรือส่งกลับพร้อมความเห็น"),
        "rows": [_row(session, one, clauses) for one in said["rows"]],
        "empty": _("ไม่มีรายการที่รอพิจารณา"),
        "labels": words(session, *tables),
    }


def _row(session: Session, one: dict[str, Any], clauses: ClauseCards) -> dict[str, Any]:
    _ = session
    view = {"document": one["document"], "reasons": one["reasons"], "findings": one["findings"], "states": {}}
    line = one["line"] or {"orgs": [], "on": "", "method": "", "issues": []}
    method = _(METHODS[line["method"]]) if line["method"] in METHODS else ""
    is_late = _("ควรพิจารณาภายใน %(day)s") % {"day": day(session, one["waited_until"])} if one["late"] else ""
    return {
        "id": f"{one['plan_id']}/{one['visit']}/{one['gate']}",
        "title": " · ".join(part for part in (day(session, line["on"]), ", ".join(line["orgs"])) if part),
        "line": " · ".join(part for part in (method, one["title"]) if part),
        "gate": _(GATES[one["gate"]]),
        "gate_kind": one["gate"],
        "asked": _("ส่งมาเมื่อ %(day)s") % {"day": day(session, one["asked_on"])},
        "late": is_late,
        "officer": one["officer"],
        "parts": _parts(session, view, one["gate"]),
        "findings": [
            row(session, view, each, clauses, field="", go=False) | {"reason": None} for each in one["findings"]
        ],
        "reasons": [
            {"where": place(session, view, tuple(each["at"])), "text": reason}
            for each in one["findings"]
            if (reason := reason_of(view, each))
        ],
    }


def decision_of(row_id: str, decision: str) -> dict[str, str]:
    """{"plan_id", "visit", "kind"} of a Decide."""
    plan_id, visit, gate = row_id.split("/")
    kinds = {"request": ("allow", "return-request"), "report": ("approve-report", "return-report")}
    return {"plan_id": plan_id, "visit": visit, "kind": kinds[gate][0 if decision == "yes" else 1]}


def _parts(session: Session, view: dict[str, Any], gate: str) -> list[dict[str, Any]]:
    """What is asked for, or what was done, field by field; empty ones left out."""
    document = view["document"]
    (visit,) = document["visits"]
    found: list[tuple[tuple[str, ...], Any]] = []
    if gate == "request":
        found += [(("visits", visit["id"], name), visit.get(name)) for name in OF_VISIT]
        for issue in document["issues"]:
            found.append((("issues", issue["id"], "text"), issue.get("text")))
            found += [(("issues", issue["id"], name), issue.get(name)) for name in OF_ISSUE]
    else:
        found += [(("visits", visit["id"], "objective"), visit.get("objective"))]
        found += [(("issues", one["id"], "target"), one.get("target")) for one in document["issues"]]
        found += [(("visits", visit["id"], name), visit.get(name)) for name in OF_DONE]
        found += [(("records", one["id"], name), one.get(name)) for one in document["records"] for name in OF_RECORD]
        found += [(("reports", one["id"], name), one.get(name)) for one in document["reports"] for name in OF_REPORT]
    return [part for at, value in found if (part := _part(session, view, at, value))]


def _part(session: Session, view: dict[str, Any], at: tuple[str, ...], value: Any) -> dict[str, Any] | None:
    said = told(session, view, at, value)
    if said is None:
        return None
    label = session(NAMES[at[0], at[2]])
    return {"label": label, "values": said.split("\n")} if isinstance(value, list) else {"label": label, "value": said}
