"""The rehearsed meeting, as a learner goes through it: why after each choice, what is open becomes a line, a list at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.views.explorable_states import *  # noqa: F403 - the fixtures

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHECK = "“จะตรวจสอบแล้วแจ้งกลับค่ะ”"


def best(options: list[dict[str, Any]]) -> dict[str, Any]:
    return next(option for option in options if option.get("is_best"))


def choose(page: Page, item: str, step: str, option: str) -> None:
    page.locator(f"[data-key='option:{item}:{step}:{option}']").click()


def go_on(page: Page) -> None:
    page.locator("[data-key=next]").click()


def through(page: Page, state: dict[str, Any], last: str) -> None:
    """Choose the best of everything up to the answer of this item, which stays to be chosen."""
    for item in state["items"]:
        choose(page, item["id"], "paper", best(item["papers"])["id"])
        go_on(page)
        if item["id"] == last:
            return
        choose(page, item["id"], "answer", best(item["answers"])["id"])
        go_on(page)


def focused_key(page: Page) -> str | None:
    return page.evaluate("document.activeElement.dataset.key")


def test_the_whole_meeting_by_keyboard_alone(page: Page, show: Any) -> None:
    state = show("agenda_drill")
    for n, item in enumerate(state["items"], 1):
        for step, options in (("paper", item["papers"]), ("answer", item["answers"])):
            assert f"วาระที่ {n} จาก 6" in page.locator(".cps-card").inner_text()
            assert (item["asks"] in page.locator(".cps-card").inner_text()) == (step == "answer")
            while focused_key(page) != f"option:{item['id']}:{step}:{best(options)['id']}":
                page.keyboard.press("Tab")
            page.keyboard.press("Enter")
            assert page.locator(".cps-verdict").inner_text().strip() == "เหมาะที่สุด"
            assert best(options)["why"] in page.locator(".cps-announce").inner_text()
            while focused_key(page) != "next":
                page.keyboard.press("Tab")
            page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.innerText") == ("จบการประชุม เลือกเหมาะที่สุดตั้งแต่ครั้งแรก 12 จาก 12 ครั้ง")


def test_where_it_is_left_open_the_line_says_question_where_who_and_by_when(page: Page, show: Any) -> None:
    state = show("agenda_drill")
    through(page, state, "news")
    choose(page, "news", "answer", "check")
    line = state["items"][0]["follow_up"]
    assert page.locator(".cps-verdict").inner_text().strip() == "เหมาะที่สุด"
    assert page.locator(".cps-line dd").all_inner_texts()[:3] == [line["question"], line["where"], line["who"]]
    last = page.locator(".cps-line dd").nth(3)
    assert last.inner_text().startswith("วันศุกร์ที่ 4 ส.ค. 2566")
    assert last.locator(".cps-tag").inner_text() == "คำแนะนำของชุดฝึก"
    assert page.locator(".cps-cite b").first.inner_text() == "การเตรียมข้อมูลและเอกสาร ข้อ 6"


def test_a_guess_is_met_with_why_and_with_what_is_better(page: Page, show: Any) -> None:
    state = show("agenda_drill")
    through(page, state, "news")
    choose(page, "news", "answer", "guess")
    why = page.locator(".cps-why").inner_text()
    options = {option["id"]: option for option in state["items"][0]["answers"]}
    assert "มีทางที่เหมาะกว่า" in why
    assert options["guess"]["why"] in why
    assert CHECK in why
    assert options["check"]["why"] in why
    assert page.locator(".cps-line").count() == 1
    assert page.locator("[data-key='option:news:answer:guess']").inner_text().endswith("คุณเลือก")
    assert options["check"]["why"] in page.locator(".cps-announce").inner_text()


def test_to_hide_behind_checking_is_not_the_best_where_the_handbook_answers(page: Page, show: Any) -> None:
    state = show("agenda_drill")
    through(page, state, "minutes")
    assert page.locator(".cps-choice").nth(2).inner_text() == CHECK
    choose(page, "minutes", "answer", "check")
    assert page.locator(".cps-verdict").inner_text().strip() == "มีทางที่เหมาะกว่า"
    assert "คู่มือตอบไว้ชัดแล้ว" in page.locator(".cps-why").inner_text()
    assert page.locator(".cps-line").count() == 0
    assert page.locator(".cps-cite b").all_inner_texts() == ["แนวทางการปฏิบัติงาน ข้อ 5"]


def test_a_second_press_changes_nothing(page: Page, show: Any) -> None:
    show("agenda_drill")
    choose(page, "news", "paper", "none")
    page.locator("[data-key='option:news:paper:source']").click(force=True)
    assert page.locator("[data-key='option:news:paper:none']").inner_text().endswith("คุณเลือก")
    assert page.locator(".cps-verdict").inner_text().strip() == "มีทางที่เหมาะกว่า"


def test_the_end_lists_what_was_prepared_and_what_waits_and_begins_again(page: Page, show: Any) -> None:
    state = show("agenda_drill")
    through(page, state, "other")
    choose(page, "other", "answer", "check")
    go_on(page)
    assert page.locator("[data-here]").inner_text() == "จบการประชุม เลือกเหมาะที่สุดตั้งแต่ครั้งแรก 11 จาก 12 ครั้ง"
    rows = page.locator(".cps-agenda-list > li")
    tags = rows.locator(".cps-tag").all_inner_texts()
    assert tags == ["รับไปตรวจสอบ", "ตอบได้เลย", "ตอบได้เลย", "รับไปตรวจสอบ", "รับไปตรวจสอบ", "ตอบได้เลย"]
    for n, item in enumerate(state["items"]):
        assert best(item["papers"])["text"] in rows.nth(n).inner_text()
    assert page.locator(".cps-card").inner_text().count("เรื่องรอแจ้งกลับ 3 เรื่อง") == 1
    assert page.locator(".cps-line").count() == 3
    page.locator("[data-key=again]").click()
    assert "วาระที่ 1 จาก 6" in page.locator(".cps-card").inner_text()
    assert page.locator(".cps-why").count() == 0
