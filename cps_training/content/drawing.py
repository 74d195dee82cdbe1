"""From which items a blueprint draws: those that no other form and no lesson shows, and only where these do not reach, any.

Otherwise a pre-test would ask what a practice form has just explained. An office's own form over shipped items must not leave
a shipped blueprint without items, therefore the second pool. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from cps_training.content.blueprints import Blueprint, Drawn, TooFewItemsError, draw
from cps_training.content.forms import Form
from cps_training.content.lessons import Lesson
from cps_training.items.base import ItemBase


class Pools(NamedTuple):
    """held_back: items that stand on no form. wide: all but the lessons' checkpoints."""

    held_back: Mapping[str, ItemBase]
    wide: Mapping[str, ItemBase]


def pools_of(items: Mapping[str, ItemBase], forms: Iterable[Form], lessons: Iterable[Lesson]) -> Pools:
    forms = tuple(forms)
    taught = {item_id for lesson in lessons for item_id in lesson.checkpoints}
    shown = {item_id for form in forms for item_id, _ in form.named_items} | taught
    shown |= {item_id for form in forms for part in form.sections for item_id in part.retry}
    return Pools(
        {item_id: item for item_id, item in items.items() if item_id not in shown},
        {item_id: item for item_id, item in items.items() if item_id not in taught},
    )


def draw_from(
    blueprint: Blueprint, pools: Pools, seed: int, twin: Sequence[Drawn] = (), apart: Collection[str] = ()
) -> tuple[Drawn, ...]:
    """`draw` from the items held back, or from the wide pool. Raises TooFewItemsError of the wide one."""
    try:
        return draw(blueprint, pools.held_back, seed, twin, apart)
    except TooFewItemsError:
        return draw(blueprint, pools.wide, seed, twin, apart)
