"""What came out, drawn in a browser: notes, parts with what to do, the table of certainty, every item as a row."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.views.harness import mount, sent

STATE: dict[str, Any] = {
    "heading": "แบบทดสอบสมมติ",
    "score_text": "ได้ 7 จาก 12",
    "tag": {"text": "ยังไม่ผ่าน", "kind": "due"},
    "notes": [
        {"text": "มีข้อผิดพลาดร้ายแรง 1 ข้อ", "kind": "bad", "items": ["ปล่อยไว้ก่อนเพื่อไม่ให้สมาชิกเดือดร้อน"]},
        {"text": "ข้อเขียนรอให้คุณตรวจเอง", "kind": "due", "action": {"label": "ไปหน้าตรวจ", "href": "/marking"}},
        {"text": "กดที่ข้อเพื่ออ่านเหตุผล", "kind": ""},
    ],
    "sections": {
        "title": "ผลรายส่วน",
        "rows": [
            {"title": "แผน", "text": "ได้ 2 จาก 2", "tag": {"text": "ผ่าน", "kind": "good"}, "actions": []},
            {
                "title": "การเงิน",
                "text": "ได้ 0 จาก 2",
                "tag": {"text": "ยังไม่ผ่าน", "kind": "due"},
                "actions": [{"id": "read:money", "label": "อ่านทบทวน", "primary": True, "disabled": False}],
            },
        ],
    },
    "table": {
        "title": "ความมั่นใจ",
        "intro": "",
        "columns": ["ความมั่นใจ", "ตอบถูก", "สรุป"],
        "rows": [["มั่นใจมาก", "ร้อยละ 33 (3 ข้อ)", "มั่นใจเกินไป"]],
    },
    "rows": [
        {
            "n": 1,
            "title": "โจทย์หนึ่ง",
            "verdict": "waiting",
            "verdict_label": "รอตรวจ",
            "cited": {"id": "cps.2.3", "label": "ข้อ 2.3", "title": ""},
        },
        {"n": 2, "title": "โจทย์สอง", "verdict": "answered", "verdict_label": "ตอบแล้ว", "cited": None},
    ],
    "actions": [{"id": "menu", "label": "เลือกชุดอื่น", "primary": False, "disabled": False}],
    "lands": False,
}


@pytest.fixture
def card(page: Any) -> Any:
    mount(page, "result_card", STATE)
    return page.locator(".cps-result")


def test_a_failed_part_leads_to_its_reading(page: Any, card: Any) -> None:
    card.get_by_role("button", name="อ่านทบทวน").click()
    card.get_by_role("button", name="โจทย์สอง").click()
    assert [message["id"] for message in sent(page)] == ["read:money", "review:2"]


def test_what_was_critical_is_named_and_is_content(card: Any) -> None:
    taken = card.locator(".cps-note-bad li")
    expect(taken).to_have_text("ปล่อยไว้ก่อนเพื่อไม่ให้สมาชิกเดือดร้อน")
    expect(taken).to_have_attribute("data-cps-content", "")


def test_a_note_may_lead_to_another_page(card: Any) -> None:
    expect(card.get_by_role("link", name="ไปหน้าตรวจ")).to_have_attribute("href", "/marking")


def test_on_a_phone_each_figure_of_the_table_stands_with_its_column(page: Any, card: Any) -> None:
    page.set_viewport_size({"width": 360, "height": 780})
    share = card.locator("td").nth(1)
    assert share.evaluate("(e) => getComputedStyle(e, '::before').content") == '"ตอบถูก "'
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_plain_result_draws_no_empty_boxes(page: Any) -> None:
    mount(page, "result_card", STATE | {"notes": [], "sections": None, "table": None, "rows": []})
    expect(page.locator(".cps-note-lines, .cps-part-list, .cps-items")).to_have_count(0)
