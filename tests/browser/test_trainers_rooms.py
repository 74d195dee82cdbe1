"""Every state of the trainer's rooms at a phone and a desk, in both languages: fits, reads, can be hit, speaks one language."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.checks import axe_finds, foreign_words, hard_to_hit
from tests.browser.test_trainers_day import HEAD, LINES
from tests.browser.walking import enter, go, press, unfold
from tests.kit import visiting

BAD = HEAD + "\n".join(
    [
        LINES[0].replace("1 ต.ค. 2565", "31/2/2566"),
        LINES[1].replace("1 ต.ค. 2565", "2566-10-01"),
        LINES[2].replace("ข้าราชการ", "อาสาสมัคร"),
        LINES[3].replace("A04,สุดา", "A01,คนละคน"),
    ]
)
CLASH = f"""{HEAD.strip()},วันที่พ้น
C01,พิมพ์ใจ หนึ่ง,กลุ่มส่งเสริมสหกรณ์ 1,1 ต.ค. 2560,ข้าราชการ,1 ต.ค. 2564
C01,สมศักดิ์ สอง,กลุ่มส่งเสริมสหกรณ์ 1,1 ต.ค. 2564,ข้าราชการ,
"""


def participation(page, visit):
    go(visit, "/trainer")
    yield "participation"
    unfold(visit)
    yield "everything open"
    go(visit, "/trainer")
    press(visit, "add")
    page.locator("[data-form=add] button[type=submit]").click()
    expect(page.locator("[data-form=add] input[name=title]")).to_be_focused()
    yield "a session refused"
    page.locator("[data-key^='action:open:']").first.click()
    page.locator(".cps-attendance").wait_for()
    yield "attendance"
    for kind in ("onsite", "online"):
        page.locator(f".cps-person:has(input[value=absent]:checked) input[value={kind}]").first.check()
    page.locator("[data-key=back]").click()
    expect(page.locator(".cps-unsaved")).to_be_visible()
    yield "unsaved marks"
    page.locator("[data-key=stay]").click()
    page.locator("[data-key=save]").click()
    page.locator(".cps-attendance .cps-is-saved").wait_for()
    yield "marks saved"


def progress(page, visit):
    go(visit, "/progress")
    yield "progress"
    unfold(visit)
    yield "progress, everything open"


def people(page, visit):
    go(visit, "/people")
    yield "people"
    page.locator("[data-key^='open:']").nth(3).click()
    page.locator(".cps-person-sheet").wait_for()
    unfold(visit)
    yield "a person, everything open"
    page.locator("[data-form=transfer] button[type=submit]").click()
    expect(page.locator("[data-form=transfer] input[name=unit]")).to_be_focused()
    yield "a move refused"
    page.locator("[data-form=code] button[type=submit]").click()
    page.locator(".cps-slip").wait_for()
    yield "a new code"
    go(visit, "/people")
    press(visit, "action:pairs")
    page.locator(".cps-pairs").wait_for()
    yield "two accounts"
    page.locator(".cps-pairs form button[type=submit]").first.click()
    page.locator(".cps-merged form button[type=submit]").click()
    page.locator(".cps-note:not(:empty)").wait_for()
    yield "taken apart again"
    go(visit, "/people")
    press(visit, "action:add")
    page.locator(".cps-form-card button[type=submit]").click()
    expect(page.locator("input[name=code]")).to_be_focused()
    yield "somebody new refused"


def roster_file(page, visit):
    go(visit, "/people")
    press(visit, "action:import")
    page.locator("[data-key='submit:file']").click()
    page.locator("[data-form=file] .cps-is-error").wait_for()
    unfold(visit)
    yield "no file"
    for name, text in (("wrong", BAD), ("clash", CLASH)):
        page.locator("input[type=file]").set_input_files(
            {"name": "ทะเบียน.csv", "mimeType": "text/csv", "buffer": text.encode()}
        )
        page.locator("[data-key='submit:file']").click()
        page.locator(".cps-verdict").wait_for()
        unfold(visit)
        yield f"a file: {name}"
        if name == "clash":
            page.locator("[data-key='submit:apply']").click()
            expect(page.locator("[data-error=accept]")).not_to_be_empty()
            yield "a file: not confirmed"
        press(visit, "action:import")
        page.locator("[data-key='submit:file']").wait_for()


# The other half is seen elsewhere: these pages at both widths in test_pages, the roster's file at a phone in test_trainers_day.
@pytest.mark.parametrize(
    ("walk", "width", "locale"),
    [(participation, 360, "en"), (people, 360, "en"), (progress, 1280, "th"), (roster_file, 1280, "th")],
)
def test_every_state_is_for_everybody(kit, browser, walk, width, locale):
    with visiting(kit, browser, width=width, height=780, color_scheme="dark" if width == 360 else "light") as visit:
        page = visit.page
        enter(visit, "trainer", locale)
        wrong = {}
        for state in walk(page, visit):
            found = [
                *([] if page.evaluate("document.documentElement.scrollWidth") <= width else ["wider than the screen"]),
                *axe_finds(page),
                *foreign_words(page, locale),
                *hard_to_hit(page),
            ]
            if found:
                wrong[state] = found
        assert wrong == {}
