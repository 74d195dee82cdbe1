"""What may leave the desk now: for one item of an open attempt, and for the review of a finished one. Pure; time is passed in."""

from __future__ import annotations

from datetime import datetime

from cps_training.assessment.attempt import Attempt, tries_left
from cps_training.clock import office_day
from cps_training.content.rules import SHOWN, Shown
from cps_training.items.base import ItemBase


def shows(level: Shown | None, what: Shown) -> bool:
    """Whether a review of this level shows `what`."""
    return level is not None and SHOWN.index(level) >= SHOWN.index(what)


def item_level(attempt: Attempt, item: ItemBase, review: Shown | None) -> Shown | None:
    """How much may be told of one item now; None = nothing. review: what review_level gives for the attempt."""
    policy = attempt.policy
    if policy.tells == "never":
        return None
    if policy.tells == "finished" or attempt.is_finished:
        return review
    if policy.tells == "tried":
        return "keys" if attempt.answers_to(item.id) and tries_left(attempt, item) == 0 else None
    return "keys" if attempt.has_answered(item.id) else None


def review_level(attempt: Attempt, is_passed: bool | None, now: datetime) -> Shown | None:
    """How much the review of the attempt shows now; None while it is open, and for surveys."""
    if not attempt.is_finished or attempt.policy.tells == "never":
        return None
    if attempt.policy.tells != "finished":
        return "keys"
    review, most = attempt.rules.review, attempt.rules.attempts.most
    is_last = most is not None and attempt.number >= most
    is_due = {
        "finished": True,
        "passed": bool(is_passed),
        "last_attempt": bool(is_passed) or is_last,
    }[review.when]
    if not is_due or (review.since is not None and office_day(now) < review.since):
        return "score"
    return review.show
