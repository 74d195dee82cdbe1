"""The rubric for what rules cannot see of a plan: criteria with four levels, from data/planning/rubric.yaml. Knows no plan, no person and no rule.

The criteria are the kit's own; the clause of each is what it rests on in the handbook.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from cps_training.content.cases.catalogue import CatalogueId
from cps_training.content.loading import read_model
from cps_training.content.texts import Bilingual, Title, require_distinct
from cps_training.errors import ContentError
from cps_training.items.base import ClauseId, Strict

RUBRIC = "data/planning/rubric.yaml"
LEVELS = 4
MOST_CRITERIA = 10


class Criterion(Strict):
    """One thing to look at. levels: from 1, the least, to 4; each is a sentence about what is seen in the plan."""

    id: CatalogueId
    title: Title
    clause: ClauseId
    levels: Annotated[tuple[Bilingual, ...], Field(min_length=LEVELS, max_length=LEVELS)]


class Rubric(Strict):
    """rubric.yaml: its criteria in the order in which they are shown."""

    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1, max_length=MOST_CRITERIA)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        require_distinct(tuple(one.id for one in self.criteria), "criteria")
        return self

    def as_json(self) -> list[dict[str, Any]]:
        """[{"id", "title": {"th", "en"}, "clause", "levels": [{"n": 1–4, "text": {"th", "en"}}]}]; without a translation "en" is the Thai."""
        return [
            {
                "id": one.id,
                "title": _both(one.title),
                "clause": one.clause,
                "levels": [{"n": n, "text": _both(text)} for n, text in enumerate(one.levels, start=1)],
            }
            for one in self.criteria
        ]

    def fits(self, levels: Mapping[str, int]) -> bool:
        """Whether these are levels of these criteria; not every criterion needs one."""
        known = {one.id for one in self.criteria}
        return all(name in known and type(n) is int and 1 <= n <= LEVELS for name, n in levels.items())


def read_rubric(root: Path) -> Rubric:
    """The rubric below a content root. Raises ContentError with every mistake, each at its line and column."""
    read = read_model(root / RUBRIC, Rubric, shown_as=RUBRIC)
    if read.value is None or read.findings:
        raise ContentError(tuple(sorted(read.findings)))
    return read.value


def _both(text: Bilingual) -> dict[str, str]:
    return {"th": text.th, "en": text.en or text.th}
