"""One question: shows a presentation, collects a response, shows feedback. Must not know banks, keys or the store."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import traitlets as t

from cps_training.views._citing import Citing
from cps_training.views._view import OnAction

_ANSWER_ID = re.compile(r"[0-9a-f]{32}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MAX_ID, _MAX_ENTRIES = 200, 100
_LONGEST_NUMBER, _LONGEST_TEXT, _LONGEST_GAP = 40, 5000, 200
_MOST_CERTAIN = 9


@dataclass(frozen=True, slots=True)
class Answer:
    """What the learner sent. answer_id names the intent: sending again after a silence repeats it, so that nothing counts twice.

    response is None (blank) or, by interaction: choose_one, scale {"choice": id}; choose_many, mark_lines {"choices": [ids]};
    order {"order": [ids]}; choose_reason {"choice": id, "reason": id}; match, sort {"pairs": {prompt id: option id}};
    number {"number": text}; text {"text": text}; cloze {"gaps": {gap id: option id or text}}.
    certainty: 1 to 9, only where the card asked for it. Only shapes and lengths were looked at: what exists is for the desk to say.
    """

    item: str
    response: dict[str, Any] | None
    answer_id: str
    certainty: int | None = None


class ItemCard(Citing):
    """One item as a form. Traits are state; `on_answer` and `on_action` get what the learner does.

    presentation: {item, interaction, stem, instruction, scoring_note} and by interaction (of static/interactions/):
    choose_one, choose_many, order, scale: options [{id, text}]; choose_reason: options, reasons [{id, text}], reason_label;
    match, sort: prompts [{id, text}], options (targets, bins); number: unit, kind "number" | "date"; text: rows, most;
    cloze: segments [{text} | {gap, label, options} | {gap, label, most}]; mark_lines: document (its title), options (its lines).
    response: what is saved so far, in the shape of Answer.response.
    feedback: None, or {verdict: right | partly | wrong | blank | waiting | noted, verdict_label, critical_label, headline,
    correct_text, explanation, score_label, options: {id: {mark: right | wrong | missed | "", label, rationale}}, order: [ids] |
    None, clauses: [card as in Citing]}. Ids of options: whatever can have a mark (options, reasons, prompts, gaps, lines), and
    "answer" for number and text. Every text may be "", options may be {}.
    nudge: None, or {verdict: wrong | partly, title, text, note}: told after a try while tries are left; the form stays open.
    certainty: None, or {legend, levels: [{value: 1 to 9, label, note}], chosen: value | None}: asked before an answer is submitted.
    clock: None, or {seconds: left when it is set, label: "… {time}", warn_label: "… {n} …", over_label}. It counts by itself from
    then; at 0 the card sends the action "time-up" once.
    mode: "submit" (press a button, once or until no nudge comes), "autosave" (each change is sent, typed ones after a rest),
    "review" (read only).
    status: {kind: idle | saving | saved | error | notice, text, answer_id, n}. An answer is waiting until a status with its
    answer_id, or feedback, arrives; after eight seconds of silence the card says so and offers the same answer again. The
    same words are read out again when n (may be missing) is another one.
    progress: None, or {index, total, marks, label}; actions: [{id, label, primary, disabled, href}], with href a link.
    labels: submit, saving, not_saved, retry, move_up, move_down, your_answer, right_answer, read_clause, why, choose_first,
    position ("… {n} … {total}"), moved ("{text} … {n}"), right_order, choose_both, choose_certainty, try_again, date_hint,
    letters_left ("… {n} …"), gap ("… {n}"), choose_target, marked.
    Change item, response, feedback, nudge and status together with `show(...)`.
    """

    stem: ClassVar[str] = "item_card"
    shared: ClassVar[tuple[str, ...]] = (
        "_dom",
        "_clause",
        "_fields",
        "interactions/*",
        "_certainty",
        "_feedback",
        "_progress",
    )

    presentation = t.Dict().tag(sync=True)
    response = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    feedback = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    nudge = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    certainty = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    clock = t.Dict(allow_none=True, default_value=None).tag(sync=True)
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
    if set(message) - {"certainty"} != {"kind", "item", "response", "answer_id"}:
        return None
    item, response, answer_id = message["item"], message["response"], message["answer_id"]
    if not _is_id(item) or not isinstance(answer_id, str) or not _ANSWER_ID.fullmatch(answer_id):
        return None
    certainty = message.get("certainty")
    if "certainty" in message and not (type(certainty) is int and 1 <= certainty <= _MOST_CERTAIN):
        return None
    if response is None:
        return Answer(item, None, answer_id, certainty)
    if not isinstance(response, dict):
        return None
    fits = _SHAPES.get(frozenset(response))
    if fits is None or not all(fits(value) for value in response.values()):
        return None
    return Answer(item, copy.deepcopy(response), answer_id, certainty)


def _is_id(value: object) -> bool:
    return _is_text(value, _MAX_ID) and value != ""


def _is_text(value: object, most: int) -> bool:
    return isinstance(value, str) and len(value) <= most and not _SURROGATE.search(value)


def _are_ids(value: object) -> bool:
    return isinstance(value, list) and len(value) <= _MAX_ENTRIES and all(map(_is_id, value))


def _are_entries(value: object, fits: Callable[[object], bool]) -> bool:
    return (
        isinstance(value, dict)
        and len(value) <= _MAX_ENTRIES
        and all(map(_is_id, value))
        and all(map(fits, value.values()))
    )


_SHAPES: dict[frozenset[str], Callable[[object], bool]] = {
    frozenset({"choice"}): _is_id,
    frozenset({"choices"}): _are_ids,
    frozenset({"order"}): _are_ids,
    frozenset({"choice", "reason"}): _is_id,
    frozenset({"pairs"}): lambda value: _are_entries(value, _is_id),
    frozenset({"number"}): lambda value: _is_text(value, _LONGEST_NUMBER),
    frozenset({"text"}): lambda value: _is_text(value, _LONGEST_TEXT),
    frozenset({"gaps"}): lambda value: _are_entries(value, lambda gap: _is_text(gap, _LONGEST_GAP)),
}
"""What the fields of a response hold, by the names of all of them."""
