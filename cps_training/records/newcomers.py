"""Many new learners at once: accounts, roles, one-time codes and stays in a few statements, by the rules of people and roster.

One statement a table instead of seven a person: thousands are stored in a moment, and the writer is not kept from answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, insert

from cps_training.enrolment import Stay
from cps_training.records import people, roster
from cps_training.records.people import Entropy
from cps_training.records.tables import one_time_code, person, person_role


@dataclass(frozen=True)
class Newcomer:
    """Somebody without an account. stays: entry_id and person_id are set when they are stored."""

    code: str
    name: str
    stays: tuple[Stay, ...]


def add_learners(
    conn: Connection, newcomers: Sequence[Newcomer], *, at: datetime, entropy: Entropy, event: int
) -> list[str]:
    """Make their accounts with the learner role, put them on the roster in an event; gives their one-time codes, in order.

    Raises AccessError as people.add_person does, but for code-taken: a code that is taken breaks the database's own rule.
    """
    if not newcomers:
        return []
    ids = [entropy(16).hex() for _ in newcomers]
    letters = [people.drawn_letters(entropy) for _ in newcomers]
    rows = [
        people.person_row(person_id, people.checked_code(one.code), people.checked_name(one.name), at)
        for person_id, one in zip(ids, newcomers, strict=True)
    ]
    conn.execute(insert(person), rows)
    conn.execute(insert(person_role), [{"person_id": person_id, "role": "learner"} for person_id in ids])
    stays = [
        replace(stay, entry_id=entropy(16).hex(), person_id=person_id)
        for person_id, one in zip(ids, newcomers, strict=True)
        for stay in one.stays
    ]
    roster.add_entries(conn, stays, event)
    conn.execute(insert(one_time_code), [people.code_row(who, own, at) for who, own in zip(ids, letters, strict=True)])
    return [people.shown_code(own) for own in letters]
