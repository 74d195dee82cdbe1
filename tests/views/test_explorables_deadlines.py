"""Deadlines over the office's calendar: the days of the fact sheet, what is closed around them, and no ruling on extension."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.views.explorable_states import *  # noqa: F403 - the fixtures

if TYPE_CHECKING:
    from playwright.sync_api import Page


def choose(page: Page, case: str, day: int, month: str, year: int) -> None:
    page.locator(f"[data-key='case:{case}']").click()
    page.locator("[data-key='start:day']").select_option("1")  # no step over the end of a month on the way
    page.locator("[data-key='start:year']").select_option(label=str(year))
    page.locator("[data-key='start:month']").select_option(label=month)
    page.locator("[data-key='start:day']").select_option(str(day))


def due(page: Page) -> str:
    return page.locator(".cps-due-day").inner_text()


def until(page: Page) -> str:
    return page.locator(".cps-last-day").inner_text().strip()


@pytest.mark.parametrize(
    ("case", "start", "expected", "tag", "last"),
    [
        ("first", (15, "พ.ค.", 2566), "วันอาทิตย์ที่ 13 ส.ค. 2566", "วันหยุดสุดสัปดาห์", "วันศุกร์ที่ 11 ส.ค. 2566"),
        ("yearly", (31, "มี.ค.", 2566), "วันจันทร์ที่ 28 ส.ค. 2566", "เป็นวันทำการ", "วันจันทร์ที่ 28 ส.ค. 2566"),
        ("yearly", (31, "ธ.ค.", 2565), "วันอังคารที่ 30 พ.ค. 2566", "เป็นวันทำการ", "วันอังคารที่ 30 พ.ค. 2566"),
        ("yearly", (30, "พ.ย.", 2565), "วันเสาร์ที่ 29 เม.ย. 2566", "วันหยุดสุดสัปดาห์", "วันศุกร์ที่ 28 เม.ย. 2566"),
        ("yearly", (30, "ก.ย.", 2565), "วันจันทร์ที่ 27 ก.พ. 2566", "เป็นวันทำการ", "วันจันทร์ที่ 27 ก.พ. 2566"),
        ("first", (3, "พ.ค.", 2566), "วันอังคารที่ 1 ส.ค. 2566", "วันอาสาฬหบูชา", "วันพฤหัสบดีที่ 27 ก.ค. 2566"),
    ],
)
def test_the_days_of_the_fact_sheet(
    page: Page, show: Any, case: str, start: tuple[int, str, int], expected: str, tag: str, last: str
) -> None:
    show("deadline_explorer")
    choose(page, case, *start)
    days = {"first": 90, "yearly": 150}[case]
    assert due(page) == f"ครบ {days} วัน: {expected} {tag}"
    assert until(page) == f"วันทำการสุดท้ายในกำหนด: {last}"


def test_the_calendar_marks_the_days_and_names_the_holidays(page: Page, show: Any) -> None:
    show("deadline_explorer")
    assert page.locator(".cps-end .cps-date").inner_text() == "13"
    assert page.locator("td.cps-open .cps-date").inner_text() == "11"
    assert page.locator("td.cps-shut .cps-date").all_inner_texts() == ["12", "13", "14", "19", "20"]
    assert page.locator(".cps-around li").all_inner_texts() == ["14 ส.ค. 2566 วันหยุดชดเชยวันแม่แห่งชาติ"]
    assert "วันครบกำหนด วันหยุด" in page.locator("td.cps-end").text_content()


def test_a_deadline_on_a_closed_day_is_shown_and_not_ruled_on(page: Page, show: Any) -> None:
    show("deadline_explorer")
    assert "ชุดฝึกไม่ชี้ขาด" in page.locator(".cps-until").inner_text()
    choose(page, "yearly", 31, "มี.ค.", 2566)
    assert "ชี้ขาด" not in page.locator(".cps-until").inner_text()


def test_what_is_not_in_the_handbook_says_so(page: Page, show: Any) -> None:
    show("deadline_explorer")
    page.locator("[data-key='case:yearly']").click()
    assert page.locator(".cps-source .cps-tag").inner_text() == "ควรตรวจสอบกับกฎหมายฉบับปัจจุบัน"


def test_a_day_past_the_calendar_is_said_to_be_past_it(page: Page, show: Any) -> None:
    show("deadline_explorer")
    choose(page, "yearly", 30, "มิ.ย.", 2566)
    assert due(page).startswith("ครบ 150 วัน: วันจันทร์ที่ 27 พ.ย. 2566")
    assert "วันเสาร์ที่ 30 ก.ย. 2566" in page.locator(".cps-unknown").inner_text()
    choose(page, "yearly", 31, "มี.ค.", 2566)
    assert page.locator(".cps-unknown").count() == 0


def test_a_day_that_is_not_becomes_the_last_of_its_month(page: Page, show: Any) -> None:
    show("deadline_explorer")
    choose(page, "first", 31, "ม.ค.", 2566)
    page.locator("[data-key='start:month']").select_option(label="ก.พ.")
    assert page.locator("[data-key='start:day']").input_value() == "28"
    assert due(page).startswith("ครบ 90 วัน: วันจันทร์ที่ 29 พ.ค. 2566")


def test_a_step_of_one_day_by_keyboard_is_heard(page: Page, show: Any) -> None:
    show("deadline_explorer")
    page.get_by_role("button", name="เร็วขึ้น 1 วัน").focus()
    page.keyboard.press("Enter")
    assert "วันเสาร์ที่ 12 ส.ค. 2566" in page.locator(".cps-announce").inner_text()
    assert page.evaluate("document.activeElement.innerText") == "เร็วขึ้น 1 วัน"
    page.keyboard.press("Tab")
    for _ in range(3):
        page.keyboard.press("Enter")
    assert due(page).startswith("ครบ 90 วัน: วันอังคารที่ 15 ส.ค. 2566")


def test_in_english_the_days_carry_both_eras(page: Page, show: Any) -> None:
    show("deadline_explorer", "en")
    assert due(page) == "90 days end on Sunday 13 Aug 2023 (B.E. 2566) Weekend"
