"""plan new, plan check: a plan of a promotion officer begun as a file, and held against the handbook. Prints; `planning` decides."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from cps_training.cli.app import AsJson, DataDir, app, folder_of, own_content, print_json, refusals, say
from cps_training.errors import KitError

plan = typer.Typer(no_args_is_help=True, help="แผนเข้าแนะนำส่งเสริม · Plans of visits")
app.add_typer(plan, name="plan")

SIGNS = {"error": "ต้องแก้", "warning": "ควรแก้", "hint": "คำแนะนำ"}
NAMELESS = "สหกรณ์ตัวอย่าง จำกัด"


@plan.callback()
def plans() -> None:
    """A group, so that what one can do with a plan stands together."""


@plan.command(
    epilog="ตัวอย่าง · Examples:\n\n`cps-training plan new plan.yaml --template monthly-agricultural`\n\n"
    "`cps-training plan new plan.json --org สหกรณ์การเกษตรบ้านตัวอย่าง --title แผนเดือนธันวาคม`"
)
def new(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="ไฟล์ใหม่ .yaml หรือ .json · the new file")],
    template: Annotated[
        str | None, typer.Option("--template", help="เริ่มจากแผนตั้งต้น · begin from a plan that ships (its id)")
    ] = None,
    title: Annotated[str, typer.Option("--title", help="ชื่อแผน · title")] = "",
    org: Annotated[str, typer.Option("--org", help="ชื่อสหกรณ์หรือกลุ่มเกษตรกร · name of the cooperative")] = "",
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="วันที่เขียนแผน · the day it is written (default: today)"),
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """เริ่มแผนใหม่เป็นไฟล์ ไม่เขียนทับไฟล์เดิม · Begin a plan as a file; never overwrites."""
    with refusals(as_json):
        from cps_training.clock import office_day, utc_now
        from cps_training.content.library import load_library
        from cps_training.places import shipped
        from cps_training.planning.calendars_of import with_calendars
        from cps_training.planning.templates import begun, plan_id_of, templates
        from cps_training.planning.writing import write_plan

        written_on: date = on.date() if on else office_day(utc_now())
        known = templates(shipped())
        if template is None:
            document: dict[str, Any] = {
                "plan": plan_id_of(file.stem),
                "title": title,
                "written_on": written_on.isoformat(),
                "orgs": [{"id": "coop", "name": org or NAMELESS, "kind": "agricultural"}],
            }
        elif template in known:
            is_open = load_library(shipped(), own_content(folder_of(data_dir))).office_calendar.is_office_day
            document = begun(
                known[template], plan_id_of(file.stem), written_on, is_office_day=is_open, title=title, org_name=org
            )
        else:
            message = f"ไม่มีแผนตั้งต้นชื่อ {template} ที่มีคือ {', '.join(known)}"
            raise KitError("no-template", message, place=template)
        write_plan(file, with_calendars(document))
    if as_json:
        print_json({"ok": True, "file": str(file)})
    else:
        say(f"เขียน {file} แล้ว แก้ให้เป็นของแห่งที่ดูแล แล้วตรวจด้วย cps-training plan check {file}")


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
