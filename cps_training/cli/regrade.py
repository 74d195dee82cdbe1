"""regrade: score what was answered again under today's keys, before and after per learner. Prints; the desk decides."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from cps_training.cli.app import AsJson, DataDir, app, print_json, say
from cps_training.cli.office_desk import office
from cps_training.desk import protocol

_PASSED = {True: "ผ่าน", False: "ไม่ผ่าน", None: ""}


@app.command(epilog="ตัวอย่าง · Examples:\n\n`cps-training regrade cps-exam`\n\n`cps-training regrade cps-exam --apply`")
def regrade(
    form: Annotated[str, typer.Argument(help="รหัสชุดข้อสอบ · the form's id")],
    apply: Annotated[
        bool, typer.Option("--apply", help="บันทึกผลใหม่ต่อท้าย ของเดิมยังอยู่ · keep it; nothing is overwritten")
    ] = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """ให้คะแนนคำตอบเดิมใหม่ตามเฉลยปัจจุบัน แสดงก่อนและหลังรายคน · Score stored responses again under today's keys."""
    with office(data_dir, as_json) as desk:
        found = desk.ask(protocol.Regrade(form_id=form, is_dry_run=not apply))
    if as_json:
        print_json({"ok": True, **found})
        return
    if not found["rows"]:
        say(f"ดูแล้ว {found['n_attempts']} ครั้งที่ทำชุดนี้ ไม่มีคะแนนใดเปลี่ยน")
        return
    for row in found["rows"]:
        typer.echo(_line(row))
    say(
        f"บันทึกแล้ว {len(found['rows'])} จาก {found['n_attempts']} ครั้งที่ทำชุดนี้"
        if found["is_applied"]
        else f"เกี่ยวข้อง {len(found['rows'])} จาก {found['n_attempts']} ครั้งที่ทำชุดนี้ ยังไม่ได้บันทึก ใส่ --apply เพื่อบันทึก"
    )


def _line(row: dict[str, Any]) -> str:
    """One attempt: who, before → after, which items."""
    scores = " → ".join(
        f"{row[when]['points']:.2f}/{row[when]['maximum']:g} {_PASSED[row[when]['is_passed']]}".rstrip()
        for when in ("before", "after")
    )
    said = [f"{row['person_code']}  {row['name']}  ครั้งที่ {row['number']}  {scores}"]
    if row["items"]:
        said.append(f"    ข้อที่เฉลยเปลี่ยน: {', '.join(row['items'])}")
    if row["unreadable"]:
        said.append(f"    ข้อที่ใช้คำตอบเดิมกับเฉลยใหม่ไม่ได้ คงคะแนนเดิม: {', '.join(row['unreadable'])}")
    return "\n".join(said)
