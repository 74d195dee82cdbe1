"""Cards into bins as a learner meets them: the reason after each press, what is worth another look, no mouse needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.views.explorable_states import *  # noqa: F403 - the fixtures

if TYPE_CHECKING:
    from playwright.sync_api import Page


def focused_key(page: Page) -> str | None:
    return page.evaluate("document.activeElement.dataset.key")


def press(page: Page, bin_id: str) -> None:
    page.locator(f"[data-key='bin:{bin_id}']").click()


def go_on(page: Page) -> None:
    page.locator("[data-key=next]").click()


def label(state: dict[str, Any], bin_id: str) -> str:
    return next(one["label"] for one in state["bins"] if one["id"] == bin_id)


def test_a_right_choice_says_so_with_its_reason_and_clause(page: Page, show: Any) -> None:
    state = show("coordination_router")
    card = state["cards"][0]
    press(page, card["bin"])
    why = page.locator(".cps-why")
    assert why.locator(".cps-verdict").inner_text() == f"ถูกต้อง อยู่ที่{label(state, card['bin'])}"
    assert card["why"] in why.inner_text()
    assert why.locator(".cps-cite b").all_inner_texts() == ["แนวทางการปฏิบัติงาน ข้อ 19.1"]


def test_another_choice_says_where_it_belongs_and_why_not_there(page: Page, show: Any) -> None:
    state = show("coordination_router")
    card = state["cards"][0]
    press(page, "centre")
    shown = page.locator(".cps-why").inner_text()
    assert label(state, "formation") in shown
    assert card["why"] in shown
    assert card["instead"]["centre"] in shown
    assert "ยังไม่ถูก" not in shown
    assert page.locator("[data-key='bin:centre']").inner_text().endswith("คุณเลือก")
    assert page.locator("[data-key='bin:formation']").inner_text().endswith("คำตอบ")


def test_a_choice_is_heard_and_keeps_the_focus(page: Page, show: Any) -> None:
    card = show("coordination_router")["cards"][0]
    page.locator("[data-key='bin:business']").focus()
    page.keyboard.press("Enter")
    heard = page.locator(".cps-announce").inner_text()
    assert "กลุ่มจัดตั้งและส่งเสริมสหกรณ์" in heard
    assert card["why"] in heard
    assert focused_key(page) == "bin:business"


def test_a_second_press_changes_nothing(page: Page, show: Any) -> None:
    show("coordination_router")
    press(page, "centre")
    page.locator("[data-key='bin:formation']").click(force=True)
    assert page.locator("[data-key='bin:centre']").inner_text().endswith("คุณเลือก")
    assert page.locator(".cps-verdict").inner_text().startswith("เรื่องนี้อยู่ที่")


def test_the_whole_round_by_keyboard_alone(page: Page, show: Any) -> None:
    state = show("evidence_sorter")
    for n, card in enumerate(state["cards"], 1):
        assert f"เรื่องที่ {n} จาก 10" in page.locator(".cps-card").inner_text()
        while focused_key(page) != f"bin:{card['bin']}":
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        while focused_key(page) != "next":
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        if n < 10:
            assert page.evaluate("document.activeElement.innerText") == state["cards"][n]["text"]
    assert page.locator("h3").inner_text() == "แยกได้ตั้งแต่ครั้งแรก 10 จาก 10 เรื่อง"
    assert page.locator(".cps-again").count() == 0


def test_the_summary_offers_only_what_is_worth_another_look(page: Page, show: Any) -> None:
    state = show("evidence_sorter")
    for n, card in enumerate(state["cards"]):
        press(page, card["bin"] if n not in (1, 4) else "opinion")
        go_on(page)
    assert page.locator("h3").inner_text() == "แยกได้ตั้งแต่ครั้งแรก 8 จาก 10 เรื่อง"
    again = page.locator(".cps-again li")
    assert again.count() == 2
    assert state["cards"][1]["text"] in again.nth(0).inner_text()
    assert "คำบอกเล่า" in again.nth(0).inner_text()
    page.locator("[data-key='again-these']").click()
    assert page.locator(".cps-situation").inner_text() == state["cards"][1]["text"]
    for n in (1, 4):
        press(page, state["cards"][n]["bin"])
        go_on(page)
    assert page.locator("h3").inner_text() == "แยกได้ตั้งแต่ครั้งแรก 2 จาก 2 เรื่อง"
    page.locator("[data-key=again]").click()
    assert "เรื่องที่ 1 จาก 10" in page.locator(".cps-card").inner_text()
    assert page.locator(".cps-why").count() == 0


def test_to_check_first_is_no_mistake_and_for_open_figures_the_answer(page: Page, show: Any) -> None:
    state = show("law_router")
    press(page, "check")
    assert page.locator(".cps-verdict").inner_text().startswith("คิดรอบคอบดี")
    go_on(page)
    press(page, "coop")
    go_on(page)
    assert state["cards"][2]["id"] == "dividend"
    press(page, "check")
    assert page.locator(".cps-verdict").inner_text().startswith("ถูกต้อง")
    assert page.locator(".cps-verdict .cps-tag").inner_text() == "ควรตรวจสอบกับกฎหมายฉบับปัจจุบัน"


def test_the_board_fills_under_its_steps(page: Page, show: Any) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate("document.querySelector('main').className = 'wide'")
    state = show("planning_board")
    cards = state["cards"]
    press(page, cards[0]["bin"])
    column = page.locator(".cps-place").nth(0)
    assert column.locator(".cps-placed li").all_inner_texts() == [cards[0]["text"]]
    for card in cards[1:]:
        go_on(page)
        press(page, card["bin"])
    go_on(page)
    assert page.locator(".cps-placed").count() == 5
    assert page.locator(".cps-placed li").count() == len(cards)
    assert "ล่างขึ้นบน · Bottom up" in page.locator(".cps-place").nth(2).inner_text()
    assert "บนลงล่าง · Top down" in page.locator(".cps-place").nth(3).inner_text()
    assert page.locator(".cps-place .cps-cite b").all_inner_texts() == [
        f"แนวทางการปฏิบัติงาน ข้อ 8.{n}" for n in range(1, 6)
    ]


def test_on_a_phone_the_steps_say_how_many_lie_there(page: Page, show: Any) -> None:
    state = show("planning_board")
    press(page, state["cards"][0]["bin"])
    assert page.locator(".cps-place").nth(0).locator(".cps-n").inner_text() == "วางแล้ว 1 ใบ"
    assert not page.locator(".cps-placed").is_visible()
