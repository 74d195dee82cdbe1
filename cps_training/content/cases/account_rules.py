"""What must hold among the yearly figures of a case: I1–I13 and I17. Pure; knows no paper and no planted problem."""

from __future__ import annotations

from collections.abc import Iterator

from cps_training.content.cases.case import CaseSource
from cps_training.content.cases.mistakes import (
    LimitedRule,
    Limits,
    Mistake,
    Rule,
    both,
    by_year,
    differs,
    next_to,
    rows_of,
)
from cps_training.content.cases.tables import Row

ASSETS = {
    "cash_and_bank": 1,
    "loans_gross": 1,
    "allowance": -1,
    "accrued_interest": 1,
    "inventory": 1,
    "investments": 1,
    "ppe": 1,
    "cash_shortage": 1,
    "cash_shortage_allowance": -1,
    "other_assets": 1,
}
"""What total assets are made of; allowances count against them."""
LIABILITIES = ("deposits_members", "deposits_other_coops", "borrowings", "other_liabilities")
EQUITY = ("share_capital", "reserve", "other_funds", "accumulated_loss", "net_profit")
INCOME = ("interest_income", "gross_profit_trade", "other_income")
EXPENSES = ("interest_expense", "staff_expense", "depreciation", "doubtful_debt_expense", "other_expense")
OVERDUE = ("under_1_year", "years_1_3", "years_3_5", "over_5_years")
SHARES = ("reserve", "league_fee", "dividend", "patronage", "bonus", "welfare_fund", "public_fund", "other")
"""What profit is allotted to, after the loss brought forward is cleared."""
NOT_BELOW_ZERO = (*ASSETS, *LIABILITIES, "borrowing_limit", "share_capital", "due_in_year", "arrears")


def assets_of(row: Row) -> int:
    """Total assets from what they are made of."""
    return sum(sign * row[name] for name, sign in ASSETS.items())


def total_assets(source: CaseSource) -> Iterator[Mistake]:
    """I1: total assets are the sum of the assets, allowances taken off."""
    yield from _sums(source, "total_assets", assets_of, "รวมสินทรัพย์ตามรายการ", "I1")


def total_liabilities(source: CaseSource) -> Iterator[Mistake]:
    """I2: total liabilities are the sum of deposits, borrowings and other liabilities."""
    yield from _sums(
        source, "total_liabilities", lambda row: sum(row[name] for name in LIABILITIES), "รวมหนี้สินตามรายการ", "I2"
    )


def total_equity(source: CaseSource) -> Iterator[Mistake]:
    """I3: total equity is shares, reserve, other funds, the loss brought forward and the year's profit."""
    yield from _sums(source, "total_equity", lambda row: sum(row[name] for name in EQUITY), "รวมทุนตามรายการ", "I3")


def _sums(source: CaseSource, column: str, sum_of: object, what: str, rule: str) -> Iterator[Mistake]:
    for at, row in rows_of(source, "balance"):
        expected = sum_of(row)  # type: ignore[operator]
        if row[column] != expected:
            yield differs("balance", at, column, row[column], expected, f"ปี {row['year']} {what}", rule)


def both_sides(source: CaseSource) -> Iterator[Mistake]:
    """I4: assets equal liabilities and equity."""
    for at, row in rows_of(source, "balance"):
        expected = row["total_liabilities"] + row["total_equity"]
        if row["total_assets"] != expected:
            what = f"ปี {row['year']} สินทรัพย์ต้องเท่ากับหนี้สินรวมกับทุน"
            yield differs("balance", at, "total_assets", row["total_assets"], expected, what, "I4")


def profit(source: CaseSource) -> Iterator[Mistake]:
    """I5: income less expenses is the net profit, the same in income and balance."""
    for at, row in rows_of(source, "income"):
        expected = sum(row[name] for name in INCOME) - sum(row[name] for name in EXPENSES)
        if row["net_profit"] != expected:
            what = f"ปี {row['year']} รายได้หักค่าใช้จ่าย"
            yield differs("income", at, "net_profit", row["net_profit"], expected, what, "I5")
    for year, ((at, balance), (_, income)) in both(source, "balance", "income"):
        if balance["net_profit"] != income["net_profit"]:
            what = f"ปี {year} กำไรสุทธิในงบแสดงฐานะต้องเท่ากับในตาราง income"
            yield differs("balance", at, "net_profit", balance["net_profit"], income["net_profit"], what, "I5")


def ageing_adds_up(source: CaseSource) -> Iterator[Mistake]:
    """I6: the ages of debts sum to the loans."""
    for year, ((at, ageing), (_, balance)) in both(source, "ageing", "balance"):
        found = ageing["not_overdue"] + sum(ageing[name] for name in OVERDUE)
        if found != balance["loans_gross"]:
            what = f"ปี {year} อายุหนี้ทุกช่วงรวมกันต้องเท่ากับลูกหนี้เงินกู้ในงบ"
            yield differs("ageing", at, "not_overdue", found, balance["loans_gross"], what, "I6")


def debts_age(source: CaseSource) -> Iterator[Mistake]:
    """I7: overdue ages sum to the arrears, and no age holds more than could have grown into it since the year before."""
    for year, ((at, ageing), (_, balance)) in both(source, "ageing", "balance"):
        found = sum(ageing[name] for name in OVERDUE)
        if found != balance["arrears"]:
            what = f"ปี {year} อายุหนี้ช่วงที่ค้างรวมกันต้องเท่ากับหนี้ค้างชำระในงบ"
            yield differs("ageing", at, "under_1_year", found, balance["arrears"], what, "I7")
    for year, (_, before), (at, now) in next_to(source, "ageing"):
        for number, name in enumerate(OVERDUE[1:], start=1):
            most = before[OVERDUE[number - 1]] + before[name]
            if now[name] > most:
                yield _too_old(at, name, year, now[name], most)
        over_a_year = sum(now[name] for name in OVERDUE[1:])
        most = sum(before[name] for name in OVERDUE)
        if over_a_year > most:
            yield _too_old(at, OVERDUE[1], year, over_a_year, most)


def _too_old(at: int, column: str, year: int, found: int, most: int) -> Mistake:
    told = f"ปี {year} หนี้ค้างนานมี {found:,} มากกว่าหนี้ค้างของปีก่อนที่จะมีอายุถึงช่วงนี้ได้ ต้องไม่เกิน {most:,} ให้แก้อายุหนี้ (I7)"
    return Mistake("ageing", (at, column), told)


def arrears_within(source: CaseSource) -> Iterator[Mistake]:
    """I8: arrears are at most what fell due, and at most the loans."""
    for at, row in rows_of(source, "balance"):
        for name, words in (("due_in_year", "หนี้ถึงกำหนดในปี"), ("loans_gross", "ลูกหนี้เงินกู้")):
            if row["arrears"] > row[name]:
                told = f"ปี {row['year']} หนี้ค้างชำระ {row['arrears']:,} ต้องไม่เกิน{words} {row[name]:,} ให้แก้ตัวเลข (I8)"
                yield Mistake("balance", (at, "arrears"), told)


def reserve_grows(source: CaseSource) -> Iterator[Mistake]:
    """I9: the reserve is last year's and what was allotted to it; a loss is charged to it or carried forward."""
    allotted = by_year(source, "appropriation")
    for year, (_, before), (at, now) in next_to(source, "balance"):
        if year - 1 not in allotted:
            continue
        _, said = allotted[year - 1]
        expected = before["reserve"] + said["reserve"]
        if now["reserve"] != expected:
            what = f"ปี {year} ทุนสำรองต้องเป็นของปีก่อนบวกที่จัดสรรจากกำไรปี {year - 1}"
            yield differs("balance", at, "reserve", now["reserve"], expected, what, "I9")
        carried = before["accumulated_loss"] + said["loss_cleared"] + min(0, said["net_profit"] - said["reserve"])
        if now["accumulated_loss"] != carried:
            what = f"ปี {year} ขาดทุนสะสม (ติดลบ) ต้องต่อจากปี {year - 1}"
            yield differs("balance", at, "accumulated_loss", now["accumulated_loss"], carried, what, "I9")


def reserve_enough(source: CaseSource, limits: Limits) -> Iterator[Mistake]:
    """I10: the loss brought forward is cleared first, then at least a tenth of what is left goes to the reserve."""
    for year, ((at, said), (_, balance)) in both(source, "appropriation", "balance"):
        if said["net_profit"] <= 0:
            continue
        clear = min(said["net_profit"], max(0, -balance["accumulated_loss"]))
        if said["loss_cleared"] != clear:
            what = f"ปี {year} ต้องล้างขาดทุนสะสมก่อนจัดสรร"
            yield differs("appropriation", at, "loss_cleared", said["loss_cleared"], clear, what, "I10")
        left = said["net_profit"] - clear
        if 100 * said["reserve"] < limits.reserve_percent * left:
            told = (
                f"ปี {year} จัดสรรเป็นทุนสำรอง {said['reserve']:,} ต้องไม่น้อยกว่าร้อยละ {limits.reserve_percent} "
                f"ของ {left:,} ให้เพิ่มทุนสำรอง (I10)"
            )
            yield Mistake("appropriation", (at, "reserve"), told)


def league_fee(source: CaseSource, limits: Limits) -> Iterator[Mistake]:
    """I11: a cooperative pays the league one per cent of its profit, up to a highest sum; a farmer group pays none."""
    owes = source.said.organisation.kind != "farmer_group"
    for at, said in rows_of(source, "appropriation"):
        left = max(0, said["net_profit"] - said["loss_cleared"])
        expected = min(left * limits.league_fee_percent // 100, limits.league_fee_most_baht) if owes else 0
        too_much = 100 * said["league_fee"] > limits.league_fee_most_percent * left
        if abs(said["league_fee"] - expected) > 1 or too_much:
            what = f"ปี {said['year']} ค่าบำรุงสันนิบาตสหกรณ์"
            yield differs("appropriation", at, "league_fee", said["league_fee"], expected, what, "I11")


def all_allotted(source: CaseSource) -> Iterator[Mistake]:
    """I12: what is allotted is the profit there is, no more and no less; of a loss nothing is allotted."""
    for at, said in rows_of(source, "appropriation"):
        given = said["loss_cleared"] + sum(said[name] for name in SHARES)
        year, left = said["year"], said["net_profit"]
        if left >= 0 and given != left:
            what = f"ปี {year} ยอดจัดสรรรวมต้องเท่ากับกำไรสุทธิ"
            yield differs("appropriation", at, "net_profit", given, left, what, "I12")
        elif left < 0 and (given != said["reserve"] or not left <= given <= 0):
            told = f"ปี {year} ขาดทุน {-left:,} จึงไม่มีกำไรให้จัดสรร ให้ใส่ 0 (ช่อง reserve ติดลบได้ เมื่อตัดขาดทุนกับทุนสำรอง) (I12)"
            yield Mistake("appropriation", (at, "reserve"), told)
    for year, ((at, said), (_, balance)) in both(source, "appropriation", "balance"):
        if said["net_profit"] != balance["net_profit"]:
            what = f"ปี {year} กำไรที่จัดสรรต้องเท่ากับกำไรสุทธิในงบ"
            yield differs("appropriation", at, "net_profit", said["net_profit"], balance["net_profit"], what, "I12")


def doubtful_debts(source: CaseSource) -> Iterator[Mistake]:
    """I13: the expense for doubtful debts is the growth of both allowances and what was written off against them."""
    income = by_year(source, "income")
    for year, (_, before), (_, now) in next_to(source, "balance"):
        if year not in income:
            continue
        at, row = income[year]
        grown = sum(now[name] - before[name] for name in ("allowance", "cash_shortage_allowance"))
        expected = grown + row["write_offs"]
        if row["doubtful_debt_expense"] != expected:
            what = f"ปี {year} หนี้สงสัยจะสูญต้องเท่ากับค่าเผื่อที่เพิ่มขึ้นบวกหนี้ที่ตัดจากค่าเผื่อ"
            yield differs("income", at, "doubtful_debt_expense", row["doubtful_debt_expense"], expected, what, "I13")


def nothing_below_zero(source: CaseSource) -> Iterator[Mistake]:
    """I17: no cash below zero, nor any other asset, debt or share; a loss brought forward is not above it."""
    for at, row in rows_of(source, "balance"):
        for name in NOT_BELOW_ZERO:
            if row[name] < 0:
                told = f"ปี {row['year']} {name} เป็น {row[name]:,} ต้องไม่ติดลบ ให้แก้ตัวเลข (I17)"
                yield Mistake("balance", (at, name), told)
        if row["accumulated_loss"] > 0:
            told = f"ปี {row['year']} ขาดทุนสะสมเขียนเป็นจำนวนติดลบ พบ {row['accumulated_loss']:,} ให้แก้ (I17)"
            yield Mistake("balance", (at, "accumulated_loss"), told)


RULES: tuple[Rule, ...] = (
    total_assets,
    total_liabilities,
    total_equity,
    both_sides,
    profit,
    ageing_adds_up,
    debts_age,
    arrears_within,
    reserve_grows,
    all_allotted,
    doubtful_debts,
    nothing_below_zero,
)
LIMITED: tuple[LimitedRule, ...] = (reserve_enough, league_fee)
