"""Explorable pictures of the lessons: the CPS cycle and the two gates. Their texts are data in data/explorables/.

Nothing here is scored or stored.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml

from cps_training import places
from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.session import Session
from cps_training.views import CycleDiagram, GateTimeline

FILES = ("cps_cycle", "two_gates")


@cache
def _file(name: str) -> Any:
    with (places.shipped() / "data" / "explorables" / f"{name}.yaml").open(encoding="utf-8") as handle:
        return yaml.safe_load(handle)


def prepare() -> None:
    """Read the files, which costs half of what a lesson costs: done once before kernels are forked."""
    for name in FILES:
        _file(name)


def _texts(session: Session, name: str) -> Any:
    """The file's texts with every {th, en} pair replaced by the person's language: a copy of its own."""
    return _spoken(session, _file(name))


def _spoken(session: Session, value: Any) -> Any:
    if isinstance(value, dict):
        if set(value) == {"th", "en"}:
            return session.local(value)
        return {key: _spoken(session, inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_spoken(session, inner) for inner in value]
    return value


def cycle_diagram(session: Session) -> CycleDiagram:
    """The four phases of the figure with the clauses we read into each (our reading, and the diagram says so)."""
    texts, clauses = _texts(session, "cps_cycle"), ClauseCards(session)
    phases = [phase | {"clauses": clauses.cite(phase["clauses"])} for phase in texts["phases"]]
    return CycleDiagram(
        title=texts["title"], note=texts["note"], phases=phases, locale=session.locale, **clauses.wiring()
    )


def gate_timeline(session: Session) -> GateTimeline:
    """The six steps with their two gates, and days to move: which order of days breaks which clause."""
    texts, clauses = _texts(session, "two_gates"), ClauseCards(session)
    named = {entry["clause"] for entry in (*texts["steps"], *texts["rules"]) if entry.get("clause")}
    refs = {ref["id"]: ref for ref in clauses.cite(sorted(named))}
    for step in texts["steps"]:
        step["cited"] = refs.get(step.get("clause"))
        step["clause"] = step["cited"]["label"] if step["cited"] else ""
    for rule in texts["rules"]:
        rule["cited"] = refs.get(rule.pop("clause", None))
    return GateTimeline(**texts, locale=session.locale, **clauses.wiring())
