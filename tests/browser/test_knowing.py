"""What a learner knows, at both widths: the map on the home page, today's review from its card to its result, the refresher
before a visit from the choice to the printed sheet. Wherever one stands axe is content, a thumb hits, and it fits."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from cps_training.assessment import attempt as core
from cps_training.assessment.opening import new_attempt
from cps_training.clock import utc_now
from cps_training.content.library import load_library
from cps_training.items import Disguise
from cps_training.places import DataFolder, shipped
from cps_training.records import attempts
from cps_training.records.engine import Records
from tests.browser.checks import axe_finds, foreign_words, hard_to_hit
from tests.browser.walking import go, press, unfold, use_language
from tests.kit import Kit, Visit, visiting

WIDTHS = {"phone": (360, "learner"), "screen": (1280, "approver")}
"""Two people, because a day's review is done once."""
FORM = "cps-practice"


def answered(folder: Path, person_id: str, days_ago: float) -> None:
    """One whole practice of that person, all right, as if it had been days ago."""
    library = load_library(shipped())
    form = library.forms[FORM]
    at = utc_now() - timedelta(days=days_ago)
    with Records.open(DataFolder(folder).database) as records, records.write() as conn:
        number = 1 + max((a.number for a in attempts.attempts_of(conn, person_id, FORM)), default=0)
        one = new_attempt(
            library,
            form,
            person_id,
            attempt_id=secrets.token_hex(16),
            number=number,
            secret=secrets.token_bytes(32),
            at=at,
        )
        for placed in one.placed:
            item = library.items[placed.item_id]
            disguise: Disguise = one.disguise(item.id)
            response = item.correct_response(disguise)
            one, _ = core.answer(one, item, response, answer_id=secrets.token_hex(8), at=at)
        one, _ = core.finish(one, answer_id=secrets.token_hex(8), at=at)
        attempts.insert_attempt(conn, one, place="simulated")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    """The demo office, in which two people did a practice two months ago: they have something to forget."""
    root = tmp_path_factory.mktemp("knowing")
    first = Kit(root, "--demo")
    people = {one["role_label"]: one["person_id"] for one in first.said["people"]}
    first.stop()
    for _, role in WIDTHS.values():
        answered(root / "demo", people[role], 60)
    running = Kit(root, "--demo")
    yield running
    running.stop()


@pytest.fixture(params=WIDTHS)
def visit(request: Any, office: Kit, browser: Any) -> Iterator[Visit]:
    width, role = WIDTHS[request.param]
    with visiting(office, browser, width=width, height=780) as made:
        made.enter_as(role)
        use_language(made, "th")
        yield made


def stand(visit: Visit, name: str) -> None:
    """What must hold in every state."""
    page = visit.page
    width = page.viewport_size["width"]
    assert axe_finds(page) == [], name
    assert foreign_words(page, "th") == [], name
    assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    if width == 360:
        assert hard_to_hit(page) == [], name


def give_any(card: Any) -> None:
    """Some answer to whatever is asked; an order as it stands is one."""
    question = card.locator(".cps-question")
    for select in question.locator("select").all():
        select.select_option(index=1)
    names = dict.fromkeys(question.locator("input[type=radio]").evaluate_all("all => all.map((e) => e.name)"))
    for name in names:
        question.locator(f"input[type=radio][name='{name}']").first.check()
    boxes = question.locator("input[type=checkbox]")
    if boxes.count():
        boxes.first.check()
    for field in question.locator("input[type=text], textarea").all():
        field.fill("15" if field.get_attribute("inputmode") == "decimal" else "15 ก.ค. 2566")


def answer_to_the_end(visit: Visit, *, most: int) -> int:
    """Answer item after item to the result, each told at once; gives how many there were."""
    for n in range(1, most + 1):
        card = visit.wait_for_card()
        expect(card.locator(".cps-progress")).to_contain_text(f"ข้อ {n} จาก")
        give_any(card)
        card.locator("button[type=submit]").click()
        card.locator(".cps-feedback h3").wait_for()
        expect(card.locator(".cps-status-saved")).to_contain_text(f"บันทึกแล้ว ข้อ {n}")
        if n == 1:
            stand(visit, "answered")
        end = card.locator("[data-key='action:finish']")
        if end.count():
            end.click()
            visit.page.locator("main .cps-result").wait_for()
            return n
        press(visit, "action:next")
    raise AssertionError(f"{most} items and no end")


# The map -------------------------------------------------------------------------------------------------------


def test_the_map_says_the_same_as_a_picture_and_as_rows_and_opens_a_clause(visit: Visit) -> None:
    page = go(visit, "/home")
    the_map = page.locator("main .cps-map")
    pictured = the_map.locator(".cps-sections .cps-cells").evaluate_all(
        "all => all.map((cells) => [...cells.children].map((e) => e.className))"
    )
    assert sum(map(len, pictured)) == 70
    assert {name for cells in pictured for name in cells} >= {"cps-cell cps-fading", "cps-cell cps-not_started"}
    summaries = the_map.locator(".cps-sections .cps-sum").all_inner_texts()
    for cells, summary in zip(pictured, summaries, strict=True):
        known = sum(name.endswith(("cps-mastered", "cps-fading")) for name in cells)
        assert summary == f"แม่นแล้ว {known} จาก {len(cells)} ข้อ"
    stand(visit, "home")
    unfold(visit)
    rows = the_map.locator("details.cps-section > ul").evaluate_all(
        "all => all.map((rows) => [...rows.querySelectorAll('.cps-cell')].map((e) => e.className))"
    )
    assert rows == pictured
    fading = the_map.locator(".cps-map-row", has=page.locator(".cps-fading")).first
    expect(fading).to_contain_text("ควรทบทวน")
    fading.click()
    sheet = page.locator("dialog.cps-sheet[open]")
    expect(sheet).to_contain_text("ช่วงหน้าโดยประมาณ")
    page.keyboard.press("Escape")
    expect(fading).to_be_focused()
    stand(visit, "home unfolded")


# Today's review ------------------------------------------------------------------------------------------------


def test_the_review_from_its_card_on_home_to_its_result(visit: Visit) -> None:
    page = go(visit, "/home")
    card = page.locator("main .cps-next-step a[href='/quiz?form=review:today']")
    told = page.locator("main .cps-next-step section", has=page.locator("a[href='/quiz?form=review:today']"))
    said = re.search(r"มี (\d+) ข้อ", told.inner_text())
    assert said
    card.click()
    page.wait_for_url("**/quiz?form=review:today")
    n = answer_to_the_end(visit, most=10)
    assert n == int(said[1]), "as many as the card said"
    expect(page.locator("main .cps-result h2")).to_contain_text("ทบทวนวันนี้")
    expect(page.locator(".cps-score-text")).to_contain_text(f"จาก {n}")
    stand(visit, "review result")
    press(visit, "row:1")
    expect(visit.wait_for_card().locator(".cps-feedback h3")).to_be_visible()
    go(visit, "/home")
    expect(card).to_have_count(0)  # ten a day are enough


# Before a visit ------------------------------------------------------------------------------------------------


def test_before_a_visit_from_the_choice_to_the_five_and_back_to_a_list_that_keeps_its_ticks(visit: Visit) -> None:
    page = go(visit, "/home")
    page.locator("main a[href='/refresher']").click()
    page.locator("main .cps-visit form").wait_for()
    stand(visit, "choice")
    page.locator("main button.cps-primary").click()
    expect(page.get_by_role("alert").filter(has_text="โปรดเลือกสหกรณ์")).to_be_visible()
    page.locator("main select").select_option("wittayalai-tuayang")
    page.locator("main button.cps-primary").click()
    expect(page.get_by_role("alert").filter(has_text="โปรดเลือกวิธี")).to_be_visible()
    page.locator("main input[value=board-meeting]").check()
    page.locator("main button.cps-primary").click()
    page.wait_for_url("**/refresher?cooperative=wittayalai-tuayang&method=board-meeting")
    sheet = page.locator("main .cps-visit")
    expect(sheet.locator("h1")).to_contain_text("วิทยาลัยตัวอย่าง")
    expect(sheet.locator("h1")).to_contain_text("สมมติ")
    stand(visit, "sheet")

    first = sheet.locator(".cps-needed > li").first
    expect(first.locator(".cps-tag")).to_have_text(re.compile("ควรทบทวน|ยังไม่แม่น"))
    expect(first.locator(".cps-why")).to_contain_text("เพราะ")
    first.locator(".cps-cite").click()
    expect(page.locator("dialog.cps-sheet[open]")).to_contain_text("ช่วงหน้าโดยประมาณ")
    page.keyboard.press("Escape")
    assert unfold(visit) == 1
    stand(visit, "sheet unfolded")

    agenda, notice = sheet.locator("[data-key='doc:agenda']"), sheet.locator("[data-key='doc:limit-notice']")
    agenda.check()
    notice.check()
    expect(sheet.locator(".cps-count")).to_contain_text("เตรียมแล้ว 2 จาก")
    expect(sheet).to_contain_text("เก็บไว้ในเบราว์เซอร์เครื่องนี้เท่านั้น")
    stand(visit, "ticked")

    sheet.locator(".cps-next a").click()
    page.wait_for_url("**/quiz?form=refresher:wittayalai-tuayang:board-meeting")
    card = visit.wait_for_card()
    give_any(card)
    card.locator("button[type=submit]").click()
    card.locator(".cps-feedback h3").wait_for()
    go(visit, "/refresher?cooperative=wittayalai-tuayang&method=board-meeting")  # called away, and back
    expect(sheet.locator(".cps-next")).to_contain_text("ทำไปแล้ว 1 จาก 5 ข้อ")
    sheet.locator(".cps-next a").click()
    card = visit.wait_for_card()
    expect(card.locator(".cps-progress")).to_contain_text("ข้อ 2 จาก 5")
    for n in range(2, 6):
        expect(card.locator(".cps-progress")).to_contain_text(f"ข้อ {n} จาก 5")
        give_any(card)
        card.locator("button[type=submit]").click()
        card.locator(".cps-feedback h3").wait_for()
        press(visit, "action:next" if n < 5 else "action:finish")
    expect(page.locator(".cps-score-text")).to_contain_text("จาก 5")
    stand(visit, "refresher result")
    page.locator("main .cps-result a.cps-primary").click()
    page.wait_for_url("**/refresher?**")
    expect(sheet.locator("[data-key='doc:agenda']")).to_be_checked()
    expect(sheet.locator("[data-key='doc:limit-notice']")).to_be_checked()
    expect(sheet.locator("[data-key='doc:act']")).not_to_be_checked()

    go(visit, "/refresher?cooperative=ban-chamlong&method=board-meeting")
    expect(sheet.locator("[data-key='doc:agenda']")).not_to_be_checked()  # each choice has its own
    go(visit, "/refresher?cooperative=wittayalai-tuayang&method=board-meeting")
    sheet.locator("[data-key='clear']").click()
    expect(sheet.locator("[data-key='doc:agenda']")).not_to_be_checked()
    page.reload()
    expect(sheet.locator("[data-key='doc:agenda']")).not_to_be_checked()


def test_ticks_leave_the_browser_with_nothing_that_is_sent(visit: Visit) -> None:
    """What the page tells its kernel or the server while one ticks: nothing."""
    page, sent = visit.page, []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    go(visit, "/refresher?cooperative=nong-sathok&method=visit")
    page.locator("[data-key='doc:act']").check()
    expect(page.locator(".cps-count")).to_contain_text("เตรียมแล้ว 1")
    words = b"".join(frame if isinstance(frame, bytes) else str(frame).encode() for frame in sent)
    assert sent, "the page has spoken with its kernel"
    assert b"doc:act" not in words
    assert b'"act"' not in words
    assert any("cps-visit:" in key for key in page.evaluate("Object.keys(localStorage)"))


@pytest.mark.parametrize("sheet", ["ban-chamlong:member-meeting", "thung-sathit:board-meeting"])
def test_a_sheet_prints_on_one_page_with_its_boxes(office: Kit, browser: Any, sheet: str) -> None:
    """The longest ones."""
    place, _, way = sheet.partition(":")
    with visiting(office, browser) as visit:
        visit.enter_as("learner")
        use_language(visit, "th")
        page = go(visit, f"/refresher?cooperative={place}&method={way}")
        page.locator("[data-key='doc:act']").check()
        page.emulate_media(media="print")
        for gone in (".cps-next", ".cps-summary", "button.cps-button", ".cps-count"):
            for one in page.locator(f"main {gone}").all():
                expect(one).to_be_hidden()
        assert page.locator("main .cps-needed > li:visible").count() == page.locator("main .cps-needed > li").count()
        expect(page.locator("[data-key='doc:act']")).to_be_visible()
        assert page.pdf(format="A4").count(b"/Type /Page\n") == 1
