"""Twenty plans as officers write them, from none to many faults: the rules find what a reader of the handbook finds, and nothing else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from cps_training.content.library import Library
from cps_training.places import shipped
from cps_training.planning.checking import check
from cps_training.planning.reading import context_of, read_plan
from cps_training.planning.rules.registry import RULES

PLANS = Path(__file__).parent / "plans"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((PLANS / "expected.yaml").read_text("utf-8"))


def test_there_are_twenty_plans_and_every_rule_is_broken_by_one() -> None:
    assert sorted(EXPECTED) == sorted(path.stem for path in PLANS.glob("[0-9]*.yaml"))
    assert len(EXPECTED) == 20
    broken = {one["rule"] for said in EXPECTED.values() for one in said["expect"]}
    assert [rule.id for rule in RULES if rule.id not in broken] == []


@pytest.mark.parametrize("name", EXPECTED)
def test_a_plan_has_the_findings_a_reader_expects(name: str, library: Library) -> None:
    said = EXPECTED[name]
    report = check(read_plan(PLANS / f"{name}.yaml"), context_of(library, shipped(), said["today"]), RULES)
    found = Counter((one.rule, one.at) for one in report.findings)
    expected = Counter((one["rule"], one["at"]) for one in said["expect"])
    assert (sorted(expected - found), sorted(found - expected)) == ([], []), "(not found, found besides)"
