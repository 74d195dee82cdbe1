"""Who writes a plan together, as the traits of a form."""

from __future__ import annotations

from typing import Any

from cps_training.apps.plan_fields import Fields, field_id, section
from cps_training.apps.plan_form_state import form_state
from cps_training.apps.session import Session

SHARE = "share"


def sharing_state(session: Session, view: dict[str, Any], drafts: dict[str, Any]) -> dict[str, Any]:
    """The traits of the PlanForm with the writers; only the owner lets others write."""
    _ = session
    names = ", ".join(one["name"] for one in view["writers"])
    fields, buttons = [], []
    if view["is_mine"]:
        make = Fields(session, view["document"], drafts=drafts)
        fields = [make(field_id(SHARE, "code"), "text", label=_("รหัสเจ้าหน้าที่ของเพื่อนร่วมงาน"), most=40)]
        empty = "" if str(drafts.get(field_id(SHARE, "code")) or "").strip() else _("ใส่รหัสก่อน")
        buttons = [
            {"id": "share:on", "label": _("ให้เขียนด้วย"), "kind": "", "confirm": None, "disabled": empty},
            {"id": "share:off", "label": _("ไม่ให้เขียนแล้ว"), "kind": "", "confirm": None, "disabled": empty},
        ]
    return form_state(
        session,
        heading=_("ผู้เขียนแผนนี้"),
        intro=_("เขียนพร้อมกันได้ ถ้าแก้ช่องเดียวกัน คนที่สองจะเห็นข้อความของทั้งสองคนและเลือกเอง"),
        sections=[section(SHARE, "", fields, intro=_("ผู้เขียน: %(names)s") % {"names": names}, buttons=buttons)],
        findings=[],
    )
