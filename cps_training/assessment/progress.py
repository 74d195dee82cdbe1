"""From a person's attempts to what may be said of each clause. Pure; derived anew each time, never stored.

One answer counts an attempt and item: what stands when the item is released. What may not be told now (an open exam, a review held
back) is left out, or progress would tell what is right; so is what waits for a marker or is never scored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from cps_training.assessment.attempt import Attempt
from cps_training.assessment.mastery import Evidence, Mastery, clause_mastery
from cps_training.assessment.release import item_level, review_level, shows
from cps_training.assessment.review import Answered, items_for_today, memories
from cps_training.assessment.scoring import fraction_of, result_of
from cps_training.items.base import ItemBase

Versions = Mapping[tuple[str, str], ItemBase]


def scored_items(attempt: Attempt, versions: Versions) -> dict[str, ItemBase]:
    """The attempt's items by id, in the versions they are scored under. versions: by (item id, version)."""
    return {p.item_id: versions[(p.item_id, attempt.scored_version(p.item_id))] for p in attempt.placed}


def released_answers(attempts: Iterable[Attempt], versions: Versions, now: datetime) -> list[tuple[Answered, ItemBase]]:
    """Every released answer with its item, by time; of equal times the later attempt's last."""
    found = []
    for attempt in attempts:
        items = scored_items(attempt, versions)
        is_passed = result_of(attempt, items).is_passed if attempt.is_finished else None
        review = review_level(attempt, is_passed, now)
        for item_id, item in items.items():
            if not attempt.has_answered(item_id) or not shows(item_level(attempt, item, review), "verdicts"):
                continue
            fraction = fraction_of(attempt, item)
            if fraction is not None:
                found.append((Answered(item_id, attempt.answers_to(item_id)[-1].at, fraction), item))
    return sorted(found, key=lambda pair: pair[0].at)


def progress_of(
    clause_ids: Iterable[str], answers: list[tuple[Answered, ItemBase]], now: datetime
) -> dict[str, Mastery]:
    """Mastery by clause. answers: as released_answers gives them; the latest to each item is its evidence, all are remembered."""
    clauses_of = {answered.item_id: item.clauses for answered, item in answers}
    latest = {answered.item_id: Evidence(answered.fraction, item.guess) for answered, item in answers}
    remembered = memories([answered for answered, _ in answers], clauses_of, now)
    return clause_mastery(clause_ids, clauses_of, latest, remembered, now)


def review_of(
    answers: list[tuple[Answered, ItemBase]], pool: Mapping[str, tuple[str, ...]], now: datetime
) -> tuple[str, ...]:
    """The items of today's review, empty when nothing is due. pool: clauses by item id, of what may be shown."""
    clauses_of = {answered.item_id: item.clauses for answered, item in answers}
    remembered = memories([answered for answered, _ in answers], clauses_of, now)
    met = {answered.item_id: answered.at for answered, _ in answers}
    return items_for_today(remembered, pool, met, now)
