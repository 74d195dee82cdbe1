"""Fixtures every test may use: a clock that stands still, randomness with a seed, a desk on a store in tmp_path."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cps_training.content.library import Library, load_library
from cps_training.desk.core import Desk
from cps_training.places import shipped
from cps_training.records.engine import Records
from tests.browser_support import *  # noqa: F403 - the browser fixtures

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


SLOW = ("tests/browser/", "tests/views/", "tests/docs/", "tests/server/", "tests/page/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that start browsers and servers first: begun last, they would keep one processor busy and the other waiting."""

    def when(item: pytest.Item) -> int:
        place = item.nodeid.replace("\\", "/")
        return next((n for n, folder in enumerate(SLOW) if place.startswith(folder)), len(SLOW))

    items.sort(key=when)


@dataclass
class StandingClock:
    """A clock that moves only when told."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def entropy() -> Callable[[int], bytes]:
    return random.Random(7).randbytes


@pytest.fixture(scope="session")
def library() -> Library:
    """What ships, loaded once."""
    return load_library(shipped())


@pytest.fixture
def desk(tmp_path: Path, library: Library, clock: StandingClock, entropy: Callable[[int], bytes]) -> Iterator[Desk]:
    """A desk for served pages on an empty store."""
    records = Records.open(tmp_path / "records.sqlite3")
    yield Desk(records, library, clock, entropy, "served")
    records.close()
