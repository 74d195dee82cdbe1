"""From the desk's item view to what an ItemCard asks: instruction, scoring note, labels, certainty, clock, in the person's language.

What is told after an answer stands in feedback.py. Pure words; knows no key and asks no desk.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cps_training.apps.session import Session
from cps_training.i18n import mark

INSTRUCTIONS = {
    "choose_one": mark("เลือกหนึ่งคำตอบ"),
    "choose_many": mark("เลือกได้มากกว่าหนึ่งคำตอบ"),
    "order": mark("เรียงจากลำดับแรกไปลำดับสุดท้าย กดปุ่มขึ้น–ลงหรือลากก็ได้"),
    "choose_reason": mark("เลือกว่าข้อความนี้ถูกหรือผิด แล้วเลือกเหตุผล"),
    "match": mark("เลือกคำตอบให้แต่ละแถว คำตอบเดียวกันใช้ได้หลายแถว"),
    "sort": mark("เลือกว่าแต่ละเรื่องอยู่กลุ่มใด"),
    "number": mark("พิมพ์ตัวเลข ใช้เลขไทยหรือเลขอารบิกก็ได้"),
    "date": mark("พิมพ์วันที่"),
    "text": mark("พิมพ์คำตอบสั้น ๆ"),
    "essay": mark("เขียนตอบด้วยถ้อยคำของคุณเอง"),
    "cloze": mark("เลือกหรือพิมพ์คำในช่องว่างให้ครบ"),
    "mark_lines": mark("กดบรรทัดที่มีปัญหา กดซ้ำเพื่อยกเลิก มีได้มากกว่าหนึ่งบรรทัด"),
    "scale": mark("เลือกข้อที่ตรงกับความเห็นของคุณ"),
}
"""By interaction; a number that is a day and a text that is an essay by their own names."""
SCORING_NOTES = {
    "choose_one": "",
    "choose_many": mark("ได้คะแนนตามตัวเลือกที่ถูก เลือกตัวเลือกที่ผิดจะถูกหัก แต่ไม่ต่ำกว่า 0"),
    "order": mark("ได้คะแนนตามจำนวนคู่ที่อยู่ติดกันและเรียงถูก"),
    "choose_reason": mark("ถูกทั้งคำตอบและเหตุผลได้คะแนนเต็ม ถูกเฉพาะคำตอบได้ครึ่งหนึ่ง"),
    "match": mark("ได้คะแนนตามจำนวนแถวที่ถูก"),
    "sort": mark("ได้คะแนนตามจำนวนเรื่องที่อยู่ถูกกลุ่ม"),
    "number": "",
    "date": "",
    "text": mark("สะกดพลาดเล็กน้อยหรือเว้นวรรคต่างไป ไม่เสียคะแนน"),
    "essay": mark("มีผู้ตรวจให้คะแนนตามเกณฑ์ ระหว่างนี้จะขึ้นว่า “รอตรวจ”"),
    "cloze": mark("ได้คะแนนตามจำนวนช่องที่ถูก"),
    "mark_lines": mark("บรรทัดที่สำคัญกว่าได้คะแนนมากกว่า กดบรรทัดที่ไม่มีปัญหาจะถูกหัก แต่ไม่ต่ำกว่า 0"),
    "scale": mark("ไม่มีถูกผิดและไม่มีคะแนน"),
}
LABELS = {
    "submit": mark("ส่งคำตอบ"),
    "saving": mark("กำลังบันทึก…"),
    "not_saved": mark("ยังไม่ได้บันทึก"),
    "retry": mark("ลองบันทึกอีกครั้ง"),
    "try_again": mark("ส่งคำตอบใหม่"),
    "move_up": mark("เลื่อนขึ้น"),
    "move_down": mark("เลื่อนลง"),
    "your_answer": mark("คำตอบของคุณ"),
    "right_answer": mark("คำตอบที่ถูก"),
    "right_order": mark("ลำดับที่ถูก"),
    "read_clause": mark("อ่านข้อนี้ในคู่มือ"),
    "why": mark("เพราะอะไร"),
    "position": mark("ลำดับที่ {n} จาก {total}"),
    "choose_first": mark("โปรดเลือกคำตอบก่อนส่ง"),
    "choose_both": mark("โปรดเลือกให้ครบทั้งคำตอบและเหตุผลก่อนส่ง"),
    "choose_certainty": mark("โปรดเลือกก่อนส่งว่ามั่นใจเพียงใด"),
    "choose_target": mark("เลือกคำตอบ"),
    "date_hint": mark("เช่น 15 ก.ค. 2566 หรือ 15/7/2566"),
    "letters_left": mark("เหลืออีก {n} ตัวอักษร"),
    "gap": mark("ช่องที่ {n}"),
    "marked": mark("คุณทำเครื่องหมายไว้"),
    "moved": mark("ย้าย “{text}” ไปลำดับที่ {n} แล้ว"),
}
CERTAINTIES = {1: mark("ไม่ค่อยมั่นใจ"), 2: mark("ค่อนข้างมั่นใจ"), 3: mark("มั่นใจมาก")}
TYPED = ("number", "date", "text", "essay", "cloze")


def kind_of(presentation: Mapping[str, Any]) -> str:
    """The name under which an item's instruction and scoring note stand."""
    kind = str(presentation["interaction"])
    if kind == "number" and presentation.get("kind") == "date":
        return "date"
    return "essay" if kind == "text" and presentation.get("rows", 1) > 1 else kind


def labels(session: Session, item: Mapping[str, Any]) -> dict[str, str]:
    """Words of the card of this item: what is typed is not chosen, and an essay has no one right answer."""
    said = {name: session(text) for name, text in LABELS.items()}
    kind = kind_of(item["presentation"])
    if kind in TYPED:
        said["choose_first"] = session("โปรดตอบก่อนส่ง")
    if kind == "essay":
        said["right_answer"] = session("ตัวอย่างคำตอบ")
    return said


def presentation(session: Session, item: Mapping[str, Any], view: Mapping[str, Any]) -> dict[str, Any]:
    """The desk's presentation with its instruction and scoring note. view: the AttemptView, whose rules the note tells."""
    shown = dict(item["presentation"])
    return shown | {
        "instruction": session(INSTRUCTIONS[kind_of(shown)]),
        "scoring_note": " · ".join(_scoring(session, kind_of(shown), item, view)),
    }


def _scoring(session: Session, kind: str, item: Mapping[str, Any], view: Mapping[str, Any]) -> list[str]:
    if view["policy"] == "survey":
        return []
    said = [session(SCORING_NOTES[kind])] if SCORING_NOTES[kind] else []
    if kind in ("scale", "essay"):
        return said if item["judgement"] is None else []
    if view["deduction"] and kind not in ("number", "date", "text"):
        said.append(
            session("ตอบผิดทั้งข้อถูกหัก %(points)s คะแนน เว้นว่างไม่ถูกหัก") % {"points": points_text(view["deduction"], 2)}
        )
    tries = item["tries"]
    if tries is not None and tries["n"] + tries["left"] > 1 and not view["is_finished"]:
        said.append(session("ลองได้ %(n)s ครั้ง") % {"n": tries["n"] + tries["left"]})
        if view["penalty"]:
            said.append(
                session("ลองเพิ่มแต่ละครั้งเสียร้อยละ %(percent)s ของคะแนนข้อนี้") % {"percent": round(100 * view["penalty"])}
            )
    return said


def certainty(session: Session, item: Mapping[str, Any], view: Mapping[str, Any]) -> dict[str, Any] | None:
    """What is asked beside the answer, with what each certainty earns; None where nothing is asked, or nothing was answered."""
    scale = view["scale"]
    if scale is None or (view["is_finished"] and item["certainty"] is None):
        return None
    levels = []
    for value, label in CERTAINTIES.items():
        right, wrong = points_text(scale["right"][value - 1], 2), points_text(-scale["wrong"][value - 1], 2)
        note = session("ถูกได้ %(right)s ผิดเสีย %(wrong)s") if wrong != "0" else session("ถูกได้ %(right)s ผิดไม่เสียคะแนน")
        levels.append({"value": value, "label": session(label), "note": note % {"right": right, "wrong": wrong}})
    return {"legend": session("คุณมั่นใจในคำตอบนี้เพียงใด"), "levels": levels, "chosen": item["certainty"]}


def clock(session: Session, seconds: float | None) -> dict[str, Any] | None:
    """The time that is left; None without a limit."""
    if seconds is None:
        return None
    return {
        "seconds": seconds,
        "label": session("เหลือเวลา {time}"),
        "warn_label": session("เหลือเวลาอีก {n} นาที"),
        "over_label": session("หมดเวลาแล้ว กำลังส่งคำตอบที่บันทึกไว้…"),
    }


def saved(session: Session, answer_id: str, number: int | None = None) -> dict[str, str]:
    """The status after a receipt."""
    text = session("บันทึกแล้ว") if number is None else session("บันทึกแล้ว ข้อ %(n)s") % {"n": number}
    return {"kind": "saved", "text": text, "answer_id": answer_id}


def points_text(points: float, digits: int = 1) -> str:
    """Points with a decimal only where there is one, and a true minus sign."""
    text = f"{abs(points):.{digits}f}"
    text = text.rstrip("0").rstrip(".") if digits else text
    return f"−{text}" if points < 0 and text != "0" else text
