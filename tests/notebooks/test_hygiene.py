"""Notebooks are prose and one-line calls: stripped, short, nothing defined, clauses and checkpoints known."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import nbformat
import pytest

from cps_training.places import shipped

NOTEBOOKS = sorted((shipped() / "notebooks").rglob("*.ipynb"))
LESSONS = [path for path in NOTEBOOKS if path.parent.name == "lessons"]
LONGEST_CELL = 5


def read(path: Path):
    return nbformat.read(path, as_version=4)


def ids(paths):
    return [path.name for path in paths]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=ids(NOTEBOOKS))
def test_a_notebook_is_stripped_valid_and_on_our_kernel(path):
    notebook = read(path)
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.name == "cps-training"
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None


@pytest.mark.parametrize("path", NOTEBOOKS, ids=ids(NOTEBOOKS))
def test_code_cells_are_short_and_define_nothing(path):
    for cell in read(path).cells:
        if cell.cell_type != "code":
            continue
        assert len(cell.source.splitlines()) <= LONGEST_CELL
        kinds = {type(node) for node in ast.walk(ast.parse(cell.source))}
        assert not kinds & {ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While}


@pytest.mark.parametrize("path", LESSONS, ids=ids(LESSONS))
def test_a_lesson_teaches_every_clause_it_names(path, library):
    notebook = read(path)
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    for clause in notebook.metadata.cps.clauses:
        number = library.handbook.clause(clause).number
        assert re.search(rf"ข้อ {re.escape(number)}(?![\d.]*\d)", prose), f"{clause} is not taught"


@pytest.mark.parametrize("path", LESSONS, ids=ids(LESSONS))
def test_a_checkpoint_never_comes_before_what_it_asks(path, library):
    taught = ""
    for cell in read(path).cells:
        if cell.cell_type == "markdown":
            taught += cell.source
        for item_id in re.findall(r'apps\.checkpoint\(session, "([^"]+)"\)', cell.source):
            for clause in library.items[item_id].clauses:
                assert f"ข้อ {library.handbook.clause(clause).number}" in taught, (item_id, clause)


def test_the_cps_lesson_has_every_cps_clause_and_eight_checkpoints(library):
    lesson = library.lessons["cps-cycle"]
    assert set(lesson.clauses) == {clause.id for clause in library.handbook.of_section("cps")}
    assert len(lesson.checkpoints) >= 8
