"""A case's profile, tables and ratios as the traits of their widgets. Knows no key and no board: figures and words in, states out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cps_training.apps.case_words import ATTACH, SAVING, UNITS, WARNINGS, day, figure, words, year_end, year_name
from cps_training.apps.clause_cards import UNVERIFIED
from cps_training.apps.refresher_page import KINDS
from cps_training.apps.session import Session
from cps_training.i18n import mark

FIGURE = "figure:"
"""What the reference of a figure begins with, as the desk names it."""
YES, NO = mark("ใช่"), mark("ไม่ใช่")
MILLIONS = mark("ล้านบาท")


def profile_state(session: Session, case: dict[str, Any]) -> dict[str, Any]:
    """The traits of a CaseProfile."""
    place = case["organisation"]
    org = [
        (session("ประเภทองค์กร"), session(KINDS[place["kind"]])),
        (session("จดทะเบียนเมื่อ"), day(session, place["registered_on"])),
        (session("วันสิ้นปีทางบัญชี"), year_end(session, place["year_end"])),
        (session("พื้นที่"), session.local(place["district"])),
        (session("ชั้นความเข้มแข็ง"), str(place["strength_class"]) if place["strength_class"] else ""),
        (session("มาตรฐาน"), session.local(place["standard"]) if place["standard"] else ""),
        (session("การควบคุมภายใน"), session.local(place["control_grade"]) if place["control_grade"] else ""),
    ]
    return {
        "task": {"title": session("งานของคุณ"), "text": session.local(case["task"])},
        "start": {"label": session("เริ่มอ่านเอกสาร"), "href": None, "id": "tab:papers"},
        "facts": [
            {"label": session.local(one["label"]), "value": session.local(one["value"])} for one in case["profile"]
        ],
        "org": [{"label": label, "value": value} for label, value in org if value],
        "limits": [
            {
                "label": session.local(one["title"]),
                "value": session.local(one["text"]),
                "note": session.local(one["source"]),
                "tag": None if one["is_verified"] else {"text": session(UNVERIFIED), "kind": "due"},
            }
            for one in case["limits"]
        ],
        "picture": {
            "title": session("ห้าปีในภาพเดียว") if len(case["years"]) == 5 else session("หลายปีในภาพเดียว"),
            "note": session("ตัวเลขเป็นประมาณการ") if place["is_forecast"] else "",
            "charts": [chart(session, case, name) for name in case["picture"]],
        },
        "labels": {
            "facts": session("ข้อมูลทั่วไป"),
            "org": session("องค์กร"),
            "limits": session("ตัวเลขตามกฎหมายและคู่มือที่อาจใช้"),
            "table": session("ดูเป็นตาราง"),
            "figure": session("รายการตัวเลข"),
        },
    }


def figure_title(session: Session, case: dict[str, Any], name: str) -> str:
    """What a figure or ratio is called."""
    for ratio in case["ratios"]:
        if ratio["name"] == name:
            return session(ratio["title"])
    for table in case["tables"]:
        for column in table["columns"] if table["is_yearly"] else ():
            if column["name"] == name:
                return session(column["label"])
    return name


def chart(session: Session, case: dict[str, Any], name: str) -> dict[str, Any]:
    """A small chart of a figure or ratio; large sums in millions."""
    is_forecast = case["organisation"]["is_forecast"]
    ratio = next((one for one in case["ratios"] if one["name"] == name), None)
    if ratio is not None:
        values, unit, digits = ratio["values"], UNITS[ratio["unit"]], ratio["digits"]
    else:
        unit_name = next(
            column["unit"]
            for table in case["tables"]
            for column in (table["columns"] if table["is_yearly"] else ())
            if column["name"] == name
        )
        values = {year: figures.get(name) for year, figures in case["figures"].items()}
        unit, digits = UNITS[unit_name], 0
        if unit_name == "baht" and max(abs(value or 0) for value in values.values()) >= 1_000_000:
            values = {year: None if value is None else value / 1_000_000 for year, value in values.items()}
            unit, digits = MILLIONS, 2
    points = [
        {
            "year": year_name(session, int(year), is_forecast=is_forecast),
            "value": value,
            "text": figure(value, "", digits),
        }
        for year, value in values.items()
    ]
    return {"name": name, "label": figure_title(session, case, name), "unit": session(unit), "points": points}


# Tables --------------------------------------------------------------------------------------------------------


def tables_state(session: Session, case: dict[str, Any], marks: Iterable[str]) -> dict[str, Any]:
    """The traits of a CaseTables."""
    marked = frozenset(marks)
    tables = [
        _yearly(session, case, table, marked) if table["is_yearly"] else _listed(session, table)
        for table in case["tables"]
    ]
    tables = [table for table in tables if table["rows"]]  # one without loans has no ages of debts to show
    return {
        "tables": tables,
        "current": next((one["id"] for one in tables if one["id"] == "balance"), tables[0]["id"]),
        "labels": words(session, SAVING, ATTACH)
        | {
            "choose": session("เลือกตาราง"),
            "hint": session("กดเครื่องหมาย + เพื่อแนบแถวเป็นหลักฐาน แล้วเลือกใช้บนกระดานปัญหา"),
            "sort": session("เรียงตาม {column}"),
            "ascending": session("น้อยไปมาก"),
            "descending": session("มากไปน้อย"),
            "original": session("ลำดับเดิม"),
            "empty": session("ไม่มีข้อมูล"),
        },
    }


TOTALS = ("total_assets", "total_liabilities", "total_equity")


def _yearly(session: Session, case: dict[str, Any], table: dict[str, Any], marked: frozenset[str]) -> dict[str, Any]:
    """Years as columns: an officer reads accounts across the years."""
    is_forecast = case["organisation"]["is_forecast"]
    years = [row["year"] for row in table["rows"]]
    columns = [{"name": "field", "label": session("รายการตัวเลข"), "is_number": False}] + [
        {"name": str(year), "label": year_name(session, year, is_forecast=is_forecast), "is_number": True}
        for year in years
    ]
    can_attach = table["name"] != "appropriation"
    rows = []
    for column in table["columns"][1:]:
        values = [row[column["name"]] for row in table["rows"]]
        if column["unit"] == "baht" and not any(values):
            continue  # what the cooperative does not have
        is_words = column["unit"] == "yes"
        texts = [session(YES if value else NO) if is_words else figure(value, column["unit"]) for value in values]
        reference = FIGURE + column["name"] if can_attach and not is_words else None
        rows.append(
            {
                "key": column["name"],
                "cells": [session(column["label"]), *texts],
                "sort": [session(column["label"]), *(None if is_words else value for value in values)],
                "reference": reference,
                "is_total": column["name"] in TOTALS,
                "is_marked": reference in marked,
            }
        )
    unit = UNITS["people" if table["name"] == "members" else "baht"]
    note = session("หน่วย: %(unit)s") % {"unit": session(unit)}
    return {
        "id": table["name"],
        "title": session(table["title"]),
        "note": note,
        "columns": columns,
        "rows": rows,
        "total": None,
    }


def _listed(session: Session, table: dict[str, Any]) -> dict[str, Any]:
    """As the file has it; of columns in two languages the reader's."""
    shown = [
        one for one in table["columns"] if not one["name"].endswith(f"_{'th' if session.locale == 'en' else 'en'}")
    ]
    numbers = ("baht", "money", "people", "percent", "count")

    def label(column: dict[str, Any]) -> str:
        twin = column["name"].removesuffix("_en") + "_th"
        message = next((one["label"] for one in table["columns"] if one["name"] == twin), column["label"])
        return session(message)

    def text(column: dict[str, Any], value: Any) -> str:
        match column["unit"]:
            case "date":
                return day(session, value) if value else "–"
            case "yes":
                return session(YES if value else NO)
            case "bucket":
                return session(table["names"][value])
            case "text":
                return str(value)
        return figure(value, column["unit"], 2 if column["unit"] == "percent" else 0)

    rows = [
        {
            "key": str(number),
            "cells": [text(column, row[column["name"]]) for column in shown],
            "sort": [row[column["name"]] for column in shown],
            "reference": None,
            "is_total": False,
            "is_marked": False,
        }
        for number, row in enumerate(table["rows"])
    ]
    total = None
    if any(column["is_total"] for column in shown) and len(rows) > 1:
        sums = [
            figure(sum(row[column["name"]] for row in table["rows"]), column["unit"]) if column["is_total"] else ""
            for column in shown
        ]
        total = [session("รวม"), *sums[1:]]
    return {
        "id": table["name"],
        "title": session(table["title"]),
        "note": "",
        "columns": [
            {"name": column["name"], "label": label(column), "is_number": column["unit"] in numbers} for column in shown
        ],
        "rows": rows,
        "total": total,
    }


# Ratios --------------------------------------------------------------------------------------------------------


def ratios_state(session: Session, case: dict[str, Any], marks: Iterable[str]) -> dict[str, Any]:
    """The traits of a CaseRatios. A ratio that cannot be said in any year is left out."""
    marked = frozenset(marks)
    groups: dict[str, list[dict[str, Any]]] = {}
    for ratio in case["ratios"]:
        if all(value is None for value in ratio["values"].values()):
            continue
        drawn = chart(session, case, ratio["name"])
        groups.setdefault(ratio["dimension"], []).append(
            {
                "name": ratio["name"],
                "title": drawn["label"],
                "unit": drawn["unit"],
                "points": drawn["points"],
                "formula": session(ratio["formula"]),
                "definition": "",
                "warning": session(WARNINGS[ratio["warning"]]),
                "reference": FIGURE + ratio["name"],
                "is_marked": FIGURE + ratio["name"] in marked,
            }
        )
    return {
        "groups": [{"title": session(title), "ratios": ratios} for title, ratios in groups.items()],
        "note": session("ชุดฝึกไม่ตั้งเกณฑ์ดีหรือไม่ดีให้ ผู้ส่งเสริมต้องดูทิศทางและหาสาเหตุเอง เกณฑ์ตัวเลขใดที่ใช้ในกรณีนี้เป็นเกณฑ์จำลองเพื่อการฝึก"),
        "labels": words(session, SAVING, ATTACH)
        | {
            "more": session("ดูสูตรและคำอธิบาย"),
            "formula": session("สูตร"),
            "definition": session("ความหมาย"),
            "warning": session("ทิศทางที่ควรถาม"),
            "year": session("ปี"),
            "value": session("ค่า"),
        },
    }
