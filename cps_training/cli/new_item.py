"""new item: asks for an item and puts it into a bank. Asks and prints; `authoring` decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cps_training.cli.app import AsJson, DataDir, app, print_json, refusals, say
from cps_training.cli.authors import Shipped, root_of
from cps_training.errors import ContentError, KitError

if TYPE_CHECKING:
    from cps_training.authoring.proposing import Root
    from cps_training.content.library import Library

new = typer.Typer(no_args_is_help=True, help="สร้างเนื้อหาใหม่ · New content")
app.add_typer(new, name="new")


class _Terminal:
    """Asks on stderr: stdout belongs to the result."""

    def ask(self, question: str, default: str) -> str:
        try:
            return str(typer.prompt(question, default=default, show_default=bool(default), err=True))
        except typer.Abort:
            raise KeyboardInterrupt from None

    def tell(self, text: str) -> None:
        say(text)


@new.command(
    epilog="ตัวอย่าง · Examples:\n\n`cps-training new item`\n\n"
    "`cps-training new item --bank office --type short_text --clause cps.3.3 --no-input --field id=office-who --field stem=…`"
)
def item(
    bank: Annotated[str, typer.Option("--bank", help="รหัสคลังข้อ · the bank's id")] = "",
    bank_title: Annotated[str, typer.Option("--bank-title", help="ชื่อคลังใหม่ · title of a new bank")] = "",
    bank_title_en: Annotated[str, typer.Option("--bank-title-en", help="ชื่อคลังใหม่ภาษาอังกฤษ · in English")] = "",
    type_: Annotated[str, typer.Option("--type", help="ชนิดข้อ · item type")] = "",
    id_: Annotated[str, typer.Option("--id", help="รหัสข้อ · the item's id")] = "",
    clause: Annotated[
        list[str] | None, typer.Option("--clause", help="ข้อของคู่มือ รหัสหรือคำ (ซ้ำได้) · clause by id or words")
    ] = None,
    bloom: Annotated[str, typer.Option("--bloom", help="ระดับ Bloom · level")] = "",
    evidence: Annotated[str, typer.Option("--evidence", help="หลักฐาน H หรือ S · evidence")] = "",
    stem: Annotated[str, typer.Option("--stem", help="โจทย์ · stem")] = "",
    field: Annotated[
        list[str] | None,
        typer.Option("--field", help="ช่องอื่น เช่น choices.1.text=ข้อความ (ซ้ำได้) · any other field, counted from 1"),
    ] = None,
    replaces: Annotated[bool, typer.Option("--replaces", help="ใช้แทนข้อที่มากับชุดฝึก · instead of a shipped item")] = False,
    asks_all: Annotated[bool, typer.Option("--all", help="ถามทุกช่อง รวมช่องที่ใช้น้อย · ask for rare fields too")] = False,
    no_input: Annotated[bool, typer.Option("--no-input", help="ไม่ถาม ใช้เฉพาะที่ให้มา · ask nothing")] = False,
    is_shipped: Shipped = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """เขียนข้อใหม่ลงคลังโดยตอบคำถาม ตรวจก่อนบันทึก · Write a new item by answering questions, checked before it is kept."""
    with refusals(as_json):
        from cps_training.authoring.adding import draft
        from cps_training.authoring.asking import Interview
        from cps_training.authoring.bank_file import KINDS, Written
        from cps_training.authoring.proposing import write
        from cps_training.content.library import check_library

        talk = None if no_input else _Terminal()
        root = root_of(data_dir, is_shipped)
        given = _given(field, {"id": id_, "bloom": bloom, "evidence": evidence, "stem": stem})
        library = check_library(root.shipped, root.office)[0]
        bank, title = _bank(talk, root, bank, (bank_title, bank_title_en))
        kind = _type(talk, type_)
        known = {"type": kind, "clauses": _clauses(talk, library, clause or [])}
        answers = Interview(talk, given, asks_all=asks_all).item(KINDS[kind], known)
        written = Written(answers, replaces)
        made = draft(root, bank, title, written)
        if made.findings:
            say(_numbered(made.block, made.line))
            say("ยังไม่ได้เขียนลงไฟล์ เพราะ")
            raise ContentError(made.findings)
        if talk is not None:
            say(_numbered(made.block, made.line))
            if talk.ask(f"เขียนลง {made.change.path} หรือไม่ (ใช่/ไม่)", "ใช่").casefold() not in ("ใช่", "y", "yes"):
                raise KeyboardInterrupt
        write([made.change])
    if as_json:
        document = {"ok": True, "id": answers.get("id"), "bank": bank, "file": str(made.change.path), "line": made.line}
        print_json(document)
    else:
        say(f"เขียนข้อ {answers.get('id')} ลง {made.change.path} บรรทัด {made.line} แล้ว ผ่านการตรวจทุกข้อ")
        say("ใส่รหัสข้อในชุดข้อสอบ (quizzes/forms) เพื่อให้ถูกถาม")


def _given(fields: list[str] | None, named: dict[str, str]) -> dict[str, str]:
    given = {name: text for name, text in named.items() if text}
    for one in fields or []:
        name, is_there, text = one.partition("=")
        if not is_there or not name.strip():
            raise KitError("field", f"เขียน --field เป็น ช่อง=ค่า เช่น choices.1.text=ข้อความ (พบ {one})", place=one)
        given[name.strip()] = text
    return given


def _bank(talk: _Terminal | None, root: Root, bank: str, title: tuple[str, str]) -> tuple[str, tuple[str, str]]:
    """The bank's id, and the title of a new one."""
    from cps_training.authoring.proposing import bank_files

    files = bank_files(root)
    ours = [name for name, file in files.items() if file.is_editable]
    if not bank:
        if talk is None:
            raise KitError("bank-unknown", "ไม่ได้บอกคลัง ให้ใส่ --bank", place="--bank")
        if ours:
            talk.tell("คลังข้อ: " + "  ".join(f"{n}) {name}" for n, name in enumerate(ours, 1)))
        answer = ""
        while not answer:
            answer = talk.ask("คลังข้อ เลือกหมายเลข หรือพิมพ์รหัสใหม่", ours[0] if ours else "office").strip()
        bank = ours[int(answer) - 1] if answer.isdecimal() and 1 <= int(answer) <= len(ours) else answer
    if bank in files:
        return bank, ("", "")
    if talk is not None and not title[0]:
        thai = talk.ask(f"ชื่อคลังใหม่ {bank}", "ข้อสอบของสำนักงาน").strip()
        title = (thai, title[1] or talk.ask("ชื่อภาษาอังกฤษ (เว้นว่างได้)", "").strip())
    return bank, title


def _type(talk: _Terminal | None, type_: str) -> str:
    from cps_training.authoring.bank_file import KINDS
    from cps_training.authoring.words import TYPE_WORDS
    from cps_training.thai_text import nearest

    names = list(KINDS)
    if not type_ and talk is not None:
        for number, name in enumerate(names, 1):
            talk.tell(f"{number:>2}) {name}  {TYPE_WORDS[name]}")
    while True:
        answer = type_ or (talk.ask("ชนิดข้อ", "1").strip() if talk else "")
        name = names[int(answer) - 1] if answer.isdecimal() and 1 <= int(answer) <= len(names) else answer
        if name in KINDS:
            return name
        near = nearest(name, names)
        text = f"ไม่มีชนิดข้อ “{name}” " + (f"หมายถึง {near} หรือไม่" if near else f"ใช้ได้: {', '.join(names)}")
        if type_ or talk is None:
            raise KitError("type-unknown", text, place="--type")
        talk.tell(text)


def _clauses(talk: _Terminal | None, library: Library | None, given: list[str]) -> list[str]:
    """Ids of clauses: those given, by id or words; else asked for until there is one."""
    from cps_training.authoring.adding import find_clauses

    if library is None:
        return given
    chosen: list[str] = []
    for words in given:
        found = find_clauses(words, library.handbook, library.glossary)
        if len(found) != 1:
            several = "ตรงหลายข้อ: " + ", ".join(one.id for one in found) if found else "ไม่พบข้อของคู่มือ"
            raise KitError("clause-unknown", f"“{words}” {several} ให้ใส่รหัสข้อ เช่น cps.2.3", place="--clause")
        chosen.append(found[0].id)
    while talk is not None and not given and len(chosen) < 4:
        note = " (เว้นว่าง = พอแล้ว)" if chosen else ""
        words = talk.ask(f"ข้อของคู่มือที่วัด พิมพ์รหัสหรือคำค้น{note}", "").strip()
        if not words and chosen:
            break
        found = find_clauses(words, library.handbook, library.glossary) if words else []
        for number, one in enumerate(found, 1):
            talk.tell(f"{number:>2}) {one.id}  {one.title.th}")
        if not found:
            talk.tell("ไม่พบข้อของคู่มือ ลองคำอื่น หรือพิมพ์รหัส เช่น cps.2.3")
            continue
        answer = talk.ask("เลือกหมายเลข (0 = ค้นใหม่)", "1").strip()
        if answer.isdecimal() and 1 <= int(answer) <= len(found) and found[int(answer) - 1].id not in chosen:
            chosen.append(found[int(answer) - 1].id)
    return chosen


def _numbered(block: str, line: int) -> str:
    """The block with the numbers its lines have in the file."""
    return "\n".join(f"{number:>5}  {text}" for number, text in enumerate(block.split("\n"), line))
