"""The certificate of the course: what is still missing for it, and whether a code somebody shows is a real one. Only reads.

Everything is derived from attempts, so a certificate needs no register and survives every backup.
"""

from __future__ import annotations

from datetime import datetime
from hmac import compare_digest
from typing import Any

from sqlalchemy import Connection

from cps_training.assessment.certificate import Certificate, PassedExam, code_of, earned, read_code
from cps_training.clock import office_day
from cps_training.content.forms import LESSON_PREFIX, Form
from cps_training.desk import protocol as p
from cps_training.desk import results
from cps_training.desk.asker import Asker, Context
from cps_training.desk.reading import both
from cps_training.records import accounts, roster
from cps_training.records import attempts as stored

Value = dict[str, Any]


def certificate(context: Context, conn: Connection, asker: Asker, _: p.Certificate) -> Value:
    """{"n_lessons", "n_done", "exam": null | {"form_id", "title", "is_passed"}, "certificate": null | {"code", "name", "office",
    "earned_on": ISO day, "exam": title}}; exam is null where the office has no final exam, and then there is no certificate."""
    finals = _finals(context)
    lessons, passed, found = _state(context, conn, asker.person_id or "")
    exam = finals[0] if finals else None
    return {
        "n_lessons": len(lessons),
        "n_done": sum(end is not None for end in lessons.values()),
        "exam": {"form_id": exam.id, "title": both(exam.title), "is_passed": bool(passed)} if exam else None,
        "certificate": _told(context, conn, asker.person_id or "", found) if found else None,
    }


def verify_certificate(context: Context, conn: Connection, _asker: Asker, request: p.VerifyCertificate) -> Value:
    """{"certificate": null | as in `certificate` with "person_code"}: null for a code nobody here has earned."""
    wanted = read_code(request.code)
    forms = {form.id for form in _finals(context)}
    for attempt in stored.attempts_at(conn, forms) if forms else ():
        if not compare_digest(code_of(attempt.secret, attempt.person_id).encode(), wanted.encode()):
            continue
        _lessons, _passed, found = _state(context, conn, attempt.person_id)
        if found is not None and found.code == wanted:
            return {"certificate": _told(context, conn, attempt.person_id, found)}
    return {"certificate": None}


def _finals(context: Context) -> list[Form]:
    return [form for form in context.library.forms.values() if form.stage == "final"]


def _state(
    context: Context, conn: Connection, person_id: str
) -> tuple[dict[str, datetime | None], list[PassedExam], Certificate | None]:
    """When each lesson was completed, which final exams were passed, and the certificate that follows."""
    attempts = results.as_of(stored.attempts_of(conn, person_id), context.now)
    versions = results.versions_of(context.library, conn, attempts)
    lessons = {
        lesson.id: min(
            (one.completed_at for one in attempts if one.form_id == LESSON_PREFIX + lesson.id and one.completed_at),
            default=None,
        )
        for lesson in context.library.lessons.values()
        if lesson.form
    }
    finals = {form.id for form in _finals(context)}
    passed = [
        PassedExam(one.form_id, one.finished_at, one.secret)
        for one in attempts
        if one.form_id in finals and one.finished_at and results.result(one, versions, attempts).is_passed
    ]
    return lessons, passed, earned(person_id, lessons, passed)


def _told(context: Context, conn: Connection, person_id: str, found: Certificate) -> Value:
    person = accounts.person_by_id(conn, person_id)
    assert person is not None  # whose attempts these are
    return {
        "code": found.code,
        "name": person.name,
        "person_code": person.code,
        "office": roster.get_setting(conn, "office") or "",
        "earned_on": office_day(found.earned_at).isoformat(),
        "exam": both(context.library.forms[found.form_id].title),
    }
