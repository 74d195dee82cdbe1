"""The page that tells how to write a case is true: its own files are a case that the kit takes, and it tells every rule."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest
from typer.testing import CliRunner

from cps_training.authoring.case_files import case_files
from cps_training.casework.varying import vary
from cps_training.cli.app import app
from cps_training.content.cases import invariants
from cps_training.content.cases.case import CaseSource
from cps_training.content.cases.invariants import mistakes
from cps_training.content.cases.model import EVIDENCE_FILE, FOLDER, Absence
from cps_training.content.cases.reading import read_case
from cps_training.content.cases.tables import TABLES
from cps_training.places import shipped
from tests.casework.small_case import shipped_catalogue
from tests.docs.pages import blocks

PAGE = (Path(__file__).resolve().parents[2] / "docs/how-to/write-a-case.md").read_text("utf-8")
CASE = "ran-tuayang"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with the files of the page."""
    for block in blocks(PAGE):
        if block.file:
            path = tmp_path / block.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.body, "utf-8")
    return tmp_path


def source(data: Path) -> CaseSource:
    read = read_case(data / "content" / FOLDER / CASE, shown_as=CASE)
    assert read.source is not None, read.findings
    return read.source


def test_the_case_of_the_page_passes_the_check(data: Path) -> None:
    found = json.loads(CliRunner().invoke(app, ["check", "--json", "--data-dir", str(data)]).stdout)
    assert found["errors"] == []
    ships = [path for path in (shipped() / FOLDER).iterdir() if path.is_dir()]
    assert found["counts"]["cases"] == len(ships) + 1


def test_its_variations_are_sound_and_one_of_its_problems_goes(data: Path) -> None:
    first = source(data)
    assert mistakes(first) == []
    for seed in range(5):
        made = vary(first, seed)
        assert [problem.kind for problem in made.said.problems] == ["inventory-building-up"]
        minutes = case_files(made, shipped_catalogue())[EVIDENCE_FILE]
        assert "given: no-cash-counts" in minutes


def test_the_page_tells_every_rule_every_table_and_every_way_to_be_absent() -> None:
    told = set()
    for first, last in re.findall(r"\b([IP]\d+)(?:–[IP](\d+))?", PAGE.partition("## What must hold")[2]):
        told |= {f"{first[0]}{number}" for number in range(int(first[1:]), int(last or first[1:]) + 1)}
    rules = {*invariants.RULES, *invariants.LIMITED}
    assert {(rule.__doc__ or "").partition(":")[0] for rule in rules} | {"I27"} == told
    assert [spec.name for spec in TABLES if f"`{spec.name}`" not in PAGE] == []
    assert [name for name in get_args(Absence) if f"`{name}`" not in PAGE] == []
