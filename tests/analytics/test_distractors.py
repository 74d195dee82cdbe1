"""Who chose what: shares by hand, and the correlation of choosing against numpy's."""

import math

import numpy as np
import pandas as pd
import pytest

from cps_training.analytics.distractors import BLANK, MOST_CLASSES, OTHER, distractors
from tests.analytics.tables import lsat, row, table

KEY = ("q", "v1")


def chosen(words: str, rest: list[float]) -> pd.DataFrame:
    """Item q: who chose which letter (a is right, - a blank), and what they earned on another item."""
    rows = []
    for n, (word, share) in enumerate(zip(words, rest, strict=True)):
        blank = word == "-"
        said = {"is_blank": blank, "response_class": "" if blank else word}
        rows += [row(f"p{n}", "q", None if blank else float(word == "a"), **said), row(f"p{n}", "r", share)]
    return pd.DataFrame(rows)


def test_shares_means_and_correlations_by_hand():
    words, rest = "aaaabbbbc-" * 4, [1, 1, 1, 0.5, 0.5, 0, 0, 0, 1, 0.25] * 4
    found = distractors(chosen(words, rest)).loc[KEY]
    assert found.index.tolist() == ["a", "b", BLANK, "c"]
    assert found["n"].tolist() == [16, 16, 4, 4]
    assert found["share"].tolist() == pytest.approx([0.4, 0.4, 0.1, 0.1])
    assert found["fraction"].tolist() == [1, 0, 0, 0]
    assert found["rest"].tolist()[:2] == pytest.approx([0.875, 0.125])
    assert found["rest"].isna().tolist() == [False, False, True, True]  # 4 people: their mean would tell of them
    for word in "abc":
        indicator = [float(one == word) for one in words]
        assert found.loc[word, "discrimination"] == pytest.approx(np.corrcoef(indicator, rest)[0, 1])


def test_the_correlation_of_the_key_is_the_item_rest_correlation():
    # ltm::descript(LSAT): point biserial with the total, item excluded
    found = distractors(table(lsat())).xs("a", level="response_class")
    np.testing.assert_allclose(found["discrimination"], [0.1128, 0.1532, 0.1728, 0.1444, 0.1216], atol=5e-5)


def test_a_distractor_that_nobody_chose_stands_there():
    found = distractors(chosen("ab" * 6, [1, 0] * 6), {KEY: ["a", "b", "c"], ("absent", "v1"): ["a"]})
    assert found.loc[KEY].index.tolist() == ["a", "b", "c"]
    assert found.loc[(*KEY, "c"), ["n", "n_item", "share"]].tolist() == [0, 12, 0]
    assert math.isnan(found.loc[(*KEY, "c"), "rest"])
    assert "absent" not in found.index.get_level_values(0)


def test_answers_without_end_are_gathered():
    rows = [row(f"p{n:02d}", "q", 0, response_class=f"{n % 20:02d}") for n in range(41)]
    found = distractors(pd.DataFrame(rows)).loc[KEY]
    assert len(found) == MOST_CLASSES + 1
    assert found.loc["00", "n"] == 3
    assert found.loc[OTHER, "n"] == 41 - 3 - 2 * (MOST_CLASSES - 1)
    assert found["n"].sum() == found["n_item"].iloc[0] == 41


def test_what_is_never_scored_has_its_shares_too():
    rows = [row(f"p{n}", "mood", None, most=0, response_class="agree" if n < 9 else "not") for n in range(12)]
    found = distractors(pd.DataFrame(rows)).loc[("mood", "v1")]
    assert found["share"].tolist() == [0.75, 0.25]
    assert found["fraction"].isna().all()


@pytest.mark.parametrize(("people", "share", "correlation"), [(9, False, False), (10, True, False), (30, True, True)])
def test_each_figure_is_withheld_below_its_own_n(people, share, correlation):
    words, rest = ("aab" * 20)[:people], ([1, 0, 0.5] * 20)[:people]
    found = distractors(chosen(words, rest)).loc[(*KEY, "a")]
    assert math.isnan(found["share"]) != share
    assert math.isnan(found["discrimination"]) != correlation
    assert found["n_item"] == people
