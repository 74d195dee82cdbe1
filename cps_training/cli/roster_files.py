"""roster headers | template | export: what a roster file may look like, an empty one, and the present one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from cps_training.cli.app import AsJson, DataDir, app, folder_of, print_json, refusals, say
from cps_training.enrolment.reading import LABELS, REQUIRED
from cps_training.enrolment.words import EMPLOYMENTS, FALSE_WORDS, ROSTER_HEADERS, TRUE_WORDS
from cps_training.errors import KitError
from cps_training.exchange import write_table
from cps_training.places import DataFolder
from cps_training.records import frames
from cps_training.records.engine import Records

roster = typer.Typer(no_args_is_help=True, help="ทะเบียนบุคลากรจากไฟล์ · The roster, from and to files")
app.add_typer(roster, name="roster")

EXPORTED = ("person_code", "name", "unit", "active_from", "active_to", "is_guest", "employment", "left_out_because")
CHOICES = {
    LABELS["employment"]: ("ข้าราชการ", "ลูกจ้างประจำ", "พนักงานราชการ", "จ้างเหมา"),
    LABELS["is_guest"]: ("ใช่", "ไม่ใช่"),
}
HINTS = {
    LABELS["person_code"]: "รหัสที่ใช้เข้าสู่ระบบ คนละรหัส",
    LABELS["unit"]: "กลุ่มงานหรือฝ่าย ถ้าย้ายภายในสำนักงาน ให้กรอกสองแถว รหัสเดียวกัน",
    LABELS["active_from"]: "วันแรกที่อยู่ เช่น 1 ต.ค. 2565",
    LABELS["active_to"]: "วันแรกที่ไม่อยู่แล้ว เว้นว่าง = ยังอยู่",
    LABELS["is_guest"]: "ใช่ = ผู้เข้าร่วมจากหน่วยงานอื่น ไม่นับในหน่วยงาน",
    LABELS["left_out_because"]: "เฉพาะผู้ที่สำนักงานไม่นับ เช่น ลายาวหรือไปช่วยราชการ ใส่เหตุผลเป็นลายลักษณ์อักษร",
}
AsOf = Annotated[int | None, typer.Option("--as-of", min=0, help="ทะเบียนหลังรายการลำดับนี้ · as it was after this event")]


@contextmanager
def open_records(folder: DataFolder) -> Iterator[Records]:
    folder.root.mkdir(parents=True, exist_ok=True)
    with Records.open(folder.database) as records:
        yield records


def roster_rows(data_dir: Path | None, as_of: int | None) -> list[dict[str, Any]]:
    with open_records(folder_of(data_dir)) as records, records.read() as conn:
        return frames.roster_rows(conn, as_of)


@roster.command(epilog="ตัวอย่าง · Example:\n\n`cps-training roster headers`")
def headers(as_json: AsJson = False) -> None:
    """หัวคอลัมน์และคำที่ใช้ได้ · Accepted headers and words."""
    columns = [
        {"column": column, "label": LABELS[column], "required": column in REQUIRED, "headers": [column, *words]}
        for column, words in ROSTER_HEADERS.items()
    ]
    words = {
        "employment": {one: [one, *known] for one, known in EMPLOYMENTS.items()},
        "is_guest": {"true": list(TRUE_WORDS), "false": list(FALSE_WORDS)},
    }
    if as_json:
        print_json({"columns": columns, "words": words})
        return
    for column in columns:
        need = " (ต้องมี)" if column["required"] else ""
        typer.echo(f"{column['label']}{need}: {', '.join(column['headers'])}")  # type: ignore[arg-type]
    typer.echo("")
    for name, known in words["employment"].items():
        typer.echo(f"ประเภท {name}: {', '.join(known[1:])}")
    typer.echo(f"แขก: ใช่ = {', '.join(TRUE_WORDS)}; ไม่ใช่ = {', '.join(FALSE_WORDS)} หรือเว้นว่าง")
    typer.echo("วันที่: 2023-10-01, 1/10/2566, 1 ต.ค. 2566 หรือเซลล์วันที่ของ Excel; วันที่พ้นคือวันแรกที่ไม่อยู่แล้ว เว้นว่าง = ยังอยู่")


@roster.command(epilog="ตัวอย่าง · Example:\n\n`cps-training roster template ทะเบียน.xlsx`")
def template(
    file: Annotated[Path, typer.Argument(help="ไฟล์ .xlsx หรือ .csv ที่จะสร้าง · the file to make")], as_json: AsJson = False
) -> None:
    """สร้างแบบทะเบียนเปล่าให้กรอก · An empty roster to fill in."""
    with refusals(as_json):
        _write_new(
            file, write_table([LABELS[column] for column in EXPORTED], [], file.name, hints=HINTS, choices=CHOICES)
        )
    if as_json:
        print_json({"ok": True, "file": str(file)})
    else:
        say(f"สร้าง {file} แล้ว กรอกหนึ่งแถวต่อหนึ่งคน แล้วตรวจด้วย cps-training roster import {file.name} --dry-run")


@roster.command(epilog="ตัวอย่าง · Example:\n\n`cps-training roster export roster.csv`")
def export(
    file: Annotated[Path, typer.Argument(help="ไฟล์ .xlsx หรือ .csv ที่จะสร้าง · the file to make")],
    as_of: AsOf = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """ส่งออกทะเบียนเป็นไฟล์ นำกลับเข้าได้ · The roster as a file that can be imported again."""
    with refusals(as_json):
        rows = roster_rows(data_dir, as_of)
        _write_new(
            file, write_table(EXPORTED, [[_cell(row, column) for column in EXPORTED] for row in rows], file.name)
        )
    if as_json:
        print_json({"ok": True, "file": str(file), "rows": len(rows)})
    else:
        say(f"ส่งออก {len(rows)} แถวไปที่ {file} แล้ว")


def _cell(row: dict[str, Any], column: str) -> Any:
    value = row[column]
    return date.fromisoformat(value) if column.startswith("active_") and value else value


def _write_new(file: Path, data: bytes) -> None:
    try:
        with file.open("xb") as handle:
            handle.write(data)
    except FileExistsError:
        raise KitError("file-exists", f"มีไฟล์ {file} อยู่แล้ว โปรดตั้งชื่ออื่น", place=str(file)) from None
