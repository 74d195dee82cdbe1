"""Panel: who stands where in the lessons and quizzes, the stuck ones first. Rows of the desk in, a grid out.

Stuck: began something, has not finished it, and took no step for STUCK_DAYS days. Head counts only, never an average of
percentages. Knows no pandas: there is nothing to compute but counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from cps_training.apps.panels.people import Person, everybody
from cps_training.apps.session import Session
from cps_training.enrolment.names import folded
from cps_training.i18n import mark
from cps_training.thai_text import show_date

STUCK_DAYS = 7
STATES = {"done": mark("จบแล้ว"), "part": mark("กำลังทำ"), "none": mark("ยังไม่เริ่ม")}

Row = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """A lesson or a quiz. kind: "lesson" or "form"; title in both languages."""

    id: str
    kind: str
    title: dict[str, str]


@dataclass(frozen=True)
class Cell:
    """state: done, part or none; n of whole for lessons; on: the last step, or the day it was finished."""

    state: str
    n: int = 0
    whole: int = 0
    on: date | None = None


@dataclass(frozen=True)
class Standing:
    """One person's row. quiet_days: days since the last step; None when nothing was begun, or everything begun is finished."""

    person: Person
    cells: tuple[Cell, ...]
    quiet_days: int | None

    @property
    def is_stuck(self) -> bool:
        return self.quiet_days is not None and self.quiet_days >= STUCK_DAYS

    @property
    def n_done(self) -> int:
        return sum(cell.state == "done" for cell in self.cells)


class ProgressPanel:
    """Person by lesson and quiz; people who are on the roster today or have begun something."""

    id = "progress"
    needs = ("people", "roster", "lessons", "finished_forms")

    def compute(self, rows: dict[str, list[Row]], columns: Iterable[Column], today: date) -> list[Standing]:
        """Stuck people first (longest quiet first), then those who have done least, by name."""
        shown = tuple(columns)
        cells: dict[tuple[str, str], Cell] = {}
        for row in rows["lessons"]:
            cells[row["person_code"], f"lesson:{row['lesson']}"] = _lesson(row)
        for row in rows["finished_forms"]:
            key = (row["person_code"], row["form"])
            day = date.fromisoformat(row["finished_on"])
            cells[key] = Cell("done", on=min(day, cells[key].on or day) if key in cells else day)
        begun = {code for code, _ in cells}
        standings = [
            _standing(one, tuple(cells.get((one.code, column.id), Cell("none")) for column in shown), today)
            for one in everybody(rows["people"], rows["roster"], today)
            if not one.merged_into and (one.is_on_roster or one.code in begun)
        ]
        return sorted(standings, key=_worry)

    def render(self, session: Session, standings: list[Standing], columns: Iterable[Column]) -> dict[str, Any]:
        """Traits of a ProgressGrid."""
        _, shown = session, tuple(columns)
        stuck = sum(one.is_stuck for one in standings)
        intro = _("%(n)s คนในทะเบียน") % {"n": len(standings)}
        if stuck:
            intro += " · " + _("ค้างอยู่ %(n)s คน แสดงไว้ก่อน") % {"n": stuck}
        units = list(dict.fromkeys(sorted(one.person.unit for one in standings if one.person.unit)))
        return {
            "grid": {
                "heading": _("ความก้าวหน้า"),
                "intro": intro if standings else "",
                "empty": _("ยังไม่มีรายชื่อบุคลากร นำเข้าทะเบียนก่อน แล้วความก้าวหน้าของแต่ละคนจะแสดงที่นี่"),
                "empty_action": {"label": _("ไปหน้าบุคลากร"), "href": "/people"},
                "units": [{"id": unit, "label": unit} for unit in units],
                "columns": [_column(_, column, n, standings) for n, column in enumerate(shown)],
                "rows": [_row(_, one, shown) for one in standings],
                "rule": {"title": _("เกณฑ์ที่ใช้"), "rows": _rule(_)},
            },
            "labels": {
                "name": _("ชื่อ"),
                "unit": _("กลุ่มงาน"),
                "everything": _("ทั้งหมด"),
                "who": _("จำนวนคนของแต่ละบท"),
                "count": _("แสดง {n} คน"),
                "overview": _("ความก้าวหน้ารายคนและรายบท"),
            },
            "locale": _.locale,
        }


def _lesson(row: Row) -> Cell:
    if row["completed_on"]:
        return Cell("done", row["n_answered"], row["n_checkpoints"], date.fromisoformat(row["completed_on"]))
    last = row.get("last_on")
    state = "part" if row["n_answered"] else "none"
    return Cell(state, row["n_answered"], row["n_checkpoints"], date.fromisoformat(last) if last else None)


def _standing(person: Person, cells: tuple[Cell, ...], today: date) -> Standing:
    days = [cell.on for cell in cells if cell.on]
    is_open = any(cell.state == "part" for cell in cells)
    return Standing(person, cells, (today - max(days)).days if is_open and days else None)


def _worry(one: Standing) -> tuple[int, int, int, str]:
    done = sum(2 if cell.state == "done" else cell.state == "part" for cell in one.cells)
    return (0 if one.is_stuck else 1, -(one.quiet_days or 0) if one.is_stuck else 0, done, folded(one.person.name))


# What the grid shows -------------------------------------------------------------------------------------------


def _text(session: Session, cell: Cell) -> str:
    if cell.state == "part":
        return f"{cell.n}/{cell.whole}"
    return session(STATES["done"]) if cell.state == "done" else "–"


def _row(session: Session, one: Standing, columns: tuple[Column, ...]) -> Row:
    _ = session
    note = {"text": _("ค้างมา %(n)s วัน") % {"n": one.quiet_days}, "kind": "due"} if one.is_stuck else None
    if all(cell.state == "none" for cell in one.cells):
        note = {"text": _("ยังไม่เริ่ม"), "kind": "plain"}
    return {
        "id": one.person.person_id,
        "name": one.person.name,
        "code": one.person.code,
        "unit": one.person.unit,
        "note": note,
        "detail": _("จบ %(n)s จาก %(total)s") % {"n": one.n_done, "total": len(columns)},
        "cells": [
            {"text": _text(_, cell), "state": cell.state, "detail": show_date(cell.on, _.locale) if cell.on else ""}
            for cell in one.cells
        ],
    }


def _column(session: Session, column: Column, n: int, standings: list[Standing]) -> Row:
    counts = []
    for state, label in STATES.items():
        names = [one.person.name for one in standings if one.cells[n].state == state]
        text = session("%(state)s %(n)s คน") % {"state": session(label), "n": len(names)}
        counts.append({"id": state, "text": text, "people": names})
    return {"id": column.id, "title": session.local(column.title), "counts": counts}


def _rule(session: Session) -> list[Row]:
    _ = session
    return [
        {
            "label": _("ค้างอยู่"),
            "value": _("เริ่มแล้วแต่ยังไม่จบ และไม่มีคำตอบใหม่มาตั้งแต่ %(n)s วันขึ้นไป เรียงจากคนที่ค้างนานที่สุด") % {"n": STUCK_DAYS},
        },
        {"label": _("ลำดับต่อจากนั้น"), "value": _("คนที่ทำได้น้อยกว่าอยู่ก่อน แล้วเรียงตามชื่อ")},
        {"label": _("ตัวเลข เช่น 4/10"), "value": _("ตอบแล้ว 4 จาก 10 ข้อของบทนั้น")},
        {"label": _("จบแล้ว"), "value": _("บทเรียน: ตอบครบทุกข้อ แบบทดสอบ: ส่งแล้วอย่างน้อยหนึ่งครั้ง ไม่ว่าจะได้คะแนนเท่าใด")},
        {"label": _("คนที่แสดง"), "value": _("ผู้ที่อยู่ในทะเบียนวันนี้ และผู้ที่เริ่มเรียนแล้วแม้ไม่อยู่ในทะเบียน บัญชีที่รวมกันนับเป็นคนเดียว")},
    ]
