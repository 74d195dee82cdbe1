"""What stands at the end of an attempt: the check before it is sent, the result, the thanks for a survey. State only.

How much of the items is shown the desk has decided (review level); here it is put into words. Knows no widget class.
"""

from __future__ import annotations

from typing import Any

from cps_training.apps.cards import CERTAINTIES, points_text
from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.feedback import verdict_label, verdict_of
from cps_training.apps.quiz_choice import REFRESHER
from cps_training.apps.quiz_item import action
from cps_training.apps.quiz_words import attempt_words, review_words
from cps_training.apps.session import Session
from cps_training.apps.sitting import Sitting
from cps_training.i18n import mark

RETRY = "retry:"
FINDINGS = {
    "too_sure": mark("มั่นใจเกินไป"),
    "fitting": mark("พอดี"),
    "could_dare": mark("มั่นใจได้มากกว่านี้"),
    "too_few": mark("ข้อมูลยังไม่พอ"),
}


def check_state(session: Session, sitting: Sitting) -> dict[str, Any]:
    """Traits of a ResultCard: which items are still blank, before what was answered can no longer be changed."""
    _, items = session, sitting.items
    blank = len(items) - sitting.n_answered
    return {
        "heading": _("ตรวจทานก่อนส่ง"),
        "score_text": _("ตอบแล้ว %(n)s จาก %(total)s ข้อ") % {"n": len(items) - blank, "total": len(items)},
        "tag": {"text": _("ยังว่าง %(n)s ข้อ") % {"n": blank}, "kind": "due"}
        if blank
        else {"text": _("ครบทุกข้อ"), "kind": "good"},
        "notes": [{"text": _("ส่งแล้วแก้คำตอบไม่ได้"), "kind": ""}],
        "rows": [_answered_row(session, n, item) for n, item in enumerate(items, 1)],
        "actions": [
            action("finish", _("ส่งคำตอบทั้งหมด"), primary=True),
            action(f"review:{sitting.first_open() + 1}", _("กลับไปทำต่อ")),
        ],
        "locale": _.locale,
    }


def _answered_row(session: Session, n: int, item: dict[str, Any]) -> dict[str, Any]:
    is_answered = item["response"] is not None
    return {
        "n": n,
        "title": item["presentation"]["stem"],
        "verdict": "answered" if is_answered else "blank",
        "verdict_label": session("ตอบแล้ว") if is_answered else session("ยังว่าง"),
        "cited": None,
    }


def parent_of(form_id: str) -> tuple[str, str] | None:
    """(form, section) of a retry pool; None for any other form."""
    if not form_id.startswith(RETRY):
        return None
    parent, _, section = form_id.removeprefix(RETRY).partition(":")
    return parent, section


def sheet_of(form_id: str) -> str | None:
    """The page of the visit a refresher's questions belong to; None for any other form."""
    if not form_id.startswith(REFRESHER):
        return None
    cooperative, _, method = form_id.removeprefix(REFRESHER).partition(":")
    return f"/refresher?cooperative={cooperative}&method={method}"


def result_state(
    session: Session,
    sitting: Sitting,
    clauses: ClauseCards,
    *,
    notice: str = "",
    marking: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Traits of a ResultCard for a finished attempt. notice: a message on top; marking: a note that leads to the marking page."""
    _, view = session, sitting.view
    notes = [{"text": _(notice), "kind": "due"}] if notice else []
    if view["is_out_of_time"]:
        notes = [{"text": _("หมดเวลาแล้ว ระบบส่งคำตอบที่บันทึกไว้ให้ครบทุกข้อที่ตอบ"), "kind": "due"}]
    if view["result"] is None:
        return _thanks(session, sitting, notes)
    result = view["result"]
    notes += [*_critical(session, result), *_open_questions(session, result, marking)]
    said = [review_words(session, view), attempt_words(session, view)]
    notes += [{"text": text, "kind": ""} for text in said if text]
    return {
        "heading": _title(session, view),
        "score_text": _("ได้ %(points)s จาก %(total)s")
        % {"points": points_text(result["points"]), "total": points_text(result["maximum"])}
        if result["maximum"]
        else "",
        "tag": _tag(session, result),
        "notes": notes,
        "sections": _sections(session, result),
        "table": _calibration(session, result["certainty"]),
        "rows": [_row(session, n, item, clauses) for n, item in enumerate(sitting.items, 1)],
        "actions": _actions(session, view, result),
        "locale": _.locale,
    }


def _title(session: Session, view: dict[str, Any]) -> str:
    title = session.local(view["title"])
    return session("ข้อซ่อม: %(title)s") % {"title": title} if parent_of(view["form_id"]) else title


def _thanks(session: Session, sitting: Sitting, notes: list[dict[str, Any]]) -> dict[str, Any]:
    _, view = session, sitting.view
    answered = {"n": sitting.n_answered, "total": len(sitting.items)}
    text = _("ส่งคำตอบแล้ว %(n)s จาก %(total)s ข้อ คำตอบของคุณช่วยให้สำนักงานจัดการอบรมได้ตรงขึ้น") % answered
    again = [action("again", _("ตอบอีกครั้ง"))] if view["attempts_left"] != 0 else []
    return {
        "heading": _.local(view["title"]),
        "score_text": _("ขอบคุณที่ตอบแบบสำรวจ"),
        "notes": [*notes, {"text": text, "kind": ""}],
        "actions": [action("menu", _("กลับไปหน้าแบบทดสอบ"), primary=True), *again],
        "locale": _.locale,
    }


def _tag(session: Session, result: dict[str, Any]) -> dict[str, str]:
    if result["is_passed"] is not None:
        if result["is_passed"]:
            return {"text": session("ผ่านเกณฑ์"), "kind": "good"}
        return {"text": session("ยังไม่ผ่าน") if result["n_critical"] else session("ยังไม่ถึงเกณฑ์"), "kind": "due"}
    if result["n_waiting"]:
        return {"text": session("รอตรวจ %(n)s ข้อ") % {"n": result["n_waiting"]}, "kind": "due"}
    return {
        "text": session("ทำครบแล้ว") if result["n_answered"] == result["n_items"] else session("ส่งแล้ว"),
        "kind": "plain",
    }


def _critical(session: Session, result: dict[str, Any]) -> list[dict[str, Any]]:
    """Critical errors, told plainly: they undo what points have earned."""
    n = result["n_critical"]
    if not n:
        return []
    if result["is_passed"] is None:
        text = session("มีข้อผิดพลาดร้ายแรง %(n)s ข้อ ในงานจริงเรื่องนี้พลาดไม่ได้ โปรดอ่านเหตุผลของข้อนั้น") % {"n": n}
    else:
        text = session("มีข้อผิดพลาดร้ายแรง %(n)s ข้อ จึงไม่ผ่าน ไม่ว่าได้คะแนนเท่าใด") % {"n": n}
    return [{"text": text, "kind": "bad", "items": result["critical"]}]


def _open_questions(session: Session, result: dict[str, Any], marking: dict[str, Any] | None) -> list[dict[str, Any]]:
    notes = []
    if result["n_waiting"]:
        of = {"n": result["n_waiting"]}
        if result["is_passed"] is None and result["cut_score"] is not None:
            text = session("มีข้อเขียนรอตรวจ %(n)s ข้อ จะรู้ว่าผ่านหรือไม่เมื่อตรวจเสร็จ") % of
        else:
            text = session("มีข้อเขียนรอตรวจ %(n)s ข้อ คะแนนยังเพิ่มได้เมื่อตรวจเสร็จ") % of
        notes.append({"text": text, "kind": "due"})
    return [*notes, marking] if marking else notes


def _sections(session: Session, result: dict[str, Any]) -> dict[str, Any] | None:
    if not result["sections"]:
        return None
    failed = [part for part in result["sections"] if part["is_passed"] is False]
    rows = [_section(session, part, is_first=part is next(iter(failed), None)) for part in result["sections"]]
    return {"title": session("ผลรายส่วน"), "rows": rows}


def _section(session: Session, part: dict[str, Any], *, is_first: bool) -> dict[str, Any]:
    _ = session
    facts = [
        _("ได้ %(points)s จาก %(total)s")
        % {"points": points_text(part["points"]), "total": points_text(part["maximum"])}
    ]
    if part["must_pass"] is not None:
        facts.append(_("ต้องได้อย่างน้อยร้อยละ %(n)s") % {"n": round(100 * part["must_pass"])})
    tag, actions = None, []
    if part["is_made_good"]:
        tag = {"text": _("ซ่อมผ่านแล้ว"), "kind": "good"}
    elif part["must_pass"] is not None and part["is_passed"] is None:
        tag = {"text": _("รอตรวจ"), "kind": "due"}
    elif part["must_pass"] is not None:
        tag = {"text": _("ผ่าน"), "kind": "good"} if part["is_passed"] else {"text": _("ยังไม่ผ่าน"), "kind": "due"}
    if part["is_passed"] is False and part["reading"]:
        can_retry = part["is_read"] and part["retry"] is not None
        if can_retry:
            actions.append(action(f"retry:{part['section']}", _("ทำข้อซ่อม"), primary=is_first))
        label = _("อ่านทบทวนอีกครั้ง") if part["is_read"] else _("อ่านทบทวน")
        actions.append(action(f"read:{part['section']}", label, primary=is_first and not can_retry))
    return {"title": _.local(part["title"]), "text": " · ".join(facts), "tag": tag, "actions": actions}


def _calibration(session: Session, table: list[dict[str, Any]]) -> dict[str, Any] | None:
    """How sure one was, and how often rightly. Shares only with their n."""
    if not table:
        return None
    _, rows = session, []
    for line in table:
        share = "–"
        if line["n"] and line["finding"] == "too_few":  # a share of so few would say more than it knows
            share = _("%(n)s จาก %(total)s ข้อ") % {"n": points_text(line["n_right"]), "total": line["n"]}
        elif line["n"]:
            percent = round(100 * line["n_right"] / line["n"])
            share = _("ร้อยละ %(percent)s (%(n)s ข้อ)") % {"percent": percent, "n": line["n"]}
        rows.append([_(CERTAINTIES[line["level"]]), share, _range(session, line), _(FINDINGS[line["finding"]])])
    return {
        "title": _("ความมั่นใจของคุณตรงกับความจริงเพียงใด"),
        "intro": _("ถ้าบอกตามที่เชื่อจริง ข้อที่ตอบถูกในแต่ละระดับควรอยู่ในช่วงที่ควรเป็น คะแนนติดลบได้เมื่อมั่นใจแล้วผิด"),
        "columns": [_("ความมั่นใจ"), _("ตอบถูก"), _("ช่วงที่ควรเป็น"), _("สรุป")],
        "rows": rows,
    }


def _range(session: Session, line: dict[str, Any]) -> str:
    low, high = round(100 * line["low"]), round(100 * line["high"])
    if low == 0:
        return session("ไม่เกินร้อยละ %(n)s") % {"n": high}
    if high == 100:
        return session("ร้อยละ %(n)s ขึ้นไป") % {"n": low}
    return session("ร้อยละ %(low)s–%(high)s") % {"low": low, "high": high}


def _row(session: Session, n: int, item: dict[str, Any], clauses: ClauseCards) -> dict[str, Any]:
    judged = item["judgement"]
    if judged is None:
        return _answered_row(session, n, item) | (
            {} if item["response"] is not None else {"verdict_label": session("ไม่ได้ตอบ")}
        )
    cited = clauses(judged["clauses"][:1])
    verdict = verdict_of(item)
    return {
        "n": n,
        "title": item["presentation"]["stem"],
        "verdict": verdict,
        "verdict_label": session("ผิดร้ายแรง") if judged["critical"] else session(verdict_label(item)),
        "cited": {name: cited[0][name] for name in ("id", "label", "title")} if cited else None,
    }


def _actions(session: Session, view: dict[str, Any], result: dict[str, Any]) -> list[dict[str, Any]]:
    _, parent = session, parent_of(view["form_id"])
    if parent is not None:
        back = action(f"open:{parent[0]}", _("กลับไปผลของชุดหลัก"), primary=bool(result["is_passed"]))
        return [back] if result["is_passed"] else [action("again", _("ทำข้อซ่อมอีกครั้ง"), primary=True), back]
    again = [action("again", _("ทำอีกครั้ง"))] if view["attempts_left"] != 0 else []
    if (sheet := sheet_of(view["form_id"])) and not _.is_lab:
        return [{"id": "sheet", "label": _("ดูเอกสารที่ควรเตรียม"), "href": sheet, "primary": True}, *again]
    return [*again, action("menu", _("เลือกชุดอื่น"))]
