"""The data of the chart of duties, the ageing of debts and the rehearsed meeting: can be solved, balances, keeps its word."""

from __future__ import annotations

from datetime import date
from itertools import pairwise, product
from typing import Any

import pytest

from cps_training.apps.explorables.deadlines import office_years
from cps_training.content.library import Library
from tests.apps.test_explorables_data import FOLDER, read, walk

# Duties ------------------------------------------------------------------------------------------------------------

CHART = read("duties_chart")
CASES = {case["id"]: case for case in CHART["cases"]}


def is_fine(case: dict[str, Any], holds: dict[str, str]) -> bool:
    kinds = {person["id"]: person["kind"] for person in case["people"]}
    if any(holds[a] == holds[b] for a, b in (pair["duties"] for pair in CHART["pairs"]) if {a, b} <= set(holds)):
        return False
    return all(
        kinds[holds[duty]] in rule["kinds"] for rule in CHART["rules"] for duty in rule["duties"] if duty in holds
    )


def solutions(case: dict[str, Any], people: list[str]) -> list[dict[str, str]]:
    duties = list(case["holds"])
    every = (dict(zip(duties, chosen, strict=True)) for chosen in product(people, repeat=len(duties)))
    return [holds for holds in every if is_fine(case, holds)]


def test_only_duties_and_people_that_there_are() -> None:
    duties = {duty["id"] for duty in CHART["duties"]}
    held: set[str] = set()
    for case in CASES.values():
        people = {person["id"] for person in case["people"]}
        assert set(case["holds"].values()) <= people | {""}
        held |= set(case["holds"])
    assert held == duties
    assert {duty for entry in (*CHART["pairs"], *CHART["rules"]) for duty in entry["duties"]} == duties
    for pair in CHART["pairs"]:
        assert any(set(pair["duties"]) <= set(case["holds"]) for case in CASES.values()), pair["duties"]
    pairs = [frozenset(pair["duties"]) for pair in CHART["pairs"]]
    assert len(pairs) == len(set(pairs))
    assert {len(pair) for pair in pairs} == {2}


@pytest.mark.parametrize("name", CASES)
def test_a_chart_begins_wrong_and_can_be_mended_in_several_ways(name: str) -> None:
    case = CASES[name]
    assert not (all(case["holds"].values()) and is_fine(case, case["holds"]))
    assert len(solutions(case, [person["id"] for person in case["people"]])) > 1


@pytest.mark.parametrize("name", CASES)
def test_no_chart_can_be_mended_without_a_director(name: str) -> None:
    staff = [person["id"] for person in CASES[name]["people"] if person["kind"] == "staff"]
    assert solutions(CASES[name], staff) == []


def test_with_two_staff_directors_hold_the_second_key_the_count_and_the_confirmations() -> None:
    case = CASES["credit"]
    board = {person["id"] for person in case["people"] if person["kind"] == "board"}
    assert sum(person["kind"] == "staff" for person in case["people"]) == 2
    found = solutions(case, [person["id"] for person in case["people"]])
    assert all(holds["count"] in board and holds["confirm"] in board for holds in found)
    assert any(holds["key"] in board for holds in found)


def test_no_number_of_cash_counts_anywhere() -> None:
    """The handbook says regularly, and no more (§ practice.6)."""
    texts = [entry["why"][locale] for entry in (*CHART["pairs"], *CHART["rules"]) for locale in ("th", "en")]
    assert [text for text in texts if any(letter.isdigit() for letter in text)] == []
    finance = next(item for item in read("agenda_drill")["items"] if item["id"] == "finance")
    best = next(answer for answer in finance["answers"] if answer.get("is_best"))
    assert "ไม่ได้กำหนดจำนวนครั้ง" in best["text"]["th"]
    assert not any(letter.isdigit() for letter in best["text"]["th"] + best["why"]["th"])


# Ageing ------------------------------------------------------------------------------------------------------------

AGEING = read("ageing_explorer")
YEARS = {year["id"]: year for year in AGEING["years"]}


def test_the_ageing_sums_to_the_loans_and_arrears_of_each_year() -> None:
    assert {name: sum(year["parts"]) for name, year in YEARS.items()} == {
        2562: 42_150_000,
        2563: 45_300_000,
        2564: 49_000_000,
        2565: 53_100_000,
        2566: 57_400_000,
    }
    shares = [round(100 * sum(year["parts"][1:]) / sum(year["parts"]), 1) for year in YEARS.values()]
    assert shares == [18.0, 20.5, 25.0, 30.5, 37.0]


def test_no_debt_is_older_than_it_can_be() -> None:
    years = list(YEARS.values())
    for before, after in pairwise(years):
        assert sum(after["parts"][2:]) <= sum(before["parts"][1:])
        assert after["parts"][3] + after["parts"][4] <= sum(before["parts"][2:])


def test_the_gap_of_the_last_year_is_more_than_the_reserve_and_balances() -> None:
    last = YEARS[2566]
    old = sum(part for part, bucket in zip(last["parts"], AGEING["buckets"], strict=True) if bucket.get("is_old"))
    assert old == 14_018_000
    gap = old - last["allowance"]
    assert gap == 11_618_000 > last["reserve"] == 7_030_000
    assert last["equity"] - gap == 13_637_000
    assert AGEING["renewal"]["amount"] <= last["parts"][0]
    hidden = sum(last["parts"][1:]) + AGEING["renewal"]["amount"]
    assert round(100 * hidden / sum(last["parts"]), 1) == 49.0
    for year in YEARS.values():
        for percent in range(0, 101, AGEING["what_if"]["step"]):
            assert sum(year["parts"][2:]) * percent % 100 == 0, "whole baht at every stop"


def test_the_source_of_the_figures_stands_in_the_file() -> None:
    head = (FOLDER / "ageing_explorer.yaml").read_text("utf-8").split("title:")[0]
    assert "ที่มาของตัวเลข" in head


# Meeting -----------------------------------------------------------------------------------------------------------

MEETING = date(2023, 7, 27)
MONTHS = {7: "ก.ค.", 8: "ส.ค."}
WEEKDAYS = ("วันจันทร์", "วันอังคาร", "วันพุธ", "วันพฤหัสบดี", "วันศุกร์")
ITEMS = {item["id"]: item for item in read("agenda_drill")["items"]}


@pytest.mark.parametrize("name", ITEMS)
def test_an_item_has_one_best_paper_and_one_best_answer_each_with_why(name: str) -> None:
    item = ITEMS[name]
    for options in (item["papers"], item["answers"]):
        assert 3 <= len(options) <= 4
        assert sum(bool(option.get("is_best")) for option in options) == 1
        assert len({option["id"] for option in options}) == len(options)
        assert all(option["why"]["th"] for option in options)
        assert all(("text" in option) != bool(option.get("is_check")) for option in options)


def test_to_check_and_come_back_is_always_offered_best_for_half_and_never_in_one_place() -> None:
    places = []
    for item in ITEMS.values():
        (at,) = [i for i, answer in enumerate(item["answers"]) if answer.get("is_check")]
        places.append(at)
        assert bool(item["answers"][at].get("is_best")) == ("follow_up" in item), item["id"]
    assert len(ITEMS) == 6
    assert sum("follow_up" in item for item in ITEMS.values()) == 3
    assert len(set(places)) >= 3


def test_a_best_choice_is_not_to_be_guessed_from_its_place() -> None:
    places = [
        next(i for i, option in enumerate(options) if option.get("is_best"))
        for item in ITEMS.values()
        for options in (item["papers"], item["answers"])
    ]
    assert {0, 1, 2} <= set(places)
    assert max(places.count(place) for place in set(places)) <= len(places) / 2


def test_what_is_promised_falls_on_a_working_day_after_the_meeting() -> None:
    closed = {day.date for year in office_years() for day in year.days}
    for item in ITEMS.values():
        if line := item.get("follow_up"):
            day = date.fromisoformat(line["date"])
            assert day > MEETING, item["id"]
            assert day not in closed, item["id"]
            assert line["by"]["th"] == f"{WEEKDAYS[day.weekday()]}ที่ {day.day} {MONTHS[day.month]} {day.year + 543}"
            assert line["by"]["en"] == f"{day:%A} {day.day} {day:%B} {day.year}"


def test_the_drill_teaches_its_clauses_and_names_only_those_there_are(library: Library) -> None:
    known = {clause.id for clause in library.handbook.clauses}
    named = {clause for item in ITEMS.values() for clause in (*item["clauses"], *item["paper_clauses"])}
    assert named <= known
    assert {"docs.1", "docs.4", "docs.6"} <= named


def test_the_drill_asks_nothing_that_the_bank_asks(library: Library) -> None:
    """Nobody meets an item's very words here first."""

    def runs(text: str) -> set[str]:
        plain = "".join(text.split())
        return {plain[i : i + 30] for i in range(len(plain) - 29)}

    ours: set[str] = set()
    for one in walk(read("agenda_drill")):
        if isinstance(one, dict) and set(one) == {"th", "en"}:
            ours |= runs(one["th"])
    names = runs("ศูนย์ถ่ายทอดเทคโนโลยีการสหกรณ์") | runs("กลุ่มส่งเสริมและพัฒนาการบริหารจัดการสหกรณ์")
    shared = [item.id for item in library.banks["lesson-06"].items if runs(item.model_dump_json()) & ours - names]
    assert shared == []
