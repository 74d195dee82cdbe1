"""Screenshots of every page at 360 px and 1280 px, light and dark, from the demo kit started as a newcomer starts it.

uv run --group dev python docs/tools/screenshots.py [FOLDER]      default: screenshots/
uv run --group dev python docs/tools/screenshots.py --readme      only docs/images/quiz-phone.png
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright  # noqa: E402

from tests.browser_support import ARGUMENTS, get_browser  # noqa: E402
from tests.kit import Kit, Visit, visiting  # noqa: E402

WIDTHS = (360, 1280)


def settled(visit: Visit) -> Any:
    """The page once its widgets are drawn and nothing moves."""
    visit.page.locator("main .cps-root").last.wait_for()
    visit.page.wait_for_function("document.fonts.status === 'loaded' && !document.querySelector('[aria-busy=true]')")
    return visit.page


def shoot(kit: Kit, browser: Any, folder: Path, width: int, scheme: str) -> None:
    """All pages for one width and colour scheme."""

    def keep(visit: Visit, name: str, *, full: bool = True) -> None:
        visit.page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=full)

    with visiting(kit, browser, width=width, height=800, color_scheme=scheme) as visit:
        visit.open("/sign-in").page.locator("form").first.wait_for()
        keep(visit, "sign-in")
        visit.enter_as("learner")
        settled(visit)
        keep(visit, "home")
        settled(visit.open("/lessons/cps-cycle"))
        keep(visit, "lesson")
        settled(visit.open("/quiz"))
        keep(visit, "quiz-menu")
        settled(visit.open("/quiz?form=cps-practice"))
        card = visit.wait_for_card()
        if card.locator("h3").count() == 0:
            keep(visit, "practice-open")
            visit.answer(card, 1)
        keep(visit, "practice-answered")
        settled(visit.open("/quiz?form=cps-exam"))
        visit.choose(visit.wait_for_card(), 1)
        visit.page.get_by_text(re.compile("บันทึกแล้ว")).first.wait_for()
        keep(visit, "exam")
        visit.open("/trainer")
        keep(visit, "forbidden")
    with visiting(kit, browser, width=width, height=800, color_scheme=scheme) as visit:
        visit.enter_as("trainer")
        settled(visit)
        keep(visit, "trainer")
        for number in range(visit.page.locator("main details").count()):
            visit.page.locator("main details").nth(number).evaluate("element => { element.open = true }")
        keep(visit, "trainer-rows")
    with visiting(kit, browser, width=width, height=800, color_scheme=scheme) as visit:
        visit.enter_as("approver")
        settled(visit)
        visit.page.get_by_role("button", name="EN").first.click()
        settled(visit)
        keep(visit, "home-english")
        visit.page.get_by_role("button", name="ไทย").first.click()
        settled(visit)


def readme(kit: Kit, browser: Any) -> None:
    """The one picture of the README: an answered question on a phone, tall enough to be seen whole."""
    with visiting(kit, browser, width=360, height=1500, device_scale_factor=1.5, color_scheme="light") as visit:
        visit.enter_as("learner").open("/quiz?form=cps-practice")
        settled(visit)
        visit.answer(visit.wait_for_card(), 1)
        target = ROOT / "docs" / "images" / "quiz-phone.png"
        target.parent.mkdir(exist_ok=True)
        visit.page.screenshot(path=target)


def main(arguments: list[str]) -> None:
    """Start the demo kit in a temporary folder, visit, stop."""
    path = get_browser()
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(path) if path else None, args=list(ARGUMENTS))
        kit = Kit(Path(temporary), "--demo")
        try:
            if "--readme" in arguments:
                readme(kit, browser)
                return
            folder = Path(arguments[0]) if arguments else ROOT / "screenshots"
            folder.mkdir(parents=True, exist_ok=True)
            for width in WIDTHS:
                for scheme in ("light", "dark"):
                    shoot(kit, browser, folder, width, scheme)
        finally:
            kit.stop()
            browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
