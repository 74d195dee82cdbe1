"""Knowledge sessions of the office (km.4): the list with its forms, and the sheet on which attendance is noted.

Pure: rows of the desk in, presentations out. Who counts is analytics' business.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from cps_training.apps.panels import fields
from cps_training.apps.session import Session
from cps_training.enrolment.names import folded
from cps_training.i18n import mark
from cps_training.thai_text import show_date

Row = dict[str, Any]

ADD = "add"
LONGEST_SESSION = 24 * 60
SHEET_LABELS = {
    "search": mark("ค้นหาชื่อหรือรหัส"),
    "onsite": mark("มา"),
    "online": mark("ออนไลน์"),
    "absent": mark("ไม่มา"),
    "minutes": mark("นาทีที่เข้าร่วม"),
    "all": mark("มาทุกคนในกลุ่มนี้"),
    "save": mark("บันทึกการเข้าร่วม"),
    "save_n": mark("บันทึก {n} รายการ"),
    "unsaved": mark("มี {n} รายการยังไม่ได้บันทึก"),
    "leave": mark("ออกโดยไม่บันทึก"),
    "stay": mark("อยู่หน้านี้ต่อ"),
    "nobody": mark("ไม่พบชื่อที่ค้นหา"),
    "count": mark("มา {n} จาก {total} คน ในจำนวนนี้ออนไลน์ {online} คน"),
}


def book(session: Session, sessions: Iterable[Row], topic: str, today: date) -> dict[str, Any]:
    """Traits of a SessionBook: sessions of the topic, newest first."""
    _ = session
    held = sorted((row for row in sessions if row["topic"] == topic), key=lambda row: row["held_on"], reverse=True)
    forms = {ADD: _session_form(_, _("เพิ่มครั้งใหม่"), _("บันทึกครั้งนี้"), today=today)}
    rows = []
    for row in held:
        own = [f"amend:{row['session_id']}"]
        forms[own[0]] = _session_form(_, _("แก้ไขข้อมูลของครั้งนี้"), _("บันทึกการแก้ไข"), row=row)
        if not row["n_onsite"] + row["n_online"]:
            own.append(f"remove:{row['session_id']}")
            forms[own[1]] = fields.form(_("ลบครั้งนี้"), _("ลบครั้งนี้"), intro=_("ลบได้เมื่อยังไม่มีผู้เข้าร่วมบันทึกไว้"), kind="danger")
        rows.append(
            {
                "id": row["session_id"],
                "title": row["title"],
                "day": show_date(date.fromisoformat(row["held_on"]), _.locale),
                "facts": [
                    _("%(n)s นาที") % {"n": row["minutes"]},
                    _("มา %(n)s คน ออนไลน์ %(online)s คน") % {"n": row["n_onsite"], "online": row["n_online"]},
                ],
                "open": {"id": f"open:{row['session_id']}", "label": _("บันทึกผู้เข้าร่วม")},
                "forms": own,
            }
        )
    return {
        "book": {
            "heading": _("เวทีแลกเปลี่ยนเรียนรู้"),
            "intro": _("จดทุกครั้งที่ถ่ายทอดความรู้เรื่องนี้ แล้วกด “บันทึกผู้เข้าร่วม” เพื่อลงชื่อ จำนวนด้านบนจะนับใหม่ทันที"),
            "empty": _("ยังไม่มีครั้งที่บันทึกไว้"),
            "add": ADD,
            "edit": _("แก้ไข"),
            "rows": rows,
        },
        "forms": forms,
        "labels": fields.labels(_),
        "locale": _.locale,
    }


def _session_form(
    session: Session, title: str, submit: str, *, row: Row | None = None, today: date | None = None
) -> fields.Form:
    _ = session
    held_on = date.fromisoformat(row["held_on"]) if row else today
    return fields.form(
        title,
        submit,
        fields.text("title", _("เรื่องที่แลกเปลี่ยน"), row["title"] if row else "", most=400),
        fields.day(_, "held_on", _("วันที่จัด"), held_on),
        fields.number("minutes", _("ระยะเวลา (นาที)"), row["minutes"] if row else ""),
        kind="primary" if row is None else "",
    )


def read_session(session: Session, values: dict[str, Any], today: date) -> Row:
    """{"title", "held_on", "minutes"} of a filled-in form. Raises fields.FieldError."""
    return {
        "title": fields.read_words(session, values, "title", mark("ยังไม่ได้กรอกชื่อครั้ง โปรดกรอกว่าแลกเปลี่ยนเรื่องใด")),
        "held_on": fields.needed_day(session, values, "held_on", today),
        "minutes": fields.read_whole(session, values, "minutes", 1, LONGEST_SESSION),
    }


# Attendance ----------------------------------------------------------------------------------------------------


def sheet(session: Session, held: Row, roster: Iterable[Row], attendance: Iterable[Row]) -> dict[str, Any]:
    """Traits of an AttendanceSheet: everybody on the roster on the session's day by unit, guests last, and whoever was noted
    without being on the roster that day."""
    _ = session
    day = held["held_on"]
    noted = {row["person_id"]: row for row in attendance if row["session_id"] == held["session_id"]}
    units: dict[str, dict[str, Row]] = {}
    guests: dict[str, Row] = {}
    seen: set[str] = set()
    people: dict[str, Row] = {}
    for row in roster:
        people.setdefault(row["person_id"], row)
        if (
            row["active_from"] <= day
            and (row["active_to"] is None or day < row["active_to"])
            and row["person_id"] not in seen
        ):
            seen.add(row["person_id"])
            (guests if row["is_guest"] else units.setdefault(row["unit"], {}))[row["person_id"]] = row
    others = {key: people[key] for key in noted if key not in seen and key in people}
    groups = [
        _group(_, f"u{n}", unit, units[unit].values(), noted, is_own=True) for n, unit in enumerate(sorted(units))
    ]
    if guests:
        groups.append(_group(_, "guests", _("แขก (ไม่นับในหน่วยงาน)"), guests.values(), noted))
    if others:
        groups.append(_group(_, "others", _("บันทึกไว้แต่ไม่อยู่ในทะเบียนวันนั้น"), others.values(), noted))
    return {
        "sheet": {
            "heading": held["title"],
            "subtitle": f"{show_date(date.fromisoformat(day), _.locale)} · " + _("%(n)s นาที") % {"n": held["minutes"]},
            "minutes": str(held["minutes"]),
            "groups": groups,
            "back": {"id": "back", "label": _("กลับไปรายการเวที")},
            "empty": _("ไม่มีใครอยู่ในทะเบียนวันนั้น โปรดตรวจวันที่จัด หรือวันที่เริ่มในทะเบียน"),
        },
        "labels": fields.labels(_, SHEET_LABELS),
        "locale": _.locale,
    }


def _group(
    session: Session, group_id: str, title: str, rows: Iterable[Row], noted: dict[str, Row], *, is_own: bool = False
) -> dict[str, Any]:
    return {
        "id": group_id,
        "title": title,
        "is_own": is_own,
        "people": [
            {
                "id": row["person_id"],
                "name": row["name"],
                "code": row["person_code"],
                "note": session("ไม่นับในหน่วยงาน") if row.get("left_out_because") else "",
                "kind": noted[row["person_id"]]["kind"] if row["person_id"] in noted else "absent",
                "minutes": _minutes(noted.get(row["person_id"])),
            }
            for row in sorted(rows, key=lambda row: (folded(row["name"]), row["person_code"]))
        ],
    }


def _minutes(row: Row | None) -> str:
    return str(row["minutes"]) if row and row["minutes"] is not None else ""


def read_marks(session: Session, rows: list[Row], minutes: int) -> tuple[list[Row], list[str]]:
    """(attended, absent) of a sent sheet, as NoteAttendance takes them. Raises fields.FieldError, its field the person's id."""
    attended: list[Row] = []
    absent: list[str] = []
    for row in rows:
        if row["kind"] == "absent":
            absent.append(row["id"])
            continue
        stayed = None
        if row["kind"] == "online":
            try:
                stayed = fields.read_whole(session, row, "minutes", 0, minutes)
            except fields.FieldError as wrong:
                raise fields.FieldError(row["id"], wrong.text) from None
        attended.append({"person_id": row["id"], "kind": row["kind"], "minutes": stayed})
    return attended, absent
