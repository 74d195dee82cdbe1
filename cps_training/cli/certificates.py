"""certificate verify: whether a code on a certificate was earned in this office. The desk decides; needs no network."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from cps_training.cli.app import AsJson, DataDir, app, print_json, say
from cps_training.cli.office_desk import office
from cps_training.desk import protocol
from cps_training.thai_text import show_date

certificate = typer.Typer(no_args_is_help=True, help="เกียรติบัตรของหลักสูตร · Certificates of the course")
app.add_typer(certificate, name="certificate")


@certificate.command(epilog="ตัวอย่าง · Example:\n\n`cps-training certificate verify ABCD-EFGH-IJKL-MNOP`")
def verify(
    code: Annotated[str, typer.Argument(help="รหัสตรวจสอบบนเกียรติบัตร · the code on the certificate")],
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """ตรวจว่าเกียรติบัตรออกจากสำนักงานนี้จริง · Whether a certificate was earned in this office."""
    with office(data_dir, as_json) as desk:
        found = desk.ask(protocol.VerifyCertificate(code=code))["certificate"]
    if as_json:
        print_json({"ok": found is not None, "certificate": found})
    elif found is None:
        say("ไม่มีเกียรติบัตรที่ใช้รหัสนี้ในสำนักงานนี้ ให้ตรวจว่าพิมพ์รหัสครบ และเป็นสำนักงานที่ออกให้")
    else:
        day = show_date(date.fromisoformat(found["earned_on"]))
        typer.echo(f"ถูกต้อง: {found['name']} ({found['person_code']}) {found['exam']['th']} เมื่อ {day}")
    raise typer.Exit(0 if found is not None else 1)
