"""The quiz page under each policy: what a learner is asked, told, and not told; and where each button leads."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from tests.apps.quizzing import CHOICES, Seat


def told(seat):
    """Everything the widget in view shows, as one text."""
    return json.dumps(seat.shown.get_state(), ensure_ascii=False, default=str)


def menu_of(seat):
    """The entries of the menu in view, of all its groups."""
    return [form for group in seat.shown.groups for form in group["forms"]]


# Tries ------------------------------------------------------------------------------------------------------------


def test_a_wrong_try_brings_the_hint_and_what_is_left_and_the_form_stays_open(seat, place):
    seat.quiz("work-tries")
    item = place.library.items[seat.shown.presentation["item"]]
    n = len(item.hints) + 1
    assert f"ลองได้ {n} ครั้ง" in seat.shown.presentation["scoring_note"]
    assert "เสียร้อยละ 33" in seat.shown.presentation["scoring_note"]
    seat.answer("wrong")
    nudge = seat.shown.nudge
    assert (nudge["title"], nudge["text"]) == ("ยังไม่ถูก", item.hints[0])
    assert f"ลองได้อีก {n - 1} ครั้ง · ถ้าถูกในครั้งต่อไป ข้อนี้ได้ไม่เกินร้อยละ 67" in nudge["note"]
    assert seat.shown.feedback is None
    assert seat.shown.status["kind"] == "saved"
    assert item.explanation not in told(seat)


def test_right_at_the_second_try_is_right_and_says_what_it_earned(seat):
    seat.quiz("work-tries").answer("wrong").answer("right")
    feedback = seat.shown.feedback
    assert feedback["verdict"] == "right"
    assert feedback["score_label"] == "ได้ร้อยละ 67 ของคะแนนข้อนี้ เพราะถูกในครั้งที่ 2"
    assert seat.shown.nudge is None


def test_the_same_wrong_answer_again_costs_no_try_and_says_so(seat):
    seat.quiz("work-tries")
    response = seat.response("wrong")
    seat.answer(response)
    before = seat.shown.nudge
    seat.answer(response)
    assert seat.shown.nudge == before
    assert seat.shown.status["kind"] == "notice"
    assert "ลองไปแล้ว" in seat.shown.status["text"]


def test_nobody_has_to_use_up_their_tries(seat):
    seat.quiz("work-tries").answer("wrong")
    first = seat.shown.presentation["item"]
    seat.press("next")
    assert seat.shown.presentation["item"] != first


# Certainty --------------------------------------------------------------------------------------------------------


def test_each_certainty_says_what_it_earns_before_one_chooses(seat):
    seat.quiz("figures-certainty")
    notes = [level["note"] for level in seat.shown.certainty["levels"]]
    assert notes == ["ถูกได้ 1 ผิดไม่เสียคะแนน", "ถูกได้ 2 ผิดเสีย 1", "ถูกได้ 3 ผิดเสีย 3"]


def test_sure_and_wrong_costs_points_and_the_answer_keeps_its_certainty(seat):
    seat.quiz("figures-certainty").answer("wrong", certainty=3)
    assert seat.shown.feedback["score_label"] == "เสีย 3 คะแนน"
    assert seat.shown.certainty["chosen"] == 3


def test_an_answer_without_certainty_is_not_kept(seat):
    seat.quiz("figures-certainty").answer("right")
    assert seat.shown.feedback is None
    assert "มั่นใจเพียงใด" in seat.shown.status["text"]


def test_always_sure_and_always_wrong_ends_below_zero_and_is_told_too_sure(seat):
    seat.quiz("figures-certainty").answer_all(lambda _: "wrong", certainty=3)
    assert seat.shown.score_text == "ได้ −30 จาก 30"
    rows = seat.shown.table["rows"]
    assert rows[2] == ["มั่นใจมาก", "ร้อยละ 0 (10 ข้อ)", "ร้อยละ 67 ขึ้นไป", "มั่นใจเกินไป"]
    assert rows[0] == ["ไม่ค่อยมั่นใจ", "–", "ไม่เกินร้อยละ 50", "ข้อมูลยังไม่พอ"]


# Exams ------------------------------------------------------------------------------------------------------------


def finished(seat, form_id, how="wrong"):
    seat.quiz(form_id)
    if f"begin:{form_id}" in seat.offers:
        seat.press(f"begin:{form_id}")
    seat.answer_all(lambda _: how)
    return seat.press("finish")


def test_before_sending_one_is_told_that_it_cannot_be_changed(seat):
    seat.quiz("points-only").answer_all()
    assert seat.notes == ["ส่งแล้วแก้คำตอบไม่ได้"]
    assert seat.shown.actions[0]["id"] == "finish"


@pytest.mark.parametrize(
    ("form_id", "sentence", "has_verdicts", "has_reason", "has_key"),
    [
        ("points-only", "ชุดนี้บอกเฉพาะคะแนนรวม", False, False, False),
        ("verdicts-only", "ไม่แสดงเฉลย", True, False, False),
        ("own-reasons", "แสดงเหตุผลของคำตอบที่คุณเลือก", True, True, False),
        ("later", "ผลรายข้อจะเปิดให้ดูตั้งแต่วันที่ 15 ม.ค. 2570", False, False, False),
        ("timed", "กดที่ข้อเพื่ออ่านเหตุผลและเฉลย", True, True, True),
    ],
)
def test_a_review_shows_what_its_level_allows_and_says_so(
    seat, place, form_id, sentence, has_verdicts, has_reason, has_key
):
    finished(seat, form_id)
    assert [note for note in seat.notes if sentence in note]
    assert seat.shown.score_text == "ได้ 0 จาก 3"
    labels = {row["verdict_label"] for row in seat.shown.rows}
    assert labels == ({"ยังไม่ถูก"} if has_verdicts else {"ตอบแล้ว"})
    seat.press("review:1")
    feedback = seat.shown.feedback
    item = place.library.items[CHOICES[0]]
    assert (feedback is not None) == has_verdicts
    if feedback:
        rationales = {line["rationale"] for line in feedback["options"].values()}
        assert bool(rationales) == has_reason
        assert (item.explanation in feedback["explanation"]) == has_key
        assert ("คำตอบที่ถูก" in {line["label"] for line in feedback["options"].values()}) == has_key
    assert seat.shown.mode == "review"


def test_what_was_held_back_is_shown_from_its_day_on(seat, clock):
    finished(seat, "later")
    clock.now = datetime(2027, 1, 15, 5, tzinfo=UTC)
    seat.quiz("later")
    assert seat.shown.rows[0]["verdict"] == "wrong"


def test_attempts_are_counted_and_the_last_one_offers_no_other(seat):
    seat.quiz("twice")
    assert seat.shown.notes[1]["text"] == "เริ่มแล้วนับเป็นหนึ่งครั้ง คุณเหลือ 2 ครั้ง"
    finished(seat, "twice")
    assert "ครั้งที่ 1 จาก 2 ใช้ผลครั้งแรก · ทำได้อีก 1 ครั้ง" in seat.notes
    assert "ตอนนี้แสดงเฉพาะคะแนน ผลรายข้อจะเปิดให้ดูเมื่อผ่านเกณฑ์หรือทำครบทุกครั้งแล้ว" in seat.notes
    seat.press("again")
    assert seat.offers == ["begin:twice", "menu"]  # nothing is used up before one says so
    seat.press("begin:twice").answer_all().press("finish")
    assert "ครั้งที่ 2 จาก 2 ใช้ผลครั้งแรก · ทำครบทุกครั้งแล้ว" in seat.notes
    assert "again" not in seat.offers
    seat.press("menu")
    entry = next(one for one in menu_of(seat) if one["id"] == "twice")
    assert (entry["action"]["label"], entry["state"]) == ("ดูผล", "ครั้งแรกได้ 0 จาก 3")


def test_the_clock_is_told_and_its_end_sends_what_is_stored(seat, clock):
    seat.quiz("timed")
    assert "หยุดไม่ได้" in seat.notes[1]
    seat.press("begin:timed")
    assert 299 < seat.shown.clock["seconds"] <= 300
    seat.answer("right")
    clock.move(seconds=303)  # the card tells when its own clock is at 0; an answer in the grace still counts
    seat.press("next").answer("right")
    assert seat.shown.status["kind"] == "saved"
    seat.shown._handle_custom_msg({"kind": "action", "id": "time-up"}, [])
    assert seat.shown.score_text == "ได้ 2 จาก 3"
    assert seat.notes[0].startswith("หมดเวลาแล้ว")
    seat.quiz("timed")
    assert seat.notes[0].startswith("หมดเวลาแล้ว")  # and after a reload


def test_after_the_grace_an_answer_is_refused_and_the_result_says_why(seat, clock):
    seat.quiz("timed").press("begin:timed").answer("right").press("next")
    clock.move(seconds=400)
    seat.answer("right")
    assert seat.shown.score_text == "ได้ 1 จาก 3"
    assert seat.notes[0].startswith("หมดเวลาแล้ว")


def test_a_running_clock_is_under_way_without_any_answer(seat):
    seat.quiz("timed").press("begin:timed")
    seat.quiz()
    assert seat.shown.stem == "item_card"


def test_a_critical_error_fails_whatever_the_points_and_is_named(seat, place):
    items = (item for item, _ in place.library.forms["field-readiness"].named_items)
    bad = next(item for item in items if _can_be_critical(place, item))
    finished_with(seat, lambda item: "critical" if item == bad else "right")
    assert seat.shown.tag == {"text": "ยังไม่ผ่าน", "kind": "due"}
    note = seat.shown.notes[0]
    assert note["text"] == "มีข้อผิดพลาดร้ายแรง 1 ข้อ จึงไม่ผ่าน ไม่ว่าได้คะแนนเท่าใด"


def _can_be_critical(place, item_id):
    return any(getattr(choice, "critical", False) for choice in getattr(place.library.items[item_id], "choices", ()))


def finished_with(seat, how):
    seat.quiz("field-readiness").press("begin:field-readiness").answer_all(how)
    return seat.press("finish")


# Sections ---------------------------------------------------------------------------------------------------------


def test_a_failed_section_is_read_then_retried_then_made_good(seat, place):
    section = dict(place.library.forms["field-readiness"].named_items)
    finished_with(seat, lambda item: "wrong" if section[item] == "money" else "right")
    assert seat.shown.tag["text"] == "ยังไม่ถึงเกณฑ์"
    rows = {row["title"]: row for row in seat.shown.sections["rows"]}
    assert rows["การเงินและข้อบกพร่อง"]["tag"]["text"] == "ยังไม่ผ่าน"
    assert rows["เอกสารที่ต้องแม่น"]["tag"]["text"] == "ผ่าน"
    assert [one["id"] for one in rows["การเงินและข้อบกพร่อง"]["actions"]] == ["read:money"]
    seat.press("read:money")
    assert [card["id"] for card in seat.shown.clauses] == ["practice.5", "practice.6", "practice.7"]
    assert all(card["summary"] for card in seat.shown.clauses)
    seat.press("done:money")
    assert seat.shown.stem == "item_card"
    seat.answer_all()
    assert seat.shown.heading == "ข้อซ่อม: การเงินและข้อบกพร่อง"
    assert seat.shown.tag["text"] == "ผ่านเกณฑ์"
    seat.press("open:field-readiness")
    rows = {row["title"]: row for row in seat.shown.sections["rows"]}
    assert rows["การเงินและข้อบกพร่อง"]["tag"] == {"text": "ซ่อมผ่านแล้ว", "kind": "good"}


def test_a_failed_retry_can_be_tried_again_and_leads_back(seat, place):
    section = dict(place.library.forms["field-readiness"].named_items)
    finished_with(seat, lambda item: "wrong" if section[item] == "money" else "right")
    seat.press("read:money").press("done:money").answer_all(lambda _: "wrong")
    assert seat.offers[:2] == ["again", "open:field-readiness"]
    seat.press("again")
    assert seat.shown.stem == "item_card"


def test_an_item_names_its_section(seat):
    seat.quiz("field-readiness").press("begin:field-readiness")
    assert "เอกสารที่ต้องแม่น" in seat.shown.progress["label"]


def test_a_retry_pool_cannot_be_opened_by_its_address_before_the_reading(seat):
    seat.quiz("retry:field-readiness:money")
    assert seat.shown.stem == "notice"
    assert "ข้อซ่อมเปิดเมื่อ" in seat.shown.text


# Surveys ----------------------------------------------------------------------------------------------------------


def test_a_survey_never_speaks_of_right_points_or_results(seat):
    seat.quiz("training-survey")
    assert seat.shown.mode == "autosave"
    assert seat.shown.presentation["scoring_note"] == ""
    seat.answer_all(lambda _: "right").press("finish")
    assert seat.shown.score_text == "ขอบคุณที่ตอบแบบสำรวจ"
    assert "คะแนน" not in told(seat)
    assert seat.shown.rows == []
    seat.quiz()
    entry = next(one for one in menu_of(seat) if one["id"] == "training-survey")
    assert entry["state"] == "ส่งแล้ว ขอบคุณ"


# Typed answers, deductions, essays --------------------------------------------------------------------------------


def test_a_number_nobody_can_read_is_no_answer_and_says_how_to_write_it(seat, place):
    seat.quiz("figures-certainty")
    while seat.shown.presentation["interaction"] != "number":
        seat.answer("right", certainty=1).press("next")
    seat.answer({"number": "ประมาณสิบ"}, certainty=1)
    assert seat.shown.status["kind"] == "notice"
    assert "โปรดพิมพ์" in seat.shown.status["text"]
    seat.answer("right", certainty=1)
    assert seat.shown.feedback["verdict"] == "right"


def test_what_a_wrong_answer_costs_is_said_before_and_after(seat):
    seat.quiz("deducting")
    assert "ตอบผิดทั้งข้อถูกหัก 0.25 คะแนน" in seat.shown.presentation["scoring_note"]
    seat.answer("wrong")
    assert seat.shown.feedback["score_label"] == "เสีย 0.25 คะแนน"


def test_an_essay_waits_leads_to_its_own_marking_and_then_tells_who_marked_what(place, seat):
    seat.quiz("writing-practice")
    while seat.shown.presentation["item"] != "fe-soften-a-blunt-remark":
        seat.answer("right").press("next")
    assert seat.shown.labels["right_answer"] == "ตัวอย่างคำตอบ"
    seat.answer({"text": "ขอชวนดูตัวเลขด้วยกันก่อน"})
    assert seat.shown.feedback["verdict_label"] == "รอตรวจ"
    seat.press("next").answer_all()
    assert "รอตรวจ" in seat.shown.tag["text"]
    note = next(note for note in seat.shown.notes if "ตรวจเอง" in note["text"])
    assert note["action"]["href"] == "/marking"


# Elsewhere --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form_id", ["work-tries", "figures-certainty", "field-readiness", "training-survey"])
def test_every_policy_can_be_walked_in_english_without_thai_of_the_interface(place, monkeypatch, form_id):
    seat = Seat(place, place.person("E001", locale="en"), monkeypatch).quiz(form_id)
    if f"begin:{form_id}" in seat.offers:
        assert seat.shown.notes
        seat.press(f"begin:{form_id}")
    words = [
        seat.shown.presentation["instruction"],
        seat.shown.presentation["scoring_note"],
        seat.shown.progress["label"],
    ]
    words += list(seat.shown.labels.values()) + [one["label"] for one in seat.shown.actions]
    assert [text for text in words if any("\u0e01" <= letter <= "\u0e5b" for letter in text)] == []
