"""The built wheel, installed in an empty environment, serves the demo outside the checkout and takes an answer."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.kit import Kit, visiting

ROOT = Path(__file__).resolve().parents[2]
UV = shutil.which("uv")


def run(*words: str, cwd: Path) -> str:
    return subprocess.run(words, cwd=cwd, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    assert UV, "uv builds and installs the wheel: pip install uv"
    out = tmp_path_factory.mktemp("dist")
    run(UV, "build", "--wheel", "--out-dir", str(out), cwd=ROOT)
    (built,) = out.glob("*.whl")
    return built


def test_the_wheel_carries_content_fonts_and_licences_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "_shipped/quizzes/banks/cps.yaml",
        "_shipped/notebooks/lessons/05_cps_cycle.ipynb",
        "_shipped/data/handbook/cps.yaml",
    ):
        assert f"cps_training/{wanted}" in names
    assert sum(name.endswith(".woff2") for name in names) == 4
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert any(name.endswith("OFL.txt") for name in names)
    assert not [name for name in names if name.endswith((".mo", ".pyc", ".sqlite3")) or name.startswith("tests/")]


def test_installed_in_an_empty_environment_it_serves_and_takes_an_answer(wheel, tmp_path, browser):
    environment = tmp_path / "venv"
    run(UV, "venv", "--python", sys.executable, str(environment), cwd=tmp_path)
    python = environment / ("Scripts" if os.name == "nt" else "bin") / "python"
    run(
        UV,
        "pip",
        "install",
        "--python",
        str(python),
        "--constraint",
        str(ROOT / "constraints.txt"),
        str(wheel),
        cwd=tmp_path,
    )
    command = str(python.with_name("cps-training"))
    assert json.loads(run(command, "check", "--json", cwd=tmp_path))["ok"] is True
    kit = Kit(tmp_path / "kit", "--demo", command=(command,), cwd=tmp_path)
    try:
        with visiting(kit, browser) as visit:
            visit.enter_as("learner").open("/quiz?form=cps-practice")
            card = visit.wait_for_card()
            visit.answer(card)
            expect(card).to_contain_text("บันทึกแล้ว ข้อ 1")
    finally:
        assert kit.stop() == 0
