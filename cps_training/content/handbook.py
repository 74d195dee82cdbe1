"""The handbook's sections, our own summaries of its clauses, and its context units. Knows no bank or key.

A learner's kernel may hold it. `read_handbook` reads data/handbook/: sections.yaml, one `<section>.yaml` per section that
has been written, and context.yaml.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from cps_training.content.clauses_file import (
    FOLDER,
    NOT_CLAUSES,
    ClausesFile,
    ClauseText,
    ContextFile,
    ContextUnit,
    Section,
    SectionsFile,
)
from cps_training.content.files import yaml_files
from cps_training.content.loading import Read, read_model
from cps_training.content.texts import Bilingual
from cps_training.errors import Finding
from cps_training.items.base import Bloom
from cps_training.thai_text import nearest


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
    """sections: all of them; clauses: those written so far; both in handbook order. context: units that are no clauses."""

    sections: tuple[Section, ...]
    clauses: tuple[Clause, ...]
    context: tuple[ContextUnit, ...] = ()

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
        """The clause, or None; a context unit is no clause."""
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
    """handbook: what could be read, None without sections; files: each clause file with its places; context: its file."""

    handbook: Handbook | None = None
    findings: list[Finding] = field(default_factory=list)
    files: list[Read[ClausesFile]] = field(default_factory=list)
    context: Read[ContextFile] | None = None

    def written(self) -> set[str]:
        """Ids of all clauses in the files, also of those with mistakes: a broken clause is not an unknown one."""
        return {str(clause_id) for read in self.files for clause_id in ids_written(read)}

    def unread_sections(self) -> set[str]:
        """Sections whose file cannot be read at all: whatever they hold is not unknown."""
        return {read.path.stem for read in self.files if not read.source.is_readable}


def read_handbook(root: Path) -> HandbookRead:
    """Read `root`/data/handbook. Raises nothing; mistakes stand in findings, files shown relative to root."""
    result = HandbookRead()
    sections_read = read_model(root / FOLDER / "sections.yaml", SectionsFile, shown_as=f"{FOLDER}/sections.yaml")
    for path, shown_as in yaml_files(root, FOLDER, "", result.findings):
        if path.name == "context.yaml":
            result.context = read_model(path, ContextFile, shown_as=shown_as)
        elif path.name not in NOT_CLAUSES:
            result.files.append(read_model(path, ClausesFile, shown_as=shown_as))
    if sections_read.value is not None:
        _check_sections(sections_read, result.files)
        _check_clauses(sections_read.value, result.files)
        _check_context(sections_read.value, result)
        result.handbook = _assemble(sections_read.value, result)
    reads: list[Read[Any]] = [sections_read, *result.files, *([result.context] if result.context else [])]
    for read in reads:
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
            read.report(("section",), _no_section(read.value.section, section_ids))
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


def _check_context(sections: SectionsFile, result: HandbookRead) -> None:
    read = result.context
    section_ids = [section.id for section in sections.sections]
    written = result.written()
    for index, unit in enumerate(read.value.units if read and read.value else ()):
        assert read is not None
        if unit.id in written:
            message = f"“{unit.id}” เป็นรหัสของข้อในคู่มือแล้ว ให้ใช้รหัสอื่น เช่น {unit.id.partition('.')[0]}.0"
            read.report(("units", index, "id"), message)
        if unit.section is not None and unit.section not in section_ids:
            read.report(("units", index, "section"), _no_section(unit.section, section_ids))


def _no_section(section: str, known: list[str]) -> str:
    near = nearest(section, known)
    hint = f"หมายถึง {near} หรือไม่ " if near else ""
    return f"ไม่มีหมวด “{section}” ใน sections.yaml {hint}ให้แก้ หรือเพิ่มหมวด"


def ids_written(read: Read[ClausesFile]) -> list[object]:
    """Ids of a clause file, also of one with mistakes: a broken clause is not an unknown one."""
    data = read.source.data
    clauses = data.get("clauses") if isinstance(data, dict) else None
    return [entry.get("id") for entry in clauses if isinstance(entry, dict)] if isinstance(clauses, list) else []


def _assemble(sections: SectionsFile, result: HandbookRead) -> Handbook:
    by_id = {section.id: section for section in sections.sections}
    order = list(by_id)
    clauses: dict[str, Clause] = {}
    for read in result.files:
        for text in read.value.clauses if read.value else ():
            section = by_id.get(text.id.partition(".")[0])
            if section is not None and text.id not in clauses:
                clauses[text.id] = _clause(text, section)
    in_order = sorted(clauses.values(), key=lambda clause: (order.index(clause.section.id), _numbers(clause.number)))
    context = result.context.value.units if result.context and result.context.value else ()
    return Handbook(sections.sections, tuple(in_order), context)


def _clause(text: ClauseText, section: Section) -> Clause:
    return Clause(
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


def _numbers(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split("."))
