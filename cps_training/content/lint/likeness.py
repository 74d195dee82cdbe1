"""Items that are not independent: nearly the same item twice, and an item whose stem gives another one's answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from cps_training.content.lint.base import Flaw, Rule, Threshold, options_of
from cps_training.content.lint.measures import grams, width
from cps_training.items.base import ItemBase, LinedItem
from cps_training.items.cloze import Cloze
from cps_training.items.pairing import PairingItem
from cps_training.items.short_text import ShortTextItem
from cps_training.items.wording import key_of

TOO_LIKE = Threshold("TOO_LIKE", 0.5, "ครึ่งหนึ่งของช่วงสามตัวอักษรเหมือนกัน คู่ที่ใกล้กันที่สุดในคลังที่มากับชุดฝึกอยู่ที่ 0.36")
LIKE_FROM = Threshold("LIKE_FROM", 40, "ข้อความสั้นกว่านี้เหมือนกันได้ด้วยคำถามสำเร็จรูป")
CUE_LETTERS = Threshold("CUE_LETTERS", 20, "สั้นกว่านี้เป็นชื่อตำแหน่งหรือชื่อเอกสารที่ทุกข้อต้องใช้")
CUE_SHARE = Threshold("CUE_SHARE", 2 / 3, "สองในสามของคำตอบอ่านได้จากโจทย์ข้ออื่น")


def _whole(item: ItemBase) -> str:
    """What a learner reads of an item."""
    parts = [item.stem]
    if isinstance(item, LinedItem):
        parts += [line.text for line in item.lines]
    elif isinstance(item, PairingItem):
        parts += [row.text for row in item.rows] + [target.text for target in item.targets]
    elif isinstance(item, Cloze):
        parts.append(item.passage)
    else:
        parts += [text for options in options_of(item) for text in options.texts]
    return " ".join(parts)


def _too_like(items: Sequence[ItemBase]) -> Iterator[Flaw]:
    """Every pair: each run of letters is a bit, so that two items share as many runs as their numbers share bits."""
    bits: dict[str, int] = {}
    masks: list[tuple[int, int, int]] = []
    for second, item in enumerate(items):
        text = _whole(item)
        if width(text) < LIKE_FROM.value:
            continue
        runs = grams(text)
        mask = 0
        for run in runs:
            mask |= 1 << bits.setdefault(run, len(bits))
        n = len(runs)
        for first, other, m in masks:
            if min(n, m) < TOO_LIKE.value * max(n, m):
                continue  # too different in length to be alike
            both = (mask & other).bit_count()
            if both >= TOO_LIKE.value * (n + m - both):
                yield Flaw(
                    second,
                    ("stem",),
                    f"ข้อนี้เหมือนข้อ “{items[first].id}” ร้อยละ {both * 100 / (n + m - both):.0f} "
                    "ให้เปลี่ยนสถานการณ์และตัวเลือก หรือเหลือข้อเดียว",
                )
        masks.append((second, mask, n))


def _keys(item: ItemBase) -> Iterator[tuple[str, str]]:
    """(key as compared, what the item itself shows of it besides)."""
    for options in options_of(item):
        if options.words:
            continue  # entries of a drop-down are names, which many stems must say
        rest = key_of(" ".join([item.stem, *(options.texts[number] for number in options.wrong)]))
        for number in sorted(options.right):
            yield key_of(options.texts[number]), rest
    if isinstance(item, ShortTextItem):
        yield key_of(item.accepted[0]), key_of(item.stem)


def _cues(items: Sequence[ItemBase]) -> Iterator[Flaw]:
    n = int(CUE_LETTERS.value)
    having: dict[str, set[int]] = {}
    stems = [key_of(item.stem) for item in items]
    for number, stem in enumerate(stems):
        for run in grams(stem, n):
            having.setdefault(run, set()).add(number)
    for number, item in enumerate(items):
        told: set[int] = set()
        for key, rest in _keys(item):
            least = max(n, ceil(len(key) * CUE_SHARE.value))
            near = {other for start in range(len(key) - n + 1) for other in having.get(key[start : start + n], ())}
            for other in sorted(near - told - {number}):
                if cue := _longest_shared(key, stems[other], least, rest):
                    told.add(other)
                    yield Flaw(
                        other,
                        ("stem",),
                        f"โจทย์มีคำตอบของข้อ “{item.id}” (“{cue}”) ให้เรียบเรียงโจทย์นี้ใหม่ หรือแยกสองข้อไว้คนละชุด",
                    )


def _longest_shared(key: str, stem: str, least: int, rest: str) -> str:
    """The longest run of a key, of `least` letters or more, that stands in a stem and nowhere else in its own item."""
    for n in range(len(key), least - 1, -1):
        for start in range(len(key) - n + 1):
            run = key[start : start + n]
            if run in stem and run not in rest:
                return run
    return ""


RULES = (
    Rule(
        "L13",
        "ข้อคล้ายกันเกินไป",
        "สองข้อที่เกือบเหมือนกันวัดเรื่องเดียวซ้ำ และข้อหนึ่งบอกคำตอบของอีกข้อ",
        "4",
        _too_like,
        (TOO_LIKE, LIKE_FROM),
        "all",
    ),
    Rule(
        "L14",
        "โจทย์ข้อหนึ่งบอกคำตอบของอีกข้อ",
        "ผู้ตอบย้อนกลับไปแก้คำตอบได้จากโจทย์ข้ออื่น โดยไม่ต้องรู้",
        "4",
        _cues,
        (CUE_LETTERS, CUE_SHARE),
        "all",
    ),
)
