"""The trainer's room: participation of the unit, the sessions it comes from, and what the office has decided about the count.

Imports pandas through its panel; never part of a learner's page. After every change the numbers are asked for anew.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

import ipywidgets

from cps_training.analytics.proofs import Topic
from cps_training.apps.answering import answer
from cps_training.apps.panels import sessions, settings
from cps_training.apps.panels.participation import ParticipationPanel
from cps_training.apps.session import Session
from cps_training.apps.signed_out import refusal
from cps_training.apps.stack import Stack
from cps_training.clock import office_day, utc_now
from cps_training.desk import office, protocol
from cps_training.errors import KitError
from cps_training.i18n import mark
from cps_training.views import AttendanceSheet, FormCard, ParticipationMeter, SessionBook
from cps_training.views._view import Intent

NEEDS = (*ParticipationPanel.needs, "sessions", "office")
PATH = "/trainer"
SAVED = {
    "add": mark("บันทึกครั้งใหม่แล้ว กด “บันทึกผู้เข้าร่วม” เพื่อลงชื่อ"),
    "amend": mark("บันทึกการแก้ไขแล้ว"),
    "remove": mark("ลบครั้งนี้แล้ว"),
}


def trainer(session: Session) -> ipywidgets.Widget:
    """The room as of today. Somebody without the trainer's role gets the desk's refusal as a notice, no rows."""
    room = _TrainersRoom(session)
    try:
        return room.open()
    except KitError as error:
        return refusal(session, error, PATH)


class _TrainersRoom:
    def __init__(self, session: Session) -> None:
        self.session = session
        self.panel = ParticipationPanel()
        self.rows: dict[str, list[dict[str, Any]]] = {}
        self.meter = ParticipationMeter(locale=session.locale)
        self.stack = Stack()
        self.settings = FormCard(on_intent=self.put_settings)
        self.held: dict[str, Any] = {}

    @property
    def today(self) -> date:
        return office_day(utc_now())

    @property
    def topic(self) -> Topic:
        return Topic.read(self.rows["settings"][0])

    def open(self) -> ipywidgets.Widget:
        """Everything once: the meter, the sessions, the settings. Raises KitError."""
        self.fetch()
        self.settings.show(**self._settings())
        self.show_book()
        self.show_meter()
        return ipywidgets.VBox([self.meter, self.stack.box, self.settings])

    def fetch(self) -> None:
        self.rows = self.session.ask(protocol.Frames(names=NEEDS))

    def refresh(self) -> None:
        """The rows anew after a change that is kept already: if they do not come, what was shown stays."""
        with suppress(KitError):
            self.fetch()

    def show_meter(self) -> None:
        """The numbers of the rows at hand."""
        shown = self.panel.render(self.session, self.panel.compute(self.rows, self.today), self.today)
        if shown != self.meter.meter:
            self.meter.show(meter=shown)

    # Sessions ---------------------------------------------------------------------------------------------------

    def _book(self) -> dict[str, Any]:
        return sessions.book(self.session, self.rows["sessions"], self.topic.topic, self.today)

    def show_book(self, *, lands: bool = False) -> None:
        book = SessionBook(**self._book(), on_intent=self.keep_session, on_action=self.acted, lands=lands)
        self.stack.show(book)

    def acted(self, action: str) -> None:
        """Open a session's sheet, or go back to the list."""
        verb, _, session_id = action.partition(":")
        try:
            self.fetch()
        except KitError as error:
            self.stack.show(refusal(self.session, error, PATH))
            return
        held = next((row for row in self.rows["sessions"] if row["session_id"] == session_id), None)
        if verb != "open" or held is None:
            self.show_book(lands=True)
            return
        self.held = held
        state = sessions.sheet(self.session, held, self.rows["roster"], self.rows["attendance"])
        self.stack.show(AttendanceSheet(**state, on_intent=self.note, on_action=self.acted, lands=True))

    def keep_session(self, intent: Intent) -> None:
        """Add, amend or remove a session."""
        book = self.stack.main
        verb, _, session_id = intent.form.partition(":")

        def work() -> None:
            if verb == "remove":
                self.session.ask(office.RemoveSession(session_id=session_id))
            else:
                told = sessions.read_session(self.session, intent.values, self.today)
                if verb == "amend":
                    self.session.ask(office.AmendSession(session_id=session_id, **told))
                else:
                    self.session.ask(office.AddSession(topic=self.topic.topic, **told))
            self.refresh()
            book.show(**{key: value for key, value in self._book().items() if key in ("book", "forms")})
            book.tell(intent, "saved", self.session(SAVED[verb]))
            self.show_meter()

        answer(self.session, book, intent, work)

    def note(self, intent: Intent) -> None:
        """Keep who came; the numbers above are counted anew. The sheet itself is not drawn again: somebody is working in it."""
        sheet = self.stack.main

        def work() -> None:
            attended, absent = sessions.read_marks(self.session, intent.values["rows"], self.held["minutes"])
            self.session.ask(
                office.NoteAttendance(
                    session_id=self.held["session_id"],
                    attended=tuple(office.Attended(**one) for one in attended),
                    absent=tuple(absent),
                )
            )
            self.refresh()
            self.show_meter()
            shown = self.meter.meter
            told = [self.session("บันทึกแล้ว %(n)s รายการ") % {"n": len(intent.values["rows"])}]
            if shown["n_unit"]:
                told += [f"{shown['n']} {shown['count_text']}", shown["tag"]["text"]]
            sheet.tell(intent, "saved", " · ".join(told))

        answer(self.session, sheet, intent, work)

    # What the office decided ------------------------------------------------------------------------------------

    def _settings(self) -> dict[str, Any]:
        return settings.card(self.session, self.topic, self.rows["office"][0]["name"])

    def put_settings(self, intent: Intent) -> None:
        def work() -> None:
            told = settings.read(self.session, intent.values, self.rows["settings"][0], self.today)
            self.session.ask(office.PutParticipation(**told))
            if intent.values["office"] != self.rows["office"][0]["name"]:
                self.session.ask(office.PutOffice(name=intent.values["office"]))
            self.refresh()
            self.settings.show(forms=self._settings()["forms"])
            self.settings.tell(intent, "saved", self.session("บันทึกการตั้งค่าแล้ว"))
            self.show_meter()

        answer(self.session, self.settings, intent, work)
