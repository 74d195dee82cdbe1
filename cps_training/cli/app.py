"""The typer application, its commands by file, and what every command shares: refusals and JSON."""

from __future__ import annotations

import errno
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy.exc import SQLAlchemyError

from cps_training import __version__, places
from cps_training.errors import ContentError, KitError
from cps_training.records.faults import fault, translate

app = typer.Typer(
    name="cps-training",
    help="ชุดฝึกอบรมและประเมินผลระบบส่งเสริมสหกรณ์ · Training and assessment kit for cooperative-promotion officers",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)

DataDir = Annotated[
    Path | None,
    typer.Option("--data-dir", envvar="CPS_DATA_DIR", help="โฟลเดอร์ข้อมูล · data folder (default: the platform's)"),
]
AsJson = Annotated[bool, typer.Option("--json", help="ผลเป็น JSON หนึ่งชุดทาง stdout · one JSON document on stdout")]


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="แสดงรุ่น · show the version")] = False) -> None:
    if version:
        typer.echo(__version__)
        raise typer.Exit


def folder_of(data_dir: Path | None) -> places.DataFolder:
    return places.DataFolder(places.data_dir(data_dir))


def own_content(folder: places.DataFolder) -> Path | None:
    """The folder of the office's own content, or None without one. Raises KitError when a file bears its name."""
    if folder.content.exists() and not folder.content.is_dir():
        raise KitError(
            "content-not-a-folder",
            f"{folder.content} เป็นไฟล์ ไม่ใช่โฟลเดอร์ จึงอ่านเนื้อหาของสำนักงานไม่ได้ ย้ายหรือเปลี่ยนชื่อไฟล์นี้ แล้วสร้างโฟลเดอร์ content แทน",
            place=str(folder.content),
        )
    return folder.content if folder.content.is_dir() else None


def say(text: str) -> None:
    """A line for people, on stderr: stdout belongs to results."""
    typer.echo(text, err=True)


def print_json(document: Any) -> None:
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


@contextmanager
def refusals(as_json: bool) -> Iterator[None]:
    """Turn a KitError into its Thai message (or JSON) and exit code 1; an interrupted command ends quietly with 130."""
    try:
        yield
    except ContentError as error:
        findings = [{"file": f.file, "line": f.line, "column": f.column, "message": f.message} for f in error.findings]
        _refuse(as_json, {"code": error.code, "message": error.message, "place": "", "errors": findings})
    except KitError as error:
        _refuse(as_json, error.as_json())
    except OSError as error:
        _refuse(as_json, _of_the_system(error).as_json())
    except SQLAlchemyError as error:
        found = translate(error)
        if found is None:
            raise
        _refuse(as_json, found.as_json())
    except KeyboardInterrupt:
        say("หยุดตามคำสั่งแล้ว ไม่มีอะไรค้าง")
        raise typer.Exit(130) from None


def _of_the_system(error: OSError) -> KitError:
    """What the operating system refused, in words: a full disk, or a place that cannot be written."""
    place = str(error.filename or "")
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return fault("store-full", place)
    where = place or "โฟลเดอร์ข้อมูล"
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        text = f"ใช้ {where} ไม่ได้ เพราะเป็นไฟล์ หรืออยู่ใต้ไฟล์ ไม่ใช่โฟลเดอร์ ย้ายหรือเปลี่ยนชื่อไฟล์นั้น หรือเลือกโฟลเดอร์อื่นด้วย --data-dir"
    else:
        text = f"ใช้ {where} ไม่ได้ ({error.strerror}) ให้สิทธิ์เขียนโฟลเดอร์นี้ หรือเลือกโฟลเดอร์อื่นด้วย --data-dir"
    return KitError("folder-not-writable", text, place=place)


def _refuse(as_json: bool, error: dict[str, Any]) -> None:
    if as_json:
        print_json({"ok": False, "error": error})
    else:
        say(error["message"])
    raise typer.Exit(1)


# Importing a module of commands registers them; the order is the order of --help.
from cps_training.cli import serving, content, guess, new_item, items, schemas, angoff  # noqa: E402, F401, I001
from cps_training.cli import people, stays, rosters, participation, store, regrade, certificates  # noqa: E402, F401
from cps_training.cli import cases, case_vary, plans, plan_export, new_template  # noqa: E402, F401
