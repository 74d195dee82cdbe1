"""Item types. `ITEM_TYPES` is the registry, in the order of the reference pages; `Item` is what a bank holds."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, TypeAdapter

from cps_training.items.base import ItemBase, JsonDict, Presentation, Response
from cps_training.items.categorise import Categorise
from cps_training.items.cloze import Cloze
from cps_training.items.disguise import Disguise
from cps_training.items.essay import Essay
from cps_training.items.evidence_marking import EvidenceMarking
from cps_training.items.likert import Likert
from cps_training.items.matching import Matching
from cps_training.items.multiple_choice import MultipleChoice
from cps_training.items.multiple_response import MultipleResponse
from cps_training.items.numeric import Numeric
from cps_training.items.ordering import Ordering
from cps_training.items.parametric import Parametric
from cps_training.items.short_text import ShortTextItem
from cps_training.items.true_false import TrueFalse

Item = Annotated[
    MultipleChoice
    | MultipleResponse
    | TrueFalse
    | Ordering
    | Matching
    | Categorise
    | Numeric
    | Parametric
    | ShortTextItem
    | Cloze
    | EvidenceMarking
    | Essay
    | Likert,
    Field(discriminator="type"),
]

ITEM_TYPES: tuple[type[ItemBase], ...] = (
    MultipleChoice,
    MultipleResponse,
    TrueFalse,
    Ordering,
    Matching,
    Categorise,
    Numeric,
    Parametric,
    ShortTextItem,
    Cloze,
    EvidenceMarking,
    Essay,
    Likert,
)

_ADAPTER: TypeAdapter[ItemBase] = TypeAdapter(Item)


def item_from_json(stored: JsonDict) -> ItemBase:
    """The item a stored version describes. Raises pydantic.ValidationError when it is no item."""
    return _ADAPTER.validate_python(stored)


__all__ = ["ITEM_TYPES", "Disguise", "Item", "ItemBase", "Presentation", "Response", "item_from_json"]
