"""Other figures for the same case: the yearly tables scaled, drifted, and worked out anew from the first year on. Pure; knows no paper.

Every series is multiplied by the money factor of the case and a drift of its own that is the same in all years, so that its course stays
what it was. Totals, allotment, reserve and the loss brought forward follow; other expenses balance the income, cash balances the rest.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from cps_training.content.cases.account_rules import ASSETS, EQUITY, EXPENSES, INCOME, LIABILITIES, OVERDUE, SHARES
from cps_training.content.cases.case import CaseSource
from cps_training.content.cases.mistakes import Limits, by_year
from cps_training.content.cases.tables import SPEC_OF, Rows

LOWEST, HIGHEST = 0.7, 1.4
"""Between these the money factor of a case is drawn."""
DRIFT = 0.04
"""A series drifts by at most so much from the rest."""
PEOPLE = 0.1
"""The number of people changes by at most so much."""
SMALL = 5_000_000
"""With fewer assets than this, baht, figures are rounded to tens instead of hundreds."""
LIMITS = Limits()
CREDIT = ("arrears", "due_in_year")

Table = dict[int, dict[str, Any]]
"""Rows of a yearly table by year."""


class UnlikeError(Exception):
    """These factors do not give a cooperative like the one that was varied: draw again."""


@dataclass(frozen=True)
class Scale:
    """By what figures are multiplied. drift: by series; unit: baht to which figures are rounded; people: of members."""

    money: float
    drift: Mapping[str, float]
    people: float
    unit: int

    def of(self, series: str, value: int) -> int:
        """The new amount of a series, baht; nothing stays nothing."""
        step: int = max(self.unit, 10 ** max(0, zeros(value) - 2))
        return step * round(value * self.money * self.drift[series] / step)

    def heads(self, value: int) -> int:
        """A new number of people; somebody stays somebody."""
        return max(1, round(value * self.people)) if value else 0


def draw_scale(source: CaseSource, rng: random.Random, spread: float) -> Scale:
    """Factors from a generator. spread: how far a series may drift, 0–DRIFT."""
    rows = list(by_year(source, "balance").values())
    drift = {}
    for table in ("balance", "income", "business"):
        for column in SPEC_OF[table].columns:
            if column.unit == "baht":
                drift[column.name] = rng.uniform(1 - spread, 1 + spread)
    for name in CREDIT:
        if any(row[name] == row["loans_gross"] for _, row in rows):
            drift[name] = drift["loans_gross"]
    if any(row["arrears"] == row["due_in_year"] for _, row in rows):
        drift["due_in_year"] = drift["arrears"]
    drift["cash_shortage_allowance"] = drift["cash_shortage"]
    drift["write_offs"] = drift["allowance"]
    is_small = source.said.organisation.kind == "farmer_group" or max(row["total_assets"] for _, row in rows) < SMALL
    fewest = 1 if source.said.organisation.kind == "farmer_group" else 1 - PEOPLE  # its members have a floor
    return Scale(rng.uniform(LOWEST, HIGHEST), drift, rng.uniform(fewest, 1 + PEOPLE), unit=10 if is_small else 100)


def varied_years(source: CaseSource, scale: Scale, operations: Collection[str]) -> dict[str, Rows]:
    """The yearly tables anew. operations: what problems that went away do to the figures. Raises UnlikeError."""
    balance = _stocks(source, scale, operations)
    income = _income(source, scale, balance)
    tables = {"members": _members(source, scale, operations), "balance": balance, "income": income}
    _allot(source, scale, balance, tables)
    _close(source, balance)
    if source.tables.get("ageing"):
        tables["ageing"] = _ageing(source, scale, balance, operations)
    if source.tables.get("business"):
        tables["business"] = {
            year: {name: value if name == "year" else scale.of(name, value) for name, value in row.items()}
            for year, (_, row) in by_year(source, "business").items()
        }
    return {name: tuple(rows.values()) for name, rows in tables.items()}


def zeros(value: int) -> int:
    """How many zeros a number ends with."""
    return len(str(value)) - len(str(value).rstrip("0")) if value else 0


def rounded(value: float, digits: int = 3) -> int:
    """The number with so many digits that say something."""
    step = 10 ** max(0, len(str(abs(round(value)))) - digits)
    return int(step * round(value / step))


def _members(source: CaseSource, scale: Scale, operations: Collection[str]) -> Table:
    made: Table = {}
    before: dict[str, Any] | None = None
    rows = {year: row for year, (_, row) in by_year(source, "members").items()}
    first = next(iter(rows.values()))
    for year, row in rows.items():
        new = {name: scale.heads(value) for name, value in row.items() if name != "year"}
        if before is not None:
            new["members"] = before["members"] + new["joined"] - new["resigned"] - new["dead_or_moved"]
        elif row["joined"] == row["members"]:
            new["joined"] = new["members"]
        like = first if "participation_held" in operations else row
        if new["members"] <= 0 or not like["members"]:
            raise UnlikeError
        new["active_members"] = round(like["active_members"] / like["members"] * new["members"])
        made[year] = before = {"year": year, **new}
    return made


def _stocks(source: CaseSource, scale: Scale, operations: Collection[str]) -> Table:
    """The balance without what profit leaves behind and without cash."""
    made: Table = {}
    rows = {year: row for year, (_, row) in by_year(source, "balance").items()}
    first = next(iter(rows.values()))
    for year, row in rows.items():
        new = {
            name: scale.of(name, value) if name in scale.drift else value
            for name, value in row.items()
            if name != "year"
        }
        new["borrowing_limit"] = rounded(row["borrowing_limit"] * scale.money * scale.drift["borrowings"])
        if "shortage_dropped" in operations:
            new["cash_shortage"] = new["cash_shortage_allowance"] = 0
        if "arrears_held" in operations and first["loans_gross"]:
            share = first["arrears"] / first["loans_gross"]
            new["arrears"] = scale.unit * round(share * new["loans_gross"] / scale.unit)
        if "limit_above_borrowings" in operations and new["borrowings"] >= new["borrowing_limit"]:
            new["borrowing_limit"] = rounded(new["borrowings"] * 1.1)
        made[year] = {"year": year, **new}
    return made


def _income(source: CaseSource, scale: Scale, balance: Table) -> Table:
    made: Table = {}
    for year, (_, row) in by_year(source, "income").items():
        new = {name: scale.of(name, value) for name, value in row.items() if name != "year"}
        then, now = balance.get(year - 1), balance[year]
        if then is not None:
            grown = sum(now[name] - then[name] for name in ("allowance", "cash_shortage_allowance"))
            new["doubtful_debt_expense"] = grown + new["write_offs"]
        new["net_profit"] += _spared(source, scale, year, now) - (_spared(source, scale, year - 1, then) if then else 0)
        left = sum(new[name] for name in INCOME) - sum(new[name] for name in EXPENSES)
        if row["other_expense"]:
            new["other_expense"] += left - new["net_profit"]
        else:
            new["net_profit"] = left
        earned, earns = (sum(one[name] for name in INCOME) + 1 for one in (row, new))
        if row["other_expense"] and not 0.4 < (new["other_expense"] / earns) / (row["other_expense"] / earned) < 2.2:
            raise UnlikeError
        if (new["net_profit"] < 0) != (row["net_profit"] < 0):
            raise UnlikeError
        now["net_profit"] = new["net_profit"]
        made[year] = {"year": year, **new}
    return made


def _spared(source: CaseSource, scale: Scale, year: int, now: Mapping[str, Any]) -> int:
    """How much of the shortage that was provided for by then is not there any more, baht."""
    provided = by_year(source, "balance")[year][1]["cash_shortage_allowance"]
    return int(scale.of("cash_shortage_allowance", provided) - now["cash_shortage_allowance"])


def _allot(source: CaseSource, scale: Scale, balance: Table, tables: dict[str, Table]) -> None:
    """Fill in reserve, other funds and the loss brought forward from the first year on, and the table of allotment."""
    old = {year: row for year, (_, row) in by_year(source, "balance").items()}
    said = {year: row for year, (_, row) in by_year(source, "appropriation").items()}
    made: Table = {}
    for year in balance:
        if year - 1 in balance:
            then, now = balance[year - 1], balance[year]
            for name in ("reserve", "other_funds", "accumulated_loss"):
                change = old[year][name] - old[year - 1][name]
                if given := made.get(year - 1):
                    if name == "reserve":
                        now[name] = then[name] + given["reserve"]
                    elif name == "accumulated_loss":
                        carried = min(0, given["net_profit"] - given["reserve"])
                        now[name] = then[name] + given["loss_cleared"] + carried
                    else:
                        rest = scale.of(name, change - said[year - 1]["other"])
                        now[name] = then[name] + given["other"] + rest
                else:
                    now[name] = then[name] + scale.of(name, change)
        if year in said:
            made[year] = _allotment(source, said[year], balance[year], scale)
    if said:
        tables["appropriation"] = {year: made[year] for year in said if year in made}


def _allotment(source: CaseSource, said: Mapping[str, Any], balance: Mapping[str, Any], scale: Scale) -> dict[str, Any]:
    profit = balance["net_profit"]
    new = dict.fromkeys(said, 0) | {"year": said["year"], "net_profit": profit}
    if profit <= 0:
        new["reserve"] = round(profit * said["reserve"] / said["net_profit"]) if said["net_profit"] else 0
        return new
    new["loss_cleared"] = min(profit, -balance["accumulated_loss"])
    left, like = profit - new["loss_cleared"], said["net_profit"] - said["loss_cleared"]
    if left and not like:
        raise UnlikeError
    if not left:
        return new
    for name in SHARES:
        new[name] = scale.unit * round(left * said[name] / like / scale.unit)
    new["reserve"] = scale.unit * -(-left * said["reserve"] // (like * scale.unit))
    owes = source.said.organisation.kind != "farmer_group"
    fee = min(left * LIMITS.league_fee_percent // 100, LIMITS.league_fee_most_baht)
    new["league_fee"] = fee if owes else 0
    largest = max((name for name in SHARES if name not in ("reserve", "league_fee")), key=lambda name: said[name])
    new[largest] += left - sum(new[name] for name in SHARES)
    if new[largest] < 0:
        raise UnlikeError
    return new


def _close(source: CaseSource, balance: Table) -> None:
    """Totals, and cash as what is left; it must be like it was."""
    old = {year: row for year, (_, row) in by_year(source, "balance").items()}
    for year, row in balance.items():
        row["total_liabilities"] = sum(row[name] for name in LIABILITIES)
        row["total_equity"] = sum(row[name] for name in EQUITY)
        row["total_assets"] = row["total_liabilities"] + row["total_equity"]
        row["cash_and_bank"] = row["total_assets"] - sum(
            sign * row[name] for name, sign in ASSETS.items() if name != "cash_and_bank"
        )
        was = old[year]["cash_and_bank"] / old[year]["total_assets"]
        share = row["cash_and_bank"] / row["total_assets"] if row["total_assets"] > 0 else -1
        if row["cash_and_bank"] <= 0 or not 0.7 * was < share < 1.4 * was + 0.005:
            raise UnlikeError


def _ageing(source: CaseSource, scale: Scale, balance: Table, operations: Collection[str]) -> Table:
    rows = {year: row for year, (_, row) in by_year(source, "ageing").items()}
    first, made = next(iter(rows.values())), {}
    for year, row in rows.items():
        like = first if "arrears_held" in operations else row
        arrears, loans = balance[year]["arrears"], balance[year]["loans_gross"]
        shared = spread_over(arrears, [like[name] for name in OVERDUE], scale.unit)
        made[year] = {"year": year, "not_overdue": loans - arrears, **dict(zip(OVERDUE, shared, strict=True))}
    return made


def spread_over(total: int, like: list[int], unit: int) -> list[int]:
    """A total in parts like others, each rounded; what rounding leaves goes to the largest."""
    whole = sum(like)
    if not whole:
        if total:
            raise UnlikeError
        return [0] * len(like)
    parts = [unit * round(total * part / whole / unit) for part in like]
    parts[like.index(max(like))] += total - sum(parts)
    return parts
