"""A new attempt at a form: which items in what order, under which rules. Pure: id, number, secret and time are passed in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from cps_training.assessment.attempt import Attempt, Placed
from cps_training.content.blueprints import Drawn
from cps_training.content.forms import Form
from cps_training.content.library import Library
from cps_training.items.disguise import Disguise


def new_attempt(
    library: Library,
    form: Form,
    person_id: str,
    *,
    attempt_id: str,
    number: int,
    secret: bytes,
    at: datetime,
    apart: Collection[str] = (),
) -> Attempt:
    """The attempt before its first answer. secret: decides the order of items and options, and what a retry pool draws.

    apart: items a parallel form must not take, those of the person's other form. Raises TooFewItemsError.
    """
    drawn = library.drawn(form, apart)
    disguise = Disguise(secret, form.id)
    order = {item_id: place for place, item_id in enumerate(disguise.order(tuple(one.item_id for one in drawn)))}
    if form.is_retry:
        drawn = tuple(sorted(drawn, key=lambda one: order[one.item_id]))[: library.retry_count(form)]
    if form.shuffle:
        drawn = _shuffled(drawn, order, [part.section for part in form.sections])
    placed = tuple(
        Placed(one.item_id, library.item_versions[one.item_id], one.section, _tries(library, form, one.item_id))
        for one in drawn
    )
    return Attempt(attempt_id, person_id, form.id, number, form.rules, placed, secret, at)


def _shuffled(drawn: tuple[Drawn, ...], order: dict[str, int], sections: list[str]) -> tuple[Drawn, ...]:
    """In the attempt's own order within each section; sections stay as the form has them."""
    places = {section: place for place, section in enumerate(sections)}
    return tuple(sorted(drawn, key=lambda one: (places.get(one.section or "", 0), order[one.item_id])))


def _tries(library: Library, form: Form, item_id: str) -> int:
    """Hints + 1 where the form allows tries; an opinion or a text that waits for its marker is given once."""
    item = library.items[item_id]
    return len(item.hints) + 1 if form.feedback == "tries" and item.is_scored and not item.needs_rubric else 1
