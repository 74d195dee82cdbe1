"""Kendall's tau-b against published values and against its definition."""

from __future__ import annotations

import math
from itertools import product

import pytest

from cps_training.casework.ranking import tau_b

TUNA_L = (44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1)
TUNA_PANEL = (2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8)


@pytest.mark.parametrize(
    ("ours", "theirs", "published"),
    [
        # scipy.stats.kendalltau, the example of its documentation: ties on both sides
        ((12, 2, 1, 12, 2), (1, 4, 7, 1, 0), -0.47140452079103173),
        # Hollander & Wolfe, Nonparametric Statistical Methods (1973), p. 187, as in R's help of cor.test: no ties, T = 26
        (TUNA_L, TUNA_PANEL, 0.4444444),
        # by hand: 3 pairs, 2 alike, 1 tied for the expert only: 2 ÷ √(3·2)
        ((1, 2, 3), (1, 2, 2), 0.8164965809),
        # by hand: 6 pairs, two ties each side, 4 alike: 4 ÷ √(4·4)
        ((1, 1, 2, 2), (1, 1, 2, 2), 1.0),
        ((1, 2, 3, 4), (4, 3, 2, 1), -1.0),
    ],
)
def test_published_values(ours, theirs, published):
    assert tau_b(ours, theirs) == pytest.approx(published, abs=5e-8)


def defined(ours, theirs):
    """Σ sign·sign ÷ √(Σ sign² · Σ sign²) over all ordered pairs: the definition itself."""
    both = one = other = 0
    for i, j in product(range(len(ours)), repeat=2):
        a, b = (ours[i] > ours[j]) - (ours[i] < ours[j]), (theirs[i] > theirs[j]) - (theirs[i] < theirs[j])
        both, one, other = both + a * b, one + a * a, other + b * b
    return both / math.sqrt(one * other) if one and other else None


def test_every_ranking_of_four_things_agrees_with_the_definition():
    rankings = list(product((1, 2, 3), repeat=4))
    for ours, theirs in product(rankings, rankings[::7]):
        expected = defined(ours, theirs)
        assert tau_b(ours, theirs) == (expected if expected is None else pytest.approx(expected)), (ours, theirs)


@pytest.mark.parametrize(("ours", "theirs"), [((), ()), ((1,), (1,)), ((1, 1, 1), (1, 2, 3)), ((1, 2), (5, 5))])
def test_where_nothing_is_ordered_there_is_no_tau(ours, theirs):
    assert tau_b(ours, theirs) is None


def test_rankings_of_different_length_are_refused():
    with pytest.raises(ValueError, match="zip"):
        tau_b((1, 2, 3), (1, 2))
