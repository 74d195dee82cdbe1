"""What was done on a visit as forms: how it went, a record for each place, the report. Makes the changes and moves they come to."""

from __future__ import annotations

from typing import Any

from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.plan_fields import Fields, field_id, section
from cps_training.apps.plan_findings import rows_for, tab_of, visit_of
from cps_training.apps.plan_form_state import WRITABLE, form_state, frozen_by_right
from cps_training.apps.plan_names import NAMES
from cps_training.apps.plan_words import (
    METHODS,
    RECIPIENTS,
    day,
    org_name,
    state_tag,
    thing,
    things,
    visit_line,
    visit_title,
)
from cps_training.apps.session import Session
from cps_training.i18n import mark

GONE = ("performed", "reported", "report-returned", "report-approved")
PERFORM = "perform"
"""What the ids of fields begin with that stand in no document until the visit is recorded: `perform/V3/on`."""
AGREED = {"what": mark("ทำอะไร"), "who": mark("ใครทำ"), "by": mark("ภายในวันที่")}
ASKED = {
    "text": mark("คำถาม"),
    "is_answered": mark("ตอบได้แล้ว"),
    "source": mark("จะถามหรือค้นจากที่ใด"),
    "due": mark("จะแจ้งกลับภายใน"),
    "replied_on": mark("แจ้งกลับแล้วเมื่อ"),
}


def record_id(view: dict[str, Any], visit: dict[str, Any], org: str) -> str:
    """The id of the record of a place on a visit: the one that is there, else the one it will get."""
    found = next(
        (one["id"] for one in things(view, "records") if one["visit"] == visit["id"] and org in one["orgs"]), None
    )
    orgs = [one["id"] for one in things(view, "orgs")]
    return found or f"{visit['id'][:32]}-r{orgs.index(org) + 1}"


def report_id(view: dict[str, Any], visit: dict[str, Any]) -> str:
    """As for a record."""
    found = next((one["id"] for one in things(view, "reports") if one["visit"] == visit["id"]), None)
    return found or f"{visit['id'][:32]}-t"


def visited(view: dict[str, Any], visit: dict[str, Any]) -> list[str]:
    """The places of a visit that took place: those recorded and those still to be."""
    standing = view["standing"].get(visit["id"], {})
    return [*standing.get("recorded", ()), *standing.get("unrecorded", ())] or list(visit["orgs"])


def skeletons(view: dict[str, Any]) -> dict[tuple[str, ...], dict[str, Any]]:
    """Records and reports that come into being with the first word written in them, by their path."""
    made: dict[tuple[str, ...], dict[str, Any]] = {}
    for visit in things(view, "visits"):
        if view["states"].get(visit["id"]) in WRITABLE:
            for org in visited(view, visit):
                named = record_id(view, visit, org)
                made["records", named] = {"id": named, "visit": visit["id"], "orgs": [org]}
            named = report_id(view, visit)
            made["reports", named] = {"id": named, "visit": visit["id"], "recipient": "provincial"}
    return made


def line_typed(visit: dict[str, Any], drafts: dict[str, Any]) -> dict[str, Any]:
    """How a visit went, as it stands in the fields: {"line", "reason", "informed_on"} of a move."""

    def typed(name: str, otherwise: Any) -> Any:
        return drafts.get(field_id(PERFORM, visit["id"], name), otherwise)

    line = {
        "orgs": typed("orgs", visit["orgs"]),
        "on": typed("on", visit.get("planned_date")),
        "method": typed("method", visit.get("method")),
        "issues": typed("issues", visit.get("issues", [])),
    }
    return {"line": line, "reason": typed("reason", "") or "", "informed_on": typed("informed_on", None)}


def records_state(
    session: Session, view: dict[str, Any], clauses: ClauseCards, drafts: dict[str, Any]
) -> dict[str, Any]:
    """The traits of the PlanForm with how visits went and the records. drafts: what was typed before a visit is recorded."""
    _ = session
    make = Fields(session, view["document"], frozen_by_right(session, view), drafts)
    found = [one for one in view["findings"] if tab_of(one) == "records"]
    rows = sorted(things(view, "visits"), key=lambda one: one.get("planned_date") or "9999")
    sections = []
    for visit in rows:
        state = view["states"].get(visit["id"], "draft")
        if state == "approved":
            sections.append(_perform(session, view, make, visit, drafts))
        elif state in GONE:
            sections += [_record(session, view, make, visit, org) for org in visited(view, visit)]
    ids = [one["id"] for each in sections for one in each["fields"]]
    return form_state(
        session,
        heading=_("บันทึกการเข้า"),
        intro=_("หลังเข้าแล้ว บันทึกว่าไปตามที่ได้รับอนุญาตหรือไม่ แล้วเขียนผลแห่งละหนึ่งบันทึก แยกข้อเท็จจริงกับคำแนะนำ"),
        sections=sections,
        findings=rows_for(session, view, [one for one in found if _is_shown(view, one)], clauses, ids),
        empty=_("ยังไม่มีการเข้าที่ได้รับอนุญาต"),
    )


def _is_shown(view: dict[str, Any], finding: dict[str, Any]) -> bool:
    return view["states"].get(visit_of(view, finding), "draft") in (*GONE, "approved")


def _perform(
    session: Session, view: dict[str, Any], make: Fields, visit: dict[str, Any], drafts: dict[str, Any]
) -> dict[str, Any]:
    _, key = session, visit["id"]
    went = line_typed(visit, drafts)
    orgs = [(one["id"], one.get("name", "")) for one in things(view, "orgs")]
    issues = [(one["id"], one.get("text") or one["id"]) for one in things(view, "issues")]

    def field(name: str, kind: str, label: str, **more: Any) -> dict[str, Any]:
        return make(field_id(PERFORM, key, name), kind, label=_(label), **more)

    fields = [
        field("on", "date", NAMES["visits", "actual_date"], value=went["line"]["on"]),
        field(
            "orgs", "checks", NAMES["visits", "actual_org"], value=went["line"]["orgs"], options=make.own_options(orgs)
        ),
        field(
            "method",
            "select",
            NAMES["visits", "actual_method"],
            value=went["line"]["method"],
            options=make.options(METHODS),
        ),
        field("issues", "checks", mark("เรื่องที่ทำจริง"), value=went["line"]["issues"], options=make.own_options(issues)),
    ]
    asked = {
        "orgs": visit["orgs"],
        "on": visit.get("planned_date"),
        "method": visit.get("method"),
        "issues": visit.get("issues", []),
    }
    if any(_sorted(went["line"][name]) != _sorted(asked[name]) for name in asked) or went["reason"]:
        fields += [
            field(
                "reason",
                "area",
                NAMES["visits", "changed_reason"],
                value=went["reason"],
                hint=_("บอกเหตุที่เปลี่ยนวัน แห่ง วิธี หรือเรื่อง"),
            ),
            field("informed_on", "date", NAMES["visits", "informed_on"], value=went["informed_on"]),
        ]
    is_early = (went["line"]["on"] or "9999") > view["today"]
    why = (
        _("ยังไม่ถึงวันเข้า บันทึกได้ตั้งแต่ %(day)s") % {"day": day(session, went["line"]["on"])}
        if is_early and went["line"]["on"]
        else ""
    )
    button = {"id": f"{PERFORM}:{key}", "label": _("บันทึกว่าเข้าแล้ว"), "kind": "primary", "confirm": None, "disabled": why}
    return section(
        f"{PERFORM}/{key}",
        visit_title(session, view, visit),
        fields,
        tags=[state_tag(session, view, key)],
        summary=visit_line(session, visit),
        buttons=[button] if view["can_write"] else [],
        note=_("สี่ช่องแรกใส่ไว้ตามที่ได้รับอนุญาต แก้เฉพาะที่ทำต่างไป แล้วกดบันทึก"),
    )


def _sorted(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value


def _record(session: Session, view: dict[str, Any], make: Fields, visit: dict[str, Any], org: str) -> dict[str, Any]:
    _ = session
    named = record_id(view, visit, org)
    here = ("records", named)
    is_recorded = org in view["standing"].get(visit["id"], {}).get("recorded", ())
    issues = [(one["id"], one.get("text") or one["id"]) for one in things(view, "issues") if one["org"] == org]
    agreed = [
        make.column("what", "text", AGREED["what"], most=1000),
        make.column("who", "text", AGREED["who"]),
        make.column("by", "date", AGREED["by"]),
    ]
    asked = [
        make.column("text", "text", ASKED["text"], most=1000),
        make.column("is_answered", "flag", ASKED["is_answered"]),
        make.column("source", "text", ASKED["source"]),
        make.column("due", "date", ASKED["due"]),
        make.column("replied_on", "date", ASKED["replied_on"]),
    ]
    fields = [
        make((*here, "facts"), "lines", hint=_("สิ่งที่เห็นหรือนับได้จริง รายการละหนึ่งเรื่อง เช่น พบหนี้ค้าง 96 ราย")),
        make((*here, "advice"), "lines", hint=_("สิ่งที่แนะนำให้ทำ รายการละหนึ่งเรื่อง เช่น ให้แต่งตั้งกรรมการลงนามสองคน")),
        make((*here, "actions"), "rows", columns=agreed, most=30),
        make(
            (*here, "questions"), "rows", columns=asked, most=30, hint=_("คำถามที่ตอบไม่ได้ ให้บอกว่าจะถามใครและแจ้งกลับเมื่อใด")
        ),
        make((*here, "unresolved"), "checks", options=make.own_options(issues), hint=_("เรื่องที่เลือกไว้จะยกไปแผนรอบถัดไป")),
    ]
    buttons = []
    if view["can_write"] and not is_recorded and view["states"].get(visit["id"]) in WRITABLE:
        disabled = "" if thing(view, "records", named) else _("เขียนข้อเท็จจริงหรือคำแนะนำก่อน")
        buttons = [
            {
                "id": f"record:{visit['id']}:{org}",
                "label": _("ลงบันทึกของแห่งนี้"),
                "kind": "primary",
                "confirm": None,
                "disabled": disabled,
            }
        ]
    recorded = thing(view, "records", named).get("recorded_on")
    tags = [{"text": _("ลงบันทึกแล้ว %(day)s") % {"day": day(session, recorded)}, "kind": ""}] if is_recorded else []
    return section(
        "/".join(here),
        f"{day(session, visit.get('actual_date') or visit.get('planned_date'))} · {org_name(view, org)}",
        fields,
        tags=tags or [state_tag(session, view, visit["id"])],
        summary=visit.get("objective", ""),
        is_open=view["states"].get(visit["id"]) in WRITABLE,
        buttons=buttons,
    )


def reports_state(session: Session, view: dict[str, Any], clauses: ClauseCards) -> dict[str, Any]:
    """The traits of the PlanForm with the reports."""
    _ = session
    make = Fields(session, view["document"], frozen_by_right(session, view))
    found = [one for one in view["findings"] if one["at"][0] == "reports"]
    rows = [one for one in things(view, "visits") if view["states"].get(one["id"]) in GONE]
    sections = [_report(session, view, make, one) for one in sorted(rows, key=lambda one: one.get("actual_date") or "")]
    ids = [one["id"] for each in sections for one in each["fields"]]
    return form_state(
        session,
        heading=_("รายงานผล"),
        intro=_("สรุปผลของแต่ละครั้ง เทียบกับเป้าหมายที่ตั้งไว้ และบอกว่าจะทำอะไรต่อ"),
        sections=sections,
        findings=rows_for(session, view, found, clauses, ids),
        empty=_("ยังไม่มีการเข้าที่บันทึกแล้ว"),
    )


def _report(session: Session, view: dict[str, Any], make: Fields, visit: dict[str, Any]) -> dict[str, Any]:
    _, here = session, ("reports", report_id(view, visit))
    fields = [
        make((*here, "summary"), "area"),
        make((*here, "result_vs_target"), "area", hint=_("ทำได้เท่าใดจากเท่าใด เช่น ยืนยันหนี้ได้ 38 จาก 40 ราย")),
        make((*here, "next_step"), "area"),
        make((*here, "recipient"), "select", options=make.options(RECIPIENTS)),
    ]
    report = thing(view, *here)
    comment = report.get("returned_comment", "")
    if comment:
        fields.append(make((*here, "answered_comment"), "area", hint=_("บอกว่าแก้อะไรไปแล้วบ้าง")))
    targets = [
        one["target"] for one in things(view, "issues") if one["id"] in visit.get("issues", ()) and one.get("target")
    ]
    return section(
        "/".join(here),
        visit_title(session, view, visit),
        fields,
        intro=_("เป้าหมายที่ตั้งไว้: %(targets)s") % {"targets": " · ".join(targets)} if targets else "",
        tags=[state_tag(session, view, visit["id"])],
        summary=visit.get("objective", ""),
        is_open=view["states"].get(visit["id"]) in WRITABLE,
        note=_("ความเห็นของผู้อนุมัติ: %(comment)s") % {"comment": comment} if comment else "",
    )
