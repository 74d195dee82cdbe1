"""Which column of a table is which: headers as listed, guessed when nearly so, and what is missing or unused. Pure."""

from __future__ import annotations

from cps_training.enrolment.findings import error, warning
from cps_training.enrolment.table import RosterTable, RowFinding
from cps_training.enrolment.words import IGNORED, Headers, column_of, guess, plain
from cps_training.i18n import mark

Columns = dict[str, int]


def find_columns(
    table: RosterTable, headers: Headers, required: tuple[str, ...], labels: dict[str, str]
) -> tuple[Columns, list[RowFinding]]:
    """{column: its place}, and what there is to say: missing, twice, guessed and unused columns.

    labels: the Thai header to name for a missing column.
    """
    found: list[RowFinding] = []
    columns: Columns = {}
    row = table.header_row
    for place, typed in enumerate(table.header):
        column = column_of(typed, headers)
        if column is None:
            continue
        if column in columns:
            text = mark("มีคอลัมน์ “%(column)s” ซ้ำกับ “%(other)s” โปรดเหลือไว้คอลัมน์เดียว")
            found.append(error(row, typed, "column-twice", text, column=typed, other=table.header[columns[column]]))
        else:
            columns[column] = place
    for place, typed in enumerate(table.header):
        if not typed.strip() or column_of(typed, headers) is not None:
            continue
        column = guess(typed, headers)
        if column is not None and column not in columns:
            columns[column] = place
            text = mark("อ่านคอลัมน์ “%(column)s” เป็น “%(read)s”")
            found.append(warning(row, typed, "column-guessed", text, column=typed, read=labels.get(column, column)))
        elif plain(typed) not in {plain(word) for word in IGNORED}:
            text = mark("ไม่ได้ใช้คอลัมน์ “%(column)s” เพราะไม่ใช่หัวคอลัมน์ที่รู้จัก")
            found.append(warning(row, typed, "column-unknown", text, column=typed))
    for column in required:
        if column not in columns:
            text = mark("ไม่มีคอลัมน์ “%(label)s” (%(column)s) ดูหัวคอลัมน์ที่ใช้ได้ด้วย cps-training roster headers")
            found.append(error(row, "", "column-missing", text, label=labels[column], column=column))
    return columns, found
