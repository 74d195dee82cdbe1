"""A roster file on its way in: what is wrong, what would change, what was done. Presentations from what the desk answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from cps_training.apps.panels import fields
from cps_training.apps.rich import rich
from cps_training.apps.session import Session
from cps_training.enrolment.table import RosterTable
from cps_training.enrolment.words import EMPLOYMENT_LABELS, ROSTER_HEADERS
from cps_training.i18n import mark
from cps_training.thai_text import show_date

Row = dict[str, Any]

APPLY = "apply"
MOST_SHOWN = 300
LONGEST_CELL = 400
"""What the desk takes of a cell; longer ones are wrong anyway."""

LABELS = {
    "no_file": mark("ยังไม่ได้เลือกไฟล์"),
    "too_big": mark("ไฟล์ใหญ่เกิน 2 เมกะไบต์ โปรดบันทึกเฉพาะแผ่นงานที่มีรายชื่อเป็นไฟล์ใหม่"),
    "not_read": mark("เบราว์เซอร์อ่านไฟล์นี้ไม่ได้ ไฟล์อาจเปิดอยู่ในโปรแกรมอื่น โปรดปิดแล้วลองใหม่"),
    "saving": mark("กำลังทำงาน โปรดรอสักครู่…"),
    "silent": mark("ระบบไม่ตอบกลับ โปรดเปิดหน้านี้อีกครั้งแล้วดูรายชื่อก่อนนำเข้าซ้ำ"),
}
COLUMNS = {
    "person_code": (mark("รหัสประจำตัวของแต่ละคน ไม่ซ้ำกัน"), mark("ต้องมี")),
    "name": (mark("ชื่อและนามสกุล"), mark("ต้องมี")),
    "unit": (mark("กลุ่มงานหรือฝ่าย"), mark("ต้องมี")),
    "active_from": (mark("วันแรกที่อยู่ในกลุ่มงาน"), mark("ต้องมี")),
    "active_to": (mark("วันแรกที่ไม่อยู่แล้ว ว่างไว้ถ้ายังอยู่"), mark("ไม่มีก็ได้")),
    "employment": (mark("ข้าราชการ ลูกจ้างประจำ พนักงานราชการ หรือจ้างเหมา"), mark("ไม่มีก็ได้")),
    "is_guest": (mark("ใช่ ถ้าเป็นแขกจากหน่วยงานอื่น"), mark("ไม่มีก็ได้")),
    "left_out_because": (mark("เหตุผล ถ้าไม่นับในหน่วยงาน เช่น ลาศึกษาต่อ"), mark("ไม่มีก็ได้")),
}
PARTS = {
    "new_people": mark("คนใหม่ %(n)s คน"),
    "renamed": mark("เปลี่ยนชื่อ %(n)s คน"),
    "new_stays": mark("ย้ายกลุ่มงานหรือกลับเข้ามา %(n)s รายการ"),
    "changed": mark("แก้ช่วงในทะเบียน %(n)s รายการ"),
    "ended": mark("สิ้นสุดช่วงเดิม %(n)s รายการ"),
    "absent": mark("อยู่ในทะเบียนแต่ไม่อยู่ในไฟล์ %(n)s คน"),
}


def table_for_desk(table: RosterTable) -> dict[str, Any]:
    """header and rows as ImportRoster takes them."""
    return {
        "header": tuple(cell[:LONGEST_CELL] for cell in table.header),
        "rows": tuple((number, tuple(cell[:LONGEST_CELL] for cell in cells)) for number, cells in table.rows),
    }


def choose(session: Session) -> dict[str, Any]:
    """Traits of a RosterUpload that asks for a file."""
    _ = session
    words = [[words[0] if words else column] for column, words in ROSTER_HEADERS.items() if column in COLUMNS]
    header = [word for [word] in words]
    accepted = [
        [{"own": ", ".join(ROSTER_HEADERS[column][:4])}, _(meaning), _(needed)]
        for column, (meaning, needed) in COLUMNS.items()
    ]
    return {
        "step": _base(_)
        | {
            "intro": _("ระบบอ่านและตรวจทั้งไฟล์ก่อน แสดงทุกจุดที่ต้องแก้พร้อมแถวและคอลัมน์ จะบันทึกเมื่อกดนำเข้าเท่านั้น"),
            "choose": {
                "label": _("ไฟล์รายชื่อ (Excel หรือ CSV ไม่เกิน 2 เมกะไบต์)"),
                "pick": _("เลือกไฟล์"),
                "hint": _("ใช้ไฟล์ที่สำนักงานมีอยู่ได้ ขอให้แถวแรกของตารางเป็นหัวคอลัมน์"),
                "button": _("ตรวจไฟล์นี้"),
                "columns": {
                    "title": _("หัวคอลัมน์ที่ใช้ได้"),
                    "columns": [_("หัวคอลัมน์"), _("ความหมาย"), _("จำเป็นหรือไม่")],
                    "rows": accepted,
                },
                "template": {
                    "label": _("ดาวน์โหลดไฟล์ตัวอย่าง"),
                    "file": "roster-template.csv",
                    "rows": [header, _example(header)],
                },
            },
        },
        "forms": {},
        "labels": fields.labels(_, LABELS),
        "locale": _.locale,
    }


def _example(header: list[str]) -> list[str]:
    own = dict(
        zip(
            (column for column in ROSTER_HEADERS if column in COLUMNS),
            header,
            strict=True,
        )
    )
    filled = {
        own["person_code"]: "A001",
        own["name"]: "กานดา ตัวอย่าง",
        own["unit"]: "กลุ่มส่งเสริมสหกรณ์ 1",
        own["active_from"]: "1 ต.ค. 2565",
        own["employment"]: EMPLOYMENT_LABELS["civil_servant"],
    }
    return [filled.get(word, "") for word in header]


def _base(session: Session) -> Row:
    return {
        "heading": session("นำเข้าทะเบียนจากไฟล์"),
        "intro": "",
        "back": {"id": "list", "label": session("กลับไปรายชื่อ")},
        "choose": None,
        "file": "",
        "verdict": None,
        "findings": None,
        "difference": None,
        "form": "",
        "actions": [],
    }


def checked(session: Session, answer: Row, notes: Iterable[Row], name: str) -> dict[str, Any]:
    """Traits after a dry run: everything found, what would change, and the form that takes it over where that is possible."""
    _ = session
    findings = [*notes, *answer["findings"]]
    errors = [one for one in findings if one["severity"] == "error"]
    clashes = sorted({one["values"]["code"] for one in errors if one["code"] == "two-people"})
    blocking = [one for one in errors if one["code"] != "two-people"]
    counts = answer["difference"]["counts"]
    n_changes = _n_changes(counts)
    step = _base(_) | {
        "file": name,
        "findings": _findings(_, findings),
        "difference": None if blocking else _difference(_, answer),
    }
    again = {"id": "import", "label": _("เลือกไฟล์ใหม่")}
    forms: dict[str, fields.Form] = {}
    if blocking:
        text = _("ต้องแก้ %(n)s จุดก่อนนำเข้า") % {"n": answer.get("n_errors", len(errors))}
        detail = _("ยังไม่ได้บันทึกอะไร แก้ในไฟล์ให้ครบทุกจุด แล้วเลือกไฟล์ใหม่")
        step |= {"verdict": {"text": text, "detail": detail, "kind": "bad"}, "actions": [again | {"primary": True}]}
    elif not n_changes and not clashes and not counts["absent"]:
        text = _("ไฟล์นี้ตรงกับทะเบียนอยู่แล้ว ไม่มีอะไรต้องนำเข้า")
        step |= {"verdict": {"text": text, "kind": "good"}, "actions": [again]}
    else:
        kind = "due" if clashes else "good"
        text = _("ต้องยืนยัน %(n)s รหัสก่อนนำเข้า") % {"n": len(clashes)} if clashes else _("ไฟล์พร้อมนำเข้า")
        detail = _("ยังไม่ได้บันทึกอะไร โปรดดูสิ่งที่จะเปลี่ยนก่อนกดนำเข้า")
        step |= {"verdict": {"text": text, "detail": detail, "kind": kind}, "actions": [again], "form": APPLY}
        forms[APPLY] = _apply(_, answer, clashes)
    return {"step": step, "forms": forms, "labels": fields.labels(_, LABELS), "locale": _.locale}


def _apply(session: Session, answer: Row, clashes: list[str]) -> fields.Form:
    _, counts = session, answer["difference"]["counts"]
    asked: list[fields.Field] = []
    if clashes:
        label = _("รหัสที่ชื่อเปลี่ยนไปทั้งหมด เลือกเฉพาะรหัสที่เป็นคนเดิมจริง")
        asked.append(
            fields.choice(
                "accept", "checks", label, [{"value": code, "label": code, "own": True} for code in clashes], []
            )
        )
    if counts["absent"]:
        label = _("ให้ %(n)s คนที่ไม่อยู่ในไฟล์พ้นจากทะเบียนตั้งแต่วันที่") % {"n": counts["absent"]}
        asked.append(fields.day(_, "ends_absent_on", label, hint=_("เว้นว่างไว้ = คงไว้ในทะเบียน")))
    n = counts["new_people"]
    submit = _("นำเข้า %(n)s คน") % {"n": n} if n else _("นำเข้าการเปลี่ยนแปลง")
    if not _n_changes(counts) and not clashes:
        submit = _("บันทึกการพ้นจากทะเบียน")
    return fields.form("", submit, *asked, kind="primary")


def _n_changes(counts: dict[str, int]) -> int:
    """What the file itself changes, apart from who is absent from it."""
    return sum(counts[part] for part in PARTS if part != "absent")


def read_apply(session: Session, values: Row, form: fields.Form, answer: Row, today: date) -> Row:
    """accept and ends_absent_on of ImportRoster, from the form and the answer it was made of. Raises fields.FieldError."""
    asked = {field["name"]: field for field in form["fields"]}
    if "accept" in asked and len(values["accept"]) < len(asked["accept"]["options"]):
        raise fields.FieldError("accept", session("ยังยืนยันไม่ครบทุกรหัส รหัสที่เป็นคนละคนต้องแก้ในไฟล์ก่อน"))
    day = None
    if "ends_absent_on" in asked:
        is_all = not _n_changes(answer["difference"]["counts"]) and "accept" not in asked
        day = fields.read_day(session, values, "ends_absent_on", today, is_needed=is_all)
    return {"accept": tuple(values.get("accept", ())), "ends_absent_on": day}


def _findings(session: Session, findings: list[Row]) -> Row | None:
    _ = session
    if not findings:
        return None
    ordered = sorted(findings, key=lambda one: (one["severity"] != "error", one["row"]))
    rows = [
        {
            "cells": [
                str(one["row"]) if one["row"] else _("ทั้งไฟล์"),
                {"own": one["column"]} if one["column"] else "–",
                rich(_(one["text"]), **one["values"]),
            ],
            "kind": "bad" if one["severity"] == "error" else "due",
            "kind_label": _("ต้องแก้") if one["severity"] == "error" else _("โปรดตรวจดู"),
        }
        for one in ordered[:MOST_SHOWN]
    ]
    rest = len(ordered) - len(rows)
    return {
        "title": _("สิ่งที่พบในไฟล์ %(n)s จุด") % {"n": len(ordered)},
        "columns": [_("แถว"), _("คอลัมน์"), _("สิ่งที่พบและวิธีแก้"), ""],
        "rows": rows,
        "rest": _("และอีก %(n)s จุด") % {"n": rest} if rest else "",
    }


# What would change ---------------------------------------------------------------------------------------------


def _difference(session: Session, answer: Row) -> Row:
    _, counts, rows = session, answer["difference"]["counts"], answer["difference"]["rows"]
    shown = []
    for part, title in PARTS.items():
        if not counts[part] and part not in ("new_people", "absent"):
            continue
        shown.append(
            {
                "id": part,
                "title": _(title) % {"n": counts[part]},
                "columns": [_("รหัส"), _("ชื่อ"), _("รายละเอียด")],
                "rows": [
                    [{"own": row["person_code"]}, {"own": row["name"]}, _detail(_, part, row)] for row in rows[part]
                ],
            }
        )
    shown.append(
        {"id": "unchanged", "title": _("ตรงกับทะเบียนอยู่แล้ว %(n)s รายการ") % {"n": counts["unchanged"]}, "rows": []}
    )
    return {"title": _("สิ่งที่จะเปลี่ยน"), "rows": shown}


def _detail(session: Session, part: str, row: Row) -> list[Any]:
    if part == "renamed":
        return rich(session("ชื่อเดิม %(name)s"), name=row["before"])
    if part in ("changed", "ended"):
        return [*_stay(session, row["before"]), " → ", *_stay(session, row["after"])]
    stays = [row["stay"]] if part == "new_stays" else row["stays"]
    parts: list[Any] = []
    for n, stay in enumerate(stays):
        parts += ([", "] if n else []) + _stay(session, stay)
    return parts


def _stay(session: Session, stay: Row) -> list[Any]:
    start = show_date(date.fromisoformat(stay["active_from"]), session.locale)
    said = session("ตั้งแต่ %(day)s") % {"day": start}
    if stay["active_to"]:
        end = show_date(date.fromisoformat(stay["active_to"]), session.locale)
        said = session("ตั้งแต่ %(day)s พ้นวันที่ %(end)s") % {"day": start, "end": end}
    return [{"own": stay["unit"]}, f" {said}"]
