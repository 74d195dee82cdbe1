"""Screenshots of every page and state: both widths, both languages, light and dark, and the printed sheets.

uv run --group dev python docs/tools/screenshots.py [FOLDER] [WORD …]     default: screenshots/; a word picks names or looks
uv run --group dev python docs/tools/screenshots.py --readme              only docs/images/quiz-phone.png

The states are those of tests/browser/walking.py, so what is looked at is what is tested; the room of a plan is walked here, with the same hands
as in tests/browser/test_plans.py. A name says where one stands:
`quiz-menu-with-a-result.360.th.light.png`. Words narrow it: `360 en practice` shoots the practice on a phone in English.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright  # noqa: E402

from tests.browser import planning, walking  # noqa: E402
from tests.browser.walking import OFFICES, command, enter, go, settle  # noqa: E402
from tests.browser_support import ARGUMENTS, get_browser  # noqa: E402
from tests.kit import Kit, Visit, visiting  # noqa: E402

WIDTHS, LOCALES, SCHEMES = ("360", "1280"), ("th", "en"), ("light", "dark")
PRINTED = {"lesson": "/lessons/cps-cycle", "result": "/quiz?form=cps-practice", "record": "/record"}
PLAN_TABS = ("issues", "actions", "calendar", "visits", "request", "records", "report", "review")


def plans(visit: Visit, locale: str) -> Iterator[str]:
    """The list of plans, each part of a room just begun, and what waits for whoever decides."""
    enter(visit, "learner", locale)
    go(visit, "/plan")
    yield "plan list"
    planning.begin_plan(visit)
    for name in PLAN_TABS:
        planning.tab(visit, name)
        settle(visit)
        yield f"plan {name}"
    visit.page.context.clear_cookies()
    enter(visit, "approver", locale)
    go(visit, "/plan")
    yield "plan inbox"


WALKS = walking.WALKS | {"plans": plans}


def shoot(kits: dict[str, Kit], browser: Any, folder: Path, words: set[str]) -> None:
    """Walk every walk that the words leave over, in every look they leave over."""
    looks = [
        look
        for look in product(WIDTHS, LOCALES, SCHEMES)
        if all(
            not words & set(choices) or one in words
            for one, choices in zip(look, (WIDTHS, LOCALES, SCHEMES), strict=True)
        )
    ]
    walks = [name for name in WALKS if not words & set(WALKS) or name in words]
    for (width, locale, scheme), walk in product(looks, walks):
        kit = kits[OFFICES.get(walk, "demo")]
        with visiting(kit, browser, width=int(width), height=800, color_scheme=scheme) as visit:
            for state in WALKS[walk](visit, locale):
                visit.page.evaluate("scrollTo(0, 0)")
                name = re.sub(r"\W+", "-", state).strip("-")
                visit.page.screenshot(path=folder / f"{name}.{width}.{locale}.{scheme}.png", full_page=True)


def paper(kit: Kit, browser: Any, folder: Path) -> None:
    """The printed sheets as PDF, after a practice was finished by the walk."""
    for locale in LOCALES:
        with visiting(kit, browser, color_scheme="dark") as visit:
            enter(visit, "approver", locale)
            for name, path in PRINTED.items():
                go(visit, path).pdf(path=folder / f"{name}.{locale}.pdf", format="A4", print_background=False)


def readme(kit: Kit, browser: Any) -> None:
    """The one picture of the README: an answered question on a phone, tall enough to be seen whole."""
    with visiting(kit, browser, width=360, height=1500, device_scale_factor=1.5, color_scheme="light") as visit:
        visit.enter_as("learner").open("/quiz?form=cps-practice")
        settle(visit)
        visit.answer(visit.wait_for_card(), 1)
        target = ROOT / "docs" / "images" / "quiz-phone.png"
        target.parent.mkdir(exist_ok=True)
        visit.page.screenshot(path=target)


def main(arguments: list[str]) -> None:
    """Start the offices in a temporary folder, visit, stop."""
    path = get_browser()
    places = arguments[:1]
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(path) if path else None, args=list(ARGUMENTS))
        kits = {"demo": Kit(Path(temporary) / "demo", "--demo")}
        try:
            if "--readme" in arguments:
                readme(kits["demo"], browser)
                return
            kits |= {name: Kit(Path(temporary) / name) for name in ("blank_office", "empty_office")}
            command(kits["empty_office"], "person", "add", "T001", "อารี ตัวอย่าง", "--role", "trainer")
            folder = Path(places[0]) if places else ROOT / "screenshots"
            folder.mkdir(parents=True, exist_ok=True)
            shoot(kits, browser, folder, set(arguments[1:]))
            paper(kits["demo"], browser, folder)
        finally:
            for kit in kits.values():
                kit.stop()
            browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
