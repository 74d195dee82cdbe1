"""Alpha, KR-20, its interval, SEM and weights against published figures."""

import math

import numpy as np
import pandas as pd
import pytest

from cps_training.analytics.distribution import f_quantile, incomplete_beta
from cps_training.analytics.reliability import alpha_interval, reliability, weights
from tests.analytics.tables import lsat, row, table

QUIZ = """1111110110 1011011101 1111011001 0010001000 0000010010
1110111111 1101110111 1111111101 0101111101 1101101110"""
"""Ten students × ten items of K. Wuensch, East Carolina University, StatHelp/KR20.txt: a worked KR-20."""

QUESTIONNAIRE = """11111111111 11111111010 11101101100 11111000100 11110010000 11111000000 01011000010
11100000000 10010000000"""
"""Nine people × eleven items: the complete rows of pingouin's cronbach_wide_missing (from real-statistics.com)."""


def bits(text: str) -> np.ndarray:
    return np.array([[int(bit) for bit in line] for line in text.split()])


def test_kr20_of_the_worked_quiz():
    quiz = bits(QUIZ)
    assert quiz.sum(axis=1).tolist() == [8, 7, 7, 2, 2, 9, 8, 9, 7, 7]
    assert quiz.sum(axis=1).var() == pytest.approx(5.84)  # as printed there
    found = reliability(table(quiz), at_least=10).loc["exam"]
    pq = (quiz.mean(axis=0) * (1 - quiz.mean(axis=0))).sum()
    assert found["alpha"] == pytest.approx(10 / 9 * (1 - pq / 5.84))
    assert found["is_kr20"]


def test_alpha_is_that_of_pingouin_and_psych():
    # pingouin.cronbach_alpha(data, nan_policy="listwise"), checked there against psych::alpha(use="complete.obs")
    found = reliability(table(bits(QUESTIONNAIRE)), at_least=9).loc["exam"]
    assert found["alpha"] == pytest.approx(0.8016949152542373)


@pytest.mark.parametrize(
    ("alpha", "n", "n_items", "interval"),
    [
        (0.5917188485995826, 15, 10, (0.195, 0.840)),  # pingouin's dataset cronbach_alpha
        (
            0.8016949152542373,
            12,
            11,
            (0.581, 0.933),
        ),  # its listwise example; it counts the people before it drops three
    ],
)
def test_intervals_are_those_that_pingouin_prints(alpha, n, n_items, interval):
    assert alpha_interval(alpha, n, n_items) == pytest.approx(interval, abs=5e-4)


def test_alpha_of_lsat_is_that_of_ltm():
    found = reliability(table(lsat())).loc["exam"]
    assert found["alpha"] == pytest.approx(0.2950, abs=5e-5)  # ltm::descript(LSAT)
    assert (found["n"], found["n_items"], found["n_other"]) == (1000, 5, 0)


def test_sem_is_in_shares_of_the_points():
    found = reliability(table(lsat(), most=4)).loc["exam"]
    total = lsat().mean(axis=1)
    assert found["mean"] == pytest.approx(total.mean())
    assert found["sem"] == pytest.approx(total.std(ddof=1) * math.sqrt(1 - 0.2949972), abs=1e-6)


def test_the_interval_has_its_stated_coverage():
    # 400 tests of parallel items with a known alpha of 6·0.25/(1 + 5·0.25) = 2/3; of 95 % intervals 95 % hold it (± 3 se)
    chance, held = np.random.default_rng(7), 0
    for _ in range(400):
        points = chance.normal(size=(40, 1)) * 0.5 + chance.normal(size=(40, 6)) * math.sqrt(0.75)
        c = np.cov(points.T)
        lower, upper = alpha_interval(6 / 5 * (1 - np.trace(c) / c.sum()), 40, 6)
        held += lower < 2 / 3 < upper
    assert 0.917 < held / 400 < 0.983


@pytest.mark.parametrize(
    ("share", "df1", "df2", "value"),
    [(0.95, 5, 10, 3.33), (0.975, 1, 10, 6.94), (0.99, 10, 20, 3.37), (0.95, 1, 1, 161.4), (0.95, 10, 120, 1.91)],
)
def test_f_quantiles_are_those_of_the_tables(share, df1, df2, value):
    assert f_quantile(share, df1, df2) == pytest.approx(value, abs=0.005 if value < 100 else 0.05)


def test_f_quantiles_to_seven_digits():
    # R package statpsych, ci.cronbach(.05, .85, 7, 89): its df are n − 1 and n(r − 1), Bonett's variant
    assert 1 - 0.15 * f_quantile(0.975, 88, 534) == pytest.approx(0.7971254, abs=5e-8)
    assert 1 - 0.15 / f_quantile(0.975, 534, 88) == pytest.approx(0.8931436, abs=5e-8)


def test_f_quantiles_mirror_and_refuse_nonsense():
    assert f_quantile(0.3, 7, 9) * f_quantile(0.7, 9, 7) == pytest.approx(1)
    assert incomplete_beta(0.3, 1, 1) == pytest.approx(0.3)
    assert f_quantile(0.975, 9999, 999_900) == pytest.approx(1.028, abs=1e-3)
    with pytest.raises(ValueError, match="share 1"):
        f_quantile(1, 2, 3)


def test_effective_weights_follow_from_what_ltm_prints():
    # C(item, total) = r·s(item)·s(total), with r "Included" of ltm::descript(LSAT); s(total) cancels
    share = np.array([0.924, 0.709, 0.553, 0.763, 0.870])
    roots = np.sqrt(np.array([0.3620, 0.5668, 0.6184, 0.5344, 0.4354]) * np.sqrt(share * (1 - share)))
    found = weights(table(lsat()))
    np.testing.assert_allclose(found["effective"], roots / roots.sum(), atol=2e-5)
    assert found["intended"].tolist() == pytest.approx([0.2] * 5)


def test_weights_are_of_points_and_an_item_against_the_total_has_none():
    strong = np.arange(40) % 2
    scores = np.c_[strong, strong, strong, 1 - strong]
    found = weights(table(scores, most=[2, 1, 1, 1]))
    assert found["intended"].tolist() == pytest.approx([0.4, 0.2, 0.2, 0.2])
    # by hand: T = 2x + x + x + (1 − x), C ∝ 2·3, 3, 3, −3
    assert found["effective"].tolist()[:3] == pytest.approx(
        [math.sqrt(2) / (2 + math.sqrt(2)), *[1 / (2 + math.sqrt(2))] * 2]
    )
    assert math.isnan(found["effective"].iloc[3])
    assert found["is_negative"].tolist() == [False, False, False, True]


def test_who_had_another_set_of_items_is_counted_and_not_mixed_in():
    rows = table(bits(QUESTIONNAIRE))
    other = [row(f"x{n}", "i000", 1) for n in range(3)]
    waiting = [row("w", f"i{n:03d}", None if n else 1) for n in range(11)]
    found = reliability(pd.concat([rows, pd.DataFrame(other + waiting)]), at_least=9).loc["exam"]
    assert found["alpha"] == pytest.approx(0.8016949152542373)
    assert (found["n"], found["n_other"]) == (9, 4)


def test_forms_are_told_each_by_itself():
    rows = pd.concat([table(lsat()), table(bits(QUIZ), form="quiz", item_version="q")])
    fresh = rows["form"] == "quiz"
    rows.loc[fresh, "person_code"] = "q" + rows.loc[fresh, "person_code"]
    found = reliability(rows)
    assert found["n"].to_dict() == {"exam": 1000, "quiz": 10}
    assert found["alpha"].isna().to_dict() == {"exam": False, "quiz": True}  # 10 people are too few


@pytest.mark.parametrize(("people", "is_told"), [(19, False), (20, True)])
def test_alpha_is_withheld_below_twenty(people, is_told):
    found = reliability(table(lsat()[:: 1000 // people][:people])).loc["exam"]
    assert found[["alpha", "lower", "upper", "sem"]].notna().tolist() == [is_told] * 4
    assert found["n"] == people


def test_alpha_is_undefined_for_one_item_or_when_all_score_the_same():
    assert math.isnan(reliability(table(lsat()[:, :1])).loc["exam", "alpha"])
    same = reliability(table(np.ones((30, 4)))).loc["exam"]
    assert math.isnan(same["alpha"])
    assert same["mean"] == 1


def test_partial_credit_is_alpha_and_not_kr20():
    scores = lsat().copy()
    scores[0, 0] = 0.5
    assert not reliability(table(scores)).loc["exam", "is_kr20"]
    assert not reliability(table(lsat(), most=[2, 1, 1, 1, 1])).loc["exam", "is_kr20"]


def test_the_reason_given_for_withholding_is_true():
    lower, upper = alpha_interval(0.7, 20, 20)
    assert upper - lower == pytest.approx(0.40, abs=0.02)
