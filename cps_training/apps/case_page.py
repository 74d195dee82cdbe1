"""Case studies: the list, or the room of one. `/case?case=thung-sathit` is one room.

Everything done is one step of the desk, kept before it is shown as saved; where one was comes back from the desk.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import ipywidgets

from cps_training.apps.case_board import board_state, matches_state
from cps_training.apps.case_evidence import Evidence, consult_state, papers_state
from cps_training.apps.case_figures import profile_state, ratios_state, tables_state
from cps_training.apps.case_outcome import result_state, story_state
from cps_training.apps.case_words import PATH, SAVED, day, tag_of, year_end
from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.refresher_page import KINDS
from cps_training.apps.session import Session
from cps_training.apps.signed_out import refusal
from cps_training.desk import protocol
from cps_training.errors import KitError
from cps_training.i18n import mark
from cps_training.views import (
    CaseConsult,
    CaseFollowUp,
    CaseList,
    CasePapers,
    CaseProfile,
    CaseRatios,
    CaseResult,
    CaseRoom,
    CaseTables,
    ProblemBoard,
)
from cps_training.views._saving import Save, Saving
from cps_training.views._view import View

TABS = {
    "profile": mark("ภาพรวม"),
    "papers": mark("เอกสาร"),
    "tables": mark("ตาราง"),
    "ratios": mark("อัตราส่วน"),
    "consult": mark("ปรึกษา"),
    "board": mark("กระดานปัญหา"),
    "result": mark("ผล"),
    "story": mark("เรื่องต่อ"),
}
"""In the order in which an officer works; the last two once the work was handed in."""
AFTER = ("result", "story")


def case(session: Session, case_id: str = "") -> ipywidgets.Widget:
    """The page: the room of a case, by the argument or the address; else the list."""
    page = _CasePage(session)
    asked = parse_qs(os.environ.get("QUERY_STRING", "")).get("case", [""])[0][:100]
    page.open(case_id or asked)
    return page.stack


class _CasePage:
    """One page; `stack` holds the widgets shown now."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.stack = ipywidgets.VBox()
        self.clauses = ClauseCards(session)

    def open(self, case_id: str, *, fresh: bool = False) -> None:
        """A case's room, or the list for ""."""
        try:
            if case_id:
                said = self.session.ask(protocol.OpenCase(case_id=case_id, fresh=fresh))
                room = _Room(self.session, said["case"], said["work"], self)
                room.show()
            else:
                rows = self.session.ask(protocol.Cases())["cases"]
                self.show(CaseList(locale=self.session.locale, on_action=self._acted, **list_state(self.session, rows)))
        except KitError as error:
            self.show(refusal(self.session, error, PATH))

    def _acted(self, wanted: str) -> None:
        verb, _, case_id = wanted.partition(":")
        if verb == "case":
            self.open(case_id)

    def show(self, *widgets: View) -> None:
        """Put these in place of what is shown; a widget that stays is not drawn anew."""
        old = self.stack.children
        self.stack.children = widgets
        for gone in old:
            if gone not in widgets:
                gone.close()


def list_state(session: Session, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The traits of a CaseList. The first case that was begun, else the first new one, is the one to go on with."""
    ahead = next((r["id"] for r in rows if r["status"] == "open"), None) or next(
        (r["id"] for r in rows if r["status"] == "new"), None
    )
    return {
        "heading": session("กรณีศึกษา"),
        "intro": session("เปิดแฟ้มสหกรณ์อย่างที่ผู้ส่งเสริมทำ อ่านตัวเลขและเอกสาร ตั้งข้อค้นพบพร้อมหลักฐาน แล้วเรียงว่าควรทำอะไรก่อน"),
        "rows": [_listed(session, row, is_ahead=row["id"] == ahead) for row in rows],
        "note": session("ทุกแห่งและทุกคนในกรณีศึกษาเป็นเรื่องสมมติ") if rows else session("ยังไม่มีกรณีศึกษา"),
    }


def _listed(session: Session, row: dict[str, Any], *, is_ahead: bool) -> dict[str, Any]:
    labels = {"new": session("เปิดแฟ้ม"), "open": session("ทำต่อ"), "submitted": session("ดูผล")}
    if row["status"] == "submitted":
        score = session("ผลดีที่สุด %(n)s %%") % {"n": round(100 * (row["score"] or 0))}
        status = {"text": score, "kind": "" if row["is_passed"] else "due"}
    elif row["status"] == "open":
        status = {"text": session("ทำค้างไว้ มี %(n)s ข้อบนกระดาน") % {"n": row["n_findings"]}, "kind": "due"}
    else:
        status = {"text": session("ยังไม่เริ่ม"), "kind": "plain"}
    members = session("สมาชิก %(n)s คน") % {"n": f"{row['n_members']:,}"}
    return {
        "id": row["id"],
        "letter": row["letter"] or "",
        "name": session.local(row["name"]),
        "tag": tag_of(session, row),
        "about": f"{session(KINDS[row['kind']])} · {members}",
        "tasks": session("ประมาณ %(n)s นาที แบ่งทำได้หลายครั้ง") % {"n": row["minutes"]},
        "status": status,
        "action": {
            "label": labels[row["status"]],
            "href": None if session.is_lab else f"{PATH}?case={row['id']}",
            "id": f"case:{row['id']}",
            "primary": is_ahead,
        },
    }


class _Room:
    """The room of one case: the header and the widget of one tab."""

    def __init__(self, session: Session, case: dict[str, Any], work: dict[str, Any], page: _CasePage) -> None:
        self.session, self.case, self.work, self.page = session, case, work, page
        self.evidence = Evidence(session, case)
        self.paper, self.read = "", set[str]()
        self.tab = "result" if work["is_submitted"] else "board" if work["findings"] else "profile"
        self.header = CaseRoom(locale=session.locale, on_action=self._acted, **self._header())
        self.widget: View | None = None

    def show(self, *, lands: bool = False) -> None:
        """Draw the current tab beneath the header."""
        state = self._state()
        common: dict[str, Any] = {"locale": self.session.locale, "on_action": self._acted, "lands": lands}
        kind = WIDGETS[self.tab]
        if issubclass(kind, Saving):
            common |= {"on_save": self._save, **self.page.clauses.wiring()}
        elif kind is CaseResult:
            common |= self.page.clauses.wiring()
        self.widget = kind(**common, **state)
        self.header.show(**self._header())
        self.page.show(self.header, self.widget)

    def _header(self) -> dict[str, Any]:
        session, case = self.session, self.case
        place = case["organisation"]
        members = case["figures"][str(case["years"][-1])]["members"]
        line = [
            session("สมาชิก %(n)s คน") % {"n": f"{members:,}"} if not place["is_forecast"] else "",
            session("ปิดบัญชี %(day)s") % {"day": year_end(session, place["year_end"])},
            session("วันนี้ในเรื่อง %(day)s") % {"day": day(session, case["as_of"])},
        ]
        n = len(self.work["findings"])
        tabs = [
            {"id": name, "label": session(label), "badge": str(n) if name == "board" and n else ""}
            for name, label in TABS.items()
            if self._has(name)
        ]
        return {
            "letter": case["letter"] or "",
            "name": session.local(case["name"]),
            "tag": tag_of(session, case),
            "line": " · ".join(part for part in line if part),
            "back": None if session.is_lab else {"label": session("กรณีศึกษาทั้งหมด"), "href": PATH},
            "tabs": tabs,
            "current": self.tab,
            "labels": {"tabs": session("ขั้นของงาน"), "case": session("กรณีศึกษา {letter}")},
        }

    def _has(self, tab: str) -> bool:
        if tab == "consult" and not self.case["consultations"]:
            return False
        if tab == "story" and not self.case["goes_on"]:
            return False
        return (tab in AFTER) <= self.work["is_submitted"]

    def _state(self) -> dict[str, Any]:
        """The traits of the current tab's widget."""
        session, case, work, clauses = self.session, self.case, self.work, self.page.clauses
        states: dict[str, Callable[[], dict[str, Any]]] = {
            "profile": lambda: profile_state(session, case),
            "papers": lambda: papers_state(session, case, work["marks"], self.paper, self.read),
            "tables": lambda: tables_state(session, case, work["marks"]),
            "ratios": lambda: ratios_state(session, case, work["marks"]),
            "consult": lambda: consult_state(session, case, work, clauses),
            "board": lambda: board_state(session, case, work, clauses, self.evidence),
            "result": lambda: result_state(session, case, work, clauses, self.evidence),
            "story": lambda: story_state(session, case, work, clauses),
        }
        state = states[self.tab]()
        if self.tab == "board" and work["is_submitted"]:
            state["submit"] = None
        return state

    def _go_to(self, tab: str) -> None:
        self.tab = tab
        self.show(lands=True)

    def _acted(self, wanted: str) -> None:
        verb, _, named = wanted.partition(":")
        if verb == "tab" and named in TABS and self._has(named):
            self._go_to(named)
        elif verb == "paper" and self.tab == "papers":
            self.paper = named if any(paper["id"] == named for paper in self.case["papers"]) else ""
            self.read |= {self.paper} - {""}
            assert self.widget is not None
            self.widget.show(**self._state())
        elif verb == "again" and self.work["is_submitted"]:
            self.page.open(self.case["id"], fresh=True)

    def _save(self, save: Save) -> None:
        """One thing done: to the desk first, then shown with what the desk holds."""
        widget = self.widget
        assert isinstance(widget, Saving)
        if save.kind == "match":
            rows = self.session.ask(protocol.MatchFinding(text=save.detail["text"]))["rows"]
            found = matches_state(self.session, self.case, save.send_id, save.detail["text"], rows)
            widget.answer(save, "", matches=found)
            return
        step = protocol.TakeCaseStep(
            work_id=self.work["work_id"],
            kind=save.kind,
            detail=save.detail,
            answer_id=save.send_id,
            expect_seq=self.work["seq"],
        )
        try:
            self.work = self.session.ask(step)
        except KitError as error:
            if "work" in error.details:  # somebody went on in another window: what is there now, and why
                self.work = error.details["work"]
                self._answer(widget, save, error.message, is_error=True)
            else:
                widget.answer(save, error.message, is_error=True)
            return
        if save.kind == "submit":
            self._go_to("result")
        else:
            self._answer(widget, save, self.session(SAVED), is_error=False)

    def _answer(self, widget: Saving, save: Save, text: str, *, is_error: bool) -> None:
        if self.work["is_submitted"] and self.tab not in AFTER:  # handed in elsewhere
            self._go_to("result")
            return
        widget.answer(save, text, is_error=is_error, **self._state())
        self.header.show(**self._header())


WIDGETS: dict[str, type[View]] = {
    "profile": CaseProfile,
    "papers": CasePapers,
    "tables": CaseTables,
    "ratios": CaseRatios,
    "consult": CaseConsult,
    "board": ProblemBoard,
    "result": CaseResult,
    "story": CaseFollowUp,
}
