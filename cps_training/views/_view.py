"""What all widgets share: loading their module and CSS, and treating every word from the browser as untrusted.

State goes out in traits, intent comes in as messages. A browser may write any synced trait of a widget, or open one itself;
neither changes anything here. This module must not know what a message means.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import anywidget
import traitlets as t

from cps_training.views.assets import load_css, load_esm

log = logging.getLogger(__name__)

OnAction = Callable[[str], None]

_ACTION_ID = re.compile(r"[\w.:-]{1,120}")


class View(anywidget.AnyWidget):
    """A widget drawn by `static/<stem>.js` and `static/<stem>.css`."""

    stem: ClassVar[str]
    shared: ClassVar[tuple[str, ...]] = ("_dom",)

    _esm = t.Unicode().tag(sync=True)
    _css = t.Unicode().tag(sync=True)
    locale = t.Unicode("th").tag(sync=True)

    def __init__(self, *, on_action: OnAction | None = None, **state: Any) -> None:
        if unknown := set(state) - set(self.trait_names()) - {"model_id"}:
            raise TypeError(f"{type(self).__name__} has no trait {sorted(unknown)}; it has {sorted(self.keys)}")
        super().__init__(**state)
        self._on_action = on_action
        self.on_msg(self._hear)

    @t.default("_esm")
    def _default_esm(self) -> str:
        return load_esm(self.stem, self.shared)

    @t.default("_css")
    def _default_css(self) -> str:
        return load_css(self.stem)

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
