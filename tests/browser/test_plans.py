"""The cycle of plans in the browser: alone with the simulated approver, and by an officer and an approver at two windows.

What the rules find is tested without a browser; here somebody writes, waits, is sent back, goes on, and loses nothing.
"""

from __future__ import annotations

import os
import secrets
import signal
from datetime import date, timedelta

import psutil
import pytest
from playwright.sync_api import expect

from cps_training.clock import office_day, utc_now
from cps_training.content.library import load_library
from cps_training.desk import plan_messages as m
from cps_training.desk.asker import Asker
from cps_training.desk.core import Desk
from cps_training.places import DataFolder, shipped
from cps_training.records import accounts
from cps_training.records import plans as stored
from cps_training.records.engine import Records
from cps_training.thai_text import show_date
from tests.browser.checks import axe_finds, foreign_words, hard_to_hit
from tests.browser.planning import (
    OBJECTIVE,
    begin_plan,
    field,
    make_ready,
    pass_days,
    record_and_report,
    reload,
    saved,
    send,
    tab,
    write,
)
from tests.browser.walking import enter, go, press
from tests.kit import is_kernel, visiting

TABS = ("issues", "actions", "calendar", "visits", "request", "records", "report", "review")
VAGUE = "ตรวจเยี่ยมทั่วไป"


@pytest.fixture(autouse=True)
def patience():
    """Rules, desk and two browsers on a machine that others use too: what is waited for may take a while."""
    expect.set_options(timeout=30_000)
    yield
    expect.set_options(timeout=None)


@pytest.fixture
def officer(kit, browser):
    with visiting(kit, browser, width=1280, height=900) as visit:
        enter(visit, "learner", "th")
        yield visit


def test_alone_from_a_vague_draft_through_both_gates(officer):
    page = officer.page
    begin_plan(officer)
    make_ready(officer)
    write(officer, "visits/V1/objective", VAGUE)
    findings = page.locator("main [data-field='visits/V1/objective'] .cps-plan-finding")
    expect(findings).to_have_count(1)
    send(officer, "request", "V1")  # errors block submitting
    expect(page.locator("main [data-errors=V1]")).to_be_visible()
    tab(officer, "visits")
    write(officer, "visits/V1/objective", OBJECTIVE)
    expect(findings).to_have_count(0)
    saved(officer)
    send(officer, "request", "V1")
    pass_days(officer, page.locator("main .cps-tag", has_text="ได้รับอนุญาตแล้ว").first)
    with page.expect_download() as got:
        press(officer, "download:memo.docx")
    assert got.value.path().read_bytes()[:2] == b"PK"
    tab(officer, "records")
    page.locator("main .cps-room-clock button", has_text="วันเข้าถัดไป").click()
    press(officer, "press:perform:V1")
    field(officer, "records/V1-r1/facts:add")
    record_and_report(officer)
    reload(officer)  # nothing of it is lost
    send(officer, "report", "V1")
    pass_days(officer, page.locator("main .cps-tag", has_text="รายงานได้รับอนุมัติแล้ว").first)
    tab(officer, "review")
    row = page.locator(
        "main .cps-plan-table tbody tr", has_text=OBJECTIVE
    )  # those with gaps may stand before it by now
    expect(row.locator("td.cps-is-done")).to_have_count(5)


# Two people ------------------------------------------------------------------------------------------------------


class OfficePlan:
    """A colleague's plan in the store of a running kit: its first visit asked for three days ago, to be made today."""

    def __init__(self, kit) -> None:
        folder = DataFolder(kit.root / "demo")
        self.records = Records.open(folder.database)
        library = load_library(shipped(), folder.content)
        now = utc_now() - timedelta(days=3)
        with self.records.read() as conn:
            people = {person.name: person for person in accounts.people(conn)}
        officer = people[kit.person("learner")].person_id
        desk = Desk(self.records, library, lambda: now, secrets.token_bytes)
        asker = Asker(person_id=officer, roles=("learner",))

        def ask(message):
            with self.records.write() as conn:
                return desk.handle(conn, asker, message)

        said = {"source_kind": "template", "source_id": "monthly-agricultural", "mode": "office"}
        self.plan_id = ask(m.BeginPlan(**said, answer_id=secrets.token_hex(16)))["plan_id"]
        today = office_day(utc_now()).isoformat()
        before = ask(m.OpenPlan(plan_id=self.plan_id))["document"]["visits"][0]["planned_date"]
        changes = [
            {"at": ["visits", "V1", "recorded_plan_on"], "after": office_day(now).isoformat()},
            {"at": ["visits", "V1", "planned_date"], "before": before, "after": today},
            {"at": ["visits", "V1", "holiday_reason"], "after": "สหกรณ์นัดประชุมกรรมการวันนี้"},
        ]
        ask(m.EditPlan(plan_id=self.plan_id, changes=tuple(changes), answer_id=secrets.token_hex(16)))
        said = {"plan_id": self.plan_id, "gate": "request", "visits": ("V1",)}
        assert ask(m.TrySubmit(**said, answer_id=secrets.token_hex(16)))["moved"] == ["V1"]

    def events(self) -> list[str]:
        with self.records.read() as conn:
            return [event.kind for event in stored.plan_by_id(conn, self.plan_id).events]


def decide(approver, plan_id, gate, decision, comment=""):
    page, row = approver.page, f"{plan_id}/V1/{gate}"
    go(approver, "/plan")
    press(approver, f"open:{row}")
    if comment:
        page.locator(f"main [data-key='comment:{row}']").fill(comment)
    press(approver, f"{decision}:{row}")
    press(approver, f"yes:decide:{row}")
    expect(page.locator(f"main [data-row='{row}']")).to_have_count(0)


def test_an_officer_and_an_approver_at_two_windows_from_request_to_approved_report(own_kit, browser):
    plan = OfficePlan(own_kit)
    with (
        visiting(own_kit, browser, width=1280, height=900) as officer,
        visiting(own_kit, browser, width=360, height=780) as approver,
    ):
        enter(officer, "learner", "th")
        enter(approver, "approver", "th")
        decide(approver, plan.plan_id, "request", "yes")
        go(officer, f"/plan?plan={plan.plan_id}")
        tab(officer, "records")
        press(officer, "press:perform:V1")
        field(officer, "records/V1-r1/facts:add")
        record_and_report(officer)
        send(officer, "report", "V1")
        expect(officer.page.locator("main [data-key='choose:V1']")).to_have_count(0)
        decide(approver, plan.plan_id, "report", "no", "ขอให้ระบุว่าเดือนก่อนตรวจนับกี่ครั้ง")
        go(officer, f"/plan?plan={plan.plan_id}")
        tab(officer, "report")
        expect(officer.page.locator("main")).to_contain_text("ขอให้ระบุว่าเดือนก่อนตรวจนับกี่ครั้ง")
        write(officer, "reports/V1-t/answered_comment", "เดือนก่อนตรวจนับ 1 ครั้ง เพิ่มไว้ในผลเทียบเป้าหมายแล้ว")
        saved(officer)
        send(officer, "report", "V1")
        expect(officer.page.locator("main [data-key='choose:V1']")).to_have_count(0)
        decide(approver, plan.plan_id, "report", "yes")
    moves = ["request", "allow", "perform", "record", "report", "return-report", "report", "approve-report"]
    assert plan.events() == moves
    plan.records.close()


def test_two_windows_on_one_field_the_second_is_shown_both_texts(officer, kit, browser):
    begin_plan(officer)
    page = officer.page
    go(officer, "/plan")
    href = page.locator("main .cps-plan-list a[href*='plan=']").first.get_attribute("href")
    with visiting(kit, browser, width=1280, height=900) as other:
        enter(other, "learner", "th")
        for window in (officer, other):
            go(window, href)
            tab(window, "visits")
        write(other, "visits/V2/objective", "สอบทานยอดหนี้กับสมาชิก 40 รายและตรวจนับเงินสด")
        saved(other)
        write(other, "visits/V2/officer", "เจ้าหน้าที่ ข")
        saved(other)
        write(officer, "visits/V2/objective", "ให้กรรมการตรวจนับเงินสดพร้อมเจ้าหน้าที่และลงนามสองคน")
        beside = page.locator("main [data-field='visits/V2/objective']")
        expect(beside.locator(".cps-in-plan")).to_contain_text("40 ราย")
        expect(field(officer, "visits/V2/objective")).to_have_value("ให้กรรมการตรวจนับเงินสดพร้อมเจ้าหน้าที่และลงนามสองคน")
        press(officer, "mine:visits/V2/objective")
        expect(beside.locator(".cps-in-plan")).to_have_count(0)
        saved(officer)
        go(other, href)
        tab(other, "visits")
        expect(field(other, "visits/V2/objective")).to_have_value("ให้กรรมการตรวจนับเงินสดพร้อมเจ้าหน้าที่และลงนามสองคน")
        expect(field(other, "visits/V2/officer")).to_have_value("เจ้าหน้าที่ ข")


def test_a_kernel_killed_while_somebody_writes_costs_at_most_the_last_pause(officer, kit):
    begin_plan(officer)
    page = officer.page
    tab(officer, "visits")
    write(officer, "visits/V1/objective", OBJECTIVE)
    saved(officer)
    kernels = [one for one in psutil.Process(kit.process.pid).children(recursive=True) if is_kernel(one)]
    field(officer, "visits/V1/objective").press_sequentially(" และรายงานทุกเดือน")
    for one in kernels:
        os.kill(one.pid, signal.SIGKILL)
    expect(page.locator("#shell-lost")).to_be_visible()
    reload(officer)
    tab(officer, "visits")
    assert field(officer, "visits/V1/objective").input_value().startswith(OBJECTIVE)


def test_a_visit_moved_in_the_calendar_has_that_day_everywhere(officer):
    begin_plan(officer)
    page = officer.page
    tab(officer, "calendar")
    card = page.locator("main [data-key='visit:V1']")
    was = card.locator("xpath=ancestor::li[@data-onto]").get_attribute("data-onto")
    card.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("main .cps-plan-calendar .cps-visit.cps-is-saving")).to_have_count(0)
    moved = date.fromisoformat(was) + timedelta(days=1)
    day = page.locator(f"main [data-onto='{moved}']")
    expect(day.locator("[data-key='visit:V1']")).to_be_visible()
    card.drag_to(page.locator(f"main [data-onto='{was}']"))  # and back, by mouse
    expect(page.locator(f"main [data-onto='{was}'] [data-key='visit:V1']")).to_be_visible()
    expect(page.locator("main .cps-plan-calendar .cps-visit.cps-is-saving")).to_have_count(0)
    press(officer, "view:week")
    expect(page.locator(f"main [data-onto='{was}'] [data-key='visit:V1']")).to_be_visible()
    tab(officer, "visits")
    expect(field(officer, "visits/V1/planned_date")).to_have_value(show_date(date.fromisoformat(was)))


@pytest.mark.parametrize(("width", "scheme", "locale"), [(360, "light", "th"), (1280, "dark", "en")], ids=["phone", "screen, dark, English"])  # fmt: skip
def test_every_tab_fits_speaks_one_language_and_is_for_everybody(kit, browser, width, scheme, locale):
    faults = []
    with visiting(kit, browser, width=width, height=780, color_scheme=scheme) as visit:
        enter(visit, "learner", locale)
        page = visit.page

        def look(state):
            found = [*axe_finds(page), *foreign_words(page, locale), *(hard_to_hit(page) if width < 500 else [])]
            wide = page.evaluate("document.documentElement.scrollWidth")
            faults.extend(f"{state}: {one}" for one in [*found, *([f"{wide} px wide"] if wide > width else [])])

        go(visit, "/plan")
        look("list")
        begin_plan(visit)
        for name in TABS:
            tab(visit, name)
            look(name)
    assert not faults, "\n".join(faults)
