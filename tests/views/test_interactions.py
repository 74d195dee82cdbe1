"""Every way of giving an answer, by keyboard alone, in a real browser; what is typed; tries, certainty and the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.views import item_samples, samples
from tests.views.harness import mount, receive, sent

if TYPE_CHECKING:
    from playwright.sync_api import Page

SUBMIT = samples.LABELS["submit"]


def card(page: Page, presentation: dict[str, Any], **more: Any) -> None:
    mount(page, "item_card", samples.item(presentation, **more))


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def answer(page: Page) -> dict[str, Any]:
    """The one message that was sent."""
    page.wait_for_function("model.sent.length >= 1")
    [message] = sent(page)
    return message


def painted(page: Page) -> None:
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def status(page: Page) -> str:
    return page.locator(".cps-status").inner_text()


@pytest.fixture
def timed(page: Page) -> Page:
    """The page with a clock that only goes as the test says."""
    page.clock.install(time=0)
    page.goto(page.url)
    page.clock.pause_at(60_000)
    return page


# --- by keyboard alone ----------------------------------------------------------------------------------------------


def test_a_choice_with_its_reason(page: Page) -> None:
    card(page, item_samples.REASON)
    press(page, "Tab", "ArrowDown", "Tab", "Space", "Enter")
    assert answer(page)["response"] == {"choice": "f", "reason": "y1"}


def test_a_choice_without_its_reason_is_asked_for_and_not_sent(page: Page) -> None:
    card(page, item_samples.REASON)
    press(page, "Tab", "Space", "Enter")
    assert status(page) == samples.LABELS["choose_both"]
    assert page.evaluate("document.activeElement.value") == "y1", "the focus goes to what is missing"
    assert sent(page) == []


def test_half_a_choice_is_not_saved_and_the_whole_is(page: Page) -> None:
    card(page, item_samples.REASON, mode="autosave")
    page.get_by_role("radio", name="ไม่จริง").check()
    painted(page)
    assert sent(page) == []
    page.get_by_role("radio", name="หัวหน้ากลุ่ม").check()
    assert answer(page)["response"] == {"choice": "f", "reason": "y2"}


def test_a_target_for_each_row(page: Page) -> None:
    card(page, item_samples.MATCH)
    press(page, "Tab", "ArrowDown", "Tab", "ArrowDown", "ArrowDown", "Tab", "ArrowDown", "Tab", "Enter")
    assert answer(page)["response"] == {"pairs": {"p1": "u1", "p2": "u2", "p3": "u1"}}


def test_a_row_is_called_by_its_text_and_may_stay_open(page: Page) -> None:
    card(page, item_samples.MATCH)
    page.get_by_role("combobox", name=item_samples.MATCH["prompts"][1]["text"]).select_option("u3")
    page.get_by_role("button", name=SUBMIT).click()
    assert answer(page)["response"] == {"pairs": {"p2": "u3"}}


def test_what_is_chosen_while_the_answer_is_on_its_way_is_put_back(page: Page) -> None:
    card(page, item_samples.MATCH)
    page.locator("select").first.select_option("u1")
    page.get_by_role("button", name=SUBMIT).click()
    page.locator("select").first.focus()
    page.keyboard.press("ArrowDown")
    assert page.locator("select").first.input_value() == "u1"


def test_cards_into_bins_and_the_picture_follows(page: Page) -> None:
    card(page, item_samples.SORT)
    press(page, "Tab", "Space", "Tab", "ArrowDown", "ArrowDown", "Tab", "Tab", "Space", "Enter")
    assert answer(page)["response"] == {"pairs": {"s1": "b1", "s2": "b3", "s4": "b1"}}
    bins = [page.locator(".cps-bin").nth(n).locator("li").all_inner_texts() for n in range(3)]
    texts = [prompt["text"] for prompt in item_samples.SORT["prompts"]]
    assert bins == [[texts[0], texts[3]], [], [texts[1]]]


def test_a_card_of_sort_is_a_group_called_by_its_text(page: Page) -> None:
    card(page, item_samples.SORT)
    group = page.get_by_role("group", name="ขออนุญาตสหกรณ์จังหวัดเป็นรายแห่ง")
    assert group.get_by_role("radio").count() == 3


def test_a_number_as_it_was_typed(page: Page) -> None:
    card(page, item_samples.NUMBER)
    page.keyboard.press("Tab")
    page.keyboard.insert_text("๓๘.๐ ")
    page.keyboard.press("Enter")
    assert answer(page)["response"] == {"number": "๓๘.๐ "}
    field = page.get_by_role("textbox", name=samples.LABELS["your_answer"])
    assert (field.get_attribute("inputmode"), field.get_attribute("maxlength")) == ("decimal", "40")


def test_a_date_comes_with_its_hint(page: Page) -> None:
    card(page, item_samples.DATE)
    field = page.get_by_role("textbox")
    assert (
        field.evaluate("(e) => document.getElementById(e.getAttribute('aria-describedby')).innerText")
        == (samples.LABELS["date_hint"])
    )
    assert field.get_attribute("inputmode") is None


def test_a_text_says_how_much_room_is_left(page: Page) -> None:
    card(page, {**item_samples.ESSAY, "most": 30})
    press(page, "Tab")
    page.keyboard.insert_text("สอบทานหนี้")
    assert page.get_by_text("เหลืออีก 20 ตัวอักษร", exact=True).first.is_visible()
    assert page.locator(".cps-announce").inner_text() == "เหลืออีก 20 ตัวอักษร"
    press(page, "Enter", "a", "Tab", "Enter")
    assert answer(page)["response"] == {"text": "สอบทานหนี้\na"}


def test_blanks_alone_are_no_text(page: Page) -> None:
    card(page, item_samples.LINE)
    press(page, "Tab", "Space", "Enter")
    assert status(page) == samples.LABELS["choose_first"]
    assert sent(page) == []


def test_gaps_of_a_text(page: Page) -> None:
    card(page, item_samples.CLOZE)
    press(page, "Tab", "ArrowDown", "Tab", "a", "Tab", "Tab", "Enter")
    assert answer(page)["response"] == {"gaps": {"g1": "c1", "g2": "a"}}
    assert page.get_by_role("textbox", name="ช่องที่ 3").count() == 1


def test_lines_of_a_document(page: Page) -> None:
    card(page, item_samples.LINES)
    press(page, "Tab", "Space", "Tab", "Tab", "Space", "Enter")
    assert answer(page)["response"] == {"choices": ["l1", "l3"]}
    assert page.get_by_role("checkbox", name="5 ปิดประชุมเวลา 12.00 น.").count() == 1


def test_a_point_of_a_scale(page: Page) -> None:
    card(page, item_samples.SCALE)
    press(page, "Tab", "ArrowDown", "ArrowDown", "ArrowDown", "Enter")
    assert answer(page)["response"] == {"choice": "k4"}


@pytest.mark.parametrize("kind", item_samples.ITEMS)
def test_what_was_saved_is_shown_again_and_can_be_sent_as_it_is(page: Page, kind: str) -> None:
    card(page, item_samples.ITEMS[kind], response=item_samples.GIVEN[kind])
    page.get_by_role("button", name=SUBMIT).click()
    assert answer(page)["response"] == item_samples.GIVEN[kind]


@pytest.mark.parametrize("kind", item_samples.ITEMS)
def test_another_language_keeps_what_is_half_done(page: Page, kind: str) -> None:
    card(page, item_samples.ITEMS[kind])
    receive(page, response=item_samples.GIVEN[kind])
    painted(page)
    receive(page, labels={**samples.LABELS, "submit": "Submit"}, locale="en")
    page.get_by_role("button", name="Submit").click()
    assert answer(page)["response"] == item_samples.GIVEN[kind]


@pytest.mark.parametrize("kind", item_samples.FEEDBACK)
def test_every_label_of_the_feedback_is_read(page: Page, kind: str) -> None:
    feedback = item_samples.FEEDBACK[kind]
    card(page, item_samples.ITEMS[kind], response=item_samples.GIVEN[kind], feedback=feedback)
    said = page.locator("form").inner_text()
    words = [feedback["critical_label"], feedback["correct_text"], feedback["score_label"], feedback["explanation"]]
    words += [text for of in feedback["options"].values() for text in (of["label"], of["rationale"])]
    assert [text for text in words if text not in said] == []


def test_a_long_choice_is_read_in_full_at_the_end(page: Page) -> None:
    card(page, item_samples.CLOZE, response=item_samples.GIVEN["cloze"], feedback=item_samples.FEEDBACK["cloze"])
    given = page.locator(".cps-given").first
    assert given.inner_text() == item_samples.CLOZE["segments"][1]["options"][2]["text"]
    assert page.locator("select").first.is_hidden()


def test_verdicts_alone_draw_no_empty_boxes(page: Page) -> None:
    bare = {
        **item_samples.FEEDBACK["match"],
        "headline": "",
        "explanation": "",
        "score_label": "",
        "options": {},
        "clauses": [],
    }
    card(page, item_samples.MATCH, mode="review", response=item_samples.GIVEN["match"], feedback=bare)
    assert page.locator(".cps-feedback").inner_text() == "ถูกบางส่วน"
    assert page.locator(".cps-part:is(.cps-right, .cps-wrong, .cps-missed), .cps-clause, .cps-tag").count() == 0
    receive(page, feedback={**bare, "verdict_label": ""})
    painted(page)
    assert page.locator(".cps-feedback").bounding_box()["height"] == 0  # type: ignore[index]


# --- typing and saving by itself ------------------------------------------------------------------------------------------


def test_typing_is_saved_after_a_rest(timed: Page) -> None:
    card(timed, item_samples.LINE, mode="autosave")
    timed.keyboard.press("Tab")
    timed.keyboard.type("ab")
    timed.clock.run_for(1100)
    timed.keyboard.type("c")
    timed.clock.run_for(1100)
    assert sent(timed) == []
    timed.clock.run_for(200)
    assert answer(timed)["response"] == {"text": "abc"}
    timed.keyboard.press("Tab")
    assert len(sent(timed)) == 1, "leaving the field says nothing new"


def test_leaving_the_field_saves_at_once(timed: Page) -> None:
    card(timed, item_samples.NUMBER, mode="autosave", actions=samples.NEXT)
    press(timed, "Tab", "3", "8", "Tab")
    assert answer(timed)["response"] == {"number": "38"}


def test_enter_saves_at_once_where_there_is_no_button_to_submit(timed: Page) -> None:
    card(timed, item_samples.NUMBER, mode="autosave")
    press(timed, "Tab", "3", "Enter")
    assert [message["response"] for message in sent(timed)] == [{"number": "3"}]


def test_nothing_is_saved_while_a_word_is_being_composed(timed: Page) -> None:
    card(timed, item_samples.LINE, mode="autosave")
    timed.keyboard.press("Tab")
    timed.evaluate("document.activeElement.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }))")
    timed.keyboard.type("k")
    timed.clock.run_for(5000)
    assert sent(timed) == []
    receive(timed, response={"text": "from another page"})
    timed.clock.run_for(50)
    assert timed.evaluate("document.activeElement.value") == "k"
    timed.evaluate("document.activeElement.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }))")
    timed.clock.run_for(1300)
    assert answer(timed)["response"] == {"text": "k"}


def test_a_receipt_leaves_the_caret_where_one_is_typing(timed: Page) -> None:
    card(timed, item_samples.LINE, mode="autosave")
    timed.keyboard.press("Tab")
    timed.keyboard.type("abc")
    timed.clock.run_for(1300)
    press(timed, "ArrowLeft", "ArrowLeft")
    receive(
        timed, response={"text": "abc"}, status={"kind": "saved", "text": "ok", "answer_id": answer(timed)["answer_id"]}
    )
    timed.clock.run_for(50)
    assert status(timed) == "ok"
    timed.keyboard.type("X")
    assert timed.evaluate("document.activeElement.value") == "aXbc"


# --- tries ----------------------------------------------------------------------------------------------------------------


def test_a_try_that_was_wrong_is_told_and_another_one_is_sent(page: Page) -> None:
    card(page, samples.ONE)
    page.get_by_role("radio").nth(0).check()
    page.get_by_role("button", name=SUBMIT).click()
    first = answer(page)
    receive(
        page,
        nudge=item_samples.NUDGE,
        status={**samples.SAVED, "answer_id": first["answer_id"]},
        response=first["response"],
    )
    page.get_by_text(item_samples.NUDGE["text"]).wait_for()
    live = page.locator(".cps-verdict")
    assert all(item_samples.NUDGE[part] in live.inner_text() for part in ("title", "text", "note"))
    assert page.evaluate("document.activeElement.innerText") == item_samples.NUDGE["title"]
    assert page.get_by_role("radio").nth(0).is_checked()
    page.get_by_role("radio").nth(2).check()
    page.get_by_role("button", name=samples.LABELS["try_again"]).click()
    page.wait_for_function("model.sent.length >= 2")
    second = sent(page)[1]
    assert second["response"] == {"choice": "o3"}
    assert second["answer_id"] != first["answer_id"]
    receive(page, nudge=None, feedback=samples.RIGHT, status={**samples.SAVED, "answer_id": second["answer_id"]})
    page.get_by_text(samples.RIGHT["explanation"]).wait_for()
    assert samples.RIGHT["headline"] in page.evaluate("document.activeElement.innerText")
    assert page.get_by_text(item_samples.NUDGE["text"]).count() == 0
    assert page.locator("input:enabled").count() == 0


def test_the_same_nudge_again_is_heard_again(page: Page) -> None:
    card(page, samples.ONE, response={"choice": "o1"}, nudge=item_samples.NUDGE)
    page.get_by_role("button", name=samples.LABELS["try_again"]).click()
    page.evaluate(
        "window.changes = 0; new MutationObserver(() => { changes += 1; }).observe(document.querySelector('.cps-verdict'), { childList: true })"
    )
    receive(page, nudge={**item_samples.NUDGE}, status={**samples.SAVED, "answer_id": answer(page)["answer_id"]})
    page.wait_for_function("changes > 0")
    assert page.evaluate("document.activeElement.innerText") == item_samples.NUDGE["title"]


# --- certainty --------------------------------------------------------------------------------------------------------------


def test_certainty_is_asked_before_the_answer_goes(page: Page) -> None:
    card(page, samples.ONE, certainty=item_samples.CERTAINTY)
    press(page, "Tab", "Space", "Enter")
    assert status(page) == samples.LABELS["choose_certainty"]
    assert sent(page) == []
    group = page.get_by_role("group", name=item_samples.CERTAINTY["legend"])
    assert group.locator(":focus").count() == 1
    press(page, "ArrowDown", "Tab", "Enter")
    message = answer(page)
    assert (message["response"], message["certainty"]) == ({"choice": "o1"}, 2)
    assert status(page) == samples.LABELS["saving"]


def test_without_certainty_the_message_has_no_such_field(page: Page) -> None:
    card(page, samples.ONE)
    press(page, "Tab", "Space", "Enter")
    assert set(answer(page)) == {"kind", "item", "response", "answer_id"}


def test_the_next_item_asks_for_certainty_anew(page: Page) -> None:
    card(page, samples.ONE, certainty=item_samples.CERTAINTY)
    group = page.get_by_role("group", name=item_samples.CERTAINTY["legend"])
    group.get_by_role("radio").nth(2).check()
    receive(page, presentation={**samples.ONE, "item": "q2", "stem": "ข้อใหม่"})
    page.get_by_text("ข้อใหม่").wait_for()
    assert group.get_by_role("radio", checked=True).count() == 0


def test_feedback_keeps_the_certainty_in_sight(page: Page) -> None:
    chosen = {**item_samples.CERTAINTY, "chosen": 3}
    card(page, samples.ONE, response={"choice": "o1"}, feedback=samples.WRONG, certainty=chosen)
    group = page.get_by_role("group", name=item_samples.CERTAINTY["legend"])
    assert group.get_by_role("radio", name="มั่นใจมาก").is_checked()
    assert group.locator("input:enabled").count() == 0


# --- the clock ----------------------------------------------------------------------------------------------------------------


def time_of(page: Page) -> str:
    return page.get_by_role("timer").inner_text()


def test_the_clock_counts_down_and_warns(timed: Page) -> None:
    card(timed, samples.ONE, clock={**item_samples.CLOCK, "seconds": 302})
    announced = timed.locator(".cps-announce")
    assert time_of(timed) == "เหลือเวลา 05:02"
    timed.clock.run_for(1500)
    assert (time_of(timed), announced.inner_text()) == ("เหลือเวลา 05:01", "")
    timed.clock.run_for(1000)
    assert (time_of(timed), announced.inner_text()) == ("เหลือเวลา 05:00", "เหลือเวลาอีก 5 นาที")
    assert timed.locator(".cps-late").count() == 0
    timed.clock.run_for(240_000)
    assert announced.inner_text() == "เหลือเวลาอีก 1 นาที"
    timed.clock.run_for(1000)
    assert time_of(timed) == "เหลือเวลา 00:59"
    assert timed.locator(".cps-late").count() == 1


def test_when_time_is_up_what_was_typed_goes_first_and_the_end_is_told_once(timed: Page) -> None:
    card(timed, item_samples.LINE, mode="autosave", clock={**item_samples.CLOCK, "seconds": 3})
    timed.keyboard.press("Tab")
    timed.clock.run_for(2500)
    timed.keyboard.type("ab")
    timed.clock.run_for(600)
    assert [message.get("id") or message["response"] for message in sent(timed)] == [{"text": "ab"}, "time-up"]
    assert time_of(timed) == item_samples.CLOCK["over_label"]
    timed.clock.run_for(5000)
    receive(timed, clock={**item_samples.CLOCK, "seconds": 0})
    timed.clock.run_for(5000)
    assert [message["kind"] for message in sent(timed)].count("action") == 1


def test_the_end_is_told_when_the_connection_is_back(timed: Page) -> None:
    card(timed, samples.ONE, clock={**item_samples.CLOCK, "seconds": 1})
    timed.evaluate("model.broken = true")
    timed.clock.run_for(3000)
    assert sent(timed) == []
    timed.evaluate("model.broken = false")
    timed.clock.run_for(1100)
    assert sent(timed) == [{"kind": "action", "id": "time-up"}]


def test_a_second_view_does_not_begin_the_time_anew(timed: Page) -> None:
    card(timed, samples.ONE, clock={**item_samples.CLOCK, "seconds": 100})
    timed.clock.run_for(40_000)
    timed.evaluate("again()")
    assert timed.get_by_role("timer").all_inner_texts() == ["เหลือเวลา 01:00"] * 2


def test_the_word_of_the_desk_sets_the_clock(timed: Page) -> None:
    card(timed, samples.ONE, progress=None, clock={**item_samples.CLOCK, "seconds": 100})
    timed.clock.run_for(10_000)
    receive(timed, clock={**item_samples.CLOCK, "seconds": 95})
    timed.clock.run_for(50)
    assert time_of(timed) == "เหลือเวลา 01:35"
    receive(timed, clock=None)
    timed.clock.run_for(50)
    assert timed.get_by_role("timer").count() == 0
    assert timed.locator(".cps-progress").is_hidden()


def test_a_card_that_went_away_sends_nothing_when_its_time_is_up(timed: Page) -> None:
    card(timed, samples.ONE, clock={**item_samples.CLOCK, "seconds": 2})
    timed.evaluate("stop()")
    timed.clock.run_for(5000)
    assert sent(timed) == []
