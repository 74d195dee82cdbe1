"""Trying to break it: kernels and the desk killed, pages reloaded, in the midst of an exam. Nothing acknowledged is lost."""

from __future__ import annotations

import signal

import pytest
from playwright.sync_api import expect

from campaigns.reloads import ACTIONS, kill, restless
from tests.browser.checks import axe_finds
from tests.browser.walking import command, go, settle
from tests.kit import visiting

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="2026-11-23: kills are a POSIX campaign")


def test_when_the_kernel_is_gone_the_page_says_so_and_a_button_brings_it_back(own_kit, browser):
    with visiting(own_kit, browser) as visit:
        visit.enter_as("learner").open("/quiz?form=cps-exam")
        card = visit.wait_for_card()
        visit.choose(card)
        expect(card).to_contain_text("บันทึกแล้ว ข้อ 1")
        kill(own_kit, "kernel")
        notice = visit.page.get_by_role("alert").filter(has_text="ขาดการเชื่อมต่อ")
        expect(notice).to_be_visible()
        notice.get_by_role("button").click()
        expect(visit.wait_for_card()).to_contain_text("ข้อ 2 จาก 12")


def test_when_the_desk_is_killed_the_next_answer_is_saved_all_the_same(own_kit, browser):
    with visiting(own_kit, browser) as visit:
        visit.enter_as("learner").open("/quiz?form=cps-exam")
        card = visit.wait_for_card()
        visit.choose(card)
        expect(card).to_contain_text("บันทึกแล้ว ข้อ 1")
        kill(own_kit, "cps_training.desk.service")
        card.get_by_role("button", name="ข้อต่อไป").click()
        expect(card).to_contain_text("ข้อ 2 จาก 12")
        visit.choose(card)
        expect(card).to_contain_text("บันทึกแล้ว ข้อ 2")


def test_a_seeded_sample_of_reloads_and_kills_loses_nothing_acknowledged(own_kit, browser):
    figures = restless(own_kit, browser, steps=10, seed=2566)
    assert set(figures["actions"]) == set(ACTIONS)
    assert figures["acknowledged"] == 10
    assert figures["stored"] >= 10
    assert (figures["lost"], figures["counted_twice"], figures["gaps"], figures["integrity"]) == ([], 0, False, [])


@pytest.mark.parametrize(
    "path", [pytest.param("/quiz?form=cps-exam", marks=pytest.mark.thorough), "/lessons/cps-cycle"]
)
def test_a_session_that_ends_in_the_middle_leads_back_to_the_same_page(own_kit, browser, path):
    with visiting(own_kit, browser, width=360, height=780) as visit:
        visit.enter_as("learner")
        page = go(visit, path)
        card = page.locator("main .cps-item:has(:is(input, .cps-move))").last
        for change in (
            "disable",
            "enable",
        ):  # the account is closed, its sessions end; a mistake, and it is opened again
            command(own_kit, "person", change, "demo-officer")
        visit.choose(card)
        if card.locator("button[type=submit]").count():
            card.locator("button[type=submit]").click()
        expect(card).to_contain_text("หมดเวลาการเข้าสู่ระบบ")
        expect(card.locator("button[type=submit], .cps-retry")).to_have_count(0)  # neither would help
        assert axe_finds(page) == []
        way_on = card.get_by_role("link", name="เข้าสู่ระบบอีกครั้ง")
        assert way_on.bounding_box()["height"] >= 44
        way_on.click()
        page.wait_for_url("**/sign-in?next=*")
        page.get_by_role("button", name=own_kit.person("learner")).click()
        page.wait_for_url(f"**{path}")
        answered = settle(visit).locator("main .cps-item").last
        visit.choose(answered)
        if answered.locator("button[type=submit]").count():
            answered.locator("button[type=submit]").click()
        expect(answered).to_contain_text("บันทึกแล้ว")


def test_a_menu_of_an_ended_session_says_so_with_a_way_on(own_kit, browser):
    with visiting(own_kit, browser) as visit:
        visit.enter_as("learner")
        page = go(visit, "/quiz")
        for change in ("disable", "enable"):
            command(own_kit, "person", change, "demo-officer")
        page.locator("[data-key^='action:open:'], [data-key^='action:fresh:']").locator("visible=true").first.click()
        notice = page.locator("main .cps-notice")
        expect(notice.get_by_role("alert")).to_contain_text("หมดเวลาการเข้าสู่ระบบ")
        expect(notice.get_by_role("alert")).to_be_focused()
        assert "next=%2Fquiz%3Fform%3D" in notice.get_by_role("link").get_attribute("href")
