"""When the learner finds out. The second axis beside item types (what is right). Pure.

Adding a policy means one line in POLICIES; nothing else knows its name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


def _when_answered(is_answered: bool, is_finished: bool) -> bool:
    return is_answered or is_finished


def _when_finished(_: bool, is_finished: bool) -> bool:
    return is_finished


@dataclass(frozen=True)
class FeedbackPolicy:
    """name: as written in a form. may_change: an answer may be replaced until the finish."""

    name: str
    may_change: bool
    _rule: Callable[[bool, bool], bool]

    def releases(self, *, is_answered: bool, is_finished: bool) -> bool:
        """Whether key, rationales and score of an item may leave the desk."""
        return self._rule(is_answered, is_finished)


PRACTICE = FeedbackPolicy("practice", may_change=False, _rule=_when_answered)
EXAM = FeedbackPolicy("exam", may_change=True, _rule=_when_finished)

POLICIES: tuple[FeedbackPolicy, ...] = (PRACTICE, EXAM)


def policy_named(name: str) -> FeedbackPolicy:
    """The policy of that name. Raises KeyError for an unknown one (forms are checked when loaded)."""
    return {policy.name: policy for policy in POLICIES}[name]
