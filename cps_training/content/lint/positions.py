"""Where authors put the key. Learners see options in their own order; paper and an author's habit do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from cps_training.content.lint.base import Flaw, Rule, Threshold, options_of
from cps_training.items.base import ItemBase
from cps_training.items.true_false import VERDICTS, TrueFalse

LEAST = Threshold("LEAST", 0.5, "ตำแหน่งหนึ่งมีคำตอบไม่ถึงครึ่งของส่วนเฉลี่ย คือผู้เขียนหลีกเลี่ยงตำแหน่งนั้น")
MOST = Threshold("MOST", 1.5, "ตำแหน่งหนึ่งมีคำตอบเกินหนึ่งเท่าครึ่งของส่วนเฉลี่ย คือเดาตำแหน่งเดียวแล้วได้เกินเดา")
FAIR_FROM = Threshold("FAIR_FROM", 3, "ส่วนเฉลี่ยต่ำกว่า 3 ข้อต่อตำแหน่ง ความบังเอิญทำให้ไม่เท่ากันได้เอง")


def _uneven(items: Sequence[ItemBase]) -> Iterator[Flaw]:
    positions: Counter[int] = Counter()
    fair: dict[int, float] = {}
    for item in items:
        for options in options_of(item):
            if options.key is None or options.words:
                continue
            positions[options.key] += 1
            for position in range(len(options.texts)):
                fair[position] = fair.get(position, 0.0) + 1 / len(options.texts)
    for position, share in fair.items():
        if share >= FAIR_FROM.value and not share * LEAST.value <= positions[position] <= share * MOST.value:
            do = "ย้ายคำตอบบางข้อไปตำแหน่งอื่น" if positions[position] > share else "ย้ายคำตอบบางข้อมาที่ตำแหน่งนี้"
            yield Flaw(
                None,
                ("items",),
                f"คำตอบอยู่ที่ตัวเลือกที่ {position + 1} จำนวน {positions[position]} ข้อ (ส่วนเฉลี่ย {share:.1f} ข้อ) ให้{do}",
            )
    verdicts = Counter(item.right_verdict for item in items if isinstance(item, TrueFalse))
    fair_share = verdicts.total() / 2
    for verdict, text in VERDICTS.items():
        if fair_share >= FAIR_FROM.value and verdicts[verdict] > fair_share * MOST.value:
            yield Flaw(
                None,
                ("items",),
                f"ข้อถูก–ผิดตอบ “{text}” {verdicts[verdict]} จาก {verdicts.total()} ข้อ ให้เขียนข้อความที่ตอบอีกทางเพิ่ม",
            )


RULES = (
    Rule(
        "L09",
        "คำตอบอยู่ตำแหน่งเดิมบ่อย",
        "บนกระดาษ และเมื่อผู้อื่นนำคลังไปใช้ ลำดับที่เขียนคือลำดับที่เห็น ผู้ตอบจึงเดาจากตำแหน่งได้",
        "20",
        _uneven,
        (LEAST, MOST, FAIR_FROM),
        "bank",
    ),
)
