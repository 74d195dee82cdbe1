"""The room of one plan: the head, and the widgets of one part of it. Every press goes to the desk first and is then shown as the desk has it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from cps_training.apps import plan_doing as doing
from cps_training.apps.plan_calendar_state import calendar_state, start_of, turned
from cps_training.apps.plan_files import made
from cps_training.apps.plan_findings import GO, find, tab_of
from cps_training.apps.plan_head import TABS, decided, head_state
from cps_training.apps.plan_parts import WIDGETS, part_state, shown_in
from cps_training.apps.plan_records import PERFORM
from cps_training.apps.plan_shapes import incomplete
from cps_training.apps.plan_sharing import SHARE
from cps_training.apps.plan_words import clock_time
from cps_training.apps.session import Session
from cps_training.clock import utc_now
from cps_training.desk import plan_messages
from cps_training.desk.wire import Message
from cps_training.errors import KitError
from cps_training.i18n import mark
from cps_training.views import PlanForm, PlanRoom
from cps_training.views._citing import Citing
from cps_training.views._saving import Save, Saving
from cps_training.views._view import View

if TYPE_CHECKING:
    from cps_training.apps.plan_page import PlanPage

CONFLICT = mark("มีคนแก้ช่องเดียวกันระหว่างที่คุณเขียน ที่คุณเขียนยังอยู่ โปรดเลือกว่าจะใช้ข้อความใด")


class PlanRoomPage:
    """One plan's room. view: PlanView, as the desk told it last."""

    def __init__(self, session: Session, view: dict[str, Any], page: PlanPage) -> None:
        self.session, self.view, self.page = session, view, page
        self.tab = _start(view)
        self.drafts: dict[str, Any] = {}
        self.refused: dict[str, list[dict[str, Any]]] = {}
        self.conflict: tuple[list[dict[str, Any]], list[dict[str, Any]]] | None = None
        self.calendar = ("month", start_of(view))
        self.older: dict[str, Any] = {"rows": [], "more": False}
        self.file: dict[str, Any] | None = None
        self.saved: dict[str, str] | None = None
        self.notice: dict[str, Any] | None = None
        self.widgets: dict[str, View] = {}
        self.header = PlanRoom(locale=session.locale, on_action=self._acted, **self._head())

    def show(self, *, lands: bool = False) -> None:
        """Draw the current part beneath the head."""
        if self.tab == "review":
            self._remember(before=None)
        self._know_clauses()
        self.widgets = {}
        for name in shown_in(self):
            kind = WIDGETS[name]
            common: dict[str, Any] = {"locale": self.session.locale, "on_action": self._acted}
            common["lands"] = lands and not self.widgets
            if issubclass(kind, Saving):
                common["on_save"] = partial(self._save, name)
            if issubclass(kind, Citing):
                common |= self.page.clauses.wiring()
            self.widgets[name] = kind(**common, **self._state(name))
        self.header.show(**self._head())
        self.page.show(self.header, *self.widgets.values())

    def _head(self) -> dict[str, Any]:
        notice = self.notice
        if self.conflict and self.tab != "review":
            action = {"id": "tab:review", "label": self.session("เปรียบเทียบและเลือก")}
            notice = {"text": self.session(CONFLICT), "kind": "bad", "action": action}
        return head_state(self.session, self.view, self.tab, state=self.saved, notice=notice)

    def _state(self, name: str) -> dict[str, Any]:
        return part_state(self, name)

    def _remember(self, before: int | None) -> None:
        """Ask for the plan's history; the older rows are put to those there are."""
        said = self.session.ask(plan_messages.PlanHistory(plan_id=self.view["plan_id"], before=before))
        rows = said["rows"] if before is None else [*self.older["rows"], *said["rows"]]
        self.older = {"rows": rows, "more": said["more"]}

    def _know_clauses(self) -> None:
        """Ask for all clauses that findings cite at once, not one by one."""
        self.page.clauses(sorted({one["clause"] for one in self.view["findings"]}))

    # What is pressed ------------------------------------------------------------------------------------------------

    def _acted(self, wanted: str) -> None:
        verb, _, named = wanted.partition(":")
        if verb == "tab" and named in TABS:
            self._go_to(named)
        elif wanted.startswith(GO):
            self._go_to_finding(wanted.removeprefix(GO))
        elif verb == "visit":
            self._go_to("visits", f"visits/{named}")
        elif verb in ("view", "turn") and self.tab == "calendar":
            self._turn(verb, named)
        elif verb == "day":
            self._advance(named)
        elif verb == "download":
            self._download(named)
        elif wanted == "older" and self.tab == "review" and self.older["rows"]:
            self._remember(before=self.older["rows"][-1]["seq"])
            self.widgets["history"].show(**self._state("history"))

    def _go_to(self, tab: str, at: str = "") -> None:
        self.tab, self.file, self.notice = tab, None, None
        self.show(lands=not at)
        if at:
            self._point(at)

    def _point(self, at: str) -> None:
        """Bring the focus to a field or section of a form in view."""
        for widget in self.widgets.values():
            if isinstance(widget, PlanForm):
                ids = {section["id"] for section in widget.sections}
                ids |= {field["id"] for section in widget.sections for field in section["fields"]}
                if at in ids:
                    widget.show(at=at)

    def _go_to_finding(self, named: str) -> None:
        finding = find(self.view, named)
        if finding is None:  # mended meanwhile
            self.show()
            return
        self._go_to(tab_of(finding))
        for widget in self.widgets.values():
            if isinstance(widget, PlanForm):
                row = next((one for one in widget.findings if one["id"] == named), None)
                self._point(row["field"] if row and row["field"] else "/".join(finding["at"][:2]))

    def _turn(self, verb: str, named: str) -> None:
        kind, anchor = self.calendar
        if verb == "view" and named in ("month", "week"):
            self.calendar = (named, anchor)
        elif verb == "turn" and named in ("-1", "1"):
            self.calendar = (kind, turned(kind, anchor, int(named)))
        self.widgets["calendar"].show(**calendar_state(self.session, self.view, *self.calendar))

    def _advance(self, days: str) -> None:
        message = doing.advanced(self.view, days)
        if message is None:
            return
        n_before = len(self.view["events"])
        self.notice = None
        if self._asked(message):
            self.notice = decided(self.session, self.view, n_before)
        self.show()

    def _asked(self, message: Message) -> bool:
        """Send what no widget waits for; a refusal is told in the head."""
        try:
            self._take(self.session.ask(message))
        except KitError as error:
            self.notice = {"text": self.session(error.message), "kind": "bad", "action": None}
            return False
        return True

    def _download(self, named: str) -> None:
        try:
            self.file = made(self.session, self.view["document"], named)
        except KitError as error:
            self.notice = {"text": self.session(error.message), "kind": "bad", "action": None}
        self._redraw()

    # What is saved --------------------------------------------------------------------------------------------------

    def _save(self, name: str, save: Save) -> None:
        widget = self.widgets[name]
        assert isinstance(widget, Saving)
        mine: list[dict[str, Any]] = []
        try:
            message = self._message(name, save, mine)
            if message is not None:
                self._take(self.session.ask(message))
        except KitError as error:
            self._refused(name, save, error, mine)
            return
        self._settle(mine)
        text = ""
        if save.kind == "send":
            text = self._sent()
        elif message is not None:
            text = self.session("บันทึกแล้ว")
        self._redraw(but=name)
        widget.answer(save, text, is_error=save.kind == "send" and not self.moved, **self._state(name))

    def _message(self, name: str, save: Save, mine: list[dict[str, Any]]) -> Message | None:
        """What is sent to the desk; None for what stays on the page. mine: gets the changes of fields."""
        view, detail = self.view, save.detail
        if save.kind == "edit":
            mine += doing.typed(view, self._kept_here({one["field"]: one["value"] for one in detail["changes"]}))
        elif save.kind == "add":
            mine += doing.added(view, detail["to"], self.session.person["name"])
        elif save.kind == "remove":
            mine += doing.removed(view, detail["section"])
        elif save.kind == "place":
            mine += doing.typed(view, {f"visits/{detail['visit']}/planned_date": detail["on"]})
        elif save.kind == "settle" and self.conflict:
            mine += doing.settled(*self.conflict, detail["picks"])
            self.conflict = None
        elif save.kind == "press":
            return doing.pressed(view, detail["button"], self.drafts, save.send_id)
        elif save.kind == "send":
            gate: Any = name
            return plan_messages.TrySubmit(
                plan_id=view["plan_id"], gate=gate, visits=tuple(detail["visits"]), answer_id=save.send_id
            )
        elif save.kind == "reason":
            rule, _, at = detail["finding"].partition(":")
            return plan_messages.ExplainFinding(
                plan_id=view["plan_id"], rule=rule, at=at, text=detail["text"], answer_id=save.send_id
            )
        elif save.kind == "rate":
            by = "self" if view["can_write"] else "trainer"
            return plan_messages.RatePlan(
                plan_id=view["plan_id"], by=by, levels=detail["levels"], answer_id=save.send_id
            )
        return doing.edit(view, mine, save.send_id) if mine else None

    def _kept_here(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        """Put aside what stands in no document yet; gives the rest."""
        rest = {}
        for field, value in typed.items():
            if field.startswith((f"{PERFORM}/", f"{SHARE}/")):
                self.drafts[field] = value
                continue
            self.drafts.pop(field, None)
            if incomplete(field, value):
                self.drafts[field] = value
            rest[field] = value
        return rest

    def _take(self, said: dict[str, Any]) -> None:
        self.moved = list(said.pop("moved", []))
        self.refused = said.pop("refused", {})
        self.view = said
        self.saved = {
            "text": self.session("บันทึกแล้ว %(time)s") % {"time": clock_time(self.session, utc_now())},
            "kind": "saved",
        }

    def _sent(self) -> str:
        """What became of what was sent."""
        said = self.session("ส่งแล้ว %(n)s ครั้ง") % {"n": len(self.moved)} if self.moved else ""
        left = self.session("ยังส่งไม่ได้ %(n)s ครั้ง มีสิ่งที่ต้องแก้ก่อน") % {"n": len(self.refused)} if self.refused else ""
        next_day = self.session("เลื่อนวันเพื่อดูผลการพิจารณา") if self.moved and self.view["mode"] == "solo" else ""
        return " · ".join(part for part in (said, left, next_day) if part)

    def _settle(self, mine: list[dict[str, Any]]) -> None:
        """A field that was written since is no conflict any more."""
        if self.conflict and mine:
            wrote = {tuple(one["at"]) for one in mine}
            theirs = [one for one in self.conflict[1] if tuple(one["at"]) not in wrote]
            self.conflict = (self.conflict[0], theirs) if theirs else None

    def _refused(self, name: str, save: Save, error: KitError, mine: list[dict[str, Any]]) -> None:
        """Nothing was kept. What somebody else wrote in the same fields is shown beside it."""
        widget = self.widgets[name]
        assert isinstance(widget, Saving)
        if "view" in error.details:
            self.view = error.details["view"]
        if error.code == "plan-conflict":
            self.conflict = (mine, error.details["conflicts"])
        self._redraw(but=name)
        widget.answer(save, self.session(error.message), is_error=True, **self._state(name))

    def _redraw(self, but: str = "") -> None:
        """Bring everything in view up to date, but the widget that is about to be answered."""
        self._know_clauses()
        if self.tab == "review" and but:
            self._remember(before=None)
        for name, widget in self.widgets.items():
            if name != but:
                widget.show(**self._state(name))
        self.header.show(**self._head())


def _start(view: dict[str, Any]) -> str:
    """The part in which work goes on: what was returned or is to be recorded, else what is being written."""
    states = set(view["states"].values())
    for tab, waits in (("request", {"request-returned"}), ("report", {"report-returned"}), ("records", {"performed"})):
        if states & waits:
            return tab
    return "issues"
