"""Widgets in a real browser, over http on a name that is not localhost: answering, sending again, being heard, fitting a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.axe import WCAG, violations
from tests.views import item_samples, samples
from tests.views.harness import mount, receive, sent

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ITEMS = {"choose_one": samples.ONE, "choose_many": samples.MANY, "order": samples.ORDER, **item_samples.ITEMS}
FEEDBACK = {
    "choose_one": samples.WRONG,
    "choose_many": samples.PARTLY,
    "order": samples.ORDER_PARTLY,
    **item_samples.FEEDBACK,
}
GIVEN: dict[str, Any] = {
    "choose_one": {"choice": "o1"},
    "choose_many": {"choices": ["m1", "m3", "m4"]},
    "order": {"order": ["r1", "r2", "r4", "r5", "r3"]},
    **item_samples.GIVEN,
}

STATES: list[tuple[str, str, dict[str, Any]]] = [(name, stem, state) for name, stem, state, _ in samples.WIDGETS]
STATES.append(
    (
        "choose_one-autosave",
        "item_card",
        samples.item(samples.ONE, mode="autosave", status=samples.SAVED, actions=samples.NEXT),
    )
)
for _kind in ITEMS:
    STATES += [
        (f"{_kind}-open", "item_card", samples.item(ITEMS[_kind])),
        (
            f"{_kind}-feedback",
            "item_card",
            samples.item(
                ITEMS[_kind],
                response=GIVEN[_kind],
                feedback=FEEDBACK[_kind],
                actions=samples.NEXT,
                status=samples.SAVED,
            ),
        ),
        (f"{_kind}-review", "item_card", samples.item(ITEMS[_kind], response=GIVEN[_kind], mode="review")),
    ]
STATES += [
    (
        "nudge",
        "item_card",
        samples.item(samples.ONE, response={"choice": "o1"}, nudge=item_samples.NUDGE, status=samples.SAVED),
    ),
    (
        "certainty",
        "item_card",
        samples.item(samples.ONE, certainty=item_samples.CERTAINTY, clock={**item_samples.CLOCK, "seconds": 50}),
    ),
    (
        "certainty-feedback",
        "item_card",
        samples.item(
            samples.ONE,
            response={"choice": "o1"},
            feedback=samples.WRONG,
            certainty={**item_samples.CERTAINTY, "chosen": 3},
            clock=item_samples.CLOCK,
        ),
    ),
]
every_state = pytest.mark.parametrize(("stem", "state"), [s[1:] for s in STATES], ids=[s[0] for s in STATES])


def status(page: Page) -> str:
    return page.locator(".cps-status").inner_text()


def wait_sent(page: Page, count: int) -> list[dict[str, Any]]:
    page.wait_for_function("(n) => model.sent.length >= n", arg=count)
    return sent(page)


def focused_text(page: Page) -> str:
    """The words of what has the focus; nothing where the page itself has it."""
    return page.evaluate(
        "((e) => e === document.body ? '' : e.innerText || e.value || e.ariaLabel || '')(document.activeElement)"
    )


# --- answering with the keyboard alone --------------------------------------------------------------------------------


def test_choose_one_by_keyboard(page: Page) -> None:
    mount(page, "item_card", samples.item(samples.ONE))
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    [answer] = wait_sent(page, 1)
    assert answer["kind"] == "answer"
    assert answer["item"] == "q-permission"
    assert answer["response"] == {"choice": "o3"}
    assert re.fullmatch("[0-9a-f]{32}", answer["answer_id"])


def test_choose_many_by_keyboard(page: Page) -> None:
    mount(page, "item_card", samples.item(samples.MANY))
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    assert wait_sent(page, 1)[0]["response"] == {"choices": ["m1", "m4"]}


def test_order_by_keyboard_keeps_the_focus_on_the_moving_row_and_says_where_it_is(page: Page) -> None:
    mount(page, "item_card", samples.item(samples.ORDER))
    page.locator("[data-key='down:r1']").focus()
    for _ in range(5):
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.key") == "down:r1"
    assert page.locator(".cps-announce").inner_text() == f"{samples.ORDER['options'][0]['text']} ย้ายไปอันดับ 5"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert wait_sent(page, 1)[0]["response"] == {"order": ["r2", "r3", "r4", "r5", "r1"]}


def test_order_can_be_dragged_by_its_number(page: Page) -> None:
    mount(page, "item_card", samples.item(samples.ORDER, mode="autosave"))
    grip, last = (page.locator(".cps-order-row").nth(n).locator(".cps-grip").bounding_box() for n in (0, 4))
    assert grip
    assert last
    page.mouse.move(grip["x"] + 10, grip["y"] + 20)
    page.mouse.down()
    page.mouse.move(last["x"] + 10, last["y"] + last["height"] + 40, steps=8)
    page.mouse.up()
    assert wait_sent(page, 1)[0]["response"] == {"order": ["r2", "r3", "r4", "r5", "r1"]}


def test_submitting_nothing_asks_for_a_choice_and_sends_nothing(page: Page) -> None:
    mount(page, "item_card", samples.item(samples.ONE))
    page.get_by_role("button", name=samples.LABELS["submit"]).click()
    assert status(page) == samples.LABELS["choose_first"]
    assert page.evaluate("document.activeElement.type") == "radio"
    assert sent(page) == []


# --- being saved, or not ------------------------------------------------------------------------------------------------


def choose_and_submit(page: Page) -> str:
    mount(page, "item_card", samples.item(samples.ONE))
    page.get_by_role("radio").nth(2).check()
    page.get_by_role("button", name=samples.LABELS["submit"]).click()
    return wait_sent(page, 1)[0]["answer_id"]


def test_an_answer_in_flight_is_said_shown_and_sent_once(page: Page) -> None:
    choose_and_submit(page)
    assert status(page) == samples.LABELS["saving"]
    button = page.get_by_role("button", name=samples.LABELS["submit"])
    assert button.get_attribute("aria-disabled") == "true"
    button.click(force=True)
    page.get_by_role("radio").nth(0).click(force=True)
    assert page.get_by_role("radio").nth(2).is_checked()
    assert len(sent(page)) == 1


def test_silence_is_called_not_saved_and_retry_sends_the_same_answer(page: Page) -> None:
    page.clock.install(time=0)
    page.goto(page.url)
    page.clock.pause_at(60_000)  # from here only as the test says, however slow the machine is
    first = choose_and_submit(page)
    page.clock.run_for(7900)
    assert status(page) == samples.LABELS["saving"]
    page.clock.run_for(200)
    assert status(page) == samples.LABELS["not_saved"]
    assert focused_text(page) == samples.LABELS["retry"], (
        "the focus goes from the submit button to the one in its place"
    )
    page.keyboard.press("Enter")
    again = wait_sent(page, 2)
    assert again[0] == again[1]
    assert again[1]["answer_id"] == first
    receive(page, status={"kind": "saved", "text": "บันทึกแล้ว ข้อ 4", "answer_id": first})
    page.get_by_text("บันทึกแล้ว ข้อ 4").wait_for()
    page.clock.run_for(20000)
    assert status(page) == "บันทึกแล้ว ข้อ 4"
    assert page.get_by_role("button").count() == 0


def test_a_refusal_shows_its_words_and_the_same_answer_can_be_sent_again(page: Page) -> None:
    first = choose_and_submit(page)
    receive(page, status={"kind": "error", "text": "พื้นที่เก็บข้อมูลเต็ม", "answer_id": first})
    page.get_by_role("button", name=samples.LABELS["retry"]).click()
    assert wait_sent(page, 2)[1]["answer_id"] == first


def test_another_choice_after_a_refusal_is_another_answer(page: Page) -> None:
    first = choose_and_submit(page)
    receive(page, status={"kind": "error", "text": "พื้นที่เก็บข้อมูลเต็ม", "answer_id": first})
    page.get_by_text("พื้นที่เก็บข้อมูลเต็ม").wait_for()
    page.get_by_role("radio").nth(0).check()
    page.get_by_role("button", name=samples.LABELS["submit"]).click()
    second = wait_sent(page, 2)[1]
    assert second["response"] == {"choice": "o1"}
    assert second["answer_id"] != first


def test_a_lost_connection_is_said_at_once(page: Page) -> None:
    mount(page, "item_card", samples.item(samples.ONE))
    page.evaluate("model.broken = true")
    page.get_by_role("radio").nth(0).check()
    page.get_by_role("button", name=samples.LABELS["submit"]).click()
    assert status(page) == samples.LABELS["not_saved"]
    page.evaluate("model.broken = false")
    page.get_by_role("button", name=samples.LABELS["retry"]).click()
    assert len(wait_sent(page, 1)) == 1


def test_the_word_for_another_answer_does_not_count(page: Page) -> None:
    choose_and_submit(page)
    receive(page, status={"kind": "saved", "text": "บันทึกแล้ว ข้อ 3", "answer_id": "f" * 32})
    page.evaluate("() => new Promise(requestAnimationFrame)")
    assert status(page) == samples.LABELS["saving"]


# --- autosave ------------------------------------------------------------------------------------------------------------


def test_autosave_sends_each_change_with_its_own_id_and_clearing_all_is_blank(page: Page) -> None:
    mount(page, "item_card", samples.item(samples.MANY, mode="autosave"))
    page.get_by_role("checkbox").nth(1).check()
    page.get_by_role("checkbox").nth(1).uncheck()
    answers = wait_sent(page, 2)
    assert [a["response"] for a in answers] == [{"choices": ["m2"]}, None]
    assert len({a["answer_id"] for a in answers}) == 2
    assert page.get_by_role("button", name=samples.LABELS["submit"]).count() == 0


def test_autosave_gathers_moves_and_any_press_keeps_the_order(page: Page) -> None:
    page.clock.install()
    page.goto(page.url)
    mount(page, "item_card", samples.item(samples.ORDER, mode="autosave"))
    page.locator("[data-key='up:r1']").click(force=True)  # the first row cannot go up: the order is meant as it stands
    page.clock.run_for(260)
    assert [a["response"]["order"] for a in sent(page)] == [["r1", "r2", "r3", "r4", "r5"]]
    page.locator("[data-key='down:r1']").click()
    page.locator("[data-key='down:r1']").click()
    assert len(sent(page)) == 1
    page.clock.run_for(260)
    assert [a["response"]["order"] for a in sent(page)][1:] == [["r2", "r3", "r1", "r4", "r5"]]


def test_a_move_that_still_settles_goes_before_the_next_page(page: Page) -> None:
    mount(page, "item_card", samples.item(samples.ORDER, mode="autosave", actions=samples.NEXT))
    page.locator("[data-key='down:r1']").click()
    page.get_by_role("button", name="ข้อต่อไป").click()
    assert [message["kind"] for message in wait_sent(page, 2)] == ["answer", "action"]


def test_an_older_receipt_does_not_undo_a_newer_choice(page: Page) -> None:
    mount(page, "item_card", samples.item(samples.ONE, mode="autosave"))
    page.get_by_role("radio").nth(0).check()
    page.get_by_role("radio").nth(1).check()
    first, second = wait_sent(page, 2)
    receive(
        page, response=first["response"], status={"kind": "saved", "text": "บันทึกแล้ว", "answer_id": first["answer_id"]}
    )
    page.evaluate("() => new Promise(requestAnimationFrame)")
    assert page.get_by_role("radio").nth(1).is_checked()
    receive(
        page, response=second["response"], status={"kind": "saved", "text": "บันทึกแล้ว", "answer_id": second["answer_id"]}
    )
    page.get_by_text("บันทึกแล้ว").wait_for()
    assert page.get_by_role("radio").nth(1).is_checked()


def test_what_another_tab_saved_is_shown(page: Page) -> None:
    mount(page, "item_card", samples.item(samples.ONE, mode="autosave"))
    page.get_by_role("radio").nth(0).check()
    mine = wait_sent(page, 1)[0]["answer_id"]
    receive(page, response={"choice": "o4"}, status={"kind": "notice", "text": "ตอบจากอีกหน้าต่างแล้ว", "answer_id": mine})
    page.get_by_text("ตอบจากอีกหน้าต่างแล้ว").wait_for()
    assert page.get_by_role("radio").nth(3).is_checked()


def give(page: Page, kind: str) -> None:
    """Answer somehow with the pointer."""
    if kind == "order":
        page.locator("[data-key='down:r1']").click()
    elif kind in ("number", "date", "line", "essay"):
        page.locator("[data-key=answer]").fill("38")
    elif kind in ("match", "cloze"):
        page.locator("select").first.select_option(index=1)
    else:
        page.locator("input").first.check()
        if kind == "choose_reason":
            page.locator(".cps-reason input").first.check()


# --- feedback --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ITEMS)
def test_feedback_is_heard_focused_and_cites_its_clause(page: Page, kind: str) -> None:
    mount(page, "item_card", samples.item(ITEMS[kind]))
    live = page.locator(".cps-verdict")
    assert live.get_attribute("role") == "status"
    assert live.get_attribute("aria-live") == "polite"
    assert live.inner_text() == ""
    give(page, kind)
    page.get_by_role("button", name=samples.LABELS["submit"]).click()
    wait_sent(page, 1)
    feedback = FEEDBACK[kind]
    receive(page, response=GIVEN[kind], feedback=feedback, actions=samples.NEXT, status=samples.SAVED)
    page.get_by_text(feedback["explanation"]).wait_for()
    assert feedback["explanation"] in live.inner_text()
    assert feedback["verdict_label"] in focused_text(page)
    assert feedback["headline"] in focused_text(page)
    assert page.get_by_role("button", name=samples.LABELS["submit"]).count() == 0
    assert page.locator(":is(input, select, textarea):enabled").count() == 0
    assert page.locator(".cps-clause").count() == len(feedback["clauses"])
    if feedback["clauses"]:
        page.locator(".cps-clause summary").first.click()
        assert page.get_by_text(feedback["clauses"][0]["summary"]).first.is_visible()


def test_feedback_takes_the_focus_only_from_the_view_that_was_worked_in(page: Page) -> None:
    mount(page, "item_card", samples.item(samples.ONE, response={"choice": "o1"}, feedback=samples.WRONG))
    assert focused_text(page) == ""
    receive(page, feedback=None)
    page.evaluate("document.querySelector('main').append(document.createElement('textarea'))")
    page.locator("textarea").fill("elsewhere")
    receive(page, feedback=samples.WRONG)
    page.get_by_text(samples.WRONG["explanation"]).wait_for()
    assert focused_text(page) == "elsewhere"


def test_the_next_item_starts_clean(page: Page) -> None:
    mount(
        page,
        "item_card",
        samples.item(samples.ONE, response={"choice": "o1"}, feedback=samples.WRONG, status=samples.SAVED),
    )
    receive(
        page,
        presentation={**samples.ONE, "item": "q2", "stem": "ข้อใหม่"},
        response=None,
        feedback=None,
        status={"kind": "idle", "text": "", "answer_id": ""},
    )
    page.get_by_text("ข้อใหม่").wait_for()
    assert page.locator("input:checked").count() == 0
    assert page.locator(".cps-option:is(.cps-wrong, .cps-right)").count() == 0
    assert page.locator(".cps-feedback").inner_text() == ""
    assert page.locator("input:enabled").count() == 4


# --- several views, redraws, going away --------------------------------------------------------------------------------------


def test_two_views_of_one_model_do_not_share_their_half_made_choices(page: Page) -> None:
    mount(page, "item_card", samples.item(samples.ONE))
    page.evaluate("again()")
    page.get_by_role("radio").nth(1).check()
    page.get_by_role("radio").nth(6).check()
    assert page.get_by_role("radio").nth(1).is_checked()
    receive(page, response={"choice": "o4"})
    page.wait_for_function(
        "document.querySelectorAll('input:checked').length === 2 && [...document.querySelectorAll('input:checked')].every((i) => i.value === 'o4')"
    )


def test_a_redraw_keeps_focus_and_half_made_choice(page: Page) -> None:
    mount(page, "item_card", samples.item(samples.ONE))
    page.get_by_role("radio").nth(1).check()
    english = {**samples.ONE, "instruction": "Choose one"}
    receive(page, locale="en", presentation=english, labels={**samples.LABELS, "submit": "Submit"}, progress=None)
    page.get_by_text("Choose one").wait_for()
    assert page.locator(".cps-root").get_attribute("lang") == "en"
    assert page.get_by_role("radio").nth(1).is_checked()
    assert page.evaluate("document.activeElement.value") == "o2"


def test_a_redraw_keeps_what_was_unfolded_and_the_focus(page: Page) -> None:
    mount(page, "participation_meter", {"meter": samples.METER})
    page.locator("[data-key=rule] summary").click()
    receive(page, meter={**samples.METER, "n": 37, "rate_text": "ร้อยละ 78.7"})
    page.get_by_text("ร้อยละ 78.7").wait_for()
    assert page.locator("[data-key=rule]").get_attribute("open") is not None
    assert page.evaluate("document.activeElement.parentElement.dataset.key") == "rule"


# --- names and texts are text ---------------------------------------------------------------------------------------------------


def test_markup_in_a_text_stays_text_and_a_script_address_is_no_link(page: Page) -> None:
    evil = "<img src=x onerror=\"document.title='fired'\">"
    mount(page, "item_card", samples.item({**samples.ONE, "stem": evil, "options": [{"id": "o1", "text": evil}]}))
    mount(
        page,
        "next_step",
        {
            **samples.HOME,
            "greeting": evil,
            "step": {**samples.HOME["step"], "action": {"label": evil, "href": "javascript:document.title='fired'"}},
        },
    )
    assert page.locator("img").count() == 0
    assert page.locator("a[href^=javascript]").count() == 0
    assert page.title() == "harness"


# --- a phone, a thumb, eyes and ears ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def one_page(browser: Browser, harness: str) -> Iterator[Page]:
    """A page for all states, one after the other: making a page costs more than looking at it."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(harness)
    yield page
    context.close()
    assert errors == []


@every_state
def test_it_fits_a_phone_axe_finds_nothing_in_both_colours_and_it_leaves_no_listener(
    one_page: Page, stem: str, state: dict[str, Any]
) -> None:
    """One mounting for what holds of every state."""
    page = one_page
    if page.locator("main > *").count():  # the state before failed
        page.reload()
    page.evaluate("document.querySelectorAll('head style ~ style').forEach((style) => style.remove())")
    page.emulate_media(color_scheme="light")
    mount(page, stem, state)
    assert page.evaluate("model.count()") > 0
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    small = page.evaluate("""() => [...document.querySelectorAll('button, a[href], summary, label:has(input[type=radio], input[type=checkbox]), input:is([type=range], [type=text]), select, textarea')]
      .filter((e) => e.checkVisibility()).map((e) => [e.getBoundingClientRect(), e.outerHTML.slice(0, 90)])
      .filter(([box]) => box.height < 44 || box.width < 44).map(([box, html]) => `${box.width}x${box.height} ${html}`)""")
    assert small == []
    assert faults(page, WCAG) == []  # axe's tags
    page.emulate_media(color_scheme="dark")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    only_colours = {"type": "rule", "values": ["color-contrast"]}
    assert faults(page, only_colours) == [], "in the dark nothing else is different"
    page.evaluate("stop()")
    assert page.evaluate("model.count()") == 0
    assert page.locator(".cps-root").count() == 0
    page.evaluate("document.querySelector('main').replaceChildren()")


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")


def faults(page: Page, run_only: Any) -> list[Any]:
    return [(v["id"], [node["html"][:120] for node in v["nodes"]]) for v in violations(page, run_only)]


# --- inside JupyterLab ----------------------------------------------------------------------------------------------------------

CARD = "getComputedStyle(document.querySelector('.cps-card')).backgroundColor"
LIGHT, DARK = "rgb(255, 255, 255)", "rgb(26, 33, 29)"


@pytest.mark.parametrize(
    ("system", "lab", "expected"),
    [("light", None, LIGHT), ("dark", None, DARK), ("dark", "true", LIGHT), ("light", "false", DARK)],
)
def test_the_theme_of_jupyterlab_wins_over_the_system(page: Page, system: Any, lab: str | None, expected: str) -> None:
    page.emulate_media(color_scheme=system)
    if lab:
        page.evaluate("(theme) => document.body.setAttribute('data-jp-theme-light', theme)", lab)
    mount(page, "item_card", samples.item(samples.ONE))
    assert page.evaluate(CARD) == expected


def test_the_page_around_a_widget_keeps_its_own_look(page: Page) -> None:
    page.evaluate("""() => { const div = document.createElement('div'); div.id = 'lab';
      div.innerHTML = '<h1>h</h1><p>p</p><button>b</button><form><fieldset><legend>l</legend><label><input type=radio>r</label></fieldset></form><details><summary>s</summary></details><table><tr><th>t</th><td>d</td></tr></table><ol><li>i</li></ol>';
      document.querySelector('main').before(div); }""")
    look = """() => JSON.stringify([document.documentElement, document.body, ...document.querySelectorAll('#lab, #lab *')].map((e) =>
      [...getComputedStyle(e)].filter((p) => !/size$|height|width|perspective|transform-origin/.test(p) || p === 'font-size').map((p) => getComputedStyle(e).getPropertyValue(p))))"""
    before = page.evaluate(look)
    for _, stem, state, _ in samples.WIDGETS:
        mount(page, stem, state)
    mount(page, "item_card", samples.item(samples.ONE))
    assert page.evaluate(look) == before


# --- the others ------------------------------------------------------------------------------------------------------------------


def test_the_meter_is_as_long_as_the_number(page: Page) -> None:
    mount(page, "participation_meter", {"meter": samples.METER})
    full, done = page.locator(".cps-meter").bounding_box(), page.locator(".cps-meter b").bounding_box()
    assert full
    assert done
    assert done["width"] / full["width"] == pytest.approx(36 / 47, abs=0.005)
    assert page.locator(".cps-dot.cps-in").count() == 36
    assert page.locator(".cps-dot.cps-guest").count() == 3
    assert page.get_by_role("img", name=re.compile("36 จาก 47 คน")).count() == 1


def test_an_empty_unit_shows_words_instead_of_a_number(page: Page) -> None:
    mount(page, "participation_meter", {"meter": {**samples.METER, "n": 0, "n_unit": 0, "empty": "ยังไม่มีทะเบียน"}})
    assert page.get_by_text("ยังไม่มีทะเบียน").is_visible()
    assert page.locator(".cps-meter, .cps-number").count() == 0


def test_a_result_row_opens_its_item(page: Page) -> None:
    mount(page, "result_card", samples.RESULT)
    page.get_by_role("button", name=re.compile("ผู้อนุมัติรายงานผล")).click()
    assert wait_sent(page, 1) == [{"kind": "action", "id": "review:10"}]


def test_a_quiz_opens_by_its_button(page: Page) -> None:
    mount(page, "quiz_menu", samples.MENU)
    page.get_by_role("button", name="เริ่มสอบ").click()
    assert wait_sent(page, 1) == [{"kind": "action", "id": "open:cps-exam"}]


def test_a_disabled_action_sends_nothing(page: Page) -> None:
    mount(page, "item_card", samples.item(samples.ONE, actions=[{**samples.NEXT[0], "disabled": True}]))
    page.get_by_role("button", name="ข้อต่อไป").click(force=True)
    assert sent(page) == []


def test_every_phase_of_the_cycle_can_be_read_by_keyboard(page: Page) -> None:
    mount(page, "cycle_diagram", samples.CYCLE)
    for phase in samples.CYCLE["phases"]:
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.get_by_text(phase["text"]).is_visible()
        assert phase["label"] in focused_text(page)


def test_moving_a_day_shows_which_order_it_breaks(page: Page) -> None:
    mount(page, "gate_timeline", samples.TIMELINE)
    assert page.get_by_text(samples.TIMELINE["labels"]["in_order"]).is_visible()
    visit = page.get_by_label("วันที่เข้าปฏิบัติงาน", exact=True)
    visit.focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    assert visit.get_attribute("aria-valuetext") == "11 ก.ค. 2566"
    assert page.locator(".cps-findings").inner_text().split("\n") == [samples.TIMELINE["rules"][1]["text"]]
    page.keyboard.press("ArrowLeft")
    assert [page.locator(".cps-findings li").nth(n).inner_text() for n in (0, 1)] == [
        r["text"] for r in samples.TIMELINE["rules"][:2]
    ]
    page.get_by_role("button", name="เริ่มใหม่").click()
    assert page.get_by_text(samples.TIMELINE["labels"]["in_order"]).is_visible()


def test_a_step_opens_its_explanation(page: Page) -> None:
    mount(page, "gate_timeline", samples.TIMELINE)
    step = page.get_by_role("button", name="อนุมัติรายงาน ข้อ 3.3", exact=True)
    step.click()
    assert page.get_by_text("ด่านที่สองปิดรอบการเข้าปฏิบัติงาน").is_visible()
    assert step.get_attribute("aria-expanded") == "true"


def test_the_map_says_in_words_what_it_draws(page: Page) -> None:
    mount(page, "progress_map", samples.MAP)
    assert page.get_by_role("img", name="ระบบ CPS: 4 จาก 13 ข้อ").count() == 1
    page.get_by_text("ดูรายข้อ").click()
    page.locator("[data-key='section:cps'] > summary").click()
    row = page.locator("[data-key='section:cps'] li").first
    assert "cps.1" in row.inner_text()
    assert "แม่นแล้ว" in row.inner_text()


def test_without_a_secure_context_everything_above_still_works(page: Page) -> None:
    assert page.evaluate("window.isSecureContext") is False


def test_the_browser_is_one_for_the_run(browser: Browser) -> None:
    assert browser.is_connected()
