"""The texts of explorables: data/explorables/<name>.yaml in the person's language. Knows no widget.

A file is read when it is asked for and kept: a kernel of its own reads its lesson's files, forked ones share what was read before.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from cps_training import places
from cps_training.apps.session import Session


def folder() -> Path:
    return places.shipped() / "data" / "explorables"


@cache
def _file(name: str) -> Any:
    with (folder() / f"{name}.yaml").open(encoding="utf-8") as handle:
        return yaml.safe_load(handle)


def prepare() -> None:
    """Read every file there is, before kernels are forked."""
    for path in sorted(folder().glob("*.yaml")):
        _file(path.stem)


def texts_of(session: Session, name: str) -> Any:
    """The file's texts with every {th, en} pair replaced by the person's language: a copy of its own."""
    return _spoken(session, _file(name))


def _spoken(session: Session, value: Any) -> Any:
    if isinstance(value, dict):
        if set(value) == {"th", "en"}:
            return session.local(value)
        return {key: _spoken(session, inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_spoken(session, inner) for inner in value]
    return value
