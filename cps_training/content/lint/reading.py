"""What makes an item hard to read for no reason: a long stem, and Thai that is typed so that it cannot be read or searched."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cps_training.content.lint.base import Rule, Threshold, each, options_of, texts_of
from cps_training.content.lint.measures import width
from cps_training.content.yaml_source import Location
from cps_training.items.base import ItemBase
from cps_training.items.essay import Essay
from cps_training.items.numeric import Numeric
from cps_training.items.parametric import Parametric

LONGEST = Threshold("LONGEST", 220, "ราวห้าบรรทัดบนโทรศัพท์ก่อนถึงตัวเลือกแรก ยาวกว่านี้ต้องเลื่อนกลับขึ้นไปอ่าน")
LONGEST_WITH_FIGURES = Threshold(
    "LONGEST_WITH_FIGURES", 360, "โจทย์คำนวณหรือข้อเขียนต้องให้ตัวเลขและเรื่องครบในโจทย์ และไม่มีตัวเลือกให้อ่านต่อ"
)
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_UNREADABLE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("\u0e4d[่-๋]?\u0e32"), "ำ เขียนเป็น ํ กับ า สองตัว ให้พิมพ์ ำ ตัวเดียว"),
    (re.compile("ำ[่-๋]"), "วรรณยุกต์อยู่หลัง ำ ให้พิมพ์วรรณยุกต์ก่อน ำ"),
    (re.compile("เเ"), "แ เขียนเป็น เ สองตัว ให้พิมพ์ แ ตัวเดียว"),
    (INVISIBLE, "มีอักขระที่มองไม่เห็น ให้ลบแล้วพิมพ์ช่วงนี้ใหม่"),
    (re.compile("[\uf700-\uf71a]"), "มีอักขระของฟอนต์เก่า (คัดลอกจาก PDF) ให้พิมพ์ช่วงนี้ใหม่"),
    (re.compile("[่-๋]{2}"), "วรรณยุกต์ซ้อนกันสองตัว ให้เหลือตัวเดียว"),
    (re.compile("[ัิ-ฺ็]{2}|([ะาำเแโใไ])\\1"), "สระซ้อนกันสองตัว ให้เหลือตัวเดียว"),
    (re.compile("[่-๋][ัิ-ฺ]"), "วรรณยุกต์อยู่ก่อนสระ ให้พิมพ์สระก่อนวรรณยุกต์"),
    (re.compile("(?:^|[^ก-ฮัิ-ฺ็-๎])[ัิ-ฺ็-๎]"), "สระหรือวรรณยุกต์ไม่มีพยัญชนะรับ ให้พิมพ์คำนี้ใหม่"),
)
_AROUND = 8


def _long_stem(item: ItemBase) -> Iterator[tuple[Location, str]]:
    gives_figures = isinstance(item, Numeric | Parametric | Essay) or not any(options_of(item))
    most = LONGEST_WITH_FIGURES.value if gives_figures else LONGEST.value
    if (n := width(item.stem)) > most:
        yield (
            ("stem",),
            f"โจทย์ยาว {n} ตัวอักษร เกิน {most:g} ให้ตัดสิ่งที่ไม่ใช้ตอบออก หรือแยกเป็นสองข้อ",
        )


def _unreadable(item: ItemBase) -> Iterator[tuple[Location, str]]:
    for at, text in texts_of(item):
        for pattern, message in _UNREADABLE:
            if match := pattern.search(text):
                around = INVISIBLE.sub("␣", text[max(0, match.start() - _AROUND) : match.end() + _AROUND].strip())
                yield at, f"{message} (ใกล้ “{around}”)"
                break


RULES = (
    Rule(
        "L11",
        "โจทย์ยาวเกินจำเป็น",
        "คะแนนวัดความอดทนในการอ่านปนกับความรู้ และบนโทรศัพท์โจทย์หลุดจอไปก่อนถึงตัวเลือก",
        "13, 16",
        each(_long_stem),
        (LONGEST, LONGEST_WITH_FIGURES),
    ),
    Rule(
        "L12",
        "ตัวอักษรไทยอ่านหรือค้นไม่ได้",
        "สระอำแบบสองตัว อักขระที่มองไม่เห็น และสระหรือวรรณยุกต์ซ้อน แสดงเพี้ยน ค้นไม่พบ และโปรแกรมอ่านหน้าจออ่านผิด",
        "11, 12",
        each(_unreadable),
    ),
)
