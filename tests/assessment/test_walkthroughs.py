"""Attempts read as sittings: what a learner does, one line after another, and what they may see."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cps_training.assessment.attempt import Attempt, Placed, answer, finish
from cps_training.assessment.judgement import judgement
from cps_training.assessment.progress import released_answers
from cps_training.assessment.scoring import result_of
from cps_training.content.rules import Rules
from cps_training.errors import AttemptError
from cps_training.items import ItemBase
from cps_training.items.multiple_choice import MultipleChoice
from cps_training.items.multiple_response import MultipleResponse
from cps_training.items.ordering import Ordering

NINE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
CHOICE, MANY, ORDER = MultipleChoice.example(), MultipleResponse.example(), Ordering.example()
ITEMS: dict[str, ItemBase] = {item.id: item for item in (CHOICE, MANY, ORDER)}
WRONG, RIGHT = {"choice": "a"}, {"choice": "b"}
PRACTICE, EXAM = Rules(feedback="practice"), Rules(feedback="exam")


def sitting(rules: Rules) -> Attempt:
    placed = tuple(Placed(item.id, item.version) for item in ITEMS.values())
    return Attempt("t1", "somebody", "form", 1, rules, placed, b"secret", NINE)


def refused(code: str):
    return pytest.raises(AttemptError, check=lambda error: error.code == code)


def test_the_step_says_which_version_was_answered():
    attempt, step = answer(sitting(PRACTICE), CHOICE, WRONG, answer_id="a-1", at=NINE)
    assert (step.seq, step.item_version, attempt.seq) == (1, CHOICE.version, 1)


def test_a_retry_is_not_counted_twice_and_a_stolen_id_is_refused():
    attempt = sitting(EXAM)
    attempt, first = answer(attempt, CHOICE, RIGHT, answer_id="a-1", at=NINE)
    later, _ = answer(attempt, CHOICE, WRONG, answer_id="a-2", at=NINE, expect_seq=1)
    again, step = answer(later, CHOICE, RIGHT, answer_id="a-1", at=NINE, expect_seq=0)
    assert again is later
    assert step == first
    with refused("conflicting-answer"):
        answer(later, CHOICE, WRONG, answer_id="a-1", at=NINE)
    finished, done = finish(later, answer_id="f-1", at=NINE)
    assert finish(finished, answer_id="f-2", at=NINE + timedelta(hours=1)) == (finished, done)


def test_a_page_that_is_behind_is_told():
    attempt, _ = answer(sitting(EXAM), CHOICE, RIGHT, answer_id="a-1", at=NINE, expect_seq=0)
    with refused("out-of-sequence"):
        answer(attempt, CHOICE, WRONG, answer_id="a-2", at=NINE, expect_seq=0)
    with refused("unknown-item"):
        answer(attempt, CHOICE.model_copy(update={"id": "somebody-elses-item"}), WRONG, answer_id="a-3", at=NINE)


def test_naive_times_are_refused():
    with pytest.raises(ValueError, match="naive"):
        answer(sitting(EXAM), CHOICE, RIGHT, answer_id="a-1", at=datetime(2026, 1, 1))  # noqa: DTZ001


def test_thirds_reach_a_cut_score_of_two_thirds():
    for cut_score, is_passed in ((2 / 3, True), (0.67, False), (None, None)):
        attempt = sitting(Rules(feedback="exam", cut_score=cut_score))
        for n, item in enumerate((CHOICE, ORDER)):
            right = item.correct_response(attempt.disguise(item.id))
            attempt, _ = answer(attempt, item, right, answer_id=f"a-{n}", at=NINE)
        assert result_of(attempt, ITEMS).is_passed is is_passed


def test_a_judgement_uses_only_this_attempts_names():
    attempt, _ = answer(sitting(PRACTICE), CHOICE, WRONG, answer_id="a-1", at=NINE)
    told = judgement(attempt, CHOICE, "keys")
    assert told["verdict"] == "wrong"
    assert set(told["options"]) == {option.id for option in CHOICE.present(attempt.disguise(CHOICE.id)).options}
    marks = {line["mark"]: line["taken"] for line in told["options"].values() if line["mark"]}
    assert marks == {"wrong": True, "right": False}
    other = replace(attempt, secret=b"another")
    assert set(told["options"]).isdisjoint(judgement(other, CHOICE, "keys")["options"])


VERSIONS = {(item.id, item.version): item for item in ITEMS.values()}


def known(*attempts: Attempt) -> dict[str, float]:
    return {answered.item_id: answered.fraction for answered, _ in released_answers(attempts, VERSIONS, NINE)}


def test_progress_counts_released_answers_only():
    exam, _ = answer(sitting(EXAM), CHOICE, RIGHT, answer_id="a-1", at=NINE)
    assert known(exam) == {}  # progress must not tell what an open exam withholds
    practice, _ = answer(sitting(PRACTICE), CHOICE, RIGHT, answer_id="a-2", at=NINE)
    assert known(exam, practice) == {CHOICE.id: 1.0}


def test_the_latest_answer_decides_progress_whatever_the_order_of_attempts():
    early, _ = answer(sitting(PRACTICE), CHOICE, WRONG, answer_id="a-1", at=NINE)
    late, _ = answer(
        replace(sitting(PRACTICE), attempt_id="t2"), CHOICE, RIGHT, answer_id="a-2", at=NINE + timedelta(days=1)
    )
    assert known(late, early) == known(early, late) == {CHOICE.id: 1.0}
