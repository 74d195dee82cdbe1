"""Real tasks without a mouse. Every key of docs/keyboard.md is pressed here, and no other keys are needed.

After every key the focus is somewhere, in sight and shown; a walk with Tab alone comes round on every page.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.walking import PASSWORD, TABLE, command, enter, go, settle, use_language
from tests.kit import visiting

ROOT = Path(__file__).resolve().parents[2]
COVERED: dict[str, set[tuple[str, str]]] = {}
"""Test → the (where, key) rows of the map it presses."""

FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return {lost: true};
  const box = e.getBoundingClientRect();
  const shown = e.closest('label.cps-option') || e;
  const style = getComputedStyle(shown);
  // A sheet lies above the bars, wherever it stands.
  const bars = e.closest('dialog:modal') ? [] : ['.shell-tabs', '.shell-bar'].map((s) => document.querySelector(s)).filter((b) => b && !b.contains(e) && getComputedStyle(b).display !== 'none' && getComputedStyle(b).position !== 'static');
  return {
    lost: false, text: (e.innerText || e.value || e.getAttribute('aria-label') || e.id || '').trim().slice(0, 60),
    isStop: e.tabIndex >= 0, ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0,
    inSight: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: !e.matches('.shell-skip') && box.height < innerHeight / 2 && bars.some((b) => { const o = b.getBoundingClientRect(); return box.top < o.bottom - 1 && box.bottom > o.top + 1; }),
  };
}"""


def presses(*rows):
    """Marks a test with the rows of the keyboard map it presses; the test is told off when it does not."""

    def register(test):
        COVERED[test.__name__] = set(rows)
        return test

    return register


class Hands:
    """Two hands on a keyboard: presses keys, remembers which row of the map each was, and looks where the focus went."""

    def __init__(self, page):
        self.page = page
        self.pressed: set[tuple[str, str]] = set()

    def press(self, where, key, *, may_leave=False):
        """A key at a place of the map. may_leave: the page itself changes, so the focus starts anew."""
        self.pressed.add((where, key))
        self.page.keyboard.press(key)
        if not may_leave:
            self.look()

    def look(self):
        """The focus is on something, in sight, not under a bar and, where it is a stop, with a ring."""
        at = self.page.evaluate(FOCUS)
        assert not at["lost"], "the focus is lost"
        assert at["inSight"], at
        assert not at["covered"], at
        assert at["ring"] or not at["isStop"], at

    def tab_to(self, target, *, back=False, most=90):
        """Tab until the target (a locator) has the focus."""
        for _ in range(most):
            if target.evaluate("e => e === document.activeElement"):
                return
            self.press(EVERYWHERE, "Shift+Tab" if back else "Tab", may_leave=True)
        raise AssertionError(f"{most} times Tab and never at {target}")

    def type(self, text):
        self.page.keyboard.type(text)


EVERYWHERE = "Every page"
SKIP = "First stop of every page, “ข้ามไปเนื้อหา”"
FORMS = "Sign-in and password forms"
LANGUAGE = "Language button, “EN” or “ไทย”"
ACCOUNT = "Account menu, your name"
ONE, MANY = "Question with one answer", "Question with several answers"
ORDER = "Question to put in order, “เลื่อนขึ้น” and “เลื่อนลง”"
SEND = "Any question of a lesson or practice"
UNFOLDS = "What unfolds: a clause, “ดูรายข้อ”, rows behind a number"
PICTURES = "Picture of the CPS cycle, picture of the six steps"
DAYS = "Days to move under the six steps"
RESULT = "Result of a quiz"
LIST = "List to choose one from, “เลือกสหกรณ์หรือกลุ่มเกษตรกร”"
CLAUSE = "Clause that is cited, “ข้อ 2.3 ของระบบ CPS”"
TICKS = "Documents to bring before a visit"


def the_map():
    """(where, key) of the table in docs/keyboard.md."""
    rows = re.findall(
        r"^\| (?!Where)([^|-][^|]*) \| `([^`]+)` \|", (ROOT / "docs/keyboard.md").read_text("utf-8"), re.MULTILINE
    )
    assert len(rows) == len(set(rows)) > 10
    return set(rows)


def test_the_map_lists_the_keys_that_are_pressed_here_and_no_others():
    assert set().union(*COVERED.values()) == the_map()


@pytest.fixture
def hands(request):
    """Makes a Hands; at the end it has pressed what the test said it would."""
    made = []

    def make(page):
        made.append(Hands(page))
        return made[-1]

    failed = request.session.testsfailed
    yield make
    if request.session.testsfailed > failed:
        return
    said = COVERED[request.node.name]
    assert set().union(*(one.pressed for one in made)) == said


@presses(
    (EVERYWHERE, "Tab"),
    (EVERYWHERE, "Shift+Tab"),
    (FORMS, "Enter"),
    (LANGUAGE, "Enter"),
    (ACCOUNT, "Enter"),
    (ACCOUNT, "Escape"),
)
def test_sign_in_choose_a_password_change_the_language_and_sign_out(empty_office, browser, hands):
    code = command(empty_office, "person", "code", "T001")["one_time_code"]
    with visiting(empty_office, browser) as visit:
        page = visit.open("/sign-in").page
        by = hands(page)
        expect(page.locator("#code")).to_be_focused()
        by.type("T001")
        by.press(EVERYWHERE, "Tab")
        by.press(EVERYWHERE, "Shift+Tab")
        by.press(EVERYWHERE, "Tab")
        by.type("not it")
        by.press(FORMS, "Enter", may_leave=True)
        expect(page.get_by_role("alert")).to_be_visible()
        by.tab_to(page.locator("#password"))
        by.type(code)
        by.press(FORMS, "Enter", may_leave=True)
        page.wait_for_url("**/password")
        expect(page.locator("#password")).to_be_focused()
        by.type(PASSWORD)
        by.press(EVERYWHERE, "Tab")
        by.type(PASSWORD)
        by.press(FORMS, "Enter", may_leave=True)
        page.wait_for_url("**/trainer")
        settle(visit)
        use_language(visit, "th")  # another test may have left this office in English
        for language in ("en", "th"):
            by.tab_to(page.locator(".shell-lang"))
            by.press(LANGUAGE, "Enter", may_leave=True)
            expect(page.locator("html")).to_have_attribute("lang", language)
            settle(visit)
        account = page.locator(".shell-account > summary")
        by.tab_to(account)
        by.press(ACCOUNT, "Enter")
        expect(page.locator(".shell-sheet")).to_be_visible()
        by.press(EVERYWHERE, "Tab")
        by.press(ACCOUNT, "Escape")
        expect(page.locator(".shell-sheet")).to_be_hidden()
        expect(account).to_be_focused()
        by.press(ACCOUNT, "Enter")
        by.tab_to(page.locator("form[action='/sign-out'] button"))
        by.press(FORMS, "Enter", may_leave=True)
        page.wait_for_url("**/sign-in")


@presses(
    (EVERYWHERE, "Tab"), (EVERYWHERE, "Shift+Tab"), (SKIP, "Enter"), (PICTURES, "Enter"), (DAYS, "ArrowRight"), (DAYS, "ArrowLeft"),
    (ONE, "Space"), (ONE, "ArrowDown"), (ONE, "ArrowUp"), (MANY, "Space"), (ORDER, "Enter"), (ORDER, "Space"), (SEND, "Enter"),
    (UNFOLDS, "Enter"), (UNFOLDS, "Space"),
)  # fmt: skip
def test_read_a_lesson_play_with_its_pictures_and_answer_every_kind_of_question(own_kit, browser, hands):
    with visiting(own_kit, browser, width=1280, height=780) as visit:
        enter(visit, "approver", "th")  # nobody who has answered before
        page = visit.page
        by = hands(page)
        next_step = page.locator("main .cps-next a")
        page.locator(".shell-brand").focus()
        by.press(EVERYWHERE, "Shift+Tab")
        expect(page.locator(".shell-skip")).to_be_focused()
        by.press(SKIP, "Enter", may_leave=True)
        expect(page.locator("main")).to_be_focused()
        by.tab_to(next_step, most=3)
        page.keyboard.press("Enter")
        page.wait_for_url("**/quiz*")  # the test before the course
        go(visit, "/lessons/cps-cycle")

        phase = page.locator(".cps-cycle .cps-quarter").nth(1)
        by.tab_to(phase)
        by.press(PICTURES, "Enter")
        expect(phase).to_have_attribute("aria-expanded", "true")
        expect(phase).to_be_focused()
        step = page.locator(".cps-timeline .cps-gates button").nth(2)
        by.tab_to(step, most=400)
        by.press(PICTURES, "Enter")
        expect(step).to_have_attribute("aria-expanded", "true")
        slider = page.locator(".cps-timeline input[type=range]").first
        by.tab_to(slider)
        day = int(slider.input_value())
        by.press(DAYS, "ArrowRight")
        assert int(slider.input_value()) == day + 1
        by.press(DAYS, "ArrowLeft")
        assert int(slider.input_value()) == day

        seen = set()
        page.locator("main").focus()
        for card in page.locator("main .cps-item").all():
            kind = answer_by_keyboard(by, card)
            if kind not in seen:
                heading = card.locator(".cps-feedback h3")
                expect(heading).to_be_focused()
                clause = card.locator(".cps-clause summary").first
                by.tab_to(clause, most=6)
                for key in ("Enter", "Enter", "Space"):
                    by.press(UNFOLDS, key)
                expect(card.locator(".cps-clause details").first).to_have_attribute("open", "")
            seen.add(kind)
        assert seen == {"radio", "checkbox", "order"}
        expect(page.locator("main .cps-next-step .cps-primary")).to_be_visible()  # the lesson is complete


def answer_by_keyboard(by, card):
    """Choose and send with keys; gives the kind of question."""
    radios, boxes = card.locator("input[type=radio]"), card.locator("input[type=checkbox]")
    if radios.count():
        by.tab_to(radios.first)
        for key, which in (("Space", 0), ("ArrowDown", 1), ("ArrowUp", 0)):
            by.press(ONE, key)
            expect(radios.nth(which)).to_be_checked()
        kind = "radio"
    elif boxes.count():
        by.tab_to(boxes.first)
        for is_ticked in (True, False, True):
            by.press(MANY, "Space")
            expect(boxes.first).to_be_checked(checked=is_ticked)
        kind = "checkbox"
    else:
        row = card.locator("ol > li").first
        first = row.get_attribute("data-id")
        by.tab_to(row.locator("[data-key^='down:']"))
        for key, place in (("Enter", 1), ("Space", 2)):
            by.press(ORDER, key)
            expect(card.locator("ol > li").nth(place)).to_have_attribute("data-id", first or "")
        expect(card.locator(f"[data-key='down:{first}']")).to_be_focused()
        by.tab_to(card.locator("button[type=submit]"), most=20)
        kind = "order"
    by.press(SEND, "Enter")
    expect(card.locator(".cps-feedback h3")).to_be_visible()
    return kind


@presses((EVERYWHERE, "Tab"), (ONE, "Space"), (MANY, "Space"), (ORDER, "Enter"), (RESULT, "Enter"))
def test_take_an_exam_to_its_end_and_look_back_at_an_item(own_kit, browser, hands):
    with visiting(own_kit, browser, width=360, height=780) as visit:
        enter(visit, "learner", "th")
        page = go(visit, "/quiz")
        by = hands(page)
        group = page.locator("[data-key='group:cps-cycle'] > summary")
        if page.locator("[data-key='group:cps-cycle']").get_attribute("open") is None:
            by.tab_to(group)
            page.keyboard.press("Enter")
        start = page.locator("[data-key='action:open:cps-exam']")
        by.tab_to(start)
        page.keyboard.press("Enter")
        legend = page.locator("main legend")
        expect(legend).to_be_focused()
        total = page.locator(".cps-steps i").count()
        for n in range(total):
            expect(page.locator(".cps-progress")).to_contain_text(f"ข้อ {n + 1} จาก {total}")
            expect(legend).to_be_focused()
            by.press(EVERYWHERE, "Tab")
            if page.locator("main input[type=radio]").count():
                by.press(ONE, "Space")
            elif page.locator("main input[type=checkbox]").count():
                by.press(MANY, "Space")
            else:
                by.press(ORDER, "Enter")
            expect(page.locator(".cps-status-saved")).to_contain_text(f"ข้อ {n + 1}")
            by.look()
            by.tab_to(page.locator("[data-key='action:next'], [data-key='action:check']"), most=25)
            page.keyboard.press("Enter")
        expect(page.locator("main .cps-result h2")).to_be_focused()
        by.tab_to(page.locator("[data-key='action:finish']"), most=25)
        page.keyboard.press("Enter")
        expect(page.locator(".cps-score-text")).to_contain_text(f"จาก {total}")
        expect(page.locator("main .cps-result h2")).to_be_focused()
        by.tab_to(page.locator("[data-key='row:2']"), most=4)
        by.press(RESULT, "Enter", may_leave=True)
        expect(legend).to_be_focused()
        expect(page.locator(".cps-feedback h3")).to_be_visible()
        by.tab_to(page.locator("[data-key='action:result']"), most=12)
        page.keyboard.press("Enter")
        expect(page.locator("main .cps-result h2")).to_be_focused()
        by.tab_to(page.locator("[data-key='action:menu']"), most=60)
        page.keyboard.press("Enter")
        expect(page.locator("main .cps-quiz-menu h1")).to_be_focused()


@presses(
    (EVERYWHERE, "Tab"), (EVERYWHERE, "Shift+Tab"), (LIST, "ArrowDown"), (ONE, "Space"), (ONE, "ArrowDown"), (UNFOLDS, "Enter"), (TICKS, "Space"),
    (CLAUSE, "Enter"), (CLAUSE, "Escape"),
)  # fmt: skip
def test_prepare_for_a_visit_choose_read_a_clause_tick_and_begin_the_questions(own_kit, browser, hands):
    with visiting(own_kit, browser, width=360, height=780) as visit:
        enter(visit, "learner", "th")
        page = go(visit, "/refresher")
        by = hands(page)
        by.tab_to(page.locator("main select"))
        by.press(LIST, "ArrowDown")
        expect(page.locator("main select")).to_have_value("thung-sathit")
        by.press(EVERYWHERE, "Tab")
        by.press(ONE, "Space")
        by.press(ONE, "ArrowDown")
        expect(page.locator("main input[value=member-meeting]")).to_be_checked()
        by.tab_to(page.locator("main button.cps-primary"), most=4)
        page.keyboard.press("Enter")
        page.wait_for_url("**/refresher?cooperative=thung-sathit&method=member-meeting")
        settle(visit)
        cited = page.locator(".cps-needed .cps-cite").first
        by.tab_to(cited)
        by.press(CLAUSE, "Enter")
        expect(page.locator("dialog.cps-sheet h2")).to_be_focused()
        by.press(CLAUSE, "Escape")
        expect(cited).to_be_focused()
        more = page.locator("main .cps-visit details > summary")
        by.tab_to(more)
        by.press(UNFOLDS, "Enter")
        expect(page.locator("main .cps-visit details")).to_have_attribute("open", "")
        box = page.locator("[data-key='doc:act']")
        by.tab_to(box)
        for is_ticked in (True, False, True):
            by.press(TICKS, "Space")
            expect(box).to_be_checked(checked=is_ticked)
        clear = page.locator("[data-key='clear']")
        by.tab_to(clear, most=30)
        page.keyboard.press("Enter")
        expect(box).not_to_be_checked()
        expect(box).to_be_focused()
        by.tab_to(page.locator("main .cps-next a"), back=True)
        page.keyboard.press("Enter")
        expect(page.locator("main legend")).to_be_visible()


STOPS = """() => {
  window.__stops = new Set([...document.querySelectorAll('a[href], button, summary, input:not([type=hidden]), select, textarea, [tabindex="0"]')].filter((e) => {
    if (e.tabIndex < 0 || e.disabled || !e.checkVisibility({ visibilityProperty: true })) return false;
    if (!e.matches('input[type=radio]')) return true;
    const group = [...document.querySelectorAll('input[type=radio]')].filter((other) => other.name === e.name);
    return e === (group.find((other) => other.checked) || group[0]);
  }));
  document.activeElement.blur();
  window.scrollTo(0, 0);
  return window.__stops.size;
}"""
LEFT = """() => [...window.__stops].map((e) => (e.innerText || e.getAttribute('aria-label') || e.name || e.tagName).trim())"""


@presses((EVERYWHERE, "Tab"))
def test_tab_alone_comes_to_everything_on_every_page_and_out_again(kit, browser, hands):
    """No trap, no stop that cannot be seen, nothing covered by a bar."""
    with visiting(kit, browser, width=360, height=780) as visit:
        enter(visit, "trainer", "th")
        for page_of_table in TABLE:
            page = go(visit, page_of_table.path)
            by = hands(page)
            for _ in range(2 * page.evaluate(STOPS) + 10):
                by.press(EVERYWHERE, "Tab", may_leave=True)
                if page.evaluate("document.activeElement === document.body"):
                    break
                by.look()
                page.evaluate("() => { window.__stops.delete(document.activeElement); }")
            else:
                raise AssertionError(f"{page_of_table.path}: Tab never leaves the page")
            assert page.evaluate(LEFT) == [], page_of_table.path
