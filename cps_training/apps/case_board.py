"""The problem board of a case as the traits of its widget. Knows no key and nothing of what a finding is worth."""

from __future__ import annotations

from typing import Any

from cps_training.apps.case_evidence import Evidence
from cps_training.apps.case_words import SAVING, SEVERITIES, words
from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.session import Session
from cps_training.i18n import mark

LABELS = {
    "add": mark("เพิ่มข้อค้นพบ"),
    "add_clause": mark("เพิ่มข้อนี้"),
    "back": mark("กลับโดยไม่บันทึก"),
    "cause": mark("สาเหตุ"),
    "change": mark("เปลี่ยน"),
    "choose": mark("เลือก"),
    "chosen_of": mark("เลือกแล้ว {n} จาก {total}"),
    "clause": mark("เลือกข้อของคู่มือ"),
    "clauses": mark("ข้อของคู่มือที่เกี่ยวข้อง"),
    "clauses_chosen": mark("เลือกแล้ว {n} จากไม่เกิน {most} ข้อ"),
    "clauses_full": mark("เลือกได้ไม่เกินสามข้อ เอาข้อที่ไม่ใช่ออกก่อน"),
    "clauses_hint": mark("เลือกได้ไม่เกินสามข้อ"),
    "count": mark("บนกระดานมี {n} ข้อ เรียงจากเรื่องที่ต้องทำก่อน"),
    "document": mark("เอกสาร"),
    "down": mark("เลื่อนลง"),
    "drop": mark("เอาออก"),
    "drop_ask": mark("เอาข้อค้นพบนี้ออกจากกระดานหรือไม่"),
    "drop_no": mark("ไม่เอาออก"),
    "drop_yes": mark("เอาออก"),
    "edit": mark("แก้ไข"),
    "edit_title": mark("แก้ไขข้อค้นพบ"),
    "empty": mark("ยังไม่มีข้อค้นพบ อ่านเอกสารและตัวเลข แนบบรรทัดที่สงสัย แล้วกลับมาเพิ่มที่นี่"),
    "evidence": mark("หลักฐาน"),
    "evidence_empty": mark("ยังไม่ได้แนบหลักฐานใด เปิดเอกสารแล้วกดที่บรรทัดที่ใช้ได้"),
    "evidence_hint": mark("เลือกจากบรรทัดและตัวเลขที่แนบไว้"),
    "evidence_n": mark("หลักฐาน {n} ชิ้น"),
    "filter": mark("ค้นในรายการ"),
    "filter_count": mark("พบ {n} รายการ"),
    "found": mark("น่าจะหมายถึงข้อใด โปรดเลือกยืนยัน"),
    "hearsay": mark("คำบอกเล่า"),
    "kind": mark("ข้อค้นพบ"),
    "match": mark("จับคู่กับรายการ"),
    "matched": mark("ยืนยันว่าหมายถึง"),
    "moved": mark("ย้าย {title} ไปที่ {n}"),
    "name": mark("พบอะไร"),
    "name_hint": mark("เลือกจากรายการ หรือเขียนด้วยคำของตนเอง"),
    "need_match": mark("กด “จับคู่กับรายการ” แล้วยืนยันก่อนบันทึก"),
    "need_name": mark("โปรดบอกว่าพบอะไร"),
    "new_title": mark("ข้อค้นพบใหม่"),
    "no_match": mark("ไม่ตรงกับข้อใด ใช้คำของฉัน"),
    "not_yet": mark("ยังไม่ได้เลือก"),
    "own_words": mark("เขียนไว้ว่า"),
    "partner": mark("ประสานใคร"),
    "remove": mark("เอาออก"),
    "save": mark("บันทึกข้อค้นพบ"),
    "severity": mark("ความรุนแรง"),
    "shared": mark("ตรงกันที่คำว่า"),
    "step": mark("ขั้นตอนต่อไป"),
    "taken": mark("อยู่บนกระดานแล้ว"),
    "to_papers": mark("ไปที่เอกสาร"),
    "unmatched": mark("ยังไม่ได้จับคู่"),
    "unmatched_note": mark("ใช้คำของคุณเอง ไม่ตรงกับรายการใด จึงยังไม่นับคะแนน"),
    "up": mark("เลื่อนขึ้น"),
    "use": mark("ใช่ ข้อนี้"),
    "way_list": mark("เลือกจากรายการ"),
    "way_own": mark("เขียนเอง"),
    "words": mark("เขียนด้วยคำของคุณ"),
}


def board_state(
    session: Session, case: dict[str, Any], work: dict[str, Any], clauses: ClauseCards, evidence: Evidence
) -> dict[str, Any]:
    """The traits of a ProblemBoard, without its answer to a match."""
    n = len(work["findings"])
    return {
        "heading": session("กระดานปัญหา"),
        "intro": session("ใส่สิ่งที่พบทีละข้อ แนบหลักฐาน แล้วเรียงจากเรื่องที่ต้องทำก่อน บันทึกให้ทุกครั้งที่แก้"),
        "findings": [finding_state(session, case, one, clauses, evidence) for one in work["findings"]],
        "marked": [evidence(reference) for reference in work["marks"]],
        "options": _options(session, case),
        "submit": {
            "label": session("ส่งงาน"),
            "note": session("ส่งแล้วแก้ไม่ได้ แต่เริ่มทำใหม่ได้"),
            "confirm": {
                "text": session("ส่งกระดานนี้ %(n)s ข้อ และดูแนวของผู้เชี่ยวชาญหรือไม่") % {"n": n},
                "yes": session("ส่งงาน"),
                "no": session("ยังไม่ส่ง"),
            },
            "disabled": False,
        },
        "store": f"cps-board:{work['work_id']}",
        "labels": words(session, SAVING, LABELS),
    }


def _options(session: Session, case: dict[str, Any]) -> dict[str, Any]:
    listed = case["catalogue"]

    def choices(name: str) -> list[dict[str, Any]]:
        return [{"value": one["id"], "label": session.local(one["title"])} for one in listed[name]]

    return {
        "themes": [
            {
                "label": session.local(theme["title"]),
                "options": [
                    {"value": one["id"], "label": session.local(one["title"])}
                    for one in listed["findings"]
                    if one["theme"] == theme["id"]
                ],
            }
            for theme in listed["themes"]
        ],
        "causes": choices("causes"),
        "partners": choices("partners"),
        "steps": choices("steps"),
        "severities": [{"value": n, "label": f"{n} {session(text)}"} for n, text in enumerate(SEVERITIES, start=1)],
        "clauses": [
            {
                "label": session.local(section["title"]),
                "options": [
                    {"value": one["id"], "label": f"{session.local(one['label'])} · {session.local(one['title'])}"}
                    for one in section["clauses"]
                ],
            }
            for section in case["clauses"]
        ],
    }


def choice_of(session: Session, case: dict[str, Any], name: str, value: Any) -> dict[str, Any] | None:
    """{value, label} of a cause, partner, step or severity."""
    if value is None:
        return None
    if name == "severity":
        return {"value": value, "label": f"{value} {session(SEVERITIES[value - 1])}"}
    listed = case["catalogue"][{"cause": "causes", "partner": "partners", "step": "steps"}[name]]
    title = next((one["title"] for one in listed if one["id"] == value), None)
    return {"value": value, "label": session.local(title) if title else value}


def kind_title(session: Session, case: dict[str, Any], kind: str | None, own: str = "") -> str:
    """What a finding is called: its entry of the catalogue, else its writer's words."""
    title = next((one["title"] for one in case["catalogue"]["findings"] if one["id"] == kind), None)
    return session.local(title) if title else own


def finding_state(
    session: Session, case: dict[str, Any], finding: dict[str, Any], clauses: ClauseCards, evidence: Evidence
) -> dict[str, Any]:
    """One card of the board; `missing` says kindly what is still open."""
    attached = [evidence(reference) for reference in finding["evidence"] if evidence.knows(reference)]
    missing = []
    if not any(one["is_document"] for one in attached):
        missing.append(session("ยังไม่มีเอกสารยืนยัน"))
    if not finding["clauses"]:
        missing.append(session("ยังไม่ได้เลือกข้อของคู่มือ"))
    if any(finding[name] is None for name in ("cause", "severity", "partner", "step")):
        missing.append(session("ยังกรอกไม่ครบ"))
    return {
        "id": finding["id"],
        "kind": finding["kind"],
        "title": kind_title(session, case, finding["kind"], finding["words"]),
        "words": finding["words"],
        "evidence": attached,
        "clauses": clauses.cite(finding["clauses"]),
        **{name: choice_of(session, case, name, finding[name]) for name in ("cause", "severity", "partner", "step")},
        "missing": missing,
    }


def matches_state(
    session: Session, case: dict[str, Any], send_id: str, text: str, rows: list[dict[str, Any]]
) -> dict[str, Any]:
    """The trait `matches` of a ProblemBoard."""
    return {
        "send_id": send_id,
        "text": text,
        "rows": [
            {"kind": row["kind"], "title": kind_title(session, case, row["kind"]), "words": row["words"]}
            for row in rows
        ],
        "none": session("ไม่พบรายการที่ใกล้เคียง ลองใช้คำอื่น หรือเลือกจากรายการ"),
    }
