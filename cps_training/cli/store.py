"""backup, restore, doctor: the operator's three commands. Side effects on the data folder only."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from cps_training import __version__
from cps_training.claim import claim, is_claimed
from cps_training.cli.app import AsJson, DataDir, app, folder_of, print_json, refusals, say
from cps_training.clock import utc_now
from cps_training.config import read_config
from cps_training.content.library import check_library
from cps_training.errors import KitError
from cps_training.places import DataFolder, shipped
from cps_training.records.engine import Records

LEAST_FREE_BYTES = 200 * 1024 * 1024


@app.command(epilog="ตัวอย่าง · Example:\n\n`cps-training backup D:/backup/cps-2566-07-10.sqlite3`")
def backup(
    target: Annotated[Path, typer.Argument(help="ไฟล์สำรองที่จะสร้าง · the file to make")],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="เขียนทับไฟล์เดิม · replace an existing file")] = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """สำรองข้อมูลเป็นไฟล์เดียว ทำได้ขณะเปิดใช้งาน · Back everything up into one file, also while serving."""
    with refusals(as_json):
        with Records.open(folder_of(data_dir).database, create=False) as records:
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
    existing = next(path for path in (folder.root, *folder.root.parents) if path.exists())
    state = "กำลังเปิดใช้งานอยู่" if is_claimed(folder) else "ว่าง"
    return os.access(existing, os.W_OK), f"{folder.root} ({state})", "ให้สิทธิ์เขียน หรือเลือกโฟลเดอร์อื่นด้วย --data-dir"


def _space(folder: DataFolder) -> tuple[bool, str, str]:
    existing = next(path for path in (folder.root, *folder.root.parents) if path.exists())
    free = shutil.disk_usage(existing).free
    return free >= LEAST_FREE_BYTES, f"เหลือ {free / 1e9:.1f} GB", "เพิ่มที่ว่างในดิสก์"


def _store(folder: DataFolder) -> tuple[bool, str, str]:
    if not folder.database.exists():
        return True, "ยังไม่มีข้อมูล จะสร้างเมื่อเปิดใช้ครั้งแรก", ""
    with Records.open(folder.database, create=False) as records:
        faults = records.integrity()
        return (
            not faults,
            "; ".join(faults) or f"สมบูรณ์ (รุ่นของที่เก็บ {records.revision})",
            "คืนจากไฟล์สำรองด้วย cps-training restore",
        )


def _settings(folder: DataFolder) -> tuple[bool, str, str]:
    config = read_config(folder.config)
    return True, f"{config.host}:{config.port}, {config.seats} ที่นั่ง", ""


def _content(folder: DataFolder) -> tuple[bool, str, str]:
    library, findings = check_library(shipped(), folder.content if folder.content.is_dir() else None)
    n_items = len(library.items) if library else 0
    return not findings, f"{n_items} ข้อสอบ พบ {len(findings)} จุดที่ต้องแก้", "ดูรายละเอียดด้วย cps-training check"


CHECKS: dict[str, Callable[[DataFolder], tuple[bool, str, str]]] = {
    "program": _program,
    "data-folder": _folder,
    "disk-space": _space,
    "settings": _settings,
    "store": _store,
    "content": _content,
}
