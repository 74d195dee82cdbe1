"""The documentation is true: every command stands in it, its examples work, its links lead somewhere."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path

import pytest
import typer.main
from typer.testing import CliRunner

from cps_training.cli.app import app
from cps_training.config import Config
from cps_training.content.library import load_library
from cps_training.items import ITEM_TYPES

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "docs" / "tools"))
import clause_coverage
import item_types
import readability

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
COMMANDS = sorted(typer.main.get_command(app).commands)


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_stands_in_the_documentation(command):
    assert re.search(rf"cps-training {command}\b|`{command}`|`{command} ", text("README.md") + text("docs/scripts.md"))


def test_every_setting_stands_in_the_installation_guide():
    guide = text("docs/how-to/install-in-an-office.md")
    assert [name for name in Config.__dataclass_fields__ if f"`{name}`" not in guide] == []


def test_every_item_type_stands_in_the_script_reference():
    reference = text("docs/scripts.md")
    assert [
        kind.model_fields["type"] for kind in ITEM_TYPES if kind.__name__ and kind.example().type not in reference
    ] == []


def test_every_dependency_has_its_reason():
    project = tomllib.loads(text("pyproject.toml"))["project"]
    named = [re.split(r"[>=\[; ]", line)[0] for line in project["dependencies"]]
    reasons = text("docs/dependencies.md").lower()
    assert [name for name in named if name not in reasons] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page):
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_example_question_passes_the_check(tmp_path, monkeypatch):
    monkeypatch.setenv("CPS_DATA_DIR", str(tmp_path))
    example = re.search(r"```yaml\n(.*?)```", text("docs/how-to/add-a-question.md"), re.DOTALL)[1]
    bank = tmp_path / "content" / "quizzes" / "banks" / "office-cps.yaml"
    bank.parent.mkdir(parents=True)
    bank.write_text(example, "utf-8")
    before = json.loads(CliRunner().invoke(app, ["check", "--json", "--data-dir", str(tmp_path / "empty")]).stdout)
    found = json.loads(CliRunner().invoke(app, ["check", "--json"]).stdout)
    assert found["errors"] == []
    assert found["counts"]["items"] == before["counts"]["items"] + 1


def test_the_readme_gives_the_two_commands_and_the_first_installs_no_development_packages():
    readme = text("README.md")
    assert "pip install uv && uv run cps-training serve --demo" in readme
    assert "pip install uv && uv run --group dev pytest" in readme
    assert tomllib.loads(text("pyproject.toml"))["tool"]["uv"]["default-groups"] == []


def test_one_answer_names_functions_that_exist():
    page = text("docs/one-answer.md")
    from importlib import import_module

    names = re.findall(r"`((?:apps|desk|views|records|assessment)\.[\w.]+)`", page)
    assert len(names) > 10
    for name in names:
        parts = name.split(".")
        for length in range(len(parts), 0, -1):
            try:
                found = import_module("cps_training." + ".".join(parts[:length]))
            except ModuleNotFoundError:
                continue
            for part in parts[length:]:
                found = getattr(found, part)
            break
        else:
            pytest.fail(f"{name} does not exist")


def test_every_clause_is_taught_and_asked_about_and_the_page_says_how():
    library = load_library(ROOT)
    assert clause_coverage.gaps(library) == []
    assert clause_coverage.PAGE.read_text("utf-8") == clause_coverage.page(library), "run docs/tools/clause_coverage.py"


def test_a_lesson_takes_the_time_it_says():
    measured = readability.lessons()
    assert {one.number: one.said for one in measured} == {one.number: one.minutes for one in measured}
    assert all(one.minutes <= 30 for one in measured), "two or three sittings of ten minutes"
    assert readability.PAGE.read_text("utf-8") == readability.page(measured), "run docs/tools/readability.py"


def test_words_are_counted_without_marks_and_addresses():
    assert readability.words_of("**ขออนุญาต** [สหกรณ์จังหวัด](/handbook?clause=cps.2.3)\n\n| ก่อน | ไป |\n|---|---|") == 5
    assert readability.phrases_of("ขออนุญาต ก่อนไป\n- ได้รับอนุมัติ") == 3


def test_the_pages_of_the_item_types_say_what_the_code_says():
    assert item_types.stale() == []


def test_every_item_type_has_its_picture():
    names = {kind.example().type for kind in ITEM_TYPES}
    assert {path.stem for path in (ROOT / "docs/images/item-types").glob("*.webp")} == names
