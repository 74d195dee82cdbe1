"""plan check: a plan of a promotion officer against the handbook. Prints; `planning` decides."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from cps_training.cli.app import AsJson, DataDir, app, folder_of, own_content, print_json, refusals

plan = typer.Typer(no_args_is_help=True, help="แผนเข้าแนะนำส่งเสริม · Plans of visits")
app.add_typer(plan, name="plan")

SIGNS = {"error": "ต้องแก้", "warning": "ควรแก้", "hint": "คำแนะนำ"}


@plan.callback()
def plans() -> None:
    """One command so far; a group, so that others find their place."""


@plan.command(
    epilog="ตัวอย่าง · Examples:\n\n`cps-training plan check plan.yaml`\n\n"
    "`cps-training plan check plan.yaml --on 2023-07-24 --json | jq .score`"
)
def check(
    file: Annotated[Path, typer.Argument(metavar="PLAN", help="ไฟล์แผน .yaml หรือ .json · the plan", show_default=False)],
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="ตรวจเหมือนวันนั้นเป็นวันนี้ · as if it were that day"),
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """ตรวจแผนกับคู่มือ ออกด้วย 1 เมื่อมีข้อที่ต้องแก้ · Check a plan against the handbook; exit 1 when something must be mended."""
    with refusals(as_json):
        from cps_training.clock import office_day, utc_now
        from cps_training.content.library import load_library
        from cps_training.places import shipped
        from cps_training.planning import checking
        from cps_training.planning.reading import context_of, read_plan
        from cps_training.planning.rules.registry import RULES

        library = load_library(shipped(), own_content(folder_of(data_dir)))
        today: date = on.date() if on else office_day(utc_now())
        report = checking.check(read_plan(file), context_of(library, shipped(), today), RULES)
    if as_json:
        print_json(report.as_json())
    else:
        for one in report.findings:
            typer.echo(f"{SIGNS[one.severity]}\t{one.rule}\t{one.at}\t{one.message}")
        for skipped in report.skipped:
            typer.echo(f"ไม่ได้ตรวจ\t{skipped.rule}\t\t{skipped.because}")
        typer.echo(f"คะแนน {report.score} จาก 100 · {'ส่งได้' if report.is_ok else 'ยังส่งไม่ได้'}")
    raise typer.Exit(0 if report.is_ok else 1)
