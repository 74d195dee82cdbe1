"""Length as a giveaway: a key that stands out, a bank whose keys are the longest as a habit, options of uneven length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cps_training.content.lint.base import Flaw, Options, Rule, Threshold, each, options_of
from cps_training.content.lint.measures import width
from cps_training.content.yaml_source import Location
from cps_training.items.base import ItemBase

KEY_TO_NEXT = Threshold("KEY_TO_NEXT", 1.25, "ยาวกว่าตัวเลือกที่รองลงมาหนึ่งในสี่ คือราวหนึ่งคำต่อหนึ่งบรรทัดบนโทรศัพท์ เห็นได้โดยไม่ต้องอ่าน")
KEY_LETTERS = Threshold("KEY_LETTERS", 5, "ต่างกันไม่ถึง 5 ตัวอักษร มองไม่เห็นว่ายาวกว่า แม้เป็นสัดส่วนมากในตัวเลือกสั้น ๆ")
HABIT = Threshold("HABIT", 0.08, "เกินที่เดาสุ่มได้ 8 จุดร้อยละ เท่าเกณฑ์ของ cps-training guess")
HABIT_ITEMS = Threshold("HABIT_ITEMS", 2, "ต้องเกินที่เดาสุ่มได้ 2 ข้อขึ้นไปด้วย คลังเล็กจึงไม่ถูกทักเพราะความบังเอิญ")
UNEVEN = Threshold("UNEVEN", 2, "ยาวเป็นสองเท่าของตัวเลือกสั้นสุด คือคนละบรรทัดบนโทรศัพท์")
UNEVEN_FROM = Threshold("UNEVEN_FROM", 15, "ตัวเลือกที่ยาวสุดสั้นกว่านี้คือคำเดียว คำมีความยาวของมันเอง")


def _judged(item: ItemBase) -> Iterator[tuple[Options, list[int]]]:
    for options in options_of(item):
        if not options.words and options.right:
            yield options, [width(text) for text in options.texts]


def _key_stands_out(item: ItemBase) -> Iterator[tuple[Location, str]]:
    for options, widths in _judged(item):
        if options.key is None:
            continue
        longest = max(widths[number] for number in options.wrong)
        own = widths[options.key]
        if own >= longest * KEY_TO_NEXT.value and own - longest >= KEY_LETTERS.value:
            yield (
                options.text_at(options.key),
                f"คำตอบยาว {own} ตัวอักษร แต่ตัวลวงที่ยาวสุดมี {longest} ให้ตัดคำตอบให้สั้นลง หรือเติมรายละเอียดให้ตัวลวง",
            )


def _keys_are_longest(items: Sequence[ItemBase]) -> Iterator[Flaw]:
    n, longest, expected = 0, 0, 0.0
    for item in items:
        for options, widths in _judged(item):
            if options.key is not None:
                n += 1
                expected += 1 / len(widths)
                longest += all(widths[options.key] > widths[number] for number in options.wrong)
    excess = longest - expected
    if n and excess / n > HABIT.value and excess >= HABIT_ITEMS.value:
        yield Flaw(
            None,
            ("items",),
            f"คำตอบเป็นตัวเลือกที่ยาวที่สุด {longest} จาก {n} ข้อ (เดาสุ่มได้ราว {expected:.0f} ข้อ) "
            "ให้เติมรายละเอียดแก่ตัวลวงในบางข้อจนคำตอบไม่ใช่ข้อที่ยาวสุด",
        )


def _uneven(item: ItemBase) -> Iterator[tuple[Location, str]]:
    for options, widths in _judged(item):
        most, least = max(widths), min(widths)
        if most >= UNEVEN_FROM.value and most > least * UNEVEN.value:
            middle = sorted(widths)[len(widths) // 2]
            number = widths.index(most if most / middle > middle / least else least)
            yield (
                options.text_at(number),
                f"ตัวเลือกยาวต่างกันเกิน {UNEVEN.value:g} เท่า ({least} กับ {most} ตัวอักษร) ให้เขียนให้ยาวใกล้กันทุกตัวเลือก",
            )


RULES = (
    Rule(
        "L01",
        "คำตอบยาวเด่นกว่าตัวลวง",
        "ผู้เขียนมักเติมเงื่อนไขให้คำตอบรัดกุม ผู้ตอบที่ไม่รู้จึงเลือกข้อที่ยาวสุดแล้วถูก",
        "24, 28d",
        each(_key_stands_out),
        (KEY_TO_NEXT, KEY_LETTERS),
    ),
    Rule(
        "L02",
        "คำตอบยาวที่สุดจนเป็นนิสัยของคลัง",
        "แต่ละข้อยาวกว่าเพียงเล็กน้อย แต่ถ้าเป็นเช่นนั้นเกือบทุกข้อ เลือกข้อยาวสุดก็ได้คะแนนเกินเดา",
        "24, 28d",
        _keys_are_longest,
        (HABIT, HABIT_ITEMS),
        "bank",
    ),
    Rule(
        "L03",
        "ตัวเลือกยาวไม่เท่ากัน",
        "ตัวเลือกที่สั้นหรือยาวผิดเพื่อนถูกเลือกหรือถูกตัดทิ้งโดยไม่ต้องอ่าน",
        "24",
        each(_uneven),
        (UNEVEN, UNEVEN_FROM),
    ),
)
