"""Gain and effect size of pairs against published examples, and how pairs are found among responses."""

import math

import numpy as np
import pandas as pd
import pytest

from cps_training.analytics.frames import PAIRS, FrameError
from cps_training.analytics.gain import gains, hedges_g, normalised_gain, paired_scores
from tests.analytics.tables import row


def pairs(pre, post) -> pd.DataFrame:
    return pd.DataFrame({"person_code": [f"p{n:03d}" for n in range(len(pre))], "pre": pre, "post": post})


def test_the_gain_of_a_published_course():
    # BMC Medical Education 2021, 21:210, table 1: of 20 marks 11.1 gained, 225.8 % of the pre-test; printed: g = 0.73
    pre = 11.1 / 2.258 / 20
    found = normalised_gain(pairs([pre] * 12, [pre + 11.1 / 20] * 12))
    assert math.floor(found["gain"] * 100) / 100 == 0.73
    assert found["n"] == 12


def test_the_gain_of_the_group_is_not_the_mean_of_the_gains():
    found = normalised_gain(pairs([0.2, 0.8] * 5, [0.6, 0.8] * 5))
    assert found["gain"] == pytest.approx((0.7 - 0.5) / 0.5)
    assert found["mean_gain"] == pytest.approx((0.5 + 0) / 2)


def test_who_fell_has_a_negative_gain_that_is_shown():
    found = gains(pairs([0.5, 0.9], [0.25, 0.4]))["gain"]
    assert found.tolist() == pytest.approx([-0.5, -5])
    assert normalised_gain(pairs([0.5] * 10, [0.25] * 10))["gain"] == pytest.approx(-0.5)


def test_a_full_pre_score_has_no_gain_and_is_counted():
    found = normalised_gain(pairs([1.0] * 2 + [0.5] * 10, [0.5] * 2 + [1.0] * 10))
    assert gains(pairs([1.0], [0.0]))["gain"].isna().all()
    assert (found["n"], found["n_undefined"], found["mean_gain"]) == (12, 2, 1.0)
    assert math.isnan(normalised_gain(pairs([1.0] * 12, [1.0] * 12))["gain"])
    assert math.isnan(normalised_gain(pairs([1.0] * 3 + [0.5] * 9, [1.0] * 12))["mean_gain"])  # nine gains


def test_hedges_g_is_that_of_pingouin():
    # pingouin.compute_effsize([1, …, 7], [1, 3, …, 13], paired=True, eftype="hedges") = −0.8222477210374874 (first minus second)
    found = hedges_g(pairs(np.arange(1, 8) / 20, np.arange(1, 14, 2) / 20), at_least=7)
    assert found["g"] == pytest.approx(0.8222477210374874)
    assert found["correlation"] == pytest.approx(1)
    assert found["difference"] == pytest.approx(3 / 20)


def test_g_does_not_hang_on_the_scale_or_on_the_correlation():
    pre = np.linspace(0, 0.5, 12)
    together, against = hedges_g(pairs(pre, pre + 0.1)), hedges_g(pairs(pre, pre[::-1] + 0.1))
    assert together["g"] == pytest.approx(against["g"])
    assert (together["correlation"], against["correlation"]) == pytest.approx((1, -1))
    assert hedges_g(pairs(pre / 2, pre / 2 + 0.05))["g"] == pytest.approx(together["g"])
    assert hedges_g(pairs(pre + 0.1, pre))["g"] == pytest.approx(-together["g"])


def test_g_is_undefined_when_nobody_differs():
    found = hedges_g(pairs([0.5] * 10, [0.75] * 10))
    assert math.isnan(found["g"])
    assert found["difference"] == 0.25


@pytest.mark.parametrize("statistic", [normalised_gain, hedges_g])
def test_both_are_withheld_below_ten_people(statistic):
    pre, post = np.linspace(0, 0.5, 10), np.linspace(0.3, 0.9, 10)
    assert statistic(pairs(pre, post)).notna().all()
    few = statistic(pairs(pre[:9], post[:9]))
    assert few["n"] == 9
    assert few.drop(["n", "n_undefined"], errors="ignore").isna().all()


def test_what_cannot_be_pairs_is_named():
    with pytest.raises(FrameError, match="post"):
        gains(pd.DataFrame({"person_code": [], "pre": []}))
    with pytest.raises(FrameError, match="p000 stands there twice"):
        gains(pd.concat([pairs([0], [1])] * 2))
    with pytest.raises(FrameError, match=r"p001: post is 70"):
        gains(pairs([0, 0], [1, 70]))


def sitting(person: str, form: str, number: int, day: int, *fractions: float | None, **changes) -> list[dict]:
    at = f"2026-03-{day:02d}T02:00:00Z"
    return [
        row(person, f"i{place}", fraction, form=form, attempt_number=number, at=at, **changes)
        for place, fraction in enumerate(fractions)
    ]


def test_pairs_are_the_first_before_and_the_first_after():
    rows = [
        *sitting("a", "pre", 1, 2, 0, 1),
        *sitting("a", "pre", 2, 3, 1, 1),
        *sitting("a", "post", 2, 5, 1, 1),  # the one before it was taken too early
        *sitting("a", "post", 1, 1, 0, 0),
        *sitting("b", "pre", 1, 2, 1, 1),
        *sitting("c", "pre", 1, 2, 0, 0),
        *sitting("c", "post", 1, 4, 1, None),  # waits for its marker
        *sitting("d", "post", 1, 4, 1, 1),
        *sitting("e", "pre", 1, 2, 0.5, None, most=3),
        *sitting("e", "post", 1, 9, 1, 0),
    ]
    rows[-3] |= {"is_blank": True}  # e left the second item of pre blank
    for order in (rows, rows[::-1]):
        found = paired_scores(pd.DataFrame(order), pre="pre", post="post")
        assert found.to_dict("list") == {"person_code": ["a", "e"], "pre": [0.5, 0.25], "post": [1.0, 0.5]}


def test_the_same_form_twice_is_its_first_and_its_second_sitting():
    rows = sitting("a", "quiz", 1, 2, 0, 1) + sitting("a", "quiz", 2, 3, 1, 1) + sitting("a", "quiz", 3, 4, 0, 0)
    found = paired_scores(pd.DataFrame(rows), pre="quiz", post="quiz")
    assert found[["pre", "post"]].to_numpy().tolist() == [[0.5, 1.0]]


def test_without_pairs_the_table_is_empty():
    found = paired_scores(pd.DataFrame(sitting("a", "pre", 1, 2, 1)), pre="pre", post="post")
    assert list(found.columns) == list(PAIRS)
    assert normalised_gain(found)["n"] == 0
