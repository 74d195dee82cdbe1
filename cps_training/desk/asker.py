"""Who asks the desk, and what a handler is given. Knows no message and no transport."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cps_training.content.library import Library
from cps_training.errors import KitError
from cps_training.records.engine import Records


@dataclass(frozen=True)
class Asker:
    """The server, a person (through a session, or the local person of this machine), or the command line.

    Whoever may open the data folder may manage the office: the command line has an admin's rights and no records of its own.
    """

    is_server: bool = False
    is_command_line: bool = False
    session_hash: str | None = None
    person_id: str | None = None
    roles: tuple[str, ...] = ()

    def seen_as(self, person_id: str, roles: tuple[str, ...]) -> Asker:
        return replace(self, person_id=person_id, roles=roles)


@dataclass(frozen=True)
class KeptRefusal:
    """A refusal whose traces must be stored (a failed sign-in is counted): raised only after the COMMIT."""

    error: KitError


SERVER = Asker(is_server=True)
COMMAND_LINE = Asker(is_command_line=True, roles=("admin",))
NOBODY = Asker()


@dataclass(frozen=True)
class Context:
    """The surroundings of one message. now: UTC; prepared: what Desk.prepare made for it."""

    records: Records
    library: Library
    now: datetime
    entropy: Callable[[int], bytes]
    place: str
    prepared: Any = None

    def new_id(self) -> str:
        """A random id that means nothing outside (32 hex digits)."""
        return self.entropy(16).hex()
