"""Attempts and items as they leave the desk: only what the feedback policy and the review level allow.

The only place where an item with its key becomes JSON for a page. Reads; never writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from cps_training.assessment.attempt import Attempt, tries_left
from cps_training.assessment.calibration import calibration
from cps_training.assessment.judgement import judgement, nudge
from cps_training.assessment.release import item_level, review_level, shows
from cps_training.assessment.scoring import Result
from cps_training.content.forms import Form
from cps_training.content.library import Library
from cps_training.content.rules import Shown
from cps_training.desk import results
from cps_training.desk.asker import Context
from cps_training.desk.reading import both
from cps_training.errors import AttemptError
from cps_training.items import ItemBase
from cps_training.records import attempts as stored

Value = dict[str, Any]


def form_of(library: Library, form_id: str) -> Form:
    """A form of the library, a lesson's checkpoints (`lesson:<id>`) or a retry pool. Raises AttemptError unknown-form."""
    found = library.form(form_id)
    if found is None:
        raise AttemptError("unknown-form", f"ไม่พบชุดข้อสอบ “{form_id}” โปรดเลือกจากหน้าแบบทดสอบ")
    return found


def attempt_view(context: Context, conn: Connection, attempt: Attempt) -> Value:
    """AttemptView: {"attempt_id", "form_id", "number", "title", "policy", "seq", "is_finished", "is_complete", "is_out_of_time",
    "seconds_left": null | float, "attempts_left": null | int, "attempts_most": null | int, "counts", "deduction", "penalty": null | share,
    "scale": null | {"right", "wrong"}, "sections": [{"section", "title"}], "items": [ItemView], "review": null | level, "review_when": null | {"when", "since"},
    "result": null | ResultView}. penalty: of a further try; scale: points by certainty; each null under the other policies.

    result only when finished; the form's own title follows the present library. review_when: why no more is shown yet.
    """
    attempt = attempt.as_of(context.now)
    others = stored.attempts_of(conn, attempt.person_id) if attempt.is_finished and attempt.rules.sections else []
    versions = results.versions_of(context.library, conn, [attempt, *others])
    result = results.result(attempt, versions, others) if attempt.is_finished else None
    review = review_level(attempt, result.is_passed if result else None, context.now)
    rule, most = attempt.rules.review, attempt.rules.attempts.most
    is_held_back = review is not None and review != rule.show and attempt.policy.tells == "finished"
    return {
        "attempt_id": attempt.attempt_id,
        "form_id": attempt.form_id,
        "number": attempt.number,
        "title": both(form_of(context.library, attempt.form_id).title),
        "policy": attempt.policy.name,
        "seq": attempt.seq,
        "is_finished": attempt.is_finished,
        "is_complete": attempt.is_complete,
        "is_out_of_time": any(step.kind == "finish" and step.answer_id.startswith("time-") for step in attempt.steps),
        "seconds_left": seconds_left(context, attempt),
        "attempts_left": None if most is None else max(0, most - attempt.number),
        "attempts_most": most,
        "counts": attempt.rules.attempts.counts,
        "deduction": attempt.rules.deduction,
        "penalty": attempt.rules.penalty if attempt.policy.tells == "tried" else None,
        "scale": attempt.rules.certainty.model_dump(mode="json") if attempt.policy.asks_certainty else None,
        "sections": [{"section": part.section, "title": both(part.title)} for part in attempt.rules.sections],
        "items": [_item_view(attempt, placed.item_id, versions, review) for placed in attempt.placed],
        "review": review,
        "review_when": {"when": rule.when, "since": rule.since.isoformat() if rule.since else None}
        if is_held_back
        else None,
        "result": _result_view(attempt, result, review) if result and review else None,
    }


def seconds_left(context: Context, attempt: Attempt) -> float | None:
    """Seconds until the deadline, grace not counted; None without a limit or when finished."""
    if attempt.deadline is None or attempt.is_finished:
        return None
    return max(0.0, (attempt.deadline - context.now).total_seconds())


def item_view(attempt: Attempt, item: ItemBase, scored: ItemBase) -> Value:
    """ItemView of an open attempt, of an item as it is shown and as it is scored: {"item", "section", "presentation", "response",
    "certainty", "tries", "nudge", "judgement"}; judgement is null until the policy releases the item. tries: null | {"n": given, "left", "is_right": null | whether the last one was,
    once released}. nudge: what is told between two tries."""
    return _shown(attempt, item, scored, None)


def _item_view(
    attempt: Attempt, item_id: str, versions: Mapping[tuple[str, str], ItemBase], review: Shown | None
) -> Value:
    seen = versions[(item_id, attempt.place_of[item_id].item_version)]
    scored = versions[(item_id, attempt.scored_version(item_id))]
    return _shown(attempt, seen, scored, review)


def _shown(attempt: Attempt, seen: ItemBase, scored: ItemBase, review: Shown | None) -> Value:
    disguise = attempt.disguise(seen.id)
    response = attempt.response_to(seen.id)
    level = item_level(attempt, scored, review)
    return {
        "item": seen.id,
        "section": attempt.place_of[seen.id].section,
        "presentation": seen.present(disguise).as_json(),
        "response": seen.show_response(response, disguise) if response is not None else None,
        "certainty": attempt.certainty_of(seen.id),
        "tries": _tries(attempt, scored, level),
        "nudge": nudge(attempt, scored),
        "judgement": judgement(attempt, scored, level) if level is not None else None,
    }


def _tries(attempt: Attempt, item: ItemBase, level: Shown | None) -> Value | None:
    if attempt.policy.tells != "tried":
        return None
    given = attempt.answers_to(item.id)
    is_right = bool(given) and (item.score(given[-1].response) or 0.0) >= 1
    return {"n": len(given), "left": tries_left(attempt, item), "is_right": is_right if level is not None else None}


def _result_view(attempt: Attempt, result: Result, review: Shown) -> Value:
    """{"points", "maximum", "fraction", "n_items", "n_answered", "n_waiting", "cut_score", "is_passed", "n_critical", "critical": [text],
    "sections": [{"section", "title", "points", "maximum", "must_pass", "is_passed", "is_made_good", "is_read", "reading": [clause id],
    "retry": form id | null}], "certainty": [{"level", "n", "n_right", "low", "high", "finding"}]}"""
    is_told = shows(review, "verdicts")
    sections = []
    for rule, part in zip(attempt.rules.sections, result.sections, strict=True):
        is_failed = part.is_passed is False
        sections.append(
            {
                "section": part.section,
                "title": both(rule.title),
                "points": part.points,
                "maximum": part.maximum,
                "must_pass": part.must_pass,
                "is_passed": part.is_passed,
                "is_made_good": part.is_made_good,
                "is_read": attempt.has_read(part.section),
                "reading": list(rule.reading) if is_failed else [],
                "retry": f"retry:{attempt.form_id}:{part.section}" if is_failed and rule.retry else None,
            }
        )
    has_certainty = attempt.policy.asks_certainty
    return {
        "points": result.points,
        "maximum": result.maximum,
        "fraction": result.fraction if result.maximum else None,
        "n_items": result.n_items,
        "n_answered": result.n_answered,
        "n_waiting": result.n_waiting,
        "cut_score": result.cut_score,
        "is_passed": result.is_passed,
        "n_critical": len(result.critical),
        "critical": list(result.critical) if is_told else [],
        "sections": sections,
        "certainty": [vars(one) for one in calibration(attempt, result)] if has_certainty else [],
    }
