"""Our own pages and the frame around notebook pages: jinja with autoescape, so that names stay text. Knows no handler."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

FOLDER = Path(__file__).with_name("templates")
FRAME = ("head", "top", "bottom", "failed")
NOTEBOOK_TEMPLATE = Path(__file__).with_name("template") / "cps"


class Templates:
    """templates/*.html, compiled once."""

    def __init__(self) -> None:
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def render(self, template: str, **values: Any) -> str:
        """A whole page. Raises jinja2.UndefinedError for a value that was not given."""
        return self._environment.get_template(template).render(**values)

    def frame(self, **values: Any) -> dict[str, Markup]:
        """The pieces around a notebook's cells, already escaped: {"head", "top", "bottom", "failed"}."""
        return {name: Markup(self.render(f"_{name}.html", **values)) for name in FRAME}


class MemoryByteCode(jinja2.BytecodeCache):
    """Compiled templates kept in memory: without it nbconvert compiles its chain of templates anew for every visitor."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Any) -> None:
        if (code := self._kept.get(bucket.key)) is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Any) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()
