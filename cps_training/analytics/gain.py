"""What people knew before and after: gain as a share of what was left to gain, and its size against the spread of scores.

Both say how much, neither says why: without another group nobody knows what would have been gained anyway.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from cps_training.analytics.firsts import first_responses
from cps_training.analytics.frames import PAIRS, RESPONSES, FrameError
from cps_training.analytics.withheld import MIN_PAIRS

_HAIR = 1e-9

GAINS = ("gain", "mean_gain", "pre", "post", "n", "n_undefined")
EFFECT = ("g", "difference", "sd", "correlation", "n")


def paired_scores(responses: pd.DataFrame, *, pre: str, post: str) -> pd.DataFrame:
    """Each person's share of the points at the form `pre` and, later, at the form `post`: columns of frames.PAIRS, by person.

    responses: columns of frames.RESPONSES. The first sitting of `pre`, and the first one of `post` that began after it (when both
    are the same form, the second sitting). Within a sitting the first response to an item counts; a blank counts 0. A sitting
    that waits for a marker is left out, and so is who lacks one of the two. Raises FrameError naming missing columns.
    """
    missing = [column for column in RESPONSES if column not in responses.columns]
    if missing:
        raise FrameError(f"the table lacks {', '.join(missing)}; expected {', '.join(RESPONSES)}")
    own = responses[responses["form"].isin([pre, post])]
    began = pd.to_datetime(own["at"], utc=True, format="ISO8601")
    names = ["person_code", "form", "attempt_number"]
    # A sitting stands in for the person: its items are met for the first time in it, whatever was met before.
    sitting = own.groupby(names, sort=True).ngroup()
    firsts = first_responses(own.assign(person_code=sitting))
    points = np.bincount(firsts.person, firsts.points, len(firsts.people))
    most = np.bincount(firsts.person, np.where(firsts.is_scored, firsts.most, 0.0), len(firsts.people))
    waiting = np.bincount(firsts.person, firsts.is_waiting, len(firsts.people)) > 0
    told = own.assign(at=began).groupby(names, sort=True)["at"].min().reset_index()
    told = told.assign(score=np.divide(points, most, out=np.full(len(most), np.nan), where=most > 0))[
        ~waiting & (most > 0)
    ]
    told = told.sort_values(["person_code", "at", "attempt_number"])
    before = told[told["form"] == pre].drop_duplicates("person_code")
    after = told[told["form"] == post].merge(before, on="person_code", suffixes=("", "_before"))
    after = after[after["at"] > after["at_before"]].drop_duplicates("person_code").sort_values("person_code")
    return pd.DataFrame(
        {"person_code": after["person_code"], "pre": after["score_before"], "post": after["score"]}
    ).reset_index(drop=True)


def gains(pairs: pd.DataFrame) -> pd.DataFrame:
    """Normalised gain of each person: (post − pre) / (1 − pre), at most 1; negative, and below −1 too, for who fell.

    NaN for who had everything before: there was nothing to gain. pairs: columns of frames.PAIRS. Returns: index person_code;
    columns pre, post, gain. Raises FrameError naming missing columns, or scores outside 0–1. Hake 1998, Am. J. Phys. 66, 64–74.
    """
    _require_pairs(pairs)
    pre, post = pairs["pre"].to_numpy(dtype=np.float64), pairs["post"].to_numpy(dtype=np.float64)
    left = 1 - pre
    gain = np.divide(post - pre, left, out=np.full(len(pre), np.nan), where=left > _HAIR)
    index = pd.Index(pairs["person_code"], name="person_code")
    return pd.DataFrame({"pre": pre, "post": post, "gain": gain}, index=index).sort_index()


def normalised_gain(pairs: pd.DataFrame, *, at_least: int = MIN_PAIRS) -> pd.Series:
    """Normalised gain of the group: gain = (mean post − mean pre) / (1 − mean pre), Hake's ⟨g⟩; negative when they fell.

    mean_gain: mean of the persons' own gains (gains), which is another figure (Bao 2006, Am. J. Phys. 74, 917–922): those
    with a full pre-score have none and are counted in n_undefined. Returns a Series: gain, mean_gain, pre, post (means),
    n, n_undefined. NaN for n < at_least, and gain when everybody had everything before.
    """
    own = gains(pairs)
    n, undefined = len(own), int(own["gain"].isna().sum())
    if n < max(at_least, 1):
        return pd.Series([math.nan] * 4 + [n, undefined], index=list(GAINS))
    pre, post = math.fsum(own["pre"]) / n, math.fsum(own["post"]) / n
    gain = (post - pre) / (1 - pre) if 1 - pre > _HAIR else math.nan
    mean = math.fsum(own["gain"].dropna()) / (n - undefined) if n - undefined >= max(at_least, 1) else math.nan
    return pd.Series([gain, mean, pre, post, n, undefined], index=list(GAINS))


def hedges_g(pairs: pd.DataFrame, *, at_least: int = MIN_PAIRS) -> pd.Series:
    """Hedges' g for paired scores: g = J·(mean post − mean pre)/s, s = √((s²_pre + s²_post)/2), J = 1 − 3/(4·2(n − 1) − 1).

    The spread is that of people, not of differences (d_av, as in Lakens 2013, Front. Psychol. 4, 863, and pingouin): a strong
    correlation of pre and post does not make it larger, so that it may stand beside other courses. J: Hedges 1981, J. Educ.
    Stat. 6, 107–128. pairs: columns of frames.PAIRS. Returns a Series: g (positive when post is higher), difference (of
    the means, in shares), sd (s), correlation (of pre and post; NaN when either does not vary), n. NaN for n < at_least; g when
    nobody differs from anybody. Raises FrameError as gains does.
    """
    own = gains(pairs)
    n = len(own)
    if n < max(at_least, 2):
        return pd.Series([math.nan] * 4 + [n], index=list(EFFECT))
    pre, post = own["pre"].to_numpy(), own["post"].to_numpy()
    difference = math.fsum(post) / n - math.fsum(pre) / n
    spread_pre, spread_post = float(pre.var(ddof=1)), float(post.var(ddof=1))
    sd = math.sqrt((spread_pre + spread_post) / 2)
    together = float(((pre - pre.mean()) * (post - post.mean())).sum() / (n - 1))
    both = math.sqrt(spread_pre * spread_post)
    correction = 1 - 3 / (4 * 2 * (n - 1) - 1)
    g = correction * difference / sd if sd > _HAIR else math.nan
    return pd.Series([g, difference, sd, together / both if both > _HAIR**2 else math.nan, n], index=list(EFFECT))


def _require_pairs(pairs: pd.DataFrame) -> None:
    missing = [column for column in PAIRS if column not in pairs.columns]
    if missing:
        raise FrameError(f"the table lacks {', '.join(missing)}; expected {', '.join(PAIRS)}")
    twice = pairs["person_code"][pairs["person_code"].duplicated()]
    if len(twice):
        raise FrameError(f"{twice.iloc[0]} stands there twice; expected one row a person")
    for column in ("pre", "post"):
        outside = pairs[~pairs[column].between(-_HAIR, 1 + _HAIR)]
        if len(outside):
            raise FrameError(
                f"{outside['person_code'].iloc[0]}: {column} is {outside[column].iloc[0]}; expected 0 to 1"
            )
