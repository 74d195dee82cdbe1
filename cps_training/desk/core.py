"""What each message does, apart from how it came: checks who asks, dispatches, and prepares slow work beforehand.

One `Desk` per process. It holds the library (with keys) and the records; both transports (service, local) call `handle`
inside a transaction they own. Knows no socket, thread or widget.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from cps_training.clock import Clock
from cps_training.content.library import Library
from cps_training.desk import (
    attempts,
    cases,
    certificates,
    enrolment,
    identity,
    marking,
    overview,
    people,
    plan_decisions,
    plan_history,
    plans,
    protocol,
    reading,
    refresher,
    regrading,
    sessions_held,
    standing,
    stays,
)
from cps_training.desk.asker import Asker, Context, KeptRefusal
from cps_training.errors import AccessError
from cps_training.records import accounts
from cps_training.records.engine import Records

Handler = Callable[[Context, Connection, Asker, Any], dict[str, Any] | KeptRefusal]

HANDLERS: dict[str, Handler] = {
    "redeem": identity.redeem,
    "resume": identity.resume,
    "situation": identity.situation,
    "sign_in": identity.sign_in,
    "demo_sign_in": identity.demo_sign_in,
    "first_trainer": identity.first_trainer,
    "who_is": identity.who_is,
    "slide": identity.slide,
    "sign_out": identity.sign_out,
    "choose_password": identity.choose_password,
    "set_locale": identity.set_locale,
    "mint_ticket": identity.mint_ticket,
    "health": identity.health,
    "open_attempt": attempts.open_attempt,
    "answer": attempts.answer,
    "finish": attempts.finish,
    "read_again": attempts.read_again,
    "waiting": marking.waiting,
    "mark": marking.mark,
    "regrade": regrading.regrade,
    "forms": overview.forms,
    "progress": overview.progress,
    "frames": overview.frames,
    "handbook": reading.handbook,
    "standing": standing.standing,
    "refresher": refresher.refresher,
    "cases": cases.cases,
    "open_case": cases.open_case,
    "take_case_step": cases.take_case_step,
    "match_finding": cases.match_finding,
    "plans": plans.plans,
    "begin_plan": plans.begin_plan,
    "open_plan": plans.open_plan,
    "edit_plan": plans.edit_plan,
    "try_submit": plans.try_submit,
    "move_plan": plans.move_plan,
    "advance_day": plans.advance_day,
    "explain_finding": plans.explain_finding,
    "rate_plan": plans.rate_plan,
    "share_plan": plans.share_plan,
    "plan_history": plan_history.plan_history,
    "plan_waiting": plan_decisions.plan_waiting,
    "decide": plan_decisions.decide,
    "plan_errors": plan_decisions.plan_errors,
    "certificate": certificates.certificate,
    "verify_certificate": certificates.verify_certificate,
    "add_person": people.add_person,
    "rename_person": people.rename_person,
    "set_roles": people.set_roles,
    "set_disabled": people.set_disabled,
    "new_code": people.new_code,
    "merge": people.merge,
    "unmerge": people.unmerge,
    "distinct": people.distinct,
    "enrol": stays.enrol,
    "transfer": stays.transfer,
    "leave": stays.leave,
    "amend": stays.amend,
    "withdraw": stays.withdraw,
    "leave_out": stays.leave_out,
    "import_roster": enrolment.import_roster,
    "add_session": sessions_held.add_session,
    "amend_session": sessions_held.amend_session,
    "remove_session": sessions_held.remove_session,
    "note_attendance": sessions_held.note_attendance,
    "put_office": sessions_held.put_office,
    "put_participation": sessions_held.put_participation,
}


@dataclass(frozen=True)
class Desk:
    """The desk of one process. place: where answers are given, kept with every attempt ("served" or "lab")."""

    records: Records
    library: Library
    clock: Clock
    entropy: Callable[[int], bytes]
    place: str = "served"

    def prepare(self, request: Any) -> Any:
        """Slow work (password hashing) that must not happen inside a write transaction."""
        worker = identity.PREPARE.get(request.op)
        return worker(self.records, request) if worker else None

    def handle(
        self, conn: Connection, asker: Asker, request: Any, prepared: Any = None
    ) -> dict[str, Any] | KeptRefusal:
        """The value of a reply. Raises KitError for every refusal; AccessError for what the asker may not do."""
        context = Context(self.records, self.library, self.clock(), self.entropy, self.place, prepared)
        return HANDLERS[request.op](context, conn, self._checked(context, conn, asker, request), request)

    def _checked(self, context: Context, conn: Connection, asker: Asker, request: Any) -> Asker:
        """The asker with today's roles: a revoked session, disabled person or changed role takes effect at once."""
        if request.op in ("redeem", "resume"):
            return asker
        if request.op in protocol.SERVER_OPS:
            if not asker.is_server:
                raise AccessError("not-allowed", "คำสั่งนี้ใช้ได้บนเครื่องแม่ข่ายเท่านั้น")
            return asker
        if asker.is_command_line and request.op in protocol.ROLES_OF:
            return asker
        if asker.session_hash is not None:
            session = accounts.session(conn, asker.session_hash, context.now, is_hash=True)
            if session is None:
                raise AccessError("not-signed-in", "หมดเวลาการเข้าสู่ระบบ โปรดเข้าสู่ระบบอีกครั้ง")
            asker = asker.seen_as(session.person.person_id, session.person.roles)
        if asker.person_id is None:
            raise AccessError("not-signed-in", "ยังไม่ได้เข้าสู่ระบบ")
        needed = protocol.ROLES_OF.get(request.op)
        if needed and not needed & set(asker.roles):
            raise AccessError("not-allowed", "หน้านี้สำหรับวิทยากร โปรดเข้าสู่ระบบด้วยบัญชีวิทยากร")
        return asker
