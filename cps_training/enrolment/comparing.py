"""A roster that was read, beside the present one: what an import would change, before anything is changed. Pure.

Stays of a person in the file replace what the roster says of the same time; stays the file does not speak of are kept, and a
stay that was open ends where the file's next one begins (a transfer).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from cps_training.enrolment.difference import Change, Difference, Known, Present, Rename, Stay, stay_json
from cps_training.enrolment.duplicates import duplicates
from cps_training.enrolment.findings import error, warning
from cps_training.enrolment.names import folded, may_be_renamed, name_key
from cps_training.enrolment.reading import RosterRead, RosterRow, overlap
from cps_training.enrolment.table import RowFinding
from cps_training.i18n import mark


@dataclass
class _Draft:
    """The difference while it is made."""

    renamed: list[Rename] = field(default_factory=list)
    new_stays: list[tuple[Known, RosterRow]] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    ended: list[Change] = field(default_factory=list)
    unchanged: int = 0
    findings: list[RowFinding] = field(default_factory=list)


def compare(
    read: RosterRead,
    present: Present,
    *,
    today: date,
    accept: Collection[str] = (),
    ends_absent_on: date | None = None,
    may_rename_staff: bool = True,
) -> Difference:
    """What importing `read` would change.

    accept: codes whose wholly different name is meant; ends_absent_on: the first day on which everybody absent from the
    file (guests excepted) is no longer there; may_rename_staff=False: names of staff accounts stay, and it is said.
    """
    accepted = frozenset(map(folded, accept))
    known = {folded(person.code): person for person in present.people}
    stays: dict[str, list[Stay]] = defaultdict(list)
    for stay in present.stays:
        stays[stay.person_id].append(stay)
    by_code: dict[str, list[RosterRow]] = defaultdict(list)
    for row in read.rows:
        by_code[row.person_id].append(row)

    draft = _Draft()
    new_people = []
    for code, rows in by_code.items():
        person = known.get(code)
        if person is None:
            new_people.append(tuple(rows))
            continue
        _name(person, rows[-1], code in accepted, may_rename_staff, draft)
        _compare_stays(person, [_filled(row, stays[person.person_id], read.columns) for row in rows], stays, draft)
    absent = []
    for code, person in known.items():
        open_stays = [stay for stay in stays[person.person_id] if not stay.is_guest and _is_on(stay, today)]
        if code not in read.codes and open_stays and person.merged_into is None:
            absent.append((person, tuple(open_stays)))
            if ends_absent_on is not None:
                _end(person, stays[person.person_id], ends_absent_on, draft)
    draft.findings += _twice(new_people, present.people)
    return Difference(
        new_people=tuple(new_people),
        renamed=tuple(draft.renamed),
        new_stays=tuple(draft.new_stays),
        changed=tuple(draft.changed),
        ended=tuple(draft.ended),
        unchanged=draft.unchanged,
        absent=tuple(absent),
        findings=tuple(sorted(draft.findings)),
    )


def _is_on(stay: Stay, day: date) -> bool:
    return stay.active_to is None or day < stay.active_to


def _name(person: Known, row: RosterRow, is_accepted: bool, may_rename_staff: bool, draft: _Draft) -> None:
    if person.merged_into is not None:
        text = mark("รหัส %(code)s รวมกับรหัส %(other)s ไว้แล้ว จึงนับเป็นคนเดียว")
        draft.findings.append(warning(row.row, "", "merged", text, code=person.code, other=person.merged_into))
    if row.name == person.name:
        return
    values = {"code": person.code, "name": row.name, "other": person.name}
    is_same = name_key(row.name) == name_key(person.name) or may_be_renamed(person.name, row.name)
    if not is_same and not is_accepted:
        text = mark(
            "รหัส %(code)s เป็นของ “%(other)s” อยู่แล้ว แต่ไฟล์ใช้กับ “%(name)s” ถ้าเป็นคนละคน โปรดใช้รหัสอื่น ถ้าเปลี่ยนชื่อจริง โปรดยืนยันรหัสนี้"
        )
        draft.findings.append(error(row.row, "", "two-people", text, **values))
    elif person.is_staff and not may_rename_staff:
        text = mark("ชื่อของ “%(other)s” (รหัส %(code)s) แก้ได้โดยผู้ดูแลระบบเท่านั้น จึงคงชื่อเดิมไว้")
        draft.findings.append(warning(row.row, "", "name-kept", text, **values))
    else:
        draft.renamed.append(Rename(row.row, person, row.name))


def _filled(row: RosterRow, stays: list[Stay], columns: frozenset[str]) -> RosterRow:
    """The row with what the file has no column for taken from the stay it speaks of."""
    of = next((one for one in stays if one.active_from == row.active_from), None) or next(
        (one for one in stays if one.unit == row.unit and _overlap(one, row)), None
    )
    if of is None:
        return row
    kept: dict[str, Any] = {
        name: getattr(of, name)
        for name in ("employment", "is_guest", "active_to", "left_out_because")
        if name not in columns
    }
    return replace(row, **kept)


def _compare_stays(person: Known, rows: list[RosterRow], stays: dict[str, list[Stay]], draft: _Draft) -> None:
    left = list(stays[person.person_id])
    open_rows = []
    for row in rows:
        same = next((stay for stay in left if stay_json(stay) == stay_json(row)), None)
        if same is None:
            open_rows.append(row)
        else:
            left.remove(same)
            draft.unchanged += 1
    for row in sorted(open_rows, key=lambda one: one.active_from):
        before = next((stay for stay in left if stay.active_from == row.active_from), None) or next(
            (stay for stay in left if _overlap(stay, row) and _is_same_place(stay, row)), None
        )
        if before is not None:
            left.remove(before)
            after = _stay_of(row, before)
            is_end = before.active_to is None and replace(after, active_to=None) == before
            (draft.ended if is_end else draft.changed).append(Change(row.row, person, before, after))
        else:
            draft.new_stays.append((person, row))
        for stay in [one for one in left if _overlap(one, row)]:
            left.remove(stay)
            if stay.active_from < row.active_from:
                draft.ended.append(Change(row.row, person, stay, replace(stay, active_to=row.active_from)))
            else:
                text = mark("รหัส %(code)s มีช่วงเวลาในทะเบียนที่ซ้อนกับแถวนี้ โปรดแก้ทะเบียนเดิมหรือแก้วันที่ในไฟล์")
                draft.findings.append(error(row.row, "", "overlaps-the-roster", text, code=person.code))


def _is_same_place(stay: Stay, row: RosterRow) -> bool:
    return (stay.unit, stay.employment, stay.is_guest) == (row.unit, row.employment, row.is_guest)


def _stay_of(row: RosterRow, before: Stay) -> Stay:
    return replace(
        before,
        unit=row.unit,
        employment=row.employment,
        is_guest=row.is_guest,
        active_from=row.active_from,
        active_to=row.active_to,
        left_out_because=row.left_out_because,
    )


def _overlap(stay: Stay, row: RosterRow) -> bool:
    return overlap(replace(row, active_from=stay.active_from, active_to=stay.active_to), row)


def _end(person: Known, stays: Iterable[Stay], on: date, draft: _Draft) -> None:
    """End the stays of somebody absent; one that would begin later is left for people to decide."""
    for stay in stays:
        if not stay.is_guest and stay.active_from < on and _is_on(stay, on):
            draft.ended.append(Change(0, person, stay, replace(stay, active_to=on)))


def _twice(new_people: list[tuple[RosterRow, ...]], people: Iterable[Known]) -> list[RowFinding]:
    """New people whose name, or nearly that name, an account has already."""
    rows = {rows[-1].person_id: rows[-1] for rows in new_people}
    accounts = {person.person_id: person for person in people if person.merged_into is None}
    found = []
    for pair in duplicates([*rows.values(), *accounts.values()]) if rows and accounts else ():
        for new, old in ((pair.a, pair.b), (pair.b, pair.a)):
            if new.person_id in rows and old.person_id in accounts:
                row = rows[new.person_id]
                text = mark("“%(name)s” รหัส %(code)s อาจเป็นคนเดียวกับ “%(other)s” ซึ่งมีบัญชีรหัส %(other_code)s อยู่แล้ว")
                values = {"name": row.name, "code": row.code, "other": old.name, "other_code": old.code}
                found.append(warning(row.row, "", "may-be-one-person", text, **values))
    return found
