"""Why a rule says nothing can be told in English too: every reason is marked for the catalogue, whole."""

from __future__ import annotations

from pathlib import Path

from babel.messages.extract import extract_from_dir

from cps_training.planning import rules
from cps_training.planning.model import Plan
from cps_training.planning.reading import read_plan
from cps_training.planning.rules.base import PlanContext
from cps_training.planning.rules.registry import RULES

HERE = Path(__file__).parent
PLANS = sorted((HERE / "plans").glob("[0-9]*.yaml"))


def test_each_reason_for_saying_nothing_is_marked_for_translation(base_plan: Plan, context: PlanContext) -> None:
    empty = Plan(
        plan="empty", title="", written_on=base_plan.written_on, officer=base_plan.officer, orgs=base_plan.orgs[:1]
    )
    said = {
        because
        for plan in (empty, base_plan, *map(read_plan, PLANS))
        for rule in RULES
        if (because := rule.nothing_to_see(plan, context)) is not None
    }
    found = extract_from_dir(Path(*rules.__path__), keywords={"mark": None})
    assert len(said) > 25
    assert sorted(said - {str(message) for _, _, message, *_ in found}) == []
