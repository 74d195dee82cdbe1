"""xlsx → rows of texts, through openpyxl in read-only mode, after the package itself has been looked over.

An xlsx is a zip of XML: what it unpacks to is counted while unpacking (headers may lie), and XML with a DTD is refused.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from cps_training.errors import KitError
from cps_training.exchange.refusing import refusal
from cps_training.i18n import mark

MAX_FILES = 1_000
MAX_UNPACKED = 60_000_000
MAX_RATIO = 200
MAX_SHEETS = 20
LAST_ROW = 1_048_576  # of Excel itself; a file may claim any row number
LAST_COLUMN = 61  # one more than may be read, so that more can be refused

_BLOCK = 1 << 20


def sheets(data: bytes, name: str) -> Iterator[Iterator[tuple[int, tuple[str, ...]]]]:
    """Each sheet's rows as (row number, cells); dates as ISO, whole numbers without decimals, formulas as last computed.

    Raises KitError table-damaged, table-kind, table-too-large.
    """
    _look_over(data, name)
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of styles and validations it leaves out
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            try:
                for sheet in book.worksheets[:MAX_SHEETS]:
                    sheet.reset_dimensions()  # what the file says of its size need not be true
                    yield _rows(sheet)
            finally:
                book.close()
    except KitError:
        raise
    except GeneratorExit:
        raise
    except Exception as error:  # openpyxl raises what it meets: KeyError, ValueError, ParseError, BadZipFile …
        raise _damaged(name) from error


def named_sheets(data: bytes, name: str) -> Iterator[tuple[str, Iterator[tuple[int, tuple[str, ...]]]]]:
    """Every sheet's title and rows, in order, for workbooks whose texts count to the letter.

    A cell with a formula is refused with its place: what it shows is not what it says. Raises KitError as `sheets`, table-formula.
    """
    _look_over(data, name, allows_macros=False)
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            try:
                for sheet in book.worksheets[:MAX_SHEETS]:
                    sheet.reset_dimensions()
                    yield sheet.title, _exact_rows(sheet, name)
            finally:
                book.close()
    except KitError:
        raise
    except GeneratorExit:
        raise
    except Exception as error:
        raise _damaged(name) from error


def _exact_rows(sheet: Any, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    for number, cells in enumerate(sheet.iter_rows(max_row=LAST_ROW, max_col=LAST_COLUMN), 1):
        if any(cell.value is not None for cell in cells):
            for place, cell in enumerate(cells):
                if cell.data_type in ("f", "e") and cell.value is not None:
                    raise _formula(name, sheet.title, number, place)
            yield number, tuple(_text(cell.value) for cell in cells)


def _formula(name: str, sheet: str, row: int, place: int) -> KitError:
    from openpyxl.utils import get_column_letter

    where = f"{get_column_letter(place + 1)}{row}"
    text = f"ไฟล์ {name} แผ่น {sheet} เซลล์ {where} เป็นสูตรหรือผลที่ผิดพลาด โปรดวางเป็นค่า (ข้อความ) แทน"
    return KitError("table-formula", text, place=f"{name} {sheet}!{where}")


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[str, ...]]]:
    for number, cells in enumerate(sheet.iter_rows(max_row=LAST_ROW, max_col=LAST_COLUMN, values_only=True), 1):
        if cells.count(None) < len(cells):
            yield number, tuple(_text(value) for value in cells)


def _text(value: Any) -> str:
    """A cell as the text somebody would have typed; a date cell as ISO, whatever era its format shows."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _damaged(name: str) -> KitError:
    text = mark("ไฟล์ %(name)s เสียหรือไม่ใช่ .xlsx ที่สมบูรณ์ โปรดเปิดใน Excel แล้วบันทึกเป็น .xlsx หรือ .csv ใหม่")
    return refusal("table-damaged", name, text)


def _look_over(data: bytes, name: str, *, allows_macros: bool = True) -> None:
    """Unpack everything once, bounded, and refuse what is no plain workbook. Macros are never run; where they are not even
    looked past, the file is refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            names = {member.filename for member in members}
            if "xl/workbook.xml" not in names:
                raise refusal("table-kind", name, mark("ไฟล์ %(name)s ไม่ใช่ตาราง Excel โปรดบันทึกเป็น .xlsx หรือ .csv ก่อน"))
            if not allows_macros and any(member.endswith("vbaProject.bin") for member in names):
                raise KitError("table-macros", f"ไฟล์ {name} มีแมโคร จึงไม่เปิด โปรดบันทึกเป็น .xlsx ธรรมดา", place=name)
            if len(members) > MAX_FILES or any(member.flag_bits & 1 for member in members):
                raise _damaged(name)
            total = 0
            for member in members:
                total = _unpack(package, member, total, name)
    except KitError:
        raise
    except Exception as error:  # BadZipFile, zlib.error, NotImplementedError, ValueError, RuntimeError …
        raise _damaged(name) from error


def _unpack(package: zipfile.ZipFile, member: zipfile.ZipInfo, total: int, name: str) -> int:
    """The total of bytes after unpacking one member. The size in its header is not believed."""
    own = 0
    is_xml = member.filename.endswith((".xml", ".rels", ".vml"))
    tail = b""
    with package.open(member) as stream:
        while block := stream.read(_BLOCK):
            own, total = own + len(block), total + len(block)
            if total > MAX_UNPACKED or own > MAX_RATIO * max(member.compress_size, 4096):
                raise refusal(
                    "table-too-large",
                    name,
                    mark("ไฟล์ %(name)s คลายออกมาใหญ่ผิดปกติ จึงไม่เปิด โปรดบันทึกเฉพาะแผ่นงานที่มีรายชื่อเป็นไฟล์ใหม่"),
                )
            if is_xml and (b"<!DOCTYPE" in tail + block or b"<!ENTITY" in tail + block or b"\x00" in block):
                raise _damaged(name)
            tail = block[-16:]
    return total
