"""Exploring a case in a real browser: finding one's way, reading charts, sorting tables, opening papers, attaching evidence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from cps_training import views
from cps_training.views import assets
from tests.browser.checks import axe_finds, foreign_words, hard_to_hit
from tests.views import case_samples_explore as samples
from tests.views.harness import receive, sent

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from cps_training.views._saving import Save

STATES = {name: (kind, state) for name, kind, state in samples.WIDGETS}
SEND = "0123456789abcdef" * 2


def show(page: Page, name: str, **more: Any) -> None:
    """One widget as its class sends it: its own module and its own CSS."""
    kind, state = STATES[name]
    widget = getattr(views, kind)(**state, **more)
    page.evaluate(
        "([esm, css, state]) => mount(esm, css, state)",
        [widget._esm, widget._css, {"locale": "th", "clause_cards": {}, "clause_labels": {}, **state, **more}],
    )


def drawn(page: Page) -> None:
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def answer(page: Page, message: dict[str, Any], kind: str, text: str, **state: Any) -> None:
    """What Python says of something done, as one change."""
    receive(page, **state, saved={"send_id": message["send_id"], "kind": kind, "text": text})
    drawn(page)


def names(page: Page) -> list[str]:
    """The first cell of every row, as sorted."""
    return page.locator("tbody th span[id]").all_inner_texts()


CUT = """() => [...document.querySelectorAll('.cps-root button, .cps-root summary, .cps-root h2, .cps-root h3, .cps-root .cps-tag')]
  .filter((e) => e.checkVisibility() && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1) && getComputedStyle(e).display !== 'inline')
  .map((e) => e.innerText)"""


@pytest.mark.parametrize("name", STATES)
def test_it_fits_a_phone_and_a_desk_in_both_colours(page: Page, name: str) -> None:
    show(page, name)
    page.evaluate("document.title = 'กรณีศึกษา'")
    page.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.evaluate(CUT) == []
    assert hard_to_hit(page) == []
    assert foreign_words(page, "th") == []
    assert axe_finds(page) == []
    page.emulate_media(color_scheme="dark")
    drawn(page)
    assert axe_finds(page) == []
    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate("document.querySelector('main').className = 'wide'")
    drawn(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 1280
    assert page.evaluate(CUT) == []
    assert axe_finds(page) == []
    assert sent(page) == []


# --- finding one's way ------------------------------------------------------------------------------------------------


def test_a_case_is_opened_by_its_link_or_by_its_action_and_says_which_one_it_is(page: Page) -> None:
    show(page, "case-list")
    going_on = page.get_by_role("link", name="ทำต่อ A สหกรณ์การเกษตรทุ่งสาธิต จำกัด")
    assert going_on.get_attribute("href") == "/case?case=thung-sathit"
    assert "cps-primary" in (going_on.get_attribute("class") or "")
    page.get_by_role("button", name="เปิดกรณีนี้ B สหกรณ์เครดิตยูเนี่ยนหนองสาธก จำกัด").click()
    assert sent(page) == [{"kind": "action", "id": "case:nong-sathok"}]
    assert page.locator(".cps-primary").count() == 1
    assert "องค์กรสมมติ" in page.locator("li").nth(1).inner_text()


def test_steps_are_numbered_told_and_the_current_one_is_in_sight_on_a_phone(page: Page) -> None:
    show(page, "case-room", lands=True)
    assert page.evaluate("document.activeElement.innerText") == samples.CASE_ROOM["name"]
    current = page.locator("[aria-current=step]")
    assert current.inner_text().split("\n") == ["4", "เอกสาร", "5 จาก 14"]
    receive(page, current="result")
    page.wait_for_function("document.querySelector('.cps-room-steps').scrollLeft > 0")
    box = current.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    page.locator("[data-key='tab:board']").focus()
    page.keyboard.press("Enter")
    assert sent(page) == [{"kind": "action", "id": "tab:board"}]
    assert page.get_by_role("link", name="กรณีทั้งหมด").get_attribute("href") == "/case"


# --- charts -------------------------------------------------------------------------------------------------------------


def heights(chart: Locator) -> list[list[float]]:
    """How high each stretch of a line runs, year by year: more is lower on the page."""
    lines = chart.locator("polyline").evaluate_all("(all) => all.map((e) => e.getAttribute('points'))")
    return [[float(place.split(",")[1]) for place in line.split()] for line in lines]


def test_a_picture_shows_each_last_value_and_the_same_figures_as_a_table(page: Page) -> None:
    show(page, "case-profile")
    chart = page.locator("[data-chart=arrears_to_loans_pct]")
    assert chart.locator("text").inner_html() == "37.0"
    assert chart.locator("p").inner_text() == "2562 – 2566"
    [line] = heights(chart)
    assert line == sorted(line, reverse=True), "what rises runs upwards"
    assert line[0] != line[-1]
    assert page.get_by_role("img", name="2562: 1.62, 2563: 1.48, 2564: 1.21, 2565: 0.94, 2566: 0.58").count() == 1
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    row = page.get_by_role("row", name=re.compile("กำไรสุทธิ"))
    assert row.locator("td").all_inner_texts() == ["1.62", "1.48", "1.21", "0.94", "0.58"]
    page.get_by_role("button", name="เริ่มอ่านเอกสาร").click()
    assert sent(page) == [{"kind": "action", "id": "tab:papers"}]


def test_a_year_that_is_not_known_leaves_a_gap_and_the_last_known_value_says_its_year(page: Page) -> None:
    show(page, "case-ratios")
    [grown] = heights(page.locator("[data-ratio=equity_growth_pct]"))
    assert len(grown) == 4, "from the second year on"
    chart = page.locator("[data-ratio=reserve_to_assets]")
    assert [len(one) for one in heights(chart)] == [2]
    assert chart.locator("text").text_content() == "0.102 2565"
    end = chart.locator(".cps-chart-end")
    assert end.get_attribute("cy") == "38.0", "what never changes runs in the middle"


def test_a_formula_is_shown_on_request_and_stays_when_something_is_attached(page: Page) -> None:
    show(page, "case-ratios")
    card = page.locator("[data-ratio=arrears_to_loans_pct]")
    formula = card.get_by_text("หนี้ค้างชำระ ÷ ลูกหนี้เงินกู้ × 100")
    assert not formula.is_visible()
    card.locator("summary").focus()
    page.keyboard.press("Space")
    assert formula.is_visible()
    card.get_by_role("button", name="แนบเป็นหลักฐาน หนี้ค้างต่อเงินกู้ (ร้อยละ)").click()
    assert formula.is_visible()
    [message] = sent(page)
    assert message.pop("send_id")
    assert message == {
        "kind": "save",
        "id": "mark",
        "detail": {"reference": "figure:arrears_to_loans_pct", "on": True},
    }


# --- tables -------------------------------------------------------------------------------------------------------------


def test_a_table_is_chosen_without_asking_and_sorted_with_its_totals_below(page: Page) -> None:
    show(page, "case-tables")
    first = names(page)
    assert first[-1] == "รวมสินทรัพย์"
    by_2566 = page.get_by_role("button", name="2566")
    by_2566.focus()
    page.keyboard.press("Enter")
    assert page.locator("[aria-sort]").get_attribute("aria-sort") == "ascending"
    assert names(page) == [
        "หัก ค่าเผื่อหนี้สงสัยจะสูญ",
        "เงินสดและเงินฝากธนาคาร",
        "ดอกเบี้ยค้างรับ",
        "เงินกู้ยืม",
        "ลูกหนี้เงินกู้",
        "รวมสินทรัพย์",
    ]
    page.keyboard.press("Enter")
    assert page.locator("[aria-sort]").get_attribute("aria-sort") == "descending"
    assert names(page)[:2] == ["ลูกหนี้เงินกู้", "เงินกู้ยืม"]
    assert names(page)[-1] == "รวมสินทรัพย์"
    assert page.locator(".cps-announce").inner_text() == "เรียงตาม 2566 จากมากไปน้อย"
    page.keyboard.press("Enter")
    assert names(page) == first
    page.get_by_label("เลือกตาราง").locator("visible=true").select_option("borrowing")
    page.get_by_role("button", name="ครบกำหนด").click()
    assert names(page)[-1] == "สหกรณ์ผู้ให้กู้ (สมมติ)", "what is not known comes last"
    page.get_by_role("button", name="ครบกำหนด").click()
    assert names(page) == ["ธนาคารผู้ให้กู้ (สมมติ)", "กองทุนพัฒนาสหกรณ์ (กพส.)", "สหกรณ์ผู้ให้กู้ (สมมติ)"]
    assert page.locator("tfoot").inner_text().split() == ["รวม", "27,200,000"]
    assert sent(page) == []


def test_a_wide_table_scrolls_by_itself_with_its_names_in_sight(page: Page) -> None:
    show(page, "case-tables")
    cell = page.get_by_role("cell", name="31,200,000")
    cell.scroll_into_view_if_needed()
    assert page.locator(".cps-scroll").evaluate("(e) => e.scrollLeft") > 0
    box = page.locator("tbody th").first.bounding_box()
    assert box
    assert 0 <= box["x"] <= 20
    assert cell.evaluate("(e) => getComputedStyle(e).textAlign") == "end"
    page.set_viewport_size({"width": 1280, "height": 740})
    page.evaluate("document.querySelector('main').className = 'wide'")
    page.get_by_role("button", name="สมาชิก", exact=True).click()
    assert page.get_by_role("heading").inner_text() == "สมาชิก"
    assert page.get_by_text("ไม่มีรายการ").is_visible()


def tables(*marked: str) -> list[dict[str, Any]]:
    """The sample's tables with just these figures attached."""
    first, *others = samples.CASE_TABLES["tables"]
    rows = [{**row, "is_marked": row["reference"] in marked} for row in first["rows"]]
    return [{**first, "rows": rows}, *others]


def test_a_row_is_attached_once_and_said_to_be_saved_where_it_stands(page: Page) -> None:
    show(page, "case-tables")
    button = page.locator("[data-key='mark:figure:loans_gross']")
    button.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    [message] = sent(page)
    assert re.fullmatch("[0-9a-f]{32}", message["send_id"])
    assert {**message, "send_id": ""} == {
        "kind": "save",
        "id": "mark",
        "detail": {"reference": "figure:loans_gross", "on": True},
        "send_id": "",
    }
    assert button.get_attribute("aria-pressed") == "true"
    row = page.get_by_role("row").filter(has=button)
    assert "กำลังบันทึก…" in row.inner_text()
    answer(page, message, "saved", "บันทึกแล้ว", tables=tables("figure:loans_gross", "figure:borrowings"))
    assert "บันทึกแล้ว" in row.inner_text()
    assert page.locator(".cps-announce").inner_text() == "บันทึกแล้ว"
    assert page.evaluate("document.activeElement.dataset.key") == "mark:figure:loans_gross"
    page.keyboard.press("Enter")
    assert sent(page)[1]["detail"] == {"reference": "figure:loans_gross", "on": False}


def test_what_was_not_saved_is_shown_as_python_holds_it(page: Page) -> None:
    show(page, "case-tables")
    button = page.locator("[data-key='mark:figure:borrowings']")
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    answer(page, sent(page)[0], "error", "ส่งงานแล้ว แก้ไม่ได้", tables=tables("figure:borrowings"))
    assert button.get_attribute("aria-pressed") == "true"
    assert page.get_by_role("row").filter(has=button).get_by_text("ส่งงานแล้ว แก้ไม่ได้").is_visible()
    page.evaluate("model.broken = true")
    button.click()
    assert button.get_attribute("aria-pressed") == "true", "without a connection nothing was taken back"
    assert page.get_by_role("row").filter(has=button).get_by_text(samples.SAVING["silent"]).is_visible()


# --- papers -------------------------------------------------------------------------------------------------------------


def test_on_a_phone_a_paper_takes_the_place_of_the_list_and_gives_it_back(page: Page) -> None:
    show(page, "case-papers-list")
    row = page.locator("[data-key='paper:minutes-mar']")
    assert "แนบแล้ว 1 บรรทัด" in row.inner_text()
    row.focus()
    page.keyboard.press("Enter")
    receive(page, paper=samples.PAPER)
    page.wait_for_function("(title) => document.activeElement.innerText === title", arg=samples.PAPER["title"])
    assert not row.is_visible()
    page.get_by_role("button", name="ฉบับถัดไป").click()
    page.get_by_role("button", name="กลับไปรายการเอกสาร").click()
    assert [message["id"] for message in sent(page)] == ["paper:minutes-mar", "paper:count-sheet", "paper:"]
    receive(page, paper=None)
    page.wait_for_function("document.activeElement.dataset.key === 'paper:minutes-mar'")
    assert row.is_visible()


def test_who_comes_to_an_open_paper_stands_at_its_title(page: Page) -> None:
    show(page, "case-papers", lands=True)
    assert page.evaluate("document.activeElement.innerText") == samples.PAPER["title"]


def test_on_a_desk_the_list_stays_beside_the_paper(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 740})
    page.evaluate("document.querySelector('main').className = 'wide'")
    show(page, "case-papers")
    listed, sheet = page.locator("[data-key='paper:talk-barn']"), page.get_by_role("article")
    left, right = listed.bounding_box(), sheet.bounding_box()
    assert left
    assert right
    assert left["x"] + left["width"] <= right["x"]
    assert page.locator("[aria-current]").inner_text().startswith(samples.PAPER["title"])
    assert not page.get_by_role("button", name="กลับไปรายการเอกสาร").is_visible()
    assert page.evaluate("document.activeElement === document.body"), "nothing takes the focus from who just came"


def test_a_line_is_marked_by_keyboard_and_only_what_can_be_evidence_is_a_button(page: Page) -> None:
    show(page, "case-papers")
    lines = page.get_by_role("article").get_by_role("button")
    assert [one.get_attribute("aria-pressed") for one in lines.all()] == ["false", "true", "false"]
    assert page.get_by_role("heading", level=3).all_inner_texts() == ["ระเบียบวาระที่ 4 เรื่องเพื่อพิจารณา"]
    lines.nth(2).focus()
    page.keyboard.press("Space")
    [message] = sent(page)
    assert (message["id"], message["detail"]) == ("mark", {"reference": "minutes-mar:l3", "on": True})
    marked = [{**line, "is_marked": line["key"] in ("l2", "l3")} for line in samples.PAPER["lines"]]
    answer(page, message, "saved", "บันทึกแล้ว", paper={**samples.PAPER, "lines": marked})
    assert page.evaluate("document.activeElement.dataset.key") == "line:l3"
    assert page.locator(".cps-turn").get_by_text("แนบแล้ว 2 บรรทัด").is_visible()
    lines.nth(1).click()
    assert sent(page)[1]["detail"] == {"reference": "minutes-mar:l2", "on": False}
    tint = "(e) => getComputedStyle(e.parentElement).backgroundColor"
    assert [lines.nth(n).evaluate(tint) for n in (0, 2)] == ["rgba(0, 0, 0, 0)", "rgb(251, 240, 217)"]


def test_what_a_case_says_is_marked_as_content(page: Page) -> None:
    show(page, "case-papers", locale="en")
    own = page.locator("[data-cps-content][lang=th]").all_inner_texts()
    for line in samples.PAPER["lines"]:
        assert line["text"] in own
    assert samples.PAPER["title"] in own
    assert not any(samples.CASE_PAPERS["labels"]["list"] in text for text in own)


# --- the Python side ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted({kind for kind, _ in STATES.values()}))
def test_a_widget_brings_the_looks_of_every_part_it_is_made_of(kind: str) -> None:
    widget = getattr(views, kind)()
    assert set(assets.shared_parts([widget.stem])) <= set(widget.shared)
    files = [assets.STATIC / f"{part}.css" for part in widget.shared]
    for path in files:
        assert not path.is_file() or path.read_text("utf-8") in widget._css


def mark(reference: Any, on: Any = True, **more: Any) -> dict[str, Any]:
    return {"kind": "save", "id": "mark", "detail": {"reference": reference, "on": on}, "send_id": SEND, **more}


OFFERED = {"case-tables": "figure:borrowings", "case-ratios": "figure:roe", "case-papers": "minutes-mar:l1"}


def made(name: str, heard: list[Save]) -> Any:
    kind, state = STATES[name]
    if name == "case-ratios":
        state = {**state, "groups": [{"title": "", "ratios": [{"name": "roe", "reference": "figure:roe"}]}]}
    return getattr(views, kind)(**state, on_save=heard.append)


@pytest.mark.parametrize("name", OFFERED)
def test_what_was_offered_can_be_marked(name: str) -> None:
    heard: list[Save] = []
    made(name, heard)._handle_custom_msg(mark(OFFERED[name], on=False), [])
    assert [(save.kind, save.detail, save.send_id) for save in heard] == [
        ("mark", {"reference": OFFERED[name], "on": False}, SEND)
    ]


@pytest.mark.parametrize("name", OFFERED)
def test_nothing_else_is(name: str, caplog: pytest.LogCaptureFixture) -> None:
    heard: list[Save] = []
    widget, good = made(name, heard), OFFERED[name]
    wrong: list[Any] = [
        mark("figure:nowhere"),
        mark(None),
        mark([good]),
        mark(good, on="true"),
        mark(good, on=1),
        mark(good, send_id=SEND[1:]),
        mark(good, id="drop"),
        mark(good, more=1),
        {**mark(good), "detail": {"reference": good}},
        {**mark(good), "detail": good},
    ]
    for message in wrong:
        widget._handle_custom_msg(message, [])
    assert heard == []
    assert caplog.text.count("ignored a malformed message") == len(wrong)


def test_a_line_of_the_paper_before_can_still_be_marked() -> None:
    heard: list[Save] = []
    papers = made("case-papers", heard)
    papers.paper = {**samples.PAPER, "id": "count-sheet", "lines": []}
    papers._handle_custom_msg(mark("minutes-mar:l1"), [])
    assert [save.detail["reference"] for save in heard] == ["minutes-mar:l1"]


def test_a_view_that_fails_to_save_says_so_in_its_words() -> None:
    def fail(_: Save) -> None:
        raise RuntimeError("full")

    kind, state = STATES["case-papers"]
    papers = getattr(views, kind)(**state, on_save=fail)
    papers._handle_custom_msg(mark("minutes-mar:l1"), [])
    assert papers.saved == {"send_id": SEND, "kind": "error", "text": samples.SAVING["failed"]}
