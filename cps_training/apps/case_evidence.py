"""A case's papers and its consultation drill as the traits of their widgets, and what a reference of evidence says. Knows no key."""

from __future__ import annotations

from typing import Any

from cps_training.apps.case_figures import FIGURE, chart, figure_title
from cps_training.apps.case_words import PAPERS, SAVING, day, words
from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.session import Session


def papers_state(
    session: Session, case: dict[str, Any], marks: list[str], current: str, read: set[str]
) -> dict[str, Any]:
    """The traits of a CasePapers. current: id of the paper that is open, "" = none; read: ids of those opened so far."""
    papers = case["papers"]
    ids = [paper["id"] for paper in papers]
    return {
        "papers": [
            {
                "id": paper["id"],
                "title": session.local(paper["title"]),
                "kind": session(PAPERS[paper["kind"]]),
                "date": day(session, paper["date"]),
                "issuer": session.local(paper["issuer"]),
                "tag": {"text": session("คำบอกเล่า"), "kind": "plain"} if paper["reliability"] == "hearsay" else None,
                "n_marked": sum(one.startswith(f"{paper['id']}:") for one in marks),
                "is_read": paper["id"] in read,
            }
            for paper in papers
        ],
        "paper": _open(session, papers[ids.index(current)], ids, set(marks)) if current in ids else None,
        "labels": words(session, SAVING)
        | {
            "list": session("เอกสารในแฟ้ม"),
            "mark": session("กดที่บรรทัดเพื่อแนบเป็นหลักฐาน"),
            "marked": session("แนบแล้ว"),
            "unmark": session("กดอีกครั้งเพื่อเอาออก"),
            "count": session("แนบแล้ว {n} บรรทัด"),
            "read": session("เปิดอ่านแล้ว"),
            "unread": session("ยังไม่ได้อ่าน"),
            "back": session("กลับไปที่แฟ้ม"),
            "next": session("ฉบับถัดไป"),
            "previous": session("ฉบับก่อนหน้า"),
            "choose": session("เลือกเอกสารทางซ้ายเพื่ออ่าน"),
            "issuer": session("จาก"),
        },
    }


def _open(session: Session, paper: dict[str, Any], ids: list[str], marked: set[str]) -> dict[str, Any]:
    at = ids.index(paper["id"])
    is_document = paper["reliability"] == "document"
    return {
        "id": paper["id"],
        "title": session.local(paper["title"]),
        "kind": session(PAPERS[paper["kind"]]),
        "date": day(session, paper["date"]),
        "issuer": session.local(paper["issuer"]),
        "reliability": {
            "text": session("เอกสาร") if is_document else session("คำบอกเล่า"),
            "kind": "" if is_document else "plain",
        },
        "lines": [
            {
                "key": f"{paper['id']}:{number}",
                "reference": line["reference"],
                "text": session.local(line["text"]),
                "is_head": line["reference"] is None,
                "is_marked": line["reference"] in marked,
            }
            for number, line in enumerate(paper["lines"], start=1)
        ],
        "previous": ids[at - 1] if at else None,
        "next": ids[at + 1] if at + 1 < len(ids) else None,
    }


class Evidence:
    """What references say: the line with its paper, or the figure with its last value."""

    def __init__(self, session: Session, case: dict[str, Any]) -> None:
        self._session, self._case = session, case
        self._lines = {
            line["reference"]: (paper, line) for paper in case["papers"] for line in paper["lines"] if line["reference"]
        }

    def __call__(self, reference: str) -> dict[str, Any]:
        """{reference, text, source, is_document}."""
        session = self._session
        if reference.startswith(FIGURE):
            name = reference.removeprefix(FIGURE)
            points = chart(session, self._case, name)["points"]
            first, last = points[0], points[-1]
            text = f"{figure_title(session, self._case, name)} {first['text']} → {last['text']} ({first['year']}–{last['year']})"
            return {"reference": reference, "text": text, "source": session("ตัวเลขห้าปี"), "is_document": True}
        paper, line = self._lines[reference]
        source = f"{session.local(paper['title'])} · {day(session, paper['date'])}"
        return {
            "reference": reference,
            "text": session.local(line["text"]),
            "source": source,
            "is_document": paper["reliability"] == "document",
        }

    def knows(self, reference: str) -> bool:
        return reference.startswith(FIGURE) or reference in self._lines


def consult_state(session: Session, case: dict[str, Any], work: dict[str, Any], clauses: ClauseCards) -> dict[str, Any]:
    """The traits of a CaseConsult."""
    titles = {one["id"]: session.local(one["title"]) for one in case["catalogue"]["partners"]}
    groups = [{"id": name, "label": titles[name]} for name in case["catalogue"]["groups"]]
    questions = []
    for question in case["consultations"]:
        asked = [one for one in work["consulted"] if one["question"] == question["id"]]
        right = next((one for one in asked if one["is_right"]), None)
        questions.append(
            {
                "id": question["id"],
                "question": session.local(question["question"]),
                "groups": groups,
                "asked": [
                    {
                        "group": one["group"],
                        "label": titles[one["group"]],
                        "is_right": one["is_right"],
                        "answer": session.local(one["answer"]),
                    }
                    for one in asked
                ],
                "is_done": right is not None,
                "clauses": clauses.cite(right["clauses"]) if right else [],
            }
        )
    return {
        "heading": session("ปรึกษากลุ่มวิชาการ"),
        "intro": session(
            "ก่อนให้คำแนะนำ ลองถามกลุ่มที่ดูแลเรื่องนั้น ถามถูกกลุ่มจะได้คำตอบที่ใช้ได้ ถามผิดจะได้รับการแนะนำให้ไปถามที่อื่น ส่วนนี้ไม่มีผลต่อคะแนน"
        ),
        "questions": questions,
        "labels": words(session, SAVING)
        | {
            "ask": session("ควรถามกลุ่มใด"),
            "send": session("ถามกลุ่มนี้"),
            "choose_first": session("โปรดเลือกกลุ่มก่อน"),
            "right": session("ถามถูกกลุ่ม"),
            "elsewhere": session("ให้ไปถามที่อื่น"),
            "clauses": session("ข้อที่เกี่ยวข้อง"),
            "empty": session("กรณีนี้ไม่มีเรื่องที่ต้องปรึกษา"),
            "progress": session("ได้คำตอบแล้ว {n} จาก {total} เรื่อง"),
        },
    }
