"""The 80 per cent as a learner tries it: whole people, no rounding up, Thai digits, who does not count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.views.explorable_states import *  # noqa: F403 - the fixtures

if TYPE_CHECKING:
    from playwright.sync_api import Page


def fill(page: Page, name: str, text: str) -> None:
    page.locator(f"[data-key='number:{name}']").fill(text)


def told(page: Page) -> tuple[str, str]:
    return page.locator(".cps-result").inner_text(), page.locator(".cps-verdict").inner_text().strip()


def test_it_begins_one_person_short(page: Page, show: Any) -> None:
    show("participation_calculator")
    assert told(page) == ("37 จาก 47 คน = ร้อยละ 78.72", "ยังขาด 1 คน")
    assert page.locator(".cps-people > span").count() == 47
    assert page.locator(".cps-people > .cps-there").count() == 37
    assert (
        page.evaluate("[...document.querySelectorAll('.cps-people > span')].findIndex((e) => e.matches('.cps-line'))")
        == 37
    )


@pytest.mark.parametrize(
    ("total", "joined", "rate", "verdict"),
    [
        (47, 38, "80.85", "ถึงร้อยละ 80 แล้ว"),
        (45, 36, "80.00", "ถึงร้อยละ 80 แล้ว"),
        (49, 39, "79.59", "ยังขาด 1 คน"),
        (54, 43, "79.63", "ยังขาด 1 คน"),
        (199, 159, "79.90", "ยังขาด 1 คน"),
        (1, 0, "0.00", "ยังขาด 1 คน"),
        (200, 200, "100.00", "ถึงร้อยละ 80 แล้ว"),
        (3, 2, "66.67", "ยังขาด 1 คน"),
    ],
)
def test_only_whole_people_reach_it(page: Page, show: Any, total: int, joined: int, rate: str, verdict: str) -> None:
    show("participation_calculator")
    fill(page, "total", str(total))
    fill(page, "joined", str(joined))
    assert told(page) == (f"{joined} จาก {total} คน = ร้อยละ {rate}", verdict)


def test_thai_digits_are_read_and_nonsense_is_named_without_losing_what_was_there(page: Page, show: Any) -> None:
    show("participation_calculator")
    fill(page, "joined", "๓๘")
    assert told(page) == ("38 จาก 47 คน = ร้อยละ 80.85", "ถึงร้อยละ 80 แล้ว")
    for nonsense in ("", "38.5", "-1", "48", "สาม"):
        fill(page, "joined", nonsense)
        field = page.locator("[data-key='number:joined']")
        assert field.get_attribute("aria-invalid") == "true"
        assert (
            page.locator(f"[id='{field.get_attribute('aria-describedby')}']").inner_text() == "โปรดพิมพ์จำนวนเต็ม 0 ถึง 47"
        )
        assert told(page)[0].startswith("38 จาก 47")
    page.keyboard.press("Tab")
    assert page.locator("[data-key='number:joined']").input_value() == "38"


def test_a_smaller_unit_takes_the_people_with_it(page: Page, show: Any) -> None:
    show("participation_calculator")
    fill(page, "total", "30")
    assert told(page) == ("30 จาก 30 คน = ร้อยละ 100.00", "ถึงร้อยละ 80 แล้ว")
    assert page.locator("[data-key='slide:joined']").get_attribute("max") == "30"


def test_guests_and_second_signatures_change_nothing(page: Page, show: Any) -> None:
    show("participation_calculator")
    before = told(page)
    fill(page, "guests", "20")
    fill(page, "again", "9")
    assert told(page) == before
    reasons = page.locator(".cps-reasons").inner_text()
    assert "ใบลงชื่อมี 66 รายการ แต่นับได้ 37 คน" in reasons
    assert "แขก 20 คน" in reasons
    fill(page, "guests", "0")
    fill(page, "again", "0")
    assert "ใบลงชื่อ" not in page.locator(".cps-reasons").inner_text()


def test_slider_and_buttons_by_keyboard_are_heard(page: Page, show: Any) -> None:
    show("participation_calculator")
    page.locator("[data-key='slide:joined']").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".cps-announce").inner_text().startswith("38 จาก 47 คน = ร้อยละ 80.85")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert told(page)[0].startswith("39 จาก 47")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "เพิ่ม 1: คนในหน่วยงานที่เข้าร่วม"


def test_numbers_that_go_wrong_can_be_pressed(page: Page, show: Any) -> None:
    show("participation_calculator")
    page.get_by_role("button", name="มา 39 จาก 49").click()
    assert told(page) == ("39 จาก 49 คน = ร้อยละ 79.59", "ยังขาด 1 คน")
    assert "39.2 ต้องมีอย่างน้อย 40 คน" in page.locator(".cps-reasons").inner_text()
