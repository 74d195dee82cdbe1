"""`angoff` as a panel uses it: a sheet, filled in with what people type, and the cut that follows; every slip at its cell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from cps_training.cli.app import app

FORM = "cps-exam"


def run(*words: str) -> Any:
    return CliRunner().invoke(app, ["angoff", *words])


@pytest.fixture
def sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CPS_DATA_DIR", str(tmp_path / "data"))
    made = tmp_path / "panel.xlsx"
    assert run("sheet", FORM, str(made), "--judges", "5").exit_code == 0
    return made


def fill(path: Path, say: Any) -> int:
    """Write say(row, judge) into every judge's cell; rows and judges count from 0. Gives the number of items."""
    book = load_workbook(path)
    page = book.active
    for row in range(2, page.max_row + 1):
        for judge in range(5):
            page.cell(row, 4 + judge).value = say(row - 2, judge)
    book.save(path)
    return page.max_row - 1


def test_a_sheet_has_each_item_with_its_answer_and_is_never_written_over(sheet: Path) -> None:
    rows = list(load_workbook(sheet).active.values)
    assert rows[0][:3] == ("รหัสข้อ", "โจทย์", "คำตอบ")
    assert len(rows) == 1 + 12
    assert all(row[1] and row[2] for row in rows[1:])
    before = sheet.read_bytes()
    again = run("sheet", FORM, str(sheet), "--json")
    assert json.loads(again.stdout)["error"]["code"] == "file-exists"
    assert sheet.read_bytes() == before


def test_numbers_may_be_typed_as_an_officer_types_them(sheet: Path) -> None:
    n = fill(sheet, lambda row, judge: ["60", 70, "๕๐", "65%", "55.0"][judge])
    found = json.loads(run("cut", FORM, str(sheet), "--json").stdout)
    assert (found["cut_score"], found["n_judges"], found["n_items"]) == (0.6, 5, n)
    assert list(found["by_judge"].values()) == [0.6, 0.7, 0.5, 0.65, 0.55]
    assert found["is_enough"] is True
    assert "cut_score: 0.6" in run("cut", FORM, str(sheet)).stdout


def test_every_slip_is_said_at_its_cell_and_no_cut_is_given(sheet: Path) -> None:
    fill(sheet, lambda row, judge: {(0, 0): "มาก", (3, 4): None, (5, 1): 140}.get((row, judge), 60))
    out = run("cut", FORM, str(sheet), "--json")
    assert out.exit_code == 1
    found = [(one["line"], one["column"]) for one in json.loads(out.stdout)["error"]["errors"]]
    assert found == [(2, 4), (5, 8), (7, 5)]


def test_an_item_left_out_or_of_another_form_is_named(sheet: Path) -> None:
    fill(sheet, lambda row, judge: 60)
    book = load_workbook(sheet)
    gone = book.active["A4"].value
    book.active["A4"].value = "fe-km-report-ten-days-early"
    book.save(sheet)
    messages = [one["message"] for one in json.loads(run("cut", FORM, str(sheet), "--json").stdout)["error"]["errors"]]
    assert any("fe-km-report-ten-days-early" in said and "ไม่อยู่ในชุดนี้" in said for said in messages)
    assert any(gone in said and "ขาดข้อ" in said for said in messages)


def test_what_the_panel_disagrees_about_is_said_before_the_cut(sheet: Path) -> None:
    fill(sheet, lambda row, judge: 20 + 15 * judge if row == 2 else 60)
    told = run("cut", FORM, str(sheet)).stdout
    assert "ควรคุยกันก่อน" in told
    assert "เห็นต่างกัน 60 จุดร้อยละ" in told


def test_an_unknown_form_is_met_with_the_nearest_one(sheet: Path) -> None:
    assert "ใกล้ที่สุดคือ cps-exam" in run("cut", "cps-exm", str(sheet)).stderr
