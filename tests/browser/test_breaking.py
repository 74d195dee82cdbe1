"""Trying to break it: kernels and the desk killed, pages reloaded, in the midst of an exam. Nothing acknowledged is lost."""

from __future__ import annotations

import random
import re
import signal

import psutil
import pytest
from playwright.sync_api import expect

from cps_training.demo import OFFICER
from cps_training.places import DataFolder
from cps_training.records import accounts, attempts
from cps_training.records.engine import Records
from tests.kit import visiting

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="2026-11-23: kills are a POSIX campaign")


def processes(kit, word):
    """Children of the kit whose command line holds the word."""
    found = []
    for child in psutil.Process(kit.process.pid).children(recursive=True):
        try:
            if any(word in part for part in child.cmdline()):
                found.append(child)
        except psutil.Error:
            continue
    return found


def kill(kit, word):
    for victim in processes(kit, word):
        victim.send_signal(signal.SIGKILL)


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
    """The long campaign is campaigns/reloads.py; this is its ten-step sample."""
    rng = random.Random(2566)
    acknowledged: dict[str, list[str]] = {}
    with visiting(own_kit, browser) as visit:
        visit.enter_as("learner").open("/quiz?form=cps-exam")
        card = visit.wait_for_card()
        for _ in range(10):
            match rng.choice(["reload", "kernel", "desk", "on"]):
                case "reload":
                    visit.page.reload()
                case "kernel":
                    kill(own_kit, "ipykernel")
                    visit.page.get_by_role("alert").filter(has_text="ขาดการเชื่อมต่อ").get_by_role("button").click()
                case "desk":
                    kill(own_kit, "cps_training.desk.service")
            card = visit.wait_for_card()
            number = re.search(r"ข้อ (\d+) จาก 12", card.inner_text())[1]
            radios = card.locator("input[type=radio]")
            visit.choose(card, rng.randrange(radios.count()) if radios.count() else 0)
            expect(card).to_contain_text(f"บันทึกแล้ว ข้อ {number}")
            shown = card.locator("input:checked").evaluate_all("inputs => inputs.map(i => i.value)")
            if shown:
                acknowledged[card.locator("legend").inner_text()] = shown
            if number != "12":
                card.get_by_role("button", name="ข้อต่อไป").click()
                expect(card).to_contain_text(f"ข้อ {int(number) + 1} จาก 12")
    own_kit.stop()
    with Records.open(DataFolder(own_kit.root / "demo").database) as records, records.read() as conn:
        officer = accounts.person_by_code(conn, OFFICER)
        (attempt,) = attempts.attempts_of(conn, officer.person_id, "cps-exam")
        items = attempts.items_of(conn, [(p.item_id, p.item_version) for p in attempt.placed])
        stored = {}
        for (item_id, _), item in items.items():
            response = attempt.response_to(item_id)
            if response is not None:
                raw = item.show_response(response, attempt.disguise(item_id))
                stored[" ".join(item.stem.split())] = [raw["choice"]] if "choice" in raw else raw.get("choices", [])
    assert acknowledged
    for stem, chosen in acknowledged.items():
        assert sorted(stored[" ".join(stem.split())]) == sorted(chosen), stem
    assert [step.seq for step in attempt.steps] == list(range(1, len(attempt.steps) + 1))
