"""The tables of a case: their columns with units, and reading them from CSV. Pure; knows no case and draws nothing.

Files are UTF-8 with a byte order mark, dates ISO (C.E.), baht and people as integers, percent as 0–100. Every mistake has its place.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from cps_training.errors import Finding
from cps_training.i18n import mark
from cps_training.thai_text import nearest

Unit = Literal["year", "baht", "money", "people", "percent", "count", "date", "text", "yes", "bucket"]
"""baht: whole baht; money: baht with satang. bucket: one of the names a table lists."""


@dataclass(frozen=True)
class Column:
    """One column. may_be_empty: a cell without a value is None. is_total: the sum of the rows says something. is_key: the expert's own
    figure, which no learner sees."""

    name: str
    unit: Unit
    label: str
    may_be_empty: bool = False
    is_total: bool = False
    is_key: bool = False


@dataclass(frozen=True)
class TableSpec:
    """What a table holds. is_yearly: a row a year, the first column the year. names: what a bucket column may hold, in order."""

    name: str
    title: str
    columns: tuple[Column, ...]
    is_yearly: bool = False
    names: tuple[str, ...] = ()

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


_YEAR = Column("year", "year", mark("ปี"))

TABLES: tuple[TableSpec, ...] = (
    TableSpec(
        "members",
        mark("สมาชิก"),
        (
            _YEAR,
            Column("members", "people", mark("สมาชิก")),
            Column("associates", "people", mark("สมาชิกสมทบ")),
            Column("active_members", "people", mark("ร่วมทำธุรกิจ")),
            Column("joined", "people", mark("เข้าใหม่")),
            Column("resigned", "people", mark("ลาออก")),
            Column("dead_or_moved", "people", mark("เสียชีวิตหรือย้าย")),
        ),
        is_yearly=True,
    ),
    TableSpec(
        "balance",
        mark("งบแสดงฐานะการเงิน"),
        (
            _YEAR,
            Column("cash_and_bank", "baht", mark("เงินสดและเงินฝากธนาคาร")),
            Column("loans_gross", "baht", mark("ลูกหนี้เงินกู้")),
            Column("allowance", "baht", mark("ค่าเผื่อหนี้สงสัยจะสูญ")),
            Column("accrued_interest", "baht", mark("ดอกเบี้ยค้างรับ")),
            Column("inventory", "baht", mark("สินค้าคงเหลือ")),
            Column("investments", "baht", mark("เงินลงทุน")),
            Column("ppe", "baht", mark("ที่ดิน อาคาร และอุปกรณ์")),
            Column("cash_shortage", "baht", mark("เงินสดขาดบัญชี")),
            Column("cash_shortage_allowance", "baht", mark("ค่าเผื่อเงินสดขาดบัญชี")),
            Column("other_assets", "baht", mark("สินทรัพย์อื่น")),
            Column("total_assets", "baht", mark("รวมสินทรัพย์")),
            Column("deposits_members", "baht", mark("เงินรับฝากสมาชิก")),
            Column("deposits_other_coops", "baht", mark("เงินรับฝากสหกรณ์อื่น")),
            Column("borrowings", "baht", mark("เงินกู้ยืม")),
            Column("borrowing_limit", "baht", mark("วงเงินกู้ยืมที่เห็นชอบ")),
            Column("other_liabilities", "baht", mark("หนี้สินอื่น")),
            Column("total_liabilities", "baht", mark("รวมหนี้สิน")),
            Column("share_capital", "baht", mark("ทุนเรือนหุ้น")),
            Column("reserve", "baht", mark("ทุนสำรอง")),
            Column("other_funds", "baht", mark("ทุนสะสมอื่น")),
            Column("accumulated_loss", "baht", mark("ขาดทุนสะสม")),
            Column("net_profit", "baht", mark("กำไร (ขาดทุน) สุทธิ")),
            Column("total_equity", "baht", mark("รวมทุน")),
            Column("due_in_year", "baht", mark("หนี้ถึงกำหนดในปี")),
            Column("arrears", "baht", mark("หนี้ค้างชำระ")),
            Column("audited", "yes", mark("ตรวจสอบบัญชีแล้ว")),
        ),
        is_yearly=True,
    ),
    TableSpec(
        "income",
        mark("รายได้และค่าใช้จ่าย"),
        (
            _YEAR,
            Column("interest_income", "baht", mark("ดอกเบี้ยรับ")),
            Column("gross_profit_trade", "baht", mark("กำไรขั้นต้นจากธุรกิจ")),
            Column("other_income", "baht", mark("รายได้อื่น")),
            Column("interest_expense", "baht", mark("ดอกเบี้ยจ่าย")),
            Column("staff_expense", "baht", mark("ค่าใช้จ่ายเจ้าหน้าที่")),
            Column("depreciation", "baht", mark("ค่าเสื่อมราคา")),
            Column("doubtful_debt_expense", "baht", mark("หนี้สงสัยจะสูญ")),
            Column("other_expense", "baht", mark("ค่าใช้จ่ายอื่น")),
            Column("write_offs", "baht", mark("ตัดหนี้สูญจากค่าเผื่อ")),
            Column("net_profit", "baht", mark("กำไร (ขาดทุน) สุทธิ")),
        ),
        is_yearly=True,
    ),
    TableSpec(
        "ageing",
        mark("อายุหนี้เงินกู้"),
        (
            _YEAR,
            Column("not_overdue", "baht", mark("ยังไม่ค้าง")),
            Column("under_1_year", "baht", mark("ค้างไม่ถึง 1 ปี")),
            Column("years_1_3", "baht", mark("ค้าง 1–3 ปี")),
            Column("years_3_5", "baht", mark("ค้าง 3–5 ปี")),
            Column("over_5_years", "baht", mark("ค้างเกิน 5 ปี")),
        ),
        is_yearly=True,
    ),
    TableSpec(
        "business",
        mark("ปริมาณธุรกิจ"),
        (
            _YEAR,
            Column("loan_disbursement", "baht", mark("ให้เงินกู้")),
            Column("supply", "baht", mark("จัดหาสินค้ามาจำหน่าย")),
            Column("collection", "baht", mark("รวบรวมผลิตผล")),
            Column("processing", "baht", mark("แปรรูป")),
            Column("service", "baht", mark("บริการ")),
            Column("deposit", "baht", mark("รับฝากเงิน")),
        ),
        is_yearly=True,
    ),
    TableSpec(
        "appropriation",
        mark("การจัดสรรกำไร"),
        (
            _YEAR,
            Column("net_profit", "baht", mark("กำไร (ขาดทุน) สุทธิ")),
            Column("loss_cleared", "baht", mark("ล้างขาดทุนสะสม")),
            Column("reserve", "baht", mark("ทุนสำรอง")),
            Column("league_fee", "baht", mark("ค่าบำรุงสันนิบาตสหกรณ์")),
            Column("dividend", "baht", mark("เงินปันผล")),
            Column("patronage", "baht", mark("เงินเฉลี่ยคืน")),
            Column("bonus", "baht", mark("โบนัส")),
            Column("welfare_fund", "baht", mark("ทุนสวัสดิการ")),
            Column("public_fund", "baht", mark("ทุนสาธารณประโยชน์")),
            Column("other", "baht", mark("ทุนสะสมอื่น")),
        ),
        is_yearly=True,
    ),
    TableSpec(
        "borrowing",
        mark("เงินกู้ยืมรายเจ้าหนี้"),
        (
            Column("lender_th", "text", mark("เจ้าหนี้")),
            Column("lender_en", "text", mark("เจ้าหนี้ (อังกฤษ)")),
            Column("principal", "baht", mark("เงินต้นตามสัญญา"), is_total=True),
            Column("outstanding", "baht", mark("คงเหลือ"), is_total=True),
            Column("due_on", "date", mark("ครบกำหนด")),
            Column("paid_on", "date", mark("ชำระล่าสุด"), may_be_empty=True),
            Column("rate_pct", "percent", mark("อัตราดอกเบี้ย")),
            Column("purpose_th", "text", mark("วัตถุประสงค์")),
            Column("purpose_en", "text", mark("วัตถุประสงค์ (อังกฤษ)")),
        ),
    ),
    TableSpec(
        "cash_counts",
        mark("การตรวจนับเงินสด"),
        (
            Column("counted_on", "date", mark("วันที่ตรวจนับ")),
            Column("book", "money", mark("ตามบัญชี")),
            Column("counted", "money", mark("นับได้")),
            Column("difference", "money", mark("ผลต่าง")),
            Column("counters", "people", mark("ผู้นับ")),
            Column("signatures", "people", mark("ลายมือชื่อ")),
        ),
    ),
    TableSpec(
        "depositors",
        mark("ผู้ฝากรายใหญ่"),
        (
            Column("depositor", "text", mark("ผู้ฝาก")),
            Column("baht", "baht", mark("จำนวนเงิน"), is_total=True),
            Column("matures_on", "date", mark("ครบกำหนด"), may_be_empty=True),
        ),
    ),
    TableSpec(
        "maturity",
        mark("กระแสเงินตามวันครบกำหนด"),
        (
            Column("bucket", "bucket", mark("ช่วงเวลา")),
            Column("inflow", "baht", mark("เงินเข้า"), is_total=True),
            Column("outflow", "baht", mark("เงินรับฝากที่ครบกำหนด"), is_total=True),
        ),
        names=("within_3_months", "months_3_6", "months_6_12", "over_12_months"),
    ),
    TableSpec(
        "meetings",
        mark("การประชุม"),
        (
            Column("kind", "bucket", mark("การประชุม")),
            Column("held_on", "date", mark("วันที่")),
            Column("quorum_ok", "yes", mark("ครบองค์ประชุม")),
            Column("copy_sent_on", "date", mark("ส่งสำเนารายงานเมื่อ"), may_be_empty=True),
            Column("agenda_th", "text", mark("ระเบียบวาระ")),
            Column("agenda_en", "text", mark("ระเบียบวาระ (อังกฤษ)")),
        ),
        names=("board", "annual", "first", "extraordinary", "member_group", "founders"),
    ),
    TableSpec(
        "orders",
        mark("คำสั่งและหนังสือที่มีกำหนด"),
        (
            Column("issuer_th", "text", mark("ผู้ออก")),
            Column("issuer_en", "text", mark("ผู้ออก (อังกฤษ)")),
            Column("issued_on", "date", mark("ลงวันที่")),
            Column("due_days", "count", mark("ภายใน (วัน)")),
            Column("actions_th", "text", mark("สิ่งที่ให้ทำ")),
            Column("actions_en", "text", mark("สิ่งที่ให้ทำ (อังกฤษ)")),
            Column("status", "bucket", mark("สถานะ")),
            Column("closed_on", "date", mark("ปิดเรื่องเมื่อ"), may_be_empty=True),
        ),
        names=("open", "closed"),
    ),
    TableSpec(
        "project",
        mark("โครงการที่เสนอ"),
        (
            Column("name_th", "text", mark("โครงการ")),
            Column("name_en", "text", mark("โครงการ (อังกฤษ)")),
            Column("invest", "baht", mark("เงินลงทุน")),
            Column("life_years", "count", mark("อายุโครงการ (ปี)")),
            Column("cash_net_claimed", "baht", mark("เงินสดสุทธิต่อปีตามที่เสนอ")),
            Column("cash_net_realistic", "baht", mark("เงินสดสุทธิต่อปีที่เป็นไปได้"), may_be_empty=True, is_key=True),
            Column("discount_pct", "percent", mark("อัตราคิดลด")),
        ),
    ),
)
"""Every table a case may have, in the order they are shown. balance and income must be there."""

SPEC_OF: Mapping[str, TableSpec] = {spec.name: spec for spec in TABLES}
REQUIRED = ("members", "balance", "income")
NAMES = {
    "within_3_months": mark("ไม่เกิน 3 เดือน"),
    "months_3_6": mark("3–6 เดือน"),
    "months_6_12": mark("6–12 เดือน"),
    "over_12_months": mark("เกิน 12 เดือน"),
    "board": mark("คณะกรรมการ"),
    "annual": mark("ใหญ่สามัญ"),
    "first": mark("ใหญ่สามัญครั้งแรก"),
    "extraordinary": mark("ใหญ่วิสามัญ"),
    "member_group": mark("กลุ่มสมาชิก"),
    "founders": mark("คณะผู้จัดตั้ง"),
    "open": mark("ยังไม่เสร็จ"),
    "closed": mark("ปิดแล้ว"),
}
"""What buckets are called."""

Row = Mapping[str, Any]
Rows = tuple[Row, ...]


def read_table(path: Path, spec: TableSpec, *, shown_as: str) -> tuple[Rows, list[Finding]]:
    """The rows of a CSV as {column: int | float | date | bool | str | None}, and every mistake. Raises nothing."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        return (), [Finding(shown_as, 1, 1, f"อ่านไฟล์ไม่ได้ ({type(error).__name__}) ให้บันทึกเป็น CSV แบบ UTF-8")]
    rows, mistakes = _read(text, spec)
    return rows, [Finding(shown_as, line, column, message) for line, column, message in mistakes]


def read_rows(text: str, spec: TableSpec) -> Rows:
    """The rows of a CSV text that write_table made. Raises ValueError naming its first mistake."""
    rows, mistakes = _read(text.removeprefix("\ufeff"), spec)
    if mistakes:
        raise ValueError(f"{spec.name}: {mistakes[0]}")
    return rows


def _read(text: str, spec: TableSpec) -> tuple[Rows, list[tuple[int, int, str]]]:
    """(rows, mistakes as (line, column, message))."""
    lines = list(csv.reader(io.StringIO(text)))
    if not lines or tuple(lines[0]) != spec.header:
        return (), [(1, 1, _header_mistake(tuple(lines[0]) if lines else (), spec))]
    rows: list[Row] = []
    mistakes: list[tuple[int, int, str]] = []
    for number, cells in enumerate(lines[1:], start=2):
        if not any(cells):
            continue
        if len(cells) != len(spec.columns):
            mistakes.append((number, 1, f"มี {len(cells)} ช่อง ต้องมี {len(spec.columns)} ช่องตามหัวตาราง ให้แก้แถวนี้"))
            continue
        row: dict[str, Any] = {}
        for place, (column, cell) in enumerate(zip(spec.columns, cells, strict=True), start=1):
            try:
                row[column.name] = _value(column, cell.strip(), spec)
            except ValueError as error:
                mistakes.append((number, place, f"{column.name}: {error}"))
        rows.append(row)
    return tuple(rows), mistakes


def write_table(rows: Iterable[Row], spec: TableSpec) -> str:
    """The CSV text of rows, as read_table reads it; with the byte order mark that makes Excel read Thai."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(spec.header)
    for row in rows:
        writer.writerow([_cell(column, row[column.name]) for column in spec.columns])
    return "\ufeff" + out.getvalue()


def _header_mistake(found: tuple[str, ...], spec: TableSpec) -> str:
    wanted = ",".join(spec.header)
    if lost := [name for name in spec.header if name not in found]:
        near = nearest(lost[0], [name for name in found if name not in spec.header])
        hint = f" (พบ {near} ที่ใกล้เคียง)" if near else ""
        return f"หัวตารางขาด {', '.join(lost)}{hint} ให้ใช้หัวตาราง {wanted}"
    return f"หัวตารางต้องเป็น {wanted} ตามลำดับนี้"


def _value(column: Column, cell: str, spec: TableSpec) -> Any:
    if not cell:
        if column.may_be_empty:
            return None
        raise ValueError("ช่องนี้ว่าง ให้เติมค่า")
    try:
        match column.unit:
            case "year" | "baht" | "people" | "count":
                return int(cell)
            case "money" | "percent":
                return float(cell)
            case "date":
                return date.fromisoformat(cell)
    except ValueError:
        wanted = {"date": "วันที่แบบ 2023-07-24 (ค.ศ.)"}.get(column.unit, "ตัวเลข ไม่มีเครื่องหมายจุลภาค")
        raise ValueError(f"พบ “{cell}” ต้องเป็น{wanted}") from None
    if column.unit == "yes":
        if cell not in ("true", "false"):
            raise ValueError(f"พบ “{cell}” ต้องเป็น true หรือ false")
        return cell == "true"
    if column.unit == "bucket" and cell not in spec.names:
        raise ValueError(f"พบ “{cell}” ต้องเป็นหนึ่งใน {', '.join(spec.names)}")
    return cell


def _cell(column: Column, value: Any) -> str:
    if value is None:
        return ""
    if column.unit == "yes":
        return "true" if value else "false"
    if column.unit == "money":
        return f"{value:.2f}"
    return value.isoformat() if isinstance(value, date) else str(value)
