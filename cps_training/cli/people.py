"""person: accounts by hand. Names and codes are shown to whoever runs the command; codes are printed once."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from sqlalchemy import Connection

from cps_training.cli.app import AsJson, DataDir, app, folder_of, print_json, refusals, say
from cps_training.clock import office_day, utc_now
from cps_training.errors import KitError
from cps_training.places import DataFolder
from cps_training.records import accounts, roster
from cps_training.records.accounts import Person
from cps_training.records.engine import Records

person = typer.Typer(no_args_is_help=True, help="บัญชีและทะเบียนบุคลากร · Accounts and the roster, by hand")
app.add_typer(person, name="person")

Code = Annotated[str, typer.Argument(help="รหัสเจ้าหน้าที่ · staff code")]


@contextmanager
def _store(folder: DataFolder) -> Iterator[Connection]:
    folder.root.mkdir(parents=True, exist_ok=True)
    with Records.open(folder.database) as records, records.write() as conn:
        yield conn


@person.command(
    epilog="ตัวอย่าง · Examples:\n\n`cps-training person add A001 'สมชาย ตัวอย่าง' --unit 'กลุ่มส่งเสริมสหกรณ์ 1'`\n\n"
    "`cps-training person add T001 'อารี ตัวอย่าง' --role trainer --role learner`"
)
def add(
    code: Code,
    name: Annotated[str, typer.Argument(help="ชื่อ–สกุล · name")],
    unit: Annotated[
        str, typer.Option("--unit", help="กลุ่มงาน (ใส่แล้วลงทะเบียนวันนี้) · unit; puts the person on the roster from today")
    ] = "",
    role: Annotated[
        list[str] | None, typer.Option("--role", help="learner, trainer, approver หรือ admin (ซ้ำได้) · repeatable")
    ] = None,
    employment: Annotated[
        str, typer.Option("--employment", help="civil_servant, permanent_employee, government_employee, contractor")
    ] = "civil_servant",
    guest: Annotated[
        bool, typer.Option("--guest", help="แขกจากหน่วยงานอื่น · a guest, never counted in the unit")
    ] = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """เพิ่มคนและพิมพ์รหัสใช้ครั้งเดียว · Add somebody and print their one-time code."""
    if employment not in ("civil_servant", "permanent_employee", "government_employee", "contractor"):
        raise typer.BadParameter(
            "ต้องเป็น civil_servant, permanent_employee, government_employee หรือ contractor", param_hint="--employment"
        )
    roles = tuple(role or ("learner",))
    unknown = [one for one in roles if one not in accounts.ROLES]
    if unknown:
        raise typer.BadParameter(f"ไม่รู้จัก {', '.join(unknown)} ใช้ได้: {', '.join(accounts.ROLES)}", param_hint="--role")
    with refusals(as_json), _store(folder_of(data_dir)) as conn:
        now = utc_now()
        person_id = accounts.add_person(conn, code=code, name=name, roles=roles, at=now, entropy=secrets.token_bytes)
        if unit:
            roster.add_entry(
                conn,
                person_id=person_id,
                unit=unit,
                employment=employment,
                is_guest=guest,
                active_from=office_day(now),
                entropy=secrets.token_bytes,
            )
        one_time = accounts.make_one_time_code(conn, person_id, now, secrets.token_bytes)
    if as_json:
        print_json({"ok": True, "code": code, "one_time_code": one_time})
    else:
        typer.echo(one_time)
        say(f"เพิ่ม {name} แล้ว ให้เจ้าตัวเข้าสู่ระบบด้วยรหัส {code} และรหัสใช้ครั้งเดียวข้างบน (ใช้ได้ 7 วัน) แล้วตั้งรหัสผ่านเอง")


@person.command("list", epilog="ตัวอย่าง · Example:\n\n`cps-training person list --json`")
def list_people(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """รายชื่อบัญชี · All accounts."""
    folder = folder_of(data_dir)
    with refusals(as_json):
        folder.root.mkdir(parents=True, exist_ok=True)
        with Records.open(folder.database) as records, records.read() as conn:
            everyone = accounts.people(conn)
    if as_json:
        print_json([_row(one) for one in everyone])
        return
    for one in everyone:
        state = "ปิดใช้" if one.is_disabled else "ตั้งรหัสผ่านแล้ว" if one.has_password else "ยังไม่ตั้งรหัสผ่าน"
        typer.echo(f"{one.code}\t{one.name}\t{', '.join(one.roles)}\t{state}")


def _row(one: Person) -> dict[str, object]:
    return {
        "code": one.code,
        "name": one.name,
        "roles": list(one.roles),
        "is_disabled": one.is_disabled,
        "has_password": one.has_password,
    }


@person.command("code", epilog="ตัวอย่าง · Example:\n\n`cps-training person code A001`")
def new_code(code: Code, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """ออกรหัสใช้ครั้งเดียวใหม่ (ลืมรหัสผ่าน) · A new one-time code for somebody who forgot their password."""
    with refusals(as_json), _store(folder_of(data_dir)) as conn:
        known = _known(conn, code)
        one_time = accounts.make_one_time_code(conn, known.person_id, utc_now(), secrets.token_bytes)
    if as_json:
        print_json({"ok": True, "code": known.code, "one_time_code": one_time})
    else:
        typer.echo(one_time)


@person.command(epilog="ตัวอย่าง · Example:\n\n`cps-training person disable A001`")
def disable(code: Code, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """ปิดบัญชี: ออกจากระบบทุกเครื่องทันที ผลการเรียนยังอยู่ · Close an account; its records stay."""
    _set_disabled(code, data_dir, as_json, is_disabled=True)


@person.command(epilog="ตัวอย่าง · Example:\n\n`cps-training person enable A001`")
def enable(code: Code, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """เปิดบัญชีที่ปิดไว้ · Open a closed account again."""
    _set_disabled(code, data_dir, as_json, is_disabled=False)


def _set_disabled(code: str, data_dir: object, as_json: bool, *, is_disabled: bool) -> None:
    with refusals(as_json), _store(folder_of(data_dir)) as conn:  # type: ignore[arg-type]
        accounts.set_disabled(conn, _known(conn, code).person_id, is_disabled, utc_now())
    if as_json:
        print_json({"ok": True, "code": code, "is_disabled": is_disabled})
    else:
        say("ปิดบัญชีแล้ว" if is_disabled else "เปิดบัญชีแล้ว")


def _known(conn: Connection, code: str) -> Person:
    found = accounts.person_by_code(conn, code)
    if found is None:
        raise KitError("unknown-person", f"ไม่พบรหัสเจ้าหน้าที่ “{code}” ดูรายชื่อด้วย cps-training person list")
    return found
