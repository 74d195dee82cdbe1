"""What the page of item statistics says: its sections in order, what filters them, and the rule behind every figure."""

from __future__ import annotations

from typing import Any

from cps_training.analytics.withheld import (
    MIN_2PL,
    MIN_CLASS,
    MIN_CORRELATION,
    MIN_FACILITY,
    MIN_PAIRS,
    MIN_RELIABILITY,
)
from cps_training.apps.panels import item_entries as entries
from cps_training.apps.panels import item_forms as forms
from cps_training.apps.panels.item_figures import EASY, HARD, WEAK, Figures
from cps_training.apps.panels.item_said import decimal
from cps_training.apps.rich import rich
from cps_training.apps.session import Session

Row = dict[str, Any]

HARDEST = 8
"""Clauses shown before the items: what a trainer can take up in one session."""


def traits(session: Session, computed: Figures) -> dict[str, Any]:
    """Traits of an ItemTable."""
    _, firsts = session, computed.firsts
    is_empty = firsts is None or not computed.items
    intro = ""
    if firsts is not None and not is_empty:
        intro = _("จากคำตอบครั้งแรก %(n)s คำตอบของ %(people)s คน ไม่แสดงว่าใครตอบอะไร") % {
            "n": f"{len(firsts.item):,}",
            "people": len(firsts.people),
        }
    return {
        "table": {
            "heading": _("วิเคราะห์ข้อสอบ"),
            "intro": intro,
            "empty": _("ข้อมูลยังไม่พอ ยังไม่มีใครตอบข้อสอบ เมื่อมีผู้ทำบทเรียนหรือแบบทดสอบ ตัวเลขจะแสดงที่นี่"),
            "empty_action": {"label": _("ไปหน้าความก้าวหน้า"), "href": "/progress"},
            "sections": [] if is_empty else _sections(_, computed),
            "rules": _rules(_),
            "rule": {"title": _("เกณฑ์ที่ใช้"), "rows": _rule(_)},
        },
        "labels": {
            "form": _("ชุดข้อสอบ"),
            "clause": _("ข้อของคู่มือ"),
            "everything": _("ทั้งหมด"),
            "count": _("แสดง {n} ข้อ"),
            "none": _("ไม่มีข้อสอบตามที่เลือก โปรดเลือกใหม่"),
            "more": _("แสดงอีก {n} รายการ"),
            "rule": _("คิดอย่างไร"),
        },
        "locale": _.locale,
    }


def _sections(session: Session, computed: Figures) -> list[Row]:
    _, analysis = session, computed.analysis
    assert analysis is not None
    fixed = [name for name in analysis.forms.index if computed.forms[name]["is_fixed"]]
    exams_first = sorted(fixed, key=lambda name: (computed.forms[name]["is_practice"], name))
    found = [
        {
            "id": "clauses",
            "title": _("ข้อของคู่มือที่คนทำได้น้อยที่สุด"),
            "intro": _("รวมข้อสอบทุกข้อที่อ้างถึงข้อนั้น แสดงไม่เกิน %(n)s ข้อ เรียงจากที่ได้คะแนนน้อยที่สุด") % {"n": HARDEST},
            "entries": [entries.clause(_, computed, one) for one in computed.clauses[:HARDEST]],
        },
        {
            "id": "items",
            "title": _("ข้อสอบทีละข้อ"),
            "intro": _("ข้อที่ควรดูก่อนอยู่บนสุด เปิดแต่ละข้อเพื่อดูว่ามีกี่คนเลือกคำตอบใด และตัวเลขมาจากไหน"),
            "filters": _filters(_, computed),
            "entries": [entries.item(_, computed, pair) for pair in computed.items],
        },
        {
            "id": "forms",
            "title": _("คะแนนของแต่ละชุดเชื่อได้เพียงใด"),
            "intro": _("ชุดสอบก่อน แล้วจึงชุดฝึก"),
            "entries": [forms.form(_, computed, name) for name in exams_first],
        },
        {
            "id": "gains",
            "title": _("ก่อนเรียนกับหลังเรียน"),
            "intro": _("เฉพาะผู้ที่ทำทั้งสองชุดตามลำดับ ตัวเลขบอกว่าเพิ่มเท่าใด ไม่ได้บอกว่าเพิ่มเพราะอะไร"),
            "entries": [forms.gain(_, computed, one) for one in computed.pairs],
        },
    ]
    return [section for section in found if section["entries"]]


def _filters(session: Session, computed: Figures) -> list[Row]:
    """By form, then by clause in the order of the handbook's ids; only what some item has."""
    met = {group.name for pair in computed.items for group in computed.by_form.get(pair, ())}
    clauses = {one["id"]: one for pair in computed.items for one in computed.facts[pair]["clauses"]}
    return [
        {
            "id": "forms",
            "label": "form",
            "options": [{"id": name, "label": session.local(computed.forms[name]["title"])} for name in sorted(met)],
        },
        {
            "id": "clauses",
            "label": "clause",
            "options": [
                {"id": one["id"], "label": f"{session.local(one['label'])} {session.local(one['title'])}"}
                for one in sorted(clauses.values(), key=lambda one: _in_order(one["id"]))
            ],
        },
    ]


def _in_order(clause_id: str) -> tuple[str, list[int]]:
    section, _dot, rest = clause_id.partition(".")
    return section, [int(part) for part in rest.split(".") if part.isdigit()]


# Rules ------------------------------------------------------------------------------------------------------------


def _rules(session: Session) -> dict[str, Any]:
    """What is told beside each figure's rows: how it is computed, from how many on, and by whom."""
    _ = session
    return {
        "facility": rich(
            _("คะแนนรวมของคำตอบครั้งแรก หารด้วยคะแนนเต็มรวม ข้อที่เว้นว่างในชุดสอบได้ศูนย์ แสดงเมื่อมีตั้งแต่ %(n)s คน"),
            n=str(MIN_FACILITY),
        ),
        "discrimination": rich(
            _(
                "สหสัมพันธ์ของคะแนนข้อนี้กับคะแนนข้ออื่นในการทำครั้งเดียวกัน มีค่าตั้งแต่ −1 ถึง 1 ใกล้ศูนย์คือข้อนี้ไม่ช่วยแยกผู้รู้กับผู้ไม่รู้ ต่ำกว่าศูนย์มักเป็นเพราะเฉลยผิด ต่ำกว่า %(weak)s ถือว่าน้อย (%(source)s) แสดงเมื่อมีตั้งแต่ %(n)s คน"
            ),
            weak=decimal(WEAK),
            source="Ebel & Frisbie 1991",
            n=str(MIN_CORRELATION),
        ),
        "guess": rich(
            _(
                "คะแนนเฉลี่ยของผู้ที่เลือกโดยไม่อ่านโจทย์ ส่วนที่เหนือการเดาคือคะแนนที่ได้ลบด้วยการเดา หารด้วยหนึ่งลบการเดา แสดงเมื่อมีตั้งแต่ %(n)s คน"
            ),
            n=str(MIN_FACILITY),
        ),
        "model": rich(
            _(
                "โอกาสตอบถูกตามความสามารถของผู้ตอบ ความยากคือระดับความสามารถที่มีโอกาสตอบถูกครึ่งหนึ่ง โดย 0 คือค่ากลางของผู้ตอบ ความชันคือข้อนี้แยกคนได้คมเพียงใด ประมาณด้วยภาวะน่าจะเป็นสูงสุด (%(source)s) แสดงเมื่อมีตั้งแต่ %(n)s คน"
            ),
            source="Bock & Aitkin 1981",
            n=str(MIN_2PL),
        ),
        "answers": rich(
            _(
                "นับคำตอบครั้งแรกของแต่ละคน คำตอบที่ถูกควรเป็นของคนที่ได้คะแนนข้ออื่นมาก คำตอบลวงที่ดีเป็นของคนที่ได้คะแนนข้ออื่นน้อย คำตอบลวงที่ไม่มีใครเลือกไม่ได้ลวงใคร คะแนนข้ออื่นแสดงเมื่อมีผู้เลือกตั้งแต่ %(n)s คน"
            ),
            n=str(MIN_CLASS),
        ),
        "clause": rich(
            _("คะแนนเฉลี่ยของคำตอบครั้งแรกทั้งหมด ในข้อสอบทุกข้อที่อ้างถึงข้อนี้ของคู่มือ แสดงเมื่อมีตั้งแต่ %(n)s คน"),
            n=str(MIN_FACILITY),
        ),
        "alpha": rich(
            _(
                "สัมประสิทธิ์แอลฟาของผู้ที่ทำข้อชุดเดียวกันครบ (%(source)s) เทียบระหว่างกลุ่มควรได้ตั้งแต่ 0.7 ตัดสินรายคนควรได้ตั้งแต่ 0.8 โปรดดูช่วงความเชื่อมั่นร้อยละ 95 ก่อน แสดงเมื่อมีตั้งแต่ %(n)s คน น้ำหนักจริงบอกว่าข้อใดตัดสินคะแนนรวมมากน้อยเพียงใด"
            ),
            source="Cronbach 1951; Feldt 1965",
            n=str(MIN_RELIABILITY),
        ),
        "sem": rich(
            _(
                "ส่วนเบี่ยงเบนมาตรฐานของคะแนน คูณรากที่สองของหนึ่งลบความเที่ยง (%(source)s) สองในสามครั้ง คะแนนของคนหนึ่งห่างจากระดับจริงไม่เกินค่านี้ แสดงเมื่อมีตั้งแต่ %(n)s คน"
            ),
            source="Lord & Novick 1968",
            n=str(MIN_RELIABILITY),
        ),
        "gain": rich(
            _(
                "ค่าเฉลี่ยหลังลบค่าเฉลี่ยก่อน หารด้วยส่วนที่ยังเพิ่มได้ (%(source)s) ติดลบได้ แสดงเมื่อมีผู้ทำทั้งสองชุดตั้งแต่ %(n)s คน เรียงตามคะแนนก่อนเรียน ไม่แสดงชื่อ"
            ),
            source="Hake 1998",
            n=str(MIN_PAIRS),
        ),
        "effect": rich(
            _(
                "ผลต่างของค่าเฉลี่ยหารด้วยส่วนเบี่ยงเบนมาตรฐานของผู้ตอบ ปรับสำหรับกลุ่มเล็ก (ค่า g ของ %(source)s) ถ้าได้ 1 คือต่างกันหนึ่งส่วนเบี่ยงเบน แสดงเมื่อมีตั้งแต่ %(n)s คน"
            ),
            source="Hedges 1981",
            n=str(MIN_PAIRS),
        ),
    }


def _rule(session: Session) -> list[Row]:
    _ = session
    shares = {"hard": round(100 * HARD), "easy": round(100 * EASY)}
    return [
        {
            "label": _("คำตอบที่นับ"),
            "value": _(
                "คำตอบครั้งแรกของแต่ละคนต่อข้อเท่านั้น ไม่ว่าจะพบในบทเรียนหรือชุดใด เพราะเมื่อพบซ้ำก็รู้ข้อนั้นแล้ว บัญชีที่รวมกันนับเป็นคนเดียว"
            ),
        },
        {
            "label": _("ข้อที่แก้ไขแล้ว"),
            "value": _("นับแยกเป็นคนละข้อ คำตอบที่ตรวจให้คะแนนใหม่นับกับฉบับที่ใช้ตรวจ"),
        },
        {
            "label": _("ชุดฝึกและบทเรียน"),
            "value": _("ข้อที่เว้นไว้ไม่นับ เพราะเปิดดูเฉย ๆ ได้ ชุดสอบที่ยังไม่ส่งยังไม่นับ แบบสำรวจไม่นับ"),
        },
        {
            "label": _("ลำดับของข้อสอบ"),
            "value": _(
                "อำนาจจำแนกติดลบ ไม่ดีกว่าการเดา ได้คะแนนไม่ถึงร้อยละ %(hard)s แยกผู้รู้ได้น้อย ได้คะแนนตั้งแต่ร้อยละ %(easy)s แล้วจึงข้ออื่น ข้อที่ข้อมูลยังไม่พออยู่ท้าย"
            )
            % shares,
        },
        {
            "label": _("ความเป็นส่วนตัว"),
            "value": _("หน้านี้ไม่รู้ว่าใครตอบอะไร ตัวเลขจากคนจำนวนน้อยไม่แสดง และไม่มีข้อความของข้อเขียน"),
        },
    ]
