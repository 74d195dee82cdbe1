"""What the parts of one finding are worth beside the problem it names: evidence, clause, cause, partner, step, severity. Pure.

Knows one finding and one problem; what a whole board is worth, scoring says.
"""

from __future__ import annotations

from dataclasses import dataclass

from cps_training.casework.response import BoardFinding
from cps_training.content.cases.case import Case
from cps_training.content.cases.model import Problem

ENOUGH_EVIDENCE = 3
"""So much supporting evidence is enough: nobody needs every line that could be found."""
RELATED_CLAUSE = 0.5
"""A clause above or below an accepted one, as practice.8 is to practice.8.1."""
WIDEST_SEVERITY = 4
"""The widest difference on the scale 1–5."""


@dataclass(frozen=True)
class Marks:
    """The parts of a finding whose kind is planted, each 0…1 or accepted or not.

    finding: its id. supporting: what is attached and speaks for the problem. clause: the chosen clause that counts, None = none does.
    """

    kind: str
    finding: str
    supporting: tuple[str, ...]
    precision: float
    recall: float
    is_documented: bool
    clause: str | None
    clause_share: float
    has_cause: bool
    has_partner: bool
    has_step: bool
    severity_share: float

    @property
    def evidence_share(self) -> float:
        """F1: the harmonic mean of precision and recall, 0 with nothing that supports."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def mark_finding(finding: BoardFinding, problem: Problem, case: Case) -> Marks:
    """Beside the problem the finding names.

    precision = supporting ÷ attached (0 with nothing attached); recall = min(1, supporting ÷ enough), enough = min(3, all there is);
    documented = one of the supporting is on paper. severity = 1 − |difference| ÷ 4, 0 when not said.
    """
    supporting = tuple(reference for reference in finding.evidence if problem.kind in case.supports(reference))
    enough = min(ENOUGH_EVIDENCE, len(case.evidence_for.get(problem.kind, ())))
    clause, clause_share = best_clause(finding.clauses, (*problem.clauses, *problem.accepted_clauses))
    off = WIDEST_SEVERITY if finding.severity is None else abs(finding.severity - problem.severity)
    return Marks(
        kind=problem.kind,
        finding=finding.id,
        supporting=supporting,
        precision=len(supporting) / len(finding.evidence) if finding.evidence else 0.0,
        recall=min(1.0, len(supporting) / enough) if enough else 0.0,
        is_documented=any(case.is_document(reference) for reference in supporting),
        clause=clause,
        clause_share=clause_share,
        has_cause=finding.cause in problem.causes,
        has_partner=finding.partner in problem.partners,
        has_step=finding.step in problem.steps,
        severity_share=1 - off / WIDEST_SEVERITY,
    )


def best_clause(chosen: tuple[str, ...], accepted: tuple[str, ...]) -> tuple[str | None, float]:
    """The chosen clause that is worth most, and its worth: 1 = an accepted one, 0.5 = above or below one, (None, 0) = none.

    What else was chosen costs nothing: the response allows three at most.
    """
    for clause in chosen:
        if clause in accepted:
            return clause, 1.0
    for clause in chosen:
        if any(is_related(clause, one) for one in accepted):
            return clause, RELATED_CLAUSE
    return None, 0.0


def is_related(clause: str, other: str) -> bool:
    """Whether one clause stands right above the other in the handbook's numbering, on whatever level: practice.19 and practice.19.4.

    Two beside one another (practice.19.1, practice.19.3) are not: they name different groups. Nor are two sections.
    """
    return clause.startswith(f"{other}.") or other.startswith(f"{clause}.")
