"""Visits as forms: which place, what for, how and when, what is studied, prepared and taken along."""

from __future__ import annotations

from typing import Any

from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.plan_actions import issue_choices
from cps_training.apps.plan_fields import Fields, section
from cps_training.apps.plan_findings import rows_for, tab_of
from cps_training.apps.plan_form_state import form_state, frozen_by_right, mends, opens, removal
from cps_training.apps.plan_words import (
    BALANCES,
    MEETINGS,
    METHODS,
    STUDY,
    day,
    state_tag,
    things,
    visit_line,
    visit_title,
)
from cps_training.apps.session import Session
from cps_training.i18n import mark

AGENDA_WORDS = {"title": mark("วาระ"), "prep_note": mark("ศึกษาและเตรียมอะไรไว้")}
MOVABLE = ("draft", "request-returned")


def visits_state(session: Session, view: dict[str, Any], clauses: ClauseCards) -> dict[str, Any]:
    """The traits of the PlanForm with the visits, by their day."""
    _ = session
    make = Fields(session, view["document"], frozen_by_right(session, view))
    found = [one for one in view["findings"] if one["at"][0] == "visits" and tab_of(one) == "visits"]
    rows = sorted(things(view, "visits"), key=lambda one: one.get("planned_date") or "9999")
    sections = [_visit(session, view, make, one, found, len(rows)) for one in rows]
    ids = [one["id"] for each in sections for one in each["fields"]]
    return form_state(
        session,
        heading=_("การเข้าแนะนำส่งเสริม"),
        intro=_("เขียนแต่ละครั้งว่าจะไปทำเรื่องใด อยากได้ผลอะไร และเตรียมอะไรไป วันที่พิมพ์ได้เช่น 24 ก.ค. 2566"),
        sections=sections,
        findings=rows_for(session, view, found, clauses, ids),
        adds=[{"id": "visits", "label": _("เพิ่มการเข้า")}] if view["can_write"] else [],
        empty=_("ยังไม่มีการเข้า"),
    )


def _visit(
    session: Session,
    view: dict[str, Any],
    make: Fields,
    visit: dict[str, Any],
    found: list[dict[str, Any]],
    n_rows: int,
) -> dict[str, Any]:
    _, here = session, ("visits", visit["id"])
    orgs = [(one["id"], one.get("name", "")) for one in things(view, "orgs")]
    fields = [
        make((*here, "orgs"), "checks", options=make.own_options(orgs)),
        make((*here, "issues"), "checks", options=make.own_options(issue_choices(view))),
        make(
            (*here, "objective"),
            "area",
            hint=_("จะไปทำเรื่องใด และอยากได้ผลอะไร เช่น ให้กรรมการกำหนดวันตรวจนับเงินสดและผู้ลงนาม 2 คน"),
        ),
        make((*here, "method"), "select", options=make.options(METHODS)),
    ]
    if visit.get("method") == "other" or visit.get("method_note"):
        fields.append(make((*here, "method_note"), "text"))
    fields += [
        make((*here, "planned_date"), "date"),
        make((*here, "start"), "time"),
        make((*here, "end"), "time"),
        make((*here, "travel_minutes"), "number", unit=_("นาที")),
        make((*here, "officer"), "text"),
    ]
    if visit.get("holiday_reason") or _is_closed(view, visit.get("planned_date")):
        fields.append(make((*here, "holiday_reason"), "area"))
    fields += [
        make((*here, "study", item), "date", label=_("ศึกษา%(what)sเมื่อ") % {"what": _(name)})
        for item, name in STUDY.items()
    ]
    fields += [
        make((*here, "recorded_plan_on"), "date", hint=_("บันทึกก่อนวันเข้า")),
        make((*here, "content_refs"), "lines", hint=_("รายการละหนึ่งเรื่อง")),
        make((*here, "doc_refs"), "lines", hint=_("รายการละหนึ่งฉบับ")),
        make((*here, "meeting"), "select", options=make.options(MEETINGS)),
    ]
    if visit.get("meeting") or visit.get("agenda"):
        columns = [
            make.column("title", "text", AGENDA_WORDS["title"]),
            make.column("prep_note", "area", AGENDA_WORDS["prep_note"], most=2000),
        ]
        fields.append(make((*here, "agenda"), "rows", columns=columns, most=30, hint=_("วาระละหนึ่งแถว")))
    fields += [
        make((*here, "confirms"), "checks", options=make.options(BALANCES)),
        make((*here, "counts_cash"), "flag"),
    ]
    if orders := _orders(session, view, visit):
        fields.append(make((*here, "tracks_orders"), "checks", options=make.own_options(orders)))
    if any(
        one.get("registered_on") and not one.get("first_meeting_held_on")
        for one in things(view, "orgs")
        if one["id"] in visit["orgs"]
    ):
        fields.append(make((*here, "is_first_meeting_step"), "flag"))
    can_remove = view["can_write"] and not any(event["visit"] == visit["id"] for event in view["events"])
    is_new = not visit.get("objective") and not visit.get("method")
    return section(
        "/".join(here),
        visit_title(session, view, visit),
        fields,
        tags=[state_tag(session, view, visit["id"]), *mends(session, found, here)],
        summary=visit_line(session, visit),
        is_open=opens(found, here, is_new=is_new, n=n_rows),
        remove=removal(session, view, _("เอาการเข้านี้ออก"), _("เอาการเข้าครั้งนี้ออกจากแผนหรือไม่")) if can_remove else None,
    )


def _is_closed(view: dict[str, Any], on: str | None) -> bool:
    return bool(on) and on in view["closed_days"]


def _orders(session: Session, view: dict[str, Any], visit: dict[str, Any]) -> list[tuple[str, str]]:
    """(id, label) of the open orders of the places visited."""
    return [
        (order["id"], session("คำสั่งลงวันที่ %(day)s") % {"day": day(session, order["issued_on"])})
        for org in things(view, "orgs")
        if org["id"] in visit["orgs"]
        for order in org.get("open_orders", ())
    ]
