"""One person of the office: the sheet with its forms, and the message each form becomes. Knows no widget and asks nobody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from cps_training.apps.panels import fields
from cps_training.apps.panels.people import (
    Person,
    employment_field,
    holds,
    role_field,
    role_names,
    tag,
)
from cps_training.apps.rich import Rich, rich
from cps_training.apps.session import Session
from cps_training.clock import office_day
from cps_training.desk import office
from cps_training.desk.wire import Message
from cps_training.enrolment.words import EMPLOYMENT_LABELS
from cps_training.i18n import mark
from cps_training.thai_text import show_date

Row = dict[str, Any]

SAVED = {
    "rename": mark("บันทึกแล้ว แก้ชื่อเรียบร้อย"),
    "roles": mark("บันทึกแล้ว เปลี่ยนสิทธิ์เรียบร้อย"),
    "code": mark("ออกรหัสใหม่แล้ว ดูด้านบนของหน้า รหัสเดิมใช้ไม่ได้อีก"),
    "disable": mark("บันทึกแล้ว ปิดบัญชีแล้ว"),
    "enable": mark("บันทึกแล้ว เปิดบัญชีแล้ว"),
    "enrol": mark("บันทึกแล้ว เพิ่มเข้าทะเบียนแล้ว"),
    "transfer": mark("บันทึกแล้ว ย้ายกลุ่มงานแล้ว"),
    "leave": mark("บันทึกแล้ว พ้นจากทะเบียนตามวันที่กำหนด"),
    "amend": mark("บันทึกแล้ว แก้ช่วงนี้แล้ว"),
    "out": mark("บันทึกแล้ว ไม่นับช่วงนี้ในหน่วยงาน"),
    "in": mark("บันทึกแล้ว กลับมานับช่วงนี้"),
    "withdraw": mark("บันทึกแล้ว ถอนรายการแล้ว"),
}
CHANGES = {
    "add-person": mark("เพิ่มบัญชี"),
    "first-trainer": mark("สร้างบัญชีวิทยากรคนแรก"),
    "rename-person": mark("แก้ชื่อ"),
    "set-roles": mark("เปลี่ยนสิทธิ์"),
    "new-code": mark("ออกรหัสใช้ครั้งเดียวใหม่"),
    "disable": mark("ปิดบัญชี"),
    "enable": mark("เปิดบัญชี"),
    "enrol": mark("เพิ่มเข้าทะเบียน %(unit)s ตั้งแต่ %(day)s"),
    "transfer": mark("ย้ายไป %(unit)s ตั้งแต่ %(day)s"),
    "leave": mark("พ้นจาก %(unit)s ตั้งแต่ %(on)s"),
    "amend": mark("แก้ช่วงในทะเบียนเป็น %(unit)s ตั้งแต่ %(day)s"),
    "withdraw": mark("ถอนรายการ %(unit)s ตั้งแต่ %(day)s"),
    "leave-out": mark("ไม่นับในหน่วยงาน เหตุผล: %(because)s"),
    "count-again": mark("กลับมานับในหน่วยงาน"),
    "merge": mark("รวมกับบัญชีอื่น"),
    "unmerge": mark("เลิกรวมกับบัญชีอื่น"),
}


def sheet(
    session: Session, one: Person, changes: Iterable[Row], units: list[str], today: date, *, may_give_all: bool
) -> dict[str, Any]:
    """Traits of a PersonSheet."""
    _ = session
    forms: dict[str, fields.Form] = {}
    stays = [_stay(_, stay, forms, units, today) for stay in reversed(one.stays)] if not one.merged_into else []
    roster_forms = {} if one.merged_into else _roster_forms(_, one, units, today)
    account_forms = {} if one.merged_into else _account_forms(_, one, may_give_all=may_give_all)
    history = [_change(_, row) for row in changes if row["subject_id"] == one.person_id]
    return {
        "sheet": {
            "name": one.name,
            "code": one.code,
            "tags": [tag(_, one)],
            "back": {"id": "list", "label": _("กลับไปรายชื่อ")},
            "notice": rich(_("บัญชีนี้นับรวมกับรหัส %(code)s จึงแก้ที่บัญชีนั้น"), code=one.merged_into) if one.merged_into else "",
            "facts": _facts(_, one),
            "stays": {"title": _("ช่วงที่อยู่ในหน่วยงาน"), "empty": _("ยังไม่อยู่ในทะเบียน"), "rows": stays},
            "roster": {"title": _("ทะเบียน"), "forms": list(roster_forms)},
            "account": {"title": _("บัญชี"), "forms": list(account_forms)},
            "history": {"title": _("ประวัติการแก้ไข"), "empty": _("ยังไม่มีการแก้ไข"), "rows": history},
        },
        "forms": forms | roster_forms | account_forms,
        "labels": fields.labels(_),
        "locale": _.locale,
    }


def _facts(session: Session, one: Person) -> list[Row]:
    _ = session
    shown: list[Row] = [{"label": _("สิทธิ์ในระบบ"), "value": role_names(_, one.roles)}]
    if one.now:
        shown.insert(0, {"label": _("กลุ่มงานวันนี้"), "value": [{"own": one.now["unit"]}]})
        shown.insert(1, {"label": _("ประเภท"), "value": _(EMPLOYMENT_LABELS[one.now["employment"]])})
    if one.code_expires_on:
        until = show_date(date.fromisoformat(one.code_expires_on), _.locale)
        shown.append({"label": _("รหัสใช้ครั้งเดียว"), "value": _("ออกไว้แล้ว ยังไม่ได้ใช้ ใช้ได้ถึง %(day)s") % {"day": until}})
    elif not one.has_password and not one.merged_into:
        shown.append({"label": _("รหัสใช้ครั้งเดียว"), "value": _("ไม่มีรหัสที่ใช้ได้ โปรดออกรหัสใหม่")})
    return shown


def _period(session: Session, stay: Row) -> str:
    start = show_date(date.fromisoformat(stay["active_from"]), session.locale)
    if stay["active_to"] is None:
        return session("ตั้งแต่ %(day)s ถึงปัจจุบัน") % {"day": start}
    end = show_date(date.fromisoformat(stay["active_to"]), session.locale)
    return session("ตั้งแต่ %(day)s พ้นวันที่ %(end)s") % {"day": start, "end": end}


def _stay(session: Session, stay: Row, forms: dict[str, fields.Form], units: list[str], today: date) -> Row:
    _, own = session, stay["entry_id"]
    forms[f"amend:{own}"] = fields.form(
        _("แก้ช่วงนี้ให้ถูกต้อง"),
        _("บันทึกการแก้ไข"),
        fields.text("unit", _("กลุ่มงาน"), stay["unit"], suggestions=units),
        employment_field(_, stay["employment"]),
        fields.day(_, "active_from", _("ตั้งแต่"), date.fromisoformat(stay["active_from"])),
        fields.day(
            _,
            "active_to",
            _("พ้นวันที่"),
            date.fromisoformat(stay["active_to"]) if stay["active_to"] else None,
            hint=_("วันแรกที่ไม่อยู่แล้ว เว้นว่างไว้ถ้ายังอยู่"),
        ),
        fields.flag("is_guest", _("เป็นแขกจากหน่วยงานอื่น"), stay["is_guest"]),
        intro=_("ใช้เมื่อกรอกผิด ถ้าย้ายกลุ่มงานจริง ใช้ “ย้ายกลุ่มงาน”"),
    )
    names = [f"amend:{own}"]
    if stay["left_out_because"]:
        forms[f"in:{own}"] = fields.form(_("กลับมานับในหน่วยงาน"), _("กลับมานับ"))
        names.append(f"in:{own}")
    elif not stay["is_guest"]:
        forms[f"out:{own}"] = fields.form(
            _("ไม่นับในหน่วยงาน"),
            _("บันทึกว่าไม่นับ"),
            fields.area("because", _("เหตุผล"), hint=_("เช่น ลาศึกษาต่อ หรือไปช่วยราชการ เหตุผลจะแสดงในรายงาน")),
            intro=_("ใช้เมื่อลายาวหรือไปช่วยราชการ ปกติผู้ลายังนับอยู่ในหน่วยงาน"),
        )
        names.append(f"out:{own}")
    forms[f"withdraw:{own}"] = fields.form(
        _("ถอนรายการที่ใส่ผิด"),
        _("ถอนรายการนี้"),
        intro=_("ใช้เมื่อคนนี้ไม่เคยอยู่ในหน่วยงานช่วงนี้ รายการจะหายจากทะเบียน แต่ยังอยู่ในประวัติ"),
        kind="danger",
    )
    text: Rich = [f"{_period(_, stay)} · {_(EMPLOYMENT_LABELS[stay['employment']])}"]
    if stay["left_out_because"]:
        text += rich(" · " + _("ไม่นับในหน่วยงาน เหตุผล: %(because)s"), because=stay["left_out_because"])
    if stay["is_guest"]:
        shown = {"text": _("แขก"), "kind": "plain"}
    else:
        shown = {"text": _("ปัจจุบัน"), "kind": "good"} if holds(stay, today) else {}
    return {
        "id": own,
        "unit": stay["unit"],
        "text": text,
        "tag": shown,
        "forms": [*names, f"withdraw:{own}"],
        "fold": _("แก้ไขช่วงนี้"),
    }


def _roster_forms(session: Session, one: Person, units: list[str], today: date) -> dict[str, fields.Form]:
    _ = session
    if one.now:
        return {
            "transfer": fields.form(
                _("ย้ายกลุ่มงาน"),
                _("บันทึกการย้าย"),
                fields.text("unit", _("ย้ายไปกลุ่มงาน"), suggestions=[unit for unit in units if unit != one.unit]),
                fields.day(_, "on", _("ตั้งแต่วันที่"), today),
            ),
            "leave": fields.form(
                _("พ้นจากหน่วยงาน"),
                _("บันทึกการพ้น"),
                fields.day(_, "on", _("พ้นวันที่"), today, hint=_("วันแรกที่ไม่อยู่แล้ว")),
                intro=_("ใช้เมื่อย้ายออก ลาออก หรือเกษียณ การเข้าร่วมที่บันทึกไว้ยังอยู่"),
            ),
        }
    return {
        "enrol": fields.form(
            _("เพิ่มเข้าทะเบียน"),
            _("เพิ่มเข้าทะเบียน"),
            fields.text("unit", _("กลุ่มงาน"), one.unit, suggestions=units),
            employment_field(_, one.stays[-1]["employment"] if one.stays else "civil_servant"),
            fields.day(_, "active_from", _("ตั้งแต่"), today),
            fields.flag("is_guest", _("เป็นแขกจากหน่วยงานอื่น")),
        )
    }


def _account_forms(session: Session, one: Person, *, may_give_all: bool) -> dict[str, fields.Form]:
    _ = session
    forms = {"rename": fields.form(_("แก้ชื่อ"), _("บันทึกชื่อ"), fields.text("name", _("ชื่อและนามสกุล"), one.name))}
    if may_give_all:
        forms["roles"] = fields.form(
            _("สิทธิ์ในระบบ"), _("บันทึกสิทธิ์"), role_field(_, one.roles), intro=_("คนเดียวมีได้หลายสิทธิ์")
        )
    if one.is_disabled:
        forms["enable"] = fields.form(_("เปิดบัญชี"), _("เปิดบัญชีนี้"), intro=_("เปิดแล้วเจ้าตัวเข้าใช้ได้ด้วยรหัสผ่านเดิม"))
        return forms
    forms["code"] = fields.form(
        _("ออกรหัสใช้ครั้งเดียวใหม่"), _("ออกรหัสใหม่"), intro=_("ใช้เมื่อเจ้าตัวลืมรหัสผ่านหรือทำใบแจกหาย รหัสจะแสดงครั้งเดียว")
    )
    if not one.is_me:
        forms["disable"] = fields.form(
            _("ปิดบัญชี"), _("ปิดบัญชีนี้"), intro=_("เจ้าตัวจะเข้าใช้ไม่ได้ทันที คำตอบและการเข้าร่วมยังอยู่ครบ"), kind="danger"
        )
    return forms


def _change(session: Session, row: Row) -> Row:
    _, detail = session, row["detail"]
    text = _(CHANGES[row["kind"]]) if row["kind"] in CHANGES else row["kind"]
    start, end = detail.get("active_from"), detail.get("on")
    own = {
        "unit": str(detail.get("unit", "")),
        "because": str(detail.get("because") or ""),
        "day": show_date(date.fromisoformat(start), _.locale) if start else "",
        "on": show_date(date.fromisoformat(end), _.locale) if end else "",
    }
    return {
        "when": show_date(office_day(datetime.fromisoformat(row["at"])), _.locale),
        "what": rich(text, **own),
        "who": [{"own": row["by"]}] if row["by"] else _("จากบรรทัดคำสั่ง"),
    }


# What a form asks of the desk ----------------------------------------------------------------------------------


def message(session: Session, form_id: str, values: dict[str, Any], one: Person, today: date) -> Message:
    """The desk's message for a filled-in form of the sheet. Raises fields.FieldError."""
    verb, _, entry_id = form_id.partition(":")
    if verb in ("enrol", "amend"):
        stay = {
            "unit": values["unit"].strip(),
            "employment": values["employment"] or "civil_servant",
            "is_guest": values["is_guest"],
            "active_from": fields.needed_day(session, values, "active_from", today),
        }
        if verb == "enrol":
            return office.Enrol(person_id=one.person_id, **stay)
        ends = fields.read_day(session, values, "active_to", today, is_needed=False)
        return office.Amend(entry_id=entry_id, active_to=ends, **stay)
    if verb == "transfer":
        unit = fields.read_words(session, values, "unit", mark("ยังไม่ได้ระบุกลุ่มงาน โปรดเลือกหรือพิมพ์ชื่อกลุ่มงาน"))
        return office.Transfer(person_id=one.person_id, unit=unit, on=fields.needed_day(session, values, "on", today))
    if verb == "leave":
        return office.Leave(person_id=one.person_id, on=fields.needed_day(session, values, "on", today))
    if verb == "out":
        because = fields.read_words(session, values, "because", mark("โปรดเขียนเหตุผล เพราะจะแสดงในรายงาน"))
        return office.LeaveOut(entry_id=entry_id, because=because)
    if verb == "in":
        return office.LeaveOut(entry_id=entry_id, because="")
    if verb == "withdraw":
        return office.Withdraw(entry_id=entry_id)
    if verb == "rename":
        name = fields.read_words(session, values, "name", mark("ยังไม่ได้กรอกชื่อ"))
        return office.RenamePerson(person_id=one.person_id, name=name)
    if verb == "roles":
        if not values["roles"]:
            raise fields.FieldError("roles", session("โปรดเลือกอย่างน้อยหนึ่งสิทธิ์"))
        return office.SetRoles(person_id=one.person_id, roles=tuple(values["roles"]))
    if verb == "code":
        return office.NewCode(person_id=one.person_id)
    return office.SetDisabled(person_id=one.person_id, is_disabled=verb == "disable")
