"""Each case solved in the browser by four officers; one goes on after a reload, one by own words, one through the story.

One case stands for all where the suite runs every time; the page tests hold all six to the same, and `thorough` walks them all here.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from cps_training.content.library import load_library
from cps_training.places import shipped
from tests.browser.casework import evidence_of, hand_in, mark, open_case, put, show_table, tab
from tests.browser.checks import axe_finds, foreign_words
from tests.browser.walking import enter, go, press
from tests.casework.officers import good_findings
from tests.kit import visiting

LIBRARY = load_library(shipped())
FIRST = "thung-sathit"
CASES = [pytest.param(one, marks=[] if one == FIRST else [pytest.mark.thorough]) for one in LIBRARY.cases]


@pytest.fixture(params=[pytest.param(1280, id="screen")])
def officer(request, kit, browser):
    with visiting(kit, browser, width=request.param, height=900) as visit:
        enter(visit, "learner", "th")
        yield visit


def share(visit):
    """The score shown, in percent."""
    return int(re.search(r"\d+", visit.page.locator("main .cps-case-result .cps-score").inner_text())[0])


@pytest.mark.parametrize("case_id", CASES)
def test_who_finds_and_proves_everything_passes_and_goes_on_with_the_story(officer, case_id):
    case = LIBRARY.cases[case_id]
    open_case(officer, case_id)
    findings = good_findings(case)
    mark(officer, evidence_of(case, findings))
    tab(officer, "board")
    for finding in findings:
        put(officer, finding)
    officer.page.reload()  # nothing of it is lost
    expect(officer.page.locator("main [data-finding]")).to_have_count(len(findings))
    hand_in(officer)
    assert share(officer) >= 90
    expect(officer.page.locator("main .cps-case-result")).to_contain_text("วิเคราะห์ได้ดี")
    tab(officer, "story")
    n = 0
    while officer.page.locator("main [data-key='choose']").count():
        officer.page.locator("main .cps-branch input").first.check()
        press(officer, "choose")
        n += 1
        expect(officer.page.locator("main [data-past]")).to_have_count(n)
    assert n
    expect(officer.page.locator("main")).to_contain_text("จบเรื่องของกรณีนี้")


@pytest.mark.parametrize("case_id", CASES)
def test_who_accuses_of_everything_gets_little(officer, case_id):
    case = LIBRARY.cases[case_id]
    open_case(officer, case_id)
    one = next(reference for reference in case.line_of)
    mark(officer, [one])
    tab(officer, "board")
    for kind in LIBRARY.catalogue.ids("findings"):
        put(officer, {"kind": kind, "evidence": [one]})
    hand_in(officer)
    assert share(officer) <= 40


@pytest.mark.parametrize("case_id", CASES)
def test_who_takes_every_red_herring_fails_however_good_the_rest_is(officer, case_id):
    case = LIBRARY.cases[case_id]
    open_case(officer, case_id)
    findings = good_findings(case)
    mark(officer, evidence_of(case, findings))
    tab(officer, "board")
    for finding in findings:
        put(officer, finding)
    for red in case.said.red_herrings:
        put(officer, {"kind": red.kind})
    hand_in(officer)
    expect(officer.page.locator("main")).to_contain_text("ยังไม่ผ่านเพราะ")
    expect(officer.page.locator("main")).to_contain_text("ชวนให้หลงทาง")


@pytest.mark.parametrize("case_id", CASES)
def test_who_hands_in_nothing_is_told_kindly_where_to_begin(officer, case_id):
    open_case(officer, case_id)
    tab(officer, "board")
    hand_in(officer)
    expect(officer.page.locator("main .cps-case-result")).to_contain_text("เริ่มจากเอกสารเพียงหนึ่งฉบับก่อน")
    assert not officer.page.locator("main .cps-case-result .cps-score").count()


def test_own_words_become_a_finding_only_when_their_writer_says_so(officer):
    open_case(officer, FIRST)
    tab(officer, "board")
    press(officer, "add")
    page = officer.page
    page.locator("main [data-key$=':way:own']").check()
    page.locator("main textarea").fill("สหกรณ์กู้เงินเกินวงเงินกู้ยืมที่เห็นชอบ")
    press(officer, "save")  # without a match: told, not saved
    expect(page.locator("main [data-finding]")).to_have_count(0)
    press(officer, "match")
    press(officer, "use:borrowing-over-limit")
    press(officer, "save")
    expect(page.locator("main [data-finding]")).to_contain_text("กู้ยืมเกินวงเงินที่ได้รับความเห็นชอบ")
    expect(page.locator("main [data-finding]")).to_contain_text("สหกรณ์กู้เงินเกินวงเงินกู้ยืมที่เห็นชอบ")
    hand_in(officer)


@pytest.mark.parametrize(("width", "scheme", "locale"), [(360, "light", "th"), (1280, "dark", "en")], ids=["phone", "screen, dark, English"])  # fmt: skip
def test_every_tab_fits_speaks_one_language_and_is_for_everybody(kit, browser, width, scheme, locale):
    faults = []
    case = LIBRARY.cases[FIRST]
    with visiting(kit, browser, width=width, height=780, color_scheme=scheme) as visit:
        enter(visit, "approver", locale)
        open_case(visit, FIRST)
        page = visit.page

        def look(state):
            found = [*axe_finds(page), *foreign_words(page, locale)]
            wide = page.evaluate("document.documentElement.scrollWidth")
            faults.extend(f"{state}: {one}" for one in [*found, *([f"{wide} px wide"] if wide > width else [])])

        for name in ("profile", "papers", "tables", "ratios", "consult", "board"):
            tab(visit, name)
            look(name)
        findings = good_findings(case)[:1]
        mark(visit, evidence_of(case, findings))
        tab(visit, "papers")
        page.locator("main .cps-paper-row").first.click()
        look("paper open")
        tab(visit, "tables")
        show_table(visit, "meetings")
        look("meetings")
        tab(visit, "board")
        press(visit, "add")
        look("form")
        press(visit, "back")
        put(visit, findings[0])
        look("board with a finding")
        hand_in(visit)
        page.evaluate("() => { for (const d of document.querySelectorAll('main details')) d.open = true; }")
        look("result")
        tab(visit, "story")
        page.locator("main .cps-branch input").first.check()
        press(visit, "choose")
        page.locator("main [data-past]").first.wait_for()
        look("story")
        go(visit, "/case")
        look("list")
    assert not faults, "\n".join(faults)
