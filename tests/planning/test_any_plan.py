"""Every rule looks at every plan there can be without raising: drafts lack anything, and days may be far off."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from pydantic import BaseModel

from cps_training.planning.checking import check
from cps_training.planning.model import Plan
from cps_training.planning.rules.registry import RULES

PLANS = 250
FAR_DAYS = (date.min, date.max, date(2030, 1, 1), date(2022, 10, 1), date(2023, 7, 30))


def thinned(chance: random.Random, value: Any, share: float) -> Any:
    """The value with fields that may be left out and items of lists dropped at random, and days moved about."""
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        kept = [name for name in fields if fields[name].is_required() or chance.random() >= share]
        return {name: thinned(chance, getattr(value, name), share) for name in kept}
    if isinstance(value, tuple):
        return [thinned(chance, one, share) for one in value if chance.random() >= share]
    if isinstance(value, date) and chance.random() < 0.05:
        return chance.choice(FAR_DAYS)
    return value


def linked(given: dict[str, Any], plan: Plan) -> Plan:
    """A plan of what is left: links to what was dropped are taken out."""
    given["orgs"] = given["orgs"] or [plan.orgs[0]]
    orgs = {one["id"] if isinstance(one, dict) else one.id for one in given["orgs"]}
    given["issues"] = [one for one in given.get("issues", ()) if one["org"] in orgs]
    issues = {one["id"] for one in given["issues"]}
    for visit in given.get("visits", ()):
        visit["orgs"] = [org for org in visit["orgs"] if org in orgs]
        visit["issues"] = [issue for issue in visit.get("issues", ()) if issue in issues]
    given["visits"] = [visit for visit in given.get("visits", ()) if visit["orgs"]]
    visits = {visit["id"] for visit in given["visits"]}
    for name in ("records", "reports", "previous"):
        given[name] = [
            one
            for one in given.get(name, ())
            if (name == "previous" or one["visit"] in visits) and one.get("orgs", True)
        ]
    for name in ("week", "month"):
        calendar = given.get(name)
        if calendar and len(calendar["covers"]) == 2:
            calendar["entries"] = [entry for entry in calendar.get("entries", ()) if entry["visit"] in visits]
        else:
            given[name] = None
    return Plan.model_validate(given)


def test_no_rule_raises_on_a_partial_plan(base_plan, context, examples, read_plan):
    sources = [base_plan, *(read_plan(examples / rule / "fail.yaml") for rule in ("R12", "R24", "R39", "R40", "R48"))]
    found = set()
    for seed in range(PLANS):
        chance = random.Random(seed)
        plan = linked(thinned(chance, source := chance.choice(sources), chance.choice([0.02, 0.1, 0.3, 0.6])), source)
        for rule in RULES:
            try:
                report = check(plan, context, [rule])
            except Exception as error:
                raise AssertionError(f"{rule.id} raises {error!r} on the plan of seed {seed}") from error
            found |= {finding.rule for finding in report.findings}
    assert len(found) >= 40, "plans that break hardly any rule prove little"


def test_a_calendar_of_a_visit_that_is_gone_is_no_error(base_plan, context):
    left = base_plan.model_copy(update={"visits": base_plan.visits[:2], "records": (), "reports": ()})
    (rule,) = (one for one in RULES if one.id == "R18")
    assert check(left, context, [rule]).findings == ()


def test_calendars_at_the_ends_of_time_are_no_error(base_plan, context):
    for day in (date.min, date.max):
        calendar = base_plan.month.model_copy(update={"covers": (day, date.max)})
        check(base_plan.model_copy(update={"month": calendar, "week": calendar, "written_on": day}), context, RULES)
