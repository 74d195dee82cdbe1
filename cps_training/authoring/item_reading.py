"""Tables of items → plain data of items, each value with its row and column, and the mistakes found on the way. Pure.

The inverse of `item_tables`. What the models say of the data is placed by `content.loading`, with rows for lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cps_training.authoring.cells import decode, is_blank, split
from cps_training.authoring.fields import Part
from cps_training.authoring.item_tables import (
    BANK,
    BANK_COLUMNS,
    BANKS,
    FILING,
    NAME,
    ORDER,
    ORDERS,
    REPLACES,
    REPLACINGS,
    Group,
    columns_of,
    group_of,
    type_of,
)
from cps_training.content.loading import Read, validate
from cps_training.content.yaml_source import Location, Marked
from cps_training.errors import Finding
from cps_training.items import ITEM_TYPES
from cps_training.items.base import ItemBase
from cps_training.thai_text import nearest

HEADER_WITHIN = 10
Cells = Mapping[str, str]
Line = tuple[int, Cells]
"""A row's number, as the spreadsheet shows it, and its cells by column name."""


@dataclass(frozen=True)
class Grid:
    """One sheet as it was read: rows of texts with their numbers."""

    title: str
    rows: Sequence[tuple[int, Sequence[str]]]


@dataclass
class Filed:
    """An item of a table. item: None where it has mistakes; order: 0 without one; sheet and places: (row, column) of each of its values."""

    sheet: str
    bank: str
    order: int
    replaces: bool
    item: ItemBase | None
    places: dict[Location, tuple[int, int]]


@dataclass
class ItemsRead:
    """titles: (Thai, English or "") by bank; findings: their `file` is the sheet, `line` the row, `column` from 1."""

    items: list[Filed] = field(default_factory=list)
    titles: dict[str, tuple[str, str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read_items(grids: Iterable[Grid]) -> ItemsRead:
    """Everything the sheets hold. Sheets of other names are left alone: guides, notes, calculations."""
    read = ItemsRead()
    kinds = {type_of(kind): kind for kind in ITEM_TYPES}
    known = [*kinds, BANKS]
    seen: set[str] = set()
    for grid in grids:
        name = grid.title.strip().casefold()
        if name == BANKS:
            _read_banks(grid, read)
        elif name in kinds:
            _read_sheet(grid, kinds[name], read)
        elif (near := nearest(name, known)) and grid.rows:
            read.findings.append(Finding(grid.title, 0, 0, f"ไม่รู้จักแผ่นงานนี้ หมายถึง {near} หรือไม่ ให้แก้ชื่อแผ่นงาน หรือลบออก"))
        seen.add(name)
    if not seen & set(known) and not read.findings:
        read.findings.append(Finding("", 0, 0, "ไม่พบแผ่นงานของข้อคำถาม ชื่อแผ่นงานต้องเป็นชนิดข้อ เช่น multiple_choice"))
    _refuse_twice(read)
    read.findings.sort()
    return read


def _header(grid: Grid, names: Sequence[str], read: ItemsRead) -> tuple[dict[str, int], list[Line]]:
    """Column numbers (from 1) by name, and the rows below; nothing where no header was found."""
    for at, (number, cells) in enumerate(grid.rows[:HEADER_WITHIN]):
        texts = [cell.strip() for cell in cells]
        if len(set(texts) & set(names)) < 2 or names[0] not in texts:
            continue
        columns: dict[str, int] = {}
        for place, name in enumerate(texts, 1):
            if name in columns:
                read.findings.append(Finding(grid.title, number, place, f"หัวคอลัมน์ {name} ซ้ำ ให้เหลือคอลัมน์เดียว"))
            elif name in names:
                columns[name] = place
            elif name:
                near = nearest(name, list(names))
                hint = f"หมายถึง {near} หรือไม่ " if near else ""
                read.findings.append(
                    Finding(grid.title, number, place, f"ไม่รู้จักหัวคอลัมน์ “{name}” {hint}ให้แก้ชื่อ หรือลบคอลัมน์นี้")
                )
        lines = [(row, _cells(found, columns)) for row, found in grid.rows[at + 1 :]]
        return columns, [line for line in lines if line[1]]
    if grid.rows:
        message = f"ไม่พบแถวหัวคอลัมน์ภายใน {HEADER_WITHIN} แถวแรก ต้องมีแถวที่เขียนชื่อช่อง เช่น {', '.join(names[:3])}"
        read.findings.append(Finding(grid.title, grid.rows[0][0], 1, message))
    return {}, []


def _cells(cells: Sequence[str], columns: Mapping[str, int]) -> dict[str, str]:
    filled = {name: cells[place - 1] for name, place in columns.items() if place <= len(cells)}
    return {name: text for name, text in filled.items() if not is_blank(text)}


def _read_banks(grid: Grid, read: ItemsRead) -> None:
    columns, lines = _header(grid, BANK_COLUMNS, read)
    for row, cells in lines:
        bank, title = cells.get(BANK, "").strip(), cells.get("title.th", "").strip()
        if not bank or not title:
            lacking = BANK if not bank else "title.th"
            read.findings.append(Finding(grid.title, row, columns.get(lacking, 1), f"ขาด {lacking} ให้เติม"))
        elif bank in read.titles:
            read.findings.append(Finding(grid.title, row, columns[BANK], f"คลัง {bank} ซ้ำ ให้เหลือแถวเดียว"))
        else:
            read.titles[bank] = (title, cells.get("title.en", "").strip())


def _read_sheet(grid: Grid, kind: type[ItemBase], read: ItemsRead) -> None:
    columns, lines = _header(grid, [name for name, _ in columns_of(kind)], read)
    group = group_of(kind)
    for rows in _per_item(lines, group):
        reader = _Reader(grid.title, columns, read.findings)
        data = {"type": type_of(kind), **reader.group(rows, group, ())}
        first, cells = rows[0]
        reader.places |= {(): (first, columns.get("id", 1)), ("type",): (first, 1)}
        for name in FILING:
            reader.places[(name,)] = (first, columns.get(name, 1))
        if not cells.get(BANK):
            reader.report((BANK,), "ขาด bank ให้เติมรหัสคลังที่ข้อนี้อยู่")
        order = decode(cells.get(ORDER, "0"), ORDERS)
        replaces = decode(cells.get(REPLACES, "ไม่ใช่"), REPLACINGS)
        if not isinstance(order, int):
            reader.report((ORDER,), f"ต้องเป็นลำดับที่ของข้อในคลัง เช่น 3 แต่พบ “{order}” ให้แก้ หรือเว้นว่าง")
        if not isinstance(replaces, bool):
            reader.report((REPLACES,), f"ต้องเป็น ใช่ หรือ ไม่ใช่ แต่พบ “{replaces}” ให้แก้")
        checked = validate(Read(Path(grid.title), grid.title, Marked(data, reader.places, {})), kind)
        read.findings += checked.findings
        read.items.append(
            Filed(
                grid.title,
                cells.get(BANK, "").strip(),
                order if isinstance(order, int) else 0,
                replaces is True,
                checked.value,
                reader.places,
            )
        )


def _per_item(lines: Sequence[Line], group: Group) -> list[list[Line]]:
    """The rows of each item: the next one begins at another id, or at a row that has single values and no id."""
    starts = [*group.starts(), *FILING]
    items: list[list[Line]] = []
    for line in lines:
        named = line[1].get("id", "").strip()
        goes_on = bool(items) and (
            named == items[-1][0][1].get("id", "").strip() if named else not any(name in line[1] for name in starts)
        )
        if goes_on:
            items[-1].append(line)
        else:
            items.append([line])
    return items


@dataclass
class _Reader:
    """Reads the rows of one item. places: where each value stands, or would stand if it were there."""

    sheet: str
    columns: Mapping[str, int]
    findings: list[Finding]
    places: dict[Location, tuple[int, int]] = field(default_factory=dict)

    def report(self, location: Location, message: str) -> None:
        self.findings.append(Finding(self.sheet, *self.places[location], message))

    def group(self, rows: Sequence[Line], group: Group, at: Location) -> dict[str, Any]:
        data: dict[str, Any] = {}
        first, cells = rows[0]
        for part in (*group.own, *group.joined):
            column = group.column(part)
            self.places[(*at, part.name)] = (first, self.columns.get(column, 1))
            if column in cells:
                data[part.name] = self._value(cells[column], part, (*at, part.name))
            self._refuse_others(rows, column)
        for part in group.lists:
            found = [(row, line[group.column(part)]) for row, line in rows if group.column(part) in line]
            self._list(found, part, group, at, data, first)
        for one in group.ones:
            name = _name(one)
            self.places[(*at, name)] = (first, self.columns.get(next(one.starts()), 1))
            if inner := self.group(rows, one, (*at, name)):
                data[name] = inner
        for inner_group in group.groups:
            self._entries(rows, inner_group, at, data)
        return data

    def _value(self, text: str, part: Part, at: Location) -> Any:
        if not part.is_joined:
            return decode(text, part)
        words = split(text)
        for number in range(len(words)):
            self.places[(*at, number)] = self.places[at]
        return words

    def _list(
        self, found: list[tuple[int, str]], part: Part, group: Group, at: Location, data: dict[str, Any], first: int
    ) -> None:
        column = self.columns.get(group.column(part), 1)
        self.places[(*at, part.name)] = (found[0][0] if found else first, column)
        for number, (row, _) in enumerate(found):
            self.places[(*at, part.name, number)] = (row, column)
        if found:
            data[part.name] = [decode(text, part) for _, text in found]

    def _refuse_others(self, rows: Sequence[Line], column: str) -> None:
        """A single value stands in the first row; below it may be repeated, not changed."""
        for row, cells in rows[1:]:
            if column in cells and cells[column] != rows[0][1].get(column):
                message = (
                    f"{column} มีได้ค่าเดียวต่อหนึ่งข้อ และอยู่แถวแรกของข้อ (แถว {rows[0][0]}) ให้ลบค่านี้ หรือใส่รหัสข้อ (id) ถ้าเป็นข้อใหม่"
                )
                self.findings.append(Finding(self.sheet, row, self.columns[column], message))

    def _entries(self, rows: Sequence[Line], group: Group, at: Location, data: dict[str, Any]) -> None:
        name = _name(group)
        starts = list(group.starts())
        entries: list[list[Line]] = []
        for line in rows:
            if any(column in line[1] for column in starts):
                entries.append([line])
            elif any(column.startswith(group.path) for column in line[1]):
                entries[-1].append(line) if entries else entries.append([line])
        column = self.columns.get(starts[0], 1)
        self.places[(*at, name)] = (entries[0][0][0] if entries else rows[0][0], column)
        if not entries:
            return
        if group.part and group.part.shape == "named":
            data[name] = self._named(entries, group, (*at, name))
            return
        data[name] = []
        for number, lines in enumerate(entries):
            here = (*at, name, number)
            self.places[here] = (lines[0][0], column)
            data[name].append(self.group(lines, group, here))

    def _named(self, entries: list[list[Line]], group: Group, at: Location) -> dict[str, Any]:
        named: dict[str, Any] = {}
        for lines in entries:
            row, cells = lines[0]
            name = cells.get(group.path + NAME, "").strip()
            place = (row, self.columns.get(group.path + NAME, 1))
            if not name or name in named:
                what = f"ชื่อ “{name}” ซ้ำ ให้ตั้งชื่ออื่น" if name else f"ขาด {group.path}{NAME} ให้เติมชื่อของค่า"
                self.findings.append(Finding(self.sheet, *place, what))
                continue
            self.places[(*at, name)] = place
            inner = self.group(lines, group, (*at, name))
            named[name] = {field: value for field, value in inner.items() if field != NAME}
        return named


def _name(group: Group) -> str:
    assert group.part is not None
    return group.part.name


def _refuse_twice(read: ItemsRead) -> None:
    seen: dict[str, Filed] = {}
    for filed in read.items:
        if filed.item is None:
            continue
        first = seen.setdefault(filed.item.id, filed)
        if first is not filed:
            place = filed.places.get(("id",), (0, 0))
            where = f"แผ่น {first.sheet} แถว {first.places[('id',)][0]}"
            read.findings.append(Finding(filed.sheet, *place, f"รหัสข้อ “{filed.item.id}” ซ้ำกับ{where} ให้ตั้งรหัสใหม่"))
