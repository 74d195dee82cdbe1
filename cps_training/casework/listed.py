"""Other figures for the tables that list things: lenders, depositors, maturities, cash counts, projects. Pure; knows no paper.

They follow the yearly figures, which are worked out before.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from cps_training.casework.figures import Scale, UnlikeError, rounded, spread_over
from cps_training.content.cases.case import CaseSource
from cps_training.content.cases.tables import Row, Rows

KEPT_DIGITS = 4
"""Figures of a project keep so many digits: its worth turns on small differences."""
DEPOSITS = ("deposits_members", "deposits_other_coops")


def varied_lists(source: CaseSource, scale: Scale, balance: Rows, operations: Collection[str]) -> dict[str, Rows]:
    """The other tables anew; those without figures as they were. balance: the varied one. Raises UnlikeError."""
    was, now = _last(source.tables["balance"]), _last(balance)
    made: dict[str, Rows] = {}
    for name, rows in source.tables.items():
        match name:
            case "borrowing":
                made[name] = _lenders(rows, scale, now["borrowings"])
            case "maturity":
                made[name] = _maturities(rows, scale, was, now)
            case "depositors":
                made[name] = _depositors(rows, scale, was, now)
            case "cash_counts":
                made[name] = tuple(_count(row, scale, source, balance, operations) for row in rows)
            case "project":
                made[name] = tuple(_project(row, scale) for row in rows)
            case "meetings" | "orders":
                made[name] = rows
    return made


def _last(rows: Rows) -> Row:
    return max(rows, key=lambda row: row["year"])


def _put(rows: Rows, column: str, values: list[int]) -> Rows:
    return tuple({**row, column: value} for row, value in zip(rows, values, strict=True))


def _lenders(rows: Rows, scale: Scale, borrowings: int) -> Rows:
    """What is owed sums to the borrowings; a contract stays at least what is owed on it, if it was."""
    shared = spread_over(borrowings, [row["outstanding"] for row in rows], scale.unit)
    made = []
    for row, owed in zip(rows, shared, strict=True):
        contract = rounded(row["principal"] * scale.money * scale.drift["borrowings"], KEPT_DIGITS)
        if row["principal"] == row["outstanding"]:
            contract = owed
        elif row["principal"] > row["outstanding"]:
            contract = max(contract, owed)
        made.append({**row, "outstanding": owed, "principal": contract})
    return tuple(made)


def _maturities(rows: Rows, scale: Scale, was: Row, now: Row) -> Rows:
    """Deposits fall due as there are; what comes in stays all the loans, or all that are not overdue, where it was."""
    due = spread_over(sum(now[name] for name in DEPOSITS), [row["outflow"] for row in rows], scale.unit)
    found = [row["inflow"] for row in rows]
    soon = [row["inflow"] for row in rows if row["bucket"] != "over_12_months"]
    if sum(found) == was["loans_gross"] and sum(soon) == was["due_in_year"] and len(soon) == len(found) - 1:
        comes = [*spread_over(now["due_in_year"], soon, scale.unit), now["loans_gross"] - now["due_in_year"]]
    elif sum(found) == was["loans_gross"]:
        comes = spread_over(now["loans_gross"], found, scale.unit)
    elif sum(found) == was["loans_gross"] - was["arrears"]:
        comes = spread_over(now["loans_gross"] - now["arrears"], found, scale.unit)
    else:
        comes = [scale.of("loans_gross", value) for value in found]
    return _put(_put(rows, "outflow", due), "inflow", comes)


def _depositors(rows: Rows, scale: Scale, was: Row, now: Row) -> Rows:
    """The first of them stay all the deposits of other cooperatives, where they were."""
    found = [row["baht"] for row in rows]
    others = DEPOSITS[1]
    for count in range(1, len(found) + 1):
        if sum(found[:count]) == was[others]:
            first = spread_over(now[others], found[:count], scale.unit)
            return _put(rows, "baht", first + [scale.of(DEPOSITS[0], value) for value in found[count:]])
    series = max(DEPOSITS, key=lambda name: was[name])
    return _put(rows, "baht", [scale.of(series, value) for value in found])


def _count(row: Row, scale: Scale, source: CaseSource, balance: Rows, operations: Collection[str]) -> dict[str, Any]:
    """A cash count: the difference is the shortage of the books where it was, and none where the shortage went away."""
    shortage: Mapping[float, int] = {
        float(old["cash_shortage"]): new["cash_shortage"]
        for old, new in zip(sorted(source.tables["balance"], key=lambda one: one["year"]), balance, strict=True)
        if old["cash_shortage"]
    }
    digits = 0 if float(row["book"]).is_integer() else 2
    book = float(round(row["book"] * scale.money, digits))
    difference = row["difference"]
    if abs(difference) in shortage:
        difference = float(shortage[abs(difference)]) * (1 if difference > 0 else -1)
    elif "shortage_dropped" in operations:
        difference = 0.0
    else:
        difference = float(round(difference * scale.money, digits))
    counted = round(book + difference, 2)
    if counted < 0:
        raise UnlikeError
    return {**row, "book": book, "counted": counted, "difference": round(counted - book, 2)}


def _project(row: Row, scale: Scale) -> dict[str, Any]:
    names = ("invest", "cash_net_claimed", "cash_net_realistic")
    return {**row, **{name: rounded(row[name] * scale.money, KEPT_DIGITS) for name in names if row[name] is not None}}
