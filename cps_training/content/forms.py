"""Forms: which items, in what order, with which feedback. quizzes/forms/<form>.yaml. Knows item ids, never keys."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from cps_training.content.texts import Bilingual, Title, require_distinct
from cps_training.items.base import ItemId, Strict

FOLDER = "quizzes/forms"
LESSON_PREFIX = "lesson:"

FormId = Annotated[str, StringConstraints(pattern=r"^(lesson:)?[a-z0-9]+(-[a-z0-9]+)*$", max_length=90)]
Minutes = Annotated[int, Field(strict=True, ge=1, le=600)]


class Form(Strict):
    """What an attempt is made of. form: its id, `lesson:<lesson>` for a lesson's checkpoints.

    shuffle: whether the order of items differs per attempt (options always do). cut_score: share of points (0–1].
    minutes: estimated time.
    """

    form: FormId
    title: Title
    description: Bilingual | None = None
    feedback: Literal["practice", "exam"]
    shuffle: Annotated[bool, Field(strict=True)] = True
    cut_score: Annotated[float, Field(strict=True, gt=0, le=1)] | None = None
    minutes: Minutes | None = None
    items: Annotated[tuple[ItemId, ...], Field(min_length=1, max_length=500)]

    @property
    def id(self) -> str:
        return self.form

    @property
    def is_lesson(self) -> bool:
        return self.form.startswith(LESSON_PREFIX)


class AuthoredForm(Form):
    """A form as its author writes it. replaces: stands in for the shipped form of that id (office content)."""

    form: ItemId
    description: Bilingual
    replaces: Annotated[bool, Field(strict=True)] = False

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        require_distinct(self.items, "items")
        if self.feedback == "exam" and self.cut_score is None:
            raise ValueError("ขาด cut_score เพราะชุดสอบ (feedback: exam) ต้องมีเกณฑ์ผ่าน เช่น cut_score: 0.6")
        return self
