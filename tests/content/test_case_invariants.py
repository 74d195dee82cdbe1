"""What must hold within a case: sound cases have no mistake, and each rule, broken once, says where, what and how to mend it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from cps_training.content.cases.case import CaseSource
from cps_training.content.cases.invariants import mistakes
from cps_training.content.cases.mistakes import Limits
from cps_training.content.cases.model import CASE_FILE, EVIDENCE_FILE, FOLDER, CaseFile, EvidenceFile
from cps_training.content.cases.planting import FLOOR, uncovered
from cps_training.content.cases.reading import read_case
from cps_training.content.cases.real_names import real_names
from cps_training.content.cases.tables import REQUIRED
from cps_training.content.library import Library
from cps_training.places import shipped
from tests.casework.small_case import small_source

SHIPPED = ("thung-sathit", "ban-chamlong", "wittayalai-tuayang", "doen-rot-sommut", "ban-baepfuek", "nong-sathok")
Draft = dict[str, Any]


def shipped_source(case: str) -> CaseSource:
    read = read_case(shipped() / FOLDER / case, shown_as=case)
    assert read.source is not None, read.findings
    return read.source


def changed(change: Callable[[Draft], object], source: CaseSource | None = None) -> CaseSource:
    """The small case with one thing changed in {"case", "evidence", "tables": {name: [row]}}."""
    source = source or small_source()
    draft: Draft = {
        "case": source.said.model_dump(),
        "evidence": source.evidence.model_dump(),
        "tables": copy.deepcopy({name: [dict(row) for row in rows] for name, rows in source.tables.items()}),
    }
    change(draft)
    tables = {name: tuple(rows) for name, rows in draft["tables"].items()}
    return CaseSource(CaseFile.model_validate(draft["case"]), EvidenceFile.model_validate(draft["evidence"]), tables)


def cells(table: str, row: int, **by: Any) -> Callable[[Draft], None]:
    """Numbers are added to the cells, all else is put there."""

    def change(draft: Draft) -> None:
        for name, value in by.items():
            here = draft["tables"][table][row]
            here[name] = here[name] + value if type(value) in (int, float) else value

    return change


def lines_of(draft: Draft) -> Iterator[dict[str, Any]]:
    for paper in draft["evidence"]["papers"]:
        yield from paper["lines"]


def unsupported(kind: str, *, left: int) -> Callable[[Draft], None]:
    """All but so many lines speak for that kind no more."""

    def change(draft: Draft) -> None:
        speaking = [line for line in lines_of(draft) if kind in line["supports"]]
        for line in speaking[left:]:
            line["supports"] = ()

    return change


def hearsay(kind: str) -> Callable[[Draft], None]:
    def change(draft: Draft) -> None:
        for paper in draft["evidence"]["papers"]:
            if any(kind in line["supports"] for line in paper["lines"]):
                paper["reliability"] = "hearsay"

    return change


def added(table: str, **row: Any) -> Callable[[Draft], None]:
    return lambda draft: draft["tables"].setdefault(table, []).append(row)


def meeting(kind: str, day: str) -> Callable[[Draft], None]:
    row = {"quorum_ok": True, "copy_sent_on": None, "agenda_th": "วาระ", "agenda_en": "Agenda"}
    return added("meetings", kind=kind, held_on=date.fromisoformat(day), **row)


def outcome(**changes: int) -> Callable[[Draft], None]:
    def change(draft: Draft) -> None:
        draft["case"]["follow_up"]["forks"][0]["branches"][0]["outcome"]["changes"] = changes

    return change


def first_line(text: str) -> Callable[[Draft], None]:
    return lambda draft: draft["evidence"]["papers"][0]["lines"][0].update(th=text)


def of_a_farmer_group(draft: Draft) -> None:
    draft["case"]["organisation"]["kind"] = "farmer_group"


FIRST_CHANGES = ("follow_up", "forks", 0, "branches", 0, "outcome", "changes")
BROKEN: dict[str, tuple[Callable[[Draft], object], str, tuple[str | int, ...], str]] = {
    "I1": (cells("balance", 1, total_assets=100), "balance", (1, "total_assets"), "ต้องเป็น 3,400,000"),
    "I2": (cells("balance", 0, total_liabilities=100), "balance", (0, "total_liabilities"), "ต้องเป็น 1,600,000"),
    "I3": (cells("balance", 0, total_equity=-1), "balance", (0, "total_equity"), "พบ 1,399,999"),
    "I4": (cells("balance", 1, cash_and_bank=7, total_assets=7), "balance", (1, "total_assets"), "ต้องเป็น 3,400,000"),
    "I5 income": (cells("income", 1, interest_income=5), "income", (1, "net_profit"), "ต้องเป็น 60,005"),
    "I5 balance": (cells("income", 1, interest_income=5, net_profit=5), "balance", (1, "net_profit"), "ต้องเป็น 60,005"),
    "I6": (cells("ageing", 1, not_overdue=9), "ageing", (1, "not_overdue"), "พบ 2,500,009"),
    "I7 sum": (cells("ageing", 1, not_overdue=9, under_1_year=-9), "ageing", (1, "under_1_year"), "พบ 449,991"),
    "I7 age": (cells("ageing", 1, under_1_year=-20000, over_5_years=20000), "ageing", (1, "over_5_years"), "30,000"),
    "I7 older than a year": (
        cells("ageing", 1, under_1_year=-60000, years_1_3=60000),
        "ageing",
        (1, "years_1_3"),
        "ต้องไม่เกิน 200,000",
    ),
    "I8": (cells("balance", 1, due_in_year=-1400000), "balance", (1, "arrears"), "หนี้ถึงกำหนดในปี 400,000"),
    "I9 reserve": (cells("balance", 1, reserve=1), "balance", (1, "reserve"), "ต้องเป็น 260,000"),
    "I9 loss": (cells("balance", 1, accumulated_loss=-3), "balance", (1, "accumulated_loss"), "พบ -3"),
    "I10 share": (cells("appropriation", 0, reserve=-6000, other=6000), "appropriation", (0, "reserve"), "ร้อยละ 10"),
    "I10 loss": (cells("balance", 0, accumulated_loss=-8000), "appropriation", (0, "loss_cleared"), "ต้องเป็น 8,000"),
    "I11": (cells("appropriation", 0, league_fee=100, other=-100), "appropriation", (0, "league_fee"), "ต้องเป็น 500"),
    "I11 of a farmer group": (of_a_farmer_group, "appropriation", (0, "league_fee"), "ต้องเป็น 0"),
    "I12": (cells("appropriation", 0, dividend=1), "appropriation", (0, "net_profit"), "พบ 50,001"),
    "I12 profit": (cells("appropriation", 0, net_profit=10, other=10), "appropriation", (0, "net_profit"), "50,000"),
    "I12 loss": (cells("appropriation", 0, net_profit=-90000), "appropriation", (0, "reserve"), "ขาดทุน 40,000"),
    "I13": (
        cells("income", 1, doubtful_debt_expense=500, other_expense=-500),
        "income",
        (1, "doubtful_debt_expense"),
        "ต้องเป็น 20,000",
    ),
    "I14": (cells("members", 1, active_members=67), "members", (1, "active_members"), "สมาชิกสมทบ"),
    "I15": (cells("members", 1, active_members=100), "members", (1, "active_members"), "ต้องไม่เกินสมาชิก 203"),
    "I15 nobody": (cells("members", 0, joined=-9), "members", (0, "joined"), "พบ -4"),
    "I16": (cells("members", 1, joined=1), "members", (1, "members"), "ต้องเป็น 204"),
    "I17": (cells("balance", 1, cash_and_bank=-200001), "balance", (1, "cash_and_bank"), "-1"),
    "I17 loss": (cells("balance", 1, accumulated_loss=4), "balance", (1, "accumulated_loss"), "พบ 4"),
    "I18": (cells("borrowing", 0, outstanding=-1), "borrowing", (0, "outstanding"), "ต้องเป็น 1,200,000"),
    "I19": (cells("maturity", 2, outflow=50), "maturity", (3, "outflow"), "ต้องเป็น 620,000"),
    "I19 depositors": (
        added("depositors", depositor="X", baht=620001, matures_on=None),
        "depositors",
        (0, "baht"),
        "620,000",
    ),
    "I20": (cells("cash_counts", 0, counted=-250.25), "cash_counts", (0, "difference"), "ต้องเป็น -250.25"),
    "I21": (meeting("annual", "2022-08-29"), "meetings", (3, "held_on"), "ถึง 2022-08-28"),
    "I22": (meeting("first", "2010-05-17"), "meetings", (3, "held_on"), "ถึง 2010-05-16"),
    "I23 paper": (
        lambda draft: draft["evidence"]["papers"][2].update(date="2023-07-25"),
        EVIDENCE_FILE,
        ("papers", 2, "date"),
        "2023-07-25",
    ),
    "I23 table": (meeting("board", "2023-07-27"), "meetings", (3, "held_on"), "as_of 2023-07-24"),
    "I24": (unsupported("no-cash-counts", left=1), CASE_FILE, ("problems", 1, "kind"), "1 บรรทัด"),
    "I24 paper": (hearsay("no-cash-counts"), CASE_FILE, ("problems", 1, "kind"), "คำบอกเล่า"),
    "I25": (unsupported("drought-explains-arrears", left=0), CASE_FILE, ("red_herrings", 1, "kind"), "supports"),
    "I26": (first_line("นายสมชาย ใจดี เป็นประธาน"), EVIDENCE_FILE, ("papers", 0, "lines", 0, "th"), "นายสมชาย"),
    "I28 figure": (
        first_line("มีทุน 1,482,000 บาท"),
        EVIDENCE_FILE,
        ("papers", 0, "lines", 0, "th"),
        "{total_equity@2566}",
    ),
    "I28 fact": (first_line("เงิน 85,000 บาท"), EVIDENCE_FILE, ("papers", 0, "lines", 0, "th"), "{cash_on_hand}"),
    "P1": (cells("balance", 1, borrowing_limit=200000), CASE_FILE, ("problems", 0, "kind"), "สูงกว่าวงเงิน"),
    "P2 sides": (outcome(cash_and_bank=-5), CASE_FILE, FIRST_CHANGES, "สินทรัพย์เปลี่ยน -5"),
    "P2 below zero": (outcome(cash_and_bank=-200100, loans_gross=200100), CASE_FILE, FIRST_CHANGES, "เหลือ -100"),
    "P2 field": (outcome(cashbox=0), CASE_FILE, FIRST_CHANGES, "cashbox"),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_a_broken_rule_names_its_place_and_what_is_expected(rule: str) -> None:
    change, place, location, words = BROKEN[rule]
    found = [one for one in mistakes(changed(change)) if one.message.endswith(f"({rule.split()[0]})")]
    assert (place, location) in [(one.place, one.location) for one in found], found
    assert any(words in one.message for one in found), found


def test_each_rule_is_broken_here_and_the_small_case_breaks_none() -> None:
    numbers = {f"I{number}" for number in range(1, 29)} - {"I27"} | {"P1", "P2"}
    assert {rule.split()[0] for rule in BROKEN} == numbers
    assert mistakes(small_source()) == []


@pytest.mark.parametrize("case", SHIPPED)
def test_a_shipped_case_breaks_no_rule(case: str) -> None:
    assert mistakes(shipped_source(case)) == []


def test_every_practice_clause_is_the_main_one_of_a_planted_problem(library: Library) -> None:
    """I27."""
    practice = [clause for clause in library.handbook.teachable_ids if clause.startswith("practice.")]
    sources = [shipped_source(case) for case in SHIPPED]
    assert uncovered(sources, practice) == ()
    assert uncovered([small_source()], ["docs.4", "practice.9"]) == ("practice.9",)


def test_tables_a_case_has_not_break_no_rule() -> None:
    def drop(draft: Draft) -> None:
        draft["tables"] = {name: draft["tables"][name] for name in REQUIRED}

    assert mistakes(changed(drop)) == []


def test_years_that_do_not_agree_are_the_only_mistake() -> None:
    (found,) = mistakes(changed(lambda draft: draft["tables"]["income"].pop()))
    assert found.place == "income"
    assert "(I0)" in found.message


@pytest.mark.parametrize("kind", ["no-general-meeting", "meeting-not-prepared", "first-meeting-deadline"])
def test_a_planted_breach_lets_meetings_be_late(kind: str) -> None:
    def late(draft: Draft) -> None:
        meeting("annual", "2022-12-01")(draft)
        meeting("first", "2011-01-01")(draft)
        draft["case"]["problems"][2]["kind"] = kind
        for line in lines_of(draft):
            line["supports"] = tuple(kind if one == "minutes-not-sent" else one for one in line["supports"])
            line["given"] = kind if line["given"] == "minutes-not-sent" else line["given"]

    assert mistakes(changed(late)) == []


def test_limits_come_from_outside() -> None:
    strict = Limits(agm_days=90, reserve_percent=30)
    assert {one.message[-5:-1] for one in mistakes(small_source(), strict)} == {"(I10", "(I21"}


def test_limits_are_the_parameters_that_ship(library: Library) -> None:
    names = {
        "first-meeting-days": Limits().first_meeting_days,
        "agm-days": Limits().agm_days,
        "reserve-min-percent": Limits().reserve_percent,
        "league-fee-percent": Limits().league_fee_percent,
        "league-fee-max-percent": Limits().league_fee_most_percent,
        "league-fee-max-baht": Limits().league_fee_most_baht,
        "farmer-group-members-min": FLOOR,
    }
    assert {name: library.parameters[name].value for name in names} == names


def test_an_offices_own_real_case_may_name_its_province() -> None:
    def real(draft: Draft) -> None:
        first_line("สำนักงานสหกรณ์จังหวัดเชียงใหม่")(draft)
        draft["case"]["is_fictional"] = False

    assert mistakes(changed(real)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ประชุมที่เชียงใหม่", ["เชียงใหม่"]),
        ("สหกรณ์ในจังหวัดเลย", ["จังหวัดเลย"]),
        ("ลงชื่อโดยนางสาวสมหญิง", ["นางสาวสมหญิง"]),
        ("ประธานขอให้ยุบเลย", []),
        ("ตากกล้วยบนลาน", []),
        ("รองนายทะเบียนสหกรณ์ให้แก้", []),
        ("ประชุมเดือนมิถุนายนแล้ว", []),
        ("เสนอนายอำเภอฝึกหัด จังหวัดสมมติ", []),
    ],
)
def test_real_places_and_people_are_told_from_ordinary_words(text: str, found: list[str]) -> None:
    assert list(real_names(text)) == found


@pytest.mark.parametrize(
    ("ratio", "printed"),
    [
        ("participation_pct", [65.1, 62.5, 59.8, 57.2, 54.8]),
        ("arrears_to_loans_pct", [18.0, 20.5, 25.0, 30.5, 37.0]),
        ("arrears_to_due_pct", [26.7, 31.1, 38.8, 48.4, 60.0]),
        ("allowance_to_arrears_pct", [25.0, 22.1, 18.0, 14.2, 11.3]),
        ("cash_to_deposits_pct", [51.1, 46.2, 38.9, 29.9, 21.4]),
        ("borrow_to_limit_pct", [82.1, 85.7, 89.7, 95.0, 104.0]),
        ("opex_to_income_pct", [51.0, 52.5, 55.8, 60.4, 64.0]),
    ],
)
def test_ratios_of_the_tables_are_those_of_the_cases_design(ratio: str, printed: list[float]) -> None:
    """I28: printed are the figures with which case A was designed, worked out apart from this code."""
    found = shipped_source("thung-sathit").ratios[ratio]
    assert [round(value or 0, 1) for value in found.values()] == pytest.approx(printed, abs=0.1)
