"""The expert's path beside the learner's, as plain data for the page: what was planted, how it is proved, and what was made of it. Pure.

Holds keys: it is told after handing in, never before. Texts come in both languages, as the case has them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cps_training.casework.marking import Marks
from cps_training.casework.response import BoardFinding, CaseResponse
from cps_training.casework.scoring import CaseScore, in_expert_order
from cps_training.content.cases.case import FIGURE, Case
from cps_training.content.cases.catalogue import Catalogue
from cps_training.content.cases.model import Problem
from cps_training.content.texts import Bilingual

NOT_HERE = Bilingual(
    th="เอกสารและตัวเลขของกรณีนี้ยังไม่พอที่จะสรุปเช่นนั้น ก่อนเขียนลงกระดานควรมีหลักฐานที่เป็นเอกสารอย่างน้อยหนึ่งชิ้น",
    en="The papers and figures of this case do not carry that far. Before it goes on the board, at least one document should prove it.",
)
"""Of an accusation that is no red herring."""

Json = dict[str, Any]


def comparison(case: Case, catalogue: Catalogue, response: CaseResponse, score: CaseScore) -> Json:
    """{problems, false_alarms, tolerated, unmatched, critical_errors}: what a learner reads after handing in.

    problems, in the expert's order: {kind, title, severity, rank, why, clauses, accepted_clauses, causes, partners, steps, evidence, mine}.
    evidence: every reference that proves it, {reference, is_mine, is_document, paper, line}, the learner's among them marked; mine: {finding, rank,
    marks, beside_the_point: attached, yet no proof}, None when missed. false_alarms: {finding, title, is_red_herring, why}.
    score: of this response, as scoring.score gave it.
    """
    of_kind = {finding.kind: finding for finding in response.findings if finding.kind is not None}
    titles = {kind.id: kind.title for kind in catalogue.findings}
    whys = {one.kind: one.why for one in case.said.red_herrings}
    unmatched = set(score.unmatched)
    return {
        "problems": [
            _problem(problem, case, of_kind.get(problem.kind), score.marks.get(problem.kind), response.ranks)
            for problem in in_expert_order(case)
        ],
        "false_alarms": [
            {
                "finding": of_kind[kind].model_dump(mode="json"),
                "title": _text(titles[kind]),
                "is_red_herring": kind in whys,
                "why": _text(whys.get(kind, NOT_HERE)),
            }
            for kind in score.false_alarms
        ],
        "tolerated": [
            {"finding": of_kind[kind].model_dump(mode="json"), "title": _text(titles[kind])} for kind in score.tolerated
        ],
        "unmatched": [finding.model_dump(mode="json") for finding in response.findings if finding.id in unmatched],
        "critical_errors": [error.as_json() for error in score.critical_errors],
    }


def _problem(
    problem: Problem, case: Case, finding: BoardFinding | None, marks: Marks | None, ranks: dict[str, int]
) -> Json:
    attached = finding.evidence if finding else ()
    mine = None
    if finding is not None and marks is not None:
        mine = {
            "finding": finding.model_dump(mode="json"),
            "rank": ranks[finding.id],
            "marks": _marks(marks),
            "beside_the_point": _references(case, (one for one in attached if one not in marks.supporting)),
        }
    return {
        "kind": problem.kind,
        "title": _text(problem.title),
        "severity": problem.severity,
        "rank": problem.rank,
        "why": _text(problem.why),
        "clauses": list(problem.clauses),
        "accepted_clauses": list(problem.accepted_clauses),
        "causes": list(problem.causes),
        "partners": list(problem.partners),
        "steps": list(problem.steps),
        "evidence": [
            one | {"is_mine": one["reference"] in attached}
            for one in _references(case, case.evidence_for.get(problem.kind, ()))
        ],
        "mine": mine,
    }


def _marks(marks: Marks) -> Json:
    return {
        "precision": round(marks.precision, 4),
        "recall": round(marks.recall, 4),
        "is_documented": marks.is_documented,
        "clause": marks.clause,
        "clause_share": marks.clause_share,
        "has_cause": marks.has_cause,
        "has_partner": marks.has_partner,
        "has_step": marks.has_step,
        "severity_share": marks.severity_share,
    }


def _references(case: Case, references: Iterable[str]) -> list[Json]:
    """What references say: a line with its paper, or the name of a figure (paper and line None). What is not there any more is left out."""
    found = []
    for reference in references:
        if reference.startswith(FIGURE):
            paper, line = None, None
        elif reference in case.line_of:
            at, said = case.line_of[reference]
            paper, line = _text(at.title), {"th": said.th, "en": said.en}
        else:
            continue
        found.append({"reference": reference, "is_document": case.is_document(reference), "paper": paper, "line": line})
    return found


def _text(text: Bilingual) -> Json:
    return {"th": text.th, "en": text.en}
