"""All content together: what ships and the office's own, checked across files. Holds keys: desk and command line only.

`load_library` gives a library or refuses with every mistake; `check_library` gives what could be read and the mistakes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Generic, TypeVar

from cps_training.content import banks, broken_banks, forms, handbook, lessons
from cps_training.content.banks import Bank
from cps_training.content.files import notebook_files, stray_files, yaml_files
from cps_training.content.forms import LESSON_PREFIX, AuthoredForm, Form
from cps_training.content.handbook import Handbook, HandbookRead, read_handbook
from cps_training.content.lessons import Lesson, LessonMetadata, read_lesson
from cps_training.content.loading import Read, read_model
from cps_training.content.yaml_source import Location
from cps_training.errors import ContentError, Finding
from cps_training.items.base import ItemBase
from cps_training.thai_text import nearest

OFFICE_PREFIX = "content/"
"""Stands before the names of the office's files in messages: they lie in `<data folder>/content/`."""

OFFICE_FOLDERS = (banks.FOLDER, forms.FOLDER, lessons.FOLDER)
TITLE_LENGTH = 80

T = TypeVar("T")


@dataclass(frozen=True)
class Library:
    """items, forms and lessons by id (forms without the lessons' own; `form` knows both), lessons by number."""

    handbook: Handbook
    banks: Mapping[str, Bank]
    items: Mapping[str, ItemBase]
    forms: Mapping[str, Form]
    lessons: Mapping[str, Lesson]

    def form(self, form_id: str) -> Form | None:
        """The form of that id, also `lesson:<lesson>`; None for an unknown one or a lesson without checkpoints."""
        if form_id.startswith(LESSON_PREFIX):
            lesson = self.lessons.get(form_id.removeprefix(LESSON_PREFIX))
            return lesson.form if lesson else None
        return self.forms.get(form_id)

    @cached_property
    def item_titles(self) -> Mapping[str, str]:
        """A short name per item: the beginning of its stem (the headline would give the answer away)."""
        return MappingProxyType({item_id: _shortened(item.stem) for item_id, item in self.items.items()})

    def coverage(self) -> dict[str, dict[str, int]]:
        """{teachable clause: {"lessons", "items", "cases", "rules"}}: how many speak of it."""
        return {
            clause: {
                "lessons": sum(clause in lesson.clauses for lesson in self.lessons.values()),
                "items": sum(clause in item.clauses for item in self.items.values()),
                "cases": 0,
                "rules": 0,
            }
            for clause in self.handbook.teachable_ids
        }

    def counts(self) -> dict[str, int]:
        """How many of each: clauses (headings too), items, forms, lessons, cases, rules."""
        return {
            "clauses": len(self.handbook.clauses),
            "items": len(self.items),
            "forms": len(self.forms),
            "lessons": len(self.lessons),
            "cases": 0,
            "rules": 0,
        }


def load_library(shipped: Path, office: Path | None = None) -> Library:
    """The checked library. shipped: the folder of notebooks/, quizzes/ and data/; office: the office's content folder.

    The office's folder has the same tree and may be missing. Raises ContentError carrying every finding.
    """
    library, findings = check_library(shipped, office)
    if findings or library is None:
        raise ContentError(tuple(findings))
    return library


def check_library(shipped: Path, office: Path | None = None) -> tuple[Library | None, list[Finding]]:
    """What could be read (None without the handbook's sections) and every mistake, sorted by place. Raises nothing."""
    gathered = _Gathered(read_handbook(shipped))
    gathered.read_root(shipped, is_office=False)
    if office is not None and office.is_dir():  # most offices have none of their own
        gathered.read_root(office, is_office=True)
    elif office is not None and office.exists():
        gathered.refuse(Finding(OFFICE_PREFIX, 1, 1, "ต้องเป็นโฟลเดอร์ของเนื้อหาสำนักงาน แต่พบไฟล์ ให้ย้ายไฟล์นี้ออก"))
    gathered.register()
    gathered.cross_check()
    book = gathered.handbook_read.handbook
    library = None if book is None else gathered.library(book)
    return library, gathered.findings()


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= TITLE_LENGTH else text[: TITLE_LENGTH - 1].rstrip() + "…"


@dataclass(frozen=True)
class _Entry(Generic[T]):
    """One named thing with its place: read.shown_place(id_at) is where its id stands, at is its own location."""

    name: str
    value: T
    read: Read[Bank] | Read[AuthoredForm] | Read[LessonMetadata]
    at: Location
    id_at: Location
    is_office: bool
    replaces: bool = False

    def report(self, location: Location, message: str) -> None:
        self.read.report((*self.at, *location), message)


@dataclass
class _Table(Generic[T]):
    """Things by id, refusing the same id twice. what: how the thing is called in messages."""

    what: str
    entries: dict[str, _Entry[T]] = field(default_factory=dict)

    def add(self, entry: _Entry[T]) -> None:
        first = self.entries.get(entry.name)
        if entry.replaces and not entry.is_office:
            entry.report(("replaces",), "ใช้ได้เฉพาะเนื้อหาของสำนักงาน ให้ลบ replaces ออก")
        if first is None:
            if entry.replaces and entry.is_office:
                entry.report(("replaces",), self._nothing_to_replace(entry.name))
            self.entries[entry.name] = entry
            return
        place = first.read.shown_place(first.id_at)
        if not entry.is_office or first.is_office:
            entry.read.report(entry.id_at, f"รหัส{self.what} “{entry.name}” ซ้ำกับ {place} ให้ตั้งรหัสใหม่")
        elif entry.replaces:
            self.entries[entry.name] = entry
        else:
            message = f"รหัส{self.what} “{entry.name}” มีในเนื้อหาที่มากับชุดฝึกแล้ว ({place}) "
            entry.read.report(entry.id_at, message + "ให้ตั้งรหัสใหม่ หรือเติม replaces: true ถ้าตั้งใจใช้แทน")

    def _nothing_to_replace(self, name: str) -> str:
        near = nearest(name, tuple(self.entries))
        hint = f"ใกล้ที่สุดคือ {near} " if near else ""
        return f"บอกว่าใช้แทน แต่ชุดฝึกไม่มี{self.what} “{name}” {hint}ให้แก้รหัส หรือลบ replaces ออก"

    def values(self) -> dict[str, T]:
        return {name: entry.value for name, entry in self.entries.items()}


class _Gathered:
    """The files of all roots, then their contents in tables. Reading, registering and cross-checking, in that order."""

    def __init__(self, handbook_read: HandbookRead) -> None:
        self.handbook_read = handbook_read
        self._loose: list[Finding] = []
        self._banks: list[tuple[Read[Bank], bool]] = []
        self._forms: list[tuple[Read[AuthoredForm], bool]] = []
        self._lessons: list[tuple[Read[LessonMetadata], bool]] = []
        self.bank_table: _Table[Bank] = _Table("คลังข้อ (bank)")
        self.items: _Table[ItemBase] = _Table("ข้อคำถาม")
        self.forms: _Table[AuthoredForm] = _Table("ชุดข้อสอบ")
        self.lessons: _Table[Lesson] = _Table("บทเรียน")

    def read_root(self, root: Path, *, is_office: bool) -> None:
        prefix = OFFICE_PREFIX if is_office else ""
        for path, shown in yaml_files(root, banks.FOLDER, prefix, self._loose):
            self._banks.append((read_model(path, Bank, shown_as=shown), is_office))
        for path, shown in yaml_files(root, forms.FOLDER, prefix, self._loose):
            self._forms.append((read_model(path, AuthoredForm, shown_as=shown), is_office))
        for path, shown in notebook_files(root, lessons.FOLDER, prefix, self._loose):
            self._lessons.append((read_lesson(path, shown_as=shown), is_office))
        if is_office:
            stray_files(root, {read.path for read in self._reads()}, prefix, OFFICE_FOLDERS, self._loose)

    def refuse(self, finding: Finding) -> None:
        self._loose.append(finding)

    def _reads(self) -> Iterable[Read[Bank] | Read[AuthoredForm] | Read[LessonMetadata]]:
        for group in (self._banks, self._forms, self._lessons):
            for read, _ in group:
                yield read

    def register(self) -> None:
        for bank_read, is_office in self._banks:
            bank = bank_read.value
            if bank is None:
                continue
            self.bank_table.add(_Entry(bank.bank, bank, bank_read, (), ("bank",), is_office))
            for index, item in enumerate(bank.items):
                at: Location = ("items", index)
                replaces = index in bank.replacing
                self.items.add(_Entry(item.id, item, bank_read, at, (*at, "id"), is_office, replaces))
        for form_read, is_office in self._forms:
            form = form_read.value
            if form is not None:
                self.forms.add(_Entry(form.form, form, form_read, (), ("form",), is_office, form.replaces))
        for lesson_read, is_office in self._lessons:
            said = lesson_read.value
            if said is not None:
                lesson = _lesson(said, lesson_read, is_office=is_office)
                self.lessons.add(_Entry(said.lesson, lesson, lesson_read, (), ("lesson",), is_office, said.replaces))

    def cross_check(self) -> None:
        for item in self.items.entries.values():
            self._check_clauses(item, item.value.clauses, may_be_heading=False)
        for bank_read, is_office in self._banks:
            if bank_read.value is None:
                self._check_broken(bank_read, is_office)
        for form in self.forms.entries.values():
            self._check_items(form, "items", form.value.items)
        numbers: dict[int, _Entry[Lesson]] = {}
        for lesson in self.lessons.entries.values():
            self._check_clauses(lesson, lesson.value.clauses, may_be_heading=True)
            self._check_items(lesson, "checkpoints", lesson.value.checkpoints)
            first = numbers.setdefault(lesson.value.number, lesson)
            if first is not lesson:
                place = first.read.shown_place(("number",))
                lesson.report(("number",), f"บทที่ {lesson.value.number} ซ้ำกับ {place} ให้ใช้เลขบทอื่น")

    def _check_broken(self, read: Read[Bank], is_office: bool) -> None:
        """The rules across files for the items of a bank with mistakes, so that its author hears of all at once."""
        for number, item in enumerate(broken_banks.raw_items(read.source.data)):
            at: Location = ("items", number)
            entry = _Entry(str(item.get("id")), item, read, at, at, is_office)
            self._check_clauses(entry, broken_banks.clauses_of(item), may_be_heading=False)
            for location, message in broken_banks.key_problems(item):
                entry.report(location, message)

    def _check_clauses(self, entry: _Entry[T], clauses: tuple[str, ...], *, may_be_heading: bool) -> None:
        book = self.handbook_read.handbook
        if book is None:
            return  # said once, at the handbook
        written = {str(clause) for read in self.handbook_read.files for clause in handbook.ids_written(read)}
        unread = {read.path.stem for read in self.handbook_read.files if not read.source.is_readable}
        for index, clause_id in enumerate(clauses):
            clause = book.get(clause_id)
            if clause is not None and not clause.is_teachable and not may_be_heading:
                message = f"“{clause_id}” เป็นหัวข้อ ไม่ใช่ข้อที่สอบได้ ให้เลือกข้อย่อยใต้หัวข้อนี้"
                entry.report(("clauses", index), message)
            if clause is not None or clause_id in written or clause_id.partition(".")[0] in unread:
                continue
            near = nearest(clause_id, [known.id for known in book.clauses if known.is_teachable or may_be_heading])
            hint = f"ใกล้ที่สุดคือ {near} " if near else ""
            entry.report(("clauses", index), f"ชุดฝึกไม่มีข้อ “{clause_id}” ของคู่มือ {hint}ให้แก้รหัสข้อ")

    def _check_items(self, entry: _Entry[T], name: str, item_ids: tuple[str, ...]) -> None:
        known = tuple(self.items.entries)
        broken = {item_id for read, _ in self._banks if read.value is None for item_id in _ids_written(read)}
        is_sure = all(read.source.is_readable for read, _ in self._banks)
        for index, item_id in enumerate(item_ids):
            if item_id in self.items.entries or item_id in broken or not is_sure:
                continue  # an item with mistakes, or one that may stand in an unreadable bank, is not an unknown one
            near = nearest(item_id, known)
            hint = f"ใกล้ที่สุดคือ {near} " if near else ""
            entry.report((name, index), f"ไม่มีข้อคำถามรหัส “{item_id}” ในคลังข้อ {hint}ให้แก้รหัส หรือเพิ่มข้อในคลัง")

    def library(self, book: Handbook) -> Library:
        in_order = sorted(self.lessons.values().items(), key=lambda pair: (pair[1].number, pair[0]))
        return Library(
            book,
            MappingProxyType(self.bank_table.values()),
            MappingProxyType(self.items.values()),
            MappingProxyType(dict(self.forms.values())),
            MappingProxyType(dict(in_order)),
        )

    def findings(self) -> list[Finding]:
        found = [*self._loose, *self.handbook_read.findings]
        for read in self._reads():
            found += read.findings
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
