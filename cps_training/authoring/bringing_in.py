"""Items of a table against the banks there are: what is new, what changes, what stays, and the files that follow. Pure but for the check.

Items that stand in a bank and not in the table stay. An item whose scored fields differ becomes a new version.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from cps_training.authoring import proposing
from cps_training.authoring.bank_file import Written, comments_in, edited, new_bank
from cps_training.authoring.item_reading import Filed, ItemsRead
from cps_training.authoring.item_tables import BANK, BANKS
from cps_training.authoring.proposing import BankFile, Change, Root
from cps_training.content.yaml_source import Location
from cps_training.errors import Finding, KitError
from cps_training.items.base import ItemBase

How = Literal["added", "changed", "unchanged"]


@dataclass(frozen=True)
class Row:
    """One item of the table. before, after: its versions ("" for a new one): the same where only unscored texts differ.

    comments: lines of comment inside the item, which are lost when it is written anew."""

    id: str
    bank: str
    type: str
    how: How
    before: str
    after: str
    comments: int = 0


@dataclass
class Plan:
    """findings: their `file` is the sheet, `line` the row; those without a sheet speak of a file of content."""

    rows: list[Row] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        return {how: sum(row.how == how for row in self.rows) for how in ("added", "changed", "unchanged")}


def plan(read: ItemsRead, root: Root) -> Plan:
    """What bringing the table in would do, checked. Without findings, `changes` may be written."""
    found = Plan(findings=list(read.findings))
    present = proposing.bank_files(root)
    by_bank: dict[str, list[Filed]] = {}
    for filed in read.items:
        if filed.item is not None and filed.bank:
            by_bank.setdefault(filed.bank, []).append(filed)
    filed_in: dict[str, list[Filed]] = {}
    for bank, items in by_bank.items():
        file = present.get(bank)
        change = _new(bank, items, read, root, found) if file is None else _into(file, bank, items, read, found)
        if change is not None:
            found.changes.append(change)
            filed_in[change.shown_as] = items
    if not found.findings and found.changes:
        for finding in proposing.check(root, found.changes):
            found.findings.append(_in_the_sheet(finding, found.changes, filed_in))
    found.findings.sort()
    return found


def _new(bank: str, items: list[Filed], read: ItemsRead, root: Root, found: Plan) -> Change | None:
    if bank not in read.titles:
        message = f"ยังไม่มีคลัง “{bank}” ถ้าเป็นคลังใหม่ ให้เพิ่มรหัสและชื่อในแผ่น {BANKS} ถ้าไม่ใช่ ให้แก้รหัสคลัง"
        for filed in items:
            found.findings.append(Finding(filed.sheet, *filed.places[(BANK,)], message))
        return None
    written = [_noted(filed, "added", "", found) for filed in _in_order(items)]
    try:
        path, shown_as = proposing.new_file(root, bank)
    except KitError as error:
        found.findings.append(Finding(items[0].sheet, *items[0].places[(BANK,)], error.message))
        return None
    change = Change(path, shown_as, None, new_bank(bank, *read.titles[bank], written))
    return _sure(change, [filed.item for filed in _in_order(items)], found)


def _into(file: BankFile, bank: str, items: list[Filed], read: ItemsRead, found: Plan) -> Change | None:
    if file.bank is None:
        found.findings.append(
            Finding("", 0, 0, f"คลัง {bank} ({file.shown_as}) มีที่ผิดอยู่แล้ว ให้แก้ตาม cps-training check ก่อน")
        )
        return None
    title = (file.bank.title.th, file.bank.title.en or "")
    if read.titles.get(bank, title) != title:
        found.findings.append(
            Finding(BANKS, 0, 0, f"ชื่อคลัง {bank} ไม่ตรงกับ {file.shown_as} เปลี่ยนชื่อคลังได้ในไฟล์ YAML เท่านั้น")
        )
    numbers = {item.id: number for number, item in enumerate(file.bank.items)}
    replaced: dict[int, Written] = {}
    added: list[Filed] = []
    for filed in items:
        assert filed.item is not None
        number = numbers.get(filed.item.id)
        if number is None:
            added.append(filed)
        elif filed.item == file.bank.items[number] and filed.replaces == (number in file.bank.replacing):
            _noted(filed, "unchanged", filed.item.version, found)
        else:
            before = file.bank.items[number].version
            replaced[number] = _noted(filed, "changed", before, found, comments_in(file.text, file.shown_as, number))
    added = _in_order(added)
    new = [_noted(filed, "added", "", found) for filed in added]
    if not file.is_editable:
        touched = {
            *(file.bank.items[number].id for number in replaced),
            *(filed.item.id for filed in added if filed.item),
        }
        message = (
            f"คลัง {bank} มากับชุดฝึก จึงแก้จากสำนักงานไม่ได้ ให้ใส่รหัสคลังของสำนักงาน ถ้าตั้งใจใช้แทนข้อเดิม ให้ใส่ ใช่ ในช่อง replaces ด้วย"
        )
        found.findings += [
            Finding(filed.sheet, *filed.places[(BANK,)], message)
            for filed in items
            if filed.item and filed.item.id in touched
        ]
        return None
    if not replaced and not new:
        return None
    after = edited(file.text, file.shown_as, replaced, new)
    meant: list[ItemBase | None] = list(file.bank.items)
    by_id = {filed.item.id: filed.item for filed in items if filed.item}
    meant = [by_id[item.id] if number in replaced else item for number, item in enumerate(file.bank.items)]
    return _sure(Change(file.path, file.shown_as, file.text, after), [*meant, *(one.item for one in added)], found)


def _in_order(items: list[Filed]) -> list[Filed]:
    """By the number they say, those without one last."""
    return sorted(items, key=lambda filed: filed.order or 10**9)


def _noted(filed: Filed, how: How, before: str, found: Plan, comments: int = 0) -> Written:
    assert filed.item is not None
    item = filed.item
    found.rows.append(Row(item.id, filed.bank, item.type, how, before, item.version, comments))
    return Written.of(item, replaces=filed.replaces)


def _sure(change: Change, meant: list[ItemBase | None], found: Plan) -> Change | None:
    """The change, if the text of the file says just what the table says."""
    try:
        bank = proposing.holds(change, change.shown_as)
    except KitError as error:
        found.findings.append(Finding("", 0, 0, error.message))
        return None
    for item, written in zip(meant, bank.items, strict=True):
        if item != written:
            found.findings.append(
                Finding("", 0, 0, f"เขียนข้อ {written.id} เป็น YAML ให้ตรงทุกตัวอักษรไม่ได้ จึงไม่เขียน โปรดแก้ข้อความของข้อนี้")
            )
            return None
    return change


def _in_the_sheet(finding: Finding, changes: list[Change], filed_in: Mapping[str, list[Filed]]) -> Finding:
    """A finding in a file that would be written, at the cell it came from; others stay as they are."""
    change = next((one for one in changes if one.shown_as == finding.file), None)
    if change is None:
        return finding
    location: Location = proposing.location_of(change, finding)
    if len(location) < 2 or not isinstance(location[1], int):
        return finding
    bank = proposing.holds(change, change.shown_as)
    item = bank.items[location[1]].id
    filed = next((one for one in filed_in[change.shown_as] if one.item and one.item.id == item), None)
    if filed is None:
        return finding
    inner = location[2:]
    while inner not in filed.places:
        inner = inner[:-1]
    return Finding(filed.sheet, *filed.places[inner], finding.message)
