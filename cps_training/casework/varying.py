"""A case varied by a seed: the same structure, other figures, another part of its problems planted. Deterministic; pure; holds keys.

What comes out keeps every rule of `content.cases.invariants`; factors that would break one are drawn again from the same generator,
with drifts a little smaller each time, so that an end is always found.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from cps_training.casework.amounts import Amounts
from cps_training.casework.figures import DRIFT, Scale, UnlikeError, draw_scale, varied_years
from cps_training.casework.listed import varied_lists
from cps_training.content.cases.account_rules import ASSETS, EQUITY, LIABILITIES
from cps_training.content.cases.case import CaseSource
from cps_training.content.cases.invariants import mistakes
from cps_training.content.cases.mistakes import Mistake
from cps_training.content.cases.model import CaseFile, Problem
from cps_training.content.cases.tables import TABLES, Rows
from cps_training.errors import KitError

KEPT = 0.6
"""How likely a problem is kept that may be missing."""
CHOICES, DRAWS = 40, 60
"""How often problems are chosen anew, and figures for each choice."""
CALMER = 0.95
"""By this the drifts shrink with every draw."""
STEADY = 0.03
"""A figure that changed by less than this over the years tells no direction."""
ID_LENGTH = 50
CHANGED_BY: Mapping[str, frozenset[str]] = {
    "limit_above_borrowings": frozenset(("borrowing_limit", "borrow_to_limit_pct")),
    "participation_held": frozenset(("active_members", "participation_pct")),
    "shortage_dropped": frozenset(
        ("cash_shortage", "cash_shortage_allowance", "doubtful_debt_expense", "net_profit", "roe_pct", "roa_pct")
    ),
    "arrears_held": frozenset(("arrears", "arrears_to_loans_pct", "arrears_to_due_pct", "allowance_to_arrears_pct")),
}
"""Figures whose course changes with what a missing problem does."""
SHORTAGE = ("cash_shortage", "cash_shortage_allowance")


def varied_id(case: str, seed: int) -> str:
    """The id of a variation: the same seed is the same variation."""
    return f"{case}-v{seed}"


def vary(source: CaseSource, seed: int) -> CaseSource:
    """The variation of a case by a seed, 0 or more.

    Raises KitError case-not-sound for a case with mistakes, case-is-varied for a variation, case-seed for a seed that cannot be used,
    case-cannot-vary where no figures were found that keep all rules.
    """
    _require(source, seed)
    rng = random.Random(f"{source.said.case}:{seed}")
    found: list[Mistake] = []
    for _ in range(CHOICES):
        planted = choose(source.said.problems, rng)
        operations = _operations(source.said.problems, planted)
        spread = DRIFT
        for _ in range(DRAWS):
            scale = draw_scale(source, rng, spread)
            spread *= CALMER
            try:
                made = _made(source, seed, planted, operations, scale, rng)
            except UnlikeError:
                continue
            found = mistakes(made)
            if not found and tells_the_same(source, made, operations):
                return made
            if any(mistake.message.endswith(("(I24)", "(I25)")) for mistake in found):
                break  # this choice leaves something without a paper
    last = f" กฎที่ยังไม่ผ่าน: {found[0].message}" if found else ""
    raise KitError(
        "case-cannot-vary", f"แปร {source.said.case} ด้วยเลข {seed} ไม่สำเร็จ ให้ลองเลขอื่น{last}", place=source.said.case
    )


def choose(problems: tuple[Problem, ...], rng: random.Random) -> tuple[Problem, ...]:
    """The problems that stay: those always there, and each other one with KEPT; at least half of all, and not all if any may go."""
    may_go = [problem for problem in problems if problem.absent is not None]
    most = min(len(may_go), len(problems) // 2)
    gone = [problem for problem in may_go if rng.random() >= KEPT]
    rng.shuffle(gone)
    gone = gone[:most]
    if not gone and most:
        gone = [rng.choice(may_go)]
    return tuple(problem for problem in problems if problem not in gone)


def _require(source: CaseSource, seed: int) -> None:
    said = source.said
    if said.varied_from is not None:
        text = f"{said.case} แปรมาจาก {said.varied_from} แล้ว ให้แปรจากกรณีต้นฉบับ"
        raise KitError("case-is-varied", text, place=said.case)
    if seed < 0 or len(varied_id(said.case, seed)) > ID_LENGTH:
        raise KitError("case-seed", f"ใช้เลข {seed} ไม่ได้ ให้ใช้จำนวนเต็มตั้งแต่ 0 และไม่ยาวเกินไป เช่น 7", place=said.case)
    if found := mistakes(source):
        text = f"กรณี {said.case} ยังมีที่ต้องแก้ {len(found)} จุด จึงยังแปรไม่ได้ จุดแรก: {found[0].place}: {found[0].message}"
        raise KitError("case-not-sound", text, place=said.case)


def _operations(problems: tuple[Problem, ...], planted: tuple[Problem, ...]) -> frozenset[str]:
    return frozenset(name for problem in problems if problem not in planted for name in problem.absent or ())


def _made(
    source: CaseSource,
    seed: int,
    planted: tuple[Problem, ...],
    operations: frozenset[str],
    scale: Scale,
    rng: random.Random,
) -> CaseSource:
    years = varied_years(source, scale, operations)
    tables: dict[str, Rows] = {**years, **varied_lists(source, scale, years["balance"], operations)}
    ordered = {spec.name: tables[spec.name] for spec in TABLES if spec.name in tables}
    said = source.said.model_dump(exclude_unset=True, exclude_none=True)
    amounts = Amounts(source.tables, ordered, scale.money)
    for fact in said.get("facts", {}).values():
        if fact.get("is_money"):
            fact["value"] = amounts.of(fact["value"])
        elif fact.get("low") is not None:
            fact["value"] = rng.randint(fact["low"], fact["high"])
    _change_outcomes(said, amounts, operations)
    said["problems"] = _ranked([one for one in said["problems"] if one["kind"] in {each.kind for each in planted}])
    for name in ("letter", "replaces"):
        said.pop(name, None)
    said |= {"case": varied_id(source.said.case, seed), "varied_from": source.said.case, "seed": seed}
    return CaseSource(CaseFile.model_validate(said), source.evidence, ordered)


def _ranked(problems: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same order without gaps; ties stay ties."""
    places = {rank: place for place, rank in enumerate(sorted({one["rank"] for one in problems}), start=1)}
    return [{**one, "rank": places[one["rank"]]} for one in problems]


def _change_outcomes(said: dict[str, Any], amounts: Amounts, operations: frozenset[str]) -> None:
    """New amounts for what comes of choices; cash, or else the largest change, keeps both sides equal."""
    for fork in (said.get("follow_up") or {}).get("forks", ()):
        for branch in fork["branches"]:
            changes = branch["outcome"].get("changes") or {}
            if "shortage_dropped" in operations and any(name in changes for name in SHORTAGE):
                changes = {}
            branch["outcome"]["changes"] = _balanced({name: amounts.of(value) for name, value in changes.items()})


def _balanced(changes: dict[str, int]) -> dict[str, int]:
    signs = {**ASSETS, **dict.fromkeys((*LIABILITIES, *EQUITY), -1)}
    moved = {name: value for name, value in changes.items() if name in signs}
    left = sum(signs[name] * value for name, value in moved.items())
    if left:
        name = "cash_and_bank" if "cash_and_bank" in moved else max(moved, key=lambda one: abs(moved[one]))
        changes[name] -= signs[name] * left
    return changes


def tells_the_same(source: CaseSource, made: CaseSource, operations: frozenset[str]) -> bool:
    """Whether what the picture shows, and what proves planted problems, rises and falls over the years as it did."""
    changed = frozenset().union(*(CHANGED_BY[name] for name in operations))
    names = {*source.said.picture, *(name for problem in made.said.problems for name in problem.figures)} - changed
    return all(course(source, name) in (0, course(made, name)) for name in names)


def course(source: CaseSource, name: str) -> int:
    """Whether a figure or ratio has risen (1) or fallen (-1) from the first year that has it to the last; 0 for neither."""
    values = (
        source.ratios[name].values() if name in source.ratios else (year.get(name) for year in source.years.values())
    )
    said = [value for value in values if isinstance(value, int | float)]
    if len(said) < 2 or abs(said[-1] - said[0]) <= STEADY * max(abs(said[0]), abs(said[-1])):
        return 0
    return 1 if said[-1] > said[0] else -1
