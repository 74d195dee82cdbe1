"""What a rule of cases says and works with: mistakes with their place, limits, rows by year. Pure; knows no single rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from cps_training.content.cases.case import CaseSource
from cps_training.content.cases.tables import Row
from cps_training.content.yaml_source import Location


class Mistake(NamedTuple):
    """place: a table's name, or `case.yaml` or `evidence.yaml`. location: in a table (row from 0, column), in a file as YAML
    counts. message: Thai: what was found, what is expected, how to mend it; the rule's id stands at its end."""

    place: str
    location: Location
    message: str


@dataclass(frozen=True)
class Limits:
    """Numbers of the law and of notices that rules measure by; the office's own values stand in data/parameters.yaml."""

    first_meeting_days: int = 90
    agm_days: int = 150
    reserve_percent: int = 10
    league_fee_percent: int = 1
    league_fee_most_percent: int = 5
    league_fee_most_baht: int = 30_000


Rule = Callable[[CaseSource], Iterator[Mistake]]
LimitedRule = Callable[[CaseSource, Limits], Iterator[Mistake]]


def rows_of(source: CaseSource, table: str) -> tuple[tuple[int, Row], ...]:
    """(row from 0, its cells) of a table; () for one the case has not."""
    return tuple(enumerate(source.tables.get(table, ())))


def by_year(source: CaseSource, table: str) -> dict[int, tuple[int, Row]]:
    """The same of a yearly table, by year in order."""
    return {row["year"]: (at, row) for at, row in sorted(rows_of(source, table), key=lambda pair: pair[1]["year"])}


def both(source: CaseSource, *tables: str) -> Iterator[tuple[int, tuple[tuple[int, Row], ...]]]:
    """(year, its row in each table) for the years that all of them have."""
    found = [by_year(source, table) for table in tables]
    for year in found[0]:
        if all(year in rows for rows in found):
            yield year, tuple(rows[year] for rows in found)


def next_to(source: CaseSource, table: str) -> Iterator[tuple[int, tuple[int, Row], tuple[int, Row]]]:
    """(year, row of the year before, row of the year) for years that follow one another."""
    for (earlier, before), (year, now) in pairwise(by_year(source, table).items()):
        if year == earlier + 1:
            yield year, before, now


def last_year(source: CaseSource) -> tuple[int, Row] | None:
    """The last row of the balance."""
    rows = by_year(source, "balance")
    return rows[max(rows)] if rows else None


def differs(table: str, at: int, column: str, found: Any, expected: Any, what: str, rule: str) -> Mistake:
    """The mistake that a number is not what it must be. what: in words, what the number is and what it follows from."""
    told = f"{what}: พบ {found:,} ต้องเป็น {expected:,} ให้แก้ตัวเลขให้ตรงกัน ({rule})"
    return Mistake(table, (at, column), told)
