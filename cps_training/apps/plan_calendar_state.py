"""The calendar of a plan as its widget's traits: whole weeks with holidays, each visit on its day, what clashes. Decides nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from cps_training.apps.plan_form_state import CHANGEABLE
from cps_training.apps.plan_words import (
    METHODS,
    SAVING,
    WEEKDAYS,
    day,
    month_name,
    org_names,
    short_day,
    things,
    words,
)
from cps_training.apps.session import Session
from cps_training.i18n import mark

CLASHES = ("R19", "R20", "R18", "R17")
"""Rules about days and times: what they say stands on the visit itself."""
LABELS = {
    "views": mark("แสดงปฏิทิน"),
    "month": mark("รายเดือน"),
    "week": mark("รายสัปดาห์"),
    "previous": mark("ก่อนหน้า"),
    "next": mark("ถัดไป"),
    "hint": mark("กดที่การเข้าแล้วเลือกวัน หรือใช้เมาส์ลากไปวางในวันที่ต้องการ"),
    "days": mark("วันในปฏิทิน"),
    "today": mark("วันนี้"),
    "closed": mark("วันหยุด"),
    "waiting": mark("ยังไม่กำหนดวัน"),
    "none_waiting": mark("ทุกครั้งมีวันแล้ว"),
    "due": mark("ควรแก้"),
    "wrong": mark("ต้องแก้"),
    "fixed": mark("ขออนุญาตแล้ว เลื่อนไม่ได้"),
    "taken": mark("หยิบ {title} แล้ว กดลูกศรเลือกวัน กด Enter เพื่อวาง กด Esc เพื่อยกเลิก"),
    "over": mark("{day}"),
    "beside": mark("มีการเข้าอยู่แล้ว {n} ครั้ง"),
    "edge": mark("ไม่มีวันถัดไปในหน้านี้"),
    "placed": mark("วาง {title} ไว้ที่ {day} แล้ว"),
    "taken_off": mark("เอา {title} ออกจากวันแล้ว"),
    "let_go": mark("ยังไม่ย้าย {title}"),
    "moving": mark("ย้าย {title}"),
    "choose": mark("ย้ายไปวันที่"),
    "choose_day": mark("เลือกวัน"),
    "choose_first": mark("โปรดเลือกวันก่อน"),
    "put": mark("วางในวันนี้"),
    "take_off": mark("เอาออกจากวัน"),
    "open": mark("เปิดการเข้านี้"),
    "cancel": mark("ไม่ย้าย"),
    "keys": mark("ลูกศรเลือกวัน Enter วาง Esc ยกเลิก"),
    "all_days": mark("แสดงทุกวัน"),
    "only_visits": mark("แสดงเฉพาะวันที่มีการเข้า"),
}


def calendar_state(session: Session, view: dict[str, Any], kind: str, anchor: date) -> dict[str, Any]:
    """The traits of a PlanCalendar without its labels. kind: month | week; anchor: a day of what is shown."""
    _ = session
    first, last = span(kind, anchor)
    visits: dict[str, list[dict[str, Any]]] = {}
    for one in things(view, "visits"):
        visits.setdefault(one.get("planned_date") or "", []).append(_visit(session, view, one))
    days = []
    for n in range((last - first).days + 1):
        on = first + timedelta(days=n)
        iso = on.isoformat()
        closed = view["closed_days"].get(iso)
        weekday = session(WEEKDAYS[on.weekday()])
        days.append(
            {
                "date": iso,
                "label": f"{weekday} {short_day(session, iso) if on.day == 1 else on.day}",
                "long": f"{weekday} {day(session, iso)}",
                "is_closed": closed is not None or on.weekday() > 4,
                "closed": session.local(closed) if closed else "",
                "is_out": kind == "month" and on.month != anchor.month,
                "is_today": iso == view["today"],
                "visits": visits.get(iso, []),
            }
        )
    if kind == "month":
        title = month_name(session, anchor.year, anchor.month)
    else:
        title = f"{short_day(session, first.isoformat())} – {day(session, last.isoformat())}"
    return {
        "heading": _("ปฏิทิน"),
        "intro": _("วางการเข้าลงในวัน ย้ายได้ตลอดก่อนขออนุญาต ปฏิทินรายเดือนและรายสัปดาห์เป็นข้อมูลชุดเดียวกัน"),
        "view": kind,
        "title": title,
        "days": days,
        "waiting": visits.get("", []),
    }


def calendar_labels(session: Session) -> dict[str, str]:
    return words(session, SAVING, LABELS)


def span(kind: str, anchor: date) -> tuple[date, date]:
    """The first and last day shown: whole weeks from Monday; a month with the weeks it stands in."""
    first = anchor.replace(day=1) if kind == "month" else anchor
    first -= timedelta(days=first.weekday())
    if kind == "week":
        return first, first + timedelta(days=6)
    last = (anchor.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first, last + timedelta(days=6 - last.weekday())


def turned(kind: str, anchor: date, by: int) -> date:
    """A day of the month or week before (-1) or after (1)."""
    if kind == "week":
        return anchor + timedelta(days=7 * by)
    count = anchor.year * 12 + anchor.month - 1 + by
    return date(count // 12, count % 12 + 1, 1)


def start_of(view: dict[str, Any]) -> date:
    """Where the calendar opens: at the first visit that lies ahead, else at today."""
    ahead = sorted(
        one["planned_date"] for one in things(view, "visits") if (one.get("planned_date") or "") >= view["today"]
    )
    return date.fromisoformat(ahead[0] if ahead else view["today"])


def _visit(session: Session, view: dict[str, Any], visit: dict[str, Any]) -> dict[str, Any]:
    found = [one for one in view["findings"] if one["at"][:2] == ["visits", visit["id"]]]
    severities = {one["severity"] for one in found}
    clash = [session.local(one["title"]) for one in found if one["rule"] in CLASHES]
    hours = "–".join(part[:5] for part in (visit.get("start"), visit.get("end")) if part)
    method = session(METHODS[visit["method"]]) if visit.get("method") else session("ยังไม่ระบุวิธี")
    return {
        "id": visit["id"],
        "title": org_names(view, visit["orgs"]),
        "line": " · ".join(part for part in (hours, method) if part),
        "kind": "wrong" if "error" in severities else "due" if "warning" in severities else "ok",
        "clash": " · ".join(dict.fromkeys(clash)),
        "is_fixed": not view["can_write"] or view["states"].get(visit["id"], "draft") not in CHANGEABLE,
    }
