"""All statistics of items and forms at once, from one reading of the responses; and the list of what there is.

STATISTICS is what `docs/reference/statistics.md` describes, one heading a function.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cps_training.analytics.curves import expected_score, item_curves
from cps_training.analytics.distractors import distractors
from cps_training.analytics.firsts import Firsts, first_responses
from cps_training.analytics.gain import gains, hedges_g, normalised_gain, paired_scores
from cps_training.analytics.item_statistics import discrimination, facility, random_guess, random_guess_score
from cps_training.analytics.reliability import reliability, weights
from cps_training.analytics.two_parameter import two_parameter

STATISTICS: tuple[Callable[..., Any], ...] = (
    facility,
    discrimination,
    distractors,
    random_guess,
    random_guess_score,
    reliability,
    weights,
    paired_scores,
    gains,
    normalised_gain,
    hedges_g,
    two_parameter,
    item_curves,
    expected_score,
)


@dataclass(frozen=True)
class ItemAnalysis:
    """items: index (item_id, item_version); columns of facility, discrimination with n_discrimination, of random_guess (guess,
    above_guess), and of two_parameter with n_2pl. The others as the functions of the same names return them; forms: columns of
    reliability, with guess and guess_sd of random_guess_score. Every n stands beside its figure."""

    items: pd.DataFrame
    distractors: pd.DataFrame
    forms: pd.DataFrame
    weights: pd.DataFrame
    curves: pd.DataFrame


def item_analysis(
    responses: pd.DataFrame | Firsts,
    *,
    guesses: Mapping[tuple[str, str], float] | None = None,
    choices: Mapping[tuple[str, str], Collection[str]] | None = None,
    practice: Collection[str] = (),
) -> ItemAnalysis:
    """Every statistic of items and forms over the first responses. See each function for its columns and what is withheld.

    responses: columns of frames.RESPONSES. guesses, choices: by (item_id, item_version), from the bank. practice: forms whose
    blanks are dropped. Raises FrameError naming missing columns.
    """
    firsts = first_responses(responses, practice=practice)
    parameters = two_parameter(firsts)
    items = (
        facility(firsts)
        .join(discrimination(firsts).rename(columns={"n": "n_discrimination"}))
        .join(random_guess(firsts, guesses or {})[["guess", "above_guess"]])
        .join(parameters.rename(columns={"n": "n_2pl"}))
    )
    guessed = random_guess_score(firsts, guesses or {})[["guess", "sd"]].rename(columns={"sd": "guess_sd"})
    return ItemAnalysis(
        items=items,
        distractors=distractors(firsts, choices),
        forms=reliability(firsts).join(guessed),
        weights=weights(firsts),
        curves=expected_score(parameters),
    )
