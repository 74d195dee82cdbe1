"""One new item and the file it goes to, checked before it is written. Works on files through `proposing`; knows no terminal."""

from __future__ import annotations

from dataclasses import dataclass

from cps_training.authoring import proposing
from cps_training.authoring.bank_file import Written, edited, first_line, new_bank
from cps_training.authoring.proposing import BankFile, Change, Root
from cps_training.content.glossary import Glossary, rank
from cps_training.content.handbook import Clause, Handbook
from cps_training.errors import Finding, KitError


@dataclass(frozen=True)
class Draft:
    """change: the file as it would be; line: where the item begins in it; block: its YAML; findings: why it is refused, if any."""

    change: Change
    line: int
    block: str
    findings: tuple[Finding, ...]


def draft(root: Root, bank: str, title: tuple[str, str], item: Written) -> Draft:
    """The item at the end of a bank. title: Thai and English of a new one, ("", "") for one that is there.

    Raises KitError: bank-unknown, bank-not-ours, bank-has-mistakes, file-exists, bank-not-editable.
    """
    file = proposing.bank_files(root).get(bank)
    if file is None and not title[0]:
        text = f"ยังไม่มีคลัง “{bank}” ถ้าเป็นคลังใหม่ ให้ตั้งชื่อด้วย --bank-title ถ้าไม่ใช่ ให้แก้รหัสคลัง"
        raise KitError("bank-unknown", text, place=bank)
    if file is None:
        path, shown_as = proposing.new_file(root, bank)
        change = Change(path, shown_as, None, new_bank(bank, *title, [item]))
    else:
        _require_ours(file, bank)
        change = Change(file.path, file.shown_as, file.text, edited(file.text, file.shown_as, {}, [item]))
    findings = tuple(proposing.check(root, [change]))
    number = len(file.bank.items) if file and file.bank else 0
    if not findings:
        written = proposing.holds(change, change.shown_as)
        assert file is None or file.bank is None or written.items[:-1] == file.bank.items
    return Draft(change, first_line(change.after, number), item.block(), findings)


def _require_ours(file: BankFile, bank: str) -> None:
    if not file.is_editable:
        text = f"คลัง {bank} มากับชุดฝึก ({file.shown_as}) สำนักงานเพิ่มข้อในคลังนี้ไม่ได้ ให้ใช้คลังของสำนักงาน"
        raise KitError("bank-not-ours", text, place=file.shown_as)
    if file.bank is None:
        text = f"คลัง {bank} ({file.shown_as}) มีที่ผิดอยู่แล้ว ให้แก้ตาม cps-training check ก่อน แล้วลองใหม่"
        raise KitError("bank-has-mistakes", text, place=file.shown_as)


def find_clauses(query: str, handbook: Handbook, glossary: Glossary, most: int = 12) -> list[Clause]:
    """Clauses that can be tested, by id or by words of their title and summary, the best first."""
    if (exact := handbook.get(query.strip())) and exact.is_teachable:
        return [exact]
    form = glossary.search_form
    words = form.words(query)
    scored = [
        (rank(words, form(f"{clause.id} {clause.number} {clause.title.th}"), form(clause.summary)), clause)
        for clause in handbook.clauses
        if clause.is_teachable
    ]
    found = [(score, clause) for score, clause in scored if score]
    return [clause for _, clause in sorted(found, key=lambda pair: -pair[0])][:most]
