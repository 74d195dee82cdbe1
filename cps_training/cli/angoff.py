"""angoff sheet | cut: the sheet a panel fills in for a form, and the cut score that follows. `assessment.standard_setting` computes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

import typer

from cps_training.assessment.standard_setting import LEAST_JUDGES, Cut, angoff
from cps_training.cli.app import AsJson, DataDir, app, folder_of, own_content, print_json, refusals, say
from cps_training.content.forms import Form
from cps_training.content.library import Library, load_library
from cps_training.errors import ContentError, Finding, KitError
from cps_training.exchange import read_table, write_table
from cps_training.items import Disguise, ItemBase
from cps_training.places import shipped
from cps_training.thai_text import arabic_digits, nearest

panel = typer.Typer(no_args_is_help=True, help="เกณฑ์ผ่านจากคณะกรรมการ · A cut score from a panel (Angoff)")
app.add_typer(panel, name="angoff")

ITEM, STEM, KEY, JUDGE = "รหัสข้อ", "โจทย์", "คำตอบ", "กรรมการ"
ASKED = "ในเจ้าหน้าที่ 100 คนที่ความรู้พอดีผ่าน จะตอบข้อนี้ถูกกี่คน ใส่ 0 ถึง 100"
_NUMBER = re.compile(r"([0-9]{1,3}(?:\.[0-9]+)?)\s*%?")

FormName = Annotated[str, typer.Argument(metavar="FORM", help="รหัสชุดสอบ · the form's id, e.g. final-exam")]


@panel.command(epilog="ตัวอย่าง · Example:\n\n`cps-training angoff sheet final-exam panel.xlsx --judges 7`")
def sheet(
    form: FormName,
    file: Annotated[
        Path, typer.Argument(help="ไฟล์ .xlsx หรือ .csv ที่จะสร้าง (มีเฉลย) · the file to make (it holds the key)")
    ],
    judges: Annotated[int, typer.Option(min=1, max=40, help="จำนวนกรรมการ · how many judges")] = LEAST_JUDGES,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """ใบให้กรรมการกรอก ข้อละบรรทัด · The sheet for the panel, an item a row."""
    with refusals(as_json):
        items = _items(_library(data_dir), form)
        if file.exists():
            text = f"มีไฟล์ {file} อยู่แล้ว อาจมีคำตัดสินที่กรอกไว้ ให้ตั้งชื่ออื่น หรือลบไฟล์นี้ก่อน"
            raise KitError("file-exists", text, place=str(file))
        header = [ITEM, STEM, KEY, *(f"{JUDGE} {n}" for n in range(1, judges + 1))]
        rows = [[item.id, item.stem, _key(item), *[None] * judges] for item in items]
        hints = dict.fromkeys(header[3:], ASKED)
        file.write_bytes(write_table(header, rows, file.name, hints=hints))
    if as_json:
        print_json({"ok": True, "file": str(file), "items": len(items), "judges": judges})
    else:
        say(f"สร้าง {file} แล้ว {len(items)} ข้อ ให้กรรมการแต่ละคนกรอกช่องของตน: {ASKED}")


@panel.command(epilog="ตัวอย่าง · Example:\n\n`cps-training angoff cut final-exam panel.xlsx`")
def cut(
    form: FormName,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="ใบที่กรอกแล้ว · the sheet, filled in")],
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """เกณฑ์ผ่านจากใบที่กรอกแล้ว · The cut score from the filled sheet."""
    with refusals(as_json):
        items = _items(_library(data_dir), form)
        judges, chances = _read(file, items)
        found = angoff(judges, chances)
    if as_json:
        print_json(_as_json(form, found))
    else:
        for line in _said(form, found):
            typer.echo(line)


def _library(data_dir: Path | None) -> Library:
    return load_library(shipped(), own_content(folder_of(data_dir)))


def _items(library: Library, name: str) -> list[ItemBase]:
    form: Form | None = library.forms.get(name)
    if form is None:
        near = nearest(name, list(library.forms))
        hint = f" ใกล้ที่สุดคือ {near}" if near else ""
        raise KitError("unknown-form", f"ไม่มีชุดชื่อ “{name}”{hint} ให้แก้ชื่อชุด", place=name)
    return [library.items[drawn.item_id] for drawn in library.drawn(form)]


def _key(item: ItemBase) -> str:
    """The right answer in words; empty where a person scores the item."""
    if item.needs_rubric or not item.is_scored:
        return ""
    return item.summary(item.correct_response(Disguise(b"panel", item.id)))


def _read(file: Path, items: list[ItemBase]) -> tuple[list[str], dict[str, list[float]]]:
    """(judges, chances by item). Raises ContentError naming every cell that says no number, and every item left out."""
    known = {item.id for item in items}
    table = read_table(file.read_bytes(), file.name, knows=lambda text: text.strip() in (ITEM, STEM, KEY)).table
    found: list[Finding] = []
    if ITEM not in table.header:
        raise KitError("no-item-column", f"{file.name}: ไม่มีคอลัมน์ “{ITEM}” ให้ใช้ใบที่สร้างด้วย angoff sheet", place=file.name)
    columns = [index for index, name in enumerate(table.header) if name not in ("", ITEM, STEM, KEY)]
    chances: dict[str, list[float]] = {}
    for number, cells in table.rows:
        padded = [*cells, *[""] * (len(table.header) - len(cells))]
        item_id = padded[table.header.index(ITEM)].strip()
        if item_id not in known or item_id in chances:
            why = "อยู่ในใบนี้แล้ว ให้ลบบรรทัดที่ซ้ำ" if item_id in chances else "ไม่อยู่ในชุดนี้ ให้ลบบรรทัดนี้ หรือสร้างใบใหม่"
            found.append(Finding(file.name, number, 1, f"ข้อ “{item_id}” {why}"))
            continue
        row = [_chance(padded[index]) for index in columns]
        for index, chance in zip(columns, row, strict=True):
            if chance is None:
                said = padded[index] or "ช่องว่าง"
                text = f"{item_id} ของ {table.header[index]}: พบ “{said}” ต้องเป็นจำนวน 0 ถึง 100"
                found.append(Finding(file.name, number, index + 1, text))
        chances[item_id] = [chance or 0.0 for chance in row]
    found += [
        Finding(file.name, table.header_row, 1, f"ขาดข้อ “{one}” ให้สร้างใบใหม่") for one in sorted(known - set(chances))
    ]
    if found or not columns:
        raise ContentError(tuple(found) or (Finding(file.name, table.header_row, 1, "ไม่มีคอลัมน์ของกรรมการ"),))
    return [table.header[index] for index in columns], chances


def _chance(text: str) -> float | None:
    said = _NUMBER.fullmatch(arabic_digits(text.strip()))
    value = float(said[1]) / 100 if said else -1.0
    return value if 0 <= value <= 1 else None


def _as_json(form: str, found: Cut) -> dict[str, Any]:
    return {
        "ok": True,
        "form": form,
        "cut_score": round(found.share, 4),
        "standard_error": None if found.standard_error is None else round(found.standard_error, 4),
        "n_judges": len(found.by_judge),
        "n_items": len(found.items),
        "is_enough": found.is_enough,
        "by_judge": {judge: round(share, 4) for judge, share in found.by_judge.items()},
        "disputed": [
            {"item": one.item_id, "mean": round(one.mean, 4), "spread": round(one.spread, 4)} for one in found.disputed
        ],
    }


def _said(form: str, found: Cut) -> list[str]:
    lines = [f"ชุด {form}: {len(found.items)} ข้อ กรรมการ {len(found.by_judge)} คน"]
    lines += [f"  {judge}: ร้อยละ {100 * share:.1f}" for judge, share in found.by_judge.items()]
    error = "" if found.standard_error is None else f" (ความคลาดเคลื่อนมาตรฐาน {100 * found.standard_error:.1f})"
    lines.append(f"เกณฑ์ผ่านเฉลี่ย: ร้อยละ {100 * found.share:.1f}{error}")
    for one in found.disputed:
        lines.append(f"ควรคุยกันก่อน: {one.item_id} เห็นต่างกัน {100 * one.spread:.0f} จุดร้อยละ (เฉลี่ย {100 * one.mean:.0f})")
    if found.is_enough:
        lines.append(f"ใส่ในไฟล์ของชุด: cut_score: {round(found.share, 2)}")
    else:
        lines.append(f"ข้อมูลยังไม่พอสำหรับกำหนดเกณฑ์ ต้องมีกรรมการอย่างน้อย {LEAST_JUDGES} คน")
    return lines
