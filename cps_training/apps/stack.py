"""A place of a page that shows one thing after another: what goes is let go of, what stays keeps its focus and its forms.

A box draws all its children anew from the first that differs; so what comes above a view has a box of its own.
"""

from __future__ import annotations

import ipywidgets


class Stack:
    """`box` is what the notebook shows: one view, and above it at times a second one."""

    def __init__(self) -> None:
        self._above, self._main = ipywidgets.VBox(), ipywidgets.VBox()
        self.box = ipywidgets.VBox([self._above, self._main])

    @property
    def has_shown(self) -> bool:
        """Whether something stands there already."""
        return bool(self._main.children)

    @property
    def main(self) -> ipywidgets.Widget:
        """The view shown now."""
        return self._main.children[0]

    def show(self, widget: ipywidgets.Widget, above: ipywidgets.Widget | None = None) -> None:
        """Show a view in the place of everything that was shown."""
        _put(self._main, widget)
        self.put_above(above)

    def put_above(self, widget: ipywidgets.Widget | None) -> None:
        """Show a view above the one that stays."""
        _put(self._above, widget)


def _put(box: ipywidgets.VBox, widget: ipywidgets.Widget | None) -> None:
    old = box.children
    box.children = () if widget is None else (widget,)
    for gone in old:
        if gone is not widget:
            gone.close()
