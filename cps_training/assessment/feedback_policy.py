"""When the learner finds out. The second axis beside item types (what is right). Pure; knows names and flags, no attempt.

Adding a policy means one line in POLICIES and its name in content.rules.Feedback; what a flag means is decided in attempt,
release and scoring, each in one place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class FeedbackPolicy:
    """name: as written in a form. may_change: an answer may be replaced until the finish.

    tells: after the answer, once the tries are used up (or the answer is right), at the finish, or never. asks_certainty: an
    answer says how sure the learner is.
    """

    name: str
    may_change: bool
    tells: Literal["answered", "tried", "finished", "never"]
    asks_certainty: bool = False


PRACTICE = FeedbackPolicy("practice", may_change=False, tells="answered")
EXAM = FeedbackPolicy("exam", may_change=True, tells="finished")
TRIES = FeedbackPolicy("tries", may_change=False, tells="tried")
CERTAINTY = FeedbackPolicy("certainty", may_change=False, tells="answered", asks_certainty=True)
SURVEY = FeedbackPolicy("survey", may_change=True, tells="never")

POLICIES: tuple[FeedbackPolicy, ...] = (PRACTICE, EXAM, TRIES, CERTAINTY, SURVEY)


def policy_named(name: str) -> FeedbackPolicy:
    """The policy of that name. Raises KeyError for an unknown one (forms are checked when loaded)."""
    return {policy.name: policy for policy in POLICIES}[name]
