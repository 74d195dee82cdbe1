"""items export | template | import: items as a workbook, and back. Prints; `authoring` decides, `exchange` reads and writes files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cps_training.cli.app import AsJson, DataDir, app, print_json, refusals, say
from cps_training.cli.authors import Shipped, in_the_sheet, letters, root_of
from cps_training.errors import Finding, KitError

if TYPE_CHECKING:
    from cps_training.authoring.bringing_in import Plan
    from cps_training.authoring.item_tables import Sheet

items = typer.Typer(no_args_is_help=True, help="ข้อคำถามเป็นตาราง Excel · Items as a spreadsheet")
app.add_typer(items, name="items")

NewFile = Annotated[Path, typer.Argument(help="ไฟล์ .xlsx ที่จะสร้าง · the file to make", show_default=False)]
HOW = {"added": "เพิ่ม", "changed": "แก้", "unchanged": "เหมือนเดิม"}
MOST_LINES = 200


@items.command(
    epilog="ตัวอย่าง · Examples:\n\n`cps-training items export items.xlsx`\n\n`cps-training items export cps.xlsx --bank cps`"
)
def export(
    file: NewFile,
    bank: Annotated[list[str] | None, typer.Option("--bank", help="เฉพาะคลังนี้ (ซ้ำได้) · only this bank")] = None,
    is_shipped: Shipped = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """ส่งออกข้อคำถามทุกช่อง นำกลับเข้าได้ครบ · Every field of every item, to be brought back unchanged."""
    with refusals(as_json):
        from cps_training.authoring.item_tables import sheets_of
        from cps_training.authoring.proposing import bank_files

        files = bank_files(root_of(data_dir, is_shipped))
        if unknown := [name for name in bank or [] if name not in files]:
            text = f"ไม่มีคลัง {', '.join(unknown)} คลังที่มีคือ {', '.join(files)}"
            raise KitError("bank-unknown", text, place=unknown[0])
        wanted = [files[name] for name in bank or files]
        if broken := [one.shown_as for one in wanted if one.bank is None]:
            text = f"คลัง {', '.join(broken)} มีที่ผิด จึงส่งออกไม่ได้ ให้แก้ตาม cps-training check ก่อน"
            raise KitError("bank-has-mistakes", text, place=broken[0])
        sheets = sheets_of([one.bank for one in wanted])
        _write_new(file, _workbook(sheets))
        n = sum(len(one.bank.items) for one in wanted if one.bank)
    if as_json:
        print_json({"ok": True, "file": str(file), "banks": len(wanted), "items": n})
    else:
        say(
            f"ส่งออก {n} ข้อจาก {len(wanted)} คลังไปที่ {file} แล้ว นำกลับเข้าด้วย cps-training items import {file.name} --dry-run"
        )


@items.command(epilog="ตัวอย่าง · Example:\n\n`cps-training items template ข้อสอบ.xlsx`")
def template(file: NewFile, as_json: AsJson = False) -> None:
    """สร้างตารางเปล่าให้กรอก มีคำแนะนำในไฟล์ · An empty workbook to fill in, with a guide."""
    with refusals(as_json):
        from cps_training.authoring.item_tables import sheets_of

        _write_new(file, _workbook(sheets_of([])))
    if as_json:
        print_json({"ok": True, "file": str(file)})
    else:
        say(f"สร้าง {file} แล้ว อ่านแผ่น คำแนะนำ ก่อนกรอก")


@items.command(
    "import",
    epilog="ตัวอย่าง · Examples:\n\n`cps-training items import items.xlsx --dry-run`\n\n`cps-training items import items.xlsx --json`",
)
def import_(
    file: Annotated[Path, typer.Argument(help="ไฟล์ .xlsx · the file", show_default=False)],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="บอกว่าจะเปลี่ยนอะไร ไม่บันทึก · only say what would change")
    ] = False,
    is_shipped: Shipped = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """นำเข้าข้อคำถาม ทั้งหมดหรือไม่เลย ตรวจเหมือน check · Bring items in, whole or not at all, checked as `check` does."""
    with refusals(as_json):
        from cps_training.authoring.bringing_in import plan
        from cps_training.authoring.item_reading import Grid, read_items
        from cps_training.authoring.proposing import write
        from cps_training.exchange.books import read_book

        read = read_items([Grid(title, rows) for title, rows in read_book(_bytes_of(file), file.name)])
        made = plan(read, root_of(data_dir, is_shipped))
        is_applied = not made.findings and not dry_run and bool(made.changes)
        if is_applied:
            write(made.changes)
    if as_json:
        print_json(_document(file, made, is_applied))
    else:
        _say(made, dry_run, is_applied)
    raise typer.Exit(1 if made.findings else 0)


def _document(file: Path, made: Plan, is_applied: bool) -> dict[str, Any]:
    rows = [vars(row) for row in made.rows if row.how != "unchanged"]
    return {
        "ok": not made.findings,
        "file": str(file),
        "findings": [_finding(one) for one in made.findings],
        "difference": {"counts": made.counts(), "rows": rows},
        "applied": is_applied,
        "written": [str(change.path) for change in made.changes] if is_applied else [],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    if finding.file.endswith((".yaml", ".ipynb")):
        place: dict[str, Any] = {"file": finding.file, "line": finding.line, "column": finding.column}
    else:
        place = {"sheet": finding.file, "row": finding.line, "column": letters(finding.column)}
    return {**place, "message": finding.message}


def _say(made: Plan, dry_run: bool, is_applied: bool) -> None:
    for finding in made.findings[:MOST_LINES]:
        say(in_the_sheet(finding))
    if len(made.findings) > MOST_LINES:
        say(f"… และอีก {len(made.findings) - MOST_LINES} จุด (ดูทั้งหมดด้วย --json)")
    for row in made.rows:
        if row.how != "unchanged":
            is_new_version = row.how == "changed" and row.before != row.after
            note = " รุ่นใหม่ คำตอบเดิมอยู่กับรุ่นเดิม" if is_new_version else ""
            lost = f" หมายเหตุ # ในข้อนี้ {row.comments} บรรทัดจะหาย" if row.comments else ""
            typer.echo(f"{HOW[row.how]}\t{row.bank}\t{row.id}\t[{row.type}]{note}{lost}")
    counts = " · ".join(f"{HOW[how]} {n}" for how, n in made.counts().items())
    if made.findings:
        say(f"พบ {len(made.findings)} จุดที่ต้องแก้ ยังไม่ได้เขียนอะไร ({counts})")
    elif is_applied:
        say(f"เขียนแล้ว ({counts}): {', '.join(str(change.path) for change in made.changes)}")
    else:
        say(f"ไม่มีที่ผิด ({counts})" + (" นำเข้าจริงโดยไม่ใส่ --dry-run" if dry_run and made.changes else " ไม่มีอะไรต้องเขียน"))


def _workbook(sheets: tuple[Sheet, ...]) -> bytes:
    from cps_training.authoring import guide
    from cps_training.exchange.books import BookSheet, write_book

    pages = [BookSheet(guide.TITLE, guide.guide())]
    for sheet in sheets:
        rows = [[row.get(column, "") for column in sheet.columns] for row in sheet.rows]
        pages.append(BookSheet(sheet.title, [guide.labels(sheet), sheet.columns, *rows], 2, guide.choices(sheet)))
    return write_book(pages)


def _bytes_of(path: Path) -> bytes:
    from cps_training.exchange.tables import MAX_BYTES

    try:
        with path.open("rb") as handle:
            return handle.read(MAX_BYTES + 1)
    except OSError as error:
        why = f"อ่านไฟล์ {path} ไม่ได้ ({error.strerror}) โปรดตรวจชื่อและโฟลเดอร์ของไฟล์"
        raise KitError("file-unreadable", why, place=str(path)) from error


def _write_new(file: Path, data: bytes) -> None:
    if file.suffix.casefold() != ".xlsx":
        raise KitError("table-kind", f"เขียนไฟล์ {file.name} ไม่ได้ โปรดตั้งชื่อให้ลงท้ายด้วย .xlsx", place=str(file))
    try:
        with file.open("xb") as handle:
            handle.write(data)
    except FileExistsError:
        raise KitError("file-exists", f"มีไฟล์ {file} อยู่แล้ว โปรดตั้งชื่ออื่น", place=str(file)) from None
