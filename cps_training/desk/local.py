"""The desk in this process: JupyterLab, the command line, tests. Same messages, same handlers, one COMMIT a message.

The asker is the local person of this machine; whoever can open the data folder can read the bank anyway, so what is
answered here is kept as practice (`place="lab"`), never as an exam.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from cps_training.desk import protocol
from cps_training.desk.asker import Asker, KeptRefusal
from cps_training.desk.core import Desk
from cps_training.records import accounts
from cps_training.records.accounts import Person

LOCAL_CODE = "local"
LOCAL_NAME = "ผู้ใช้เครื่องนี้"


class LocalDesk:
    """Has the `ask` and `welcome` of DeskClient, without a socket."""

    def __init__(self, desk: Desk, asker: Asker, person: dict[str, Any]) -> None:
        self._desk, self._asker = desk, asker
        self.welcome: dict[str, Any] = {"person": person, "demo": False}

    def ask(self, message: protocol.Message) -> dict[str, Any]:
        """The value of the reply. Raises KitError for a refusal."""
        request: Any = message
        prepared = self._desk.prepare(request)
        if protocol.is_write(request):
            value = self._desk.records.write_patiently(
                lambda conn: self._desk.handle(conn, self._asker, request, prepared)
            )
        else:
            with self._desk.records.read() as conn:
                value = self._desk.handle(conn, self._asker, request, prepared)
        if isinstance(value, KeptRefusal):
            raise value.error
        return value

    def close(self) -> None:
        self._desk.records.close()


def open_local(desk: Desk) -> LocalDesk:
    """A LocalDesk for this machine's own person, whose account is made when missing (no password: it cannot sign in)."""
    person = desk.records.write_patiently(lambda conn: _own_person(desk, conn))
    view = protocol.PersonView(
        person_id=person.person_id, code=person.code, name=person.name, roles=person.roles, locale=person.locale
    )
    return LocalDesk(desk, Asker(person_id=person.person_id, roles=person.roles), view.model_dump(mode="json"))


def _own_person(desk: Desk, conn: Connection) -> Person:
    if accounts.person_by_code(conn, LOCAL_CODE) is None:
        accounts.add_person(
            conn, code=LOCAL_CODE, name=LOCAL_NAME, roles=("learner",), at=desk.clock(), entropy=desk.entropy
        )
    person = accounts.person_by_code(conn, LOCAL_CODE)
    assert person is not None
    return person
