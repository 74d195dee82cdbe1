"""The way of a visit: what may follow what, who may do it, and that nothing is performed without the permission of CPS 2.3."""

from __future__ import annotations

import random
import re
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any, get_args

import pytest

from cps_training.clock import BANGKOK
from cps_training.errors import AttemptError
from cps_training.planning.workflow import GUARDS, replay, standing_of, take
from cps_training.planning.workflow_table import DECISIONS, TRANSITIONS, Detail, Event, Kind, Line, Standing, State

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "docs" / "tools"))
import workflow_diagram

KINDS: tuple[Kind, ...] = get_args(Kind)
ASKED = Line(("thung-sathit", "ban-chamlong"), date(2023, 7, 14), "board-meeting", ("I1",))
OFFICER = {"by": "officer-a", "role": "officer"}
HEAD = {"by": "head", "role": "provincial"}


def noon(day: int) -> datetime:
    """Noon in Thailand of a day of July 2566."""
    return datetime(2023, 7, day, 5, tzinfo=UTC)


FULL: tuple[tuple[Kind, dict[str, Any]], ...] = (
    ("request", {**OFFICER, "at": noon(10), "detail": Detail(line=ASKED)}),
    ("allow", {**HEAD, "at": noon(12)}),
    ("perform", {**OFFICER, "at": noon(14), "detail": Detail(line=ASKED)}),
    ("record", {**OFFICER, "at": noon(17), "detail": Detail(org="thung-sathit")}),
    ("record", {**OFFICER, "at": noon(17), "detail": Detail(org="ban-chamlong")}),
    ("report", {**OFFICER, "at": noon(18), "detail": Detail(allowed_by=2)}),
    ("approve-report", {**HEAD, "at": noon(19)}),
)
STATES_ON_THE_WAY = ["draft", "requested", "approved", "performed", "performed", "performed", "reported", "report-approved"]  # fmt: skip


def walked(steps: int, visit: str = "V1", **changed: Any) -> tuple[Event, ...]:
    """The events of the first steps of the full way; what is given changes the last of them."""
    events: tuple[Event, ...] = ()
    for n, (kind, given) in enumerate(FULL[:steps], 1):
        events = take(events, kind, visit, **{**given, **(changed if n == steps else {})})
    return events


def refusal(steps: int, **changed: Any) -> AttemptError:
    """How the last of so many steps is refused, changed as given; nothing is added."""
    events = walked(steps - 1)
    kind, given = FULL[steps - 1]
    with pytest.raises(AttemptError) as refused:
        take(events, changed.pop("kind", kind), "V1", **{**given, **changed})
    assert events == walked(steps - 1)
    return refused.value


# What may follow what -------------------------------------------------------------------------------------------


def test_a_visit_goes_from_draft_to_approved_report():
    assert [standing_of(walked(n), "V1").state for n in range(len(FULL) + 1)] == STATES_ON_THE_WAY
    last = walked(len(FULL))[-1]
    assert (last.seq, last.kind, last.by, last.role, last.at) == (7, "approve-report", "head", "provincial", noon(19))


@pytest.mark.parametrize(("steps", "kind"), list(product(range(len(FULL) + 1), KINDS)))
def test_every_other_step_is_refused_with_its_clause(steps, kind):
    events = walked(steps)
    standing = standing_of(events, "V1")
    arrow = next(one for one in TRANSITIONS if one.kind == kind)
    if standing.state in arrow.before:
        return
    with pytest.raises(AttemptError) as refused:
        take(events, kind, "V1", **HEAD, at=noon(20))
    assert refused.value.code == "illegal-transition"
    assert re.search(r"\(อ้างอิง cps\.[\d.]+(, cps\.[\d.]+)*\)$", refused.value.message)
    assert refused.value.details == {"state": standing.state.value}


def test_what_is_returned_comes_again_and_refers_to_the_permission_it_got_in_the_end():
    events = take(walked(1), "return-request", "V1", **HEAD, at=noon(11), detail=Detail(comment="ระบุวิธีให้ชัด"))
    assert standing_of(events, "V1").state is State.REFUSED
    later = replace(ASKED, on=date(2023, 7, 18))
    events = take(events, "request", "V1", **OFFICER, at=noon(12), detail=Detail(line=later))
    events = take(events, "allow", "V1", **HEAD, at=noon(13))
    events = take(events, "perform", "V1", **OFFICER, at=noon(18), detail=Detail(line=later))
    for org in later.orgs:
        events = take(events, "record", "V1", **OFFICER, at=noon(18), detail=Detail(org=org))
    with pytest.raises(AttemptError, match=r"cps\.3\.1"):
        take(events, "report", "V1", **OFFICER, at=noon(19), detail=Detail(allowed_by=2))
    events = take(events, "report", "V1", **OFFICER, at=noon(19), detail=Detail(allowed_by=4))
    events = take(events, "return-report", "V1", **HEAD, at=noon(20), detail=Detail(comment="เทียบกับเป้าหมายด้วย"))
    assert standing_of(events, "V1").state is State.SENT_BACK
    events = take(events, "report", "V1", **OFFICER, at=noon(21), detail=Detail(allowed_by=4))
    events = take(events, "approve-report", "V1", **HEAD, at=noon(24))
    assert standing_of(events, "V1").state is State.CLOSED


def test_one_visit_waits_for_no_other():
    events = take(walked(3), "request", "V2", **OFFICER, at=noon(14), detail=Detail(line=replace(ASKED, on=date(2023, 7, 20))))  # fmt: skip
    assert {visit: one.state for visit, one in replay(events).items()} == {"V1": State.PERFORMED, "V2": State.REQUESTED}
    assert standing_of(events, "V3").state is State.DRAFT
    with pytest.raises(AttemptError, match=r"cps\.2\.3"):
        take(events, "perform", "V2", **OFFICER, at=noon(20), detail=Detail(line=ASKED))


@pytest.mark.parametrize("steps", range(len(FULL) + 1))
def test_the_offered_steps_are_those_the_state_allows(steps):
    standing = standing_of(walked(steps), "V1")
    offered = {
        State.DRAFT: {"request"},
        State.REQUESTED: {"allow", "return-request"},
        State.ALLOWED: {"perform"},
        State.PERFORMED: {"record", "report"},
        State.REPORTED: {"approve-report", "return-report"},
        State.CLOSED: set(),
    }
    assert set(standing.next_kinds()) == offered[standing.state]


# Who, when and what ---------------------------------------------------------------------------------------------

ELSEWHERE = Line(("thung-sathit",), date(2023, 7, 14), "board-meeting", ("I1",))


@pytest.mark.parametrize(
    ("steps", "changed", "code"),
    [
        (1, {"detail": Detail()}, "no-line"),
        (1, {"detail": Detail(line=Line((), date(2023, 7, 14), "dialogue"))}, "no-line"),
        (1, {"detail": Detail(line=replace(ASKED, orgs=("thung-sathit", "thung-sathit")))}, "no-line"),
        (1, {"detail": Detail(line=replace(ASKED, method=""))}, "no-line"),
        (1, {"at": noon(14)}, "not-in-advance"),
        (1, {"at": noon(17)}, "not-in-advance"),
        (2, {"role": "group-head"}, "not-the-approver"),
        (2, {"role": "officer", "by": "officer-b"}, "not-the-approver"),
        (2, {"role": "acting"}, "not-the-approver"),
        (2, {"role": "acting", "detail": Detail(order="  ")}, "not-the-approver"),
        (2, {"by": "officer-a"}, "own-work"),
        (2, {"by": "officer-a", "role": "acting", "detail": Detail(order="คำสั่งที่ 12/2566")}, "own-work"),
        (2, {"kind": "return-request"}, "no-comment"),
        (3, {"by": "head"}, "own-permission"),
        (3, {"detail": Detail(line=replace(ASKED, on=date(2023, 7, 11)), reason="ฝนท่วม", informed_on=date(2023, 7, 11))}, "before-permission"),
        (3, {"at": noon(13)}, "not-yet-visited"),
        (3, {"detail": Detail(line=ELSEWHERE)}, "silent-deviation"),
        (3, {"detail": Detail(line=replace(ASKED, method="training"))}, "silent-deviation"),
        (3, {"detail": Detail(line=replace(ASKED, issues=("I9",)))}, "silent-deviation"),
        (3, {"detail": Detail(line=replace(ASKED, on=date(2023, 7, 13)))}, "silent-deviation"),
        (3, {"detail": Detail(line=ELSEWHERE, reason="อีกแห่งเลื่อนประชุม")}, "silent-deviation"),
        (3, {"detail": Detail(line=ELSEWHERE, informed_on=date(2023, 7, 13))}, "silent-deviation"),
        (3, {"detail": Detail(line=ELSEWHERE, reason="เลื่อนประชุม", informed_on=date(2023, 7, 20))}, "silent-deviation"),
        (4, {"detail": Detail(org="doen-rot")}, "not-visited"),
        (5, {"detail": Detail(org="thung-sathit")}, "recorded-already"),
        (5, {"kind": "report", "detail": Detail(allowed_by=2)}, "records-missing"),
        (6, {"detail": Detail(allowed_by=1)}, "other-line"),
        (6, {"detail": Detail()}, "other-line"),
        (6, {"by": "head"}, "own-permission"),
        (7, {"role": "other"}, "not-the-approver"),
        (7, {"by": "officer-a"}, "own-work"),
        (7, {"kind": "return-report", "detail": Detail(comment=" ")}, "no-comment"),
    ],
)  # fmt: skip
def test_a_step_against_the_text_is_refused_with_its_clause(steps, changed, code):
    refused = refusal(steps, **changed)
    guard = next(one for one in GUARDS if one.code == code)
    assert (refused.code, refused.message) == (code, guard.message)
    assert "(อ้างอิง " in guard.message
    assert guard.clause in guard.message


def test_every_guard_is_tried():
    tried = next(mark for mark in test_a_step_against_the_text_is_refused_with_its_clause.pytestmark if mark.name == "parametrize")  # fmt: skip
    assert {code for *_, code in tried.args[1]} == {guard.code for guard in GUARDS}


@pytest.mark.parametrize(
    ("steps", "changed"),
    [
        (2, {"role": "acting", "detail": Detail(order="คำสั่งที่ 12/2566")}),
        (3, {"detail": Detail(line=ELSEWHERE, reason="อีกแห่งเลื่อนประชุม", informed_on=date(2023, 7, 13))}),
        (3, {"detail": Detail(line=replace(ASKED, orgs=tuple(reversed(ASKED.orgs))))}),
        (3, {"by": "officer-b"}),
        (3, {"at": noon(18)}),
        (7, {"by": "deputy", "role": "acting", "detail": Detail(order="คำสั่งที่ 12/2566")}),
    ],
)
def test_what_the_text_allows_is_taken(steps, changed):
    assert standing_of(walked(steps, **changed), "V1").state == STATES_ON_THE_WAY[steps]


def test_days_are_decided_in_thailand_and_instants_kept_in_utc():
    there = datetime(2023, 7, 10, 12, tzinfo=BANGKOK)
    assert walked(1, at=there)[0].at.isoformat() == "2023-07-10T05:00:00+00:00"
    late_evening = datetime(2023, 7, 13, 17, 30, tzinfo=UTC)  # 14 July, half past midnight
    assert refusal(1, at=late_evening).code == "not-in-advance"


def test_a_cooperative_left_out_with_a_reason_needs_no_record():
    reason = Detail(line=ELSEWHERE, reason="อีกแห่งเลื่อนประชุม", informed_on=date(2023, 7, 13))
    events = take(walked(3, detail=reason), "record", "V1", **OFFICER, at=noon(17), detail=Detail(org="thung-sathit"))
    assert standing_of(events, "V1").unrecorded == ()
    events = take(events, "report", "V1", **OFFICER, at=noon(18), detail=Detail(allowed_by=2))
    assert standing_of(events, "V1").state is State.REPORTED


# Events as kept -------------------------------------------------------------------------------------------------


def test_time_does_not_run_backwards_and_is_an_instant():
    with pytest.raises(AttemptError, match="ลำดับเหตุการณ์"):
        take(walked(1), "allow", "V1", **HEAD, at=noon(9))
    with pytest.raises(ValueError, match="naive"):
        take((), "request", "V1", **OFFICER, at=datetime(2023, 7, 10, 12), detail=Detail(line=ASKED))  # noqa: DTZ001


def renumbered(events: tuple[Event, ...]) -> tuple[Event, ...]:
    return tuple(replace(event, seq=n) for n, event in enumerate(events, 1))


@pytest.mark.parametrize(
    "tamper",
    [
        lambda events: events[:1] + events[2:],
        lambda events: renumbered(events[:1] + events[2:]),
        lambda events: events + events[-1:],
        lambda events: (events[1], events[0], *events[2:]),
        lambda events: (events[0], replace(events[1], role="officer"), *events[2:]),
        lambda events: (events[0], replace(events[1], by="officer-a"), *events[2:]),
        lambda events: (events[0], replace(events[1], at=noon(15)), *events[2:]),
        lambda events: (replace(events[0], kind="conquer"), *events[1:]),
        lambda events: (replace(events[0], seq=5), *events[1:]),
        lambda events: (*events[:4], replace(events[4], at=noon(16)), *events[5:]),
    ],
)
def test_kept_events_are_checked_again(tamper):
    assert replay(walked(len(FULL)))["V1"].state is State.CLOSED
    with pytest.raises(AttemptError):
        replay(tamper(walked(len(FULL))))


# Nothing is performed without approval --------------------------------------------------------------------------

ORGS = ("thung-sathit", "ban-chamlong", "doen-rot")
PEOPLE = ("officer-a", "officer-b", "head", "deputy")
ROLES = ("officer", "provincial", "provincial", "acting", "group-head")
SEQUENCES = 2000


def some_detail(chance: random.Random, standing: Standing, today: date) -> Detail:
    """A detail that is often right and often not."""
    drawn = Line(tuple(chance.sample(ORGS, chance.randint(1, 2))), today + timedelta(days=chance.randint(-3, 3)), "dialogue")  # fmt: skip
    line = standing.line if standing.line and chance.random() < 0.7 else drawn
    return Detail(
        line=chance.choice([line, line, drawn, None]),
        org=chance.choice(standing.unrecorded or ORGS),
        reason=chance.choice(["", "ฝนท่วมทาง"]),
        informed_on=chance.choice([None, today]),
        allowed_by=chance.choice([standing.allowed_by, standing.allowed_by, 1, None]),
        comment=chance.choice(["", "ให้แก้เป้าหมาย"]),
        order=chance.choice(["", "คำสั่งที่ 12/2566"]),
    )


def some_sequence(seed: int) -> tuple[Event, ...]:
    """What remains of 24 random steps once all that is illegal has been refused."""
    chance = random.Random(seed)
    events: tuple[Event, ...] = ()
    now = noon(3)
    for _ in range(24):
        now += timedelta(hours=chance.choice([0, 1, 20, 30]))
        visit = chance.choice(["V1", "V1", "V1", "V2"])
        standing = standing_of(events, visit)
        likely = standing.next_kinds()
        kind = chance.choice(likely) if likely and chance.random() < 0.8 else chance.choice(KINDS)
        detail = some_detail(chance, standing, now.date())
        who = {"by": chance.choice(PEOPLE), "role": chance.choice(ROLES)}
        if chance.random() < 0.5:
            who = HEAD if kind in DECISIONS else OFFICER
        before = events
        try:
            events = take(events, kind, visit, **who, at=now, detail=detail)
        except AttemptError:
            assert events is before
        else:
            assert events[:-1] == before
    return events


def permission_of(events: tuple[Event, ...]) -> Event | None:
    """The permission that holds after some events of one visit, found without the machine: allowed, and asked for just before."""
    decided = [event for event in events if event.kind in ("request", "allow", "return-request")]
    if len(decided) < 2 or (decided[-2].kind, decided[-1].kind) != ("request", "allow"):
        return None
    request, allowed = decided[-2:]
    is_approver = allowed.role == "provincial" or (allowed.role == "acting" and allowed.detail.order)
    return allowed if is_approver and allowed.by != request.by else None


def test_no_sequence_performs_without_approval():
    taken = dict.fromkeys(KINDS, 0)
    for seed in range(SEQUENCES):
        events = some_sequence(seed)
        for visit, standing in replay(events).items():
            own = tuple(event for event in events if event.visit == visit)
            for n, event in enumerate(own):
                if event.kind == "perform":
                    allowed = permission_of(own[:n])
                    assert allowed, f"seed {seed}: {visit} performed without approval"
                    assert event.detail.line.on >= allowed.at.date()
                if event.kind == "report":
                    assert event.detail.allowed_by == permission_of(own[:n]).seq
            recorded = [event.detail.org for event in own if event.kind == "record"]
            assert len(recorded) == len(set(recorded))
            officers = {event.by for event in own if event.kind in ("request", "perform", "record", "report")}
            assert officers.isdisjoint(event.by for event in own if event.kind == "approve-report")
            performed = [event for event in own if event.kind == "perform"]
            is_beyond = standing.state in (State.PERFORMED, State.REPORTED, State.SENT_BACK, State.CLOSED)
            assert len(performed) == is_beyond
            for event in own:
                taken[event.kind] += 1
    assert min(taken.values()) > 50, f"steps hardly ever taken prove nothing: {taken}"


# The page -------------------------------------------------------------------------------------------------------


def test_the_page_shows_the_machine_of_the_code():
    assert workflow_diagram.PAGE.read_text("utf-8") == workflow_diagram.page(), "run docs/tools/workflow_diagram.py"


def test_every_arrow_stands_in_the_diagram():
    arrows = re.findall(r"^ +(\w+) --> (\w+) : (?:◆ )?([\w-]+) \((.*)\)$", workflow_diagram.diagram(), re.MULTILINE)
    wanted = [
        (before.value.replace("-", "_"), one.after.value.replace("-", "_"), one.kind, one.clause)
        for one in TRANSITIONS
        for before in one.before
    ]
    assert arrows == wanted
