"""The pages about plans are true: made from model and rules, their example has every part and nothing to mend, the rule of the page works."""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from pydantic import BaseModel

from cps_training.content.library import Library
from cps_training.content.yaml_source import read_marked
from cps_training.places import shipped
from cps_training.planning.checking import check
from cps_training.planning.model import Plan
from cps_training.planning.reading import context_of, read_plan
from cps_training.planning.rules.base import PlanRule
from cps_training.planning.rules.registry import RULES
from cps_training.planning.writing import plan_json
from tests.docs.pages import blocks

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "docs" / "tools"))
import plan_page
import plan_rules
import plan_schema

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "docs/reference/plan.example.yaml"
FIRST_DAY = date(2023, 7, 24)
PLANS = ROOT / "tests/planning/plans"


def mistakes(document: Any) -> list[str]:
    checker = Draft202012Validator(plan_schema.schema(), format_checker=FormatChecker())
    return [error.message for error in checker.iter_errors(document)]


def plain(value: Any) -> Any:
    """As an editor sees it: days are texts."""
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def test_the_pages_and_the_schema_say_what_model_and_rules_say() -> None:
    assert plan_rules.PAGE.read_text("utf-8") == plan_rules.page(), "run docs/tools/plan_rules.py"
    assert plan_schema.FILE.read_text("utf-8") == plan_schema.text(), "run docs/tools/plan_schema.py"
    assert plan_page.PAGE.read_text("utf-8") == plan_page.page(), "run docs/tools/plan_page.py"


def test_the_worked_example_has_nothing_to_mend(library: Library) -> None:
    report = check(read_plan(EXAMPLE), context_of(library, shipped(), FIRST_DAY), RULES)
    assert [finding.message for finding in report.findings] == []


def written(value: Any) -> set[tuple[str, str]]:
    """(model, field) of everything an example says."""
    found: set[tuple[str, str]] = set()
    if isinstance(value, BaseModel):
        for field in value.model_fields_set:
            found |= {(type(value).__name__, field), *written(getattr(value, field))}
    if isinstance(value, tuple):
        for inner in value:
            found |= written(inner)
    return found


def test_the_worked_example_has_every_part_and_field() -> None:
    schema = plan_schema.schema()
    fields = {(model, field) for model, part in schema["$defs"].items() for field in part["properties"]}
    fields |= {("Plan", field) for field in schema["properties"]}
    assert sorted(fields - written(read_plan(EXAMPLE))) == []


@pytest.mark.parametrize("path", [EXAMPLE, *sorted(PLANS.glob("[0-9]*.yaml"))[::4]], ids=lambda path: path.stem)
def test_a_plan_satisfies_the_schema_as_yaml_and_as_json(path: Path) -> None:
    assert mistakes(plain(read_marked(path).data)) == []
    assert mistakes(json.loads(plan_json(read_plan(path)))) == []


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("written_on",), "4 ก.ค. 2566"),
        (("officers",), "เจ้าหน้าที่ ก"),
        (("visits", 0, "method"), "visit"),
        (("visits", 0, "start"), "9 โมง"),
        (("orgs", 0, "id"), ""),
        (("issues", 0, "priority"), 10),
    ],
)
def test_a_plan_with_a_mistake_does_not_and_is_refused(place: tuple[Any, ...], value: Any, tmp_path: Path) -> None:
    document = plain(read_marked(EXAMPLE).data)
    inside = document
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = value
    assert mistakes(document) != []
    with pytest.raises(ValueError, match=str(place[0])):
        Plan.model_validate(document)


def test_an_editor_is_told_every_field_in_thai() -> None:
    schema = plan_schema.schema()
    Draft202012Validator.check_schema(schema)
    parts = [schema, *schema["$defs"].values()]
    assert [
        name
        for part in parts
        for name, said in part["properties"].items()
        if not re.search("[ก-๛]", said["description"])
    ] == []


def test_the_rule_of_the_page_works_as_it_says(library: Library) -> None:
    base_plan = read_plan(ROOT / "tests/planning/base_plan.yaml")
    page = (ROOT / "docs/how-to/add-a-plan-rule.md").read_text("utf-8")
    (code,) = [block.body for block in blocks(page) if block.language == "python"]
    made: dict[str, Any] = {"__name__": "page"}
    exec(code, made)
    rule: PlanRule = made["TitleSaysWhen"]()
    context = context_of(library, shipped(), FIRST_DAY)
    assert check(base_plan, context, [rule]).findings == ()
    (found,) = check(base_plan.model_copy(update={"title": "แผนเดือนหน้า"}), context, [rule]).findings
    assert (found.at, found.clause) == ("title", "cps.1.2")
    assert "“แผนเดือนหน้า” ยังไม่บอกปี" in found.message
    assert check(base_plan.model_copy(update={"title": ""}), context, [rule]).skipped[0].because == "แผนยังไม่มีชื่อ"
    assert library.handbook.get("cps.1.2") is not None
    assert "R49" not in {one.id for one in RULES}
