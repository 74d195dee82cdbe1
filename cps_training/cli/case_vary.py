"""case vary: another case of the same structure, by a seed. Writes a folder whole or not at all; `casework` decides what stands in it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from cps_training.cli.app import AsJson, DataDir, folder_of, own_content, print_json, refusals, say
from cps_training.cli.cases import Chosen, case, case_of, catalogue_of, library_of
from cps_training.content.cases.model import FOLDER
from cps_training.errors import KitError


@case.command(
    epilog="ตัวอย่าง · Examples:\n\n`cps-training case vary A --seed 7`\n\n"
    "`cps-training case vary thung-sathit --seed 7 --out . --json`"
)
def vary(
    named: Chosen,
    seed: Annotated[
        int, typer.Option("--seed", help="เลขตั้งต้น เลขเดิมได้กรณีเดิม · the same seed is the same case", show_default=False)
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", help="โฟลเดอร์ที่จะเขียน · where to write (default: the office's own cases)"),
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """สร้างกรณีใหม่จากกรณีเดิม ตัวเลขและปัญหาต่างไป · The same case with other figures and problems."""
    with refusals(as_json):
        from cps_training.authoring.case_files import case_files
        from cps_training.casework.varying import vary as varied

        own_content(folder_of(data_dir))  # a file of that name is refused before anything is made
        library = library_of(data_dir)
        made = varied(case_of(library, named).source, seed)
        place = (out or folder_of(data_dir).content / FOLDER) / made.said.case
        write_folder(place, case_files(made, catalogue_of(library)))
    if as_json:
        print_json({"ok": True, "case": made.said.case, "folder": str(place), "problems": len(made.said.problems)})
    elif out is None:
        say(f"สร้าง {made.said.case} ไว้ที่ {place} แล้ว ผู้เรียนเห็นเมื่อเริ่มชุดฝึกใหม่")
    else:
        say(f"สร้าง {made.said.case} ไว้ที่ {place} แล้ว ย้ายไปไว้ใน content/{FOLDER} ของโฟลเดอร์ข้อมูลเมื่อจะใช้")


def write_folder(place: Path, files: Mapping[str, str]) -> None:
    """Make a new folder with these files, whole or not at all. Raises KitError folder-exists, OSError."""
    if place.exists():
        raise _exists(place)
    place.parent.mkdir(parents=True, exist_ok=True)
    being_made = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    try:
        for name, text in files.items():
            path = being_made / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8", newline="")
        being_made.chmod(place.parent.stat().st_mode & 0o777)  # a temporary folder is its maker's alone
        try:
            being_made.rename(place)
        except OSError:
            if place.exists():
                raise _exists(place) from None
            raise
    finally:
        shutil.rmtree(being_made, ignore_errors=True)


def _exists(place: Path) -> KitError:
    text = f"มี {place} อยู่แล้ว จึงไม่เขียนทับ ให้ใช้เลข --seed อื่น หรือย้ายโฟลเดอร์นี้ออกก่อน"
    return KitError("folder-exists", text, place=str(place))
