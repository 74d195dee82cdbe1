"""The data behind the explorables: complete in both languages, true to handbook and parameters, every place reached by a card."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from cps_training import apps, views
from cps_training.apps.explorables import deadlines, texts
from cps_training.content.library import Library
from cps_training.places import PACKAGE, shipped
from cps_training.views.lesson_widgets import EXPLORABLES
from tests.apps.test_kernel_imports import FORBIDDEN
from tests.views.explorable_states import opened

FOLDER = shipped() / "data" / "explorables"
FILES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
SORTERS = ("coordination_router", "law_router", "evidence_sorter", "planning_board")


def read(name: str) -> Any:
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))


def walk(value: Any) -> Iterator[Any]:
    yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from walk(inner)


# The room ---------------------------------------------------------------------------------------------------------


def test_each_function_says_which_widget_it_shows() -> None:
    functions = {name for name, module in apps._WHERE.items() if module.startswith("explorables.")}
    assert set(EXPLORABLES) == functions
    assert set(EXPLORABLES.values()) <= set(views._WHERE.values())


@pytest.mark.parametrize("path", sorted((PACKAGE / "apps" / "explorables").glob("*.py")), ids=lambda path: path.stem)
def test_a_family_imports_the_widgets_its_functions_show_and_no_others(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    imported = {
        views._WHERE[name.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "cps_training.views"
        for name in node.names
    }
    functions = {name for name, module in apps._WHERE.items() if module == f"explorables.{path.stem}"}
    assert imported == {EXPLORABLES[name] for name in functions}


PREPARED = """
import sys
from cps_training.apps import explorables
explorables.prepare()
from cps_training.apps.explorables import deadlines, texts
print(texts._file.cache_info().currsize, deadlines._years.cache_info().currsize, *sorted(sys.modules))
"""


def test_before_kernels_are_forked_everything_is_read_and_nothing_heavy_imported() -> None:
    done = subprocess.run([sys.executable, "-c", PREPARED], capture_output=True, text=True, check=True)
    files, folders, *loaded = done.stdout.split()
    assert (int(files), int(folders)) == (len(FILES), 2)
    assert {f"cps_training.views.{stem}" for stem in EXPLORABLES.values()} <= set(loaded)
    assert [name for name in (*FORBIDDEN, "cps_training.desk.core") if name in loaded] == []


def test_a_lesson_reads_only_the_files_of_what_it_shows(tmp_path: Path) -> None:
    with opened(tmp_path) as make:
        texts._file.cache_clear()
        make("coordination_router")
        make("coordination_router", "en")
        assert texts._file.cache_info().currsize == 2, "its own and the labels of all sorters"


# Texts -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_every_text_is_in_both_languages(name: str) -> None:
    pairs = [one for one in walk(read(name)) if isinstance(one, dict) and one and set(one) <= {"th", "en"}]
    assert pairs
    for pair in pairs:
        assert set(pair) == {"th", "en"}, pair
        assert bool(pair["en"]) or not pair["th"], f"no English: {pair}"
        assert not any("\u0e00" <= letter <= "\u0e7f" for letter in pair["en"]) or pair["th"] == "", pair


@pytest.mark.parametrize("name", FILES)
def test_a_label_has_the_same_places_in_both_languages(name: str) -> None:
    def places(text: str) -> set[str]:
        return {part.partition("}")[0] for part in text.split("{")[1:]}

    dates = ("date", "short_date", "year")  # each language writes its own eras
    for key, pair in read(name).get("labels", {}).items():
        if isinstance(pair, dict) and key not in dates:
            assert places(pair["th"]) == places(pair["en"]), key


@pytest.mark.parametrize("name", FILES)
def test_every_clause_is_one_of_the_handbook(name: str, library: Library) -> None:
    named = [
        clause
        for one in walk(read(name))
        if isinstance(one, dict)
        for clause in (*one.get("clauses", ()), *([one["clause"]] if one.get("clause") else ()))
    ]
    known = {clause.id for clause in library.handbook.clauses}
    assert [clause for clause in named if clause not in known] == []


# Sorters -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SORTERS)
def test_every_place_has_its_cards_and_every_card_its_place(name: str) -> None:
    data = read(name)
    bins = [one["id"] for one in data["bins"]]
    cards = Counter(card["bin"] for card in data["cards"])
    assert set(cards) == set(bins)
    assert min(cards.values()) >= 2, "a place with one card is guessed by leaving it out"
    for card in data["cards"]:
        assert card["clauses"], card["id"]
        assert set(card.get("instead", {})) <= set(bins) - {card["bin"]}
        assert set(card.get("careful", ())) <= set(bins) - {card["bin"]}
    assert len({card["id"] for card in data["cards"]}) == len(data["cards"]) >= 10


@pytest.mark.parametrize("name", SORTERS)
def test_the_place_is_not_to_be_guessed_from_the_order(name: str) -> None:
    order = [card["bin"] for card in read(name)["cards"]]
    longest = max(len(list(run)) for run in _runs(order))
    assert longest <= 2


def _runs(order: list[str]) -> Iterator[list[str]]:
    run: list[str] = []
    for one in order:
        if run and run[-1] != one:
            yield run
            run = []
        run.append(one)
    yield run


def test_the_router_has_every_unit_by_its_own_name_and_clause() -> None:
    bins = {one["label"]["th"]: one["clauses"] for one in read("coordination_router")["bins"]}
    assert bins == {
        "กลุ่มจัดตั้งและส่งเสริมสหกรณ์": ["practice.19.1"],
        "กลุ่มส่งเสริมและพัฒนาธุรกิจสหกรณ์": ["practice.19.2"],
        "กลุ่มส่งเสริมและพัฒนาการบริหารจัดการสหกรณ์": ["practice.19.3"],
        "ศูนย์ถ่ายทอดเทคโนโลยีการสหกรณ์": ["practice.19.4"],
    }
    practice = yaml.safe_load((shipped() / "data" / "handbook" / "practice.yaml").read_text("utf-8"))
    text = "".join(one["summary"] for one in practice["clauses"]).replace(" ", "")
    assert [name for name in bins if name not in text] == []
    for card in read("coordination_router")["cards"]:
        (clause,) = next(one["clauses"] for one in read("coordination_router")["bins"] if one["id"] == card["bin"])
        assert card["clauses"][0] == clause


def test_a_card_of_the_law_router_that_is_not_certain_is_marked_and_answered_by_checking() -> None:
    for card in read("law_router")["cards"]:
        assert ("mark" in card) == (card["bin"] == "check"), card["id"]
        assert card["bin"] == "check" or card.get("careful") == ["check"], "to check first is never a mistake"


def test_the_board_keeps_and_in_step_one_and_or_in_step_three() -> None:
    cards = {card["id"]: card for card in read("planning_board")["cards"]}
    assert [one["clauses"] for one in read("planning_board")["bins"]] == [[f"practice.8.{n}"] for n in range(1, 6)]
    assert (cards["three-voices"]["bin"], cards["either"]["bin"]) == ("talk", "return")
    assert "คณะกรรมการหรือฝ่ายจัดการ" in cards["either"]["text"]["th"]


# Maps --------------------------------------------------------------------------------------------------------------


def test_the_map_counts_what_the_handbook_has(library: Library) -> None:
    parts = read("handbook_map")["parts"]
    sections = library.handbook.sections
    assert [part["id"] for part in parts] == [section.id for section in sections]
    assert [part["n"] + part["small"] for part in parts] == [section.teachable for section in sections]
    assert sum(part["n"] + part["small"] for part in parts) == 70
    assert "70" in read("handbook_map")["labels"]["total"]["th"]
    for part, section in zip(parts, sections, strict=True):
        assert part["label"] == {"th": section.title.th, "en": section.title.en}
        assert part["clause"].startswith(section.id)
        assert part["count"]["th"].split()[0] == str(part["n"])


def test_the_round_has_the_seven_duties_in_their_order() -> None:
    steps = read("km_cycle")["steps"]
    assert [step["clause"] for step in steps] == [f"km.{n}" for n in range(1, 8)]
    assert str(parameter("km-report-deadline")["value"]) == "2023-07-14"
    assert "14 กรกฎาคม 2566" in steps[-1]["text"]["th"]


# Figures -----------------------------------------------------------------------------------------------------------


def parameter(name: str) -> Any:
    data = yaml.safe_load((shipped() / "data" / "parameters.yaml").read_text("utf-8"))
    return next(one for one in data["parameters"] if one["id"] == name)


def test_figures_are_those_of_the_parameters() -> None:
    assert read("participation_calculator")["percent"] == parameter("participation-percent")["value"]
    first, yearly = read("deadline_explorer")["cases"]
    assert first["days"] == parameter("first-meeting-days")["value"]
    assert yearly["days"] == parameter("agm-days")["value"]
    assert (parameter("agm-days")["status"], yearly["mark"]["kind"]) == ("unverified", "due")
    assert yearly["mark"]["text"]["th"] == "ควรตรวจสอบกับกฎหมายฉบับปัจจุบัน"


def test_an_offices_own_calendar_stands_in_for_the_shipped_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPS_DATA_DIR", str(tmp_path))
    own = tmp_path / "content" / "data" / "calendar"
    own.mkdir(parents=True)
    day = "{date: %s, name: {th: วันหยุดของจังหวัด}, kind: local, source: ประกาศจังหวัด, status: unverified}"
    (own / "fy2566.yaml").write_text(f"fiscal_year: 2566\nreplaces: true\ndays: [{day % '2023-08-11'}]\n", "utf-8")
    (own / "fy2567.yaml").write_text(f"fiscal_year: 2567\ndays: [{day % '2023-10-13'}]\n", "utf-8")
    (own / "fy2568.yaml").write_text("fiscal_year: 2568\ndays: wrong\n", "utf-8")
    deadlines._years.cache_clear()
    years = deadlines.office_years()
    deadlines._years.cache_clear()
    assert [year.fiscal_year for year in years] == [2566, 2567]
    assert [day.date for year in years for day in year.days] == [date(2023, 8, 11), date(2023, 10, 13)]
