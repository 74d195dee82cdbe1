"""Messages about plans of visits: the list, writing one together, its two gates, the approver's, a trainer's. Knows no store, rule or widget."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from cps_training.desk.wire import AnswerId, Message, Word

Note = Annotated[str, Field(max_length=2000)]
Gate = Literal["request", "report"]
VisitIds = Annotated[tuple[Word, ...], Field(min_length=1, max_length=300)]


class Plans(Message):
    """The asker's plans, and what one may begin from. Value: see plans.plans."""

    op: Literal["plans"] = "plans"


class BeginPlan(Message):
    """A new plan. source_id: the work on a case, the template or the plan it begins from; org: {"name", "kind"}, asked for with `nothing`.

    title "" = as the source says. Value: PlanView. Errors: org-missing, unknown-source, not-handed-in, not-yours."""

    op: Literal["begin_plan"] = "begin_plan"
    source_kind: Literal["nothing", "template", "case", "plan"] = "nothing"
    source_id: Word = ""
    mode: Literal["office", "solo"] = "office"
    title: Word = ""
    org: dict[Literal["name", "kind"], Word] | None = None
    answer_id: AnswerId


class OpenPlan(Message):
    """Value: PlanView. Errors: not-yours."""

    op: Literal["open_plan"] = "open_plan"
    plan_id: Word


class EditPlan(Message):
    """Changes of fields, each with what stood there before: {"at": [path], "before"?, "after"?}, all of them or none. Value: PlanView.

    Errors: plan-conflict (with "conflicts": [{"at", "before", "after"}] and "view": PlanView), frozen-field, bad-change, not-a-writer."""

    op: Literal["edit_plan"] = "edit_plan"
    plan_id: Word
    changes: Annotated[tuple[dict[str, Any], ...], Field(max_length=500)]
    answer_id: AnswerId


class TrySubmit(Message):
    """Hand visits in at a gate. Those without errors move on, the others are told; the attempt itself is kept.

    Value: PlanView with {"refused": {visit: [finding]}, "moved": [visit]}."""

    op: Literal["try_submit"] = "try_submit"
    plan_id: Word
    gate: Gate
    visits: VisitIds
    answer_id: AnswerId


class MovePlan(Message):
    """What the officer does between the gates. perform: line None = as allowed; line {"orgs", "on", "method", "issues"?} as it was done, with
    reason and informed_on where it was otherwise. record: of the one organisation. Value: PlanView. Errors: those of the workflow."""

    op: Literal["move_plan"] = "move_plan"
    plan_id: Word
    kind: Literal["perform", "record"]
    visit: Word
    line: dict[str, Any] | None = None
    org: Word = ""
    reason: Note = ""
    informed_on: date | None = None
    answer_id: AnswerId


class AdvanceDay(Message):
    """Move the simulated day of a plan worked on alone; the simulated approver decides on its way. Value: PlanView. Errors: backwards, wrong-mode."""

    op: Literal["advance_day"] = "advance_day"
    plan_id: Word
    to: date
    answer_id: AnswerId


class ExplainFinding(Message):
    """Why a warning is let stand; at: its path as text, as the view tells it. text "" takes the reason away. Value: PlanView."""

    op: Literal["explain_finding"] = "explain_finding"
    plan_id: Word
    rule: Word
    at: Word
    text: Note = ""
    answer_id: AnswerId


class RatePlan(Message):
    """Levels 1–4 by criterion, of the writer or a trainer. Value: PlanView. Errors: not-yours, own-work."""

    op: Literal["rate_plan"] = "rate_plan"
    plan_id: Word
    by: Literal["self", "trainer"]
    levels: Annotated[dict[Word, Annotated[int, Field(ge=1, le=4)]], Field(min_length=1, max_length=20)]
    answer_id: AnswerId


class SharePlan(Message):
    """Let a colleague write too, by their staff code, or no more. Value: PlanView. Errors: unknown-person, not-yours (only the owner shares)."""

    op: Literal["share_plan"] = "share_plan"
    plan_id: Word
    code: Word
    on: bool = True
    answer_id: AnswerId


class PlanHistory(Message):
    """What was done, newest first, 30 rows at a time; before: only what came before that seq. Value: see plan_history.plan_history."""

    op: Literal["plan_history"] = "plan_history"
    plan_id: Word
    before: int | None = None


class PlanWaiting(Message):
    """Requests and reports the asker may decide on, the longest waiting first. Value: see plan_decisions.plan_waiting."""

    op: Literal["plan_waiting"] = "plan_waiting"


class Decide(Message):
    """Allow or return. order: by which a trainer acts for the approver. Value: as for PlanWaiting. Errors: own-work, not-the-approver, no-comment."""

    op: Literal["decide"] = "decide"
    plan_id: Word
    visit: Word
    kind: Literal["allow", "return-request", "approve-report", "return-report"]
    comment: Note = ""
    order: Word = ""
    answer_id: AnswerId


class PlanErrors(Message):
    """Errors of rules in what people tried to hand in, over time; trainers and admins. unit "" = everybody. Value: see plan_decisions.plan_errors."""

    op: Literal["plan_errors"] = "plan_errors"
    unit: Word = ""


PlanRequest = (
    Plans
    | BeginPlan
    | OpenPlan
    | EditPlan
    | TrySubmit
    | MovePlan
    | AdvanceDay
    | ExplainFinding
    | RatePlan
    | SharePlan
    | PlanHistory
    | PlanWaiting
    | Decide
    | PlanErrors
)
PLAN_WRITES = (
    "begin_plan",
    "edit_plan",
    "try_submit",
    "move_plan",
    "advance_day",
    "explain_finding",
    "rate_plan",
    "share_plan",
    "decide",
)
