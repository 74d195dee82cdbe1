"""Somebody looks something up, at both widths and in both languages: a whole phrase finds its clause, the keyboard opens it and comes
back, and the clause says what its reader has answered. Wherever one stands axe is content, a thumb hits, and it fits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.checks import axe_finds, foreign_words, hard_to_hit
from tests.browser.walking import go, use_language
from tests.kit import Kit, Visit, visiting

FIRST = ".cps-hits .cps-row-cite"


@pytest.fixture(params=[360, 1280], ids=["phone", "screen"])
def visit(request: Any, kit: Kit, browser: Any) -> Iterator[Visit]:
    with visiting(kit, browser, width=request.param, height=780) as made:
        made.enter_as("learner")
        yield made


def sound(visit: Visit, locale: str) -> None:
    page = visit.page
    assert axe_finds(page) == []
    is_above = page.locator("dialog.cps-sheet[open]").count() > 0  # nothing lies above a sheet, whatever the boxes say
    assert [one for one in hard_to_hit(page) if not (is_above and "lies under" in one)] == []
    assert foreign_words(page, locale) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def look_up(visit: Visit, text: str) -> Any:
    """Type it and press Enter; the first hit."""
    page = visit.page
    page.locator("main input[type=search]").fill(text)
    page.keyboard.press("Enter")
    first = page.locator(FIRST).first
    expect(first).to_be_visible()
    return first


def test_a_phrase_without_spaces_is_looked_up_by_keyboard(visit: Visit) -> None:
    use_language(visit, "th")
    page = go(visit, "/handbook")
    expect(look_up(visit, "ขออนุญาตก่อนลงพื้นที่")).to_have_attribute("data-key", "hit:cps.2.3")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("data-key", "hit:cps.2.3")
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog")
    expect(sheet.locator(".cps-seen")).to_contain_text(re.compile("คุณ(ยังไม่เคย)?ตอบคำถามของข้อนี้"))
    expect(sheet.locator(".cps-seen a")).to_have_attribute("href", re.compile(r"^/quiz\?form="))
    page.keyboard.press("Escape")
    expect(page.locator(":focus")).to_have_attribute("data-key", "hit:cps.2.3")
    sound(visit, "th")
    page.locator(FIRST).first.click()
    expect(sheet.locator(".cps-seen")).to_be_visible()
    sound(visit, "th")


def test_the_page_of_a_clause_leads_to_its_practice(visit: Visit) -> None:
    use_language(visit, "th")
    page = go(visit, "/handbook?clause=cps.2.3")
    sound(visit, "th")
    page.locator(".cps-seen a").click()
    page.wait_for_url(re.compile(r"/quiz\?form="))
    expect(page.locator("main fieldset, main .cps-card").first).to_be_visible()


def test_in_english(visit: Visit) -> None:
    use_language(visit, "en")
    page = go(visit, "/handbook")
    look_up(visit, "permision to visit").click()
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("heading", level=2)).to_contain_text("CPS 2.3")
    expect(sheet.locator(".cps-seen")).to_contain_text(re.compile("You have not answered|that you answered"))
    sound(visit, "en")
    page.keyboard.press("Escape")
    use_language(visit, "th")
