"""A page's cells: what is shown of each output, what stands where nothing can be shown, and that it comes all at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.page.fake_kernel import REST

BARS = '<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="20" {}><rect width="9" height="9"/>{}</svg>'


def cell(visit, name="c1"):
    return visit.page.locator(f'[data-cell="{name}"]')


def test_each_kind_of_output_is_shown_in_its_order(visit, kernel):
    kernel.show(
        "c1",
        kernel.widget("a", id="a", text="widget"),
        {"image/svg+xml": BARS.format("", "<title>bars</title>")},
        {"text/html": "<p id='html'>สวัสดี <b>html</b></p>"},
        {"text/plain": "<b>plain</b>\n  text"},
    )
    visit.open()
    assert cell(visit).evaluate("(e) => Array.from(e.children, (child) => child.localName)") == [
        "div",
        "svg",
        "p",
        "pre",
    ]
    expect(visit.page.locator("#html b")).to_have_text("html")
    assert visit.page.locator("pre").text_content() == "<b>plain</b>\n  text"
    assert cell(visit).locator("svg rect").evaluate("(e) => e.getBoundingClientRect().width > 0")
    assert visit.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), (
        "a wide drawing must fit the page"
    )


def test_the_best_kind_of_an_output_wins(visit, kernel):
    plain = {"text/plain": "plain"}
    kernel.widget("a", id="a", text="widget")
    widget = {"application/vnd.jupyter.widget-view+json": {"model_id": "a"}}
    kernel.show("c1", {**plain, "text/html": "<i>html</i>", "image/svg+xml": BARS.format("", ""), **widget})
    kernel.show("c2", {**plain, "text/html": "<i>html</i>", "image/svg+xml": BARS.format("", "")})
    kernel.show("c3", {**plain, "text/html": "<i>html</i>", "image/png": "AAAA"})
    visit.open()
    assert [cell(visit, c).evaluate("(e) => e.firstElementChild.localName") for c in ("c1", "c2", "c3")] == [
        "div",
        "svg",
        "i",
    ]


@pytest.mark.parametrize(
    ("attributes", "inside", "role"),
    [
        ('aria-label="bars"', "", "img"),
        ('aria-label="bars" role="group"', "<title>bars</title>", "group"),
        ('aria-hidden="true"', "", None),
        ("", "", None),
    ],
)
def test_a_drawing_with_a_name_of_its_own_is_an_image(visit, kernel, attributes, inside, role):
    kernel.show("c1", {"image/svg+xml": '<?xml version="1.0"?>' + BARS.format(attributes, inside)})
    visit.open()
    assert cell(visit).locator("svg").get_attribute("role") == role


@pytest.mark.parametrize("kind", ["image/svg+xml", "text/html"])
def test_styles_of_an_output_hold_inside_it_only(visit, kernel, kind):
    style = "<style>rect, p { fill: rgb(1, 2, 3); color: rgb(1, 2, 3) }</style>"
    drawing = BARS.format("", style)
    kernel.show("c1", {kind: drawing if kind != "text/html" else f"{style}<p>styled {drawing}</p>"})
    kernel.show("c2", {"text/html": "<p id='other'>other</p>"})
    visit.open()
    assert cell(visit).locator("rect").evaluate("(e) => getComputedStyle(e).fill") == "rgb(1, 2, 3)"
    assert visit.page.locator("#other").evaluate("(e) => getComputedStyle(e).color") != "rgb(1, 2, 3)"


def test_no_output_runs_a_script(visit, kernel):
    kernel.show(
        "c1",
        {"text/html": "<p>html</p><script>log.push('html')</script><script src='/shell.js'></script>"},
        {"image/svg+xml": BARS.format("", "<script>log.push('svg')</script>")},
    )
    visit.page.goto(kernel.url)
    visit.ready()
    assert visit.log() == []
    visit.page.evaluate("() => { violations.length = 0; }")


def test_what_cannot_be_shown_says_so(visit, kernel):
    kernel.show("broken", {"image/svg+xml": "<svg><rect"})
    kernel.show("other", {"image/svg+xml": "<p xmlns='http://www.w3.org/1999/xhtml'>no drawing</p>"})
    kernel.show("gone", "nobody")
    kernel.show("raised", {"text/plain": "before"}, failed=True)
    kernel.show("foreign", {"image/png": "AAAA"})
    visit.open()
    for name in ("broken", "other", "gone", "raised"):
        assert cell(visit, name).inner_text().strip() == "failed", name
    assert cell(visit, "foreign").inner_text().strip() == "foreign"


def test_an_empty_place_is_hidden_and_every_place_is_said_to_be_drawn(visit, kernel):
    kernel.show("c2", {"text/plain": "shown"})
    kernel.show("c1")
    kernel.show("untold", {"text/plain": "not part of the kernel's page"})
    kernel.page_text = kernel.html()
    kernel.cells = [c for c in kernel.cells if c["id"] != "untold"] + [
        {"id": "no place", "outputs": [], "failed": False}
    ]
    visit.open()
    assert [cell(visit, c).get_attribute("hidden") is None for c in ("c1", "c2", "untold")] == [False, True, False]
    for name in ("c1", "c2", "untold"):
        assert cell(visit, name).get_attribute("data-drawn") == "yes"
        assert cell(visit, name).get_attribute("aria-busy") is None
    expect(visit.page.locator(".shell-bone")).to_have_count(0)


def test_a_page_without_cells_is_ready(visit):
    visit.open()


def test_all_cells_are_drawn_in_one_task(visit, kernel):
    for n in range(6):
        kernel.show(f"c{n}", kernel.widget(f"w{n}", id=f"w{n}"))
    visit.page.add_init_script(
        """addEventListener("DOMContentLoaded", () => new MutationObserver(() => {
          const drawn = document.querySelectorAll("[data-view]").length, ready = document.querySelector("#main").dataset.ready;
          (window.seen ??= []).push([drawn, ready]);
        }).observe(document.querySelector("#main"), { childList: true, subtree: true }));"""
    )
    visit.open()
    assert visit.page.evaluate("() => seen") == [[6, "yes"]]


def test_the_page_asks_before_anything_else_is_loaded(visit, kernel):
    kernel.page_text = kernel.html().replace("prose</div>", "<img src='/picture.png' alt=''></div>")
    visit.page.route("**/picture.png", lambda route: (kernel.wait(lambda k: k.asked), route.abort()))
    visit.open()
    (asked,) = kernel.asked
    assert (asked.channel, asked.content["target_name"], asked.data) == ("shell", "cps.page", {})


def test_an_async_script_does_not_even_wait_for_the_style(visit, kernel):
    kernel.show("c1", {"text/plain": "text"})
    html = kernel.html().replace('<script src="/shell.js">', '<script defer src="/shell.js">')
    kernel.page_text = html.replace('type="module"', 'type="module" async')
    visit.page.route("**/shell.css", lambda route: (kernel.wait(lambda k: k.asked), route.continue_()))
    visit.open()
    assert cell(visit).inner_text() == "text"


@pytest.mark.parametrize("place", ['<main id="main"', '<div class="shell-outputs"'])
def test_an_async_script_waits_for_every_place(visit, kernel, place):
    kernel.show("c1", {"text/plain": "text"})
    html = kernel.html().replace('type="module"', 'type="module" async')
    kernel.page_text = html.replace(place, f"{REST}{place}")
    kernel.script = f"fetch('/ran');\n{kernel.script}"
    visit.open()
    assert cell(visit).inner_text() == "text"
