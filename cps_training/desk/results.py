"""Results of a person's attempts, with what a retry pool made good and which attempt counts. Only reads what it is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection

from cps_training.assessment.attempt import Attempt
from cps_training.assessment.progress import scored_items
from cps_training.assessment.scoring import Result, result_of
from cps_training.content.forms import RETRY_PREFIX
from cps_training.content.library import Library
from cps_training.content.rules import Attempts
from cps_training.items import ItemBase
from cps_training.records import attempts as stored

Pair = tuple[str, str]


def versions_of(library: Library, conn: Connection, attempts: Iterable[Attempt]) -> dict[Pair, ItemBase]:
    """Every item version the attempts show or are scored under.

    The library's own where the version is the same: a corrected rationale changes no version, and everybody should read it.
    """
    pairs = {
        pair
        for attempt in attempts
        for placed in attempt.placed
        for pair in (
            (placed.item_id, placed.item_version),
            (placed.item_id, attempt.scored_version(placed.item_id)),
        )
    }
    versions = library.item_versions
    today = {pair: library.items[pair[0]] for pair in pairs if versions.get(pair[0]) == pair[1]}
    return today | stored.items_of(conn, pairs - today.keys())


def result(attempt: Attempt, versions: Mapping[Pair, ItemBase], others: Iterable[Attempt]) -> Result:
    """The attempt's result. others: attempts of the same person, among them those at its retry pools."""
    made_good = frozenset(
        rule.section
        for rule in attempt.rules.sections
        if rule.retry and any(_makes_good(other, attempt, rule.section, versions) for other in others)
    )
    return result_of(attempt, scored_items(attempt, versions), made_good)


def _makes_good(other: Attempt, attempt: Attempt, section: str, versions: Mapping[Pair, ItemBase]) -> bool:
    if other.form_id != f"{RETRY_PREFIX}{attempt.form_id}:{section}" or not other.is_finished:
        return False
    if attempt.finished_at is None or other.started_at < attempt.finished_at:
        return False
    return result_of(other, scored_items(other, versions)).is_passed is True


def counted(results: list[tuple[Attempt, Result]], rule: Attempts) -> tuple[Attempt, Result]:
    """The finished attempt that is the result; the later of equals where the best counts. results: by number, not empty."""
    if rule.counts == "first":
        return results[0]
    if rule.counts == "last":
        return results[-1]
    return max(reversed(results), key=lambda one: (one[1].is_passed is True, one[1].points))


def as_of(attempts: Iterable[Attempt], now: datetime) -> list[Attempt]:
    """The attempts as they stand now: those whose time is up are finished."""
    return [attempt.as_of(now) for attempt in attempts]
