"""All content files of what ships and of the office: reading, registering by id, checking across files, in that order.

Holds keys, like `library`, which is made from it. Whatever is wrong becomes a finding at its place; nothing is raised.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cps_training.content import banks, broken_banks, calendar, forms, lessons, parameters, refresher
from cps_training.content.banks import Bank
from cps_training.content.calendar import FiscalYear
from cps_training.content.cases import catalogue as case_catalogue
from cps_training.content.cases import model as case_model
from cps_training.content.cases.case import Case, ready
from cps_training.content.cases.catalogue import Catalogue
from cps_training.content.cases.reading import CaseRead, case_folders, check_case, read_case
from cps_training.content.drawing import pools_of
from cps_training.content.files import notebook_files, stray_files, yaml_files
from cps_training.content.form_checks import check_apart, check_drawing, check_form, check_lesson
from cps_training.content.forms import AuthoredForm
from cps_training.content.glossary import read_glossary
from cps_training.content.handbook import HandbookRead
from cps_training.content.lessons import Lesson, LessonMetadata, read_lesson
from cps_training.content.loading import Read, read_model
from cps_training.content.parameters import Parameter, ParametersFile
from cps_training.content.refresher import Cooperative, CooperativesFile, MethodsFile
from cps_training.content.tables import Entry, Table
from cps_training.content.yaml_source import Location
from cps_training.errors import Finding
from cps_training.items.base import ItemBase
from cps_training.thai_text import nearest

OFFICE_PREFIX = "content/"
"""Stands before the names of the office's files in messages: they lie in `<data folder>/content/`."""

OFFICE_PLACES = (
    banks.FOLDER,
    forms.FOLDER,
    lessons.FOLDER,
    calendar.FOLDER,
    parameters.FILE,
    refresher.COOPERATIVES_FILE,
    case_model.FOLDER,
)


class Gathered:
    """The files of all roots, then their contents in tables. glossary, methods: the files of what ships, None where there is none."""

    def __init__(self, handbook_read: HandbookRead) -> None:
        self.handbook_read = handbook_read
        self.glossary: Any = None
        self._loose: list[Finding] = []
        self._banks: list[tuple[Read[Bank], bool]] = []
        self._forms: list[tuple[Read[AuthoredForm], bool]] = []
        self._lessons: list[tuple[Read[LessonMetadata], bool]] = []
        self._years: list[tuple[Read[FiscalYear], bool]] = []
        self._parameters: list[tuple[Read[ParametersFile], bool]] = []
        self.methods: Read[MethodsFile] | None = None
        self._cooperatives: list[tuple[Read[CooperativesFile], bool]] = []
        self.catalogue: Read[Catalogue] | None = None
        self._cases: list[tuple[CaseRead, bool]] = []
        self.bank_table: Table[Bank] = Table("คลังข้อ (bank)")
        self.items: Table[ItemBase] = Table("ข้อคำถาม")
        self.forms: Table[AuthoredForm] = Table("ชุดข้อสอบ")
        self.lessons: Table[Lesson] = Table("บทเรียน")
        self.years: Table[FiscalYear] = Table("ปฏิทินปีงบประมาณ")
        self.parameters: Table[Parameter] = Table("ค่าที่ใช้")
        self.cooperatives: Table[Cooperative] = Table("สหกรณ์")
        self.cases: Table[Case] = Table("กรณีศึกษา")

    def read_root(self, root: Path, *, is_office: bool) -> None:
        prefix = OFFICE_PREFIX if is_office else ""
        for path, shown in yaml_files(root, banks.FOLDER, prefix, self._loose):
            self._banks.append((read_model(path, Bank, shown_as=shown), is_office))
        for path, shown in yaml_files(root, forms.FOLDER, prefix, self._loose):
            self._forms.append((read_model(path, AuthoredForm, shown_as=shown), is_office))
        for path, shown in notebook_files(root, lessons.FOLDER, prefix, self._loose):
            self._lessons.append((read_lesson(path, shown_as=shown), is_office))
        for path, shown in yaml_files(root, calendar.FOLDER, prefix, self._loose):
            self._years.append((read_model(path, FiscalYear, shown_as=shown), is_office))
        if (path := root / parameters.FILE).exists():
            read = read_model(path, ParametersFile, shown_as=prefix + parameters.FILE)
            self._parameters.append((read, is_office))
        if (path := root / refresher.COOPERATIVES_FILE).exists():
            said = read_model(path, CooperativesFile, shown_as=prefix + refresher.COOPERATIVES_FILE)
            self._cooperatives.append((said, is_office))
        for folder in case_folders(root):
            self._cases.append((read_case(folder, shown_as=f"{prefix}{case_model.FOLDER}/{folder.name}"), is_office))
        if is_office:
            paths = {read.path for read in self._reads()} | {path for case, _ in self._cases for path in case.paths}
            stray_files(root, paths, prefix, OFFICE_PLACES, self._loose)
        else:
            self.glossary = read_glossary(root)
            if (path := root / case_catalogue.FILE).exists():
                self.catalogue = read_model(path, Catalogue, shown_as=case_catalogue.FILE)
            if (path := root / refresher.METHODS_FILE).exists():
                self.methods = read_model(path, MethodsFile, shown_as=refresher.METHODS_FILE)

    def refuse(self, finding: Finding) -> None:
        self._loose.append(finding)

    def _reads(self) -> Iterable[Read[Any]]:
        tables: tuple[list[Any], ...] = (self._years, self._parameters, self._cooperatives)
        groups: tuple[list[Any], ...] = (self._banks, self._forms, self._lessons, *tables)
        for group in groups:
            for read, _ in group:
                yield read
        yield from (read for read in (self.glossary, self.methods, self.catalogue) if read is not None)

    def register(self) -> None:
        for bank_read, is_office in self._banks:
            bank = bank_read.value
            if bank is None:
                continue
            self.bank_table.add(Entry(bank.bank, bank, bank_read, (), ("bank",), is_office))
            for index, item in enumerate(bank.items):
                at: Location = ("items", index)
                replaces = index in bank.replacing
                self.items.add(Entry(item.id, item, bank_read, at, (*at, "id"), is_office, replaces))
        for form_read, is_office in self._forms:
            form = form_read.value
            if form is not None:
                self.forms.add(Entry(form.form, form, form_read, (), ("form",), is_office, form.replaces))
        for lesson_read, is_office in self._lessons:
            said = lesson_read.value
            if said is not None:
                lesson = _lesson(said, lesson_read, is_office=is_office)
                self.lessons.add(Entry(said.lesson, lesson, lesson_read, (), ("lesson",), is_office, said.replaces))
        self._register_tables()

    def _register_tables(self) -> None:
        for year_read, is_office in self._years:
            year = year_read.value
            if year is not None:
                name, id_at = str(year.fiscal_year), ("fiscal_year",)
                self.years.add(Entry(name, year, year_read, (), id_at, is_office, year.replaces))
        for read, is_office in self._parameters:
            for index, parameter in enumerate(read.value.parameters if read.value else ()):
                at: Location = ("parameters", index)
                self.parameters.add(
                    Entry(parameter.id, parameter, read, at, (*at, "id"), is_office, parameter.replaces)
                )
        for said, is_office in self._cooperatives:
            for index, one in enumerate(said.value.cooperatives if said.value else ()):
                here: Location = ("cooperatives", index)
                self.cooperatives.add(Entry(one.id, one, said, here, (*here, "id"), is_office, one.replaces))
        for case, is_office in self._cases:
            if case.source is not None:
                file, replaces = case.source.said, case.source.said.replaces
                self.cases.add(Entry(file.case, ready(case.source), case.said, (), ("case",), is_office, replaces))

    def cross_check(self) -> None:
        for item in self.items.entries.values():
            self._check_clauses(item, item.value.clauses, may_be_heading=False)
        for bank_read, is_office in self._banks:
            if bank_read.value is None:
                self._check_broken(bank_read, is_office)
        for form in self.forms.entries.values():
            check_form(form, self._check_items, self._check_readings)
            check_apart(form, self.forms.entries)
            if all(read.value is not None for read, _ in self._lessons):  # a lesson with mistakes is not an unknown one
                check_lesson(form, tuple(self.lessons.entries))
        self._check_drawings()
        numbers: dict[int, Entry[Lesson]] = {}
        for lesson in self.lessons.entries.values():
            self._check_clauses(lesson, lesson.value.clauses, may_be_heading=True)
            self._check_items(lesson, ("checkpoints",), lesson.value.checkpoints)
            first = numbers.setdefault(lesson.value.number, lesson)
            for location, clause_id in lessons.clause_links(lesson.read):
                if message := self._unknown_clause(clause_id, may_be_heading=True):
                    lesson.read.report_in_file(location, message)
            if first is not lesson:
                place = first.read.shown_place(("number",))
                lesson.report(("number",), f"บทที่ {lesson.value.number} ซ้ำกับ {place} ให้ใช้เลขบทอื่น")
        for parameter in self.parameters.entries.values():
            self._check_clauses(parameter, parameter.value.clauses, may_be_heading=True)
        for year_read, _ in self._years:
            self._check_year(year_read)
        self._check_refresher()
        self._check_cases()
        self._check_glossary()

    def _check_year(self, read: Read[FiscalYear]) -> None:
        year, data = read.value, read.source.data
        if year is None or not isinstance(data, dict):
            return
        if read.path.stem != f"fy{year.fiscal_year}":
            read.report(("fiscal_year",), f"ชื่อไฟล์ต้องเป็น fy{year.fiscal_year}.yaml ให้เปลี่ยนชื่อไฟล์ หรือแก้ fiscal_year")
        for index, message in calendar.days_outside(year, data["days"]):
            read.report(("days", index, "date"), message)

    def _check_refresher(self) -> None:
        def unknown(clause_id: str) -> str | None:
            return self._unknown_clause(clause_id, may_be_heading=False)

        if self.methods is not None and self.methods.value is not None:
            refresher.check_methods(Entry("", self.methods.value, self.methods, (), (), False), unknown)
        for entry in self.cooperatives.entries.values():
            refresher.check_cooperative(entry, unknown)

    def _check_cases(self) -> None:
        def unknown(clause_id: str) -> str | None:
            return self._unknown_clause(clause_id, may_be_heading=False)

        for case, is_office in self._cases:
            if self.catalogue is not None and self.catalogue.value is not None:
                check_case(case, self.catalogue.value, self.parameters.entries, unknown)
            if case.source is not None and not is_office and not case.source.said.is_fictional:
                case.said.report((), "กรณีที่มากับชุดฝึกต้องเป็นองค์กรสมมติ ให้เติม is_fictional: true")

    def _check_glossary(self) -> None:
        file = self.glossary.value if self.glossary else None
        for field, told in (("terms", file.terms), ("field_words", file.field_words)) if file else ():
            for index, one in enumerate(told):
                entry: Entry[Any] = Entry(field, one, self.glossary, (field, index), (), False)
                self._check_clauses(entry, one.see, may_be_heading=True, field="see")

    def _check_broken(self, read: Read[Bank], is_office: bool) -> None:
        """The rules across files for the items of a bank with mistakes, so that its author hears of all at once."""
        for number, item in enumerate(broken_banks.raw_items(read.source.data)):
            at: Location = ("items", number)
            entry = Entry(str(item.get("id")), item, read, at, at, is_office)
            self._check_clauses(entry, broken_banks.clauses_of(item), may_be_heading=False)
            for location, message in broken_banks.key_problems(item):
                entry.report(location, message)

    def _check_clauses(
        self, entry: Entry[Any], clauses: tuple[str, ...], *, may_be_heading: bool, field: str = "clauses"
    ) -> None:
        for index, clause_id in enumerate(clauses):
            if message := self._unknown_clause(clause_id, may_be_heading=may_be_heading):
                entry.report((field, index), message)

    def _unknown_clause(self, clause_id: str, *, may_be_heading: bool) -> str | None:
        """Why a clause cannot be cited here, or None. A clause with mistakes of its own is not an unknown one."""
        book = self.handbook_read.handbook
        if book is None:
            return None  # said once, at the handbook
        clause = book.get(clause_id)
        if clause is not None:
            is_wrong = not clause.is_teachable and not may_be_heading
            return f"“{clause_id}” เป็นหัวข้อ ไม่ใช่ข้อที่สอบได้ ให้เลือกข้อย่อยใต้หัวข้อนี้" if is_wrong else None
        if clause_id in self.handbook_read.written():
            return None
        if clause_id in {unit.id for unit in book.context}:
            return f"“{clause_id}” เป็นบทนำ ไม่ใช่ข้อของคู่มือ ให้เลือกข้อที่มีเลขข้อ"
        if clause_id.partition(".")[0] in self.handbook_read.unread_sections():
            return None
        near = nearest(clause_id, [known.id for known in book.clauses if known.is_teachable or may_be_heading])
        hint = f"ใกล้ที่สุดคือ {near} " if near else ""
        return f"ชุดฝึกไม่มีข้อ “{clause_id}” ของคู่มือ {hint}ให้แก้รหัสข้อ"

    def _check_readings(self, entry: Entry[Any], at: Location, clause_ids: Iterable[str]) -> None:
        for index, clause_id in enumerate(clause_ids):
            if message := self._unknown_clause(clause_id, may_be_heading=True):
                entry.report((*at, index), message)

    def _check_drawings(self) -> None:
        if any(read.value is None for read, _ in self._banks):
            return  # what is missing from a bank with mistakes is not missing from a form
        items = self.items.values()
        pools = pools_of(items, self.forms.values().values(), self.lessons.values().values())
        for form in self.forms.entries.values():
            check_drawing(form, self.forms.entries, pools)

    def _check_items(self, entry: Entry[Any], at: Location, item_ids: Iterable[str]) -> None:
        known = tuple(self.items.entries)
        broken = {item_id for read, _ in self._banks if read.value is None for item_id in _ids_written(read)}
        is_sure = all(read.source.is_readable for read, _ in self._banks)
        for index, item_id in enumerate(item_ids):
            if item_id in self.items.entries or item_id in broken or not is_sure:
                continue  # an item with mistakes, or one that may stand in an unreadable bank, is not an unknown one
            near = nearest(item_id, known)
            hint = f"ใกล้ที่สุดคือ {near} " if near else ""
            entry.report((*at, index), f"ไม่มีข้อคำถามรหัส “{item_id}” ในคลังข้อ {hint}ให้แก้รหัส หรือเพิ่มข้อในคลัง")

    def findings(self) -> list[Finding]:
        found = [*self._loose, *self.handbook_read.findings]
        for read in self._reads():
            found += read.findings
        for case, _ in self._cases:
            found += case.findings
        return sorted(set(found))


def _ids_written(read: Read[Bank]) -> list[object]:
    data = read.source.data
    entries = data.get("items") if isinstance(data, dict) else None
    ids = [entry.get("id") for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    return [item_id for item_id in ids if isinstance(item_id, str)]


def _lesson(said: LessonMetadata, read: Read[LessonMetadata], *, is_office: bool) -> Lesson:
    return Lesson(
        said.lesson,
        said.number,
        said.title,
        said.minutes,
        said.clauses,
        said.checkpoints,
        read.path,
        read.shown_as.removeprefix(OFFICE_PREFIX) if is_office else read.shown_as,
        is_office,
    )
