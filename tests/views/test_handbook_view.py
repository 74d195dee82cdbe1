"""The handbook in a real browser: leafing, searching, the two tabs by keyboard, and what Python does with a search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cps_training.views import HandbookView
from tests.axe import WCAG, violations
from tests.views import samples
from tests.views.harness import mount, receive, sent

if TYPE_CHECKING:
    from playwright.sync_api import Page

LABELS = samples.HANDBOOK["labels"]
FOUND = {
    "text": "ขออนุญาต",
    "clauses": ["cps.2.3"],
    "terms": ["provincial-officer"],
    "say": "พบ 1 ข้อในคู่มือ และ 1 คำในอภิธานศัพท์",
}
SECTION = "[data-key='section:cps'] > summary"


def search(page: Page, text: str) -> Any:
    """Type and press Enter, as a phone's keyboard does."""
    box = page.get_by_role("searchbox", name=LABELS["search"])
    box.fill(text)
    box.press("Enter")
    return box


def test_a_section_opens_to_its_introduction_and_its_clauses(page: Page) -> None:
    mount(page, "handbook_view", samples.HANDBOOK)
    row = page.get_by_role("button", name="2.3 ขออนุญาตสหกรณ์จังหวัด")
    assert not row.is_visible()
    page.locator(SECTION).focus()
    page.keyboard.press("Enter")
    assert row.is_visible()
    page.get_by_text("ระบบ CPS คืออะไร").click()
    assert page.get_by_text("วิธีทำงานกับสหกรณ์แบบมีส่วนร่วม").is_visible()
    assert page.get_by_text("คู่มือหน้า 7–10 (ช่วงหน้าโดยประมาณ)").is_visible()


def test_the_introduction_stands_before_the_sections(page: Page) -> None:
    mount(page, "handbook_view", samples.HANDBOOK)
    text = page.get_by_role("tabpanel").inner_text()
    assert text.index("เหตุที่เลือกเรื่องนี้") < text.index("ระบบการส่งเสริมสหกรณ์")


def test_the_tabs_turn_by_arrow_keys_and_are_one_stop_of_the_tab_key(page: Page) -> None:
    mount(page, "handbook_view", samples.HANDBOOK)
    clauses, glossary = page.get_by_role("tab", name="ข้อในคู่มือ"), page.get_by_role("tab", name="อภิธานศัพท์")
    clauses.focus()
    page.keyboard.press("ArrowRight")
    assert glossary.get_attribute("aria-selected") == "true"
    assert page.evaluate("document.activeElement.dataset.key") == "tab:glossary"
    assert page.get_by_role("tabpanel").get_attribute("aria-labelledby") == glossary.get_attribute("id")
    assert page.get_by_text("Provincial Cooperative Officer").is_visible()
    assert clauses.get_attribute("tabindex") == "-1"
    page.keyboard.press("ArrowRight")
    assert clauses.get_attribute("aria-selected") == "true"
    page.keyboard.press("End")
    assert glossary.get_attribute("aria-selected") == "true"


def test_a_note_nobody_checked_says_so(page: Page) -> None:
    mount(page, "handbook_view", samples.HANDBOOK)
    page.get_by_role("tab", name="อภิธานศัพท์").click()
    first, second = page.locator(".cps-terms > li").all()[:2]
    assert samples.HANDBOOK["terms"][0]["tag"]["text"] in first.inner_text()
    assert samples.HANDBOOK["terms"][0]["tag"]["text"] not in second.inner_text()


def test_a_search_shows_clauses_and_terms_and_says_how_many(page: Page) -> None:
    mount(page, "handbook_view", samples.HANDBOOK)
    search(page, " ขออนุญาต ")
    assert sent(page) == [{"kind": "search", "text": "ขออนุญาต"}]
    assert page.locator(".cps-says").inner_text() == LABELS["searching"]
    receive(page, found=FOUND)
    page.get_by_role("button", name="ข้อ 2.3 ของระบบ CPS ขออนุญาตสหกรณ์จังหวัด").wait_for()
    assert page.locator(".cps-results").get_by_text("Provincial Cooperative Officer").is_visible()
    assert page.locator(".cps-announce").inner_text() == FOUND["say"]
    assert page.get_by_role("tab").count() == 0
    assert page.evaluate("document.activeElement.type") == "search"


def test_letters_in_a_row_are_one_question(page: Page) -> None:
    page.clock.install(time=0)
    mount(page, "handbook_view", samples.HANDBOOK)
    page.clock.pause_at(60_000)  # from here only as the test says, however slow the machine is
    box = page.get_by_role("searchbox")
    for letter in "ขอ":
        box.press_sequentially(letter)
        page.clock.run_for(100)
    assert sent(page) == []
    page.clock.run_for(250)
    assert sent(page) == [{"kind": "search", "text": "ขอ"}]


def test_an_answer_to_older_words_is_not_shown_for_the_newer_ones(page: Page) -> None:
    mount(page, "handbook_view", samples.HANDBOOK)
    search(page, "ขออนุญาต")
    search(page, "ปฏิทิน")
    receive(page, found=FOUND)
    page.evaluate("() => new Promise(requestAnimationFrame)")
    assert page.get_by_text(FOUND["say"]).count() == 0
    assert page.locator(".cps-says").inner_text() == LABELS["searching"]


def test_an_emptied_box_brings_the_book_back_as_it_was_left(page: Page) -> None:
    mount(page, "handbook_view", samples.HANDBOOK)
    page.locator(SECTION).click()
    box = search(page, "ขออนุญาต")
    receive(page, found=FOUND)
    page.get_by_text(FOUND["say"]).first.wait_for()
    box.fill("")
    assert page.get_by_role("button", name="2.3 ขออนุญาตสหกรณ์จังหวัด").is_visible()
    assert page.get_by_role("tab").count() == 2
    assert page.locator(".cps-says").inner_text() == ""
    assert page.locator(".cps-hits").count() == 0


def test_silence_is_said(page: Page) -> None:
    page.clock.install()
    mount(page, "handbook_view", samples.HANDBOOK)
    search(page, "ขออนุญาต")
    page.clock.run_for(8001)
    assert page.locator(".cps-says").inner_text() == LABELS["failed"]
    receive(page, found=FOUND)  # late, and still welcome
    page.get_by_text(FOUND["say"]).first.wait_for()


def test_the_heading_steps_back_below_a_clause(page: Page) -> None:
    mount(page, "handbook_view", {**samples.HANDBOOK, "is_below": True})
    assert page.get_by_role("heading", level=1).count() == 0
    assert page.get_by_role("heading", level=2, name="คู่มือ").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_was_found(page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    mount(page, "handbook_view", samples.HANDBOOK)
    search(page, "ขออนุญาต")
    receive(page, found=FOUND)
    page.get_by_text(FOUND["say"]).first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    found = violations(page, WCAG)
    assert [(v["id"], [node["html"][:120] for node in v["nodes"]]) for v in found] == []


# --- the Python side ------------------------------------------------------------------------------------------------


def test_a_search_is_answered_with_its_own_words() -> None:
    view = HandbookView(on_search=lambda text: {"clauses": [text], "terms": [], "say": "พบ"})
    view._handle_custom_msg({"kind": "search", "text": "ขอ"}, [])
    assert view.found == {"text": "ขอ", "clauses": ["ขอ"], "terms": [], "say": "พบ"}


@pytest.mark.parametrize(
    "message",
    [
        {"kind": "search"},
        {"kind": "search", "text": None},
        {"kind": "search", "text": "ก" * 101},
        {"kind": "search", "text": "ก", "more": 1},
    ],
)
def test_malformed_searches_reach_nobody(message: object, caplog: pytest.LogCaptureFixture) -> None:
    heard: list[str] = []
    view = HandbookView(on_search=heard.append)  # type: ignore[arg-type]
    view._handle_custom_msg(message, [])
    assert (heard, view.found) == ([], None)
    assert "malformed" in caplog.text
