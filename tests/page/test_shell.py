"""The scripts beside the host: the account's sheet and the reload buttons of every page, and what a page in the full template needs."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.page.fake_kernel import KERNEL

ACCOUNT = "<details class='shell-account'><summary>name</summary><a href='#'>inside</a></details><p>outside</p>"


@pytest.fixture
def plain(visit, kernel):
    """A page as sign-in is: the shell's script and no other."""
    kernel.page_text = f"<!doctype html><title>plain</title><script src='/shell.js'></script>{ACCOUNT}<button data-reload><b>again</b></button>"
    visit.page.goto(kernel.url)
    return visit


def is_open(visit):
    return visit.page.locator("details").evaluate("(e) => e.open")


def test_the_accounts_sheet_closes_by_escape_and_by_a_click_elsewhere(plain):
    summary = plain.page.get_by_text("name")
    summary.click()
    plain.page.get_by_text("inside").click()
    assert is_open(plain)
    plain.page.keyboard.press("Escape")
    assert not is_open(plain)
    assert plain.page.evaluate("() => document.activeElement.localName") == "summary"
    summary.click()
    plain.page.get_by_text("outside").click()
    assert not is_open(plain)


def test_a_reload_button_opens_the_page_anew(plain, kernel):
    with plain.page.expect_navigation():
        plain.page.get_by_text("again").click()
    assert kernel.happened.count("page served") == 2


def test_a_page_without_widgets_has_nobody_to_say_goodbye_to(plain, kernel):
    assert plain.page.evaluate("() => /native code/.test(String(WebSocket))")
    plain.page.reload()
    plain.page.goto("about:blank")
    assert kernel.beacons == []


@pytest.fixture
def full(visit, kernel):
    """A page in the full template, with a socket where Jupyter's own would be."""
    config = json.dumps({"kernelId": KERNEL})
    kernel.page_text = f"""<!doctype html><title>full</title><script src="/shell.js"></script><script src="/full.js"></script>
<main id="main"><div id="shell-loading">loading</div><div class="shell-outputs" id="place"></div></main>
<script id="jupyter-config-data" type="application/json">{config}</script><div id="shell-lost" hidden>lost</div>"""
    visit.page.clock.install(time=0)
    visit.page.clock.pause_at(1000)
    visit.page.goto(kernel.url)
    visit.page.evaluate(
        "(at) => { window.socket = new WebSocket(location.origin.replace('http', 'ws') + at, 'v1.kernel.websocket.jupyter.org'); socket.binaryType = 'arraybuffer'; }",
        f"/api/kernels/{KERNEL}/channels",
    )
    kernel.wait(lambda k: "opened" in k.happened)
    return visit


def test_a_full_page_shows_its_outputs_once_they_are_there(full):
    expect(full.page.locator("#shell-loading")).to_be_visible()
    full.page.evaluate("() => { place.innerHTML = '<p>drawn</p>'; }")
    full.ready()
    assert full.page.locator("#place").get_attribute("data-drawn") == "yes"
    expect(full.page.locator("#shell-loading")).to_have_count(0)


def test_a_full_page_tells_of_a_lost_connection_after_a_while(full, kernel):
    full.until("socket.readyState === 1")
    kernel.drop()
    full.until("socket.readyState === 3")
    full.page.clock.run_for(3_900)
    assert not full.is_lost()
    full.page.clock.run_for(200)
    assert full.is_lost()


def test_a_full_page_tells_of_a_dead_kernel_at_once(full, kernel):
    kernel.send_status("dead")
    expect(full.page.locator("#shell-lost")).to_be_visible()


def test_a_full_page_says_goodbye(full, kernel):
    full.page.goto("about:blank")
    kernel.wait(lambda k: "goodbye" in k.happened)
    assert kernel.beacons == [{"_xsrf": "2|token"}]


def test_a_full_page_out_of_the_browsers_memory_is_loaded_anew(full, kernel):
    with full.page.expect_navigation():
        full.run("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert kernel.happened.count("page served") == 2
