"""One question: shows a presentation, collects a response, shows feedback. Must not know banks, keys or the store."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import traitlets as t

from cps_training.views._citing import Citing
from cps_training.views._view import OnAction

_ANSWER_ID = re.compile(r"[0-9a-f]{32}")
_MAX_ID, _MAX_IDS = 200, 100


@dataclass(frozen=True, slots=True)
class Answer:
    """What the learner sent. response is None (blank), {"choice": id}, {"choices": [ids]} or {"order": [ids]}.

    answer_id names the intent: sending again after a silence repeats it, so that nothing counts twice.
    Only the shape was looked at: whether item and ids exist is for the desk to say.
    """

    item: str
    response: dict[str, Any] | None
    answer_id: str


class ItemCard(Citing):
    """One item as a form. Traits are state; `on_answer` and `on_action` get what the learner does.

    presentation: {item, interaction: choose_one | choose_many | order, stem, instruction, scoring_note, options: [{id, text}]}.
    response: what is saved so far, in the shape of Answer.response.
    feedback: None, or {verdict: right | partly | wrong | blank, verdict_label, headline, explanation, score_label,
    options: {id: {mark: right | wrong | missed | "", label, rationale}}, order: [ids] | None,
    clauses: [card as in Citing]}.
    mode: "submit" (press a button, once), "autosave" (each change is sent), "review" (read only).
    status: {kind: idle | saving | saved | error | notice, text, answer_id, n}. An answer is waiting until a status with its
    answer_id, or feedback, arrives; after eight seconds of silence the card says so and offers the same answer again. The
    same words are read out again when n (may be missing) is another one.
    progress: None, or {index, total, marks, label}; actions: [{id, label, primary, disabled, href}], with href a link.
    labels: submit, saving, not_saved, retry, move_up, move_down, your_answer, right_answer, read_clause, why, choose_first,
    position ("… {n} … {total}"), moved ("{text} … {n}"), right_order.
    Change item, response, feedback and status together with `show(...)`.
    """

    stem: ClassVar[str] = "item_card"
    shared: ClassVar[tuple[str, ...]] = ("_dom", "_clause", "interactions/*")

    presentation = t.Dict().tag(sync=True)
    response = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    feedback = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    mode = t.Enum(("submit", "autosave", "review"), default_value="submit").tag(sync=True)
    status = t.Dict(default_value={"kind": "idle", "text": "", "answer_id": ""}).tag(sync=True)
    progress = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    actions = t.List().tag(sync=True)
    labels = t.Dict().tag(sync=True)

    def __init__(
        self,
        *,
        on_answer: Callable[[Answer], None] | None = None,
        on_action: OnAction | None = None,
        **state: Any,
    ) -> None:
        self._on_answer = on_answer
        super().__init__(on_action=on_action, **state)

    def _receive(self, message: Mapping[str, Any]) -> bool:
        if message.get("kind") != "answer":
            return super()._receive(message)
        answer = _read(message)
        if answer is None:
            return False
        # One message for all that comes of it: the browser says by itself that it is saving. The status is set anew for a
        # repeated answer too: the same words twice would not travel.
        with self.hold_sync():
            self.status = {"kind": "saving", "text": str(self.labels.get("saving", "")), "answer_id": answer.answer_id}
            if self._on_answer is not None:
                self._on_answer(answer)
        return True


def _read(message: Mapping[str, Any]) -> Answer | None:
    if set(message) != {"kind", "item", "response", "answer_id"}:
        return None
    item, response, answer_id = message["item"], message["response"], message["answer_id"]
    if not _is_id(item) or not isinstance(answer_id, str) or not _ANSWER_ID.fullmatch(answer_id):
        return None
    if response is None:
        return Answer(item, None, answer_id)
    if not isinstance(response, dict) or len(response) != 1:
        return None
    [(field, value)] = response.items()
    if field == "choice":
        return Answer(item, {"choice": value}, answer_id) if _is_id(value) else None
    if field in ("choices", "order") and isinstance(value, list) and len(value) <= _MAX_IDS and all(map(_is_id, value)):
        return Answer(item, {field: list(value)}, answer_id)
    return None


def _is_id(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _MAX_ID
