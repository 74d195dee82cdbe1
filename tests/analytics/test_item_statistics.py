"""Facility, item–rest discrimination and guessing against published output, and what counts as a first response."""

import math

import numpy as np
import pandas as pd
import pytest

from cps_training.analytics.firsts import first_responses
from cps_training.analytics.frames import RESPONSES, FrameError, frame
from cps_training.analytics.item_statistics import discrimination, facility, random_guess, random_guess_score
from tests.analytics.tables import lsat, row, table

KEY = ("q", "v1")


def test_facility_and_item_rest_are_those_that_r_prints_for_lsat():
    # ltm::descript(LSAT), R package ltm (Rizopoulos 2006): proportions of 1, point biserial with the total, item excluded
    assert facility(table(lsat()))["facility"].tolist() == [0.924, 0.709, 0.553, 0.763, 0.870]
    found = discrimination(table(lsat()))
    np.testing.assert_allclose(found["discrimination"], [0.1128, 0.1532, 0.1728, 0.1444, 0.1216], atol=5e-5)
    assert found["n"].tolist() == [1000] * 5


def test_the_rest_leaves_the_item_out_by_its_points():
    # by hand: item 1 (2 points) against the other two (1 point each)
    scores = np.array([[1, 1, 1], [1, 1, 0], [0.5, 0, 1], [0, 0, 0]])
    found = discrimination(table(scores, most=[2, 1, 1]), at_least=4)["discrimination"]
    assert found.iloc[0] == pytest.approx(np.corrcoef([1, 1, 0.5, 0], [2, 1, 1, 0])[0, 1])
    assert found.iloc[1] == pytest.approx(np.corrcoef([1, 1, 0, 0], [3, 2, 2, 0])[0, 1])


def test_people_may_have_had_other_items():
    # the rest is a share, so that a sitting with fewer items is not a weak one
    rows = [row("p1", "q", 1), row("p1", "x", 1), row("p1", "y", 1), row("p2", "q", 0), row("p2", "x", 0)]
    rows += [row("p3", "q", 1), row("p3", "z", 1), row("p4", "q", 0), row("p4", "z", 0)]
    assert discrimination(pd.DataFrame(rows), at_least=2)["discrimination"][KEY] == pytest.approx(1)


def test_only_the_first_response_of_a_person_counts_whatever_the_order_of_rows():
    rows = [
        row("p1", "q", 0, at="2026-03-02T02:00:00+00:00"),
        row("p1", "q", 1, at="2026-03-02T02:00:01Z", attempt_number=2),
        row("p1", "q", 1, at=pd.Timestamp("2026-03-05", tz="UTC"), form="another"),
        row("p2", "q", 1),
    ]
    for rows_now in (rows, rows[::-1]):
        assert facility(pd.DataFrame(rows_now), at_least=1).loc[KEY, ["facility", "n"]].tolist() == [0.5, 2]


def test_a_changed_item_has_only_the_people_who_never_met_the_old_one():
    rows = [row(f"p{n}", "q", 0) for n in range(3)]
    rows += [row("p0", "q", 1, item_version="v2", at="2026-04-01T00:00:00Z"), row("p9", "q", 1, item_version="v2")]
    found = facility(pd.DataFrame(rows), at_least=1)
    assert found["n"].to_dict() == {("q", "v1"): 3, ("q", "v2"): 1}
    assert found["facility"].to_dict() == {("q", "v1"): 0.0, ("q", "v2"): 1.0}


def test_versions_are_pooled_over_forms():
    rows = [row("p1", "q", 1, form="practice"), row("p2", "q", 0, form="exam")]
    assert facility(pd.DataFrame(rows), at_least=1).loc[KEY, ["facility", "n"]].tolist() == [0.5, 2]


def test_a_blank_counts_nothing_in_an_exam_and_is_dropped_in_practice():
    rows = pd.DataFrame(
        [
            row("p1", "q", None, is_blank=True),
            row("p1", "q", 1, at="2026-03-03T00:00:00Z", attempt_number=2),
            row("p2", "q", 1),
        ]
    )
    assert facility(rows, at_least=1).loc[KEY, ["facility", "n", "n_blank"]].tolist() == [0.5, 2, 1]
    practice = facility(first_responses(rows, practice=["exam"]), at_least=1)
    assert practice.loc[KEY, ["facility", "n", "n_blank"]].tolist() == [1, 2, 0]


def test_what_waits_is_counted_apart_and_what_never_counts_is_not_scored():
    rows = [row("p1", "q", None), row("p2", "q", 1), row("p1", "mood", None, most=0), row("p2", "mood", 1, most=0)]
    found = facility(pd.DataFrame(rows), at_least=1)
    assert found.loc[KEY, ["facility", "n", "n_waiting"]].tolist() == [1, 1, 1]
    spread = facility(pd.DataFrame([*rows, row("p3", "q", 0)]), at_least=1).loc[KEY, "sd"]
    assert spread == pytest.approx(math.sqrt(0.5))  # of 1 and 0
    assert found.loc[("mood", "v1"), ["n", "n_waiting"]].tolist() == [0, 0]
    assert math.isnan(found.loc[("mood", "v1"), "facility"])


@pytest.mark.parametrize(("people", "is_told"), [(9, False), (10, True)])
def test_facility_is_withheld_below_ten_and_never_zero(people, is_told):
    found = facility(table(np.zeros((people, 2))))
    assert found["n"].tolist() == [people] * 2
    assert found["facility"].isna().tolist() == [not is_told] * 2


@pytest.mark.parametrize(("people", "is_told"), [(29, False), (30, True)])
def test_discrimination_is_withheld_below_thirty(people, is_told):
    scores = np.arange(people)[:, None] % [2, 3]
    found = discrimination(table(np.minimum(scores, 1)))
    assert found["discrimination"].notna().tolist() == [is_told] * 2


def test_discrimination_is_undefined_where_everybody_has_the_same():
    scores = np.c_[np.ones(40), np.arange(40) % 2, np.arange(40) % 3 == 0]
    assert discrimination(table(scores))["discrimination"].isna().tolist() == [True, False, False]
    assert discrimination(table(np.arange(40)[:, None] % 2)).iloc[0].tolist()[1] == 0  # one item has no rest


def test_a_guesser_stands_at_zero_above_chance():
    rows = table([[1, 1, 0]] * 5 + [[0, 1, 0]] * 5)
    guesses = {("i000", "v1"): 0.5, ("i001", "v1"): 0.25}
    found = random_guess(rows, guesses)
    assert found["above_guess"].tolist()[:2] == [0.0, 1.0]
    assert found["guess"].isna().tolist() == [False, False, True]
    assert math.isnan(found["above_guess"].iloc[2])
    below = random_guess(table([[0]] * 10), {("i000", "v1"): 0.25})["above_guess"].iloc[0]
    assert below == pytest.approx(-1 / 3)


def test_the_score_of_a_guesser_is_that_of_a_binomial():
    # twenty items of four choices: mean 5, standard deviation √(20·¼·¾) = 1.936 (any textbook)
    rows = table(np.ones((3, 20)))
    found = random_guess_score(rows, {(f"i{n:03d}", "v1"): 0.25 for n in range(20)}).loc["exam"]
    assert [found["guess"] * 20, found["sd"] * 20] == pytest.approx([5, 1.9365], abs=1e-4)
    assert (found["n_items"], found["n"]) == (20, 3)
    assert math.isnan(random_guess_score(rows, {}).loc["exam", "guess"])
    heavy = random_guess_score(table([[1, 1]], most=[3, 1]), {("i000", "v1"): 0.5, ("i001", "v1"): 0.0})
    assert heavy.loc["exam", ["guess", "sd"]].tolist() == pytest.approx([0.375, 0.375])


def test_what_is_missing_or_impossible_is_named():
    with pytest.raises(FrameError, match="fraction, most"):
        facility(table([[1]]).drop(columns=["fraction", "most"]))
    with pytest.raises(FrameError, match=r"1\.5"):
        facility(table([[1.5]]))
    twice = pd.concat([table([[1]]), table([[1]], at="yesterday")])
    with pytest.raises(FrameError, match="yesterday"):
        facility(twice)


def test_rows_as_the_desk_hands_them_out_are_understood():
    rows = [row("p1", "q", 1), row("p2", "q", None, is_blank=True), row("p2", "q", 1, at="2026-03-03T00:00:00+00:00")]
    assert facility(frame(rows, RESPONSES), at_least=1).loc[KEY, ["facility", "n", "n_blank"]].tolist() == [0.5, 2, 1]


def test_no_rows_give_empty_tables():
    empty = pd.DataFrame(columns=list(RESPONSES))
    assert list(facility(empty).columns) == ["facility", "sd", "n", "n_blank", "n_waiting"]
    assert len(discrimination(empty)) == len(random_guess_score(empty, {})) == 0
