"""Before a visit: choose a cooperative and a method, then its sheet. `/refresher?cooperative=…&method=…` is one sheet.

The five questions open on the quiz page. What is ticked on the checklist stays in the browser and never comes here.
"""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import parse_qs

import ipywidgets

from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.knowledge_map import STATES
from cps_training.apps.session import Session
from cps_training.apps.signed_out import refusal
from cps_training.desk import protocol
from cps_training.errors import KitError
from cps_training.i18n import mark
from cps_training.views import Notice, VisitSheet
from cps_training.views._view import View

PATH = "/refresher"
KINDS = {
    "agricultural": mark("สหกรณ์การเกษตร"),
    "fisheries": mark("สหกรณ์ประมง"),
    "settlement": mark("สหกรณ์นิคม"),
    "consumer": mark("สหกรณ์ร้านค้า"),
    "service": mark("สหกรณ์บริการ"),
    "savings": mark("สหกรณ์ออมทรัพย์"),
    "credit_union": mark("สหกรณ์เครดิตยูเนี่ยน"),
    "farmer_group": mark("กลุ่มเกษตรกร"),
}
"""As the desk names kinds of cooperatives."""


def refresher(session: Session) -> ipywidgets.Widget:
    """The page: the sheet the address names, else the choice."""
    page = _RefresherPage(session)
    asked = parse_qs(os.environ.get("QUERY_STRING", ""))
    page.open(asked.get("cooperative", [""])[0][:100], asked.get("method", [""])[0][:100])
    return page.stack


class _RefresherPage:
    """One page; `stack` holds the widget shown now."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.stack = ipywidgets.VBox()
        self.clauses = ClauseCards(session)

    def open(self, cooperative: str = "", method: str = "") -> None:
        try:
            said = self.session.ask(protocol.Refresher(cooperative=cooperative, method=method))
        except KitError as error:
            self._show(refusal(self.session, error, PATH))
            return
        if not said["cooperatives"] or not said["methods"]:
            self._show(
                Notice(text=self.session("ยังไม่มีสหกรณ์ให้เลือก สำนักงานเพิ่มได้ในโฟลเดอร์เนื้อหา"), locale=self.session.locale)
            )
            return
        heading = self.session("ทบทวนก่อนลงพื้นที่")
        if said["visit"] is None:
            state: dict[str, Any] = {
                "intro": self.session("เลือกแห่งที่จะไปและวิธี แล้วดูข้อที่ควรทบทวน ตอบไม่เกิน 5 ข้อ และเตรียมเอกสารให้ครบ"),
                "choice": choice_state(self.session, said, cooperative, method),
            }
        else:
            self.clauses.remember(said["visit"]["told"])
            state = {"sheet": sheet_state(self.session, said["visit"], self.clauses)}
        self._show(
            VisitSheet(
                heading=heading, locale=self.session.locale, on_action=self._acted, **state, **self.clauses.wiring()
            )
        )

    def _show(self, widget: View) -> None:
        old = self.stack.children
        widget.lands = bool(old)
        self.stack.children = (widget,)
        for gone in old:
            gone.close()

    def _acted(self, wanted: str) -> None:
        """In JupyterLab, which has no addresses, the choice comes as an action."""
        verb, _, named = wanted.partition(":")
        cooperative, _, method = named.partition(":")
        if verb in ("visit", "choose"):
            self.open(cooperative, method)


def choice_state(session: Session, said: dict[str, Any], cooperative: str, method: str) -> dict[str, Any]:
    """The trait `choice` of a VisitSheet. cooperative, method: what was chosen already."""
    _ = session
    return {
        "address": "" if _.is_lab else PATH,
        "places": {
            "label": _("จะไปสหกรณ์หรือกลุ่มเกษตรกรใด"),
            "empty": _("เลือกสหกรณ์หรือกลุ่มเกษตรกร"),
            "missing": _("โปรดเลือกสหกรณ์หรือกลุ่มเกษตรกร"),
            "chosen": cooperative,
            "options": [{"value": one["id"], "label": _named(session, one)} for one in said["cooperatives"]],
        },
        "ways": {
            "label": _("ไปด้วยวิธีใด"),
            "missing": _("โปรดเลือกวิธี"),
            "chosen": method,
            "options": [
                {"value": one["id"], "label": _.local(one["title"]), "note": _.local(one["hint"])}
                for one in said["methods"]
            ],
        },
        "submit": _("ดูสิ่งที่ควรเตรียม"),
    }


def _named(session: Session, one: dict[str, Any]) -> str:
    name = session.local(one["name"])
    return session("%(name)s (สมมติ)") % {"name": name} if one["is_fictional"] else name


def sheet_state(session: Session, visit: dict[str, Any], clauses: ClauseCards) -> dict[str, Any]:
    """The trait `sheet` of a VisitSheet. visit: the desk's Sheet."""
    _, place, way = session, visit["cooperative"], visit["method"]
    rows = [_clause(session, row, card) for row, card in _with_cards(visit["clauses"], clauses)]
    return {
        "name": _.local(place["name"]),
        "tag": {"text": _("สมมติ"), "kind": "plain"} if place["is_fictional"] else None,
        "way": _.local(way["title"]),
        "kind": _(KINDS[place["kind"]]),
        "note": _.local(place["note"]) if place["note"] else "",
        "now": _now(session, visit),
        "clauses": {
            "title": _("ข้อที่ควรทบทวน"),
            "intro": _("ข้อที่ลืมหรือยังไม่แม่นอยู่ก่อน กดที่ข้อเพื่ออ่านทั้งข้อ"),
            "because": _("เพราะ"),
            "more": _("ดูอีก %(n)s ข้อ") % {"n": max(0, len(rows) - 5)},
            "rows": rows,
        },
        "documents": {
            "title": _("เอกสารที่ควรเตรียม"),
            "kept": _("เครื่องหมายเก็บไว้ในเบราว์เซอร์เครื่องนี้เท่านั้น ไม่ส่งไปที่ชุดฝึก และแยกตามแห่งกับวิธี"),
            "clear": _("ล้างเครื่องหมาย"),
            "progress": _("เตรียมแล้ว {n} จาก {total} รายการ"),
            "rows": [_document(session, row, clauses) for row in visit["documents"]],
        },
        "store": f"cps-visit:{session.person['person_id']}:{place['id']}:{way['id']}",
        "links": {
            "other": None if _.is_lab else {"label": _("เลือกแห่งหรือวิธีอื่น"), "href": PATH},
            "again": {"id": "choose", "label": _("เลือกแห่งหรือวิธีอื่น")} if _.is_lab else None,
            "print": "" if _.is_lab else _("พิมพ์หน้านี้"),
        },
    }


def _now(session: Session, visit: dict[str, Any]) -> dict[str, Any] | None:
    """The questions, as the one thing to do; None where there is nothing to ask."""
    _, under_way = session, visit["open"]
    if under_way and under_way["n_answered"]:
        label = _("ทำต่อ")
        text = _("ทำไปแล้ว %(n)s จาก %(total)s ข้อ") % {"n": under_way["n_answered"], "total": under_way["n_items"]}
    elif visit["is_done"]:
        label, text = _("ดูผลหรือทำอีกครั้ง"), _("ทบทวนข้อเหล่านี้แล้ววันนี้")
    elif visit["n_items"] or under_way:
        n = under_way["n_items"] if under_way else visit["n_items"]
        label, text = _("เริ่มตอบ"), _("%(n)s ข้อจากเรื่องที่ควรทบทวนที่สุด รู้ผลทันที และนับในแผนที่ความรู้") % {"n": n}
    else:
        return None
    if _.is_lab:  # JupyterLab has no quiz page to go to
        return None
    return {
        "title": _("ลองตอบก่อนไป"),
        "text": text,
        "action": {"label": label, "href": f"/quiz?form={visit['form_id']}"},
    }


def _with_cards(rows: list[dict[str, Any]], clauses: ClauseCards) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    cards = {card["id"]: card for card in clauses([row["id"] for row in rows])}
    return [(row, cards[row["id"]]) for row in rows if row["id"] in cards]


def _clause(session: Session, row: dict[str, Any], card: dict[str, Any]) -> dict[str, Any]:
    kind = {"mastered": "", "not_started": "plain"}.get(row["state"], "due")
    tag = {"text": session(STATES[row["state"]]), "kind": kind}
    if row["is_forgotten"]:
        tag = {"text": session(STATES["fading"]), "kind": "due"}
    elif row["state"] == "in_progress":
        tag = {"text": session("ยังไม่แม่น"), "kind": "due"}
    return {name: card[name] for name in ("id", "label", "title", "summary")} | {
        "tag": tag,
        "why": [session.local(text) for text in row["why"]],
    }


def _document(session: Session, row: dict[str, Any], clauses: ClauseCards) -> dict[str, Any]:
    cited = clauses.cite([row["clause"]])
    return {
        "id": row["id"],
        "title": session.local(row["title"]),
        "tag": {"text": session("คำแนะนำของชุดฝึก"), "kind": "plain"} if row["is_advice"] else None,
        "when": session.local(row["when"]) if row["when"] else "",
        "why": session.local(row["why"]),
        "clause": cited[0] if cited else None,
    }
