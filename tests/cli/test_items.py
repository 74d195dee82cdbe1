"""`items export | template | import` as an author meets them: out, changed in a spreadsheet, looked at, brought in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from cps_training.cli.app import app
from cps_training.content.banks import FOLDER, Bank
from cps_training.content.yaml_source import read_marked
from cps_training.places import PACKAGE

PRESENT = """\
# คลังของสำนักงาน อย่าลบหมายเหตุนี้
bank: office
title: {th: "ข้อสอบของสำนักงาน"}
items:
  # ก่อนข้อแรก
  - id: office-likes   # ชอบ
    type: likert
    clauses: [km.7]
    stem: "ฉันนำความรู้ไปใช้ได้ทันที"

  - id: office-days
    type: numeric
    clauses: [practice.19.1]
    bloom: remember
    evidence: H
    # คำนวณแล้ว
    stem: "สำนักงานนี้ (สมมติ) ให้เวลาสหกรณ์ใหม่จัดประชุมครั้งแรกกี่วัน"
    answer: 90
    unit: "วัน"
    headline: "เก้าสิบวัน"
    explanation: "นับจากวันจดทะเบียน"
"""


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The office's only bank."""
    monkeypatch.setenv("CPS_DATA_DIR", str(tmp_path / "data"))
    path = tmp_path / "data" / "content" / FOLDER / "office.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(PRESENT, "utf-8")
    return path


def run(*words: str) -> Any:
    return CliRunner().invoke(app, ["items", *words])


def exported(tmp_path: Path, *words: str) -> Path:
    file = tmp_path / "items.xlsx"
    done = run("export", str(file), *words)
    assert done.exit_code == 0, done.stderr
    return file


def change(file: Path, how: Callable[[Any], None]) -> None:
    book = load_workbook(file)
    how(book)
    book.save(file)


def cell(book: Any, sheet: str, item: str, column: str) -> Any:
    """The cell of an item's first row."""
    page = book[sheet]
    place = {one.value: one.column for one in page[2]}
    row = next(row for row in range(3, page.max_row + 1) if page.cell(row, place["id"]).value == item)
    return page.cell(row, place[column])


def put(sheet: str, item: str, **values: Any) -> Callable[[Any], None]:
    def set_cells(book: Any) -> None:
        for column, value in values.items():
            cell(book, sheet, item, column.replace("__", ".")).value = value

    return set_cells


def add_number(book: Any, item: str = "office-more", **values: Any) -> None:
    page = book["numeric"]
    names = [one.value for one in page[2]]
    said = {
        "id": item,
        "bank": "office",
        "clauses": "practice.19.1",
        "bloom": "remember",
        "evidence": "H",
        "answer": 150,
    }
    said |= {
        "stem": "ประชุมใหญ่สามัญประจำปีของสหกรณ์ตัวอย่าง (สมมติ) จัดภายในกี่วันหลังวันสิ้นปีบัญชี",
        "headline": "หนึ่งร้อยห้าสิบวัน",
        "explanation": "ตามแนวทางการปฏิบัติงาน",
    }
    said |= values
    page.append([said.get(name) for name in names])


def items_at(path: Path) -> Bank:
    return Bank.model_validate(read_marked(path).data)


def found(*words: str) -> dict[str, Any]:
    done = run("import", *words, "--json")
    document: dict[str, Any] = json.loads(done.stdout)
    assert done.exit_code == (0 if document["ok"] else 1)
    return document


def test_what_was_exported_changes_nothing(bank: Path, tmp_path: Path) -> None:
    done = found(str(exported(tmp_path)))
    assert (done["ok"], done["applied"], done["findings"], done["difference"]["rows"]) == (True, False, [], [])
    counts = done["difference"]["counts"]
    assert (counts["added"], counts["changed"]) == (0, 0)
    assert counts["unchanged"] > 100
    assert bank.read_text("utf-8") == PRESENT


def test_a_bank_that_is_gone_comes_back_whole(bank: Path, tmp_path: Path) -> None:
    file, before = exported(tmp_path, "--bank", "office"), items_at(bank)
    bank.unlink()
    assert found(str(file))["written"] == [str(bank)]
    assert items_at(bank) == before


def test_changes_are_shown_first_and_only_changed_items_are_written_anew(bank: Path, tmp_path: Path) -> None:
    file = exported(tmp_path, "--bank", "office")

    def both(book: Any) -> None:
        put("numeric", "office-days", answer=120, explanation="แก้แล้ว")(book)
        add_number(book)

    change(file, both)
    dry = found(str(file), "--dry-run")
    assert (dry["applied"], bank.read_text("utf-8")) == (False, PRESENT)
    [changed, added] = sorted(dry["difference"]["rows"], key=lambda row: str(row["how"]), reverse=True)
    assert (changed["id"], changed["how"], changed["comments"]) == ("office-days", "changed", 1)
    assert changed["before"] != changed["after"]
    assert (added["id"], added["how"], added["before"]) == ("office-more", "added", "")
    assert found(str(file))["applied"] is True
    text = bank.read_text("utf-8")
    assert text.startswith(PRESENT[: PRESENT.index("  - id: office-days")])
    assert [item.id for item in items_at(bank).items] == ["office-likes", "office-days", "office-more"]
    assert items_at(bank).items[1].answer == 120  # type: ignore[attr-defined]


def test_an_unscored_change_keeps_the_version(bank: Path, tmp_path: Path) -> None:
    file = exported(tmp_path, "--bank", "office")
    change(file, put("numeric", "office-days", headline="สามเดือน"))
    done = run("import", str(file), "--dry-run")
    assert "แก้\toffice\toffice-days\t[numeric]" in done.stdout
    assert "รุ่นใหม่" not in done.stdout
    change(file, put("numeric", "office-days", unit="ชั่วโมง"))
    assert "รุ่นใหม่" in run("import", str(file), "--dry-run").stdout


def test_every_mistake_is_named_with_sheet_row_and_column_and_nothing_is_written(bank: Path, tmp_path: Path) -> None:
    file = exported(tmp_path, "--bank", "office")

    def wrong(book: Any) -> None:
        put("numeric", "office-days", bloom="recall", stem=None)(book)
        add_number(book)

    change(file, wrong)
    done = found(str(file))
    book = load_workbook(file)
    places = {(one["sheet"], one["row"], one["column"]) for one in done["findings"]}
    wanted = [cell(book, "numeric", "office-days", column) for column in ("bloom", "stem")]
    assert places == {("numeric", one.row, one.column_letter) for one in wanted}
    assert f"แผ่น numeric แถว {wanted[0].row} คอลัมน์ {wanted[0].column_letter}: " in run("import", str(file)).stderr
    assert bank.read_text("utf-8") == PRESENT


@pytest.mark.parametrize(
    ("values", "column", "said"),
    [
        ({"clauses": "cps.99"}, "clauses", "ชุดฝึกไม่มีข้อ “cps.99”"),
        ({"stem": "ข้อใดไม่ใช่\u200bหน้าที่"}, "stem", "[L12]"),
        ({"item": "cps-check-two-levels"}, "id", "มีในเนื้อหาที่มากับชุดฝึกแล้ว"),
        ({"bank": "nowhere"}, "bank", "ยังไม่มีคลัง “nowhere”"),
        ({"bank": "cps"}, "bank", "มากับชุดฝึก"),
    ],
)
def test_checks_across_files_and_the_linter_point_into_the_sheet(
    bank: Path, tmp_path: Path, values: dict[str, Any], column: str, said: str
) -> None:
    file = exported(tmp_path, "--bank", "office")
    change(file, lambda book: add_number(book, **values))
    findings = found(str(file))["findings"]
    assert findings
    page = load_workbook(file)["numeric"]
    place = next(one.column_letter for one in page[2] if one.value == column)
    assert [
        one
        for one in findings
        if one.get("sheet") == "numeric"
        and one["row"] == page.max_row
        and one["column"] == place
        and said in one["message"]
    ], findings
    assert bank.read_text("utf-8") == PRESENT


def test_a_shipped_item_is_replaced_only_in_a_bank_of_the_office_that_says_so(bank: Path, tmp_path: Path) -> None:
    file = exported(tmp_path)
    change(file, put("likert", "office-likes", order=1))
    shipped_item = load_workbook(file)["likert"].cell(3, 1).value
    change(file, put("likert", str(shipped_item), bank="office", replaces="ใช่"))
    done = found(str(file))
    assert (done["ok"], done["difference"]["counts"]["added"]) == (True, 1), done["findings"]
    assert items_at(bank).replacing == frozenset({2})


def test_a_template_holds_a_guide_and_every_sheet(tmp_path: Path) -> None:
    file = tmp_path / "new.xlsx"
    assert run("template", str(file)).exit_code == 0
    book = load_workbook(file)
    assert book.sheetnames[:2] == ["คำแนะนำ", "banks"]
    assert len(book.sheetnames) == 15
    again = run("template", str(file), "--json")
    assert (again.exit_code, json.loads(again.stdout)["error"]["code"]) == (1, "file-exists")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["export", "x.csv"], "table-kind"),
        (["export", "x.xlsx", "--bank", "nowhere"], "bank-unknown"),
        (["import", "nowhere.xlsx"], "file-unreadable"),
    ],
)
def test_refusals_are_one_json_document(bank: Path, words: list[str], code: str) -> None:
    done = run(*words, "--json")
    assert (done.exit_code, json.loads(done.stdout)["error"]["code"]) == (1, code)


def test_shipped_banks_are_written_only_in_a_checkout(
    bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cps_training.cli.authors.shipped", lambda: PACKAGE / "_shipped")
    done = run("export", str(tmp_path / "y.xlsx"), "--shipped", "--json")
    assert (done.exit_code, json.loads(done.stdout)["error"]["code"]) == (1, "not-a-checkout")


def test_schemas_are_written_with_the_settings_of_an_editor(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["schemas", str(tmp_path / "s"), "--json"])
    said = json.loads(done.stdout)
    assert {Path(one).name for one in said["files"]} == {path.name for path in (tmp_path / "s").iterdir()}
    assert all(Path(one).is_file() for one in said["settings"]["yaml.schemas"])
