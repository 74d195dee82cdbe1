"""What the forms of a plan share: their labels, who may write, which sections stand open, how a thing is taken away. Knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cps_training.apps.plan_fields import path_of
from cps_training.apps.plan_findings import counts
from cps_training.apps.plan_words import FINDING_WORDS, SAVING, date_words, things, words
from cps_training.apps.session import Session
from cps_training.i18n import mark

MOST_OPEN = 2
"""So many things of a kind stand open together; of more, only those with something to mend."""
FROZEN_WHEN_ASKED = ("orgs", "issues", "planned_date", "method", "method_note", "objective", "meeting")
"""Fields of a visit that stay as they were asked for, unless the request is returned."""
CHANGEABLE = ("draft", "request-returned")
WRITABLE = ("performed", "report-returned")
LABELS = {
    "choose": mark("เลือก"),
    "letters": mark("{n} จาก {most} ตัวอักษร"),
    "bad_date": mark("วันที่นี้อ่านไม่ได้ เขียนเช่น 24 ก.ค. 2566"),
    "bad_time": mark("เวลานี้อ่านไม่ได้ เขียนเช่น 09:30"),
    "bad_number": mark("โปรดเขียนเป็นตัวเลข"),
    "yes": mark("ใช่"),
    "no": mark("ไม่ใช่"),
    "row": mark("รายการที่ {n}"),
    "add_row": mark("เพิ่มรายการ"),
    "drop_row": mark("เอาออก"),
    "undo_drop": mark("เอากลับมา"),
    "count_errors": mark("ต้องแก้ {n}"),
    "count_warnings": mark("ควรแก้ {n}"),
    "count_hints": mark("แนะนำ {n}"),
    "unsent": mark("ช่องนี้ไม่มีในแผนแล้ว ที่พิมพ์ไว้คือ"),
    "forget": mark("ไม่ใช้แล้ว"),
    "retry": mark("บันทึกอีกครั้ง"),
    "in_plan": mark("ในแผนตอนนี้"),
    "clash": mark("มีคนแก้ช่องนี้ระหว่างที่คุณเขียน"),
    "keep_mine": mark("ใช้ของฉัน"),
    "use_theirs": mark("ใช้ของเขา"),
    "locked": mark("แก้ไม่ได้"),
}


def form_state(
    session: Session, *, sections: list[dict[str, Any]], findings: list[dict[str, Any]], **more: Any
) -> dict[str, Any]:
    """The traits of a PlanForm. empty: what its intro adds where there is nothing yet."""
    empty = more.pop("empty", "")
    intro = more.pop("intro", "")
    return {
        "heading": more.pop("heading"),
        "intro": f"{intro} {empty}".strip() if empty and not sections else intro,
        "sections": sections,
        "findings": findings,
        "adds": more.pop("adds", []),
        "labels": {**words(session, SAVING, LABELS, FINDING_WORDS), **date_words(session)},
    }


def frozen_by_right(session: Session, view: Mapping[str, Any]) -> Callable[[str], str]:
    """Why a field cannot be written: the plan is somebody else's, or it was asked for as it stands."""
    if not view["can_write"]:
        why = session("แผนของผู้อื่น ดูได้อย่างเดียว")
        return lambda _: why
    asked = session("ขออนุญาตไปแล้ว จึงแก้ไม่ได้ ถ้าคำขอถูกส่งกลับจึงจะแก้ได้")
    later = session("เขียนได้หลังบันทึกการเข้า และก่อนส่งรายงาน")
    visit_of = {one["id"]: one["visit"] for name in ("records", "reports") for one in things(view, name)}

    def why_not(field: str) -> str:
        at = path_of(field)
        if at[0] == "visits" and len(at) > 2:
            is_free = at[2] not in FROZEN_WHEN_ASKED or view["states"].get(at[1], "draft") in CHANGEABLE
            return "" if is_free else asked
        if at[0] in ("records", "reports") and at[1] in visit_of:
            return "" if view["states"].get(visit_of[at[1]], "draft") in WRITABLE else later
        return ""

    return why_not


def mends(session: Session, found: Iterable[Mapping[str, Any]], here: tuple[str, str]) -> list[dict[str, str]]:
    """Tags that say how much is to be mended in a thing, also while its section is folded."""
    made = counts(one for one in found if tuple(one["at"][:2]) == here)
    tags = []
    if made["error"]:
        tags.append({"text": session("ต้องแก้ %(n)s") % {"n": made["error"]}, "kind": "bad"})
    if made["warning"]:
        tags.append({"text": session("ควรแก้ %(n)s") % {"n": made["warning"]}, "kind": "due"})
    return tags


def opens(found: Iterable[Mapping[str, Any]], here: tuple[str, str], *, is_new: bool, n: int) -> bool:
    """Whether a thing's section stands open at first: it is new, one of a few, or the first with errors."""
    first = next((tuple(one["at"][:2]) for one in found if one["severity"] == "error"), None)
    return is_new or 0 < n <= MOST_OPEN or first == here


def removal(session: Session, view: Mapping[str, Any], label: str, question: str) -> dict[str, Any] | None:
    """How a thing is taken away; None for whoever may not write."""
    if not view["can_write"]:
        return None
    return {"label": label, "confirm": {"text": question, "yes": session("เอาออก"), "no": session("ไม่เอาออก")}}
