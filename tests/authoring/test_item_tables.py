"""Items as a workbook and back: nothing is lost or changed, and every mistake has its sheet, row and column."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from cps_training.authoring import guide
from cps_training.authoring.cells import LONGEST
from cps_training.authoring.item_reading import Grid, ItemsRead, read_items
from cps_training.authoring.item_tables import columns_of, item_rows, sheets_of, type_of
from cps_training.content.banks import Bank
from cps_training.content.library import Library
from cps_training.errors import KitError
from cps_training.exchange.books import BookSheet, read_book, write_book
from cps_training.items import ITEM_TYPES, item_from_json
from cps_training.items.base import ItemBase
from tests.authoring.item_making import items, nasty_items

SOFFICE = shutil.which("soffice")


def bank_of(made: Sequence[ItemBase], name: str = "own") -> Bank:
    numbered = [item.model_copy(update={"id": f"{item.id[:60]}-{number}"}) for number, item in enumerate(made)]
    return Bank.model_validate({"bank": name, "title": {"th": "คลัง"}, "items": numbered})


def workbook(banks: Sequence[Bank]) -> bytes:
    pages = [BookSheet(guide.TITLE, guide.guide())]
    for sheet in sheets_of(banks):
        rows = [[row.get(column, "") for column in sheet.columns] for row in sheet.rows]
        pages.append(BookSheet(sheet.title, [guide.labels(sheet), sheet.columns, *rows], 2, guide.choices(sheet)))
    return write_book(pages)


def read(data: bytes) -> ItemsRead:
    return read_items([Grid(title, rows) for title, rows in read_book(data, "x.xlsx")])


def banks_in(found: ItemsRead) -> list[Bank]:
    """The banks a workbook describes, items in their order."""
    assert [str(one) for one in found.findings] == []
    made = []
    for bank, (title, english) in found.titles.items():
        filed = sorted((one for one in found.items if one.bank == bank), key=lambda one: one.order)
        titles = {"th": title, **({"en": english} if english else {})}
        made.append(Bank.model_validate({"bank": bank, "title": titles, "items": [one.item for one in filed]}))
    return made


def same(left: Sequence[Bank], right: Sequence[Bank]) -> None:
    assert list(left) == list(right)
    for one, other in zip(left, right, strict=True):
        assert [item.version for item in one.items] == [item.version for item in other.items]
        assert [item.model_dump() for item in one.items] == [item.model_dump() for item in other.items]


def test_all_that_ships_comes_back_the_same(library: Library) -> None:
    banks = list(library.banks.values())
    same(banks_in(read(workbook(banks))), banks)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(items(), min_size=1, max_size=12))
def test_items_of_every_type_with_any_text_come_back_the_same(made: list[ItemBase]) -> None:
    banks = [bank_of(made)]
    same(banks_in(read(workbook(banks))), banks)


def test_texts_a_spreadsheet_would_take_for_something_else_stay_texts() -> None:
    banks = [bank_of(nasty_items())]
    data = workbook(banks)
    kinds = {
        cell.data_type
        for page in load_workbook(io.BytesIO(data)).worksheets
        for row in page.iter_rows()
        for cell in row
    }
    assert kinds <= {"s", "n", "inlineStr"}, "a formula or a boolean was written"
    assert not any(isinstance(v, int | float) for v in _values(data))
    same(banks_in(read(data)), banks)


def _values(data: bytes) -> list[Any]:
    book = load_workbook(io.BytesIO(data))
    return [
        cell.value for page in book.worksheets for row in page.iter_rows() for cell in row if cell.value is not None
    ]


@pytest.mark.office
@pytest.mark.skipif(
    SOFFICE is None, reason="2026-11-23: LibreOffice is not installed here; installing it would cost CI a minute"
)
def test_libreoffice_opens_the_workbook_and_what_it_saves_is_the_same(library: Library, tmp_path: Path) -> None:
    banks = [*library.banks.values(), bank_of(nasty_items())]
    path = tmp_path / "items.xlsx"
    path.write_bytes(workbook(banks))
    for step, kind in enumerate(("ods", "xlsx")):
        target = tmp_path / str(step)
        words = [str(SOFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
        words += ["--convert-to", kind, "--outdir", str(target), str(path)]
        subprocess.run(words, check=True, capture_output=True, timeout=180)
        path = target / f"items.{kind}"
    data = path.read_bytes()
    assert b"LibreOffice" in zipfile.ZipFile(io.BytesIO(data)).read("docProps/app.xml")
    same(banks_in(read(data)), banks)


def test_every_field_of_every_type_has_its_column_and_its_thai_label() -> None:
    for kind in ITEM_TYPES:
        columns = {name.split(".")[0] for name, _ in columns_of(kind)}
        assert columns == {*kind.model_fields, "bank", "order", "replaces"} - {"type"}
    for sheet in sheets_of([]):
        bare = [name for name, label in zip(sheet.columns, guide.labels(sheet), strict=True) if label.isascii()]
        assert bare == []


def test_a_text_longer_than_a_cell_is_refused_with_its_item_and_column() -> None:
    long = item_from_json(
        {"id": "long", "type": "likert", "clauses": ["km.7"], "stem": "ก", "headline": "ก" * (LONGEST + 1)}
    )
    with pytest.raises(KitError) as refused:
        item_rows(long, bank="own", order=1)
    assert (refused.value.code, refused.value.place) == ("cell-too-long", "long headline")
    fits = item_from_json(long.model_dump() | {"headline": "ก" * LONGEST})
    same(banks_in(read(workbook([bank_of([fits])]))), [bank_of([fits])])


# What people do to workbooks ---------------------------------------------------------------------------------------


def grid_of(item: ItemBase) -> tuple[list[str], list[dict[str, str]]]:
    return [name for name, _ in columns_of(type(item))], item_rows(item, bank="own", order=1)


def read_grid(title: str, columns: list[str], rows: list[dict[str, str]]) -> ItemsRead:
    cells = [[row.get(name, "") for name in columns] for row in rows]
    return read_items([Grid(title, list(enumerate([columns, *cells], 1)))])


CHOICE = ITEM_TYPES[0].example()


def test_columns_may_stand_in_any_order_and_ids_need_not_be_repeated() -> None:
    columns, rows = grid_of(CHOICE)
    for row in rows[1:]:
        del row["id"]
    assert [one.item for one in read_grid("multiple_choice", columns[::-1], rows).items] == [CHOICE]


def test_numbers_typed_by_people_are_read() -> None:
    numeric = next(kind for kind in ITEM_TYPES if type_of(kind) == "numeric").example()
    columns, rows = grid_of(numeric)
    for typed, value in (("1,250", 1250), ("๓๖", 36), ("36.5", 36.5), (" 36 ", 36)):
        rows[0]["answer"] = typed
        [filed] = read_grid("numeric", columns, rows).items
        assert filed.item is not None
        assert filed.item.answer == value  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("row", "column", "text", "said"),
    [
        (0, "stem", "", "stem: ขาดช่องนี้"),
        (0, "bloom", "recall", "ไม่รู้จัก “recall”"),
        (0, "clauses", "cps.2.3, CPS 9", "clauses.2:"),
        (0, "bank", "", "ขาด bank"),
        (0, "order", "แรก", "ลำดับ"),
        (0, "replaces", "อาจจะ", "ต้องเป็น ใช่ หรือ ไม่ใช่"),
        (1, "stem", "โจทย์อื่น", "มีได้ค่าเดียวต่อหนึ่งข้อ"),
        (1, "choices.rationale", "", "choices.2.rationale: ขาดช่องนี้"),
        (2, "choices.critical", "มั้ง", "choices.3.critical: ต้องเป็น true หรือ false"),
        (0, "key", "z", "key “z” ไม่อยู่ในตัวเลือก"),
    ],
)
def test_a_mistake_is_named_at_its_cell(row: int, column: str, text: str, said: str) -> None:
    columns, rows = grid_of(CHOICE)
    rows[row][column] = text
    [finding] = read_grid("multiple_choice", columns, rows).findings[:1]
    assert (finding.file, finding.line, finding.column) == ("multiple_choice", row + 2, columns.index(column) + 1)
    assert said in finding.message


def test_unknown_headers_sheets_and_ids_that_come_twice_are_named() -> None:
    columns, rows = grid_of(CHOICE)
    [finding] = read_grid("multiple_choice", [*columns, "steem"], rows).findings
    assert (finding.line, finding.column) == (1, len(columns) + 1)
    assert "หมายถึง stem หรือไม่" in finding.message
    [finding] = read_grid("multiple_choise", columns, rows).findings[:1]
    assert "หมายถึง multiple_choice หรือไม่" in finding.message
    other = [{**row, "id": "between"} for row in rows]
    found = read_grid("multiple_choice", columns, [*rows, *other, *rows]).findings
    assert [(one.line, one.message.split(" ")[1]) for one in found] == [(2 + 2 * len(rows), f"“{CHOICE.id}”")] or (
        "ซ้ำกับแผ่น multiple_choice แถว 2" in found[0].message
    )
    assert read_items([Grid("Sheet1", [])]).findings[0].message.startswith("ไม่พบแผ่นงานของข้อคำถาม")


# Files that are refused whole --------------------------------------------------------------------------------------


def book_with(change: Any) -> bytes:
    book = Workbook()
    page = book.active
    page.title = "multiple_choice"
    page.append(["id", "bank", "stem"])
    page.append(["x", "own", "โจทย์"])
    change(page)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def code_of(data: bytes) -> tuple[str, str]:
    with pytest.raises(KitError) as refused:
        read_book(data, "x.xlsx")
    return refused.value.code, refused.value.place


def test_formulas_and_endless_cells_are_refused_with_their_cell() -> None:
    def formula(page: Any) -> None:
        page["C2"] = "=1+1"

    def endless(page: Any) -> None:
        page["C2"] = "x"

    assert code_of(book_with(formula)) == ("table-formula", "x.xlsx multiple_choice!C2")
    data = book_with(endless)
    source = zipfile.ZipFile(io.BytesIO(data))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name in source.namelist():
            text = source.read(name)
            package.writestr(name, text.replace(b"<t>x</t>", b"<t>" + b"xy" * 20_000 + b"</t>", 2))
    assert code_of(buffer.getvalue())[0] == "table-cell"


def test_macros_bombs_and_other_kinds_are_refused() -> None:
    plain = book_with(lambda page: None)
    for name, content, code in (
        ("xl/vbaProject.bin", b"macro", "table-macros"),
        ("bomb", b"0" * 70_000_000, "table-too-large"),
    ):
        buffer = io.BytesIO(plain)
        with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package:
            package.writestr(name, content)
        assert code_of(buffer.getvalue())[0] == code
    assert code_of(b"id,bank,stem\n")[0] == "table-kind"
    assert code_of(b"PK\x03\x04 and nothing more")[0] == "table-damaged"
