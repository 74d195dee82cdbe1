"""Every lesson opens whole on a phone: no cell failed, nothing sticks out, and one goes on where one was."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.walking import TABLE, enter, go
from tests.kit import visiting

LESSONS = sorted(page.path for page in TABLE if page.path.startswith("/lessons/"))


def test_every_lesson_opens_whole_and_fits_a_phone(kit, browser):
    with visiting(kit, browser, width=360, height=780) as visit:
        enter(visit, "approver", "th")
        for path in LESSONS:
            page = go(visit, path)
            assert page.locator(".cps-item").count() >= 8, path
            assert page.locator("#main .shell-problem").count() == 0, path
            assert page.locator(".cps-recap h2").count() == 1, path
            sizes = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
            assert sizes[0] <= sizes[1], (path, sizes)


def test_a_lesson_leads_back_to_where_one_was(kit, browser):
    with visiting(kit, browser, width=360, height=780) as visit:
        enter(visit, "learner", "th")  # half-way through the course: one lesson is begun and not complete
        home = go(visit, "/home")
        begun = home.locator(".cps-stop.cps-begun .cps-stop-link[href^='/lessons/']").first.get_attribute("href")
        page = go(visit, begun)
        page.get_by_role("link", name="ไปต่อจากที่ค้างไว้").click()
        answered = page.locator(".cps-item", has=page.locator(".cps-feedback h3")).last
        expect(answered).to_be_in_viewport()
        assert page.evaluate("scrollY") > 1000
