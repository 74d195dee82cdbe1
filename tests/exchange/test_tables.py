"""Files of offices → tables: encodings, delimiters, sheets, row numbers, and what is refused before it is opened."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from cps_training.enrolment.words import knows_roster_header
from cps_training.errors import KitError
from cps_training.exchange import read_table, write_table

HEADER = "รหัส,ชื่อ-สกุล,กลุ่มงาน,วันที่เริ่ม"
ROW = "A1,นายสมชาย ใจดี,กลุ่ม 1,1 ต.ค. 2565"
CELLS = ("A1", "นายสมชาย ใจดี", "กลุ่ม 1", "1 ต.ค. 2565")


def refused(data: bytes, name: str = "ทะเบียน.xlsx") -> KitError:
    with pytest.raises(KitError) as error:
        read_table(data, name)
    assert name in error.value.message
    assert error.value.details["text"] % error.value.details["values"] == error.value.message
    return error.value


def workbook(*sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"แผ่น {number}")
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("encoding", "note"),
    [("utf-8", []), ("utf-8-sig", []), ("cp874", ["read-as-cp874"]), ("utf-16", ["read-as-utf-16"])],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_is_read_in_the_encodings_of_excel_and_it_is_said(encoding, note, delimiter):
    text = f"{HEADER}\r\n{ROW}\r\n".replace(",", delimiter)
    read = read_table(text.encode(encoding), "a.csv")
    assert read.table.header == tuple(HEADER.split(","))
    assert read.table.rows == ((2, CELLS),)
    assert [one.code for one in read.notes] == note


def test_rows_are_numbered_as_excel_numbers_them():
    text = f'ทะเบียน ณ 1 ต.ค.,,,\n\n{HEADER}\n\n{ROW}\n,,,\nA2,"สอง\nบรรทัด",กลุ่ม 1,x\n{ROW}\n'
    read = read_table(text.encode(), "a.csv").table
    assert read.header_row == 3
    assert [number for number, _ in read.rows] == [5, 7, 8]


def test_commas_in_a_title_do_not_make_it_a_comma_file():
    text = f"ทะเบียน, ณ วันที่ 1, ตุลาคม, 2565, สำนักงาน\n{HEADER}\n{ROW}".replace(HEADER, HEADER.replace(",", ";"))
    read = read_table(text.replace(ROW, ROW.replace(",", ";")).encode(), "a.csv").table
    assert (read.header_row, read.rows) == (2, ((3, CELLS),))


def test_the_line_that_tells_excel_its_delimiter_is_no_row():
    read = read_table(f"sep=;\n{HEADER}\n{ROW}".replace(",", ";").encode(), "a.csv").table
    assert read.header_row == 2
    assert read.rows[0] == (3, CELLS)


def test_the_sheet_with_the_known_header_is_read_with_dates_as_iso():
    data = workbook(
        [["บันทึก"], ["ไม่ใช่ทะเบียน"]],
        [
            ["ทะเบียนบุคลากร"],
            [],
            HEADER.split(","),
            ["A1", "สมชาย", 7, date(2022, 10, 1)],
            [2.0, None, True, date(2566, 10, 1)],
        ],
        [HEADER.split(","), ["X", "ไม่อ่าน", "", ""]],
    )
    read = read_table(data, "ทะเบียน.xlsx").table
    assert read.header_row == 3
    assert read.rows == ((4, ("A1", "สมชาย", "7", "2022-10-01")), (5, ("2", "", "true", "2566-10-01")))


def test_formulas_count_as_last_computed_and_never_as_formulas():
    read = read_table(workbook([HEADER.split(","), ["=1+1", "สมชาย", "ก", "x"]]), "a.xlsx").table
    assert read.rows[0][1][0] == ""


@pytest.mark.parametrize(
    ("data", "code", "remedy"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "table-kind", ".xlsx หรือ .csv"),
        (b"%PDF-1.7 ...", "table-kind", ".xlsx หรือ .csv"),
        (b"PK\x03\x04 not a zip", "table-damaged", "บันทึก"),
        (b"", "table-empty", "เลือกไฟล์ถูก"),
        (b" \r\n \r\n", "table-empty", "เลือกไฟล์ถูก"),
        (b",,,\n,,,\n", "table-empty", "เลือกไฟล์ถูก"),
        (b"\x89PNG\r\n\x1a\n\xff\xfe\x81", "table-encoding", "CSV UTF-8"),
        ("é,ü,ñ\n1,2,3".encode("latin-1"), "table-encoding", "CSV UTF-8"),
        (b"x" * 8_000_001, "table-too-large", "ไฟล์ใหม่"),
    ],
)
def test_other_files_are_refused_with_what_to_do(data, code, remedy):
    error = refused(data)
    assert error.code == code
    assert remedy in error.message


def test_a_zip_that_is_no_workbook_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("word/document.xml", "<x/>")
    assert refused(buffer.getvalue()).code == "table-kind"


def with_member(name: str, content: bytes, level: int = 9) -> bytes:
    buffer = io.BytesIO(workbook([HEADER.split(","), ROW.split(",")]))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED, compresslevel=level) as package:
        package.writestr(name, content)
    return buffer.getvalue()


def test_what_unpacks_to_far_more_than_its_size_is_not_opened():
    assert refused(with_member("xl/media/image1.png", b"\0" * 30_000_000)).code == "table-too-large"


@pytest.mark.parametrize("content", [b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "<x>ก</x>".encode("utf-16")])
def test_xml_with_entities_or_in_disguise_is_refused(content):
    assert refused(with_member("xl/worksheets/sheet9.xml", content)).code == "table-damaged"


def test_a_damaged_workbook_is_refused_not_a_crash():
    data = workbook([HEADER.split(","), ROW.split(",")])
    for cut in range(100, len(data), len(data) // 12):
        assert refused(data[:cut]).code == "table-damaged"


def test_too_many_rows_or_columns_are_refused():
    many = HEADER + "\n" + "\n".join(f"A{n},ก,ข,ค" for n in range(20_001))
    assert refused(many.encode(), "a.csv").code == "table-rows"
    wide = ",".join([HEADER, *(f"c{n}" for n in range(60))]) + "\nA"
    assert refused(wide.encode(), "a.csv").code == "table-columns"


def test_a_row_number_beyond_excel_does_not_keep_the_reader_busy():
    data = workbook([HEADER.split(","), ROW.split(",")])
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for member in source.namelist():
            content = source.read(member)
            if member == "xl/worksheets/sheet1.xml":
                content = content.replace(b'<row r="2"', b'<row r="999999999999"').replace(
                    b'r="A2"', b'r="A999999999999"'
                )
            package.writestr(member, content)
    assert read_table(target.getvalue(), "a.xlsx").table.rows == ()


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_what_was_written_is_read_back_and_nothing_in_it_would_run(name):
    header = ("person_code", "name", "active_from")
    rows = [("007", "=HYPERLINK(1)", date(2022, 10, 1)), ("-5", "@SUM(A1)", None), ("A3", "นาง ก", date(2020, 2, 29))]
    data = write_table(header, rows, name)
    if name.endswith("csv"):
        assert data.startswith(b"\xef\xbb\xbf")
        assert "'=HYPERLINK" in data.decode("utf-8-sig")
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(data)).active
        assert sheet["B2"].value.startswith("'=")
        assert sheet["C2"].value.date() == date(2022, 10, 1)
    read = read_table(data, name).table
    assert [cells for _, cells in read.rows] == [
        ("007", "=HYPERLINK(1)", "2022-10-01"),
        ("-5", "@SUM(A1)", ""),
        ("A3", "นาง ก", "2020-02-29"),
    ]


def test_a_file_of_another_kind_is_not_written():
    with pytest.raises(KitError, match="xlsx"):
        write_table(("a",), [], "a.pdf")


def test_headers_of_offices_are_known_however_they_are_spaced():
    assert all(map(knows_roster_header, ("รหัส", " ชื่อ - สกุล ", "ชื่อ–สกุล", "Person_Code", "กลุ่ม/ฝ่าย", "วันที่เริ่ม*")))
    assert not knows_roster_header("หมายเหตุ")
