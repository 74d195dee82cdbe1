"""The list of plans and the ways to begin one, as the traits of a PlanList, and a form that was sent as a message to the desk."""

from __future__ import annotations

from typing import Any

from cps_training.apps import plan_capstone
from cps_training.apps.plan_head import state_summary
from cps_training.apps.plan_words import MODES, PATH, SAVING, moment, words
from cps_training.apps.refresher_page import KINDS
from cps_training.apps.session import Session
from cps_training.desk import plan_messages
from cps_training.errors import KitError
from cps_training.i18n import mark
from cps_training.views._view import Intent

MODE_NOTES = {
    "solo": mark("ผู้อนุมัติจำลองพิจารณาตามเกณฑ์ และคุณเลื่อนวันในแบบฝึกได้เอง เหมาะกับการฝึก"),
    "office": mark("สหกรณ์จังหวัดของสำนักงานเป็นผู้พิจารณา ตามวันจริง เหมาะกับงานจริง"),
}
LABELS = {"begin": mark("เริ่มแผนใหม่"), "close": mark("ปิด"), "optional": mark("ไม่บังคับ")}
UNDER_WAY = ("performed", "reported", "report-returned", "report-approved")


def list_state(session: Session, said: dict[str, Any]) -> dict[str, Any]:
    """The traits of a PlanList. said: the desk's answer to Plans."""
    _ = session
    return {
        "heading": _("แผนงาน"),
        "intro": _("วางแผนเข้าแนะนำส่งเสริม ขออนุญาต บันทึกผล และรายงาน โดยมีเกณฑ์จากคู่มือช่วยตรวจทุกช่อง"),
        "rows": [
            *(_row(session, one, is_first=n == 0) for n, one in enumerate(said["mine"])),
            *plan_capstone.rows(session, said["capstone"]),
        ],
        "empty": _("ยังไม่มีแผน เริ่มแผนแรกได้ด้านล่าง"),
        "note": "",
        "forms": forms(session, said),
        "labels": words(session, SAVING, LABELS),
    }


def _row(session: Session, row: dict[str, Any], *, is_first: bool) -> dict[str, Any]:
    _ = session
    status = state_summary(session, row["states"]) or [{"text": _("ยังไม่มีการเข้า"), "kind": "plain"}]
    if row["n_errors"]:
        status.append({"text": _("ต้องแก้ %(n)s ข้อ") % {"n": row["n_errors"]}, "kind": "bad"})
    about = [
        _(MODES[row["mode"]]),
        _("การเข้า %(n)s ครั้ง") % {"n": row["n_visits"]},
        _("แก้ล่าสุด %(moment)s") % {"moment": moment(session, row["changed_at"])},
        "" if row["is_mine"] else _("แผนของ %(name)s") % {"name": row["owner"]},
    ]
    return {
        "id": row["plan_id"],
        "title": row["title"] or _("แผนที่ยังไม่มีชื่อ"),
        "about": " · ".join(part for part in about if part),
        "status": status,
        "action": {
            "label": _("เปิดแผน"),
            "href": None if session.is_lab else f"{PATH}?plan={row['plan_id']}",
            "id": f"plan:{row['plan_id']}",
            "primary": is_first,
        },
    }


def forms(session: Session, said: dict[str, Any]) -> dict[str, Any]:
    """{form id: form} of the ways to begin that are open to the person."""
    _ = session
    made: dict[str, Any] = {}
    if cases := said["cases"]:
        options = [
            {
                "value": one["work_id"],
                "label": _("%(name)s · ข้อค้นพบ %(n)s ข้อ") % {"name": session.local(one["name"]), "n": one["n_findings"]},
            }
            for one in cases
        ]
        made["case"] = _form(
            session,
            _("จากกระดานปัญหาของกรณีศึกษา"),
            _("ข้อค้นพบที่ส่งไว้จะเป็นประเด็นของแผน พร้อมหลักฐานที่แนบ"),
            [_select(_("กรณีศึกษาที่ส่งงานแล้ว"), options), _mode(session)],
        )
    if said["templates"]:
        choices = [
            {"value": one["id"], "label": session.local(one["title"]), "note": session.local(one["intro"])}
            for one in said["templates"]
        ]
        template = _select(_("แผนตั้งต้น"), choices) | {"type": "radio"}
        made["template"] = _form(
            session, _("จากแผนตั้งต้น"), _("แผนตัวอย่างที่เขียนไว้แล้ว แก้ให้เป็นของแห่งที่ดูแล"), [template, _mode(session)]
        )
    made["nothing"] = _form(
        session,
        _("เริ่มจากแผนเปล่า"),
        _("ใส่สหกรณ์หรือกลุ่มเกษตรกรแห่งแรก เพิ่มแห่งอื่นได้ภายหลัง")
        if cases
        else _("ใส่สหกรณ์หรือกลุ่มเกษตรกรแห่งแรก เพิ่มแห่งอื่นได้ภายหลัง ถ้าอยากเริ่มจากกรณีศึกษา ให้ส่งกระดานปัญหาก่อน"),
        [
            _text("name", _("ชื่อสหกรณ์หรือกลุ่มเกษตรกร")),
            _select(_("ประเภท"), [{"value": kind, "label": _(name)} for kind, name in KINDS.items()], "kind"),
            _text("title", _("ชื่อแผน"), _("เช่น แผนเข้าแนะนำส่งเสริม เดือนสิงหาคม 2566")),
            _mode(session),
        ],
    )
    done = [one for one in said["mine"] if any(one["states"].get(state) for state in UNDER_WAY)]
    if done:
        options = [{"value": one["plan_id"], "label": one["title"] or one["plan_id"], "own": True} for one in done]
        made["plan"] = _form(
            session,
            _("แผนรอบถัดไป"),
            _("แห่งเดิม พร้อมประเด็นที่ยังค้างจากบันทึกของแผนก่อน"),
            [_select(_("ต่อจากแผน"), options), _mode(session)],
        )
    return made


def _form(session: Session, title: str, intro: str, fields: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "title": title,
        "intro": intro,
        "submit": session("เริ่มแผน"),
        "kind": "primary",
        "confirm": None,
        "fields": fields,
    }


def _mode(session: Session) -> dict[str, Any]:
    options = [
        {"value": name, "label": session(MODES[name]), "note": session(note)} for name, note in MODE_NOTES.items()
    ]
    return {"name": "mode", "type": "radio", "label": session("จะใช้แผนนี้อย่างไร"), "value": "solo", "options": options}


def _select(label: str, options: list[dict[str, Any]], name: str = "source") -> dict[str, Any]:
    return {"name": name, "type": "select", "label": label, "value": options[0]["value"], "options": options}


def _text(name: str, label: str, hint: str = "") -> dict[str, Any]:
    return {"name": name, "type": "text", "label": label, "value": "", "hint": hint, "most": 200}


def begin(session: Session, intent: Intent) -> dict[str, Any]:
    """The PlanView of the plan that was begun. Raises KitError, with `place` the field that is missing where there is one."""
    values = intent.values
    if intent.form == "nothing" and not values["name"].strip():
        raise KitError("org-missing", mark("โปรดใส่ชื่อสหกรณ์หรือกลุ่มเกษตรกร"), place="name")
    return session.ask(
        plan_messages.BeginPlan(
            source_kind=intent.form,
            source_id=values.get("source", ""),
            mode="office" if values["mode"] == "office" else "solo",
            title=values.get("title", "").strip(),
            org={"name": values["name"].strip(), "kind": values["kind"]} if intent.form == "nothing" else None,
            answer_id=intent.send_id,
        )
    )
