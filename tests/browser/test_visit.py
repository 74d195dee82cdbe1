"""A person's visit, from the sign-in page to the result, in Chromium, on a host name that is not localhost."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.walking import enter, settle
from tests.kit import CARD, visiting


def counted(visit):
    """(participants, unit) as the trainer's meter shows them."""
    text = visit.page.locator("main").inner_text()
    found = re.search(r"(\d+)\s*จาก (\d+) คน", text)
    assert found, text
    return int(found[1]), int(found[2])


def test_a_new_officer_finishes_the_lesson_and_a_quiz_and_the_trainer_sees_one_more(own_kit, browser):
    with visiting(own_kit, browser) as trainer:
        trainer.enter_as("trainer")
        settle(trainer)  # the first page for staff waits for pandas
        expect(trainer.page.get_by_role("heading", name="การมีส่วนร่วม")).to_be_visible()
        before, unit = counted(trainer)
        assert unit == 47
        expect(trainer.page.locator("main")).to_contain_text(own_kit.person("learner"))  # who is missing

    with visiting(own_kit, browser, width=360, height=780) as officer:
        officer.enter_as("learner")
        expect(officer.page.get_by_text("ขั้นต่อไปของคุณ")).to_be_visible()
        officer.page.get_by_role("link", name="เรียนต่อ").click()
        officer.page.wait_for_url("**/lessons/cps-cycle")
        cards = officer.page.locator(CARD)
        expect(cards).to_have_count(10)
        for n in range(10):
            card = cards.nth(n)
            if card.locator("h3").count() == 0:
                officer.answer(card)
            expect(card).to_contain_text("บันทึกแล้ว")
        expect(officer.page.get_by_text("จบบทเรียนแล้ว")).to_be_visible()
        officer.page.get_by_role("link", name="ทำแบบฝึกของบทนี้").click()

        officer.page.wait_for_url("**/quiz?form=cps-practice")
        card = officer.wait_for_card()
        for n in range(12):
            expect(card).to_contain_text(f"ข้อ {n + 1} จาก 12")
            officer.answer(card)
            expect(card.locator("[role=status]").first).to_contain_text(re.compile("ถูก|ผิด"))
            expect(card).to_contain_text(re.compile("ของระบบ CPS|หน้าที่ KM"))  # the clause behind it
            expect(card).to_contain_text(f"บันทึกแล้ว ข้อ {n + 1}")
            card.get_by_role("button", name="ข้อต่อไป" if n < 11 else "ดูผล").click()
        expect(officer.page.get_by_text(re.compile(r"ได้ [\d.]+ จาก 12"))).to_be_visible()

    with visiting(own_kit, browser) as trainer:
        trainer.enter_as("trainer")
        settle(trainer)  # the first page for staff waits for pandas
        expect(trainer.page.get_by_role("heading", name="การมีส่วนร่วม")).to_be_visible()
        after, _ = counted(trainer)
        assert after == before + 1


def test_an_exam_is_found_as_it_was_after_a_reload_and_on_another_device(own_kit, browser):
    with visiting(own_kit, browser) as desk_pc:
        desk_pc.enter_as("learner").open("/quiz?form=cps-exam")
        card = desk_pc.wait_for_card()
        stems = []
        for n in range(3):
            expect(card).to_contain_text(f"ข้อ {n + 1} จาก 12")
            stems.append(card.locator("legend").inner_text())
            desk_pc.choose(card)
            expect(card).to_contain_text(f"บันทึกแล้ว ข้อ {n + 1}")
            expect(card.locator("h3")).to_have_count(0)  # nothing is told yet
            card.get_by_role("button", name="ข้อต่อไป").click()
        desk_pc.page.reload()
        card = desk_pc.wait_for_card()
        expect(card).to_contain_text("ข้อ 4 จาก 12")
        card.get_by_role("button", name="ข้อก่อนหน้า").click()
        expect(card.locator("legend")).to_have_text(stems[2])
        expect(card.locator("legend")).to_be_visible()

        with visiting(own_kit, browser, width=360, height=780) as phone:
            phone.enter_as("learner").open("/quiz?form=cps-exam")
            card = phone.wait_for_card()
            expect(card).to_contain_text("ข้อ 4 จาก 12")
            for n in (2, 1, 0):
                card.get_by_role("button", name="ข้อก่อนหน้า").click()
                expect(card.locator("legend")).to_have_text(stems[n])
            for n in range(12):
                expect(card).to_contain_text(f"ข้อ {n + 1} จาก 12")
                if n >= 3:
                    phone.choose(card)
                    expect(card).to_contain_text(f"บันทึกแล้ว ข้อ {n + 1}")
                card.get_by_role("button", name="ข้อต่อไป" if n < 11 else "ตรวจทานและส่ง").click()
            phone.page.get_by_role("button", name="ส่งคำตอบทั้งหมด").click()
            expect(phone.page.get_by_text(re.compile(r"ได้ [\d.]+ จาก 12"))).to_be_visible()
            phone.page.get_by_role("button", name=re.compile(re.escape(stems[0][-25:]))).click()
            expect(phone.wait_for_card().locator("h3")).to_be_visible()  # the explanation, now that it is sent

        # The page left open on the first device is behind: a late change is refused and the result is shown.
        desk_pc.choose(desk_pc.wait_for_card(), 1)
        expect(desk_pc.page.get_by_text(re.compile(r"ได้ [\d.]+ จาก 12"))).to_be_visible()


def test_two_tabs_of_one_person_the_second_is_told_and_shown_the_saved_answer(own_kit, browser):
    with visiting(own_kit, browser) as first, visiting(own_kit, browser) as second:
        for visit in (first, second):
            visit.enter_as("learner").open("/quiz?form=cps-practice")
            visit.wait_for_card()
        first.answer(first.wait_for_card(), 0)
        card = second.wait_for_card()
        second.choose(card, 1)
        card.get_by_role("button", name="ส่งคำตอบ").click()
        expect(card).to_contain_text("มีการตอบจากหน้าต่างอื่นแล้ว")
        card.locator("h3").wait_for()
        assert card.locator("legend").inner_text() == first.wait_for_card().locator("legend").inner_text()


def test_a_learner_is_kept_out_of_the_trainers_room_in_their_own_words(kit, browser):
    with visiting(kit, browser) as visit:
        enter(visit, "learner", "th")
        visit.open("/trainer")
        expect(visit.page.locator("main")).to_contain_text("วิทยากร")
        expect(visit.page.locator("body")).not_to_contain_text("จาก 47 คน")
        visit.open("/no-such-page")
        expect(visit.page.get_by_role("heading").first).to_contain_text("ไม่พบ")


def test_english_is_one_click_away_and_stays(kit, browser):
    with visiting(kit, browser) as visit:
        enter(visit, "approver", "th")
        expect(visit.page.get_by_text("ขั้นต่อไปของคุณ")).to_be_visible()
        visit.page.get_by_role("button", name="EN", exact=False).first.click()
        expect(visit.page.get_by_text("Your next step")).to_be_visible()
        assert visit.page.locator("html").get_attribute("lang") == "en"
        visit.open("/quiz")
        expect(visit.page.get_by_role("heading", name="Quizzes")).to_be_visible()
        visit.page.get_by_role("button", name="ไทย", exact=False).first.click()
        expect(visit.page.get_by_role("heading", name="แบบทดสอบ", exact=True)).to_be_visible()


def test_every_page_says_that_the_data_is_invented(kit, browser):
    with visiting(kit, browser) as visit:
        visit.open("/sign-in")
        expect(visit.page.get_by_text("ข้อมูลจำลอง").first).to_be_visible()
        enter(visit, "trainer", "th")
        for path in ("/home", "/quiz", "/trainer", "/lessons/cps-cycle"):
            visit.open(path)
            expect(visit.page.get_by_text("ข้อมูลจำลอง").first).to_be_visible()


def test_the_clause_of_an_answer_opens_in_place(kit, browser):
    with visiting(kit, browser) as visit:
        enter(visit, "trainer", "th")
        visit.open("/quiz?form=cps-practice")
        card = visit.wait_for_card()
        if card.locator("h3").count() == 0:
            visit.answer(card)
        clause = card.locator("details").first
        clause.locator("summary").click()
        expect(clause).to_contain_text("ช่วงหน้าโดยประมาณ")
