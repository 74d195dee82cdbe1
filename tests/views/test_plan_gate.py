"""The gates of a plan in a real browser and in Python: choosing and sending, reasons, decisions, levels; what is sent and what is refused."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest

from cps_training.views._saving import Save, Saving
from cps_training.views.assets import STATIC
from cps_training.views.plan_gate import PlanGate
from cps_training.views.plan_inbox import PlanInbox
from cps_training.views.plan_score import PlanScore
from tests.axe import violations
from tests.views import plan_samples_gate as samples
from tests.views.harness import mount, receive, sent

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

ID = "0123456789abcdef" * 2
YES: dict[str, Any] = {"id": "p1:V2", "decision": "yes", "comment": "", "order": ""}


# --- in Python ----------------------------------------------------------------------------------------------------------


def told(name: str, kind: str, detail: Any, **state: Any) -> list[Save]:
    """What reaches Python of a message."""
    got: list[Save] = []
    kinds: dict[str, type[Saving]] = {"gate": PlanGate, "inbox": PlanInbox, "score": PlanScore}
    widget = kinds[name](on_save=got.append, **{**samples.EVERY[name][1], **state})
    widget._handle_custom_msg({"kind": "save", "id": kind, "detail": detail, "send_id": ID}, [])
    return got


@pytest.mark.parametrize(
    ("name", "kind", "detail"),
    [
        ("gate", "send", {"visits": ["V2", "V1"]}),
        ("gate", "reason", {"finding": "R24:V2", "text": "สหกรณ์มีประกาศแล้ว 🙂"}),
        ("gate", "reason", {"finding": "R20:V2", "text": ""}),
        ("inbox", "decide", YES),
        ("inbox", "decide", {**YES, "id": "p2:V9", "decision": "no", "comment": "ขอผลเทียบเป้าหมาย"}),
        ("score", "rate", {"levels": {"weight-of-evidence": 4}}),
    ],
)
def test_what_is_done_reaches_the_callback(name: str, kind: str, detail: dict[str, Any]) -> None:
    assert told(name, kind, detail) == [Save(kind, detail, ID)]


@pytest.mark.parametrize(
    ("name", "kind", "detail"),
    [
        ("gate", "send", {"visits": []}),
        ("gate", "send", {"visits": ["V1", "V1"]}),
        ("gate", "send", {"visits": ["V1", "V3"]}),  # something is to be mended first
        ("gate", "send", {"visits": ["V1", "V4"]}),  # it waits already
        ("gate", "send", {"visits": "V1"}),
        ("gate", "reason", {"finding": "R01:V3", "text": "ขอไปก่อน"}),  # an error stands for no reason
        ("gate", "reason", {"finding": "R20:V4", "text": "เปลี่ยนใจ"}),  # its visit waits for a decision
        ("gate", "reason", {"finding": "R24:V2", "text": "ก" * 501}),
        ("inbox", "decide", {**YES, "id": "p9:V1"}),
        ("inbox", "decide", {**YES, "decision": "no", "comment": " "}),
        ("inbox", "decide", {**YES, "decision": "maybe"}),
        ("inbox", "decide", {**YES, "role": "provincial"}),
        ("score", "rate", {"levels": {}}),
        ("score", "rate", {"levels": {"weight-of-evidence": 5}}),
        ("score", "rate", {"levels": {"weight-of-evidence": True}}),
        ("score", "rate", {"levels": {"kindness": 4}}),
        ("score", "rate", {"levels": ["weight-of-evidence"]}),
    ],
)
def test_what_was_not_offered_is_ignored_and_logged(
    name: str, kind: str, detail: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "cps_training.views"):
        assert told(name, kind, detail) == []
    assert "ignored a malformed message" in caplog.text


def test_what_is_only_looked_at_takes_nothing_and_who_acts_for_another_names_the_order() -> None:
    assert told("gate", "send", {"visits": ["V1"]}, submit=None) == []
    unreasoned = {**samples.WARNED, "warnings": [{**samples.NO_NOTICE, "reason": None}]}
    assert told("gate", "reason", {"finding": "R24:V2", "text": "มีแล้ว"}, visits=[unreasoned]) == []
    assert told("score", "rate", {"levels": {"weight-of-evidence": 4}}, rates="") == []
    assert told("inbox", "decide", YES, **samples.ACTING) == []
    assert len(told("inbox", "decide", {**YES, "order": "12/2566"}, **samples.ACTING)) == 1


# --- in the browser -----------------------------------------------------------------------------------------------------


def show(page: Page, name: str, **more: Any) -> None:
    stem, state = samples.EVERY[name]
    page.add_style_tag(path=STATIC / "_plan_finding.css")
    mount(page, stem, {**state, **more})


def done(page: Page) -> list[tuple[str, Any]]:
    """What was done so far."""
    return [(message["id"], message["detail"]) for message in sent(page) if message["kind"] == "save"]


def answer(page: Page, text: str = "บันทึกแล้ว", kind: str = "saved", **state: Any) -> None:
    """Answer the last thing done."""
    last = [message for message in sent(page) if message["kind"] == "save"][-1]
    receive(page, **state, saved={"send_id": last["send_id"], "kind": kind, "text": text})
    page.evaluate("() => new Promise((done) => setTimeout(done))")


def focused(page: Page) -> str:
    """What has the focus says; "" when nothing has it."""
    return page.evaluate("document.activeElement === document.body ? '' : document.activeElement.textContent").strip()


def card(page: Page, visit: str) -> Locator:
    return page.locator(f"[data-visit='{visit}']")


CLIPPED = """() => [...document.querySelectorAll('.cps-root :is(button, a, label, h2, h3, h4, p, li, dd, legend, summary)')]
  .filter((e) => e.offsetParent && !e.closest('.cps-hidden') && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline')
  .map((e) => e.outerHTML.slice(0, 120))"""
SMALL = """() => [...document.querySelectorAll('.cps-root :is(button, a, input[type=text], textarea, summary, label.cps-check)')]
  .filter((e) => e.offsetParent && (e.offsetHeight < 44 || e.offsetWidth < 44)).map((e) => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("name", samples.EVERY)
def test_everything_fits_a_phone_and_a_screen_and_can_be_heard(page: Page, name: str) -> None:
    page.evaluate("document.querySelector('main').classList.add('wide')")
    show(page, name)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    for width, scheme in ((360, "light"), (1280, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.evaluate(CLIPPED) == []
        assert page.evaluate(SMALL) == []
        found = violations(page, context=".cps-root")
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert page.locator(".cps-primary:visible:not([aria-disabled=true])").count() <= 1


def test_visits_are_sent_together_after_being_asked_once_and_what_stays_behind_has_the_focus(page: Page) -> None:
    show(page, "gate")
    assert page.get_by_role("checkbox").count() == 2  # one has something to mend, one waits already
    page.get_by_role("button", name="ส่งขออนุญาต").press("Enter")
    assert page.get_by_text("เลือกอย่างน้อยหนึ่งครั้งก่อน").first.is_visible()
    assert page.evaluate("document.activeElement.type") == "checkbox"
    page.get_by_role("button", name="เลือกทุกครั้งที่พร้อมส่ง").press("Enter")
    assert focused(page) == "ส่งขออนุญาต"
    page.keyboard.press("Enter")
    assert page.locator(".cps-sending li").all_inner_texts() == [samples.READY["title"], samples.WARNED["title"]]
    page.get_by_role("button", name="ยังก่อน").press("Enter")
    assert done(page) == []
    assert focused(page) == "ส่งขออนุญาต"
    page.keyboard.press("Enter")
    page.get_by_role("button", name="ส่งเลย").dblclick()
    assert done(page) == [("send", {"visits": ["V1", "V2"]})]
    refused = {**samples.WARNED, "errors": [{**samples.NO_OBJECTIVE, "id": "R26:V2"}]}
    answer(page, "ส่งแล้ว 1 จาก 2 ครั้ง", visits=[{**samples.READY, "can": ""}, refused])
    assert focused(page) == "ต้องแก้ก่อนส่ง 1"
    assert page.locator("[data-sent]").inner_text() == "ส่งแล้ว 1 จาก 2 ครั้ง"
    assert page.locator(".cps-chosen").inner_text() == "เลือกไว้ 1 จาก 1 ครั้งที่ส่งได้"


def test_a_reason_saves_itself_and_nothing_typed_meanwhile_is_lost(page: Page) -> None:
    page.clock.install()
    show(page, "gate")
    field = page.get_by_label("ถ้าจะคงไว้ เพราะอะไร").first
    field.press_sequentially("มีประกาศ")
    assert done(page) == []
    page.clock.run_for(1000)
    assert done(page) == [("reason", {"finding": "R24:V2", "text": "มีประกาศ"})]
    field.press_sequentially("แล้ว")
    page.clock.run_for(5000)
    assert len(done(page)) == 1  # one at a time
    kept = {**samples.WARNED, "warnings": [{**samples.NO_NOTICE, "reason": "มีประกาศ"}, samples.TOO_TIGHT]}
    last = [message for message in sent(page) if message["kind"] == "save"][-1]
    receive(page, visits=[kept], saved={"send_id": last["send_id"], "kind": "saved", "text": "บันทึกแล้ว"})
    page.clock.run_for(1000)
    assert field.input_value() == "มีประกาศแล้ว"
    assert page.evaluate("[document.activeElement.tagName, document.activeElement.selectionStart]") == ["TEXTAREA", 12]
    assert done(page)[1:] == [("reason", {"finding": "R24:V2", "text": "มีประกาศแล้ว"})]
    last = [message for message in sent(page) if message["kind"] == "save"][-1]
    receive(page, saved={"send_id": last["send_id"], "kind": "error", "text": "บันทึกไม่สำเร็จ"})
    page.clock.run_for(5000)
    assert (len(done(page)), field.input_value()) == (2, "มีประกาศแล้ว")
    page.get_by_role("button", name="บันทึกอีกครั้ง").press("Enter")
    assert done(page)[2:] == [("reason", {"finding": "R24:V2", "text": "มีประกาศแล้ว"})]
    assert field.evaluate("(e) => e === document.activeElement")
    other = page.get_by_label("ถ้าจะคงไว้ เพราะอะไร").nth(1)
    other.fill("")
    other.blur()  # a field that is left waits no longer
    page.clock.run_for(400)
    assert done(page)[3:] == [("reason", {"finding": "R20:V2", "text": ""})]


def test_a_reason_still_being_typed_goes_before_its_visit(page: Page) -> None:
    show(page, "gate", submit={**samples.GATE["submit"], "confirm": None})
    page.get_by_label(samples.WARNED["title"]).check()
    page.get_by_label("ถ้าจะคงไว้ เพราะอะไร").first.fill("ประกาศอยู่ที่สหกรณ์แล้ว")
    page.get_by_role("button", name="ส่งขออนุญาต").click()
    assert done(page) == [
        ("reason", {"finding": "R24:V2", "text": "ประกาศอยู่ที่สหกรณ์แล้ว"}),
        ("send", {"visits": ["V2"]}),
    ]


def test_a_warning_of_the_whole_plan_keeps_what_is_typed_at_either_visit(page: Page) -> None:
    both = [{**visit, "warnings": [samples.NO_NOTICE]} for visit in (samples.READY, samples.WARNED)]
    show(page, "gate", visits=both, submit={**samples.GATE["submit"], "confirm": None})
    card(page, "V1").get_by_role("textbox").fill("ประกาศอยู่ที่สหกรณ์แล้ว")
    receive(page, intro="เปลี่ยน")
    assert card(page, "V1").get_by_role("textbox").input_value() == "ประกาศอยู่ที่สหกรณ์แล้ว"
    page.get_by_label(samples.READY["title"]).check()
    page.get_by_role("button", name="ส่งขออนุญาต").click()
    assert [kind for kind, _ in done(page)] == ["reason", "send"]


def test_a_finding_opens_its_clause_says_why_and_leads_to_its_field(page: Page) -> None:
    show(page, "gate")
    row = card(page, "V3").locator("[data-finding]")
    assert row.locator(".cps-tag.cps-bad").inner_text() == "ต้องแก้"
    row.locator("summary").press("Enter")
    assert row.get_by_text("เมื่อวัตถุประสงค์เจาะจง").is_visible()
    row.get_by_role("button", name="ไปแก้").press("Enter")
    row.get_by_role("button", name="ข้อ 1.2.3").press("Enter")
    assert page.get_by_role("dialog").inner_text().count("ข้อ 1.2.3") == 1
    page.keyboard.press("Escape")
    assert focused(page) == "ข้อ 1.2.3"
    page.get_by_role("button", name="ปฏิทิน (.ics)").click()
    assert [(message["kind"], message["id"]) for message in sent(page)] == [
        ("action", "go:visits.V3.objective"),
        ("clause", "cps.1.2.3"),
        ("action", "download:calendar"),
    ]


def test_what_was_decided_stands_open_and_a_visit_that_waits_keeps_its_reason(page: Page) -> None:
    show(page, "gate")
    assert card(page, "V2").get_by_text("เรื่องวงเงินสำคัญ").is_visible()
    assert not card(page, "V2").get_by_text("18 ก.ค. 2566").is_visible()
    card(page, "V2").get_by_text("ดูก่อนหน้านี้ 1 รายการ").click()
    assert card(page, "V2").get_by_text("18 ก.ค. 2566").is_visible()
    assert card(page, "V4").get_by_role("textbox").count() == 0
    assert "เหตุผลที่คงไว้ สหกรณ์อยู่ตรงข้ามสำนักงานอำเภอ" in card(page, "V4").inner_text()


def test_a_return_without_a_comment_is_stopped_beside_the_field_and_a_decision_is_asked_once(page: Page) -> None:
    show(page, "inbox")
    assert not page.get_by_text("ให้กรรมการกำหนดวงเงิน").is_visible()
    page.get_by_role("button", name=samples.REQUEST["title"]).press("Enter")
    for text in ("ให้กรรมการกำหนดวงเงิน", "ค้างชำระเงินกู้ กพส.", "ก่อนวันประชุมใหญ่", "เดินไปได้ใน 5 นาที", "เหลือ 2 วันทำการ"):
        assert page.get_by_text(text).is_visible()
    page.get_by_role("button", name="ส่งกลับให้แก้").press("Enter")
    comment = page.get_by_label("ความเห็น")
    assert comment.get_attribute("aria-invalid") == "true"
    assert page.locator(".cps-wrong-text:visible").inner_text() == samples.INBOX["labels"]["need_comment"]
    assert comment.evaluate("(e) => e === document.activeElement")
    page.keyboard.type("ขอเอกสารวงเงิน ")
    page.get_by_role("button", name="ส่งกลับให้แก้").press("Enter")
    page.get_by_role("button", name="ยังก่อน").press("Enter")
    assert (done(page), focused(page)) == ([], "ส่งกลับให้แก้")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="ส่งกลับ", exact=True).dblclick()
    decision = {"id": "p1:V2", "decision": "no", "comment": "ขอเอกสารวงเงิน", "order": ""}
    assert done(page) == [("decide", decision)]
    answer(page, "ส่งกลับแล้ว", rows=[samples.REPORT])
    assert focused(page) == page.locator("[data-noted]").inner_text() == "ส่งกลับแล้ว"
    assert page.get_by_role("heading", level=3).all_inner_texts() == [samples.REPORT["title"]]


def test_a_comment_outlives_a_refusal_and_reading_another_and_the_order_is_written_once(page: Page) -> None:
    show(page, "inbox", rows=[samples.REQUEST, samples.REPORT], labels=samples.ACTING["labels"])
    page.get_by_role("button", name=samples.REPORT["title"]).click()
    page.get_by_label("ความเห็น").fill("ทำได้ดีมาก")
    page.get_by_role("button", name="อนุมัติรายงาน").click()
    assert page.locator(".cps-wrong-text:visible").inner_text().startswith("ระบุคำสั่งก่อน")
    page.keyboard.type("คำสั่งที่ 12/2566")
    page.get_by_role("button", name="อนุมัติรายงาน").click()
    assert focused(page).startswith("อนุมัติรายงานฉบับนี้หรือไม่")
    page.get_by_role("button", name="ยืนยัน").click()
    answer(page, "พิจารณางานของตนเองไม่ได้", "error")
    assert page.locator(".cps-decide .cps-is-error").inner_text() == "พิจารณางานของตนเองไม่ได้"
    page.get_by_role("button", name=samples.REQUEST["title"]).click()
    assert page.get_by_label("ความเห็น").input_value() == ""
    assert page.get_by_label("คำสั่งรักษาราชการแทน").input_value() == "คำสั่งที่ 12/2566"
    page.get_by_role("button", name=samples.REPORT["title"]).click()
    assert page.get_by_label("ความเห็น").input_value() == "ทำได้ดีมาก"


def test_the_list_stands_before_the_number_and_levels_are_chosen_by_keyboard(page: Page) -> None:
    show(page, "score")
    tops = page.evaluate(
        "[...document.querySelectorAll('[data-finding], .cps-score-text')].map((e) => e.getBoundingClientRect().top)"
    )
    assert len(tops) == 4
    assert page.locator(".cps-finding-counts .cps-tag").all_inner_texts() == ["ต้องแก้ 1", "ควรแก้ 1", "แนะนำ 1"]
    assert tops == sorted(tops)
    first, second = page.locator(".cps-criterion").all()
    assert first.locator(".cps-sides-of").inner_text().split() == ["ตนเอง", "ระดับ", "3", "วิทยากร", "ระดับ", "2"]
    assert "วิทยากร" in first.locator(".cps-level-row").nth(1).inner_text()
    assert first.get_by_role("radio", name="ระดับ 3").is_checked()
    second.get_by_role("radio").first.press("Space")
    page.keyboard.press("ArrowDown")
    assert page.get_by_text("เลือกแล้ว 2 จาก 2 เรื่อง").is_visible()
    receive(page, intro="เปลี่ยน")
    assert second.get_by_role("radio", name="ระดับ 2").is_checked()
    page.get_by_role("button", name="บันทึกระดับ").dblclick()
    assert done(page) == [("rate", {"levels": {"objective-fits-issue": 3, "weight-of-evidence": 2}})]
    rated = [samples.CRITERIA[0], {**samples.CRITERIA[1], "self": 2}]
    answer(page, criteria=rated)
    assert page.locator(".cps-rate .cps-is-saved").inner_text() == "บันทึกแล้ว"
    assert second.locator("dd").first.inner_text() == "ระดับ 2"


def test_without_a_level_nothing_is_saved_and_a_looked_at_score_has_no_radio(page: Page) -> None:
    show(page, "score", criteria=[{**samples.CRITERIA[1]}], rates="trainer")
    page.get_by_role("button", name="บันทึกระดับ").click()
    assert done(page) == []
    assert page.get_by_text("เลือกระดับอย่างน้อยหนึ่งเรื่องก่อน").first.is_visible()
    receive(page, rates="", criteria=samples.CRITERIA)
    assert page.get_by_role("radio").count() == page.get_by_role("button", name="บันทึกระดับ").count() == 0
    rows = page.locator(".cps-level-row")
    assert "ตนเอง" in rows.nth(2).inner_text()
    assert "วิทยากร" in rows.nth(1).inner_text()
