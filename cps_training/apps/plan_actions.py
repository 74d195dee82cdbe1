"""The second step of a plan as forms: the two levels, what policy and the all-group meeting decided, and what is done about each issue."""

from __future__ import annotations

from typing import Any

from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.plan_fields import Fields, section
from cps_training.apps.plan_findings import rows_for
from cps_training.apps.plan_form_state import form_state, frozen_by_right, mends, opens, removal
from cps_training.apps.plan_words import ORIGINS, PROJECTS, day, org_name, thing, things
from cps_training.apps.session import Session
from cps_training.i18n import mark

STRATEGY = ("policy_refs", "projects_considered", "all_group_meeting_on", "target_areas")
PROJECT_WORDS = {"name": mark("โครงการ"), "decision": mark("ผลการพิจารณา"), "why": mark("เหตุผล")}


def strategy_state(session: Session, view: dict[str, Any], clauses: ClauseCards) -> dict[str, Any]:
    """The traits of the PlanForm with the upper level."""
    _ = session
    make = Fields(session, view["document"], frozen_by_right(session, view))
    found = [one for one in view["findings"] if one["at"][0] in STRATEGY]
    fields = [
        make(("policy_refs",), "lines", hint=_("รายการละหนึ่งเรื่อง เช่น ลดหนี้ค้างชำระของสมาชิก")),
        make(
            ("projects_considered",),
            "rows",
            most=20,
            hint=_("โครงการที่พิจารณาแล้วไม่นำมาใช้ ให้บอกเหตุผลไว้ด้วย"),
            columns=[
                make.column("name", "text", PROJECT_WORDS["name"]),
                make.column("decision", "select", PROJECT_WORDS["decision"], options=make.options(PROJECTS)),
                make.column("why", "text", PROJECT_WORDS["why"], most=500),
            ],
        ),
        make(("all_group_meeting_on",), "date"),
        make(("target_areas",), "lines", hint=_("รายการละหนึ่งแห่งหรือหนึ่งพื้นที่")),
    ]
    return form_state(
        session,
        heading=_("ระดับกลยุทธ์"),
        intro=_("แผนต้องตอบทั้งนโยบายและความต้องการของสหกรณ์ บอกว่าแผนนี้ตอบนโยบายใด และที่ประชุมทุกกลุ่มงานตกลงอะไรไว้"),
        sections=[section("strategy", _("นโยบาย โครงการ และพื้นที่เป้าหมาย"), fields)],
        findings=rows_for(session, view, found, clauses, [one["id"] for one in fields]),
    )


def actions_state(session: Session, view: dict[str, Any], clauses: ClauseCards) -> dict[str, Any]:
    """The traits of the PlanForm with the lines of the action plan."""
    _ = session
    make = Fields(session, view["document"], frozen_by_right(session, view))
    found = [one for one in view["findings"] if one["at"][0] == "actions"]
    rows = things(view, "actions")
    sections = [_action(session, view, make, one, found, len(rows)) for one in rows]
    ids = [one["id"] for each in sections for one in each["fields"]]
    return form_state(
        session,
        heading=_("ระดับปฏิบัติการ"),
        intro=_("กิจกรรมที่จะทำ แต่ละบรรทัดตอบประเด็นใด ใครรับผิดชอบ เสร็จเมื่อใด"),
        sections=sections,
        findings=rows_for(session, view, found, clauses, ids),
        adds=[{"id": "actions", "label": _("เพิ่มกิจกรรม")}] if view["can_write"] else [],
        empty=_("ยังไม่มีกิจกรรม"),
    )


def _action(
    session: Session, view: dict[str, Any], make: Fields, line: dict[str, Any], found: list[dict[str, Any]], n_rows: int
) -> dict[str, Any]:
    _, here = session, ("actions", line["id"])
    policies = [(one, one) for one in {*view["document"].get("policy_refs", ()), *filter(None, [line.get("policy")])}]
    fields = [
        make((*here, "issue"), "select", options=make.own_options(issue_choices(view))),
        make((*here, "text"), "area"),
        make((*here, "origin"), "select", options=make.options(ORIGINS)),
        make((*here, "policy"), "select", options=make.own_options(sorted(policies))),
        make((*here, "owner"), "text"),
        make((*here, "due"), "date"),
    ]
    issue = thing(view, "issues", line.get("issue", ""))
    return section(
        "/".join(here),
        line.get("text") or _("กิจกรรมใหม่"),
        fields,
        summary=" · ".join(
            part
            for part in (
                org_name(view, issue["org"]) if issue else "",
                line.get("owner", ""),
                day(session, line.get("due")),
            )
            if part
        ),
        tags=mends(session, found, here),
        is_open=opens(found, here, is_new=not line.get("text"), n=n_rows),
        remove=removal(session, view, _("เอากิจกรรมนี้ออก"), _("เอากิจกรรมนี้ออกจากแผนหรือไม่")),
    )


def issue_choices(view: dict[str, Any]) -> list[tuple[str, str]]:
    """(id, text) of the issues, the open ones and those closed."""
    return [(one["id"], one.get("text") or one["id"]) for one in things(view, "issues")]
