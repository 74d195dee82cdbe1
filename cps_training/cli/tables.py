"""Tables of an office on the command line: reading a file, printing what is wrong with it, the progress bar."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from cps_training.cli.app import say
from cps_training.enrolment import RowFinding
from cps_training.errors import KitError
from cps_training.exchange import TableRead, read_table
from cps_training.exchange.tables import MAX_BYTES, Knows

WithProgress = Annotated[
    bool | None,
    typer.Option(
        "--progress/--no-progress", help="แถบความคืบหน้า (ปกติเฉพาะบนจอ) · a progress bar on stderr", show_default=False
    ),
]
TableFile = Annotated[Path, typer.Argument(help="ไฟล์ .xlsx หรือ .csv · the file", show_default=False)]

MOST_LINES = 200


def table_of(path: Path, knows: Knows) -> TableRead:
    """The table of a file. Raises KitError: file-unreadable, and those of read_table."""
    try:
        with path.open("rb") as handle:
            data = handle.read(MAX_BYTES + 1)
    except OSError as error:
        why = f"อ่านไฟล์ {path} ไม่ได้ ({error.strerror}) โปรดตรวจชื่อและโฟลเดอร์ของไฟล์"
        raise KitError("file-unreadable", why, place=str(path)) from error
    return read_table(data, path.name, knows=knows)


def line_of(finding: RowFinding, file: str = "") -> str:
    """One finding for people: file, row, column, what and how to mend it."""
    place = [file] if file else []
    place += [f"แถว {finding.row}"] if finding.row else []
    place += [f"คอลัมน์ {finding.column}"] if finding.column else []
    sign = "✗" if finding.severity == "error" else "!"
    return f"{sign} {' '.join(place)}: {finding.message}" if place else f"{sign} {finding.message}"


def say_findings(findings: Iterable[RowFinding], file: str = "") -> None:
    """All findings on stderr, at most MOST_LINES lines."""
    listed = list(findings)
    for finding in listed[:MOST_LINES]:
        say(line_of(finding, file))
    if len(listed) > MOST_LINES:
        say(f"… และอีก {len(listed) - MOST_LINES} รายการ (ดูทั้งหมดด้วย --json)")


@contextmanager
def progress_bar(wanted: bool | None, title: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr, called with (done, of how many); drawn only on a terminal unless asked for."""
    if wanted is False or (wanted is None and not sys.stderr.isatty()):
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns: tuple[Any, ...] = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True, force_terminal=sys.stderr.isatty())) as bar:
        task = bar.add_task(title, total=None)

        def show(done: int, total: int) -> None:
            if done % 50 == 0 or done == total:
                bar.update(task, completed=done, total=total)

        yield show
