"""Planned, approved, performed, reported, followed up: a plan's visits side by side, gaps first. Pure; knows no rule.

A row is about what happened, by the moves: the rules are about what is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from cps_training.clock import office_day
from cps_training.i18n import mark
from cps_training.planning.model import Issue, Plan, Visit
from cps_training.planning.steps import PlanWork
from cps_training.planning.workflow_table import Standing, State

CellState = Literal["done", "waiting", "gap", "none"]
A_WEEK = timedelta(days=7)
"""Five working days, where nobody says how long a report may take."""
_FOLLOWED = ("none", "done", "waiting", "gap")
"""The worst comes last."""


@dataclass(frozen=True)
class Cell:
    """One of the five of a visit. none: its turn has not come. note: a Thai message, "" where the day says it all."""

    state: CellState
    on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Row:
    """One visit. orgs: ids. gap: the first gap's message, None without one."""

    visit: str
    orgs: tuple[str, ...]
    planned: Cell
    approved: Cell
    performed: Cell
    reported: Cell
    followed: Cell

    @property
    def cells(self) -> dict[str, Cell]:
        names = ("planned", "approved", "performed", "reported", "followed")
        return {name: getattr(self, name) for name in names}

    @property
    def gap(self) -> str | None:
        return next((cell.note for cell in self.cells.values() if cell.state == "gap"), None)

    def as_json(self) -> dict[str, Any]:
        """{"visit", "orgs", "gap", and each cell as {"state", "on": ISO or None, "note"}}."""
        cells = {
            name: {"state": cell.state, "on": cell.on.isoformat() if cell.on else None, "note": cell.note}
            for name, cell in self.cells.items()
        }
        return {"visit": self.visit, "orgs": list(self.orgs), "gap": self.gap, **cells}


def rows(work: PlanWork, today: date, report_by: Callable[[date], date] | None = None) -> tuple[Row, ...]:
    """One row a visit: gaps first, then by the day planned, those without one last.

    report_by(day): the last day on which a visit of a day is reported in time; a week without it.
    """
    due = report_by or (lambda day: day + A_WEEK)
    found = [
        Row(
            visit.id,
            visit.orgs,
            _planned(visit),
            _approved(work, visit, today),
            _performed(work.standings[visit.id], visit, today),
            _reported(work, visit, today, due),
            _followed(work.plan, visit),
        )
        for visit in work.plan.visits
    ]
    return tuple(sorted(found, key=lambda row: (row.gap is None, row.planned.on or date.max)))


def _planned(visit: Visit) -> Cell:
    if visit.planned_date is None:
        return Cell("gap", note=mark("ยังไม่ได้กำหนดวันเข้า"))
    return Cell("done", visit.planned_date)


def _approved(work: PlanWork, visit: Visit, today: date) -> Cell:
    standing, day = work.standings[visit.id], visit.planned_date
    is_due = day is not None and day <= today
    match standing.state:
        case State.DRAFT if is_due:
            return Cell("gap", note=mark("ถึงวันเข้าแล้ว แต่ยังไม่ได้ขออนุญาต"))
        case State.DRAFT:
            return Cell("none", note=mark("ยังไม่ได้ขออนุญาต"))
        case State.REQUESTED if is_due:
            return Cell("gap", _last_day(work, visit), mark("ถึงวันเข้าแล้ว แต่ยังไม่ได้รับอนุญาต"))
        case State.REQUESTED:
            return Cell("waiting", _last_day(work, visit), mark("รอสหกรณ์จังหวัดพิจารณาคำขอ"))
        case State.REFUSED:
            return Cell("gap", _last_day(work, visit), mark("คำขอถูกส่งกลับ ยังไม่ได้แก้ไขแล้วเสนอใหม่"))
        case _:
            return Cell("done", standing.allowed_on)


def _performed(standing: Standing, visit: Visit, today: date) -> Cell:
    if standing.performed is not None:
        is_otherwise = bool(visit.changed_reason)
        return Cell("done", standing.performed.on, mark("ปฏิบัติต่างจากที่ได้รับอนุญาต มีเหตุผลในแผน") if is_otherwise else "")
    if standing.state is not State.ALLOWED or standing.line is None:
        return Cell("none")
    if standing.line.on < today:
        return Cell("gap", standing.line.on, mark("เลยวันเข้าแล้ว แต่ยังไม่ได้บันทึกการปฏิบัติงาน"))
    return Cell("waiting", standing.line.on, mark("รอถึงวันเข้า"))


def _reported(work: PlanWork, visit: Visit, today: date, due: Callable[[date], date]) -> Cell:
    standing = work.standings[visit.id]
    match standing.state:
        case State.PERFORMED if standing.performed is not None:
            last_day = due(standing.performed.on)
            if today > last_day:
                return Cell("gap", last_day, mark("เลยกำหนดส่งรายงานแล้ว แต่ยังไม่ได้ส่ง"))
            unrecorded = mark("ยังบันทึกผลไม่ครบทุกแห่ง") if standing.unrecorded else mark("รอส่งรายงาน")
            return Cell("waiting", last_day, unrecorded)
        case State.REPORTED:
            return Cell("waiting", _last_day(work, visit), mark("รอสหกรณ์จังหวัดพิจารณารายงาน"))
        case State.SENT_BACK:
            return Cell("gap", _last_day(work, visit), mark("รายงานถูกส่งกลับ ยังไม่ได้แก้ไขแล้วเสนอใหม่"))
        case State.CLOSED:
            return Cell("done", _last_day(work, visit))
        case _:
            return Cell("none")


def _last_day(work: PlanWork, visit: Visit) -> date:
    """The day of the visit's last move."""
    return office_day(next(event.at for event in reversed(work.events) if event.visit == visit.id))


def _followed(plan: Plan, visit: Visit) -> Cell:
    """The worst of what is left open by the records of the visit."""
    records = [record for record in plan.records if record.visit == visit.id and record.recorded_on is not None]
    if not records:
        return Cell("none")
    left = list(dict.fromkeys(issue for record in records for issue in record.unresolved))
    if not left:
        return Cell("done", note=mark("ไม่มีประเด็นค้าง"))
    return max((_carried_on(plan, visit, issue) for issue in left), key=lambda cell: _FOLLOWED.index(cell.state))


def _carried_on(plan: Plan, visit: Visit, issue_id: str) -> Cell:
    issue = next((one for one in plan.issues if one.id == issue_id), None)
    if issue is not None and issue.status == "closed":
        return _closed(issue)
    later = sorted(_later_days(plan, visit, issue_id))
    if later:
        return Cell("done", later[0])
    if any(line.issue == issue_id for line in plan.actions):
        return Cell("done", note=mark("อยู่ในแผนงานแล้ว"))
    if issue is None:
        return Cell("gap", note=mark("ประเด็นที่ค้างไม่มีในแผนแล้ว และไม่มีเหตุผลที่ปิด"))
    return Cell("waiting", issue.due, mark("ประเด็นยังเปิดอยู่ แต่ยังไม่มีแผนงานหรือการเข้าครั้งต่อไป"))


def _closed(issue: Issue) -> Cell:
    if issue.closed_reason:
        return Cell("done", note=mark("ปิดประเด็นแล้ว มีเหตุผลในแผน"))
    return Cell("gap", note=mark("ประเด็นที่ค้างถูกปิดโดยไม่มีเหตุผล"))


def _later_days(plan: Plan, visit: Visit, issue_id: str) -> Iterator[date]:
    """Days of other visits about the issue, after this one."""
    done_on = visit.actual_date or visit.planned_date or date.min
    for other in plan.visits:
        day = other.actual_date or other.planned_date
        if other.id != visit.id and issue_id in other.issues and day is not None and day > done_on:
            yield day
