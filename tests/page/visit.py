"""One browser window at the fake kernel's page, in the words of the tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.page.fake_kernel import FakeKernel


class Visit:
    """`errors` are the page's uncaught mistakes, `expected` those a test foresees."""

    def __init__(self, page: Page, kernel: FakeKernel) -> None:
        self.page, self.kernel = page, kernel
        self.errors: list[str] = []
        self.expected: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(error.message))

    def open(self) -> Visit:
        self.page.goto(self.kernel.url)
        self.ready()
        return self

    def ready(self) -> None:
        self.page.locator("#main[data-ready=yes]").wait_for(state="attached")

    def field(self, name: str) -> Locator:
        return self.page.get_by_label(name, exact=True)

    def run(self, code: str, given: Any = None) -> Any:
        """Evaluate, with `model(id)` for what the first view of a widget got."""
        return self.page.evaluate(
            f"(given) => {{ const model = (id = 'a', n = 0) => kept[id][n].model; {code} }}", given
        )

    def until(self, expression: str) -> None:
        """Wait until an expression of the page is true."""
        self.page.wait_for_function(f"() => {expression}")

    def log(self) -> list[str]:
        return self.page.evaluate("() => log")

    def texts(self) -> list[str]:
        """What the fields' traits show, in the page's order."""
        return self.page.locator("output").all_inner_texts()

    def cut(self, *, is_up: bool = True, fate: int = 200) -> None:
        """Drop the connection, and return when the page has noticed."""
        last = self.page.evaluate("() => sockets.length - 1")
        self.kernel.drop(is_up=is_up, fate=fate)
        self.until(f"sockets[{last}].readyState === WebSocket.CLOSED")

    def wake(self) -> None:
        """Somebody looks at the page again."""
        self.page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")

    def is_lost(self) -> bool:
        return self.page.locator("#shell-lost").is_visible()

    def check(self) -> None:
        assert sorted(self.errors) == sorted(self.expected)
        if self.page.url.startswith("http"):
            assert self.page.evaluate("() => window.violations ?? []") == []
