"""Fixtures of the page tests: a desk with the shipped content, and somebody who sits down at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.apps.quizzing import Place, Seat


@pytest.fixture
def place(tmp_path: Path, clock: Any) -> Iterator[Place]:
    made = Place(tmp_path, clock)
    yield made
    made.records.close()


@pytest.fixture
def seat(place: Place, monkeypatch: pytest.MonkeyPatch) -> Seat:
    return Seat(place, place.person(), monkeypatch)
