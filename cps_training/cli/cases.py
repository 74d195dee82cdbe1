"""case list | score | notes: the case studies, what a response is worth, and the trainer's notes. Prints; `casework` decides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cps_training.cli.app import AsJson, DataDir, app, folder_of, own_content, print_json, refusals, say
from cps_training.content.cases.case import Case
from cps_training.content.cases.catalogue import Catalogue
from cps_training.content.cases.model import FOLDER, NOTES_FILE
from cps_training.content.library import Library, load_library
from cps_training.errors import KitError
from cps_training.places import shipped

if TYPE_CHECKING:
    from cps_training.casework.scoring import CaseScore

case = typer.Typer(no_args_is_help=True, help="กรณีศึกษา · Case studies")
app.add_typer(case, name="case")

Chosen = Annotated[
    str, typer.Argument(metavar="CASE", help="รหัสหรืออักษรของกรณี เช่น A · its id or letter", show_default=False)
]


def library_of(data_dir: Path | None) -> Library:
    """What ships and the office's own. Raises ContentError."""
    return load_library(shipped(), own_content(folder_of(data_dir)))


def case_of(library: Library, named: str) -> Case:
    """The case of that id or letter, small or capital. Raises KitError."""
    for one in library.cases.values():
        if named.casefold() in (one.id, (one.said.letter or one.id).casefold()):
            return one
    listed = ", ".join(_label(one) for one in library.cases.values()) or "ยังไม่มี"
    raise KitError("case-unknown", f"ไม่มีกรณี “{named}” กรณีที่มี: {listed}", place=named)


def catalogue_of(library: Library) -> Catalogue:
    """What boards may name. Raises KitError when no case came with one."""
    if library.catalogue is None:
        raise KitError("catalogue-missing", f"ไม่พบ {FOLDER}/catalogue.yaml ให้ติดตั้งชุดฝึกใหม่", place=FOLDER)
    return library.catalogue


@case.command("list", epilog="ตัวอย่าง · Examples:\n\n`cps-training case list`\n\n`cps-training case list --json`")
def list_(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """กรณีศึกษาที่มี ทั้งที่มากับชุดฝึกและของสำนักงาน · The cases there are."""
    with refusals(as_json):
        cases = library_of(data_dir).cases.values()
    if as_json:
        print_json([_entry(one) for one in cases])
        return
    for one in cases:
        typer.echo(f"{one.said.letter or '-'}\t{one.id}\t{one.said.name.th}")
    say(f"มี {len(cases)} กรณี")


@case.command(
    epilog="ตัวอย่าง · Examples:\n\n`cps-training case score A response.yaml`\n\n"
    "`cps-training case score thung-sathit response.yaml --json | jq .score`"
)
def score(
    named: Chosen,
    file: Annotated[Path, typer.Argument(metavar="RESPONSE", help="ไฟล์คำตอบ .yaml · the response", show_default=False)],
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """ให้คะแนนคำตอบของกรณีหนึ่ง เหมือนในหน้าเว็บ · What a response is worth, the same as on the page."""
    with refusals(as_json):
        from cps_training.casework import scoring
        from cps_training.casework.response_file import read_response

        library = library_of(data_dir)
        chosen, catalogue = case_of(library, named), catalogue_of(library)
        response = read_response(file, chosen, catalogue, library.handbook.__contains__)
        result = scoring.score(chosen, catalogue, response)
        is_older = response.version is not None and response.version != chosen.version
    if is_older:
        say("คำตอบนี้ทำกับกรณีรุ่นก่อน เนื้อหาของกรณีเปลี่ยนไปแล้ว ผลจึงอาจไม่เหมือนเดิม")
    if as_json:
        print_json(result.as_json())
        return
    for line in _lines(result, catalogue):
        typer.echo(line)


@case.command(epilog="ตัวอย่าง · Examples:\n\n`cps-training case notes A`\n\n`cps-training case notes A > notes.md`")
def notes(named: Chosen, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """บันทึกสำหรับวิทยากร มีเฉลย · The trainer's notes, key included, as Markdown."""
    with refusals(as_json):
        chosen = case_of(library_of(data_dir), named)
        text = _notes(chosen, own_content(folder_of(data_dir)))
    if as_json:
        print_json({"case": chosen.id, "notes": text})
    else:
        typer.echo(text, nl=False)


def _notes(chosen: Case, own: Path | None) -> str:
    """The office's notes before those that ship: its case stands in for one of the same id."""
    for root in (own, shipped()):
        if root is not None and (path := root / FOLDER / chosen.id / NOTES_FILE).is_file():
            return path.read_text("utf-8-sig")
    raise KitError(
        "notes-missing", f"ไม่พบ {NOTES_FILE} ของกรณี {chosen.id} ให้เขียนไฟล์นี้ไว้ในโฟลเดอร์ของกรณี", place=chosen.id
    )


def _entry(one: Case) -> dict[str, Any]:
    return {"id": one.id, "letter": one.said.letter, "name": one.said.name.model_dump(), "version": one.version}


def _label(one: Case) -> str:
    return f"{one.said.letter} ({one.id})" if one.said.letter else one.id


def _lines(result: CaseScore, catalogue: Catalogue) -> Iterator[str]:
    """The result for people: the score, then a line a finding, then why it is not passed."""
    titles = {kind.id: kind.title.th for kind in catalogue.findings}
    yield f"คะแนน {result.score * 100:.1f} จาก 100\t{'ผ่าน' if result.passed else 'ยังไม่ผ่าน'}"
    for kind in result.found:
        marks = result.marks[kind]
        parts = (
            f"หลักฐานตรง {marks.precision * 100:.0f}% ครบ {marks.recall * 100:.0f}%",
            f"เอกสาร {_yes(marks.is_documented)}",
            f"ข้อ {marks.clause or '-'}{' (ใกล้เคียง)' if 0 < marks.clause_share < 1 else ''}",
            f"สาเหตุ {_yes(marks.has_cause)} ประสาน {_yes(marks.has_partner)} ขั้นต่อไป {_yes(marks.has_step)}",
        )
        yield f"พบ\t{titles[kind]}\t{' · '.join(parts)}"
    for kind in result.missed:
        yield f"ยังไม่พบ\t{titles[kind]}"
    for kind in result.false_alarms:
        yield f"{'ข้อสรุปชวนหลงทาง' if kind in result.red_herrings_taken else 'ไม่ใช่ปัญหาของกรณีนี้'}\t{titles[kind]}"
    for kind in result.tolerated:
        yield f"ไม่บวกไม่ลบ\t{titles[kind]}"
    for finding in result.unmatched:
        yield f"ไม่บวกไม่ลบ (คำของตนเอง)\t{finding}"
    yield f"การจัดลำดับ (tau-b)\t{'-' if result.ranking_tau is None else format(result.ranking_tau, '.2f')}"
    for error in result.critical_errors:
        yield f"ข้อผิดร้ายแรง\t{error.finding}: {error.why.th}"
    for why in result.why_not_passed:
        yield f"ยังไม่ผ่านเพราะ\t{why.said}"


def _yes(value: bool) -> str:
    return "✓" if value else "✗"
