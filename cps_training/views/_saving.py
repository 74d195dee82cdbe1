"""What widgets share whose doing is kept: each thing done is one message with a send_id, answered through `saved`. Must not know cases.

The browser sends {"kind": "save", "id": what was done, "detail": {…}, "send_id"}, with `static/_saving.js`. Only shapes are looked
at here, and by the widgets whether it was offered: what it means is for others.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import traitlets as t

from cps_training.views._citing import Citing
from cps_training.views._view import is_send_id

Check = Callable[[object], bool]
Shape = Mapping[str, Check]
"""The fields of a detail, all of them, and what each may hold."""

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Save:
    """Something to be kept. kind: what was done; send_id: the word by which its answer is recognised."""

    kind: str
    detail: dict[str, Any]
    send_id: str


OnSave = Callable[[Save], None]


class Saving(Citing):
    """A widget whose doing is saved. `on_save` gets each Save and answers it with `answer`, after showing the new state.

    saved: {send_id, kind: saved | error, text}. A thing done waits until one with its send_id arrives; after some silence the
    browser says so. On an error the browser shows again what the other traits say.
    labels: saving, silent, failed, and those of the widget.
    saves: the kinds of things done and the shape of each; `_offers` may look further.
    """

    shared: ClassVar[tuple[str, ...]] = ("_dom", "_clause", "_saving")
    saves: ClassVar[Mapping[str, Shape]] = {}

    saved = t.Dict(default_value={"send_id": "", "kind": "", "text": ""}).tag(sync=True)
    labels = t.Dict().tag(sync=True)

    def __init__(self, *, on_save: OnSave | None = None, **state: Any) -> None:
        self._on_save = on_save
        super().__init__(**state)

    def answer(self, save: Save, text: str, *, is_error: bool = False, **state: Any) -> None:
        """Say what became of it, together with the new state, as one change."""
        self.show(**state, saved={"send_id": save.send_id, "kind": "error" if is_error else "saved", "text": text})

    def _receive(self, message: Mapping[str, Any]) -> bool:
        if message.get("kind") != "save":
            return super()._receive(message)
        if set(message) != {"kind", "id", "detail", "send_id"} or not is_send_id(message["send_id"]):
            return False
        detail = self._read_save(message)
        if detail is None:
            return False
        save = Save(message["id"], detail, message["send_id"])
        if self._on_save is None:
            return True
        try:
            self._on_save(save)
        except Exception:  # what was done must not wait for ever
            self.answer(save, str(self.labels.get("failed", "")), is_error=True)
            raise
        return True

    def _read_save(self, message: Mapping[str, Any]) -> dict[str, Any] | None:
        """A copy of the detail, None where it has not the shape of its kind or was not offered."""
        kind, detail = message["id"], message["detail"]
        if not isinstance(kind, str) or kind not in self.saves or not isinstance(detail, Mapping):
            return None
        shape = self.saves[kind]
        if set(detail) != set(shape) or not all(fits(detail[name]) for name, fits in shape.items()):
            return None
        return copy.deepcopy(dict(detail)) if self._offers(kind, detail) else None

    def _offers(self, kind: str, detail: Mapping[str, Any]) -> bool:  # noqa: ARG002  (widgets look)
        """Whether the widget as it stands lets anybody do this; its shape is right already."""
        return True


def is_flag(value: object) -> bool:
    return isinstance(value, bool)


def is_text(most: int) -> Check:
    """A check: a text of at most so many letters, that can be written to a file."""
    return lambda value: isinstance(value, str) and len(value) <= most and not _SURROGATE.search(value)


def like(pattern: str) -> Check:
    """A check: a text that is all of this pattern."""
    whole = re.compile(pattern)
    return lambda value: isinstance(value, str) and whole.fullmatch(value) is not None


def maybe(fits: Check) -> Check:
    """A check: nothing, or what fits."""
    return lambda value: value is None or fits(value)


def distinct(fits: Check, most: int) -> Check:
    """A check: a list of at most so many, all different, each of which fits."""
    return lambda value: (
        isinstance(value, list)
        and len(value) <= most
        and all(fits(one) for one in value)
        and len(set(value)) == len(value)
    )


CATALOGUE_ID = like(r"[a-z0-9]+(?:-[a-z0-9]+){0,20}")
REFERENCE = like(r"[a-z0-9-]{1,60}:[a-z0-9_]{1,60}")
"""Evidence: `paper:line` or `figure:name`."""
