"""What can be wrong with a row, in Thai: one function a kind of finding, so that files, pages and commands say the same. Pure."""

from __future__ import annotations

from datetime import date

from cps_training.enrolment.table import RowFinding
from cps_training.i18n import mark
from cps_training.thai_dates import DateError, ReadDate, read_date
from cps_training.thai_text import BUDDHIST_OFFSET, show_date

ERROR, WARNING = "error", "warning"
YEARS_BACK, YEARS_AHEAD = 60, 5

_DATE_ERRORS = {
    "two-digit-year": mark("วันที่ “%(typed)s” มีปีสองหลัก ซึ่งอ่านได้หลายปี โปรดพิมพ์ปีให้ครบสี่หลัก เช่น 1 ต.ค. 2566"),
    "no-such-day": mark("ไม่มีวันที่ “%(typed)s” ในปฏิทิน โปรดตรวจวันและเดือน (วันมาก่อนเดือน)"),
    "serial-number": mark("“%(typed)s” เป็นเลขลำดับวันของ Excel โปรดจัดรูปแบบเซลล์เป็นวันที่ แล้วบันทึกไฟล์ใหม่"),
    "wrong-era": mark("วันที่ “%(typed)s” บอกศักราชไม่ตรงกับปี โปรดตรวจว่าเป็น พ.ศ. หรือ ค.ศ."),
    "unreadable": mark("อ่านวันที่ “%(typed)s” ไม่ได้ ใช้ได้ เช่น 2023-10-01, 1/10/2566 หรือ 1 ต.ค. 2566"),
}
_SLIPS = {
    "buddhist-as-iso": mark("ปี %(year)s เป็น พ.ศ. แต่พิมพ์ในรูปของ ค.ศ. จึงอ่านเป็น %(read)s"),
    "subtracted-twice": mark("ปี %(year)s น่าจะถูกหัก 543 ซ้ำ จึงอ่านเป็น %(read)s"),
}


def error(row: int, column: str, code: str, text: str, /, **values: str) -> RowFinding:
    return RowFinding(row, column, code, ERROR, text, values)


def warning(row: int, column: str, code: str, text: str, /, **values: str) -> RowFinding:
    return RowFinding(row, column, code, WARNING, text, values)


def day_of(typed: str, row: int, column: str, today: date, found: list[RowFinding]) -> date | None:
    """The day a cell holds; None when it cannot be read. Adds what there is to say about it to `found`."""
    try:
        read: ReadDate = read_date(typed)
    except DateError as wrong:
        found.append(error(row, column, f"date-{wrong.code}", _DATE_ERRORS[wrong.code], typed=typed))
        return None
    if read.slip:
        year = read.day.year + (BUDDHIST_OFFSET if read.slip == "buddhist-as-iso" else -BUDDHIST_OFFSET)
        text = _SLIPS[read.slip]
        found.append(warning(row, column, f"date-{read.slip}", text, year=str(year), read=show_date(read.day)))
    if not today.year - YEARS_BACK <= read.day.year <= today.year + YEARS_AHEAD:
        text = mark("%(read)s ห่างจากวันนี้มาก โปรดตรวจว่าพิมพ์ปีถูกต้อง")
        found.append(warning(row, column, "date-far", text, read=show_date(read.day)))
    return read.day


def blank(row: int, column: str) -> RowFinding:
    return error(row, column, "blank", mark("ยังไม่ได้กรอก “%(column)s”"), column=column)
