"""The rules of a form: when the learner finds out, what an answer earns, how long and how often. Pure data; knows no attempt.

An attempt keeps the rules it was opened under, so that a form edited later changes no open or finished attempt.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from cps_training.content.texts import Title
from cps_training.items.base import ClauseId, ItemId, Share, Strict

Feedback = Literal["practice", "exam", "tries", "certainty", "survey"]
Shown = Literal["score", "verdicts", "reasons", "keys"]
SHOWN: tuple[Shown, ...] = ("score", "verdicts", "reasons", "keys")
"""How much a review shows, each with all before it: points of the whole, right or wrong an item, why one's own answer is
right or wrong, the right answers."""
SectionId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]


class Review(Strict):
    """What is shown after the finish, and when.

    show: how much (SHOWN). when: at the finish, once the attempt is passed, or once no attempt is left (or one is passed).
    since: not before this day (office time). Until then only the points are told.
    """

    show: Shown = "keys"
    when: Literal["finished", "passed", "last_attempt"] = "finished"
    since: date | None = None


class TimeLimit(Strict):
    """minutes from the opening, decided by the desk; grace_seconds: for an answer that was on its way."""

    minutes: Annotated[int, Field(strict=True, ge=1, le=600)]
    grace_seconds: Annotated[int, Field(strict=True, ge=0, le=600)] = 30


class Attempts(Strict):
    """most: how many attempts one person has, None = any number. counts: which finished attempt is the result."""

    most: Annotated[int, Field(strict=True, ge=1, le=50)] | None = None
    counts: Literal["best", "first", "last"] = "best"


class CertaintyScale(Strict):
    """Points by certainty 1, 2, 3. The default is gentle: a careless certainty costs more than it can bring, and whoever says
    what they believe does best: 1 below a half, 2 up to two thirds, 3 above. (Gardner-Medwin's certainty-based marking, with
    1/2/3 and 0/−1/−3 in place of his 0/−2/−6.)"""

    right: tuple[float, float, float] = (1, 2, 3)
    wrong: tuple[float, float, float] = (0, -1, -3)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if not (0 < self.right[0] < self.right[1] < self.right[2]):
            raise ValueError("right ต้องเป็นบวกและเพิ่มขึ้นตามความมั่นใจ เช่น [1, 2, 3]")
        if not (0 >= self.wrong[0] > self.wrong[1] > self.wrong[2]):
            raise ValueError("wrong ต้องไม่เกิน 0 และลดลงตามความมั่นใจ เช่น [0, -1, -3]")
        return self


class SectionRule(Strict):
    """A part of a form. must_pass: share of its points without which the form is not passed.

    reading: clauses to read again when it was failed; retry: items to try after reading, all of them or `retry_count` drawn.
    """

    section: SectionId
    title: Title
    must_pass: Annotated[float, Field(gt=0, le=1)] | None = None
    reading: Annotated[tuple[ClauseId, ...], Field(max_length=12)] = ()
    retry: Annotated[tuple[ItemId, ...], Field(max_length=60)] = ()
    retry_count: Annotated[int, Field(strict=True, ge=1, le=60)] | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.reading or self.retry) and self.must_pass is None:
            raise ValueError(f"ส่วน “{self.section}” มี reading หรือ retry จึงต้องมี must_pass ที่บอกว่าเมื่อใดถือว่าไม่ผ่าน")
        if self.retry and not self.reading:
            raise ValueError(f"ส่วน “{self.section}” มี retry จึงต้องมี reading ให้อ่านก่อนทำข้อซ่อม")
        if self.retry_count is not None and self.retry_count > len(self.retry):
            raise ValueError(f"ส่วน “{self.section}” ให้สุ่ม {self.retry_count} ข้อ แต่ retry มีเพียง {len(self.retry)} ข้อ")
        return self


class Rules(Strict):
    """feedback: the policy. cut_score: share of points (0–1] needed to pass. deduction: points a wrong choice costs, 0–1.

    floor: lowest share of points an attempt can end with, None = none; the form's author says only what differs:
    0 for all policies but certainty, whose points may be negative. penalty: of tries, what each further try costs (share of
    the item's points). certainty: the scale of that policy.
    """

    feedback: Feedback
    cut_score: Annotated[float, Field(strict=True, gt=0, le=1)] | None = None
    deduction: Share = 0.0
    floor: Annotated[float, Field(ge=-1, le=0)] | None = 0.0
    penalty: Share = 1 / 3
    certainty: CertaintyScale = CertaintyScale()
    review: Review = Review()
    time_limit: TimeLimit | None = None
    attempts: Attempts = Attempts()
    sections: Annotated[tuple[SectionRule, ...], Field(max_length=12)] = ()

    @model_validator(mode="after")
    def _allowed(self) -> Self:
        only = {"deduction": ("practice", "exam"), "penalty": ("tries",), "certainty": ("certainty",)}
        for name, policies in only.items():
            if name in self.model_fields_set and self.feedback not in policies:
                raise ValueError(f"{name} ใช้ได้เฉพาะ feedback: {' หรือ '.join(policies)} (พบ {self.feedback})")
        if self.feedback == "survey" and (self.cut_score is not None or self.sections):
            raise ValueError("แบบสำรวจ (survey) ไม่มีคะแนน ให้ลบ cut_score และ sections")
        if self.feedback != "exam" and "review" in self.model_fields_set:
            raise ValueError("review ใช้ได้เฉพาะ feedback: exam เพราะแบบอื่นบอกผลทันทีหรือไม่บอกเลย")
        if self.review.when == "last_attempt" and self.attempts.most is None:
            raise ValueError("review.when: last_attempt ต้องกำหนด attempts.most ด้วย")
        if self.review.when == "passed" and self.cut_score is None:
            raise ValueError("review.when: passed ต้องมี cut_score")
        return self

    def section_rule(self, section_id: str) -> SectionRule | None:
        return next((one for one in self.sections if one.section == section_id), None)

    @property
    def lowest(self) -> float | None:
        """floor as it counts: none for certainty where its author said nothing."""
        if self.feedback == "certainty" and "floor" not in self.model_fields_set:
            return None
        return self.floor

    def as_json(self) -> dict[str, object]:
        """Only what differs from the defaults, to be kept with an attempt."""
        return self.model_dump(mode="json", exclude_unset=True)
