"""The page of item statistics in the demo office, at a phone and a desk: found, filtered, opened down to its rows, for everybody."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.checks import axe_finds, foreign_words, hard_to_hit
from tests.browser.walking import enter, go, settle
from tests.kit import visiting


def faults(page, width, locale):
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [
        *([] if wide <= width else [f"{wide} px wide"]),
        *axe_finds(page),
        *foreign_words(page, locale),
        *(hard_to_hit(page) if width == 360 else []),
    ]


@pytest.mark.parametrize(("width", "locale", "scheme"), [(360, "th", "light"), (1280, "en", "dark")])
def test_staff_find_the_page_and_open_a_figure_down_to_its_rows(kit, browser, width, locale, scheme):
    with visiting(kit, browser, width=width, height=780, color_scheme=scheme) as visit:
        page = visit.page
        enter(visit, "trainer", locale)
        page.locator(".shell-account > summary").click()
        page.locator(".shell-sheet a[href='/items']").click()
        page.wait_for_url("**/items")
        settle(visit)
        entries = page.locator("[data-section=items] .cps-entry")
        expect(entries).to_have_count(12)
        found = {"as it opens": faults(page, width, locale)}

        page.locator("[data-key='more:items']").click()
        whole = entries.count()
        assert whole > 12
        expect(entries.nth(12).locator(":scope > details > summary")).to_be_focused()

        form = page.locator("[data-key='filter:forms']")
        form.select_option("onboarding-before")
        chosen = entries.count()
        assert 0 < chosen < whole
        expect(page.locator("[data-section=items]")).to_contain_text(re.compile(rf"(?<!\d){chosen}(?!\d)"))

        entries.first.locator(":scope > details > summary").press("Enter")
        figures = entries.first.locator(".cps-fig")
        expect(figures).to_have_count(5)
        expect(figures.last.locator("table")).to_be_visible()
        facility = figures.first
        expect(facility.locator("table")).to_be_hidden()
        facility.locator("summary").click()
        expect(facility.locator("tbody tr").first).to_be_visible()
        expect(facility.locator(".cps-how")).to_be_visible()
        for part in ("clauses", "forms", "gains"):
            first = page.locator(f"[data-section={part}] .cps-entry").first
            first.locator(":scope > details > summary").click()
            first.locator(".cps-fig > summary").first.click()
        found["opened"] = faults(page, width, locale)
        assert found == {"as it opens": [], "opened": []}


def test_what_a_filter_leaves_out_comes_back_and_nothing_fits_says_so(kit, browser):
    with visiting(kit, browser) as visit:
        visit.enter_as("trainer")
        page = go(visit, "/items")
        clause = page.locator("[data-key='filter:clauses']")
        before = page.locator("[data-section=items] .cps-entry").first.inner_text()
        page.locator("[data-key='filter:forms']").select_option("onboarding-before")
        options = clause.locator("option").evaluate_all("all => all.map((o) => o.value)")
        said = page.locator("[data-section=items] .cps-filters + p")
        for value in options[1:]:
            clause.select_option(value)
            shown = page.locator("[data-section=items] .cps-entry").count()
            expect(said).to_contain_text(re.compile(rf"\b{shown}\b" if shown else r"^\D+$"))
            if not shown:
                break
        else:
            pytest.fail("every clause is in that form: the test proves nothing")
        clause.select_option("")
        page.locator("[data-key='filter:forms']").select_option("")
        assert page.locator("[data-section=items] .cps-entry").first.inner_text() == before
