"""An attempt is a frozen list of steps; every score and progress is derived from it. Pure: time and ids are passed in.

Value in, value and step out: `answer(attempt, …) -> (Attempt, Step)`. A step is never changed or removed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from cps_training.assessment.feedback_policy import FeedbackPolicy
from cps_training.clock import require_aware
from cps_training.errors import AttemptError
from cps_training.items.base import Disguise, Response

StepKind = Literal["answer", "finish"]


@dataclass(frozen=True)
class Placed:
    """An item in an attempt: which version of it the learner sees."""

    item_id: str
    item_version: str


@dataclass(frozen=True)
class Step:
    """One thing a learner did. seq counts from 1 without gaps; answer_id is the intent's own id, unique everywhere.

    response: internal ids, None for a blank or for `finish`. at: UTC.
    """

    seq: int
    kind: StepKind
    answer_id: str
    at: datetime
    item_id: str | None = None
    item_version: str | None = None
    response: Response | None = None


@dataclass(frozen=True)
class Attempt:
    """One sitting of one form by one person. secret: random bytes from which option names and orders follow."""

    attempt_id: str
    person_id: str
    form_id: str
    number: int
    policy: FeedbackPolicy
    placed: tuple[Placed, ...]
    secret: bytes
    started_at: datetime
    steps: tuple[Step, ...] = ()

    @property
    def seq(self) -> int:
        """Number of the last step; 0 before the first."""
        return self.steps[-1].seq if self.steps else 0

    @property
    def is_finished(self) -> bool:
        return any(step.kind == "finish" for step in self.steps)

    @property
    def finished_at(self) -> datetime | None:
        return next((step.at for step in self.steps if step.kind == "finish"), None)

    def version_of(self, item_id: str) -> str | None:
        return next((placed.item_version for placed in self.placed if placed.item_id == item_id), None)

    def step_with(self, answer_id: str) -> Step | None:
        return next((step for step in self.steps if step.answer_id == answer_id), None)

    def has_answered(self, item_id: str) -> bool:
        """Whether a non-blank response stands for the item."""
        return self.response_to(item_id) is not None

    def response_to(self, item_id: str) -> Response | None:
        """The response that stands: the last one given."""
        given = [step for step in self.steps if step.kind == "answer" and step.item_id == item_id]
        return given[-1].response if given else None

    def releases(self, item_id: str) -> bool:
        """Whether the feedback policy lets the learner see key, rationales and score of the item now."""
        return self.policy.releases(is_answered=self.has_answered(item_id), is_finished=self.is_finished)

    def disguise(self, item_id: str) -> Disguise:
        return Disguise(self.secret, item_id)

    @property
    def is_complete(self) -> bool:
        """Every item has been answered once, right or wrong."""
        return all(self.has_answered(placed.item_id) for placed in self.placed)


def answer(
    attempt: Attempt,
    item_id: str,
    response: Response | None,
    *,
    answer_id: str,
    at: datetime,
    expect_seq: int | None = None,
) -> tuple[Attempt, Step]:
    """Record a response. A known answer_id gives the attempt unchanged and the step it made (a retry is not counted twice).

    expect_seq: the last step the sender has seen; None = the sender does not care (simulation).
    Raises AttemptError: conflicting-answer, unknown-item, attempt-finished, out-of-sequence, already-answered, blank-answer.
    """
    known = attempt.step_with(answer_id)
    if known is not None:
        if known.item_id != item_id or known.response != response:
            raise AttemptError("conflicting-answer", "รหัสคำตอบนี้ใช้กับคำตอบอื่นแล้ว โปรดโหลดหน้านี้ใหม่")
        return attempt, known
    version = attempt.version_of(item_id)
    if version is None:
        raise AttemptError("unknown-item", "ข้อนี้ไม่อยู่ในชุดที่กำลังทำ โปรดโหลดหน้านี้ใหม่")
    _require_open(attempt, expect_seq)
    if not attempt.policy.may_change and attempt.has_answered(item_id):
        raise AttemptError("already-answered", "ข้อนี้ตอบไว้แล้ว แสดงคำตอบที่บันทึกไว้")
    if response is None and not attempt.policy.may_change:
        raise AttemptError("blank-answer", "ยังไม่ได้เลือกคำตอบ โปรดเลือกก่อนส่ง")
    return _append(attempt, Step(attempt.seq + 1, "answer", answer_id, require_aware(at), item_id, version, response))


def finish(attempt: Attempt, *, answer_id: str, at: datetime, expect_seq: int | None = None) -> tuple[Attempt, Step]:
    """Close the attempt; the first finish wins and a repeated one returns it. Raises AttemptError: out-of-sequence."""
    done = next((step for step in attempt.steps if step.kind == "finish"), None)
    if done is not None:
        return attempt, done
    _require_open(attempt, expect_seq)
    return _append(attempt, Step(attempt.seq + 1, "finish", answer_id, require_aware(at)))


def _require_open(attempt: Attempt, expect_seq: int | None) -> None:
    if attempt.is_finished:
        raise AttemptError("attempt-finished", "ชุดนี้ส่งไปแล้ว แก้คำตอบไม่ได้")
    if expect_seq is not None and expect_seq != attempt.seq:
        raise AttemptError("out-of-sequence", "มีการตอบจากหน้าต่างอื่นแล้ว แสดงคำตอบที่บันทึกไว้ล่าสุด")


def _append(attempt: Attempt, step: Step) -> tuple[Attempt, Step]:
    return replace(attempt, steps=(*attempt.steps, step)), step
