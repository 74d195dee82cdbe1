"""The chart of duties and the ageing of debts, as a learner mends and reckons with them: no mouse needed, every change is heard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.views.explorable_states import *  # noqa: F403 - the fixtures

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


# Duties ------------------------------------------------------------------------------------------------------------


def give(page: Page, case: str, duty: str, person: str) -> None:
    page.locator(f"[data-key='duty:{case}:{duty}']").select_option(person)


def card(page: Page, name: str) -> Locator:
    return page.locator(".cps-person", has=page.locator("h3", has_text=name))


def state(page: Page) -> str:
    return page.locator(".cps-state").first.inner_text().strip()


def heard(page: Page) -> str:
    return page.locator(".cps-announce").inner_text()


def test_what_should_be_kept_apart_is_named_at_the_person_with_why_and_clause(page: Page, show: Any) -> None:
    data = show("duties_chart")
    assert state(page) == "ยังมี 4 จุดที่ควรแก้"
    cashier = card(page, "เจ้าหน้าที่การเงิน")
    assert cashier.locator(".cps-fault b").all_inner_texts()[:4:2] == [
        "รับ จ่าย และเก็บเงินสด + ลงบัญชี",
        "รับ จ่าย และเก็บเงินสด + ตรวจนับเงินสดและลงนาม",
    ]
    assert data["pairs"][0]["why"] in cashier.inner_text()
    assert cashier.locator(".cps-cite b").all_inner_texts() == [
        "แนวทางการปฏิบัติงาน ข้อ 13",
        "แนวทางการปฏิบัติงาน ข้อ 6",
        "แนวทางการปฏิบัติงาน ข้อ 6",
    ]
    assert card(page, "ผู้จัดการ").locator(".cps-fault").count() == 0
    assert page.locator(".cps-done").count() == 0


def test_a_duty_is_given_away_by_keyboard_heard_and_keeps_the_focus(page: Page, show: Any) -> None:
    show("duties_chart")
    page.locator("[data-key='duty:trading:books']").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.key") == "duty:trading:books"
    assert card(page, "เจ้าหน้าที่บัญชี").locator(".cps-duty").all_inner_texts() == ["ลงบัญชี"]
    assert state(page) == "ยังมี 3 จุดที่ควรแก้"
    assert heard(page).startswith("ให้เจ้าหน้าที่บัญชีทำแล้ว: ลงบัญชี ยังมี 3 จุดที่ควรแก้")


def test_a_move_that_makes_something_new_says_what(page: Page, show: Any) -> None:
    data = show("duties_chart")
    give(page, "trading", "books", "manager")
    why = next(pair["why"] for pair in data["pairs"] if pair["duties"] == ["approve", "books"])
    assert why in card(page, "ผู้จัดการ").inner_text()
    assert why in heard(page)
    assert state(page) == "ยังมี 4 จุดที่ควรแก้"


def test_daily_work_is_not_a_directors(page: Page, show: Any) -> None:
    data = show("duties_chart")
    give(page, "trading", "books", "chair")
    rule = next(rule for rule in data["rules"] if "books" in rule["duties"])
    assert rule["why"] in card(page, "ประธานกรรมการ").inner_text()
    assert card(page, "ประธานกรรมการ").locator(".cps-cite b").inner_text() == "แนวทางการปฏิบัติงาน ข้อ 5"


def test_at_nothing_left_it_says_so_and_offers_the_other_cooperative(page: Page, show: Any) -> None:
    data = show("duties_chart")
    for duty, person in (("books", "bookkeeper"), ("count", "director"), ("stock", "bookkeeper")):
        give(page, "trading", duty, person)
    assert state(page) == "ไม่มีจุดที่ควรแก้แล้ว"
    assert page.locator(".cps-fault").count() == 0
    assert data["cases"][0]["done"] in page.locator(".cps-done").inner_text()
    assert data["cases"][0]["done"] in heard(page)
    page.locator("[data-key=another]").click()
    assert data["cases"][1]["note"] in page.locator(".cps-card").inner_text()
    assert page.locator("[data-key='case:credit']").get_attribute("aria-pressed") == "true"
    page.locator("[data-key='case:trading']").click()
    assert state(page) == "ไม่มีจุดที่ควรแก้แล้ว", "what was mended stays mended"
    give(page, "trading", "stock", "keeper")
    page.locator("[data-key='again']").click()
    assert state(page) == "ยังมี 4 จุดที่ควรแก้"


def test_with_two_staff_directors_must_help(page: Page, show: Any) -> None:
    data = show("duties_chart")
    page.locator("[data-key='case:credit']").click()
    assert card(page, "ยังไม่มีใครทำ").locator(".cps-duty").all_inner_texts() == ["ตรวจนับเงินสดและลงนาม"]
    give(page, "credit", "books", "lender")
    confirm = next(pair["why"] for pair in data["pairs"] if pair["duties"] == ["books", "confirm"])
    assert confirm in card(page, "เจ้าหน้าที่สินเชื่อ").inner_text(), "mending one thing made another"
    for duty in ("confirm", "count", "key"):
        give(page, "credit", duty, "director")
    assert state(page) == "ไม่มีจุดที่ควรแก้แล้ว"
    assert card(page, "ยังไม่มีใครทำ").count() == 0


# Ageing ------------------------------------------------------------------------------------------------------------


def reckoning(page: Page) -> list[str]:
    return page.locator(".cps-reckoning dd").all_inner_texts()


def row(page: Page, name: str) -> list[str]:
    return page.locator("tbody tr", has=page.locator("th", has_text=name)).locator("td").all_inner_texts()


def test_the_years_are_told_apart_by_their_share_overdue(page: Page, show: Any) -> None:
    show("ageing_explorer")
    figures = page.locator(".cps-figures b").all_inner_texts()
    assert figures == ["ค้าง 18.0 %", "ค้าง 20.5 %", "ค้าง 25.0 %", "ค้าง 30.5 %", "ค้าง 37.0 %"]
    assert row(page, "รวมค้างชำระ") == ["21,240,000", "37.0"]
    assert row(page, "เงินกู้ทั้งหมด") == ["57,400,000", "100.0"]
    assert page.locator(".cps-against dd b").all_inner_texts() == ["14,018,000", "2,400,000", "11,618,000"]
    longest, shortest = (page.locator(".cps-bar").nth(n).bounding_box()["width"] for n in (4, 0))
    assert shortest / longest == pytest.approx(42.15 / 57.40, abs=0.01)


def test_another_year_by_keyboard(page: Page, show: Any) -> None:
    show("ageing_explorer")
    page.locator("[data-key='year:2562']").focus()
    page.keyboard.press("Enter")
    assert row(page, "ค้าง 3–5 ปี") == ["1,063,000", "2.5"]
    assert page.locator(".cps-against dd b").all_inner_texts() == ["3,795,000", "1,900,000", "1,895,000"]
    assert heard(page) == "อายุหนี้ ณ 31 มี.ค. 2562 ค้าง 18.0 %"
    assert page.evaluate("document.activeElement.dataset.key") == "year:2562"


@pytest.mark.parametrize(
    ("percent", "numbers", "told"),
    [
        (100, ["14,018,000", "−2,400,000", "11,618,000"], ["เกินทุนสำรอง 7,030,000 บาท อยู่ 4,588,000 บาท", "13,637,000"]),
        (50, ["7,009,000", "−2,400,000", "4,609,000"], ["ยังไม่เกินทุนสำรอง 7,030,000 บาท ถ้าหักออกจะเหลือ 2,421,000 บาท", "20,646,000"]),
        (15, ["2,102,700", "−2,400,000"], ["ค่าเผื่อที่มีรองรับได้"]),
    ],
)  # fmt: skip
def test_what_cannot_be_collected_falls_on_allowance_then_equity(
    page: Page, show: Any, percent: int, numbers: list[str], told: list[str]
) -> None:
    show("ageing_explorer")
    slider = page.locator("[data-key=lost]")
    slider.focus()
    for _ in range(abs(percent - 50) // 5):
        page.keyboard.press("ArrowRight" if percent > 50 else "ArrowLeft")
    assert slider.get_attribute("aria-valuetext") == f"ร้อยละ {percent}"
    assert reckoning(page) == numbers
    said = page.locator(".cps-outcome ul").inner_text()
    for words in told:
        assert words in said
        assert percent == 50 or words in heard(page)


def test_what_was_renewed_on_the_same_day_is_taken_out_of_hiding(page: Page, show: Any) -> None:
    show("ageing_explorer")
    page.locator("[data-key='year:2565']").click()
    page.locator("[data-key=apart]").focus()
    page.keyboard.press("Space")
    assert page.locator("[data-key='year:2566']").get_attribute("aria-pressed") == "true"
    assert row(page, "ต่อสัญญาวันเดียวกัน") == ["6,900,000", "12.0"]
    assert row(page, "ยังไม่ถึงกำหนด") == ["29,260,000", "51.0"]
    assert row(page, "รวมค้างชำระ") == ["28,140,000", "49.0"]
    assert page.locator(".cps-figures b").all_inner_texts()[3:] == ["ค้าง 30.5 %", "ค้าง 49.0 %"]
    assert "หนี้ค้างจะเป็นร้อยละ 49.0 ไม่ใช่ 37.0" in page.locator(".cps-aside").first.inner_text()
    assert reckoning(page)[0] == "7,009,000", "how old it is, is not known: not among the old ones"
    page.keyboard.press("Space")
    assert row(page, "รวมค้างชำระ") == ["21,240,000", "37.0"]
    assert "ค้าง 49.0" not in page.locator(".cps-card").inner_text()


def test_on_grey_paper_each_age_has_a_pattern_of_its_own(page: Page, show: Any) -> None:
    show("ageing_explorer")
    page.locator("[data-key=apart]").check()
    page.emulate_media(media="print")
    looks = page.evaluate(
        "[...document.querySelectorAll('tbody i')].map((e) => getComputedStyle(e)).map((s) => s.backgroundImage + s.backgroundColor)"
    )
    assert len(looks) == len(set(looks)) == 6
    exact = page.evaluate("getComputedStyle(document.querySelector('.cps-bar > .cps-part')).printColorAdjust")
    assert exact == "exact"
