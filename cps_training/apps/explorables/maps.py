"""The handbook at a glance, and the seven KM duties as one round. Their texts are data."""

from __future__ import annotations

from typing import Any

from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.explorables.texts import texts_of
from cps_training.apps.session import Session
from cps_training.views import PartsMap, StepRing


def handbook_map(session: Session) -> PartsMap:
    """The seven parts with their counts and what each is for; each opens its first clause."""
    return PartsMap(**_cited(session, "handbook_map", "parts"))


def km_cycle(session: Session) -> StepRing:
    """km.1–7 as a round (our reading, and the ring says so)."""
    return StepRing(**_cited(session, "km_cycle", "steps"))


def _cited(session: Session, name: str, entries: str) -> dict[str, Any]:
    """The file's texts with the citation of each entry, and what a widget with citations needs besides."""
    texts, clauses = texts_of(session, name), ClauseCards(session)
    refs = {ref["id"]: ref for ref in clauses.cite([entry["clause"] for entry in texts[entries]])}
    for entry in texts[entries]:
        entry["cited"] = refs.get(entry.pop("clause"))
    return texts | {"locale": session.locale} | clauses.wiring()
