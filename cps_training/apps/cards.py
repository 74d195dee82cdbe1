"""From the desk's item view to the state of an ItemCard: labels, feedback, clauses, in the person's language.

Pure apart from asking the desk for clause summaries, which are fetched once a page.
"""

from __future__ import annotations

from typing import Any

from cps_training.apps.session import Session
from cps_training.desk import protocol
from cps_training.i18n import mark

INSTRUCTIONS = {
    "choose_one": mark("เลือกหนึ่งคำตอบ"),
    "choose_many": mark("เลือกได้มากกว่าหนึ่งคำตอบ"),
    "order": mark("เรียงจากลำดับแรกไปลำดับสุดท้าย กดปุ่มขึ้น–ลงหรือลากก็ได้"),
}
SCORING_NOTES = {
    "choose_one": "",
    "choose_many": mark("ได้คะแนนตามตัวเลือกที่ถูก เลือกตัวเลือกที่ผิดจะถูกหัก แต่ไม่ต่ำกว่า 0"),
    "order": mark("ได้คะแนนตามจำนวนคู่ที่อยู่ติดกันและเรียงถูก"),
}
VERDICTS = {
    "right": mark("ถูกต้อง"),
    "partly": mark("ถูกบางส่วน"),
    "wrong": mark("ยังไม่ถูก"),
    "blank": mark("ไม่ได้ตอบ"),
}
LABELS = {
    "submit": mark("ส่งคำตอบ"),
    "saving": mark("กำลังบันทึก…"),
    "not_saved": mark("ยังไม่ได้บันทึก"),
    "retry": mark("ลองบันทึกอีกครั้ง"),
    "move_up": mark("เลื่อนขึ้น"),
    "move_down": mark("เลื่อนลง"),
    "your_answer": mark("คำตอบของคุณ"),
    "right_answer": mark("คำตอบที่ถูก"),
    "right_order": mark("ลำดับที่ถูก"),
    "read_clause": mark("อ่านข้อนี้ในคู่มือ"),
    "why": mark("เพราะอะไร"),
    "position": mark("ลำดับที่ {n} จาก {total}"),
    "choose_first": mark("โปรดเลือกคำตอบก่อนส่ง"),
    "moved": mark("ย้าย “{text}” ไปลำดับที่ {n} แล้ว"),
}


def labels(session: Session) -> dict[str, str]:
    return {name: session(text) for name, text in LABELS.items()}


def presentation(session: Session, item: dict[str, Any]) -> dict[str, Any]:
    """The desk's presentation with its instruction and scoring note."""
    shown = item["presentation"]
    kind = shown["interaction"]
    note = SCORING_NOTES[kind]
    return shown | {"instruction": session(INSTRUCTIONS[kind]), "scoring_note": session(note) if note else ""}


class ClauseCards:
    """Clause summaries for citations; each asked of the desk once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[str, dict[str, Any]] = {}

    def __call__(self, ids: list[str]) -> list[dict[str, Any]]:
        missing = tuple(i for i in ids if i not in self._known)
        if missing:
            self._known |= self._session.ask(protocol.Clauses(ids=missing))["clauses"]
        return [self._card(self._known[i]) for i in ids if i in self._known]

    def _card(self, clause: dict[str, Any]) -> dict[str, Any]:
        session = self._session
        return {
            "id": clause["id"],
            "label": session.local(clause["label"]),
            "title": session.local(clause["title"]),
            "summary": clause["summary"],
            "notes": [session("หมายเหตุบรรณาธิการ: %(note)s") % {"note": note} for note in clause["notes"]],
            "page": session.local(clause["page"]),
        }


def feedback(session: Session, item: dict[str, Any], clauses: ClauseCards) -> dict[str, Any] | None:
    """The card's feedback, None while the policy holds it back."""
    judged = item["judgement"]
    if judged is None:
        return None
    is_partial = judged["verdict"] == "partly"
    return {
        "verdict": judged["verdict"],
        "verdict_label": session(VERDICTS[judged["verdict"]]),
        "headline": judged["headline"],
        "explanation": judged["explanation"],
        "score_label": session("ได้ร้อยละ %(percent)s ของคะแนนข้อนี้") % {"percent": round(100 * judged["fraction"])}
        if is_partial
        else "",
        "options": {
            option: {"mark": line["mark"], "label": _label(session, line), "rationale": line["rationale"]}
            for option, line in judged["options"].items()
        },
        "order": judged["correct"].get("order"),
        "clauses": clauses(judged["clauses"]),
    }


def _label(session: Session, line: dict[str, Any]) -> str:
    if line["mark"] == "right":
        return session("คำตอบของคุณ ถูกต้อง") if line["taken"] else session("คำตอบที่ถูก")
    if line["mark"] == "missed":
        return session("คำตอบที่ถูก แต่ไม่ได้เลือก")
    return session("คำตอบของคุณ") if line["mark"] == "wrong" else ""


def saved(session: Session, answer_id: str, number: int | None = None) -> dict[str, str]:
    """The status after a receipt."""
    text = session("บันทึกแล้ว") if number is None else session("บันทึกแล้ว ข้อ %(n)s") % {"n": number}
    return {"kind": "saved", "text": text, "answer_id": answer_id}
