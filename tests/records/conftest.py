"""Stores in real SQLite files, a fixed moment and reproducible randomness."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

from cps_training.records import accounts
from cps_training.records.engine import Records

NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOON


@pytest.fixture
def entropy() -> Callable[[int], bytes]:
    return random.Random(2569).randbytes


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ข้อมูล ฝึก" / "records.sqlite3"


@pytest.fixture
def records(path: Path) -> Iterator[Records]:
    with Records.open(path) as opened:
        yield opened


@pytest.fixture
def add(entropy: Callable[[int], bytes], now: datetime) -> Callable[..., str]:
    """add(conn, "A01") makes a learner of that code and gives the person_id."""

    def add_person(conn: Connection, code: str = "A01", *, roles: tuple[str, ...] = ("learner",)) -> str:
        return accounts.add_person(conn, code=code, name=f"คนที่ {code}", roles=roles, at=now, entropy=entropy)

    return add_person


@pytest.fixture
def anna(records: Records, add: Callable[..., str]) -> str:
    """The person_id of a learner, code A01."""
    with records.write() as conn:
        return add(conn)
