"""A plan → the fields of its tables: the action plan, the calendar of a month and of a week (CPS 1, 2.1). Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from cps_training.documents import words
from cps_training.documents.saying import NBSP, Saying
from cps_training.documents.selecting import by_id, chosen, placed
from cps_training.documents.visit_facts import Fields, visit_fields

CLOSED, OUT, OPEN = "E3E3E3", "F6F6F6", "FFFFFF"
"""Colours behind a day: closed, of another month, any other."""
SATURDAY = 5


def action_plan(document: Mapping[str, Any], say: Saying, visits: Collection[str] | None) -> Fields:
    """lines: an issue each, with the actions that answer it; actions without an issue come last."""
    names = by_id(document, "orgs")
    wanted = {one for visit in chosen(document, visits) for one in visit.get("issues", ())}
    issues = sorted(
        (one for one in document.get("issues", ()) if visits is None or one["id"] in wanted),
        key=lambda one: (one.get("priority") or 10, one["id"]),
    )
    lines = [
        {
            "org": say.text(names[issue["org"]].get("name")),
            "issue": say.text(issue.get("text")),
            "cause": say.text(issue.get("root_cause")),
            "origin": words.word(words.ORIGINS, issue.get("origin"), "th"),
            "target": say.text(issue.get("target")),
            "indicator": say.text(issue.get("indicator")),
            "group": words.word(words.GROUPS, issue.get("academic_group"), "th"),
            "actions": [_action(one, say) for one in document.get("actions", ()) if one.get("issue") == issue["id"]]
            or [_action({"text": issue.get("method"), "owner": issue.get("owner"), "due": issue.get("due")}, say)],
        }
        for issue in issues
    ]
    loose = [_action(one, say) for one in document.get("actions", ()) if not one.get("issue")] if visits is None else []
    if loose:
        empty = dict.fromkeys(("org", "issue", "cause", "origin", "target", "indicator", "group"), "")
        lines.append(empty | {"actions": loose})
    for number, line in enumerate(lines, 1):
        line["number"] = say.number(number)
    return {
        "lines": lines,
        "policies": say.texts(document.get("policy_refs", ())),
        "areas": say.texts(document.get("target_areas", ())),
        "met_on": say.long_day(document.get("all_group_meeting_on")),
        "projects": [
            {
                "name": say.text(one.get("name")),
                "decision": words.word(words.PROJECTS, one.get("decision"), "th"),
                "why": say.text(one.get("why")),
            }
            for one in document.get("projects_considered") or ()
        ],
    }


def _action(line: Mapping[str, Any], say: Saying) -> Fields:
    return {
        "text": say.text(line.get("text")),
        "owner": say.text(line.get("owner")),
        "due": say.day(line.get("due")),
        "policy": say.text(line.get("policy")),
    }


def _on_a_day(
    document: Mapping[str, Any], say: Saying, visits: Collection[str] | None, name: str
) -> Mapping[date, list[Fields]]:
    """The visits of a calendar by day, in the order of their hours."""
    days: dict[date, list[Fields]] = {}
    for day, visit in placed(document, name, visits):
        several = [visit_fields(document, say, visit, org) for org in visit["orgs"]]
        own = {
            "org": ", ".join(one["org"] for one in several),
            "issues": [issue for one in several for issue in one["issues"]],
            "hours": several[0]["hours"].replace(f"{NBSP}น.", ""),
        }
        days.setdefault(day, []).append(several[0] | own)
    return days


def _day(day: date, say: Saying, entries: list[Fields], *, is_out: bool = False) -> Fields:
    closed = say.settings.closed(day, "th")
    return {
        "number": "" if is_out else say.number(day.day),
        "name": say.weekday(day),
        "date": say.day(day),
        "closed": "" if is_out else say.text(closed),
        "fill": OUT if is_out else CLOSED if closed or day.weekday() >= SATURDAY else OPEN,
        "entries": [] if is_out else entries,
    }


def month(document: Mapping[str, Any], say: Saying, visits: Collection[str] | None) -> Fields:
    """months: a page each; weeks of seven days from Monday."""
    days = _on_a_day(document, say, visits, "month")
    months = []
    for first in sorted({day.replace(day=1) for day in days}):
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        start = first - timedelta(days=first.weekday())
        n_weeks = ((last - start).days + 7) // 7
        grid = [[start + timedelta(days=7 * row + n) for n in range(7)] for row in range(n_weeks)]
        weeks = [[_day(day, say, days.get(day, []), is_out=day.month != first.month) for day in row] for row in grid]
        months.append({"name": say.month(first), "weeks": [{"days": row} for row in weeks]})
    return {"months": months}


def week(document: Mapping[str, Any], say: Saying, visits: Collection[str] | None) -> Fields:
    """weeks: a page each, Monday to Friday and those of the weekend on which somebody goes out."""
    days = _on_a_day(document, say, visits, "week")
    weeks = []
    for first in sorted({day - timedelta(days=day.weekday()) for day in days}):
        row = [first + timedelta(days=n) for n in range(7)]
        shown = [_day(day, say, days.get(day, [])) for day in row if day.weekday() < SATURDAY or day in days]
        weeks.append({"first": say.long_day(row[0]), "last": say.long_day(row[-1]), "days": shown})
    return {"weeks": weeks}
