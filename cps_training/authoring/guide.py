"""What the first sheet of a workbook of items says to whoever fills it in, and the heads of the other sheets. Thai; pure."""

from __future__ import annotations

from cps_training.authoring.cells import NO, YES
from cps_training.authoring.fields import Part
from cps_training.authoring.item_tables import (
    BANK,
    BANK_COLUMNS,
    BANKS,
    NAME,
    ORDER,
    REPLACES,
    Sheet,
    columns_of,
    type_of,
)
from cps_training.authoring.words import CHOICE_WORDS, ITEM_WORDS, TYPE_WORDS
from cps_training.items import ITEM_TYPES
from cps_training.items.base import ItemBase

TITLE = "คำแนะนำ"

_LINES = (
    "ตารางข้อคำถามของชุดฝึก CPS",
    "แผ่นงานละหนึ่งชนิดข้อ แถวที่สองของแผ่นเป็นชื่อช่อง ห้ามแก้ แถวแรกเป็นคำอธิบาย แก้ได้",
    "หนึ่งข้อใช้หลายแถวติดกัน แถวแรกใส่ช่องของข้อ แถวถัดไปใส่ตัวเลือก คำใบ้ หรือรายการที่เหลือ และใส่รหัสข้อ (id) ซ้ำหรือเว้นว่างก็ได้",
    "ช่องที่ชื่อมีจุดเป็นส่วนของรายการ เช่น choices.text คือข้อความของตัวเลือก gaps.options.text คือตัวเลือกของช่องว่าง",
    "เว้นว่างเมื่อไม่มี ชุดฝึกจะใช้ค่าตั้งต้น ช่องรหัสหลายตัวคั่นด้วยจุลภาค เช่น a, b, d",
    f"ช่องใช่หรือไม่ใช่ เขียน {YES} หรือ {NO}",
    f"ช่อง {BANK} คือรหัสคลัง ถ้าเป็นคลังใหม่ให้เพิ่มแถวในแผ่น {BANKS}",
    f"ช่อง {ORDER} คือลำดับในคลังใหม่ ข้อใหม่ของคลังที่มีอยู่แล้วจะต่อท้ายตามลำดับนี้",
    f"ช่อง {REPLACES} ใส่ {YES} เมื่อข้อของสำนักงานใช้แทนข้อที่มากับชุดฝึกซึ่งมีรหัสเดียวกัน",
    "ข้อที่ไม่อยู่ในตารางจะคงอยู่ในคลังเหมือนเดิม การลบข้อให้ลบในไฟล์ YAML",
    "ทุกเซลล์เป็นข้อความ ใช้สูตรไม่ได้ ข้อความที่ขึ้นต้นด้วย = พิมพ์ได้ตามปกติ",
    "เซลล์ที่ขึ้นต้นด้วย json: มีอักขระที่ตารางเก็บเองไม่ได้ โปรดอย่าแก้ (พิมพ์เองไม่จำเป็น)",
    "นำเข้า: cps-training items import ไฟล์นี้.xlsx --dry-run ดูผลก่อน แล้วเอา --dry-run ออกเมื่อไม่มีที่ผิด",
    "",
    "แผ่นงาน",
)


def guide() -> list[tuple[str, ...]]:
    """The rows of the guide."""
    kinds = [(type_of(kind), TYPE_WORDS[type_of(kind)]) for kind in ITEM_TYPES]
    words = [(word, said) for word, said in CHOICE_WORDS.items()]
    return [*((line,) for line in _LINES), (BANKS, "คลังข้อและชื่อ"), *kinds, ("",), ("คำที่ใช้ได้",), *words]


def labels(sheet: Sheet) -> tuple[str, ...]:
    """The Thai row above the names of columns."""
    if sheet.title == BANKS:
        said = {BANK: ITEM_WORDS[BANK], "title.th": "ชื่อคลัง", "title.en": "ชื่อคลังภาษาอังกฤษ (ถ้ามี)"}
        return tuple(said[name] for name in BANK_COLUMNS)
    return tuple(_label(name, part) for name, part in columns_of(_kind(sheet.title)))


def choices(sheet: Sheet) -> dict[int, tuple[str, ...]]:
    """The words to choose from under a column, by its number from 0."""
    if sheet.title == BANKS:
        return {}
    columns = columns_of(_kind(sheet.title))
    return {n: found for n, (_, part) in enumerate(columns) if (found := _choices(part))}


def _choices(part: Part) -> tuple[str, ...]:
    if part.kind == "truth":
        return (YES, NO)
    return part.words if part.kind == "word" and part.shape == "one" else ()


def _label(name: str, part: Part) -> str:
    *groups, field = name.split(".")
    said = ITEM_WORDS.get(field, field) if field != NAME else ITEM_WORDS[NAME]
    said = " · ".join([*(ITEM_WORDS.get(group, group) for group in groups), said])
    return f"{said} *" if part.is_required and not groups else said


def _kind(title: str) -> type[ItemBase]:
    return next(kind for kind in ITEM_TYPES if type_of(kind) == title)
