"""A plan → .xlsx, a sheet for each kind of thing, for sorting and counting. Pure; knows no template.

Days are day cells with the B.E. year shown, numbers are numbers, everything a person wrote is a text: one that begins with
= + - @ is marked as text twice (type and quote prefix), so that no program takes it for a formula, even after a change.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from cps_training.documents import words
from cps_training.documents.saying import Saying, as_day, clean
from cps_training.documents.selecting import by_id, chosen

Value = str | int | float | date | None
LONGEST = 32_000
"""Letters of one cell; Excel refuses more than 32,767."""
_C_E = "d mmm yyyy"
_B_E = {"th": "[$-107041E]d mmm yyyy;@", "en": "[$-1070409]d mmm yyyy;@"}
_THAI_B_E = "[$-D07041E]d mmm yyyy;@"
"""Excel's own formats: 07 the Buddhist calendar, D Thai digits, 041E Thai names of months. The cell stays a day."""
_LINE, _HIGHEST = 22, 400
"""Points: a line of TH SarabunPSK 16; a row, of which Excel allows 409."""
_WIDTHS = {"day": 17, "short": 13, "text": 34, "long": 60}


def workbook(document: Mapping[str, Any], say: Saying, visits: Collection[str] | None) -> bytes:
    """The sheets; of chosen visits, what belongs to them. Raises KitError visit-unknown."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    book = Workbook()
    del book[book.sheetnames[0]]
    book.properties.creator = "cps-training"
    book.properties.created = book.properties.modified = datetime.combine(_written(document), datetime.min.time())
    line = Side("thin", color="BBBBBB")
    for title, columns, rows in _sheets(document, say, visits):
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        for place, (name, width) in enumerate(columns, 1):
            sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS[width]
            head = sheet.cell(1, place)
            _put(head, name, say)
            head.font, head.fill = (
                Font(name="TH SarabunPSK", size=16, bold=True),
                PatternFill("solid", fgColor="E3E3E3"),
            )
        for number, row in enumerate(rows, 2):
            for place, value in enumerate(row, 1):
                cell = sheet.cell(number, place)
                _put(cell, value, say)
                cell.font = Font(name="TH SarabunPSK", size=16)
                cell.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
                cell.border = Border(bottom=line)
            lines = (_lines(value, _WIDTHS[width]) for value, (_, width) in zip(row, columns, strict=True))
            sheet.row_dimensions[number].height = min(_LINE * max(lines), _HIGHEST)
        if sheet.max_row > 1:
            sheet.auto_filter.ref = sheet.dimensions
        sheet.print_title_rows = "1:1"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _lines(value: Value, width: int) -> int:
    """Lines of a text in a column, vowels and tone marks above and below not counted: no program measures them when it opens a file."""
    if not isinstance(value, str):
        return 1
    wide = sum(unicodedata.category(letter) != "Mn" for letter in value)
    return max(1, -(-wide * 13 // (width * 10)))


def _written(document: Mapping[str, Any]) -> date:
    return as_day(document["written_on"]) or date(2000, 1, 1)


def _put(cell: Any, value: Value, say: Saying) -> None:
    """A value into a cell; a text stays a text whatever it begins with."""
    if isinstance(value, date):
        cell.value = value
        if not say.settings.has_buddhist_years:
            cell.number_format = _C_E
        else:
            cell.number_format = _THAI_B_E if say.settings.has_thai_digits else _B_E[say.locale]
    elif isinstance(value, str):
        cell.value = clean(value)[:LONGEST] or None
        if cell.value is not None:
            cell.data_type = "s"
            cell.number_format = "@"
            cell.quotePrefix = True
    else:
        cell.value = value


def _sheets(
    document: Mapping[str, Any], say: Saying, visits: Collection[str] | None
) -> Iterable[tuple[str, list[tuple[str, str]], list[list[Value]]]]:
    """(title, columns with their widths, rows) of every sheet."""
    plans = chosen(document, visits)
    ids = {visit["id"] for visit in plans}
    wanted = {issue for visit in plans for issue in visit.get("issues", ())}
    names = {org: clean(one.get("name")) for org, one in by_id(document, "orgs").items()}
    issues = by_id(document, "issues")
    every = visits is None

    def pick(name: str, keep: Callable[[Mapping[str, Any]], bool]) -> list[Mapping[str, Any]]:
        return [one for one in document.get(name, ()) if every or keep(one)]

    def said(table: dict[str, dict[str, str]], value: object) -> str:
        return words.word(table, value, say.locale)

    def several(texts: Iterable[object]) -> str:
        return "; ".join(clean(text) for text in texts)

    def orgs(one: Mapping[str, Any]) -> str:
        return several(names[org] for org in one["orgs"])

    th = say.locale != "en"
    yield (
        "สหกรณ์" if th else "Organisations",
        _columns(
            th,
            ("รหัส", "ID", "short"),
            ("ชื่อ", "Name", "text"),
            ("ประเภท", "Kind", "text"),
            ("จดทะเบียน", "Registered", "day"),
        ),
        [
            [one["id"], one.get("name"), said(words.ORGANISATIONS, one.get("kind")), as_day(one.get("registered_on"))]
            for one in pick("orgs", lambda one: any(one["id"] in visit["orgs"] for visit in plans))
        ],
    )
    yield (
        "ประเด็น" if th else "Issues",
        _columns(
            th, ("รหัส", "ID", "short"), ("สหกรณ์", "Organisation", "text"), ("ประเด็น", "Issue", "long"), ("ชนิด", "Kind", "short"),
            ("ที่มา", "Origin", "text"), ("ลำดับ", "Priority", "short"), ("หลักฐาน", "Evidence", "long"), ("สาเหตุ", "Cause", "long"),
            ("เป้าหมาย", "Target", "text"), ("ตัวชี้วัด", "Indicator", "text"), ("ผู้รับผิดชอบ", "Owner", "text"),
            ("กำหนดเสร็จ", "Due", "day"), ("สถานะ", "Status", "short"),
        ),
        [
            [
                one["id"], names[one["org"]], one.get("text"), said(words.KINDS, one.get("kind")), said(words.ORIGINS, one.get("origin")),
                one.get("priority"), several(proof.get("text") for proof in one.get("evidence", ())), one.get("root_cause"),
                one.get("target"), one.get("indicator"), one.get("owner"), as_day(one.get("due")), said(words.STATUS, one.get("status")),
            ]
            for one in pick("issues", lambda one: one["id"] in wanted)
        ],
    )  # fmt: skip
    yield (
        "แผนปฏิบัติการ" if th else "Action plan",
        _columns(
            th, ("รหัส", "ID", "short"), ("ประเด็น", "Issue", "long"), ("สิ่งที่จะทำ", "Action", "long"), ("ที่มา", "Origin", "text"),
            ("นโยบาย", "Policy", "text"), ("ผู้รับผิดชอบ", "Owner", "text"), ("กำหนดเสร็จ", "Due", "day"),
        ),
        [
            [
                one["id"], issues.get(one.get("issue") or "", {}).get("text"), one.get("text"), said(words.ORIGINS, one.get("origin")),
                one.get("policy"), one.get("owner"), as_day(one.get("due")),
            ]
            for one in pick("actions", lambda one: one.get("issue") in wanted)
        ],
    )  # fmt: skip
    yield (
        "การเข้าแนะนำ" if th else "Visits",
        _columns(
            th, ("รหัส", "ID", "short"), ("สหกรณ์", "Organisation", "text"), ("วันที่วางแผน", "Planned", "day"), ("เริ่ม", "From", "short"),
            ("ถึง", "To", "short"), ("วิธี", "Way", "text"), ("วัตถุประสงค์", "Objective", "long"), ("ประเด็น", "Issues", "long"),
            ("เนื้อหาและเอกสาร", "Content and papers", "long"), ("เจ้าหน้าที่", "Officer", "text"), ("ขออนุญาต", "Asked", "day"),
            ("ผล", "Decision", "short"), ("วันที่พิจารณา", "Decided", "day"), ("ไปจริง", "Went", "day"), ("เหตุที่ต่างจากแผน", "Why otherwise", "text"),
        ),
        [
            [
                one["id"], orgs(one), as_day(one.get("planned_date")), (one.get("start") or "")[:5], (one.get("end") or "")[:5],
                said(words.METHODS, one.get("method")), one.get("objective"), several(issues[i].get("text") for i in one.get("issues", ())),
                several((*one.get("content_refs", ()), *one.get("doc_refs", ()))), one.get("officer"), as_day(one.get("requested_on")),
                said(words.DECISIONS, one.get("decision")), as_day(one.get("decided_on")), as_day(one.get("actual_date")), one.get("changed_reason"),
            ]
            for one in plans
        ],
    )  # fmt: skip
    yield (
        "บันทึก" if th else "Records",
        _columns(
            th, ("รหัส", "ID", "short"), ("ครั้งที่", "Visit", "short"), ("สหกรณ์", "Organisation", "text"), ("ข้อเท็จจริง", "Facts", "long"),
            ("คำแนะนำ", "Advice", "long"), ("ข้อตกลง", "Agreed", "long"), ("ยังไม่เสร็จ", "Unresolved", "long"), ("วันที่บันทึก", "Recorded", "day"),
        ),
        [
            [
                one["id"], one["visit"], orgs(one), several(one.get("facts", ())), several(one.get("advice", ())),
                several(f"{deed.get('what')} {deed.get('who') or ''} {say.day(deed.get('by'))}" for deed in one.get("actions", ())),
                several(issues[i].get("text") for i in one.get("unresolved", ()) if i in issues), as_day(one.get("recorded_on")),
            ]
            for one in pick("records", lambda one: one["visit"] in ids)
        ],
    )  # fmt: skip
    yield (
        "รายงาน" if th else "Reports",
        _columns(
            th, ("รหัส", "ID", "short"), ("ครั้งที่", "Visit", "short"), ("สรุป", "Summary", "long"), ("ผลเทียบเป้าหมาย", "Result", "long"),
            ("งานขั้นต่อไป", "Next step", "long"), ("ส่งเมื่อ", "Submitted", "day"), ("ผล", "Decision", "short"), ("วันที่พิจารณา", "Decided", "day"),
            ("ความเห็น", "Comment", "long"),
        ),
        [
            [
                one["id"], one["visit"], one.get("summary"), one.get("result_vs_target"), one.get("next_step"), as_day(one.get("submitted_on")),
                said(words.REPORT_DECISIONS, one.get("decision")), as_day(one.get("decided_on")), one.get("returned_comment"),
            ]
            for one in pick("reports", lambda one: one["visit"] in ids)
        ],
    )  # fmt: skip


def _columns(is_thai: bool, *columns: tuple[str, str, str]) -> list[tuple[str, str]]:
    return [(thai if is_thai else english, width) for thai, english, width in columns]
