"""Fixtures of the host's tests: a fake kernel, and a visit to its page that must end without complaints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.page.fake_kernel import PATIENCE, FakeKernel
from tests.page.visit import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture
def kernel() -> Iterator[FakeKernel]:
    running = FakeKernel()
    yield running
    running.stop()


@pytest.fixture
def visit(browser: Browser, kernel: FakeKernel) -> Iterator[Visit]:
    """The page, not opened yet. A test names the script errors it expects; there may be no others, and no refused style or script."""
    context = browser.new_context(viewport={"width": 800, "height": 700}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    expect.set_options(timeout=PATIENCE * 1000)
    coming = Visit(page, kernel)
    yield coming
    expect.set_options(timeout=None)
    coming.check()
    context.close()


@pytest.fixture
def shown(visit: Visit) -> Callable[..., Visit]:
    """Open a page with one widget `a` in its only cell, with these traits."""

    def open_with(name: str = "field", **state: object) -> Visit:
        visit.kernel.show("c1", visit.kernel.widget("a", name, id="a", **state))
        return visit.open()

    return open_with
