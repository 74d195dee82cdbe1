"""A table → bytes of a csv or xlsx file that Thai Excel opens as it is. Cells a spreadsheet would run are defused."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from cps_training.exchange.refusing import refusal
from cps_training.i18n import mark

Value = str | int | float | bool | date | None

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\0")


def write_table(
    header: Sequence[str],
    rows: Iterable[Sequence[Value]],
    name: str,
    *,
    hints: Mapping[str, str] | None = None,
    choices: Mapping[str, Sequence[str]] | None = None,
) -> bytes:
    """A file of the kind its name says: .csv (UTF-8 with a mark, so that Excel shows Thai) or .xlsx (dates as date cells).

    hints, choices: notes on header cells and lists to choose from under them, by header; xlsx only. Raises KitError table-kind for any other ending.
    """
    kind = name.rpartition(".")[2].casefold()
    if kind == "csv":
        return _csv(header, rows)
    if kind == "xlsx":
        return _xlsx(header, rows, hints or {}, choices or {})
    raise refusal("table-kind", name, mark("เขียนไฟล์ %(name)s ไม่ได้ โปรดตั้งชื่อให้ลงท้ายด้วย .xlsx หรือ .csv"))


def safe(value: Value) -> Value:
    """A text that a spreadsheet would run gets a leading apostrophe; everything else stays."""
    if isinstance(value, str) and value.lstrip(" \u00a0\ufeff")[:1] in _DANGEROUS and value.strip():
        return "'" + value
    return value


def _csv(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([safe(cell) for cell in header])
    for row in rows:
        writer.writerow([_written(safe(cell)) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _written(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def _xlsx(
    header: Sequence[str],
    rows: Iterable[Sequence[Value]],
    hints: Mapping[str, str],
    choices: Mapping[str, Sequence[str]],
) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.comments import Comment
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook(write_only=True)
    sheet = book.create_sheet("ทะเบียน")
    sheet.freeze_panes = "A2"
    heads = []
    for place, text in enumerate(header, 1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = 24
        cell = WriteOnlyCell(sheet, value=text)
        cell.font = Font(bold=True)
        if text in hints:
            cell.comment = Comment(hints[text], "CPS")
        if text in choices:
            listed = DataValidation(type="list", formula1=f'"{",".join(choices[text])}"', allow_blank=True)
            listed.add(f"{letter}2:{letter}20001")
            sheet.data_validations.append(listed)
        heads.append(cell)
    sheet.append(heads)
    for row in rows:
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value=safe(value))  # type: ignore[arg-type]  # its stubs forget date
            if isinstance(value, date):
                cell.number_format = "yyyy-mm-dd"
            elif isinstance(value, str):
                cell.number_format = "@"  # a code such as 007 stays a text
            cells.append(cell)
        sheet.append(cells)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
