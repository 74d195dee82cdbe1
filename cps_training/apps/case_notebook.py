"""The tables of a case as pandas frames, for the guided notebooks in JupyterLab. Knows no key, no widget and no board.

pandas is imported when a notebook asks, never with the module; no page of the server calls it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cps_training.apps.case_words import UNITS
from cps_training.apps.session import Session
from cps_training.desk import protocol
from cps_training.i18n import mark

if TYPE_CHECKING:
    from pandas import DataFrame, Series

YEAR = "year"
WORDS = UNITS | {
    "year": mark("ปี"),
    "money": UNITS["baht"],
    "count": mark("จำนวน"),
    "date": mark("วันที่"),
    "text": mark("ข้อความ"),
    "yes": mark("ใช่หรือไม่ใช่"),
    "bucket": mark("หมวด"),
}
"""What the units of columns are called."""


def case_frames(session: Session, case_id: str) -> dict[str, DataFrame]:
    """The tables of a case by name, "ratios" (years × ratios, no value = NaN) and "dictionary": a row a table and column with
    "table", "column", "meaning", "unit" and "note" (of a ratio its formula) in the person's language.

    A yearly table has the year (B.E.; of a forecast 1, 2, …) as its index, other tables have the order of the file. Dates are
    datetime64 (C.E.), a date that is missing NaT. Of every frame `attrs["title"]` is its title and `attrs["units"]` {column: unit}:
    baht, money (baht with satang), people, percent, times, count, date, text, yes, bucket.
    Opens the person's work on the case, as its room does. Raises KitError unknown-case.
    """
    case = session.ask(protocol.OpenCase(case_id=case_id))["case"]
    frames = {table["name"]: _table(session, table) for table in case["tables"]}
    frames["ratios"] = _ratios(session, case)
    frames["dictionary"] = _dictionary(session, case)
    return frames


def _table(session: Session, table: dict[str, Any]) -> DataFrame:
    from pandas import DataFrame

    frame = DataFrame({one["name"]: _values(table, one) for one in table["columns"]})
    if table["is_yearly"]:
        frame = frame.set_index(YEAR)
    return _told(frame, session(table["title"]), {one["name"]: one["unit"] for one in table["columns"]})


def _values(table: dict[str, Any], column: dict[str, Any]) -> Series[Any]:
    from pandas import Series, to_datetime

    values = Series([row[column["name"]] for row in table["rows"]])
    if column["unit"] == "date":
        return to_datetime(values)
    if column["unit"] in ("money", "percent") or values.hasnans:
        return values.astype("float64")
    return values


def _ratios(session: Session, case: dict[str, Any]) -> DataFrame:
    from pandas import DataFrame, Index

    years = Index(case["years"], name=YEAR)
    values = {one["name"]: [one["values"][str(year)] for year in years] for one in case["ratios"]}
    units = {one["name"]: one["unit"] for one in case["ratios"]}
    return _told(DataFrame(values, index=years, dtype="float64"), session("อัตราส่วน"), units)


def _dictionary(session: Session, case: dict[str, Any]) -> DataFrame:
    from pandas import DataFrame

    rows = []
    for table in case["tables"]:
        names = ", ".join(f"{name} = {session(message)}" for name, message in table["names"].items())
        for one in table["columns"]:
            note = names if one["unit"] == "bucket" else ""
            rows.append((table["name"], one["name"], session(one["label"]), session(WORDS[one["unit"]]), note))
    rows.append(("ratios", YEAR, session(WORDS["year"]), session(WORDS["year"]), ""))
    for ratio in case["ratios"]:
        words = session(ratio["title"]), session(WORDS[ratio["unit"]]), session(ratio["formula"])
        rows.append(("ratios", ratio["name"], *words))
    columns = ["table", "column", "meaning", "unit", "note"]
    return _told(DataFrame(rows, columns=columns), session("ความหมายของคอลัมน์"), dict.fromkeys(columns, "text"))


def _told(frame: DataFrame, title: str, units: dict[str, str]) -> DataFrame:
    """The frame, saying of itself what it is; units of its columns only."""
    frame.attrs = {"title": title, "units": {name: units[name] for name in frame.columns}}
    return frame
