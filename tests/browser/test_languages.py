"""The language of a page: remembered with the person, before sign-in by the browser; and a check that finds the other one.

Every page and state is walked in both languages in test_pages.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.checks import foreign_words
from tests.browser.walking import go, settle, use_language
from tests.kit import visiting


@pytest.mark.parametrize(
    ("locale", "planted", "is_found"),
    [
        ("en", "<p>ยังไม่ได้แปล</p>", True),
        ("en", "<p data-cps-content lang='th'>ข้อความของคู่มือ</p>", False),
        ("en", "<p data-cps-content>ข้อความที่ไม่บอกภาษา</p>", True),
        ("en", "<button aria-label='ปิด'>x</button>", True),
        ("th", "<p>Not translated</p>", True),
        ("th", "<input placeholder='Search here'>", True),
        ("th", "<p>ระบบ CPS และ KM</p>", False),
    ],
)
def test_the_check_of_every_page_finds_what_it_should(kit, browser, locale, planted, is_found):
    """The walk through every page and state in both languages is in test_pages; here stands that its check can fail."""
    with visiting(kit, browser) as visit:
        page = visit.open("/sign-in").page
        use_language(visit, locale)
        assert foreign_words(page, locale) == []
        page.evaluate("text => { document.querySelector('main').insertAdjacentHTML('beforeend', text); }", planted)
        assert bool(foreign_words(page, locale)) == is_found


def test_the_language_is_remembered_with_the_person_on_another_device(own_kit, browser):
    with visiting(own_kit, browser) as office_pc:
        office_pc.enter_as("approver")
        use_language(office_pc, "en")
    with visiting(own_kit, browser) as phone:
        expect(phone.open("/sign-in").page.locator("html")).to_have_attribute("lang", "th")  # nobody is known yet
        settle(phone.enter_as("approver"))
        expect(phone.page.locator("html")).to_have_attribute("lang", "en")
        go(phone, "/quiz")
        expect(phone.page.get_by_role("heading", name="Quizzes")).to_be_visible()
        use_language(phone, "th")
    with visiting(own_kit, browser) as another:
        another.enter_as("approver")
        expect(another.page.locator("html")).to_have_attribute("lang", "th")


def test_before_signing_in_the_browser_remembers(kit, browser):
    with visiting(kit, browser) as visit:
        page = visit.open("/sign-in").page
        use_language(visit, "en")
        expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
        visit.open("/no-such-page")
        expect(page.locator("html")).to_have_attribute("lang", "en")
        visit.open("/sign-in")
        expect(page.locator("html")).to_have_attribute("lang", "en")
