"""Duties to keep apart, and debts by their age (practice.6, 12, 13, 15). Pairs of duties, figures and all words are data."""

from __future__ import annotations

from typing import Any

from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.explorables.texts import texts_of
from cps_training.apps.session import Session
from cps_training.views import AgeingExplorer, DutiesChart


def duties_chart(session: Session) -> DutiesChart:
    """The chart of a cooperative whose duties are to be given to others until nothing conflicts; then another cooperative."""
    texts, clauses = texts_of(session, "duties_chart"), ClauseCards(session)
    _cite(clauses, [*texts["pairs"], *texts["rules"]])
    texts["duties"] = {duty["id"]: duty["label"] for duty in texts["duties"]}
    return DutiesChart(**texts, locale=session.locale, **clauses.wiring())


def ageing_explorer(session: Session) -> AgeingExplorer:
    """Five years of one cooperative's loans by age, the allowance against them, and what if they cannot be collected."""
    texts, clauses = texts_of(session, "ageing_explorer"), ClauseCards(session)
    _cite(clauses, [texts["renewal"], texts["what_if"], texts["state"]])
    return AgeingExplorer(**texts, locale=session.locale, **clauses.wiring())


def _cite(clauses: ClauseCards, entries: list[dict[str, Any]]) -> None:
    """Put the citation of its clause into each entry."""
    refs = {ref["id"]: ref for ref in clauses.cite(sorted({entry["clause"] for entry in entries}))}
    for entry in entries:
        entry["cited"] = refs.get(entry.pop("clause"))
