"""Messages about who somebody is: sign-in, sessions, one-use tickets of kernels, the first trainer.

Passwords are hashed and verified in PREPARE, outside any write transaction. Refusals never tell which part was wrong.
"""

from __future__ import annotations

import hmac
from datetime import timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection

from cps_training.desk import protocol as p
from cps_training.desk.asker import Asker, Context, KeptRefusal
from cps_training.errors import AccessError
from cps_training.records import accounts, passwords, roster
from cps_training.records.accounts import Person
from cps_training.records.engine import Records

Value = dict[str, Any]

MAIN_ROLES = ("admin", "trainer", "approver")
STAFF = frozenset(("trainer", "approver", "admin"))
SHORTEST_PASSWORD = 8


def view(conn: Connection, person: Person, *, is_demo: bool) -> Value:
    """PersonView as JSON. In a demo store nobody has a password or needs one."""
    return p.PersonView(
        person_id=person.person_id,
        code=person.code,
        name=person.name,
        roles=person.roles,
        locale=person.locale,
        office=roster.get_setting(conn, "office") or "",
        must_choose_password=not person.has_password and not is_demo,
    ).model_dump(mode="json")


def _demo(conn: Connection) -> Value | None:
    """The setting of a demo store, {"shown": [codes that may be entered with one click]}; None in a real one."""
    return roster.get_setting(conn, "demo") or None


def main_role(person: Person) -> str:
    """The role a person is introduced with: the one that sees most."""
    return next(role for role in (*MAIN_ROLES, *person.roles) if role in person.roles)


def _opened(context: Context, conn: Connection, person: Person, kind: str) -> Value:
    token, max_age = accounts.open_session(conn, person.person_id, kind, context.now, context.entropy)
    shown = view(conn, person, is_demo=_demo(conn) is not None)
    return {
        "session": token,
        "person": shown,
        "must_choose_password": shown["must_choose_password"],
        "max_age": max_age,
    }


# Slow work -----------------------------------------------------------------------------------------------------


def _verify(records: Records, request: p.SignIn) -> bool:
    with records.read() as conn:
        stored = accounts.password_hash_of(conn, request.code)
    return passwords.verify(stored, request.password)


def _hash(_: Records, request: p.FirstTrainer | p.ChoosePassword) -> str:
    if len(request.password) < SHORTEST_PASSWORD:
        raise AccessError("weak-password", f"รหัสผ่านสั้นเกินไป ใช้อย่างน้อย {SHORTEST_PASSWORD} ตัวอักษร")
    return passwords.make_hash(request.password)


PREPARE: dict[str, Any] = {"sign_in": _verify, "first_trainer": _hash, "choose_password": _hash}


# The server's messages -----------------------------------------------------------------------------------------


def situation(context: Context, conn: Connection, asker: Asker, request: p.Situation) -> Value:
    demo = _demo(conn)
    known = [accounts.person_by_code(conn, code) for code in demo["shown"]] if demo else []
    return {
        "demo": demo is not None,
        "needs_setup": demo is None and not any(STAFF & set(person.roles) for person in accounts.people(conn)),
        "office": roster.get_setting(conn, "office") or "",
        "people": [
            {
                "person_id": person.person_id,
                "name": person.name,
                "roles": list(person.roles),
                "role_label": main_role(person),
            }
            for person in known
            if person is not None
        ],
    }


def sign_in(context: Context, conn: Connection, asker: Asker, request: p.SignIn) -> Value | KeptRefusal:
    keys = accounts.sign_in_keys(request.code, request.address)
    locked = accounts.locked_until(conn, keys, context.now)
    if locked is not None:
        raise _too_many_tries(locked - context.now)
    person = accounts.person_by_code(conn, request.code)
    accepted = (
        person is not None
        and not person.is_disabled
        and (
            bool(context.prepared) or accounts.use_one_time_code(conn, person.person_id, request.password, context.now)
        )
    )
    if person is None or not accepted:
        accounts.note_failure(conn, keys, context.now)
        return KeptRefusal(AccessError("not-accepted", "รหัสเจ้าหน้าที่หรือรหัสผ่านไม่ถูกต้อง โปรดลองอีกครั้ง"))
    accounts.clear_failures(conn, keys[:2])
    kind = "shared" if request.is_shared_device else "staff" if STAFF & set(person.roles) else "own"
    if not context.prepared:
        accounts.set_password(conn, person.person_id, None)
        person = accounts.person_by_code(conn, request.code) or person
    return _opened(context, conn, person, kind)


def _too_many_tries(wait: timedelta) -> AccessError:
    """Waits in whole sentences, so that each has its translation; rounded up, nobody comes back too early."""
    if wait <= timedelta(minutes=1):
        return AccessError("too-many-tries", "ใส่รหัสผิดหลายครั้งเกินไป โปรดรอ 1 นาทีแล้วลองใหม่")
    if wait <= timedelta(minutes=5):
        return AccessError("too-many-tries", "ใส่รหัสผิดหลายครั้งเกินไป โปรดรอ 5 นาทีแล้วลองใหม่")
    return AccessError("too-many-tries", "ใส่รหัสผิดหลายครั้งเกินไป โปรดรอ 15 นาทีแล้วลองใหม่")


def demo_sign_in(context: Context, conn: Connection, asker: Asker, request: p.DemoSignIn) -> Value:
    person = accounts.person_by_id(conn, request.person_id)
    demo = _demo(conn)
    if demo is None or person is None or person.code not in demo["shown"]:
        raise AccessError("not-a-demo", "ใช้ได้เฉพาะชุดข้อมูลจำลอง โปรดเข้าสู่ระบบด้วยรหัสเจ้าหน้าที่")
    return _opened(context, conn, person, "demo")


def first_trainer(context: Context, conn: Connection, asker: Asker, request: p.FirstTrainer) -> Value | KeptRefusal:
    if not situation(context, conn, asker, p.Situation())["needs_setup"]:
        raise AccessError("already-set-up", "มีบัญชีวิทยากรแล้ว โปรดเข้าสู่ระบบ")
    keys = accounts.sign_in_keys("first-trainer", request.address)
    locked = accounts.locked_until(conn, keys, context.now)
    if locked is not None:
        raise _too_many_tries(locked - context.now)
    expected = roster.get_setting(conn, "setup_code_hash") or ""
    given = sha256(request.setup_code.strip().upper().encode()).hexdigest()
    if not hmac.compare_digest(str(expected), given):
        accounts.note_failure(conn, keys, context.now)
        return KeptRefusal(AccessError("wrong-setup-code", "รหัสเริ่มต้นไม่ถูกต้อง ดูรหัสในหน้าต่างที่เปิดโปรแกรม"))
    person_id = accounts.add_person(
        conn,
        code=request.code,
        name=request.name,
        roles=("trainer", "admin"),
        at=context.now,
        entropy=context.entropy,
    )
    accounts.set_password(conn, person_id, context.prepared)
    roster.put_setting(conn, "setup_code_hash", "")
    person = accounts.person_by_id(conn, person_id)
    assert person is not None
    return _opened(context, conn, person, "staff")


def who_is(context: Context, conn: Connection, asker: Asker, request: p.WhoIs) -> Value:
    session = accounts.session(conn, request.session, context.now)
    if session is None:
        return {"person": None, "session_hash": None}
    return {
        "person": view(conn, session.person, is_demo=_demo(conn) is not None),
        "session_hash": session.session_hash,
        "needs_slide": session.needs_slide,
    }


def slide(context: Context, conn: Connection, asker: Asker, request: p.Slide) -> Value:
    accounts.slide(conn, request.session_hash, context.now)
    return {}


def sign_out(context: Context, conn: Connection, asker: Asker, request: p.SignOut) -> Value:
    session = accounts.session(conn, request.session, context.now)
    if session is not None:
        accounts.revoke_session(conn, session.session_hash, context.now)
    return {}


def _signed_in(context: Context, conn: Connection, token: str) -> Person:
    session = accounts.session(conn, token, context.now)
    if session is None:
        raise AccessError("not-signed-in", "หมดเวลาการเข้าสู่ระบบ โปรดเข้าสู่ระบบอีกครั้ง")
    return session.person


def choose_password(context: Context, conn: Connection, asker: Asker, request: p.ChoosePassword) -> Value:
    person = _signed_in(context, conn, request.session)
    accounts.set_password(conn, person.person_id, context.prepared)
    accounts.revoke_sessions_of(conn, person.person_id, context.now, keep=accounts.token_hash(request.session))
    return {}


def set_locale(context: Context, conn: Connection, asker: Asker, request: p.SetLocale) -> Value:
    accounts.set_locale(conn, _signed_in(context, conn, request.session).person_id, request.locale)
    return {}


def mint_ticket(context: Context, conn: Connection, asker: Asker, request: p.MintTicket) -> Value:
    if accounts.session(conn, request.session_hash, context.now, is_hash=True) is None:
        raise AccessError("not-signed-in", "หมดเวลาการเข้าสู่ระบบ โปรดเข้าสู่ระบบอีกครั้ง")
    return {"ticket": accounts.mint_ticket(conn, request.session_hash, request.kernel_id, context.now, context.entropy)}


def health(context: Context, conn: Connection, asker: Asker, request: p.Health) -> Value:
    roster.get_setting(conn, "demo")
    return {"status": "ok"}


# A kernel's first message --------------------------------------------------------------------------------------


def redeem(context: Context, conn: Connection, asker: Asker, request: p.Redeem) -> Value:
    redeemed = accounts.redeem_ticket(conn, request.ticket, context.now, context.entropy)
    if redeemed is None:
        raise AccessError("ticket-refused", "สิทธิ์เปิดหน้านี้ถูกใช้ไปแล้วหรือหมดอายุ โปรดเปิดหน้านี้อีกครั้ง")
    session_hash, resume_token = redeemed
    return _welcome(context, conn, session_hash) | {"resume": resume_token}


def resume(context: Context, conn: Connection, asker: Asker, request: p.Resume) -> Value:
    session_hash = accounts.session_of_resume(conn, request.resume)
    if session_hash is None:
        raise AccessError("ticket-refused", "หน้านี้หมดอายุแล้ว โปรดเปิดหน้านี้อีกครั้ง")
    return _welcome(context, conn, session_hash) | {"resume": request.resume}


def _welcome(context: Context, conn: Connection, session_hash: str) -> Value:
    session = accounts.session(conn, session_hash, context.now, is_hash=True)
    if session is None:
        raise AccessError("not-signed-in", "หมดเวลาการเข้าสู่ระบบ โปรดเข้าสู่ระบบอีกครั้ง")
    is_demo = _demo(conn) is not None
    return {"person": view(conn, session.person, is_demo=is_demo), "demo": is_demo, "session_hash": session_hash}
