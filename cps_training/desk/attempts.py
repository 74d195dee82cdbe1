"""Messages about answering: open an attempt, answer, finish, read again. Every person only their own attempts.

Where items with keys meet a learner's response; what leaves is made in attempt_views.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from cps_training.assessment import attempt as core
from cps_training.assessment.attempt import Attempt
from cps_training.assessment.opening import new_attempt
from cps_training.assessment.progress import released_answers
from cps_training.content.blueprints import TooFewItemsError
from cps_training.content.forms import RETRY_PREFIX, Form
from cps_training.desk import protocol as p
from cps_training.desk.asker import Asker, Context
from cps_training.desk.attempt_views import attempt_view, form_of, item_view
from cps_training.desk.due import due_today
from cps_training.desk.reading import clauses_told
from cps_training.desk.refresher import chosen_items, is_of_another_day
from cps_training.desk.results import as_of, versions_of
from cps_training.errors import AccessError, AttemptError
from cps_training.items import ItemBase
from cps_training.records import attempts as stored

Value = dict[str, Any]


def open_attempt(context: Context, conn: Connection, asker: Asker, request: p.OpenAttempt) -> Value:
    form = form_of(context.library, request.form_id)
    if form.feedback == "exam" and context.place != "served":
        raise AttemptError("not-here", "แบบทดสอบทำได้ในหน้าเว็บของชุดฝึก (serve) เท่านั้น ในสมุดงานให้ใช้แบบฝึก")
    person_id = _person(asker)
    # By number, never by time: a clock set back must not hide the open attempt.
    earlier = sorted(stored.attempts_of(conn, person_id, request.form_id), key=lambda attempt: attempt.number)
    latest = next((attempt for attempt in earlier if not attempt.is_finished), earlier[-1] if earlier else None)
    if latest is not None and not latest.is_finished and latest.is_over(context.now):
        latest, step = core.finish(latest, answer_id="", at=context.now)
        stored.append_step(conn, latest.attempt_id, step)
    is_past = latest is not None and form.is_refresher and is_of_another_day(context, latest)
    if latest is None or (latest.is_finished and (request.fresh or is_past)):
        latest = _new_attempt(context, conn, person_id, form, 1 + max((a.number for a in earlier), default=0))
    return attempt_view(context, conn, latest)


def _new_attempt(context: Context, conn: Connection, person_id: str, form: Form, number: int) -> Attempt:
    most = form.attempts.most
    if most is not None and number > most:
        raise AttemptError("no-attempts-left", "ชุดนี้ทำครบทุกครั้งแล้ว เปิดดูผลที่ผ่านมาได้จากหน้าแบบทดสอบ")
    if form.is_review:
        form = form.model_copy(update={"items": _due_today(context, conn, person_id)})
    if form.is_refresher:
        form = form.model_copy(update={"items": chosen_items(context, conn, person_id, form.id)})
    if form.is_retry:
        _require_reading(context, conn, person_id, form)
    apart = _seen_in_twins(context, conn, person_id, form)
    secret, attempt_id = context.entropy(32), context.new_id()

    def opened(apart: frozenset[str]) -> Attempt:
        return new_attempt(
            context.library,
            form,
            person_id,
            attempt_id=attempt_id,
            number=number,
            secret=secret,
            at=context.now,
            apart=apart,
        )

    try:
        attempt = opened(apart)
    except TooFewItemsError:  # the bank has shrunk since the other form: better some items again than no form
        attempt = opened(frozenset())
    stored.put_item_versions(conn, [context.library.items[placed.item_id] for placed in attempt.placed])
    stored.insert_attempt(conn, attempt, place=context.place)
    return attempt


def _seen_in_twins(context: Context, conn: Connection, person_id: str, form: Form) -> frozenset[str]:
    """Items of the person's attempts at the forms this one stays apart from: the parallel ones (a bank that grew must not bring
    them again), and those it names itself."""
    twins = set(form.apart_from) | {
        other.id for other in context.library.forms.values() if other.parallel_to == form.id
    }
    twins |= {form.parallel_to} if form.parallel_to else set()
    return frozenset(
        placed.item_id
        for twin in sorted(twins)
        for attempt in stored.attempts_of(conn, person_id, twin)
        for placed in attempt.placed
    )


def _due_today(context: Context, conn: Connection, person_id: str) -> tuple[str, ...]:
    """Raises AttemptError nothing-due."""
    attempts = as_of(stored.attempts_of(conn, person_id), context.now)
    versions = versions_of(context.library, conn, attempts)
    items = due_today(context, attempts, released_answers(attempts, versions, context.now))
    if not items:
        raise AttemptError("nothing-due", "วันนี้ยังไม่มีข้อที่ถึงกำหนดทบทวน โปรดกลับมาใหม่วันหลัง")
    return items


def _require_reading(context: Context, conn: Connection, person_id: str, form: Form) -> None:
    """A retry pool opens after its section was failed and its reading gone through. Raises AttemptError not-yet."""
    parent_id, _, section = form.id.removeprefix(RETRY_PREFIX).partition(":")
    finished = [one for one in stored.attempts_of(conn, person_id, parent_id) if one.is_finished]
    if not any(attempt.has_read(section) for attempt in finished[-1:]):
        raise AttemptError("not-yet", "ข้อซ่อมเปิดเมื่อทำชุดหลักแล้วไม่ผ่านส่วนนี้ และได้อ่านทบทวนแล้ว โปรดเริ่มจากหน้าผลของชุดหลัก")


def answer(context: Context, conn: Connection, asker: Asker, request: p.Answer) -> Value:
    attempt = _own(conn, asker, request.attempt_id)
    item, scored = _item(context, conn, attempt, request.item_id)
    response = item.read_response(request.response, attempt.disguise(item.id))
    try:
        after, step = core.answer(
            attempt,
            scored,
            response,
            answer_id=request.answer_id,
            at=context.now,
            expect_seq=request.expect_seq,
            certainty=request.certainty,
        )
    except AttemptError as error:
        error.details["attempt"] = attempt_view(context, conn, attempt)
        raise
    if after is not attempt:
        stored.append_step(conn, attempt.attempt_id, step)
    if after.is_finished:  # a repeated answer to an attempt that was finished meanwhile: told as the review tells it
        items = attempt_view(context, conn, after)["items"]
        shown = next(one for one in items if one["item"] == item.id)
    else:
        shown = item_view(after, item, scored)
    return {
        "seq": step.seq,
        "answer_id": step.answer_id,
        "item": shown,
        "is_complete": after.is_complete,
        "clauses": clauses_told(context.library, shown["judgement"]["clauses"]) if shown["judgement"] else [],
    }


def finish(context: Context, conn: Connection, asker: Asker, request: p.Finish) -> Value:
    attempt = _own(conn, asker, request.attempt_id)
    try:
        after, step = core.finish(attempt, answer_id=request.answer_id, at=context.now, expect_seq=request.expect_seq)
    except AttemptError as error:
        error.details["attempt"] = attempt_view(context, conn, attempt)
        raise
    if after is not attempt:
        stored.append_step(conn, attempt.attempt_id, step)
    return attempt_view(context, conn, after)


def read_again(context: Context, conn: Connection, asker: Asker, request: p.ReadAgain) -> Value:
    """AttemptView once the reading of a failed section was gone through: its retry pool is open from now on."""
    attempt = _own(conn, asker, request.attempt_id)
    rule = attempt.rules.section_rule(request.section)
    if rule is None or not attempt.is_finished:
        raise AttemptError("not-yet", "อ่านทบทวนได้หลังส่งคำตอบแล้ว โปรดเปิดจากหน้าผล")
    if not attempt.has_read(request.section):
        attempt, step = core.note(
            attempt, "read", {"section": request.section}, answer_id=request.answer_id, at=context.now
        )
        stored.append_step(conn, attempt.attempt_id, step)
    return attempt_view(context, conn, attempt)


def _item(context: Context, conn: Connection, attempt: Attempt, item_id: str) -> tuple[ItemBase, ItemBase]:
    """The item in the version the attempt shows, and in the one it is scored under. Raises AttemptError unknown-item."""
    placed = attempt.place_of.get(item_id)
    if placed is None:
        raise AttemptError("unknown-item", "ข้อนี้ไม่อยู่ในชุดที่กำลังทำ โปรดโหลดหน้านี้ใหม่")
    shown, scored = (item_id, placed.item_version), (item_id, attempt.scored_version(item_id))
    if shown == scored and context.library.item_versions.get(item_id) == placed.item_version:
        return context.library.items[item_id], context.library.items[item_id]
    found = versions_of(context.library, conn, [attempt])
    return found[shown], found[scored]


def _person(asker: Asker) -> str:
    assert asker.person_id is not None  # Desk._checked saw to it
    return asker.person_id


def _own(conn: Connection, asker: Asker, attempt_id: str) -> Attempt:
    found = stored.attempt_by_id(conn, attempt_id)
    if found is None or found.person_id != _person(asker):
        raise AccessError("not-yours", "ไม่พบชุดคำตอบนี้ในบัญชีของคุณ โปรดเปิดจากหน้าแบบทดสอบ")
    return found
