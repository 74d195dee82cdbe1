"""Bytes of a csv or xlsx file → one table of texts. Untrusted input: bounded in bytes, rows, columns and what it unpacks to.

Refusals are KitErrors with place, cause and remedy. Codes: table-too-large, table-kind, table-damaged, table-encoding,
table-rows, table-columns, table-empty.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from cps_training.enrolment import RosterTable, RowFinding
from cps_training.enrolment.words import knows_roster_header
from cps_training.exchange.refusing import refusal
from cps_training.i18n import mark

MAX_BYTES = 8_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 60
MAX_CELL = 2_000
HEADER_WITHIN = 20
"""A header is looked for in so many rows: titles of the office may stand above it."""

Row = tuple[int, tuple[str, ...]]
Knows = Callable[[str], bool]

_EMPTY = mark("ไฟล์ %(name)s ไม่มีข้อมูล โปรดตรวจว่าเลือกไฟล์ถูก")
_TOO_LARGE = mark("ไฟล์ %(name)s ใหญ่เกิน %(n)s MB โปรดแยกเฉพาะแผ่นงานที่มีรายชื่อเป็นไฟล์ใหม่")
_TOO_WIDE = mark("ไฟล์ %(name)s มีเกิน %(n)s คอลัมน์ โปรดเหลือไว้เฉพาะคอลัมน์ที่ใช้")
_TOO_LONG = mark("ไฟล์ %(name)s มีเกิน %(n)s แถว โปรดแบ่งเป็นหลายไฟล์")
_NO_CSV = mark("อ่านไฟล์ %(name)s เป็น CSV ไม่ได้ (%(why)s) โปรดบันทึกใหม่จาก Excel")
_OLD_EXCEL = mark(
    "ไฟล์ %(name)s เป็น Excel แบบเก่า (.xls) หรือตั้งรหัสผ่านไว้ โปรดเปิดใน Excel แล้วบันทึกเป็น .xlsx หรือ .csv โดยไม่ตั้งรหัสผ่าน"
)
_OLE, _ZIP, _PDF = b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"%PDF"


@dataclass(frozen=True)
class TableRead:
    """notes: what was noticed about the file itself (its encoding), as findings of row 0."""

    table: RosterTable
    notes: tuple[RowFinding, ...] = ()


def read_table(data: bytes, name: str, *, knows: Knows = knows_roster_header) -> TableRead:
    """The table in a file. name: its file name, for messages; knows: whether a text is an accepted header.

    xlsx: the first sheet that has a known header. Raises KitError (see above); `place` is the file name.
    """
    if len(data) > MAX_BYTES:
        raise refusal("table-too-large", name, _TOO_LARGE, n=str(MAX_BYTES // 1_000_000))
    if not data.strip():
        raise refusal("table-empty", name, _EMPTY)
    if data.startswith(_ZIP):
        from cps_training.exchange.workbook import sheets

        return TableRead(_first_with_header(sheets(data, name), name, knows))
    if data.startswith(_OLE):
        raise refusal("table-kind", name, _OLD_EXCEL)
    if data.startswith(_PDF):
        raise refusal("table-kind", name, mark("ไฟล์ %(name)s เป็น PDF ซึ่งอ่านเป็นตารางไม่ได้ โปรดใช้ไฟล์ .xlsx หรือ .csv"))
    text, notes = _decoded(data, name)
    return TableRead(_first_with_header([_records(text, name, knows)], name, knows), notes)


# Text ----------------------------------------------------------------------------------------------------------


def _decoded(data: bytes, name: str) -> tuple[str, tuple[RowFinding, ...]]:
    """The text, with a note when it was not UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding, code, text = "utf-16", "read-as-utf-16", mark("ไฟล์นี้เป็นข้อความ Unicode ของ Excel (UTF-16) อ่านได้ครบ")
    else:
        try:
            return data.decode("utf-8-sig").replace("\x00", ""), ()
        except UnicodeDecodeError:
            encoding, code = "cp874", "read-as-cp874"
            text = mark("ไฟล์นี้บันทึกด้วยรหัสอักษรไทยของ Windows (cp874) อ่านเป็นภาษาไทยได้ครบ โปรดตรวจชื่อสักสองสามแถว")
    try:
        decoded = data.decode(encoding)
    except UnicodeDecodeError:
        decoded = "\x00"
    if "\x00" in decoded or (encoding == "cp874" and not _looks_thai(decoded)):
        raise refusal(
            "table-encoding", name, mark("ไฟล์ %(name)s อ่านเป็นตัวหนังสือไม่ได้ โปรดบันทึกใหม่เป็น .xlsx หรือ “CSV UTF-8”")
        )
    return decoded, (RowFinding(0, "", code, "warning", text),)


def _looks_thai(text: str) -> bool:
    """Whether what is not ASCII is mostly Thai letters that stand beside each other, and nothing is a control character."""
    foreign = [letter for letter in text if letter > "\x7f"]
    thai = sum("\u0e01" <= letter <= "\u0e5b" for letter in foreign)
    return thai * 10 >= len(foreign) * 9 and not any(letter < " " and letter not in "\t\r\n" for letter in text)


def _records(text: str, name: str, knows: Knows) -> Iterator[Row]:
    """Records by number, as Excel numbers the rows; the delimiter is the one that shows the most known headers."""
    head, _, rest = text.partition("\n")
    skipped = 0
    if head.strip().casefold().startswith("sep=") and len(head.strip()) == 5:
        text, skipped = rest, 1

    def rows(delimiter: str) -> Iterator[list[str]]:
        return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)

    def worth(delimiter: str) -> tuple[int, int]:
        first = [row for row, _ in zip(rows(delimiter), range(HEADER_WITHIN), strict=False)]
        return max(sum(map(knows, row)) for row in first), max(map(len, first))

    try:
        best = max(",;\t", key=worth)
        for number, cells in enumerate(rows(best), 1 + skipped):
            yield number, tuple(cells)
    except csv.Error as error:
        raise refusal("table-damaged", name, _NO_CSV, why=str(error)) from None


# The table in the rows -----------------------------------------------------------------------------------------


def _first_with_header(sheets: Iterable[Iterator[Row]], name: str, knows: Knows) -> RosterTable:
    """The first sheet with a known header, else the first that holds anything (so that missing columns can be named)."""
    fallback: RosterTable | None = None
    for sheet in sheets:
        start, n_known = _beginning(sheet, knows)
        if not start:
            continue
        if n_known >= 2:
            return _table(start, sheet, name)
        if fallback is None:
            fallback = _table(start, sheet, name)
    if fallback is None:
        raise refusal("table-empty", name, _EMPTY)
    return fallback


def _beginning(rows: Iterator[Row], knows: Knows) -> tuple[list[Row], int]:
    """The rows from the header on, as far as they were looked at, and how many known headers it has."""
    seen: list[Row] = []
    for row in rows:
        if any(cell.strip() for cell in row[1]):
            seen.append(row)
            if len(seen) == HEADER_WITHIN:
                break
    if not seen:
        return [], 0
    known = [sum(map(knows, cells)) for _, cells in seen]
    at = known.index(max(known))
    return seen[at:], known[at]


def _table(start: list[Row], rest: Iterator[Row], name: str) -> RosterTable:
    header_row, header = start[0]
    while header and not header[-1].strip():
        header = header[:-1]
    if len(header) > MAX_COLUMNS:
        raise refusal("table-columns", name, _TOO_WIDE, n=str(MAX_COLUMNS))
    rows: list[Row] = []
    for number, cells in chain(start[1:], rest):
        if any(cell.strip() for cell in cells):
            rows.append((number, tuple(_cell(cell) for cell in cells[: len(header)])))
        if len(rows) > MAX_ROWS:
            raise refusal("table-rows", name, _TOO_LONG, n=f"{MAX_ROWS:,}")
    return RosterTable(tuple(_cell(cell) for cell in header), tuple(rows), header_row)


def _cell(text: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from running it, and no longer than a cell may be."""
    text = text.strip()
    if text[:1] == "'" and text[1:2] in tuple("=+-@|%"):
        text = text[1:]
    return text[:MAX_CELL]
