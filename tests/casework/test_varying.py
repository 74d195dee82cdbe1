"""A case varied by a seed: sound, told as well as the first, different each time, and the same again for the same seed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Any, get_args

import pytest

from cps_training.casework.amounts import Amounts, rounded_like
from cps_training.casework.figures import UnlikeError, spread_over
from cps_training.casework.varying import CHANGED_BY, choose, course, tells_the_same, vary
from cps_training.content.cases.case import CaseSource, ready
from cps_training.content.cases.invariants import mistakes
from cps_training.content.cases.model import FOLDER, Absence, Problem
from cps_training.content.cases.planting import gap, npv
from cps_training.content.cases.reading import read_case
from cps_training.content.cases.rendering import texts_of
from cps_training.errors import KitError
from cps_training.places import shipped
from tests.casework.small_case import small_source

SHIPPED = ("thung-sathit", "ban-chamlong", "wittayalai-tuayang", "doen-rot-sommut", "ban-baepfuek", "nong-sathok")
SEEDS = range(5)
SEVERAL = range(30)


@pytest.fixture(scope="module", params=SHIPPED)
def first(request: pytest.FixtureRequest) -> CaseSource:
    read = read_case(shipped() / FOLDER / request.param, shown_as=request.param)
    assert read.source is not None, read.findings
    return read.source


@pytest.fixture(scope="module")
def varied(first: CaseSource) -> list[CaseSource]:
    return [vary(first, seed) for seed in SEEDS]


def kinds(source: CaseSource) -> set[str]:
    return {problem.kind for problem in source.said.problems}


def last(source: CaseSource) -> dict[str, Any]:
    return list(source.years.values())[-1]


def small(*absent: tuple[str, ...] | None, **figures: dict[str, int]) -> CaseSource:
    """The small case; absent: of its three problems. figures: added to the last year, by table."""
    source = small_source()
    problems = tuple(
        problem.model_copy(update={"absent": one}) for problem, one in zip(source.said.problems, absent, strict=True)
    )
    tables = dict(source.tables)
    for name, added in figures.items():
        *before, row = tables[name]
        tables[name] = (*before, {**row, **{column: row[column] + value for column, value in added.items()}})
    return CaseSource(source.said.model_copy(update={"problems": problems}), source.evidence, tables)


def without(source: CaseSource, kind: str) -> CaseSource:
    """A variation in which that problem is missing."""
    return next(made for made in (vary(source, seed) for seed in SEVERAL) if kind not in kinds(made))


# Every shipped case ---------------------------------------------------------------------------------------------


def test_a_variation_keeps_every_rule_and_fills_every_place(varied: list[CaseSource]) -> None:
    for made in varied:
        assert mistakes(made) == []
        case = ready(made)
        left = [
            text for model in (case.said, *case.papers) for _, text in texts_of(model) if re.search(r"\{[^{}]*\}", text)
        ]
        assert left == []


def test_a_variation_says_what_it_is(first: CaseSource, varied: list[CaseSource]) -> None:
    for seed, made in zip(SEEDS, varied, strict=True):
        said = made.said
        assert (said.case, said.varied_from, said.seed) == (f"{first.said.case}-v{seed}", first.said.case, seed)
        assert said.letter is None


def test_half_of_the_problems_stay_some_go_and_what_tempts_stays(first: CaseSource, varied: list[CaseSource]) -> None:
    always = {problem.kind for problem in first.said.problems if problem.absent is None}
    for made in varied:
        assert always <= kinds(made) < kinds(first)
        assert 2 * len(kinds(made)) >= len(kinds(first))
        assert made.said.red_herrings == first.said.red_herrings
        ranks = {problem.rank for problem in made.said.problems}
        assert ranks == set(range(1, len(ranks) + 1))
    assert len({frozenset(kinds(made)) for made in varied}) > 1


def test_papers_of_missing_problems_are_silent(first: CaseSource, varied: list[CaseSource]) -> None:
    for made in varied:
        case = ready(made)
        gone = kinds(first) - kinds(made)
        assert not gone & set(case.evidence_for)
        assert all(len(paper.lines) >= 3 for paper in case.papers)


def test_the_order_of_what_stays_is_the_experts(first: CaseSource, varied: list[CaseSource]) -> None:
    rank = {problem.kind: problem.rank for problem in first.said.problems}
    for made in varied:
        for one in made.said.problems:
            for other in made.said.problems:
                assert (one.rank < other.rank) == (rank[one.kind] < rank[other.kind])


def test_figures_are_others_but_run_the_same_course(first: CaseSource, varied: list[CaseSource]) -> None:
    assets = [last(made)["total_assets"] for made in (first, *varied)]
    assert len(set(assets)) == len(assets)
    for made in varied:
        assert 0.6 < last(made)["total_assets"] / last(first)["total_assets"] < 1.5
        shown = {name for problem in made.said.problems for name in problem.figures}
        gone = {name for p in first.said.problems if p.kind not in kinds(made) for name in p.figures}
        for name in shown - gone:
            assert course(first, name) in (0, course(made, name)), name


def test_the_same_seed_is_the_same_case(first: CaseSource, varied: list[CaseSource]) -> None:
    assert vary(first, 3).as_json() == varied[3].as_json()


# What a missing problem does to the figures ---------------------------------------------------------------------


def test_every_way_to_be_missing_says_what_it_changes() -> None:
    assert set(CHANGED_BY) == set(get_args(Absence))


def test_borrowing_is_within_the_limit_exactly_where_the_problem_is_missing() -> None:
    source = small_source()
    found = [vary(source, seed) for seed in SEVERAL]
    planted = ["borrowing-over-limit" in kinds(made) for made in found]
    assert [last(made)["borrowings"] > last(made)["borrowing_limit"] for made in found] == planted
    assert {True, False} == set(planted)


def test_participation_stays_at_the_first_years() -> None:
    made = without(small(None, ("participation_held",), None), "no-cash-counts")
    shares = made.ratios["participation_pct"]
    assert shares[2566] == pytest.approx(shares[2565], abs=0.3)
    assert shares[2565] == pytest.approx(70, abs=0.3)


def test_arrears_stay_at_the_first_years_share_and_ages_follow() -> None:
    source = small(None, ("arrears_held",), None)
    made = without(source, "no-cash-counts")
    assert source.ratios["arrears_to_loans_pct"][2566] == pytest.approx(18)
    assert made.ratios["arrears_to_loans_pct"][2566] == pytest.approx(10, abs=0.1)


def test_a_shortage_that_went_away_leaves_its_cash_and_its_profit() -> None:
    short = {"cash_shortage": 20000, "cash_shortage_allowance": 20000}
    source = small(
        None,
        ("shortage_dropped",),
        (),
        balance={
            **short,
            "cash_and_bank": -20000,
            "net_profit": -20000,
            "total_equity": -20000,
            "total_assets": -20000,
        },
        income={"doubtful_debt_expense": 20000, "net_profit": -20000},
        cash_counts={"counted": -20000.0, "difference": -20000.0},
    )
    kept = next(made for made in (vary(source, seed) for seed in SEVERAL) if "no-cash-counts" in kinds(made))
    assert kept.tables["cash_counts"][0]["difference"] == -last(kept)["cash_shortage"] < 0
    made = without(source, "no-cash-counts")
    assert last(made)["cash_shortage"] == last(made)["cash_shortage_allowance"] == 0
    assert made.tables["cash_counts"][0]["difference"] == 0
    assert last(made)["net_profit"] > made.years[2565]["net_profit"]  # it fell, with the shortage charged
    assert last(kept)["net_profit"] < kept.years[2565]["net_profit"]


def test_a_count_that_was_short_agrees_where_the_shortage_is_missing() -> None:
    source = small(None, ("shortage_dropped",), None, cash_counts={"counted": -5000.0, "difference": -5000.0})
    (count,) = without(source, "no-cash-counts").tables["cash_counts"]
    assert count["difference"] == 0
    assert count["counted"] == count["book"] > 0


def test_a_figure_that_turns_round_tells_another_story_unless_its_problem_is_missing() -> None:
    source = small_source()
    turned = small(*[problem.absent for problem in source.said.problems], balance={"borrowings": -400_000})
    assert tells_the_same(source, source, frozenset())
    assert not tells_the_same(source, turned, frozenset())
    raised = small(*[problem.absent for problem in source.said.problems], balance={"borrowing_limit": 1_000_000})
    assert not tells_the_same(source, raised, frozenset())
    assert tells_the_same(source, raised, frozenset(("limit_above_borrowings",)))


# What texts speak of --------------------------------------------------------------------------------------------


def test_a_fact_stays_the_figure_the_sum_or_the_difference_it_was() -> None:
    read = read_case(shipped() / FOLDER / "wittayalai-tuayang", shown_as="c")
    assert read.source is not None
    for seed in SEEDS:
        made = vary(read.source, seed)
        fact = {name: one.value for name, one in made.said.facts.items()}
        soon = [row for row in made.tables["maturity"] if row["bucket"] != "over_12_months"]
        year = last(made)
        undrawn = year["borrowing_limit"] - year["borrowings"]
        assert fact["undrawn_limit"] == undrawn
        assert fact["due_twelve_months"] == sum(row["outflow"] for row in soon)
        found = sum(row["inflow"] for row in soon) + year["cash_and_bank"] + undrawn
        assert fact["gap_twelve_months"] == fact["due_twelve_months"] - found > 0
        assert gap(made.tables["maturity"]) > 0


def test_a_project_stays_as_good_as_it_was() -> None:
    read = read_case(shipped() / FOLDER / "ban-baepfuek", shown_as="e")
    assert read.source is not None
    for seed in SEEDS:
        (row,) = vary(read.source, seed).tables["project"]
        assert npv(row, "cash_net_claimed") > 0 > npv(row, "cash_net_realistic")


def test_amounts_follow_tables_then_other_facts_then_the_money() -> None:
    old, new = small_source(), vary(small_source(), 1)
    money = last(new)["total_assets"] / last(old)["total_assets"]
    amounts = Amounts(old.tables, new.tables, money)
    assert amounts.of(1_482_000) == last(new)["total_equity"]
    assert amounts.of(-1_482_000) == -last(new)["total_equity"]
    one, other = amounts.of(73_100), amounts.of(21_300)
    assert amounts.of(94_400) == one + other
    assert amounts.of(51_800) == one - other


@pytest.mark.parametrize(
    ("value", "new", "rounded"),
    [(6_900_000, 6_042_317, 6_040_000), (186_000, 161_849, 161_800), (412_653, 359_008.4, 359_008), (3, 0.2, 1)],
)
def test_amounts_are_about_as_round_as_they_were(value: int, new: float, rounded: int) -> None:
    assert rounded_like(value, new) == rounded


def test_what_rounding_leaves_goes_to_the_largest_part() -> None:
    assert spread_over(1_000_050, [1, 1, 4], 100) == [166_700, 166_700, 666_650]
    assert spread_over(0, [0, 0], 100) == [0, 0]
    with pytest.raises(UnlikeError):
        spread_over(5, [0, 0], 100)


# Choosing, and what cannot be varied ----------------------------------------------------------------------------


def problems(*absent: tuple[str, ...] | None) -> tuple[Problem, ...]:
    one = small_source().said.problems[0]
    return tuple(one.model_copy(update={"kind": f"k{at}", "absent": how}) for at, how in enumerate(absent))


@pytest.mark.parametrize(
    ("absent", "fewest", "most"),
    [((None, (), (), None), 2, 3), (((), (), ()), 2, 2), ((None, None), 2, 2), (((),), 1, 1), (((),) * 8, 4, 7)],
)
def test_how_many_problems_stay(absent: tuple[Any, ...], fewest: int, most: int) -> None:
    every = problems(*absent)
    counts = [len(choose(every, random.Random(seed))) for seed in range(200)]
    assert (min(counts), max(counts)) == (fewest, most)


def test_a_problem_that_may_be_missing_stays_about_six_times_in_ten() -> None:
    every = problems(*[None] * 9, (), (), ())
    kept = sum(len(choose(every, random.Random(seed))) - 9 for seed in range(1000))
    assert 0.5 < kept / 3000 < 0.6  # a little less than 0.6, for one has to go


def of(change: Callable[[CaseSource], CaseSource], seed: int = 1) -> KitError:
    with pytest.raises(KitError) as raised:
        vary(change(small_source()), seed)
    return raised.value


def test_what_cannot_be_varied_is_refused_with_the_reason() -> None:
    assert of(lambda source: vary(source, 2)).code == "case-is-varied"
    assert of(lambda source: source, -1).code == "case-seed"
    assert of(lambda source: source, 10**45).code == "case-seed"
    broken = of(lambda _: small(None, None, None, balance={"total_assets": 1}))
    assert broken.code == "case-not-sound"
    assert "balance" in broken.message
    assert "(I1)" in broken.message
