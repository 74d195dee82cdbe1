"""What comes after handing in: the result beside the expert's path, and the story that goes on. Words and shares in, traits out."""

from __future__ import annotations

from typing import Any

from cps_training.apps.case_board import choice_of, kind_title
from cps_training.apps.case_evidence import Evidence
from cps_training.apps.case_figures import figure_title
from cps_training.apps.case_words import PAPERS, PATH, SAVING, VERDICTS, day, figure, words
from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.session import Session
from cps_training.i18n import mark

RESULT_LABELS = {
    "parts": mark("คะแนนมาจากอะไร"),
    "critical": mark("ข้อผิดร้ายแรง"),
    "why_not": mark("ยังไม่ผ่านเพราะ"),
    "comparison": mark("เทียบกับแนวของผู้เชี่ยวชาญ"),
    "comparison_note": mark("เรียงจากเรื่องที่ผู้เชี่ยวชาญจะทำก่อน"),
    "compare": mark("เทียบทีละส่วน"),
    "expert": mark("แนวของผู้เชี่ยวชาญ"),
    "mine": mark("ของคุณ"),
    "nothing": mark("ไม่ได้ใส่บนกระดาน"),
    "evidence": mark("หลักฐาน"),
    "no_evidence": mark("ไม่มีหลักฐาน"),
    "both": mark("ตรงกัน"),
    "only_mine": mark("เฉพาะของคุณ ไม่ได้ยืนยันเรื่องนี้"),
    "only_expert": mark("เฉพาะผู้เชี่ยวชาญ"),
    "clauses": mark("ข้อที่เกี่ยวข้องในคู่มือ"),
    "wrong": mark("ข้อที่กรณีนี้ไม่มี หรือชวนให้หลงทาง"),
    "others": mark("ข้ออื่นบนกระดาน"),
    "right": mark("ตรงกับผู้เชี่ยวชาญ"),
    "not_right": mark("ไม่ตรงกับผู้เชี่ยวชาญ"),
}
STORY_LABELS = {
    "figures": mark("ตัวเลขที่เปลี่ยนไป (บาท)"),
    "figure": mark("รายการตัวเลข"),
    "before": mark("ก่อน"),
    "after": mark("หลัง"),
    "chosen": mark("คุณเลือก"),
    "expert": mark("ผู้เชี่ยวชาญเห็นว่า"),
    "paper": mark("เอกสารที่ตามมา"),
    "clauses": mark("ข้อที่เกี่ยวข้อง"),
    "choose": mark("เลือกหนึ่งทาง เลือกแล้วเปลี่ยนไม่ได้"),
    "choose_first": mark("โปรดเลือกหนึ่งทางก่อน"),
    "send": mark("ตัดสินใจ"),
    "step": mark("ตอนที่ {n}"),
}


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{round(100 * share)} %"


def result_state(
    session: Session, case: dict[str, Any], work: dict[str, Any], clauses: ClauseCards, evidence: Evidence
) -> dict[str, Any]:
    """The traits of a CaseResult."""
    score, compared = work["result"]["score"], work["result"]["comparison"]
    has_nothing = not work["findings"]
    actions = [{"label": session("เริ่มทำกรณีนี้ใหม่"), "id": "again", "primary": not case["goes_on"]}]
    if case["goes_on"]:
        actions.insert(0, {"label": session("ดูเรื่องต่อจากนี้"), "id": "tab:story", "primary": True})
    if not session.is_lab:
        actions.append({"label": session("เลือกกรณีอื่น"), "href": PATH, "primary": False})
    return {
        "heading": session("ผลการวิเคราะห์"),
        "verdict": _verdict(session, score, has_nothing),
        "score": None if has_nothing else {"text": _percent(score["score"]), "share": score["score"]},
        "parts": [] if has_nothing else _parts(session, score),
        "critical": [{"text": session.local(one["why"])} for one in score["critical_errors"]],
        "why_not": [] if has_nothing else [session(one["text"]) for one in score["why_not_passed"]],
        "comparison": [_row(session, case, row, clauses, evidence) for row in compared["problems"]],
        "wrong": [
            {"title": session.local(_both(one["title"])), "why": _why(session, one["why"])}
            for one in compared["false_alarms"]
        ],
        "others": [
            {"title": session.local(_both(one["title"])), "text": session("มีเหตุผลพอจะยกขึ้นมาได้ ไม่บวกและไม่หักคะแนน")}
            for one in compared["tolerated"]
        ]
        + [
            {"title": one["words"], "text": session("เขียนด้วยคำของคุณและไม่ได้จับคู่กับรายการใด จึงไม่นับ")}
            for one in compared["unmatched"]
        ],
        "actions": actions,
        "labels": words(session, RESULT_LABELS),
    }


def _both(text: dict[str, str | None]) -> dict[str, str]:
    return {lang: said for lang, said in text.items() if said}


def _why(session: Session, why: dict[str, str | None]) -> str:
    """A text of the case, or a message of the kit, which comes in Thai alone."""
    return session.local(_both(why)) if why.get("en") else session(why["th"] or "")


def _verdict(session: Session, score: dict[str, Any], has_nothing: bool) -> dict[str, Any]:
    if has_nothing:
        text = session(score["why_not_passed"][0]["text"]) if score["why_not_passed"] else ""
        return {"title": session("ยังไม่มีอะไรให้ตรวจ"), "text": text, "is_passed": None}
    if score["passed"]:
        text = session("วิเคราะห์ได้ดี ดูส่วนที่ต่างจากผู้เชี่ยวชาญด้านล่าง แล้วนำไปใช้กับแห่งต่อไป")
        return {"title": session("ผ่าน"), "text": text, "is_passed": True}
    text = session("ยังไม่ผ่านครั้งนี้ อ่านเทียบกับผู้เชี่ยวชาญด้านล่าง แล้วทำใหม่ได้เสมอ")
    return {"title": session("ยังไม่ผ่าน"), "text": text, "is_passed": False}


def _parts(session: Session, score: dict[str, Any]) -> list[dict[str, Any]]:
    n_found, n = len(score["found"]), len(score["found"]) + len(score["missed"])
    n_wrong, tau = len(score["false_alarms"]), score["ranking_tau"]
    found_text = session("%(n)s จาก %(total)s ปัญหา") % {"n": n_found, "total": n}
    return [
        {"label": session("พบปัญหา"), "text": found_text, "share": n_found / n if n else None, "note": ""},
        {
            "label": session("หลักฐานตรงเรื่อง"),
            "text": _percent(score["evidence"]["precision"]),
            "share": score["evidence"]["precision"],
            "note": session("ในสิ่งที่แนบ มีกี่ส่วนที่ยืนยันเรื่องนั้นจริง"),
        },
        {
            "label": session("หลักฐานพอ"),
            "text": _percent(score["evidence"]["recall"]),
            "share": score["evidence"]["recall"],
            "note": session("สามชิ้นถือว่าพอ"),
        },
        {
            "label": session("มีเอกสารยืนยัน"),
            "text": _percent(score["documentary"]),
            "share": score["documentary"],
            "note": "",
        },
        {
            "label": session("ข้อที่เกี่ยวข้องในคู่มือ"),
            "text": _percent(score["clauses"]),
            "share": score["clauses"],
            "note": "",
        },
        {
            "label": session("ลำดับความสำคัญ"),
            "text": "–" if tau is None else f"{tau:+.2f}",
            "share": None if tau is None else (tau + 1) / 2,
            "note": session("เคนดัลล์เทาบี +1 คือเรียงเหมือนผู้เชี่ยวชาญ −1 คือกลับกัน"),
        },
        {
            "label": session("กล่าวหาผิด"),
            "text": session("%(n)s ข้อ") % {"n": n_wrong},
            "share": None,
            "note": session("แต่ละข้อทำให้คะแนนลดลง") if n_wrong else "",
        },
    ]


def _row(
    session: Session, case: dict[str, Any], row: dict[str, Any], clauses: ClauseCards, evidence: Evidence
) -> dict[str, Any]:
    mine = row["mine"]
    finding = mine["finding"] if mine else None

    def titles(name: str, values: list[str]) -> str:
        return " · ".join((choice_of(session, case, name, value) or {"label": ""})["label"] for value in values)

    def cited(ids: list[str]) -> str:
        return ", ".join(one["label"] for one in clauses.cite(ids))

    severity = (choice_of(session, case, "severity", row["severity"]) or {"label": ""})["label"]
    expert = [
        {"label": session("ข้อที่เกี่ยวข้องในคู่มือ"), "text": cited(row["clauses"])},
        {"label": session("สาเหตุ"), "text": titles("cause", row["causes"])},
        {"label": session("ความรุนแรง"), "text": severity},
        {"label": session("ประสานใคร"), "text": titles("partner", row["partners"])},
        {"label": session("ขั้นตอนต่อไป"), "text": titles("step", row["steps"])},
        {"label": session("ลำดับ"), "text": str(row["rank"])},
    ]
    return {
        "id": row["kind"],
        "title": kind_title(session, case, row["kind"]),
        "severity": severity,
        "rank": session("ลำดับ %(n)s") % {"n": row["rank"]},
        "state": {"text": session("พบแล้ว"), "kind": ""} if mine else {"text": session("ยังไม่พบ"), "kind": "due"},
        "why": session.local(_both(row["why"])),
        "expert": expert,
        "mine": _mine(session, case, mine, clauses) if mine else [],
        "evidence": _lines(row, finding, evidence),
        "clauses": clauses.cite(row["clauses"]),
    }


def _mine(session: Session, case: dict[str, Any], mine: dict[str, Any], clauses: ClauseCards) -> list[dict[str, Any]]:
    finding, marks = mine["finding"], mine["marks"]

    def line(label: str, name: str, is_right: bool | None) -> dict[str, Any]:
        chosen = choice_of(session, case, name, finding[name])
        return {
            "label": label,
            "text": chosen["label"] if chosen else session("ยังไม่ได้เลือก"),
            "is_right": is_right,
        }

    cited = ", ".join(one["label"] for one in clauses.cite(finding["clauses"]))
    return [
        {
            "label": session("ข้อที่เกี่ยวข้องในคู่มือ"),
            "text": cited or session("ยังไม่ได้เลือก"),
            "is_right": marks["clause_share"] == 1,
        },
        line(session("สาเหตุ"), "cause", marks["has_cause"]),
        line(session("ความรุนแรง"), "severity", marks["severity_share"] == 1),
        line(session("ประสานใคร"), "partner", marks["has_partner"]),
        line(session("ขั้นตอนต่อไป"), "step", marks["has_step"]),
        {"label": session("ลำดับ"), "text": str(mine["rank"]), "is_right": None},
    ]


def _lines(row: dict[str, Any], finding: dict[str, Any] | None, evidence: Evidence) -> list[dict[str, Any]]:
    attached = list(finding["evidence"]) if finding else []
    expert = [one["reference"] for one in row["evidence"]]
    rows = []
    for reference in [*expert, *(one for one in attached if one not in expert)]:
        if evidence.knows(reference):
            said = evidence(reference)
            rows.append(
                {
                    "reference": reference,
                    "source": said["source"],
                    "text": said["text"],
                    "is_mine": reference in attached,
                    "is_expert": reference in expert,
                }
            )
    return rows


def story_state(session: Session, case: dict[str, Any], work: dict[str, Any], clauses: ClauseCards) -> dict[str, Any]:
    """The traits of a CaseFollowUp."""
    story = work["story"]
    actions = [{"label": session("กลับไปดูผล"), "id": "tab:result", "href": None, "primary": False}]
    if not session.is_lab:
        actions.insert(0, {"label": session("เลือกกรณีอื่น"), "id": "list", "href": PATH, "primary": True})
    return {
        "heading": session("เรื่องต่อจากนี้"),
        "date": day(session, story["date"]),
        "intro": session.local(story["intro"]),
        "past": [_chapter(session, case, one, clauses) for one in story["past"]],
        "now": story["now"]
        and {
            "id": story["now"]["id"],
            "question": session.local(story["now"]["question"]),
            "branches": [{"id": one["id"], "label": session.local(one["label"])} for one in story["now"]["branches"]],
        },
        "end": "" if story["now"] else session("จบเรื่องของกรณีนี้ ทุกทางที่เลือกถูกบันทึกไว้แล้ว"),
        "actions": [] if story["now"] else actions,
        "labels": words(session, SAVING, STORY_LABELS),
    }


def _chapter(session: Session, case: dict[str, Any], one: dict[str, Any], clauses: ClauseCards) -> dict[str, Any]:
    text, kind = VERDICTS[one["verdict"]]
    paper = one["paper"]
    return {
        "question": session.local(one["question"]),
        "chosen": session.local(one["chosen"]),
        "verdict": {"text": session(text), "kind": kind},
        "why": session.local(one["why"]),
        "text": session.local(one["text"]),
        "figures": [
            {
                "label": figure_title(session, case, row["field"]),
                "before": figure(row["before"], "baht"),
                "after": figure(row["after"], "baht"),
            }
            for row in one["figures"]
        ],
        "paper": {
            "title": session.local(paper["title"]),
            "kind": session(PAPERS[paper["kind"]]),
            "date": day(session, paper["date"]),
            "lines": [session.local(line) for line in paper["lines"]],
        },
        "clauses": clauses.cite(one["clauses"]),
    }
