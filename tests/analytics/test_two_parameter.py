"""2PL against R's ltm on LSAT, parameters found again in simulated crowds, and every reason to withhold."""

import math

import numpy as np
import pandas as pd
import pytest

from cps_training.analytics import latent
from cps_training.analytics import two_parameter as module
from cps_training.analytics.two_parameter import STATUSES, two_parameter
from tests.analytics.tables import lsat, simulated, table

SLOPES = np.tile([0.6, 0.9, 1.2, 1.5, 2.0], 6)
DIFFICULTIES = np.repeat(np.linspace(-1.5, 1.5, 6), 5)


@pytest.fixture(scope="module")
def crowd() -> pd.DataFrame:
    """What is found from 2,000 people × 30 items."""
    return two_parameter(table(simulated(2000, SLOPES, DIFFICULTIES, seed=11)))


def test_lsat_is_as_ltm_fits_it():
    # summary(ltm(LSAT ~ z1)), R package ltm (Rizopoulos 2006, J. Stat. Softw. 17(5)): value, std.err
    found = two_parameter(table(lsat()))
    np.testing.assert_allclose(found["a"], [0.8254, 0.7229, 0.8905, 0.6886, 0.6575], atol=2e-3)
    np.testing.assert_allclose(found["b"], [-3.3597, -1.3696, -0.2799, -1.8659, -3.1236], atol=5e-3)
    np.testing.assert_allclose(found["se_a"], [0.2581, 0.1867, 0.2326, 0.1852, 0.2100], atol=1e-3)
    np.testing.assert_allclose(found["se_b"], [0.8669, 0.3073, 0.0997, 0.4341, 0.8700], rtol=5e-3)
    assert found["status"].tolist() == ["fitted"] * 5
    slope, intercept = found["a"].to_numpy(), (-found["a"] * found["b"]).to_numpy()
    likelihood = latent.abilities_of(latent.Answers(lsat(), None), slope, intercept)[1]
    assert likelihood == pytest.approx(-2466.653, abs=1e-3)  # log.Lik as printed there


def test_lsat_is_as_girth_fits_it():
    # girth 0.8.0, twopl_mml with quadrature_n=61: an independent implementation in Python
    found = two_parameter(table(lsat()))
    np.testing.assert_allclose(found["a"], [0.82573, 0.72283, 0.89084, 0.68840, 0.65693], atol=2e-4)
    np.testing.assert_allclose(found["b"], [-3.35872, -1.37005, -0.27973, -1.86643, -3.12587], atol=3e-4)


def test_parameters_are_found_again(crowd):
    assert (crowd["status"] == "fitted").all()
    assert np.corrcoef(crowd["a"], SLOPES)[0, 1] > 0.97
    assert np.abs(crowd["b"] - DIFFICULTIES).mean() < 0.08
    assert abs((crowd["a"] / SLOPES).mean() - 1) < 0.03  # on the scale of the crowd, not shrunk


def test_standard_errors_are_as_large_as_the_errors_are(crowd):
    # standardised errors of 60 parameters: about standard normal
    off = np.r_[(crowd["a"] - SLOPES) / crowd["se_a"], (crowd["b"] - DIFFICULTIES) / crowd["se_b"]]
    assert 0.8 < np.sqrt((off**2).mean()) < 1.25
    assert (np.abs(off) < 1.96).mean() > 0.87


def test_what_was_not_asked_says_nothing():
    # two halves of a pool that share ten items: as good as one crowd, though nobody met all
    right = simulated(3000, SLOPES, DIFFICULTIES, seed=5)
    rows = table(right)
    number = rows["item_id"].str[1:].astype(int) % 3
    odd = rows["person_code"].str[1:].astype(int) % 2
    found = two_parameter(rows[(number == 2) | (number == odd)])
    assert found["n"].tolist() == [3000 if n % 3 == 2 else 1500 for n in range(30)]
    off = np.r_[(found["a"] - SLOPES) / found["se_a"], (found["b"] - DIFFICULTIES) / found["se_b"]]
    assert 0.8 < np.sqrt((off**2).mean()) < 1.25


def test_a_table_without_holes_is_computed_as_one_with_holes():
    right = simulated(400, SLOPES[:6], DIFFICULTIES[::5], seed=3)
    short, long = latent.Answers(right, None), latent.Answers(right, np.ones_like(right))
    for one, other in zip(
        latent.improved(short, SLOPES[:6], DIFFICULTIES[:6]),
        latent.improved(long, SLOPES[:6], DIFFICULTIES[:6]),
        strict=True,
    ):
        np.testing.assert_allclose(one, other, rtol=1e-9)
    every = np.ones(6, dtype=bool)
    one, other = (latent.covariance_of(table_, SLOPES[:6], np.zeros(6), every) for table_ in (short, long))
    np.testing.assert_allclose(one, other, rtol=1e-7, atol=1e-12)


def test_an_item_that_the_strong_miss_has_a_negative_slope():
    right = simulated(500, SLOPES[:8], DIFFICULTIES[::4], seed=9)
    right[:, 3] = 1 - right[:, 3]
    found = two_parameter(table(right))
    assert found["a"].iloc[3] < -0.5
    assert (found["a"].drop(found.index[3]) > 0).all()


def test_only_full_points_are_right():
    right = lsat()
    half = np.where(right == 0, 0.5, 1.0)
    pd.testing.assert_frame_equal(two_parameter(table(half)), two_parameter(table(right)))


@pytest.mark.parametrize(("people", "status"), [(199, "too-few"), (200, "fitted")])
def test_it_is_withheld_below_two_hundred_responses(people, status):
    found = two_parameter(table(simulated(people, SLOPES[5:10], DIFFICULTIES[10:15], seed=2)))
    assert found["status"].tolist() == [status] * 5
    assert found[["a", "b"]].isna().to_numpy().all() == (status == "too-few")
    assert found["n"].tolist() == [people] * 5


def test_two_items_are_too_few():
    assert two_parameter(table(lsat()[:, :2]))["status"].tolist() == ["too-few"] * 2


def test_who_are_all_right_tell_nothing():
    right = lsat()
    right[:, 1], right[:, 2] = 1, 0
    found = two_parameter(table(right))
    assert found["status"].tolist() == ["fitted", "no-spread", "no-spread", "fitted", "fitted"]
    assert found["a"].notna().tolist() == [True, False, False, True, True]


def test_a_step_is_told_as_a_bound_and_not_as_a_number():
    chance = np.random.default_rng(4)
    ability = chance.normal(size=300)
    right = np.c_[simulated(300, SLOPES[:6], DIFFICULTIES[::5], seed=4)]
    twins = np.repeat((ability > 0.2)[:, None], 3, axis=1).astype(float)
    found = two_parameter(table(np.c_[right, twins]))
    assert found["status"].tolist()[6:] == ["at-bound"] * 3
    assert found[["a", "se_a", "b", "se_b"]].iloc[6:].isna().all(axis=None)


def test_too_few_steps_are_said(monkeypatch):
    monkeypatch.setattr(module, "MAX_STEPS", 3)
    found = two_parameter(table(lsat()))
    assert found["status"].tolist() == ["not-converged"] * 5
    assert found["se_a"].isna().all()
    assert found["a"].notna().all()
    assert set(found["status"]) <= set(STATUSES)


def test_every_step_of_em_raises_the_likelihood():
    answers = latent.Answers(lsat(), None)
    slope, intercept, last = np.full(5, 2.5), np.zeros(5), -math.inf
    for _ in range(12):
        slope, intercept, likelihood = latent.improved(answers, slope, intercept)
        assert likelihood >= last
        last = likelihood


@pytest.mark.parametrize("seed", range(3))
def test_leaps_end_where_plain_steps_end(seed):
    answers = latent.Answers(simulated(250, SLOPES[3:9], DIFFICULTIES[::5], seed), None)
    slope, intercept = np.ones(6), np.zeros(6)
    quick = module._maximum(answers, slope, intercept)
    for _ in range(3000):
        slope, intercept, _ = latent.improved(answers, slope, intercept)
    assert quick[2]
    np.testing.assert_allclose(quick[0], slope, atol=3e-3)
    np.testing.assert_allclose(quick[1], intercept, atol=3e-3)


def test_the_information_is_the_curvature_of_the_likelihood():
    # against second differences of the log likelihood, with and without holes
    right = lsat()
    asked = np.ones_like(right)
    asked[:100, 2] = 0
    found = two_parameter(table(right))
    at = np.r_[found["a"], -found["a"] * found["b"]]
    for answers in (latent.Answers(right, None), latent.Answers(right * asked, asked)):

        def value(point, answers=answers):
            return latent.abilities_of(answers, point[:5], point[5:])[1]

        h, m = 1e-3, 10
        steps = np.eye(m) * h
        curvature = np.array(
            [
                [
                    (value(at + a + b) - value(at + a - b) - value(at - a + b) + value(at - a - b)) / (4 * h * h)
                    for b in steps
                ]
                for a in steps
            ]
        )
        information = np.linalg.inv(latent.covariance_of(answers, at[:5], at[5:], np.ones(5, dtype=bool)))
        np.testing.assert_allclose(information, -curvature, rtol=2e-3, atol=0.05)
