"""The page of people: the list, one person, somebody new, two accounts of one, a roster from a file.

Knows which view to show when; the desk decides what may be done, and everything shown comes from its rows.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

import ipywidgets

from cps_training.apps.answering import answer
from cps_training.apps.panels import importing, pairs, person
from cps_training.apps.panels import people as panel
from cps_training.apps.panels.people import Person
from cps_training.apps.session import Session
from cps_training.apps.signed_out import refusal
from cps_training.apps.stack import Stack
from cps_training.clock import office_day, utc_now
from cps_training.desk import office, protocol
from cps_training.enrolment.table import RosterTable
from cps_training.errors import KitError
from cps_training.i18n import mark
from cps_training.thai_text import show_date
from cps_training.views import FormCard, PeopleList, PeoplePairs, PersonSheet, RosterSlips, RosterUpload
from cps_training.views._view import Intent
from cps_training.views.roster_upload import Upload

NEEDS = ("people", "roster", "changes", "attendance", "duplicates")
PATH = "/people"
SHOWN_ONCE = mark("แสดงเพียงครั้งนี้ พิมพ์ หรือจดด้วยมือแล้วส่งให้เจ้าตัวโดยตรง")


def people(session: Session) -> ipywidgets.Widget:
    """The list, or where the desk refuses its rows its words."""
    page = _PeoplePage(session)
    page.open("list", lands=False)
    return page.stack.box


class _PeoplePage:
    def __init__(self, session: Session) -> None:
        self.session = session
        self.stack = Stack()
        self.everybody: list[Person] = []
        self.rows: dict[str, list[dict[str, Any]]] = {}
        self.shown: Person | None = None
        self.table: RosterTable | None = None
        self.notes: list[dict[str, Any]] = []
        self.answer: dict[str, Any] = {}
        self.file = ""

    @property
    def today(self) -> date:
        return office_day(utc_now())

    @property
    def is_admin(self) -> bool:
        return "admin" in self.session.person["roles"]

    # Which view -------------------------------------------------------------------------------------------------

    def open(self, action: str, *, lands: bool = True) -> None:
        """Show what an action names. A refusal of the desk takes the page's place."""
        try:
            self._show(action, lands)
        except KitError as error:
            self.stack.show(refusal(self.session, error, PATH))

    def _show(self, action: str, lands: bool) -> None:
        name, _, person_id = action.partition(":")
        if name == "import":
            self.stack.show(self._upload(importing.choose(self.session)))
            return
        self.fetch()
        if name == "open" and self.known(person_id):
            self.shown = self.known(person_id)
            self.stack.show(PersonSheet(**self._sheet(), on_intent=self.manage, on_action=self.open, lands=lands))
        elif name == "pairs":
            state = self._pairs()
            self.stack.show(PeoplePairs(**state, on_intent=self.pair, on_action=self.open, lands=lands))
        elif name == "add":
            units = panel.units_of(self.everybody)
            state = panel.add_card(self.session, units, self.today, may_give_all=self.is_admin)
            self.stack.show(FormCard(**state, on_intent=self.add, on_action=self.open))
        else:
            state = panel.page(self.session, self.everybody, len(self.rows["duplicates"]))
            self.stack.show(PeopleList(**state, on_action=self.open, lands=lands))

    def fetch(self) -> None:
        """Ask the desk for everything anew."""
        self.rows = self.session.ask(protocol.Frames(names=NEEDS))
        self.everybody = panel.everybody(self.rows["people"], self.rows["roster"], self.today)

    def refresh(self) -> None:
        """The rows anew after a change that is kept already: if they do not come, what was shown stays."""
        with suppress(KitError):
            self.fetch()

    def known(self, person_id: str) -> Person | None:
        return next((one for one in self.everybody if one.person_id == person_id), None)

    def _sheet(self) -> dict[str, Any]:
        assert self.shown is not None
        units = panel.units_of(self.everybody)
        changes = self.rows["changes"]
        return person.sheet(self.session, self.shown, changes, units, self.today, may_give_all=self.is_admin)

    def _pairs(self) -> dict[str, Any]:
        return pairs.page(self.session, self.everybody, self.rows["duplicates"], self.rows["attendance"])

    def _slips(self, codes: list[dict[str, Any]], intro: str) -> RosterSlips:
        state = panel.slips(self.session, codes, intro=intro)
        return RosterSlips(**state, on_action=self.open, lands=True)

    def _code_of(self, name: str, code: str, got: dict[str, Any]) -> dict[str, Any]:
        expires = show_date(date.fromisoformat(got["expires_on"]), self.session.locale)
        return {"name": name, "person_code": code, "one_time_code": got["one_time_code"], "expires": expires}

    # Forms ------------------------------------------------------------------------------------------------------

    def manage(self, intent: Intent) -> None:
        """A form of the sheet."""
        sheet = self.stack.main
        assert self.shown is not None
        one = self.shown

        def work() -> None:
            asked = person.message(self.session, intent.form, intent.values, one, self.today)
            got = self.session.ask(asked)
            self.refresh()
            self.shown = self.known(one.person_id)
            verb = intent.form.partition(":")[0]
            if verb == "code":
                code = self._code_of(one.name, one.code, got)
                self.stack.put_above(self._slips([code], self.session(SHOWN_ONCE)))
            sheet.show(**{key: value for key, value in self._sheet().items() if key in ("sheet", "forms")})
            sheet.tell(intent, "saved", self.session(person.SAVED[verb]))

        answer(self.session, sheet, intent, work)

    def pair(self, intent: Intent) -> None:
        """Merge two accounts, take a merge back, or keep that they are two people's."""
        view = self.stack.main

        def work() -> None:
            self.session.ask(pairs.message(self.session, intent.form, intent.values))
            self.refresh()
            state = self._pairs()
            view.show(page=state["page"], forms=state["forms"])
            view.tell(intent, "saved", self.session(pairs.SAID[intent.form.partition(":")[0]]))

        answer(self.session, view, intent, work)

    def add(self, intent: Intent) -> None:
        """Somebody new by hand; the form stays for the next one."""
        view = self.stack.main

        def work() -> None:
            asked = panel.read_add(self.session, intent.values, self.today)
            got = self.session.ask(office.AddPerson(**asked))
            code = self._code_of(asked["name"], asked["code"], got)
            self.stack.put_above(self._slips([code], self.session(SHOWN_ONCE)))
            view.tell(intent, "saved", panel.saved(self.session, panel.ADDED, name=asked["name"]))

        answer(self.session, view, intent, work)

    # A roster from a file ---------------------------------------------------------------------------------------

    def _upload(self, state: dict[str, Any]) -> RosterUpload:
        return RosterUpload(**state, on_file=self.check, on_intent=self.bring_in, on_action=self.open, lands=True)

    def check(self, upload: Upload, intent: Intent) -> None:
        """Read a file in this kernel and ask the desk what it would change; nothing is written."""
        from cps_training.exchange import read_table

        view = self.stack.main

        def work() -> None:
            read = read_table(upload.data, upload.name)
            got = self.session.ask(office.ImportRoster(**importing.table_for_desk(read.table), is_dry_run=True))
            self.table, self.file = read.table, upload.name
            self.notes = [note.as_json() for note in read.notes]
            self._checked(got)

        answer(self.session, view, intent, work)

    def _checked(self, got: dict[str, Any]) -> None:
        self.answer = got
        self.stack.show(self._upload(importing.checked(self.session, got, self.notes, self.file)))

    def bring_in(self, intent: Intent) -> None:
        """Take the checked table over; what the desk finds now (the roster may have changed meanwhile) is shown instead."""
        view = self.stack.main

        def work() -> None:
            assert self.table is not None
            form = view.forms[importing.APPLY]
            more = importing.read_apply(self.session, intent.values, form, self.answer, self.today)
            asked = office.ImportRoster(**importing.table_for_desk(self.table), is_dry_run=False, **more)
            got = self.session.ask(asked)
            if not got["applied"]:
                self._checked(got)
                return
            self.table = None
            self._brought_in(got)

        answer(self.session, view, intent, work)

    def _brought_in(self, got: dict[str, Any]) -> None:
        """The list with what was done above it: the codes of new people are shown this once."""
        self.refresh()
        told = self.session("นำเข้าทะเบียนแล้ว")
        state = panel.page(self.session, self.everybody, len(self.rows["duplicates"]), told=told)
        shown = PeopleList(**state, on_action=self.open, lands=not got["codes"])
        intro = self.session("นำเข้าแล้ว รหัสแสดงเพียงครั้งนี้ พิมพ์เป็นใบแจกหรือบันทึกไว้ก่อนออกจากหน้านี้")
        self.stack.show(shown, self._slips(got["codes"], intro) if got["codes"] else None)
