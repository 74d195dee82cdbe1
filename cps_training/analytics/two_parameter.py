"""2PL item parameters: how hard an item is and how steeply it separates, on the scale of ability. First responses only."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cps_training.analytics.firsts import Bools, Firsts, Floats, first_responses
from cps_training.analytics.latent import MAX_INTERCEPT, MAX_SLOPE, Answers, covariance_of, improved
from cps_training.analytics.withheld import MIN_2PL, MIN_2PL_ITEMS

TOLERANCE = 1e-5
"""A step that changes no parameter by more than this is the last: far below any standard error."""

MAX_STEPS = 600
"""EM steps, after which the status is not-converged. A hundred items need ten, five items some hundred."""

STATUSES = ("fitted", "too-few", "no-spread", "at-bound", "not-converged")


def two_parameter(responses: pd.DataFrame | Firsts, *, at_least: int = MIN_2PL) -> pd.DataFrame:
    """Slope a and difficulty b of each item version: P(right | θ) = 1 / (1 + e^(−a(θ − b))), abilities θ standard normal.

    Marginal maximum likelihood by EM (Bock & Aitkin 1981, Psychometrika 46, 443–459), steps lengthened by SQUAREM (Varadhan &
    Roland 2008, Scand. J. Stat. 35, 335–353), no prior on the items. Right is full points, all else is not right; what a person
    was not asked says nothing. Standard errors from the observed information (latent.covariance_of), of b by the delta method.

    Returns: index (item_id, item_version); columns a, se_a, b (in standard deviations of ability), se_b, n (scored), status:
      fitted         n ≥ at_least and the likelihood has its maximum there
      too-few        n < at_least, or fewer than MIN_2PL_ITEMS items have enough: NaN
      no-spread      everybody right, or everybody wrong: NaN
      at-bound       a is MAX_SLOPE or the intercept at its bound: a step, not a curve: NaN
      not-converged  still moving after MAX_STEPS: the last values, standard errors NaN
    Standard errors are NaN too where the information is not positive definite. A negative a: the strong answer worse.
    """
    firsts = first_responses(responses)
    n = firsts.by_item(where=firsts.is_scored)
    right = firsts.by_item(where=firsts.is_scored & firsts.is_right)
    status = np.where(n < at_least, "too-few", np.where((right == 0) | (right == n), "no-spread", "fitted")).astype(
        object
    )
    use = status == "fitted"
    values = np.full((4, len(n)), np.nan)
    if use.sum() < MIN_2PL_ITEMS:
        status[use] = "too-few"
    else:
        values[:, use], status[use] = _fit(_answers(firsts, use))
    a, se_a, b, se_b = values
    return pd.DataFrame(
        {"a": a, "se_a": se_a, "b": b, "se_b": se_b, "n": n.astype(int), "status": status}, index=firsts.items
    )


def _answers(firsts: Firsts, use: Bools) -> Answers:
    """The table of people and the items used; people without any of them are left out."""
    cells = firsts.is_scored & use[firsts.item]
    column = np.cumsum(use) - 1
    person, people = pd.factorize(firsts.person[cells], sort=True)
    shape = (len(people), int(use.sum()))
    right = np.zeros(shape)
    right[person, column[firsts.item[cells]]] = firsts.is_right[cells]
    if len(person) == right.size:
        return Answers(right, None)
    asked = np.zeros(shape)
    asked[person, column[firsts.item[cells]]] = 1.0
    return Answers(right, asked)


def _fit(answers: Answers) -> tuple[Floats, np.ndarray]:
    """Rows a, se_a, b, se_b, and the status of each item."""
    n = np.full(answers.right.shape[1], len(answers.right)) if answers.asked is None else answers.asked.sum(axis=0)
    share = np.clip(answers.right.sum(axis=0) / n, 0.01, 0.99)
    slope, intercept, has_converged = _maximum(answers, np.ones(len(n)), np.log(share / (1 - share)))
    if slope.sum() < 0:  # abilities counted downwards say the same
        slope = -slope
    at_bound = (np.abs(slope) >= MAX_SLOPE) | (np.abs(intercept) >= MAX_INTERCEPT)
    status = np.where(at_bound, "at-bound", "fitted" if has_converged else "not-converged").astype(object)
    m = len(slope)
    b = np.divide(-intercept, slope, out=np.full(m, np.nan), where=slope != 0)
    errors = np.full((2, m), np.nan)
    if has_converged and not at_bound.all():
        errors[:, ~at_bound] = _errors(answers, slope, intercept, ~at_bound)
    values = np.vstack([slope, errors[0], b, errors[1]])
    values[:, at_bound] = np.nan
    return values, status


def _maximum(answers: Answers, slope: Floats, intercept: Floats) -> tuple[Floats, Floats, bool]:
    """EM with SQUAREM: two steps tell where a third would lead; a leap that loses likelihood is taken back."""
    m = len(slope)
    here = np.concatenate([slope, intercept])

    def step(at: Floats) -> tuple[Floats, float]:
        a, d, likelihood = improved(answers, at[:m], at[m:])
        return np.concatenate([a, d]), likelihood

    for _ in range(MAX_STEPS // 3):
        one, likelihood = step(here)
        first = one - here
        if np.abs(first).max() < TOLERANCE:
            return one[:m], one[m:], True
        two, _ = step(one)
        second = two - one - first
        length = -np.sqrt((first @ first) / max(second @ second, 1e-300))
        leap = here - 2 * min(length, -1.0) * first + min(length, -1.0) ** 2 * second
        leap[:m] = np.clip(leap[:m], -MAX_SLOPE, MAX_SLOPE)
        leap[m:] = np.clip(leap[m:], -MAX_INTERCEPT, MAX_INTERCEPT)
        landed, there = step(leap)
        here = landed if there >= likelihood else two
    return here[:m], here[m:], False


def _errors(answers: Answers, slope: Floats, intercept: Floats, use: Bools) -> Floats:
    """Standard errors of a and b of the items used, the others held where they are."""
    covariance = covariance_of(answers, slope, intercept, use)
    at, m = np.arange(int(use.sum())), int(use.sum())
    a, d, b = covariance[at, at], covariance[at + m, at + m], -intercept[use] / slope[use]
    of_b = (d + b**2 * a + 2 * b * covariance[at, at + m]) / slope[use] ** 2
    return np.asarray(np.sqrt(np.vstack([a, of_b])))
