"""check and bank: what the content says and whether it may be used."""

from __future__ import annotations

import typer

from cps_training.cli.app import AsJson, DataDir, app, folder_of, print_json, refusals, say
from cps_training.content.check import report
from cps_training.content.library import check_library, load_library
from cps_training.places import shipped


@app.command(epilog="ตัวอย่าง · Examples:\n\n`cps-training check`\n\n`cps-training check --json`")
def check(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """ตรวจเนื้อหาทั้งหมด ทั้งที่มากับชุดฝึกและของสำนักงาน · Check all content; every mistake with its place."""
    folder = folder_of(data_dir)
    library, findings = check_library(shipped(), folder.content, is_linted=True)
    found = report(library, findings)
    if as_json:
        print_json(found)
    else:
        for error in found["errors"]:
            typer.echo(f"{error['file']}:{error['line']}:{error['column']}: {error['message']}")
        counts = " · ".join(f"{name} {n}" for name, n in found["counts"].items())
        say(f"พบ {len(found['errors'])} จุดที่ต้องแก้ ({counts})" if found["errors"] else f"เนื้อหาใช้ได้ทั้งหมด ({counts})")
    raise typer.Exit(0 if found["ok"] else 1)


@app.command(epilog="ตัวอย่าง · Example:\n\n`cps-training bank --json | jq '.[].id'`")
def bank(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """คลังข้อสอบพร้อมเฉลย สำหรับผู้เขียนข้อสอบ · The item bank with keys, the author's view."""
    with refusals(as_json):
        folder = folder_of(data_dir)
        library = load_library(shipped(), folder.content)
        if as_json:
            print_json([item.author_view() for item in library.items.values()])
            return
        for item in library.items.values():
            typer.echo(f"{item.id}  [{item.type}]  {', '.join(item.clauses)}\n    {item.stem}")
