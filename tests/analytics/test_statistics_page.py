"""Every public statistic stands on its page with its columns, its bound and an example that is true."""

import doctest
import inspect
import re
from pathlib import Path

import pandas as pd
import pytest

from cps_training.analytics import curves, distractors, gain, item_statistics, reliability, two_parameter, withheld
from cps_training.analytics.curves import expected_score, item_curves
from cps_training.analytics.frames import RESPONSES
from cps_training.analytics.item_analysis import STATISTICS
from tests.analytics.tables import lsat, table

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "statistics.md"
SECTIONS = {part.split("\n", 1)[0]: part for part in PAGE.read_text("utf-8").split("\n## ")[1:]}
MODULES = (curves, distractors, gain, item_statistics, reliability, two_parameter)
HELPERS = {"alpha_interval"}
NAMES = [statistic.__name__ for statistic in STATISTICS]


def test_every_public_function_of_the_statistics_is_listed():
    public = {
        name
        for module in MODULES
        for name, one in inspect.getmembers(module, inspect.isfunction)
        if one.__module__ == module.__name__ and not name.startswith("_")
    }
    assert public - HELPERS == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_statistic_has_its_page_with_formula_source_bound_and_example(name):
    section = SECTIONS[name]
    assert (
        f">>> from cps_training.analytics.{STATISTICS[NAMES.index(name)].__module__.split('.')[-1]} import" in section
    )
    assert re.search(rf">>> .*\b{name}\(", section)
    assert "Source:" in section
    assert re.search(r"\b[Ww]ithheld\b", section)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in {"item_curves"}])
def test_every_column_is_told(name):
    found = result_of(name)
    columns = found.index if isinstance(found, pd.Series) else found.columns
    assert [column for column in columns if f"`{column}`" not in SECTIONS[name]] == []


def result_of(name: str):
    statistic, rows = STATISTICS[NAMES.index(name)], table(lsat())
    if name in {"random_guess", "random_guess_score"}:
        return statistic(rows, {})
    if name == "paired_scores":
        return statistic(rows, pre="exam", post="exam")
    if name in {"gains", "normalised_gain", "hedges_g"}:
        return statistic(pd.DataFrame({"person_code": ["a"], "pre": [0.0], "post": [1.0]}))
    if statistic in {item_curves, expected_score}:
        return statistic(two_parameter.two_parameter(rows))
    return statistic(rows)


def test_the_bounds_on_the_page_are_those_of_the_code():
    told = dict(re.findall(r"^\| `(MIN_\w+)` \| (\d+) \|", PAGE.read_text("utf-8"), re.MULTILINE))
    assert told == {name: str(value) for name, value in vars(withheld).items() if name.startswith("MIN_")}


def test_the_columns_of_the_rows_are_told():
    assert [column for column in RESPONSES if f"`{column}`" not in SECTIONS["What all of them share"]] == []


def test_the_examples_are_true():
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert (failed, tried > 30) == (0, True)
