"""What is made of measured numbers. No time is asserted here: that is what the benchmark is for."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import figures, run
from benchmarks.figures import grew, growth_an_hour, percentile, ratio, spread, table


@pytest.mark.parametrize(("share", "expected"), [(0, 1), (0.5, 5), (0.51, 6), (0.9, 9), (0.99, 10), (1, 10)])
def test_a_percentile_is_a_value_that_was_measured(share: float, expected: int) -> None:
    assert percentile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], share) == expected


def test_p99_of_a_hundred_leaves_one_out() -> None:
    assert percentile(range(1, 101), 0.99) == 99


def test_nothing_measured_is_said() -> None:
    with pytest.raises(ValueError, match="nothing was measured"):
        percentile([], 0.5)
    assert spread([]) is None
    assert ratio([], [1.0]) is None


def test_a_ratio_is_the_median_over_neighbours() -> None:
    # Not the ratio of medians: a slow minute of the machine slows both neighbours.
    assert ratio([1.0, 4.0, 9.0], [10.0, 20.0, 30.0]) == pytest.approx(0.2)
    assert ratio([1.0], [0.0]) is None


def test_a_spread_is_told_in_its_unit() -> None:
    assert spread([0.001, 0.002, 0.1], unit=1000) == {"n": 3, "p50": 2.0, "p99": 100.0, "max": 100.0}


def test_growth_is_told_an_hour() -> None:
    assert growth_an_hour([(0, 10), (1800, 11), (3600, 12)]) == pytest.approx(2)
    assert growth_an_hour([(5, 10)]) == 0


def test_growing_is_more_than_a_share_and_more_than_the_least() -> None:
    steady = [(float(n), 100.0 + n % 3) for n in range(50)]
    rising = [(float(n), 100.0 + n) for n in range(50)]
    assert not grew(steady, share=0.05, least=4)
    assert grew(rising, share=0.05, least=4)
    assert not grew(rising, share=0.05, least=100)
    assert not grew(rising[:4], share=0.05, least=4)


def test_the_table_says_what_is_reached_and_what_was_not_measured() -> None:
    rows = {row["name"]: row for row in table({"first_visit_kb": 80.0, "second_visit_kb": 10.1})}
    assert rows["first_visit_kb"]["reached"] is True
    assert rows["second_visit_kb"]["reached"] is False
    assert rows["soak_leaks"]["reached"] is None
    assert len(rows) == len(figures.FIGURES)
    with pytest.raises(KeyError, match="no figure 'speed'"):
        table({"speed": 1.0})


def test_the_figures_of_a_run_are_in_the_table() -> None:
    def visited(seconds: float) -> run.Results:
        cpu = {"open": {"total": seconds / 4}, "leave": {"total": 0.0}, "visit": {"total": seconds / 2}}
        traffic = {"kb": 70.0, "requests": 5}
        return {
            "first_question_s": seconds,
            "first_visit": traffic,
            "second_visit": {"kb": 4.0, "requests": 1},
            "feedback_ms": [7.0, 9.0, 8.0],
            "cpu": cpu,
        }

    def opened(seconds: float, mb: float) -> run.Results:
        step = {"failed": 0, "ms": {"p99": 500.0}}
        return {
            "sign_in": step,
            "open": step | {"failed": 1, "all_s": seconds},
            "calm": step,
            "bursts": [step | {"unable": 2}],
            "leave": step,
            "memory": {"pss_a_learner_mb": mb, "pss_mb": 1024.0},
            "memory_opened": {"pss_a_learner_mb": mb, "pss_mb": 2048.0},
            "beside": {"error": "TimeoutError"},
            "store": {"wrong": 1},
        }

    results = {
        "visits": {"kit": [visited(0.5)], "stock": [visited(2.0)], "store": {"wrong": 0}},
        "crowds": {
            "100": {"kit": [opened(5.0, 10.0)], "stock": [opened(50.0, 40.0)]},
            "300": {"kit": [opened(15.0, 11.0)], "stock": []},
        },
        "soak": {"findings": ["a kernel stayed behind"], "failed": 2, "store": {"wrong": 3}},
    }
    assert run.figures(results) == {
        "first_question_ratio": 0.25,
        "first_visit_kb": 70.0,
        "first_visit_requests": 5,
        "second_visit_kb": 4.0,
        "answer_to_feedback_ms": 8.0,
        "cpu_page_ratio": 0.25,
        "cpu_visit_ratio": 0.25,
        "open_100_ratio": 0.1,
        "memory_a_learner_ratio": 0.25,
        "memory_a_learner_mb": 11.0,
        "open_300_s": 15.0,
        "open_300_gb": 2.0,
        "open_300_failed": 3,
        "same_second_300_ms": 500.0,
        "beside_300_s": run.GAVE_UP_S,
        "answers_wrong_in_store": 5,
        "soak_leaks": 3,
    }
    assert "100 learners open at once until all can answer: 0.1 of stock (≤ 0.1) reached" in run.shown(
        table(run.figures(results))
    )


def test_every_figure_is_explained() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "performance.md").read_text("utf-8")
    assert [figure.name for figure in figures.FIGURES if f"`{figure.name}`" not in page] == []
