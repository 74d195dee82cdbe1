"""Before a visit: which of its clauses need going over most, and which items ask about them. Pure; time is passed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from cps_training.assessment.mastery import Mastery
from cps_training.assessment.review import last_met

MOST_ITEMS = 5
"""Items of one refresher: it is taken ten minutes before leaving."""
_NEVER_MET = Mastery("not_started", None, 0)
_UNTOLD = 0.5
"""The level a clause with too little evidence is taken to have: mastery's own prior."""


def is_forgotten(found: Mastery, now: datetime) -> bool:
    """Whether what was once answered is due to be met again."""
    return found.memory is not None and found.memory.is_due(now)


def in_need(clauses: Sequence[str], found: Mapping[str, Mastery], now: datetime) -> tuple[str, ...]:
    """The clauses by need: forgotten (least remembered first), in progress (weakest first), never met, mastered (least remembered
    first). Where nothing tells two apart they keep their order. found: Mastery by clause; a missing one was never met.
    """
    return tuple(sorted(dict.fromkeys(clauses), key=lambda clause: _need(found.get(clause, _NEVER_MET), now)))


def _need(one: Mastery, now: datetime) -> tuple[int, float]:
    recall = one.memory.recall if one.memory is not None else 0.0
    if is_forgotten(one, now):
        return 0, recall
    if one.state == "in_progress":
        return 1, one.level if one.level is not None else _UNTOLD
    if one.state == "not_started":
        return 2, 0.0
    return 3, recall


def items_for_visit(
    clauses: Sequence[str], pool: Mapping[str, tuple[str, ...]], met: Mapping[str, datetime], now: datetime
) -> tuple[str, ...]:
    """At most MOST_ITEMS items over the clauses in this order, one a clause before any gets a second.

    pool: clauses by item id, of the items that may be shown. met: when an item was last answered: one never met comes first, then the
    one met longest ago. An item over two of the clauses serves both.
    """
    chosen: list[str] = []
    served = dict.fromkeys(clauses, 0)
    for turn in range(MOST_ITEMS):
        for clause in served:
            if len(chosen) == MOST_ITEMS:
                break
            own = [item_id for item_id, about in pool.items() if clause in about and item_id not in chosen]
            if served[clause] > turn or not own:
                continue
            chosen.append(min(own, key=lambda item_id: (last_met(met, item_id, now), item_id)))
            for each in pool[chosen[-1]]:
                if each in served:
                    served[each] += 1
    return tuple(chosen)
