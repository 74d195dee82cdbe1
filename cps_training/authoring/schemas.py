"""JSON Schemas (draft 2020-12) of every content file, from the models that read them, with Thai descriptions for editors. Pure.

A schema says what one field may hold. What must fit between fields and files is said by `cps-training check`.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from cps_training.authoring.fields import parts_of
from cps_training.authoring.file_words import FILE_WORDS
from cps_training.authoring.words import ITEM_WORDS, TYPE_WORDS
from cps_training.content import banks, calendar, clauses_file, forms, glossary, lessons, parameters
from cps_training.items import ITEM_TYPES

DIALECT = "https://json-schema.org/draft/2020-12/schema"

FILES: dict[str, tuple[type[BaseModel], str, tuple[str, ...]]] = {
    "bank": (banks.Bank, "คลังข้อคำถาม", (f"{banks.FOLDER}/*.yaml",)),
    "form": (forms.AuthoredForm, "ชุดข้อสอบ", (f"{forms.FOLDER}/*.yaml",)),
    "calendar": (calendar.FiscalYear, "วันที่สำนักงานปิดของปีงบประมาณ", (f"{calendar.FOLDER}/fy*.yaml",)),
    "parameters": (parameters.ParametersFile, "ค่าที่ใช้", (parameters.FILE,)),
    "sections": (clauses_file.SectionsFile, "หมวดของคู่มือ", (f"{clauses_file.FOLDER}/sections.yaml",)),
    "clauses": (
        clauses_file.ClausesFile,
        "ข้อของคู่มือหนึ่งหมวด",
        tuple(
            f"{clauses_file.FOLDER}/{name}.yaml" for name in ("cps", "docs", "km", "practice", "prep", "role", "skills")
        ),
    ),
    "context": (clauses_file.ContextFile, "บทนำของคู่มือ", (f"{clauses_file.FOLDER}/context.yaml",)),
    "glossary": (glossary.GlossaryFile, "อภิธานศัพท์", (glossary.FILE,)),
    "lesson": (lessons.LessonMetadata, "ข้อมูลของบทเรียน (metadata.cps ในโน้ตบุ๊ก)", ()),
}
"""By name: the model, what the file is, and which files it reads (below a content root; a lesson's is inside its notebook)."""


def schemas() -> dict[str, dict[str, Any]]:
    """Every schema by the name of its file."""
    return {f"{name}.schema.json": schema(name) for name in FILES}


def schema(name: str) -> dict[str, Any]:
    model, title, _ = FILES[name]
    made = copy.deepcopy(model.model_json_schema())
    inner = {key: _worded(key, part) for key, part in made.pop("$defs", {}).items()}
    body = _worded(model.__name__, made)
    if name == "bank":
        for part in inner.values():
            if _type_in(part):
                replaces = {"type": "boolean", "default": False, "description": ITEM_WORDS["replaces"]}
                part["properties"]["replaces"] = replaces  # the file's, not the item's; the bank takes it off
    document: dict[str, Any] = {"$schema": DIALECT, "title": title, **body}
    if inner:
        document["$defs"] = inner
    return document


def _type_in(part: dict[str, Any]) -> str:
    return str(part.get("properties", {}).get("type", {}).get("const", ""))


def _worded(model: str, part: dict[str, Any]) -> dict[str, Any]:
    """A model's schema with Thai in place of the developers' English."""
    part.pop("description", None)
    part.pop("title", None)
    if word := TYPE_WORDS.get(_type_in(part)):
        part["description"] = word
    is_item = model in _ITEM_MODELS
    for field, said in part.get("properties", {}).items():
        said.pop("title", None)
        if (word := words_of(model, field, is_item=is_item)) is not None:
            said["description"] = word
    return part


def _models_in(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for part in parts_of(model):
        if part.model is not None:
            yield from _models_in(part.model)


_ITEM_MODELS = frozenset(("Bank", *(model.__name__ for kind in ITEM_TYPES for model in _models_in(kind))))


def words_of(model: str, field: str, *, is_item: bool) -> str | None:
    tables = (ITEM_WORDS, FILE_WORDS) if is_item else (FILE_WORDS, ITEM_WORDS)
    for key in (f"{model}.{field}", field):
        for table in tables:
            if key in table:
                return table[key]
    return None


def settings(folder: str) -> dict[str, Any]:
    """The lines of VS Code's settings that lead its YAML extension from files to schemas in `folder`."""
    return {
        "yaml.schemas": {
            f"{folder}/{name}.schema.json": [f"**/{place}" for place in places]
            for name, (_, _, places) in FILES.items()
            if places
        }
    }


def as_text(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
