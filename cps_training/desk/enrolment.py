"""Importing a roster: read, compared with the store, applied whole in one transaction or not at all. One way in for pages
(the message ImportRoster) and for the command line.

New people get a learner's account and a one-time code; every change of a stay belongs to one event of the kind `roster-import`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from cps_training.clock import office_day
from cps_training.desk import office as o
from cps_training.desk.asker import Asker, Context
from cps_training.enrolment import (
    Difference,
    Known,
    Present,
    RosterRead,
    RosterRow,
    RosterTable,
    RowFinding,
    Stay,
    compare,
    read_roster,
)
from cps_training.records import accounts, events, merges, newcomers, roster
from cps_training.records.newcomers import Newcomer

KIND = "roster-import"
MOST_FINDINGS = 500
AT_ONCE = 250  # people stored between two steps of the progress bar

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Imported:
    """findings: of the file and of its comparison, by row; codes: of new people; event: the seq, None when nothing was done."""

    findings: tuple[RowFinding, ...]
    difference: Difference
    applied: bool
    codes: tuple[tuple[str, str, str], ...] = ()
    event: int | None = None

    @property
    def n_errors(self) -> int:
        return sum(one.severity == "error" for one in self.findings)

    def as_json(self) -> dict[str, Any]:
        """{"findings" (the first MOST_FINDINGS, errors first), "n_errors", "n_warnings", "difference", "applied", "codes", "event"}."""
        shown = sorted(self.findings, key=lambda one: one.severity)[:MOST_FINDINGS]
        return {
            "findings": [one.as_json() for one in shown],
            "n_errors": self.n_errors,
            "n_warnings": len(self.findings) - self.n_errors,
            "difference": self.difference.as_json(),
            "applied": self.applied,
            "codes": [
                {"person_code": code, "name": name, "one_time_code": letters} for code, name, letters in self.codes
            ],
            "event": self.event,
        }


def import_roster(context: Context, conn: Connection, asker: Asker, request: o.ImportRoster) -> dict[str, Any]:
    """The handler of ImportRoster: see Imported.as_json. A trainer's import leaves the names of staff accounts alone."""
    header_row = (
        max(1, request.rows[0][0] - 1) if request.rows else 1
    )  # the message does not say: the row above the first
    return bring_in(
        conn,
        RosterTable(request.header, request.rows, header_row),
        now=context.now,
        entropy=context.entropy,
        by=asker.person_id,
        is_dry_run=request.is_dry_run,
        accept=request.accept,
        ends_absent_on=request.ends_absent_on,
        may_rename_staff="admin" in asker.roles,
    ).as_json()


def bring_in(
    conn: Connection,
    table: RosterTable,
    *,
    now: datetime,
    entropy: Callable[[int], bytes],
    by: str | None = None,
    is_dry_run: bool = False,
    accept: Collection[str] = (),
    ends_absent_on: date | None = None,
    may_rename_staff: bool = True,
    progress: Progress | None = None,
) -> Imported:
    """Import a table inside the caller's transaction. Nothing is written on a dry run, with errors, or without changes.

    progress: called with (people done, people to do). Whatever is raised leaves the transaction to be rolled back.
    """
    today = office_day(now)
    read: RosterRead = read_roster(table, today=today, accept=accept)
    difference = compare(
        read,
        present(conn),
        today=today,
        accept=accept,
        ends_absent_on=ends_absent_on,
        may_rename_staff=may_rename_staff,
    )
    findings = tuple(sorted((*read.findings, *difference.findings)))
    has_errors = any(one.severity == "error" for one in findings)
    if is_dry_run or has_errors or difference.changes_nothing:
        return Imported(findings, difference, applied=False)
    detail: dict[str, Any] = dict(difference.counts())
    if ends_absent_on is not None:
        detail["ends_absent_on"] = ends_absent_on.isoformat()
    event = events.note(conn, kind=KIND, at=now, by=by, detail=detail)
    codes = _apply(conn, difference, event, now, entropy, progress or (lambda *_: None))
    return Imported(findings, difference, applied=True, codes=codes, event=event)


def present(conn: Connection) -> Present:
    """Accounts and stays as they are now."""
    everyone = accounts.people(conn)
    code_of = {one.person_id: one.code for one in everyone}
    merged = merges.merged(conn)
    return Present(
        people=tuple(
            Known(
                person_id=one.person_id,
                code=one.code,
                name=one.name,
                is_staff=set(one.roles) - {"learner"} != set(),
                merged_into=code_of[merged[one.person_id]] if one.person_id in merged else None,
            )
            for one in everyone
        ),
        stays=tuple(roster.entries(conn)),
    )


def _apply(
    conn: Connection,
    difference: Difference,
    event: int,
    now: datetime,
    entropy: Callable[[int], bytes],
    progress: Progress,
) -> tuple[tuple[str, str, str], ...]:
    def add(person_id: str, stay: RosterRow | Stay) -> None:
        roster.add_entry(
            conn,
            person_id=person_id,
            unit=stay.unit,
            employment=stay.employment,
            is_guest=stay.is_guest,
            active_from=stay.active_from,
            active_to=stay.active_to,
            left_out_because=stay.left_out_because,
            entropy=entropy,
            event=event,
        )

    codes: list[tuple[str, str, str]] = []
    changed = (*difference.changed, *difference.ended)
    total = len(difference.new_people) + len(difference.renamed) + len(difference.new_stays) + len(changed)
    done = 0
    for renamed in difference.renamed:
        accounts.set_name(conn, renamed.person.person_id, renamed.name)
        progress(done := done + 1, total)
    for change in changed:
        roster.withdraw_entry(conn, change.before.entry_id, event)
        add(change.person.person_id, change.after)
        progress(done := done + 1, total)
    for person, row in difference.new_stays:
        add(person.person_id, row)
        progress(done := done + 1, total)
    for start in range(0, len(difference.new_people), AT_ONCE):
        block = [
            Newcomer(rows[-1].code, rows[-1].name, tuple(_entry(row) for row in rows))
            for rows in difference.new_people[start : start + AT_ONCE]
        ]
        letters = newcomers.add_learners(conn, block, at=now, entropy=entropy, event=event)
        codes += [(one.code, one.name, own) for one, own in zip(block, letters, strict=True)]
        progress(done := done + len(block), total)
    return tuple(codes)


def _entry(row: RosterRow) -> Stay:
    return Stay(
        entry_id="",
        person_id="",
        unit=row.unit,
        employment=row.employment,
        is_guest=row.is_guest,
        active_from=row.active_from,
        active_to=row.active_to,
        left_out_because=row.left_out_because,
    )
