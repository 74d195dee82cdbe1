"""Panel: what must be mended in plans that people try to hand in, week by week: whether the rules are used at work (km.6).

Counts of the desk in, the traits of a PlanTable out. Errors an attempt, never a mark: one who tries often is not the worse for it.
Pure; knows no rule.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from cps_training.apps.session import Session
from cps_training.thai_text import show_date

MOST_WEEKS = 4
"""How many weeks with attempts are shown, the latest last."""
MOST_RULES = 3

PATH = "/plan"
Row = dict[str, Any]


def table(session: Session, told: Row) -> Row:
    """The traits of a PlanTable. told: the desk's answer to PlanErrors; people with the most errors an attempt in their last week first."""
    _ = session
    weeks = sorted({week["week"] for person in told["people"] for week in person["weeks"]})[-MOST_WEEKS:]
    people = sorted(told["people"], key=lambda one: (-_rate(one["weeks"][-1]), one["name"]))
    titles = {rule["rule"]: session.local(rule["title"]) for rule in told["rules"]}
    often = [f"{titles[one['rule']]} ({one['n']})" for one in told["rules"][:MOST_RULES]]
    n = sum(week["tries"] for person in told["people"] for week in person["weeks"])
    return {
        "heading": _("ข้อที่ต้องแก้ในแผน"),
        "intro": _("นับจากทุกครั้งที่ส่งขออนุญาตหรือส่งรายงาน รวมครั้งที่ยังส่งไม่ผ่าน ใช้ดูว่านำความรู้ไปใช้กับงานจริงเพียงใด"),
        "columns": [
            *({"name": week, "label": _("สัปดาห์ %(day)s") % {"day": _day(session, week)}} for week in weeks),
            {"name": "often", "label": _("พบบ่อย")},
        ],
        "rows": [_row(session, person, weeks, titles) for person in people],
        "summary": _("ส่งทั้งหมด %(n)s ครั้ง ข้อที่ต้องแก้บ่อยที่สุด: %(rules)s") % {"n": n, "rules": " · ".join(often)}
        if often
        else "",
        "empty": _("ยังไม่มีใครส่งแผน เมื่อมีการส่งขออนุญาตหรือรายงาน จำนวนข้อที่ต้องแก้ของแต่ละคนจะแสดงที่นี่"),
        "locale": session.locale,
    }


def _row(session: Session, person: Row, weeks: list[str], titles: dict[str, str]) -> Row:
    _ = session
    by_week = {week["week"]: week for week in person["weeks"]}
    often = sorted(person["rules"], key=lambda rule: (-person["rules"][rule], rule))[:MOST_RULES]
    two = [_rate(week) for week in person["weeks"][-2:]]
    is_worse = len(two) == 2 and two[1] > two[0]
    rules = " · ".join(f"{titles[rule]} ({person['rules'][rule]})" for rule in often)
    return {
        "id": person["person_id"],
        "title": person["name"],
        "line": person["unit"],
        "cells": {
            **{week: _cell(session, by_week.get(week)) for week in weeks},
            "often": {"text": rules or "–", "kind": "none"},
        },
        "gap": _("สัปดาห์ล่าสุดต้องแก้ต่อครั้งมากกว่าสัปดาห์ก่อน") if is_worse else None,
        "action": {"id": "", "label": _("เปิดแผนล่าสุด"), "href": f"{PATH}?plan={person['plans'][-1]}"},
    }


def _cell(session: Session, week: Row | None) -> Row:
    if week is None:
        return {"text": session("ไม่ได้ส่ง"), "kind": "none"}
    if not week["errors"]:
        return {"text": session("ส่ง %(n)s ครั้ง ไม่มีข้อต้องแก้") % {"n": week["tries"]}, "kind": "done"}
    text = session("ต้องแก้ %(errors)s ข้อ จาก %(n)s ครั้ง") % {"errors": week["errors"], "n": week["tries"]}
    return {"text": text, "kind": "wait"}


def _rate(week: Row) -> float:
    """Errors an attempt."""
    return float(week["errors"]) / int(week["tries"])


def _day(session: Session, iso: str) -> str:
    return show_date(date.fromisoformat(iso), session.locale)
