"""Who is learning, through which desk, in which language: one frozen Session, opened once a notebook.

Served pages: the kernel's one-use ticket decides who it is. JupyterLab and plain Python: the local person of this machine,
through a desk in this process. Nothing is read from a URL or a form field.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from cps_training import i18n, places
from cps_training.apps.sitting import Sitting
from cps_training.desk import protocol

TICKET, ADDRESS = "CPS_TICKET", "CPS_DESK"


class AsksDesk(Protocol):
    """DeskClient or LocalDesk."""

    welcome: dict[str, Any]

    def ask(self, message: protocol.Message) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Session:
    """person: PersonView as JSON. sitting: the attempt of the lesson this notebook is, if it is one."""

    desk: AsksDesk
    person: dict[str, Any]
    locale: str
    is_lab: bool
    is_demo: bool
    sitting: Sitting | None = None

    def __call__(self, message: str) -> str:
        """The message in this person's language."""
        return self._translate(message)

    @cached_property
    def _translate(self) -> i18n.Translator:
        return i18n.translator(self.locale, places.DataFolder(places.data_dir()).locales)

    def local(self, both: dict[str, str]) -> str:
        """The text of {"th", "en"} in this person's language."""
        return both.get(self.locale) or both["th"]

    def ask(self, message: protocol.Message) -> dict[str, Any]:
        return self.desk.ask(message)


def open_session(lesson: str | None = None) -> Session:
    """The session of this notebook. lesson: the lesson's id when the notebook is one; its checkpoints share one attempt.

    Raises KitError with a Thai message when the ticket was used already or nobody is signed in.
    """
    ticket = os.environ.pop(TICKET, None)
    desk: AsksDesk
    if ticket is not None:
        from cps_training.desk.client import DeskClient

        desk = DeskClient(os.environ[ADDRESS], ticket)
    else:
        desk = _local_desk()
    person = desk.welcome["person"]
    sitting = Sitting.open(desk, f"lesson:{lesson}") if lesson else None
    locale = os.environ.get("CPS_LOCALE") or person["locale"]
    return Session(desk, person, locale, ticket is None, bool(desk.welcome.get("demo")), sitting)


def _local_desk() -> AsksDesk:
    """The desk in this process; imported here because a served learner's kernel must never load it."""
    from cps_training.desk.local import open_local
    from cps_training.desk.opening import open_desk

    return open_local(open_desk(places.DataFolder(places.data_dir()), place="lab"))
