"""Moves of a visit from draft to approved report (CPS 1.2.4, 2.3, 3.1–3.3), as pure functions over append-only events.

Time and people are passed in; a state is never stored, only read from the events. Knows no rule of drafting and no store.
The arrows stand in `workflow_table`, the conditions in GUARDS; docs/reference/plan-workflow.md is made from both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import NoReturn

from cps_training.clock import office_day, require_aware
from cps_training.errors import AttemptError
from cps_training.i18n import mark
from cps_training.planning.workflow_table import (
    APPROVERS,
    DECISIONS,
    TRANSITIONS,
    Detail,
    Event,
    Kind,
    Line,
    Role,
    Standing,
)

_BY_KIND = {one.kind: one for one in TRANSITIONS}

# Guards ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Guard:
    """A condition on some kinds of events. breaks: whether the event breaks it, asked only where the state allows the event."""

    code: str
    kinds: tuple[Kind, ...]
    clause: str
    message: str
    breaks: Callable[[Standing, Event], bool]


def _line(event: Event) -> Line:
    assert event.detail.line is not None  # the first guard has seen to it
    return event.detail.line


def _has_no_line(_: Standing, event: Event) -> bool:
    line = event.detail.line
    return line is None or not line.method or not line.orgs or len(set(line.orgs)) != len(line.orgs)


def _is_late_request(_: Standing, event: Event) -> bool:
    return _line(event).on <= office_day(event.at)


def _is_before_permission(standing: Standing, event: Event) -> bool:
    return standing.allowed_on is None or _line(event).on < standing.allowed_on


def _deviates_silently(standing: Standing, event: Event) -> bool:
    detail = event.detail
    if standing.line is not None and _compared(standing.line) == _compared(_line(event)):
        return False
    is_told = detail.informed_on is not None and detail.informed_on <= office_day(event.at)
    return not (detail.reason.strip() and is_told)


def _compared(line: Line) -> tuple[object, ...]:
    return set(line.orgs), line.on, line.method, set(line.issues)


def _is_recorded(standing: Standing, event: Event) -> bool:
    return event.detail.org in standing.recorded


def _was_not_visited(standing: Standing, event: Event) -> bool:
    return standing.performed is None or event.detail.org not in standing.performed.orgs


GUARDS: tuple[Guard, ...] = (
    Guard(
        "no-line",
        ("request", "perform"),
        "cps.2.3",
        mark("โปรดระบุแห่งที่เข้า วันที่ และวิธีปฏิบัติงาน แต่ละแห่งเพียงครั้งเดียว (อ้างอิง cps.2.2, cps.2.3)"),
        _has_no_line,
    ),
    Guard(
        "not-in-advance",
        ("request",),
        "cps.2.3",
        mark("ต้องขออนุญาตก่อนวันเข้า โปรดเลือกวันเข้าใหม่ที่ยังมาไม่ถึง (อ้างอิง cps.2.3)"),
        _is_late_request,
    ),
    Guard(
        "not-the-approver",
        DECISIONS,
        "cps.3.3",
        mark("ผู้พิจารณาคือสหกรณ์จังหวัด หรือผู้รักษาราชการแทนที่ระบุคำสั่ง (อ้างอิง cps.2.3, cps.3.3)"),
        lambda _, event: event.role not in APPROVERS or (event.role == "acting" and not event.detail.order.strip()),
    ),
    Guard(
        "own-work",
        DECISIONS,
        "cps.3.3",
        mark("พิจารณาคำขอหรือรายงานของตนเองไม่ได้ โปรดให้ผู้อื่นที่มีอำนาจพิจารณา (อ้างอิง cps.2.3, cps.3.3)"),
        lambda standing, event: event.by in standing.officers,
    ),
    Guard(
        "own-permission",
        ("perform", "record", "report"),
        "cps.3.1",
        mark("ผู้อนุญาตการเข้าครั้งนี้ปฏิบัติงานหรือรายงานเองไม่ได้ โปรดให้เจ้าหน้าที่ผู้ขอเป็นผู้บันทึก (อ้างอิง cps.2.3, cps.3.1)"),
        lambda standing, event: event.by == standing.allower,
    ),
    Guard(
        "no-comment",
        ("return-request", "return-report"),
        "cps.3.3",
        mark("โปรดเขียนความเห็นว่าให้แก้ไขเรื่องใด แล้วจึงส่งกลับ (อ้างอิง cps.2.3, cps.3.3)"),
        lambda _, event: not event.detail.comment.strip(),
    ),
    Guard(
        "before-permission",
        ("perform",),
        "cps.2.3",
        mark("วันที่เข้าปฏิบัติงานอยู่ก่อนวันที่ได้รับอนุญาต ขออนุญาตย้อนหลังไม่ได้ (อ้างอิง cps.2.3)"),
        _is_before_permission,
    ),
    Guard(
        "not-yet-visited",
        ("perform",),
        "cps.3.1",
        mark("ยังไม่ถึงวันที่เข้าปฏิบัติงาน โปรดบันทึกหลังเข้าแล้ว (อ้างอิง cps.3.1)"),
        lambda _, event: _line(event).on > office_day(event.at),
    ),
    Guard(
        "silent-deviation",
        ("perform",),
        "cps.3.1",
        mark("ปฏิบัติต่างจากที่ได้รับอนุญาต โปรดบันทึกเหตุผลและวันที่แจ้งผู้อนุมัติ (อ้างอิง cps.3.1)"),
        _deviates_silently,
    ),
    Guard(
        "not-visited",
        ("record",),
        "cps.3.1",
        mark("บันทึกได้เฉพาะแห่งที่เข้าปฏิบัติงานในครั้งนี้ (อ้างอิง cps.3.1)"),
        _was_not_visited,
    ),
    Guard(
        "recorded-already",
        ("record",),
        "cps.1.2.4",
        mark("แห่งนี้มีบันทึกของการเข้าครั้งนี้แล้ว ให้บันทึกแห่งละหนึ่งรายการ (อ้างอิง cps.1.2.4)"),
        _is_recorded,
    ),
    Guard(
        "records-missing",
        ("report",),
        "cps.1.2.4",
        mark("ยังบันทึกผลไม่ครบทุกแห่งที่เข้า โปรดบันทึกแห่งละหนึ่งรายการก่อนส่งรายงาน (อ้างอิง cps.1.2.4, cps.3.2)"),
        lambda standing, _: bool(standing.unrecorded),
    ),
    Guard(
        "other-line",
        ("report",),
        "cps.3.1",
        mark("รายงานต้องอ้างถึงแผนบรรทัดที่ได้รับอนุญาตของการเข้าครั้งนี้ (อ้างอิง cps.3.1, cps.3.2)"),
        lambda standing, event: event.detail.allowed_by != standing.allowed_by,
    ),
)


_GUARDS_OF = {one.kind: tuple(guard for guard in GUARDS if one.kind in guard.kinds) for one in TRANSITIONS}

# The machine ----------------------------------------------------------------------------------------------------


def take(
    events: tuple[Event, ...],
    kind: Kind,
    visit: str,
    *,
    by: str,
    role: Role,
    at: datetime,
    detail: Detail | None = None,
) -> tuple[Event, ...]:
    """The events with one more. Raises AttemptError, with the clause, where the visit's state or a guard forbids it."""
    at = require_aware(at)
    event = Event(len(events) + 1, kind, visit, by, role, at, detail or Detail())
    if events and at < events[-1].at:
        _refuse_order()
    _advance(standing_of(events, visit), event)
    return (*events, event)


def standing_of(events: Iterable[Event], visit: str) -> Standing:
    """Where a visit stands; a visit without events is a draft. Raises AttemptError for events no machine has made."""
    standing = Standing(visit)
    for event in events:
        if event.visit == visit:
            standing = _advance(standing, event)
    return standing


def replay(events: Iterable[Event]) -> Mapping[str, Standing]:
    """{visit: where it stands} from events as they were kept, each checked again.

    Raises AttemptError where one is missing, doubled, out of time or would never have been taken.
    """
    standings: dict[str, Standing] = {}
    last: Event | None = None
    for seq, event in enumerate(events, 1):
        if event.seq != seq or (last and event.at < last.at):
            _refuse_order()
        standings[event.visit] = _advance(standings.get(event.visit, Standing(event.visit)), event)
        last = event
    return standings


def _refuse_order() -> NoReturn:
    raise AttemptError("out-of-sequence", "ลำดับเหตุการณ์ของแผนนี้ไม่ต่อเนื่อง โปรดโหลดหน้านี้ใหม่")


def _advance(standing: Standing, event: Event) -> Standing:
    transition = _BY_KIND.get(event.kind)
    if transition is None:
        raise AttemptError("unknown-event", "ไม่มีขั้นตอนนี้ในการปฏิบัติงานตามแผน โปรดโหลดหน้านี้ใหม่")
    if standing.state not in transition.before:
        raise AttemptError("illegal-transition", transition.otherwise, details={"state": standing.state.value})
    for guard in _GUARDS_OF[event.kind]:
        if guard.breaks(standing, event):
            raise AttemptError(guard.code, guard.message, details={"state": standing.state.value})
    officers = standing.officers if transition.is_decision else standing.officers | {event.by}
    move = partial(replace, standing, state=transition.after, officers=officers)
    match event.kind:
        case "request":
            return move(line=_line(event))
        case "allow":
            return move(allowed_by=event.seq, allowed_on=office_day(event.at), allower=event.by)
        case "perform":
            return move(performed=_line(event))
        case "record":
            return move(recorded=(*standing.recorded, event.detail.org))
        case _:
            return move()
