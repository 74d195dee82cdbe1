"""Words that give an item away or trip its reader: absolute words, all or none of the above, an unmarked negative."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cps_training.content.lint.base import Rule, each, options_of
from cps_training.content.yaml_source import Location
from cps_training.items.base import ItemBase

ABSOLUTE = re.compile(
    "เท่านั้น|(?<!สม่ำ)เสมอ(?!ภาค|ต้น|เหมือน)|ทุกครั้ง|ทุกกรณี|เด็ดขาด|ไม่มีทาง|(?<!วันที่)(?<!ไม่)แน่นอน|ตลอดไป|ทั้งสิ้น"
    "|ไม่มีข้อยกเว้น|โดยไม่มีเงื่อนไข"
)
"""Words that leave no exception. “ทุกคน”, “ทั้งหมด”, “อย่างเดียว” are not among them: they often say a plain number or scope."""
CATCH_ALL = re.compile(
    r"^(ข้อ)?(ถูก|ผิด)(ต้อง)?(ทั้งหมด|ทุกข้อ)|ไม่มีข้อ(ใด|ไหน)?ถูก|ไม่มีคำตอบ(ใด|ที่)?ถูก|^ไม่ถูก(ทุก|สัก)ข้อ"
    r"|ทุกข้อ(ที่กล่าวมา|ข้างต้น)"
    r"|^((ถูก)?ทั้ง\s*(ข้อ)?|ข้อ)\s*[กขคงจฉa-f1-6]\s*(และ|กับ)\s*(ข้อ\s*)?[กขคงจฉa-f1-6](\s*ถูก\S*)?$"
    r"|(all|none) of the above",
    re.IGNORECASE,
)
"""The whole option speaks of the others: “ทะเบียนถูกต้องทั้งหมด” and “ตามข้อ 2 และ 3 ของคำสั่ง” are contents."""
NEGATIVE = re.compile(
    r"(ใด|ไหน|ใคร|อะไร)(บ้าง)?(ที่|ซึ่ง)?(ยัง)?ไม่(?!ได้(?:$|\s))|ยกเว้น(ข้อ|เรื่อง|สิ่ง)?(ใด|อะไร|ใคร)"
    r"|ที่(ยัง)?ไม่\S{0,30}(คือ|ได้แก่)(ข้อ|เรื่อง|สิ่ง|งาน)?(ใด|อะไร|ใคร|ไหน)|ข้อ(ใด|ไหน)(คือ)?(ข้อ)?ผิด"
)
"""A question that asks for what is not. A negative in “…” does not match: so it is marked, in plain text, for every reader;
“ขาด…ใดไม่ได้” asks for what is."""


def _absolutes(item: ItemBase) -> Iterator[tuple[Location, str]]:
    for options in options_of(item):
        if options.words or not options.right:
            continue
        found = {number: match for number, text in enumerate(options.texts) if (match := ABSOLUTE.search(text))}
        if found and not found.keys() & options.right:
            for number, match in found.items():
                yield (
                    options.text_at(number),
                    f"คำสุดขั้ว “{match[0]}” มีเฉพาะในตัวลวง ให้เขียนใหม่โดยไม่ใช้คำนี้ หรือใช้ในคำตอบด้วยเมื่อเป็นความจริง",
                )


def _catch_all(item: ItemBase) -> Iterator[tuple[Location, str]]:
    for options in options_of(item):
        for number, text in enumerate(options.texts):
            if match := CATCH_ALL.search(text.strip()):
                yield (
                    options.text_at(number),
                    f"ตัวเลือกรวมหรือปฏิเสธข้ออื่น (“{match[0].strip()}”) ให้เขียนตัวเลือกที่มีเนื้อหาของตัวเอง หรือใช้ multiple_response",
                )


def _negative(item: ItemBase) -> Iterator[tuple[Location, str]]:
    asks = any(options.asks != "targets" and not options.words for options in options_of(item))
    if asks and (match := NEGATIVE.search(item.stem)):
        yield (
            ("stem",),
            f"โจทย์ถามทางลบ (“{match[0]}”) โดยไม่เน้น ให้ถามทางบวก หรือใส่คำปฏิเสธไว้ใน “…” เช่น ข้อใด “ไม่ใช่” หน้าที่",
        )


RULES = (
    Rule(
        "L04",
        "คำสุดขั้วมีเฉพาะในตัวลวง",
        "ผู้ตอบที่รู้กลวิธีตัดข้อที่มีคำว่า เสมอ เท่านั้น ทิ้งได้โดยไม่รู้เนื้อหา",
        "28a",
        each(_absolutes),
    ),
    Rule(
        "L05",
        "ถูกทุกข้อหรือไม่มีข้อถูก",
        "รู้ว่าสองข้อถูกก็ตอบได้โดยไม่รู้ข้ออื่น และเมื่อสลับลำดับตัวเลือก คำว่า ข้อ ก จะชี้ผิดข้อ",
        "25, 26",
        each(_catch_all),
    ),
    Rule(
        "L06",
        "โจทย์ทางลบที่ไม่เน้นคำปฏิเสธ",
        "ผู้ที่รู้เนื้อหาตอบผิดเพราะอ่านข้ามคำว่า ไม่",
        "17",
        each(_negative),
    ),
)
