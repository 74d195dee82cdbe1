"""What an amount in a text becomes when the figures change: it stays the sum or difference it was. Pure; knows no text.

A fact may be a figure of a table, a sum of some, or a sum or difference of other facts; else it is scaled with the money of the case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import accumulate

from cps_training.casework.figures import zeros
from cps_training.content.cases.account_rules import OVERDUE
from cps_training.content.cases.planting import npv
from cps_training.content.cases.tables import SPEC_OF, Rows

Tables = Mapping[str, Rows]


NEAR, NEAR_FACTS = 0.25, 0.05
"""What an amount becomes as a figure of the tables, or by other facts, may differ by so much from the money factor; else it was chance."""
TELLING = 3
"""With fewer digits that say something, an amount is a figure of the tables by chance, unless it is one of those that texts speak of."""


class Amounts:
    """New amounts for old ones. old, new: the tables before and after; money: the money factor."""

    def __init__(self, old: Tables, new: Tables, money: float) -> None:
        self._money = money
        self._known = _pairs(old, new)
        self._said: dict[int, int] = {}

    def of(self, value: int) -> int:
        """The new amount, baht, with the sign of the old; it is known from now on."""
        size = abs(value)
        if size not in self._said:
            self._said[size] = self._found(size)
        return self._said[size] * (1 if value >= 0 else -1)

    def _found(self, size: int) -> int:
        plain = self._money * size
        new = self._known.get(size, 0)
        if new > 0 and abs(new - plain) <= NEAR * plain:
            return new
        for new in self._by_facts(size):
            if new > 0 and abs(new - plain) <= NEAR_FACTS * plain:
                return new
        return rounded_like(size, plain)

    def _by_facts(self, size: int) -> Iterator[int]:
        said = self._said
        for one, its in said.items():
            if size - one in said:
                yield its + said[size - one]
            if size + one in said:
                yield said[size + one] - its


def rounded_like(value: int, new: float) -> int:
    """A new amount as round as the old one, or ten times less; at least 1."""
    step = 10 ** max(0, zeros(value) - 1)
    return max(1, int(step * round(new / step)))


def _pairs(old: Tables, new: Tables) -> dict[int, int]:
    """New amounts by old ones; the first name of an amount counts."""
    now = dict(_spoken_of(new)) | dict(_yearly(new))
    found: dict[int, int] = {}
    for name, value in _spoken_of(old):
        found.setdefault(abs(value), abs(now[name]))
    for name, value in _yearly(old):
        if len(str(abs(value)).rstrip("0")) >= TELLING:
            found.setdefault(abs(value), abs(now[name]))
    return found


def _spoken_of(tables: Tables) -> Iterator[tuple[str, int]]:
    """Amounts with their names that texts speak of even where they are round: lists, and what can still be borrowed."""
    yield from _listed(tables)
    last = max(tables["balance"], key=lambda row: row["year"])
    yield "undrawn", last["borrowing_limit"] - last["borrowings"]
    yield "over the limit", last["borrowings"] - last["borrowing_limit"]


def _yearly(tables: Tables) -> Iterator[tuple[str, int]]:
    """Figures of the years, by how much they changed, and what follows from them; the last year first."""
    rows = {(name, row["year"]): row for name, table in tables.items() if SPEC_OF[name].is_yearly for row in table}
    for year in sorted({row["year"] for row in tables["balance"]}, reverse=True):
        for (name, of), row in rows.items():
            if of == year:
                for column in SPEC_OF[name].columns:
                    if column.unit == "baht":
                        yield f"{name}.{column.name}@{year}", row[column.name]
                        if (name, year - 1) in rows:
                            yield f"{name}.{column.name}+{year}", row[column.name] - rows[name, year - 1][column.name]
        yield from _derived(rows["balance", year], rows.get(("ageing", year)), year)


def _derived(balance: Mapping[str, int], ageing: Mapping[str, int] | None, year: int) -> Iterator[tuple[str, int]]:
    yield f"deposits@{year}", balance["deposits_members"] + balance["deposits_other_coops"]
    yield f"unprovided@{year}", balance["arrears"] - balance["allowance"]
    yield f"loans net@{year}", balance["loans_gross"] - balance["allowance"]
    lost = balance["loans_gross"] - balance["allowance"] + balance["accrued_interest"]
    yield f"equity without loans@{year}", balance["total_equity"] - lost
    yield f"equity without net loans@{year}", balance["total_equity"] - lost + balance["accrued_interest"]
    if ageing is not None:
        for first in range(1, len(OVERDUE)):
            older = sum(ageing[name] for name in OVERDUE[first:])
            yield f"overdue {OVERDUE[first]}@{year}", older
            yield f"gap {OVERDUE[first]}@{year}", older - balance["allowance"]
            yield f"equity after gap {OVERDUE[first]}@{year}", balance["total_equity"] - (older - balance["allowance"])


def _listed(tables: Tables) -> Iterator[tuple[str, int]]:
    for name, table in tables.items():
        spec = SPEC_OF[name]
        if spec.is_yearly:
            continue
        for column in spec.columns:
            if column.unit in ("baht", "money"):
                values = [round(row[column.name] or 0) for row in table]
                yield from ((f"{name}.{column.name}.{at}", value) for at, value in enumerate(values))
                yield from ((f"{name}.{column.name}..{at}", value) for at, value in enumerate(accumulate(values)))
    for at, row in enumerate(tables.get("project", ())):
        for cash in ("cash_net_claimed", "cash_net_realistic"):
            yield f"project.{at} worth by {cash}", round(npv(row, cash))
    if "maturity" in tables:
        last = max(tables["balance"], key=lambda row: row["year"])
        more = last["cash_and_bank"] + max(0, last["borrowing_limit"] - last["borrowings"])
        found = [value + more for value in accumulate(row["inflow"] for row in tables["maturity"])]
        due = accumulate(row["outflow"] for row in tables["maturity"])
        yield from ((f"can be found..{at}", value) for at, value in enumerate(found))
        yield from (
            (f"cannot be found..{at}", out - value) for at, (out, value) in enumerate(zip(due, found, strict=True))
        )
        gaps = [row["outflow"] - row["inflow"] for row in tables["maturity"]]
        yield from ((f"maturity gap.{at}", value) for at, value in enumerate(gaps))
        yield from ((f"maturity gap..{at}", value) for at, value in enumerate(accumulate(gaps)))
