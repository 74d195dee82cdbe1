"""person join | transfer | leave | leave-out | history: who is in which unit when, by hand. Dates as offices write them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

from cps_training.cli.app import AsJson, DataDir, print_json
from cps_training.cli.office_desk import Office, day_option, office
from cps_training.cli.people import Code, Employment, Guest, checked_employment, done, person
from cps_training.clock import BANGKOK
from cps_training.desk import office as o
from cps_training.errors import KitError
from cps_training.thai_text import show_date

Day = Annotated[str, typer.Option("--on", help="วันที่มีผล เช่น 1/10/2566 · the day from which it holds")]
Unit = Annotated[str, typer.Option("--unit", help="กลุ่มงาน · unit")]


@person.command(
    epilog="ตัวอย่าง · Example:\n\n`cps-training person join A001 --unit 'กลุ่มส่งเสริมสหกรณ์ 1' --from '1 ต.ค. 2566'`"
)
def join(
    code: Code,
    unit: Unit,
    since: Annotated[str, typer.Option("--from", help="วันแรกที่อยู่ · the first day there")],
    until: Annotated[str, typer.Option("--to", help="วันแรกที่ไม่อยู่แล้ว ไม่ใส่ = ยังอยู่ · the first day no longer there")] = "",
    employment: Employment = "civil_servant",
    guest: Guest = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """ลงทะเบียนในกลุ่มงาน · Put somebody on the roster of a unit."""
    kind, first = checked_employment(employment), day_option(since, "--from")
    last = day_option(until, "--to") if until else None
    with office(data_dir, as_json) as desk:
        who = desk.known(code).person_id
        desk.ask(o.Enrol(person_id=who, unit=unit, employment=kind, is_guest=guest, active_from=first, active_to=last))
    done(as_json, code, f"ลงทะเบียน {code} ใน{unit} ตั้งแต่ {show_date(first)} แล้ว", active_from=first.isoformat())


@person.command(
    epilog="ตัวอย่าง · Example:\n\n`cps-training person transfer A001 --unit 'กลุ่มส่งเสริมสหกรณ์ 2' --on 1/4/2567`"
)
def transfer(code: Code, unit: Unit, on: Day, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """ย้ายกลุ่มงานภายในสำนักงาน · Move somebody to another unit of the office."""
    day = day_option(on, "--on")
    with office(data_dir, as_json) as desk:
        desk.ask(o.Transfer(person_id=desk.known(code).person_id, unit=unit, on=day))
    done(as_json, code, f"ย้าย {code} ไป{unit} ตั้งแต่ {show_date(day)} แล้ว", on=day.isoformat())


@person.command(epilog="ตัวอย่าง · Example:\n\n`cps-training person leave A001 --on 2024-04-01`")
def leave(code: Code, on: Day, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """พ้นจากสำนักงาน (วันที่คือวันแรกที่ไม่อยู่แล้ว) · Somebody leaves; the day is the first they are no longer there."""
    day = day_option(on, "--on")
    with office(data_dir, as_json) as desk:
        desk.ask(o.Leave(person_id=desk.known(code).person_id, on=day))
    done(as_json, code, f"{code} พ้นจากทะเบียนตั้งแต่ {show_date(day)} แล้ว", on=day.isoformat())


@person.command(
    "leave-out", epilog="ตัวอย่าง · Example:\n\n`cps-training person leave-out A001 --because 'ลาศึกษาต่อ ตามหนังสือที่ 12'`"
)
def leave_out(
    code: Code,
    because: Annotated[
        str, typer.Option("--because", help='เหตุผล ("" = กลับมานับ) · the written reason; "" counts again')
    ],
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """ไม่นับในหน่วยงานโดยมีเหตุผล เช่น ลายาวหรือไปช่วยราชการ · Leave out of the count for a written reason."""
    with office(data_dir, as_json) as desk:
        desk.ask(o.LeaveOut(entry_id=_current(desk, code), because=because))
    done(as_json, code, "ไม่นับในหน่วยงานแล้ว" if because.strip() else "กลับมานับแล้ว", because=because.strip() or None)


def _current(desk: Office, code: str) -> str:
    """The entry of the person's latest stay."""
    who = desk.known(code).person_id
    stays = [row for row in desk.rows("roster") if row["person_id"] == who]
    if not stays:
        raise KitError("not-on-roster", "คนนี้ยังไม่อยู่ในทะเบียน เพิ่มด้วย cps-training person join")
    latest = max(stays, key=lambda row: date.fromisoformat(row["active_from"]))
    return str(latest["entry_id"])


@person.command(epilog="ตัวอย่าง · Example:\n\n`cps-training person history A001`")
def history(code: Code, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """สิ่งที่เคยแก้เกี่ยวกับคนหนึ่ง เมื่อใด โดยใคร · What was changed about somebody, when and by whom."""
    with office(data_dir, as_json) as desk:
        who = desk.known(code).person_id
        changes = [row for row in desk.rows("changes") if row["subject_id"] == who]
    if as_json:
        print_json([{name: row[name] for name in ("seq", "at", "by", "kind", "detail")} for row in changes])
        return
    for row in changes:
        at = datetime.fromisoformat(row["at"]).astimezone(BANGKOK)
        typer.echo(f"{row['seq']}\t{show_date(at.date())} {at:%H:%M}\t{row['by'] or 'บรรทัดคำสั่ง'}\t{row['kind']}")
