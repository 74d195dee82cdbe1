"""Grammatical giveaways that can be decided surely in Thai: a connector, a polite particle or a unit that one option has alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from cps_training.content.lint.base import Options, Rule, each, options_of
from cps_training.content.yaml_source import Location
from cps_training.items.base import ItemBase
from cps_training.thai_text import arabic_digits

_CONNECTOR = re.compile(r"(ก็(?!ตาม)|แต่(?!ละ|ง|เดิม|แรก|ก่อน|เนิ่น|เช้า|เพียง|ผู้เดียว)|และ|หรือ|จึง|ซึ่ง|ดังนั้น|เพราะ(?!ปลูก))")
_PARTICLE = re.compile(r"(ครับ|ค่ะ|คะ|จ้ะ|จ้า)[”\"]?$")
_ENDS_IN = re.compile(r"(คือ|เพราะ|เพื่อ|ได้แก่|เนื่องจาก|ดังนี้)$")
_UNITS = (
    "คน|ราย|แห่ง|วันทำการ|วัน|เดือน|ปี|ครั้ง|บาท|ชุด|ข้อ|เรื่อง|กลุ่ม|ฉบับ|ขั้นตอน|ขั้น|รอบ|สัปดาห์|ชั่วโมง|นาที|เล่ม|แผ่น|ด้าน|ระดับ|ประเภท|ส่วน"
)
_HOW_MANY = re.compile(rf"กี่({_UNITS})")
_AMOUNT = re.compile(rf"\d[\d,.]*\s*({_UNITS})(?![ก-๎])")
_ONLY_AMOUNT = re.compile(rf"[^\d]{{0,12}}\d[\d,.]*\s*({_UNITS})\Z")


def _lone(options: Options, pattern: re.Pattern[str], *, at_start: bool) -> Iterator[tuple[int, str]]:
    """(number, what) of the only option that has it."""
    look = pattern.match if at_start else pattern.search
    found = [(number, match[1]) for number, text in enumerate(options.texts) if (match := look(text.strip()))]
    if len(found) == 1:
        yield found[0]


def _giveaways(item: ItemBase) -> Iterator[tuple[Location, str]]:
    for options in options_of(item):
        if options.words:
            continue
        repeated = _ENDS_IN.search(item.stem.strip().rstrip("…. ?"))
        for number, text in enumerate(options.texts):
            if repeated and text.strip().startswith(repeated[1]):
                yield options.text_at(number), f"โจทย์จบด้วย “{repeated[1]}” แล้ว ให้ลบ “{repeated[1]}” ที่ขึ้นต้นตัวเลือกนี้"
        if not repeated:
            for number, word in _lone(options, _CONNECTOR, at_start=True):
                yield (
                    options.text_at(number),
                    f"ตัวเลือกนี้ขึ้นต้นด้วย “{word}” ต่อจากโจทย์อยู่ตัวเดียว ให้ขึ้นต้นทุกตัวเลือกด้วยรูปประโยคเดียวกัน",
                )
        for number, word in _lone(options, _PARTICLE, at_start=False):
            yield options.text_at(number), f"ตัวเลือกนี้ลงท้ายด้วย “{word}” อยู่ตัวเดียว ให้ลงท้ายเหมือนกันทุกตัวเลือก"
        yield from _units(options)


def _units(options: Options) -> Iterator[tuple[Location, str]]:
    """A classifier that answers another question than the stem's กี่…, or that one bare amount has alone."""
    asked = _HOW_MANY.findall(options.stem)
    amounts = [_AMOUNT.findall(arabic_digits(text)) for text in options.texts]
    if asked and all(amounts):
        for number, units in enumerate(amounts):
            if asked[-1] not in units and any(asked[-1] in other for other in amounts):
                yield (
                    options.text_at(number),
                    f"โจทย์ถาม “กี่{asked[-1]}” แต่ตัวเลือกนี้ตอบเป็น “{units[0]}” ให้ใช้ลักษณนามเดียวกับโจทย์",
                )
        return
    bare = [match[1] if (match := _ONLY_AMOUNT.match(arabic_digits(text.strip()))) else "" for text in options.texts]
    counted = Counter(bare)
    if all(bare) and len(counted) == 2 and min(counted.values()) == 1 and len(bare) > 2:
        number = bare.index(min(counted, key=lambda unit: counted[unit]))
        yield options.text_at(number), f"ตัวเลือกนี้ใช้หน่วย “{bare[number]}” อยู่ตัวเดียว ให้ใช้หน่วยเดียวกันทุกตัวเลือก"


RULES = (
    Rule(
        "L08",
        "รูปประโยคบอกใบ้",
        "ตัวเลือกที่ต่อกับโจทย์ได้ตัวเดียว หรือมีคำลงท้ายหรือลักษณนามไม่เหมือนเพื่อน ถูกเลือกหรือถูกตัดจากภาษา ไม่ใช่จากความรู้",
        "23, 28c",
        each(_giveaways),
    ),
)
