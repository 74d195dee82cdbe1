"""Plans as they leave the desk: document, findings of the rules, states, what is reconciled. Reads; never writes.

Rules and word lists stay here: a page is told what they find. What rules work with is read once for a library, not at every message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from cps_training.clock import office_day
from cps_training.content.library import Library
from cps_training.desk.asker import Asker, Context
from cps_training.desk.reading import both
from cps_training.places import shipped
from cps_training.planning import reconciling
from cps_training.planning.checking import PlanReport
from cps_training.planning.editing import path_of_at, path_text
from cps_training.planning.gating import Judge, judge_of
from cps_training.planning.model import Plan
from cps_training.planning.reading import context_of
from cps_training.planning.rules.base import Finding, PlanContext
from cps_training.planning.rules.registry import RULES
from cps_training.planning.steps import SIMULATED, PlanWork, today_of
from cps_training.planning.workflow_table import Event, Standing
from cps_training.records import accounts

Value = dict[str, Any]
RULE_OF = {rule.id: rule for rule in RULES}
MONTHS_AHEAD = 2
MOST_MONTHS = 24
"""A plan that touches more months is told the closed days of so many."""

_read: list[tuple[Library, PlanContext]] = []
"""What was read last: one process has one library."""


def surroundings(context: Context, today: date) -> PlanContext:
    """What rules work with on a day."""
    if not _read or _read[0][0] is not context.library:
        _read[:] = [(context.library, context_of(context.library, shipped(), today))]
    return replace(_read[0][1], today=today)


def judge(context: Context) -> Judge:
    """What the simulated approver decides with."""
    return judge_of(surroundings(context, office_day(context.now)), RULES)


def today(context: Context, work: PlanWork) -> date:
    """The day on which a plan is looked at: its simulated one, or the real one."""
    return today_of(work, office_day(context.now))


def report_of(context: Context, work: PlanWork) -> PlanReport:
    """What the rules say of a plan as it stands today."""
    return judge(context).check(work.plan, today(context, work))


# A plan ---------------------------------------------------------------------------------------------------------


def plan_view(
    context: Context, conn: Connection, asker: Asker, work: PlanWork, report: PlanReport | None = None
) -> Value:
    """PlanView: {"plan_id", "mode", "seq", "title", "owner": name, "is_mine", "can_write", "writers": [{"id", "name"}], "today", "source": {"kind",
    "id"}, "document", "states": {visit: state}, "standing": {visit: {"state", "allowed_on" | null, "recorded", "unrecorded", "next"}}, "findings":
    [see finding_told], "skipped": [{"rule", "because", "title"}], "ok", "score", "reasons": [{"rule", "at": path as text, "text"}], "reconciled":
    [see reconciling.Row.as_json], "events": [{"kind", "visit", "by": name | null for the simulated approver, "at", "day", "role", "comment", "order"}], "ratings":
    {"self" | "trainer": {criterion: level}}, "closed_days": {day: name}, "settings"}. Days and instants ISO; names and texts of rules {"th",
    "en"}. report: where it has been made already."""
    day = today(context, work)
    report = report or report_of(context, work)
    plan = work.plan
    names = names_of(conn, {*work.writers, *(event.by for event in work.events)})
    return {
        "plan_id": work.plan_id,
        "mode": work.mode,
        "seq": work.seq,
        "title": work.title,
        "owner": names[work.owner],
        "is_mine": work.owner == asker.person_id,
        "can_write": asker.person_id in work.writers,
        "writers": [{"id": one, "name": names[one]} for one in work.writers],
        "today": day.isoformat(),
        "source": dict(work.steps[0].detail["source"]),
        "document": work.document,
        "states": states_of(work),
        "standing": {visit: _standing(one) for visit, one in work.standings.items()},
        "findings": [finding_told(plan, one) for one in report.findings],
        "skipped": [
            {"rule": one.rule, "because": one.because, "title": _titles(one.rule)["title"]} for one in report.skipped
        ],
        "ok": report.is_ok,
        "score": report.score,
        "reasons": reasons_told(work),
        "reconciled": [row.as_json() for row in reconciling.rows(work, day, _report_by(context, day))],
        "events": [event_told(one, names) for one in work.events],
        "ratings": {who: dict(levels) for who, levels in work.ratings.items()},
        "closed_days": _closed_days(context.library, plan, day),
        "settings": asdict(surroundings(context, day).settings),
    }


def plan_row(context: Context, asker: Asker, work: PlanWork, owner: str) -> Value:
    """PlanRow: {"plan_id", "title", "mode", "n_visits", "n_errors", "states": {state: visits}, "owner": name, "is_mine", "changed_at", "today"}."""
    states = list(states_of(work).values())
    return {
        "plan_id": work.plan_id,
        "title": work.title,
        "mode": work.mode,
        "n_visits": len(states),
        "n_errors": _n_errors(context, work),
        "states": {state: states.count(state) for state in dict.fromkeys(states)},
        "owner": owner,
        "is_mine": work.owner == asker.person_id,
        "changed_at": work.steps[-1].at.isoformat(),
        "today": today(context, work).isoformat(),
    }


def _n_errors(context: Context, work: PlanWork) -> int:
    return sum(one.severity == "error" for one in report_of(context, work).findings)


def states_of(work: PlanWork) -> dict[str, str]:
    """{visit: its state}."""
    return {visit: one.state.value for visit, one in work.standings.items()}


def _standing(standing: Standing) -> Value:
    return {
        "state": standing.state.value,
        "allowed_on": standing.allowed_on.isoformat() if standing.allowed_on else None,
        "recorded": list(standing.recorded),
        "unrecorded": list(standing.unrecorded),
        "next": list(standing.next_kinds()),
    }


def names_of(conn: Connection, ids: Iterable[str]) -> dict[str, str]:
    """{person_id: name}; the simulated approver has none."""
    people = (accounts.person_by_id(conn, one) for one in sorted(set(ids) - {SIMULATED}))
    return {one.person_id: one.name for one in people if one is not None}


def event_told(event: Event, names: Mapping[str, str]) -> Value:
    """See plan_view."""
    return {
        "kind": event.kind,
        "visit": event.visit,
        "by": names.get(event.by),
        "at": event.at.isoformat(),
        "day": office_day(event.at).isoformat(),
        "role": event.role,
        "comment": event.detail.comment,
        "order": event.detail.order,
    }


# Findings -------------------------------------------------------------------------------------------------------


def finding_told(plan: Plan, finding: Finding) -> Value:
    """{"rule", "clause", "severity", "at": path, "text", "why", "title", "is_kit_rule"}; texts {"th", "en"}, the clause cited at their end."""
    rule = RULE_OF[finding.rule]
    english = rule.feedback_en % finding.values if finding.values else rule.feedback_en
    return {
        "rule": finding.rule,
        "clause": finding.clause,
        "severity": finding.severity.value,
        "at": list(path_of_at(plan, finding.at)),
        "text": {"th": finding.message, "en": f"{english} (see {finding.clause})"},
        "is_kit_rule": rule.is_kit_rule,
        **_titles(finding.rule),
    }


@lru_cache(maxsize=100)
def _titles(rule_id: str) -> Value:
    rule = RULE_OF[rule_id]
    return {"title": {"th": rule.title, "en": rule.title_en}, "why": {"th": rule.why, "en": rule.why_en}}


def path_told(plan: Plan, finding: Finding) -> str:
    """The field of a finding as reasons name it."""
    return path_text(path_of_at(plan, finding.at))


def reasons_told(work: PlanWork) -> list[Value]:
    """Why warnings are let stand: [{"rule", "at", "text"}]."""
    return [{"rule": rule, "at": at, "text": text} for (rule, at), text in work.reasons.items()]


# Days -----------------------------------------------------------------------------------------------------------


def _closed_days(library: Library, plan: Plan, day: date) -> dict[str, Value]:
    """Holidays, by day, of the months the plan touches and the next two."""
    days = [day, *(visit.planned_date for visit in plan.visits if visit.planned_date)]
    first, last = min(days).replace(day=1), max(days)
    if (last - first).days > 31 * MOST_MONTHS:
        first, last = day.replace(day=1), day + timedelta(days=31 * MOST_MONTHS)
    months = last.year * 12 + last.month + MONTHS_AHEAD  # of the first month no more
    end = date(months // 12, months % 12 + 1, 1)
    return {
        one.date.isoformat(): both(one.name)
        for year in library.calendars.values()
        for one in year.days
        if first <= one.date < end
    }


def _report_by(context: Context, day: date) -> Callable[[date], date]:
    """The last day on which a visit of a day is reported in time."""
    around = surroundings(context, day)
    return lambda on: around.working_days_after(on, around.settings.report_working_days)
