"""Entries of the page of item statistics: a form and what its score is worth, a pair of forms and what was gained between them.

An entry is what item_entries says.
"""

from __future__ import annotations

from typing import Any

from cps_training.analytics.withheld import MIN_CORRELATION, MIN_PAIRS, MIN_RELIABILITY
from cps_training.apps.panels.item_entries import NO_SPREAD
from cps_training.apps.panels.item_figures import Figures, PairFigure
from cps_training.apps.panels.item_said import cell, decimal, heads, is_told, percent, share_or_few, too_few
from cps_training.apps.session import Session

Row = dict[str, Any]


def form(session: Session, computed: Figures, form_id: str) -> Row:
    """How far the score of one form can be relied on."""
    _ = session
    assert computed.analysis is not None
    row: Any = computed.analysis.forms.loc[form_id]
    n, known = int(row["n"]), is_told(row["alpha"])
    few = MIN_RELIABILITY if n < MIN_RELIABILITY else None
    alpha = decimal(row["alpha"]) if known else too_few(_, MIN_RELIABILITY) if few else _("คำนวณไม่ได้")
    between = (
        _("ช่วง %(low)s ถึง %(high)s") % {"low": decimal(row["lower"]), "high": decimal(row["upper"])} if known else ""
    )
    sem = percent(_, row["sem"]) if is_told(row["sem"]) else alpha
    counted = _("%(n)s คน %(items)s ข้อ") % {"n": n, "items": int(row["n_items"])}
    if row["n_other"]:
        counted += " · " + _("ทำชุดที่มีข้อต่างออกไป %(n)s ครั้ง ไม่นับ") % {"n": int(row["n_other"])}
    figures = [
        {
            "id": "alpha",
            "label": _("ความเที่ยง"),
            "text": " · ".join(filter(None, (alpha, between, counted))),
            "rule": "alpha",
            "columns": [_("ข้อสอบ"), _("น้ำหนักที่ตั้งใจ"), _("น้ำหนักจริง")],
            "rows": _weights(_, computed, form_id),
        },
        {
            "id": "sem",
            "label": _("ความคลาดเคลื่อนของคะแนน"),
            "text": f"{sem} · {counted}",
            "rule": "sem",
            "columns": [_("รายการ"), _("ค่า")],
            "rows": [
                [_("คะแนนเฉลี่ย"), share_or_few(_, row["mean"], MIN_RELIABILITY)],
                [_("ส่วนเบี่ยงเบนมาตรฐาน"), share_or_few(_, row["sd"], MIN_RELIABILITY)],
                [_("เดาล้วนทั้งชุดได้"), percent(_, row["guess"]) if is_told(row["guess"]) else "–"],
            ],
        },
    ]
    first = cell(_, _("ความเที่ยง"), alpha, n, needed=few)
    if known:
        first["note"] = f"{between} · {heads(_, n)}"
    return {
        "id": form_id,
        "title": _.local(computed.forms[form_id]["title"]),
        "by": [],
        "tag": None,
        "old": "",
        "cells": [first, cell(_, _("ความคลาดเคลื่อน"), sem, n, needed=few)],
        "figures": figures,
    }


def _weights(session: Session, computed: Figures, form_id: str) -> list[list[Any]]:
    _, analysis = session, computed.analysis
    assert analysis is not None
    rows: list[list[Any]] = []
    own: Any = analysis.weights.loc[form_id]
    for pair, row in own.iterrows():
        effective = share_or_few(_, row["effective"], MIN_CORRELATION)
        if row["is_negative"]:
            effective = _("สวนทางกับคะแนนรวม")
        rows.append([{"own": computed.facts[pair]["title"]}, percent(_, row["intended"]), effective])
    return rows


def gain(session: Session, computed: Figures, one: PairFigure) -> Row:
    """What people gained between two parallel forms."""
    _, n = session, int(one.gain["n"])
    few = MIN_PAIRS if n < MIN_PAIRS else None
    before, after = (_.local(computed.forms[name]["title"]) for name in (one.pre, one.post))
    known, effect_known = is_told(one.gain["gain"]), is_told(one.effect["g"])
    text = percent(_, one.gain["gain"]) if known else too_few(_, MIN_PAIRS) if few else _("คำนวณไม่ได้")
    effect = decimal(one.effect["g"]) if effect_known else too_few(_, MIN_PAIRS) if few else _("คำนวณไม่ได้")
    means = ""
    if is_told(one.gain["pre"]):
        means = _("เฉลี่ยก่อน %(pre)s หลัง %(post)s") % {
            "pre": percent(_, one.gain["pre"]),
            "post": percent(_, one.gain["post"]),
        }
    people = [] if few else one.people.to_dict("records")
    undefined = _("ได้เต็มตั้งแต่ก่อน")
    return {
        "id": f"{one.pre}:{one.post}",
        "title": f"{before} → {after}",
        "by": [],
        "tag": None,
        "old": "",
        "cells": [
            cell(_, _("เพิ่มขึ้น"), text, n, needed=few),
            cell(_, _("ขนาดอิทธิพล"), effect, n, needed=few),
        ],
        "figures": [
            {
                "id": "gain",
                "label": _("คะแนนที่เพิ่มขึ้น"),
                "text": " · ".join(filter(None, (text, means, heads(_, n)))),
                "rule": "gain",
                "columns": [_("ก่อน"), _("หลัง"), _("เพิ่มขึ้น")],
                "rows": [
                    [
                        percent(_, row["pre"]),
                        percent(_, row["post"]),
                        percent(_, row["gain"]) if is_told(row["gain"]) else undefined,
                    ]
                    for row in people
                ],
            },
            {
                "id": "effect",
                "label": _("ขนาดอิทธิพล"),
                "text": f"{effect} · {heads(_, n)}",
                "rule": "effect",
                "columns": [_("รายการ"), _("ค่า")],
                "rows": []
                if few
                else [
                    [_("ผลต่างของค่าเฉลี่ย"), percent(_, one.effect["difference"])],
                    [_("ส่วนเบี่ยงเบนมาตรฐาน"), percent(_, one.effect["sd"])],
                    [
                        _("สหสัมพันธ์ของก่อนกับหลัง"),
                        decimal(one.effect["correlation"]) if is_told(one.effect["correlation"]) else _(NO_SPREAD),
                    ],
                ],
            },
        ],
    }
