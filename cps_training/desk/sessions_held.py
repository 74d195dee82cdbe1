"""Messages about knowledge sessions and who attended (km.4), and the office's settings. Counting is analytics' business."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from cps_training.desk import office as o
from cps_training.desk.asker import Asker, Context
from cps_training.desk.people import known, note
from cps_training.errors import AccessError
from cps_training.records import roster

Value = dict[str, Any]


def _title(text: str) -> str:
    title = " ".join(text.split())
    if not title:
        raise AccessError("title-missing", "ยังไม่ได้กรอกชื่อครั้ง โปรดกรอกว่าแลกเปลี่ยนเรื่องใด")
    return title


def add_session(context: Context, conn: Connection, asker: Asker, request: o.AddSession) -> Value:
    session_id = roster.add_km_session(
        conn,
        topic=request.topic,
        title=_title(request.title),
        held_on=request.held_on,
        minutes=request.minutes,
        entropy=context.entropy,
    )
    note(context, conn, asker, "add-session", session=session_id, held_on=request.held_on.isoformat())
    return {"session_id": session_id}


def amend_session(context: Context, conn: Connection, asker: Asker, request: o.AmendSession) -> Value:
    if not roster.amend_km_session(
        conn, request.session_id, title=_title(request.title), held_on=request.held_on, minutes=request.minutes
    ):
        raise _unknown_session()
    held_on = request.held_on.isoformat()
    note(context, conn, asker, "amend-session", session=request.session_id, held_on=held_on, minutes=request.minutes)
    return {}


def remove_session(context: Context, conn: Connection, asker: Asker, request: o.RemoveSession) -> Value:
    if roster.minutes_of_session(conn, request.session_id) is None:
        raise _unknown_session()
    if not roster.remove_km_session(conn, request.session_id):
        raise AccessError("session-attended", "ครั้งนี้มีผู้เข้าร่วมบันทึกไว้แล้ว โปรดลบรายชื่อผู้เข้าร่วมก่อน")
    note(context, conn, asker, "remove-session", session=request.session_id)
    return {}


def note_attendance(context: Context, conn: Connection, asker: Asker, request: o.NoteAttendance) -> Value:
    """All of it or nothing: one unknown person refuses the whole sheet."""
    whole = roster.minutes_of_session(conn, request.session_id)
    if whole is None:
        raise _unknown_session()
    for one in request.attended:
        known(conn, one.person_id)
        if one.minutes is not None and one.minutes > whole:
            raise AccessError("too-many-minutes", "จำนวนนาทีมากกว่าเวลาของครั้งนี้ โปรดแก้จำนวนนาที")
        roster.add_attendance(
            conn, session_id=request.session_id, person_id=one.person_id, kind=one.kind, minutes=one.minutes
        )
    for person_id in request.absent:
        roster.remove_attendance(conn, session_id=request.session_id, person_id=person_id)
    note(
        context,
        conn,
        asker,
        "note-attendance",
        session=request.session_id,
        attended=[one.person_id for one in request.attended],
        absent=list(request.absent),
    )
    return {"n": len(request.attended)}


def _unknown_session() -> AccessError:
    return AccessError("unknown-session", "ไม่พบครั้งนี้ อาจถูกลบจากอีกหน้าหนึ่ง โปรดเปิดหน้านี้อีกครั้ง")


def put_office(context: Context, conn: Connection, asker: Asker, request: o.PutOffice) -> Value:
    roster.put_setting(conn, "office", " ".join(request.name.split()))
    note(context, conn, asker, "put-office")
    return {}


def put_participation(context: Context, conn: Connection, asker: Asker, request: o.PutParticipation) -> Value:
    before = roster.get_setting(conn, "participation") or {}
    roster.put_setting(conn, "participation", request.stored())
    note(context, conn, asker, "put-participation", before=before, after=request.stored())
    return {}
