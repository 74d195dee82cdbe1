"""axe on a page: its half a megabyte is read once and put into a page once, however often the page is asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
"""axe's tags of what must hold."""
_AXE = Axe()


def violations(page: Page, run_only: Any = None, context: str | None = None) -> list[dict[str, Any]]:
    """axe's violations. run_only: its option of that name (tags, or one rule), None = all it knows; context: a selector."""
    if page.evaluate("typeof window.axe === 'undefined'"):
        page.evaluate(_AXE.axe_script)
    options = {"resultTypes": ["violations"]} | ({"runOnly": run_only} if run_only else {})
    found: list[dict[str, Any]] = page.evaluate(
        "([context, options]) => axe.run(context ?? document, options).then((said) => said.violations)",
        [context, options],
    )
    return found
