"""The first step of a plan as forms: whose plan it is (cooperatives and groups), and what is to be worked on with what proves it."""

from __future__ import annotations

from datetime import date
from typing import Any

from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.plan_fields import Fields, section
from cps_training.apps.plan_findings import rows_for
from cps_training.apps.plan_form_state import form_state, frozen_by_right, mends, opens, removal
from cps_training.apps.plan_shapes import BETWEEN_ITEMS, REMINDERS, VOICES
from cps_training.apps.plan_words import (
    BALANCES,
    EVIDENCE,
    FUNDS,
    GROUPS,
    NEEDS,
    ORIGINS,
    STATUS,
    TOPICS,
    day,
    month_name,
    org_name,
    things,
)
from cps_training.apps.plan_words import VOICES as VOICE_NAMES
from cps_training.apps.refresher_page import KINDS
from cps_training.apps.session import Session
from cps_training.i18n import mark

MONTHS_BACK = 6
NEW_FOR_DAYS = 730
"""How long after its registration a cooperative is asked for its first general meeting."""
WORDS_OF_FILES = {
    "text": mark("หลักฐานคืออะไร"),
    "kind": mark("ชนิด"),
    "dated": mark("ลงวันที่"),
    "issued_on": mark("คำสั่งลงวันที่"),
    "items": mark("ข้อที่สั่งการ"),
    "fund": mark("กองทุน"),
    "due_on": mark("ครบกำหนดชำระ"),
    "remind_1": mark("วันเตือนครั้งที่ 1"),
    "remind_2": mark("วันเตือนครั้งที่ 2"),
    "remind_3": mark("วันเตือนครั้งที่ 3"),
}


def issues_state(session: Session, view: dict[str, Any], clauses: ClauseCards) -> dict[str, Any]:
    """The traits of the PlanForm with the issues."""
    _ = session
    fields = Fields(session, view["document"], frozen_by_right(session, view))
    found = [one for one in view["findings"] if one["at"][0] in ("issues", "previous")]
    rows = things(view, "issues")
    sections = [_issue(session, view, fields, one, clauses, found, len(rows)) for one in rows]
    ids = [one["id"] for each in sections for one in each["fields"]]
    return form_state(
        session,
        heading=_("ประเด็นที่จะทำ"),
        intro=_(
            "เขียนทีละเรื่อง ว่าเป็นปัญหาหรือความต้องการใด มีหลักฐานอะไร เกิดจากอะไร และอยากให้เป็นอย่างไร วันที่พิมพ์ได้เช่น 24 ก.ค. 2566"
        ),
        sections=sections,
        findings=rows_for(session, view, found, clauses, ids),
        adds=[{"id": "issues", "label": _("เพิ่มประเด็น")}] if view["can_write"] else [],
        empty=_("ยังไม่มีประเด็น เริ่มจากเรื่องที่สำคัญที่สุดก่อน"),
    )


def _issue(
    session: Session,
    view: dict[str, Any],
    make: Fields,
    issue: dict[str, Any],
    clauses: ClauseCards,
    found: list[dict[str, Any]],
    n_rows: int,
) -> dict[str, Any]:
    _, here = session, ("issues", issue["id"])
    orgs = [(one["id"], one.get("name", "")) for one in things(view, "orgs")]
    fields = [
        make((*here, "org"), "select", options=make.own_options(orgs)),
        make((*here, "text"), "area", hint=_("บอกว่าเกิดอะไรขึ้น กี่ราย หรือเท่าใด เรื่องเดียวต่อหนึ่งประเด็น")),
        make((*here, "kind"), "radio", options=make.options(NEEDS)),
        make((*here, "topic"), "select", options=make.options(TOPICS)),
        make(
            (*here, "evidence"),
            "rows",
            hint=_("ต้องมีเอกสารอย่างน้อยหนึ่งรายการ ความต้องการใช้บันทึกเสวนาที่ลงวันที่ได้"),
            most=20,
            columns=[
                make.column("text", "text", WORDS_OF_FILES["text"], most=500),
                make.column("kind", "select", WORDS_OF_FILES["kind"], options=make.options(EVIDENCE)),
                make.column("dated", "date", WORDS_OF_FILES["dated"]),
                *(make.column(name, "flag", VOICE_NAMES[name]) for name in VOICES),
            ],
        ),
        make((*here, "root_cause"), "area", hint=_("สาเหตุที่แก้แล้วเรื่องนี้จะหายไป")),
        make((*here, "priority"), "number", unit=_("1 = ทำก่อน")),
        make((*here, "origin"), "select", options=make.options(ORIGINS)),
        make((*here, "academic_group"), "select", options=make.options(GROUPS)),
        make((*here, "consulted_on"), "date"),
        make((*here, "returned_to_board_on"), "date"),
        make((*here, "target"), "area", hint=_("จะให้เป็นเท่าใด ภายในเมื่อใด")),
        make((*here, "indicator"), "text", most=500, hint=_("จะรู้ได้จากอะไรว่าถึงเป้าหมาย")),
        make((*here, "method"), "area"),
        make((*here, "prevention"), "area"),
        make((*here, "owner"), "text", hint=_("ชื่อหรือตำแหน่งของคนเดียว เช่น เหรัญญิก")),
        make((*here, "due"), "date"),
    ]
    if issue.get("topic") == "project" or issue.get("feasibility"):
        figures = (*here, "feasibility")
        fields += [
            make((*figures, "invest"), "number", label=_("เงินลงทุน"), unit=_("บาท")),
            make((*figures, "source"), "text", label=_("แหล่งเงิน")),
            make((*figures, "payback_years"), "number", label=_("คืนทุนใน"), unit=_("ปี")),
        ]
    fields.append(make((*here, "status"), "radio", options=make.options(STATUS)))
    if issue.get("status") == "closed":
        fields.append(make((*here, "closed_reason"), "area"))
    is_closed = issue.get("status") == "closed"
    tags = [{"text": _(STATUS["closed"]), "kind": "plain"}] if is_closed else []
    if issue.get("origin") == "carry_over":
        tags.append({"text": _(ORIGINS["carry_over"]), "kind": "plain"})
    cited = [one["label"] for one in clauses.cite(issue.get("clauses", []))]
    return section(
        "/".join(here),
        issue.get("text") or _("ประเด็นใหม่"),
        fields,
        tags=[*tags, *mends(session, found, here)],
        summary=" · ".join(part for part in (org_name(view, issue["org"]), *cited) if part),
        is_open=not is_closed and opens(found, here, is_new=not issue.get("text"), n=n_rows),
        remove=removal(session, view, _("เอาประเด็นนี้ออก"), _("เอาประเด็นนี้ออกจากแผนหรือไม่")),
    )


def orgs_state(session: Session, view: dict[str, Any], clauses: ClauseCards, drafts: dict[str, Any]) -> dict[str, Any]:
    """The traits of the PlanForm with what is known of each cooperative or group. drafts: rows that cannot be kept yet."""
    _ = session
    fields = Fields(session, view["document"], frozen_by_right(session, view), drafts)
    found = [one for one in view["findings"] if one["at"][0] == "orgs"]
    rows = things(view, "orgs")
    top = section(
        "plan", _("แผนนี้"), [fields(("title",), "text"), fields(("officer",), "text")], is_open=not rows[0].get("name")
    )
    sections = [top, *(_org(session, view, fields, one, found, len(rows)) for one in rows)]
    ids = [one["id"] for each in sections for one in each["fields"]]
    return form_state(
        session,
        heading=_("สหกรณ์และกลุ่มเกษตรกรในแผน"),
        intro=_("ข้อมูลของแต่ละแห่งที่เกณฑ์ใช้ตรวจ เช่น คำสั่งที่ยังไม่ปิด และสินเชื่อของรัฐที่ใกล้ครบกำหนด"),
        sections=sections,
        findings=rows_for(session, view, found, clauses, ids),
        adds=[{"id": "orgs", "label": _("เพิ่มสหกรณ์หรือกลุ่มเกษตรกร")}] if view["can_write"] else [],
    )


def _org(
    session: Session, view: dict[str, Any], make: Fields, org: dict[str, Any], found: list[dict[str, Any]], n_rows: int
) -> dict[str, Any]:
    _, here = session, ("orgs", org["id"])
    fields = [
        make((*here, "name"), "text"),
        make((*here, "kind"), "select", options=make.options(KINDS)),
        make((*here, "registered_on"), "date"),
    ]
    if _is_new(view, org) or org.get("first_meeting_held_on"):
        fields.append(make((*here, "first_meeting_held_on"), "date"))
    fields += [
        make((*here, "balances"), "checks", options=make.options(BALANCES)),
        make((*here, "minutes_copies"), "checks", options=_months(session, view, org)),
        make((*here, "data_gaps", "looked"), "flag", label=_("ตรวจข้อมูลของแห่งนี้ในระบบแล้ว")),
        make((*here, "data_gaps", "items"), "lines", hint=_("รายการละหนึ่งเรื่อง ถ้าตรวจแล้วไม่ขาดให้เว้นว่าง")),
        make(
            (*here, "open_orders"),
            "rows",
            most=20,
            hint=_("คั่นข้อที่สั่งการแต่ละข้อด้วยเครื่องหมาย %(mark)s") % {"mark": BETWEEN_ITEMS},
            columns=[
                make.column("issued_on", "date", WORDS_OF_FILES["issued_on"]),
                make.column("items", "text", WORDS_OF_FILES["items"], most=1000),
            ],
        ),
        make(
            (*here, "state_credit"),
            "rows",
            most=20,
            columns=[
                make.column("fund", "select", WORDS_OF_FILES["fund"], options=make.options(FUNDS)),
                make.column("due_on", "date", WORDS_OF_FILES["due_on"]),
                *(make.column(name, "date", WORDS_OF_FILES[name]) for name in REMINDERS),
            ],
        ),
    ]
    return section(
        "/".join(here),
        org.get("name") or _("แห่งใหม่"),
        fields,
        summary=" · ".join(part for part in (_(KINDS[org["kind"]]), day(session, org.get("registered_on"))) if part),
        tags=mends(session, found, here),
        is_open=opens(found, here, is_new=not org.get("name"), n=0),
        remove=removal(session, view, _("เอาแห่งนี้ออก"), _("เอาแห่งนี้ออกจากแผนหรือไม่")) if n_rows > 1 else None,
    )


def _is_new(view: dict[str, Any], org: dict[str, Any]) -> bool:
    since = org.get("registered_on") or ""
    return since != "" and (date.fromisoformat(view["today"]) - date.fromisoformat(since)).days < NEW_FOR_DAYS


def _months(session: Session, view: dict[str, Any], org: dict[str, Any]) -> list[dict[str, Any]]:
    """The last months as choices, and those ticked already."""
    today = date.fromisoformat(view["today"])
    count = today.year * 12 + today.month - 1
    recent = [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(count - MONTHS_BACK, count)]
    named = sorted({*recent, *org.get("minutes_copies", ())})
    return [{"value": one, "label": month_name(session, int(one[:4]), int(one[5:]))} for one in named]
