"""The handbook's sections and our own summaries of its clauses. Knows no bank or key: a learner's kernel may hold it.

`read_handbook` reads data/handbook/: sections.yaml and one `<section>.yaml` per section that has been written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from cps_training.content.files import yaml_files
from cps_training.content.loading import Read, read_model
from cps_training.content.texts import Bilingual, Title, require_distinct
from cps_training.errors import Finding
from cps_training.items.base import Bloom, ClauseId, Strict, Text
from cps_training.thai_text import nearest

FOLDER = "data/handbook"
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


@dataclass(frozen=True)
class Clause:
    """A clause in its section. number: `2.3` for cps.2.3. objective and bloom are None for headings."""

    id: str
    section: Section
    kind: Literal["heading", "clause"]
    title: Bilingual
    summary: str
    objective: Bilingual | None
    bloom: Bloom | None
    related: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def number(self) -> str:
        return self.id.partition(".")[2]

    @property
    def is_teachable(self) -> bool:
        """Taught, tested and tracked; headings are shown only."""
        return self.kind == "clause"

    def label(self, locale: str = "th") -> str:
        """How the clause is cited: `ข้อ 2.3 ของระบบ CPS`, `หน้าที่ KM ข้อ 4`; in English `CPS 2.3`, `KM duty 4`."""
        return self.section.cite(self.number, locale)


@dataclass(frozen=True)
class Handbook:
    """sections: all of them; clauses: those written so far; both in handbook order."""

    sections: tuple[Section, ...]
    clauses: tuple[Clause, ...]

    @cached_property
    def _by_id(self) -> Mapping[str, Clause]:
        return MappingProxyType({clause.id: clause for clause in self.clauses})

    @cached_property
    def teachable_ids(self) -> tuple[str, ...]:
        """Ids of the clauses that are taught, tested and tracked, in order."""
        return tuple(clause.id for clause in self.clauses if clause.is_teachable)

    def __contains__(self, clause_id: object) -> bool:
        return clause_id in self._by_id

    def get(self, clause_id: str) -> Clause | None:
        """The clause, or None."""
        return self._by_id.get(clause_id)

    def clause(self, clause_id: str) -> Clause:
        """The clause. Raises KeyError naming the nearest known id."""
        found = self.get(clause_id)
        if found is None:
            near = nearest(clause_id, tuple(self._by_id))
            raise KeyError(f"no clause {clause_id!r}" + (f"; nearest is {near!r}" if near else ""))
        return found

    def of_section(self, section_id: str) -> tuple[Clause, ...]:
        """The clauses of one section, in order."""
        return tuple(clause for clause in self.clauses if clause.section.id == section_id)


@dataclass
class HandbookRead:
    """handbook: what could be read, None without sections; files: each clause file with its places."""

    handbook: Handbook | None = None
    findings: list[Finding] = field(default_factory=list)
    files: list[Read[ClausesFile]] = field(default_factory=list)


def read_handbook(root: Path) -> HandbookRead:
    """Read `root`/data/handbook. Raises nothing; mistakes stand in findings, files shown relative to root."""
    result = HandbookRead()
    sections_read = read_model(root / FOLDER / "sections.yaml", SectionsFile, shown_as=f"{FOLDER}/sections.yaml")
    for path, shown_as in yaml_files(root, FOLDER, "", result.findings):
        if path.name != "sections.yaml":
            result.files.append(read_model(path, ClausesFile, shown_as=shown_as))
    if sections_read.value is not None:
        _check_sections(sections_read, result.files)
        _check_clauses(sections_read.value, result.files)
        result.handbook = _assemble(sections_read.value, result.files)
    result.findings += sections_read.findings
    for read in result.files:
        result.findings += read.findings
    return result


def _check_sections(sections_read: Read[SectionsFile], files: list[Read[ClausesFile]]) -> None:
    sections = sections_read.value.sections if sections_read.value else ()
    for index, section in enumerate(sections):
        for read in files:
            if read.value is None or read.value.section != section.id:
                continue
            found = sum(clause.kind == "clause" for clause in read.value.clauses)
            if found != section.teachable:
                message = f"บอกไว้ {section.teachable} ข้อ แต่ {read.shown_as} มีข้อที่สอบได้ {found} ข้อ ให้แก้ให้ตรงกัน"
                sections_read.report(("sections", index, "teachable"), message)


def _check_clauses(sections: SectionsFile, files: list[Read[ClausesFile]]) -> None:
    section_ids = [section.id for section in sections.sections]
    places: dict[str, str] = {}
    written = {read.path.stem for read in files}
    known = [str(clause_id) for read in files for clause_id in ids_written(read)]
    for read in files:
        if read.value is None:
            continue
        if read.value.section not in section_ids:
            near = nearest(read.value.section, section_ids)
            hint = f"หมายถึง {near} หรือไม่ " if near else ""
            read.report(("section",), f"ไม่มีหมวด “{read.value.section}” ใน sections.yaml {hint}ให้แก้ หรือเพิ่มหมวด")
        elif read.value.section != read.path.stem:
            read.report(("section",), f"ชื่อไฟล์ต้องเป็น {read.value.section}.yaml ให้เปลี่ยนชื่อไฟล์ หรือแก้ section")
        for index, clause in enumerate(read.value.clauses):
            here: tuple[str | int, ...] = ("clauses", index)
            if clause.id.partition(".")[0] != read.value.section:
                message = f"“{clause.id}” ไม่ใช่ข้อของหมวด {read.value.section} ให้แก้รหัส หรือย้ายไปไฟล์ของหมวดนั้น"
                read.report((*here, "id"), message)
            if clause.id in places:
                read.report((*here, "id"), f"รหัส “{clause.id}” ซ้ำกับ {places[clause.id]} ให้เหลือที่เดียว")
            places.setdefault(clause.id, read.shown_place((*here, "id")))
            for position, related in enumerate(clause.related):
                section_id = related.partition(".")[0]
                if related in known or (section_id in section_ids and section_id not in written):
                    continue  # a section nobody has written yet may be pointed at
                near = nearest(related, known)
                hint = f"ใกล้ที่สุดคือ {near} " if near else ""
                read.report((*here, "related", position), f"ไม่มีข้อ “{related}” {hint}ให้แก้รหัส")


def ids_written(read: Read[ClausesFile]) -> list[object]:
    """Ids of a clause file, also of one with mistakes: a broken clause is not an unknown one."""
    data = read.source.data
    clauses = data.get("clauses") if isinstance(data, dict) else None
    return [entry.get("id") for entry in clauses if isinstance(entry, dict)] if isinstance(clauses, list) else []


def _assemble(sections: SectionsFile, files: list[Read[ClausesFile]]) -> Handbook:
    by_id = {section.id: section for section in sections.sections}
    order = list(by_id)
    clauses: dict[str, Clause] = {}
    for read in files:
        for text in read.value.clauses if read.value else ():
            section = by_id.get(text.id.partition(".")[0])
            if section is None or text.id in clauses:
                continue
            clauses[text.id] = Clause(
                text.id,
                section,
                text.kind,
                text.title,
                text.summary,
                text.objective,
                text.bloom,
                text.related,
                text.notes,
            )
    in_order = sorted(clauses.values(), key=lambda clause: (order.index(clause.section.id), _numbers(clause.number)))
    return Handbook(sections.sections, tuple(in_order))


def _numbers(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split("."))
