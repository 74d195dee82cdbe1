"""One demo kit for the visits of this folder; tests that break things start their own."""

from __future__ import annotations

import pytest

from tests.browser.walking import command
from tests.kit import Kit


@pytest.fixture(scope="session")
def kit(tmp_path_factory):
    running = Kit(tmp_path_factory.mktemp("kit"), "--demo")
    yield running
    assert running.stop() == 0


@pytest.fixture
def own_kit(tmp_path):
    running = Kit(tmp_path / "kit", "--demo")
    yield running
    running.stop()


@pytest.fixture(scope="session")
def blank_office(tmp_path_factory):
    """Nobody has set it up yet, and no walk does."""
    running = Kit(tmp_path_factory.mktemp("blank"))
    yield running
    running.stop()


@pytest.fixture(scope="session")
def empty_office(tmp_path_factory):
    """A trainer (T001) and nothing else: no roster, no answers."""
    running = Kit(tmp_path_factory.mktemp("empty"))
    command(running, "person", "add", "T001", "อารี ตัวอย่าง", "--role", "trainer")
    yield running
    running.stop()
