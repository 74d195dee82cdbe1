"""Every page at 360 px and 1280 px, light and dark: nothing wider than the screen, nothing axe objects to, no CDN."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.kit import visiting

PAGES = {
    "home": "learner",
    "quiz": "learner",
    "quiz?form=cps-practice": "learner",
    "lessons/cps-cycle": "learner",
    "trainer": "trainer",
}
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def settle(visit):
    """Until the page shows its widgets."""
    visit.page.locator("main .cps-root").last.wait_for()
    expect(visit.page.locator("[aria-busy=true]")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_reads_and_asks_nobody_else(kit, browser, path, width, scheme):
    with visiting(kit, browser, width=width, color_scheme=scheme) as visit:
        asked = []
        visit.page.on("request", lambda request: asked.append(request.url))
        visit.enter_as(PAGES[path]).open(f"/{path}")
        settle(visit)
        page = visit.page
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("document.fonts.check('16px Sarabun', 'ก')")
        assert page.locator("main").count() == 1
        assert page.title().endswith("ชุดฝึก CPS")
        assert not [url for url in asked if not url.startswith((visit.kit.url, "data:", "blob:"))]
        found = Axe().run(page, options=AXE).response["violations"]
        assert not found, [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found]


@pytest.mark.parametrize("width", [360, 1280])
def test_the_sign_in_page_fits_and_can_be_used_without_a_mouse(kit, browser, width):
    with visiting(kit, browser, width=width) as visit:
        page = visit.open("/sign-in").page
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert not Axe().run(page, options=AXE).response["violations"]
        code = page.get_by_role("textbox", name="รหัสเจ้าหน้าที่")
        code.focus()
        page.keyboard.type("A001")
        page.keyboard.press("Tab")
        page.keyboard.type("not the password")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("ไม่ถูกต้อง")
        assert code.input_value() == "A001"


def test_small_targets_are_nowhere(kit, browser):
    with visiting(kit, browser, width=360) as visit:
        visit.enter_as("learner")
        for path in ("home", "quiz?form=cps-practice"):
            visit.open(f"/{path}")
            settle(visit)
            small = visit.page.evaluate(
                """() => [...document.querySelectorAll('a[href], button, summary, label:has(input)')]
                    .filter(e => e.offsetParent && !e.closest('p'))
                    .map(e => [e.innerText.trim() || e.getAttribute('aria-label'), e.getBoundingClientRect()])
                    .filter(([, r]) => r.width && (r.height < 43.5 || r.width < 43.5))
                    .map(([t, r]) => `${t}: ${r.width}x${r.height}`)"""
            )
            assert small == []
