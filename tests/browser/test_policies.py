"""One visit per feedback policy, with forms of the office's own: hints, certainty, a clock that runs out, a section made good,
a survey, an essay marked. On a phone's width; wherever one stands axe is content and a thumb hits."""

from __future__ import annotations

import json
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from cps_training.assessment.opening import new_attempt
from cps_training.clock import utc_now
from cps_training.content.library import load_library
from cps_training.places import shipped
from cps_training.records import attempts as stored
from cps_training.records.engine import Records
from tests.browser.checks import axe_finds, hard_to_hit
from tests.browser.walking import go, item_shown, press
from tests.kit import Kit, Visit, visiting

HINTED = ["pw-answer-is-in-your-hand", "pw-new-text-not-read-yet"]
FOUR = ["cps-detour-request", "cps-calendars-disagree", "cps-plan-without-owner", "cps-workshop-product"]
PARTS = [
    ["cps-skip-strategy-seminar", "cps-plan-line-to-hand-over"],
    ["practice-verify-three-balances", "practice-after-the-ruling"],
]
RETRY = ["practice-which-is-bottom-up", "practice-outcome-to-right-agency"]
ESSAY = "fe-solve-late-minutes"


def form(name: str, title: str, feedback: str, **more: Any) -> dict[str, Any]:
    texts = {"title": {"th": title}, "description": {"th": "ชุดของสำนักงานสมมติ ใช้ตรวจหน้าแบบทดสอบ"}}
    return {"form": name, "feedback": feedback, "shuffle": False, **texts, **more}


FORMS = [
    form("walk-tries", "ลองใหม่ได้", "tries", items=HINTED),
    form("walk-sure", "รู้จริงแค่ไหน", "certainty", items=FOUR),
    form("walk-timed", "จับเวลา", "exam", items=FOUR[:2], cut_score=0.6, time_limit={"minutes": 1}),
    form(
        "walk-parts",
        "สองส่วน",
        "exam",
        cut_score=0.5,
        attempts={"most": 2, "counts": "best"},
        sections=[
            {"section": "plan", "title": {"th": "แผนของกลุ่ม"}, "items": PARTS[0], "must_pass": 0.5},
            {
                "section": "money",
                "title": {"th": "การเงินและข้อบกพร่อง"},
                "items": PARTS[1],
                "must_pass": 0.5,
                "reading": ["practice.6", "practice.7"],
                "retry": RETRY,
            },
        ],
    ),
    form("walk-survey", "ความเห็นหลังอบรม", "survey", items=["fe-survey-fits-work", "fe-survey-time"]),
    form("walk-essay", "เขียนสั้น ๆ", "practice", items=[ESSAY]),
]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The demo office, and only then its own forms: nobody has taken them yet."""
    root = tmp_path_factory.mktemp("policies")
    Kit(root, "--demo").stop()
    folder = root / "demo/content/quizzes/forms"
    folder.mkdir(parents=True)
    for said in FORMS:
        (folder / f"{said['form']}.yaml").write_text(json.dumps(said, ensure_ascii=False), "utf-8")
    running = Kit(root, "--demo")
    yield running
    running.stop()


@pytest.fixture
def officer(office: Kit, browser: Any) -> Any:
    with visiting(office, browser, width=360, height=780) as visit:
        visit.enter_as("learner")
        yield visit


def stand(visit: Visit, name: str) -> None:
    """What must hold in every state."""
    assert hard_to_hit(visit.page) == [], name
    assert axe_finds(visit.page) == [], name


def choose(card: Any, *, right: bool) -> None:
    """Take the key or another of the options, “I do not know” among them."""
    question = card.locator(".cps-question")
    item = item_shown(question)
    key = next(line.text for line in item.lines if line.id == item.key)
    texts = question.locator(".cps-option-text").all_inner_texts()
    which = next(n for n, text in enumerate(texts) if (" ".join(text.split()) == " ".join(key.split())) == right)
    question.locator("input[type=radio]").nth(which).check()


def answer(visit: Visit, n: int, *, right: bool, sure: int | None = None) -> Any:
    """Choose in the card of item n, say how sure one is, send."""
    card = visit.wait_for_card()
    expect(card.locator(".cps-progress")).to_contain_text(f"ข้อ {n} จาก")
    choose(card, right=right)
    if sure is not None:
        card.locator(f".cps-certainty input[value='{sure}']").check()
    if card.locator("button[type=submit]").count():
        card.locator("button[type=submit]").click()
    return card


def result_of(visit: Visit) -> Any:
    shown = visit.page.locator("main .cps-result")
    shown.wait_for()
    return shown


def test_a_wrong_try_brings_a_hint_and_the_next_one_may_be_right(officer: Visit) -> None:
    go(officer, "/quiz?form=walk-tries")
    card = answer(officer, 1, right=False)
    expect(card.locator(".cps-feedback h3")).to_contain_text("ยังไม่ถูก")
    expect(card.locator(".cps-feedback")).to_contain_text("ลองได้อีก 1 ครั้ง")
    stand(officer, "tries hint")
    card = answer(officer, 1, right=True)
    expect(card.locator(".cps-feedback h3")).to_contain_text("ถูกต้อง")
    expect(card.locator(".cps-feedback")).to_contain_text("ได้ร้อยละ 67 ของคะแนนข้อนี้ เพราะถูกในครั้งที่ 2")
    stand(officer, "tries right")
    press(officer, "action:next")
    answer(officer, 2, right=True).locator(".cps-feedback h3").wait_for()
    press(officer, "action:finish")
    expect(result_of(officer)).to_contain_text("ได้ 1.7 จาก 2")
    stand(officer, "tries result")


def test_sure_and_wrong_three_times_is_told_too_sure(officer: Visit) -> None:
    go(officer, "/quiz?form=walk-sure")
    card = officer.wait_for_card()
    choose(card, right=False)
    card.locator("button[type=submit]").click()
    expect(card.locator(".cps-status-notice")).to_contain_text("มั่นใจ")  # nothing is sent without it
    stand(officer, "certainty asked")
    for n, (right, sure) in enumerate([(False, 3), (False, 3), (False, 3), (True, 1)]):
        card = answer(officer, n + 1, right=right, sure=sure)
        card.locator(".cps-feedback h3").wait_for()
        if n == 0:
            expect(card.locator(".cps-feedback")).to_contain_text("เสีย 3 คะแนน")
            stand(officer, "certainty told")
        press(officer, "action:next" if n < 3 else "action:finish")
    shown = result_of(officer)
    expect(shown).to_contain_text("ได้ −8 จาก 12")
    expect(shown.locator("table tr", has_text="มั่นใจมาก")).to_contain_text("มั่นใจเกินไป")
    expect(shown.locator("table tr", has_text="ไม่ค่อยมั่นใจ")).to_contain_text("ข้อมูลยังไม่พอ")
    stand(officer, "certainty result")


def begun_before(office: Kit, form_id: str, seconds: float) -> None:
    """The demo officer began the form so many seconds ago, in another window."""
    folder = office.root / "demo"
    library = load_library(shipped(), folder / "content")
    person = next(one for one in office.said["people"] if one["role_label"] == "learner")
    records = Records.open(Path(folder / "records.sqlite3"))
    attempt = new_attempt(
        library,
        library.forms[form_id],
        person["person_id"],
        attempt_id=secrets.token_hex(16),
        number=1,
        secret=secrets.token_bytes(32),
        at=utc_now() - timedelta(seconds=seconds),
    )
    with records.write() as conn:
        stored.put_item_versions(conn, [library.items[placed.item_id] for placed in attempt.placed])
        stored.insert_attempt(conn, attempt, place="served")
    records.close()


def test_a_clock_that_runs_out_sends_what_was_saved(office: Kit, officer: Visit) -> None:
    go(officer, "/quiz?form=walk-timed")
    expect(result_of(officer)).to_contain_text("เริ่มแล้วเวลาจะเดินทันทีและหยุดไม่ได้")
    stand(officer, "timed begin")
    begun_before(office, "walk-timed", 45)
    go(officer, "/quiz?form=walk-timed")
    card = answer(officer, 1, right=True)
    expect(card.locator(".cps-clock")).to_contain_text("เหลือเวลา 00:")
    expect(card.locator(".cps-status-saved")).not_to_be_empty()
    shown = result_of(officer)  # by itself
    expect(shown).to_contain_text("หมดเวลาแล้ว ระบบส่งคำตอบที่บันทึกไว้")
    expect(shown).to_contain_text("ได้ 1 จาก 2")
    stand(officer, "timed result")


def test_a_failed_section_is_read_retried_and_made_good(officer: Visit) -> None:
    go(officer, "/quiz?form=walk-parts")
    result_of(officer)
    press(officer, "action:begin:walk-parts")
    for n, right in enumerate([True, True, False, False], 1):
        card = answer(officer, n, right=right)
        expect(card.locator(".cps-status-saved")).to_contain_text(f"ข้อ {n}")
        press(officer, "action:next" if n < 4 else "action:check")
    expect(result_of(officer)).to_contain_text("ส่งแล้วแก้คำตอบไม่ได้")
    stand(officer, "sections check")
    press(officer, "action:finish")
    shown = result_of(officer)
    expect(shown).to_contain_text("ผลรายส่วน")
    expect(shown.locator(".cps-part-list li", has_text="การเงินและข้อบกพร่อง")).to_contain_text("ยังไม่ผ่าน")
    stand(officer, "sections failed")
    press(officer, "action:read:money")
    reading = officer.page.locator("main .cps-reading")
    expect(reading.locator(".cps-clause-text")).to_have_count(2)
    expect(reading.locator("h1")).to_be_focused()
    stand(officer, "sections reading")
    press(officer, "action:done:money")
    for n in range(2):
        card = answer(officer, n + 1, right=True)
        card.locator(".cps-feedback h3").wait_for()
        press(officer, "action:next" if n == 0 else "action:finish")
    expect(result_of(officer)).to_contain_text("ข้อซ่อม: การเงินและข้อบกพร่อง")
    stand(officer, "sections retry passed")
    press(officer, "action:open:walk-parts")
    expect(officer.page.locator("main .cps-part-list li", has_text="การเงินและข้อบกพร่อง")).to_contain_text("ซ่อมผ่านแล้ว")
    stand(officer, "sections made good")


def test_a_survey_thanks_and_tells_no_score(officer: Visit) -> None:
    go(officer, "/quiz?form=walk-survey")
    for n in (1, 2):
        card = officer.wait_for_card()
        expect(card.locator(".cps-progress")).to_contain_text(f"ข้อ {n} จาก 2")
        card.locator("input[type=radio]").nth(3).check()
        expect(card.locator(".cps-status-saved")).to_contain_text(f"ข้อ {n}")
        stand(officer, f"survey {n}")
        press(officer, "action:next" if n == 1 else "action:check")
    result_of(officer)
    press(officer, "action:finish")
    shown = officer.page.locator("main .cps-result", has_text="ขอบคุณที่ตอบแบบสำรวจ")
    shown.wait_for()
    expect(shown).not_to_contain_text("คะแนน")
    stand(officer, "survey thanks")


def test_an_essay_waits_for_the_trainer_whose_marks_the_writer_reads(office: Kit, officer: Visit, browser: Any) -> None:
    go(officer, "/quiz?form=walk-essay")
    card = officer.wait_for_card()
    card.locator("textarea").fill("ชวนคณะกรรมการกำหนดวันทำรายงานประชุมให้เสร็จภายในสามวัน และตั้งผู้ช่วยเลขานุการหนึ่งคน")
    stand(officer, "essay")
    card.locator("button[type=submit]").click()
    expect(card.locator(".cps-feedback h3")).to_contain_text("รอตรวจ")
    stand(officer, "essay waiting")
    press(officer, "action:finish")
    expect(result_of(officer)).to_contain_text("รอตรวจ 1 ข้อ")
    stand(officer, "essay result waiting")
    with visiting(office, browser, width=360, height=780) as trainer:
        trainer.enter_as("trainer")
        go(trainer, "/marking")
        sheet = trainer.page.locator("main .cps-form-card")
        sheet.wait_for()
        while "ผู้ช่วยเลขานุการหนึ่งคน" not in (before := sheet.inner_text()):  # the demo's people write too
            press(trainer, "action:skip")
            expect(sheet).not_to_have_text(before, use_inner_text=True)
        expect(sheet).not_to_contain_text(office.person("learner"))
        sheet.locator("button[type=submit]").click()
        expect(sheet.locator("[data-error] span").first).to_contain_text("โปรดเลือกระดับ")
        stand(trainer, "marking")
        for criterion in sheet.locator("fieldset").all():
            criterion.locator("input[type=radio]").last.check()
        sheet.locator("textarea").fill("ตรวจได้และบอกผู้รับผิดชอบชัด")
        sheet.locator("button[type=submit]").click()
        expect(trainer.page.locator("main")).to_contain_text("บันทึกผลตรวจแล้ว")
        stand(trainer, "marking saved")
    go(officer, "/quiz?form=walk-essay")
    expect(result_of(officer)).to_contain_text("ได้ 1 จาก 1")
    press(officer, "row:1")
    card = officer.wait_for_card()
    expect(card).to_contain_text("วิทยากรตรวจแล้ว")
    expect(card).to_contain_text("ตรวจได้และบอกผู้รับผิดชอบชัด")
    stand(officer, "essay marked")
