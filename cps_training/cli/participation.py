"""participation: n of N people of the unit, from the record or from two files of an office that keeps attendance on paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cps_training.cli.app import AsJson, DataDir, app, print_json, refusals, say
from cps_training.cli.office_desk import day_option, office
from cps_training.cli.tables import line_of, table_of
from cps_training.clock import office_day, utc_now
from cps_training.desk.protocol import Frames
from cps_training.enrolment import RowFinding, folded, read_attendance, read_roster
from cps_training.enrolment.words import knows_attendance_header, knows_roster_header
from cps_training.thai_text import show_date

if TYPE_CHECKING:  # pandas takes half a second: only this command waits for it
    import pandas as pd

    from cps_training.analytics.participation import Participation, Settings
    from cps_training.analytics.stays import Note

MOST_NAMED = 20


@dataclass(frozen=True)
class Counting:
    """What is counted: frames, the count date, the office's rule, its deadline."""

    roster: pd.DataFrame
    attendance: pd.DataFrame
    on: date
    settings: Settings
    deadline: date | None


@app.command(
    epilog="ตัวอย่าง · Examples:\n\n`cps-training participation`\n\n"
    "`cps-training participation --roster roster.csv --attendance attendance.csv --on 2023-07-10 --json`"
)
def participation(
    roster: Annotated[
        Path | None, typer.Option("--roster", help="ทะเบียน .csv หรือ .xlsx · the roster; without it, the record's")
    ] = None,
    attendance: Annotated[
        Path | None, typer.Option("--attendance", help="ใบลงชื่อ .csv หรือ .xlsx · the attendance list")
    ] = None,
    on: Annotated[str, typer.Option("--on", help="วันที่ใช้นับ เช่น 10/7/2566 · the count date")] = "",
    by_unit: Annotated[bool, typer.Option("--by-unit", help="แยกตามกลุ่มงาน · also by unit")] = False,
    counts_contractors: Annotated[
        bool, typer.Option("--count-contractors", help="นับผู้ปฏิบัติงานจ้างเหมาด้วย (กับไฟล์) · contractors belong to the unit")
    ] = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """การมีส่วนร่วมเทียบร้อยละ 80 ของหน่วยงาน · Participation against 80 % of the unit (km.4)."""
    if (roster is None) != (attendance is None):
        raise typer.BadParameter("ต้องใช้ --roster และ --attendance คู่กัน", param_hint="--roster/--attendance")
    day = day_option(on, "--on") if on else None
    if roster is not None and attendance is not None:
        with refusals(as_json):
            counting = _from_files(roster, attendance, day, counts_contractors, as_json)
    else:
        with office(data_dir, as_json) as desk:
            names = ("roster", "attendance", "lessons", "finished_forms", "settings")
            counting = _from_record(desk.ask(Frames(names=names)), day)

    from cps_training.analytics import participation as figures

    result = figures.participation(counting.roster, counting.attendance, on=counting.on, settings=counting.settings)
    units = figures.by_unit(result)
    if as_json:
        extra = {"units": units.to_dict("records")} if by_unit else {}
        print_json(result.as_json() | extra)
        return
    _print(result, units if by_unit else None, counting)


# Where the rows come from --------------------------------------------------------------------------------------


def _from_record(rows: dict[str, list[dict[str, Any]]], on: date | None) -> Counting:
    """What the trainer's panel counts: the same rows, the same rule."""
    from cps_training.analytics.frames import ATTENDANCE, ROSTER, frame
    from cps_training.analytics.proofs import Topic, proofs

    topic = Topic.read(rows["settings"][0] if rows["settings"] else {})
    return Counting(
        roster=frame(rows["roster"], ROSTER),
        attendance=frame(proofs(rows, topic), ATTENDANCE),
        on=on or topic.counted_on(office_day(utc_now())),
        settings=topic.settings,
        deadline=topic.deadline,
    )


def _from_files(roster: Path, attendance: Path, on: date | None, counts_contractors: bool, as_json: bool) -> Counting:
    """Both files, every mistake told at once (exit code 2, nothing counted); what is only noticed goes to stderr."""
    from cps_training.analytics.frames import ATTENDANCE, ROSTER, frame
    from cps_training.analytics.participation import Settings

    today = office_day(utc_now())
    people_file, proofs_file = table_of(roster, knows_roster_header), table_of(attendance, knows_attendance_header)
    people = read_roster(people_file.table, today=today, is_for_counting=True)
    proofs = read_attendance(proofs_file.table, today=today)
    found = [(roster.name, one) for one in (*people_file.notes, *people.findings)]
    found += [(attendance.name, one) for one in (*proofs_file.notes, *proofs.findings)]
    _stop_at_errors(found, as_json)
    for file, one in found:
        say(line_of(one, file))

    code_of: dict[str, str] = {}
    for row in people.rows:
        code_of.setdefault(row.person_id, row.person_code)
    unknown: dict[str, str] = {}
    stays = [
        {
            "person_code": code_of[row.person_id],
            "name": row.name,
            "unit": row.unit,
            "active_from": row.active_from,
            "active_to": row.active_to,
            "is_guest": row.is_guest,
            "employment": row.employment,
            "left_out_because": row.left_out_because,
        }
        for row in people.rows
    ]
    came = [
        {
            "person_code": code_of.get(folded(row.person_code))
            or unknown.setdefault(folded(row.person_code), row.person_code),
            "date": row.day,
            "kind": row.kind,
            "minutes": row.minutes,
            "session_minutes": row.session_minutes,
        }
        for row in proofs.rows
    ]
    last = max((row.day for row in proofs.rows), default=today)
    settings = Settings(counts_contractors=counts_contractors)
    return Counting(frame(stays, ROSTER), frame(came, ATTENDANCE), on or last, settings, None)


def _stop_at_errors(found: list[tuple[str, RowFinding]], as_json: bool) -> None:
    errors = [(file, one) for file, one in found if one.severity == "error"]
    if not errors:
        return
    message = f"พบ {len(errors)} จุดที่ต้องแก้ในไฟล์ จึงยังไม่นับ"
    if as_json:
        listed = [{"file": file, **one.as_json()} for file, one in errors]
        print_json({"ok": False, "error": {"code": "rows", "message": message, "place": "", "errors": listed}})
    else:
        for file, one in errors:
            say(line_of(one, file))
        say(message)
    raise typer.Exit(2)


# For people ----------------------------------------------------------------------------------------------------


def _print(result: Participation, units: pd.DataFrame | None, counting: Counting) -> None:
    if result.n_unit == 0:
        typer.echo("ไม่มีทะเบียนบุคลากร ณ วันที่ใช้นับ จึงไม่มีร้อยละ นำเข้าทะเบียนด้วย cps-training roster import")
    else:
        typer.echo(f"เข้าร่วม {result.n_participants} จาก {result.n_unit} คน (ร้อยละ {result.printed})")
        percent = result.settings.needed_percent
        if result.met:
            typer.echo(f"ถึงร้อยละ {percent} แล้ว (ต้องมีอย่างน้อย {result.min_people} คน)")
        else:
            typer.echo(f"ขาดอีก {result.still_needed} คนจึงจะถึงร้อยละ {percent} (ต้องมีอย่างน้อย {result.min_people} คน)")
    typer.echo(f"แขก {result.guests} คน ไม่นับรวม")
    if result.unknown:
        typer.echo(f"รหัสที่ไม่อยู่ในทะเบียน {len(result.unknown)} รหัส ไม่นับ: {_named(result.unknown)}")
    _print_notes(result)
    if units is not None:
        typer.echo("ตามกลุ่มงาน")
        for row in units.to_dict("records"):
            typer.echo(f"  {row['unit']}: {row['n']} จาก {row['n_unit']} คน (ร้อยละ {row['printed']})")
    _print_sensitivity(counting)
    _print_rule(result)


def _print_notes(result: Participation) -> None:
    notes = result.notes

    def people(listed: Iterable[Note]) -> str:
        return _named(f"{one.person_code} {one.name}" for one in listed)

    if notes.left:
        typer.echo(f"เข้าร่วมแล้วแต่พ้นจากหน่วยงานก่อนวันที่ใช้นับ ไม่นับ: {people(notes.left)}")
    if notes.to_come:
        typer.echo(f"เข้าร่วมแล้วแต่เข้าทะเบียนหลังวันที่ใช้นับ ไม่นับ: {people(notes.to_come)}")
    if notes.joined_later:
        typer.echo(f"มาหลังการประชุมครั้งสุดท้ายและยังไม่เข้าร่วม ควรจัดให้เรียนบทเรียนหรือฟังย้อนหลัง: {people(notes.joined_later)}")
    if notes.left_out:
        reasons = _named(f"{one.person_code} {one.name} ({one.because})" for one in notes.left_out)
        typer.echo(f"ไม่นับในหน่วยงานโดยมีเหตุผล: {reasons}")
    if notes.contractors:
        typer.echo(f"ผู้ปฏิบัติงานจ้างเหมา {notes.contractors} คน ไม่นับตามค่าตั้งต้น (เข้าร่วม {notes.contractors_took_part} คน)")


def _print_sensitivity(counting: Counting) -> None:
    from cps_training.analytics.participation import sensitivity, sessions_of

    sessions = sessions_of(counting.attendance, counting.on)
    labels = {
        "first_session": "วันประชุมครั้งแรก",
        "last_session": "วันประชุมครั้งสุดท้าย",
        "deadline": "วันครบกำหนดส่งรายงาน",
        "today": "วันนี้",
    }
    days = {
        "first_session": sessions[0] if sessions else None,
        "last_session": sessions[1] if sessions else None,
        "deadline": counting.deadline,
        "today": office_day(utc_now()),
    }
    table = sensitivity(counting.roster, counting.attendance, on=counting.on, days=days, settings=counting.settings)
    typer.echo("ถ้าใช้ทะเบียนของวันอื่น (หลักฐานเท่าเดิม)")
    for row in table.to_dict("records"):
        rate = f"ร้อยละ {row['printed']}" if row["n_unit"] else "ไม่มีทะเบียนบุคลากร"
        typer.echo(f"  {labels[row['what']]} {show_date(row['day'])}: {row['n']} จาก {row['n_unit']} คน ({rate})")


def _print_rule(result: Participation) -> None:
    rule = result.settings
    contractors = "รวม" if rule.counts_contractors else "ไม่รวม"
    typer.echo(
        f"เกณฑ์: ผู้เข้าร่วมไม่น้อยกว่าร้อยละ {rule.needed_percent} ของหน่วยงาน (หน้าที่ KM ข้อ 4) ตัดสินด้วยจำนวนคนเต็ม ไม่ปัดเศษ; "
        f"นับถึง {show_date(result.counted_on)} ตามทะเบียนวันนั้น; ไม่รวมแขก {contractors}ผู้ปฏิบัติงานจ้างเหมา; "
        f"นับผู้ที่ลงชื่อในห้องประชุม ออนไลน์ตั้งแต่ร้อยละ {rule.online_percent} ของเวลา หรือเรียนบทเรียนครบ "
        "คำสั่งไม่ได้กำหนดวันนับและหลักฐาน ส่วนนี้จึงเป็นการตั้งค่าของสำนักงาน"
    )


def _named(words: Iterable[str]) -> str:
    listed = list(words)
    more = f" … และอีก {len(listed) - MOST_NAMED}" if len(listed) > MOST_NAMED else ""
    return ", ".join(listed[:MOST_NAMED]) + more
