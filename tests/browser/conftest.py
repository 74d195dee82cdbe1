"""One demo kit for the visits of this folder; tests that break things start their own."""

from __future__ import annotations

import pytest

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
