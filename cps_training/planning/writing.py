"""A plan's document into a file, YAML or JSON, as `reading.read_plan` reads it back. Writes files; knows no rule."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, time
from pathlib import Path
from typing import Any

import yaml

from cps_training.errors import KitError
from cps_training.planning.model import Plan

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")


def write_plan(path: Path, document: Mapping[str, Any]) -> None:
    """A new file, .json as JSON and every other name as YAML. Raises KitError file-exists, OSError."""
    plan = Plan.model_validate(document)
    text = plan_json(plan) if path.suffix == ".json" else plan_yaml(plan)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as handle:
            handle.write(text)
    except FileExistsError:
        message = f"มีไฟล์ {path} อยู่แล้ว จะไม่เขียนทับ ให้ใช้ชื่ออื่น หรือย้ายไฟล์เดิมก่อน"
        raise KitError("file-exists", message, place=str(path)) from None


def plan_json(plan: Plan) -> str:
    """JSON, what stands at its default left out: ISO days, times as HH:MM:SS."""
    return json.dumps(plan.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False, indent=2) + "\n"


def plan_yaml(plan: Plan) -> str:
    """YAML, what stands at its default left out: plain days, times as "HH:MM"."""
    return yaml.dump(
        _plain(plan.model_dump(exclude_defaults=True)),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=float("inf"),
    )


class _Dumper(yaml.SafeDumper):
    """Ids and words of the model plain, every other text between quotes: times and numbers in texts cannot be read as something else."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=None if _WORD.fullmatch(value) else '"')


_Dumper.add_representer(str, _text)


def _plain(value: Any) -> Any:
    """What YAML can say, and a hand would have written."""
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return value if isinstance(value, date | str | int | float | None) else str(value)
