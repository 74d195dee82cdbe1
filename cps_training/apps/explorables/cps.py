"""The CPS cycle and the two gates of a visit. Their texts and rules are data."""

from __future__ import annotations

from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.explorables.texts import texts_of
from cps_training.apps.session import Session
from cps_training.views import CycleDiagram, GateTimeline


def cycle_diagram(session: Session) -> CycleDiagram:
    """The four phases of the figure with the clauses we read into each (our reading, and the diagram says so)."""
    texts, clauses = texts_of(session, "cps_cycle"), ClauseCards(session)
    phases = [phase | {"clauses": clauses.cite(phase["clauses"])} for phase in texts["phases"]]
    return CycleDiagram(
        title=texts["title"], note=texts["note"], phases=phases, locale=session.locale, **clauses.wiring()
    )


def gate_timeline(session: Session) -> GateTimeline:
    """The six steps with their two gates, and days to move: which order of days breaks which clause."""
    texts, clauses = texts_of(session, "two_gates"), ClauseCards(session)
    named = {entry["clause"] for entry in (*texts["steps"], *texts["rules"]) if entry.get("clause")}
    refs = {ref["id"]: ref for ref in clauses.cite(sorted(named))}
    for step in texts["steps"]:
        step["cited"] = refs.get(step.get("clause"))
        step["clause"] = step["cited"]["label"] if step["cited"] else ""
    for rule in texts["rules"]:
        rule["cited"] = refs.get(rule.pop("clause", None))
    return GateTimeline(**texts, locale=session.locale, **clauses.wiring())
