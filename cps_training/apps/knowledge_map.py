"""The map of what a learner knows: one square a clause, and what its states are called. Knows no page."""

from __future__ import annotations

from typing import Any

from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.clause_seen import STATES as STATES
from cps_training.apps.session import Session
from cps_training.views import ProgressMap


def progress_map(session: Session, progress: dict[str, Any]) -> ProgressMap:
    """One square a clause. Sections whose lessons are not in the kit yet are left out rather than shown empty."""
    sections = []
    for section in progress["sections"]:
        if not section["clauses"]:
            continue
        states = [clause["state"] for clause in section["clauses"]]
        sections.append(
            {
                "id": section["id"],
                "title": session.local(section["title"]),
                "summary": session("แม่นแล้ว %(n)s จาก %(total)s ข้อ")
                % {"n": states.count("mastered") + states.count("fading"), "total": len(states)},
                "cells": [
                    {
                        "id": clause["id"],
                        "label": session.local(clause["label"]),
                        "title": session.local(clause["title"]),
                        "state": clause["state"],
                        "state_label": session(STATES[clause["state"]]),
                    }
                    for clause in section["clauses"]
                ],
            }
        )
    return ProgressMap(
        title=session("แผนที่ความรู้"),
        sections=sections,
        legend={state: session(label) for state, label in STATES.items()},
        labels={"details": session("ดูรายข้อ")},
        locale=session.locale,
        **ClauseCards(session).wiring(),
    )
