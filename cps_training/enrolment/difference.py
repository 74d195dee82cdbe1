"""What the store knows, and what an import would do to it: frozen values with a JSON form. Pure; decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from cps_training.enrolment.reading import RosterRow
from cps_training.enrolment.table import RowFinding

MOST_SHOWN = 200


@dataclass(frozen=True)
class Known:
    """An account of the store. is_staff: holds more than the learner role; merged_into: the code it is counted as."""

    person_id: str
    code: str
    name: str
    is_staff: bool = False
    merged_into: str | None = None


@dataclass(frozen=True)
class Stay:
    """A person's stay in a unit as the store keeps it: active_from <= day < active_to; active_to None = still there.

    left_out_because: the written reason for leaving them out of the count (long leave, secondment), None = counted.
    """

    entry_id: str
    person_id: str
    unit: str
    employment: str
    is_guest: bool
    active_from: date
    active_to: date | None
    left_out_because: str | None = None


@dataclass(frozen=True)
class Present:
    """What the store knows now."""

    people: tuple[Known, ...] = ()
    stays: tuple[Stay, ...] = ()


@dataclass(frozen=True)
class Rename:
    row: int
    person: Known
    name: str


@dataclass(frozen=True)
class Change:
    """A stay replaced. row: where the file says so, 0 = for somebody absent from it; person: its account."""

    row: int
    person: Known
    before: Stay
    after: Stay


@dataclass(frozen=True)
class Difference:
    """What an import would do. new_people: their rows (several stays of one person follow each other); new_stays: of known
    people; ended: stays that only get an end; absent: on the roster today but not in the file, with their open stays.

    findings: what only the store could show (two people under one code, one under two).
    """

    new_people: tuple[tuple[RosterRow, ...], ...] = ()
    renamed: tuple[Rename, ...] = ()
    new_stays: tuple[tuple[Known, RosterRow], ...] = ()
    changed: tuple[Change, ...] = ()
    ended: tuple[Change, ...] = ()
    unchanged: int = 0
    absent: tuple[tuple[Known, tuple[Stay, ...]], ...] = ()
    findings: tuple[RowFinding, ...] = ()

    @property
    def changes_nothing(self) -> bool:
        return not (self.new_people or self.renamed or self.new_stays or self.changed or self.ended)

    def counts(self) -> dict[str, int]:
        return {
            "new_people": len(self.new_people),
            "renamed": len(self.renamed),
            "new_stays": len(self.new_stays),
            "changed": len(self.changed),
            "ended": len(self.ended),
            "unchanged": self.unchanged,
            "absent": len(self.absent),
        }

    def as_json(self, limit: int = MOST_SHOWN) -> dict[str, Any]:
        """{"counts": {…}, "rows": {part: [at most `limit` rows]}, "limit"}; dates ISO, stays {unit, employment, …}."""
        rows: dict[str, list[dict[str, Any]]] = {
            "new_people": [
                {
                    "row": own[0].row,
                    "person_code": own[0].code,
                    "name": own[0].name,
                    "stays": [stay_json(row) for row in own],
                }
                for own in self.new_people[:limit]
            ],
            "renamed": [
                {"row": one.row, "person_code": one.person.code, "name": one.name, "before": one.person.name}
                for one in self.renamed[:limit]
            ],
            "new_stays": [
                {"row": row.row, "person_code": person.code, "name": row.name, "stay": stay_json(row)}
                for person, row in self.new_stays[:limit]
            ],
            "changed": [_changed(one) for one in self.changed[:limit]],
            "ended": [_changed(one) for one in self.ended[:limit]],
            "absent": [
                {"person_code": person.code, "name": person.name, "stays": [stay_json(stay) for stay in stays]}
                for person, stays in self.absent[:limit]
            ],
        }
        return {"counts": self.counts(), "rows": rows, "limit": limit}


def stay_json(stay: RosterRow | Stay) -> dict[str, Any]:
    return {
        "unit": stay.unit,
        "employment": stay.employment,
        "is_guest": stay.is_guest,
        "active_from": stay.active_from.isoformat(),
        "active_to": stay.active_to.isoformat() if stay.active_to else None,
        "left_out_because": stay.left_out_because,
    }


def _changed(one: Change) -> dict[str, Any]:
    return {
        "row": one.row,
        "person_code": one.person.code,
        "name": one.person.name,
        "before": stay_json(one.before),
        "after": stay_json(one.after),
    }
