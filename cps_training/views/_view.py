"""What all widgets share: loading their module and CSS, and treating every word from the browser as untrusted.

State goes out in traits, intent comes in as messages: {"kind": "action", "id"}, or from a form {"kind": "intent", "id",
"values", "send_id"}. A browser may write any synced trait of a widget, or open one itself; neither changes anything here.
This module must not know what a message means.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import anywidget
import ipywidgets
import traitlets as t

from cps_training.views.assets import css_of, esm_of

log = logging.getLogger(__name__)

OnAction = Callable[[str], None]

_ACTION_ID = re.compile(r"[\w.:-]{1,120}")
_SEND_ID = re.compile(r"[0-9a-f]{32}")
LONGEST_TEXT = 200
"""Letters a field takes where it does not say otherwise."""
MOST_CHOICES = 200


@dataclass(frozen=True, slots=True)
class Intent:
    """A form that was sent: its id, what was filled in, and the word by which its answer is recognised.

    Only shapes were looked at (fields of this form, lengths, choices that were offered): what they mean is for others.
    """

    form: str
    values: dict[str, Any]
    send_id: str


OnIntent = Callable[[Intent], None]


_common: list[ipywidgets.Layout] = []


def _layout() -> ipywidgets.Layout:
    """One for all widgets: their looks are in their CSS, and a layout each would be forty traits nobody sets."""
    if not _common or _common[0].comm is None:  # none yet, or somebody closed every widget
        _common[:] = [ipywidgets.Layout()]
    return _common[0]


class View(anywidget.AnyWidget):
    """A widget drawn by `static/<stem>.js` and `static/<stem>.css`."""

    stem: ClassVar[str]
    shared: ClassVar[tuple[str, ...]] = ("_dom",)

    _esm = t.Unicode().tag(sync=True)
    _css = t.Unicode().tag(sync=True)
    _anywidget_id = t.Unicode().tag(sync=True)
    locale = t.Unicode("th").tag(sync=True)
    lands = t.Bool(False).tag(sync=True)
    """Whether the focus goes to the widget's heading when it appears: it took the place of another."""

    def __init__(self, *, on_action: OnAction | None = None, **state: Any) -> None:
        if unknown := set(state) - set(self.trait_names()) - {"model_id"}:
            raise TypeError(f"{type(self).__name__} has no trait {sorted(unknown)}; it has {sorted(self.keys)}")
        super().__init__(**state)
        self._on_action = on_action
        self.on_msg(self._hear)

    @t.default("_esm")
    def _default_esm(self) -> str:
        return esm_of(self.stem, self.shared)

    def add_traits(self, **traits: Any) -> None:
        """Only those the class has not: anywidget adds its id to each widget, and traitlets makes a class for each addition."""
        missing = {name: trait for name, trait in traits.items() if not self.has_trait(name)}
        if missing:
            super().add_traits(**missing)

    @t.default("_anywidget_id")
    def _default_id(self) -> str:
        return f"{type(self).__module__}.{type(self).__name__}"

    @t.default("layout")
    def _common_layout(self) -> ipywidgets.Layout:
        return _layout()

    @t.default("_css")
    def _default_css(self) -> str:
        return css_of(self.stem)

    def show(self, **state: Any) -> None:
        """Set several traits as one change, so that the browser never sees half of it. Raises AttributeError for an unknown trait."""
        for name in state:
            if name not in self.keys:
                raise AttributeError(f"{type(self).__name__} has no synced trait {name!r}; it has {sorted(self.keys)}")
        with self.hold_sync():
            for name, value in state.items():
                setattr(self, name, value)

    def set_state(self, sync_data: Mapping[str, object]) -> None:
        """Ignore state written by the browser: what is shown comes from Python alone."""
        log.warning("%s: ignored state from the browser: %s", type(self).__name__, sorted(map(str, sync_data))[:10])

    def _hear(self, _widget: object, content: object, _buffers: object) -> None:
        try:
            is_understood = isinstance(content, Mapping) and self._receive(content)
        except Exception:  # one failed press must not take the page's other buttons with it
            log.exception("%s: acting on a message failed", type(self).__name__)
            return
        if not is_understood:
            log.warning("%s: ignored a malformed message: %.200r", type(self).__name__, content)

    def _receive(self, message: Mapping[str, Any]) -> bool:
        """Act on one message; False = it makes no sense here."""
        if set(message) != {"kind", "id"} or message["kind"] != "action":
            return False
        action = message["id"]
        if not isinstance(action, str) or not _ACTION_ID.fullmatch(action):
            return False
        if self._on_action is not None:
            self._on_action(action)
        return True


class FormView(View):
    """A widget with forms that Python describes; a sent form becomes an Intent.

    forms: {form id: {title, intro, submit, kind: primary | danger | "", confirm, fields: [field, …]}}; a field: {name, type:
    text | date | number | select | radio | checks | flag | area, label, value, hint, options: [{value, label}], most (letters),
    suggestions: [text]}. A select and a radio take one of their options, checks any of them.
    status: {kind: idle | saving | saved | error, text, send_id, form, field}. A sent form waits until a status with its
    send_id arrives; after some silence the browser says so and gives the form back as it was filled in.
    labels: saving, silent, failed, close, optional.
    """

    shared: ClassVar[tuple[str, ...]] = ("_dom", "_form")

    forms = t.Dict().tag(sync=True)
    labels = t.Dict().tag(sync=True)
    status = t.Dict(default_value={"kind": "idle", "text": "", "send_id": "", "form": "", "field": ""}).tag(sync=True)

    def __init__(self, *, on_intent: OnIntent | None = None, on_action: OnAction | None = None, **state: Any) -> None:
        self._on_intent = on_intent
        super().__init__(on_action=on_action, **state)

    def tell(self, intent: Intent, kind: str, text: str, field: str = "") -> None:
        """Answer an intent: "saved", or "error" at its field or, without one, at the form."""
        self.status = {"kind": kind, "text": text, "send_id": intent.send_id, "form": intent.form, "field": field}

    def _receive(self, message: Mapping[str, Any]) -> bool:
        if message.get("kind") != "intent":
            return super()._receive(message)
        intent = self._read(message)
        if intent is None:
            return False
        self.act(intent)
        return True

    def act(self, intent: Intent) -> None:
        """Hand an intent on. One that fails unforeseen is answered too: its form must not wait for ever."""
        self.tell(intent, "saving", str(self.labels.get("saving", "")))
        if self._on_intent is None:
            return
        try:
            self._on_intent(intent)
        except Exception:
            self.tell(intent, "error", str(self.labels.get("failed", "")))
            raise

    def _read(self, message: Mapping[str, Any]) -> Intent | None:
        if set(message) != {"kind", "id", "values", "send_id"}:
            return None
        name, values, send_id = message["id"], message["values"], message["send_id"]
        if not isinstance(name, str) or name not in self.forms or not isinstance(values, Mapping):
            return None
        if not is_send_id(send_id):
            return None
        fields = {field["name"]: field for field in self.forms[name]["fields"]}
        if set(values) != set(fields) or not all(_fits(fields[field], value) for field, value in values.items()):
            return None
        return Intent(name, dict(values), send_id)


def is_send_id(value: object) -> bool:
    """Whether it is a word a browser made to recognise an answer by."""
    return isinstance(value, str) and _SEND_ID.fullmatch(value) is not None


def _fits(field: Mapping[str, Any], value: object) -> bool:
    kind = field["type"]
    offered = {option["value"] for option in field.get("options", ())}
    if kind == "flag":
        return isinstance(value, bool)
    if kind == "checks":
        return (
            isinstance(value, list)
            and len(value) <= MOST_CHOICES
            and all(isinstance(v, str) and v in offered for v in value)
        )
    if not isinstance(value, str):
        return False
    if kind in ("select", "radio"):
        return value in offered or value == ""
    return len(value) <= int(field.get("most", LONGEST_TEXT))
