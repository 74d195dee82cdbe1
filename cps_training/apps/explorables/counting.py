"""How many of the unit are enough for 80 per cent (km.4). Numbers to start from and all words are data."""

from __future__ import annotations

from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.explorables.texts import texts_of
from cps_training.apps.session import Session
from cps_training.views import ShareCalculator


def participation_calculator(session: Session) -> ShareCalculator:
    """N and n to move: the rate, the people still missing, who does not count and why."""
    texts, clauses = texts_of(session, "participation_calculator"), ClauseCards(session)
    cited = next(iter(clauses.cite([texts.pop("clause")])), None)
    return ShareCalculator(**texts, cited=cited, locale=session.locale, **clauses.wiring())
