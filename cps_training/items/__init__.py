"""Item types. `ITEM_TYPES` is the registry, in the order of the reference pages; `Item` is what a bank holds."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, TypeAdapter

from cps_training.items.base import Disguise, ItemBase, JsonDict, Presentation, Response
from cps_training.items.multiple_choice import MultipleChoice
from cps_training.items.multiple_response import MultipleResponse
from cps_training.items.ordering import Ordering

Item = Annotated[MultipleChoice | MultipleResponse | Ordering, Field(discriminator="type")]

ITEM_TYPES: tuple[type[ItemBase], ...] = (MultipleChoice, MultipleResponse, Ordering)

_ADAPTER: TypeAdapter[ItemBase] = TypeAdapter(Item)


def item_from_json(stored: JsonDict) -> ItemBase:
    """The item a stored version describes. Raises pydantic.ValidationError when it is no item."""
    return _ADAPTER.validate_python(stored)


__all__ = ["ITEM_TYPES", "Disguise", "Item", "ItemBase", "Presentation", "Response", "item_from_json"]
