"""Every page and state on a phone in light and Thai, and on a screen in dark and English: it fits, axe is content, a thumb
hits, no word of the other language, nobody else is asked. (One walk for all of it: a page costs more than a check.)"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.checks import axe_finds, foreign_words, hard_to_hit
from tests.browser.walking import OFFICES, WALKS, go, unfold
from tests.kit import visiting

LOOKS = {"phone, light, Thai": (360, "light", "th"), "screen, dark, English": (1280, "dark", "en")}
PHONE, SCREEN = LOOKS
ONCE = ("learners_pages", "staff_pages", "practice")
"""The long walks: on a screen they are only walked thoroughly; the other walks go to the same pages there."""
LATE = ("staff_pages",)
"""Walked thoroughly only: test_trainers_rooms looks at every state of these pages in two sizes and languages."""


def looks() -> list[object]:
    pairs = [(walk, look) for walk in WALKS for look in LOOKS]
    late = pytest.mark.thorough
    return [
        pytest.param(
            walk, look, marks=[late] if walk in LATE or (walk in ONCE and look == SCREEN) else [], id=f"{walk}-{look}"
        )
        for walk, look in pairs
    ]


@pytest.mark.parametrize(("walk", "look"), looks())
def test_wherever_one_stands_the_page_fits_speaks_one_language_and_can_be_used(request, browser, walk, look):
    width, scheme, locale = LOOKS[look]
    office = request.getfixturevalue(OFFICES.get(walk, "kit"))
    faults = []
    with visiting(office, browser, width=width, height=780, color_scheme=scheme) as visit:
        page, asked = visit.page, []
        page.on("request", lambda one: asked.append(one.url))
        for state in WALKS[walk](visit, locale):
            found = [*axe_finds(page), *foreign_words(page, locale)]
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                found.append(f"{wide} px wide")
            if width == 360:
                found += hard_to_hit(page)
            if not page.evaluate("document.fonts.check('16px Sarabun', 'ก')"):
                found.append("Thai has no letters of its own")
            faults += [f"{state}: {one}" for one in found]
            expect(page.locator("main")).to_have_count(1)
            expect(page.locator("html")).to_have_attribute("lang", locale)
        faults += [url for url in asked if not url.startswith((visit.kit.url, "data:", "blob:"))]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "look",
    [
        pytest.param(("light", 1280), marks=pytest.mark.thorough, id="screen in light"),
        pytest.param(("dark", 360), id="phone in dark"),
    ],
)
def test_the_other_colours_read_as_well(kit, browser, look):
    """The colours are the same tokens everywhere; the pages that use most of them stand for all."""
    scheme, width = look
    with visiting(kit, browser, width=width, color_scheme=scheme) as visit:
        visit.enter_as("trainer")
        for path in ("/trainer", "/home", "/lessons/cps-cycle"):
            go(visit, path)
            unfold(visit)
            assert axe_finds(visit.page) == [], path


def test_who_wants_no_motion_gets_none(kit, browser):
    with visiting(kit, browser, reduced_motion="reduce") as visit:
        visit.enter_as("trainer")
        for path in ("/trainer", "/lessons/cps-cycle"):
            go(visit, path)
            moving = visit.page.evaluate(
                """() => [...document.querySelectorAll('body *')].filter((e) => {
                    const s = getComputedStyle(e);
                    return s.animationName !== 'none' || s.transitionDuration.split(',').some((d) => parseFloat(d) > 0);
                }).map((e) => e.className)"""
            )
            assert moving == [], path
            assert visit.page.evaluate("document.getAnimations().length") == 0


def test_windows_own_colours_keep_every_difference(kit, browser):
    """Forced colours take tints and shadows away: what they said must still be seen as a line or a filled shape."""
    with visiting(kit, browser, forced_colors="active") as visit:
        visit.enter_as("learner")
        go(visit, "/record")
        unfold(visit)
        bars = visit.page.locator(".cps-bar").first
        colours = bars.locator("i").evaluate_all(
            "all => all.map((e) => getComputedStyle(e).backgroundColor + getComputedStyle(e).backgroundImage)"
        )
        assert len(set(colours)) == len(colours) > 1
        go(visit, "/home")
        expect(visit.page.locator(".cps-next")).to_have_css("border-top-width", "3px")
        states = visit.page.locator(".cps-legend .cps-cell").evaluate_all(
            "all => all.map((e) => getComputedStyle(e).backgroundColor + getComputedStyle(e).backgroundImage)"
        )
        assert len(set(states)) == len(states)


@pytest.mark.parametrize("path", ["/lessons/cps-cycle", "/record"])
def test_on_paper_stands_whose_it_is_and_nothing_to_press(kit, browser, path):
    with visiting(kit, browser, color_scheme="dark") as visit:
        visit.enter_as("learner")
        page = go(visit, path)
        page.emulate_media(media="print")
        head = page.locator(".shell-print")
        expect(head).to_be_visible()
        expect(head).to_contain_text(visit.kit.person("learner"))
        expect(head).to_contain_text("25")  # a year of the Buddhist era
        for gone in (".shell-bar", ".shell-tabs", "button.cps-button", ".shell-lost"):
            for one in page.locator(gone).all():
                expect(one).to_be_hidden()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.evaluate("getComputedStyle(document.querySelector('.cps-root')).color") == "rgb(0, 0, 0)"
        assert (
            page.locator("main a[href]")
            .evaluate_all("all => all.map((a) => getComputedStyle(a, '::after').content)")
            .count("none")
            == page.locator("main a[href]").count()
        )
        assert len(page.pdf(format="A4")) > 10_000
