"""Widgets in the page: several views of one model, boxes that keep what stays, endings that are told once, mistakes that stay small."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect


@pytest.fixture
def boxed(visit, kernel):
    """A cell with a box in a box: field `a`, and beside it `b`."""
    for name in "ab":
        kernel.widget(name, id=name, text=f"text of {name}")
    kernel.show("c1", kernel.box("outer", kernel.box("inner", "a"), "b"))
    return visit.open()


def type_and_mark(visit, name):
    """Type into a field, put the caret in the middle, and mark its element."""
    visit.field(name).fill("half a sent")
    visit.field(name).evaluate("(e) => { e.setSelectionRange(4, 6); e.focus(); e.marked = true; }")


def is_untouched(visit, name):
    return visit.field(name).evaluate(
        """(e) => e.marked === true && e.value === "half a sent" && e === document.activeElement
        && e.selectionStart === 4 && e.selectionEnd === 6"""
    )


def test_two_views_of_one_model_show_the_same_and_end_apart(visit, kernel):
    kernel.widget("a", id="a", text="one")
    kernel.show("c1", kernel.box("box", "a"))
    kernel.show("c2", "a")
    visit.open()
    kernel.update("a", text="two")
    expect(visit.page.locator("output")).to_have_text(["two", "two"])
    kernel.arrange("box")
    kernel.update("a", text="three")
    expect(visit.page.locator("output")).to_have_text(["three"])
    assert visit.log() == ["initialize a", "render a", "render a", "render ended a"]


def test_a_box_keeps_what_stays_when_something_comes_above_or_goes(boxed, kernel):
    type_and_mark(boxed, "a")
    kernel.open(kernel.widget("new", id="new"))
    kernel.arrange("inner", "new", "a")
    expect(boxed.field("new")).to_be_visible()
    assert is_untouched(boxed, "a")
    assert boxed.texts() == ["", "text of a", "text of b"]
    kernel.arrange("inner", "a")
    expect(boxed.field("new")).to_have_count(0)
    assert is_untouched(boxed, "a")


def test_a_box_keeps_what_stays_when_its_neighbour_is_replaced(boxed, kernel):
    type_and_mark(boxed, "a")
    kernel.open(kernel.widget("new", id="new", text="new"))
    kernel.arrange("outer", "inner", "new")
    kernel.close("b")
    expect(boxed.page.locator("output")).to_have_text(["text of a", "new"])
    assert is_untouched(boxed, "a")


def test_a_box_keeps_what_was_typed_when_children_change_places(visit, kernel):
    for name in "abc":
        kernel.widget(name, id=name, text=name)
    kernel.show("c1", kernel.box("box", *"abc"))
    visit.open()
    type_and_mark(visit, "c")
    kernel.arrange("box", *"cab")
    expect(visit.page.locator("output")).to_have_text(list("cab"))
    assert is_untouched(visit, "c")
    kernel.arrange("box", *"bca")
    expect(visit.page.locator("output")).to_have_text(list("bca"))
    assert is_untouched(visit, "c")
    assert [line for line in visit.log() if line.startswith("render")] == ["render a", "render b", "render c"]


def test_a_box_shows_one_model_twice_and_skips_one_that_is_not_there(visit, kernel):
    kernel.widget("a", id="a", text="a")
    kernel.show("c1", kernel.box("box", "a", "nobody", "a"))
    visit.open()
    assert visit.texts() == ["a", "a"]
    kernel.arrange("box", "a")
    expect(visit.page.locator("output")).to_have_text(["a"])


def test_a_child_that_was_closed_does_not_come_back_with_the_next_arrangement(boxed, kernel):
    kernel.close("b")
    expect(boxed.field("b")).to_have_count(0)
    kernel.open(kernel.widget("new", id="new"))
    kernel.arrange("outer", "b", "inner", "new")
    expect(boxed.field("new")).to_be_visible()
    assert boxed.field("b").count() == 0


def test_every_ending_is_told_once_and_the_view_before_the_widget(boxed, kernel):
    kernel.arrange("outer", "b")
    boxed.until("log.includes('render ended a')")
    kernel.close("a")
    kernel.close("inner")
    kernel.close("b")
    boxed.until("log.includes('initialize ended b')")
    kernel.arrange("outer")
    assert boxed.log() == [
        *("initialize a", "initialize b", "render a", "render b"),
        *("render ended a", "initialize ended a", "render ended b", "initialize ended b"),
    ]


def test_a_view_that_is_gone_hears_nothing_and_its_signal_says_so(boxed, kernel):
    boxed.run(
        "model().on('change:text', () => log.push('heard')); kept.a[0].signal.addEventListener('abort', () => log.push('aborted'))"
    )
    kernel.arrange("inner")
    expect(boxed.field("a")).to_have_count(0)
    kernel.update("a", text="changed")
    kernel.update("b", text="fence")
    expect(boxed.page.locator("output")).to_have_text(["fence"])
    assert sorted(boxed.log()[-2:]) == ["aborted", "render ended a"]


def test_a_model_that_is_told_of_twice_is_one_model(boxed, kernel):
    kernel.states["a"]["state"]["text"] = "told again"
    kernel.open("a")
    expect(boxed.page.locator("output").first).to_have_text("told again")
    assert boxed.log() == ["initialize a", "initialize b", "render a", "render b"]


def test_a_widget_may_be_made_by_a_function_or_have_no_view(visit, kernel):
    kernel.show("c1", kernel.widget("a", "made", id="a", text="made"), kernel.widget("b", "idle", id="b"))
    visit.open()
    assert visit.texts() == ["made"]


def test_a_widget_that_takes_time_keeps_nobody_waiting(visit, kernel):
    kernel.show("c1", kernel.widget("a", "later", id="a", text="one"))
    kernel.show("c2", kernel.widget("b", id="b", text="other"))
    visit.page.goto(kernel.url)
    visit.until("gates.later")
    assert visit.texts() == ["other"]
    assert visit.page.locator("#main").get_attribute("data-ready") is None

    for n in range(3):
        kernel.custom("a", n)
    kernel.update("a", text="two")
    kernel.custom("b", "fence")
    visit.until("log.includes('b heard \"fence\"')")
    visit.run("gates.later()")
    visit.ready()
    expect(visit.page.locator("output")).to_have_text(["two", "other"])
    assert [line for line in visit.log() if " a" in line or line[0] == "a"] == [
        *("initialize a", "render a", "a heard 0", "a heard 1", "a heard 2"),
    ]


def test_what_ends_before_it_is_made_is_not_set_up(visit, kernel):
    kernel.show("c1", kernel.box("box", kernel.widget("a", "later", id="a"), kernel.widget("b", id="b")))
    visit.page.goto(kernel.url)
    visit.until("gates.later")
    kernel.close("a")
    kernel.custom("b", "a is closed")
    visit.until("log.at(-1).includes('a is closed')")
    visit.run("gates.later(); return new Promise((done) => setTimeout(done))")
    assert [line for line in visit.log() if line.endswith(" a")] == []


def test_what_ends_before_it_is_ready_is_not_drawn_and_still_tidied_up(visit, kernel):
    kernel.show("c1", kernel.box("box", kernel.widget("a", "slow", id="a"), kernel.widget("b", "slow", id="b")))
    visit.page.goto(kernel.url)
    visit.until("gates.slow")
    visit.run("window.second = gates.slow")
    kernel.close("a")
    kernel.close("b")
    kernel.open(kernel.widget("c", "slow", id="c"))
    kernel.arrange("box", "c")
    visit.until("gates.slow !== second")
    visit.run("second()")
    visit.until("log.includes('initialize ended b')")
    visit.run("gates.slow()")
    visit.until("gates.drawn")
    kernel.close("c")
    visit.until("log.includes('initialize ended c')")
    visit.run("gates.drawn()")
    visit.until("log.includes('render ended c')")
    assert visit.log() == [
        *("initialize b", "initialize ended b"),
        *("initialize c", "render c", "initialize ended c", "render ended c"),
    ]


@pytest.mark.parametrize(
    ("name", "error"), [("broken", "render broke"), ("unmade", "factory broke"), ("unready", "initialize broke")]
)
def test_a_widget_that_breaks_says_so_in_its_place_only(visit, kernel, name, error):
    visit.expected = [error]
    kernel.show("c1", kernel.box("box", kernel.widget("a", name, id="a"), kernel.widget("b", id="b", text="other")))
    visit.open()
    expect(visit.page.locator("[data-cell] .failed")).to_have_count(1)
    assert visit.texts() == ["other"]


def test_what_a_light_page_does_not_draw_says_so_in_its_place(visit, kernel):
    kernel.widget("a", id="a", text="ours")
    kernel.model("text", "AnyModel", "anywidget", _esm="export default {}")
    kernel.model("link", "AnyModel", "anywidget", _esm="https://elsewhere.test/x.js")
    kernel.widget("unknown", "no_such_view")
    kernel.widget("inherited", "constructor")
    kernel.model("slider", "IntSliderModel", "@jupyter-widgets/controls", value=1)
    kernel.show("c1", kernel.box("box", "a", "text", "link", "unknown", "inherited", "slider"), "slider")
    visit.open()
    expect(visit.page.locator("[data-cell] .foreign")).to_have_count(6)
    assert visit.texts() == ["ours"]


def test_a_new_view_can_take_the_focus_at_once(visit, kernel):
    kernel.show("c1", kernel.box("box", kernel.widget("a", id="a", lands=True)))
    visit.open()
    assert visit.field("a").evaluate("(e) => e === document.activeElement")
    kernel.open(kernel.widget("b", id="b", lands=True))
    kernel.arrange("box", "b")
    expect(visit.field("b")).to_be_focused()
