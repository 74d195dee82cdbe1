"""A connection that is lost and comes back: nothing that was typed is lost, what waited leaves once, and the person is told in time."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.page.fake_kernel import NO_ANSWER


@pytest.fixture
def standing(visit):
    """The page's clock stands still until a test moves it."""
    visit.page.clock.install(time=0)
    visit.page.clock.pause_at(1000)
    return visit.page.clock


def test_the_socket_names_its_session(shown, kernel):
    visit = shown(text="one")
    visit.cut()
    kernel.wait(lambda k: len(k.asked) == 2)
    (session,) = {address.partition("session_id=")[2] for address in kernel.addresses}
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", session)
    assert session == kernel.asked[0].header["session"]
    assert len({message.comm for message in kernel.asked}) == 2
    assert not visit.is_lost()


def test_what_was_typed_stays_what_changed_arrives_what_waited_leaves_once(visit, kernel):
    kernel.widget("a", id="a", text="before")
    kernel.show("c1", kernel.box("box", "a", kernel.widget("b", id="b", text="untouched")))
    visit.open()
    visit.field("a").fill("half a sent")
    visit.field("a").evaluate("(e) => { e.marked = true; e.focus(); }")
    visit.run("model().on('change', () => log.push('a changed')); model('b').on('change', () => log.push('b changed'))")
    visit.cut(is_up=False)
    visit.run("for (const n of [1, 2, 3]) model().send(n)")
    kernel.states["a"]["state"]["text"] = "after"
    kernel.is_up = True
    expect(visit.page.locator("output")).to_have_text(["after", "untouched"])
    assert visit.field("a").evaluate("(e) => e.marked && e.value === 'half a sent' && e === document.activeElement")
    kernel.wait_heard(3)
    visit.cut()
    kernel.wait(lambda k: len(k.asked) == 3)
    visit.until("document.querySelector('#shell-lost').hidden")
    visit.run("model().send('fence')")
    kernel.wait_heard(4)
    assert kernel.contents() == [1, 2, 3, "fence"]
    assert visit.log() == ["initialize a", "initialize b", "render a", "render b", "a changed"]


def test_what_was_set_meanwhile_stays_and_is_saved_before_it_is_spoken_of(shown, kernel):
    visit = shown(text="python's", x=0)
    visit.cut(is_up=False)
    visit.run(
        "for (let n = 1; n <= 500; n += 1) { model().set('x', n); model().save_changes(); } model().send('see x')"
    )
    kernel.states["a"]["state"]["text"] = "newer"
    kernel.is_up = True
    visit.wake()
    saved, sent = kernel.wait_heard(2)
    assert saved.data["state"] == {"x": 500}
    assert sent.data["content"] == "see x"
    assert visit.run("return [model().get('x'), model().get('text')]") == [500, "newer"]


def test_models_that_came_or_went_meanwhile(visit, kernel):
    for name in "abcd":
        kernel.widget(name, id=name, text=name)
    kernel.show("c1", kernel.box("box", "a", "b"))
    kernel.show("c2", "c")
    kernel.show("c3", "d")
    visit.open()
    visit.field("d").fill("typed")
    visit.field("a").fill("typed")
    visit.cut(is_up=False)
    visit.run("model('b').send('to nobody'); model('a').send('to a')")
    del kernel.states["b"], kernel.states["c"]
    kernel.widget("e", id="e", text="e")
    kernel.widget("f", id="f", text="f")
    kernel.box("box", "e", "a")
    kernel.show("c2", "f")
    kernel.is_up = True
    visit.wake()
    expect(visit.field("f")).to_be_visible()
    assert sorted(visit.texts()) == ["a", "d", "e", "f"]
    assert [visit.field("a").input_value(), visit.field("d").input_value()] == ["typed", "typed"]
    visit.run("model('d').send('fence')")
    kernel.wait(lambda k: "fence" in k.contents())
    assert [said for said in kernel.contents() if isinstance(said, str)] == ["to a", "fence"]
    ended = [line for line in visit.log() if "ended" in line]
    assert sorted(ended) == ["initialize ended b", "initialize ended c", "render ended b", "render ended c"]


def test_a_cell_that_shows_something_else_is_drawn_anew(visit, kernel):
    for name in "abc":
        kernel.widget(name, id=name, text=name)
    kernel.show("c1", "a")
    kernel.show("c2", {"text/plain": "before"})
    kernel.show("c3", "c")
    visit.open()
    visit.field("c").fill("typed")
    kernel.show("c1", "b")
    kernel.show("c2", {"text/plain": "after"})
    kernel.close("c")
    visit.until("log.includes('render ended c')")
    visit.cut()
    expect(visit.page.locator("pre")).to_have_text("after")
    assert visit.texts() == ["b"]
    assert "render ended a" in visit.log()
    assert "initialize ended a" not in visit.log()
    assert visit.page.locator(".failed").count() == 0


def test_a_view_is_told_when_no_more_can_wait(shown, kernel):
    visit = shown()
    visit.cut(is_up=False)
    kept = visit.run("let n = 0; try { while (n < 1000) { model().send(n); n += 1; } } catch {} return n")
    assert kept == 100
    kernel.is_up = True
    visit.wake()
    kernel.wait_heard(100)
    visit.run("model().send('fence')")
    kernel.wait_heard(101)
    assert kernel.contents() == [*range(100), "fence"]


def test_the_person_is_told_after_a_while_and_no_longer_once_it_is_back(visit, kernel, standing):
    kernel.show("c1", kernel.widget("a", id="a"))
    visit.open()
    visit.cut(is_up=False)
    standing.run_for(3_900)
    assert not visit.is_lost()
    standing.run_for(200)
    visit.until("!document.querySelector('#shell-lost').hidden")
    assert visit.page.locator("body.shell-is-lost").count() == 1
    kernel.is_up = True
    visit.wake()
    visit.until("document.querySelector('#shell-lost').hidden")
    assert visit.page.locator("body.shell-is-lost").count() == 0


def test_a_short_absence_is_not_told_and_a_long_one_is_told_again(visit, kernel, standing):
    kernel.show("c1", kernel.widget("a", id="a"))
    visit.open()
    standing.run_for(40_000)
    assert not visit.is_lost()
    visit.cut()
    visit.wake()
    kernel.wait(lambda k: len(k.asked) == 2)
    visit.run("model().send('fence')")
    kernel.wait_heard(1)
    standing.run_for(40_000)
    assert not visit.is_lost()
    visit.cut(is_up=False)
    visit.page.evaluate("() => fetch('/shell.js').then(() => 0)")
    standing.run_for(5_000)
    assert visit.is_lost()


@pytest.mark.parametrize("fate", [200, 503, NO_ANSWER])
def test_tries_become_rarer_while_the_kernel_may_come_back(shown, kernel, visit, standing, fate):
    shown(text="one")
    visit.cut(is_up=False, fate=fate)
    waited = []
    for tries in range(1, 8):
        spent = 0
        while kernel.happened.count("refused") < tries and spent < 20_000:
            standing.run_for(250)
            spent += 250
            visit.page.evaluate(
                "() => new Promise((done) => fetch('/shell.js').then(done))"
            )  # lets a try reach the server
        kernel.wait(lambda k, n=tries: k.happened.count(f"asked about the kernel: {fate}") >= n)
        visit.page.evaluate("() => fetch('/shell.js').then(() => 0)")
        waited.append(spent)
    assert waited[0] <= 1_500
    assert waited[2] > waited[0]
    assert 9_000 <= waited[-1] <= 11_500
    kernel.is_up = True
    visit.run("dispatchEvent(new Event('online'))")
    kernel.wait(lambda k: len(k.asked) == 2)


@pytest.mark.parametrize("fate", [404, 403, 302])
def test_a_kernel_that_is_gone_is_told_at_once_and_not_tried_again(shown, kernel, visit, standing, fate):
    shown(text="one")
    visit.field("a").fill("typed")
    visit.cut(is_up=False, fate=fate)
    standing.run_for(800)
    expect(visit.page.locator("#shell-lost")).to_be_visible()
    tries = kernel.happened.count("refused")
    assert tries == 1
    standing.run_for(120_000)
    visit.wake()
    visit.run("dispatchEvent(new Event('online'))")
    visit.page.evaluate("() => fetch('/shell.js').then(() => 0)")
    assert kernel.happened.count("refused") == tries
    assert visit.field("a").input_value() == "typed"
    assert visit.run("try { model().send('x'); return 'kept'; } catch (error) { return 'told'; }") == "told"


def test_a_kernel_that_says_it_is_dead_is_gone(shown, kernel, visit, standing):
    shown()
    kernel.send_status("dead")
    expect(visit.page.locator("#shell-lost")).to_be_visible()
    standing.run_for(60_000)
    visit.page.evaluate("() => fetch('/shell.js').then(() => 0)")
    assert kernel.happened.count("opened") == 1


def test_a_kernel_that_is_busy_or_starting_is_not_gone(shown, kernel):
    visit = shown(text="one")
    for state in ("starting", "busy", "idle"):
        kernel.send_status(state)
    kernel.update("a", text="two")
    expect(visit.page.locator("output")).to_have_text("two")
    assert not visit.is_lost()


def test_a_sleep_of_ten_minutes(shown, kernel, visit, standing):
    shown(text="one")
    visit.field("a").fill("typed before the sleep")
    visit.cut(is_up=False)
    standing.fast_forward("10:00")
    expect(visit.page.locator("#shell-lost")).to_be_visible()
    kernel.states["a"]["state"]["text"] = "two"
    kernel.is_up = True
    visit.wake()
    expect(visit.page.locator("output")).to_have_text("two")
    expect(visit.page.locator("#shell-lost")).to_be_hidden()
    assert visit.field("a").input_value() == "typed before the sleep"


def test_another_network_means_another_socket(shown, kernel):
    visit = shown(text="one")
    visit.field("a").fill("typed")
    visit.run("dispatchEvent(new Event('online'))")
    kernel.wait(lambda k: len(k.asked) == 2)
    kernel.update("a", text="two")
    expect(visit.page.locator("output")).to_have_text("two")
    visit.wake()
    visit.run("model().send('fence')")
    kernel.wait_heard(1)
    assert kernel.happened.count("opened") == 2
    assert visit.field("a").input_value() == "typed"


def test_a_kernel_that_never_answers_is_told_after_half_a_minute(visit, kernel, standing):
    kernel.is_mute = True
    kernel.show("c1", kernel.widget("a", id="a"))
    visit.page.goto(kernel.url)
    kernel.wait(lambda k: k.asked)
    standing.run_for(29_000)
    assert not visit.is_lost()
    standing.run_for(2_000)
    assert visit.is_lost()


def test_a_try_that_hangs_is_given_up(visit, kernel, standing):
    kernel.is_hanging = True
    kernel.show("c1", kernel.widget("a", id="a", text="drawn"))
    visit.page.goto(kernel.url)
    kernel.wait(lambda k: "hangs" in k.happened)
    kernel.is_hanging = False
    standing.run_for(30_000)
    kernel.wait(lambda k: "asked about the kernel: 200" in k.happened)
    visit.page.evaluate("() => fetch('/shell.js').then(() => 0)")
    standing.run_for(2_000)
    visit.ready()
    assert visit.texts() == ["drawn"]
