"""A page that fell behind: answers stored unseen, other tabs, and a session that ended. Nobody is scared, nothing is lost."""

from __future__ import annotations

import secrets

import pytest

from cps_training.apps.sitting import Sitting
from cps_training.desk.local import open_local
from cps_training.errors import AccessError, KitError

EXAM, PRACTICE = "cps-exam", "cps-practice"


class Line:
    """The way to the desk, which can be cut in both ways."""

    def __init__(self, desk):
        self.desk = desk
        self.fails = None
        self.n_asked = 0

    def ask(self, message):
        self.n_asked += 1
        if self.fails == "before":
            raise KitError("desk-unreachable", "ยังไม่ได้บันทึก")
        value = self.desk.ask(message)
        if self.fails == "after":  # it was stored, but the receipt never came
            raise KitError("desk-unreachable", "ยังไม่ได้บันทึก")
        return value


@pytest.fixture
def line(desk):
    return Line(open_local(desk))


def response(sitting, index, which=0):
    """A response to the item, as a browser would give it; another `which` is another response."""
    shown = sitting.items[index]["presentation"]
    ids = [option["id"] for option in shown["options"]]
    ids = ids[which:] + ids[:which]
    return {"choose_one": {"choice": ids[0]}, "choose_many": {"choices": ids[:1]}, "order": {"order": ids}}[
        shown["interaction"]
    ]


def send(sitting, index, which=0):
    return sitting.answer(sitting.items[index]["item"], response(sitting, index, which), secrets.token_hex(16))


def test_after_a_late_commit_the_next_answer_is_saved_without_a_word(line):
    sitting = Sitting.open(line, EXAM)
    line.fails = "after"
    assert send(sitting, 0).code == "desk-unreachable"
    line.fails = None
    outcome = send(sitting, 1)
    assert (outcome.is_saved, outcome.is_caught_up, outcome.message) == (True, True, "")
    assert [item["response"] is not None for item in sitting.items[:2]] == [True, True]
    assert sitting.view["seq"] == 2


def test_after_a_late_commit_another_choice_for_the_same_item_stands(line):
    sitting = Sitting.open(line, EXAM)
    line.fails = "after"
    send(sitting, 0, 0)
    line.fails = None
    wanted = response(sitting, 0, 1)
    assert send(sitting, 0, 1).is_saved
    assert sitting.items[0]["response"] == wanted


def test_in_a_practice_what_was_stored_late_stands_and_is_shown(line):
    sitting = Sitting.open(line, PRACTICE)
    line.fails = "after"
    first = response(sitting, 0, 0)
    send(sitting, 0, 0)
    line.fails = None
    outcome = send(sitting, 0, 1)
    assert (outcome.is_saved, outcome.is_replaced, outcome.code) == (False, True, "already-answered")
    assert sitting.items[0]["response"] == first
    assert sitting.items[0]["judgement"] is not None


def test_an_exam_finishes_after_a_late_commit(line):
    sitting = Sitting.open(line, EXAM)
    line.fails = "after"
    send(sitting, 0)
    line.fails = None
    assert sitting.finish(secrets.token_hex(16)).is_saved
    assert sitting.view["result"]["n_answered"] == 1


def test_another_tab_on_another_item_is_no_conflict(line):
    first, second = Sitting.open(line, EXAM), Sitting.open(line, EXAM)
    assert send(first, 3).is_saved
    outcome = send(second, 4)
    assert (outcome.is_saved, outcome.is_caught_up) == (True, True)
    assert second.items[3]["response"] == first.items[3]["response"]


def test_another_tab_on_the_same_item_is_told_and_overwrites_nothing(line):
    first, second = Sitting.open(line, EXAM), Sitting.open(line, EXAM)
    send(first, 3, 0)
    outcome = send(second, 3, 1)
    assert (outcome.is_saved, outcome.is_replaced, outcome.code) == (False, True, "out-of-sequence")
    assert second.items[3]["response"] == first.items[3]["response"]
    assert second.view["seq"] == 1


def test_nobody_finishes_an_exam_over_answers_they_have_not_seen(line):
    first, second = Sitting.open(line, EXAM), Sitting.open(line, EXAM)
    send(first, 0)
    outcome = second.finish(secrets.token_hex(16))
    assert (outcome.is_saved, outcome.is_replaced) == (False, True)
    assert not second.view["is_finished"]
    assert second.finish(secrets.token_hex(16)).is_saved  # now they have


def test_a_desk_that_stays_away_is_asked_once_an_answer(line):
    sitting = Sitting.open(line, EXAM)
    line.fails, line.n_asked = "before", 0
    outcome = send(sitting, 0)
    assert (outcome.is_saved, outcome.is_signed_out, line.n_asked) == (False, False, 1)


def test_a_session_that_ended_is_known_as_such(line, monkeypatch):
    sitting = Sitting.open(line, EXAM)

    def refuse(_):
        raise AccessError("not-signed-in", "หมดเวลา")

    monkeypatch.setattr(line, "ask", refuse)
    assert send(sitting, 0).is_signed_out
    assert sitting.finish(secrets.token_hex(16)).is_signed_out
