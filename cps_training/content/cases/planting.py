"""What must hold between a case's papers, its keys and its figures: I24–I28, P1 and P2. Pure; knows no learner and no answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from cps_training.content.cases.account_rules import ASSETS, EQUITY, LIABILITIES
from cps_training.content.cases.case import CaseSource
from cps_training.content.cases.mistakes import Mistake, Rule, last_year
from cps_training.content.cases.model import CASE_FILE, EVIDENCE_FILE, FollowUp, Line, Paper
from cps_training.content.cases.ratios import Figures
from cps_training.content.cases.real_names import real_names
from cps_training.content.cases.rendering import texts_of
from cps_training.content.cases.tables import Row, Rows
from cps_training.content.yaml_source import Location

ENOUGH = 2
"""Lines that speak for a planted problem, at the least."""
TELLING = 1_000
"""A number from here on, with three digits that say something, is the same figure in a table and in a text, not chance."""
_WRITTEN = re.compile(r"(?<![\d,.{])\d{1,3}(?:,\d{3})+(?![\d,]|\.\d)")


def stands(line: Line, planted: Iterable[str]) -> bool:
    """Whether a line stands in its paper when these problems are planted."""
    return (line.given is None or line.given in planted) and (line.unless is None or line.unless not in planted)


def _speaking(source: CaseSource) -> dict[str, list[Paper]]:
    """For each kind the paper of every line that speaks for it."""
    planted = {problem.kind for problem in source.said.problems}
    found: dict[str, list[Paper]] = {}
    for paper in source.evidence.papers:
        for line in paper.lines:
            if stands(line, planted):
                for kind in line.supports:
                    found.setdefault(kind, []).append(paper)
    return found


def problems_proved(source: CaseSource) -> Iterator[Mistake]:
    """I24: at least two lines speak for every planted problem, one of them in a document."""
    speaking = _speaking(source)
    for number, problem in enumerate(source.said.problems):
        papers, at = speaking.get(problem.kind, []), ("problems", number, "kind")
        if len(papers) < ENOUGH:
            told = f"“{problem.kind}” มีบรรทัดหลักฐาน {len(papers)} บรรทัด ต้องมีอย่างน้อย {ENOUGH} ให้เติม supports ใน evidence.yaml (I24)"
            yield Mistake(CASE_FILE, at, told)
        elif not any(paper.reliability == "document" for paper in papers):
            told = f"“{problem.kind}” มีแต่คำบอกเล่า ต้องมีหลักฐานในเอกสารอย่างน้อย 1 บรรทัด ให้เพิ่มใน evidence.yaml (I24)"
            yield Mistake(CASE_FILE, at, told)


def temptations_written(source: CaseSource) -> Iterator[Mistake]:
    """I25: at least one line tempts to every red herring."""
    speaking = _speaking(source)
    for number, red in enumerate(source.said.red_herrings):
        if red.kind not in speaking:
            told = f"“{red.kind}” ไม่มีบรรทัดใดชวนให้คิดไปทางนั้น ให้เติม supports ใน evidence.yaml อย่างน้อย 1 บรรทัด (I25)"
            yield Mistake(CASE_FILE, ("red_herrings", number, "kind"), told)


def nobody_real(source: CaseSource) -> Iterator[Mistake]:
    """I26: no real province, and nobody with title and name, stands in a made-up case; an office's own real case may name its own."""
    if not source.said.is_fictional:
        return
    for file, location, text in _texts(source):
        for name in real_names(text):
            told = f"พบ “{name}” เรื่องสมมติไม่ใช้ชื่อจังหวัดหรือบุคคลจริง ให้ใช้จังหวัดสมมติและตำแหน่ง เช่น ผู้จัดการ (I26)"
            yield Mistake(file, location, told)


def uncovered(sources: Iterable[CaseSource], clauses: Iterable[str]) -> tuple[str, ...]:
    """I27: the clauses that are the main one of no planted problem in any of these cases."""
    main = {clause for source in sources for problem in source.said.problems for clause in problem.clauses}
    return tuple(clause for clause in clauses if clause not in main)


def figures_by_place(source: CaseSource) -> Iterator[Mistake]:
    """I28: a text repeats a figure of the tables, or a fact, by its place `{…}`, so that both always say the same."""
    named: dict[int, str] = {}
    for year, figures in source.years.items():
        for name, value in figures.items():
            if type(value) is int and _is_telling(value, 3):
                named.setdefault(abs(value), f"{name}@{year}")
    for name, fact in source.said.facts.items():
        if _is_telling(fact.value, 2):
            named.setdefault(abs(fact.value), name)
    for file, location, text in _texts(source):
        for written in _WRITTEN.findall(text):
            if place := named.get(int(written.replace(",", ""))):
                told = f"{written} ตรงกับตัวเลขของกรณี ให้เขียนเป็น {{{place}}} เพื่อให้ตรงกันเสมอ (I28)"
                yield Mistake(file, location, told)


def _is_telling(value: int, digits: int) -> bool:
    return abs(value) >= TELLING and len(str(abs(value)).rstrip("0")) >= digits


def _texts(source: CaseSource) -> Iterator[tuple[str, Location, str]]:
    for file, model in ((CASE_FILE, source.said), (EVIDENCE_FILE, source.evidence)):
        for location, text in texts_of(model):
            yield file, location, text


Years = Sequence[Figures]
_TRUE_WHEN: dict[str, tuple[str, Callable[[Years], bool]]] = {
    "borrowing-over-limit": (
        "เงินกู้ยืมปีสุดท้ายต้องสูงกว่าวงเงิน",
        lambda years: years[-1]["borrowings"] > years[-1]["borrowing_limit"],
    ),
    "participation-falling": (
        "สัดส่วนสมาชิกที่ร่วมทำธุรกิจปีสุดท้ายต้องต่ำกว่าปีแรก",
        lambda years: _grown(years, "active_members", "members") < 0,
    ),
    "arrears-rising": (
        "หนี้ค้างต่อเงินกู้ปีสุดท้ายต้องสูงกว่าปีแรก",
        lambda years: _grown(years, "arrears", "loans_gross") > 0,
    ),
    "all-loans-overdue": (
        "หนี้ค้างปีสุดท้ายต้องเท่ากับลูกหนี้เงินกู้",
        lambda years: years[-1]["arrears"] == years[-1]["loans_gross"] > 0,
    ),
    "allowance-too-low": (
        "ค่าเผื่อปีสุดท้ายต้องต่ำกว่าหนี้ค้าง",
        lambda years: years[-1]["allowance"] < years[-1]["arrears"],
    ),
    "thin-margin": (
        "ดอกเบี้ยจ่ายต่อดอกเบี้ยรับปีสุดท้ายต้องสูงกว่าปีแรก",
        lambda years: _grown(years, "interest_expense", "interest_income") > 0,
    ),
    "inventory-building-up": (
        "สินค้าคงเหลือปีสุดท้ายต้องสูงกว่าปีแรก",
        lambda years: years[-1]["inventory"] > years[0]["inventory"],
    ),
}
FLOOR, NEAR_FLOOR = 30, 36
"""Members a farmer group must have (data/parameters.yaml, farmer-group-members-min), and until when that is near."""
_TRUE_OF_TABLES: dict[str, tuple[str, Callable[[Mapping[str, Rows]], bool]]] = {
    "liquidity-gap": (
        "เงินรับฝากที่ครบกำหนดใน 12 เดือนต้องมากกว่าเงินเข้า",
        lambda tables: "maturity" not in tables or gap(tables["maturity"]) > 0,
    ),
    "project-over-optimistic": (
        "มูลค่าปัจจุบันสุทธิตามที่เสนอต้องเป็นบวก และสูงกว่าตามที่เป็นไปได้",
        lambda tables: all(
            npv(row, "cash_net_claimed") > max(0, npv(row, "cash_net_realistic")) for row in tables.get("project", ())
        ),
    ),
}


def planted_is_true(source: CaseSource) -> Iterator[Mistake]:
    """P1: a planted problem that figures can show is there in the figures."""
    years = list(source.years.values())
    for number, problem in enumerate(source.said.problems):
        words, is_true = "", True
        if problem.kind in _TRUE_WHEN:
            words, holds = _TRUE_WHEN[problem.kind]
            is_true = holds(years)
        elif problem.kind == "membership-near-floor" and source.said.organisation.kind == "farmer_group":
            words = f"สมาชิกปีสุดท้ายต้องอยู่ระหว่าง {FLOOR} ถึง {NEAR_FLOOR} คน"
            is_true = FLOOR <= years[-1]["members"] <= NEAR_FLOOR
        elif problem.kind in _TRUE_OF_TABLES:
            words, holds_in = _TRUE_OF_TABLES[problem.kind]
            is_true = holds_in(source.tables)
        if not is_true:
            told = f"วาง “{problem.kind}” ไว้ แต่ตัวเลขไม่เป็นอย่างนั้น: {words} ให้แก้ตาราง หรือลบปัญหานี้ (P1)"
            yield Mistake(CASE_FILE, ("problems", number, "kind"), told)


def _grown(years: Years, above: str, below: str) -> float:
    """By how much a share has grown from the first year to the last; 0 where one of them cannot be said."""
    first, last = years[0], years[-1]
    return last[above] / last[below] - first[above] / first[below] if first[below] and last[below] else 0.0


def gap(rows: Rows) -> int:
    """How much more falls due than comes in within twelve months, baht."""
    return sum(row["outflow"] - row["inflow"] for row in rows if row["bucket"] != "over_12_months")


def npv(row: Row, cash: str) -> float:
    """The net present value of a project, baht: equal cash at the end of each year of its life, less what it costs."""
    yearly, rate = row[cash] or 0, row["discount_pct"] / 100
    return float(sum(yearly / (1 + rate) ** year for year in range(1, row["life_years"] + 1)) - row["invest"])


def outcomes_balance(source: CaseSource) -> Iterator[Mistake]:
    """P2: what comes of a choice changes both sides of the balance alike and leaves nothing below zero, whatever is chosen."""
    last, follow_up = last_year(source), source.said.follow_up
    if last is None or follow_up is None:
        return
    start = {name: int(value) for name, value in last[1].items() if type(value) is int}
    for fork_at, fork in enumerate(follow_up.forks):
        for branch_at, branch in enumerate(fork.branches):
            at: Location = ("follow_up", "forks", fork_at, "branches", branch_at, "outcome", "changes")
            changes = branch.outcome.changes
            if lost := sorted(set(changes) - set(start)):
                yield Mistake(CASE_FILE, at, f"ไม่มีช่อง {', '.join(lost)} ในงบแสดงฐานะการเงิน ให้แก้ชื่อ (P2)")
            assets = sum(sign * changes.get(name, 0) for name, sign in ASSETS.items())
            others = sum(changes.get(name, 0) for name in (*LIABILITIES, *EQUITY))
            if assets != others:
                told = f"สินทรัพย์เปลี่ยน {assets:,} แต่หนี้สินและทุนเปลี่ยน {others:,} ต้องเท่ากัน ให้แก้ changes (P2)"
                yield Mistake(CASE_FILE, at, told)
    for fork_at, branch_at, name, value in _below_zero(follow_up, start):
        told = f"เลือกถึงทางนี้แล้ว {name} เหลือ {value:,} ต้องไม่ติดลบ ให้ลดจำนวนใน changes (P2)"
        yield Mistake(CASE_FILE, ("follow_up", "forks", fork_at, "branches", branch_at, "outcome", "changes"), told)


def _below_zero(follow_up: FollowUp, start: dict[str, int]) -> Iterator[tuple[int, int, str, int]]:
    """(fork, branch, field, value) wherever a way through the forks brings a field below zero."""
    number = {fork.id: at for at, fork in enumerate(follow_up.forks)}
    signed = {"accumulated_loss", "net_profit", "reserve"}

    def walk(fork_at: int, now: dict[str, int]) -> Iterator[tuple[int, int, str, int]]:
        for branch_at, branch in enumerate(follow_up.forks[fork_at].branches):
            after = dict(now)
            for name, change in branch.outcome.changes.items():
                after[name] = after.get(name, 0) + change
                if after[name] < 0 and name not in signed:
                    yield fork_at, branch_at, name, after[name]
            if branch.next is not None:
                yield from walk(number[branch.next], after)

    seen = set()
    for found in walk(0, start):
        if found[:3] not in seen:
            seen.add(found[:3])
            yield found


RULES: tuple[Rule, ...] = (
    problems_proved,
    temptations_written,
    nobody_real,
    figures_by_place,
    planted_is_true,
    outcomes_balance,
)
