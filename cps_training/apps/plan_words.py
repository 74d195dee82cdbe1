"""The words of the plan page: what fields, states, methods and kinds are called, and how days and places are told. Knows no widget.

Kinds and states are named as `planning` names them, which a page's kernel does not import.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from cps_training.apps.plan_names import NAMES
from cps_training.apps.session import Session
from cps_training.clock import BANGKOK
from cps_training.i18n import mark
from cps_training.thai_dates import ENGLISH_LONG_MONTHS, LONG_MONTHS
from cps_training.thai_text import BUDDHIST_OFFSET, ENGLISH_MONTHS, SHORT_MONTHS, show_date

PATH = "/plan"
Path = tuple[str, ...]

WEEKDAYS = (mark("จ."), mark("อ."), mark("พ."), mark("พฤ."), mark("ศ."), mark("ส."), mark("อา."))
METHODS = {
    "board-meeting": mark("ร่วมประชุมคณะกรรมการ"),
    "member-meeting": mark("ประชุมกลุ่มสมาชิก"),
    "inspection": mark("ตรวจเยี่ยม"),
    "training": mark("อบรม"),
    "dialogue": mark("เสวนา"),
    "other": mark("วิธีอื่น"),
}
TOPICS = {
    "formation": mark("การจัดตั้ง"),
    "marketing": mark("การตลาด"),
    "packaging": mark("บรรจุภัณฑ์"),
    "people": mark("บุคลากรของสหกรณ์"),
    "control": mark("การควบคุมภายใน"),
    "capital": mark("ทุนดำเนินงาน"),
    "credit": mark("สินเชื่อและหนี้ค้าง"),
    "training": mark("การอบรม"),
    "project": mark("โครงการลงทุน"),
    "law": mark("กฎหมายและข้อบังคับ"),
    "data": mark("ข้อมูล"),
    "other": mark("เรื่องอื่น"),
}
GROUPS = {
    "formation": mark("กลุ่มจัดตั้งและส่งเสริมสหกรณ์"),
    "business": mark("กลุ่มส่งเสริมและพัฒนาธุรกิจสหกรณ์"),
    "management": mark("กลุ่มส่งเสริมและพัฒนาการบริหารจัดการสหกรณ์"),
    "centre": mark("ศูนย์ถ่ายทอดเทคโนโลยีการสหกรณ์"),
}
NEEDS = {"problem": mark("ปัญหา"), "need": mark("ความต้องการ")}
ORIGINS = {
    "bottom_up": mark("จากล่างขึ้นบน (สหกรณ์และสมาชิกเสนอ)"),
    "top_down": mark("จากบนลงล่าง (นโยบาย)"),
    "carry_over": mark("ยกมาจากครั้งก่อน"),
}
EVIDENCE = {"document": mark("เอกสาร"), "dialogue": mark("บันทึกเสวนา"), "hearsay": mark("คำบอกเล่า")}
VOICES = {"members": mark("สมาชิก"), "board": mark("กรรมการ"), "management": mark("ฝ่ายจัดการ")}
STATUS = {"open": mark("ยังทำอยู่"), "closed": mark("ปิดแล้ว")}
STUDY = {
    "profile": mark("ข้อมูลทั่วไปของสหกรณ์"),
    "audit-note": mark("ข้อสังเกตผู้สอบบัญชีครั้งล่าสุด"),
    "last-record": mark("บันทึกการเข้าครั้งก่อน"),
    "minutes": mark("รายงานการประชุม"),
}
MEETINGS = {
    "board-monthly": mark("ประชุมคณะกรรมการประจำเดือน"),
    "board-pre-agm": mark("ประชุมคณะกรรมการก่อนประชุมใหญ่"),
    "agm": mark("ประชุมใหญ่สามัญประจำปี"),
    "first-general": mark("ประชุมใหญ่ครั้งแรก"),
    "member-group": mark("ประชุมกลุ่มสมาชิก"),
}
BALANCES = {"debts": mark("หนี้"), "shares": mark("หุ้น"), "deposits": mark("เงินฝาก")}
PROJECTS = {"used": mark("นำมาใช้"), "not-fitting": mark("ไม่เหมาะกับแห่งนี้")}
FUNDS = {"cdf": mark("กองทุนพัฒนาสหกรณ์ (กพส.)"), "faf": mark("กองทุนสงเคราะห์เกษตรกร")}
RECIPIENTS = {
    "provincial": mark("สหกรณ์จังหวัด"),
    "group-head": mark("หัวหน้ากลุ่ม"),
    "planning": mark("ฝ่ายแผนงาน"),
    "other": mark("ผู้อื่น"),
}
APPROVERS = {
    "provincial": mark("สหกรณ์จังหวัด"),
    "acting": mark("ผู้รักษาราชการแทน"),
    "group-head": mark("หัวหน้ากลุ่ม"),
    "other": mark("ผู้อื่น"),
}
DECISIONS = {"approved": mark("อนุมัติ"), "returned": mark("ส่งกลับ")}
MODES = {"office": mark("ใช้จริงในสำนักงาน"), "solo": mark("ฝึกคนเดียว")}
STATES = {
    "draft": (mark("ร่าง"), "plain"),
    "requested": (mark("ขออนุญาตแล้ว รอพิจารณา"), "due"),
    "request-returned": (mark("คำขอถูกส่งกลับ"), "bad"),
    "approved": (mark("ได้รับอนุญาตแล้ว"), ""),
    "performed": (mark("ปฏิบัติงานแล้ว"), "due"),
    "reported": (mark("รายงานแล้ว รอพิจารณา"), "due"),
    "report-returned": (mark("รายงานถูกส่งกลับ"), "bad"),
    "report-approved": (mark("รายงานได้รับอนุมัติแล้ว"), ""),
}
"""Where a visit stands: what it is called and the kind of its tag."""
EVENTS = {
    "request": mark("ส่งคำขออนุญาต"),
    "allow": mark("อนุญาตแล้ว"),
    "return-request": mark("ส่งคำขอกลับให้แก้ไข"),
    "perform": mark("ปฏิบัติงานแล้ว"),
    "record": mark("บันทึกผล"),
    "report": mark("ส่งรายงานแล้ว"),
    "approve-report": mark("อนุมัติรายงานแล้ว"),
    "return-report": mark("ส่งรายงานกลับให้แก้ไข"),
}
SEVERITIES = {"error": mark("ต้องแก้"), "warning": mark("ควรแก้"), "hint": mark("แนะนำ")}
SAVING = {
    "saving": mark("กำลังบันทึก…"),
    "silent": mark("ยังไม่ได้รับคำตอบว่าบันทึกแล้ว โปรดตรวจการเชื่อมต่อ แล้วลองอีกครั้ง"),
    "failed": mark("ยังไม่ได้บันทึก เกิดข้อขัดข้อง โปรดลองอีกครั้ง"),
}
FINDING_WORDS = {
    "why": mark("ทำไม"),
    "go": mark("ไปแก้"),
    "reason": mark("เหตุผลที่ให้ไว้"),
    "errors": mark("ต้องแก้ก่อนส่ง"),
    "warnings": mark("ควรแก้ หรือบอกเหตุผล"),
    "hints": mark("แนะนำ"),
    "findings": mark("สิ่งที่ควรแก้"),
}
"""Labels of every widget that shows findings."""

CHOICES: dict[Path, Mapping[str, str]] = {
    ("issues", "kind"): NEEDS,
    ("issues", "topic"): TOPICS,
    ("issues", "origin"): ORIGINS,
    ("issues", "academic_group"): GROUPS,
    ("issues", "status"): STATUS,
    ("actions", "origin"): ORIGINS,
    ("visits", "method"): METHODS,
    ("visits", "actual_method"): METHODS,
    ("visits", "meeting"): MEETINGS,
    ("visits", "decision"): DECISIONS,
    ("visits", "approver_role"): APPROVERS,
    ("reports", "decision"): DECISIONS,
    ("reports", "approver_role"): APPROVERS,
    ("reports", "recipient"): RECIPIENTS,
}
"""Fields that hold one of several words."""
LISTS = {
    "orgs": mark("สหกรณ์และกลุ่มเกษตรกรในแผน"),
    "issues": mark("ประเด็น"),
    "actions": mark("กิจกรรม"),
    "visits": mark("การเข้า"),
    "records": mark("บันทึก"),
    "reports": mark("รายงาน"),
    "previous": mark("บันทึกของรอบก่อน"),
}


def words(session: Session, *tables: Mapping[str, str]) -> dict[str, str]:
    """Messages in the person's language; a later table wins."""
    return {name: session(message) for table in tables for name, message in table.items()}


def date_words(session: Session) -> dict[str, Any]:
    """Labels of fields in which days are typed: names of months and of days, Monday first; months may be typed in either language."""
    thai, english = (SHORT_MONTHS, LONG_MONTHS), (ENGLISH_MONTHS, ENGLISH_LONG_MONTHS)
    year = "{be}" if session.locale == "th" else "{ce} (B.E. {be})"  # as thai_text.show_date has it
    own, other = (thai, english) if session.locale == "th" else (english, thai)
    return {
        "months": list(own[0]),
        "months_long": [*own[1], *other[0], *other[1]],
        "weekdays": [session(one) for one in WEEKDAYS],
        "date": f"{{day}} {{month}} {year}",
        "date_long": f"{{weekday}} {{day}} {{month}} {year}",
    }


def day(session: Session, iso: str | None) -> str:
    """24 ก.ค. 2566; "" for none."""
    return show_date(date.fromisoformat(iso[:10]), session.locale) if iso else ""


def short_day(session: Session, iso: str) -> str:
    """24 ก.ค."""
    return " ".join(day(session, iso).split(" ")[:2])


def month_name(session: Session, year: int, month: int) -> str:
    """ก.ค. 2566; Jul 2023."""
    if session.locale == "en":
        return f"{ENGLISH_MONTHS[month - 1]} {year}"
    return f"{SHORT_MONTHS[month - 1]} {year + BUDDHIST_OFFSET}"


def moment(session: Session, iso: str) -> str:
    """A moment in UTC as it is told at the office: 24 ก.ค. 2566 10:42 น."""
    at = datetime.fromisoformat(iso).astimezone(BANGKOK)
    return f"{show_date(at.date(), session.locale)} {clock_time(session, at)}"


def clock_time(session: Session, at: datetime) -> str:
    return session("%(time)s น.") % {"time": at.astimezone(BANGKOK).strftime("%H:%M")}


def org_name(view: Mapping[str, Any], org_id: str) -> str:
    """Content, in the words of whoever wrote it."""
    return next((one.get("name", "") for one in view["document"].get("orgs", ()) if one["id"] == org_id), org_id)


def org_names(view: Mapping[str, Any], ids: Iterable[str]) -> str:
    return ", ".join(org_name(view, one) for one in ids)


def visit_title(session: Session, view: Mapping[str, Any], visit: Mapping[str, Any]) -> str:
    """11 ก.ค. 2566 · สหกรณ์…"""
    on = day(session, visit.get("planned_date")) or session("ยังไม่กำหนดวัน")
    return f"{on} · {org_names(view, visit.get('orgs', ()))}"


def visit_line(session: Session, visit: Mapping[str, Any]) -> str:
    """How and what for, in one line."""
    method = session(METHODS[visit["method"]]) if visit.get("method") else session("ยังไม่ระบุวิธี")
    return " · ".join(part for part in (method, visit.get("objective", "")) if part)


def state_tag(session: Session, view: Mapping[str, Any], visit_id: str) -> dict[str, str]:
    text, kind = STATES[view["states"].get(visit_id, "draft")]
    return {"text": session(text), "kind": kind}


def field_name(session: Session, at: Path) -> str:
    """What a field is called, by its path; "" for a thing as a whole."""
    if at[0] in LISTS:
        return session(NAMES[at[0], at[2]]) if len(at) > 2 and (at[0], at[2]) in NAMES else ""
    return session(NAMES[at[:1]]) if at[:1] in NAMES else at[0]


def things(view: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """A list of the document."""
    return list(view["document"].get(name, ()))


def thing(view: Mapping[str, Any], name: str, thing_id: str) -> dict[str, Any]:
    """One of a list by its id; {} where it is not there."""
    return next((one for one in things(view, name) if one["id"] == thing_id), {})


def thing_name(session: Session, view: Mapping[str, Any], name: str, thing_id: str) -> str:
    """A thing as people speak of it."""
    one = thing(view, name, thing_id)
    if name == "visits":
        return visit_title(session, view, one) if one else thing_id
    if name in ("records", "reports"):
        visit = thing(view, "visits", one.get("visit", ""))
        said = visit_title(session, view, visit) if visit else thing_id
        return f"{session(LISTS[name])} {said}"
    text = one.get("name") or one.get("text") or thing_id
    return text if len(text) <= 80 else f"{text[:79]}…"


def place(session: Session, view: Mapping[str, Any], at: Path) -> str:
    """Where a path leads, in words: the thing, then the field."""
    if at[0] not in LISTS:
        return field_name(session, at)
    if len(at) < 2:
        return session(LISTS[at[0]])
    parts = (thing_name(session, view, at[0], at[1]), field_name(session, at))
    return " · ".join(part for part in parts if part)
