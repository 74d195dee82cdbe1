"""Before a visit: which clauses come first, and which at most five items ask about them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cps_training.assessment.mastery import Mastery
from cps_training.assessment.refresher import MOST_ITEMS, in_need, items_for_visit
from cps_training.assessment.review import Memory

NINE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
A_DAY = timedelta(days=1)
FRESH, FADED, GONE = Memory(NINE + A_DAY, 0.95), Memory(NINE - A_DAY, 0.85), Memory(NINE - 9 * A_DAY, 0.4)


def test_what_was_forgotten_comes_first_then_what_is_weak_then_what_is_new_and_last_what_sits() -> None:
    found = {
        "sits": Mastery("mastered", 0.9, 4, FRESH),
        "new": Mastery("not_started", None, 0),
        "weak": Mastery("in_progress", 0.2, 3, FRESH),
        "half": Mastery("in_progress", 0.6, 3, FRESH),
        "one-answer": Mastery("in_progress", None, 1, FRESH),
        "gone": Mastery("in_progress", 0.4, 2, GONE),
        "faded": Mastery("fading", 0.9, 4, FADED),
        "sits-less": Mastery("mastered", 0.9, 4, Memory(NINE + A_DAY, 0.91)),
    }
    listed = [*found, "unknown-yet"]
    assert in_need(listed, found, NINE) == (
        "gone", "faded", "weak", "one-answer", "half", "new", "unknown-yet", "sits-less", "sits",
    )  # fmt: skip


def test_where_nothing_tells_clauses_apart_they_stay_as_the_visit_lists_them() -> None:
    assert in_need(["b", "a", "c", "a"], {}, NINE) == ("b", "a", "c")


def test_every_clause_gets_an_item_before_one_gets_a_second() -> None:
    pool = {"a1": ("a",), "a2": ("a",), "a3": ("a",), "b1": ("b",), "b2": ("b",), "c1": ("c",), "x": ("other",)}
    assert items_for_visit(["c", "a", "b"], pool, {}, NINE) == ("c1", "a1", "b1", "a2", "b2")


def test_an_item_over_two_clauses_serves_both() -> None:
    pool = {"ab": ("a", "b"), "b9": ("b",), "c1": ("c",)}
    assert items_for_visit(["a", "b", "c"], pool, {}, NINE) == ("ab", "c1", "b9")


def test_items_never_met_come_first_then_the_one_met_longest_ago() -> None:
    pool = {"a-yesterday": ("a",), "b-long-ago": ("a",), "c-never": ("a",)}
    met = {"a-yesterday": NINE - A_DAY, "b-long-ago": NINE - 30 * A_DAY}
    assert items_for_visit(["a"], pool, met, NINE) == ("c-never", "b-long-ago", "a-yesterday")


def test_there_may_be_fewer_than_five_or_none() -> None:
    assert items_for_visit(["a"], {"a1": ("a",)}, {}, NINE) == ("a1",)
    assert items_for_visit(["a"], {"b1": ("b",)}, {}, NINE) == ()
    assert items_for_visit([], {"b1": ("b",)}, {}, NINE) == ()


CLAUSES = st.sampled_from([f"cps.{n}" for n in range(6)])
POOLS = st.dictionaries(
    st.integers(0, 40).map(lambda n: f"item-{n:02}"), st.lists(CLAUSES, min_size=1, max_size=3, unique=True).map(tuple)
)
MET = st.dictionaries(
    st.integers(0, 40).map(lambda n: f"item-{n:02}"), st.integers(0, 400).map(lambda days: NINE - A_DAY * days)
)


@given(st.lists(CLAUSES, unique=True), POOLS, MET)
def test_whatever_the_pool_the_choice_is_fair_and_always_the_same(
    clauses: list[str], pool: dict[str, tuple[str, ...]], met: dict[str, datetime]
) -> None:
    chosen = items_for_visit(clauses, pool, met, NINE)
    about = {item: set(of) & set(clauses) for item, of in pool.items()}
    fitting = [item for item, of in about.items() if of]
    assert len(chosen) == len(set(chosen)) == min(MOST_ITEMS, len(fitting))
    assert set(chosen) <= set(fitting)
    assert items_for_visit(clauses, dict(reversed(pool.items())), met, NINE) == chosen
    covered: set[str] = set()
    for number, item in enumerate(chosen):
        if not about[item] - covered:  # a second one for all its clauses: nobody waits who could have had a first
            left = [other for other in fitting if other not in chosen[:number]]
            assert not [other for other in left if about[other] - covered]
        covered |= about[item]


@given(
    st.lists(CLAUSES),
    st.dictionaries(
        CLAUSES, st.tuples(st.sampled_from(["in_progress", "mastered"]), st.floats(0, 1), st.integers(-9, 9))
    ),
)
def test_no_clause_is_lost_or_doubled_and_nothing_comes_before_what_was_forgotten(
    clauses: list[str], known: dict[str, tuple[str, float, int]]
) -> None:
    found = {
        c: Mastery(state, level, 3, Memory(NINE + A_DAY * days, level)) for c, (state, level, days) in known.items()
    }  # type: ignore[arg-type]
    order = in_need(clauses, found, NINE)
    assert sorted(order) == sorted(set(clauses))
    is_due = [c in found and found[c].memory.is_due(NINE) for c in order]  # type: ignore[union-attr]
    assert is_due == sorted(is_due, reverse=True)
