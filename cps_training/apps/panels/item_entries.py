"""Entries of the page of item statistics: an item or a clause, each figure with the rows it was made from (item_forms has the others).

An entry: {id, title, by: [text of the handbook …], tag, cells: [{label, text, note, is_few}], figures: [{id, label, text, rule, columns,
rows}], forms, clauses}; rule names one of item_words.RULES.
"""

from __future__ import annotations

from typing import Any

from cps_training.analytics.curves import item_curves
from cps_training.analytics.distractors import BLANK
from cps_training.analytics.withheld import (
    MIN_2PL,
    MIN_2PL_ITEMS,
    MIN_CLASS,
    MIN_CORRELATION,
    MIN_FACILITY,
)
from cps_training.apps.panels.item_figures import ClauseFigure, Figures, Pair
from cps_training.apps.panels.item_said import (
    answer_words,
    cell,
    decimal,
    heads,
    is_told,
    percent,
    share_or_few,
    too_few,
)
from cps_training.apps.session import Session
from cps_training.i18n import mark

Row = dict[str, Any]

TAGS = {
    "negative": (mark("คนที่ทำข้ออื่นได้ดีกลับทำข้อนี้ไม่ได้ โปรดตรวจเฉลย"), "bad"),
    "chance": (mark("ไม่ดีกว่าการเดา"), "bad"),
    "hard": (mark("ยาก"), "due"),
    "weak": (mark("แยกผู้รู้กับผู้ไม่รู้ได้น้อย"), "due"),
    "easy": (mark("ง่ายมาก"), "plain"),
    "few": (mark("ข้อมูลยังไม่พอ"), "plain"),
}
STRENGTHS = {"low": mark("กลุ่มที่ได้คะแนนข้ออื่นน้อย"), "middle": mark("กลุ่มกลาง"), "high": mark("กลุ่มที่ได้คะแนนข้ออื่นมาก")}
NOT_FITTED = {
    "no-spread": mark("ทุกคนทำได้เหมือนกัน จึงประมาณค่าไม่ได้"),
    "at-bound": mark("ข้อมูลไม่พอให้ประมาณค่าได้แน่นอน"),
    "not-converged": mark("การคำนวณไม่ลู่เข้า"),
}
ABILITIES = (-1.0, 0.0, 1.0)
ABILITY_WORDS = (mark("อ่อนกว่าค่ากลาง 1 ส่วนเบี่ยงเบน"), mark("เท่าค่ากลาง"), mark("เก่งกว่าค่ากลาง 1 ส่วนเบี่ยงเบน"))
ALONE = "\n"
"""Stands for the classes that one person gave; no item type writes a class so."""
NO_SPREAD = mark("ทุกคนได้คะแนนเท่ากัน จึงคำนวณไม่ได้")


# Items ------------------------------------------------------------------------------------------------------------


def item(session: Session, computed: Figures, pair: Pair) -> Row:
    """One scored item version."""
    _, fact, groups = session, computed.facts[pair], computed.by_form.get(pair, ())
    row = computed.rows[pair]
    by = [session.local(clause["label"]) for clause in fact["clauses"]]
    figures = [
        _facility(_, computed, pair, row),
        _discrimination(_, computed, pair, row),
        _guess(_, row),
        _model(_, computed, pair, row),
        _answers(_, computed, pair, row),
    ]
    word = computed.attention(pair)
    tag = {"text": _(TAGS[word][0]), "kind": TAGS[word][1]} if word in TAGS else None
    return {
        "id": f"{pair[0]}:{pair[1]}",
        "title": fact["title"],
        "by": by,
        "cited": [_cited(session, clause) for clause in fact["clauses"]],
        "tag": tag,
        "old": "" if fact["is_current"] else _("ฉบับเดิมของข้อนี้ ก่อนแก้ไข"),
        "cells": [figure.pop("cell") for figure in figures if "cell" in figure],
        "figures": figures,
        "forms": [group.name for group in groups],
        "clauses": [clause["id"] for clause in fact["clauses"]],
    }


def _facility(session: Session, computed: Figures, pair: Pair, row: Row) -> Row:
    _, known = session, is_told(row["facility"])
    waiting = int(row["n_waiting"])
    rows = [
        [
            {"own": _.local(computed.forms[group.name]["title"])},
            heads(_, group.n),
            share_or_few(_, group.facility, MIN_FACILITY),
        ]
        for group in computed.by_form.get(pair, ())
    ]
    if waiting:
        rows.append([_("รอตรวจ ยังไม่นับ"), heads(_, waiting), "–"])
    text = percent(_, row["facility"]) if known else too_few(_, MIN_FACILITY)
    label = _("ได้คะแนน")
    return {
        "id": "facility",
        "label": label,
        "text": f"{text} · {heads(_, row['n'])}",
        "rule": "facility",
        "columns": [_("พบข้อนี้ครั้งแรกใน"), _("จำนวนคน"), label],
        "rows": rows,
        "cell": cell(_, label, text, row["n"], needed=None if known else MIN_FACILITY),
    }


def _discrimination(session: Session, computed: Figures, pair: Pair, row: Row) -> Row:
    _, n, known = session, row["n_discrimination"], is_told(row["discrimination"])
    n = int(n) if is_told(n) else 0
    few = n < MIN_CORRELATION
    text = decimal(row["discrimination"]) if known else too_few(_, MIN_CORRELATION) if few else _(NO_SPREAD)
    label = _("อำนาจจำแนก")
    return {
        "id": "discrimination",
        "label": label,
        "text": f"{text} · {heads(_, n)}",
        "rule": "discrimination",
        "columns": [_("กลุ่ม"), _("จำนวนคน"), _("ได้คะแนนข้อนี้")],
        "rows": [
            [_(STRENGTHS[group.name]), heads(_, group.n), share_or_few(_, group.facility, MIN_CLASS)]
            for group in computed.by_strength(pair)
        ],
        "cell": cell(_, label, text if known else "–", n, needed=MIN_CORRELATION if few else None),
    }


def _guess(session: Session, row: Row) -> Row:
    _, label, above = session, session("เดาล้วนได้"), row["above_guess"]
    return {
        "id": "guess",
        "label": label,
        "text": percent(_, row["guess"]),
        "rule": "guess",
        "columns": [_("รายการ"), _("ค่า")],
        "rows": [
            [_("ผู้ที่เดาล้วนได้คะแนน"), percent(_, row["guess"])],
            [_("ผู้ตอบได้คะแนน"), share_or_few(_, row["facility"], MIN_FACILITY)],
            [_("ส่วนที่เหนือการเดา"), share_or_few(_, above, MIN_FACILITY)],
        ],
        "cell": {"label": label, "text": percent(_, row["guess"]), "note": "", "is_few": False},
    }


def _model(session: Session, computed: Figures, pair: Pair, row: Row) -> Row:
    """The two parameters, told from MIN_2PL responses; among the figures of the line only where there are some."""
    _, status, n = session, str(row["status"]), int(row["n_2pl"])
    rows = []
    if status == "fitted":
        text = _("ความยาก %(b)s (±%(se_b)s) ความชัน %(a)s (±%(se_a)s)") % {
            name: decimal(row[name]) for name in ("a", "b", "se_a", "se_b")
        }
        assert computed.analysis is not None
        curve = item_curves(computed.analysis.items.loc[[pair]], abilities=list(ABILITIES))[pair]
        rows = [[_(word), percent(_, curve.loc[at])] for at, word in zip(ABILITIES, ABILITY_WORDS, strict=True)]
    elif status in NOT_FITTED:
        text = _(NOT_FITTED[status])
    else:
        text = _("ข้อมูลยังไม่พอ ต้องมี %(n)s คนต่อข้อ และอย่างน้อย %(items)s ข้อ") % {"n": MIN_2PL, "items": MIN_2PL_ITEMS}
    figure: Row = {
        "id": "model",
        "label": _("แบบจำลองสองพารามิเตอร์"),
        "text": f"{text} · {heads(_, n)}",
        "rule": "model",
        "columns": [_("ความสามารถของผู้ตอบ"), _("โอกาสตอบถูก")],
        "rows": rows,
    }
    if status == "fitted":
        figure["cell"] = cell(_, _("ความยาก · ความชัน"), f"{decimal(row['b'])} · {decimal(row['a'])}", n)
    return figure


def _answers(session: Session, computed: Figures, pair: Pair, row: Row) -> Row:
    """Who chose what; nothing below MIN_FACILITY people."""
    _, fact = session, computed.facts[pair]
    figure = {"id": "answers", "label": _("ตัวเลือกและคำตอบ"), "rule": "answers", "columns": [], "rows": []}
    if fact["type"] == "essay":
        return figure | {"text": _("ข้อเขียนไม่มีตารางคำตอบ")}
    n = int(row["n"])
    if n < MIN_FACILITY:
        return figure | {"text": f"{too_few(_, MIN_FACILITY)} · {heads(_, n)}"}
    shown = _gathered(computed.answers[pair], set(fact["choices"]))
    has_r = any(is_told(one["discrimination"]) for one in shown)
    columns = [_("คำตอบ"), _("จำนวนคน"), _("ได้คะแนน"), _("ได้คะแนนข้ออื่น"), *([_("อำนาจจำแนก")] if has_r else [])]
    few = "" if n >= MIN_CORRELATION else _("อำนาจจำแนกของคำตอบต้องมี %(n)s คน") % {"n": MIN_CORRELATION}
    return figure | {
        "text": " · ".join(filter(None, (heads(_, n), few))),
        "columns": columns,
        "rows": [_answer(_, fact, one)[: len(columns)] for one in shown],
    }


def _gathered(rows: list[Row], listed: set[str]) -> list[Row]:
    """Answers that one person gave, of items whose answers cannot be listed, as one row: twelve lone orders tell nothing."""
    alone = [one for one in rows if one["n"] == 1 and one["response_class"] not in (*listed, BLANK)]
    if len(alone) < 2:
        return rows
    together = alone[0] | {
        "response_class": ALONE,
        "n": len(alone),
        "share": sum(one["share"] for one in alone),
        "fraction": sum(one["fraction"] for one in alone) / len(alone),
        "rest": None,
        "discrimination": None,
    }
    return [*(one for one in rows if all(one is not other for other in alone)), together]


def _answer(session: Session, fact: Row, one: Row) -> list[Any]:
    _ = session
    rest = "–" if one["n"] == 0 or one["response_class"] == ALONE else share_or_few(_, one["rest"], MIN_CLASS)
    return [
        _("คำตอบอื่นที่มีผู้ตอบเพียงคนเดียว")
        if one["response_class"] == ALONE
        else answer_words(_, fact, one["response_class"]),
        f"{heads(_, one['n'])} ({percent(_, one['share'])})",
        percent(_, one["fraction"]) if is_told(one["fraction"]) else "–",
        rest,
        decimal(one["discrimination"]) if is_told(one["discrimination"]) else "–",
    ]


# Clauses --------------------------------------------------------------------------------------------------------


def _cited(session: Session, told: Row) -> Row:
    return {"id": told["id"], "label": session.local(told["label"]), "title": session.local(told["title"])}


def clause(session: Session, computed: Figures, one: ClauseFigure) -> Row:
    """One clause over all its items."""
    _ = session
    known, label = is_told(one.facility), session("ได้คะแนน")
    text = percent(_, one.facility) if known else too_few(_, MIN_FACILITY)
    rows = [
        [
            {"own": computed.facts[pair]["title"]},
            heads(_, computed.rows[pair]["n"]),
            share_or_few(_, computed.rows[pair]["facility"], MIN_FACILITY),
        ]
        for pair in one.items
    ]
    counts = _("%(n)s คำตอบ จาก %(people)s คน") % {"n": one.n, "people": one.n_people}
    return {
        "id": one.clause["id"],
        "title": _.local(one.clause["title"]),
        "by": [_.local(one.clause["label"])],
        "cited": [_cited(_, one.clause)],
        "tag": None,
        "old": "",
        "cells": [cell(_, label, text, one.n_people, needed=None if known else MIN_FACILITY)],
        "figures": [
            {
                "id": "clause",
                "label": label,
                "text": f"{text} · {counts}",
                "rule": "clause",
                "columns": [_("ข้อสอบ"), _("จำนวนคน"), label],
                "rows": rows,
            }
        ],
    }
