"""Item banks as authors write them: quizzes/banks/<bank>.yaml. Holds keys: for the desk and the command line only."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import Field, ModelWrapValidatorHandler, PrivateAttr, model_validator

from cps_training.content.texts import Title
from cps_training.items import Item
from cps_training.items.base import ItemId, Strict

FOLDER = "quizzes/banks"


class Bank(Strict):
    """A bank and its items.

    An item may say `replaces: true` (office content). That belongs to the file, not to the item: it is taken off before
    the item is read, so it changes no version.
    """

    bank: ItemId
    title: Title
    items: Annotated[tuple[Item, ...], Field(min_length=1, max_length=2000)]
    _replacing: frozenset[int] = PrivateAttr(default=frozenset())

    @property
    def replacing(self) -> frozenset[int]:
        """Numbers (from 0) of the items that say `replaces: true`."""
        return self._replacing

    @model_validator(mode="wrap")
    @classmethod
    def _take_replaces(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        entries = data.get("items") if isinstance(data, dict) else None
        if not isinstance(entries, list):
            return handler(data)
        items, replacing = [], set()
        for index, entry in enumerate(entries):
            says = entry.get("replaces") if isinstance(entry, dict) else None
            if isinstance(says, bool):  # anything else stays and is refused as an unknown field
                entry = {name: value for name, value in entry.items() if name != "replaces"}
                replacing |= {index} if says else set()
            items.append(entry)
        bank = handler({**data, "items": items})
        bank._replacing = frozenset(replacing)
        return bank
