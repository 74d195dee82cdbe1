"""Reading the folder of a case, and what must hold across its files. Every mistake becomes a finding at its place; nothing is raised."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from cps_training.content.cases.case import CaseSource
from cps_training.content.cases.catalogue import Catalogue
from cps_training.content.cases.invariants import mistakes
from cps_training.content.cases.model import (
    CASE_FILE,
    EVIDENCE_FILE,
    FOLDER,
    NOTES_FILE,
    TABLES_FOLDER,
    CaseFile,
    EvidenceFile,
    Line,
)
from cps_training.content.cases.ratios import RATIO_OF
from cps_training.content.cases.rendering import texts_of
from cps_training.content.cases.tables import REQUIRED, SPEC_OF, Rows, read_table
from cps_training.content.loading import Read, read_model
from cps_training.content.yaml_source import Location
from cps_training.errors import Finding
from cps_training.thai_text import nearest

GROUPS = ("formation", "business", "management", "centre")
"""The academic groups one may consult (handbook, practice 19.1–19.4)."""


@dataclass
class CaseRead:
    """What came of one folder. said, evidence: its files; source: None unless all could be read."""

    folder: Path
    shown_as: str
    said: Read[CaseFile]
    evidence: Read[EvidenceFile]
    tables: dict[str, Rows] = field(default_factory=dict)
    loose: list[Finding] = field(default_factory=list)
    source: CaseSource | None = None

    @property
    def findings(self) -> list[Finding]:
        return [*self.loose, *self.said.findings, *self.evidence.findings]

    @property
    def paths(self) -> tuple[Path, ...]:
        """The content files it read."""
        return self.said.path, self.evidence.path


def case_folders(root: Path) -> Iterator[Path]:
    """The folders of cases below a content root, by name."""
    place = root / FOLDER
    if place.is_dir():
        yield from sorted(path for path in place.iterdir() if path.is_dir() and not path.name.startswith("."))


def read_case(folder: Path, *, shown_as: str) -> CaseRead:
    """The files of a folder. shown_as: its name in messages."""
    read = CaseRead(
        folder,
        shown_as,
        read_model(folder / CASE_FILE, CaseFile, shown_as=f"{shown_as}/{CASE_FILE}"),
        read_model(folder / EVIDENCE_FILE, EvidenceFile, shown_as=f"{shown_as}/{EVIDENCE_FILE}"),
    )
    _read_tables(read)
    if not (folder / NOTES_FILE).is_file():
        read.loose.append(
            Finding(f"{shown_as}/{NOTES_FILE}", 1, 1, "ไม่พบบันทึกสำหรับวิทยากร ให้เขียนแนวคำตอบที่คาดหวังไว้ในไฟล์นี้")
        )
    if read.said.value and read.evidence.value and not read.findings:
        read.source = CaseSource(read.said.value, read.evidence.value, read.tables)
    return read


def _read_tables(read: CaseRead) -> None:
    place, shown = read.folder / TABLES_FOLDER, f"{read.shown_as}/{TABLES_FOLDER}"
    for path in sorted(place.glob("*.csv")) if place.is_dir() else ():
        spec = SPEC_OF.get(path.stem)
        if spec is None:
            near = nearest(path.stem, tuple(SPEC_OF))
            hint = f"ใกล้ที่สุดคือ {near}.csv " if near else ""
            read.loose.append(Finding(f"{shown}/{path.name}", 1, 1, f"ไม่มีตารางชื่อนี้ {hint}ให้เปลี่ยนชื่อ หรือย้ายไฟล์ออก"))
            continue
        rows, mistakes = read_table(path, spec, shown_as=f"{shown}/{path.name}")
        read.loose += mistakes
        read.tables[spec.name] = rows
    for name in REQUIRED:
        if not read.tables.get(name) and not any(one.file == f"{shown}/{name}.csv" for one in read.loose):
            read.loose.append(Finding(f"{shown}/{name}.csv", 1, 1, "ต้องมีตารางนี้อย่างน้อยหนึ่งปี ให้เพิ่มไฟล์"))
    years = {name: [row["year"] for row in read.tables.get(name, ())] for name in REQUIRED if not read.loose}
    if years and len({tuple(found) for found in years.values()}) > 1:
        read.loose.append(
            Finding(f"{shown}/balance.csv", 2, 1, f"ตาราง {', '.join(REQUIRED)} ต้องมีปีเดียวกันครบทุกปี ให้แก้ให้ตรงกัน")
        )


def check_case(
    read: CaseRead, catalogue: Catalogue, parameters: Collection[str], unknown_clause: Callable[[str], str | None]
) -> None:
    """Report what a case names that is not there: entries of the catalogue, parameters, clauses, figures, places in texts.

    unknown_clause: why a clause cannot be cited, or None.
    """
    source = read.source
    if source is None:
        return
    said = source.said
    if read.folder.name != said.case:
        read.said.report(("case",), f"ชื่อโฟลเดอร์ต้องเป็น {said.case} ให้เปลี่ยนชื่อโฟลเดอร์ หรือแก้ case")
    figures = {name for year in source.years.values() for name in year} | set(RATIO_OF)
    limits = ((("parameters", n), name, set(parameters)) for n, name in enumerate(said.parameters))
    for location, name, known in (*_named(said, catalogue, figures), *limits):
        if name not in known:
            near = nearest(name, sorted(known))
            hint = f"ใกล้ที่สุดคือ {near} " if near else ""
            read.said.report(location, f"ไม่รู้จัก “{name}” {hint}ให้แก้ หรือเพิ่มใน catalogue.yaml หรือ parameters.yaml")
    for location, clause in _clauses(said):
        if message := unknown_clause(clause):
            read.said.report(location, message)
    critical = {step.id for step in catalogue.steps if step.critical}
    for number, problem in enumerate(said.problems):
        for index, step in enumerate(problem.steps):
            if step in critical:
                read.said.report(("problems", number, "steps", index), f"“{step}” เป็นข้อผิดร้ายแรง ใช้เป็นขั้นต่อไปที่ถูกไม่ได้")
    _check_lines(read, source)
    _check_rules(read, source)
    for file, model in ((read.said, said), (read.evidence, source.evidence)):
        _check_places(file, model, source)


def _named(
    said: CaseFile, catalogue: Catalogue, figures: set[str]
) -> Iterator[tuple[Location, str, set[str] | tuple[str, ...]]]:
    kinds = catalogue.ids("findings")
    for number, problem in enumerate(said.problems):
        at: Location = ("problems", number)
        yield (*at, "kind"), problem.kind, kinds
        for field_name, listed in (("causes", "causes"), ("partners", "partners"), ("steps", "steps")):
            for index, name in enumerate(getattr(problem, field_name)):
                yield (*at, field_name, index), name, catalogue.ids(listed)
        for index, name in enumerate(problem.figures):
            yield (*at, "figures", index), name, figures
    for number, red in enumerate(said.red_herrings):
        yield ("red_herrings", number, "kind"), red.kind, kinds
    for number, kind in enumerate(said.tolerated):
        yield ("tolerated", number), kind, kinds
    for number, name in enumerate(said.picture):
        yield ("picture", number), name, figures
    for number, asked in enumerate(said.consultations):
        yield ("consultations", number, "right"), asked.right, GROUPS
        for name in asked.elsewhere:
            yield ("consultations", number, "elsewhere", name), name, GROUPS


def _clauses(said: CaseFile) -> Iterator[tuple[Location, str]]:
    for number, problem in enumerate(said.problems):
        for field_name in ("clauses", "accepted_clauses"):
            for index, clause in enumerate(getattr(problem, field_name)):
                yield ("problems", number, field_name, index), clause
    for number, asked in enumerate(said.consultations):
        for index, clause in enumerate(asked.clauses):
            yield ("consultations", number, "clauses", index), clause
    for fork_at, fork in enumerate(said.follow_up.forks if said.follow_up else ()):
        for branch_at, branch in enumerate(fork.branches):
            for index, clause in enumerate(branch.clauses):
                yield ("follow_up", "forks", fork_at, "branches", branch_at, "clauses", index), clause


def _check_lines(read: CaseRead, source: CaseSource) -> None:
    """What a line speaks for must be of this case. A varied case may name problems of the case it was made from."""
    said = source.said
    known = {p.kind for p in said.problems} | {r.kind for r in said.red_herrings}
    optional = {p.kind for p in said.problems if p.absent is not None}
    for paper_at, paper in enumerate(source.evidence.papers):
        for line_at, line in enumerate(paper.lines):
            at: Location = ("papers", paper_at, "lines", line_at)
            if said.varied_from is None:
                _check_line(read, at, line, known, optional)


def _check_line(read: CaseRead, at: Location, line: Line, known: set[str], optional: set[str]) -> None:
    for index, kind in enumerate(line.supports):
        if kind not in known:
            read.evidence.report((*at, "supports", index), f"“{kind}” ไม่อยู่ใน problems หรือ red_herrings ของกรณีนี้ ให้แก้")
        elif kind in optional and line.given != kind:
            read.evidence.report((*at, "supports", index), f"“{kind}” อาจไม่มีในกรณีแปรผัน ให้เติม given: {kind} ที่บรรทัดนี้")
    for name in ("given", "unless"):
        kind = getattr(line, name)
        if kind is not None and kind not in optional:
            read.evidence.report(
                (*at, name), f"“{kind}” ไม่ใช่ปัญหาที่มี absent จึงอยู่ในทุกกรณี ให้ลบ {name} หรือเติม absent ที่ปัญหานั้น"
            )


def _check_rules(read: CaseRead, source: CaseSource) -> None:
    """The invariants of figures and papers."""
    for place, location, message in mistakes(source):
        if place in SPEC_OF:
            row, column = (*location, 0, 0)[:2] if location else (-1, 0)
            at = SPEC_OF[place].header.index(column) + 1 if column in SPEC_OF[place].header else 1
            shown = f"{read.shown_as}/{TABLES_FOLDER}/{place}.csv"
            read.loose.append(Finding(shown, int(row) + 2, at, message))
        else:
            (read.said if place == CASE_FILE else read.evidence).report(location, message)


def _check_places(file: Read[Any], model: BaseModel, source: CaseSource) -> None:
    places = source.places
    for location, text in texts_of(model):
        for message in places.mistakes(text):
            file.report(location, message)
