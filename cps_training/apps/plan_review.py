"""The last step of a plan as its widgets' traits: what was planned beside what was done, who changed what, what it is worth. Decides nothing."""

from __future__ import annotations

from typing import Any

from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.plan_findings import rows
from cps_training.apps.plan_telling import told
from cps_training.apps.plan_words import (
    EVENTS,
    FINDING_WORDS,
    SAVING,
    Path,
    day,
    moment,
    org_names,
    place,
    thing,
    visit_line,
    words,
)
from cps_training.apps.session import Session
from cps_training.i18n import mark

COLUMNS = {
    "planned": mark("วางแผน"),
    "approved": mark("ได้รับอนุญาต"),
    "performed": mark("ปฏิบัติ"),
    "reported": mark("รายงาน"),
    "followed": mark("ติดตามต่อ"),
}
CELLS = {
    "done": ("done", mark("แล้ว")),
    "waiting": ("wait", mark("รอ")),
    "gap": ("gap", mark("ขาด")),
    "none": ("none", ""),
}
NOT_YET = mark("ยังไม่ถึง")
SOURCES = {
    "nothing": mark("เริ่มแผนใหม่"),
    "template": mark("เริ่มจากแผนตั้งต้น"),
    "case": mark("เริ่มจากกระดานปัญหาของกรณีศึกษา"),
    "plan": mark("เริ่มจากแผนรอบก่อน"),
}
HISTORY_LABELS = {
    "gone": mark("เอาออก"),
    "come": mark("เพิ่ม"),
    "nothing": mark("ไม่มีข้อความ"),
    "lines_n": mark("อีก {n} ช่อง"),
    "empty": mark("ยังไม่มีการแก้ไข"),
    "conflict": mark("มีคนแก้ช่องเดียวกัน"),
    "mine": mark("ที่ฉันเขียน"),
    "theirs": mark("ที่เขาเขียน"),
    "all_mine": mark("ใช้ของฉันทั้งหมด"),
    "all_theirs": mark("ใช้ของเขาทั้งหมด"),
    "settle": mark("บันทึกตามที่เลือก"),
    "pick_one": mark("โปรดเลือกให้ครบทุกช่อง"),
    "empty_text": mark("เว้นว่าง"),
}
SCORE_LABELS = {
    "none": mark("ไม่พบสิ่งที่ต้องแก้"),
    "skipped": mark("เกณฑ์ที่ยังไม่ถึงเวลาตรวจ {n} ข้อ"),
    "criteria": mark("ประเมินสิ่งที่เกณฑ์มองไม่เห็น"),
    "criteria_intro": mark("อ่านแผนทั้งฉบับ แล้วเลือกระดับของแต่ละด้าน ประเมินตนเองก่อน วิทยากรประเมินทีหลัง"),
    "self": mark("ประเมินตนเอง"),
    "trainer": mark("วิทยากรประเมิน"),
    "not_yet": mark("ยังไม่ประเมิน"),
    "level": mark("ระดับ {n}"),
    "rate": mark("บันทึกการประเมิน"),
    "rated": mark("เลือกแล้ว {n} จาก {total} ด้าน"),
    "rate_first": mark("โปรดเลือกระดับอย่างน้อยหนึ่งด้าน"),
}


def table_state(session: Session, view: dict[str, Any]) -> dict[str, Any]:
    """The traits of a PlanTable: planned, approved, performed, reported, followed up; gaps first as the desk has them."""
    _ = session
    made = [_reconciled(session, view, one) for one in view["reconciled"]]
    gaps = sum(1 for one in made if one["gap"])
    if gaps:
        summary = _("มีช่วงที่ขาด %(n)s จาก %(total)s ครั้ง") % {"n": gaps, "total": len(made)}
    else:
        summary = _("ไม่มีช่วงที่ขาด") if made else ""
    return {
        "heading": _("ทบทวนแผนกับผล"),
        "intro": _("แต่ละครั้งเดินครบห้าขั้นหรือไม่ ครั้งที่มีช่วงขาดอยู่ก่อน"),
        "columns": [{"name": name, "label": _(label)} for name, label in COLUMNS.items()],
        "rows": made,
        "summary": summary,
        "empty": _("ยังไม่มีการเข้าให้ทบทวน"),
    }


def _reconciled(session: Session, view: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    visit = thing(view, "visits", row["visit"])
    cells = {}
    for name in COLUMNS:
        cell = row[name]
        kind, text = CELLS[cell["state"]]
        if cell["state"] == "none":
            said = session(cell["note"] or NOT_YET)
        else:
            said = " ".join(part for part in (session(text), day(session, cell["on"])) if part)
            said = f"{said} · {session(cell['note'])}" if cell["note"] else said
        cells[name] = {"text": said, "kind": kind}
    return {
        "id": row["visit"],
        "title": org_names(view, row["orgs"]),
        "line": visit_line(session, visit) if visit else "",
        "cells": cells,
        "gap": session(row["gap"]) if row["gap"] else None,
        "action": {"id": f"visit:{row['visit']}", "label": session("เปิดการเข้านี้")} if visit else None,
    }


# History ------------------------------------------------------------------------------------------------------------


def history_state(
    session: Session, view: dict[str, Any], said: dict[str, Any], conflict: dict[str, Any] | None
) -> dict[str, Any]:
    """The traits of a PlanHistory. said: the desk's answer to PlanHistory, older rows put to it as they were asked for."""
    _ = session
    return {
        "heading": _("ประวัติการแก้ไข"),
        "intro": _("ใครแก้อะไรจากอะไรเป็นอะไร ใหม่สุดอยู่ก่อน"),
        "rows": [_changed(session, view, one) for one in said["rows"]],
        "more": {"id": "older", "label": _("ดูก่อนหน้านั้น")} if said["more"] else None,
        "conflict": conflict,
        "labels": words(session, SAVING, HISTORY_LABELS),
    }


def _changed(session: Session, view: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    when = moment(session, row["at"])
    if view["mode"] == "solo":
        when = session("วันในแบบฝึก %(day)s · %(moment)s") % {"day": day(session, row["day"]), "moment": when}
    return {
        "id": str(row["seq"]),
        "who": row["by"] or session("ผู้อนุมัติจำลอง"),
        "when": when,
        "what": _what(session, view, row),
        "lines": [_line(session, view, one) for one in row["lines"]],
    }


def _what(session: Session, view: dict[str, Any], row: dict[str, Any]) -> str:
    _, detail, kind = session, row.get("detail") or {}, row["kind"]
    if kind == "begin":
        return _(SOURCES[detail["source"]["kind"]])
    if kind == "edit":
        return _("แก้ไข %(n)s ช่อง") % {"n": len(row["lines"])}
    if kind == "move":
        return f"{_(EVENTS[detail['kind']])} · {place(session, view, ('visits', detail['visit']))}"
    if kind == "try":
        gate = _("กดส่งขออนุญาต") if detail["gate"] == "request" else _("กดส่งรายงาน")
        errors = sum(detail["rules"].values())
        return " · ".join([gate, *([_("พบ %(n)s ข้อ") % {"n": errors}] if errors else [])])
    if kind == "day":
        return _("เลื่อนวันเป็น %(day)s") % {"day": day(session, detail["to"])}
    if kind == "reason":
        return _("ให้เหตุผล: %(text)s") % {"text": detail["text"]} if detail["text"] else _("เอาเหตุผลออก")
    if kind == "rate":
        return _("ประเมินแผน")
    return (_("ให้ %(name)s เขียนด้วย") if detail["on"] else _("ไม่ให้ %(name)s เขียนแล้ว")) % {"name": detail["name"]}


def _line(session: Session, view: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    at: Path = tuple(change["at"])
    return {
        "where": place(session, view, at),
        "before": told(session, view, at, change.get("before")),
        "after": told(session, view, at, change.get("after")),
    }


def conflict_state(
    session: Session, view: dict[str, Any], mine: list[dict[str, Any]], theirs: list[dict[str, Any]]
) -> dict[str, Any]:
    """The trait `conflict`: what somebody else wrote in the fields one was writing in. mine: one's changes; theirs: as the desk refused."""
    wrote = {tuple(one["at"]): one for one in mine}
    return {
        "text": session("ระหว่างที่คุณเขียน มีคนแก้ช่องเดียวกัน เลือกว่าจะใช้ข้อความใด ที่คุณเขียนยังอยู่จนกว่าจะเลือก"),
        "rows": [
            {
                "field": ".".join(one["at"]),
                "where": place(session, view, tuple(one["at"])),
                "mine": told(session, view, tuple(one["at"]), wrote.get(tuple(one["at"]), {}).get("after")) or "",
                "theirs": told(session, view, tuple(one["at"]), one.get("after")) or "",
            }
            for one in theirs
        ],
    }


def _because(session: Session, why: str) -> str:
    """Why a rule said nothing; in few words where it is told in Thai only."""
    text = session(why)
    return session("ยังไม่มีสิ่งที่เกณฑ์นี้ตรวจ") if session.locale != "th" and text == why else text


# Score --------------------------------------------------------------------------------------------------------------


def score_state(
    session: Session, view: dict[str, Any], criteria: list[dict[str, Any]], clauses: ClauseCards
) -> dict[str, Any]:
    """The traits of a PlanScore: the list first, the number after it, then the rubric."""
    _ = session
    ratings = view["ratings"]
    is_trainer = bool({"trainer", "admin"} & set(session.person["roles"]))
    rates = "self" if view["can_write"] else "trainer" if is_trainer else ""
    return {
        "heading": _("ผลตรวจแผน"),
        "intro": _("รายการที่ควรแก้มาก่อน คะแนนมาทีหลัง"),
        "findings": rows(session, view, view["findings"], clauses, go=True),
        "score": {
            "text": _("%(n)s จาก 100") % {"n": view["score"]},
            "line": _("หักข้อที่ต้องแก้ข้อละ 10 ควรแก้ข้อละ 3 แนะนำข้อละ 1"),
        },
        "skipped": [
            {"rule": session.local(one["title"]), "text": _because(session, one["because"])} for one in view["skipped"]
        ],
        "criteria": [
            {
                "id": one["id"],
                "title": session.local(one["title"]),
                "levels": [{"n": level["n"], "text": session.local(level["text"])} for level in one["levels"]],
                "self": ratings.get("self", {}).get(one["id"]),
                "trainer": ratings.get("trainer", {}).get(one["id"]),
            }
            for one in criteria
        ],
        "rates": rates if criteria else "",
        "labels": words(session, SAVING, FINDING_WORDS, SCORE_LABELS),
    }
