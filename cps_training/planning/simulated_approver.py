"""The approver for whoever practises alone: decides some working days later, and gives as reasons what the rules say. Pure; knows no single rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from hashlib import sha256

from cps_training.clock import office_day
from cps_training.planning.checking import PlanReport
from cps_training.planning.editing import path_of_at, path_text
from cps_training.planning.effects import OF_VISITS
from cps_training.planning.gating import Gate, blocking, warnings
from cps_training.planning.rules.base import Finding
from cps_training.planning.steps import PlanWork
from cps_training.planning.workflow_table import Kind, State

LONGEST_WAIT = 3
"""Working days a decision takes at most."""
REASON_LETTERS = 15
"""Letters from which a reason for a warning counts as one."""
MOST_REASONS = 3
LONGEST_COMMENT = 2000
_GATES: dict[State, Gate] = {State.REQUESTED: "request", State.REPORTED: "report"}


def awaited(work: PlanWork, working_days_after: Callable[[date, int], date]) -> tuple[tuple[date, str, Gate], ...]:
    """(day of the decision, visit, gate) of everything that waits for one, the earliest first."""
    found = []
    for visit, standing in work.standings.items():
        if gate := _GATES.get(standing.state):
            asked_on = office_day(next(event.at for event in reversed(work.events) if event.visit == visit))
            found.append((decision_day(asked_on, work.plan_id, visit, gate, working_days_after), visit, gate))
    return tuple(sorted(found))


def decision_day(
    asked_on: date, plan_id: str, visit: str, gate: Gate, working_days_after: Callable[[date, int], date]
) -> date:
    """When it is decided: 1–3 working days after it was asked, always the same for the same request."""
    drawn = sha256(f"{plan_id}|{visit}|{gate}|{asked_on}".encode()).digest()[0]
    return working_days_after(asked_on, 1 + drawn % LONGEST_WAIT)


def decide(work: PlanWork, visit: str, gate: Gate, report: PlanReport, day: date) -> tuple[Kind, str]:
    """(allow or return-request, approve-report or return-report; the comment, "" where it is allowed). report: of the plan on that day.

    Returned: what has an error by now, a request whose day has come before the decision, a warning let stand without a reason.
    """
    reasons = tuple(dict.fromkeys(_reasons(work, visit, gate, report, day)))
    if gate == "request":
        return ("return-request", _comment(reasons)) if reasons else ("allow", "")
    return ("return-report", _comment(reasons)) if reasons else ("approve-report", "")


def _reasons(work: PlanWork, visit: str, gate: Gate, report: PlanReport, day: date) -> Iterator[str]:
    plan = work.plan
    planned = next(one.planned_date for one in plan.visits if one.id == visit)
    is_late = gate == "request" and planned is not None and planned <= day
    if is_late:
        yield "คำขอมาถึงช้า ถึงวันเข้าแล้วจึงได้พิจารณา ให้กำหนดวันเข้าใหม่และเผื่อเวลาพิจารณาอย่างน้อย 3 วันทำการ"
    for finding in blocking(report, plan, visit, gate):
        if not (
            is_late and path_of_at(plan, finding.at)[-1] in OF_VISITS
        ):  # that no decision stands there yet is not theirs to mend
            yield finding.message
    for finding in warnings(report, plan, visit, gate):
        if not _is_explained(work, finding):
            yield f"{finding.message} หากจำเป็นต้องคงไว้ ให้เขียนเหตุผลประกอบ"


def _is_explained(work: PlanWork, finding: Finding) -> bool:
    at = path_text(path_of_at(work.plan, finding.at))
    return len("".join(work.reasons.get((finding.rule, at), "").split())) >= REASON_LETTERS


def _comment(reasons: tuple[str, ...]) -> str:
    """What an officer in charge would write back: at most three reasons, then how many more."""
    said = (
        reasons[0] if len(reasons) == 1 else " ".join(f"{n}) {one}" for n, one in enumerate(reasons[:MOST_REASONS], 1))
    )
    more = len(reasons) - MOST_REASONS
    rest = f" และยังมีอีก {more} ข้อตามรายการตรวจ" if more > 0 else ""
    return f"ขอให้แก้ไขแล้วเสนอใหม่ {said[: LONGEST_COMMENT - 100]}{rest}"
