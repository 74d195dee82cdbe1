"""backup, restore, migrate, doctor: the operator's commands. Side effects on the data folder only; doctor and backup have none.

What `doctor` looks at stands in CHECKS, one function a line of its answer.
"""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from cps_training import __version__
from cps_training.claim import claim, is_claimed
from cps_training.cli.app import AsJson, DataDir, app, folder_of, own_content, print_json, refusals, say
from cps_training.clock import utc_now
from cps_training.config import read_config
from cps_training.content.library import check_library
from cps_training.errors import KitError
from cps_training.places import DataFolder, shipped
from cps_training.records.engine import Records
from cps_training.records.location import prove_writable
from cps_training.records.migrating import known_revisions

LEAST_FREE_BYTES = 200 * 1024 * 1024
RENEW_BEFORE = timedelta(days=30)
"""A certificate that ends sooner is called a fault: phones must be told of a new one in time."""


@app.command(epilog="ตัวอย่าง · Example:\n\n`cps-training backup D:/backup/cps-2566-07-10.sqlite3`")
def backup(
    target: Annotated[Path, typer.Argument(help="ไฟล์สำรองที่จะสร้าง · the file to make")],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="เขียนทับไฟล์เดิม · replace an existing file")] = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """สำรองบัญชี ทะเบียน และผลการเรียนเป็นไฟล์เดียว ทำได้ขณะเปิดใช้งาน · Back up accounts, roster and answers, also while serving."""
    with refusals(as_json):
        with Records.open(folder_of(data_dir).database, create=False, migrate=False) as records:
            records.backup(target, overwrite=overwrite)
        if as_json:
            print_json({"ok": True, "file": str(target), "bytes": target.stat().st_size})
        else:
            say(f"สำรองแล้วที่ {target} ({target.stat().st_size / 1024:.0f} KB) ตรวจความสมบูรณ์แล้ว")


@app.command(epilog="ตัวอย่าง · Example:\n\n`cps-training restore D:/backup/cps-2566-07-10.sqlite3`")
def restore(
    source: Annotated[Path, typer.Argument(help="ไฟล์สำรอง · the backup file")],
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """คืนข้อมูลจากไฟล์สำรอง ข้อมูลเดิมถูกเก็บไว้ข้าง ๆ · Restore a backup; what was there is kept beside it."""
    with refusals(as_json):
        folder = folder_of(data_dir)
        folder.root.mkdir(parents=True, exist_ok=True)
        with claim(folder):
            aside = Records.restore(source, folder.database, at=utc_now())
        if as_json:
            print_json({"ok": True, "file": str(folder.database), "replaced": str(aside) if aside else None})
        else:
            say(f"คืนข้อมูลแล้วที่ {folder.database}" + (f" ข้อมูลเดิมอยู่ที่ {aside}" if aside else ""))


@app.command(epilog="ตัวอย่าง · Example:\n\n`cps-training migrate`")
def migrate(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """ปรับฐานข้อมูลให้ตรงกับชุดฝึกรุ่นนี้ เก็บของเดิมไว้ข้าง ๆ · Bring the database to this version; the old one is kept beside it."""
    with refusals(as_json):
        folder = folder_of(data_dir)
        Records.open(folder.database, create=False, migrate=False).close()  # refused before anything is made
        with claim(folder):
            done = Records.migrate(folder.database)
        if as_json:
            copy = str(done.copy) if done.copy else None
            print_json({"ok": True, "before": done.before, "after": done.after, "copy": copy})
        elif done.copy:
            say(f"ปรับฐานข้อมูลจากรุ่น {done.before} เป็น {done.after} แล้ว ของเดิมเก็บไว้ที่ {done.copy}")
        else:
            say(f"ฐานข้อมูลเป็นรุ่น {done.after} อยู่แล้ว ไม่มีอะไรต้องปรับ")


@dataclass(frozen=True)
class Check:
    """One line of doctor. detail: what was found; remedy: what to do when it is not ok."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""


@app.command(epilog="ตัวอย่าง · Example:\n\n`cps-training doctor --json`")
def doctor(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """ตรวจเครื่องและข้อมูลว่าพร้อมใช้ · Check this machine, the data folder and the content."""
    folder = folder_of(data_dir)
    checks = [_run(name, look, folder) for name, look in CHECKS.items()]
    if as_json:
        print_json({"ok": all(check.ok for check in checks), "checks": [asdict(check) for check in checks]})
    else:
        for check in checks:
            typer.echo(
                f"{'✓' if check.ok else '✗'} {check.name}: {check.detail}"
                + (f" → {check.remedy}" if not check.ok else "")
            )
    raise typer.Exit(0 if all(check.ok for check in checks) else 1)


def _run(name: str, look: Callable[[DataFolder], tuple[bool, str, str]], folder: DataFolder) -> Check:
    try:
        return Check(name, *look(folder))
    except KitError as error:
        return Check(name, False, error.message, "แก้ตามข้อความนี้แล้วตรวจอีกครั้ง")


def _program(_: DataFolder) -> tuple[bool, str, str]:
    is_new_enough = sys.version_info >= (3, 11)
    return (
        is_new_enough,
        f"cps-training {__version__}, Python {platform.python_version()}, {platform.system()}",
        "ติดตั้ง Python 3.11 ขึ้นไป",
    )


def _folder(folder: DataFolder) -> tuple[bool, str, str]:
    existing = _existing(folder)
    remedy = "ให้สิทธิ์เขียน หรือเลือกโฟลเดอร์อื่นด้วย --data-dir"
    if not existing.is_dir():
        return False, f"{existing} เป็นไฟล์ ไม่ใช่โฟลเดอร์", "ย้ายหรือเปลี่ยนชื่อไฟล์นั้น หรือเลือกโฟลเดอร์อื่นด้วย --data-dir"
    try:
        prove_writable(existing)
    except OSError as error:
        return False, f"เขียนลง {existing} ไม่ได้ ({error.strerror})", remedy
    return True, f"{folder.root} ({'กำลังเปิดใช้งานอยู่' if is_claimed(folder) else 'ว่าง'})", remedy


def _existing(folder: DataFolder) -> Path:
    """The data folder, or the nearest thing above it that is there."""
    return next(path for path in (folder.root, *folder.root.parents) if path.exists())


def _space(folder: DataFolder) -> tuple[bool, str, str]:
    free = shutil.disk_usage(_existing(folder)).free
    return free >= LEAST_FREE_BYTES, f"เหลือ {free / 1e9:.1f} GB", "เพิ่มที่ว่างในดิสก์"


def _store(folder: DataFolder) -> tuple[bool, str, str]:
    if not folder.database.exists():
        return True, "ยังไม่มีข้อมูล จะสร้างเมื่อเปิดใช้ครั้งแรก", ""
    with Records.open(folder.database, create=False, migrate=False) as records:
        faults, revision, newest = records.integrity(), records.revision, known_revisions()[0]
    state = f"สมบูรณ์ (รุ่นของที่เก็บ {revision})"
    if revision != newest:
        state = f"สมบูรณ์ แต่เป็นรุ่น {revision} จะปรับเป็น {newest} เมื่อเปิดใช้ หรือด้วย cps-training migrate"
    return not faults, "; ".join(faults) or state, "คืนจากไฟล์สำรองด้วย cps-training restore"


def _settings(folder: DataFolder) -> tuple[bool, str, str]:
    config = read_config(folder.config)
    from cps_training.server.start import free_seats  # brings the server's modules with it

    seats = config.seats or free_seats()
    return True, f"{config.host}:{config.port}, {seats} ที่นั่ง", ""


def _certificate(folder: DataFolder) -> tuple[bool, str, str]:
    from cps_training.server.certificate import certificate

    try:
        config = read_config(folder.config)
    except KitError:
        return True, "ตรวจได้เมื่อแก้ settings แล้ว", ""
    found = certificate(config)
    if found is None:
        is_open = not config.is_loopback
        return True, "ไม่ใช้ https ข้อมูลวิ่งบนแลนแบบไม่เข้ารหัส" if is_open else "ไม่ใช้ https เปิดเฉพาะในเครื่องนี้", ""
    uncovered = [host for host in config.allowed_hosts if not found.covers(host)]
    last = found.last_at.date().isoformat()
    if uncovered:
        return False, f"ใบรับรองไม่มีชื่อ {', '.join(uncovered)}", "ออกใบรับรองใหม่ที่มีทุกชื่อใน allowed_hosts"
    is_long = found.last_at - utc_now() > RENEW_BEFORE
    return is_long, f"ใช้ได้ถึง {last} สำหรับ {', '.join(found.names)}", "ใบรับรองใกล้หมดอายุ ออกใบใหม่แล้วเปิดชุดฝึกใหม่"


def _content(folder: DataFolder) -> tuple[bool, str, str]:
    library, findings = check_library(shipped(), own_content(folder))
    n_items = len(library.items) if library else 0
    return not findings, f"{n_items} ข้อสอบ พบ {len(findings)} จุดที่ต้องแก้", "ดูรายละเอียดด้วย cps-training check"


def _kernels(_: DataFolder) -> tuple[bool, str, str]:
    from cps_training.server.warm_parents import IS_SUPPORTED  # brings jupyter_client with it

    if IS_SUPPORTED:
        return True, "หน้าเว็บใช้เคอร์เนลที่แตกจากต้นแบบ เปิดเร็วและใช้หน่วยความจำน้อย", ""
    return True, "ระบบปฏิบัติการนี้แตกเคอร์เนลจากต้นแบบไม่ได้ จึงใช้เคอร์เนลทั่วไป ช้าและใช้หน่วยความจำมากกว่า (ใช้ได้ตามปกติ)", ""


CHECKS: dict[str, Callable[[DataFolder], tuple[bool, str, str]]] = {
    "program": _program,
    "data-folder": _folder,
    "disk-space": _space,
    "settings": _settings,
    "certificate": _certificate,
    "kernels": _kernels,
    "store": _store,
    "content": _content,
}
