"""All statistics at once: they are those of the single functions, and hang on nothing they should not hang on."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import item_analysis as benchmark
from cps_training.analytics.gain import paired_scores
from cps_training.analytics.item_analysis import item_analysis
from cps_training.analytics.item_statistics import discrimination, facility
from cps_training.analytics.reliability import reliability, weights
from tests.analytics.tables import lsat, row, simulated, table

SLOPES, DIFFICULTIES = np.linspace(0.8, 1.8, 6), np.linspace(-1, 1, 6)


def mixed(seed: int) -> pd.DataFrame:
    """Two forms that share items, people who met items twice, blanks, and a version that changed."""
    rows = table(simulated(300, SLOPES, DIFFICULTIES, seed))
    chance = np.random.default_rng(seed)
    late = rows["person_code"] >= "p00250"
    rows.loc[late & (rows["item_id"] == "i002"), "item_version"] = "v2"
    rows.loc[chance.random(len(rows)) < 0.05, ["is_blank", "fraction", "response_class"]] = [True, 0.0, ""]
    again = rows[rows["item_id"] < "i004"].sample(400, random_state=seed)
    again = again.assign(form="again", at="2026-03-09T02:00:00Z", fraction=1.0, is_blank=False, response_class="a")
    return pd.concat([rows, again], ignore_index=True)


def tables_of(responses: pd.DataFrame) -> dict[str, pd.DataFrame]:
    guesses = {(f"i{n:03d}", "v1"): 0.25 for n in range(6)}
    return vars(item_analysis(responses, guesses=guesses, practice=["practice"]))


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_rows_never_matters(seed):
    responses = mixed(seed)
    for name, found in tables_of(responses).items():
        shuffled = tables_of(responses.sample(frac=1, random_state=seed))[name]
        pd.testing.assert_frame_equal(found, shuffled, rtol=1e-6, obj=name)


def test_what_comes_after_the_first_response_never_matters():
    responses = mixed(3)
    once = responses[responses["form"] == "exam"]
    for name in ("items", "weights", "curves", "distractors"):
        pd.testing.assert_frame_equal(tables_of(responses)[name], tables_of(once)[name], obj=name)


def test_the_names_of_people_never_matter():
    responses = mixed(4)
    renamed = responses.assign(person_code="x" + responses["person_code"].str[::-1])
    for name, found in tables_of(responses).items():
        pd.testing.assert_frame_equal(found, tables_of(renamed)[name], rtol=1e-6, obj=name)


@given(st.lists(st.lists(st.sampled_from([0.0, 0.25, 1.0, math.nan]), min_size=3, max_size=3), min_size=2, max_size=12))
@settings(max_examples=60, deadline=None)
def test_figures_stay_within_their_bounds(scores):
    rows = table(scores, most=[1, 2, 3])
    share = facility(rows, at_least=1)["facility"].dropna()
    assert share.between(0, 1).all()
    assert discrimination(rows, at_least=2)["discrimination"].dropna().between(-1, 1).all()
    told = reliability(rows, at_least=2)
    assert (told["alpha"].dropna() <= 1 + 1e-9).all()
    has = told.dropna(subset=["lower"])
    assert ((has["lower"] <= has["alpha"] + 1e-9) & (has["alpha"] <= has["upper"] + 1e-9)).all()
    shares = weights(rows, at_least=2).groupby("form")
    assert all(abs(total - 1) < 1e-9 for total in shares["intended"].sum())
    assert all(abs(total - 1) < 1e-9 or total == 0 for total in shares["effective"].sum())


def test_every_figure_has_its_n_and_too_few_people_give_nan_and_not_zero():
    found = tables_of(table(lsat()[::250]))  # four people
    items = found["items"]
    assert items["n"].tolist() == items["n_discrimination"].tolist() == items["n_2pl"].tolist() == [4] * 5
    assert items[["facility", "sd", "discrimination", "above_guess", "a", "b"]].isna().all(axis=None)
    assert found["distractors"][["share", "rest", "discrimination"]].isna().all(axis=None)
    assert found["forms"][["alpha", "lower", "upper", "sem", "mean", "sd"]].isna().all(axis=None)
    assert found["weights"]["effective"].isna().all()
    assert found["curves"][["expected", "information", "sem"]].isna().all(axis=None)


def test_practice_blanks_are_dropped_from_every_figure():
    rows = table(lsat()).assign(form="practice")
    blank = pd.DataFrame([row(f"x{n}", "i000", None, is_blank=True, form="practice") for n in range(50)])
    with_blanks, without = tables_of(pd.concat([rows, blank])), tables_of(rows)
    for name, found in without.items():
        pd.testing.assert_frame_equal(found, with_blanks[name], obj=name)


def test_the_plain_pandas_of_the_benchmark_says_the_same():
    # an independent way: groupby and corrwith on the table of people × items
    rows = benchmark.responses(people=400, items=12)
    plain = benchmark.plain(rows)
    found = item_analysis(rows)
    assert benchmark.difference(plain, found) < 1e-9


def test_pairs_do_not_hang_on_the_order_of_rows():
    rows = pd.concat([table(lsat()[::50], form="pre"), table(lsat()[::-50], form="post", at="2026-05-01T00:00:00Z")])
    found = paired_scores(rows, pre="pre", post="post")
    assert len(found) == 20
    pd.testing.assert_frame_equal(found, paired_scores(rows.sample(frac=1, random_state=1), pre="pre", post="post"))
