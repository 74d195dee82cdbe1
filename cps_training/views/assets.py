"""The ES module and the CSS of a widget, put together from the files in static/.

anywidget loads a module from a Blob URL, where `import "./x.js"` cannot resolve: the shared parts are joined in front of the
widget's own text instead. Nothing is built or minified. This module must not know any widget.
"""

from __future__ import annotations

import base64
import os
import re
from functools import cache
from pathlib import Path

STATIC = Path(__file__).with_name("static")

_IMPORT = re.compile(r"^import\s[^;]*?from\s*\"\.{1,2}/[^\"]+\";[ \t]*\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function|const|let|class)", re.MULTILINE)
_FONTS = ((400, "sarabun-thai-400-normal.woff2"), (700, "sarabun-thai-700-normal.woff2"))
_THAI = "U+0E01-0E5B,U+200C-200D,U+25CC"


@cache
def load_esm(stem: str, shared: tuple[str, ...] = ("_dom",)) -> str:
    """Give the one ES module of a widget: the shared parts, then `static/<stem>.js`.

    shared: names below static/ without `.js`, in order; `folder/*` means every file of that folder, sorted by name.
    Raises FileNotFoundError naming the missing file.
    """
    parts = [_EXPORT.sub("", _IMPORT.sub("", _text(f"{name}.js"))) for name in _names(shared)]
    return "\n".join([*parts, _IMPORT.sub("", _text(f"{stem}.js"))])


@cache
def load_css(stem: str) -> str:
    """Give the CSS of a widget: tokens, the common components, then `static/<stem>.css`.

    With CPS_LAB=1 the two Thai fonts are embedded: JupyterLab does not use the page template that brings them elsewhere.
    """
    lab = [_fonts()] if os.environ.get("CPS_LAB") == "1" else []
    return "\n".join([*lab, _text("_tokens.css"), _text("_base.css"), _text(f"{stem}.css")])


def _names(shared: tuple[str, ...]) -> list[str]:
    names: list[str] = []
    for name in shared:
        if name.endswith("/*"):
            folder = name[:-2]
            names += sorted(f"{folder}/{path.stem}" for path in (STATIC / folder).glob("*.js"))
        else:
            names.append(name)
    return names


def _text(name: str) -> str:
    path = STATIC / name
    if not path.is_file():
        raise FileNotFoundError(
            f"views/static/{name}: no such file; a widget keeps its .js and .css under its own stem"
        )
    return path.read_text(encoding="utf-8")


def _fonts() -> str:
    faces = []
    for weight, name in _FONTS:
        data = base64.b64encode((STATIC / "fonts" / name).read_bytes()).decode("ascii")
        faces.append(
            f"@font-face{{font-family:Sarabun;font-weight:{weight};font-display:swap;"
            f'src:url(data:font/woff2;base64,{data}) format("woff2");unicode-range:{_THAI}}}'
        )
    return "\n".join(faces)
