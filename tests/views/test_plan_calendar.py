"""A plan over time in a real browser and in Python: visits put on other days by mouse, keyboard and choice; what was done of it; who changed what."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Literal

import pytest

from cps_training.views import PlanCalendar, PlanHistory
from cps_training.views._saving import Save, Saving
from tests.axe import violations
from tests.views import plan_samples_calendar as samples
from tests.views.harness import mount, receive, sent

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

ID = "0123456789abcdef" * 2
PICKS = {"visits/V2/objective": "mine", "visits/V2/place": "theirs"}


# --- in Python ----------------------------------------------------------------------------------------------------------


def hear(widget: Saving, kind: str, detail: Any) -> None:
    widget._handle_custom_msg({"kind": "save", "id": kind, "detail": detail, "send_id": ID}, [])


def test_only_what_may_be_moved_goes_to_a_day_that_is_shown(caplog: pytest.LogCaptureFixture) -> None:
    got: list[Save] = []
    calendar = PlanCalendar(on_save=got.append, **samples.CALENDAR)
    offered: list[dict[str, Any]] = [
        {"visit": "V2", "on": "2023-07-28"},
        {"visit": "V2", "on": None},
        {"visit": "V6", "on": "2023-08-03"},
    ]
    details: list[dict[str, Any]] = [
        *offered,
        {"visit": "V1", "on": "2023-07-24"},  # stays where it is
        {"visit": "V9", "on": "2023-07-24"},
        {"visit": "V2", "on": "2023-07-23"},  # not shown
        {"visit": "V2", "on": "24 ก.ค."},
        {"visit": "V2", "on": 24},
        {"visit": ["V2"], "on": None},
        {"visit": "V2"},
        {"visit": "V2", "on": None, "kind": "ok"},
    ]
    for detail in details:
        with caplog.at_level(logging.WARNING, "cps_training.views"):
            hear(calendar, "place", detail)
    assert got == [Save("place", detail, ID) for detail in offered]
    assert caplog.text.count("ignored a malformed message") == 8

    august = samples.days("2023-07-31", 35, month=8, planned={})
    calendar.show(days=august[7:])
    hear(calendar, "place", {"visit": "V2", "on": "2023-08-09"})  # taken up before the month was turned
    hear(calendar, "place", {"visit": "V2", "on": "2023-07-27"})
    assert [save.detail["on"] for save in got[3:]] == ["2023-08-09"]


def test_a_conflict_is_settled_as_a_whole_and_only_while_there_is_one() -> None:
    got: list[Save] = []
    history = PlanHistory(on_save=got.append, **{**samples.HISTORY, "conflict": samples.CONFLICT})
    for picks in (
        PICKS,
        {"visits/V2/objective": "mine"},
        {**PICKS, "visits/V3/place": "mine"},
        {**PICKS, "visits/V2/place": "both"},
        {**PICKS, "visits/V2/place": ["mine"]},
        list(PICKS),
        {},
    ):
        hear(history, "settle", {"picks": picks})
    history.conflict = None
    hear(history, "settle", {"picks": PICKS})
    assert got == [Save("settle", {"picks": PICKS}, ID)]


# --- in the browser -----------------------------------------------------------------------------------------------------


def show(page: Page, name: str, width: int = 1280, **more: Any) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("document.querySelector('main').classList.add('wide')")
    stem, state = samples.EVERY[name]
    mount(page, stem, {**state, **more})


def done(page: Page) -> list[Any]:
    """What was done so far."""
    return [message["detail"] for message in sent(page) if message["kind"] == "save"]


def acted(page: Page) -> list[str]:
    return [message["id"] for message in sent(page) if message["kind"] == "action"]


def answer(page: Page, text: str = "บันทึกแล้ว", kind: str = "saved", **state: Any) -> None:
    send_id = [message for message in sent(page) if message["kind"] == "save"][-1]["send_id"]
    receive(page, **state, saved={"send_id": send_id, "kind": kind, "text": text})
    page.evaluate("() => new Promise(requestAnimationFrame)")


def on(page: Page, date: str) -> list[str]:
    """The titles of what stands on a day."""
    return page.locator(f'[data-onto="{date}"] .cps-visit > b').all_inner_texts()


def visit(page: Page, title: str) -> Locator:
    return page.locator(".cps-visit", has_text=title)


def heard(page: Page) -> str:
    return (page.locator(".cps-announce").text_content() or "").strip("\xa0")


def focused(page: Page) -> str:
    return str(
        page.evaluate("document.activeElement === document.body ? '' : document.activeElement.textContent")
    ).strip()


def draw(page: Page, thing: Locator, place: Locator) -> None:
    """Press on a thing and draw it above a place, the button still down."""
    box, there = thing.bounding_box(), place.bounding_box()
    assert box
    assert there
    page.mouse.move(box["x"] + 20, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 30, box["y"] + 14)
    page.mouse.move(there["x"] + there["width"] / 2, there["y"] + there["height"] - 8, steps=3)


CLIPPED = """() => {
  const found = [];
  const texts = document.createTreeWalker(document.querySelector('.cps-root'), NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const around = text.parentElement.closest('button, label, td, th, li, fieldset, summary, section');
    if (!text.data.trim() || !around?.offsetParent || text.parentElement.closest('.cps-hidden, option, caption')) continue;
    if (text.parentElement.closest('thead')?.offsetHeight === 1) continue;
    const range = document.createRange(); range.selectNodeContents(text);
    const most = around.getBoundingClientRect();
    if ([...range.getClientRects()].some((r) => r.right > most.right + 1 || r.left < most.left - 1)) found.push(text.data);
  }
  return found;
}"""
SMALL = """() => [...document.querySelectorAll('.cps-root :is(button, select, summary, label.cps-check)')]
  .filter((e) => e.offsetParent && (e.offsetHeight < 44 || e.offsetWidth < 44)).map((e) => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("name", samples.EVERY)
def test_everything_fits_a_phone_and_a_screen_and_can_be_heard(page: Page, name: str) -> None:
    show(page, name)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    if name in ("weeks", "month"):
        visit(page, "สก.การเกษตร").click()
    looks: list[tuple[int, Literal["light", "dark"]]] = [(360, "light"), (740, "light"), (1280, "dark")]
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.evaluate(CLIPPED) == []
        assert page.evaluate(SMALL) == []
        if width != 740:
            found = violations(page, context=".cps-root")
            assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert page.locator(".cps-primary:visible").count() <= 1


def test_a_visit_is_drawn_to_another_day_and_goes_back_when_that_is_not_saved(page: Page) -> None:
    show(page, "weeks")
    thursday = page.locator('[data-onto="2023-08-03"]')
    draw(page, visit(page, "สก.การเกษตร").first, thursday)
    assert page.locator(".cps-is-target").get_attribute("data-onto") == "2023-08-03"
    page.mouse.up()
    assert done(page) == [{"visit": "V2", "on": "2023-08-03"}]
    assert (on(page, "2023-07-26"), on(page, "2023-08-03")) == ([], ["สก.การเกษตรทุ่งสาธิต"])
    assert heard(page) == "ย้าย สก.การเกษตรทุ่งสาธิต ไปวันพฤหัสบดีที่ 3 สิงหาคม 2566 แล้ว"
    answer(page, "ยังบันทึกไม่ได้", "error")
    assert (on(page, "2023-07-26"), on(page, "2023-08-03")) == (["สก.การเกษตรทุ่งสาธิต"], [])
    assert page.locator(".cps-note.cps-is-error").inner_text() == "ยังบันทึกไม่ได้"

    draw(page, visit(page, "สก.บริการตัวอย่าง"), thursday)
    page.mouse.up()
    new = samples.days("2023-07-24", 14, planned={**samples.PLANNED, "2023-08-03": [samples.WAITING]})
    answer(page, days=new, waiting=[])
    assert on(page, "2023-08-03") == ["สก.บริการตัวอย่าง"]
    assert page.locator(".cps-tray").inner_text() == "ทุกรายการมีวันแล้ว"
    draw(page, visit(page, "สก.บริการตัวอย่าง"), page.locator(".cps-tray"))
    page.mouse.up()
    assert done(page)[1:] == [{"visit": "V6", "on": "2023-08-03"}, {"visit": "V6", "on": None}]


def test_what_is_let_go_elsewhere_stays_and_what_is_fixed_only_opens(page: Page) -> None:
    show(page, "weeks")
    due = visit(page, "สก.การเกษตร").first
    thursday = page.locator('[data-onto="2023-08-03"]')
    draw(page, due, thursday)
    page.keyboard.press("Escape")
    page.mouse.up()
    draw(page, due, page.locator(".cps-hint"))
    page.mouse.up()
    draw(page, due, page.locator('[data-onto="2023-07-26"]'))
    page.mouse.up()
    draw(page, due, due)  # let go above itself: no press either
    page.keyboard.press("Escape")
    page.mouse.up()
    draw(page, visit(page, "สก.การเดินรถ"), thursday)
    page.mouse.up()
    assert page.locator(".cps-carried, .cps-is-target, .cps-moving").count() == 0
    assert sent(page) == []
    visit(page, "สก.การเดินรถ").press("Enter")
    assert acted(page) == ["visit:V1"]


def test_a_visit_is_taken_up_carried_and_put_down_by_keyboard_and_every_step_is_heard(page: Page) -> None:
    show(page, "weeks")
    visit(page, "สก.ออมทรัพย์").press("Enter")
    assert heard(page).startswith("หยิบ สก.ออมทรัพย์ตัวอย่าง แล้ว ใช้ปุ่มลูกศร")
    page.keyboard.press("ArrowRight")
    assert heard(page) == "วันศุกร์ที่ 28 กรกฎาคม 2566 · วันเฉลิมพระชนมพรรษา"
    page.keyboard.press("ArrowDown")
    assert heard(page) == "วันศุกร์ที่ 4 สิงหาคม 2566 · มีอยู่แล้ว 2 รายการ"
    page.keyboard.press("ArrowDown")
    assert heard(page) == "สุดช่วงที่แสดงแล้ว"
    page.keyboard.press("Escape")
    assert heard(page) == "วาง สก.ออมทรัพย์ตัวอย่าง ไว้ที่เดิม"
    assert "สก.ออมทรัพย์" in focused(page)
    assert done(page) == []
    page.keyboard.press("Space")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    assert done(page) == [{"visit": "V3", "on": "2023-07-26"}]
    assert heard(page) == "ย้าย สก.ออมทรัพย์ตัวอย่าง ไปวันพุธที่ 26 กรกฎาคม 2566 แล้ว"
    assert on(page, "2023-07-26") == ["สก.การเกษตรทุ่งสาธิต", "สก.ออมทรัพย์ตัวอย่าง"]
    assert "สก.ออมทรัพย์" in focused(page)
    answer(page)
    assert heard(page) == "บันทึกแล้ว"

    visit(page, "สก.บริการ").press("Enter")  # without a day: begins at the first open one
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert done(page)[1:] == [{"visit": "V6", "on": "2023-07-24"}]


def test_on_a_phone_a_day_is_chosen_and_the_days_without_visits_can_be_reached(page: Page) -> None:
    show(page, "month", width=360)
    shown = page.locator(".cps-day:visible time").evaluate_all("(all) => all.map((e) => e.dateTime)")
    assert shown == ["2023-07-24", "2023-07-25", "2023-07-26", "2023-07-27", "2023-08-04"]
    xs = page.locator(".cps-day:visible").evaluate_all("(all) => all.map((e) => e.getBoundingClientRect().x)")
    assert len(set(xs)) == 1
    page.get_by_role("button", name="แสดงทุกวัน").click()
    assert page.locator(".cps-day:visible").count() == 32  # July, and the one of August with visits
    visit(page, "สก.การเกษตร").click()
    chosen = page.get_by_label("ย้ายไปวันไหน")
    assert page.evaluate("document.activeElement.tagName") == "SELECT"
    chosen.select_option("")
    page.get_by_role("button", name="ย้าย", exact=True).click()
    assert page.get_by_text("เลือกวันก่อน").is_visible()
    chosen.select_option("วันศุกร์ที่ 28 กรกฎาคม 2566 · วันเฉลิมพระชนมพรรษา")
    page.get_by_role("button", name="ย้าย", exact=True).click()
    assert done(page) == [{"visit": "V2", "on": "2023-07-28"}]
    assert "สก.การเกษตร" in focused(page)
    visit(page, "สก.ออมทรัพย์").click()
    page.get_by_role("button", name="เปิดรายการนี้").click()
    page.get_by_role("button", name="ยังไม่กำหนดวัน").click()
    assert done(page)[1:] == [{"visit": "V3", "on": None}]
    assert acted(page) == ["visit:V3"]


def test_a_visit_taken_up_is_put_down_in_another_month(page: Page) -> None:
    show(page, "month")
    visit(page, "สก.การเกษตร").press("Enter")
    page.get_by_role("button", name="ช่วงถัดไป").click()
    page.get_by_role("button", name="สัปดาห์").click()
    assert acted(page) == ["turn:1", "view:week"]
    august = samples.days("2023-07-31", 35, month=8, planned={})
    receive(page, days=august, title="สิงหาคม 2566")
    page.evaluate("() => new Promise(requestAnimationFrame)")
    assert focused(page).startswith("ย้าย สก.การเกษตร")
    page.get_by_label("ย้ายไปวันไหน").select_option("2023-08-09")
    page.get_by_role("button", name="ย้าย", exact=True).click()
    assert done(page) == [{"visit": "V2", "on": "2023-08-09"}]
    assert on(page, "2023-08-09") == ["สก.การเกษตรทุ่งสาธิต"]


def test_closed_days_clashes_and_what_is_wrong_are_said_in_words_and_signs(page: Page) -> None:
    show(page, "weeks")
    closed = page.locator('[data-onto="2023-08-02"]')
    assert closed.locator(".cps-closed").inner_text() == "วันเข้าพรรษา"
    assert "gradient" in closed.evaluate("(e) => getComputedStyle(e).backgroundImage")
    assert visit(page, "สก.เครดิต").locator(".cps-clash").inner_text() == "เวลาทับกับกลุ่มเกษตรกรบ้านสมมติ"
    assert page.locator(".cps-visit .cps-sign").all_inner_texts() == ["ควรแก้", "ต้องแก้"]
    rows = page.locator(".cps-day").evaluate_all("(all) => new Set(all.map((e) => e.getBoundingClientRect().y)).size")
    assert rows == 2
    page.evaluate("stop()")
    show(page, "table", width=360)
    gap = page.locator("tr").nth(1)
    assert gap.locator(".cps-is-gap").inner_text() == "ยังไม่ส่ง"
    signs = page.locator("tbody .cps-step path").evaluate_all(
        "(all) => new Set(all.map((e) => e.getAttribute('d'))).size"
    )
    assert signs == 6  # done, waiting, none, and the three strokes of what is missing
    gap.get_by_role("button", name="ไปเขียนรายงาน").click()
    assert acted(page) == ["visit:V2"]


def test_words_taken_away_and_added_are_marked_and_read_as_such(page: Page) -> None:
    show(page, "history")
    first = page.locator(".cps-changed").first
    assert first.locator("del").text_content() == "\u2212เอาออก เข้าใจการ"
    assert first.locator("ins").text_content() == "+เพิ่ม ได้ครบ 30 ราย"
    lines = [line.replace("\n", "") for line in page.locator(".cps-changed").all_text_contents()]
    assert lines[1:] == [
        "\u2212เอาออก 25+เพิ่ม 26 กรกฎาคม 2566",
        "+เพิ่ม งบทดลองเดือนมิถุนายน",
        "\u2212เอาออก คำบอกเล่าของพนักงานฉาง",
        "\u2212เอาออก ห้องประชุม+เพิ่ม ศาลาหมู่บ้าน",  # hardly a word in common: two texts
    ]
    looks = "(e) => getComputedStyle(e).textDecorationLine"
    assert first.locator("del").evaluate(looks) == "line-through"
    assert first.locator("ins").evaluate(looks) == "underline"
    assert page.locator(".cps-changed").nth(4).is_hidden()
    page.get_by_text("อีก 1 แห่ง").click()
    assert page.locator(".cps-changed").nth(4).is_visible()
    page.get_by_role("button", name="ดูที่เก่ากว่านี้").click()
    assert acted(page) == ["history:9"]


def test_two_versions_are_settled_field_by_field(page: Page) -> None:
    show(page, "conflict", width=360)
    assert page.locator(".cps-version mark").all_inner_texts() == ["เข้าใจการ", "ได้ครบ 30 ราย"]
    page.get_by_role("group", name="วัตถุประสงค์").get_by_label("ของอีกคน").check()
    settle = page.get_by_role("button", name="ใช้ตามที่เลือก")
    settle.click()
    assert done(page) == []
    assert page.locator(".cps-wrong-text:visible").all_inner_texts() == ["เลือกข้อความที่จะใช้ก่อน"]
    receive(page, rows=samples.HISTORY["rows"][1:])  # somebody works on meanwhile: what was picked stays
    page.get_by_role("group", name="สถานที่").get_by_label("ของคุณ").check()
    settle.dblclick()
    assert done(page) == [{"picks": {"visits/V2/objective": "theirs", "visits/V2/place": "mine"}}]
    answer(page, "ต้องเลือกใหม่", "error")
    page.get_by_role("button", name="ใช้ของอีกคนทั้งหมด").click()
    settle.click()
    assert set(done(page)[1]["picks"].values()) == {"theirs"}
    answer(page, conflict=None)
    assert focused(page) == "ประวัติการแก้ไข"
    assert page.get_by_text("บันทึกแล้ว").first.is_visible()
