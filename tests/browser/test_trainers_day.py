"""A trainer's first day at a phone: the code from the terminal, an account, the roster, sessions, attendance, 80 %, who is missing.

Everything through the shipped `serve`, in Chromium, on a host name that is not localhost. Every screen on the way is checked
by axe, for its width and for its targets.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.checks import axe_finds
from tests.kit import Kit, visiting

HEAD = "รหัส,ชื่อ-สกุล,กลุ่มงาน,วันที่เริ่ม,ประเภท\n"
UNITS = ("กลุ่มส่งเสริมสหกรณ์ 1", "กลุ่มส่งเสริมสหกรณ์ 2")
NAMES = ("กานดา", "มาลี", "ธนา", "สุดา", "วิชัย", "ประเสริฐ", "นภา", "รัตนา", "สมพร", "ปิยะ")
LINES = [f"A{n:02},{name} ตัวอย่าง,{UNITS[n % 2]},1 ต.ค. 2565,ข้าราชการ" for n, name in enumerate(NAMES, 1)]
SMALL = """() => [...document.querySelectorAll('main :is(button, a[href], summary, label:has(input[type=radio], input[type=checkbox]), select, input.cps-input)')]
  .filter((e) => e.checkVisibility()).map((e) => [e.getBoundingClientRect(), e.outerHTML.slice(0, 90)])
  .filter(([box]) => box.width && (box.height < 43.5 || box.width < 43.5)).map(([box, html]) => `${box.width}x${box.height} ${html}`)"""


def look(page, width=360):
    """What is wrong with this screen for anybody."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(SMALL) == []
    assert axe_finds(page) == []


def write(tmp_path: Path, name: str, lines: list[str], encoding: str = "utf-8") -> Path:
    file = tmp_path / name
    file.write_bytes((HEAD + "\n".join(lines) + "\n").encode(encoding))
    return file


def first_trainer(kit, page):
    """The account, from the code the terminal shows."""
    code = re.search(r"\(ใช้ได้ครั้งเดียว\): (\S+)", kit.errors.read_text("utf-8"))
    assert code, "the terminal shows no code"
    page.get_by_label("รหัสเริ่มต้น").fill(code[1])
    page.get_by_label("ชื่อและนามสกุล").fill("อารี ตัวอย่าง")
    page.get_by_label("รหัสเจ้าหน้าที่").fill("T001")
    for field in page.locator("input[type=password]").all():
        field.fill("a long password")
    page.get_by_role("button", name="สร้างบัญชีวิทยากร").click()
    page.wait_for_url("**/trainer")


def check_file(page, file):
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="ตรวจไฟล์นี้").click()
    page.locator(".cps-verdict").wait_for()


@pytest.fixture
def kit(tmp_path):
    running = Kit(tmp_path / "kit")
    yield running
    assert running.stop() == 0


def test_from_the_code_in_the_terminal_to_80_percent_and_who_is_missing(kit, tmp_path, browser):
    with visiting(kit, browser, width=360, height=780) as visit:
        page = visit.open("/").page
        first_trainer(kit, page)

        page.locator(
            "main[data-ready]"
        ).wait_for()  # the first of the trainers' pages brings pandas into its warm parent

        # No roster: neither 0 % nor 100 %, and one way on.
        expect(page.get_by_text("ยังไม่มีทะเบียนบุคลากร")).to_be_visible()
        look(page)
        page.get_by_role("link", name="ไปหน้าบุคลากร").click()
        page.wait_for_url("**/people")
        expect(page.locator("main .cps-primary")).to_have_text("นำเข้าทะเบียนจากไฟล์")
        look(page)
        page.get_by_role("button", name="นำเข้าทะเบียนจากไฟล์").click()
        expect(page.get_by_role("heading", name="นำเข้าทะเบียนจากไฟล์")).to_be_focused()
        look(page)

        # Three kinds of mistakes, all told at once with row and column; nothing is taken over.
        bad = [*LINES]
        bad[1] = bad[1].replace("1 ต.ค. 2565", "31/2/2566")
        bad[3] = bad[3].replace("A04,สุดา", "A01,คนละคน")
        bad[5] = bad[5].replace("ข้าราชการ", "อาสาสมัคร")
        check_file(page, write(tmp_path, "ทะเบียน.csv", bad))
        rows = {
            cells[0]: cells for row in page.locator("tbody tr").all() if (cells := row.locator("td").all_inner_texts())
        }
        assert rows["3"][1] == "วันที่เริ่ม"
        assert "31/2/2566" in rows["3"][2]
        assert rows["7"][1] == "ประเภท"
        assert "อาสาสมัคร" in rows["7"][2]
        clash = [row.locator("td").all_inner_texts() for row in page.locator("tbody tr", has_text="คนละคน").all()]
        assert [cells[0] for cells in clash] == ["5"]
        expect(page.get_by_role("button", name=re.compile("^นำเข้า "))).to_have_count(0)
        look(page)

        # The mended file, as Thai Excel writes it.
        page.get_by_role("button", name="เลือกไฟล์ใหม่").click()
        check_file(page, write(tmp_path, "ทะเบียน แก้แล้ว.csv", LINES, "cp874"))
        expect(page.get_by_text("ไฟล์พร้อมนำเข้า")).to_be_visible()
        page.get_by_text("คนใหม่ 10 คน").click()
        expect(page.get_by_text("กานดา ตัวอย่าง")).to_be_visible()
        look(page)
        page.get_by_role("button", name="นำเข้า 10 คน").click()
        expect(page.locator(".cps-slip")).to_have_count(10)
        look(page)
        codes = page.locator(".cps-letters").all_inner_texts()
        assert len(set(codes)) == 10
        with page.expect_download() as started:
            page.get_by_role("button", name="บันทึกเป็นไฟล์ CSV").click()
        assert codes[0] in Path(started.value.path()).read_text("utf-8-sig")
        page.reload()
        expect(page.get_by_text("10 คนในทะเบียนวันนี้")).to_be_visible()
        expect(page.locator(".cps-slip")).to_have_count(0)  # shown once

        # A session, its day typed as people type it.
        visit.open("/trainer")
        expect(page.get_by_text("0 จาก 10 คน").first).to_be_visible()
        page.get_by_label("เรื่องที่แลกเปลี่ยน").fill("เล่าสู่กันฟัง: วงจร CPS")
        page.get_by_label("ระยะเวลา (นาที)").fill("๑๒๐")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="บันทึกผู้เข้าร่วม").click()
        expect(page.get_by_role("heading", name="เล่าสู่กันฟัง: วงจร CPS")).to_be_focused()
        look(page)

        # Five of the first unit, then two more and one online for too short: 7 of 10.
        page.locator("[data-group]", has_text="มาลี").get_by_role("button", name="มาทุกคนในกลุ่มนี้").click()
        for name, kind in (("กานดา", "มา"), ("ธนา", "มา"), ("วิชัย", "ออนไลน์")):
            page.locator(".cps-person", has_text=name).get_by_role("radio", name=kind, exact=True).check()
        page.locator(".cps-person", has_text="วิชัย").get_by_label("นาทีที่เข้าร่วม").fill("71")
        page.get_by_role("button", name="บันทึก 8 รายการ").click()
        expect(page.locator(".cps-attendance .cps-form-status")).to_contain_text("บันทึกแล้ว 8 รายการ · 7 จาก 10 คน")
        expect(page.locator(".cps-participation .cps-number")).to_have_text("7 จาก 10 คน")
        expect(page.get_by_text("ขาดอีก 1 คนจึงจะถึงร้อยละ 80").first).to_be_visible()
        look(page)

        # One minute more is 60 % of the session: 8 of 10 are exactly 80.0 %, which is not less than 80.
        page.locator(".cps-person", has_text="วิชัย").get_by_label("นาทีที่เข้าร่วม").fill("๗๒")
        page.get_by_role("button", name="บันทึก 1 รายการ").click()
        expect(page.locator(".cps-participation .cps-number")).to_have_text("8 จาก 10 คน")
        expect(page.get_by_text("ร้อยละ 80.0").first).to_be_visible()
        expect(page.get_by_text("ถึงร้อยละ 80 แล้ว").first).to_be_visible()

        missing = page.locator(".cps-participation section", has_text="ยังไม่เข้าร่วม 2 คน")
        assert [row.locator("td").first.inner_text() for row in missing.locator("tbody tr").all()] == [
            "นภา ตัวอย่าง",
            "สมพร ตัวอย่าง",
        ]
        page.reload()
        expect(page.locator(".cps-participation .cps-number")).to_have_text("8 จาก 10 คน")


def test_the_same_by_keyboard_alone_and_wide(kit, tmp_path, browser):
    """No mouse after the sign-in: adding somebody, a session, a mark."""
    with visiting(kit, browser, width=1280) as visit:
        page = visit.open("/").page
        first_trainer(kit, page)
        visit.open("/people")

        def go_to(selector):
            page.locator(selector).first.wait_for()
            for _ in range(80):
                page.keyboard.press("Tab")
                if page.evaluate("(s) => document.activeElement.matches(s)", selector):
                    return
            raise AssertionError(f"the Tab key never reaches {selector}")

        go_to("[data-key='action:add']")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="เพิ่มทีละคน")).to_be_focused()
        go_to("input[name=code]")
        page.keyboard.type("T001")
        for text in ("กานดา ตัวอย่าง", "กลุ่มส่งเสริมสหกรณ์ 1"):
            page.keyboard.press("Tab")
            page.keyboard.type(text)
        page.keyboard.press("Enter")
        expect(page.locator("input[name=code]")).to_be_focused()  # T001 is the trainer's own
        expect(page.locator("[data-error=code]")).not_to_be_empty()
        look(page, 1280)
        page.keyboard.press("Control+A")
        page.keyboard.type("A01")
        page.keyboard.press("Enter")
        expect(page.locator(".cps-slip")).to_have_count(1)
        look(page, 1280)

        visit.open("/trainer")
        go_to("input[name=title]")
        page.keyboard.type("เล่าสู่กันฟัง")
        go_to("input[name=minutes]")
        page.keyboard.type("60")
        page.keyboard.press("Enter")
        go_to("[data-key^='action:open:']")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="เล่าสู่กันฟัง")).to_be_focused()
        go_to(".cps-person input[value=absent]")
        page.keyboard.press("ArrowRight")  # round to the first: came
        go_to("[data-key=save]")
        page.keyboard.press("Enter")
        expect(page.locator(".cps-participation .cps-number")).to_have_text("1 จาก 1 คน")
        look(page, 1280)
        visit.open("/progress")
        expect(page.locator("main table")).to_be_visible()
        look(page, 1280)
