"""Attempts read as sittings: what a learner does, one line after another, and what they may see."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cps_training.assessment.attempt import Attempt, Placed, answer, finish
from cps_training.assessment.feedback_policy import EXAM, PRACTICE, FeedbackPolicy
from cps_training.assessment.judgement import judgement, result_of
from cps_training.assessment.progress import clause_states, latest_fractions
from cps_training.errors import AttemptError
from cps_training.items import ITEM_TYPES, ItemBase

NINE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ITEMS: dict[str, ItemBase] = {item.id: item for item in (kind.example() for kind in ITEM_TYPES)}
CHOICE, MANY, ORDER = "example-multiple-choice", "example-multiple-response", "example-ordering"
WRONG, RIGHT = {"choice": "a"}, {"choice": "b"}


def sitting(policy: FeedbackPolicy) -> Attempt:
    placed = tuple(Placed(item.id, item.version) for item in ITEMS.values())
    return Attempt("t1", "somebody", "form", 1, policy, placed, b"secret", NINE)


def refused(code: str):
    return pytest.raises(AttemptError, check=lambda error: error.code == code)


def test_practice_tells_after_each_answer_and_takes_each_item_once():
    attempt = sitting(PRACTICE)
    assert not attempt.releases(CHOICE)
    attempt, step = answer(attempt, CHOICE, WRONG, answer_id="a-1", at=NINE)
    assert (step.seq, step.item_version) == (1, ITEMS[CHOICE].version)
    assert attempt.releases(CHOICE)
    assert not attempt.releases(MANY)  # only that item's
    with refused("already-answered"):
        answer(attempt, CHOICE, RIGHT, answer_id="a-2", at=NINE)
    with refused("blank-answer"):
        answer(attempt, MANY, None, answer_id="a-3", at=NINE)


def test_exam_tells_nothing_until_it_is_finished_and_the_last_answer_stands():
    attempt = sitting(EXAM)
    attempt, _ = answer(attempt, CHOICE, WRONG, answer_id="a-1", at=NINE)
    attempt, _ = answer(attempt, CHOICE, RIGHT, answer_id="a-2", at=NINE)
    attempt, _ = answer(attempt, MANY, {"choices": ["a"]}, answer_id="a-3", at=NINE)
    attempt, _ = answer(attempt, MANY, None, answer_id="a-4", at=NINE)  # taken back
    assert not any(attempt.releases(item) for item in ITEMS)
    assert [step.seq for step in attempt.steps] == [1, 2, 3, 4]
    attempt, _ = finish(attempt, answer_id="f-1", at=NINE)
    assert all(attempt.releases(item) for item in ITEMS)
    result = result_of(attempt, ITEMS, 0.6)
    assert (result.points, result.maximum, result.n_answered, result.is_passed) == (1.0, 3, 1, False)
    with refused("attempt-finished"):
        answer(attempt, CHOICE, WRONG, answer_id="a-5", at=NINE)


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
        answer(attempt, "somebody-elses-item", WRONG, answer_id="a-3", at=NINE)


def test_naive_times_are_refused():
    with pytest.raises(ValueError, match="naive"):
        answer(sitting(EXAM), CHOICE, RIGHT, answer_id="a-1", at=datetime(2026, 1, 1))  # noqa: DTZ001


def test_thirds_reach_a_cut_score_of_two_thirds():
    placed = sitting(EXAM)
    for n, (item, response) in enumerate(((CHOICE, RIGHT), (ORDER, ITEMS[ORDER].correct_response()))):
        placed, _ = answer(placed, item, response, answer_id=f"a-{n}", at=NINE)
    assert result_of(placed, ITEMS, 2 / 3).is_passed is True
    assert result_of(placed, ITEMS, 0.67).is_passed is False
    assert result_of(placed, ITEMS, None).is_passed is None


def test_a_judgement_uses_only_this_attempts_names():
    attempt, item = sitting(PRACTICE), ITEMS[CHOICE]
    told = judgement(item, WRONG, attempt.disguise(CHOICE))
    assert told["verdict"] == "wrong"
    assert set(told["options"]) == {option.id for option in item.present(attempt.disguise(CHOICE)).options}
    marks = {line["mark"]: line["taken"] for line in told["options"].values() if line["mark"]}
    assert marks == {"wrong": True, "right": False}
    other = replace(attempt, secret=b"another")
    assert set(told["options"]).isdisjoint(judgement(item, WRONG, other.disguise(CHOICE))["options"])


def test_progress_counts_released_answers_only_and_needs_two_items():
    versions = {(item.id, item.version): item for item in ITEMS.values()}
    clauses_of = {item.id: item.clauses for item in ITEMS.values()} | {"second": ("cps.3.3",)}
    exam, _ = answer(sitting(EXAM), CHOICE, RIGHT, answer_id="a-1", at=NINE)
    assert latest_fractions([exam], versions) == {}  # progress must not tell what an open exam withholds
    practice, _ = answer(sitting(PRACTICE), CHOICE, RIGHT, answer_id="a-2", at=NINE)
    latest = latest_fractions([exam, practice], versions)
    assert latest == {CHOICE: 1.0}
    assert clause_states(["cps.3.3", "cps.2.1"], clauses_of, latest) == {
        "cps.3.3": "in_progress",
        "cps.2.1": "not_started",
    }
    assert clause_states(["cps.3.3"], clauses_of, latest | {"second": 1.0}) == {"cps.3.3": "mastered"}
    assert clause_states(["cps.3.3"], clauses_of, latest | {"second": 0.5}) == {"cps.3.3": "in_progress"}


def test_the_latest_answer_decides_progress_whatever_the_order_of_attempts():
    versions = {(item.id, item.version): item for item in ITEMS.values()}
    early, _ = answer(sitting(PRACTICE), CHOICE, WRONG, answer_id="a-1", at=NINE)
    late, _ = answer(
        replace(sitting(PRACTICE), attempt_id="t2"), CHOICE, RIGHT, answer_id="a-2", at=NINE + timedelta(days=1)
    )
    assert latest_fractions([late, early], versions) == latest_fractions([early, late], versions) == {CHOICE: 1.0}
