"""What a form says, held against the banks, the handbook and the other forms. Knows no file: findings go to their entry.

Each function reports through the entry it is given and raises nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from cps_training.content.blueprints import Blueprint, TooFewItemsError
from cps_training.content.drawing import Pools, draw_from
from cps_training.content.forms import AuthoredForm
from cps_training.content.tables import Entry
from cps_training.content.yaml_source import Location
from cps_training.thai_text import nearest

CheckIds = Callable[[Entry[AuthoredForm], Location, Iterable[str]], None]


def check_form(entry: Entry[AuthoredForm], check_items: CheckIds, check_clauses: CheckIds) -> None:
    """The items and clauses a form names, wherever it names them."""
    form = entry.value
    check_items(entry, ("items",), form.items)
    for index, part in enumerate(form.sections):
        check_items(entry, ("sections", index, "items"), part.items)
        check_items(entry, ("sections", index, "retry"), part.retry)
        check_clauses(entry, ("sections", index, "reading"), part.reading)


def check_lesson(entry: Entry[AuthoredForm], lessons: tuple[str, ...]) -> None:
    """The lesson a form says it goes with."""
    named = entry.value.lesson
    if named is None or named in lessons:
        return
    near = nearest(named, lessons)
    hint = f" ใกล้ที่สุดคือ {near}" if near else ""
    entry.report(("lesson",), f"ไม่มีบทเรียนชื่อ “{named}”{hint} ให้แก้ชื่อบท หรือลบช่องนี้ถ้าชุดไม่ได้เป็นของบทใด")


def check_apart(entry: Entry[AuthoredForm], forms: Collection[str]) -> None:
    """The forms a form stays apart from."""
    for index, named in enumerate(entry.value.apart_from):
        if named not in forms:
            near = nearest(named, tuple(forms)) or ""
            hint = f" ใกล้ที่สุดคือ {near}" if near else ""
            entry.report(("apart_from", index), f"ไม่มีชุดชื่อ “{named}”{hint} ให้แก้ชื่อชุด")


def check_drawing(entry: Entry[AuthoredForm], forms: Mapping[str, Entry[AuthoredForm]], pools: Pools) -> None:
    """Whether the banks have enough for its blueprint, and for the forms parallel to it."""
    form = entry.value
    if form.blueprint is not None:
        _try(entry, form.blueprint, pools)
        return
    if form.parallel_to is None:
        return
    other = forms.get(form.parallel_to)
    if other is None or other.value.blueprint is None:
        near = nearest(form.parallel_to, [name for name, one in forms.items() if one.value.blueprint]) or ""
        hint = f" ใกล้ที่สุดคือ {near}" if near else ""
        entry.report(("parallel_to",), f"ไม่มีชุดที่มี blueprint ชื่อ “{form.parallel_to}”{hint} ให้แก้ชื่อชุด")
        return
    blueprint = other.value.blueprint
    try:
        twin = draw_from(blueprint, pools, blueprint.seed)
        draw_from(blueprint, pools, form.seed or 0, twin)
    except TooFewItemsError as error:
        clauses = ", ".join(blueprint.rows[error.row].clauses)
        entry.report(
            ("parallel_to",),
            f"แถวที่ {error.row + 1} ของ blueprint ({clauses}) เหลือข้อไม่พอสำหรับชุดคู่ขนาน ให้เพิ่มข้อในคลัง หรือลด count",
        )
    if {part.section for part in form.sections} != {part.section for part in other.value.sections}:
        entry.report(("parallel_to",), f"sections ต้องเหมือนของชุด “{form.parallel_to}” ให้ใช้รหัสส่วนเดียวกัน")


def _try(entry: Entry[AuthoredForm], blueprint: Blueprint, pools: Pools) -> None:
    try:
        draw_from(blueprint, pools, blueprint.seed)
    except TooFewItemsError as error:
        wanted = blueprint.rows[error.row].count
        entry.report(
            ("blueprint", "rows", error.row, "count"),
            f"ต้องการ {wanted} ข้อ แต่คลังมีข้อที่ตรงแถวนี้และยังไม่ถูกใช้ {error.n} ข้อ ให้เพิ่มข้อ ลด count หรือขยายเงื่อนไข",
        )
