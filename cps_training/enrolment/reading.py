"""A roster table → rows of people's stays, with everything there is to say about it at once. Pure; knows no store.

The day a person leaves is the first day they are no longer there (active_from <= day < active_to).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from cps_training.enrolment.columns import Columns, find_columns
from cps_training.enrolment.duplicates import duplicates
from cps_training.enrolment.findings import blank, day_of, error, warning
from cps_training.enrolment.names import folded, may_be_renamed, name_key
from cps_training.enrolment.table import RosterTable, RowFinding
from cps_training.enrolment.words import ROSTER_HEADERS, employment_of, truth_of
from cps_training.i18n import mark

LABELS = {
    "person_code": "รหัส",
    "name": "ชื่อ-สกุล",
    "title": "คำนำหน้า",
    "surname": "นามสกุล",
    "unit": "กลุ่มงาน",
    "active_from": "วันที่เริ่ม",
    "active_to": "วันที่พ้น",
    "is_guest": "แขก",
    "employment": "ประเภท",
    "left_out_because": "เหตุที่ไม่นับ",
}
REQUIRED = ("person_code", "name", "unit", "active_from")
LONGEST = {"person_code": 60, "name": 200, "unit": 200, "left_out_because": 400}


@dataclass(frozen=True)
class RosterRow:
    """One stay of one person. row: as Excel shows it; active_to: the first day no longer there, None = still there."""

    row: int
    person_code: str
    name: str
    unit: str
    employment: str
    is_guest: bool
    active_from: date
    active_to: date | None
    left_out_because: str | None = None

    @property
    def person_id(self) -> str:
        """The code as compared: who is who inside a file."""
        return folded(self.person_code)

    @property
    def code(self) -> str:
        return self.person_code


@dataclass(frozen=True)
class RosterRead:
    """rows: only whole ones, the same stay once; findings: all, by row; columns: those the file has, by the kit's names.

    codes: everybody the file names, in comparison form, whole row or not.
    """

    rows: tuple[RosterRow, ...]
    findings: tuple[RowFinding, ...]
    columns: frozenset[str]
    codes: frozenset[str] = frozenset()

    @property
    def errors(self) -> tuple[RowFinding, ...]:
        return tuple(one for one in self.findings if one.severity == "error")


def read_roster(
    table: RosterTable,
    *,
    today: date,
    accept: Collection[str] = (),
    is_for_counting: bool = False,
) -> RosterRead:
    """Read a roster.

    accept: codes whose wholly different names are meant to be one person. is_for_counting: nothing will be stored, and a
    code counts once whatever stands beside it, so overlapping stays and a code with two people's names are only said; a
    header without rows is no mistake.
    """
    columns, found = find_columns(table, ROSTER_HEADERS, REQUIRED, LABELS)
    rows: list[RosterRow] = []
    names: dict[str, str] = {}
    if all(column in columns for column in REQUIRED):
        if "employment" not in columns:
            text = mark("ไม่มีคอลัมน์ “ประเภท” จึงอ่านทุกคนเป็นข้าราชการ ถ้ามีผู้ปฏิบัติงานจ้างเหมา โปรดเพิ่มคอลัมน์นี้")
            found.append(warning(table.header_row, "", "no-employment", text))
        rows = [row for number, cells in table.rows if (row := _row(table, columns, number, cells, today, found))]
        if not table.rows and not is_for_counting:
            found.append(error(table.header_row, "", "no-rows", mark("ไม่มีรายชื่อใต้หัวคอลัมน์")))
        header_of = {column: table.header[place] for column, place in columns.items()}
        named = [
            _NamedRow(number, code, _full_name(table, columns, cells))
            for number, cells in table.rows
            if (code := _cell(table, columns, cells, "person_code")) and _cell(table, columns, cells, "name")
        ]
        names = _one_name_each(named, header_of["name"], frozenset(map(folded, accept)), is_for_counting, found)
        rows = _judged([replace(row, name=names[row.person_id]) for row in rows], header_of, is_for_counting, found)
    return RosterRead(tuple(rows), tuple(sorted(found)), frozenset(columns), frozenset(names))


def _row(
    table: RosterTable, columns: Columns, number: int, cells: tuple[str, ...], today: date, found: list[RowFinding]
) -> RosterRow | None:
    """A row, None when something in it is wrong; everything wrong in it is added to `found`."""
    n_before = len(found)

    def cell(column: str) -> str:
        return _cell(table, columns, cells, column)

    def head(column: str) -> str:
        return table.header[columns[column]]

    for column in ("person_code", "name", "unit"):
        if not cell(column):
            found.append(blank(number, head(column)))
    name = _full_name(table, columns, cells)
    for column, longest in LONGEST.items():
        if len(name if column == "name" else cell(column)) > longest:
            text = mark("“%(column)s” ยาวเกินไป ใช้ได้ไม่เกิน %(n)s ตัวอักษร")
            found.append(error(number, head(column), "too-long", text, column=head(column), n=str(longest)))
    guest = truth_of(cell("is_guest"))
    if guest is None:
        text = mark("ไม่รู้จักคำว่า “%(typed)s” ในคอลัมน์แขก ใช้ ใช่ หรือ ไม่ใช่ (true หรือ false)")
        found.append(error(number, head("is_guest"), "unknown-truth", text, typed=cell("is_guest")))
    employment = _employment(cell("employment"), "employment" in columns, bool(guest))
    if employment is None and not cell("employment"):
        found.append(blank(number, head("employment")))
    elif employment is None:
        text = mark("ไม่รู้จักประเภท “%(typed)s” ใช้ ข้าราชการ ลูกจ้างประจำ พนักงานราชการ หรือ จ้างเหมา")
        found.append(error(number, head("employment"), "unknown-employment", text, typed=cell("employment")))
    start = end = None
    if not cell("active_from"):
        found.append(blank(number, head("active_from")))
    else:
        start = day_of(cell("active_from"), number, head("active_from"), today, found)
    if cell("active_to") not in ("", "-", "–"):
        end = day_of(cell("active_to"), number, head("active_to"), today, found)
        if start and end and end <= start:
            text = mark("วันที่พ้นต้องอยู่หลังวันที่เริ่ม (วันที่พ้นคือวันแรกที่ไม่อยู่แล้ว)")
            found.append(error(number, head("active_to"), "ends-before-it-begins", text))
    if any(one.severity == "error" for one in found[n_before:]):
        return None
    assert start is not None
    assert employment is not None
    reason = cell("left_out_because") if cell("left_out_because") not in ("", "-", "–") else None
    return RosterRow(number, cell("person_code"), name, cell("unit"), employment, bool(guest), start, end, reason)


def _cell(table: RosterTable, columns: Columns, cells: tuple[str, ...], column: str) -> str:
    return " ".join(table.cell(cells, columns.get(column)).split())


def _full_name(table: RosterTable, columns: Columns, cells: tuple[str, ...]) -> str:
    """Title, name and surname joined as they are written in Thai: นาย + สมชาย + ใจดี → นายสมชาย ใจดี."""
    title, name, surname = (_cell(table, columns, cells, column) for column in ("title", "name", "surname"))
    whole = f"{name} {surname}".strip()
    if not title:
        return whole
    return f"{title} {whole}" if title.isascii() else f"{title}{whole}"


def _employment(typed: str, has_column: bool, is_guest: bool) -> str | None:
    """What the cell says; a guest's does not matter, and without the column everybody is a civil servant (and it is said)."""
    if typed:
        return employment_of(typed) or ("civil_servant" if is_guest else None)
    return "civil_servant" if is_guest or not has_column else None


# Rows beside one another ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _NamedRow:
    """Code and name of a row, also of one with mistakes elsewhere: all that is wrong is told at once."""

    row: int
    code: str
    name: str


def _one_name_each(
    named: list[_NamedRow], column: str, accept: frozenset[str], is_for_counting: bool, found: list[RowFinding]
) -> dict[str, str]:
    """The name of each code: the one typed last. Another spelling is said; another person is an error unless accepted."""
    clash = warning if is_for_counting else error
    firsts: dict[str, _NamedRow] = {}
    names: dict[str, str] = {}
    for row in named:
        code = folded(row.code)
        first, names[code] = firsts.setdefault(code, row), row.name
        if row.name == first.name:
            continue
        values = {"code": row.code, "name": row.name, "other": first.name, "row": str(first.row)}
        if code in accept or name_key(row.name) == name_key(first.name) or may_be_renamed(first.name, row.name):
            text = mark("รหัส %(code)s มีชื่อสองแบบ “%(other)s” (แถว %(row)s) และ “%(name)s” นับเป็นคนเดียว")
            found.append(warning(row.row, column, "two-spellings", text, **values))
        else:
            text = mark("รหัส %(code)s เป็นของสองคน “%(other)s” (แถว %(row)s) และ “%(name)s” โปรดแก้รหัสของคนใดคนหนึ่ง")
            found.append(clash(row.row, column, "two-people", text, **values))
    return names


def _judged(
    rows: list[RosterRow], header_of: dict[str, str], is_for_counting: bool, found: list[RowFinding]
) -> list[RosterRow]:
    """The rows with the same stay once; says which do not fit together and who may be one person under two codes."""
    by_person: dict[str, list[RosterRow]] = defaultdict(list)
    for row in rows:
        by_person[row.person_id].append(row)
    kept = [row for own in by_person.values() for row in _stays(own, header_of, is_for_counting, found)]
    people = {row.person_id: row for row in kept}
    for pair in duplicates(people.values()):
        a, b = sorted((people[pair.a.person_id], people[pair.b.person_id]), key=lambda row: row.row)
        text = mark("“%(name)s” รหัส %(code)s อาจเป็นคนเดียวกับ “%(other)s” รหัส %(other_code)s ในแถว %(row)s")
        values = {"name": b.name, "code": b.code, "other": a.name, "other_code": a.code, "row": str(a.row)}
        found.append(warning(b.row, header_of["name"], "may-be-one-person", text, **values))
    return sorted(kept, key=lambda row: row.row)


def _stays(
    own: list[RosterRow], header_of: dict[str, str], is_for_counting: bool, found: list[RowFinding]
) -> list[RosterRow]:
    kept: list[RosterRow] = []
    for row in own:
        same = next((one for one in kept if replace(one, row=row.row, person_code=row.person_code) == row), None)
        if same is not None:
            text = mark("แถวนี้ซ้ำกับแถว %(row)s ใช้เพียงครั้งเดียว")
            found.append(warning(row.row, "", "same-row", text, row=str(same.row)))
            continue
        other = next((one for one in kept if overlap(one, row)), None)
        if other is not None:
            text = mark("รหัส %(code)s อยู่สองแห่งในช่วงเวลาเดียวกัน (แถว %(row)s) โปรดใส่วันที่พ้นให้แถวก่อน")
            say = warning if is_for_counting else error
            found.append(say(row.row, header_of["active_from"], "overlap", text, code=row.code, row=str(other.row)))
        kept.append(row)
    return kept


class Span(Protocol):
    """Days from active_from up to, not with, active_to (None = open)."""

    @property
    def active_from(self) -> date: ...
    @property
    def active_to(self) -> date | None: ...


def overlap(one: Span, other: Span) -> bool:
    """Whether two stays share a day."""
    return (other.active_to is None or one.active_from < other.active_to) and (
        one.active_to is None or other.active_from < one.active_to
    )
