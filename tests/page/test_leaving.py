"""The page's end and its return: a goodbye that names the person's token, last words that arrive, a page out of the browser's memory."""

from __future__ import annotations

from playwright.sync_api import expect

RETURN = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"


def test_the_goodbye_carries_the_token(shown, kernel):
    visit = shown()
    visit.page.goto("about:blank")
    kernel.wait(lambda k: "goodbye" in k.happened and "closed" in k.happened)
    assert kernel.beacons == [{"_xsrf": "2|token"}]


def test_what_a_view_says_while_the_page_is_left_still_arrives(visit, kernel):
    kernel.show("c1", kernel.widget("a", "parting", id="a"))
    visit.open()
    kernel.open(kernel.widget("b", "parting", id="b"))
    kernel.show("c1", "a")
    visit.page.goto("about:blank")
    kernel.wait_heard(1)
    assert kernel.contents() == [{"last": "word"}]


def test_a_page_brought_back_while_its_kernel_lives_goes_on(shown, kernel):
    visit = shown(text="one")
    visit.field("a").fill("typed")
    visit.run(RETURN)
    kernel.update("a", text="two")
    expect(visit.page.locator("output")).to_have_text("two")

    visit.run("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    kernel.wait(lambda k: "goodbye" in k.happened and "closed" in k.happened)
    visit.run("model().send('said in between')")
    kernel.states["a"]["state"]["text"] = "three"
    visit.run(RETURN)
    expect(visit.page.locator("output")).to_have_text("three")
    kernel.wait_heard(1)
    assert kernel.contents() == ["said in between"]
    assert kernel.happened.count("page served") == 1
    assert visit.field("a").input_value() == "typed"


def test_a_page_brought_back_without_its_kernel_is_loaded_anew(shown, kernel):
    visit = shown(text="one")
    visit.run("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    kernel.wait(lambda k: "goodbye" in k.happened and "closed" in k.happened)
    kernel.is_up, kernel.fate = False, 404
    with visit.page.expect_navigation():
        visit.run(RETURN)
    kernel.is_up, kernel.fate = True, 200
    assert kernel.happened.count("page served") == 2


def test_a_page_whose_kernel_had_ended_before_is_loaded_anew_when_it_is_brought_back(shown, kernel):
    visit = shown(text="one")
    kernel.send_status("dead")
    expect(visit.page.locator("#shell-lost")).to_be_visible()
    with visit.page.expect_navigation():
        visit.run(RETURN)
    visit.ready()
    assert kernel.happened.count("page served") == 2


def test_leaving_does_not_look_like_a_lost_connection(shown, kernel, visit):
    visit.page.clock.install()
    shown()
    visit.run("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    kernel.wait(lambda k: "closed" in k.happened)
    visit.page.clock.run_for(60_000)
    assert not visit.is_lost()
    assert kernel.happened.count("opened") == 1
