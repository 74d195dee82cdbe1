"""Messages about the roster by hand: join, transfer, leave, correct, withdraw, leave out of the count with a reason.

A stay is never changed: it is withdrawn and another one added, both in the event of the message. The first day and the day
of leaving follow km.4's count: active_from <= day < active_to.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from cps_training.desk import office as o
from cps_training.desk.asker import Asker, Context
from cps_training.desk.people import known, note
from cps_training.enrolment import Stay
from cps_training.enrolment.reading import overlap
from cps_training.errors import AccessError
from cps_training.records import roster

Value = dict[str, Any]


def enrol(context: Context, conn: Connection, asker: Asker, request: o.Enrol) -> Value:
    known(conn, request.person_id)
    stay = _checked(
        conn,
        Stay(
            "",
            request.person_id,
            request.unit,
            request.employment,
            request.is_guest,
            request.active_from,
            request.active_to,
        ),
    )
    seq = note(context, conn, asker, "enrol", request.person_id, **_told(stay))
    return {"entry_id": _added(context, conn, stay, seq)}


def transfer(context: Context, conn: Connection, asker: Asker, request: o.Transfer) -> Value:
    now_in = _current(conn, request.person_id, request.on)
    stay = _fitting(replace(now_in, unit=request.unit, active_from=request.on, left_out_because=None))
    if stay.unit == now_in.unit:
        raise AccessError("same-unit", "อยู่กลุ่มงานนี้อยู่แล้ว โปรดเลือกกลุ่มงานอื่น")
    seq = note(context, conn, asker, "transfer", request.person_id, before=now_in.unit, **_told(stay))
    roster.withdraw_entry(conn, now_in.entry_id, seq)
    if now_in.active_from < request.on:
        _added(context, conn, replace(now_in, active_to=request.on), seq)
    return {"entry_id": _added(context, conn, stay, seq)}


def leave(context: Context, conn: Connection, asker: Asker, request: o.Leave) -> Value:
    now_in = _current(conn, request.person_id, request.on)
    seq = note(context, conn, asker, "leave", request.person_id, unit=now_in.unit, on=request.on.isoformat())
    roster.withdraw_entry(conn, now_in.entry_id, seq)
    return {"entry_id": _added(context, conn, replace(now_in, active_to=request.on), seq)}


def amend(context: Context, conn: Connection, asker: Asker, request: o.Amend) -> Value:
    before = _entry(conn, request.entry_id)
    stay = _checked(
        conn,
        replace(
            before,
            unit=request.unit,
            employment=request.employment,
            is_guest=request.is_guest,
            active_from=request.active_from,
            active_to=request.active_to,
        ),
    )
    seq = note(context, conn, asker, "amend", before.person_id, before=_told(before), **_told(stay))
    roster.withdraw_entry(conn, before.entry_id, seq)
    return {"entry_id": _added(context, conn, stay, seq)}


def withdraw(context: Context, conn: Connection, asker: Asker, request: o.Withdraw) -> Value:
    before = _entry(conn, request.entry_id)
    seq = note(context, conn, asker, "withdraw", before.person_id, **_told(before))
    roster.withdraw_entry(conn, before.entry_id, seq)
    return {}


def leave_out(context: Context, conn: Connection, asker: Asker, request: o.LeaveOut) -> Value:
    before = _entry(conn, request.entry_id)
    because = " ".join(request.because.split()) or None
    kind = "leave-out" if because else "count-again"
    seq = note(context, conn, asker, kind, before.person_id, because=because, **_told(before))
    roster.withdraw_entry(conn, before.entry_id, seq)
    return {"entry_id": _added(context, conn, replace(before, left_out_because=because), seq)}


def _told(stay: Stay) -> Value:
    """A stay in the detail of an event."""
    return {
        "unit": stay.unit,
        "employment": stay.employment,
        "is_guest": stay.is_guest,
        "active_from": stay.active_from.isoformat(),
        "active_to": stay.active_to.isoformat() if stay.active_to else None,
    }


def _entry(conn: Connection, entry_id: str) -> Stay:
    found = roster.entries(conn, entry_id=entry_id)
    if not found:
        raise AccessError("unknown-entry", "รายการนี้ถูกแก้ไปแล้วจากอีกหน้าหนึ่ง โปรดเปิดหน้านี้อีกครั้ง")
    return found[0]


def _current(conn: Connection, person_id: str, on: date) -> Stay:
    """The stay that holds on the day, or on the eve of it (somebody may leave on the day they were to move)."""
    known(conn, person_id)
    eve = on - timedelta(days=1)
    for day in (on, eve):
        for one in roster.entries(conn, person_id=person_id):
            if one.active_from <= day and (one.active_to is None or day < one.active_to):
                return one
    raise AccessError("not-on-roster", "ไม่มีชื่อในทะเบียน ณ วันนั้น โปรดตรวจวันที่ หรือเพิ่มเข้าทะเบียนก่อน")


def _fitting(stay: Stay) -> Stay:
    """The stay with a tidy unit. Raises AccessError unit-missing, wrong-order."""
    stay = replace(stay, unit=" ".join(stay.unit.split()))
    if not stay.unit:
        raise AccessError("unit-missing", "ยังไม่ได้ระบุกลุ่มงาน โปรดเลือกหรือพิมพ์ชื่อกลุ่มงาน")
    if stay.active_to is not None and stay.active_to <= stay.active_from:
        raise AccessError("wrong-order", "วันที่พ้นต้องอยู่หลังวันที่เริ่ม โปรดแก้วันที่")
    return stay


def _checked(conn: Connection, stay: Stay) -> Stay:
    """The stay, if it overlaps no other one of the person. Raises AccessError overlaps and those of _fitting."""
    stay = _fitting(stay)
    for other in roster.entries(conn, person_id=stay.person_id):
        if other.entry_id != stay.entry_id and overlap(stay, other):
            raise AccessError("overlaps", "ช่วงวันที่ทับกับรายการเดิมของคนเดียวกัน โปรดใช้การย้ายกลุ่มงาน หรือแก้วันที่")
    return stay


def _added(context: Context, conn: Connection, stay: Stay, seq: int) -> str:
    return roster.add_entry(
        conn,
        person_id=stay.person_id,
        unit=stay.unit,
        employment=stay.employment,
        is_guest=stay.is_guest,
        active_from=stay.active_from,
        active_to=stay.active_to,
        left_out_because=stay.left_out_because,
        event=seq,
        entropy=context.entropy,
    )
