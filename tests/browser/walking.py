"""Walks through every page and its states. What must hold wherever one stands is in checks.py; the screenshots walk too.

A walk is a generator that brings one visit from state to state and names each. It finds its way by structure (data-key, type,
address), never by words, so that it goes the same in both languages. New pages of server.pages are walked by themselves.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

from playwright.sync_api import expect

from cps_training.content.library import load_library
from cps_training.places import shipped
from cps_training.server.pages import STAFF, build_pages
from tests.kit import Kit, Visit

PASSWORD = "a long password"
TABLE = build_pages(shipped() / "notebooks")
OTHER_LESSONS = {page.path for page in TABLE if page.path.startswith("/lessons/")} - {"/lessons/cps-cycle"}
"""One lesson stands for all where each state is looked at for long; tests/browser/test_lessons.py opens them all."""

Walk = Callable[[Visit, str], Iterator[str]]
"""A visit and the language to walk in; yields the name of each state."""


# Getting about --------------------------------------------------------------------------------------------------


def settle(visit: Visit) -> Any:
    """The page once its widgets are drawn; also right for pages without widgets."""
    page = visit.page
    if page.locator("body[data-voila], #cps-page").count():
        page.locator("main[data-ready]").wait_for()
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
    return page


def go(visit: Visit, path: str) -> Any:
    return settle(visit.open(path))


def use_language(visit: Visit, locale: str) -> None:
    """Press the language switch where it is needed."""
    page = visit.page
    if page.locator("html").get_attribute("lang") != locale:
        page.locator(".shell-lang").click()
        expect(page.locator("html")).to_have_attribute("lang", locale)
        settle(visit)


def enter(visit: Visit, role: str, locale: str) -> None:
    """Sign in as a demo person, whose language is set to this one."""
    visit.enter_as(role)
    use_language(visit, locale)


def unfold(visit: Visit) -> int:
    """Open everything that opens, also what lies inside; gives how many there were."""
    return int(
        visit.page.evaluate(
            "() => { const all = [...document.querySelectorAll('main details')]; for (const d of all) d.open = true; return all.length; }"
        )
    )


def press(visit: Visit, key: str) -> None:
    """Press a button by its data-key (`action:next`)."""
    visit.page.locator(f"main [data-key='{key}']").first.click()


def sign_in(visit: Visit, code: str, password: str) -> None:
    page = visit.open("/sign-in").page
    page.locator("#code").fill(code)
    page.locator("#password").fill(password)
    page.locator("form[action='/sign-in'] button").last.click()
    page.wait_for_url(re.compile("/(password|home|trainer)"))


def command(kit: Kit, *words: str) -> dict[str, Any]:
    """A `cps-training` command on the kit's own data folder; gives its JSON."""
    folder = kit.root / "demo" if kit.said["demo"] else kit.root
    done = subprocess.run(
        [sys.executable, "-m", "cps_training.cli", *words, "--data-dir", str(folder), "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


# Answering on purpose -------------------------------------------------------------------------------------------

_BY_STEM: dict[str, Any] = {}


def item_shown(card: Any) -> Any:
    """The shipped item a card shows; a test may know keys, a page never does."""
    if not _BY_STEM:
        _BY_STEM.update({" ".join(item.stem.split()): item for item in load_library(shipped()).items.values()})
    return _BY_STEM[" ".join(card.locator("legend").inner_text().split())]


def fill_in(card: Any, *, right: bool) -> str:
    """Choose in the card: what the key says, or something else. Gives the interaction."""
    item = item_shown(card)
    boxes = card.locator("input[type=radio], input[type=checkbox]")
    if item.interaction == "order":
        if right:
            texts = {entry.id: entry.text for entry in item.entries}
            _put_in_order(card, [texts[entry] for entry in item.key])
        else:
            card.locator("ol button:not([aria-disabled=true])").first.click()
        return "order"
    keys = {item.key} if isinstance(item.key, str) else set(item.key)
    texts = {choice.text: choice.id in keys for choice in item.choices}
    for index in range(boxes.count()):
        box = boxes.nth(index)
        text = box.locator("xpath=ancestor::label").locator(".cps-option-text").inner_text()
        is_key = next(
            (known for t, known in texts.items() if " ".join(t.split()) == " ".join(text.split())), "defer" in keys
        )
        if is_key == (right or item.interaction == "choose_many"):
            box.check()
            if not right or item.interaction == "choose_one":
                break
    return str(item.interaction)


def _put_in_order(card: Any, wanted: list[str]) -> None:
    for index, text in enumerate(wanted):
        while True:
            now = [
                " ".join(t.split()) for t in card.locator("ol .cps-option-text > [data-cps-content]").all_inner_texts()
            ]
            at = now.index(" ".join(text.split()))
            if at == index:
                break
            card.locator("ol > li").nth(at).locator("[data-key^='up:']").click()


# Walks ----------------------------------------------------------------------------------------------------------


def entrance(visit: Visit, locale: str) -> Iterator[str]:
    """Before signing in: the form, what a wrong password says, a page that is not there."""
    page = visit.open("/sign-in").page
    use_language(visit, locale)
    yield "sign-in"
    page.locator("#code").fill("A001")
    page.locator("#password").fill("not the password")
    page.locator("form[action='/sign-in'] button").last.click()
    page.get_by_role("alert").wait_for()
    yield "sign-in refused"
    visit.open("/no-such-page")
    yield "404"


def learners_pages(visit: Visit, locale: str) -> Iterator[str]:
    """Every page of the table that is for everybody, as it opens and with all that opens unfolded; one that is not."""
    enter(visit, "learner", locale)
    for page in TABLE:
        if page.roles != STAFF and page.path not in OTHER_LESSONS:
            go(visit, page.path)
            yield page.path
            if unfold(visit):
                yield f"{page.path} unfolded"
    visit.page.locator(".shell-account > summary").click()
    yield "account opened"
    visit.open("/trainer")
    yield "403"


def staff_pages(visit: Visit, locale: str) -> Iterator[str]:
    """Every page for staff, and what opens on it."""
    enter(visit, "trainer", locale)
    for page in TABLE:
        if page.roles == STAFF:
            go(visit, page.path)
            yield page.path
            if unfold(visit):
                yield f"{page.path} unfolded"


def practice(visit: Visit, locale: str) -> Iterator[str]:
    """A whole practice: each interaction before and after answers of each kind, the result, an item looked back at."""
    enter(visit, "approver", locale)
    go(visit, "/quiz?form=cps-practice")
    if visit.page.locator("main .cps-result").count():
        press(visit, "action:again")
    seen: set[str] = set()
    wants_right: dict[str, bool] = {}
    for n in range(len(load_library(shipped()).forms["cps-practice"].items)):
        card = visit.wait_for_card()
        expect(card.locator(".cps-steps .cps-done")).to_have_count(n)
        kind = item_shown(card).interaction
        if f"{kind} open" not in seen:
            seen.add(f"{kind} open")
            yield f"practice {kind} open"
        if kind != "order" and "nothing chosen" not in seen:  # an order as it stands is an answer
            seen.add("nothing chosen")
            card.locator("button[type=submit]").click()
            expect(card.locator(".cps-status-notice")).not_to_be_empty()
            yield "practice nothing chosen"
        fill_in(card, right=wants_right.setdefault(kind, True))
        wants_right[kind] = not wants_right[kind]
        card.locator("button[type=submit]").click()
        card.locator(".cps-feedback h3").wait_for()
        verdict = re.search(r"cps-is-(\w+)", card.locator(".cps-feedback").get_attribute("class") or "")
        assert verdict
        if f"{kind} {verdict[1]}" not in seen:
            seen.add(f"{kind} {verdict[1]}")
            unfold(visit)
            yield f"practice {kind} {verdict[1]}"
        card.locator("[data-key='action:next'], [data-key='action:finish']").click()
    assert {"choose_one right", "choose_one wrong", "choose_many right", "choose_many partly"} <= seen
    visit.page.locator("main .cps-result").wait_for()
    yield "practice result"
    press(visit, "row:2")
    visit.wait_for_card()
    yield "practice review"
    press(visit, "action:result")
    press(visit, "action:menu")
    visit.page.locator("main .cps-quiz-menu").wait_for()
    yield "quiz menu with a result"


def exam(visit: Visit, locale: str) -> Iterator[str]:
    """An exam under way, and the check before it is sent."""
    enter(visit, "learner", locale)
    go(visit, "/quiz?form=cps-exam")
    card = visit.wait_for_card()
    fill_in(card, right=False)
    expect(card.locator(".cps-status-saved")).not_to_be_empty()
    yield "exam saved"
    while card.locator("[data-key='action:next']").count():
        before = card.locator(".cps-progress").inner_text()
        card.locator("[data-key='action:next']").click()
        expect(card.locator(".cps-progress")).not_to_have_text(before)
    press(visit, "action:check")
    visit.page.locator("main .cps-result").wait_for()
    yield "exam check"
    visit.page.evaluate(
        "() => { document.getElementById('shell-lost').hidden = false; document.body.classList.add('shell-is-lost'); }"
    )
    yield "connection lost"


def first_day(visit: Visit, locale: str) -> Iterator[str]:
    """An office nobody has set up: the form and its refusal. Nothing is made."""
    page = visit.open("/").page
    use_language(visit, locale)
    yield "first trainer"
    page.locator("#setup_code").fill("AAAA-BBBB")
    page.locator("#name").fill("อารี ตัวอย่าง")
    page.locator("#code").fill("T001")
    page.locator("#password").fill(PASSWORD)
    page.locator("#again_password").fill("another password")
    page.locator("form[action='/first-trainer'] button").click()
    page.get_by_role("alert").wait_for()
    yield "first trainer refused"


def empty_office(visit: Visit, locale: str) -> Iterator[str]:
    """An office with a trainer and nothing else: choosing a password, then every page in its empty state."""
    made = command(visit.kit, "person", "code", "T001")
    sign_in(visit, "T001", made["one_time_code"])
    use_language(visit, locale)
    yield "password"
    for field, value in (("#password", PASSWORD), ("#again_password", PASSWORD + "!")):
        visit.page.locator(field).fill(value)
    visit.page.locator("form[action='/password'] button").click()
    visit.page.get_by_role("alert").wait_for()
    yield "password refused"
    for field in ("#password", "#again_password"):
        visit.page.locator(field).fill(PASSWORD)
    visit.page.locator("form[action='/password'] button").click()
    settle(visit)
    for page in TABLE:
        if not page.path.startswith("/lessons/"):
            go(visit, page.path)
            yield f"empty {page.path}"


WALKS: dict[str, Walk] = {
    walk.__name__: walk for walk in (entrance, learners_pages, staff_pages, practice, exam, first_day, empty_office)
}

OFFICES = {"first_day": "blank_office", "empty_office": "empty_office"}
"""Walks that need another office than the demo's: the name of its fixture."""
