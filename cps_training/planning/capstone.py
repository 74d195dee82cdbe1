"""The capstone: solve a case, plan its visits, pass both gates (CPS 2.3, 3.3). Pure: reads plans; whether the case was solved is told.

Nothing is stored for it: it follows from the work on the case and from the plans that were begun from its board.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cps_training.planning.steps import PlanWork
from cps_training.planning.workflow_table import State

STAGES = ("case", "plan", "request", "report")
"""In the order in which they are reached. case: its result passed. plan: one was begun from the board. request: a visit of it was
allowed. report: the report of a visit of it was approved."""


@dataclass(frozen=True)
class Capstone:
    """How far somebody has come with one case. plan_id: the plan that came furthest, None before one was begun."""

    reached: frozenset[str]
    plan_id: str | None

    @property
    def is_done(self) -> bool:
        """All stages; a report approved for a case that was not solved is no capstone."""
        return len(self.reached) == len(STAGES)


def capstone(is_solved: bool, plans: Iterable[PlanWork]) -> Capstone:
    """plans: those begun from the case's board, oldest first; of two that came equally far the later one is named."""
    furthest = max(enumerate(plans), key=lambda one: (len(_reached(one[1])), one[0]), default=None)
    if furthest is None:
        return Capstone(frozenset({"case"} if is_solved else ()), None)
    work = furthest[1]
    return Capstone(_reached(work) | ({"case"} if is_solved else set()), work.plan_id)


def _reached(work: PlanWork) -> frozenset[str]:
    standings = work.standings.values()
    is_allowed = any(one.allowed_by is not None for one in standings)
    is_approved = any(one.state is State.CLOSED for one in standings)
    return frozenset({"plan"} | ({"request"} if is_allowed else set()) | ({"report"} if is_approved else set()))
