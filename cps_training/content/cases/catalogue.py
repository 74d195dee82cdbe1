"""What may be put on a problem board: findings, causes, partners and next steps, the same for all cases. data/cases/catalogue.yaml.

One list for all cases gives nothing away: it names problems of other cases and tempting mistakes too. Knows no case.
"""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from cps_training.content.texts import Bilingual, Title, require_distinct
from cps_training.items.base import Strict

FILE = "data/cases/catalogue.yaml"
CatalogueId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=50)]


class Theme(Strict):
    """A heading under which findings are listed."""

    id: CatalogueId
    title: Title


class Kind(Strict):
    """A finding one may name. words: other words for it, by which a finding in somebody's own words is recognised."""

    id: CatalogueId
    theme: CatalogueId
    title: Title
    words: Annotated[tuple[str, ...], Field(max_length=40)] = ()
    words_en: Annotated[tuple[str, ...], Field(max_length=40)] = ()


class Choice(Strict):
    """A cause, a partner or a next step. critical: why taking it is a mistake that nothing else makes good; None = an ordinary one."""

    id: CatalogueId
    title: Title
    critical: Bilingual | None = None


class Partner(Choice):
    """Whom one coordinates with. sends_on: what a unit says that is asked about what is not its work; None = it cannot be consulted."""

    sends_on: Bilingual | None = None


class Catalogue(Strict):
    """catalogue.yaml."""

    themes: Annotated[tuple[Theme, ...], Field(min_length=1, max_length=12)]
    findings: Annotated[tuple[Kind, ...], Field(min_length=1, max_length=120)]
    causes: Annotated[tuple[Choice, ...], Field(min_length=1, max_length=40)]
    partners: Annotated[tuple[Partner, ...], Field(min_length=1, max_length=20)]
    steps: Annotated[tuple[Choice, ...], Field(min_length=1, max_length=60)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for name in ("themes", "findings", "causes", "partners", "steps"):
            require_distinct(tuple(one.id for one in getattr(self, name)), name)
        known = {theme.id for theme in self.themes}
        if lost := sorted({kind.theme for kind in self.findings} - known):
            raise ValueError(f"ไม่มีหมวดรหัส {', '.join(lost)} ใน themes ให้แก้ theme ของ findings หรือเพิ่มหมวด")
        return self

    def ids(self, field: str) -> tuple[str, ...]:
        """Ids of one list: findings, causes, partners or steps."""
        return tuple(one.id for one in getattr(self, field))
