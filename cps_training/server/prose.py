"""What a notebook says between its code cells, as safe HTML: made once per version of its files, painted before any kernel answers.

Markdown by markdown-it, cleaned by nh3 with a list of what is allowed. Must not know a person, a kernel or the frame around it.
"""

from __future__ import annotations

import ast
import base64
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from cps_training.notebook_cells import cell_id, read_cells, source

LONGEST_PICTURE = 2_000_000
PICTURES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
}
QUIET = "quiet"
MOST_KEPT = 64
"""Notebooks whose prose is kept; an office has a few dozen."""

_TEXT = (
    "a abbr b blockquote br caption cite code dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins "
    "kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup table tbody td tfoot th thead tr u ul var wbr"
)
_DRAWING = "svg g path circle ellipse line polygon polyline rect text tspan title desc defs marker linearGradient radialGradient stop clipPath"
_PAINT = (
    "cx cy d dx dy fill fill-opacity fill-rule font-size font-weight gradientTransform gradientUnits height marker-end marker-mid "
    "marker-start markerHeight markerWidth offset opacity orient points preserveAspectRatio r refX refY rx ry stop-color "
    "stop-opacity stroke stroke-dasharray stroke-linecap stroke-linejoin stroke-opacity stroke-width text-anchor "
    "dominant-baseline transform viewBox width x x1 x2 y y1 y2 clip-path clip-rule"
)
_OWN = {
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "details": {"open"},
}
_EVERYWHERE = {"id", "class", "lang", "dir", "title", "role", "aria-label", "aria-labelledby", "aria-hidden"}
_ALIGNED = {"text-align:right": "shell-right", "text-align:center": "shell-middle"}
_TAKEN = {"main", "cps-page", "cps-failed", "cps-foreign"}
"""Ids of the frame around prose; those that begin with shell- are its own too."""


@dataclass(frozen=True)
class Block:
    """Prose, or (html None) the place of a code cell. is_silent: nothing is to be expected there: the cell only prepares, or its
    tag `quiet` says that it seldom has something to show."""

    html: str | None
    cell: str = ""
    is_silent: bool = False


@dataclass(frozen=True)
class _Made:
    stamps: Mapping[Path, tuple[int, int]]
    blocks: tuple[Block, ...]


_kept: dict[Path, _Made] = {}


def blocks(path: Path) -> tuple[Block, ...]:
    """Prose and places of a notebook in its order; the same object until the notebook or one of its pictures changes.

    Raises OSError, and ValueError for what is no notebook.
    """
    known = _kept.get(path)
    if known is None or any(_stamp(file) != stamp for file, stamp in known.stamps.items()):
        _kept.pop(path, None)
        while len(_kept) >= MOST_KEPT:
            _kept.pop(next(iter(_kept)))
        _kept[path] = known = _make(path)
    return known.blocks


def _make(path: Path) -> _Made:
    stamps = {path: _stamp(path)}  # taken before reading: what changes meanwhile is read again the next time
    found: list[Block] = []
    ids: dict[str, int] = {}
    for index, cell in enumerate(read_cells(path)["cells"]):
        text = source(cell)
        if cell.get("cell_type") == "markdown" and text.strip():
            pictures = _Pictures(path.parent, cell.get("attachments") or {})
            found.append(Block(_clean(_markdown().render(text, {"ids": ids}), pictures)))
            stamps |= {file: _stamp(file) for file in pictures.seen}
        elif cell.get("cell_type") == "code" and text.strip():
            is_quiet = QUIET in (cell.get("metadata") or {}).get("tags", ())
            found.append(Block(None, cell_id(cell, index), is_quiet or _is_silent(text)))
    return _Made(stamps, tuple(found))


def _stamp(path: Path) -> tuple[int, int]:
    try:
        state = path.stat()
    except OSError:
        return (0, 0)
    return state.st_mtime_ns, state.st_size


def _is_silent(code: str) -> bool:
    """Whether a cell can only prepare: its last statement is no expression, and it calls nothing for its own sake."""
    try:
        body = ast.parse(code).body
    except SyntaxError:  # a magic, perhaps
        return False
    return not any(isinstance(statement, ast.Expr) for statement in ast.walk(ast.Module(body, [])))


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    markdown.core.ruler.push("anchors", _anchors)
    return markdown


def _anchors(state: Any) -> None:
    """Headings get an id from their words, so that a link can lead to them; columns a class in place of a style."""
    for token, inside in zip(state.tokens, [*state.tokens[1:], None], strict=True):
        if token.type == "heading_open" and inside is not None:
            token.attrSet("id", _unique("-".join(_words(inside).split()) or "-", state.env["ids"]))
        style = token.attrs.pop("style", None) if token.type in ("th_open", "td_open") else None
        if style in _ALIGNED:
            token.attrSet("class", _ALIGNED[str(style)])


def _clean(html: str, pictures: _Pictures) -> str:
    return nh3.Cleaner(
        tags={*_TEXT.split(), *_DRAWING.split()},
        attributes={"*": _EVERYWHERE} | _OWN | {tag: set(_PAINT.split()) for tag in _DRAWING.split()},
        attribute_filter=_filter(pictures),
        url_schemes={"http", "https", "mailto", "data", "attachment"},  # the last two for pictures only, see _filter
        link_rel=None,  # no link opens a window, and the Referrer-Policy header speaks for all of them
    ).clean(html)


def _filter(pictures: _Pictures) -> Callable[[str, str, str], str | None]:
    def look(_tag: str, name: str, value: str) -> str | None:
        if name == "src":
            return pictures.address(value)
        if name == "href":
            return None if value.lstrip().lower().startswith(("data:", "attachment:")) else value
        if name == "id":
            return None if value in _TAKEN or value.startswith("shell-") else value
        return value

    return look


def _words(inline: Token) -> str:
    return "".join(child.content for child in inline.children or () if child.type in ("text", "code_inline"))


def _unique(wanted: str, ids: MutableMapping[str, int]) -> str:
    ids[wanted] = ids.get(wanted, 0) + 1
    return wanted if ids[wanted] == 1 else f"{wanted}-{ids[wanted]}"


class _Pictures:
    """Pictures named by a cell → data addresses: files beside or below the notebook, and what is attached to the cell."""

    def __init__(self, folder: Path, attachments: Mapping[str, Any]) -> None:
        self._folder = folder.resolve()
        self._attachments = attachments
        self.seen: list[Path] = []

    def address(self, named: str) -> str | None:
        """What stands in place of the name; None = not to be had."""
        if named.startswith("data:image/") or (named.startswith("/") and not named.startswith("//")):
            return named
        if named.startswith("attachment:"):
            return self._attached(unquote(named.removeprefix("attachment:")))
        parts = urlsplit(named)
        if parts.scheme or parts.netloc:
            return None  # the page's policy would not load it
        path = (self._folder / unquote(parts.path)).resolve()
        kind = PICTURES.get(path.suffix.lower())
        if kind is None or not path.is_relative_to(self._folder):
            return None
        self.seen.append(path)
        try:
            data = path.read_bytes() if path.stat().st_size <= LONGEST_PICTURE else b""
        except OSError:
            return None
        return f"data:{kind};base64,{base64.b64encode(data).decode()}" if data else None

    def _attached(self, name: str) -> str | None:
        versions = self._attachments.get(name)
        for kind in PICTURES.values():
            data = versions.get(kind) if isinstance(versions, dict) else None
            if isinstance(data, list):
                data = "".join(map(str, data))
            if isinstance(data, str) and len(data) <= LONGEST_PICTURE:
                body = (
                    base64.b64encode(data.encode()).decode() if data.lstrip().startswith("<") else "".join(data.split())
                )
                return f"data:{kind};base64,{body}"
        return None
