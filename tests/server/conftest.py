"""One demo kit, started by the shipped command, for the probes of this folder; tests that break it start their own."""

from __future__ import annotations

from collections.abc import Iterator

import psutil
import pytest

from tests.kit import Kit, is_kernel
from tests.server.visitor import Visitor


@pytest.fixture(scope="package")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    running = Kit(tmp_path_factory.mktemp("kit"), "--demo")
    yield running
    assert running.stop() == 0


@pytest.fixture
def visitor(kit: Kit) -> Iterator[Visitor]:
    """Somebody not signed in; signed out at the end, so that no kernel is left for the next test."""
    somebody = Visitor(kit)
    yield somebody
    somebody.post("/sign-out")


@pytest.fixture
def learner(visitor: Visitor) -> Visitor:
    return visitor.enter_as("learner")


@pytest.fixture
def trainer(kit: Kit) -> Iterator[Visitor]:
    somebody = Visitor(kit).enter_as("trainer")
    yield somebody
    somebody.post("/sign-out")


def first_trainer(kit: Kit) -> Visitor:
    """Whoever sets up a new office, signed in."""
    visitor = Visitor(kit)
    given = {"code": "T1", "name": "อารี ตัวอย่าง", "password": "a long phrase", "again_password": "a long phrase"}
    given["setup_code"] = (kit.root / "secrets" / "first-trainer-code").read_text("ascii").strip()
    assert visitor.post("/first-trainer", **given).status == 303
    return visitor


def another(kit: Kit) -> Visitor:
    """The same person at another device: another session."""
    visitor = Visitor(kit)
    assert visitor.post("/sign-in", code="T1", password="a long phrase").status == 303
    return visitor


def kernels_of(kit: Kit) -> list[psutil.Process]:
    """The kernel processes running under a kit."""
    return [child for child in psutil.Process(kit.process.pid).children(recursive=True) if is_kernel(child)]
