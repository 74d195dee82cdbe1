"""A light page as it is sent at once: frame, prose, and one empty place for each code cell, which the page's kernel fills later.

What lies between bar and bottom is made once per version of the notebook. Knows no kernel, no handler and nobody's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from cps_training.server.assets import BUNDLES, Assets
from cps_training.server.prose import MOST_KEPT, Block, blocks
from cps_training.server.rendering import Templates

LOST_AFTER_MS = 4000
"""How long a page may be without its kernel before it says so."""

_PROSE = Markup('<div class="shell-prose" data-cps-content lang="th">{}</div>')
_PLACE = Markup(
    '<div class="shell-outputs" id="shell-at-{0}" data-cell="{0}" aria-busy="true"><div class="shell-bone{1}"></div></div>'
)
_SILENT = Markup('<div class="shell-outputs shell-silent" id="shell-at-{0}" data-cell="{0}" aria-busy="true"></div>')


class Skeletons:
    """Pages of notebooks without what their cells show."""

    def __init__(self, templates: Templates, assets: Assets) -> None:
        self._templates = templates
        self._urls = assets.urls
        self._middles: dict[Path, tuple[tuple[Block, ...], Markup]] = {}

    def page(
        self, notebook: Path, bundle: str, values: Mapping[str, Any], *, title: str, is_lesson: bool, kernel_id: str
    ) -> str:
        """The whole document. values: what every page of a person shows (Shielded.shell_values).

        Raises KeyError for an unknown bundle, OSError or ValueError where the notebook cannot be read.
        """
        if f"{bundle}.css" not in self._urls:
            raise KeyError(f"{bundle!r}: no bundle of widgets; there are {sorted(BUNDLES)} and those of lessons")
        own = {
            "urls": self._urls,
            "bundle": bundle,
            "title": title,
            "is_lesson": is_lesson,
            "wiring": {"kernel": kernel_id, "lost_after_ms": LOST_AFTER_MS},
            "middle": self._middle(notebook),
        }
        return self._templates.render("page.html", **{**values, **own})

    def _middle(self, notebook: Path) -> Markup:
        found = blocks(notebook)
        known = self._middles.get(notebook)
        if known is None or known[0] is not found:
            while len(self._middles) >= MOST_KEPT:
                self._middles.pop(next(iter(self._middles)))
            self._middles[notebook] = known = (found, middle(found))
        return known[1]


def middle(found: tuple[Block, ...]) -> Markup:
    """Prose and places, one after the other. Where there is no prose the place is the page, and its bone as tall as a screen."""
    is_app = all(block.html is None for block in found)
    return Markup("\n").join(_drawn(block, " shell-whole" if is_app else "") for block in found)


def _drawn(block: Block, size: str) -> Markup:
    if block.html is not None:
        return _PROSE.format(Markup(block.html))  # nh3 has cleaned it
    return _SILENT.format(block.cell) if block.is_silent else _PLACE.format(block.cell, size)
