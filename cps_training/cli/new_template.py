"""new template: copies of the shipped Word templates into the office's content, to be edited in Word. Never overwrites."""

from __future__ import annotations

from typing import Annotated

import typer

from cps_training.cli.app import AsJson, DataDir, folder_of, own_content, print_json, refusals, say
from cps_training.cli.new_item import new
from cps_training.errors import KitError


@new.command(epilog="ตัวอย่าง · Examples:\n\n`cps-training new template`\n\n`cps-training new template memo`")
def template(
    name: Annotated[
        str,
        typer.Argument(
            metavar="[NAME]", help="memo action-plan month week record report ถ้าไม่บอกทำทุกแบบ · default: all"
        ),
    ] = "",
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """คัดลอกแม่แบบเอกสารของแผนมาไว้แก้ใน Word ไม่ทับไฟล์ที่มีแล้ว · Copy the templates of plan documents for editing in Word."""
    with refusals(as_json):
        from cps_training.documents import TEMPLATE_FOLDER, TEMPLATES
        from cps_training.places import shipped
        from cps_training.thai_text import nearest

        wanted = name.removesuffix(".docx")
        if wanted and wanted not in TEMPLATES:
            near = nearest(wanted, TEMPLATES)
            hint = f"หมายถึง {near} หรือไม่" if near else f"ใช้ได้: {', '.join(TEMPLATES)}"
            raise KitError("template-unknown", f"ไม่มีแม่แบบ “{name}” {hint}", place="NAME")
        folder = folder_of(data_dir)
        own_content(folder)
        target = folder.content / TEMPLATE_FOLDER
        target.mkdir(parents=True, exist_ok=True)
        written, kept = [], []
        for one in (wanted,) if wanted else TEMPLATES:
            path = target / f"{one}.docx"
            if path.exists():
                kept.append(str(path))
                continue
            path.write_bytes((shipped() / TEMPLATE_FOLDER / path.name).read_bytes())
            written.append(str(path))
    if as_json:
        print_json({"ok": True, "written": written, "kept": kept})
        return
    for place in written:
        say(f"เขียน {place} แล้ว")
    for place in kept:
        say(f"มี {place} อยู่แล้ว จึงไม่เขียนทับ ลบหรือย้ายไฟล์นี้ก่อนถ้าต้องการเริ่มใหม่")
