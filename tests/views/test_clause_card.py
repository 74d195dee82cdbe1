"""Clauses in a real browser: every citation opens its clause, by mouse, thumb and keyboard, and gives the focus back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cps_training.views import ClauseCard
from tests.axe import WCAG, violations
from tests.views import samples
from tests.views.harness import mount, receive, sent

if TYPE_CHECKING:
    from playwright.sync_api import Page

OTHER = {
    **samples.CLAUSE,
    "id": "cps.3.1",
    "label": "ข้อ 3.1 ของระบบ CPS",
    "title": "ปฏิบัติตามแผนที่ได้รับอนุมัติ",
    "summary": "ทำตามที่ขอไว้ และจดสิ่งที่ต่างจากแผน",
    "related": [{"id": "cps.2.3", "label": "ข้อ 2.3 ของระบบ CPS", "title": "ขออนุญาต"}],
}
ITEMS = {
    "table": {
        "heading": "วิเคราะห์ข้อสอบ",
        "sections": [
            {
                "id": "items",
                "title": "ข้อที่ควรดูก่อน",
                "entries": [
                    {
                        "id": "one",
                        "title": "เช้าวันนัด",
                        "by": ["ข้อ 2.3 ของระบบ CPS"],
                        "cited": [{"id": "cps.2.3", "label": "ข้อ 2.3 ของระบบ CPS", "title": "ขออนุญาต"}],
                        "cells": [],
                        "figures": [],
                        "forms": [],
                    }
                ],
            }
        ],
        "rules": {},
    },
    "labels": {},
    "locale": "th",
}
PLACES: list[tuple[str, str, dict[str, Any], list[str], str]] = [
    (
        "related",
        "clause_card",
        {"clause": samples.CLAUSE, "empty": "", **samples.CITING},
        [],
        "[data-key='cite::cps.3.1']",
    ),
    ("cycle", "cycle_diagram", samples.CYCLE, [], "[data-key='cite:plan:cps.2.3']"),
    ("timeline", "gate_timeline", samples.TIMELINE, ["[data-key='step:permit']"], "[data-key='cite:permit:cps.2.3']"),
    (
        "map",
        "progress_map",
        samples.MAP,
        ["[data-key='all'] > summary", "[data-key='section:cps'] > summary"],
        "[data-key='clause:cps.1']",
    ),
    (
        "feedback",
        "item_card",
        samples.item(samples.ONE, response={"choice": "o1"}, feedback=samples.WRONG),
        [".cps-clause summary"],
        "[data-key='cite::cps.3.1']",
    ),
    (
        "handbook",
        "handbook_view",
        samples.HANDBOOK,
        ["[data-key='section:cps'] > summary"],
        "[data-key='clause:cps.2.3']",
    ),
    (
        "glossary",
        "handbook_view",
        samples.HANDBOOK,
        ["[data-key='tab:glossary']"],
        "[data-key='cite:provincial-officer:cps.2.3']",
    ),
    ("result", "result_card", {**samples.RESULT, **samples.CITING}, [], "[data-key='cite:1:cps.2.3']"),
    (
        "record",
        "record_card",
        {**samples.RECORD, **samples.CITING},
        [".cps-lines details summary"],
        "[data-key='cite:แม่นแล้ว:cps.2.3']",
    ),
    (
        "items",
        "item_table",
        {**ITEMS, **samples.CITING},
        ["[data-section='items'] .cps-entry > details > summary"],
        "[data-key='cite:items:one:cps.2.3']",
    ),
]
everywhere = pytest.mark.parametrize(
    ("stem", "state", "before", "citation"), [p[1:] for p in PLACES], ids=[p[0] for p in PLACES]
)


def give(page: Page, **cards: Any) -> None:
    """What Python answers to asked clauses."""
    receive(page, clause_cards={name.replace("_", "."): card for name, card in cards.items()})


def sheet(page: Page) -> Any:
    return page.get_by_role("dialog")


def open_sheet(page: Page) -> None:
    """The clause card, its related clause pressed, the answer given."""
    mount(page, "clause_card", {"clause": samples.CLAUSE, "empty": "", **samples.CITING})
    page.locator("[data-key='cite::cps.3.1']").click()
    give(page, cps_3_1=OTHER)
    sheet(page).get_by_text(OTHER["summary"]).wait_for()


def test_a_clause_shows_all_that_is_known_of_it(page: Page) -> None:
    mount(page, "clause_card", {"clause": samples.CLAUSE, "empty": "", **samples.CITING})
    shown = page.locator(".cps-card").inner_text()
    for name in ("label", "title", "summary", "objective", "level", "page"):
        assert samples.CLAUSE[name] in shown
    assert samples.CLAUSE["notes"][0] in shown
    assert samples.CLAUSE["facts"][0]["tag"]["text"] in shown
    assert page.locator("[lang=en]").inner_text() == samples.CLAUSE["other"]["text"]
    assert page.get_by_role("link", name=samples.CLAUSE["lessons"][0]["label"]).get_attribute("href")


def test_words_of_the_handbook_are_marked_as_content_and_words_of_the_interface_are_not(page: Page) -> None:
    mount(page, "clause_card", {"clause": samples.CLAUSE, "empty": "", **samples.CITING})
    own = " ".join(page.locator("[data-cps-content]").all_inner_texts())
    assert samples.CLAUSE["summary"] in own
    assert samples.CLAUSE["notes"][0] in own
    assert samples.CLAUSE_LABELS["related"] not in own
    assert samples.CLAUSE["level"] not in own


@everywhere
def test_every_citation_opens_its_clause_and_gives_the_focus_back(
    page: Page, stem: str, state: dict[str, Any], before: list[str], citation: str
) -> None:
    mount(page, stem, state)
    for press in before:
        page.locator(press).first.click()
    page.locator(citation).focus()
    page.keyboard.press("Enter")
    asked = [message for message in sent(page) if message["kind"] == "clause"]
    assert [message["id"] for message in asked] == [citation.rpartition(":")[2].removesuffix("']")]
    assert samples.CLAUSE_LABELS["opening"] in sheet(page).inner_text()
    receive(page, clause_cards={asked[0]["id"]: {**OTHER, "id": asked[0]["id"]}})
    sheet(page).get_by_text(OTHER["summary"]).wait_for()
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")
    assert page.evaluate("(at) => document.activeElement === document.querySelector(at)", citation)


@everywhere
def test_a_citation_is_as_tall_as_a_thumb(
    page: Page, stem: str, state: dict[str, Any], before: list[str], citation: str
) -> None:
    mount(page, stem, state)
    for press in before:
        page.locator(press).first.click()
    box = page.locator(citation).bounding_box()
    assert box
    assert box["height"] >= 44


def test_the_sheet_is_read_from_its_heading_and_closed_by_its_button_or_beside_it(page: Page) -> None:
    open_sheet(page)
    assert sheet(page).get_attribute("aria-labelledby") == page.evaluate("document.activeElement.id")
    assert OTHER["title"] in page.evaluate("document.activeElement.innerText")
    sheet(page).get_by_role("button", name="ปิด").click()
    page.locator("dialog").wait_for(state="detached")
    page.locator("[data-key='cite::cps.3.1']").click()
    page.mouse.click(180, 10)
    page.locator("dialog").wait_for(state="detached")


def test_a_clause_that_was_read_once_is_not_asked_for_again(page: Page) -> None:
    open_sheet(page)
    page.keyboard.press("Escape")
    page.locator("[data-key='cite::cps.3.1']").click()
    assert sheet(page).get_by_text(OTHER["summary"]).is_visible()
    assert len(sent(page)) == 1


def test_one_can_follow_related_clauses_and_come_back(page: Page) -> None:
    open_sheet(page)
    back = sheet(page).get_by_role("button", name="ย้อนกลับ")
    assert not back.is_visible()
    sheet(page).locator("[data-key='cite::cps.2.3']").click()
    give(page, cps_3_1=OTHER, cps_2_3=samples.CLAUSE)
    sheet(page).get_by_text(samples.CLAUSE["summary"]).wait_for()
    assert samples.CLAUSE["title"] in page.evaluate("document.activeElement.innerText")
    back.click()
    assert sheet(page).get_by_text(OTHER["summary"]).is_visible()
    assert not back.is_visible()
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")
    assert page.evaluate("document.activeElement.dataset.key") == "cite::cps.3.1"


def test_an_unknown_clause_is_said_to_be_unknown(page: Page) -> None:
    mount(page, "clause_card", {"clause": samples.CLAUSE, "empty": "", **samples.CITING})
    page.locator("[data-key='cite::cps.3.1']").click()
    give(page, cps_3_1=None)
    sheet(page).get_by_text(samples.CLAUSE_LABELS["missing"]).wait_for()


def test_silence_is_said_and_can_be_asked_again(page: Page) -> None:
    page.clock.install()
    mount(page, "clause_card", {"clause": samples.CLAUSE, "empty": "", **samples.CITING})
    page.locator("[data-key='cite::cps.3.1']").click()
    page.clock.run_for(8001)
    sheet(page).get_by_text(samples.CLAUSE_LABELS["failed"]).wait_for()
    sheet(page).get_by_role("button", name="ลองอีกครั้ง").click()
    assert len(sent(page)) == 2
    give(page, cps_3_1=OTHER)
    sheet(page).get_by_text(OTHER["summary"]).wait_for()


def test_what_the_desk_refused_is_said_in_its_words(page: Page) -> None:
    mount(page, "clause_card", {"clause": samples.CLAUSE, "empty": "", **samples.CITING})
    page.locator("[data-key='cite::cps.3.1']").click()
    give(page, cps_3_1={"failed": "หมดเวลาการเข้าสู่ระบบ"})
    sheet(page).get_by_text("หมดเวลาการเข้าสู่ระบบ").wait_for()
    assert sheet(page).get_by_role("button", name="ลองอีกครั้ง").is_visible()


def test_without_a_connection_it_says_so_at_once(page: Page) -> None:
    mount(page, "clause_card", {"clause": samples.CLAUSE, "empty": "", **samples.CITING})
    page.evaluate("model.broken = true")
    page.locator("[data-key='cite::cps.3.1']").click()
    assert sheet(page).get_by_text(samples.CLAUSE_LABELS["failed"]).is_visible()


def test_a_redraw_below_leaves_the_open_sheet_and_its_way_back(page: Page) -> None:
    mount(page, "gate_timeline", samples.TIMELINE)
    page.locator("[data-key='step:permit']").click()
    page.locator("[data-key='cite:permit:cps.2.3']").click()
    receive(page, title="ชื่อใหม่", clause_cards={"cps.2.3": OTHER})
    page.get_by_text("ชื่อใหม่").wait_for()
    assert sheet(page).get_by_text(OTHER["summary"]).is_visible()
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")
    assert page.evaluate("document.activeElement.dataset.key") == "cite:permit:cps.2.3"


PROSE = """document.querySelector('main').append(Object.assign(document.createElement('a'),
  {href: '/handbook?clause=cps.3.1', textContent: 'ข้อ 3.1 ของระบบ CPS', id: 'prose'}))"""


def test_a_citation_in_the_prose_around_a_card_opens_above_the_lesson(page: Page) -> None:
    mount(page, "item_card", samples.item(samples.ONE))
    page.evaluate("again()")  # a lesson has many cards: one that can be seen answers
    page.evaluate("document.querySelector('main > div').hidden = true")
    page.evaluate(PROSE)
    page.locator("#prose").focus()
    page.keyboard.press("Enter")
    assert sent(page) == [{"kind": "clause", "id": "cps.3.1"}]
    give(page, cps_3_1=OTHER)
    sheet(page).get_by_text(OTHER["summary"]).wait_for()
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")
    assert page.evaluate("document.activeElement.id") == "prose"


def test_a_citation_in_the_prose_stays_a_link_for_another_tab_and_without_a_card(page: Page) -> None:
    mount(page, "item_card", samples.item(samples.ONE))
    page.evaluate(PROSE)
    with page.context.expect_page() as other:
        page.locator("#prose").click(modifiers=["ControlOrMeta"])
    assert other.value.url.endswith("/handbook?clause=cps.3.1")
    page.evaluate("stop()")
    page.locator("#prose").click()
    page.wait_for_url("**/handbook?clause=cps.3.1")


def test_closing_stops_listening(page: Page) -> None:
    open_sheet(page)
    listening = page.evaluate("model.count()")
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")
    assert page.evaluate("model.count()") == listening - 2, "for cards and for how the reader stands"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_the_sheet(page: Page, scheme: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.emulate_media(color_scheme=scheme)
    open_sheet(page)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    found = violations(page, WCAG)
    assert [(v["id"], [node["html"][:120] for node in v["nodes"]]) for v in found] == []


# --- the Python side ------------------------------------------------------------------------------------------------


def hear(view: ClauseCard, message: object) -> ClauseCard:
    view._handle_custom_msg(message, [])
    return view


def test_a_pressed_citation_is_answered_with_its_card() -> None:
    view = ClauseCard(on_clause={"cps.3.1": OTHER}.get)
    assert hear(view, {"kind": "clause", "id": "cps.3.1"}).clause_cards == {"cps.3.1": OTHER}


def test_unknown_and_failed_ones_are_answered_and_not_kept() -> None:
    answers: dict[str, Any] = {"cps.3.1": OTHER, "km.4": {"failed": "ไม่ได้"}}
    view = ClauseCard(on_clause=answers.get)
    for clause_id in ("cps.3.1", "km.4", "no.1", "no.2"):
        hear(view, {"kind": "clause", "id": clause_id})
    assert view.clause_cards == {"cps.3.1": OTHER, "no.2": None}


@pytest.mark.parametrize(
    "message",
    [
        {"kind": "clause"},
        {"kind": "clause", "id": "../x"},
        {"kind": "clause", "id": ["cps.1"]},
        {"kind": "clause", "id": "cps.2.3", "more": 1},
        {"kind": "clause", "id": "c" * 21 + ".1"},
    ],
)
def test_malformed_messages_reach_nobody(message: object, caplog: pytest.LogCaptureFixture) -> None:
    heard: list[str] = []
    view = hear(ClauseCard(on_clause=heard.append), message)  # type: ignore[arg-type]
    assert heard == []
    assert view.clause_cards == {}
    assert "malformed" in caplog.text


SEEN_LABELS = {**samples.CLAUSE_LABELS, "seen": "คำถามที่คุณตอบ", "practise": "ฝึกหรือทบทวน"}
SEEN = {
    "text": "คุณตอบคำถามของข้อนี้แล้ว 5 ข้อ ครั้งล่าสุดถูก 4 ข้อ",
    "tag": {"text": "ควรทบทวน", "kind": "due"},
    "due": "ถึงกำหนดทบทวนแล้ว ตั้งแต่ 10 ก.ค. 2566",
    "action": {"label": "ทบทวนวันนี้", "href": "/quiz?form=review:today"},
}


def test_an_opened_clause_says_how_its_reader_stands_and_asks_anew_each_time(page: Page) -> None:
    mount(page, "clause_card", {"clause": samples.CLAUSE, "empty": "", **samples.CITING, "clause_labels": SEEN_LABELS})
    page.locator("[data-key='cite::cps.3.1']").click()
    give(page, cps_3_1=OTHER)
    receive(page, clause_seen={"cps.3.1": {**SEEN, "asked": 1}})
    sheet(page).get_by_text(SEEN["text"]).wait_for()
    assert sheet(page).get_by_text(SEEN["due"]).is_visible()
    assert sheet(page).get_by_role("link", name="ทบทวนวันนี้").get_attribute("href") == "/quiz?form=review:today"
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")
    page.locator("[data-key='cite::cps.3.1']").click()
    assert sheet(page).get_by_text(OTHER["summary"]).is_visible()
    assert sheet(page).get_by_text(SEEN["text"]).count() == 0, "what was answered since is not known yet"
    receive(page, clause_seen={"cps.3.1": {**SEEN, "text": "6 ข้อ", "asked": 2}})
    sheet(page).get_by_text("6 ข้อ").wait_for()
    assert [message["kind"] for message in sent(page)] == ["clause", "seen", "seen"]


def test_on_the_way_to_another_clause_nothing_is_said_of_the_last_one(page: Page) -> None:
    mount(page, "clause_card", {"clause": samples.CLAUSE, "empty": "", **samples.CITING, "clause_labels": SEEN_LABELS})
    page.locator("[data-key='cite::cps.3.1']").click()
    give(page, cps_3_1=OTHER)
    receive(page, clause_seen={"cps.3.1": {**SEEN, "asked": 1}})
    sheet(page).get_by_text(SEEN["text"]).wait_for()
    sheet(page).locator("[data-key='cite::cps.2.3']").click()
    give(page, cps_3_1=OTHER, cps_2_3=samples.CLAUSE)
    sheet(page).get_by_text(samples.CLAUSE["summary"]).wait_for()
    assert sheet(page).get_by_text(SEEN["text"]).count() == 0


def test_a_clause_can_be_read_when_nothing_is_known_of_its_reader(page: Page) -> None:
    mount(page, "clause_card", {"clause": samples.CLAUSE, "empty": "", **samples.CITING, "clause_labels": SEEN_LABELS})
    page.locator("[data-key='cite::cps.3.1']").click()
    give(page, cps_3_1=OTHER)
    receive(page, clause_seen={"cps.3.1": {"asked": 1}})
    sheet(page).get_by_text(OTHER["summary"]).wait_for()
    assert SEEN_LABELS["seen"] not in sheet(page).inner_text()


def test_a_page_of_one_clause_says_it_too(page: Page) -> None:
    clause = {**samples.CLAUSE, "seen": SEEN}
    mount(page, "clause_card", {"clause": clause, "empty": "", **samples.CITING, "clause_labels": SEEN_LABELS})
    assert page.get_by_text(SEEN["text"]).is_visible()


def test_a_standing_is_answered_each_time_and_only_the_last_are_kept() -> None:
    view = ClauseCard(on_seen=lambda clause_id: {"text": clause_id})
    for n in range(1, 31):
        hear(view, {"kind": "seen", "id": f"km.{n}"})
    first = view.clause_seen["km.30"]
    hear(view, {"kind": "seen", "id": "km.30"})
    assert view.clause_seen["km.30"]["text"] == "km.30"
    assert view.clause_seen["km.30"] != first
    assert len(view.clause_seen) == 20
    assert hear(ClauseCard(on_seen=lambda _: None), {"kind": "seen", "id": "cps.1"}).clause_seen == {
        "cps.1": {"asked": 1}
    }
