"""Today's review: told on the home page when something is due, answered on the quiz page, gone when it was done."""

from __future__ import annotations

import re

from cps_training.apps.home_page import home


def cards_of(session):
    top, _course, knowledge = home(session).children
    return top, knowledge


def offered(session):
    """What home has to say of each address it leads to."""
    top, _ = cards_of(session)
    return {top.step["action"]["href"]: top.step["detail"]} | {c["action"]["href"]: c["text"] for c in top.cards}


def test_home_offers_the_review_when_it_is_due_and_not_before(seat, clock):
    seat.quiz("deducting")
    for _ in range(3):
        seat.answer("wrong")
        seat.press("next" if "next" in seat.offers else "finish")
    assert "/quiz?form=review:today" not in offered(seat.session)
    clock.move(days=5)
    assert re.search(r"มี [123] ข้อ", offered(seat.session)["/quiz?form=review:today"])
    seat.quiz("review:today")
    assert seat.shown.stem == "item_card"
    while seat.shown.stem == "item_card":
        seat.answer("right")
        seat.press("next" if "next" in seat.offers else "finish")
    assert seat.shown.stem == "result_card"
    assert "/quiz?form=review:today" not in offered(seat.session)
    seat.quiz("review:today")
    assert seat.shown.stem == "result_card", "loaded again, the result is still there"


def test_a_day_without_anything_due_says_so(seat):
    seat.quiz("review:today")
    assert seat.shown.stem == "notice"
    assert "ยังไม่มีข้อที่ถึงกำหนดทบทวน" in seat.shown.text


def test_what_was_mastered_fades_on_the_map(seat, clock):
    def state(clause):
        sections = cards_of(seat.session)[1].sections
        return next(cell["state"] for section in sections for cell in section["cells"] if cell["id"] == clause)

    seat.quiz("cps-practice")
    while seat.shown.stem == "item_card":
        seat.answer("right")
        seat.press("next" if "next" in seat.offers else "finish")
    seat.quiz("office-practice")
    while seat.shown.stem == "item_card":
        seat.answer("right")
        seat.press("next" if "next" in seat.offers else "finish")
    mastered = {
        cell["id"]
        for section in cards_of(seat.session)[1].sections
        for cell in section["cells"]
        if cell["state"] == "mastered"
    }
    assert mastered
    clock.move(days=60)
    assert {state(clause) for clause in mastered} == {"fading"}


def test_what_fades_stays_mastered_in_the_record(seat, clock):
    from cps_training.apps.record_page import record

    def counted():
        sections = record(seat.session).children[0].clauses["sections"]
        return {section["id"]: section["n"] for section in sections}

    seat.quiz("cps-practice").answer_all()
    before = counted()
    assert sum(n["mastered"] for n in before.values()) > 0
    clock.move(days=90)
    assert counted() == before
