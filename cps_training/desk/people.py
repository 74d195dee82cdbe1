"""Messages about accounts by hand: add, rename, roles, close, one-time codes, two accounts of one person.

A trainer manages learners; everybody else is managed by an admin. Every change is kept as an event without names.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from cps_training.clock import office_day
from cps_training.desk import office as o
from cps_training.desk.asker import Asker, Context
from cps_training.errors import AccessError
from cps_training.records import accounts, events, merges, roster
from cps_training.records.accounts import Person

Value = dict[str, Any]

ADMIN = "admin"


def known(conn: Connection, person_id: str) -> Person:
    """The account. Raises AccessError unknown-person."""
    found = accounts.person_by_id(conn, person_id)
    if found is None:
        raise AccessError("unknown-person", "ไม่พบบุคคลนี้ในระบบ โปรดเปิดหน้านี้อีกครั้ง")
    return found


def _managed(conn: Connection, asker: Asker, person_id: str, *, roles: tuple[str, ...] = ()) -> Person:
    """The account, if the asker may manage it and give it `roles`. Raises AccessError unknown-person, admin-only."""
    person = known(conn, person_id)
    _may_give(asker, (*person.roles, *roles))
    return person


def _may_give(asker: Asker, roles: tuple[str, ...]) -> None:
    if ADMIN not in asker.roles and set(roles) - {"learner"}:
        raise AccessError("admin-only", "บัญชีที่มีสิทธิ์วิทยากร ผู้อนุมัติ หรือผู้ดูแล จัดการได้โดยผู้ดูแลระบบเท่านั้น")


def _not_the_last_admin(conn: Connection, person: Person) -> None:
    others = [
        one
        for one in accounts.people(conn)
        if ADMIN in one.roles and not one.is_disabled and one.person_id != person.person_id
    ]
    if ADMIN in person.roles and not others:
        raise AccessError("last-admin", "บัญชีนี้เป็นผู้ดูแลระบบคนสุดท้าย โปรดตั้งผู้ดูแลคนอื่นก่อน")


def note(context: Context, conn: Connection, asker: Asker, kind: str, subject: str | None = None, **detail: Any) -> int:
    """Keep what the asker did as an event; gives its seq."""
    return events.note(conn, kind=kind, at=context.now, by=asker.person_id, subject=subject, detail=detail)


def _code(context: Context, conn: Connection, person_id: str) -> Value:
    letters = accounts.make_one_time_code(conn, person_id, context.now, context.entropy)
    return {
        "one_time_code": letters,
        "expires_on": office_day(accounts.open_codes(conn, context.now)[person_id]).isoformat(),
    }


def add_person(context: Context, conn: Connection, asker: Asker, request: o.AddPerson) -> Value:
    _may_give(asker, request.roles)
    person_id = accounts.add_person(
        conn,
        code=request.code,
        name=request.name,
        roles=request.roles or ("learner",),
        at=context.now,
        entropy=context.entropy,
    )
    seq = note(context, conn, asker, "add-person", person_id, roles=list(request.roles), unit=request.unit)
    if request.unit.strip():
        roster.add_entry(
            conn,
            person_id=person_id,
            unit=request.unit.strip(),
            employment=request.employment,
            is_guest=request.is_guest,
            active_from=request.active_from or office_day(context.now),
            event=seq,
            entropy=context.entropy,
        )
    return {"person_id": person_id} | _code(context, conn, person_id)


def rename_person(context: Context, conn: Connection, asker: Asker, request: o.RenamePerson) -> Value:
    _managed(conn, asker, request.person_id)
    accounts.set_name(conn, request.person_id, request.name)
    note(context, conn, asker, "rename-person", request.person_id)
    return {}


def set_roles(context: Context, conn: Connection, asker: Asker, request: o.SetRoles) -> Value:
    person = _managed(conn, asker, request.person_id, roles=request.roles)
    if ADMIN not in request.roles:
        _not_the_last_admin(conn, person)
    accounts.set_roles(conn, person.person_id, request.roles)
    note(context, conn, asker, "set-roles", person.person_id, before=list(person.roles), after=list(request.roles))
    return {}


def set_disabled(context: Context, conn: Connection, asker: Asker, request: o.SetDisabled) -> Value:
    person = _managed(conn, asker, request.person_id)
    if request.is_disabled:
        if person.person_id == asker.person_id:
            raise AccessError("yourself", "ปิดบัญชีของตนเองไม่ได้ โปรดให้ผู้ดูแลคนอื่นทำ")
        _not_the_last_admin(conn, person)
    elif person.person_id in merges.merged(conn):
        raise AccessError("merged", "บัญชีนี้รวมกับบัญชีอื่นอยู่ โปรดเลิกรวมก่อน แล้วบัญชีจะเปิดเอง")
    accounts.set_disabled(conn, person.person_id, request.is_disabled, context.now)
    note(context, conn, asker, "disable" if request.is_disabled else "enable", person.person_id)
    return {}


def new_code(context: Context, conn: Connection, asker: Asker, request: o.NewCode) -> Value:
    person = _managed(conn, asker, request.person_id)
    if person.is_disabled:
        raise AccessError("disabled", "บัญชีนี้ปิดอยู่ โปรดเปิดบัญชีก่อนออกรหัส")
    note(context, conn, asker, "new-code", person.person_id)
    return _code(context, conn, person.person_id)


def merge(context: Context, conn: Connection, asker: Asker, request: o.Merge) -> Value:
    loser, kept = _managed(conn, asker, request.merged_id), _managed(conn, asker, request.kept_id)
    if loser.person_id == asker.person_id:
        raise AccessError("yourself", "บัญชีที่กำลังใช้อยู่ต้องเป็นบัญชีที่เก็บไว้ โปรดสลับสองบัญชี")
    _not_the_last_admin(conn, loser)
    merges.merge(conn, kept=kept.person_id, merged_id=loser.person_id, at=context.now, by=asker.person_id)
    return {}


def unmerge(context: Context, conn: Connection, asker: Asker, request: o.Unmerge) -> Value:
    person = _managed(conn, asker, request.merged_id)
    merges.unmerge(conn, merged_id=person.person_id, at=context.now, by=asker.person_id)
    return {}


def distinct(context: Context, conn: Connection, asker: Asker, request: o.Distinct) -> Value:
    one, other = known(conn, request.a_id), known(conn, request.b_id)
    if one.person_id == other.person_id:
        raise AccessError("same-person", "เลือกบัญชีเดียวกัน โปรดเลือกสองบัญชีที่ต่างกัน")
    note(context, conn, asker, "distinct", one.person_id, other=other.person_id)
    return {}
