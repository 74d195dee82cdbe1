"""plan export: a plan as a Word, PDF, calendar or Excel file. Reads and writes files; `documents` makes them."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cps_training.cli.app import AsJson, DataDir, folder_of, own_content, print_json, refusals, say
from cps_training.cli.plans import plan
from cps_training.errors import KitError

if TYPE_CHECKING:
    from cps_training.content.library import Library

WITH_CLOSED_DAYS = ("month.docx", "month.pdf", "week.docx", "week.pdf")


class What(StrEnum):
    """What the file holds; calendars and workbooks have one of their own when nothing is said."""

    MEMO = "memo"
    ACTION_PLAN = "action-plan"
    MONTH = "month"
    WEEK = "week"
    RECORD = "record"
    REPORT = "report"


class Era(StrEnum):
    """Which years are shown."""

    BE = "be"
    CE = "ce"


@plan.command(
    epilog="ตัวอย่าง · Examples:\n\n`cps-training plan export plan.yaml --to memo.docx --thai-digits`\n\n"
    "`cps-training plan export plan.yaml --to july.pdf --what month`\n\n`cps-training plan export plan.yaml --to visits.ics`"
)
def export(
    file: Annotated[Path, typer.Argument(metavar="PLAN", help="ไฟล์แผน .yaml หรือ .json · the plan", show_default=False)],
    to: Annotated[Path, typer.Option("--to", help="ไฟล์ที่จะเขียน ลงท้าย .docx .pdf .ics หรือ .xlsx · the file to write")],
    what: Annotated[
        What | None,
        typer.Option("--what", help="เอกสารใด ถ้าไม่บอกดูจากชื่อไฟล์ · which document (default: by the file's name)"),
    ] = None,
    visit: Annotated[
        list[str] | None, typer.Option("--visit", help="เฉพาะครั้งนี้ (ซ้ำได้) · only this visit (repeatable)")
    ] = None,
    thai_digits: Annotated[bool, typer.Option("--thai-digits", help="ใช้เลขไทย · Thai digits")] = False,
    era: Annotated[
        Era, typer.Option("--era", help="ปีเป็น พ.ศ. (be) หรือ ค.ศ. (ce) · Buddhist or Christian years")
    ] = Era.BE,
    office: Annotated[str, typer.Option("--office", help="ส่วนราชการ ถ้าไม่บอกใช้ office ใน config.toml · office")] = "",
    number: Annotated[str, typer.Option("--number", help="ที่ของหนังสือ · number of the letter")] = "",
    approver: Annotated[str, typer.Option("--approver", help="เรียนผู้ใด · to whom (default: สหกรณ์จังหวัด)")] = "",
    position: Annotated[str, typer.Option("--position", help="ตำแหน่งผู้ลงชื่อ · position of who signs")] = "",
    english: Annotated[
        bool, typer.Option("--english", help="หัวตารางและปฏิทินเป็นภาษาอังกฤษ · .xlsx and .ics in English")
    ] = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """ทำเอกสารจากแผน ด้วยแม่แบบของสำนักงานถ้ามี · Make a document of a plan, by the office's own template where there is one."""
    with refusals(as_json):
        from cps_training import documents
        from cps_training.config import read_config
        from cps_training.content.library import load_library
        from cps_training.places import shipped
        from cps_training.planning.reading import read_plan

        name = _document(to, what)
        folder = folder_of(data_dir)
        own = own_content(folder)
        document = read_plan(file).model_dump(mode="json")
        settings = {
            "has_thai_digits": thai_digits,
            "has_buddhist_years": era is Era.BE,
            "office": office or read_config(folder.config).office,
            "number": number,
            "approver": approver,
            "position": position,
            "closed_days": _closed_days(load_library(shipped(), own), document) if name in WITH_CLOSED_DAYS else {},
        }
        made = documents.make(
            name,
            document,
            locale="en" if english else "th",
            settings=settings,
            templates=own / documents.TEMPLATE_FOLDER if own else None,
            visits=visit or None,
        )
        to.write_bytes(made.body)
    if as_json:
        print_json({"ok": True, "file": str(to), "document": name, "bytes": len(made.body)})
    else:
        say(f"เขียน {to} แล้ว")


def _document(to: Path, what: What | None) -> str:
    """The id of the document: by --what, else by the file's name, else what files of this ending are for."""
    from cps_training.documents import KINDS

    ending = to.suffix.lstrip(".").casefold()
    if ending not in KINDS:
        text = f"เขียนไฟล์ {to.name} ไม่ได้ ให้ตั้งชื่อลงท้ายด้วย {', '.join(f'.{one}' for one in KINDS)}"
        raise KitError("document-kind", text, place=str(to))
    holds = KINDS[ending]
    if what is not None:
        if what.value not in holds:
            text = f"ไฟล์ .{ending} เก็บ {what.value} ไม่ได้ ใช้ได้: {', '.join(holds)}"
            raise KitError("document-kind", text, place="--what")
        return f"{what.value}.{ending}"
    named = next((one for one in sorted(holds, key=len, reverse=True) if one in to.stem.casefold()), holds[0])
    return f"{named}.{ending}"


def _closed_days(library: Library, document: dict[str, Any]) -> dict[str, dict[str, str]]:
    """The closed days of the months the plan goes out in."""
    days = [date.fromisoformat(visit["planned_date"]) for visit in document["visits"] if visit["planned_date"]]
    if not days:
        return {}
    first, last = min(days).replace(day=1), max(days) + timedelta(days=31)
    known = (first + timedelta(days=n) for n in range((last - first).days + 1))
    found = ((day, library.office_calendar.closed_day(day)) for day in known)
    return {
        day.isoformat(): {"th": closed.name.th, "en": closed.name.en or closed.name.th}
        for day, closed in found
        if closed
    }
