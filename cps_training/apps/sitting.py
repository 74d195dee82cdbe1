"""One attempt as a page holds it: the last view the desk gave, and the way answers go. Knows no widget and no text.

The page's copy is only for showing; whatever the desk says replaces it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from cps_training.desk import protocol
from cps_training.errors import KitError

Response = dict[str, Any]
_Send = Callable[[], Iterable[dict[str, Any]]]
"""Sends something and gives the clauses told with its receipt."""

SIGNED_OUT = frozenset(("not-signed-in", "ticket-refused"))
"""Refusals after which this page can save nothing any more: the session ended, or the person was signed out."""


UNREADABLE = frozenset(("not-a-number", "not-a-date", "too-long"))
"""Refusals of what was typed; the message says how to write it."""


class _Asks(Protocol):
    def ask(self, message: protocol.Message) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Outcome:
    """What became of an answer. is_saved: its receipt came after COMMIT; is_replaced: the page was behind (this item was
    answered elsewhere, or the attempt is finished) and now shows what is stored; is_caught_up: other items of the view
    changed too. code and message (Thai) are the desk's, when not saved. clauses: those the feedback cites, when the desk
    told them with the receipt."""

    is_saved: bool
    is_replaced: bool = False
    is_caught_up: bool = False
    code: str = ""
    message: str = ""
    clauses: tuple[dict[str, Any], ...] = ()

    @property
    def is_unreadable(self) -> bool:
        """Whether it was typed so that nobody can read it: nothing is stored, and sending the same again would not help."""
        return self.code in UNREADABLE

    @property
    def is_signed_out(self) -> bool:
        """Whether this page can save nothing any more."""
        return self.code in SIGNED_OUT


class Sitting:
    """The attempt of one form by the signed-in person."""

    def __init__(self, desk: _Asks, view: dict[str, Any]) -> None:
        self._desk = desk
        self.view = view
        self._in_doubt: dict[str, list[Response | None]] = {}

    @classmethod
    def open(cls, desk: _Asks, form_id: str, *, fresh: bool = False) -> Sitting:
        """The open attempt of the form, or a new one. Raises KitError unknown-form, not-here."""
        return cls(desk, desk.ask(protocol.OpenAttempt(form_id=form_id, fresh=fresh)))

    @property
    def view(self) -> dict[str, Any]:
        """The AttemptView as last told."""
        return self._view

    @view.setter
    def view(self, told: dict[str, Any]) -> None:
        self._view, self._told_at = told, time.monotonic()

    @property
    def seconds_left(self) -> float | None:
        """Until the time is up, by this kernel's clock since the desk told it; None without a limit or when finished."""
        told = self._view["seconds_left"]
        return None if told is None else max(0.0, told - (time.monotonic() - self._told_at))

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

    def answer(self, item_id: str, response: Response | None, answer_id: str, certainty: int | None = None) -> Outcome:
        """Send a response. The outcome is saved only after the desk's COMMIT.

        When the attempt moved on unseen, but not on this item (another tab answered another one, or an answer of this page
        was stored after all though its receipt never came), the page catches up and sends the same answer once more."""

        def send() -> Iterable[dict[str, Any]]:
            receipt = self._desk.ask(
                protocol.Answer(
                    attempt_id=self.view["attempt_id"],
                    item_id=item_id,
                    response=response,
                    answer_id=answer_id,
                    expect_seq=self.view["seq"],
                    certainty=certainty,
                )
            )
            self._in_doubt.pop(item_id, None)
            self._view |= {
                "items": [receipt["item"] if item["item"] == item_id else item for item in self.items],
                "seq": max(self.view["seq"], receipt["seq"]),
                "is_complete": receipt["is_complete"],
            }
            return receipt["clauses"]

        return self._sent(send, items=(item_id,), in_doubt=(item_id, response))

    def finish(self, answer_id: str) -> Outcome:
        """Close the attempt; afterwards the view holds every judgement and the result."""

        def send() -> Iterable[dict[str, Any]]:
            self.view = self._desk.ask(
                protocol.Finish(attempt_id=self.view["attempt_id"], answer_id=answer_id, expect_seq=self.view["seq"])
            )
            return ()

        return self._sent(send, items=tuple(item["item"] for item in self.items))

    def run_out(self, answer_id: str) -> bool:
        """Close the attempt because its time is up, whatever another tab answered meanwhile; True when it is closed."""
        if not self.view["is_finished"] and self.finish(answer_id).is_replaced and not self.view["is_finished"]:
            self.finish(answer_id)
        return bool(self.view["is_finished"])

    def read_again(self, section: str, answer_id: str) -> Outcome:
        """Say that the reading of a failed section was gone through; its retry pool is open afterwards."""

        def send() -> Iterable[dict[str, Any]]:
            asked = protocol.ReadAgain(attempt_id=self.view["attempt_id"], section=section, answer_id=answer_id)
            self.view = self._desk.ask(asked)
            return ()

        return self._once(send, None)

    def _sent(
        self,
        send: _Send,
        *,
        items: tuple[str, ...],
        in_doubt: tuple[str, Response | None] | None = None,
    ) -> Outcome:
        """Send once, and once more where only the page's sequence number was old. items: what must not have changed
        unseen, or a second sending would overwrite it."""
        seen = {item["item"]: item["response"] for item in self.items}
        outcome = self._once(send, in_doubt)
        if outcome.code != "out-of-sequence" or not all(self._is_known(item_id, seen) for item_id in items):
            return outcome
        return replace(self._once(send, in_doubt), is_caught_up=True)

    def _once(self, send: _Send, in_doubt: tuple[str, Response | None] | None) -> Outcome:
        try:
            clauses = tuple(send())
        except KitError as error:
            if "attempt" in error.details:
                self.view = error.details["attempt"]
                return Outcome(False, is_replaced=True, is_caught_up=True, code=error.code, message=error.message)
            if error.code == "desk-unreachable" and in_doubt is not None:  # it may have been stored all the same
                self._in_doubt.setdefault(in_doubt[0], []).append(in_doubt[1])
            return Outcome(False, code=error.code, message=error.message)
        return Outcome(True, clauses=clauses)

    def _is_known(self, item_id: str, seen: dict[str, Any]) -> bool:
        """Whether the stored response of an item is the one the page showed, or one this page had sent itself."""
        stored = _comparable(self.item(item_id)["response"])
        sent = [seen.get(item_id), *self._in_doubt.get(item_id, [])]
        return any(stored == _comparable(response) for response in sent)


def _comparable(response: Response | None) -> Any:
    """A response without the order in which boxes were ticked; pairs and gaps have none as they are."""
    return {"choices": sorted(response["choices"])} if response and "choices" in response else response
