"""When a clause counts as mastered, when it fades, and what a day's review holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given
from hypothesis import strategies as st

from cps_training.assessment.mastery import CUT, Evidence, level_of, mastery
from cps_training.assessment.review import LONGEST_DAYS, MOST_A_DAY, Answered, Memory, items_for_today, memory_of

NINE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
A_DAY = timedelta(days=1)


def right(guess: float = 0.25) -> Evidence:
    return Evidence(1.0, guess)


def wrong(guess: float = 0.25) -> Evidence:
    return Evidence(0.0, guess)


@pytest.mark.parametrize(
    ("evidence", "level", "state"),
    [
        ([], None, "not_started"),
        ([right()], None, "in_progress"),  # one right answer is no evidence
        ([right(0), right(0)], 3 / 4, "mastered"),  # typed: (1 + 2) / (2 + 2)
        ([right(1 / 3), right(1 / 3)], 0.7, "mastered"),  # (1 + 4/3) / (2 + 4/3), just so
        ([right(1 / 2), right(1 / 2)], 2 / 3, "in_progress"),  # two tosses of a coin: (1 + 1) / (2 + 1)
        ([right(0), right(0), wrong(0)], 3 / 5, "in_progress"),
        ([right(0)] * 5 + [wrong(0)], 6 / 8, "mastered"),  # one slip among six
        ([Evidence(0.5, 0), Evidence(0.5, 0)], 1 / 2, "in_progress"),
        ([wrong(), wrong()], 1 / 3.5, "in_progress"),
    ],
)
def test_mastery_by_hand(evidence: list[Evidence], level: float | None, state: str) -> None:
    found = mastery(evidence, None, NINE)
    assert (found.state, found.n) == (state, len(evidence))
    assert found.level == (None if level is None else pytest.approx(level))


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 0.9)), min_size=2, max_size=20), st.integers(0, 19))
def test_a_better_answer_never_lowers_the_level(pairs: list[tuple[float, float]], place: int) -> None:
    evidence = [Evidence(*pair) for pair in pairs]
    place %= len(evidence)
    better = [*evidence[:place], Evidence(1.0, evidence[place].guess), *evidence[place + 1 :]]
    assert 0 < level_of(evidence) <= level_of(better) + 1e-12
    assert level_of(better) < 1


def test_what_was_mastered_fades_when_it_is_due() -> None:
    due = Memory(NINE, 0.9)
    assert mastery([right(0), right(0)], due, NINE - A_DAY).state == "mastered"
    assert mastery([right(0), right(0)], due, NINE).state == "fading"
    assert mastery([right(0), wrong(0)], due, NINE).state == "in_progress", "what was never there cannot fade"
    assert CUT == 0.7


def answered(*days_and_fractions: tuple[float, float]) -> list[Answered]:
    return [Answered(f"item-{n}", NINE + A_DAY * day, fraction) for n, (day, fraction) in enumerate(days_and_fractions)]


def test_the_schedule_is_that_of_fsrs() -> None:
    """The same answers given to py-fsrs directly; and what its default weights say of a first Good: two days."""
    first = memory_of(answered((0, 1)), NINE)
    assert first is not None
    assert first.due - NINE == timedelta(days=2)
    assert first.recall == pytest.approx(1)
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False, maximum_interval=LONGEST_DAYS)
    card = Card(card_id=9, due=NINE)
    for day, rating in ((0, Rating.Again), (1, Rating.Hard), (3, Rating.Good), (12, Rating.Good)):
        card, _ = scheduler.review_card(card, rating, NINE + A_DAY * day)
    ours = memory_of(answered((0, 0), (1, 0.5), (3, 1), (12, 1)), NINE + A_DAY * 20)
    assert ours is not None
    assert ours.due == card.due
    assert ours.recall == pytest.approx(scheduler.get_card_retrievability(card, NINE + A_DAY * 20))


def test_right_answers_move_the_review_away_and_a_wrong_one_brings_it_near() -> None:
    gaps, day = [], 0.0
    history: list[tuple[float, float]] = []
    for _ in range(5):
        history.append((day, 1))
        memory = memory_of(answered(*history), NINE)
        assert memory is not None
        gaps.append((memory.due - NINE) / A_DAY - day)
        day += gaps[-1]
    assert gaps == sorted(gaps)
    assert gaps[-1] > 10 * gaps[0]
    slip = memory_of(answered(*history, (day, 0)), NINE)
    assert slip is not None
    assert (slip.due - NINE) / A_DAY - day < gaps[-1] / 4


def test_the_order_in_which_answers_are_read_does_not_matter() -> None:
    answers = answered((0, 1), (3, 0), (4, 0.5), (9, 1))
    assert memory_of(answers, NINE) == memory_of(answers[::-1], NINE)
    assert memory_of([], NINE) is None
    with pytest.raises(ValueError, match="naive"):
        memory_of([Answered("x", datetime(2026, 1, 1), 1.0)], NINE)  # noqa: DTZ001


def test_a_day_of_review_takes_the_least_remembered_first_and_what_was_not_met_before() -> None:
    due = {
        "cps.1": Memory(NINE - A_DAY, 0.8),
        "cps.2": Memory(NINE - A_DAY, 0.5),
        "cps.3": Memory(NINE + A_DAY, 0.95),  # not yet
        "km.1": Memory(NINE, 0.89),
    }
    pool = {
        "a-met": ("cps.2",),
        "b-new": ("cps.2",),
        "c-old": ("cps.1",),
        "d-newer": ("cps.1",),
        "e": ("cps.3",),
        "f": ("km.1", "cps.9"),
    }
    met = {"a-met": NINE - A_DAY, "c-old": NINE - 9 * A_DAY, "d-newer": NINE - 2 * A_DAY, "f": NINE}
    assert items_for_today(due, pool, met, NINE) == ("b-new", "c-old", "f")


def test_a_day_of_review_has_an_end_and_one_item_may_serve_two_clauses() -> None:
    due = {f"cps.{n}": Memory(NINE, n / 100) for n in range(30)}
    pool = {f"item-{n}": (f"cps.{n}",) for n in range(30)} | {"a-both": ("cps.0", "cps.1")}
    today = items_for_today(due, pool, {}, NINE)
    assert len(today) == MOST_A_DAY
    assert today[:2] == ("a-both", "item-2")
    assert items_for_today({}, pool, {}, NINE) == ()
    assert items_for_today(due, {}, {}, NINE) == ()
