"""Trying to break it: kernels and the desk killed, pages reloaded, in the midst of an exam. Nothing acknowledged is lost."""

from __future__ import annotations

import signal

import pytest
from playwright.sync_api import expect

from campaigns.reloads import ACTIONS, kill, restless
from tests.kit import visiting

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="2026-11-23: kills are a POSIX campaign")


def test_when_the_kernel_is_gone_the_page_says_so_and_a_button_brings_it_back(own_kit, browser):
    with visiting(own_kit, browser) as visit:
        visit.enter_as("learner").open("/quiz?form=cps-exam")
        card = visit.wait_for_card()
        visit.choose(card)
        expect(card).to_contain_text("บันทึกแล้ว ข้อ 1")
        kill(own_kit, "ipykernel")
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
