"""Clauses of the handbook as cards, for citations and for reading: labels, values, lessons, in the person's language.

Asks the desk once a page for what it does not know yet. Knows no widget and no item.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cps_training.apps.clause_seen import clause_seen
from cps_training.apps.session import Session
from cps_training.desk import protocol
from cps_training.errors import KitError
from cps_training.i18n import mark

LEVELS = {
    "remember": mark("ขั้นจำ"),
    "understand": mark("ขั้นเข้าใจ"),
    "apply": mark("ขั้นนำไปใช้"),
    "analyze": mark("ขั้นวิเคราะห์"),
    "evaluate": mark("ขั้นประเมิน"),
    "create": mark("ขั้นสร้างสรรค์"),
}
"""Bloom's levels."""
CLAUSE_LABELS = {
    "objective": mark("เรียนแล้วทำอะไรได้"),
    "facts": mark("ตัวเลขที่เกี่ยวข้อง"),
    "lessons": mark("เรียนข้อนี้ได้ใน"),
    "related": mark("ข้อที่เกี่ยวข้อง"),
    "notes": mark("หมายเหตุบรรณาธิการ"),
    "seen": mark("คำถามที่คุณตอบ"),
    "practise": mark("ฝึกข้อนี้ที่"),
    "close": mark("ปิด"),
    "back": mark("ย้อนกลับ"),
    "opening": mark("กำลังเปิดข้อนี้…"),
    "missing": mark("ชุดฝึกไม่มีข้อนี้ในคู่มือ"),
    "failed": mark("ยังเปิดข้อนี้ไม่ได้ โปรดลองอีกครั้ง"),
    "retry": mark("ลองอีกครั้ง"),
    "open_page": mark("เปิดข้อนี้ในหน้าคู่มือ"),
}
UNVERIFIED = mark("ควรตรวจสอบกับกฎหมายฉบับปัจจุบัน")


class ClauseCards:
    """Clauses as cards for citations; each asked of the desk once a page. A card is what views call so (views.Citing)."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[str, dict[str, Any]] = {}

    def remember(self, clauses: Iterable[dict[str, Any]]) -> None:
        """Take in clauses that the desk has told already."""
        self._known |= {clause["id"]: clause for clause in clauses}

    def __call__(self, ids: list[str]) -> list[dict[str, Any]]:
        """The cards of these clauses, unknown ones left out. Raises KitError where the desk cannot be asked."""
        missing = tuple(i for i in ids if i not in self._known)
        if missing:
            self.remember(self._session.ask(protocol.Handbook(ids=missing))["clauses"])
        return [self._card(self._known[i]) for i in ids if i in self._known]

    def cite(self, ids: list[str]) -> list[dict[str, str]]:
        """Only what a citation shows: {id, label, title}."""
        return [{name: card[name] for name in ("id", "label", "title")} for card in self(ids)]

    def open(self, clause_id: str) -> dict[str, Any] | None:
        """The card of a citation that was pressed; None for an unknown clause, {"failed": text} without the desk."""
        try:
            cards = self([clause_id])
        except KitError as error:
            return {"failed": self._session(error.message)}
        return cards[0] if cards else None

    def seen(self, clause_id: str) -> dict[str, Any] | None:
        """How the person stands with a clause now, asked anew each time; None where there is nothing to say."""
        return clause_seen(self._session, clause_id)

    def wiring(self) -> dict[str, Any]:
        """What a widget with citations is given: `on_clause`, `on_seen` and `clause_labels`."""
        labels = {name: self._session(text) for name, text in CLAUSE_LABELS.items()}
        return {"on_clause": self.open, "on_seen": self.seen, "clause_labels": labels}

    def _card(self, clause: dict[str, Any]) -> dict[str, Any]:
        session = self._session
        is_served = not session.is_lab  # JupyterLab has none of the pages
        return self._ref(clause) | {
            "other": _other(session, clause["title"]),
            "kind_note": session("เป็นหัวข้อของข้อย่อย ไม่ได้นับคะแนนแยก") if clause["kind"] == "heading" else "",
            "summary": clause["summary"],
            "objective": session.local(clause["objective"]) if clause["objective"] else "",
            "level": session(LEVELS[clause["bloom"]]) if clause["bloom"] else "",
            "facts": [self._fact(value) for value in clause["parameters"]],
            "related": [self._ref(near) for near in clause["related"]],
            "lessons": [
                {
                    "label": session("บทที่ %(n)s · %(title)s")
                    % {"n": lesson["number"], "title": session.local(lesson["title"])},
                    "href": f"/lessons/{lesson['lesson_id']}",
                }
                for lesson in clause["lessons"]
                if is_served
            ],
            "notes": clause["notes"],
            "page": session.local(clause["page"]),
            "href": f"/handbook?clause={clause['id']}" if is_served else "",
        }

    def _ref(self, clause: dict[str, Any]) -> dict[str, str]:
        session = self._session
        return {
            "id": clause["id"],
            "label": session.local(clause["label"]),
            "title": session.local(clause["title"]),
        }

    def _fact(self, value: dict[str, Any]) -> dict[str, Any]:
        session = self._session
        tag = None
        if value["is_office_setting"]:
            tag = {"text": session("สำนักงานกำหนดเองได้"), "kind": "plain"}
        elif not value["is_verified"]:
            tag = {"text": session(UNVERIFIED), "kind": "due"}
        note = [session.local(value["source"]), *([session.local(value["note"])] if value["note"] else [])]
        between = ": " if session.locale == "en" else " "
        return {
            "text": f"{session.local(value['title'])}{between}{session.local(value['text'])}",
            "tag": tag,
            "note": " · ".join(note),
        }


def _other(session: Session, title: dict[str, str]) -> dict[str, str] | None:
    """The title in the other language, where it has one: Thai officers know the English short titles from forms."""
    lang = "th" if session.locale == "en" else "en"
    return {"text": title[lang], "lang": lang} if title[lang] != session.local(title) else None
