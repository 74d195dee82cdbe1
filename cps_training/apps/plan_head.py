"""The head of a plan as its widget's traits: its stages with the two gates, its parts with what is to be mended there, the simulated day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from cps_training.apps.plan_findings import counts, tab_of
from cps_training.apps.plan_words import MODES, PATH, STATES, day, org_name, short_day, things
from cps_training.apps.session import Session
from cps_training.i18n import mark

TABS = {
    "issues": mark("ประเด็น"),
    "actions": mark("แผนสองระดับ"),
    "calendar": mark("ปฏิทิน"),
    "visits": mark("การเข้า"),
    "request": mark("ขออนุญาต"),
    "records": mark("บันทึก"),
    "report": mark("รายงาน"),
    "review": mark("ทบทวน"),
}
"""The steps, in the order in which an officer works."""
STAGES = (
    ("draft", mark("ร่าง"), "", False),
    ("request", mark("ขออนุญาต"), "2.3", True),
    ("perform", mark("ปฏิบัติงาน"), "3.1", False),
    ("report", mark("สรุปรายงาน"), "3.2", False),
    ("approve", mark("อนุมัติรายงาน"), "3.3", True),
    ("develop", mark("พัฒนาต่อ"), "", False),
)
"""(id, label, clause of the handbook's CPS, whether it is a gate)."""
STAGE_OF = {
    "draft": 0,
    "requested": 1,
    "request-returned": 1,
    "approved": 2,
    "performed": 3,
    "report-returned": 3,
    "reported": 4,
    "report-approved": 5,
}
"""At which stage a visit in a state stands."""
LABELS = {
    "stages": mark("ขั้นของแผน"),
    "tabs": mark("ส่วนของแผน"),
    "clock": mark("วันในแบบฝึก"),
    "done": mark("ผ่านแล้ว"),
    "now": mark("อยู่ขั้นนี้"),
    "todo": mark("ยังไม่ถึง"),
    "step": mark("ขั้นที่ {n} จาก {total}"),
}


def head_state(session: Session, view: dict[str, Any], tab: str, **more: Any) -> dict[str, Any]:
    """The traits of a PlanRoom. more: state and notice."""
    orgs = ", ".join(one.get("name", "") for one in things(view, "orgs")[:3])
    others = len(things(view, "orgs")) - 3
    line = [
        orgs,
        session("และอีก %(n)s แห่ง") % {"n": others} if others > 0 else "",
        "" if view["is_mine"] else session("แผนของ %(name)s") % {"name": view["owner"]},
        session("เขียนร่วมกับ %(names)s") % {"names": ", ".join(one["name"] for one in view["writers"][1:])}
        if view["is_mine"] and len(view["writers"]) > 1
        else "",
    ]
    return {
        "title": view["title"] or session("แผนที่ยังไม่มีชื่อ"),
        "line": " · ".join(part for part in line if part),
        "tag": {"text": session(MODES[view["mode"]]), "kind": "plain"},
        "back": None if session.is_lab else {"label": session("แผนทั้งหมด"), "href": PATH},
        "stages": stages(session, view["states"]),
        "tabs": [_tab(session, view, name, label) for name, label in TABS.items()],
        "current": tab,
        "clock": clock(session, view),
        "labels": {name: session(text) for name, text in LABELS.items()},
        "notice": None,
        "state": None,
        **more,
    }


def stages(session: Session, states: Mapping[str, str]) -> list[dict[str, Any]]:
    """Where the plan stands: where the visit stands that is furthest back, of those on their way where any is."""
    reached = [STAGE_OF[state] for state in states.values()]
    now = min([n for n in reached if n] or [0])
    return [
        {
            "id": name,
            "label": session(label),
            "clause": session("ข้อ %(n)s") % {"n": clause} if clause else "",
            "state": "done" if n < now else "now" if n == now else "todo",
            "is_gate": is_gate,
        }
        for n, (name, label, clause, is_gate) in enumerate(STAGES)
    ]


def _tab(session: Session, view: dict[str, Any], name: str, label: str) -> dict[str, str]:
    """A tab with how much is to be mended there: errors, else warnings; at the gates, what waits to be sent."""
    found = counts(one for one in view["findings"] if tab_of(one) == name)
    n, kind = (found["error"], "bad") if found["error"] else (found["warning"], "due")
    if name in ("records", "report"):
        waits = ("approved",) if name == "records" else ("performed", "report-returned")
        waiting = sum(1 for state in view["states"].values() if state in waits)
        n, kind = (n, kind) if n else (waiting, "plain")
    return {"id": name, "label": session(label), "badge": str(n) if n else "", "kind": kind if n else ""}


def clock(session: Session, view: dict[str, Any]) -> dict[str, Any] | None:
    """The simulated day and the days it may be moved to; None in real time."""
    if view["mode"] != "solo" or not view["can_write"]:
        return None
    today = date.fromisoformat(view["today"])
    steps: dict[int, str] = {}
    soon = next(n for n in range(1, 30) if _is_open(view, today + timedelta(days=n)))
    steps[soon] = session("วันทำการถัดไป %(day)s") % {"day": _short(session, today, soon)}
    ahead = sorted(
        one["planned_date"]
        for one in things(view, "visits")
        if view["states"].get(one["id"]) == "approved" and (one.get("planned_date") or "") > view["today"]
    )
    if ahead:
        n = (date.fromisoformat(ahead[0]) - today).days
        steps.setdefault(n, session("วันเข้าถัดไป %(day)s") % {"day": _short(session, today, n)})
    steps.setdefault(7, session("อีกหนึ่งสัปดาห์ %(day)s") % {"day": _short(session, today, 7)})
    waiting = sum(1 for state in view["states"].values() if state in ("requested", "reported"))
    note = session("ผู้อนุมัติจำลองกำลังพิจารณา %(n)s รายการ เลื่อนวันเพื่อดูผล") % {"n": waiting} if waiting else ""
    return {
        "today": day(session, view["today"]),
        "note": note,
        "steps": [{"id": f"day:{n}", "label": label} for n, label in sorted(steps.items())],
    }


def _is_open(view: dict[str, Any], on: date) -> bool:
    return on.weekday() < 5 and on.isoformat() not in view["closed_days"]


def _short(session: Session, today: date, n: int) -> str:
    return short_day(session, (today + timedelta(days=n)).isoformat())


def decided(session: Session, view: dict[str, Any], n_before: int) -> dict[str, Any] | None:
    """The notice of what was decided since there were n_before events; None for nothing."""
    new = [
        one
        for one in view["events"][n_before:]
        if one["kind"] in ("allow", "return-request", "approve-report", "return-report")
    ]
    if not new:
        return None
    said = {
        "allow": session("อนุญาตให้เข้า %(places)s"),
        "return-request": session("ส่งคำขอกลับ %(places)s"),
        "approve-report": session("อนุมัติรายงาน %(places)s"),
        "return-report": session("ส่งรายงานกลับ %(places)s"),
    }
    parts = []
    for kind, text in said.items():
        if places := [_place(session, view, one["visit"]) for one in new if one["kind"] == kind]:
            parts.append(text % {"places": ", ".join(places)})
    is_returned = any(one["kind"].startswith("return") for one in new)
    tab = "request" if new[-1]["kind"] in ("allow", "return-request") else "report"
    return {
        "text": session("ผู้อนุมัติจำลอง%(what)s") % {"what": " · ".join(parts)},
        "kind": "due" if is_returned else "",
        "action": {"id": f"tab:{tab}", "label": session("ดูผลการพิจารณา")},
    }


def _place(session: Session, view: dict[str, Any], visit_id: str) -> str:
    visit = next(one for one in things(view, "visits") if one["id"] == visit_id)
    on = short_day(session, visit["planned_date"]) if visit.get("planned_date") else ""
    return f"{org_name(view, visit['orgs'][0])} {on}".strip()


def state_summary(session: Session, states: Mapping[str, int]) -> list[dict[str, str]]:
    """{state: how many visits} as tags, furthest back first."""
    return [
        {"text": f"{session(STATES[name][0])} {n}", "kind": STATES[name][1]}
        for name, n in sorted(states.items(), key=lambda one: STAGE_OF[one[0]])
    ]
