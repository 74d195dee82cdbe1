"""One learner at a device: answers real items as `views/static/item_card.js` does, and keeps every receipt. Knows no figure.

What was acknowledged is for somebody else to look for in the store.
"""

from __future__ import annotations

import random
import secrets
import time
from dataclasses import dataclass
from functools import partial
from typing import Any

from benchmarks.device import ITEM_CARD, Device
from benchmarks.transport import RefusedError

RESULT_CARD, HANDBOOK = "#result_card", "#handbook_view"


@dataclass(frozen=True)
class Receipt:
    """An answer on its way, and what became known of it."""

    answer_id: str
    item: str
    response: dict[str, Any]


@dataclass(frozen=True)
class Said:
    """What one person was told. in_doubt: sent and never acknowledged; such an answer may be stored or not."""

    acknowledged: tuple[Receipt, ...]
    in_doubt: tuple[Receipt, ...] = ()
    finished: int = 0


@dataclass(frozen=True)
class Armed:
    """An answer that is ready to be sent: its frame is made already."""

    receipt: Receipt
    model_id: str
    frame: bytes


class Learner(Device):
    """chance: decides which options are chosen. in_doubt: sent, and not acknowledged (yet)."""

    def __init__(self, port: int, code: str, password: str, chance: random.Random) -> None:
        super().__init__(port, code, password)
        self.chance = chance
        self.acknowledged: list[Receipt] = []
        self.in_doubt: list[Receipt] = []

    def open_cards(self) -> list[tuple[str, dict[str, Any]]]:
        """Those that wait for an answer."""
        return [
            (key, state)
            for key, state in self.shows(ITEM_CARD)
            if state.get("mode") == "submit" and state.get("feedback") is None and state.get("presentation")
        ]

    # Answering --------------------------------------------------------------------------------------------------

    def arm(self) -> Armed:
        """The answer to the first open item, ready to be sent. Raises RefusedError when nothing is asked."""
        waiting = self.open_cards()
        if not waiting:
            raise RefusedError("the page asks nothing")
        model_id, state = waiting[0]
        presentation = state["presentation"]
        receipt = Receipt(secrets.token_hex(16), presentation["item"], respond(presentation, self.chance))
        intent = {
            "kind": "answer",
            "item": receipt.item,
            "response": receipt.response,
            "answer_id": receipt.answer_id,
        }
        content = {"comm_id": model_id, "data": {"method": "custom", "content": intent}}
        return Armed(receipt, model_id, self.framed("comm_msg", content))

    async def fire(self, armed: Armed) -> float:
        """Send it; the seconds until it is acknowledged (after its COMMIT) and its feedback is there. Raises RefusedError, TimeoutError."""
        receipt = armed.receipt
        self.in_doubt.append(receipt)

        def told() -> str:
            state = self.models.get(armed.model_id, {})
            status = state.get("status") or {}
            if status.get("answer_id") != receipt.answer_id or status.get("kind") == "saving":
                return ""
            return str(status["kind"]) if status["kind"] != "saved" or state.get("feedback") else ""

        start = time.perf_counter()
        self.send_frame(armed.frame)
        kind, at = await self.until(told)
        if kind != "saved":
            raise RefusedError(f"an answer was not saved: {kind}")
        self.in_doubt.remove(receipt)
        self.acknowledged.append(receipt)
        return at - start

    async def answer(self) -> float:
        return await self.fire(self.arm())

    async def go_on(self) -> None:
        """From a told item of a quiz to the next open one; at the end look at the result and begin anew."""
        for _ in range(3):
            if self.open_cards():
                return
            model_id, action = self._onward()
            before = self.models[model_id].get("presentation")
            self.tell(model_id, {"kind": "action", "id": action})
            if action == "finish":
                await self.until(self._result)
                self.counts.finished += 1
            else:
                await self.until(partial(self._moved, model_id, before))
                self.counts.renewed += action == "again"
        if not self.open_cards():
            raise RefusedError("the quiz does not go on")

    async def search(self, text: str) -> None:
        """Search the handbook that is open. Raises RefusedError when none is."""
        books = self.shows(HANDBOOK)
        if not books:
            raise RefusedError("no handbook is open")
        model_id, state = books[0]
        state["found"] = None  # what was found before must not answer for this search
        self.tell(model_id, {"kind": "search", "text": text})
        await self.until(lambda: (state.get("found") or {}).get("text") == text)

    def _result(self) -> str:
        return next((key for key, _ in self.shows(RESULT_CARD)), "")

    def _moved(self, model_id: str, before: Any) -> bool:
        state = self.models.get(model_id)
        return (state is None or state.get("presentation") != before) and bool(self.open_cards())

    def _onward(self) -> tuple[str, str]:
        """(model, action) of the one button that leads on. Raises RefusedError without one."""
        if result := self._result():
            return result, "again"
        for model_id, state in self.shows(ITEM_CARD):
            for action in state.get("actions") or ():
                if action.get("primary") and action["id"] in ("next", "finish"):
                    return model_id, action["id"]
        raise RefusedError("no button leads on")


def respond(presentation: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """Any response of the item's shape. Raises KeyError for an interaction that is not known here."""
    options = [option["id"] for option in presentation["options"]]
    chance.shuffle(options)
    by_interaction: dict[str, dict[str, Any]] = {
        "choose_one": {"choice": options[0]},
        "choose_many": {"choices": options[: max(1, len(options) // 2)]},
        "order": {"order": options},
    }
    return by_interaction[presentation["interaction"]]
