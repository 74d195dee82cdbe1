"""The handbook at a glance and the round of KM duties, as a learner reads and presses through them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.views.explorable_states import *  # noqa: F403 - the fixtures

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_a_square_for_each_clause_and_the_number_in_words(page: Page, show: Any) -> None:
    state = show("handbook_map")
    assert page.locator(".cps-squares > span").count() == 70
    tiles = page.locator(".cps-tile")
    assert tiles.count() == 7
    for n, part in enumerate(state["parts"]):
        text = tiles.nth(n).inner_text()
        assert part["label"] in text
        assert part["count"] in text
        assert part["text"] in text
    assert tiles.nth(1).locator(".cps-sub").count() == 9
    assert [text.split()[-1] for text in page.locator(".cps-cite b").all_inner_texts()[:5]] == ["1"] * 5


def test_every_stop_opens_its_text_by_keyboard(page: Page, show: Any) -> None:
    state = show("km_cycle")
    for n, step in enumerate(state["steps"], 1):
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.innerText.trim()").startswith(str(n))
        assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "true"
        panel = page.locator(".cps-panel").inner_text()
        assert step["text"] in panel
        assert f"หน้าที่ KM ข้อ {n}" in panel
        assert page.locator(".cps-announce").inner_text().startswith(f"{n} {step['label']}")


def test_after_the_last_comes_the_first_again(page: Page, show: Any) -> None:
    state = show("km_cycle")
    go_on = page.locator("[data-key=next]")
    for _ in range(6):
        go_on.click()
    assert state["steps"][6]["text"] in page.locator(".cps-panel").inner_text()
    assert go_on.inner_text() == "กลับไปข้อ 1 ของรอบต่อไป"
    go_on.click()
    assert state["steps"][0]["text"] in page.locator(".cps-panel").inner_text()
    assert page.evaluate("document.activeElement.dataset.key") == "next"


def test_on_paper_the_round_is_a_list(page: Page, show: Any) -> None:
    state = show("km_cycle")
    page.emulate_media(media="print")
    assert page.locator(".cps-on-paper li").count() == 7
    assert page.locator(".cps-on-paper").is_visible()
    assert not page.locator(".cps-panel").is_visible()
    assert state["steps"][3]["text"] in page.locator(".cps-on-paper li").nth(3).inner_text()
