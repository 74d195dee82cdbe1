"""The Angoff cut: worked by hand, and what a panel must be told before it is taken."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cps_training.assessment.standard_setting import angoff

JUDGES = ("a", "b", "c", "d", "e")
CHANCES = {
    "one": (0.60, 0.70, 0.65, 0.55, 0.75),
    "two": (0.40, 0.50, 0.45, 0.35, 0.55),
    "three": (0.90, 0.80, 0.85, 0.95, 0.80),
    "four": (0.30, 0.75, 0.50, 0.45, 0.60),
}


def test_a_cut_worked_by_hand() -> None:
    """Judges' sums over four items: 2.20, 2.75, 2.45, 2.30, 2.70 → their cuts 0.55, 0.6875, 0.6125, 0.575, 0.675; mean 0.62;
    squared deviations 0.0049, 0.00455625, 0.00005625, 0.002025, 0.003025, sum 0.0145625, /4 = 0.003640625, root 0.0603376, /√5."""
    cut = angoff(JUDGES, CHANCES)
    assert cut.share == pytest.approx(0.62)
    assert list(cut.by_judge.values()) == pytest.approx([0.55, 0.6875, 0.6125, 0.575, 0.675])
    assert cut.standard_error == pytest.approx(0.0603376 / math.sqrt(5), abs=1e-6)
    assert [one.mean for one in cut.items] == pytest.approx([0.65, 0.45, 0.86, 0.52])
    assert [one.item_id for one in cut.disputed] == ["four"]  # 0.30 to 0.75
    assert cut.is_enough


def test_four_judges_are_not_a_panel() -> None:
    cut = angoff(JUDGES[:4], {name: row[:4] for name, row in CHANCES.items()})
    assert not cut.is_enough
    assert angoff(("a",), {"one": (0.5,)}).standard_error is None


@pytest.mark.parametrize("row", [(0.5,), (0.5, 1.2), (-0.1, 0.5), (0.5, 0.5, 0.5), (0.5, float("nan"))])
def test_a_missing_or_impossible_chance_is_no_judgement(row: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="one: expected 2 chances"):
        angoff(("a", "b"), {"one": row})


@given(st.lists(st.lists(st.floats(0, 1), min_size=3, max_size=3), min_size=1, max_size=12))
def test_the_cut_lies_among_the_judges_and_does_not_depend_on_order(rows: list[list[float]]) -> None:
    chances = {f"i{n}": tuple(row) for n, row in enumerate(rows)}
    cut = angoff(("a", "b", "c"), chances)
    assert min(cut.by_judge.values()) - 1e-9 <= cut.share <= max(cut.by_judge.values()) + 1e-9
    turned = angoff(("c", "b", "a"), {name: row[::-1] for name, row in reversed(chances.items())})
    assert turned.share == pytest.approx(cut.share)
