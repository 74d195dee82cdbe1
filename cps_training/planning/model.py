"""A plan of a promotion officer, as written: issues, visits, permission, records, reports, calendars. Pure; knows no rule and no state machine.

The model is lenient on purpose: a draft may lack anything that a rule asks for, so that the rule can say so. Only what makes a plan
unreadable is refused: unknown fields, malformed dates and times, two things of one id, links to what is not there.
Dates are plain days in office time, ISO in files; times are local, HH:MM.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from cps_training.content.cases.catalogue import CatalogueId
from cps_training.content.refresher import Kind as OrganisationKind
from cps_training.content.texts import require_distinct
from cps_training.items.base import ClauseId, Strict

PlanId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
ThingId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,39}$")]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
Word = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Yes = Annotated[bool, Field(strict=True)]
Group = Literal["formation", "business", "management", "centre"]
Voice = Literal["members", "board", "management"]
Method = Literal["board-meeting", "member-meeting", "inspection", "training", "dialogue", "other"]
"""Ways of visiting (handbook, CPS 2.2)."""
ApproverRole = Literal["provincial", "acting", "group-head", "other"]
"""provincial: สหกรณ์จังหวัด. acting: somebody in their place, who needs an order."""
MOST_BAHT = 10**12
Balance = Literal["debts", "shares", "deposits"]


class Organisation(Strict):
    """A cooperative or farmer group of the plan. balances: which it has; registered_on: of a new one decides its first meeting.

    open_orders: Deputy-Registrar orders still open, with their items. state_credit: loans of state funds with their due day.
    next_meeting: the meeting the plan prepares for, if any.
    """

    id: ThingId
    name: Word
    kind: OrganisationKind
    registered_on: date | None = None
    first_meeting_held_on: date | None = None
    balances: tuple[Balance, ...] = ()
    open_orders: Annotated[tuple[Order, ...], Field(max_length=20)] = ()
    state_credit: Annotated[tuple[StateCredit, ...], Field(max_length=20)] = ()
    minutes_copies: tuple[Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}$")], ...] = ()
    """Months whose board minutes have come, as 2023-06."""
    data_gaps: tuple[Word, ...] | None = None
    """Fields of the data base found missing; () = looked and none, None = not looked."""


class Order(Strict):
    """An order of the Deputy Registrar. items: what it orders."""

    id: ThingId
    issued_on: date
    items: Annotated[tuple[Word, ...], Field(max_length=20)] = ()


class StateCredit(Strict):
    """A loan of a state fund (กพส. or the Farmers' Assistance Fund). reminders: days on which the officer will remind."""

    id: ThingId
    fund: Literal["cdf", "faf"]
    due_on: date
    reminders: Annotated[tuple[date, ...], Field(max_length=20)] = ()


class Evidence(Strict):
    """What an issue rests on. is_document: on paper; a dated dialogue record is `dialogue`."""

    id: ThingId
    text: Note
    kind: Literal["document", "hearsay", "dialogue"]
    dated: date | None = None
    voices: tuple[Voice, ...] = ()
    """Whose voices a dialogue holds."""


class Feasibility(Strict):
    """Figures of an investment. baht; payback in years."""

    invest: Annotated[int, Field(ge=-MOST_BAHT, le=MOST_BAHT)] | None = None
    source: Word = ""
    payback_years: Annotated[float, Field(ge=-1000, le=1000, allow_inf_nan=False)] | None = None


class Issue(Strict):
    """Something to be worked on. org: an organisation's id. problem: its finding in the catalogue of cases, where it comes from a board.

    topic: what it is about, by which rules see whom to consult. clauses: what of the handbook or law it cites.
    carried_from: id of the record or report it is left over from.
    """

    id: ThingId
    org: ThingId
    text: Note
    kind: Literal["need", "problem"]
    topic: Literal["formation", "marketing", "packaging", "people", "control", "capital", "credit", "training", "project", "law", "data", "other"] = "other"  # fmt: skip
    problem: CatalogueId | None = None
    clauses: tuple[ClauseId, ...] = ()
    law: Word = ""
    evidence: tuple[Evidence, ...] = ()
    priority: Annotated[int, Field(ge=1, le=9)] | None = None
    origin: Literal["bottom_up", "top_down", "carry_over"] | None = None
    carried_from: ThingId | None = None
    academic_group: Group | None = None
    consulted_on: date | None = None
    returned_to_board_on: date | None = None
    """When the analysis was taken back to board or management."""
    root_cause: Note = ""
    target: Note = ""
    indicator: Note = ""
    method: Note = ""
    prevention: Note = ""
    owner: Word = ""
    due: date | None = None
    feasibility: Feasibility | None = None
    status: Literal["open", "closed"] = "open"
    closed_reason: Note = ""


class AgendaItem(Strict):
    """An item of a meeting's agenda, and what was prepared for it."""

    title: Word
    prep_note: Note = ""


class Study(Strict):
    """One thing studied before a visit: profile, last audit note, last record, minutes."""

    item: Literal["profile", "audit-note", "last-record", "minutes"]
    done_on: date | None = None


class Visit(Strict):
    """A planned visit. changed_reason: why it went otherwise than approved, and when the approver was told (informed_on).

    meeting: the meeting attended, where there is one. confirms: balances to be confirmed; counts_cash: cash is counted too.
    tracks_orders: orders followed up on this visit. is_first_meeting_step: a step towards a new cooperative's first general meeting.
    """

    id: ThingId
    orgs: Annotated[tuple[ThingId, ...], Field(min_length=1, max_length=20)]
    issues: tuple[ThingId, ...] = ()
    objective: Note = ""
    method: Method | None = None
    method_note: Word = ""
    officer: Word = ""
    planned_date: date | None = None
    start: time | None = None
    end: time | None = None
    travel_minutes: Annotated[int, Field(ge=0, le=600)] | None = None
    holiday_reason: Note = ""
    study: tuple[Study, ...] = ()
    recorded_plan_on: date | None = None
    content_refs: tuple[Word, ...] = ()
    doc_refs: tuple[Word, ...] = ()
    meeting: Literal["board-monthly", "board-pre-agm", "agm", "first-general", "member-group"] | None = None
    agenda: tuple[AgendaItem, ...] = ()
    confirms: tuple[Balance, ...] = ()
    counts_cash: Yes = False
    tracks_orders: tuple[ThingId, ...] = ()
    is_first_meeting_step: Yes = False
    requested_on: date | None = None
    decision: Literal["approved", "returned"] | None = None
    decided_on: date | None = None
    approver_role: ApproverRole | None = None
    acting_order: Word = ""
    actual_date: date | None = None
    actual_org: ThingId | None = None
    actual_method: Method | None = None
    changed_reason: Note = ""
    informed_on: date | None = None


class Action(Strict):
    """Something agreed: what, who, by when."""

    what: Note
    who: Word = ""
    by: date | None = None


class Question(Strict):
    """A question asked on a visit. source: where its answer will be looked up; due: by when it is answered."""

    text: Note
    is_answered: Yes = False
    source: Word = ""
    due: date | None = None
    replied_on: date | None = None


class Record(Strict):
    """What was found and advised. org: one cooperative; orgs beyond the first are a mistake a rule tells of."""

    id: ThingId
    visit: ThingId
    orgs: Annotated[tuple[ThingId, ...], Field(min_length=1, max_length=20)]
    facts: tuple[Note, ...] = ()
    advice: tuple[Note, ...] = ()
    actions: tuple[Action, ...] = ()
    questions: tuple[Question, ...] = ()
    unresolved: tuple[ThingId, ...] = ()
    """Issues that are still open after the visit."""
    recorded_on: date | None = None


class Report(Strict):
    """A report of a visit. result_vs_target: the result beside target and indicator."""

    id: ThingId
    visit: ThingId
    summary: Note = ""
    result_vs_target: Note = ""
    next_step: Note = ""
    submitted_on: date | None = None
    decision: Literal["approved", "returned"] | None = None
    decided_on: date | None = None
    approver_role: ApproverRole | None = None
    acting_order: Word = ""
    returned_comment: Note = ""
    answered_comment: Note = ""
    recipient: Literal["provincial", "group-head", "planning", "other"] | None = None


class CalendarEntry(Strict):
    """A visit as it stands in a calendar."""

    visit: ThingId
    on: date


class Calendar(Strict):
    """The weekly or monthly calendar. covers: the first and last day."""

    covers: tuple[date, date]
    entries: tuple[CalendarEntry, ...] = ()


class ActionLine(Strict):
    """A line of the action plan. origin, policy: what it answers."""

    id: ThingId
    issue: ThingId | None = None
    text: Note
    origin: Literal["bottom_up", "top_down", "carry_over"] | None = None
    policy: Word = ""
    owner: Word = ""
    due: date | None = None


class Project(Strict):
    """A project of the department or province that was considered. decision: used, or not fitting and why."""

    name: Word
    decision: Literal["used", "not-fitting"] | None = None
    why: Note = ""


class Plan(Strict):
    """The whole plan. previous: records and reports of the last round, from which open issues are carried over."""

    plan: PlanId
    title: Word = ""
    written_on: date
    officer: Word = ""
    orgs: Annotated[tuple[Organisation, ...], Field(min_length=1, max_length=60)]
    issues: Annotated[tuple[Issue, ...], Field(max_length=300)] = ()
    actions: Annotated[tuple[ActionLine, ...], Field(max_length=300)] = ()
    projects_considered: tuple[Project, ...] | None = None
    policy_refs: tuple[Word, ...] = ()
    all_group_meeting_on: date | None = None
    target_areas: tuple[Word, ...] = ()
    week: Calendar | None = None
    month: Calendar | None = None
    visits: Annotated[tuple[Visit, ...], Field(max_length=300)] = ()
    records: Annotated[tuple[Record, ...], Field(max_length=300)] = ()
    reports: Annotated[tuple[Report, ...], Field(max_length=300)] = ()
    previous: Annotated[tuple[Record, ...], Field(max_length=300)] = ()
    permission_orgs_listed_together: Yes = False
    """Whether the permission names all at once ("every one in the district") instead of each."""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for name in ("orgs", "issues", "actions", "visits", "records", "reports", "previous"):
            require_distinct(tuple(one.id for one in getattr(self, name)), name)
        orgs, issues = {one.id for one in self.orgs}, {one.id for one in self.issues}
        visits = {one.id for one in self.visits}
        for issue in self.issues:
            _require("issues", issue.id, "org", [issue.org], orgs)
        for visit in self.visits:
            _require("visits", visit.id, "orgs", visit.orgs, orgs)
            _require("visits", visit.id, "issues", visit.issues, issues)
        for name in ("records", "reports"):
            for one in getattr(self, name):
                _require(name, one.id, "visit", [one.visit], visits)
        for calendar in (self.week, self.month):
            for entry in calendar.entries if calendar else ():
                _require("calendar", entry.visit, "visit", [entry.visit], visits)
        return self

    def org(self, org_id: str) -> Organisation:
        """Raises KeyError; every id a checked plan names is there."""
        return {one.id: one for one in self.orgs}[org_id]


def _require(where: str, owner: str, field: str, named: Iterable[str], known: set[str]) -> None:
    if lost := sorted(set(named) - known):
        raise ValueError(f"{where} {owner}: {field} อ้างถึง {', '.join(lost)} ซึ่งไม่มีในแผน ให้แก้รหัส หรือเพิ่มรายการ")


Organisation.model_rebuild()
