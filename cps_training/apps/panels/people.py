"""Panel: the people of the office, from accounts and roster together: where each belongs today and in which state.

Pure: rows of the desk in, people and the traits of a PeopleList out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cps_training.apps.panels import fields
from cps_training.apps.rich import rich
from cps_training.apps.session import Session
from cps_training.enrolment.names import folded
from cps_training.enrolment.words import EMPLOYMENT_LABELS
from cps_training.i18n import mark

Row = dict[str, Any]

ROLE_LABELS = {
    "learner": mark("ผู้เรียน"),
    "trainer": mark("วิทยากร"),
    "approver": mark("ผู้อนุมัติ"),
    "admin": mark("ผู้ดูแลระบบ"),
}
STATES = {
    "active": mark("เข้าใช้แล้ว"),
    "waiting": mark("ยังไม่เคยเข้าใช้"),
    "guest": mark("แขก"),
    "left": mark("พ้นจากทะเบียน"),
    "unlisted": mark("ไม่อยู่ในทะเบียน"),
    "disabled": mark("ปิดบัญชีอยู่"),
    "merged": mark("รวมกับบัญชีอื่น"),
}
_KINDS = {"active": "good", "waiting": "due", "disabled": "bad"}


@dataclass(frozen=True)
class Person:
    """An account with its stays, oldest first. now: the stay that holds today, else None."""

    person_id: str
    code: str
    name: str
    roles: tuple[str, ...]
    is_disabled: bool
    has_password: bool
    code_expires_on: str | None
    merged_into: str | None
    is_me: bool
    stays: tuple[Row, ...] = ()
    now: Row | None = field(default=None)

    @property
    def is_on_roster(self) -> bool:
        return self.now is not None

    @property
    def unit(self) -> str:
        """The unit of today, else of the last stay, else ""."""
        stay = self.now or (self.stays[-1] if self.stays else None)
        return str(stay["unit"]) if stay else ""

    @property
    def state(self) -> str:
        """One of STATES, what matters most first."""
        if self.merged_into:
            return "merged"
        if self.is_disabled:
            return "disabled"
        if self.now is None:
            return "left" if self.stays else "unlisted"
        if self.now["is_guest"]:
            return "guest"
        return "active" if self.has_password else "waiting"


def everybody(people: Iterable[Row], roster: Iterable[Row], today: date) -> list[Person]:
    """All accounts, by name. Stays of a merged account stand with the one it is counted as."""
    stays: dict[str, list[Row]] = defaultdict(list)
    for row in roster:
        stays[row["person_id"]].append(row)
    found = []
    for row in people:
        own = sorted(stays[row["person_id"]], key=lambda stay: stay["active_from"])
        found.append(
            Person(
                person_id=row["person_id"],
                code=row["person_code"],
                name=row["name"],
                roles=tuple(row["roles"]),
                is_disabled=row["is_disabled"],
                has_password=row["has_password"],
                code_expires_on=row["code_expires_on"],
                merged_into=row["merged_into"],
                is_me=bool(row.get("is_me")),
                stays=tuple(own),
                now=next((stay for stay in own if holds(stay, today)), None),
            )
        )
    return sorted(found, key=lambda one: (folded(one.name), one.code))


def holds(stay: Row, on: date) -> bool:
    """Whether a stay holds on a day (its last day is the day before active_to)."""
    day = on.isoformat()
    return bool(stay["active_from"] <= day and (stay["active_to"] is None or day < stay["active_to"]))


def units_of(people: Iterable[Person]) -> list[str]:
    """The units people belong or belonged to, by name."""
    return sorted({stay["unit"] for one in people for stay in one.stays})


def role_names(session: Session, roles: Iterable[str]) -> str:
    """The roles in words, in the order of their weight."""
    held = set(roles)
    return ", ".join(session(label) for role, label in ROLE_LABELS.items() if role in held)


def tag(session: Session, one: Person) -> dict[str, str]:
    """The state as a tag."""
    return {"text": session(STATES[one.state]), "kind": _KINDS.get(one.state, "plain")}


def page(session: Session, people: list[Person], n_pairs: int, *, told: str = "") -> dict[str, Any]:
    """Traits of a PeopleList. told: what was just done."""
    _ = session
    has_people = len(people) > 1 or any(one.stays for one in people)
    there = {one.state for one in people}
    notices: list[Row] = [{"text": told, "kind": "good"}] if told else []
    if n_pairs:
        text = _("มี %(n)s คู่ที่อาจเป็นคนเดียวกันสองบัญชี") % {"n": n_pairs}
        notices.append({"text": text, "action": {"id": "pairs", "label": _("ตรวจดู")}})
    return {
        "page": {
            "heading": _("บุคลากร"),
            "intro": _("%(n)s คนในทะเบียนวันนี้ ไม่รวมแขก")
            % {"n": sum(one.is_on_roster and one.state != "guest" for one in people)}
            if has_people
            else "",
            "actions": [
                {"id": "import", "label": _("นำเข้าทะเบียนจากไฟล์"), "primary": True},
                {"id": "add", "label": _("เพิ่มทีละคน")},
                *([{"id": "pairs", "label": _("บัญชีที่รวมกันไว้")}] if "merged" in there and not n_pairs else []),
            ],
            "empty": _("ยังไม่มีทะเบียนบุคลากร เริ่มจากไฟล์รายชื่อที่สำนักงานมีอยู่แล้ว (Excel หรือ CSV) ระบบจะตรวจให้ก่อนบันทึก"),
            "notices": notices,
            "states": [{"id": state, "label": _(label)} for state, label in STATES.items() if state in there],
            "units": [{"id": unit, "label": unit, "is_own": True} for unit in units_of(people)],
            "rows": [_row(_, one) for one in people] if has_people else [],
        },
        "labels": {
            "search": _("ค้นหาชื่อ รหัส หรือกลุ่มงาน"),
            "state": _("สถานะ"),
            "unit": _("กลุ่มงาน"),
            "everything": _("ทั้งหมด"),
            "count": _("แสดง {n} จาก {total} คน"),
            "more": _("แสดงอีก {n} คน"),
            "none": _("ไม่พบคนที่ตรงกับที่ค้นหา"),
        },
        "locale": _.locale,
    }


def _row(session: Session, one: Person) -> Row:
    facts = [session(EMPLOYMENT_LABELS[one.now["employment"]])] if one.now else []
    more = [{"text": session("ไม่นับในหน่วยงาน"), "kind": "plain"}] if one.now and one.now["left_out_because"] else []
    if set(one.roles) - {"learner"}:
        more.append({"text": role_names(session, set(one.roles) - {"learner"}), "kind": "plain"})
    return {
        "id": one.person_id,
        "name": one.name,
        "code": one.code,
        "unit": one.unit,
        "facts": facts,
        "state": one.state,
        "tag": tag(session, one),
        "tags": more,
    }


# Somebody added by hand ----------------------------------------------------------------------------------------

ADD = "add"
ADDED = mark("บันทึกแล้ว เพิ่ม %(name)s แล้ว เพิ่มคนต่อไปได้เลย")


def employments() -> list[str]:
    return list(EMPLOYMENT_LABELS)


def employment_field(session: Session, value: str = "civil_servant") -> fields.Field:
    options = [{"value": key, "label": session(label)} for key, label in EMPLOYMENT_LABELS.items()]
    return fields.choice("employment", "select", session("ประเภท"), options, value)


def role_field(session: Session, value: Iterable[str]) -> fields.Field:
    """For admins: a trainer makes learners only, and the desk refuses the rest."""
    options = [{"value": role, "label": session(label)} for role, label in ROLE_LABELS.items()]
    return fields.choice("roles", "checks", session("สิทธิ์ในระบบ"), options, list(value))


def add_card(session: Session, units: list[str], today: date, *, may_give_all: bool) -> dict[str, Any]:
    """Traits of a FormCard for one more person."""
    _ = session
    form = fields.form(
        _("เพิ่มทีละคน"),
        _("เพิ่มคนนี้"),
        fields.text("code", _("รหัสเจ้าหน้าที่"), most=60),
        fields.text("name", _("ชื่อและนามสกุล")),
        fields.text("unit", _("กลุ่มงาน"), suggestions=units),
        employment_field(_),
        fields.day(_, "active_from", _("อยู่ในหน่วยงานตั้งแต่"), today),
        fields.flag("is_guest", _("เป็นแขกจากหน่วยงานอื่น"), hint=_("แขกเข้าเรียนได้ แต่ไม่นับในหน่วยงาน")),
        *([role_field(_, ("learner",))] if may_give_all else []),
        kind="primary",
    )
    return {
        "card": {
            "heading": _("เพิ่มทีละคน"),
            "level": 1,
            "intro": _("ระบบจะออกรหัสใช้ครั้งเดียวให้ แสดงเพียงครั้งนี้ พิมพ์หรือจดให้เจ้าตัวนำไปตั้งรหัสผ่านเอง"),
            "form": ADD,
            "actions": [{"id": "list", "label": _("กลับไปรายชื่อ")}],
        },
        "forms": {ADD: form},
        "labels": fields.labels(_),
        "locale": _.locale,
        "lands": True,
    }


def read_add(session: Session, values: dict[str, Any], today: date) -> Row:
    """The fields of AddPerson. Raises fields.FieldError."""
    return {
        "code": fields.read_words(session, values, "code", mark("ยังไม่ได้กรอกรหัสเจ้าหน้าที่")),
        "name": fields.read_words(session, values, "name", mark("ยังไม่ได้กรอกชื่อ")),
        "unit": fields.read_words(session, values, "unit", mark("ยังไม่ได้ระบุกลุ่มงาน โปรดเลือกหรือพิมพ์ชื่อกลุ่มงาน")),
        "employment": values["employment"] or "civil_servant",
        "is_guest": values["is_guest"],
        "active_from": fields.needed_day(session, values, "active_from", today),
        "roles": tuple(values.get("roles", ())) or ("learner",),
    }


def slips(session: Session, codes: list[Row], *, intro: str) -> dict[str, Any]:
    """Traits of RosterSlips. codes: {"name", "person_code", "one_time_code", "expires"} (a text)."""
    _ = session
    expires = next((row["expires"] for row in codes if row.get("expires")), "")
    return {
        "page": {
            "heading": _("รหัสใช้ครั้งเดียว %(n)s คน") % {"n": len(codes)},
            "intro": intro,
            "rows": [
                {"name": row["name"], "code": row["person_code"], "letters": row["one_time_code"]} for row in codes
            ],
            "lines": [
                _("เปิดหน้าเข้าสู่ระบบ กรอกรหัสเจ้าหน้าที่และรหัสใช้ครั้งเดียวนี้ในช่องรหัสผ่าน แล้วตั้งรหัสผ่านของตนเอง"),
                *([_("ใช้ได้ถึง %(day)s") % {"day": expires}] if expires else []),
            ],
            "labels": {
                "code": _("รหัสเจ้าหน้าที่"),
                "letters": _("รหัสใช้ครั้งเดียว"),
                "print": _("พิมพ์เป็นใบแจก"),
                "save": _("บันทึกเป็นไฟล์ CSV"),
            },
            "file": "one-time-codes.csv",
            "columns": [_("ชื่อ"), _("รหัสเจ้าหน้าที่"), _("รหัสใช้ครั้งเดียว")],
            "actions": [],
        },
        "locale": _.locale,
    }


def saved(session: Session, text: str, **own: str) -> Any:
    """A saved message with names in it."""
    return rich(session(text), **own)
