"""Options that say the same or include one another, so that one of them cannot be right alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from cps_training.content.lint.base import Options, Rule, Threshold, each, options_of
from cps_training.content.lint.measures import numbers, width
from cps_training.content.yaml_source import Location
from cps_training.items.base import ItemBase
from cps_training.items.wording import key_of
from cps_training.thai_text import arabic_digits, distance

SLIP = Threshold("SLIP", 1, "ต่างกันตัวอักษรเดียวโดยตัวเลขเท่ากัน คือพิมพ์ซ้ำหรือสะกดผิด ไม่ใช่ความหมายใหม่")
SLIP_FROM = Threshold("SLIP_FROM", 10, "ในคำสั้นกว่านี้ ตัวอักษรเดียวเปลี่ยนความหมายได้")
INSIDE_FROM = Threshold("INSIDE_FROM", 12, "ข้อความสั้นกว่านี้เป็นคำที่ข้ออื่นใช้ขึ้นต้นได้โดยบังเอิญ")
_FILLERS = re.compile("นะครับ|นะคะ|ครับ|ค่ะ|ทั้งนี้|นั้น|เหล่านี้|ๆ")
_LINKS = re.compile(r"\s*(?:และ|กับ|หรือ|,|·)\s*|\s+")
_RANGE = re.compile(r"(\d[\d,.]*)\s*(?:-|–|ถึง)\s*(\d[\d,.]*)\s*([ก-ฮเ-ไ][ก-๎]*)?$")


def _same(left: str, right: str) -> str:
    """How two options coincide, in words for the author; empty when they do not."""
    plain_left, plain_right = (key_of(_FILLERS.sub("", text)) for text in (left, right))
    if plain_left == plain_right:
        return "ความเดียวกัน"
    if sorted(map(key_of, _LINKS.split(left))) == sorted(map(key_of, _LINKS.split(right))):
        return "ความเดียวกันที่สลับคำ"
    is_long = min(width(plain_left), width(plain_right)) >= SLIP_FROM.value
    is_near = is_long and abs(len(plain_left) - len(plain_right)) <= SLIP.value
    if is_near and numbers(plain_left) == numbers(plain_right) and distance(plain_left, plain_right) <= SLIP.value:
        return "ความเดียวกันที่ต่างกันตัวอักษรเดียว"
    return ""


def _includes(left: str, right: str) -> bool:
    """Whether one option is the other and more, or two ranges of the same unit share a number."""
    ranges = [_RANGE.search(arabic_digits(text)) for text in (left, right)]
    if ranges[0] and ranges[1]:
        (a, b, unit), (c, d, other) = ranges[0].groups(), ranges[1].groups()
        return unit == other and _value(a) <= _value(d) and _value(c) <= _value(b)
    short, long = sorted((key_of(left), key_of(right)), key=len)
    rest = long.removeprefix(short)
    return width(short) >= INSIDE_FROM.value and long.startswith(short) and not rest[:1].isdigit()


def _value(written: str) -> float:
    try:
        return float(written.replace(",", "").rstrip("."))
    except ValueError:
        return float("nan")


def _pairs(item: ItemBase) -> Iterator[tuple[Options, int, int]]:
    for options in options_of(item):
        for first, second in combinations(range(len(options.texts)), 2):
            yield options, first, second


def _overlapping(item: ItemBase) -> Iterator[tuple[Location, str]]:
    for options, first, second in _pairs(item):
        left, right = options.texts[first], options.texts[second]
        if how := _same(left, right):
            yield options.text_at(second), f"ตัวเลือกนี้กับตัวเลือกที่ {first + 1} เป็น{how} ให้เขียนใหม่ให้ต่างกัน หรือตัดออกหนึ่งตัวเลือก"
        elif not options.words and _includes(left, right):
            yield (
                options.text_at(second),
                f"ตัวเลือกนี้กับตัวเลือกที่ {first + 1} ทับซ้อนกัน ตัวหนึ่งรวมอีกตัวหนึ่งไว้ ให้แก้ให้แยกจากกัน",
            )


RULES = (
    Rule(
        "L07",
        "ตัวเลือกซ้ำหรือทับซ้อนกัน",
        "ข้อที่มีคำตอบเดียวถูกสองข้อพร้อมกันไม่ได้ ผู้ตอบจึงตัดคู่ที่ซ้ำกันทิ้งได้ทั้งคู่",
        "19, 22",
        each(_overlapping),
        (SLIP, SLIP_FROM, INSIDE_FROM),
    ),
)
