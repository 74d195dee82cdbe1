"""Files of the shell (style, script, fonts, icon) at addresses that name their content, so that browsers keep them for good.

Reads files once at start; knows no handler.
"""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cps_training.places import PACKAGE

STATIC = Path(__file__).with_name("static")
VIEWS = PACKAGE / "views" / "static"
PREFIX = "/assets/"

_FACES = (
    ("thai", "U+0E01-0E5B,U+200C-200D,U+25CC"),
    ("latin", "U+0000-00FF,U+2013-2026,U+2190-2193"),
)


@dataclass(frozen=True)
class Asset:
    """One file as it is sent."""

    body: bytes
    kind: str


@dataclass(frozen=True)
class Assets:
    """files: by address below PREFIX. urls: by plain name, for templates."""

    files: Mapping[str, Asset]
    urls: Mapping[str, str]


def load_assets() -> Assets:
    """Everything the shell needs. Raises FileNotFoundError when the installation is incomplete."""
    files: dict[str, Asset] = {}
    urls: dict[str, str] = {}

    def add(name: str, body: bytes) -> str:
        stem, _, ending = name.rpartition(".")
        address = f"{stem}.{hashlib.sha256(body).hexdigest()[:12]}.{ending}"
        kind = {"woff2": "font/woff2", "js": "text/javascript", "svg": "image/svg+xml"}.get(ending)
        files[address] = Asset(body, kind or mimetypes.guess_type(name)[0] or "application/octet-stream")
        urls[name] = PREFIX + address
        return urls[name]

    faces = [_face(script, span, weight, add) for script, span in _FACES for weight in (400, 700)]
    style = "\n".join([*faces, page_tokens((VIEWS / "_tokens.css").read_text("utf-8")), _text("shell.css")])
    add("shell.css", style.encode())
    add("shell.js", _text("shell.js").encode())
    add("icon.svg", _text("icon.svg").encode())
    return Assets(files, urls)


def page_tokens(tokens: str) -> str:
    """The widgets' tokens for a whole page: theirs are scoped to `.cps-root`, which also resets margins of what is inside."""
    theme = ('[data-jp-theme-light="false"]', ':not([data-jp-theme-light="true"])')
    for attribute in theme:
        tokens = tokens.replace(f"body{attribute} .cps-root", f"body.cps-shell{attribute}")
    return tokens.replace(".cps-root", "body.cps-shell")


def _face(script: str, span: str, weight: int, add: object) -> str:
    name = f"sarabun-{script}-{weight}-normal.woff2"
    assert callable(add)
    url = add(name, (VIEWS / "fonts" / name).read_bytes())
    return (
        f"@font-face{{font-family:Sarabun;font-weight:{weight};font-display:swap;"
        f'src:url("{url}") format("woff2");unicode-range:{span}}}'
    )


def _text(name: str) -> str:
    return (STATIC / name).read_text("utf-8")
