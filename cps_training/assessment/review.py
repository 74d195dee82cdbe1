"""When a clause should be met again: the FSRS memory model over every answer to its items. Pure; time is passed in.

All items of a clause are one thing to remember. The schedule is replayed from the answers each time it is asked, never stored, so
that a regrading or a corrected answer moves it too. Model and default weights: FSRS-6 (open-spaced-repetition, py-fsrs).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from fsrs import Card, Rating, Scheduler

from cps_training.clock import require_aware

RETENTION = 0.9
"""A clause is due once the chance of still knowing it has fallen to this: FSRS's own default."""
LONGEST_DAYS = 365
"""Once a year everybody meets every clause again: rules change with the fiscal year."""

# No steps of minutes (a learner of ten-minute sittings does not wait for them), and no fuzz: the same answers, the same day.
_SCHEDULER = Scheduler(
    desired_retention=RETENTION,
    learning_steps=(),
    relearning_steps=(),
    maximum_interval=LONGEST_DAYS,
    enable_fuzzing=False,
)


@dataclass(frozen=True)
class Answered:
    """One released answer to an item: when, and its fraction, 0…1."""

    item_id: str
    at: datetime
    fraction: float


@dataclass(frozen=True)
class Memory:
    """What is left of a clause. due: when it should be met again; recall: the chance of knowing it now, 0…1."""

    due: datetime
    recall: float

    def is_due(self, now: datetime) -> bool:
        return now >= self.due


def rating_of(fraction: float) -> Rating:
    """Right = Good, partly = Hard, wrong = Again. Nobody is asked how easy it was, so Easy is never given."""
    if fraction >= 1:
        return Rating.Good
    return Rating.Hard if fraction > 0 else Rating.Again


def memory_of(answers: Iterable[Answered], now: datetime) -> Memory | None:
    """The memory of a clause after these answers, in the order of their times; None before the first.

    Raises ValueError for a naive time.
    """
    card: Card | None = None
    for one in sorted(answers, key=lambda answered: (require_aware(answered.at), answered.item_id)):
        card, _ = _SCHEDULER.review_card(card or Card(card_id=1, due=one.at), rating_of(one.fraction), one.at)
    if card is None:
        return None
    return Memory(card.due, _SCHEDULER.get_card_retrievability(card, require_aware(now)))


def memories(
    answers: Iterable[Answered], clauses_of: Mapping[str, tuple[str, ...]], now: datetime
) -> dict[str, Memory]:
    """Memory by clause. An answer to an item over several clauses is an answer to each."""
    by_clause: dict[str, list[Answered]] = {}
    for one in answers:
        for clause in clauses_of.get(one.item_id, ()):
            by_clause.setdefault(clause, []).append(one)
    return {clause: memory for clause, own in by_clause.items() if (memory := memory_of(own, now)) is not None}


MOST_A_DAY = 10
"""Items of one day's review: one ten-minute sitting."""


def items_for_today(
    due: Mapping[str, Memory], pool: Mapping[str, tuple[str, ...]], met: Mapping[str, datetime], now: datetime
) -> tuple[str, ...]:
    """At most MOST_A_DAY items over the clauses that are due, the least remembered first and one a clause before a second.

    pool: clauses by item id, of the items a review may show. met: when an item was last answered: one never met, then the one
    met longest ago. An item over two due clauses serves both.
    """
    waiting = sorted((clause for clause, memory in due.items() if memory.is_due(now)), key=lambda c: (due[c].recall, c))
    chosen: list[str] = []
    served: set[str] = set()
    for clause in waiting:
        if clause in served or len(chosen) == MOST_A_DAY:
            continue
        own = [item_id for item_id, clauses in pool.items() if clause in clauses and item_id not in chosen]
        if own:
            chosen.append(min(own, key=lambda item_id: (last_met(met, item_id, now), item_id)))
            served |= set(pool[chosen[-1]])
    return tuple(chosen)


def last_met(met: Mapping[str, datetime], item_id: str, now: datetime) -> timedelta:
    """How long ago it was met, negative, so that the longest ago comes first; never is before everything."""
    return -(now - met[item_id]) if item_id in met else timedelta.min
