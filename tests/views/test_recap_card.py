"""What to keep of a lesson: its points open their clauses, and it prints without the page around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.views import samples
from tests.views.harness import mount, sent

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_each_point_opens_its_clause(page: Page) -> None:
    mount(page, "recap_card", samples.RECAP)
    page.get_by_role("button", name="ข้อ 3.2 ของระบบ CPS").click()
    assert sent(page) == [{"kind": "clause", "id": "cps.3.2"}]


def test_it_prints_alone_and_leaves_no_trace(page: Page) -> None:
    mount(page, "recap_card", samples.RECAP)
    page.evaluate("""() => {
        document.body.insertAdjacentHTML("afterbegin", "<p id=before>บทเรียน</p>");
        document.querySelector("main").insertAdjacentHTML("beforeend", "<p id=after>บทเรียน</p>");
        window.print = () => {};
    }""")
    page.get_by_role("button", name="พิมพ์บัตรสรุปหน้านี้").click()
    page.emulate_media(media="print")
    assert page.get_by_text("ขออนุญาตสหกรณ์จังหวัดก่อนไป").is_visible()
    assert [page.locator(name).is_visible() for name in ("#before", "#after")] == [False, False]
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert [page.locator(name).is_visible() for name in ("#before", "#after")] == [True, True]
    assert page.locator("main").get_attribute("style") is None


def test_a_certificate_prints_alone_too(page: Page) -> None:
    mount(page, "certificate_card", {"certificate": samples.CERTIFICATE, "labels": {"print": "พิมพ์เกียรติบัตร"}})
    page.evaluate("""() => {
        document.body.insertAdjacentHTML("afterbegin", "<p id=before>บันทึกการเรียน</p>");
        window.print = () => {};
    }""")
    page.get_by_role("button", name="พิมพ์เกียรติบัตร").click()
    page.emulate_media(media="print")
    assert page.get_by_text("ABCD-EFGH-IJKL-MNOP").is_visible()
    assert not page.locator("#before").is_visible()
    assert not page.get_by_role("button").is_visible()
