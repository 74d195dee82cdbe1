"""A board meeting rehearsed, agenda item by agenda item (docs.1, docs.4, docs.6). Its questions and answers are data."""

from __future__ import annotations

from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.explorables.texts import texts_of
from cps_training.apps.session import Session
from cps_training.views import AgendaDrill


def agenda_drill(session: Session) -> AgendaDrill:
    """What to prepare for each item and how to answer a director, at once or by checking and coming back."""
    texts, clauses = texts_of(session, "agenda_drill"), ClauseCards(session)
    check = texts.pop("check")
    named = {clause for item in texts["items"] for clause in (*item["clauses"], *item["paper_clauses"])}
    refs = {ref["id"]: ref for ref in clauses.cite(sorted(named))}
    for item in texts["items"]:
        item["cited"] = [refs[clause] for clause in item.pop("clauses") if clause in refs]
        item["paper_cited"] = [refs[clause] for clause in item.pop("paper_clauses") if clause in refs]
        for answer in item["answers"]:
            if answer.pop("is_check", False):
                answer["text"] = check
    return AgendaDrill(**texts, locale=session.locale, **clauses.wiring())
