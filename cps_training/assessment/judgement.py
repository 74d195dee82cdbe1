"""What the learner is told about an answered item, as far as the review level goes. Pure.

Nothing here may be called for an item that is not released: the desk asks `release` first.
"""

from __future__ import annotations

from typing import Literal

from cps_training.assessment.attempt import Attempt, tries_left
from cps_training.assessment.release import shows
from cps_training.assessment.scoring import ItemScore, score_item
from cps_training.content.rules import Shown
from cps_training.items.base import ItemBase, JsonDict
from cps_training.items.essay import Essay

Verdict = Literal["right", "partly", "wrong", "blank", "waiting", "noted"]


def verdict_of(score: ItemScore) -> Verdict:
    """right at 1, wrong at 0, partly between; blank, waiting for a marker and never judged are words of their own."""
    if score.is_blank:
        return "blank"
    if score.is_waiting:
        return "waiting"
    if score.fraction is None:
        return "noted"
    return "right" if score.fraction >= 1 else "partly" if score.fraction > 0 else "wrong"


def judgement(attempt: Attempt, item: ItemBase, level: Shown) -> JsonDict | None:
    """All the level allows for this one item, in the attempt's opaque ids; None where it allows nothing.

    {"verdict", "fraction", "points", "critical": [text], "clauses": [id], "headline", "explanation", "options": {opaque: {"mark", "taken",
    "rationale", "right"}}, "correct": the browser form of the right response | None, "correct_text", "mark": null | {"role",
    "comment", "levels": [{"criterion", "level", "points", "most"}]}}. Reasons only: options that were taken; no explanation.
    """
    if not shows(level, "verdicts"):
        return None
    response, disguise = attempt.response_to(item.id), attempt.disguise(item.id)
    score = score_item(attempt, item)
    told: JsonDict = {
        "verdict": verdict_of(score),
        "fraction": score.fraction,
        "points": score.points,
        "critical": list(score.critical),
        "clauses": list(item.clauses),
        "headline": "",
        "explanation": "",
        "options": {},
        "correct": None,
        "correct_text": "",
        "mark": _mark(attempt, item),
    }
    if not item.is_scored:
        return told
    if shows(level, "reasons"):
        is_all = shows(level, "keys")
        told["options"] = {
            line.option: {
                "mark": line.mark,
                "taken": line.taken,
                "rationale": line.rationale if is_all or line.mark == "right" or not line.tells_key else "",
                "right": line.right if is_all else "",
            }
            for line in item.explain(response, disguise)
            if is_all or line.taken
        }
    if shows(level, "keys"):
        correct = item.correct_response(disguise)
        told["headline"] = item.said(item.headline, response, disguise)
        told["explanation"] = item.said(item.explanation, response, disguise)
        told["correct"] = item.show_response(correct, disguise)
        told["correct_text"] = item.summary(correct) if isinstance(item, Essay) else ""
    return told


def _mark(attempt: Attempt, item: ItemBase) -> JsonDict | None:
    mark = attempt.mark_of(item.id)
    if mark is None or not isinstance(item, Essay):
        return None
    levels = []
    for criterion in item.rubric:
        level = next(one for one in criterion.levels if one.id == mark["levels"][criterion.id])
        levels.append(
            {"criterion": criterion.text, "level": level.text, "points": level.points, "most": criterion.most}
        )
    return {"role": mark["role"], "comment": mark["comment"], "levels": levels}


def nudge(attempt: Attempt, item: ItemBase) -> JsonDict | None:
    """What is told after a try while tries are left: {"verdict": "wrong" | "partly", "hint", "n_left", "most": share of the item's
    points that can still be earned}; None before the first try and after the last."""
    given, left = attempt.answers_to(item.id), tries_left(attempt, item)
    if attempt.policy.tells != "tried" or attempt.is_finished or not given or not left:
        return None
    hints = item.hints[: len(given)]
    return {
        "verdict": "partly" if item.score(given[-1].response) else "wrong",
        "hint": item.said(hints[-1], given[-1].response, attempt.disguise(item.id)) if hints else "",
        "n_left": left,
        "most": max(0.0, 1 - attempt.rules.penalty * len(given)),
    }
