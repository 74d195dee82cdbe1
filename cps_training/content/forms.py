"""Forms: which items, in what order, under which rules. quizzes/forms/<form>.yaml. Knows item ids, never keys.

A form names its items, or a blueprint they are drawn from, or another form it is parallel to.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from cps_training.content.blueprints import Blueprint
from cps_training.content.rules import Rules, SectionRule
from cps_training.content.texts import Bilingual, Title, require_distinct
from cps_training.items.base import ItemId

FOLDER = "quizzes/forms"
LESSON_PREFIX = "lesson:"
RETRY_PREFIX = "retry:"
REFRESHER_PREFIX = "refresher:"
"""`refresher:<cooperative>:<method>`: what to go over before a visit, chosen anew for each person; no file holds it."""
REVIEW = "review:today"
"""What is due today, chosen anew for each person; no file holds it."""

FormId = Annotated[
    str,
    StringConstraints(
        pattern=r"^(lesson:|retry:|review:|refresher:)?[a-z0-9]+(-[a-z0-9]+)*(:[a-z0-9-]+)?$", max_length=140
    ),
]
Minutes = Annotated[int, Field(strict=True, ge=1, le=600)]
Seed = Annotated[int, Field(strict=True, ge=0)]


class Section(SectionRule):
    """A part of a form and its items; with a blueprint the rows name their section instead."""

    items: Annotated[tuple[ItemId, ...], Field(max_length=500)] = ()


class Form(Rules):
    """What an attempt is made of, and its rules.

    form: its id, `lesson:<lesson>` for a lesson's checkpoints, `retry:<form>:<section>` for a retry pool. shuffle: whether the
    order of items differs per attempt (options always do). minutes: estimated time. parallel_to: the form with whose
    blueprint this one is drawn, by another seed, sharing no item with it. apart_from: forms whose items a person who took them
    does not get here again, as far as the banks reach. cut_is_provisional: no panel has set the cut score yet (`cps-training angoff`), and pages say so. lesson: the lesson it goes with; stage: before or
    after all lessons, final: the last exam; a form with neither stands beside the course.
    """

    form: FormId
    title: Title
    description: Bilingual | None = None
    shuffle: Annotated[bool, Field(strict=True)] = True
    minutes: Minutes | None = None
    items: Annotated[tuple[ItemId, ...], Field(max_length=500)] = ()
    blueprint: Blueprint | None = None
    parallel_to: ItemId | None = None
    seed: Seed | None = None
    apart_from: Annotated[tuple[ItemId, ...], Field(max_length=10)] = ()
    sections: Annotated[tuple[Section, ...], Field(max_length=12)] = ()
    cut_is_provisional: Annotated[bool, Field(strict=True)] = False
    lesson: ItemId | None = None
    stage: Literal["before", "after", "final"] | None = None

    @property
    def id(self) -> str:
        return self.form

    @property
    def is_lesson(self) -> bool:
        return self.form.startswith(LESSON_PREFIX)

    @property
    def is_retry(self) -> bool:
        return self.form.startswith(RETRY_PREFIX)

    @property
    def is_review(self) -> bool:
        return self.form == REVIEW

    @property
    def is_refresher(self) -> bool:
        return self.form.startswith(REFRESHER_PREFIX)

    @property
    def named_items(self) -> tuple[tuple[str, str | None], ...]:
        """(item id, section or None) of the items it names itself; empty for a drawn form."""
        named = [(item_id, None) for item_id in self.items]
        return (*named, *((item_id, part.section) for part in self.sections for item_id in part.items))

    @property
    def rules(self) -> Rules:
        """What an attempt keeps of it."""
        said = self.model_dump(
            include=set(Rules.model_fields), exclude_unset=True, exclude={"sections": {"__all__": {"items"}}}
        )
        return Rules.model_validate(said)

    def retry_form(self, section_id: str) -> Form | None:
        """The retry pool of a section as a form of its own; None where the section has none."""
        part = self.section_rule(section_id)
        if part is None or not part.retry:
            return None
        return Form(
            form=f"{RETRY_PREFIX}{self.form}:{section_id}",
            title=part.title,
            feedback="practice",
            cut_score=part.must_pass,
            items=part.retry,
        )


class AuthoredForm(Form):
    """A form as its author writes it. replaces: stands in for the shipped form of that id (office content)."""

    form: ItemId
    description: Bilingual
    replaces: Annotated[bool, Field(strict=True)] = False

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        ids = tuple(item_id for item_id, _ in self.named_items)
        require_distinct(ids, "items")
        require_distinct(tuple(part.section for part in self.sections), "sections")
        if self.feedback == "exam" and self.cut_score is None:
            raise ValueError("ขาด cut_score เพราะชุดสอบ (feedback: exam) ต้องมีเกณฑ์ผ่าน เช่น cut_score: 0.6")
        said = [
            name
            for name, value in (("items", ids), ("blueprint", self.blueprint), ("parallel_to", self.parallel_to))
            if value
        ]
        if len(said) != 1:
            raise ValueError(
                f"ให้บอกอย่างใดอย่างหนึ่ง: items (หรือ items ใน sections), blueprint หรือ parallel_to (พบ {', '.join(said) or 'ไม่มี'})"
            )
        if self.items and self.sections:
            raise ValueError("เมื่อมี sections ให้ใส่ items ไว้ในแต่ละส่วน ไม่ใช่นอกส่วน")
        if self.apart_from and self.blueprint is None:
            raise ValueError("apart_from ใช้กับชุดที่มี blueprint เท่านั้น ชุดที่ระบุข้อเองให้เลือกข้อที่ไม่ซ้ำ")
        if self.lesson and self.stage:
            raise ValueError(
                "ให้บอก lesson หรือ stage อย่างใดอย่างหนึ่ง: ชุดของบทใดบทหนึ่ง หรือชุดก่อน (before) หลัง (after) หรือปิดท้าย (final) ทั้งหลักสูตร"
            )
        if (self.seed is None) != (self.parallel_to is None):
            raise ValueError("seed ใช้คู่กับ parallel_to เสมอ ส่วน blueprint มี seed ของตนเอง")
        self._check_sections()
        return self

    def _check_sections(self) -> None:
        known = {part.section for part in self.sections}
        if self.blueprint is not None:
            rows = {row.section for row in self.blueprint.rows}
            if rows - known - {None} or (known and None in rows):
                raise ValueError(
                    f"ทุกแถวของ blueprint ต้องมี section ที่อยู่ใน sections ({', '.join(sorted(known)) or 'ไม่มี'})"
                )
        elif self.parallel_to is None and (empty := [part.section for part in self.sections if not part.items]):
            raise ValueError(f"ส่วน “{', '.join(empty)}” ไม่มีข้อ ให้ใส่ items")
        for part in self.sections:
            if shared := sorted(set(part.retry) & {item_id for item_id, _ in self.named_items}):
                raise ValueError(f"ข้อซ่อมของส่วน “{part.section}” ซ้ำกับข้อในชุด: {', '.join(shared)} ให้ใช้ข้ออื่น")


REVIEW_FORM = Form(form=REVIEW, title=Title(th="ทบทวนวันนี้", en="Today's review"), feedback="practice", shuffle=False)
