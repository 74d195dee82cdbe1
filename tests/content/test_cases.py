"""Reading a case's folder: every mistake at its place with a way to mend it, and texts whose places are filled as people read figures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cps_training.content.cases.case import ready
from cps_training.content.cases.rendering import Places
from cps_training.content.cases.tables import SPEC_OF, read_rows, write_table
from cps_training.content.library import check_library
from cps_training.places import shipped
from tests.casework.small_case import SMALL, small_case, write_small_case

HERE = f"content/data/cases/{SMALL}"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The small case as an office's own."""
    root = tmp_path / "content"
    write_small_case(root)
    return root


def said(office: Path) -> list[str]:
    _, findings = check_library(shipped(), office)
    return [str(finding) for finding in findings]


def change(office: Path, name: str, old: str, new: str) -> None:
    path = office / "data/cases" / SMALL / name
    text = path.read_text("utf-8-sig")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_an_offices_own_case_stands_after_those_that_ship(office):
    library, findings = check_library(shipped(), office)
    assert findings == []
    assert library is not None
    assert list(library.cases)[-1] == SMALL
    assert library.counts()["cases"] == 7
    assert library.coverage()["docs.6"]["cases"] >= 2


@pytest.mark.parametrize(
    ("name", "old", "new", "place", "words"),
    [
        ("case.yaml", "kind: no-cash-counts", "kind: no-cash-count", f"{HERE}/case.yaml:", "ใกล้ที่สุดคือ no-cash-counts"),
        ("case.yaml", "clauses: [docs.4]", "clauses: [docs.44]", f"{HERE}/case.yaml:", "ชุดฝึกไม่มีข้อ “docs.44”"),
        ("case.yaml", "{borrowings@2566}", "{borowings@2566}", f"{HERE}/case.yaml:", "“{borowings@2566}” ไม่มีค่า"),
        ("case.yaml", "case: suan-lek", "case: suan-yai", f"{HERE}/case.yaml:1:", "ชื่อโฟลเดอร์ต้องเป็น suan-yai"),
        ("case.yaml", "steps: [stop-new-borrowing", "steps: [settle-quietly", f"{HERE}/case.yaml:", "ข้อผิดร้ายแรง"),
        ("case.yaml", "picture: [total_assets", "picture: [total_asset", f"{HERE}/case.yaml:", "ใกล้ที่สุดคือ total_assets"),
        ("case.yaml", "picture:", "parameters: [agm-day]\npicture:", f"{HERE}/case.yaml:", "ใกล้ที่สุดคือ agm-days"),
        ("case.yaml", "severity: 5", "severity: 6", f"{HERE}/case.yaml:", "severity"),
        ("evidence.yaml", "given: no-cash-counts", "given: minutes-not-sent", f"{HERE}/evidence.yaml:", "ให้เติม given: no-cash-counts"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_place_with_the_nearest_that_is_known(office, name, old, new, place, words):
    change(office, name, old, new)
    found = said(office)
    assert any(one.startswith(place) and words in one for one in found), found


def test_figures_that_no_longer_balance_are_told_at_their_cell(office):
    path = office / "data/cases" / SMALL / "tables/balance.csv"
    text = path.read_text("utf-8-sig")
    spec = SPEC_OF["balance"]
    rows = [dict(row) for row in read_rows(text, spec)]
    rows[-1]["cash_and_bank"] += 1000
    path.write_text(write_table(rows, spec), "utf-8")
    found = said(office)
    assert any(one.startswith(f"{HERE}/tables/balance.csv:3:") and "รวมสินทรัพย์" in one for one in found), found


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("year,", "yaer,", "หัวตารางขาด year (พบ yaer ที่ใกล้เคียง)"),
        ("\n2566,", "\n2566,1,", "ช่องตามหัวตาราง"),
        ("\n2566,", '\n"2,566",', "ตัวเลข ไม่มีเครื่องหมายจุลภาค"),
        ("\n2566,", "\n,", "ช่องนี้ว่าง"),
    ],
)
def test_a_table_says_what_is_wrong_with_a_cell(office, old, new, words):
    change(office, "tables/members.csv", old, new)
    found = said(office)
    assert any(f"{HERE}/tables/members.csv:" in one and words in one for one in found), found


def test_a_folder_without_its_files_and_a_table_nobody_knows_are_not_passed_over(office):
    folder = office / "data/cases" / SMALL
    (folder / "trainer_notes.md").unlink()
    (folder / "tables/borowing.csv").write_text("x\n", "utf-8")
    found = said(office)
    assert any(one.startswith(f"{HERE}/trainer_notes.md:") for one in found)
    assert any(one.startswith(f"{HERE}/tables/borowing.csv:") and "borrowing.csv" in one for one in found), found


def test_places_are_filled_as_people_read_figures():
    years: dict[int, dict[str, Any]] = {2566: {"year": 2566, "borrowings": 31_200_000, "total_assets": 73_455_000}}
    places = Places({"contracts": 46}, years, {"de_ratio": {2566: 1.9085}, "roe_pct": {2566: None}})
    assert places.fill("{contracts} ราย กู้ {borrowings@2566} บาท") == "46 ราย กู้ 31,200,000 บาท"
    assert places.fill("{total_assets@2566|m} ล้าน D/E {de_ratio@2566}") == "73.46 ล้าน D/E 1.91"
    assert [*places.mistakes("{roe_pct@2566} {nothing} {contracts}")] != []
    assert len([*places.mistakes("{roe_pct@2566} {nothing} {contracts}")]) == 2


def test_lines_stand_with_the_problem_they_speak_of_and_make_room_for_the_other():
    case = small_case()
    line = next(line for paper in case.source.evidence.papers for line in paper.lines if line.unless)
    shown = {one.th for paper in case.papers for one in paper.lines}
    assert case.source.places.fill(line.th) not in shown
    without = tuple(problem for problem in case.source.said.problems if problem.kind != line.unless)
    source = replace(case.source, said=case.source.said.model_copy(update={"problems": without}))
    papers = ready(source).papers
    assert case.source.places.fill(line.th) in {one.th for paper in papers for one in paper.lines}
    assert not any(line.unless in one.supports for paper in papers for one in paper.lines)
