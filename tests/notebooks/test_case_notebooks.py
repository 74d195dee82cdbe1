"""The guided notebooks of the cases: one a case, questions before the board, columns that exist, and no answer in the prose.

That they are stripped, short and define nothing is looked at for all notebooks in test_hygiene.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re

import nbformat
import pytest

from cps_training.cli.jupyterlab import prepare_lab
from cps_training.content.cases.ratios import RATIO_OF
from cps_training.content.cases.tables import SPEC_OF
from cps_training.places import DataFolder, shipped

NOTEBOOKS = sorted((shipped() / "notebooks/cases").glob("*.ipynb"))
LETTERS = [path.stem for path in NOTEBOOKS]
NOTE = "**จดสิ่งที่สงสัยไว้**"
DICTIONARY = {"table", "column", "meaning", "unit", "note"}
BY_PANDAS = {"D", "title"}
"""Words in code cells that name no column: a unit of time, an attribute."""


def read(letter):
    return nbformat.read(shipped() / f"notebooks/cases/{letter}.ipynb", as_version=4)


def prose(notebook):
    return "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def code(notebook):
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def columns_of(case):
    """{frame: its columns, index included} as a notebook gets them."""
    found = {
        name: {column.name for column in SPEC_OF[name].columns if not column.is_key}
        for name, rows in case.tables.items()
        if rows
    }
    return found | {"ratios": {"year", *RATIO_OF}, "dictionary": DICTIONARY}


def test_every_case_that_ships_has_its_notebook_by_its_letter(library):
    ours = {case.said.letter: (case.id, case.said.name) for case in library.cases.values() if case.said.is_fictional}
    assert sorted(ours) == LETTERS
    for letter in LETTERS:
        said = read(letter).metadata.cps
        case_id, name = ours[letter]
        assert (said["case"], said["title"]) == (case_id, {"th": name.th, "en": name.en})


@pytest.mark.parametrize("letter", LETTERS)
def test_it_opens_its_case_asks_and_ends_with_the_board(letter):
    notebook = read(letter)
    case = notebook.metadata.cps["case"]
    first, *_, last = code(notebook)
    assert f'apps.case_frames(session, "{case}")' in first
    assert last == f'apps.case(session, "{case}")'
    assert notebook.cells[-1].source == last
    assert "เป็นเรื่องสมมติ" in notebook.cells[0].source
    headings = [cell.id for cell in notebook.cells if cell.source.startswith("## คำถามที่ ")]
    assert 5 <= len(headings) <= 8
    for question in headings:  # what to look for, something to look at, room to write
        at = [cell.id for cell in notebook.cells].index(question)
        kinds = [
            cell.cell_type if not cell.source.startswith(NOTE) else "note" for cell in notebook.cells[at + 1 : at + 5]
        ]
        assert kinds[0] == "code"
        assert set(kinds[1 : kinds.index("note")]) <= {"code"}


@pytest.mark.parametrize("letter", LETTERS)
def test_every_frame_and_column_it_names_is_one_of_its_case(letter, library):
    notebook = read(letter)
    columns = columns_of(library.cases[notebook.metadata.cps["case"]])
    for source in code(notebook)[1:-1]:
        tree = list(ast.walk(ast.parse(source)))
        frames = {
            node.slice.value
            for node in tree
            if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "frames"
        }
        assert frames <= set(columns), source
        made = {node.arg for node in tree if isinstance(node, ast.keyword)}
        made |= {key.value for node in tree if isinstance(node, ast.Dict) for key in node.keys}
        made |= {node.value.value for node in tree if isinstance(node, ast.keyword) and node.arg == "name"}
        known = frames | made | BY_PANDAS | set().union(*(columns[frame] for frame in frames))
        words = {node.value for node in tree if isinstance(node, ast.Constant) and isinstance(node.value, str)}
        assert {word for word in words if word.isidentifier()} <= known, source
    named = set(re.findall(r"`(\w+)`", prose(notebook)))
    everything = set(columns).union(*columns.values())
    spoken = {word for source in code(notebook) for word in re.findall(r"\w+", source)}
    assert named <= everything | spoken


@pytest.mark.parametrize("letter", LETTERS)
def test_a_day_in_its_code_is_a_day_of_its_case(letter, library):
    said = library.cases[read(letter).metadata.cps["case"]].said
    days = set(re.findall(r'Timestamp\("([^"]+)"\)', "\n".join(code(read(letter)))))
    assert days <= {said.as_of.isoformat(), said.organisation.registered_on.isoformat()}
    assert said.as_of.isoformat() in days


@pytest.mark.parametrize("letter", LETTERS)
def test_its_prose_gives_no_figure_and_no_finding_away(letter, library):
    notebook = read(letter)
    text = prose(notebook)
    figures = [float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]
    assert {figure for figure in figures if figure > 100} <= {2566}  # the year of the story
    assert [
        problem.title.th
        for problem in library.cases[notebook.metadata.cps["case"]].said.problems
        if problem.title.th in text
    ] == []


def test_in_jupyterlab_they_lie_in_a_folder_of_their_own_and_only_untouched_ones_follow_the_kit(tmp_path):
    folder = DataFolder(tmp_path)
    prepare_lab(folder)
    mine, older = (folder.lab / "cases" / f"{letter}.ipynb" for letter in LETTERS[:2])
    assert sorted(path.stem for path in mine.parent.glob("*.ipynb")) == LETTERS
    assert not set(LETTERS) & {path.stem for path in folder.lab.glob("*.ipynb")}
    newest = older.read_bytes()
    mine.write_text("{}", "utf-8")
    ledger = folder.lab / ".copied.json"  # as a kit before this one left it
    older.write_bytes(b"older")
    kept = json.loads(ledger.read_text("utf-8")) | {f"cases/{older.name}": hashlib.sha256(b"older").hexdigest()}
    ledger.write_text(json.dumps(kept), "utf-8")
    prepare_lab(folder)
    assert mine.read_text("utf-8") == "{}"
    assert older.read_bytes() == newest
