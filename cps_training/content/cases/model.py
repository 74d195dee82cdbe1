"""What the files of a case say: `case.yaml` and `evidence.yaml`, as written, with places for figures in their texts. Pure; knows no learner.

A text may hold places: `{contracts}` is a fact of the case, `{borrowings@2566}` a figure of a year, `{borrowings@2566|m}` the same in
millions, `{arrears_to_loans_pct@2566}` a ratio. rendering.py fills them in, so that a variation of the case reads as well as the case.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from cps_training.content.cases.catalogue import CatalogueId
from cps_training.content.refresher import Kind as OrganisationKind
from cps_training.content.texts import Bilingual, Title, require_distinct
from cps_training.items.base import ClauseId, ItemId, Strict

FOLDER = "data/cases"
CASE_FILE, EVIDENCE_FILE, NOTES_FILE, TABLES_FOLDER = "case.yaml", "evidence.yaml", "trainer_notes.md", "tables"

CaseId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=50)]
FieldName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=50)]
Yes = Annotated[bool, Field(strict=True)]
PaperKind = Literal[
    "minutes",
    "agenda",
    "audit_note",
    "letter",
    "count_sheet",
    "dialogue",
    "report",
    "registration",
    "register",
    "receipt",
    "plan",
    "photo",
]
Absence = Literal["limit_above_borrowings", "participation_held", "shortage_dropped", "arrears_held"]
"""What a variation does to the figures when it takes a problem away: see casework.varying."""


class Organisation(Strict):
    """year_end: month and day, as 03-31. is_forecast: the five columns are forecasts, not accounts."""

    kind: OrganisationKind
    registered_on: date
    year_end: Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
    district: Title
    strength_class: Annotated[int, Field(ge=1, le=3)] | None = None
    standard: Title | None = None
    control_grade: Title | None = None
    is_forecast: Yes = False


class ProfileFact(Strict):
    """One line of the profile."""

    label: Title
    value: Bilingual


class Fact(Strict):
    """A figure that stands in papers only. A variation scales it with the money of the case (is_money), or draws it between low and high."""

    value: int
    is_money: Yes = False
    low: int | None = None
    high: int | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.low is None) != (self.high is None) or (self.is_money and self.low is not None):
            raise ValueError("ให้ใส่ low กับ high คู่กัน หรือ is_money: true อย่างใดอย่างหนึ่ง")
        if self.low is not None and self.high is not None and not self.low <= self.value <= self.high:
            raise ValueError(f"value {self.value} ต้องอยู่ระหว่าง low {self.low} กับ high {self.high}")
        return self


class Problem(Strict):
    """Something planted. kind: its finding in the catalogue. rank: the expert's order, 1 first; equal ranks are ties.

    clauses: any of them is right; accepted_clauses: accepted too, for they overlap. causes, partners, steps: accepted choices of the
    catalogue, the best first. figures: fields or ratios of the case that prove it. absent: it may be missing in a variation; what that
    does to the figures, [] = nothing; None = it is always there.
    """

    kind: CatalogueId
    title: Bilingual
    severity: Annotated[int, Field(ge=1, le=5)]
    rank: Annotated[int, Field(ge=1, le=20)]
    clauses: Annotated[tuple[ClauseId, ...], Field(min_length=1, max_length=6)]
    accepted_clauses: Annotated[tuple[ClauseId, ...], Field(max_length=12)] = ()
    causes: Annotated[tuple[CatalogueId, ...], Field(min_length=1, max_length=6)]
    partners: Annotated[tuple[CatalogueId, ...], Field(min_length=1, max_length=6)]
    steps: Annotated[tuple[CatalogueId, ...], Field(min_length=1, max_length=8)]
    figures: Annotated[tuple[FieldName, ...], Field(max_length=8)] = ()
    why: Bilingual
    absent: tuple[Absence, ...] | None = None


class RedHerring(Strict):
    """A tempting finding that is wrong here, and why."""

    kind: CatalogueId
    why: Bilingual


class Consultation(Strict):
    """Something to ask one of the academic groups. answer: what the right one says. elsewhere: what others say, by partner, where it is
    more than their usual `sends_on`."""

    id: CatalogueId
    question: Bilingual
    right: CatalogueId
    answer: Bilingual
    elsewhere: dict[CatalogueId, Bilingual] = Field(default_factory=dict)
    clauses: Annotated[tuple[ClauseId, ...], Field(min_length=1, max_length=4)]


class PaperLine(Strict):
    """A line of a paper that comes in a follow-up."""

    th: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
    en: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)] | None = None


class LaterPaper(Strict):
    """A paper that is written because of what was chosen."""

    kind: PaperKind
    title: Title
    date: date
    lines: Annotated[tuple[PaperLine, ...], Field(min_length=1, max_length=20)]


class Outcome(Strict):
    """What has come of a choice. changes: by how much fields of the last year's balance have changed, baht; both sides stay equal."""

    text: Bilingual
    changes: dict[FieldName, int] = Field(default_factory=dict)
    paper: LaterPaper


class Branch(Strict):
    """One way to decide. verdict: how the expert sees it. next: the fork that follows, None = the end."""

    id: CatalogueId
    label: Bilingual
    verdict: Literal["good", "fair", "bad"]
    why: Bilingual
    outcome: Outcome
    next: CatalogueId | None = None
    clauses: Annotated[tuple[ClauseId, ...], Field(max_length=4)] = ()


class Fork(Strict):
    """A decision of the follow-up."""

    id: CatalogueId
    question: Bilingual
    branches: Annotated[tuple[Branch, ...], Field(min_length=2, max_length=4)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        require_distinct(tuple(branch.id for branch in self.branches), "branches")
        return self


class FollowUp(Strict):
    """Three months later. The first fork is the first of the list."""

    date: date
    intro: Bilingual
    forks: Annotated[tuple[Fork, ...], Field(min_length=1, max_length=12)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        names = tuple(fork.id for fork in self.forks)
        require_distinct(names, "forks")
        for number, fork in enumerate(self.forks):
            for branch in fork.branches:
                if branch.next is not None and branch.next not in names[number + 1 :]:
                    raise ValueError(
                        f"{fork.id}.{branch.id}: next “{branch.next}” ต้องเป็นรหัสของทางแยกที่อยู่ถัดลงไป ให้แก้รหัส หรือเรียงใหม่"
                    )
        return self


class CaseFile(Strict):
    """case.yaml. parameters: limits of law, handbook and office that one needs here, by their ids in data/parameters.yaml."""

    case: CaseId
    letter: Annotated[str, StringConstraints(pattern=r"^[A-Z]$")] | None = None
    varied_from: CaseId | None = None
    seed: int | None = None
    as_of: date
    name: Title
    task: Bilingual
    minutes: Annotated[int, Field(ge=5, le=240)] = 60
    organisation: Organisation
    profile: Annotated[tuple[ProfileFact, ...], Field(min_length=1, max_length=16)]
    picture: Annotated[tuple[FieldName, ...], Field(min_length=1, max_length=6)]
    parameters: Annotated[tuple[ItemId, ...], Field(max_length=12)] = ()
    facts: dict[FieldName, Fact] = Field(default_factory=dict)
    problems: Annotated[tuple[Problem, ...], Field(min_length=1, max_length=15)]
    red_herrings: Annotated[tuple[RedHerring, ...], Field(max_length=10)] = ()
    tolerated: Annotated[tuple[CatalogueId, ...], Field(max_length=20)] = ()
    consultations: Annotated[tuple[Consultation, ...], Field(max_length=6)] = ()
    follow_up: FollowUp | None = None
    is_fictional: Yes = False
    replaces: Yes = False

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        kinds = (*(p.kind for p in self.problems), *(r.kind for r in self.red_herrings), *self.tolerated)
        require_distinct(kinds, "kind ของ problems, red_herrings และ tolerated")
        require_distinct(tuple(one.id for one in self.consultations), "consultations")
        require_distinct(self.picture, "picture")
        return self


class Line(Strict):
    """One line of a paper. supports: the findings it speaks for, planted or tempting. head: a heading, which cannot be marked.

    given, unless: the line stands there only when this problem is planted, or only when it is not.
    """

    th: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
    en: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)] | None = None
    supports: Annotated[tuple[CatalogueId, ...], Field(max_length=4)] = ()
    head: Yes = False
    given: CatalogueId | None = None
    unless: CatalogueId | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.head and self.supports:
            raise ValueError("บรรทัดหัวเรื่อง (head) ใช้เป็นหลักฐานไม่ได้ ให้ลบ supports หรือลบ head")
        return self


class Paper(Strict):
    """A document of the case, as the real paper looks. reliability: a document, or what somebody says."""

    id: CatalogueId
    kind: PaperKind
    title: Title
    issuer: Title
    date: date
    reliability: Literal["document", "hearsay"]
    lines: Annotated[tuple[Line, ...], Field(min_length=1, max_length=40)]


class EvidenceFile(Strict):
    """evidence.yaml."""

    papers: Annotated[tuple[Paper, ...], Field(min_length=1, max_length=40)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        require_distinct(tuple(paper.id for paper in self.papers), "papers")
        return self
