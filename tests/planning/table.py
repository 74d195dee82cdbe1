"""What the tests of work on plans share: a plan on a table, steps taken on it, days in July 2566. Not a test."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from cps_training.planning.editing import ABSENT, Change, value_at, written
from cps_training.planning.gating import judge_of
from cps_training.planning.model import Plan
from cps_training.planning.rules.base import PlanContext
from cps_training.planning.rules.registry import RULES
from cps_training.planning.steps import line_json
from cps_training.planning.work import Mode, PlanStep, PlanWork, take
from cps_training.planning.workflow_table import State

OFFICER, FRIEND, HEAD = "officer-a", "officer-b", "head"


def noon(day: date) -> datetime:
    """Noon in Thailand."""
    return datetime(day.year, day.month, day.day, 5, tzinfo=UTC)


class Table:
    """A plan somebody works on. now: the real day; work: what it has come to; steps: those of the last take."""

    def __init__(self, plan: Plan, context: PlanContext, mode: Mode = "solo") -> None:
        self.judge, self.now, self.n = judge_of(context, RULES), date(2023, 7, 4), 0
        self.work = PlanWork("july-2566", OFFICER, mode, noon(self.now))
        self.steps: tuple[PlanStep, ...] = ()
        self.take("begin", {"document": written(plan), "source": {"kind": "template", "id": "july"}})

    def take(
        self, kind: str, detail: dict[str, Any], *, by: str = OFFICER, role: Any = "officer", **more: Any
    ) -> Table:
        self.n += 1
        given: dict[str, Any] = {"answer_id": f"a{self.n}", "judge": self.judge} | more
        self.work, self.steps = take(
            self.work, kind, detail, by=by, role=role, at=noon(self.now), real_day=self.now, **given
        )
        return self

    def edit(self, *at: str, after: Any, before: Any = ..., by: str = OFFICER) -> Table:
        """One field changed, in view of what stands there unless another before is given."""
        seen = value_at(self.work.document, at) if before is ... else before
        return self.take("edit", {"changes": [Change(at, seen, after).as_json()]}, by=by)

    def move(self, kind: str, visit: str, **detail: Any) -> Table:
        if kind in ("allow", "return-request", "approve-report", "return-report"):
            return self.take("move", {"kind": kind, "visit": visit, **detail}, by=HEAD, role="provincial")
        return self.take("move", {"kind": kind, "visit": visit, **detail})

    def day(self, to: str) -> Table:
        return self.take("day", {"to": to})

    def state(self, visit: str) -> State:
        return self.work.standings[visit].state

    def field(self, *at: str) -> Any:
        return value_at(self.work.document, at)

    def line(self, visit: str, **changed: Any) -> dict[str, Any]:
        line = self.work.standings[visit].line
        assert line is not None
        return line_json(line) | changed

    def write(self, visit: str, record: dict[str, Any], report: dict[str, Any]) -> Table:
        """A record and a report of the visit, written and the record kept."""
        self.edit("records", record["id"], before=ABSENT, after={**record, "visit": visit})
        self.edit("reports", report["id"], before=ABSENT, after={**report, "visit": visit})
        for org in record["orgs"]:
            self.move("record", visit, org=org)
        return self


RECORD = {
    "id": "N1",
    "orgs": ["thung-sathit"],
    "facts": ["กรรมการตรวจนับเงินสดเดือนมิถุนายนแล้ว ยอดตรงกับบัญชี"],
    "advice": ["ให้กำหนดวันตรวจนับของเดือนถัดไปไว้ในรายงานการประชุม"],
    "unresolved": ["I1"],
}
REPORT = {
    "id": "S1",
    "summary": "คณะกรรมการมีมติให้ร่างเกณฑ์อนุมัติเงินกู้",
    "result_vs_target": "หนี้ค้างยังมี 96 ราย เป้าหมายไม่เกิน 60 ราย",
    "next_step": "ประชุมกลุ่มสมาชิกที่ค้างชำระ",
    "recipient": "provincial",
}
