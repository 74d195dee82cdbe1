"""Marking essays: one text at a time by its rubric, by whom it may be, kept only once the desk said so."""

from __future__ import annotations

import json

import pytest

from cps_training.desk import protocol
from cps_training.errors import KitError
from tests.apps.quizzing import Place, Seat, send

MINE, COLLEAGUES, TRAINERS = "fe-soften-a-blunt-remark", "fe-why-join-example", "fe-solve-late-minutes"


@pytest.fixture
def place(tmp_path, clock):
    made = Place(tmp_path, clock)
    yield made
    made.records.close()


@pytest.fixture
def sit(place, monkeypatch):
    return lambda code, **more: Seat(place, place.person(code, **more), monkeypatch)


@pytest.fixture
def written(sit):
    """Somebody wrote all three texts and finished the form."""
    seat = sit("A001").quiz("writing-practice")
    while True:
        item = seat.shown.presentation["item"]
        seat.answer({"text": f"ข้อความของ {item}"} if item in (MINE, COLLEAGUES, TRAINERS) else "right")
        if "finish" in seat.offers:
            return seat.press("finish")
        seat.press("next")


def levels(seat, which):
    """The best or the worst level of every criterion in view."""
    fields = seat.shown.forms["mark"]["fields"]
    return {field["name"]: field["options"][which]["value"] for field in fields if field["type"] == "radio"}


def text_of(seat):
    return seat.shown.card["passages"][1]["text"]


def test_without_any_text_it_says_so_and_leads_on(sit):
    seat = sit("A001").marking()
    assert seat.shown.text == "ยังไม่มีข้อเขียนรอให้คุณตรวจ"
    assert seat.shown.action["href"] == "/quiz"


def test_a_trainer_marks_one_after_the_other_and_the_writer_reads_it(sit, written):
    trainer = sit("T001", roles=("trainer",)).marking()
    shown = json.dumps(trainer.shown.get_state(), ensure_ascii=False, default=str)
    assert "คน A001" not in shown  # nobody learns who wrote
    texts = []
    while trainer.shown.stem == "form_card":
        texts.append(text_of(trainer))
        send(trainer.shown, "mark", **levels(trainer, -1), comment="ชัดเจนดี")
        assert trainer.above.text == "บันทึกผลตรวจแล้ว"
    assert sorted(texts) == sorted([f"ข้อความของ {COLLEAGUES}", f"ข้อความของ {TRAINERS}"])
    assert trainer.shown.text.startswith("ตรวจครบแล้ว")
    written.quiz("writing-practice")
    n = next(row["n"] for row in written.shown.rows if _item(written, row["n"]) == TRAINERS)
    written.press(f"review:{n}")
    feedback = written.shown.feedback
    assert feedback["verdict"] == "right"
    assert feedback["verdict_label"] == "วิทยากรตรวจแล้ว"
    assert feedback["explanation"].startswith("ได้ ")
    assert "ความเห็น: ชัดเจนดี" in feedback["explanation"]


def _item(seat, n):
    form = seat.place.library.forms["writing-practice"]
    return form.items[n - 1]


def test_the_writer_marks_their_own_and_only_their_own(sit, written):
    seat = sit("A001").marking()
    assert text_of(seat) == f"ข้อความของ {MINE}"
    assert "ของคุณเอง" in seat.shown.card["intro"][0]
    send(seat.shown, "mark", **levels(seat, 0))
    assert seat.shown.stem == "notice"
    written.quiz("writing-practice")
    assert not [note for note in written.notes if "ตรวจเอง" in note]


def test_a_colleague_is_offered_a_text_only_after_finishing_the_form(sit, written):
    assert sit("B002").marking().shown.stem == "notice"
    seat = sit("B002").quiz("writing-practice")
    while "finish" not in seat.offers:
        item = seat.shown.presentation["item"]
        seat.answer({"text": "ของ B"} if item in (MINE, COLLEAGUES, TRAINERS) else "right")
        if "next" in seat.offers:
            seat.press("next")
    seat.press("finish").quiz()
    assert seat.shown.stem == "quiz_menu"
    assert seat.shown.notice["action"]["href"] == "/marking"
    seat.marking()
    seen = [text_of(seat)]
    seat.press("skip")
    seen.append(text_of(seat))
    assert sorted(seen) == sorted([f"ข้อความของ {COLLEAGUES}", "ของ B"])


def test_a_criterion_without_a_level_is_told_at_it_and_nothing_is_kept(sit, written):
    trainer = sit("T001", roles=("trainer",)).marking()
    chosen = levels(trainer, -1)
    missing = sorted(chosen)[0]
    send(trainer.shown, "mark", **(chosen | {missing: ""}))
    assert (trainer.shown.status["kind"], trainer.shown.status["field"]) == ("error", missing)
    assert len(trainer.session.ask(protocol.Waiting())["waiting"]) == 2


def test_the_same_text_marked_by_somebody_else_meanwhile_is_told(sit, written):
    first, second = sit("T001", roles=("trainer",)).marking(), sit("T002", roles=("trainer",)).marking()
    assert text_of(first) == text_of(second)
    before = text_of(first)
    send(first.shown, "mark", **levels(first, -1))
    send(second.shown, "mark", **levels(second, 0))
    assert second.above.kind == "due"
    assert "มีผู้อื่นตรวจไปแล้ว" in second.above.text
    assert text_of(second) != before


def test_a_desk_that_cannot_be_reached_keeps_what_was_chosen(sit, written, monkeypatch):
    trainer = sit("T001", roles=("trainer",)).marking()
    card = trainer.shown

    def refuse(*_):
        raise KitError("desk-unreachable", "ยังไม่ได้บันทึก")

    monkeypatch.setattr(type(trainer.session.desk), "ask", refuse)
    send(card, "mark", **levels(trainer, -1))
    assert trainer.shown is card
    assert card.status["kind"] == "error"
