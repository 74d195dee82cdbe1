"""What an ItemCard tells after an answer: verdict, marks, explanation, what a marker said, the hint between two tries.

Only what the desk released is put into words; nothing is judged here.
"""

from __future__ import annotations

from typing import Any

from cps_training.apps.cards import points_text
from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.session import Session
from cps_training.i18n import mark

VERDICTS = {
    "right": mark("ถูกต้อง"),
    "partly": mark("ถูกบางส่วน"),
    "wrong": mark("ยังไม่ถูก"),
    "blank": mark("ไม่ได้ตอบ"),
    "waiting": mark("รอตรวจ"),
    "noted": mark("รับคำตอบแล้ว"),
}
MARKERS = {
    "trainer": mark("วิทยากรตรวจแล้ว"),
    "peer": mark("เพื่อนร่วมงานตรวจแล้ว"),
    "self": mark("คุณตรวจเองแล้ว"),
}
PLACED = ("match", "sort", "cloze")
"""Interactions whose parts each have an answer of their own: their marks name the right one."""


def verdict_of(item: dict[str, Any]) -> str:
    """The desk's verdict; what was right at last, in whichever try, is right: the points tell of the tries."""
    said = str(item["judgement"]["verdict"])
    tries = item["tries"]
    return "right" if said == "partly" and tries is not None and tries["is_right"] else said


def verdict_label(item: dict[str, Any]) -> str:
    """The verdict in words (a message): of a marked essay who marked it, for no text is simply right."""
    given = item["judgement"]["mark"]
    return MARKERS[given["role"]] if given else VERDICTS[verdict_of(item)]


def feedback(
    session: Session, item: dict[str, Any], view: dict[str, Any], clauses: ClauseCards
) -> dict[str, Any] | None:
    """The card's feedback, None while the policy holds it back. view: the item's AttemptView."""
    judged = item["judgement"]
    if judged is None:
        return None
    verdict = verdict_of(item)
    kind = item["presentation"]["interaction"]
    answer = judged["options"].get("answer", {})
    return {
        "verdict": verdict,
        "verdict_label": session(verdict_label(item)),
        "critical_label": session("ข้อผิดพลาดร้ายแรง ข้อนี้ไม่ได้คะแนน") if judged["critical"] else "",
        "headline": judged["headline"],
        "correct_text": judged["correct_text"] or answer.get("right", ""),
        "explanation": "\n".join(
            filter(None, (_marked(session, judged["mark"]), _waiting(session, verdict), judged["explanation"]))
        ),
        "score_label": _score(session, item, view),
        "options": {
            option: {"mark": line["mark"], "label": _label(session, kind, line), "rationale": line["rationale"]}
            for option, line in judged["options"].items()
        },
        "order": (judged["correct"] or {}).get("order"),
        "clauses": clauses(judged["clauses"]),
    }


def _waiting(session: Session, verdict: str) -> str:
    if verdict != "waiting":
        return ""
    return session("บันทึกคำตอบของคุณแล้ว คะแนนข้อนี้จะมาเมื่อตรวจตามเกณฑ์เสร็จ")


def _score(session: Session, item: dict[str, Any], view: dict[str, Any]) -> str:
    judged, tries = item["judgement"], item["tries"]
    if judged["verdict"] not in ("right", "partly", "wrong"):
        return ""
    if view["policy"] == "certainty" or judged["points"] < 0:
        points = points_text(abs(judged["points"]), 2)
        said = session("เสีย %(points)s คะแนน") if judged["points"] < 0 else session("ได้ %(points)s คะแนน")
        return said % {"points": points}
    if judged["verdict"] != "partly":
        return ""
    percent = round(100 * judged["fraction"])
    if verdict_of(item) == "right":
        return session("ได้ร้อยละ %(percent)s ของคะแนนข้อนี้ เพราะถูกในครั้งที่ %(n)s") % {"percent": percent, "n": tries["n"]}
    return session("ได้ร้อยละ %(percent)s ของคะแนนข้อนี้") % {"percent": percent}


def _label(session: Session, kind: str, line: dict[str, Any]) -> str | list[Any]:
    if kind in PLACED:
        return _placed(session, line)
    if kind == "mark_lines":
        return _line(session, line)
    if line["mark"] == "right":
        return session("คำตอบของคุณ ถูกต้อง") if line["taken"] else session("คำตอบที่ถูก")
    if line["mark"] == "missed":
        return session("คำตอบที่ถูก แต่ไม่ได้เลือก") if line["right"] == "" else session("ไม่ได้ตอบ")
    return session("คำตอบของคุณ") if line["mark"] == "wrong" else ""


def _placed(session: Session, line: dict[str, Any]) -> str | list[Any]:
    """Words, with what is content marked as such where there is any (`rich` in views/static/_dom.js)."""
    if line["mark"] == "right":
        return session("ถูกต้อง")
    said = session("ไม่ได้ตอบ") if line["mark"] == "missed" else session("ยังไม่ถูก")
    if not line["right"]:
        return said
    before, _, after = session("ที่ถูกคือ %(answer)s").partition("%(answer)s")
    return [f"{said} {before}", {"own": line["right"]}, after]


def _line(session: Session, line: dict[str, Any]) -> str:
    said = {"right": mark("มีปัญหาจริง คุณพบ"), "missed": mark("มีปัญหา แต่ไม่ได้ทำเครื่องหมาย"), "wrong": mark("บรรทัดนี้ไม่มีปัญหา")}
    return session(said[line["mark"]]) if line["mark"] else ""


def _marked(session: Session, given: dict[str, Any] | None) -> str:
    """What an essay got, which level for each criterion, and what the marker wrote."""
    if given is None:
        return ""
    got, most = (sum(level[name] for level in given["levels"]) for name in ("points", "most"))
    lines = [session("ได้ %(points)s จาก %(total)s") % {"points": got, "total": most}]
    for level in given["levels"]:
        lines.append(f"• {level['criterion']}: {level['level']} ({level['points']}/{level['most']})")
    if given["comment"]:
        lines.append(session("ความเห็น: %(comment)s") % {"comment": given["comment"]})
    return "\n".join(lines)


def nudge(session: Session, item: dict[str, Any]) -> dict[str, Any] | None:
    """What is told between two tries, None where there is nothing to tell."""
    told = item["nudge"]
    if told is None:
        return None
    left = session("ลองได้อีก %(n)s ครั้ง") % {"n": told["n_left"]}
    worth = session("ถ้าถูกในครั้งต่อไป ข้อนี้ได้ไม่เกินร้อยละ %(percent)s") % {"percent": round(100 * told["most"])}
    return {
        "verdict": told["verdict"],
        "title": session(VERDICTS[told["verdict"]]),
        "text": told["hint"],
        "note": f"{left} · {worth}" if told["most"] < 1 else left,
    }
