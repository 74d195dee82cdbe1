"""What was done to a plan, readable: who changed what from what to what, newest first. Reads; never writes."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from cps_training.clock import office_day
from cps_training.desk import plan_messages as m
from cps_training.desk.asker import Asker, Context
from cps_training.desk.plan_access import readable
from cps_training.desk.plan_views import names_of
from cps_training.planning.editing import ABSENT, Change
from cps_training.planning.steps import SIMULATED, PlanStep, PlanWork

Value = dict[str, Any]
ROWS = 30
"""Told at a time."""
MOST_LETTERS = 2_000_000
"""Of the rows told at a time, the first aside: a reply has a largest size, and big texts go into it twice, before and after."""
TOGETHER = timedelta(minutes=10)
"""Edits of one person are one row as long as no more lies between two of them and nobody else came between."""


def plan_history(_context: Context, conn: Connection, asker: Asker, request: m.PlanHistory) -> Value:
    """{"rows": [{"seq", "kind", "by": name | null for the simulated approver, "at", "day", "lines": [{"at": path, "before"?, "after"?}], "detail"}],
    "more"}. seq: of the row's first step, to ask for what came before it. lines: what edits come to, left out where they take one another
    back; before or after left out = not there. detail: of other steps, as planning.work keeps it, without the document."""
    work = readable(conn, asker, request.plan_id)
    days = _days(work)
    groups = _groups([step for step in work.steps if request.before is None or step.seq < request.before])
    shown = groups[::-1][:ROWS]
    people = {step.by for group in shown for step in group}
    people |= {step.detail["person"] for group in shown for step in group if step.kind == "share"}
    names = names_of(conn, people - {SIMULATED})
    rows: list[Value] = []
    letters = 0
    for group in shown:
        row = _row(group, names, days)
        letters += len(json.dumps(row["lines"], ensure_ascii=False))
        if rows and letters > MOST_LETTERS:
            break
        rows.append(row)
    return {"rows": rows, "more": len(groups) > len(rows)}


def _days(work: PlanWork) -> dict[int, date]:
    """The day each step belongs to: the plan's simulated one, where it has one."""
    days: dict[int, date] = {}
    simulated: date | None = None
    for step in work.steps:
        if work.mode == "solo" and step.kind in ("begin", "day"):
            told = step.detail["to"] if step.kind == "day" else step.detail["document"]["written_on"]
            simulated = date.fromisoformat(told)
        days[step.seq] = simulated or office_day(step.at)
    return days


def _groups(steps: list[PlanStep]) -> list[list[PlanStep]]:
    groups: list[list[PlanStep]] = []
    for step in steps:
        last = groups[-1][-1] if groups else None
        if last and last.kind == step.kind == "edit" and last.by == step.by and step.at - last.at <= TOGETHER:
            groups[-1].append(step)
        else:
            groups.append([step])
    return groups


def _row(group: list[PlanStep], names: dict[str, str], days: dict[int, date]) -> Value:
    first, last = group[0], group[-1]
    return {
        "seq": first.seq,
        "kind": first.kind,
        "by": names.get(first.by),
        "at": last.at.isoformat(),
        "day": days[last.seq].isoformat(),
        "lines": _lines(group) if first.kind == "edit" else [],
        "detail": _detail(first, names),
    }


def _detail(step: PlanStep, names: dict[str, str]) -> Value:
    match step.kind:
        case "edit":
            return {}
        case "begin":
            return {"source": step.detail["source"]}
        case "share":
            return {"name": names.get(step.detail["person"], ""), "on": step.detail["on"]}
        case _:
            return step.detail


def _lines(group: list[PlanStep]) -> list[Value]:
    """What the edits of a row come to, in the order in which fields were first touched."""
    found: dict[tuple[str, ...], Change] = {}
    for step in group:
        for one in map(Change.from_json, step.detail["changes"]):
            known = found.get(one.at)
            found[one.at] = Change(one.at, known.before if known else one.before, one.after)
    return [one.as_json() for one in found.values() if _differs(one)]


def _differs(change: Change) -> bool:
    if change.before is ABSENT or change.after is ABSENT:
        return change.before is not change.after
    return bool(change.before != change.after)
