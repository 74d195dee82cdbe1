"""Messages that only read: the quizzes and where they stand, progress over clauses and lessons, rows for trainers.

Everything is derived from the steps at each call; nothing here writes.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from cps_training.assessment.attempt import Attempt
from cps_training.assessment.progress import progress_of, released_answers
from cps_training.assessment.scoring import Result
from cps_training.clock import office_day
from cps_training.content.forms import LESSON_PREFIX
from cps_training.content.library import Library
from cps_training.desk import protocol as p
from cps_training.desk import responses, results
from cps_training.desk.asker import Asker, Context
from cps_training.desk.due import due_today
from cps_training.desk.reading import both
from cps_training.enrolment import duplicates
from cps_training.errors import AccessError
from cps_training.items import ItemBase
from cps_training.records import accounts, events, roster
from cps_training.records import attempts as stored
from cps_training.records import frames as rows_of

Value = dict[str, Any]


def _mine(context: Context, conn: Connection, asker: Asker) -> tuple[list[Attempt], dict[tuple[str, str], ItemBase]]:
    attempts = results.as_of(stored.attempts_of(conn, asker.person_id or ""), context.now)
    return attempts, results.versions_of(context.library, conn, attempts)


def forms(context: Context, conn: Connection, asker: Asker, _: p.Forms) -> Value:
    """{"forms": [{"form_id", "title", "description", "policy", "minutes", "n_items", "cut_score", "cut_is_provisional", "time_limit": null | minutes, "lesson": null | {"lesson_id", "number", "title"},
    "stage": null | "before" | "after" | "final",
    "attempts_most": null | int, "attempts_left": null | int, "counts", "n_finished", "last", "best", "counted": null | ResultLine,
    "last_on", "best_on": null | ISO day, "open": null | {"n_answered", "n_items"}}]}; best: the highest share of points, the later of equals;
    counted: the one that is the result. ResultLine: {"fraction": null | share, "points", "maximum", "is_passed", "n_waiting"}."""
    attempts, versions = _mine(context, conn, asker)
    shown = []
    for form_id, form in context.library.forms.items():
        if form.feedback == "exam" and context.place != "served":
            continue
        own = sorted((a for a in attempts if a.form_id == form_id), key=lambda attempt: attempt.number)
        finished = [(one, results.result(one, versions, attempts)) for one in own if one.is_finished]
        open_now = next((attempt for attempt in own if not attempt.is_finished), None)
        best = max(reversed(finished), key=lambda one: one[1].points / (one[1].maximum or 1)) if finished else None
        most = form.attempts.most
        shown.append(
            {
                "form_id": form_id,
                "title": both(form.title),
                "description": both(form.description or form.title),
                "policy": form.feedback,
                "lesson": _lesson_named(context.library, form.lesson),
                "stage": form.stage,
                "minutes": form.minutes,
                "n_items": context.library.n_items(form),
                "cut_score": form.cut_score,
                "cut_is_provisional": form.cut_is_provisional,
                "time_limit": form.time_limit.minutes if form.time_limit else None,
                "attempts_most": most,
                "attempts_left": None if most is None else max(0, most - len(own)),
                "counts": form.attempts.counts,
                "n_finished": len(finished),
                "last": _line(finished[-1][1]) if finished else None,
                "last_on": _finished_on(finished[-1][0]) if finished else None,
                "best": _line(best[1]) if best else None,
                "best_on": _finished_on(best[0]) if best else None,
                "counted": _line(results.counted(finished, form.attempts)[1]) if finished else None,
                "open": {"n_answered": _n_answered(open_now), "n_items": len(open_now.placed)} if open_now else None,
            }
        )
    return {"forms": shown}


def _lesson_named(library: Library, lesson_id: str | None) -> Value | None:
    lesson = library.lessons.get(lesson_id or "")
    return {"lesson_id": lesson.id, "number": lesson.number, "title": both(lesson.title)} if lesson else None


def _finished_on(attempt: Attempt) -> str | None:
    return office_day(attempt.finished_at).isoformat() if attempt.finished_at else None


def _n_answered(attempt: Attempt) -> int:
    return sum(attempt.has_answered(placed.item_id) for placed in attempt.placed)


def _line(result: Result) -> Value:
    return {
        "fraction": result.fraction if result.maximum else None,
        "points": result.points,
        "maximum": result.maximum,
        "is_passed": result.is_passed,
        "n_waiting": result.n_waiting,
    }


def progress(context: Context, conn: Connection, asker: Asker, _: p.Progress) -> Value:
    """{"lessons": [{"lesson_id", "number", "title", "minutes", "n_checkpoints", "n_answered", "is_complete",
    "completed_on": null | ISO day}], "sections":
    [{"id", "title", "teachable", "clauses": [{"id", "label", "title", "state", "level": null | 0…1, "n"}]}], "n_started", "n_mastered", "n_fading", "teachable", "n_due": items of today's review}

    teachable (at the top): clauses this kit has content for."""
    library = context.library
    attempts, versions = _mine(context, conn, asker)
    answers = released_answers(attempts, versions, context.now)
    found = progress_of(library.handbook.teachable_ids, answers, context.now)
    states = {clause: one.state for clause, one in found.items()}
    sections = []
    for section in library.handbook.sections:
        own = [clause for clause in library.handbook.of_section(section.id) if clause.is_teachable]
        sections.append(
            {
                "id": section.id,
                "title": both(section.title),
                "teachable": section.teachable,
                "clauses": [
                    {
                        "id": clause.id,
                        "label": {"th": clause.label("th"), "en": clause.label("en")},
                        "title": both(clause.title),
                        "state": states[clause.id],
                        "level": found[clause.id].level,
                        "n": found[clause.id].n,
                    }
                    for clause in own
                ],
            }
        )
    return {
        "lessons": [_lesson(library, lesson_id, attempts) for lesson_id in library.lessons],
        "sections": sections,
        "n_started": sum(state != "not_started" for state in states.values()),
        "n_mastered": sum(state in ("mastered", "fading") for state in states.values()),
        "n_fading": sum(state == "fading" for state in states.values()),
        "teachable": len(states),
        "n_due": len(due_today(context, attempts, answers)),
    }


def _lesson(library: Library, lesson_id: str, attempts: list[Attempt]) -> Value:
    lesson = library.lessons[lesson_id]
    own = [attempt for attempt in attempts if attempt.form_id == LESSON_PREFIX + lesson_id]
    answered = max((_n_answered(attempt) for attempt in own), default=0)
    return {
        "lesson_id": lesson_id,
        "number": lesson.number,
        "title": both(lesson.title),
        "minutes": lesson.minutes,
        "n_checkpoints": len(lesson.checkpoints),
        "n_answered": answered,
        "is_complete": any(attempt.is_complete for attempt in own),
        "completed_on": min((day for attempt in own if (day := _completed_on(attempt))), default=None),
    }


def frames(context: Context, conn: Connection, asker: Asker, request: p.Frames) -> Value:
    """{name: [row, …]}; names: "roster", "attendance", "sessions", "people" (also `is_me`), "changes" (records.frames),
    "lessons", "finished_forms" (_completions), "settings" (one row: the participation setting), "office" (one row: its name),
    "duplicates" (_duplicates), "responses", "item_facts", "form_facts" (desk.responses)."""
    value: Value = {}
    if wanted := set(responses.FRAMES) & set(request.names):
        value |= {name: rows for name, rows in responses.frames(context, conn).items() if name in wanted}
    for name in request.names:
        if name in responses.FRAMES:
            continue
        if name in ("lessons", "finished_forms"):
            value[name] = _completions(context, conn)[name]
        elif name == "duplicates":
            value[name] = _duplicates(conn)
        elif name == "office":
            value[name] = [{"name": roster.get_setting(conn, "office") or ""}]
        elif name == "settings":
            value[name] = [roster.get_setting(conn, "participation") or {}]
        elif name in rows_of.FRAMES:
            value[name] = rows_of.rows(conn, name, context.now)
        else:
            raise AccessError("unknown-frame", f"ไม่มีข้อมูลชื่อ “{name}”")
    for row in value.get("people", ()):
        row["is_me"] = row["person_id"] == asker.person_id
    return value


def _duplicates(conn: Connection) -> list[Value]:
    """Accounts that may be one person: {"a_id", "a_code", "a_name", "b_id", "b_code", "b_name", "why"}; why is "same-name",
    "near-name" or "near-code". Closed and merged accounts are no question any more, nor pairs said to be two people."""
    everyone = [one for one in accounts.people(conn) if not one.is_disabled]
    settled = [{one.subject, one.detail["other"]} for one in events.events(conn, ("distinct",))]
    return [
        {
            "a_id": pair.a.person_id,
            "a_code": pair.a.code,
            "a_name": pair.a.name,
            "b_id": pair.b.person_id,
            "b_code": pair.b.code,
            "b_name": pair.b.name,
            "why": pair.why,
        }
        for pair in duplicates(everyone)
        if {pair.a.person_id, pair.b.person_id} not in settled
    ]


def _completions(context: Context, conn: Connection) -> Value:
    """One row a person and lesson, the attempt that got furthest: {"person_code", "lesson", "n_answered", "n_checkpoints",
    "started_on", "last_on", "completed_on"}; one row a finished quiz: {"person_code", "form", "finished_on"}."""
    who = rows_of.counted_as(conn)
    lessons: dict[tuple[str, str], Value] = {}
    finished = []
    for _, kept in stored.all_attempts(conn):
        attempt = kept.as_of(context.now)
        code = who[attempt.person_id].code
        if attempt.form_id.startswith(LESSON_PREFIX):
            row = _lesson_row(code, attempt)
            key = (code, row["lesson"])
            lessons[key] = max(
                lessons.get(key, row), row, key=lambda one: (bool(one["completed_on"]), one["n_answered"])
            )
        elif attempt.finished_at is not None:
            finished.append(
                {
                    "person_code": code,
                    "form": attempt.form_id,
                    "finished_on": office_day(attempt.finished_at).isoformat(),
                }
            )
    return {"lessons": list(lessons.values()), "finished_forms": finished}


def _lesson_row(code: str, attempt: Attempt) -> Value:
    last = attempt.steps[-1].at if attempt.steps else attempt.started_at
    return {
        "person_code": code,
        "lesson": attempt.form_id.removeprefix(LESSON_PREFIX),
        "n_answered": _n_answered(attempt),
        "n_checkpoints": len(attempt.placed),
        "started_on": office_day(attempt.started_at).isoformat(),
        "last_on": office_day(last).isoformat(),
        "completed_on": _completed_on(attempt),
    }


def _completed_on(attempt: Attempt) -> str | None:
    """The day the last checkpoint got its first answer."""
    return office_day(attempt.completed_at).isoformat() if attempt.completed_at else None
