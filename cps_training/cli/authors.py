"""What the commands for authors share: where they write, and how a finding in a table or a file is said."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cps_training.cli.app import folder_of
from cps_training.errors import Finding, KitError
from cps_training.places import PACKAGE, shipped

if TYPE_CHECKING:
    from cps_training.authoring.proposing import Root

Shipped = Annotated[
    bool,
    typer.Option("--shipped", help="เขียนในคลังที่มากับชุดฝึก สำหรับผู้พัฒนา · write to the shipped banks of a checkout"),
]


def root_of(data_dir: Path | None, is_shipped: bool) -> Root:
    """Where items are written. Raises KitError not-a-checkout: an installed copy is overwritten by every upgrade."""
    from cps_training.authoring.proposing import Root

    office = folder_of(data_dir).content
    if is_shipped and shipped().is_relative_to(PACKAGE):
        text = "--shipped ใช้ได้เฉพาะในโฟลเดอร์ต้นฉบับของชุดฝึก สำนักงานให้ใช้คลังของตนเองโดยไม่ใส่ --shipped"
        raise KitError("not-a-checkout", text, place=str(shipped()))
    return Root(shipped(), None if is_shipped else office, not is_shipped)


def in_the_sheet(finding: Finding) -> str:
    """A finding for people: sheet, row and column of a table, or a line of a file; without either just what is wrong."""
    if finding.file.endswith((".yaml", ".ipynb")):
        return str(finding)
    place = [f"แผ่น {finding.file}"] if finding.file else []
    if finding.line:
        place += [f"แถว {finding.line}", f"คอลัมน์ {letters(finding.column)}"]
    return f"✗ {' '.join(place)}: {finding.message}" if place else f"✗ {finding.message}"


def letters(column: int) -> str:
    """The letters a spreadsheet gives a column, from 1."""
    found = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found
