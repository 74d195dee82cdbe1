"""Curves against Baker's printed tables (The Basics of Item Response Theory, 2nd ed. 2001) and their own definitions."""

import numpy as np
import pandas as pd
import pytest

from cps_training.analytics.curves import ABILITIES, expected_score, item_curves
from cps_training.analytics.frames import FrameError
from cps_training.analytics.two_parameter import two_parameter
from tests.analytics.tables import lsat, table


def parameters(a, b, n=500, status="fitted") -> pd.DataFrame:
    index = pd.MultiIndex.from_tuples([(f"i{at}", "v1") for at in range(len(a))], names=["item_id", "item_version"])
    return pd.DataFrame({"a": a, "b": b, "n": n, "status": status}, index=index)


def test_a_curve_is_the_one_baker_prints():
    # chapter 2: b = 1.0, a = 0.5
    found = item_curves(parameters([0.5], [1.0]), abilities=range(-3, 4))
    assert found.iloc[:, 0].round(2).tolist() == [0.12, 0.18, 0.27, 0.38, 0.5, 0.62, 0.73]


def test_the_expected_score_is_the_one_baker_prints():
    # chapter 4, four items at ability 1: .73 + .57 + .69 + .62 = 2.61
    found = parameters([0.5, 1.2, 0.8, 1.0], [-1.0, 0.75, 0.0, 0.5])
    assert item_curves(found, abilities=[1.0]).round(2).to_numpy().tolist() == [[0.73, 0.57, 0.69, 0.62]]
    assert expected_score(found, abilities=[1.0])["expected"].iloc[0] * 4 == pytest.approx(2.61, abs=0.01)


def test_information_is_the_squared_slope_over_the_variance():
    found, h = parameters([0.7, 1.8, 1.1], [-1.0, 0.3, 0.9]), 1e-5
    up, here, down = (item_curves(found, abilities=[0.4 + step]).to_numpy() for step in (h, 0, -h))
    wanted = (((up - down) / (2 * h)) ** 2 / (here * (1 - here))).sum()
    told = expected_score(found, abilities=[0.4]).iloc[0]
    assert told["information"] == pytest.approx(wanted, rel=1e-6)
    assert told["sem"] == pytest.approx(wanted**-0.5, rel=1e-6)


def test_chance_and_information_are_those_of_catsim():
    # catsim 0.21.0: irt.icc(0, a, b) and the sum of irt.inf(0, a, b) for (1.2, 0.75) and (0.5, −1)
    found = parameters([1.2, 0.5], [0.75, -1.0])
    assert item_curves(found, abilities=[0.0]).to_numpy()[0].tolist() == pytest.approx([0.2890504974, 0.6224593312])
    assert expected_score(found, abilities=[0.0])["information"].iloc[0] == pytest.approx(0.3546713706)


def test_points_weigh_and_the_fewest_responses_are_told():
    found = parameters([1.0, 1.0], [-9.0, 9.0], n=[300, 250])
    told = expected_score(found, abilities=[0.0], most={("i0", "v1"): 3}).iloc[0]
    assert told["expected"] == pytest.approx(0.75, abs=1e-3)
    assert (told["n_items"], told["n"]) == (2, 250)


def test_the_mean_of_the_expected_scores_of_the_crowd_is_its_mean_score():
    found = expected_score(two_parameter(table(lsat())))
    normal = np.exp(-0.5 * np.array(ABILITIES) ** 2)
    assert (found["expected"] * normal).sum() / normal.sum() == pytest.approx(lsat().mean(), abs=2e-3)
    assert found["expected"].is_monotonic_increasing


def test_only_fitted_items_are_drawn():
    found = parameters([1.0, np.nan, 2.0], [0.0, np.nan, 1.0], status=["fitted", "no-spread", "not-converged"])
    assert item_curves(found).columns.to_list() == [("i0", "v1")]
    assert expected_score(found)["n_items"].unique().tolist() == [1]
    nothing = expected_score(found.iloc[1:])
    assert nothing[["expected", "information", "sem"]].isna().all(axis=None)
    assert nothing["n"].unique().tolist() == [0]
    with pytest.raises(FrameError, match="status"):
        item_curves(found.drop(columns="status"))
