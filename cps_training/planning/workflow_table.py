"""The arrows of a visit's way, as a table: draft → requested → allowed or returned → performed → reported → approved or returned.

Pure data and the shapes of events; `workflow` has the guards and moves. Knows no rule of drafting and no store.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from cps_training.i18n import mark

Role = Literal["officer", "provincial", "acting", "group-head", "other"]
"""As what somebody acts. provincial: สหกรณ์จังหวัด; acting: in their place, by an order."""
APPROVERS: tuple[Role, ...] = ("provincial", "acting")


class State(StrEnum):
    """Where a visit stands. refused and sent_back are the two “returned”, of the request and of the report."""

    DRAFT = "draft"
    REQUESTED = "requested"
    REFUSED = "request-returned"
    ALLOWED = "approved"
    PERFORMED = "performed"
    REPORTED = "reported"
    SENT_BACK = "report-returned"
    CLOSED = "report-approved"


STATE_NAMES = {
    State.DRAFT: mark("ร่าง"),
    State.REQUESTED: mark("ขออนุญาตแล้ว รอพิจารณา"),
    State.REFUSED: mark("คำขอถูกส่งกลับ"),
    State.ALLOWED: mark("ได้รับอนุญาตแล้ว"),
    State.PERFORMED: mark("ปฏิบัติงานแล้ว"),
    State.REPORTED: mark("รายงานแล้ว รอพิจารณา"),
    State.SENT_BACK: mark("รายงานถูกส่งกลับ"),
    State.CLOSED: mark("รายงานได้รับอนุมัติแล้ว"),
}

Kind = Literal["request", "allow", "return-request", "perform", "record", "report", "approve-report", "return-report"]


@dataclass(frozen=True)
class Line:
    """What is asked for, or what was done: which cooperatives, on which day, by which method of visiting, about which issues."""

    orgs: tuple[str, ...]
    on: date
    method: str
    issues: tuple[str, ...] = ()


@dataclass(frozen=True)
class Detail:
    """What an event carries. line: of request and perform. org: of record, the one cooperative it is about.

    reason, informed_on: of perform, why it went otherwise than allowed and when the approver was told. allowed_by: of report, the event by which
    its line was allowed. comment: of a return. order: by which somebody acts in the approver's place.
    """

    line: Line | None = None
    org: str = ""
    reason: str = ""
    informed_on: date | None = None
    allowed_by: int | None = None
    comment: str = ""
    order: str = ""


@dataclass(frozen=True)
class Event:
    """One thing that happened. seq counts from 1 over all visits of the plan, without gaps; by: a person's id; at: UTC."""

    seq: int
    kind: Kind
    visit: str
    by: str
    role: Role
    at: datetime
    detail: Detail = field(default_factory=Detail)


@dataclass(frozen=True)
class Transition:
    """One arrow of the machine. otherwise: what is said where the visit stands elsewhere."""

    kind: Kind
    before: tuple[State, ...]
    after: State
    clause: str
    title: str
    otherwise: str
    is_decision: bool = False


TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        "request",
        (State.DRAFT, State.REFUSED),
        State.REQUESTED,
        "cps.2.3",
        mark("ขออนุญาตสหกรณ์จังหวัด"),
        mark("ขออนุญาตครั้งนี้ไปแล้ว โปรดรอผลการพิจารณา หรือทำขั้นต่อไป (อ้างอิง cps.2.3)"),
    ),
    Transition(
        "allow",
        (State.REQUESTED,),
        State.ALLOWED,
        "cps.2.3",
        mark("อนุญาต"),
        mark("ไม่มีคำขออนุญาตที่รอพิจารณาสำหรับการเข้าครั้งนี้ (อ้างอิง cps.2.3)"),
        is_decision=True,
    ),
    Transition(
        "return-request",
        (State.REQUESTED,),
        State.REFUSED,
        "cps.2.3",
        mark("ส่งคำขอกลับให้แก้ไข"),
        mark("ไม่มีคำขออนุญาตที่รอพิจารณาสำหรับการเข้าครั้งนี้ (อ้างอิง cps.2.3)"),
        is_decision=True,
    ),
    Transition(
        "perform",
        (State.ALLOWED,),
        State.PERFORMED,
        "cps.3.1",
        mark("ปฏิบัติงานตามแผนที่ได้รับอนุญาต"),
        mark("บันทึกการปฏิบัติงานได้เฉพาะครั้งที่สหกรณ์จังหวัดอนุญาตแล้วและยังไม่ได้บันทึก (อ้างอิง cps.2.3, cps.3.1)"),
    ),
    Transition(
        "record",
        (State.PERFORMED,),
        State.PERFORMED,
        "cps.1.2.4",
        mark("บันทึกผลของแต่ละแห่ง"),
        mark("บันทึกผลได้หลังปฏิบัติงานแล้ว และก่อนส่งรายงาน (อ้างอิง cps.3)"),
    ),
    Transition(
        "report",
        (State.PERFORMED, State.SENT_BACK),
        State.REPORTED,
        "cps.3.2",
        mark("รายงานผลเพื่อขออนุมัติ"),
        mark("ส่งรายงานได้หลังปฏิบัติงานแล้ว หรือเมื่อรายงานถูกส่งกลับให้แก้ไข (อ้างอิง cps.3.2)"),
    ),
    Transition(
        "approve-report",
        (State.REPORTED,),
        State.CLOSED,
        "cps.3.3",
        mark("อนุมัติรายงาน"),
        mark("ไม่มีรายงานที่รอพิจารณาสำหรับการเข้าครั้งนี้ (อ้างอิง cps.3.3)"),
        is_decision=True,
    ),
    Transition(
        "return-report",
        (State.REPORTED,),
        State.SENT_BACK,
        "cps.3.3",
        mark("ส่งรายงานกลับให้แก้ไข"),
        mark("ไม่มีรายงานที่รอพิจารณาสำหรับการเข้าครั้งนี้ (อ้างอิง cps.3.3)"),
        is_decision=True,
    ),
)
DECISIONS: tuple[Kind, ...] = tuple(one.kind for one in TRANSITIONS if one.is_decision)
"""What only the approver does."""


@dataclass(frozen=True)
class Standing:
    """Where a visit stands after its events. line: as last requested; allowed_by, allowed_on, allower: the event, its day and its person.

    performed: what was done; recorded: cooperatives with a record; officers: whose work it is, so that they decide nothing of it.
    """

    visit: str
    state: State = State.DRAFT
    line: Line | None = None
    allowed_by: int | None = None
    allowed_on: date | None = None
    allower: str | None = None
    performed: Line | None = None
    recorded: tuple[str, ...] = ()
    officers: frozenset[str] = frozenset()

    @property
    def unrecorded(self) -> tuple[str, ...]:
        """Cooperatives visited that have no record yet."""
        return tuple(org for org in (self.performed.orgs if self.performed else ()) if org not in self.recorded)

    def next_kinds(self) -> tuple[Kind, ...]:
        """What may come next as far as the state decides; guards look at the rest."""
        return tuple(one.kind for one in TRANSITIONS if self.state in one.before)
