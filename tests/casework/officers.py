"""Officers who work a case: made from its keys, so that they fit every case that ships and every variation."""

from __future__ import annotations

from typing import Any

from cps_training.casework.response import CaseResponse
from cps_training.casework.scoring import in_expert_order
from cps_training.content.cases.case import Case
from cps_training.content.cases.catalogue import Catalogue
from cps_training.content.cases.model import Problem


def response(case: Case, *findings: dict[str, Any]) -> CaseResponse:
    return CaseResponse(case=case.id, findings=findings)


def finding_of(case: Case, problem: Problem) -> dict[str, Any]:
    """What a good officer writes about a problem: three pieces of evidence, one on paper, and the expert's best choices."""
    all_of_it = sorted(case.evidence_for[problem.kind], key=lambda reference: not case.is_document(reference))
    return {
        "id": problem.kind,
        "kind": problem.kind,
        "evidence": tuple(all_of_it[:3]),
        "clauses": problem.clauses[:1],
        "cause": problem.causes[0],
        "severity": problem.severity,
        "partner": problem.partners[0],
        "step": problem.steps[0],
        "rank": problem.rank,
    }


def good_findings(case: Case) -> list[dict[str, Any]]:
    return [finding_of(case, problem) for problem in in_expert_order(case)]


def good(case: Case) -> CaseResponse:
    return response(case, *good_findings(case))


def accuser_of_everything(case: Case, catalogue: Catalogue) -> CaseResponse:
    """Names the whole catalogue with every line attached; clause, cause, partner and step happen to be right wherever there is something."""
    lines = tuple(case.line_of)[:200]
    right = {finding["kind"]: finding for finding in good_findings(case)}
    kinds = catalogue.ids("findings")
    return response(
        case, *(right.get(kind, {"id": kind, "kind": kind}) | {"evidence": lines, "rank": None} for kind in kinds)
    )


def taker_of_red_herrings(case: Case) -> CaseResponse:
    """Finds everything perfectly and takes every red herring besides."""
    return response(case, *good_findings(case), *({"id": red.kind, "kind": red.kind} for red in case.said.red_herrings))


def critical_step(case: Case, catalogue: Catalogue) -> CaseResponse:
    """A good board with one more note, in words of its own, whose next step is a mistake that nothing makes good."""
    step = next(step.id for step in catalogue.steps if step.critical)
    return response(case, *good_findings(case), {"id": "note", "words": "ข้อสังเกตอื่น", "step": step})
