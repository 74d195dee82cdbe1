"""roster: the register of the unit from and to files, its template, its history. Thin: enrolment and the desk decide."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import Connection

from cps_training.cli.app import AsJson, DataDir, folder_of, print_json, refusals, say
from cps_training.cli.office_desk import day_option
from cps_training.cli.roster_files import EXPORTED, AsOf, open_records, roster, roster_rows
from cps_training.cli.tables import TableFile, WithProgress, progress_bar, say_findings, table_of
from cps_training.clock import BANGKOK, utc_now
from cps_training.desk.enrolment import KIND, Imported, bring_in
from cps_training.enrolment.words import (
    knows_roster_header,
)
from cps_training.errors import KitError
from cps_training.exchange import write_table
from cps_training.records import accounts, events
from cps_training.thai_text import show_date

KINDS = (
    KIND,
    "add-person",
    "enrol",
    "transfer",
    "leave",
    "amend",
    "withdraw",
    "leave-out",
    "count-again",
    "merge",
    "unmerge",
)
PARTS = {
    "new_people": "คนใหม่",
    "renamed": "เปลี่ยนชื่อ",
    "new_stays": "เพิ่มช่วงเวลาในกลุ่มงาน",
    "changed": "แก้ช่วงเวลา",
    "ended": "พ้นจากกลุ่มงาน",
    "unchanged": "เหมือนเดิม",
    "absent": "อยู่ในทะเบียนแต่ไม่อยู่ในไฟล์",
}


@roster.command(
    "import",
    epilog="ตัวอย่าง · Examples:\n\n`cps-training roster import ทะเบียน.xlsx --dry-run`\n\n"
    "`cps-training roster import roster.csv --codes codes.csv`",
)
def import_file(
    file: TableFile,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="บอกว่าจะเปลี่ยนอะไร ไม่บันทึก · only say what would change")
    ] = False,
    accept: Annotated[
        list[str] | None,
        typer.Option("--accept", help="ยืนยันว่ารหัสนี้เปลี่ยนชื่อจริง (ซ้ำได้) · the new name of this code is meant"),
    ] = None,
    ends_absent_on: Annotated[
        str, typer.Option("--ends-absent-on", help="ผู้ที่ไม่อยู่ในไฟล์พ้นจากทะเบียนตั้งแต่วันนี้ · those absent left on this day")
    ] = "",
    codes: Annotated[
        Path | None, typer.Option("--codes", help="เขียนรหัสใช้ครั้งเดียวลงไฟล์ .csv ใหม่ · write the one-time codes there")
    ] = None,
    progress: WithProgress = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """นำเข้าทะเบียนจากไฟล์ ทั้งหมดหรือไม่เลย · Import a roster, whole or not at all."""
    leaving = day_option(ends_absent_on, "--ends-absent-on") if ends_absent_on else None
    with refusals(as_json):
        read = table_of(file, knows_roster_header)
        with (
            progress_bar(progress, "นำเข้าทะเบียน") as show,
            open_records(folder_of(data_dir)) as records,
            _codes_file(codes) as keep_codes,
        ):

            def work(conn: Connection) -> Imported:
                done = bring_in(
                    conn,
                    read.table,
                    now=utc_now(),
                    entropy=secrets.token_bytes,
                    is_dry_run=dry_run,
                    accept=accept or (),
                    ends_absent_on=leaving,
                    progress=show,
                )
                keep_codes(done)  # before the COMMIT: no account whose code nobody has
                return done

            done = records.write_patiently(work)
    if as_json:
        document = done.as_json()
        notes = [one.as_json() for one in read.notes]
        print_json({"ok": done.n_errors == 0, "file": str(file), **document, "findings": notes + document["findings"]})
    else:
        say_findings((*read.notes, *done.findings), file.name)
        _say_difference(done, dry_run)
        if codes is None:
            for code, name, letters in done.codes:
                typer.echo(f"{code}\t{name}\t{letters}")
        elif done.codes:
            say(f"รหัสใช้ครั้งเดียวของ {len(done.codes)} คนอยู่ในไฟล์ {codes} แจกแล้วโปรดลบไฟล์")
    raise typer.Exit(1 if done.n_errors else 0)


@contextmanager
def _codes_file(path: Path | None) -> Iterator[Any]:
    """A function that writes the one-time codes of an import beside `path`, where they appear once everything is stored.

    Raises KitError file-exists: a file of codes that may not have been handed out yet is never written over.
    """
    if path is None:
        yield lambda _: None
        return
    if path.exists():
        raise KitError("file-exists", f"มีไฟล์ {path} อยู่แล้ว โปรดตั้งชื่ออื่น", place=str(path))
    partial = path.with_name(path.name + ".partial")

    def keep(done: Imported) -> None:
        data = write_table(("person_code", "name", "one_time_code"), done.codes, "codes.csv")
        with open(partial, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as handle:
            handle.write(data)

    try:
        yield keep
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    if partial.exists():
        partial.replace(path)


def _say_difference(done: Imported, is_dry_run: bool) -> None:
    counts = done.difference.counts()
    say(" · ".join(f"{label} {counts[part]}" for part, label in PARTS.items()))
    rows = done.difference.as_json(limit=20)["rows"]
    for part in ("new_people", "renamed", "new_stays", "changed", "ended", "absent"):
        if rows[part]:
            say(f"{PARTS[part]}:")
        for row in rows[part]:
            say(f"  {row['person_code']} {row['name']}{_told(row)}")
        if counts[part] > len(rows[part]):
            say(f"  … และอีก {counts[part] - len(rows[part])} คน")
    if done.n_errors:
        say(f"พบ {done.n_errors} จุดที่ต้องแก้ จึงยังไม่นำเข้าแม้แต่แถวเดียว แก้ในไฟล์แล้วนำเข้าอีกครั้ง")
    elif is_dry_run:
        say("ยังไม่ได้บันทึก (--dry-run) ถ้าถูกต้องแล้ว สั่งอีกครั้งโดยไม่มี --dry-run")
    elif done.applied:
        say(f"นำเข้าแล้ว เป็นรายการที่ {done.event} ดูย้อนหลังด้วย cps-training roster history")
    else:
        say("ไม่มีอะไรเปลี่ยน ทะเบียนตรงกับไฟล์อยู่แล้ว")


def _told(row: dict[str, Any]) -> str:
    """What a row of the difference changes, after the name."""
    if "before" in row and "after" in row:
        return f": {_stay(row['before'])} → {_stay(row['after'])}"
    if "before" in row:
        return f" (เดิม {row['before']})"
    return ": " + ", ".join(_stay(one) for one in row.get("stays", [row.get("stay")]) if one)


def _stay(stay: dict[str, Any]) -> str:
    until = f" ถึงก่อน {show_date(date.fromisoformat(stay['active_to']))}" if stay["active_to"] else ""
    return f"{stay['unit']} ตั้งแต่ {show_date(date.fromisoformat(stay['active_from']))}{until}"


# The record of changes -----------------------------------------------------------------------------------------


@roster.command(epilog="ตัวอย่าง · Example:\n\n`cps-training roster history --json`")
def history(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """รายการแก้ทะเบียน พร้อมเวลาและผู้แก้ · Every change of the roster, with time and editor."""
    with refusals(as_json), open_records(folder_of(data_dir)) as records, records.read() as conn:
        codes = {one.person_id: one.code for one in accounts.people(conn)}
        changes = events.events(conn, KINDS)
    listed = [
        {
            "seq": one.seq,
            "at": one.at.isoformat(),
            "by": codes.get(one.by or ""),
            "kind": one.kind,
            "subject": codes.get(one.subject or ""),
            "detail": one.detail,
        }
        for one in changes
    ]
    if as_json:
        print_json(listed)
        return
    for one in changes:
        at = one.at.astimezone(BANGKOK)
        by = codes.get(one.by or "", "บรรทัดคำสั่ง")
        about = codes.get(one.subject or "", "")
        typer.echo(f"{one.seq}\t{show_date(at.date())} {at:%H:%M}\t{by}\t{one.kind}\t{about}")


@roster.command(epilog="ตัวอย่าง · Example:\n\n`cps-training roster show --as-of 12`")
def show(as_of: AsOf = None, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """ทะเบียนขณะนี้ หรือหลังรายการใดรายการหนึ่ง · The roster now, or as it was after an event."""
    with refusals(as_json):
        rows = roster_rows(data_dir, as_of)
    if as_json:
        print_json([{column: row[column] for column in EXPORTED} for row in rows])
        return
    for row in rows:
        guest = "\tแขก" if row["is_guest"] else ""
        typer.echo(f"{row['person_code']}\t{row['name']}\t{_stay(row)}{guest}")
    if not rows:
        say("ยังไม่มีใครในทะเบียน นำเข้าด้วย cps-training roster import")
