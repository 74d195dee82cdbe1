"""The first day of an office: the trainer's account from the printed code, an officer from a one-time code."""

from __future__ import annotations

import json
import subprocess
import sys

from playwright.sync_api import expect

from tests.kit import Kit, visiting


def test_the_first_trainer_and_the_first_officer_get_in(tmp_path, browser):
    kit = Kit(tmp_path / "kit")
    try:
        code_file = kit.root / "secrets" / "first-trainer-code"
        with visiting(kit, browser, width=360, height=780) as visit:
            page = visit.open("/").page
            page.get_by_label("รหัสเริ่มต้น").fill(code_file.read_text().strip())
            page.get_by_label("ชื่อและนามสกุล").fill("อารี ตัวอย่าง")
            page.get_by_label("รหัสเจ้าหน้าที่").fill("T001")
            passwords = page.locator("input[type=password]")
            for number in range(passwords.count()):
                passwords.nth(number).fill("a long password")
            page.get_by_role("button", name="สร้างบัญชีวิทยากร").click()
            page.wait_for_url("**/trainer")
            page.locator(
                "main[data-ready]"
            ).wait_for()  # the first of the trainers' pages brings pandas into its warm parent
            expect(page.get_by_text("ยังไม่มีทะเบียนบุคลากร")).to_be_visible()  # no roster: neither 0 % nor 100 %
            assert page.evaluate("document.documentElement.scrollWidth") <= 360

        command = [sys.executable, "-m", "cps_training.cli", "person", "add", "A001", "กานดา ตัวอย่าง", "--unit", "กลุ่ม 1"]
        made = subprocess.run(
            [*command, "--data-dir", str(kit.root), "--json"], capture_output=True, text=True, check=True
        )
        one_time = json.loads(made.stdout)["one_time_code"]

        with visiting(kit, browser) as visit:
            page = visit.open("/quiz").page  # not signed in: asked first, then led back
            page.get_by_role("textbox", name="รหัสเจ้าหน้าที่").fill("a001")
            page.get_by_label("รหัสผ่าน").fill(one_time)
            page.get_by_role("button", name="เข้าสู่ระบบ").click()
            page.wait_for_url("**/password*")
            for field in page.locator("input[type=password]").all():
                field.fill("my own password")
            page.get_by_role("button", name="บันทึกรหัสผ่าน").click()
            page.locator("main .cps-root").first.wait_for()

        with visiting(kit, browser) as visit:
            page = visit.open("/sign-in").page
            page.get_by_role("textbox", name="รหัสเจ้าหน้าที่").fill("A001")
            page.get_by_label("รหัสผ่าน").fill("my own password")
            page.get_by_role("button", name="เข้าสู่ระบบ").click()
            page.wait_for_url("**/home")
            expect(page.get_by_text("ขั้นต่อไปของคุณ")).to_be_visible()
            expect(page.get_by_text("ข้อมูลจำลอง")).to_have_count(0)
    finally:
        assert kit.stop() == 0
    assert not code_file.exists()  # used once, gone
