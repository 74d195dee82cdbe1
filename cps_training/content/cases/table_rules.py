"""What must hold among members, lenders, deposits, counts, meetings and dates of a case: I14–I16, I18–I23. Pure; knows no text of a paper."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from cps_training.content.cases.case import CaseSource
from cps_training.content.cases.mistakes import LimitedRule, Limits, Mistake, Rule, differs, last_year, next_to, rows_of
from cps_training.content.cases.model import EVIDENCE_FILE

MEETING_BREACHES = ("meeting-not-prepared", "no-general-meeting", "first-meeting-deadline")
"""Planted problems with which a general meeting may be late."""


def associates_apart(source: CaseSource) -> Iterator[Mistake]:
    """I14: associates do not count among the members who do business."""
    for at, row in rows_of(source, "members"):
        if row["members"] < row["active_members"] <= row["members"] + row["associates"]:
            told = (
                f"ปี {row['year']} ร่วมทำธุรกิจ {row['active_members']:,} คน เกินสมาชิก {row['members']:,} คน "
                f"น่าจะนับสมาชิกสมทบรวมด้วย ให้นับเฉพาะสมาชิก (I14)"
            )
            yield Mistake("members", (at, "active_members"), told)


def active_within(source: CaseSource) -> Iterator[Mistake]:
    """I15: no more members do business than there are, and no number of people is below zero."""
    for at, row in rows_of(source, "members"):
        if row["active_members"] > row["members"] + row["associates"]:
            told = f"ปี {row['year']} ร่วมทำธุรกิจ {row['active_members']:,} คน ต้องไม่เกินสมาชิก {row['members']:,} คน ให้แก้ตัวเลข (I15)"
            yield Mistake("members", (at, "active_members"), told)
        for name, value in row.items():
            if value < 0:
                yield Mistake("members", (at, name), f"ปี {row['year']} จำนวนคนต้องไม่ติดลบ พบ {value:,} ให้แก้ (I15)")


def members_move(source: CaseSource) -> Iterator[Mistake]:
    """I16: members are last year's, those who joined, less those who left, died or moved."""
    for year, (_, before), (at, now) in next_to(source, "members"):
        expected = before["members"] + now["joined"] - now["resigned"] - now["dead_or_moved"]
        if now["members"] != expected:
            what = f"ปี {year} สมาชิกปีก่อนบวกเข้าใหม่หักออก"
            yield differs("members", at, "members", now["members"], expected, what, "I16")


def lenders_add_up(source: CaseSource) -> Iterator[Mistake]:
    """I18: what is owed to each lender sums to the borrowings of the last year."""
    last, rows = last_year(source), rows_of(source, "borrowing")
    if last and rows:
        found = sum(row["outstanding"] for _, row in rows)
        if found != last[1]["borrowings"]:
            what = "เงินกู้คงเหลือทุกเจ้าหนี้รวมกันต้องเท่ากับเงินกู้ยืมปีสุดท้ายในงบ"
            yield differs("borrowing", rows[-1][0], "outstanding", found, last[1]["borrowings"], what, "I18")


def deposits_add_up(source: CaseSource) -> Iterator[Mistake]:
    """I19: deposits by maturity sum to the deposits of the last year; the large depositors are some of them."""
    last = last_year(source)
    if last is None:
        return
    deposits = last[1]["deposits_members"] + last[1]["deposits_other_coops"]
    if rows := rows_of(source, "maturity"):
        found = sum(row["outflow"] for _, row in rows)
        if found != deposits:
            what = "เงินรับฝากที่ครบกำหนดทุกช่วงรวมกันต้องเท่ากับเงินรับฝากปีสุดท้ายในงบ"
            yield differs("maturity", rows[-1][0], "outflow", found, deposits, what, "I19")
    if rows := rows_of(source, "depositors"):
        found = sum(row["baht"] for _, row in rows)
        if found > deposits:
            told = f"ผู้ฝากรายใหญ่รวมกัน {found:,} ต้องไม่เกินเงินรับฝากทั้งหมด {deposits:,} ให้แก้ตัวเลข (I19)"
            yield Mistake("depositors", (rows[-1][0], "baht"), told)


def counts_differ(source: CaseSource) -> Iterator[Mistake]:
    """I20: the difference of a cash count is what was counted less what the books say."""
    for at, row in rows_of(source, "cash_counts"):
        expected = round(row["counted"] - row["book"], 2)
        if round(row["difference"], 2) != expected:
            what = f"ตรวจนับวันที่ {row['counted_on']} ผลต่าง = นับได้ − ตามบัญชี"
            yield differs("cash_counts", at, "difference", row["difference"], expected, what, "I20")


def annual_meetings(source: CaseSource, limits: Limits) -> Iterator[Mistake]:
    """I21: a general meeting is held within so many days of the year's end, unless being late is planted."""
    if _is_planted(source):
        return
    for at, row in rows_of(source, "meetings"):
        if row["kind"] == "annual":
            ended = year_ended(source.said.organisation.year_end, row["held_on"])
            latest = ended + timedelta(days=limits.agm_days)
            if row["held_on"] > latest:
                told = (
                    f"ประชุมใหญ่วันที่ {row['held_on']} เกิน {limits.agm_days} วันจากสิ้นปีบัญชี {ended} (ถึง {latest}) "
                    f"ให้แก้วันที่ หรือวางปัญหา {MEETING_BREACHES[1]} (I21)"
                )
                yield Mistake("meetings", (at, "held_on"), told)


def first_meeting(source: CaseSource, limits: Limits) -> Iterator[Mistake]:
    """I22: the first general meeting is held within so many days of registration, unless being late is planted."""
    if _is_planted(source):
        return
    latest = source.said.organisation.registered_on + timedelta(days=limits.first_meeting_days)
    for at, row in rows_of(source, "meetings"):
        if row["kind"] == "first" and row["held_on"] > latest:
            told = (
                f"ประชุมใหญ่ครั้งแรกวันที่ {row['held_on']} เกิน {limits.first_meeting_days} วันจากวันจดทะเบียน (ถึง {latest}) "
                f"ให้แก้วันที่ หรือวางปัญหา {MEETING_BREACHES[2]} (I22)"
            )
            yield Mistake("meetings", (at, "held_on"), told)


def _is_planted(source: CaseSource) -> bool:
    return any(problem.kind in MEETING_BREACHES for problem in source.said.problems)


def year_ended(year_end: str, day: date) -> date:
    """The last end of an accounting year (MM-DD) before a day; a day the month has not is its last one."""
    month, last = (int(part) for part in year_end.split("-"))

    def of(year: int) -> date:
        return date(year, month, min(last, monthrange(year, month)[1]))

    return of(day.year) if of(day.year) < day else of(day.year - 1)


PAST = (
    ("cash_counts", "counted_on"),
    ("orders", "issued_on"),
    ("orders", "closed_on"),
    ("borrowing", "paid_on"),
    ("meetings", "held_on"),
)
"""Cells that tell of what has happened."""


def nothing_from_the_future(source: CaseSource) -> Iterator[Mistake]:
    """I23: no paper is written, and nothing told of in a table has happened, after the day on which the case stands."""
    today = source.said.as_of
    for number, paper in enumerate(source.evidence.papers):
        if paper.date > today:
            yield Mistake(EVIDENCE_FILE, ("papers", number, "date"), _later(paper.date, today))
    for table, column in PAST:
        for at, row in rows_of(source, table):
            if row[column] is not None and row[column] > today:
                yield Mistake(table, (at, column), _later(row[column], today))


def _later(found: date, today: date) -> str:
    return f"วันที่ {found} อยู่หลังวันของกรณี (as_of {today}) ให้แก้วันที่ เรื่องที่ยังไม่เกิดให้เล่าไว้ในข้อความ (I23)"


RULES: tuple[Rule, ...] = (
    associates_apart,
    active_within,
    members_move,
    lenders_add_up,
    deposits_add_up,
    counts_differ,
    nothing_from_the_future,
)
LIMITED: tuple[LimitedRule, ...] = (annual_meetings, first_meeting)
