"""An attempt is a frozen list of steps; every score and progress is derived from it. Pure: time and ids are passed in.

Value in, value and step out: `answer(attempt, …) -> (Attempt, Step)`. A step is never changed or removed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Literal

from cps_training.assessment.feedback_policy import FeedbackPolicy, policy_named
from cps_training.clock import require_aware
from cps_training.content.rules import Rules
from cps_training.errors import AttemptError
from cps_training.items.base import ItemBase, Response
from cps_training.items.disguise import Disguise

StepKind = Literal["answer", "finish", "read", "mark", "regrade"]
CERTAINTIES = (1, 2, 3)


@dataclass(frozen=True)
class Placed:
    """An item in an attempt: which version of it the learner sees, in which section, how many tries it allows."""

    item_id: str
    item_version: str
    section: str | None = None
    tries: int = 1


@dataclass(frozen=True)
class Step:
    """One thing that happened. seq counts from 1 without gaps; answer_id is the intent's own id, unique everywhere.

    answer: response in internal ids, None for a blank; certainty 1–3 where the policy asks. finish: nothing more.
    read: {"section"}: its reading was gone through. mark: {"levels", "by", "role", "comment"}: somebody scored the item by its rubric.
    regrade: {"versions": {item id: version}}: those items are scored under these versions from now on. at: UTC.
    """

    seq: int
    kind: StepKind
    answer_id: str
    at: datetime
    item_id: str | None = None
    item_version: str | None = None
    response: Response | None = None
    certainty: int | None = None


@dataclass(frozen=True)
class Attempt:
    """One sitting of one form by one person, under the rules of that day. secret: random bytes from which option names and
    orders follow."""

    attempt_id: str
    person_id: str
    form_id: str
    number: int
    rules: Rules
    placed: tuple[Placed, ...]
    secret: bytes
    started_at: datetime
    steps: tuple[Step, ...] = ()

    @property
    def policy(self) -> FeedbackPolicy:
        return policy_named(self.rules.feedback)

    @property
    def seq(self) -> int:
        """Number of the last step; 0 before the first."""
        return self.steps[-1].seq if self.steps else 0

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None

    @property
    def finished_at(self) -> datetime | None:
        return next((step.at for step in self.steps if step.kind == "finish"), None)

    @cached_property
    def place_of(self) -> dict[str, Placed]:
        """What is placed, by item id."""
        return {placed.item_id: placed for placed in self.placed}

    def step_with(self, answer_id: str) -> Step | None:
        return next((step for step in self.steps if step.answer_id == answer_id), None)

    @cached_property
    def _answers(self) -> dict[str, tuple[Step, ...]]:
        answers: dict[str, tuple[Step, ...]] = {}
        for step in self.steps:
            if step.kind == "answer" and step.item_id is not None:
                answers[step.item_id] = (*answers.get(step.item_id, ()), step)
        return answers

    def answers_to(self, item_id: str) -> tuple[Step, ...]:
        """Every answer given to the item, blanks included, in order."""
        return self._answers.get(item_id, ())

    def response_to(self, item_id: str) -> Response | None:
        """The response that stands: the last one given."""
        given = self.answers_to(item_id)
        return given[-1].response if given else None

    def certainty_of(self, item_id: str) -> int | None:
        """How sure the learner was of the response that stands."""
        given = self.answers_to(item_id)
        return given[-1].certainty if given else None

    def has_answered(self, item_id: str) -> bool:
        """Whether a non-blank response stands for the item."""
        return self.response_to(item_id) is not None

    def mark_of(self, item_id: str) -> Response | None:
        """The last mark somebody gave the item by its rubric."""
        marks = [step.response for step in self.steps if step.kind == "mark" and step.item_id == item_id]
        return marks[-1] if marks else None

    def has_read(self, section: str) -> bool:
        """Whether the reading of a failed section was gone through."""
        return any(step.kind == "read" and (step.response or {}).get("section") == section for step in self.steps)

    def scored_version(self, item_id: str) -> str:
        """The version under which the item is scored: the one the learner saw, or that of the last regrading."""
        version = self.place_of[item_id].item_version
        for step in self.steps:
            if step.kind == "regrade":
                version = (step.response or {})["versions"].get(item_id, version)
        return version

    def disguise(self, item_id: str) -> Disguise:
        return Disguise(self.secret, item_id)

    @property
    def completed_at(self) -> datetime | None:
        """When the last item got its first answer; None while one is without."""
        if not self.is_complete:
            return None
        firsts: dict[str, datetime] = {}
        for step in self.steps:
            if step.kind == "answer" and step.response is not None and step.item_id is not None:
                firsts.setdefault(step.item_id, step.at)
        return max(firsts.values(), default=None)

    @property
    def is_complete(self) -> bool:
        """Every item has been answered once, right or wrong."""
        return all(self.has_answered(placed.item_id) for placed in self.placed)

    # Time -----------------------------------------------------------------------------------------------------

    @property
    def deadline(self) -> datetime | None:
        """When the time is up; None without a limit."""
        limit = self.rules.time_limit
        return self.started_at + timedelta(minutes=limit.minutes) if limit else None

    def is_over(self, now: datetime) -> bool:
        """Whether the time and its grace have passed. A clock set back gives no time back: what was stored counts too."""
        if self.deadline is None or self.rules.time_limit is None:
            return False
        latest = max([now, *(step.at for step in self.steps)])
        return latest > self.deadline + timedelta(seconds=self.rules.time_limit.grace_seconds)

    def as_of(self, now: datetime) -> Attempt:
        """The attempt as it stands now: finished at its deadline when nobody finished it before."""
        return _append(self, out_of_time(self))[0] if not self.is_finished and self.is_over(now) else self


def out_of_time(attempt: Attempt) -> Step:
    """The step by which the desk finishes an attempt whose time is up, dated at its deadline."""
    assert attempt.deadline is not None
    return Step(attempt.seq + 1, "finish", f"time-{attempt.attempt_id}"[:64], attempt.deadline)


def tries_left(attempt: Attempt, item: ItemBase) -> int:
    """How many tries are left: 0 once one was right. Without the policy of tries there is one."""
    given = attempt.answers_to(item.id)
    if attempt.policy.tells != "tried":
        return 0 if given else 1
    is_right = any((item.score(step.response) or 0.0) >= 1 for step in given)
    return 0 if is_right else max(0, attempt.place_of[item.id].tries - len(given))


def answer(
    attempt: Attempt,
    item: ItemBase,
    response: Response | None,
    *,
    answer_id: str,
    at: datetime,
    expect_seq: int | None = None,
    certainty: int | None = None,
) -> tuple[Attempt, Step]:
    """Record a response. A known answer_id gives the attempt unchanged and the step it made (a retry is not counted twice).

    item: in the version the attempt placed. expect_seq: the last step the sender has seen; None = the sender does not care
    (simulation). Raises AttemptError: conflicting-answer, unknown-item, attempt-finished, time-is-up, out-of-sequence,
    already-answered, same-answer, blank-answer, no-certainty.
    """
    known = attempt.step_with(answer_id)
    if known is not None:
        if known.item_id != item.id or known.response != response:
            raise AttemptError("conflicting-answer", "รหัสคำตอบนี้ใช้กับคำตอบอื่นแล้ว โปรดโหลดหน้านี้ใหม่")
        return attempt, known
    placed = attempt.place_of.get(item.id)
    if placed is None:
        raise AttemptError("unknown-item", "ข้อนี้ไม่อยู่ในชุดที่กำลังทำ โปรดโหลดหน้านี้ใหม่")
    _require_open(attempt, expect_seq, at)
    policy = attempt.policy
    if not policy.may_change:
        _require_try(attempt, item, response)
    if not policy.asks_certainty:
        certainty = None
    elif certainty not in CERTAINTIES:
        raise AttemptError("no-certainty", "โปรดเลือกก่อนว่ามั่นใจเพียงใด แล้วจึงส่งคำตอบ")
    step = Step(
        attempt.seq + 1, "answer", answer_id, require_aware(at), item.id, placed.item_version, response, certainty
    )
    return _append(attempt, step)


def _require_try(attempt: Attempt, item: ItemBase, response: Response | None) -> None:
    if tries_left(attempt, item) == 0:
        raise AttemptError("already-answered", "ข้อนี้ตอบไว้แล้ว แสดงคำตอบที่บันทึกไว้")
    if response is None:
        raise AttemptError("blank-answer", "ยังไม่ได้เลือกคำตอบ โปรดเลือกก่อนส่ง")
    if any(step.response == response for step in attempt.answers_to(item.id)):
        raise AttemptError("same-answer", "คำตอบนี้ลองไปแล้ว โปรดเปลี่ยนคำตอบก่อนส่งอีกครั้ง")


def finish(attempt: Attempt, *, answer_id: str, at: datetime, expect_seq: int | None = None) -> tuple[Attempt, Step]:
    """Close the attempt; the first finish wins and a repeated one returns it. Raises AttemptError: out-of-sequence."""
    done = next((step for step in attempt.steps if step.kind == "finish"), None)
    if done is not None:
        return attempt, done
    if attempt.is_over(at):
        return _append(attempt, out_of_time(attempt))
    _require_open(attempt, expect_seq, at)
    return _append(attempt, Step(attempt.seq + 1, "finish", answer_id, require_aware(at)))


def note(
    attempt: Attempt,
    kind: Literal["read", "mark", "regrade"],
    said: Response,
    *,
    answer_id: str,
    at: datetime,
    item_id: str | None = None,
) -> tuple[Attempt, Step]:
    """Add what is no answer: a section read, a mark, a regrading. A known answer_id gives the step it made.

    Raises AttemptError conflicting-answer when the id was used for something else.
    """
    known = attempt.step_with(answer_id)
    if known is not None:
        if (known.kind, known.item_id, known.response) != (kind, item_id, said):
            raise AttemptError("conflicting-answer", "รหัสนี้ใช้กับรายการอื่นแล้ว โปรดโหลดหน้านี้ใหม่")
        return attempt, known
    version = attempt.scored_version(item_id) if item_id is not None else None
    return _append(attempt, Step(attempt.seq + 1, kind, answer_id, require_aware(at), item_id, version, said))


def _require_open(attempt: Attempt, expect_seq: int | None, at: datetime) -> None:
    if attempt.is_finished:
        raise AttemptError("attempt-finished", "ชุดนี้ส่งไปแล้ว แก้คำตอบไม่ได้")
    if attempt.is_over(at):
        raise AttemptError("time-is-up", "หมดเวลาแล้ว ระบบส่งคำตอบที่บันทึกไว้ให้แล้ว")
    if expect_seq is not None and expect_seq != attempt.seq:
        raise AttemptError("out-of-sequence", "มีการตอบจากหน้าต่างอื่นแล้ว แสดงคำตอบที่บันทึกไว้ล่าสุด")


def _append(attempt: Attempt, step: Step) -> tuple[Attempt, Step]:
    return replace(attempt, steps=(*attempt.steps, step)), step
