"""Workbooks of texts with several sheets: written so that nothing is run or changed, read to the letter. xlsx only.

Every cell is written as a text and formatted as one, so that `=1+1`, `007` and ๑๒ stay what they are in Excel and LibreOffice.
Knows no meaning of a sheet.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cps_training.errors import KitError
from cps_training.exchange.tables import MAX_BYTES, MAX_ROWS
from cps_training.exchange.workbook import named_sheets

LONGEST_CELL = 32_767
LIST_ROWS = 5_000
_ZIP = b"PK\x03\x04"
_WIDTHS = (10, 60)


@dataclass(frozen=True)
class BookSheet:
    """rows: texts, the first `n_heads` of them headings. choices: words to choose from under a column, by its number from 0."""

    title: str
    rows: Sequence[Sequence[str]]
    n_heads: int = 1
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)


def write_book(sheets: Sequence[BookSheet]) -> bytes:
    """The bytes of an xlsx file."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for sheet in sheets:
        _write_sheet(book.create_sheet(sheet.title), sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write_sheet(page: Any, sheet: BookSheet) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    bold, wrapped = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    page.freeze_panes = f"A{sheet.n_heads + 1}"
    widest = max((len(row) for row in sheet.rows), default=0)
    for place in range(widest):
        longest = max((len(row[place]) for row in sheet.rows if place < len(row)), default=0)
        column = page.column_dimensions[get_column_letter(place + 1)]
        column.width = min(max(longest + 2, _WIDTHS[0]), _WIDTHS[1])
        column.number_format = "@"  # what is typed below the last row is a text too
    for place, words in sheet.choices.items():
        listed = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
        letter = get_column_letter(place + 1)
        listed.add(f"{letter}{sheet.n_heads + 1}:{letter}{LIST_ROWS}")
        page.data_validations.append(listed)
    for number, row in enumerate(sheet.rows):
        cells: list[Any] = []
        for text in row:
            if not text:
                cells.append(None)
                continue
            cell = WriteOnlyCell(page, value=text)
            cell.data_type = "s"  # a text that begins with = is no formula
            cell.number_format = "@"
            cell.alignment = wrapped
            if number < sheet.n_heads:
                cell.font = bold
            cells.append(cell)
        page.append(cells)


def read_book(data: bytes, name: str) -> list[tuple[str, list[tuple[int, tuple[str, ...]]]]]:
    """(title, rows as (number, cells)) of every sheet. name: the file's, for messages.

    Raises KitError table-too-large, table-kind, table-damaged, table-macros, table-formula, table-rows, table-cell; `place` says where.
    """
    if len(data) > MAX_BYTES:
        raise KitError(
            "table-too-large", f"ไฟล์ {name} ใหญ่เกิน {MAX_BYTES // 1_000_000} MB โปรดแบ่งเป็นหลายไฟล์", place=name
        )
    if not data.startswith(_ZIP):
        raise KitError(
            "table-kind", f"ไฟล์ {name} ไม่ใช่ .xlsx โปรดเปิดใน Excel หรือ LibreOffice แล้วบันทึกเป็น .xlsx", place=name
        )
    found = []
    for title, rows in named_sheets(data, name):
        kept: list[tuple[int, tuple[str, ...]]] = []
        for number, cells in rows:
            _refuse_long(name, title, number, cells)
            kept.append((number, cells))
            if len(kept) > MAX_ROWS:
                text = f"ไฟล์ {name} แผ่น {title} มีเกิน {MAX_ROWS:,} แถว โปรดแบ่งเป็นหลายไฟล์"
                raise KitError("table-rows", text, place=f"{name} {title}")
        found.append((title, kept))
    return found


def _refuse_long(name: str, title: str, row: int, cells: Sequence[str]) -> None:
    for place, text in enumerate(cells):
        if len(text) > LONGEST_CELL:
            from openpyxl.utils import get_column_letter

            where = f"{get_column_letter(place + 1)}{row}"
            message = f"ไฟล์ {name} แผ่น {title} เซลล์ {where} ยาว {len(text):,} ตัวอักษร เกิน {LONGEST_CELL:,} โปรดย่อข้อความ"
            raise KitError("table-cell", message, place=f"{name} {title}!{where}")
