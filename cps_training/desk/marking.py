"""Messages about marking essays by their rubric: who may mark what, what waits, and a mark. A mark is a step of the attempt.

Markers do not learn who wrote: trainers, colleagues and the writer see text, rubric and model answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from cps_training.assessment import attempt as core
from cps_training.assessment.attempt import Attempt
from cps_training.assessment.progress import Versions, scored_items
from cps_training.assessment.release import item_level, review_level, shows
from cps_training.assessment.scoring import result_of
from cps_training.clock import office_day
from cps_training.desk import protocol as p
from cps_training.desk import results
from cps_training.desk.asker import Asker, Context
from cps_training.desk.attempt_views import form_of
from cps_training.desk.reading import both
from cps_training.errors import AccessError, AttemptError
from cps_training.items.essay import Essay, Marker
from cps_training.records import attempts as stored

Value = dict[str, Any]
MARKING_ROLES = frozenset(("trainer", "admin"))
MOST_FOR_A_COLLEAGUE = 3
"""So many texts a colleague is offered at once: a favour, not a second job."""


def waiting(context: Context, conn: Connection, asker: Asker, _: p.Waiting) -> Value:
    """{"waiting": [{"attempt_id", "item_id", "role", "form", "stem", "written_on": ISO day, "text", "model_answer", "rubric": [{"id",
    "text", "levels": [{"id", "text", "points"}]}]}]}, the oldest first. model_answer: "" for who may still write the form without it."""
    everybody = results.as_of(stored.attempts_at(conn, _forms_with_essays(context)), context.now)
    versions = results.versions_of(context.library, conn, everybody)
    own: dict[str, list[Attempt]] = {}
    for attempt in everybody:
        if attempt.person_id == asker.person_id:
            own.setdefault(attempt.form_id, []).append(attempt)
    shown: list[Value] = []
    for attempt in everybody:
        for essay, role in _offered(attempt, versions, asker, own.get(attempt.form_id, [])):
            if role == "peer" and sum(one["role"] == "peer" for one in shown) >= MOST_FOR_A_COLLEAGUE:
                continue
            is_told = role == "trainer" or _is_told(own[attempt.form_id], essay, versions, context)
            shown.append(_view(context, attempt, essay, role, is_told=is_told))
    return {"waiting": shown}


def mark(context: Context, conn: Connection, asker: Asker, request: p.Mark) -> Value:
    """{"is_marked": True}, a repeated request included. Errors: not-yours, incomplete-mark."""
    attempt = stored.attempt_by_id(conn, request.attempt_id)
    if attempt is None:
        raise _not_yours()
    attempt = attempt.as_of(context.now)
    known = attempt.step_with(request.answer_id)
    if known is not None and (known.response or {}).get("by") == asker.person_id:
        return {"is_marked": True}
    own = results.as_of(stored.attempts_of(conn, asker.person_id or "", attempt.form_id), context.now)
    versions = results.versions_of(context.library, conn, [attempt])
    offered = _offered(attempt, versions, asker, own)
    found = next(((essay, role) for essay, role in offered if essay.id == request.item_id), None)
    if found is None:
        raise _not_yours()
    essay, role = found
    try:
        essay.fraction_of(request.levels)
    except ValueError:
        raise AttemptError("incomplete-mark", "โปรดเลือกระดับให้ครบทุกเกณฑ์ แล้วบันทึกอีกครั้ง") from None
    said = {"levels": request.levels, "by": asker.person_id, "role": role, "comment": request.comment}
    _keep_finish(conn, attempt)
    _, step = core.note(attempt, "mark", said, answer_id=request.answer_id, at=context.now, item_id=essay.id)
    stored.append_step(conn, attempt.attempt_id, step)
    return {"is_marked": True}


def _not_yours() -> AccessError:
    return AccessError("not-yours", "คำตอบนี้มีผู้ตรวจแล้ว หรือไม่ได้อยู่ในรายการของคุณ โปรดโหลดหน้านี้ใหม่")


def _keep_finish(conn: Connection, attempt: Attempt) -> None:
    """An attempt whose time is up is finished by whoever comes first; a mark must not stand before that."""
    known = stored.attempt_by_id(conn, attempt.attempt_id)
    if known is not None and attempt.is_finished and not known.is_finished:
        stored.append_step(conn, attempt.attempt_id, attempt.steps[-1])


def _forms_with_essays(context: Context) -> list[str]:
    """Nobody reads a whole office's answers to find three texts."""
    library = context.library
    forms = [*library.forms.values(), *(lesson.form for lesson in library.lessons.values() if lesson.form)]
    return [form.id for form in forms if any(library.items[one.item_id].needs_rubric for one in library.drawn(form))]


def _offered(attempt: Attempt, versions: Versions, asker: Asker, own: list[Attempt]) -> Iterator[tuple[Essay, Marker]]:
    """The attempt's waiting essays that this person may mark, and as whom. own: the person's attempts at the form."""
    for placed in attempt.placed:
        item = versions[(placed.item_id, attempt.scored_version(placed.item_id))]
        if isinstance(item, Essay) and _waits(attempt, item):
            has_written = any(one.is_finished and one.has_answered(item.id) for one in own)
            role = _role(asker, attempt, item, has_written=has_written)
            if role is not None:
                yield item, role


def _waits(attempt: Attempt, item: Essay) -> bool:
    """An answer that can no longer be changed and has no mark yet."""
    if attempt.policy.tells == "never" or not attempt.has_answered(item.id):
        return False
    is_final = attempt.is_finished or (not attempt.policy.may_change and core.tries_left(attempt, item) == 0)
    return is_final and attempt.mark_of(item.id) is None


def _is_told(own: list[Attempt], essay: Essay, versions: Versions, context: Context) -> bool:
    """Whether the form has told this person the model answer anyway: marking must be no way round its review."""
    for attempt in own:
        is_passed = result_of(attempt, scored_items(attempt, versions)).is_passed if attempt.is_finished else None
        review = review_level(attempt, is_passed, context.now)
        if essay.id in attempt.place_of and shows(item_level(attempt, essay, review), "keys"):
            return True
    return False


def _role(asker: Asker, attempt: Attempt, item: Essay, *, has_written: bool) -> Marker | None:
    """A colleague marks what they have written themselves, and never sees others' texts before."""
    is_own = attempt.person_id == asker.person_id
    if is_own:
        return "self" if item.marked_by == "self" else None
    if MARKING_ROLES & set(asker.roles) and item.marked_by != "self":
        return "trainer"
    return "peer" if item.marked_by == "peer" and has_written else None


def _view(context: Context, attempt: Attempt, essay: Essay, role: Marker, *, is_told: bool) -> Value:
    written = attempt.answers_to(essay.id)[-1]
    return {
        "attempt_id": attempt.attempt_id,
        "item_id": essay.id,
        "role": role,
        "form": both(form_of(context.library, attempt.form_id).title),
        "stem": essay.stem,
        "written_on": office_day(written.at).isoformat(),
        "text": (written.response or {})["text"],
        "model_answer": essay.model_answer if is_told else "",
        "rubric": [criterion.model_dump(mode="json") for criterion in essay.rubric],
    }
