"""The form a plan is written in, its head and its list, in a real browser and in Python: what is sent and when, what is kept, what is refused."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest

from cps_training.views import PlanForm
from cps_training.views._saving import Save
from cps_training.views.assets import STATIC
from tests.axe import violations
from tests.views import plan_samples_form as samples
from tests.views.harness import mount, receive, sent

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

ID = "0123456789abcdef" * 2
FIRST, SECOND = samples.AGENDA["value"]


# --- in Python ----------------------------------------------------------------------------------------------------------


def told(kind: str, detail: Any, **state: Any) -> list[Save]:
    """What reaches Python of a message."""
    got: list[Save] = []
    form = PlanForm(on_save=got.append, **{**samples.FORM, **state})
    form._handle_custom_msg({"kind": "save", "id": kind, "detail": detail, "send_id": ID}, [])
    return got


def change(field: str, value: Any) -> dict[str, Any]:
    return {"changes": [{"field": field, "value": value}]}


@pytest.mark.parametrize(
    ("kind", "detail"),
    [
        ("edit", change("visits.V1.objective", "ติดตามลูกหนี้ค้าง 🙂")),
        ("edit", {"changes": [{"field": "title", "value": None}, {"field": "written_on", "value": "2023-07-22"}]}),
        ("edit", change("visits.V1.start", None)),
        ("edit", change("visits.V1.travel", 12.5)),
        ("edit", change("visits.V1.orgs", ["O2", "O1"])),
        ("edit", change("visits.V1.counts_cash", True)),
        ("edit", change("visits.V1.doc_refs", [])),
        ("edit", change("visits.V1.agenda", [SECOND, {"title": "วาระอื่น ๆ", "prep_note": None}])),
        ("edit", change("issues.I1.evidence", [samples.EVIDENCE["value"][0] | {"kind": None, "dated": None}])),
        ("edit", change("visits.V2.study", "no")),
        ("add", {"to": "visit"}),
        ("remove", {"section": "visits.V1"}),
        ("press", {"button": "perform:V2"}),
    ],
)
def test_what_is_done_reaches_the_callback(kind: str, detail: dict[str, Any]) -> None:
    assert told(kind, detail) == [Save(kind, detail, ID)]


@pytest.mark.parametrize(
    ("kind", "detail"),
    [
        ("edit", {"changes": []}),
        ("edit", {"changes": [{"field": "title", "value": "ก", "before": "ข"}]}),
        ("edit", {"changes": [{"field": "title", "value": "ก"}, {"field": "title", "value": "ข"}]}),
        ("edit", change("visits.V9.objective", "ก")),
        ("edit", change("visits.V2.objective", "ก")),  # nobody may write there now
        ("edit", change("title", "ก" * 201)),
        ("edit", change("title", "\ud83d")),
        ("edit", change("title", 7)),
        ("edit", change("written_on", "14/7/2566")),
        ("edit", change("visits.V1.start", "9.30")),
        ("edit", change("visits.V1.travel", "45")),
        ("edit", change("visits.V1.travel", True)),
        ("edit", change("visits.V1.travel", float("nan"))),
        ("edit", change("visits.V1.method", "spying")),
        ("edit", change("visits.V1.orgs", ["O1", "O1"])),
        ("edit", change("visits.V1.orgs", ["O3"])),
        ("edit", change("visits.V1.orgs", None)),
        ("edit", change("visits.V1.counts_cash", None)),
        ("edit", change("visits.V1.doc_refs", ["ก" * 201])),
        ("edit", change("visits.V1.agenda", [{"title": "ก"}])),
        ("edit", change("visits.V1.agenda", [FIRST] * 21)),
        ("edit", change("visits.V1.agenda", [{**FIRST, "score": 100}])),
        ("edit", change("issues.I1.evidence", [samples.EVIDENCE["value"][0] | {"id": "E9"}])),
        ("add", {"to": "issue"}),
        ("remove", {"section": "visits.V2"}),
        ("press", {"button": "record:V2"}),  # it says why not yet
        ("press", {"button": ["copy:V1"]}),
        ("submit", {}),
    ],
)
def test_what_was_not_offered_is_ignored_and_logged(
    kind: str, detail: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "cps_training.views"):
        assert told(kind, detail) == []
    assert "ignored a malformed message" in caplog.text


def test_what_a_row_holds_besides_its_columns_comes_back_even_after_it_was_taken_away() -> None:
    got: list[Save] = []
    form = PlanForm(on_save=got.append, **samples.FORM)
    was = samples.EVIDENCE["value"]
    emptied = {**samples.ISSUE, "fields": [{**samples.EVIDENCE, "value": []}]}
    form.show(sections=[samples.HEAD, samples.VISIT, emptied])
    detail = change("issues.I1.evidence", was)
    form._handle_custom_msg({"kind": "save", "id": "edit", "detail": detail, "send_id": ID}, [])
    assert [save.detail for save in got] == [detail]


# --- in the browser -----------------------------------------------------------------------------------------------------


def show(page: Page, name: str, **more: Any) -> None:
    stem, state = samples.EVERY[name]
    mount(page, stem, {**state, **more})
    if stem == "plan_form":
        page.add_style_tag(content=(STATIC / "_plan_finding.css").read_text("utf-8"))


def saves(page: Page) -> list[dict[str, Any]]:
    return [message for message in sent(page) if message["kind"] == "save"]


def done(page: Page) -> list[tuple[str, Any]]:
    """What was done so far; of what was written only field and value."""
    return [
        (m["id"], {one["field"]: one["value"] for one in m["detail"]["changes"]} if m["id"] == "edit" else m["detail"])
        for m in saves(page)
    ]


def answer(page: Page, text: str = "บันทึกแล้ว 10:42 น.", kind: str = "saved", n: int = -1, **state: Any) -> None:
    receive(page, **state, saved={"send_id": saves(page)[n]["send_id"], "kind": kind, "text": text})
    page.evaluate("() => new Promise(requestAnimationFrame)")


def with_values(**values: Any) -> list[dict[str, Any]]:
    """The sections with other values in fields of the first visit."""
    fields = [
        {**field, "value": values.get(field["id"].removeprefix("visits.V1."), field["value"])}
        for field in samples.VISIT["fields"]
    ]
    return [samples.HEAD, {**samples.VISIT, "fields": fields}, samples.APPROVED, samples.ISSUE]


def field(page: Page, name: str) -> Locator:
    return page.locator(f'[data-field="visits.V1.{name}"]')


def objective(page: Page) -> Locator:
    return field(page, "objective").locator("textarea")


CLIPPED = """() => [...document.querySelectorAll('.cps-root :is(button, a, label, h2, h3, p, li, summary)')]
  .filter((e) => e.offsetParent && !e.closest('.cps-hidden, .cps-stage-words') && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline')
  .map((e) => e.outerHTML.slice(0, 120))"""
SMALL = """() => [...document.querySelectorAll('.cps-root :is(button, a, select, textarea, input[type=text], summary, label.cps-check)')]
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


def test_what_is_typed_goes_by_itself_and_what_comes_back_takes_nothing_from_its_writer(page: Page) -> None:
    page.clock.install()
    show(page, "form")
    box = objective(page)
    box.press_sequentially("ติดตามหนี้")
    page.clock.run_for(700)
    assert done(page) == []  # they only paused to think
    box.press_sequentially("ค้าง")
    page.clock.run_for(800)
    assert done(page) == [("edit", {"visits.V1.objective": "ติดตามหนี้ค้าง"})]
    assert field(page, "objective").locator(".cps-field-state").inner_text() == "กำลังบันทึก…"

    box.press_sequentially(" 46 ราย")
    page.clock.run_for(800)
    assert len(done(page)) == 1  # one at a time
    page.evaluate("document.activeElement.mine = true; document.activeElement.setSelectionRange(3, 5)")
    answer(page, sections=with_values(objective="ติดตามหนี้ค้าง"), findings=[])
    at = page.evaluate("(e => [e.mine, e.value, e.selectionStart, e.selectionEnd])(document.activeElement)")
    assert at == [True, "ติดตามหนี้ค้าง 46 ราย", 3, 5]
    assert done(page)[1:] == [("edit", {"visits.V1.objective": "ติดตามหนี้ค้าง 46 ราย"})]
    answer(page, sections=with_values(objective="ติดตามหนี้ค้าง 46 ราย"), findings=[])
    assert field(page, "objective").locator(".cps-field-state").inner_text() == "บันทึกแล้ว 10:42 น."
    assert field(page, "objective").locator(".cps-plan-finding").count() == 0
    page.clock.run_for(60_000)
    assert len(done(page)) == 2


def test_leaving_a_field_sends_all_that_is_not_kept_and_a_state_is_shown_where_nobody_writes(page: Page) -> None:
    show(page, "form")
    title = page.get_by_label("ชื่อแผน")
    title.fill("แผนเดือนสิงหาคม")
    title.press("Tab")
    assert done(page) == [("edit", {"title": "แผนเดือนสิงหาคม"})]
    objective(page).fill("ติดตามหนี้ค้าง")
    field(page, "orgs").get_by_label("กลุ่มเกษตรกรทำนาหนองปลาซิว").check()
    assert done(page)[1:] == [("edit", {"title": "แผนเดือนสิงหาคม", "visits.V1.objective": "ติดตามหนี้ค้าง"})]
    receive(page, sections=with_values(start="13:00", method="training"))
    assert field(page, "start").locator("input").input_value() == "13:00"
    assert field(page, "method").locator("select").input_value() == "training"
    assert objective(page).input_value() == "ติดตามหนี้ค้าง"
    assert field(page, "orgs").get_by_label("กลุ่มเกษตรกรทำนาหนองปลาซิว").is_checked()
    page.evaluate("stop()")  # another part of the plan is opened
    assert done(page)[2:][-1][1]["visits.V1.orgs"] == ["O1", "O2"]


def test_days_are_typed_and_shown_in_the_buddhist_era_and_sent_as_plain_days(page: Page) -> None:
    show(page, "form")
    on = field(page, "planned_date")
    box = on.locator("input")
    assert box.input_value() == "4 ส.ค. 2566"
    for typed, iso, shown, weekday in (
        ("14/7/2566", "2023-07-14", "14 ก.ค. 2566", "วันศุกร์ที่ 14 ก.ค. 2566"),
        ("๒๙ กุมภาพันธ์ พ.ศ. ๒๕๖๗", "2024-02-29", "29 ก.พ. 2567", "วันพฤหัสบดีที่ 29 ก.พ. 2567"),
        ("1 8 2023", "2023-08-01", "1 ส.ค. 2566", "วันอังคารที่ 1 ส.ค. 2566"),
    ):
        box.fill(typed)
        assert on.locator(".cps-echo").inner_text() == weekday
        box.press("Tab")
        assert done(page)[-1] == ("edit", {"visits.V1.planned_date": iso})
        assert box.input_value() == shown
        answer(page, sections=with_values(planned_date=iso))
    n = len(done(page))
    for typed in ("31/2/2566", "14/7/66", "พรุ่งนี้"):
        box.fill(typed)
        box.press("Tab")
        assert on.locator(".cps-wrong-text").inner_text() == samples.FORM_LABELS["bad_date"]
        assert (box.get_attribute("aria-invalid"), box.input_value()) == ("true", typed)
        assert on.locator(".cps-field-state").inner_text() == ""
    assert len(done(page)) == n
    box.fill("")
    box.press("Tab")
    assert done(page)[-1] == ("edit", {"visits.V1.planned_date": None})
    assert on.locator(".cps-wrong-text").inner_text() == ""
    start = field(page, "start").locator("input")
    start.fill("๑๓.๓๐ น.")
    start.press("Tab")
    assert (start.input_value(), done(page)[-1][1]["visits.V1.start"]) == ("13:30", "13:30")


def test_rows_are_written_by_keyboard_and_one_taken_away_comes_back(page: Page) -> None:
    show(page, "form")
    agenda = field(page, "agenda")
    agenda.get_by_role("button", name="เพิ่มรายการ").press("Enter")
    page.keyboard.type("วาระอื่น ๆ")
    page.keyboard.press("Tab")
    page.keyboard.type("ไม่มี")
    field(page, "counts_cash").get_by_role("checkbox").press("Space")
    third = {"title": "วาระอื่น ๆ", "prep_note": "ไม่มี"}
    assert done(page)[-1][1]["visits.V1.agenda"] == [FIRST, {**SECOND, "prep_note": None}, third]
    agenda.get_by_role("button", name="ลบ รายการที่ 1").press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "เอารายการที่ลบกลับมา"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.value") == FIRST["title"]

    lines = field(page, "doc_refs")
    lines.get_by_role("textbox").press("Enter")
    page.keyboard.type("คู่มือการสอบทานหนี้")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert done(page)[-1][1]["visits.V1.doc_refs"] == ["ระเบียบว่าด้วยการให้เงินกู้ พ.ศ. 2563", "คู่มือการสอบทานหนี้"]

    answer(page)
    evidence = page.locator('[data-field="issues.I1.evidence"]')
    page.locator('[data-section="issues.I1"] > summary').press("Enter")
    evidence.get_by_role("button", name="เพิ่มรายการ").click()
    page.keyboard.type("ประธานเล่าว่าไม่เคยสอบทาน")
    page.keyboard.press("Tab")
    first = samples.EVIDENCE["value"][0]
    new = {"text": "ประธานเล่าว่าไม่เคยสอบทาน", "kind": "hearsay", "dated": None}
    n = len(done(page))
    page.keyboard.press("End")
    page.keyboard.press("Tab")
    page.wait_for_function("(n) => model.sent.length > n", arg=n)  # the field was not left: after a pause
    assert done(page)[-1] == ("edit", {"issues.I1.evidence": [first, new]})
    kept = {**samples.EVIDENCE, "value": [first, {**new, "id": "E2"}]}
    answer(page, sections=[*with_values()[:3], {**samples.ISSUE, "fields": [kept]}])
    page.keyboard.type("1/7/2566")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    # Its writer had not left the row: it has the id it got meanwhile.
    assert done(page)[-1][1]["issues.I1.evidence"] == [first, {**new, "id": "E2", "dated": "2023-07-01"}]


def test_a_lost_connection_is_said_nothing_is_lost_and_it_is_sent_again(page: Page) -> None:
    page.clock.install()
    show(page, "form")
    page.evaluate("model.broken = true")
    objective(page).press_sequentially("ติดตามหนี้ค้าง")
    page.clock.run_for(800)
    lost = page.locator(".cps-form-lost")
    assert samples.SAVING["silent"] in lost.inner_text()
    assert objective(page).input_value() == "ติดตามหนี้ค้าง"
    receive(page, sections=with_values(start="13:00"))
    assert objective(page).input_value() == "ติดตามหนี้ค้าง"
    page.evaluate("model.broken = false")
    page.clock.run_for(15_000)
    assert done(page) == [("edit", {"visits.V1.objective": "ติดตามหนี้ค้าง"})]
    page.clock.run_for(20_000)  # it was sent, and nobody answers
    assert samples.SAVING["silent"] in lost.inner_text()
    lost.get_by_role("button", name="ลองบันทึกอีกครั้ง").click()
    assert len(done(page)) == 2
    answer(page, sections=with_values(objective="ติดตามหนี้ค้าง"))
    assert not lost.is_visible()


def test_two_who_write_in_one_field_are_asked_which_is_to_stand(page: Page) -> None:
    show(page, "form")
    objective(page).fill("ของฉัน")
    receive(page, sections=with_values(objective="ของเพื่อน"))
    beside = field(page, "objective").locator(".cps-beside-draft")
    assert samples.FORM_LABELS["clash"] in beside.inner_text()
    assert "ของเพื่อน" in beside.inner_text()
    page.get_by_label("ชื่อแผน").focus()
    assert done(page) == []  # nothing of the other's is written over
    beside.get_by_role("button", name="ใช้ที่ฉันพิมพ์").click()
    assert done(page) == [("edit", {"visits.V1.objective": "ของฉัน"})]
    answer(page, sections=with_values(objective="ของฉัน"))
    assert not beside.is_visible()

    objective(page).fill("ของฉันอีก")
    page.get_by_label("ชื่อแผน").fill("ชื่อใหม่")
    page.get_by_label("ชื่อแผน").press("Tab")
    both = done(page)[-1][1]
    assert set(both) == {"title", "visits.V1.objective"}
    answer(page, "ขออนุญาตไปแล้ว แก้ไม่ได้", "error")
    # One of the two was in the way: each goes alone, and the one that can be kept is.
    for _ in both:
        name = next(iter(done(page)[-1][1]))
        if name == "title":
            renamed = {**samples.HEAD, "fields": [{**samples.HEAD["fields"][0], "value": "ชื่อใหม่"}]}
            answer(page, sections=[renamed, *with_values(objective="ของฉัน")[1:]])
        else:
            answer(page, "ขออนุญาตไปแล้ว แก้ไม่ได้", "error")
    assert done(page)[-2:] == [("edit", {"visits.V1.objective": "ของฉันอีก"}), ("edit", {"title": "ชื่อใหม่"})]
    assert page.locator(".cps-beside-draft:visible").count() == 1
    assert "ขออนุญาตไปแล้ว แก้ไม่ได้" in beside.inner_text()
    assert objective(page).input_value() == "ของฉันอีก"
    n = len(done(page))
    beside.get_by_role("button", name="ใช้ข้อความในแผน").click()
    assert (objective(page).input_value(), len(done(page))) == ("ของฉัน", n)
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"


def test_what_is_to_be_mended_stands_at_its_place_with_its_clause_and_why(page: Page) -> None:
    gone = {**samples.NO_OBJECTIVE, "id": "R30:V1", "field": "visits.V1.meeting", "text": "ยังไม่บอกว่าประชุมใด"}
    other = {**samples.NO_OBJECTIVE, "id": "R31:V12", "field": "visits.V12.orgs", "text": "ของที่อื่น"}
    show(page, "form", findings=[*samples.FORM["findings"], gone, other], at="visits.V2.study")
    assert (
        page.evaluate("document.activeElement.value") == "yes"
    )  # Python sent the focus there, and its section is open
    row = field(page, "objective").locator(".cps-plan-finding")
    assert row.inner_text().startswith("ต้องแก้")
    row.locator("summary").press("Enter")
    assert samples.NO_OBJECTIVE["why"] in row.inner_text()
    receive(page, sections=with_values(start="13:00"))
    assert samples.NO_OBJECTIVE["why"] in row.inner_text()
    row.get_by_role("button", name="ระบบ CPS ข้อ 1.2.3").click()
    assert sent(page)[-1] == {"kind": "clause", "id": "cps.1.2.3"}
    page.keyboard.press("Escape")
    assert samples.NO_PREPARATION["text"] in field(page, "agenda").inner_text()
    assert "ยังไม่บอกว่าประชุมใด" in page.locator('[data-section="visits.V1"] .cps-section-findings').inner_text()
    top = page.locator(".cps-form-findings").inner_text()
    assert "ของที่อื่น" in top
    assert samples.NO_PROJECTS["text"] in top
    assert samples.NO_OBJECTIVE["text"] not in top


def test_adding_taking_away_and_pressing_send_what_was_typed_first(page: Page) -> None:
    show(page, "form")
    page.get_by_role("button", name="ลบการเยี่ยมนี้").click()
    page.get_by_role("button", name="เก็บไว้").press("Enter")
    assert page.evaluate("document.activeElement.dataset.key") == "remove:visits.V1"
    objective(page).fill("ติดตามหนี้ค้าง")
    page.get_by_role("button", name="ลบการเยี่ยมนี้").press("Enter")
    page.get_by_role("button", name="ลบออก").click()
    assert done(page) == [
        ("edit", {"visits.V1.objective": "ติดตามหนี้ค้าง"}),
        ("remove", {"section": "visits.V1"}),
    ]
    left = [samples.HEAD, samples.APPROVED, samples.ISSUE]
    answer(page, sections=left)
    # The text was on its way when its field went: its writer can still take it elsewhere.
    assert "ติดตามหนี้ค้าง" in page.locator(".cps-unsent").inner_text()
    page.get_by_role("button", name="ไม่ใช้ข้อความนี้แล้ว").click()
    assert page.locator(".cps-unsent").count() == 0

    page.get_by_role("button", name="เพิ่มการเยี่ยม").dblclick()
    assert done(page)[2:] == [("add", {"to": "visit"})]
    answer(page, sections=[samples.HEAD, samples.APPROVED, {**samples.VISIT, "is_open": False}, samples.ISSUE])
    assert "สหกรณ์เครดิตยูเนี่ยน" in page.evaluate("document.activeElement.textContent")
    assert objective(page).is_visible()
    page.locator('[data-section="visits.V2"] > summary').click()
    page.get_by_role("button", name="บันทึกผลการแนะนำ").click(force=True)
    page.get_by_role("button", name="บันทึกว่าไปปฏิบัติแล้ว").click()
    page.get_by_role("button", name="ใช่ ไปแล้ว").click()
    assert done(page)[3:] == [("press", {"button": "perform:V2"})]


def test_the_head_tells_the_stage_and_sends_where_one_goes(page: Page) -> None:
    show(page, "room")
    stages = page.get_by_role("list", name="ขั้นตอนของแผน").get_by_role("listitem")
    assert stages.nth(1).get_attribute("aria-current") == "step"
    assert "อยู่ขั้นนี้" in (stages.nth(1).text_content() or "")
    now = page.locator(".cps-stage-now")
    assert now.inner_text().startswith("ขออนุญาต ข้อ 2.3")  # on a phone the others are marks
    page.set_viewport_size({"width": 1280, "height": 800})
    assert not now.is_visible()
    for name in ("ปฏิทิน", "วันถัดไป", "อีกหนึ่งสัปดาห์", "ไปแก้"):
        page.get_by_role("button", name=name).click()
    assert [message["id"] for message in sent(page)] == ["tab:calendar", "day:1", "day:7", "go:V1"]


def test_a_plan_is_opened_or_begun_from_the_list(page: Page) -> None:
    show(page, "list")
    page.get_by_role("button", name="เขียนต่อ แผนปฏิบัติงาน 24 ก.ค. – 4 ส.ค. 2566").click()
    assert sent(page) == [{"kind": "action", "id": "open:p1"}]
    assert page.get_by_role("link", name="เปิดดู").get_attribute("href") == "/plans?plan=p2"
    assert not page.get_by_label("ชื่อแผน").is_visible()
    page.evaluate("stop()")
    show(page, "list-empty")
    page.get_by_label("ชื่อแผน").fill("แผนแรก")  # without a plan the first way to begin is open
    page.get_by_role("button", name="เริ่มเขียน").click()
    assert sent(page)[0]["values"] == {"title": "แผนแรก", "org": ""}
