"""Rosters with the traps of counting participation, each worked out by hand, through the shipped command."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from cps_training.cli.app import app

CASES = yaml.safe_load((Path(__file__).parent / "rosters" / "cases.yaml").read_text("utf-8"))
ROSTER = "person_code,name,unit,active_from,active_to,is_guest,employment"
ATTENDANCE = "person_code,date,kind,minutes,session_minutes"
KEYS = [
    *("n_unit", "n_participants", "guests", "unknown", "rate", "min_people", "still_needed", "met", "printed"),
    "settings",
]


def grown(lines: str) -> list[str]:
    """The lines with `p{1-31}` written out."""
    rows = []
    for line in lines.strip("\n").splitlines():
        many = re.search(r"\{(\d+)-(\d+)\}", line)
        if many is None:
            rows.append(line)
            continue
        for number in range(int(many[1]), int(many[2]) + 1):
            rows.append(line.replace(many[0], str(number)).replace("{n}", str(number)))
    return rows


def command_of(case, folder: Path) -> list[str]:
    encoding = case.get("encoding", "utf-8")
    for name, header in (("roster", ROSTER), ("attendance", ATTENDANCE)):
        rows = [case.get(f"{name}_header", header), *grown(case[name])]
        (folder / f"{name}.csv").write_bytes("\r\n".join(rows).encode(encoding))
    words = ["participation", "--roster", str(folder / "roster.csv"), "--attendance", str(folder / "attendance.csv")]
    on = case.get("day", "2023-07-10")
    return [*words, *(["--on", on] if on else []), *case.get("arguments", ())]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"].replace(" ", "-"))
def test_figures_are_those_worked_out_by_hand(case, tmp_path):
    command = command_of(case, tmp_path)
    told = CliRunner().invoke(app, [*command, "--json"])
    found = json.loads(told.stdout)
    if "errors" in case:
        assert told.exit_code == 2
        errors = [[one["file"], one["row"], one["column"], one["code"]] for one in found["error"]["errors"]]
        if len(case["errors"]) == 1:
            assert case["errors"][0] in errors
        else:
            assert sorted(errors) == sorted(case["errors"])
        assert CliRunner().invoke(app, command).stdout == ""  # nothing is counted
        return
    assert told.exit_code == 0, told.stdout + told.stderr
    assert list(found) == KEYS
    assert {key: found[key] for key in case["expect"]} == case["expect"]
    assert found["settings"]["counted_on"] == case.get("counted_on", "2023-07-10")
    if "units" in case:
        units = json.loads(CliRunner().invoke(app, [*command, "--json", "--by-unit"]).stdout)["units"]
        assert {row["unit"]: [row["n"], row["n_unit"]] for row in units} == case["units"]
    if "says" in case:
        shown = CliRunner().invoke(app, command)
        for text in case["says"]:
            assert text in shown.stdout + shown.stderr


def test_there_are_forty_of_them_and_no_two_alike():
    assert len(CASES) >= 40
    assert len({case["name"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", [CASES[0], next(case for case in CASES if case.get("encoding") == "cp874")])
def test_the_installed_command_says_the_same(case, tmp_path):
    command = [sys.executable, "-m", "cps_training.cli", *command_of(case, tmp_path), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    found = json.loads(done.stdout)
    assert {key: found[key] for key in case["expect"]} == case["expect"]
