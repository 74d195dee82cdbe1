"""What can still be said of a bank that could not be read whole: unknown clauses and keys of all its items.

A model with one wrong field tells nothing of its other rules; an author would meet those only in the next round. Knows
the raw data of items, no bank and no file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from cps_training.content.yaml_source import Location
from cps_training.items import item_from_json

Problem = tuple[Location, str]


def raw_items(data: object) -> list[dict[str, Any]]:
    """The entries under `items` that are mappings; others keep their number as an empty one."""
    entries = data.get("items") if isinstance(data, dict) else None
    if not isinstance(entries, list):
        return []
    return [entry if isinstance(entry, dict) else {} for entry in entries]


def clauses_of(item: dict[str, Any]) -> tuple[str, ...]:
    """The clauses an item names, whatever else is wrong with it; none when one of them is no text."""
    named = item.get("clauses")
    if not isinstance(named, list) or not all(isinstance(clause, str) for clause in named):
        return ()
    return tuple(named)


def key_problems(item: dict[str, Any]) -> Iterator[Problem]:
    """Keys that name no option, for an item whose own check could not get so far."""
    if _was_checked_whole(item):
        return
    options = item.get("choices", item.get("entries"))
    if not isinstance(options, list):
        return
    ids = [option.get("id") for option in options if isinstance(option, dict)]
    key = item.get("key")
    for location, named in [(("key",), key)] if isinstance(key, str) else _numbered(key):
        if named not in ids:
            yield location, f"key “{named}” ไม่อยู่ในตัวเลือก ({', '.join(map(str, ids))}) ให้แก้ key หรือเพิ่มตัวเลือก"


def _numbered(key: object) -> list[tuple[Location, str]]:
    if not isinstance(key, list):
        return []
    return [(("key", number), named) for number, named in enumerate(key) if isinstance(named, str)]


def _was_checked_whole(item: dict[str, Any]) -> bool:
    """Whether the item type's own rules have spoken: they do when every single field is sound."""
    try:
        item_from_json({name: value for name, value in item.items() if name != "replaces"})
    except ValidationError as error:
        return all(mistake["type"] == "value_error" for mistake in error.errors(include_url=False))
    return True
