"""Messages about the office: its people, roster, knowledge sessions, settings. For trainers and admins; all of them write.

A trainer manages people who are only learners; whoever holds or is given another role is managed by an admin. Every change
is kept as an event with its time and editor. Frames (protocol) reads what these write.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from cps_training.desk.wire import Employment, Message, Role, Sentence, Word

Minutes = Annotated[int, Field(ge=1, le=24 * 60)]
LARGEST_ROSTER = 20_000


# People --------------------------------------------------------------------------------------------------------


class AddPerson(Message):
    """Value: {"person_id", "one_time_code", "expires_on"}. unit "" = not on the roster yet; active_from None = today.

    Errors: code-taken, code-missing, name-missing, code-too-long, name-too-long, admin-only."""

    op: Literal["add_person"] = "add_person"
    code: Sentence
    name: Sentence
    roles: tuple[Role, ...] = ("learner",)
    unit: Word = ""
    employment: Employment = "civil_servant"
    is_guest: bool = False
    active_from: date | None = None


class RenamePerson(Message):
    """Errors: unknown-person, name-missing, name-too-long, admin-only."""

    op: Literal["rename_person"] = "rename_person"
    person_id: Word
    name: Sentence


class SetRoles(Message):
    """Errors: admin-only, last-admin."""

    op: Literal["set_roles"] = "set_roles"
    person_id: Word
    roles: tuple[Role, ...]


class SetDisabled(Message):
    """Closing ends every session of the account at once. Errors: admin-only, yourself, last-admin, merged."""

    op: Literal["set_disabled"] = "set_disabled"
    person_id: Word
    is_disabled: bool


class NewCode(Message):
    """A new one-time code for somebody who forgot their password. Value: {"one_time_code", "expires_on"}. Errors: admin-only."""

    op: Literal["new_code"] = "new_code"
    person_id: Word


class Merge(Message):
    """Count `merged_id` as `kept_id` from now on. Errors: same-person, already-merged, yourself, admin-only."""

    op: Literal["merge"] = "merge"
    kept_id: Word
    merged_id: Word


class Unmerge(Message):
    """Take a merge back. Errors: not-merged, admin-only."""

    op: Literal["unmerge"] = "unmerge"
    merged_id: Word


class Distinct(Message):
    """Two accounts are two people although they look alike: they are not offered for merging any more. Errors: same-person."""

    op: Literal["distinct"] = "distinct"
    a_id: Word
    b_id: Word


# The roster ----------------------------------------------------------------------------------------------------


class Enrol(Message):
    """Put somebody on the roster. Value: {"entry_id"}. Errors: unit-missing, wrong-order, overlaps."""

    op: Literal["enrol"] = "enrol"
    person_id: Word
    unit: Word
    employment: Employment = "civil_servant"
    is_guest: bool = False
    active_from: date
    active_to: date | None = None


class Transfer(Message):
    """Move somebody to another unit of the office from a day on. Value: {"entry_id"}. Errors: not-on-roster, same-unit."""

    op: Literal["transfer"] = "transfer"
    person_id: Word
    unit: Word
    on: date


class Leave(Message):
    """Somebody leaves the office; `on` is the first day they are no longer there. Errors: not-on-roster."""

    op: Literal["leave"] = "leave"
    person_id: Word
    on: date


class Amend(Message):
    """Correct a stay that was entered wrongly. Value: {"entry_id"} of what stands now. Errors as for Enrol, unknown-entry."""

    op: Literal["amend"] = "amend"
    entry_id: Word
    unit: Word
    employment: Employment
    is_guest: bool
    active_from: date
    active_to: date | None


class Withdraw(Message):
    """Take a stay off the roster that should never have been on it. Errors: unknown-entry."""

    op: Literal["withdraw"] = "withdraw"
    entry_id: Word


class LeaveOut(Message):
    """Leave a stay out of the count for a written reason (long leave, secondment); "" = count again. Value: {"entry_id"}."""

    op: Literal["leave_out"] = "leave_out"
    entry_id: Word
    because: Sentence


class ImportRoster(Message):
    """A roster as a table of texts: header, and rows with their number in the file. Nothing is half-imported.

    accept: codes whose wholly different name is meant. ends_absent_on: the day on which everybody absent from the table left.
    Value: {"findings", "difference", "applied", "codes": [{"person_code", "name", "one_time_code"}]} (desk.enrolment)."""

    op: Literal["import_roster"] = "import_roster"
    header: Annotated[tuple[Sentence, ...], Field(max_length=60)]
    rows: Annotated[tuple[tuple[int, tuple[Sentence, ...]], ...], Field(max_length=LARGEST_ROSTER)]
    is_dry_run: bool
    accept: tuple[Word, ...] = ()
    ends_absent_on: date | None = None


# Sessions and settings -----------------------------------------------------------------------------------------


class AddSession(Message):
    """A knowledge session that was held. Value: {"session_id"}. Errors: title-missing."""

    op: Literal["add_session"] = "add_session"
    topic: Word
    title: Sentence
    held_on: date
    minutes: Minutes


class AmendSession(Message):
    """Errors: unknown-session, title-missing."""

    op: Literal["amend_session"] = "amend_session"
    session_id: Word
    title: Sentence
    held_on: date
    minutes: Minutes


class RemoveSession(Message):
    """Only a session nobody is noted for. Errors: session-attended."""

    op: Literal["remove_session"] = "remove_session"
    session_id: Word


class Attended(Message):
    """One person's attendance; minutes None = not measured (an online stay without minutes does not count)."""

    person_id: Word
    kind: Literal["onsite", "online"]
    minutes: Annotated[int, Field(ge=0, le=24 * 60)] | None = None


class NoteAttendance(Message):
    """Who attended a session, and who did not after all. Value: {"n": noted}. Errors: unknown-session, unknown-person,
    too-many-minutes."""

    op: Literal["note_attendance"] = "note_attendance"
    session_id: Word
    attended: Annotated[tuple[Attended, ...], Field(max_length=LARGEST_ROSTER)] = ()
    absent: Annotated[tuple[Word, ...], Field(max_length=LARGEST_ROSTER)] = ()


class PutOffice(Message):
    """The name of the office, shown at sign-in and on reports."""

    op: Literal["put_office"] = "put_office"
    name: Word


class Rule(Message):
    """How participation is counted where the order leaves it open (analytics.participation.Settings)."""

    needed_percent: Annotated[int, Field(ge=1, le=100)] = 80
    online_percent: Annotated[int, Field(ge=0, le=100)] = 60
    counts_contractors: bool = False


class PutParticipation(Message):
    """What participation is counted for, by when, and by which rule. count_date None = as the rule says."""

    op: Literal["put_participation"] = "put_participation"
    topic: Word = "cps"
    title: dict[Literal["th", "en"], Word] | None = None
    deadline: date | None = None
    count_date: date | None = None
    lessons: Annotated[tuple[Word, ...], Field(max_length=50)] | None = None
    forms: Annotated[tuple[Word, ...], Field(max_length=50)] | None = None
    rule: Rule = Rule()

    def stored(self) -> dict[str, Any]:
        """The setting as kept: only what was decided."""
        return self.model_dump(mode="json", exclude={"op"}, exclude_none=True)


OfficeRequest = (
    AddPerson
    | RenamePerson
    | SetRoles
    | SetDisabled
    | NewCode
    | Merge
    | Unmerge
    | Distinct
    | Enrol
    | Transfer
    | Leave
    | Amend
    | Withdraw
    | LeaveOut
    | ImportRoster
    | AddSession
    | AmendSession
    | RemoveSession
    | NoteAttendance
    | PutOffice
    | PutParticipation
)
OFFICE_OPS = frozenset(m.model_fields["op"].default for m in OfficeRequest.__args__)
