"""Every explorable of the lessons, as its function makes it: fits a phone, can be hit, read and pressed, in both languages."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import pytest

from cps_training.views import assets
from cps_training.views.lesson_widgets import EXPLORABLES
from tests.browser.checks import axe_finds, foreign_words, hard_to_hit
from tests.views.explorable_states import *  # noqa: F403 - the fixtures
from tests.views.harness import mount, sent

if TYPE_CHECKING:
    from playwright.sync_api import Page

FUNCTIONS = sorted(EXPLORABLES)
FIRST = {"sorter": ".cps-bin", "agenda_drill": ".cps-choice", "ageing_explorer": "[data-key=apart]"}
"""What to press once for the fullest state, by stem."""
OLDER = ("cycle_diagram", "gate_timeline")


def press_on(page: Page, stem: str) -> bool:
    """Brings it into its fullest state; False where it is there from the start."""
    if stem in FIRST:
        page.locator(FIRST[stem]).first.click()
    return stem in FIRST


@pytest.mark.parametrize("locale", ["th", pytest.param("en", marks=pytest.mark.thorough)])
@pytest.mark.parametrize("function", FUNCTIONS)
def test_it_fits_a_phone_and_speaks_one_language(page: Page, show: Any, function: str, locale: str) -> None:
    show(function, locale)
    page.evaluate("document.title = ''")

    def fits() -> None:
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert hard_to_hit(page) == []
        if function not in OLDER:
            assert foreign_words(page, locale) == []

    fits()
    if press_on(page, EXPLORABLES[function]):
        fits()
    assert sent(page) == [], "nothing is told to Python but a question for a clause"


@pytest.mark.parametrize("function", FUNCTIONS)
def test_axe_is_content_with_it_in_both_colours(page: Page, show: Any, function: str) -> None:
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    show(function)
    press_on(page, EXPLORABLES[function])
    assert axe_finds(page) == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert axe_finds(page) == []


@pytest.mark.parametrize("function", FUNCTIONS)
def test_its_citation_opens_the_clause(page: Page, show: Any, function: str) -> None:
    show(function)
    press_on(page, EXPLORABLES[function])
    cited = page.locator(".cps-cite").first
    clause = cited.get_attribute("data-key").rpartition(":")[2]
    cited.click()
    assert page.get_by_role("dialog").is_visible()
    assert sent(page)[0] == {"kind": "clause", "id": clause}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_on_a_wide_screen_and_on_paper_nothing_sticks_out(page: Page, show: Any, function: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate("document.querySelector('main').className = 'wide'")
    show(function)
    press_on(page, EXPLORABLES[function])
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 1000})
    assert page.evaluate("document.documentElement.scrollWidth") <= 700
    assert page.locator("h2").first.is_visible()


def test_views_drawn_twice_in_a_page_keep_apart(page: Page, make: Any) -> None:
    stem, state = make("coordination_router")
    mount(page, stem, state)
    page.evaluate("again()")
    page.locator(".cps-root").nth(1).locator(".cps-bin").first.click()
    assert page.locator(".cps-why").count() == 1
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("stem", sorted(set(EXPLORABLES.values())))
def test_a_phone_loads_little_for_it(stem: str) -> None:
    text = assets.without_comments((assets.STATIC / f"{stem}.js").read_text("utf-8"))
    assert len(gzip.compress(text.encode(), 9)) < 2_900
