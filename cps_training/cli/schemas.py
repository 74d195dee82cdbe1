"""schemas: JSON Schemas of content files, for editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from cps_training.cli.app import AsJson, DataDir, app, folder_of, print_json, refusals, say


@app.command(epilog="ตัวอย่าง · Examples:\n\n`cps-training schemas`\n\n`cps-training schemas .vscode/cps`")
def schemas(
    folder: Annotated[
        Path | None, typer.Argument(help="โฟลเดอร์ที่จะเขียน · where to write (default: schemas/ in the data folder)")
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """เขียน JSON Schema ของไฟล์เนื้อหา ให้โปรแกรมแก้ไขช่วยเติมและเตือน · JSON Schemas of content files, for editors."""
    with refusals(as_json):
        from cps_training.authoring import schemas as made

        place = (folder or folder_of(data_dir).root / "schemas").resolve()
        place.mkdir(parents=True, exist_ok=True)
        written = []
        for name, document in made.schemas().items():
            (place / name).write_text(made.as_text(document), "utf-8")
            written.append(str(place / name))
        settings = made.settings(place.as_posix())
    if as_json:
        print_json({"ok": True, "files": written, "settings": settings})
    else:
        say(f"เขียน {len(written)} ไฟล์ใน {place} แล้ว ใส่บรรทัดนี้ในการตั้งค่าของ VS Code (ส่วนขยาย YAML):")
        typer.echo(json.dumps(settings, ensure_ascii=False, indent=2))
