"""What a board is worth beside the expert's: one score, its parts, and whether it is passed. Pure: no clock, database or widget.

All weights and limits are the kit's own, criteria for training (เกณฑ์จำลองเพื่อการฝึก), no law's and no office's. Every formula with its
reason and a worked example: docs/reference/case-scoring.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from cps_training.casework.marking import Marks, mark_finding
from cps_training.casework.ranking import tau_b
from cps_training.casework.response import BoardFinding, CaseResponse
from cps_training.content.cases.case import Case
from cps_training.content.cases.catalogue import Catalogue, Choice
from cps_training.content.cases.model import Problem
from cps_training.content.texts import Bilingual
from cps_training.i18n import mark

FOUND, EVIDENCE, DOCUMENTED, CLAUSES, CAUSE, PARTNER, STEP, SEVERITY = 0.40, 0.15, 0.05, 0.12, 0.06, 0.06, 0.08, 0.03
"""What a planted problem earns for being named, and for the parts of its finding."""
RANKING = 0.05
"""What the order of all earns. All weights together are 1."""
FALSE_ALARM, RED_HERRING = 3, 4
"""What a wrong accusation weighs against the severities (1–5) of what was found."""
PASS_SCORE = 0.70
LEAST_FOUND = 0.5
"""Share of the severity weight that must be found."""
LEAST_RESISTED = 0.5
"""Share of the red herrings that must not be taken."""
_HAIR = 1e-9
"""Sums of tenths are not exact in floating point."""

NOTHING_SAID = mark("ยังไม่มีข้อค้นพบบนกระดาน เริ่มจากเอกสารเพียงหนึ่งฉบับก่อนก็ได้ แล้วจดสิ่งที่สงสัยไว้หนึ่งเรื่อง")
SCORE_SAID = mark("คะแนนรวมยังไม่ถึงเกณฑ์ ลองเทียบกับแนวของผู้เชี่ยวชาญทีละเรื่อง จะเห็นว่าควรเพิ่มอะไร")
CRITICAL_SAID = mark("มีข้อผิดร้ายแรงที่คะแนนส่วนอื่นชดเชยไม่ได้ โปรดอ่านเหตุผลของข้อนั้น")
FOUND_SAID = mark("ยังพบปัญหาไม่ถึงครึ่งเมื่อนับตามความรุนแรง ลองไล่ดูตัวเลขแต่ละปีคู่กับเอกสารทีละฉบับ")
RED_HERRINGS_SAID = mark("เลือกข้อสรุปที่ชวนให้หลงทางไว้เกินครึ่ง ลองถามตัวเองว่าหลักฐานพิสูจน์ข้อสรุปนั้นได้จริงหรือไม่")


@dataclass(frozen=True)
class CriticalError:
    """A choice that nothing else makes good. choice_in: cause, partner or step; why: from the catalogue."""

    finding: str
    choice_in: str
    choice: str
    why: Bilingual

    def as_json(self) -> dict[str, Any]:
        return {
            "finding": self.finding,
            "choice_in": self.choice_in,
            "choice": self.choice,
            "why": self.why.model_dump(),
        }


@dataclass(frozen=True)
class WhyNot:
    """One reason why it is not passed. said: in Thai, a message of the catalogue of texts."""

    code: str
    said: str


@dataclass(frozen=True)
class CaseScore:
    """What a board is worth; every share is 0…1, None where it cannot be said.

    found, missed: kinds in the expert's order. false_alarms: kinds as they lie on the board, red herrings among them; tolerated: kinds
    that count neither way; unmatched: ids of findings of no kind. marks: by kind found. precision, recall, documentary and clauses:
    of the found, weighted by severity.
    """

    score: float
    passed: bool
    found: tuple[str, ...]
    missed: tuple[str, ...]
    false_alarms: tuple[str, ...]
    red_herrings_taken: tuple[str, ...]
    tolerated: tuple[str, ...]
    unmatched: tuple[str, ...]
    marks: dict[str, Marks]
    precision: float | None
    recall: float | None
    documentary: float | None
    clauses: float | None
    ranking_tau: float | None
    red_herring_score: float | None
    critical_errors: tuple[CriticalError, ...]
    why_not_passed: tuple[WhyNot, ...]

    def as_json(self) -> dict[str, Any]:
        """For scripts and the page: shares with four digits, null where one cannot be said, texts in Thai."""
        return {
            "score": _rounded(self.score),
            "found": list(self.found),
            "missed": list(self.missed),
            "false_alarms": list(self.false_alarms),
            "evidence": {"precision": _rounded(self.precision), "recall": _rounded(self.recall)},
            "clauses": _rounded(self.clauses),
            "ranking_tau": _rounded(self.ranking_tau),
            "critical_errors": [error.as_json() for error in self.critical_errors],
            "passed": self.passed,
            "documentary": _rounded(self.documentary),
            "red_herring_score": _rounded(self.red_herring_score),
            "red_herrings_taken": list(self.red_herrings_taken),
            "tolerated": list(self.tolerated),
            "unmatched": list(self.unmatched),
            "why_not_passed": [{"code": why.code, "text": why.said} for why in self.why_not_passed],
        }


def score(case: Case, catalogue: Catalogue, response: CaseResponse) -> CaseScore:
    """What the response is worth. Nothing handed in is worth 0.

    score = quality × √p. quality: every planted problem weighs its severity and earns FOUND + EVIDENCE·F1 + DOCUMENTED + CLAUSES·share +
    CAUSE + PARTNER + STEP + SEVERITY·share as far as its finding has them, 0 when missed; plus RANKING × order × share found. p =
    Σ severity found ÷ (Σ severity found + FALSE_ALARM a false alarm + RED_HERRING a red herring taken): what share of all that was said
    against the cooperative is true. Its root, so that one slip costs little and accusing everything costs most of the score.
    """
    named = {finding.kind: finding for finding in response.findings if finding.kind is not None}
    planted = case.problem_of
    red = tuple(one.kind for one in case.said.red_herrings)
    known = set(catalogue.ids("findings"))
    order = in_expert_order(case)
    found = tuple(problem for problem in order if problem.kind in named)
    marks = {problem.kind: mark_finding(named[problem.kind], problem, case) for problem in found}
    wrong = tuple(kind for kind in named if kind in known and kind not in planted and kind not in case.said.tolerated)
    taken = tuple(kind for kind in wrong if kind in red)
    tau = tau_b([response.ranks[marks[one.kind].finding] for one in found], [one.rank for one in found])
    all_weight, weight = sum(one.severity for one in order), sum(one.severity for one in found)
    quality = sum(one.severity * _worth(marks[one.kind]) for one in found) / all_weight
    quality += RANKING * _order(tau, found) * weight / all_weight
    against = FALSE_ALARM * (len(wrong) - len(taken)) + RED_HERRING * len(taken)
    total = quality * math.sqrt(weight / (weight + against)) if weight else 0.0
    critical = tuple(_critical(response.findings, catalogue))
    resisted = 1 - len(taken) / len(red) if red else None
    why_not = (
        (WhyNot("nothing-handed-in", NOTHING_SAID),)
        if not response.findings
        else tuple(_why_not(total, critical, weight / all_weight, resisted))
    )
    return CaseScore(
        score=total,
        passed=not why_not,
        found=tuple(one.kind for one in found),
        missed=tuple(one.kind for one in order if one.kind not in named),
        false_alarms=wrong,
        red_herrings_taken=taken,
        tolerated=tuple(kind for kind in named if kind in case.said.tolerated),
        unmatched=tuple(finding.id for finding in response.findings if finding.kind not in known),
        marks=marks,
        precision=_mean((one.severity, marks[one.kind].precision) for one in found),
        recall=_mean((one.severity, marks[one.kind].recall) for one in found),
        documentary=_mean((one.severity, float(marks[one.kind].is_documented)) for one in found),
        clauses=_mean((one.severity, marks[one.kind].clause_share) for one in found),
        ranking_tau=tau,
        red_herring_score=resisted,
        critical_errors=critical,
        why_not_passed=why_not,
    )


def in_expert_order(case: Case) -> tuple[Problem, ...]:
    """The planted problems, what is dealt with first before the rest; in one rank the severest first, then as written."""
    return tuple(sorted(case.said.problems, key=lambda problem: (problem.rank, -problem.severity)))


def _worth(marks: Marks) -> float:
    """What one found problem earns, without the order: at most 1 − RANKING."""
    return (
        FOUND
        + EVIDENCE * marks.evidence_share
        + DOCUMENTED * marks.is_documented
        + CLAUSES * marks.clause_share
        + CAUSE * marks.has_cause
        + PARTNER * marks.has_partner
        + STEP * marks.has_step
        + SEVERITY * marks.severity_share
    )


def _order(tau: float | None, found: tuple[Problem, ...]) -> float:
    """(tau + 1) ÷ 2. Where the expert orders nothing among the found, nothing could be wrong: 1. Where only the learner did not: as tau 0."""
    if tau is None:
        return 1.0 if len({problem.rank for problem in found}) < 2 else 0.5
    return (tau + 1) / 2


def _critical(findings: Iterable[BoardFinding], catalogue: Catalogue) -> Iterator[CriticalError]:
    lists: tuple[tuple[str, tuple[Choice, ...]], ...] = (
        ("cause", catalogue.causes),
        ("partner", catalogue.partners),
        ("step", catalogue.steps),
    )
    for finding in findings:
        for name, choices in lists:
            for choice in choices:
                if choice.critical is not None and choice.id == getattr(finding, name):
                    yield CriticalError(finding.id, name, choice.id, choice.critical)


def _why_not(
    total: float, critical: tuple[CriticalError, ...], share_found: float, resisted: float | None
) -> Iterator[WhyNot]:
    if critical:
        yield WhyNot("critical-error", CRITICAL_SAID)
    if share_found < LEAST_FOUND - _HAIR:
        yield WhyNot("too-little-found", FOUND_SAID)
    if resisted is not None and resisted < LEAST_RESISTED - _HAIR:
        yield WhyNot("red-herrings-taken", RED_HERRINGS_SAID)
    if total < PASS_SCORE - _HAIR:
        yield WhyNot("score-too-low", SCORE_SAID)


def _mean(weighted: Iterable[tuple[float, float]]) -> float | None:
    """The weighted mean; None of nothing."""
    parts = tuple(weighted)
    weight = sum(one for one, _ in parts)
    return math.fsum(one * value for one, value in parts) / weight if weight else None


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
