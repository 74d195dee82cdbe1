"""Somebody's plan as a frozen list of steps; document, moves, day and reasons are derived from them. Pure: knows no rule and takes no step itself.

A step is never changed or removed. `work.take` makes new ones; here they are only read, and moves among them checked again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any, Literal, get_args

from cps_training.clock import BANGKOK
from cps_training.planning import effects, workflow
from cps_training.planning.editing import Change, Document, apply, read
from cps_training.planning.model import Plan
from cps_training.planning.workflow_table import Detail, Event, Line, Standing

StepKind = Literal["begin", "edit", "try", "move", "day", "reason", "rate", "share"]
KINDS: tuple[str, ...] = get_args(StepKind)
Mode = Literal["office", "solo"]
"""office: in real time, decided by people. solo: in simulated days that the learner moves on, decided by the simulated approver."""
SIMULATED = "simulated"
"""The simulated approver, where a person's id would stand."""
NOON = time(12, tzinfo=BANGKOK)


@dataclass(frozen=True)
class PlanStep:
    """One thing that was done. seq counts from 1 without gaps; by: a person's id or "simulated"; at: UTC; answer_id: unique everywhere.

    begin: {"document", "source": {"kind", "id"}}. edit: {"changes": [Change as JSON]}. try: {"gate", "visits", "rules": {rule: findings}}.
    move: {"kind", "visit", "role", "line"?, "org"?, "reason"?, "informed_on"?, "allowed_by"?, "comment"?, "order"?}. day: {"to"}.
    reason: {"rule", "at": a path as text, "text"}. rate: {"by", "levels": {criterion: 1–4}}. share: {"person", "on"}.
    """

    seq: int
    kind: StepKind
    by: str
    at: datetime
    answer_id: str
    detail: dict[str, Any]


@dataclass(frozen=True)
class _Derived:
    """What steps come to. sharing: {person: whether they may write}; standings: of visits with moves; the rest as in PlanWork."""

    document: Document = field(default_factory=dict)
    day: date | None = None
    events: tuple[Event, ...] = ()
    standings: Mapping[str, Standing] = field(default_factory=dict)
    sharing: Mapping[str, bool] = field(default_factory=dict)
    reasons: Mapping[tuple[str, str], str] = field(default_factory=dict)
    ratings: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class PlanWork:
    """One plan and everything done on it. owner: a person's id. What is derived must not be changed by whoever reads it."""

    plan_id: str
    owner: str
    mode: Mode
    started_at: datetime
    steps: tuple[PlanStep, ...] = ()

    @property
    def seq(self) -> int:
        return self.steps[-1].seq if self.steps else 0

    @cached_property
    def _derived(self) -> _Derived:
        derived = _Derived()
        for step in self.steps:
            derived = _after(derived, step, self.mode)
        return derived

    def followed_by(self, *steps: PlanStep) -> PlanWork:
        """The work with more steps. Raises AttemptError where a move is not allowed, or there is nothing yet to keep or send."""
        derived = self._derived
        for step in steps:
            derived = _after(derived, step, self.mode)
        more = replace(self, steps=(*self.steps, *steps))
        more.__dict__["_derived"] = derived  # as cached_property keeps it: what came before need not be derived again
        return more

    @property
    def document(self) -> Document:
        """The plan as JSON, without what stands at its default; {} before it is begun."""
        return self._derived.document

    @cached_property
    def plan(self) -> Plan:
        """Raises AttemptError before it is begun."""
        return read(self.document)

    @property
    def title(self) -> str:
        return str(self.document.get("title", ""))

    @property
    def events(self) -> tuple[Event, ...]:
        """Moves of all visits, in order."""
        return self._derived.events

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """{visit: where it stands}, in the order of the plan; a visit without moves is a draft."""
        moved = self._derived.standings
        return {one["id"]: moved.get(one["id"], Standing(one["id"])) for one in self.document.get("visits", ())}

    @property
    def day(self) -> date | None:
        """The simulated day; None in office mode."""
        return self._derived.day

    @cached_property
    def writers(self) -> tuple[str, ...]:
        """Ids of who may write: the owner first."""
        return (self.owner, *(person for person, may_write in self._derived.sharing.items() if may_write))

    @cached_property
    def authors(self) -> frozenset[str]:
        """Everybody who may write or could once: they decide nothing of this plan."""
        return frozenset((self.owner, *self._derived.sharing))

    @property
    def reasons(self) -> Mapping[tuple[str, str], str]:
        """{(rule, path of the field as text): why the warning is let stand}."""
        return self._derived.reasons

    @property
    def ratings(self) -> Mapping[str, Mapping[str, int]]:
        """{"self" or "trainer": {criterion: level 1–4}}, the last of each."""
        return self._derived.ratings


def today_of(work: PlanWork, real_day: date) -> date:
    """The day on which the plan is looked at: the simulated one in solo mode, else the real one."""
    return work.day or real_day


def _after(derived: _Derived, step: PlanStep, mode: Mode) -> _Derived:
    detail = step.detail
    match step.kind:
        case "begin":
            document = detail["document"]
            return replace(
                derived, document=document, day=date.fromisoformat(document["written_on"]) if mode == "solo" else None
            )
        case "edit":
            return replace(derived, document=apply(derived.document, map(Change.from_json, detail["changes"])))
        case "move":
            return _moved(derived, step)
        case "day":
            return replace(derived, day=date.fromisoformat(detail["to"]))
        case "reason":
            key = detail["rule"], detail["at"]
            others = {one: text for one, text in derived.reasons.items() if one != key}
            return replace(derived, reasons=others | ({key: detail["text"]} if detail["text"] else {}))
        case "rate":
            return replace(derived, ratings={**derived.ratings, detail["by"]: detail["levels"]})
        case "share":
            return replace(derived, sharing={**derived.sharing, detail["person"]: detail["on"]})
        case "try":
            return derived


def _moved(derived: _Derived, step: PlanStep) -> _Derived:
    detail, visit = step.detail, step.detail["visit"]
    events = workflow.take(
        derived.events,
        detail["kind"],
        visit,
        by=step.by,
        role=detail["role"],
        at=_instant(derived, step),
        detail=_detail(detail),
    )
    return replace(
        derived,
        events=events,
        standings={**derived.standings, visit: workflow.standing_of(events, visit)},
        document=effects.after(derived.document, events[-1]),
    )


def _instant(derived: _Derived, step: PlanStep) -> datetime:
    """When a move counts as made: in solo mode noon of the simulated day, a second later each; else the real time, never before the last."""
    if derived.day is not None:
        return datetime.combine(derived.day, NOON).astimezone(UTC) + timedelta(seconds=len(derived.events))
    return max(step.at, derived.events[-1].at) if derived.events else step.at


def _detail(given: Mapping[str, Any]) -> Detail:
    line = given.get("line")
    informed_on = given.get("informed_on")
    return Detail(
        line=line_of(line) if line else None,
        org=given.get("org", ""),
        reason=given.get("reason", ""),
        informed_on=date.fromisoformat(informed_on) if informed_on else None,
        allowed_by=given.get("allowed_by"),
        comment=given.get("comment", ""),
        order=given.get("order", ""),
    )


def line_of(given: Mapping[str, Any]) -> Line:
    """A line from {"orgs", "on": ISO, "method", "issues"}."""
    return Line(tuple(given["orgs"]), date.fromisoformat(given["on"]), given["method"], tuple(given.get("issues", ())))


def line_json(line: Line) -> dict[str, Any]:
    """What line_of reads."""
    return {"orgs": list(line.orgs), "on": line.on.isoformat(), "method": line.method, "issues": list(line.issues)}
