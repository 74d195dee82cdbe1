"""The arithmetic of the two-parameter logistic model: expected tables, one improvement, standard errors. Arrays in, arrays out.

P(θ) = 1 / (1 + e^−(aθ + d)), b = −d/a; abilities are standard normal, summed over NODES (Bock & Aitkin 1981). Knows no frame.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cps_training.analytics.firsts import Bools, Floats

NODES: Floats = np.linspace(-5, 5, 41)
"""Abilities at which the normal distribution is summed: a quarter apart, finer than anybody's ability is known from 100 items,
and out to where fewer than one of a million people are."""

MAX_SLOPE = 6.0
"""Steeper than this a curve is a step, and no data of this size tells its steepness: the slope stands at its bound."""

MAX_INTERCEPT = 15.0
_NEWTON_STEPS = 2
_LARGEST_STEP = 1.0
_LOG_PRIOR: Floats = -0.5 * NODES**2 - np.log(np.exp(-0.5 * NODES**2).sum())


@dataclass(frozen=True)
class Answers:
    """right: people × items, 1 for right, 0 for wrong or not asked. asked: the same shape, 1 where asked; None: all were."""

    right: Floats
    asked: Floats | None


def abilities_of(answers: Answers, slope: Floats, intercept: Floats) -> tuple[Floats, float]:
    """How probable each node is for each person (people × nodes, rows sum to 1), and the log likelihood of all answers."""
    z = np.outer(NODES, slope) + intercept
    missed = -np.logaddexp(0, z)
    weight = answers.right @ z.T
    if answers.asked is None:
        weight += missed.sum(axis=1) + _LOG_PRIOR
    else:
        weight += answers.asked @ missed.T
        weight += _LOG_PRIOR
    top = weight.max(axis=1, keepdims=True)
    weight -= top
    np.exp(weight, out=weight)
    whole = weight.sum(axis=1, keepdims=True)
    weight /= whole
    return weight, float((np.log(whole) + top).sum())


def improved(answers: Answers, slope: Floats, intercept: Floats) -> tuple[Floats, Floats, float]:
    """One EM step: slopes and intercepts of a higher likelihood, and the log likelihood of the ones given."""
    posterior, likelihood = abilities_of(answers, slope, intercept)
    right = answers.right.T @ posterior
    asked = posterior.sum(axis=0) if answers.asked is None else answers.asked.T @ posterior
    slope, intercept = slope.copy(), intercept.copy()
    for _ in range(_NEWTON_STEPS):
        p = chances(slope, intercept)
        left, spread = right - asked * p, asked * p * (1 - p)
        to_a, to_d = left @ NODES, left.sum(axis=1)
        aa, ad, dd = spread @ NODES**2, spread @ NODES, spread.sum(axis=1)
        whole = np.maximum(aa * dd - ad * ad, 1e-12)
        slope += np.clip((dd * to_a - ad * to_d) / whole, -_LARGEST_STEP, _LARGEST_STEP)
        intercept += np.clip((aa * to_d - ad * to_a) / whole, -_LARGEST_STEP, _LARGEST_STEP)
        np.clip(slope, -MAX_SLOPE, MAX_SLOPE, out=slope)
        np.clip(intercept, -MAX_INTERCEPT, MAX_INTERCEPT, out=intercept)
    return slope, intercept, likelihood


def chances(slope: Floats, intercept: Floats) -> Floats:
    """P(right) of each item at each node: items × nodes."""
    return np.asarray(1 / (1 + np.exp(-(np.outer(slope, NODES) + intercept[:, None]))))


def covariance_of(answers: Answers, slope: Floats, intercept: Floats, use: Bools) -> Floats:
    """Covariance of the slopes, then the intercepts, of the items used (the others held where they are), from the observed information (Louis 1982, J. R. Stat. Soc. B 44, 226–233).

    Observed = of the complete data − of what is missing (the abilities): I = Σ W tt' − Σᵢ Var(sᵢ | answers of i), with t = (θ, 1)
    and s = (x − P)·t. All NaN where that is not positive definite: then the maximum is not one.
    """
    posterior, _ = abilities_of(answers, slope, intercept)
    p = chances(slope, intercept)
    m = len(slope)
    asked = posterior.sum(axis=0) if answers.asked is None else answers.asked.T @ posterior
    spread = asked * p * (1 - p)
    information = np.zeros((2 * m, 2 * m))
    at = np.arange(m)
    information[at, at] = spread @ NODES**2
    information[at, at + m] = information[at + m, at] = spread @ NODES
    information[at + m, at + m] = spread.sum(axis=1)
    powers = _squares(answers, posterior, p)
    information -= np.block([[powers[2], powers[1]], [powers[1], powers[0]]])
    scores = np.hstack([_scores(answers, posterior, p, 1), _scores(answers, posterior, p, 0)])
    information += scores.T @ scores
    both = np.concatenate([use, use])
    information = information[np.ix_(both, both)]
    try:
        np.linalg.cholesky(information)
        return np.asarray(np.linalg.inv(information))
    except np.linalg.LinAlgError:
        return np.full_like(information, np.nan)


def _scores(answers: Answers, posterior: Floats, p: Floats, power: int) -> Floats:
    """Σ over the nodes of posterior·(x − P)·θ^power: people × items."""
    weighted = posterior * NODES**power
    expected = weighted @ p.T
    if answers.asked is not None:
        expected *= answers.asked
    return np.asarray(answers.right * weighted.sum(axis=1, keepdims=True) - expected)


def _squares(answers: Answers, posterior: Floats, p: Floats) -> list[Floats]:
    """For the powers 0, 1, 2 of θ: Σ over people and nodes of posterior·(x − P)(x − P)'·θ^power, items × items."""
    found = []
    if answers.asked is not None:
        found = [np.zeros((len(p), len(p))) for _ in range(3)]
        for node, theta in enumerate(NODES):
            left = (answers.right - answers.asked * p[:, node]) * np.sqrt(posterior[:, node])[:, None]
            square = left.T @ left
            for power in range(3):
                found[power] += square * theta**power
        return found
    right, people = answers.right.T @ posterior, posterior.sum(axis=0)
    for power in range(3):
        weight = NODES**power
        moment = posterior @ weight
        square = (answers.right * moment[:, None]).T @ answers.right
        crossed = (right * weight) @ p.T
        found.append(np.asarray(square - crossed - crossed.T + (p * (people * weight)) @ p.T))
    return found
