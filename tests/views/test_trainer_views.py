"""The trainer's widgets in a real browser: forms that lose nothing, marks that are saved once, files in parts, slips, filters."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.views import trainer_samples as samples
from tests.views.harness import mount, receive, sent

if TYPE_CHECKING:
    from playwright.sync_api import Page

STATES = {name: (stem, state) for name, stem, state, _ in samples.WIDGETS}


def show(at: Page, name: str, **more: Any) -> None:
    stem, state = STATES[name]
    mount(at, stem, {**state, **more})


def wait_sent(page: Page, count: int) -> list[dict[str, Any]]:
    page.wait_for_function("(n) => model.sent.length >= n", arg=count)
    return sent(page)


def answer(page: Page, message: dict[str, Any], kind: str, text: Any, field: str = "") -> None:
    receive(
        page, status={"kind": kind, "text": text, "send_id": message["send_id"], "form": message["id"], "field": field}
    )
    page.evaluate("() => new Promise(requestAnimationFrame)")


def focused_key(page: Page) -> str:
    return page.evaluate("document.activeElement?.dataset?.key ?? ''")


# --- forms --------------------------------------------------------------------------------------------------------------


def fill_in_add(page: Page) -> None:
    page.get_by_label("รหัสเจ้าหน้าที่").fill("A020")
    page.get_by_label("ชื่อและนามสกุล").fill("พิมพ์ใจ ตัวอย่าง")
    page.get_by_label("กลุ่มงาน").fill("กลุ่มส่งเสริมสหกรณ์ 1")
    page.get_by_label("ประเภท").select_option("contractor")
    page.get_by_label("เป็นแขกจากหน่วยงานอื่น").check()
    page.get_by_label("วิทยากร").check()


def test_a_form_sends_what_stands_in_it_once(page: Page) -> None:
    show(page, "person-add")
    fill_in_add(page)
    button = page.get_by_role("button", name="เพิ่มคนนี้")
    button.click()
    button.click(force=True)
    [message] = wait_sent(page, 1)
    assert message["values"] == {
        "code": "A020",
        "name": "พิมพ์ใจ ตัวอย่าง",
        "unit": "กลุ่มส่งเสริมสหกรณ์ 1",
        "employment": "contractor",
        "active_from": "10 ก.ค. 2566",
        "is_guest": True,
        "roles": ["learner", "trainer"],
    }
    assert re.fullmatch("[0-9a-f]{32}", message["send_id"])
    assert page.get_by_text("กำลังบันทึก…").is_visible()


def test_a_refusal_stands_at_its_field_has_the_focus_and_costs_nothing_typed(page: Page) -> None:
    show(page, "person-add")
    fill_in_add(page)
    page.keyboard.press("Enter")
    [message] = wait_sent(page, 1)
    answer(page, message, "error", "มีรหัสนี้อยู่แล้ว", "code")
    code = page.get_by_label("รหัสเจ้าหน้าที่")
    assert code.get_attribute("aria-invalid") == "true"
    assert page.evaluate("document.activeElement.name") == "code"
    said = page.evaluate("document.getElementById(document.activeElement.getAttribute('aria-describedby')).innerText")
    assert "มีรหัสนี้อยู่แล้ว" in said
    assert code.input_value() == "A020"
    assert page.get_by_label("เป็นแขกจากหน่วยงานอื่น").is_checked()
    page.keyboard.press("Enter")
    again = wait_sent(page, 2)[1]
    assert again["values"] == message["values"]
    assert again["send_id"] != message["send_id"]
    answer(page, again, "saved", ["บันทึกแล้ว เพิ่ม ", {"own": "พิมพ์ใจ ตัวอย่าง"}, " แล้ว"])
    assert page.get_by_text("บันทึกแล้ว เพิ่ม พิมพ์ใจ ตัวอย่าง แล้ว").first.is_visible()
    assert code.input_value() == ""
    assert code.get_attribute("aria-invalid") is None


def test_a_redraw_takes_nothing_that_was_typed(page: Page) -> None:
    show(page, "person")
    page.get_by_text("แก้ชื่อ", exact=True).click()
    name = page.locator("[data-key='field:rename:name']")
    name.fill("กานดา ชื่อใหม่")
    page.locator("[data-key='fold:transfer'] summary").click()
    unit = page.locator("[data-key='field:transfer:unit']")
    unit.fill("CPS")
    unit.evaluate("(e) => e.setSelectionRange(2, 2)")
    receive(page, sheet={**STATES["person"][1]["sheet"], "code": "A001-1"})
    page.get_by_text("A001-1").wait_for()
    assert name.input_value() == "กานดา ชื่อใหม่"
    assert unit.input_value() == "CPS"
    assert focused_key(page) == "field:transfer:unit"
    page.keyboard.type("x")
    assert unit.input_value() == "CPxS"


def test_a_saved_form_takes_its_new_value_and_another_keeps_its_draft(page: Page) -> None:
    show(page, "person")
    for fold in ("rename", "leave"):
        page.locator(f"[data-key='fold:{fold}'] summary").click()
    page.locator("[data-key='field:leave:on']").fill("1 ต.ค. 2566")
    page.locator("[data-key='field:rename:name']").fill("ชื่อใหม่")
    page.locator("[data-key='submit:rename']").click()
    [message] = wait_sent(page, 1)
    forms = STATES["person"][1]["forms"]
    renamed = {**forms["rename"], "fields": [{**forms["rename"]["fields"][0], "value": "ชื่อใหม่ (สมมติ)"}]}
    receive(page, forms={**forms, "rename": renamed})
    answer(page, message, "saved", "บันทึกแล้ว แก้ชื่อเรียบร้อย")
    assert page.locator("[data-key='field:rename:name']").input_value() == "ชื่อใหม่ (สมมติ)"
    assert page.locator("[data-key='field:leave:on']").input_value() == "1 ต.ค. 2566"
    assert page.locator("form[data-form=rename]").get_by_text("บันทึกแล้ว แก้ชื่อเรียบร้อย").is_visible()


def test_a_form_that_is_gone_with_its_answer_is_answered_at_the_top(page: Page) -> None:
    show(page, "pairs-merged")
    page.get_by_role("button", name="เลิกรวม").click()
    [message] = wait_sent(page, 1)
    assert message == {"kind": "intent", "id": "unmerge:p9", "values": {}, "send_id": message["send_id"]}
    apart = {name: STATES["pairs"][1][name] for name in ("page", "forms")}
    page.evaluate("(state) => model.receive(state)", apart)
    answer(page, message, "saved", "เลิกรวมแล้ว")
    assert page.locator(".cps-note").inner_text() == "เลิกรวมแล้ว"
    assert page.evaluate("document.activeElement.className").startswith("cps-note")


def test_silence_gives_the_form_back_as_it_was(page: Page) -> None:
    page.clock.install()
    page.goto(page.url)
    show(page, "settings")
    page.locator("summary").first.click()
    page.get_by_label("วันที่ใช้นับ").fill("๑๐ ก.ค. ๒๕๖๖")
    page.keyboard.press("Enter")
    wait_sent(page, 1)
    page.clock.run_for(20100)
    assert "ยังไม่ได้บันทึก" in page.locator(".cps-form-status").inner_text()
    assert page.get_by_label("วันที่ใช้นับ").input_value() == "๑๐ ก.ค. ๒๕๖๖"
    page.get_by_role("button", name="บันทึกการตั้งค่า").click()
    assert len(wait_sent(page, 2)) == 2


def test_an_answer_to_another_form_changes_nothing(page: Page) -> None:
    show(page, "settings")
    page.locator("summary").first.click()
    page.get_by_label("วันที่ใช้นับ").fill("1 ก.ค. 2566")
    page.keyboard.press("Enter")
    [message] = wait_sent(page, 1)
    answer(page, {**message, "send_id": "f" * 32}, "saved", "บันทึกแล้ว")
    assert page.locator(".cps-form-status").inner_text() == "กำลังบันทึก…"


# --- sessions and attendance -----------------------------------------------------------------------------------------------


def test_a_session_can_be_added_by_keyboard_alone(page: Page) -> None:
    show(page, "sessions")
    page.locator("[data-key=add]").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("เวทีใหม่")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("๙๐")
    page.keyboard.press("Enter")
    [message] = wait_sent(page, 1)
    assert message["values"] == {"title": "เวทีใหม่", "held_on": "10 ก.ค. 2566", "minutes": "๙๐"}


def test_an_office_without_sessions_sees_the_form_at_once(page: Page) -> None:
    show(page, "sessions-none")
    assert page.get_by_label("เรื่องที่แลกเปลี่ยน").is_visible()
    assert page.locator(".cps-primary").count() == 1


def mark(page: Page, person: str, kind: str) -> None:
    page.locator(f"[data-key='{kind}:{person}']").check()


def test_only_what_changed_is_sent_and_it_is_saved_only_when_told(page: Page) -> None:
    show(page, "attendance")
    assert page.locator("[data-key='onsite:p1']").is_checked()
    mark(page, "p3", "onsite")
    mark(page, "p4", "online")
    mark(page, "p1", "absent")
    mark(page, "p5", "onsite")
    mark(page, "p5", "absent")
    page.get_by_role("button", name="บันทึก 3 รายการ").click()
    [message] = wait_sent(page, 1)
    assert message["values"]["rows"] == [
        {"id": "p3", "kind": "onsite", "minutes": ""},
        {"id": "p4", "kind": "online", "minutes": "120"},
        {"id": "p1", "kind": "absent", "minutes": ""},
    ]
    assert page.get_by_text("กำลังบันทึก…").is_visible()
    mark(page, "p5", "onsite")  # while it is under way
    answer(page, message, "saved", "บันทึกแล้ว 3 รายการ")
    assert page.locator(".cps-form-status").inner_text() == "บันทึกแล้ว 3 รายการ"
    page.get_by_role("button", name="บันทึก 1 รายการ").click()
    assert wait_sent(page, 2)[1]["values"]["rows"] == [{"id": "p5", "kind": "onsite", "minutes": ""}]


def test_a_whole_unit_is_marked_with_one_press_and_those_online_stay_online(page: Page) -> None:
    show(page, "attendance")
    group = page.locator("[data-group]").filter(has_text="มาลี")
    group.get_by_role("button", name="มาทุกคนในกลุ่มนี้").click()
    assert page.locator("[data-key='online:p2']").is_checked()
    page.locator("[data-key=save]").click()
    [message] = wait_sent(page, 1)
    assert {row["id"]: row["kind"] for row in message["values"]["rows"]} == {"p4": "onsite", "p6": "onsite"}


def test_marks_are_made_by_keyboard(page: Page) -> None:
    show(page, "attendance")
    page.locator("[data-key='absent:p3']").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("๗๐")
    page.locator("[data-key=save]").focus()
    page.keyboard.press("Enter")
    assert wait_sent(page, 1)[0]["values"]["rows"] == [{"id": "p3", "kind": "online", "minutes": "๗๐"}]


def test_a_wrong_minute_is_said_at_its_person(page: Page) -> None:
    show(page, "attendance")
    mark(page, "p3", "online")
    page.locator("[data-key='minutes:p3']").fill("500")
    page.locator("[data-key=save]").click()
    [message] = wait_sent(page, 1)
    answer(page, message, "error", "โปรดกรอกจำนวนเต็มตั้งแต่ 0 ถึง 120", "p3")
    assert focused_key(page) == "minutes:p3"
    assert page.get_by_text("โปรดกรอกจำนวนเต็มตั้งแต่ 0 ถึง 120").is_visible()
    assert page.get_by_role("button", name="บันทึก 1 รายการ").is_visible()


def test_going_back_with_unsaved_marks_asks_first(page: Page) -> None:
    show(page, "attendance")
    mark(page, "p3", "onsite")
    page.get_by_role("button", name="กลับไปรายการเวที").click()
    assert sent(page) == []
    assert page.get_by_text("มี 1 รายการยังไม่ได้บันทึก").first.is_visible()
    page.locator("[data-key=save-leave]").click()
    [message] = wait_sent(page, 1)
    answer(page, message, "saved", "บันทึกแล้ว 1 รายการ")
    assert wait_sent(page, 2)[1] == {"kind": "action", "id": "back"}


def test_a_name_is_found_however_it_is_typed(page: Page) -> None:
    show(page, "attendance")
    page.get_by_label("ค้นหาชื่อหรือรหัส").fill(" a003 ")
    assert page.locator(".cps-person:visible").count() == 1
    assert page.locator(".cps-person:visible").inner_text().startswith("ธนา ตัวอย่าง")
    page.get_by_label("ค้นหาชื่อหรือรหัส").fill("ไม่มีคนนี้")
    assert page.get_by_text("ไม่พบชื่อที่ค้นหา").is_visible()


# --- people ------------------------------------------------------------------------------------------------------------------


def names(page: Page) -> list[str]:
    return page.locator(".cps-one b").all_inner_texts()


def test_people_are_searched_and_filtered_and_opened(page: Page) -> None:
    show(page, "people")
    assert len(names(page)) == len(samples.ACCOUNTS)
    page.get_by_label("ค้นหาชื่อ รหัส หรือกลุ่มงาน").fill("กานดา")
    assert len(names(page)) == 2
    page.get_by_label("สถานะ").select_option("unlisted")
    assert page.get_by_text("แสดง 1 จาก 11 คน").first.is_visible()
    page.locator(".cps-one").focus()
    page.keyboard.press("Enter")
    assert wait_sent(page, 1) == [{"kind": "action", "id": "open:p9"}]
    page.get_by_label("กลุ่มงาน", exact=True).select_option(samples.LONG)
    assert page.get_by_text("ไม่พบคนที่ตรงกับที่ค้นหา").first.is_visible()


def test_a_large_office_is_shown_a_screenful_at_a_time(page: Page) -> None:
    rows = STATES["people"][1]["page"]["rows"]
    many = [{**rows[0], "id": f"x{n}", "name": f"คนที่ {n}"} for n in range(250)]
    show(page, "people", page={**STATES["people"][1]["page"], "rows": many})
    assert len(names(page)) == 100
    page.get_by_role("button", name="แสดงอีก 100 คน").click()
    page.get_by_role("button", name="แสดงอีก 50 คน").click()
    assert len(names(page)) == 250
    page.get_by_label("ค้นหาชื่อ รหัส หรือกลุ่มงาน").fill("คนที่ 249")
    assert names(page) == ["คนที่ 249"]


def test_an_office_without_people_has_one_thing_to_do(page: Page) -> None:
    show(page, "people-none")
    assert page.locator(".cps-primary").all_inner_texts() == ["นำเข้าทะเบียนจากไฟล์"]
    page.get_by_role("button", name="เพิ่มทีละคน").click()
    assert wait_sent(page, 1) == [{"kind": "action", "id": "add"}]


@pytest.mark.parametrize("name", [name for name in STATES if name not in ("sessions", "settings")])
def test_a_screen_has_at_most_one_primary_button(page: Page, name: str) -> None:
    show(page, name)
    assert page.locator(".cps-primary:visible").count() <= 1


def test_two_accounts_stand_side_by_side_and_the_kept_one_is_chosen(page: Page) -> None:
    show(page, "pairs")
    assert [e.inner_text() for e in page.locator(".cps-side h3").all()][:2] == ["กานดา ตัวอย่าง", "กานดา ตัวอย่าง"]
    page.locator("form").first.get_by_label("A009").check()
    page.locator("form").first.get_by_role("button", name="รวมเป็นคนเดียว").click()
    [message] = wait_sent(page, 1)
    assert (message["id"], message["values"]) == ("merge:p1:p9", {"keep": "p9"})


# --- a roster file -------------------------------------------------------------------------------------------------------------


def test_a_file_travels_in_parts_and_comes_together(page: Page, tmp_path: Path) -> None:
    show(page, "import")
    body = "รหัส,ชื่อ-สกุล\n".encode() + bytes(range(256)) * 1000
    file = tmp_path / "ทะเบียน.csv"
    file.write_bytes(body)
    page.locator("input[type=file]").set_input_files(file)
    assert page.get_by_text("ทะเบียน.csv").is_visible()
    page.get_by_role("button", name="ตรวจไฟล์นี้").click()
    parts = wait_sent(page, 3)
    assert [(part["n"], part["of"], part["name"]) for part in parts] == [
        (n, len(parts), "ทะเบียน.csv") for n in range(len(parts))
    ]
    assert len({part["upload"] for part in parts}) == 1
    assert base64.b64decode("".join(part["data"] for part in parts)) == body
    assert max(len(part["data"]) for part in parts) < 200_000  # far below what a page's message may weigh
    assert page.get_by_text("กำลังทำงาน โปรดรอสักครู่…").is_visible()


def test_no_file_and_a_huge_file_are_said_before_anything_is_sent(page: Page, tmp_path: Path) -> None:
    show(page, "import", most=1000)
    page.get_by_role("button", name="ตรวจไฟล์นี้").click()
    assert page.get_by_text("ยังไม่ได้เลือกไฟล์").is_visible()
    assert page.evaluate("document.activeElement.type") == "file"
    huge = tmp_path / "huge.csv"
    huge.write_bytes(b"x" * 1001)
    page.locator("input[type=file]").set_input_files(huge)
    page.get_by_role("button", name="ตรวจไฟล์นี้").click()
    assert page.get_by_text("ไฟล์ใหญ่เกิน 2 เมกะไบต์").is_visible()
    assert sent(page) == []


def test_all_findings_are_shown_with_row_and_column(page: Page) -> None:
    show(page, "import-wrong")
    rows = [row.inner_text().split("\n") for row in page.locator("tbody tr").all()]
    assert [next(cell for cell in row if cell.strip()) for row in rows] == ["3", "5"]
    assert "วันที่เริ่ม" in " ".join(rows[0])
    assert "31/2/2566" in " ".join(rows[0])
    assert page.locator("form").count() == 0  # nothing can be taken over
    assert page.get_by_role("button", name="เลือกไฟล์ใหม่").is_visible()


def test_a_code_with_another_name_must_be_confirmed_one_by_one(page: Page) -> None:
    show(page, "import-clash")
    box = page.get_by_label("A001")
    assert not box.is_checked()
    box.check()
    page.get_by_role("button", name="นำเข้า 1 คน").click()
    assert wait_sent(page, 1)[0]["values"] == {"accept": ["A001"], "ends_absent_on": ""}


def test_the_template_and_the_codes_are_files_a_spreadsheet_cannot_run(page: Page) -> None:
    show(page, "import")
    with page.expect_download() as started:
        page.get_by_role("button", name="ดาวน์โหลดไฟล์ตัวอย่าง").click()
    text = Path(started.value.path()).read_text("utf-8-sig")
    assert text.splitlines()[0].startswith("รหัส,ชื่อ-สกุล,กลุ่มงาน,วันที่เริ่ม")


def test_saved_codes_are_defused(page: Page) -> None:
    slips = STATES["slips"][1]["page"]
    evil = [
        {"name": '=HYPERLINK("http://x")', "code": "+1", "letters": "-2"},
        {"name": "@x", "code": "A, B", "letters": "Z"},
    ]
    show(page, "slips", page={**slips, "rows": evil})
    with page.expect_download() as started:
        page.get_by_role("button", name="บันทึกเป็นไฟล์ CSV").click()
    lines = Path(started.value.path()).read_text("utf-8-sig").splitlines()
    assert lines[1:] == ['"\'=HYPERLINK(""http://x"")",\'+1,\'-2', '\'@x,"A, B",Z']
    assert started.value.suggested_filename == "one-time-codes.csv"


def test_printing_slips_prints_nothing_else(page: Page) -> None:
    show(page, "people")
    show(page, "slips")
    page.emulate_media(media="print")
    assert not page.locator(".cps-people-list").is_visible()
    assert page.locator(".cps-slip:visible").count() == 9
    assert not page.get_by_role("button", name="พิมพ์เป็นใบแจก").is_visible()


# --- the meter and the grid ------------------------------------------------------------------------------------------------------


def test_a_units_count_opens_its_people(page: Page) -> None:
    show(page, "meter-full")
    unit = page.locator(f"[data-key='unit:{samples.UNITS[1]}']")
    unit.locator("summary").click()
    assert unit.get_by_text("กานดา ตัวอย่าง").is_visible()
    assert unit.get_by_text("เข้าร่วมในห้องประชุม").is_visible()
    assert unit.get_by_text("ธนา ตัวอย่าง").is_visible()


def test_the_sensitivity_line_opens_each_days_roster(page: Page) -> None:
    show(page, "meter-full")
    first = page.locator("[data-key='fact:first']")
    assert "3 จาก 6 คน" in first.inner_text()  # นภา was still there
    first.locator("summary").click()
    assert first.get_by_text("นภา ตัวอย่าง").is_visible()


def test_progress_is_a_table_where_there_is_room_and_a_list_where_there_is_not(page: Page) -> None:
    show(page, "progress")
    assert page.locator("table").count() == 0
    person = page.locator("[data-key='person:p3']")
    assert "ค้างมา 10 วัน" in person.inner_text()
    person.locator("summary").click()
    assert person.get_by_text("4/10").is_visible()
    page.evaluate("document.querySelector('main').classList.add('wide')")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.locator("table").wait_for()
    first = page.locator("tbody tr").first
    assert "ธนา ตัวอย่าง" in first.locator("th").inner_text()  # stuck people first
    assert first.locator("th").evaluate("e => getComputedStyle(e).position") == "sticky"


def test_the_grid_is_filtered_by_unit(page: Page) -> None:
    show(page, "progress")
    page.get_by_label("กลุ่มงาน").select_option(samples.LONG)
    shown = page.locator(".cps-row-person").count()
    assert 0 < shown < len(samples.ROSTER)
    assert page.get_by_text(f"แสดง {shown} คน").first.is_visible()


def test_a_count_opens_its_people(page: Page) -> None:
    show(page, "progress")
    count = page.locator("[data-key='count:lesson:cps-cycle:part']")
    count.locator("summary").click()
    assert count.locator("li").all_inner_texts() == ["ธนา ตัวอย่าง", "สุดา ตัวอย่าง"]


# --- arriving ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["person", "attendance", "pairs", "import", "person-add", "people", "progress"])
def test_a_view_that_takes_anothers_place_takes_the_focus_to_its_heading(page: Page, name: str) -> None:
    show(page, name, lands=True)
    heading = page.locator("h1, h2").first.inner_text()
    page.wait_for_function("document.activeElement !== document.body")
    assert page.evaluate("document.activeElement.innerText") == heading
