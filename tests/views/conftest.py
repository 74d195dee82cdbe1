"""Fixtures of the view tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.views.harness import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="session")
def harness() -> Iterator[str]:
    """Address of the harness page."""
    with served() as address:
        yield address


@pytest.fixture
def page(browser: Browser, harness: str) -> Iterator[Page]:
    """The harness page at 360 px; a test fails on any script error."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme="light", reduced_motion="reduce")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(harness)
    yield page
    context.close()
    assert errors == []
