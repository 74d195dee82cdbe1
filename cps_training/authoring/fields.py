"""The fields of a model as authors meet them: one value, a list, a group, a named group. Pure; knows no particular model."""

from __future__ import annotations

import types
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, StringConstraints
from pydantic.fields import FieldInfo

Kind = Literal["text", "id", "word", "number", "whole", "value", "truth"]
"""What one value is: free text, an id, one of given words, a number, a whole number, number or text, yes or no."""
Shape = Literal["one", "list", "named"]

FIRST = ("id", "type", "clauses", "bloom", "difficulty", "evidence", "stem")
LAST = ("headline", "explanation", "hints")
"""Where the fields that every item has stand; a type's own come between."""
REASONS = ("rationale", "misconception", "critical")
"""The end of every entry of an item: first what it is, then why."""

WORDS = 200
"""Longer texts are sentences."""

_KINDS: dict[Any, Kind] = {str: "text", int: "whole", float: "number", bool: "truth"}


@dataclass(frozen=True)
class Part:
    """One field of a model. model: of its entries, None for plain values; words: those that `kind` word allows; annotation: of
    one entry, as pydantic reads it; least, most: how many entries a list may have, most None without a limit."""

    name: str
    shape: Shape
    kind: Kind
    annotation: Any
    model: type[BaseModel] | None = None
    words: tuple[str, ...] = ()
    is_required: bool = True
    default: Any = None
    least: int = 0
    most: int | None = None

    @property
    def is_joined(self) -> bool:
        """A list of ids or words, short enough for one line."""
        return self.shape == "list" and self.model is None and self.kind in ("id", "word")

    @property
    def is_long(self) -> bool:
        """Texts of sentences, not of words."""
        return self.kind == "text" and _longest(self.annotation) > WORDS


@cache
def parts_of(model: type[BaseModel]) -> tuple[Part, ...]:
    """The fields in the order in which authors write them."""
    hints = get_type_hints(model, include_extras=True)
    names = list(model.model_fields)
    first = [name for name in FIRST if name in names]
    last = [name for name in (LAST if "stem" in names else REASONS) if name in names]
    middle = [name for name in names if name not in first and name not in last]
    return tuple(_part(name, hints[name], model.model_fields[name]) for name in (*first, *middle, *last))


def _part(name: str, annotation: Any, info: FieldInfo) -> Part:
    shape: Shape = "one"
    entry = annotation
    bare = _bare(annotation)
    if get_origin(bare) is tuple:
        shape, entry = "list", get_args(bare)[0]
    elif get_origin(bare) is dict:
        shape, entry = "named", get_args(bare)[1]
    bare = _bare(entry)
    model = bare if isinstance(bare, type) and issubclass(bare, BaseModel) else None
    kind, words = ("text", ()) if model else _kind(entry)
    return Part(
        name,
        shape,
        kind,
        entry,
        model,
        words,
        info.is_required(),
        None if info.is_required() else info.get_default(call_default_factory=True),
        next((limit.min_length for limit in info.metadata if hasattr(limit, "min_length")), 0),
        next((limit.max_length for limit in info.metadata if hasattr(limit, "max_length")), None),
    )


def _bare(annotation: Any) -> Any:
    """Without Annotated and without None."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        elif get_origin(annotation) in (Union, types.UnionType):
            members = [member for member in get_args(annotation) if member is not type(None)]
            if len(members) != 1:
                return annotation
            annotation = members[0]
        else:
            return annotation


def _kind(annotation: Any) -> tuple[Kind, tuple[str, ...]]:
    bare = _bare(annotation)
    if get_origin(bare) is Literal:
        return "word", tuple(get_args(bare))
    if get_origin(bare) in (Union, types.UnionType):
        return "value", ()
    if bare is str and _has_pattern(annotation):
        return "id", ()
    return _KINDS[bare], ()


def _has_pattern(annotation: Any) -> bool:
    if get_origin(annotation) is Annotated:
        inner, *notes = get_args(annotation)
        return any(isinstance(note, StringConstraints) and note.pattern for note in notes) or _has_pattern(inner)
    return any(map(_has_pattern, get_args(annotation)))


def _longest(annotation: Any) -> int:
    """The letters a text may have; 0 without a limit."""
    if get_origin(annotation) is Annotated:
        inner, *notes = get_args(annotation)
        limits = (note.max_length or 0 for note in notes if isinstance(note, StringConstraints))
        return max((*limits, _longest(inner)))
    return max((_longest(member) for member in get_args(annotation)), default=0)
