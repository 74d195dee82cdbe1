"""An item as its author would have written it: a block of YAML in the house's style. Pure; `bank_file` puts it into a file.

Written from plain data, sound or not, so that what is refused can be shown with the line where the mistake stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from cps_training.authoring.fields import Part, parts_of

WIDEST = 100
"""A list of texts stands in one line up to so many letters."""

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9._-]*\Z")
_GUESSED = frozenset(("y", "yes", "n", "no", "on", "off", "true", "false", "null"))
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_INVISIBLE = re.compile("[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def block(data: Mapping[str, Any], model: type[BaseModel], *, indent: int = 2, replaces: bool = False) -> str:
    """The entry of `items` for an item of that model, without a line end after it. data: its fields; those that say what is
    assumed anyway may be left out. indent: where the dash stands."""
    fields = dict(data)
    lines = _fields(fields, model)
    if replaces:
        lines.insert(1, "replaces: true")
    first, *rest = lines
    margin = " " * indent
    return "\n".join([f"{margin}- {first}", *(f"{margin}  {line}" for line in rest)])


def _fields(data: Mapping[str, Any], model: type[BaseModel]) -> list[str]:
    """The lines of a mapping, without margin; fields the model does not know come last."""
    lines: list[str] = []
    parts = parts_of(model)
    for part in parts:
        if part.name in data and data[part.name] is not None:
            lines += _field(part, data[part.name])
    known = {part.name for part in parts}
    return lines + [f"{name}: {scalar(value)}" for name, value in data.items() if name not in known]


def _field(part: Part, value: Any) -> list[str]:
    if part.model is None:
        if isinstance(value, list | tuple):
            return _values(part, value)
        return [f"{part.name}: {scalar(value)}"]
    if part.shape == "one":
        return _one(part.name, value, part.model)
    if part.shape == "named":
        inner = [line for name, entry in value.items() for line in _one(scalar(name), entry, part.model)]
        return [f"{part.name}:", *(f"  {line}" for line in inner)]
    lines = [f"{part.name}:"]
    for entry in value:
        if _is_short(part.model):
            lines.append(f"  - {_flow(entry, part.model)}")
        else:
            first, *rest = _fields(entry, part.model) or ["{}"]
            lines += [f"  - {first}", *(f"    {line}" for line in rest)]
    return lines


def _one(name: str, value: Any, model: type[BaseModel]) -> list[str]:
    if _is_short(model):
        return [f"{name}: {_flow(value, model)}"]
    return [f"{name}:", *(f"  {line}" for line in _fields(value, model))]


def _is_short(model: type[BaseModel]) -> bool:
    """Whether its entries stand in one line: an id and a few words, no reasons and nothing inside."""
    parts = parts_of(model)
    return all(part.model is None and part.shape == "one" for part in parts) and "rationale" not in model.model_fields


def _flow(data: Mapping[str, Any], model: type[BaseModel]) -> str:
    return "{" + ", ".join(_fields(data, model)) + "}"


def _values(part: Part, values: Sequence[Any]) -> list[str]:
    shown = [scalar(value) for value in values]
    line = f"{part.name}: [{', '.join(shown)}]"
    is_short = not values or (len(line) <= WIDEST and not part.is_long)
    return [line] if is_short else [f"{part.name}:", *(f"  - {one}" for one in shown)]


def scalar(value: Any) -> str:
    """One value: words that mean themselves stand plain, every other text in double quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _number(value)
    text = str(value)
    if _PLAIN.match(text) and text.casefold() not in _GUESSED:
        return text
    escaped = "".join(_ESCAPES.get(letter, letter) for letter in text)
    return '"' + _INVISIBLE.sub(lambda found: f"\\u{ord(found[0]):04x}", escaped) + '"'


def _number(value: float) -> str:
    """In plain decimals: content files have no powers of ten."""
    shown = repr(value)
    if "e" in shown:
        shown = f"{value:.15f}".rstrip("0")
        shown += "0" if shown.endswith(".") else ""
    return shown
