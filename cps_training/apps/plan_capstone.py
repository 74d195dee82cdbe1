"""The capstone of each case as a row of the list of plans: solve it, plan it, pass both gates; how far one has come, and the next thing."""

from __future__ import annotations

from typing import Any

from cps_training.apps.case_words import PATH as CASES
from cps_training.apps.plan_words import PATH
from cps_training.apps.session import Session
from cps_training.i18n import mark

STAGES = {
    "case": mark("วิเคราะห์กรณีผ่าน"),
    "plan": mark("ทำแผนจากกรณี"),
    "request": mark("ได้รับอนุญาต"),
    "report": mark("รายงานได้รับอนุมัติ"),
}
NEXT = {
    "case": mark("ต่อไป: วิเคราะห์กรณีให้ผ่านเกณฑ์"),
    "plan": mark("ต่อไป: เริ่มแผนจากกระดานปัญหาของกรณีนี้ด้านล่าง"),
    "request": mark("ต่อไป: ขออนุญาตเข้าปฏิบัติงานอย่างน้อยหนึ่งครั้ง"),
    "report": mark("ต่อไป: ปฏิบัติ บันทึก และส่งรายงานให้ได้รับอนุมัติ"),
}


def rows(session: Session, told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of a PlanList. told: `capstone` of the desk's answer to Plans."""
    return [_row(session, one) for one in told]


def _row(session: Session, one: dict[str, Any]) -> dict[str, Any]:
    _ = session
    ahead = next((stage["id"] for stage in one["stages"] if not stage["is_done"]), None)
    return {
        "id": f"capstone-{one['case_id']}",
        "title": _("งานรวบยอด · %(name)s") % {"name": session.local(one["name"])},
        "about": _(NEXT[ahead]) if ahead else _("ครบทุกขั้น ตั้งแต่วิเคราะห์กรณีจนรายงานได้รับอนุมัติ"),
        "status": [
            {"text": _(STAGES[stage["id"]]), "kind": "done" if stage["is_done"] else "plain"} for stage in one["stages"]
        ],
        "action": _action(session, one, ahead),
    }


def _action(session: Session, one: dict[str, Any], ahead: str | None) -> dict[str, Any] | None:
    """To the case until it is solved, then to the plan that came furthest; none where a plan is to be begun below."""
    if session.is_lab:
        return None
    if ahead == "case":
        return {"label": session("เปิดกรณี"), "href": f"{CASES}?case={one['case_id']}", "id": "", "primary": False}
    if one["plan_id"]:
        return {"label": session("เปิดแผน"), "href": f"{PATH}?plan={one['plan_id']}", "id": "", "primary": False}
    return None
