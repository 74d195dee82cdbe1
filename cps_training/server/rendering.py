"""Our own pages and the frame around notebook pages: jinja with autoescape, so that names stay text. Knows no handler."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from cps_training.clock import office_day, utc_now
from cps_training.thai_text import show_date

FOLDER = Path(__file__).with_name("templates")
FRAME = ("head", "top", "bottom", "failed")
_THAI = re.compile("[\u0e00-\u0e7f]")
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
        self._environment.filters["own"] = own
        self._environment.globals["today"] = lambda locale: show_date(office_day(utc_now()), locale)

    def render(self, template: str, **values: Any) -> str:
        """A whole page. Raises jinja2.UndefinedError for a value that was not given."""
        return self._environment.get_template(template).render(**values)

    def frame(self, **values: Any) -> dict[str, Markup]:
        """The pieces around the cells of the full template, already escaped: {"head", "top", "bottom", "failed"}."""
        return {name: Markup(self.render(f"_{name}.html", is_full=True, **values)) for name in FRAME}


def own(text: str) -> Markup:
    """Data (a name, an office) inside a page of the interface: escaped, marked as content and in its own language."""
    lang = Markup(' lang="th"') if _THAI.search(text) else ""
    return Markup("<span data-cps-content{}>{}</span>").format(lang, text)


class MemoryByteCode(jinja2.BytecodeCache):
    """Compiled templates kept in memory: without it nbconvert compiles its chain of templates anew for every visitor."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Any) -> None:
        if (code := self._kept.get(bucket.key)) is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Any) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()
