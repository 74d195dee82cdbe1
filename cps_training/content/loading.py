"""Marked data → one frozen model, with every mistake as a Finding at its line and column. Knows no particular model.

`read_yaml` is the way in. Places inside a file are written as authors count: `items.3.key` is the third item's key.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from cps_training.content.messages import explain
from cps_training.content.yaml_source import Location, Marked, read_marked
from cps_training.errors import Finding

M = TypeVar("M", bound=BaseModel)


@dataclass
class Read(Generic[M]):
    """What came of one file: the model or None, its findings, and the places for checks across files.

    path: the file; shown_as: its name in messages; root: where in the file the model stands (lessons: metadata.cps).
    """

    path: Path
    shown_as: str
    source: Marked
    root: Location = ()
    value: M | None = None
    findings: list[Finding] = field(default_factory=list)

    def report(self, location: Location, message: str, *, at_key: bool = False) -> None:
        """Add a finding about a location of the model, at its value or at its key."""
        self.report_in_file((*self.root, *location), message, at_key=at_key)

    def report_in_file(self, location: Location, message: str, *, at_key: bool = False) -> None:
        """Add a finding about a location counted from the top of the file."""
        place = self.source.key_place(location) if at_key else self.source.value_place(location)
        self.findings.append(Finding(self.shown_as, *place, with_where(location, message)))

    def shown_place(self, location: Location) -> str:
        """`file:line:column` of a location, for messages that name a second place."""
        line, column = self.source.value_place((*self.root, *location))
        return f"{self.shown_as}:{line}:{column}"


def with_where(location: Location, message: str) -> str:
    """The message after its place inside the file; entries of lists are counted from 1."""
    if not location:
        return message
    where = ".".join(str(part + 1) if isinstance(part, int) else part for part in location)
    return f"{where}: {message}"


def read_yaml(path: Path, model: type[M], *, shown_as: str) -> tuple[M | None, list[Finding]]:
    """The model a YAML file describes, or None, and every mistake in it, sorted by place. Raises nothing.

    shown_as: the file's name in messages, relative to the content root. A model comes only with an empty list.
    """
    read = read_model(path, model, shown_as=shown_as)
    return read.value, read.findings


def read_model(path: Path, model: type[M], *, shown_as: str) -> Read[M]:
    """As read_yaml, keeping the places."""
    return validate(Read(path, shown_as, read_marked(path)), model)


def validate(read: Read[M], model: type[M]) -> Read[M]:
    """Fill in value and findings from the source. Returns the same Read."""
    source = read.source
    read.findings.extend(
        Finding(read.shown_as, *problem.place, with_where(problem.location, problem.message))
        for problem in source.problems
    )
    if source.is_readable:
        data = _at(source.data, read.root)
        try:
            value = model.model_validate(data)
        except ValidationError as error:
            _report_errors(read, model, data, error.errors(include_url=False))
        else:
            read.value = None if read.findings else value
    read.findings.sort()
    return read


def _at(data: object, location: Location) -> Any:
    for part in location:
        data = data[part]  # type: ignore[index]  # the caller has looked
    return data


def _report_errors(read: Read[M], model: type[M], data: object, errors: Iterable[Any]) -> None:
    """One finding an error, leaving out those that only follow from a refused scalar reported already."""
    refused = {problem.location for problem in read.source.problems}
    reported: set[tuple[Location, str]] = set()
    for error in errors:
        location = without_tags(error["loc"], data)
        if error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]:
            continue  # the library counts only sound entries; the unsound ones are reported themselves
        explained = explain(error, location, model, data)
        absolute = (*read.root, *explained.location)
        if absolute in refused:
            continue
        if (explained.location, explained.message) in reported:
            continue
        reported.add((explained.location, explained.message))
        read.report(explained.location, explained.message, at_key=explained.at_key)


def without_tags(location: tuple[str | int, ...], data: object) -> Location:
    """A pydantic location without the names of union members, which stand in no file."""
    kept: list[str | int] = []
    here: object = data
    for part in location:
        if isinstance(here, dict):
            if part not in here and here.get("type") == part:
                continue
            here = here.get(part)
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            here = here[part]
        else:
            here = None
        kept.append(part)
    return tuple(kept)


__all__ = ["Read", "read_model", "read_yaml", "validate", "with_where"]
