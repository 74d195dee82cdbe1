"""Fixtures of the view tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.views.harness import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

PHONE: ViewportSize = {"width": 360, "height": 740}


@pytest.fixture(scope="session")
def harness() -> Iterator[str]:
    """Address of the harness page."""
    with served() as address:
        yield address


class Window:
    """A page that is used again by test after test: starting one costs more than most tests do."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._page: Page | None = None
        self.errors: list[str] = []

    def fresh(self, address: str) -> Page:
        """The harness page at 360 px as if nobody had been there."""
        if self._page is None:
            self._page = self._browser.new_context(viewport=PHONE).new_page()
            self._page.on("pageerror", lambda error: self.errors.append(str(error)))
        page = self._page
        self.errors.clear()
        page.set_viewport_size(PHONE)
        page.emulate_media(media="screen", color_scheme="light", reduced_motion="reduce")
        page.mouse.move(0, 0)
        page.goto(address)
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        return page

    def leave(self) -> None:
        """A clock that was set stays with its page, and so does another page that was opened: both go."""
        assert self._page is not None
        context = self._page.context
        if len(context.pages) > 1 or self._page.evaluate("'__pwClock' in window"):
            self.close()

    def close(self) -> None:
        if self._page is not None:
            self._page.context.close()
            self._page = None


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[Window]:
    found = Window(browser)
    yield found
    found.close()


@pytest.fixture
def page(window: Window, harness: str) -> Iterator[Page]:
    """The harness page at 360 px; a test fails on any script error."""
    yield window.fresh(harness)
    errors = list(window.errors)
    window.leave()
    assert errors == []
