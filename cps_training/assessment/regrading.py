"""Scoring stored responses again under today's keys. Pure: nothing is changed; what is kept is one more step.

Only items whose version changed are looked at. A response that means nothing under the new version (its option is gone) keeps
the old one, and is reported.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cps_training.assessment.attempt import Attempt, Step
from cps_training.assessment.scoring import Result, result_of
from cps_training.items.base import ItemBase


@dataclass(frozen=True)
class Regrading:
    """versions: item id → new version, for those that can be replayed. unreadable: items whose responses cannot.

    before and after are the same where nothing changed for this attempt.
    """

    attempt: Attempt
    versions: dict[str, str]
    unreadable: tuple[str, ...]
    before: Result
    after: Result

    @property
    def is_change(self) -> bool:
        return bool(self.versions)


def regraded(attempt: Attempt, old: Mapping[str, ItemBase], today: Mapping[str, ItemBase]) -> Regrading:
    """The attempt under today's items.

    old: its items as they are scored now, by id. today: the library's, by id; an item it has no more stays as it was.
    """
    versions: dict[str, str] = {}
    unreadable = []
    for placed in attempt.placed:
        new = today.get(placed.item_id)
        if new is None or new.version == attempt.scored_version(placed.item_id):
            continue
        answers = [step.response for step in attempt.answers_to(placed.item_id) if step.response is not None]
        if new.type == old[placed.item_id].type and all(map(new.fits, answers)):
            versions[placed.item_id] = new.version
        else:
            unreadable.append(placed.item_id)
    before = result_of(attempt, old)
    items = {item_id: today[item_id] if item_id in versions else item for item_id, item in old.items()}
    replayed = replace(attempt, steps=(*attempt.steps, _step(attempt, versions))) if versions else attempt
    return Regrading(attempt, versions, tuple(unreadable), before, result_of(replayed, items))


def _step(attempt: Attempt, versions: dict[str, str]) -> Step:
    """What the replay looks like, before anything is kept."""
    return Step(attempt.seq + 1, "regrade", "replay", attempt.started_at, response={"versions": versions})
