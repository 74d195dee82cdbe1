"""person: accounts by hand. Names and codes are shown to whoever runs the command; one-time codes are printed once."""

from __future__ import annotations

from typing import Annotated, cast

import typer

from cps_training.cli.app import AsJson, DataDir, app, print_json, say
from cps_training.cli.office_desk import office
from cps_training.desk import office as o
from cps_training.desk import wire
from cps_training.records.accounts import ROLES

EMPLOYMENTS = ("civil_servant", "permanent_employee", "government_employee", "contractor")

person = typer.Typer(no_args_is_help=True, help="บัญชีและทะเบียนบุคลากร · Accounts and the roster, by hand")
app.add_typer(person, name="person")

Code = Annotated[str, typer.Argument(help="รหัสเจ้าหน้าที่ · staff code")]
Employment = Annotated[
    str, typer.Option("--employment", help="civil_servant, permanent_employee, government_employee, contractor")
]
Guest = Annotated[bool, typer.Option("--guest", help="แขกจากหน่วยงานอื่น · a guest, never counted in the unit")]
Role = Annotated[
    list[str] | None, typer.Option("--role", help="learner, trainer, approver หรือ admin (ซ้ำได้) · repeatable")
]


def checked_employment(word: str) -> wire.Employment:
    """The word, if the kit knows it; otherwise the command ends with code 2."""
    if word not in EMPLOYMENTS:
        raise typer.BadParameter("ต้องเป็น " + ", ".join(EMPLOYMENTS), param_hint="--employment")
    return cast("wire.Employment", word)


def _checked_roles(words: list[str] | None) -> tuple[wire.Role, ...]:
    roles = tuple(words or ("learner",))
    unknown = [one for one in roles if one not in ROLES]
    if unknown:
        raise typer.BadParameter(f"ไม่รู้จัก {', '.join(unknown)} ใช้ได้: {', '.join(ROLES)}", param_hint="--role")
    return cast("tuple[wire.Role, ...]", roles)


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
    role: Role = None,
    employment: Employment = "civil_servant",
    guest: Guest = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """เพิ่มคนและพิมพ์รหัสใช้ครั้งเดียว · Add somebody and print their one-time code."""
    asked = {"roles": _checked_roles(role), "employment": checked_employment(employment), "unit": unit}
    with office(data_dir, as_json) as desk:
        made = desk.ask(o.AddPerson(code=code, name=name, is_guest=guest, **asked))
    if as_json:
        print_json({"ok": True, "code": code, "one_time_code": made["one_time_code"]})
    else:
        typer.echo(made["one_time_code"])
        say(f"เพิ่ม {name} แล้ว ให้เจ้าตัวเข้าสู่ระบบด้วยรหัส {code} และรหัสใช้ครั้งเดียวข้างบน (ใช้ได้ 7 วัน) แล้วตั้งรหัสผ่านเอง")


@person.command("list", epilog="ตัวอย่าง · Example:\n\n`cps-training person list --json`")
def list_people(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """รายชื่อบัญชี · All accounts."""
    with office(data_dir, as_json) as desk:
        everyone = desk.rows("people")
    if as_json:
        shown = ("name", "roles", "is_disabled", "has_password", "merged_into")
        print_json([{"code": one["person_code"]} | {name: one[name] for name in shown} for one in everyone])
        return
    for one in everyone:
        state = "ปิดใช้" if one["is_disabled"] else "ตั้งรหัสผ่านแล้ว" if one["has_password"] else "ยังไม่ตั้งรหัสผ่าน"
        if one["merged_into"]:
            state = f"รวมกับ {one['merged_into']}"
        typer.echo(f"{one['person_code']}\t{one['name']}\t{', '.join(one['roles'])}\t{state}")


@person.command("code", epilog="ตัวอย่าง · Example:\n\n`cps-training person code A001`")
def new_code(code: Code, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """ออกรหัสใช้ครั้งเดียวใหม่ (ลืมรหัสผ่าน) · A new one-time code for somebody who forgot their password."""
    with office(data_dir, as_json) as desk:
        known = desk.known(code)
        made = desk.ask(o.NewCode(person_id=known.person_id))
    if as_json:
        print_json({"ok": True, "code": known.code, "one_time_code": made["one_time_code"]})
    else:
        typer.echo(made["one_time_code"])


@person.command(epilog="ตัวอย่าง · Example:\n\n`cps-training person disable A001`")
def disable(code: Code, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """ปิดบัญชี: ออกจากระบบทุกเครื่องทันที ผลการเรียนยังอยู่ · Close an account; its records stay."""
    with office(data_dir, as_json) as desk:
        desk.ask(o.SetDisabled(person_id=desk.known(code).person_id, is_disabled=True))
    done(as_json, code, "ปิดบัญชีแล้ว", is_disabled=True)


@person.command(epilog="ตัวอย่าง · Example:\n\n`cps-training person enable A001`")
def enable(code: Code, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """เปิดบัญชีที่ปิดไว้ · Open a closed account again."""
    with office(data_dir, as_json) as desk:
        desk.ask(o.SetDisabled(person_id=desk.known(code).person_id, is_disabled=False))
    done(as_json, code, "เปิดบัญชีแล้ว", is_disabled=False)


@person.command(epilog="ตัวอย่าง · Example:\n\n`cps-training person rename A001 'สมชาย ตัวอย่างใหม่'`")
def rename(
    code: Code,
    name: Annotated[str, typer.Argument(help="ชื่อ–สกุลที่ถูก · the right name")],
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """แก้ชื่อ · Correct a name."""
    with office(data_dir, as_json) as desk:
        desk.ask(o.RenamePerson(person_id=desk.known(code).person_id, name=name))
    done(as_json, code, "แก้ชื่อแล้ว", name=name)


@person.command(epilog="ตัวอย่าง · Example:\n\n`cps-training person roles A001 --role learner --role trainer`")
def roles(code: Code, role: Role = None, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """กำหนดบทบาท (คนหนึ่งมีได้หลายบทบาท) · Set somebody's roles, replacing the ones they have."""
    wanted = _checked_roles(role)
    with office(data_dir, as_json) as desk:
        desk.ask(o.SetRoles(person_id=desk.known(code).person_id, roles=wanted))
    done(as_json, code, "กำหนดบทบาทแล้ว: " + ", ".join(wanted), roles=list(wanted))


@person.command(epilog="ตัวอย่าง · Example:\n\n`cps-training person merge A001 A01`")
def merge(
    keep: Annotated[str, typer.Argument(help="รหัสที่เก็บไว้ · the code that is kept")],
    other: Annotated[str, typer.Argument(help="รหัสที่เป็นคนเดียวกัน · the other code of the same person")],
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """สองบัญชีเป็นคนเดียวกัน: นับเป็นคนเดียว · Two accounts are one person: count them once."""
    with office(data_dir, as_json) as desk:
        desk.ask(o.Merge(kept_id=desk.known(keep).person_id, merged_id=desk.known(other).person_id))
    done(as_json, other, f"นับ {other} เป็นคนเดียวกับ {keep} แล้ว เลิกรวมได้ด้วย person unmerge {other}", merged_into=keep)


@person.command(epilog="ตัวอย่าง · Example:\n\n`cps-training person unmerge A01`")
def unmerge(code: Code, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """เลิกรวมบัญชี · Take a merge back."""
    with office(data_dir, as_json) as desk:
        desk.ask(o.Unmerge(merged_id=desk.known(code).person_id))
    done(as_json, code, f"{code} นับแยกเป็นอีกคนแล้ว", merged_into=None)


def done(as_json: bool, code: str, text: str, **values: object) -> None:
    """What a command that changed something prints."""
    if as_json:
        print_json({"ok": True, "code": code, **values})
    else:
        say(text)
