"""Lessons: what a notebook says of itself in its metadata `cps`, and the checkpoints its cells call.

Knows item and clause ids, never keys. A lesson's checkpoints are a form like any other, `lesson:<lesson>`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from cps_training.content.forms import LESSON_PREFIX, Form, Minutes
from cps_training.content.loading import Read, validate
from cps_training.content.notebook_source import read_notebook
from cps_training.content.texts import Title, require_distinct
from cps_training.content.yaml_source import Location, forbidden_characters
from cps_training.items.base import ClauseId, ItemId, Strict
from cps_training.thai_text import nearest

FOLDER = "notebooks/lessons"
METADATA: Location = ("metadata", "cps")

_CALL = re.compile(r"\bapps\s*\.\s*checkpoint\s*\(")
_CHECKPOINT = re.compile(
    r"""\bapps\s*\.\s*checkpoint\s*\(\s*session\s*,\s*(?P<quote>["'])(?P<id>[^"']*)(?P=quote)\s*\)"""
)
_OPENS = re.compile(r"""\bopen_session\s*\(\s*(?:lesson\s*=\s*)?(?P<quote>["'])(?P<id>[^"']*)(?P=quote)""")

_CLAUSE_LINK = re.compile(r"\(/handbook\?clause=(?P<id>[^)\s]*)\)")


class LessonMetadata(Strict):
    """metadata.cps of a lesson notebook. clauses: those it teaches, none in an orientation. checkpoints: item ids in the order of the cells. template: "full" for a notebook
    with widgets that are not the kit's."""

    lesson: ItemId
    number: Annotated[int, Field(strict=True, ge=0, le=99)]
    title: Title
    minutes: Minutes
    clauses: Annotated[tuple[ClauseId, ...], Field(max_length=100)]
    checkpoints: Annotated[tuple[ItemId, ...], Field(max_length=100)] = ()
    replaces: Annotated[bool, Field(strict=True)] = False
    template: Literal["light", "full"] = "light"

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        require_distinct(self.clauses, "clauses")
        require_distinct(self.checkpoints, "checkpoints")
        return self


@dataclass(frozen=True)
class Lesson:
    """A lesson notebook. path: the file; file: the same relative to its content root (notebooks/lessons/05_x.ipynb)."""

    lesson: str
    number: int
    title: Title
    minutes: int
    clauses: tuple[str, ...]
    checkpoints: tuple[str, ...]
    path: Path
    file: str
    is_office: bool = False

    @property
    def id(self) -> str:
        return self.lesson

    @property
    def slug(self) -> str:
        """The notebook's name without its ending."""
        return self.path.stem

    @cached_property
    def form(self) -> Form | None:
        """The checkpoints as a form `lesson:<lesson>`: practice, in order; None for a lesson without checkpoints."""
        if not self.checkpoints:
            return None
        return Form(
            form=LESSON_PREFIX + self.lesson,
            title=self.title,
            feedback="practice",
            shuffle=False,
            minutes=self.minutes,
            items=self.checkpoints,
        )


def read_lesson(path: Path, *, shown_as: str) -> Read[LessonMetadata]:
    """The metadata of a lesson notebook with its places, checked against the cells. Raises nothing."""
    read: Read[LessonMetadata] = Read(path, shown_as, read_notebook(path))
    if not read.source.is_readable:
        return validate(read, LessonMetadata)
    notebook = read.source.data
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    metadata = notebook.get("metadata") if isinstance(notebook, dict) else None
    if not isinstance(notebook, dict) or not isinstance(cells, list) or not isinstance(metadata, dict):
        read.report_in_file((), "ไฟล์นี้ไม่ใช่โน้ตบุ๊กรูปแบบ 4 ให้เปิดและบันทึกใหม่ด้วย JupyterLab")
        return read
    if "cps" not in metadata:
        fields = ", ".join(LessonMetadata.model_fields)
        read.report_in_file(("metadata",), f"ขาดช่อง cps ให้เติมใน metadata ของโน้ตบุ๊ก โดยมี {fields}")
        return read
    read.root = METADATA
    _refuse_hidden_characters(read, METADATA, metadata["cps"])
    validate(read, LessonMetadata)
    if read.value is not None:
        _check_name(read, read.value)
        _check_cells(read, read.value, cells)
        read.findings.sort()
    return read


def _refuse_hidden_characters(read: Read[LessonMetadata], location: Location, value: object) -> None:
    """JSON can spell characters that no text of ours may hold; prose and code are not ours to judge."""
    if isinstance(value, dict):
        for name, field in value.items():
            _refuse_hidden_characters(read, (*location, name), field)
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            _refuse_hidden_characters(read, (*location, index), entry)
    elif isinstance(value, str):
        for problem in forbidden_characters(value):
            read.report_in_file(location, problem.message)


def _check_name(read: Read[LessonMetadata], lesson: LessonMetadata) -> None:
    prefix = read.path.stem.partition("_")[0]
    if prefix != f"{lesson.number:02d}":
        message = f"บทที่ {lesson.number} แต่ชื่อไฟล์ขึ้นต้นด้วย “{prefix}” ให้ชื่อไฟล์ขึ้นต้นด้วย {lesson.number:02d}_ หรือแก้ number"
        read.report(("number",), message)


def _check_cells(read: Read[LessonMetadata], lesson: LessonMetadata, cells: list[object]) -> None:
    listed, called = list(lesson.checkpoints), []
    for location, line in _code_lines(cells):
        opened = _OPENS.search(line)
        if opened and opened["id"] != lesson.lesson:
            message = f"เปิดบทเรียน “{opened['id']}” แต่ metadata บอกว่า lesson: {lesson.lesson} ให้แก้ให้ตรงกัน"
            read.report_in_file(location, message)
        found = [match["id"] for match in _CHECKPOINT.finditer(line)]
        if len(found) != len(_CALL.findall(line)):
            read.report_in_file(location, 'เขียนจุดตรวจไม่ตรงแบบ ให้เขียนในบรรทัดเดียวว่า apps.checkpoint(session, "รหัสข้อ")')
        for item_id in found:
            if item_id in called:
                read.report_in_file(location, f"จุดตรวจ “{item_id}” ถูกเรียกซ้ำ ให้เหลือครั้งเดียว")
            elif item_id not in listed:
                near = nearest(item_id, [known for known in listed if known not in called])
                hint = f"หมายถึง {near} หรือไม่ " if near else ""
                message = f"จุดตรวจ “{item_id}” ไม่อยู่ใน metadata.cps.checkpoints {hint}ให้เติมในรายการ หรือแก้รหัส"
                read.report_in_file(location, message)
            called.append(item_id)
    for index, item_id in enumerate(listed):
        if item_id not in called:
            read.report(("checkpoints", index), f"ไม่มีเซลล์ที่เรียก “{item_id}” ให้เพิ่มเซลล์ หรือลบออกจากรายการ")
    if sorted(called) == sorted(listed) and called != listed:
        read.report(("checkpoints",), f"ลำดับไม่ตรงกับเซลล์ ให้เรียงตามเซลล์: {', '.join(called)}")


def clause_links(read: Read[LessonMetadata]) -> list[tuple[Location, str]]:
    """(location in the notebook, clause id) of every link of the prose to a clause of the handbook page."""
    cells = read.source.data.get("cells") if isinstance(read.source.data, dict) else None
    lines = _lines(cells, "markdown") if isinstance(cells, list) else []
    return [(location, found["id"]) for location, line in lines for found in _CLAUSE_LINK.finditer(line)]


def _code_lines(cells: list[object]) -> list[tuple[Location, str]]:
    """Every line of every code cell that is no comment, with its location in the notebook."""
    return [(location, line) for location, line in _lines(cells, "code") if not line.lstrip().startswith("#")]


def _lines(cells: list[object], kind: str) -> list[tuple[Location, str]]:
    """Every line of every cell of a kind, with its location. A source may be one text or a list of lines."""
    lines: list[tuple[Location, str]] = []
    for number, cell in enumerate(cells):
        if not isinstance(cell, dict) or cell.get("cell_type") != kind:
            continue
        source = cell.get("source")
        if isinstance(source, str):
            lines += [(("cells", number, "source"), line) for line in source.splitlines()]
        elif isinstance(source, list):
            lines += [(("cells", number, "source", at), str(line)) for at, line in enumerate(source)]
    return lines
