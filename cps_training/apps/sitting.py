"""One attempt as a page holds it: the last view the desk gave, and the way answers go. Knows no widget and no text.

The page's copy is only for showing; whatever the desk says replaces it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from cps_training.desk import protocol
from cps_training.errors import KitError


class _Asks(Protocol):
    def ask(self, message: protocol.Message) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Outcome:
    """What became of an answer. is_saved: its receipt came after COMMIT; is_replaced: the page was behind (another tab
    answered, or the attempt is finished) and now shows what is stored; message: Thai, from the desk, when not saved."""

    is_saved: bool
    is_replaced: bool = False
    message: str = ""


class Sitting:
    """The attempt of one form by the signed-in person."""

    def __init__(self, desk: _Asks, view: dict[str, Any]) -> None:
        self._desk = desk
        self.view = view

    @classmethod
    def open(cls, desk: _Asks, form_id: str, *, fresh: bool = False) -> Sitting:
        """The open attempt of the form, or a new one. Raises KitError unknown-form, not-here."""
        return cls(desk, desk.ask(protocol.OpenAttempt(form_id=form_id, fresh=fresh)))

    @property
    def items(self) -> list[dict[str, Any]]:
        return list(self.view["items"])

    def item(self, item_id: str) -> dict[str, Any]:
        """ItemView of an item. Raises KeyError naming the form's items."""
        for item in self.items:
            if item["item"] == item_id:
                return dict(item)
        raise KeyError(f"{item_id!r} is no item of {self.view['form_id']!r}; it has {[i['item'] for i in self.items]}")

    @property
    def n_answered(self) -> int:
        return sum(item["response"] is not None for item in self.items)

    def first_open(self) -> int:
        """Index of the first unanswered item; the last item when all are answered."""
        return next((n for n, item in enumerate(self.items) if item["response"] is None), len(self.items) - 1)

    def answer(self, item_id: str, response: dict[str, Any] | None, answer_id: str) -> Outcome:
        """Send a response. The outcome is saved only after the desk's COMMIT."""
        message = protocol.Answer(
            attempt_id=self.view["attempt_id"],
            item_id=item_id,
            response=response,
            answer_id=answer_id,
            expect_seq=self.view["seq"],
        )
        try:
            receipt = self._desk.ask(message)
        except KitError as error:
            return self._refused(error)
        items = [receipt["item"] if item["item"] == item_id else item for item in self.items]
        self.view |= {
            "items": items,
            "seq": max(self.view["seq"], receipt["seq"]),
            "is_complete": receipt["is_complete"],
        }
        return Outcome(is_saved=True)

    def finish(self, answer_id: str) -> Outcome:
        """Close the attempt; afterwards the view holds every judgement and the result."""
        message = protocol.Finish(attempt_id=self.view["attempt_id"], answer_id=answer_id, expect_seq=self.view["seq"])
        try:
            self.view = self._desk.ask(message)
        except KitError as error:
            return self._refused(error)
        return Outcome(is_saved=True)

    def _refused(self, error: KitError) -> Outcome:
        if "attempt" in error.details:
            self.view = error.details["attempt"]
            return Outcome(is_saved=False, is_replaced=True, message=error.message)
        return Outcome(is_saved=False, message=error.message)
