"""The words of the case room: what kinds of papers, verdicts and units are called, and how figures are written. Knows no widget."""

from __future__ import annotations

from datetime import date
from typing import Any

from cps_training.apps.session import Session
from cps_training.i18n import mark
from cps_training.thai_text import show_date

PATH = "/case"
PAPERS = {
    "minutes": mark("รายงานการประชุม"),
    "agenda": mark("ระเบียบวาระ"),
    "audit_note": mark("ข้อสังเกตผู้สอบบัญชี"),
    "letter": mark("หนังสือ"),
    "count_sheet": mark("ใบตรวจนับ"),
    "dialogue": mark("บันทึกการพูดคุย"),
    "report": mark("รายงาน"),
    "registration": mark("สำเนาการจดทะเบียน"),
    "register": mark("สมุดทะเบียน"),
    "receipt": mark("ใบเสร็จหรือใบสำคัญ"),
    "plan": mark("แผน"),
    "photo": mark("ภาพถ่าย"),
}
"""As the desk names kinds of papers."""
SEVERITIES = (mark("เล็กน้อย"), mark("ควรดูแล"), mark("สำคัญ"), mark("ร้ายแรง"), mark("เร่งด่วนที่สุด"))
"""1 to 5."""
VERDICTS = {"good": (mark("เหมาะสม"), ""), "fair": (mark("พอใช้ได้"), "due"), "bad": (mark("ไม่ควรทำ"), "bad")}
UNITS = {"baht": mark("บาท"), "people": mark("คน"), "percent": mark("ร้อยละ"), "times": mark("เท่า")}
WARNINGS = {
    "rising": mark("เพิ่มขึ้นต่อเนื่องควรถามหาสาเหตุ"),
    "falling": mark("ลดลงต่อเนื่องควรถามหาสาเหตุ"),
    "high": mark("ยิ่งสูงยิ่งควรถามหาสาเหตุ"),
    "low": mark("ยิ่งต่ำยิ่งควรถามหาสาเหตุ"),
}
"""Directions that deserve a question; no threshold."""
SAVING = {
    "saving": mark("กำลังบันทึก…"),
    "silent": mark("ยังไม่ได้รับคำตอบว่าบันทึกแล้ว โปรดตรวจการเชื่อมต่อ แล้วลองอีกครั้ง"),
    "failed": mark("ยังไม่ได้บันทึก เกิดข้อขัดข้อง โปรดลองอีกครั้ง"),
}
SAVED = mark("บันทึกแล้ว")
ATTACH = {"attach": mark("แนบเป็นหลักฐาน"), "attached": mark("แนบแล้ว")}


def words(session: Session, *tables: dict[str, str]) -> dict[str, str]:
    """Messages in the person's language."""
    return {name: session(message) for table in tables for name, message in table.items()}


def tag_of(session: Session, told: dict[str, Any]) -> dict[str, str] | None:
    """What stands beside a case's name: that it is made up, and which variation it is (two may bear the same name)."""
    if told["seed"] is not None:
        return {"text": session("แบบที่ %(n)s") % {"n": told["seed"]}, "kind": "plain"}
    return {"text": session("องค์กรสมมติ"), "kind": "plain"} if told["is_fictional"] else None


def day(session: Session, iso: str) -> str:
    """A date as people read it: 24 ก.ค. 2566."""
    return show_date(date.fromisoformat(iso), session.locale)


def year_name(session: Session, year: int, *, is_forecast: bool) -> str:
    """2566; in English with the Christian year, 2566 (2023); a year of a forecast as ปีที่ 1."""
    if is_forecast:
        return session("ปีที่ %(n)s") % {"n": year}
    return str(year) if session.locale == "th" else f"{year} ({year - 543})"


def figure(value: Any, unit: str, digits: int = 0) -> str:
    """A figure as it is read; “–” where there is none."""
    if value is None:
        return "–"
    if unit == "money":
        return f"{value:,.2f}"
    return f"{value:,.{digits}f}"


def year_end(session: Session, month_day: str) -> str:
    """03-31 → 31 มี.ค."""
    shown = show_date(date(2023, int(month_day[:2]), int(month_day[3:])), session.locale)
    return " ".join(shown.split(" ")[:2])
