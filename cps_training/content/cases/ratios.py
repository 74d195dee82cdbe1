"""The ratios of a case, with their formulas. Pure: figures of the years in, one value a year out.

Source: the ratios published for cooperative accounts by dimension (capital, assets, management, earnings, liquidity, sensitivity);
formulas are fixed here so that figures, texts and answer keys agree. No threshold stands here: a ratio is not a verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from cps_training.i18n import mark

Figures = Mapping[str, Any]
"""Fields of one year, of all yearly tables together."""


@dataclass(frozen=True)
class Ratio:
    """One ratio. unit: percent or times. warning: the direction that deserves a question, in words. digits: how it is shown.

    of: (figures of the year, of the year before | None) → value, None where it cannot be said.
    """

    name: str
    title: str
    formula: str
    dimension: str
    unit: Literal["percent", "times"]
    warning: Literal["rising", "falling", "high", "low"]
    of: Callable[[Figures, Figures | None], float | None]
    digits: int = 1


def _share(above: str, *below: str) -> Callable[[Figures, Figures | None], float | None]:
    def share(now: Figures, _: Figures | None) -> float | None:
        total = sum(now[name] for name in below)
        return 100 * now[above] / total if total > 0 else None

    return share


def _times(above: str, below: str) -> Callable[[Figures, Figures | None], float | None]:
    def times(now: Figures, _: Figures | None) -> float | None:
        return float(now[above] / now[below]) if now[below] > 0 else None

    return times


def _opex(now: Figures, _: Figures | None) -> float | None:
    income = now["interest_income"] + now["gross_profit_trade"] + now["other_income"]
    return 100 * (now["staff_expense"] + now["depreciation"] + now["other_expense"]) / income if income > 0 else None


def _equity_growth(now: Figures, before: Figures | None) -> float | None:
    if before is None or before["total_equity"] <= 0:
        return None
    return float(100 * (now["total_equity"] - before["total_equity"]) / before["total_equity"])


def _interest_margin(now: Figures, _: Figures | None) -> float | None:
    return 100 * now["interest_expense"] / now["interest_income"] if now["interest_income"] > 0 else None


CAPITAL, ASSETS, MANAGEMENT, EARNINGS, LIQUIDITY = (
    mark("ความเพียงพอของเงินทุน"),
    mark("คุณภาพสินทรัพย์"),
    mark("การบริหารจัดการ"),
    mark("การทำกำไร"),
    mark("สภาพคล่อง"),
)

RATIOS: tuple[Ratio, ...] = (
    Ratio(
        "de_ratio",
        mark("หนี้สินต่อทุน"),
        mark("รวมหนี้สิน ÷ รวมทุน"),
        CAPITAL,
        "times",
        "rising",
        _times("total_liabilities", "total_equity"),
        2,
    ),
    Ratio(
        "reserve_to_assets",
        mark("ทุนสำรองต่อสินทรัพย์"),
        mark("ทุนสำรอง ÷ รวมสินทรัพย์"),
        CAPITAL,
        "times",
        "falling",
        _times("reserve", "total_assets"),
        3,
    ),
    Ratio(
        "equity_growth_pct",
        mark("ทุนเพิ่มจากปีก่อน"),
        mark("(ทุนปีนี้ − ทุนปีก่อน) ÷ ทุนปีก่อน × 100"),
        CAPITAL,
        "percent",
        "falling",
        _equity_growth,
    ),
    Ratio(
        "borrow_to_limit_pct",
        mark("กู้ต่อวงเงินที่เห็นชอบ"),
        mark("เงินกู้ยืม ÷ วงเงินกู้ยืมที่เห็นชอบ × 100"),
        CAPITAL,
        "percent",
        "high",
        _share("borrowings", "borrowing_limit"),
    ),
    Ratio(
        "arrears_to_due_pct",
        mark("อัตราการค้างชำระ"),
        mark("หนี้ค้างชำระ ÷ หนี้ถึงกำหนดในปี × 100"),
        ASSETS,
        "percent",
        "rising",
        _share("arrears", "due_in_year"),
    ),
    Ratio(
        "arrears_to_loans_pct",
        mark("หนี้ค้างต่อเงินกู้"),
        mark("หนี้ค้างชำระ ÷ ลูกหนี้เงินกู้ × 100"),
        ASSETS,
        "percent",
        "rising",
        _share("arrears", "loans_gross"),
    ),
    Ratio(
        "allowance_to_arrears_pct",
        mark("ค่าเผื่อต่อหนี้ค้าง"),
        mark("ค่าเผื่อหนี้สงสัยจะสูญ ÷ หนี้ค้างชำระ × 100"),
        ASSETS,
        "percent",
        "falling",
        _share("allowance", "arrears"),
    ),
    Ratio(
        "participation_pct",
        mark("สมาชิกร่วมธุรกิจ"),
        mark("สมาชิกที่ร่วมทำธุรกิจ ÷ สมาชิก × 100 (ไม่นับสมาชิกสมทบ)"),
        MANAGEMENT,
        "percent",
        "falling",
        _share("active_members", "members"),
    ),
    Ratio(
        "opex_to_income_pct",
        mark("ค่าใช้จ่ายดำเนินงานต่อรายได้"),
        mark("(เจ้าหน้าที่ + ค่าเสื่อมราคา + ค่าใช้จ่ายอื่น) ÷ (ดอกเบี้ยรับ + กำไรขั้นต้น + รายได้อื่น) × 100"),
        MANAGEMENT,
        "percent",
        "rising",
        _opex,
    ),
    Ratio(
        "roe_pct",
        mark("กำไรต่อทุน"),
        mark("กำไรสุทธิ ÷ รวมทุนสิ้นปี × 100"),
        EARNINGS,
        "percent",
        "falling",
        _share("net_profit", "total_equity"),
        2,
    ),
    Ratio(
        "roa_pct",
        mark("กำไรต่อสินทรัพย์"),
        mark("กำไรสุทธิ ÷ รวมสินทรัพย์สิ้นปี × 100"),
        EARNINGS,
        "percent",
        "falling",
        _share("net_profit", "total_assets"),
        2,
    ),
    Ratio(
        "interest_paid_to_earned_pct",
        mark("ดอกเบี้ยจ่ายต่อดอกเบี้ยรับ"),
        mark("ดอกเบี้ยจ่าย ÷ ดอกเบี้ยรับ × 100"),
        EARNINGS,
        "percent",
        "rising",
        _interest_margin,
    ),
    Ratio(
        "cash_to_deposits_pct",
        mark("เงินสดต่อเงินรับฝาก"),
        mark("เงินสดและเงินฝากธนาคาร ÷ เงินรับฝากทั้งหมด × 100"),
        LIQUIDITY,
        "percent",
        "falling",
        _share("cash_and_bank", "deposits_members", "deposits_other_coops"),
    ),
)
"""In the order they are shown."""

RATIO_OF: Mapping[str, Ratio] = {ratio.name: ratio for ratio in RATIOS}


def ratios_of(years: Mapping[int, Figures]) -> dict[str, dict[int, float | None]]:
    """{ratio: {year: value}}, years in order; None where a value cannot be said (nothing below the line, no year before)."""
    found: dict[str, dict[int, float | None]] = {ratio.name: {} for ratio in RATIOS}
    before: Figures | None = None
    for year in sorted(years):
        for ratio in RATIOS:
            found[ratio.name][year] = ratio.of(years[year], before)
        before = years[year]
    return found
