"""Messages about answering: open an attempt, answer, finish. Every person only their own attempts.

The only place where items with keys meet a learner's response; what leaves has passed the feedback policy.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from cps_training.assessment import attempt as core
from cps_training.assessment.attempt import Attempt, Placed
from cps_training.assessment.feedback_policy import policy_named
from cps_training.assessment.judgement import judgement, result_of
from cps_training.content.forms import Form
from cps_training.content.library import Library
from cps_training.desk import protocol as p
from cps_training.desk.asker import Asker, Context
from cps_training.desk.reading import both, clauses_told
from cps_training.errors import AccessError, AttemptError
from cps_training.items import Disguise, ItemBase
from cps_training.records import attempts as stored

Value = dict[str, Any]


def form_of(library: Library, form_id: str) -> Form:
    """A form of the library or a lesson's checkpoints (`lesson:<id>`). Raises AttemptError unknown-form."""
    found = library.form(form_id)
    if found is None:
        raise AttemptError("unknown-form", f"ไม่พบชุดข้อสอบ “{form_id}” โปรดเลือกจากหน้าแบบทดสอบ")
    return found


def open_attempt(context: Context, conn: Connection, asker: Asker, request: p.OpenAttempt) -> Value:
    form = form_of(context.library, request.form_id)
    if form.feedback == "exam" and context.place != "served":
        raise AttemptError("not-here", "แบบทดสอบทำได้ในหน้าเว็บของชุดฝึก (serve) เท่านั้น ในสมุดงานให้ใช้แบบฝึก")
    person_id = _person(asker)
    # By number, never by time: a clock set back must not hide the open attempt.
    earlier = sorted(stored.attempts_of(conn, person_id, request.form_id), key=lambda attempt: attempt.number)
    latest = next((attempt for attempt in earlier if not attempt.is_finished), earlier[-1] if earlier else None)
    if latest is None or (latest.is_finished and request.fresh):
        latest = _new_attempt(
            context, conn, person_id, request.form_id, form, 1 + max((a.number for a in earlier), default=0)
        )
    return attempt_view(context, conn, latest)


def _new_attempt(context: Context, conn: Connection, person_id: str, form_id: str, form: Form, number: int) -> Attempt:
    secret = context.entropy(32)
    order = Disguise(secret, form_id).order(tuple(form.items)) if form.shuffle else tuple(form.items)
    items = [context.library.items[item_id] for item_id in order]
    stored.put_item_versions(conn, items)
    attempt = Attempt(
        attempt_id=context.new_id(),
        person_id=person_id,
        form_id=form_id,
        number=number,
        policy=policy_named(form.feedback),
        placed=tuple(Placed(item.id, context.library.item_versions[item.id]) for item in items),
        secret=secret,
        started_at=context.now,
    )
    stored.insert_attempt(conn, attempt, cut_score=form.cut_score, place=context.place)
    return attempt


def answer(context: Context, conn: Connection, asker: Asker, request: p.Answer) -> Value:
    attempt, _ = _own(conn, asker, request.attempt_id)
    items = _items(context, conn, attempt)
    item = items.get(request.item_id)
    if item is None:
        raise AttemptError("unknown-item", "ข้อนี้ไม่อยู่ในชุดที่กำลังทำ โปรดโหลดหน้านี้ใหม่")
    response = item.read_response(request.response, attempt.disguise(item.id))
    try:
        after, step = core.answer(
            attempt,
            item.id,
            response,
            answer_id=request.answer_id,
            at=context.now,
            expect_seq=request.expect_seq,
        )
    except AttemptError as error:
        error.details["attempt"] = attempt_view(context, conn, attempt)
        raise
    if after is not attempt:
        stored.append_step(conn, attempt.attempt_id, step)
    shown = item_view(after, item)
    return {
        "seq": step.seq,
        "answer_id": step.answer_id,
        "item": shown,
        "is_complete": after.is_complete,
        "clauses": clauses_told(context.library, shown["judgement"]["clauses"]) if shown["judgement"] else [],
    }


def finish(context: Context, conn: Connection, asker: Asker, request: p.Finish) -> Value:
    attempt, _ = _own(conn, asker, request.attempt_id)
    try:
        after, step = core.finish(attempt, answer_id=request.answer_id, at=context.now, expect_seq=request.expect_seq)
    except AttemptError as error:
        error.details["attempt"] = attempt_view(context, conn, attempt)
        raise
    if after is not attempt:
        stored.append_step(conn, attempt.attempt_id, step)
    return attempt_view(context, conn, after)


# What leaves the desk ------------------------------------------------------------------------------------------


def attempt_view(context: Context, conn: Connection, attempt: Attempt) -> Value:
    """AttemptView: {"attempt_id", "form_id", "number", "title", "policy", "seq", "is_finished", "is_complete", "items":
    [ItemView], "result": null | {"points", "maximum", "fraction", "n_answered", "cut_score", "is_passed"}}.

    result only when finished; the form's own title and minutes follow the present library."""
    items = _items(context, conn, attempt)
    form = form_of(context.library, attempt.form_id)
    return {
        "attempt_id": attempt.attempt_id,
        "form_id": attempt.form_id,
        "number": attempt.number,
        "title": both(form.title),
        "policy": attempt.policy.name,
        "seq": attempt.seq,
        "is_finished": attempt.is_finished,
        "is_complete": attempt.is_complete,
        "items": [item_view(attempt, items[placed.item_id]) for placed in attempt.placed],
        "result": _result(conn, attempt, items) if attempt.is_finished else None,
    }


def item_view(attempt: Attempt, item: ItemBase) -> Value:
    """ItemView: {"item", "presentation", "response", "judgement"}; judgement is null until the policy releases the item."""
    disguise = attempt.disguise(item.id)
    response = attempt.response_to(item.id)
    return {
        "item": item.id,
        "presentation": item.present(disguise).as_json(),
        "response": item.show_response(response, disguise) if response is not None else None,
        "judgement": judgement(item, response, disguise) if attempt.releases(item.id) else None,
    }


def _result(conn: Connection, attempt: Attempt, items: dict[str, ItemBase]) -> Value:
    found = stored.attempt_by_id(conn, attempt.attempt_id)
    result = result_of(attempt, items, found[1] if found else None)
    return {
        "points": result.points,
        "maximum": result.maximum,
        "fraction": result.fraction,
        "n_answered": result.n_answered,
        "cut_score": result.cut_score,
        "is_passed": result.is_passed,
    }


def _items(context: Context, conn: Connection, attempt: Attempt) -> dict[str, ItemBase]:
    """The attempt's items in the versions it saw. The library's own where the version is the same: a corrected rationale
    or headline changes no version, and everybody should read the corrected one."""
    known, versions = context.library.items, context.library.item_versions
    pairs = [(placed.item_id, placed.item_version) for placed in attempt.placed]
    today = {pair: known[pair[0]] for pair in pairs if versions.get(pair[0]) == pair[1]}
    found = today | stored.items_of(conn, [pair for pair in pairs if pair not in today])
    return {item_id: found[(item_id, version)] for item_id, version in pairs}


def _person(asker: Asker) -> str:
    assert asker.person_id is not None  # Desk._checked saw to it
    return asker.person_id


def _own(conn: Connection, asker: Asker, attempt_id: str) -> tuple[Attempt, float | None]:
    found = stored.attempt_by_id(conn, attempt_id)
    if found is None or found[0].person_id != _person(asker):
        raise AccessError("not-yours", "ไม่พบชุดคำตอบนี้ในบัญชีของคุณ โปรดเปิดจากหน้าแบบทดสอบ")
    return found
