"""An attendance table → proofs of taking part, with everything there is to say about it at once. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cps_training.enrolment.columns import Columns, find_columns
from cps_training.enrolment.findings import blank, day_of, error, warning
from cps_training.enrolment.table import RosterTable, RowFinding
from cps_training.enrolment.words import ATTENDANCE_HEADERS, kind_of
from cps_training.i18n import mark
from cps_training.thai_text import read_number

LABELS = {
    "person_code": "รหัส",
    "date": "วันที่",
    "kind": "รูปแบบ",
    "minutes": "นาที",
    "session_minutes": "นาทีของการประชุม",
}
REQUIRED = ("person_code", "date", "kind")
LONGEST_SESSION = 7 * 24 * 60


@dataclass(frozen=True)
class AttendanceRow:
    """One proof. minutes, session_minutes: None = not written."""

    row: int
    person_code: str
    day: date
    kind: str
    minutes: float | None
    session_minutes: float | None


@dataclass(frozen=True)
class AttendanceRead:
    """rows: only whole ones; findings: all, by row."""

    rows: tuple[AttendanceRow, ...]
    findings: tuple[RowFinding, ...]

    @property
    def errors(self) -> tuple[RowFinding, ...]:
        return tuple(one for one in self.findings if one.severity == "error")


def read_attendance(table: RosterTable, *, today: date) -> AttendanceRead:
    """Read an attendance list: one row a proof; online needs the minutes, or it is said that it cannot count."""
    columns, found = find_columns(table, ATTENDANCE_HEADERS, REQUIRED, LABELS)
    rows: list[AttendanceRow] = []
    if all(column in columns for column in REQUIRED):
        rows = [row for number, cells in table.rows if (row := _row(table, columns, number, cells, today, found))]
    return AttendanceRead(tuple(rows), tuple(sorted(found)))


def _row(
    table: RosterTable, columns: Columns, number: int, cells: tuple[str, ...], today: date, found: list[RowFinding]
) -> AttendanceRow | None:
    n_before = len(found)

    def cell(column: str) -> str:
        return " ".join(table.cell(cells, columns.get(column)).split())

    def head(column: str) -> str:
        return table.header[columns[column]]

    for column in REQUIRED:
        if not cell(column):
            found.append(blank(number, head(column)))
    day = day_of(cell("date"), number, head("date"), today, found) if cell("date") else None
    kind = kind_of(cell("kind"))
    if kind is None and cell("kind"):
        text = mark("ไม่รู้จักรูปแบบ “%(typed)s” ใช้ onsite (ในห้องประชุม) online (ออนไลน์) หรือ lesson (บทเรียน)")
        found.append(error(number, head("kind"), "unknown-kind", text, typed=cell("kind")))
    minutes, whole = (
        _minutes(cell(name), number, head(name), found) if cell(name) not in ("", "-", "–") else None
        for name in ("minutes", "session_minutes")
    )
    if any(one.severity == "error" for one in found[n_before:]):
        return None
    assert day is not None
    assert kind is not None
    if kind == "online" and (minutes is None or not whole):
        text = mark("เข้าร่วมออนไลน์แต่ไม่มีจำนวนนาทีครบ จึงยังไม่นับ โปรดใส่นาทีที่เข้าร่วมและนาทีของการประชุม")
        found.append(warning(number, head("kind"), "online-without-minutes", text))
    elif kind == "lesson" and minutes is not None and whole is not None and minutes < whole:
        text = mark("เรียนบทเรียนยังไม่ครบ (%(n)s จาก %(whole)s นาที) จึงยังไม่นับ")
        found.append(warning(number, head("minutes"), "lesson-unfinished", text, n=f"{minutes:g}", whole=f"{whole:g}"))
    elif minutes is not None and whole is not None and minutes > whole:
        text = mark("นาทีที่เข้าร่วม (%(n)s) มากกว่านาทีของการประชุม (%(whole)s) โปรดตรวจ")
        found.append(
            warning(number, head("minutes"), "longer-than-the-session", text, n=f"{minutes:g}", whole=f"{whole:g}")
        )
    return AttendanceRow(number, cell("person_code"), day, kind, minutes, whole)


def _minutes(typed: str, row: int, column: str, found: list[RowFinding]) -> float | None:
    try:
        minutes = read_number(typed)
    except ValueError:
        minutes = -1
    if not 0 <= minutes <= LONGEST_SESSION:
        text = mark("“%(typed)s” ไม่ใช่จำนวนนาที โปรดใส่เป็นตัวเลข")
        found.append(error(row, column, "minutes", text, typed=typed))
        return None
    return minutes
