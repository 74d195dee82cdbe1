"""How the commands about people and the roster ask the desk: in this process, with the rights of whoever has the data folder.

Every rule of who may be what, and every event, is the desk's; a command only reads its options and prints.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import typer

from cps_training.cli.app import folder_of, refusals
from cps_training.desk import protocol
from cps_training.desk.asker import COMMAND_LINE, KeptRefusal
from cps_training.desk.core import Desk
from cps_training.desk.opening import open_office
from cps_training.errors import KitError
from cps_training.records import accounts
from cps_training.records.accounts import Person
from cps_training.thai_dates import DateError, read_date


class Office:
    """The open office: `ask` sends a message and gives its value, `known` finds an account by its staff code."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def ask(self, message: protocol.Message) -> dict[str, Any]:
        """The value of the reply, stored before it is given. Raises KitError for a refusal."""
        request: Any = message
        prepared = self._desk.prepare(request)
        if protocol.is_write(request):
            value = self._desk.records.write_patiently(
                lambda conn: self._desk.handle(conn, COMMAND_LINE, request, prepared)
            )
        else:
            with self._desk.records.read() as conn:
                value = self._desk.handle(conn, COMMAND_LINE, request, prepared)
        if isinstance(value, KeptRefusal):
            raise value.error
        return value

    def rows(self, name: str) -> list[dict[str, Any]]:
        """The rows of one frame."""
        found: list[dict[str, Any]] = self.ask(protocol.Frames(names=(name,)))[name]
        return found

    def known(self, code: str) -> Person:
        """Raises KitError unknown-person."""
        with self._desk.records.read() as conn:
            found = accounts.person_by_code(conn, code)
        if found is None:
            message = "ไม่พบรหัสเจ้าหน้าที่ “%(code)s” ดูรายชื่อด้วย cps-training person list" % {"code": code}  # noqa: UP031
            raise KitError("unknown-person", message)
        return found


@contextmanager
def office(data_dir: Path | None, as_json: bool) -> Iterator[Office]:
    """The office of a data folder, made when missing; refusals are printed and end the command."""
    folder = folder_of(data_dir)
    with refusals(as_json):
        folder.root.mkdir(parents=True, exist_ok=True)
        desk = open_office(folder)
        try:
            yield Office(desk)
        finally:
            desk.records.close()


def day_option(text: str, option: str) -> date:
    """A date option, written as offices write dates. Exits with code 2 when it cannot be read."""
    try:
        return read_date(text).day
    except DateError:
        raise typer.BadParameter(
            "อ่านวันที่ไม่ได้ ใช้เช่น 2023-07-10, 10/7/2566 หรือ '10 ก.ค. 2566'", param_hint=option
        ) from None
