"""The page about importing a roster is true: its commands run in their order, its headers and limits are the kit's."""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from cps_training.cli.app import app
from cps_training.enrolment.reading import LABELS, REQUIRED
from cps_training.exchange.tables import MAX_BYTES, MAX_ROWS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/how-to/import-a-roster.md").read_text("utf-8")
COMMANDS = [
    shlex.split(line)[1:]
    for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    for line in block.splitlines()
    if line.startswith("cps-training")
]


def test_every_command_of_the_page_works_in_its_order(tmp_path, monkeypatch):
    monkeypatch.setenv("CPS_DATA_DIR", str(tmp_path / "d"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "attendance.csv").write_text(
        "person_code,date,kind,minutes,session_minutes\nA1,2023-07-03,onsite,,\n", "utf-8"
    )
    assert len(COMMANDS) >= 9
    for words in COMMANDS:
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 0, (words, done.stdout + done.stderr)
        if words[:2] == ["roster", "template"]:
            book = openpyxl.load_workbook(tmp_path / words[2])
            book.active.append(["A1", "สมชาย ใจดี", "กลุ่ม 1", date(2022, 10, 1), None, None, "ข้าราชการ"])
            book.save(tmp_path / words[2])
    assert "เข้าร่วม 1 จาก 1 คน" in done.stdout


@pytest.mark.parametrize("column", [name for name in LABELS if name not in ("title", "surname")])
def test_the_table_of_columns_is_the_kits(column):
    (row,) = [line for line in PAGE.splitlines() if line.startswith(f"| `{column}`")]
    assert LABELS[column] in row
    assert ("(needed)" in row) == (column in REQUIRED)


def test_the_limits_named_are_the_kits():
    assert f"{MAX_ROWS:,} rows and {MAX_BYTES // 1_000_000} MB" in PAGE


def test_every_code_of_a_finding_stands_in_the_script_reference():
    reference = (ROOT / "docs/scripts.md").read_text("utf-8")
    code = "".join(path.read_text("utf-8") for path in (ROOT / "cps_training/enrolment").glob("*.py"))
    used = set(re.findall(r'"([a-z]+(?:-[a-z]+)*)", (?:text\b|mark\()', code))
    assert {"two-people", "column-missing", "overlap", "merged", "minutes"} <= used
    assert [one for one in sorted(used) if f"`{one}`" not in reference] == []
