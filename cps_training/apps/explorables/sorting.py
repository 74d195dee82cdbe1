"""What is put where it belongs: units to ask, laws to look in, kinds of evidence, steps of joint planning. All of it is data."""

from __future__ import annotations

from typing import Any

from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.explorables.texts import texts_of
from cps_training.apps.session import Session
from cps_training.views import Sorter

WORDS = "sorting"
"""The file with the labels of all sorters; each file states those of its own besides."""


def coordination_router(session: Session) -> Sorter:
    """Which of the three groups and the centre to ask first (practice.19.1–19.4)."""
    return _sorter(session, "coordination_router")


def law_router(session: Session) -> Sorter:
    """Under which law a matter begins, and when the good answer is to look it up first (role.1, practice.2, docs.1)."""
    return _sorter(session, "law_router")


def evidence_sorter(session: Session) -> Sorter:
    """Document, hearsay or opinion behind a claimed problem (practice.8.2)."""
    return _sorter(session, "evidence_sorter")


def planning_board(session: Session) -> Sorter:
    """The five steps of joint planning as a board that fills with what is done in each (practice.8.1–8.5)."""
    return _sorter(session, "planning_board", is_board=True)


def _sorter(session: Session, name: str, *, is_board: bool = False) -> Sorter:
    texts, clauses = texts_of(session, name), ClauseCards(session)
    bins, cards = texts["bins"], texts["cards"]
    ids = {clause for one in (*bins, *cards) for clause in one.get("clauses", ())}
    refs = {ref["id"]: ref for ref in clauses.cite(sorted(ids))}
    for one in bins:
        one["cited"] = next(iter(_cited(one, refs)), None)
    for one in cards:
        one["cited"] = _cited(one, refs)
    return Sorter(
        title=texts["title"],
        intro=texts["intro"],
        bins=bins,
        cards=cards,
        labels=texts_of(session, WORDS)["labels"] | texts["labels"],
        is_board=is_board,
        locale=session.locale,
        **clauses.wiring(),
    )


def _cited(one: dict[str, Any], refs: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    return [refs[clause] for clause in one.pop("clauses", ()) if clause in refs]
