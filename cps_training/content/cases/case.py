"""A case ready to be worked on: texts filled in, lines chosen by what is planted, figures by year. Holds keys. Pure.

Evidence is named by references: `minutes-march:4` is the fourth line of that paper as it is shown, `figure:arrears` a figure or ratio
of the years.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from cps_training.content.cases.model import CaseFile, EvidenceFile, Line, Paper, Problem
from cps_training.content.cases.ratios import RATIO_OF, ratios_of
from cps_training.content.cases.rendering import Places, filled
from cps_training.content.cases.tables import SPEC_OF, TABLES, Rows, read_rows, write_table

FIGURE = "figure:"
"""What the reference of a figure begins with."""


@dataclass(frozen=True)
class CaseSource:
    """A case as written: its two YAML files and its tables."""

    said: CaseFile
    evidence: EvidenceFile
    tables: Mapping[str, Rows]

    @cached_property
    def years(self) -> dict[int, dict[str, Any]]:
        """All fields of the yearly tables, by year in order."""
        found: dict[int, dict[str, Any]] = {}
        for name, rows in self.tables.items():
            if SPEC_OF[name].is_yearly and name != "appropriation":
                for row in rows:
                    found.setdefault(row["year"], {}).update(row)
        return {year: found[year] for year in sorted(found)}

    @cached_property
    def ratios(self) -> dict[str, dict[int, float | None]]:
        return ratios_of(self.years)

    @property
    def places(self) -> Places:
        """What its texts may name."""
        return Places({name: fact.value for name, fact in self.said.facts.items()}, self.years, self.ratios)

    def as_json(self) -> dict[str, Any]:
        """All of it, as from_json reads it."""
        return {
            "case": self.said.model_dump(mode="json", exclude_unset=True),
            "evidence": self.evidence.model_dump(mode="json", exclude_unset=True),
            "tables": {name: write_table(rows, SPEC_OF[name]) for name, rows in self.tables.items()},
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Self:
        """What as_json gave. Raises pydantic's ValidationError."""
        return cls(
            CaseFile.model_validate_json(json.dumps(content["case"])),
            EvidenceFile.model_validate_json(json.dumps(content["evidence"])),
            {name: read_rows(text, SPEC_OF[name]) for name, text in content["tables"].items()},
        )


@dataclass(frozen=True)
class Case:
    """A case to be worked on. source: as written; said: with its texts filled in; papers: those lines that stand there."""

    source: CaseSource
    said: CaseFile
    papers: tuple[Paper, ...]

    @property
    def id(self) -> str:
        return self.said.case

    @cached_property
    def version(self) -> str:
        """A hash of all its content: work keeps the version it was done on."""
        text = json.dumps(self.source.as_json(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    @property
    def tables(self) -> Mapping[str, Rows]:
        return self.source.tables

    @property
    def years(self) -> dict[int, dict[str, Any]]:
        return self.source.years

    @property
    def ratios(self) -> dict[str, dict[int, float | None]]:
        return self.source.ratios

    @cached_property
    def problem_of(self) -> dict[str, Problem]:
        """Planted problems by kind."""
        return {problem.kind: problem for problem in self.said.problems}

    @cached_property
    def clauses(self) -> frozenset[str]:
        """Clauses its planted problems are about."""
        return frozenset(clause for problem in self.said.problems for clause in problem.clauses)

    @cached_property
    def line_of(self) -> dict[str, tuple[Paper, Line]]:
        """Lines that may be evidence, by reference."""
        return {
            f"{paper.id}:{number}": (paper, line)
            for paper in self.papers
            for number, line in enumerate(paper.lines, start=1)
            if not line.head
        }

    @cached_property
    def figure_names(self) -> tuple[str, ...]:
        """Figures and ratios that may be evidence."""
        fields = dict.fromkeys(
            name for figures in self.years.values() for name in figures if name not in ("year", "audited")
        )
        return (*fields, *RATIO_OF)

    def knows(self, reference: str) -> bool:
        """Whether something of the case has this reference."""
        if reference.startswith(FIGURE):
            return reference.removeprefix(FIGURE) in self.figure_names
        return reference in self.line_of

    def supports(self, reference: str) -> frozenset[str]:
        """The kinds a piece of evidence speaks for; () for noise and for what is not there."""
        if reference.startswith(FIGURE):
            name = reference.removeprefix(FIGURE)
            return frozenset(problem.kind for problem in self.said.problems if name in problem.figures)
        found = self.line_of.get(reference)
        return frozenset(found[1].supports) if found else frozenset()

    def is_document(self, reference: str) -> bool:
        """Whether it is on paper: accounts are, what somebody says is not."""
        if reference.startswith(FIGURE):
            return True
        found = self.line_of.get(reference)
        return bool(found) and found[0].reliability == "document"  # type: ignore[index]

    @cached_property
    def evidence_for(self) -> dict[str, tuple[str, ...]]:
        """Every reference that speaks for a kind, lines first."""
        found: dict[str, list[str]] = {}
        for reference, (_, line) in self.line_of.items():
            for kind in line.supports:
                found.setdefault(kind, []).append(reference)
        for problem in self.said.problems:
            found.setdefault(problem.kind, []).extend(FIGURE + name for name in problem.figures)
        return {kind: tuple(references) for kind, references in found.items()}


def ready(source: CaseSource) -> Case:
    """The case of a source: every place filled, every line chosen."""
    fill = source.places.fill
    planted = {problem.kind for problem in source.said.problems}

    def stands(line: Line) -> bool:
        return (line.given is None or line.given in planted) and (line.unless is None or line.unless not in planted)

    papers = []
    for paper in filled(source.evidence, fill).papers:
        lines = tuple(
            line.model_copy(update={"supports": tuple(kind for kind in line.supports if _may_count(source, kind))})
            for line in paper.lines
            if stands(line)
        )
        if lines:
            papers.append(paper.model_copy(update={"lines": lines}))
    return Case(source, filled(source.said, fill), tuple(papers))


def _may_count(source: CaseSource, kind: str) -> bool:
    return kind in {p.kind for p in source.said.problems} | {r.kind for r in source.said.red_herrings}


def table_names(tables: Mapping[str, Rows]) -> tuple[str, ...]:
    """The tables a case has, in the order they are shown."""
    return tuple(spec.name for spec in TABLES if tables.get(spec.name))
