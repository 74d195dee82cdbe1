"""The handbook as its files write it: sections.yaml, one `<section>.yaml` of clauses, context.yaml. Knows no reading.

Every rule that one file can break by itself is here; what must fit across files stands in `handbook`.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from cps_training.content.texts import Bilingual, Title, require_distinct
from cps_training.items.base import Bloom, ClauseId, Strict, Text

FOLDER = "data/handbook"
NOT_CLAUSES = frozenset(("sections.yaml", "context.yaml", "glossary.yaml"))
"""Files of the folder that hold no clauses."""

SectionId = Annotated[str, StringConstraints(pattern=r"^[a-z]+$", max_length=20)]
PageNumber = Annotated[int, Field(strict=True, ge=1, le=999)]


class Section(Strict):
    """A section of the handbook. Pages are those of the table of contents, so a range and never a clause's own page.

    teachable: clauses it has in the handbook, written here or not. label: how its clauses are cited, `{n}` the number.
    """

    id: SectionId
    title: Title
    page_start: PageNumber
    page_end: PageNumber | None = None
    teachable: Annotated[int, Field(strict=True, ge=0, le=99)]
    label: Title | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.page_end is not None and self.page_end < self.page_start:
            raise ValueError(f"page_end {self.page_end} อยู่ก่อน page_start {self.page_start} ให้แก้เลขหน้า")
        if self.label and any("{n}" not in text for text in (self.label.th, self.label.en) if text is not None):
            raise ValueError("label ต้องมี {n} ตรงที่จะแสดงเลขข้อ ทั้ง th และ en")
        return self

    def cite(self, number: str, locale: str = "th") -> str:
        """How a clause of this section is cited: `ข้อ 2.3 ของระบบ CPS`."""
        if self.label:
            return self.label.text(locale).replace("{n}", number)
        title = self.title.text(locale)
        return f"{title} {number}" if locale == "en" else f"{title} ข้อ {number}"

    def pages(self, locale: str = "th") -> str:
        """The section's range of pages, said to be approximate."""
        last = f"–{self.page_end}" if self.page_end and self.page_end != self.page_start else ""
        if locale == "en":
            return f"handbook p. {self.page_start}{last} (approximate)"
        return f"คู่มือหน้า {self.page_start}{last} (ช่วงหน้าโดยประมาณ)"


class SectionsFile(Strict):
    """sections.yaml: every section, in handbook order."""

    sections: Annotated[tuple[Section, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        require_distinct(tuple(section.id for section in self.sections), "sections")
        return self


class ClauseText(Strict):
    """A clause as its author writes it. Headings carry no objective: nothing is tested on them."""

    id: ClauseId
    kind: Literal["heading", "clause"]
    title: Title
    summary: Text
    objective: Bilingual | None = None
    bloom: Bloom | None = None
    related: tuple[ClauseId, ...] = ()
    notes: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.kind == "heading" and (self.objective or self.bloom):
            name = "objective" if self.objective else "bloom"
            raise ValueError(f"{name} ใช้กับข้อที่สอบได้เท่านั้น ข้อนี้เป็นหัวข้อ (kind: heading) ให้ลบออก หรือแก้ kind เป็น clause")
        if self.kind == "clause" and not (self.objective and self.bloom):
            name = "bloom" if self.objective else "objective"
            raise ValueError(f"ขาด {name} เพราะข้อที่สอบได้ต้องมี objective และ bloom ให้เติม หรือแก้ kind เป็น heading")
        if self.id in self.related:
            raise ValueError("related อ้างข้อของตัวเอง ให้ลบออก")
        return self


class ClausesFile(Strict):
    """`<section>.yaml`: the clauses of one section."""

    section: SectionId
    clauses: Annotated[tuple[ClauseText, ...], Field(min_length=1)]


class ContextUnit(Strict):
    """A part of the handbook without a number: why it was written, what a chapter opens with, the figure.

    It introduces; it is never taught, tested or cited as a clause. section: the section it opens, none for the whole book.
    """

    id: ClauseId
    title: Title
    summary: Text
    notes: tuple[Text, ...] = ()
    section: SectionId | None = None


class ContextFile(Strict):
    """context.yaml: the units, in the order they are shown."""

    units: Annotated[tuple[ContextUnit, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        require_distinct(tuple(unit.id for unit in self.units), "units")
        return self
