"""Schemas for editors: every shipped file satisfies the one for its place, broken ones do not, and Thai words stand beside every field."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from cps_training.authoring.schemas import DIALECT, FILES, schema, settings
from cps_training.content.yaml_source import read_marked
from cps_training.items import ITEM_TYPES
from cps_training.places import shipped

SCHEMAS = {name: schema(name) for name in FILES}
SHIPPED = [
    (name, path) for name, (_, _, places) in FILES.items() for place in places for path in sorted(shipped().glob(place))
]


def plain(value: Any) -> Any:
    """As an editor sees it: days are texts."""
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def mistakes(name: str, document: Any) -> list[str]:
    checker = Draft202012Validator(SCHEMAS[name], format_checker=FormatChecker())
    return [error.message for error in checker.iter_errors(document)]


@pytest.mark.parametrize(("name", "path"), SHIPPED, ids=[path.name for _, path in SHIPPED])
def test_a_shipped_file_satisfies_its_schema(name: str, path: Path) -> None:
    assert mistakes(name, plain(read_marked(path).data)) == []


def test_every_shipped_yaml_file_has_one_schema() -> None:
    folders = {path.parent for _, path in SHIPPED}
    assert {folder.name for folder in folders} == {"banks", "forms", "handbook", "calendar", "data"}
    assert sorted(path for _, path in SHIPPED) == sorted(path for folder in folders for path in folder.glob("*.yaml"))


def test_shipped_lessons_satisfy_theirs() -> None:
    notebooks = sorted((shipped() / "notebooks/lessons").glob("*.ipynb"))
    assert notebooks
    for path in notebooks:
        assert mistakes("lesson", json.loads(path.read_text("utf-8"))["metadata"]["cps"]) == []


@pytest.mark.parametrize("kind", ITEM_TYPES, ids=lambda kind: kind.example().type)
def test_an_item_of_every_type_and_none_with_a_mistake(kind: Any) -> None:
    item = kind.example().model_dump(mode="json", exclude_defaults=True) | {"type": kind.example().type}

    def bank(*changed: Any) -> dict[str, Any]:
        return {"bank": "own", "title": {"th": "คลัง"}, "items": [item | one for one in changed]}

    assert mistakes("bank", bank({}, {"replaces": True})) == []
    assert mistakes("bank", bank({"typo": 1})), "an unknown field"
    assert mistakes("bank", bank({"bloom": "recall"}))
    assert mistakes("bank", bank({"type": "essai"}))
    assert mistakes("bank", bank({"clauses": []}))
    for field in [name for name, info in kind.model_fields.items() if info.is_required()]:
        lacking = copy.deepcopy(bank({}))
        del lacking["items"][0][field]
        assert mistakes("bank", lacking), f"{field} may be missing"


BREAK: dict[str, Callable[[Any], Any]] = {
    "form": lambda said: said | {"feedback": "exams"},
    "calendar": lambda said: said | {"days": [said["days"][0] | {"date": "14 ก.ค. 2566"}]},
    "parameters": lambda said: {"parameters": [said["parameters"][0] | {"value": "สามสิบ"}]},
    "sections": lambda said: {"sections": []},
    "clauses": lambda said: said | {"section": "CPS 1"},
    "context": lambda said: {"units": [said["units"][0] | {"summary": ""}]},
    "glossary": lambda said: {"terms": [{"id": "a", "th": "คำ"}]},
    "bank": lambda said: said | {"titel": "x"},
}


@pytest.mark.parametrize("name", BREAK)
def test_a_broken_file_does_not(name: str) -> None:
    path = next(path for known, path in SHIPPED if known == name)
    said = plain(read_marked(path).data)
    assert mistakes(name, said) == []
    assert mistakes(name, BREAK[name](said)) != []


@pytest.mark.parametrize("name", FILES)
def test_a_schema_is_one_and_says_every_field_in_thai(name: str) -> None:
    document = SCHEMAS[name]
    Draft202012Validator.check_schema(document)
    assert document["$schema"] == DIALECT
    assert "desk" not in json.dumps(document), "the developers' own words"
    parts = [document, *document.get("$defs", {}).values()]
    bare = [
        field
        for part in parts
        for field, said in part.get("properties", {}).items()
        if not any("\u0e01" <= letter <= "\u0e5b" for letter in said.get("description", ""))
    ]
    assert bare == []


def test_the_settings_lead_from_files_to_schemas() -> None:
    found = settings("/place")["yaml.schemas"]
    assert found["/place/bank.schema.json"] == ["**/quizzes/banks/*.yaml"]
    assert set(found) == {f"/place/{name}.schema.json" for name, (_, _, places) in FILES.items() if places}
