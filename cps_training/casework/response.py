"""What somebody hands in for a case: findings with evidence, clause, cause, severity, partner and next step, in their order.

The same model reads a response file and a board of the case room. Whether ids exist is asked against a case; what it is worth,
scoring says. docs/reference/case-response.schema.json is made from it.
"""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from cps_training.content.cases.case import Case
from cps_training.content.cases.catalogue import Catalogue, CatalogueId
from cps_training.content.cases.model import CaseId
from cps_training.content.texts import require_distinct
from cps_training.items.base import ClauseId, Strict

MOST_FINDINGS = 80
MOST_EVIDENCE = 200
Reference = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+:[a-z0-9_]+$", max_length=120)]
"""`paper:line` or `figure:name`."""
FindingKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]


class BoardFinding(Strict):
    """One finding. kind: its entry in the catalogue; None = own words that were matched with none. words: how its writer says it.

    rank: 1 = first to be dealt with; equal ranks are ties; None = its place in the list.
    """

    id: FindingKey
    kind: CatalogueId | None = None
    words: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = ""
    evidence: Annotated[tuple[Reference, ...], Field(max_length=MOST_EVIDENCE)] = ()
    clauses: Annotated[tuple[ClauseId, ...], Field(max_length=3)] = ()
    cause: CatalogueId | None = None
    severity: Annotated[int, Field(ge=1, le=5)] | None = None
    partner: CatalogueId | None = None
    step: CatalogueId | None = None
    rank: Annotated[int, Field(ge=1, le=MOST_FINDINGS)] | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.kind is None and not self.words:
            raise ValueError("ต้องมี kind หรือ words อย่างน้อยหนึ่งอย่าง")
        require_distinct(self.evidence, "evidence")
        require_distinct(self.clauses, "clauses")
        return self


class CaseResponse(Strict):
    """A response file. version: the case's, when it was worked on; None = whatever it is today."""

    case: CaseId
    version: Annotated[str, StringConstraints(max_length=64)] | None = None
    findings: Annotated[tuple[BoardFinding, ...], Field(max_length=MOST_FINDINGS)] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        require_distinct(tuple(finding.id for finding in self.findings), "findings")
        kinds = tuple(finding.kind for finding in self.findings if finding.kind is not None)
        require_distinct(kinds, "kind ของ findings")
        return self

    @property
    def ranks(self) -> dict[str, int]:
        """The rank of each finding by its id: as stated, else its place."""
        return {one.id: one.rank or place for place, one in enumerate(self.findings, start=1)}


def unknown_in(finding: BoardFinding, case: Case, catalogue: Catalogue) -> str | None:
    """The first thing a finding names that is not there, as `field: id`; None when all is known. Clauses are the handbook's to know."""
    named = (("kind", "findings"), ("cause", "causes"), ("partner", "partners"), ("step", "steps"))
    for field, listed in named:
        value = getattr(finding, field)
        if value is not None and value not in catalogue.ids(listed):
            return f"{field}: {value}"
    lost = next((reference for reference in finding.evidence if not case.knows(reference)), None)
    return f"evidence: {lost}" if lost else None
