"""Plans of the fictional office of `--demo`: a colleague in the middle of the cycle, a request and a report in the approver's inbox.

Every step is taken as a real one would be, by the same rules, on days gone by; a step the rules refuse on that day is left out. The
demo officer has begun nothing: that is for the visitor to do. Everything is invented; knows no server and no widget.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection

from cps_training.clock import BANGKOK, office_day
from cps_training.content.library import Library
from cps_training.errors import AttemptError
from cps_training.places import shipped
from cps_training.planning.editing import ABSENT, Change, difference, path_of_at, path_text
from cps_training.planning.gating import Gate, blocking, judge_of, warnings
from cps_training.planning.reading import context_of
from cps_training.planning.rules.registry import RULES
from cps_training.planning.starting import from_template
from cps_training.planning.steps import PlanWork
from cps_training.planning.templates import templates
from cps_training.planning.work import take
from cps_training.planning.workflow_table import Role
from cps_training.records import plans

TEMPLATE = "monthly-agricultural"
BEGUN_DAYS_AGO = range(14, 36)
"""The first that puts the second visit behind today, or on it, and the third before us."""
STUDIED = ("profile", "audit-note", "last-record", "minutes")
REASON = "ประสานสหกรณ์แล้ว จะได้ข้อมูลส่วนนี้ก่อนวันเข้าปฏิบัติงาน"
COMMENT = "เห็นชอบ ให้ติดตามผลตามกำหนดที่ตกลงกับสหกรณ์"
FOUND: Mapping[str, Mapping[str, Any]] = {
    "V1": {
        "facts": ["คณะกรรมการมีมติกำหนดวันตรวจนับเงินสดทุกวันทำการสุดท้ายของเดือน", "ยังไม่มีผู้สำรวจความต้องการปุ๋ย 2 กลุ่มจาก 6 กลุ่ม"],
        "advice": ["ให้บันทึกชื่อตำแหน่งผู้ลงนามสองคนไว้ในมติ", "ให้สำรวจความต้องการปุ๋ยให้ครบทุกกลุ่มก่อนต่อรองราคา"],
        "what": "ส่งใบตรวจนับเงินสดที่ลงนามครบสองคน",
        "who": "เหรัญญิก",
        "summary": "คณะกรรมการกำหนดวันตรวจนับเงินสดและผู้ลงนามสองคน และมอบหมายผู้สำรวจความต้องการปุ๋ยแล้ว 4 จาก 6 กลุ่ม",
        "result": "กำหนดวันตรวจนับและผู้ลงนามได้ตามเป้าหมาย ส่วนการสำรวจปุ๋ยได้ 4 จาก 6 กลุ่ม",
        "next": "ติดตามใบตรวจนับเงินสดและผลสำรวจอีก 2 กลุ่มในการเข้าครั้งถัดไป",
    },
    "V2": {
        "facts": ["สอบทานยอดหนี้ หุ้น และเงินฝาก 40 ราย ตรงกัน 38 ราย", "ตรวจนับเงินสดกับกรรมการผู้ลงนามแล้ว ยอดตรงกับบัญชี"],
        "advice": ["ให้แจ้งสมาชิก 2 รายที่ยอดไม่ตรงมาตรวจสอบสัญญา", "ให้เก็บหนังสือยืนยันยอดไว้ในแฟ้มของปีนี้"],
        "what": "ตรวจสอบยอดที่ไม่ตรง 2 รายและแจ้งผล",
        "who": "ผู้จัดการสหกรณ์",
        "summary": "สอบทานหนี้ หุ้น เงินฝาก 40 ราย และตรวจนับเงินสดร่วมกับกรรมการ",
        "result": "สอบทานครบ 40 รายตามเป้าหมาย ตรงกัน 38 ราย เงินสดตรงกับบัญชี",
        "next": "รับผลตรวจสอบ 2 รายที่ยอดไม่ตรงในการประชุมกลุ่มสมาชิก",
    },
}
"""What was found on a visit, and what became of it."""


def fill(
    conn: Connection, library: Library, *, now: datetime, officer: str, approver: str, chance: random.Random
) -> None:
    """A colleague's plan of the office. officer, approver: ids of people."""
    Colleague(library, now, officer, approver, chance).keep(conn)


class Colleague:
    """Writes one plan over the last weeks."""

    def __init__(self, library: Library, now: datetime, officer: str, approver: str, chance: random.Random) -> None:
        self.now, self.today, self.chance = now, office_day(now), chance
        self.officer, self.approver = officer, approver
        self.around = context_of(library, shipped(), self.today)
        self.judge = judge_of(self.around, RULES)
        self.template = templates(shipped())[TEMPLATE]
        plan_id = chance.randbytes(16).hex()
        begun = next((ago for ago in BEGUN_DAYS_AGO if self._is_in_the_middle(plan_id, ago)), BEGUN_DAYS_AGO[0])
        self.day = self.today - timedelta(days=begun)
        self.work = PlanWork(plan_id, officer, "office", self._at(self.day, 9))
        document = self._document(plan_id, begun)
        self._take("begin", {"document": document, "source": {"kind": "template", "id": TEMPLATE}})
        self._tell()

    def keep(self, conn: Connection) -> None:
        plans.insert_plan(conn, self.work, place="simulated")

    def _document(self, plan_id: str, days_ago: int) -> dict[str, Any]:
        written_on = self.today - timedelta(days=days_ago)
        return from_template(self.template, plan_id, written_on, is_office_day=self.around.is_office_day)

    def _is_in_the_middle(self, plan_id: str, days_ago: int) -> bool:
        days = [date.fromisoformat(one["planned_date"]) for one in self._document(plan_id, days_ago)["visits"]]
        return days[1] <= self.today < days[2]

    def _tell(self) -> None:
        """The weeks gone by: stopped once, allowed, done, reported; then what waits today."""
        self._submit("request", "V1")  # before anything was prepared: stopped, as beginners are
        for visit in ("V1", "V2"):
            self._prepare(visit)
            self._submit("request", visit)
        self._pass(2)
        for visit in ("V1", "V2"):
            self._decide("allow", visit)
        for visit in ("V1", "V2"):
            self.day = min(self.today, max(self.day, self._planned(visit)))
            self._do(visit)
            self._pass(1)
            self._submit("report", visit)
            if visit == "V1":
                self._pass(2)
                self._decide("approve-report", visit)
        self.day = self.today
        self._prepare("V3")
        self._submit("request", "V3")

    # One thing done ----------------------------------------------------------------------------------------------

    def _prepare(self, visit: str) -> None:
        """Studied, the approach recorded, papers at hand."""
        day = self.day.isoformat()
        self._edit(visit, "recorded_plan_on", day)
        self._edit(visit, "study", [{"item": item, "done_on": day} for item in STUDIED])

    def _submit(self, gate: Gate, visit: str) -> None:
        """An attempt, kept also where it is stopped; each warning gets its reason once something is prepared."""
        report = self.judge.check(self.work.plan, self.day)
        plan = self.work.plan
        stopped, open_to = blocking(report, plan, visit, gate), warnings(report, plan, visit, gate)
        if not stopped:
            for one in open_to:
                self._take("reason", {"rule": one.rule, "at": self._path(one.at), "text": REASON})
        rules = [one.rule for one in (*stopped, *open_to)]
        counted = {rule: rules.count(rule) for rule in sorted(set(rules))}
        self._take("try", {"gate": gate, "visits": [visit], "rules": counted})
        if not stopped:
            self._take("move", {"kind": gate, "visit": visit})

    def _decide(self, kind: str, visit: str) -> None:
        detail = {"kind": kind, "visit": visit, "comment": COMMENT}
        self._take("move", detail, by=self.approver, role="provincial", hour=15)

    def _do(self, visit: str) -> None:
        """The visit, its record and its report."""
        self._take("move", {"kind": "perform", "visit": visit}, hour=16)
        found, org = FOUND[visit], self.work.plan.orgs[0].id
        until = self.around.working_days_after(self.day, 10).isoformat()
        record = {
            "id": f"{visit}-record",
            "visit": visit,
            "orgs": [org],
            "facts": found["facts"],
            "advice": found["advice"],
            "actions": [{"what": found["what"], "who": found["who"], "by": until}],
        }
        report = {
            "id": f"{visit}-report",
            "visit": visit,
            "summary": found["summary"],
            "result_vs_target": found["result"],
            "next_step": found["next"],
            "recipient": "provincial",
        }
        self._add("records", record)
        self._take("move", {"kind": "record", "visit": visit, "org": org}, hour=16)
        self._add("reports", report)

    def _edit(self, visit: str, field: str, value: Any) -> None:
        old = self.work.document
        new = old | {"visits": [one | {field: value} if one["id"] == visit else one for one in old["visits"]]}
        self._take("edit", {"changes": [one.as_json() for one in difference(old, new)]})

    def _add(self, to: str, thing: dict[str, Any]) -> None:
        self._take("edit", {"changes": [Change((to, thing["id"]), ABSENT, thing).as_json()]})

    def _take(self, kind: str, detail: dict[str, Any], *, by: str = "", role: Role = "officer", hour: int = 10) -> None:
        with suppress(AttemptError):  # what the day does not allow was not done
            self.work, _ = take(
                self.work,
                kind,
                detail,
                by=by or self.officer,
                role=role,
                at=self._at(self.day, hour),
                answer_id=self.chance.randbytes(16).hex(),
                real_day=self.day,
                judge=self.judge,
            )

    # Days ---------------------------------------------------------------------------------------------------------

    def _pass(self, working_days: int) -> None:
        """Never beyond today."""
        self.day = min(self.today, self.around.working_days_after(self.day, working_days))

    def _planned(self, visit: str) -> date:
        return next(one.planned_date for one in self.work.plan.visits if one.id == visit) or self.day

    def _path(self, at: str) -> str:
        return path_text(path_of_at(self.work.plan, at))

    def _at(self, day: date, hour: int) -> datetime:
        return min(self.now, datetime.combine(day, time(hour), BANGKOK).astimezone(UTC))
