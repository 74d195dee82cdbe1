"""What pages load besides their HTML (styles, scripts, fonts, icon), at addresses that name the content: browsers keep it for good.

The script of a light page is the widgets of its bundle and the host that draws them, its style the shell's and the widgets', one
file each. Everything is read, joined and compressed once at start. Knows no handler.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import brotli

from cps_training.views import assets as views

STATIC = Path(__file__).with_name("static")
PREFIX = "/assets/"
BUNDLES: Mapping[str, tuple[str, ...]] = {
    "home": views.HOME,
    "lesson": views.LESSON,
    "case": views.CASE,
    "learner": views.LEARNER,
    "plan": views.PLAN,
    "staff": views.stems(),
}
"""The widgets of a page's script, by the page's bundle (see pages.Page.bundle): a first visit loads no more than its page shows.
A lesson with something to explore has a bundle of its own, `lesson_bundle`."""
HOST = ("wire", "models", "boxes", "page")
"""The parts of static/page/ in the order in which they are joined."""
SCRIPTS = ("shell", "full", "waiting")
"""Scripts that stand alone."""

_KINDS = {"woff2": "font/woff2", "js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}
_QUALITY = 9
"""Of brotli's eleven: the next would save 5 % and take seven times as long, at every start and for every lesson."""
_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)
_REFUSES = re.compile(r"\s*;\s*q\s*=\s*0(?:\.0*)?\s*$")


@dataclass(frozen=True)
class Asset:
    """One file as it is sent. packed: the body by content encoding, the better one first; empty where nothing is gained."""

    body: bytes
    kind: str
    packed: Mapping[str, bytes] = field(default_factory=dict)

    def sent(self, accepted: str) -> tuple[bytes, str]:
        """The body for a browser with this Accept-Encoding, and its Content-Encoding ("" = as it is)."""
        names = {part.partition(";")[0].strip().lower() for part in accepted.split(",") if not _REFUSES.search(part)}
        for encoding, body in self.packed.items():
            if encoding in names:
                return body, encoding
        return self.body, ""


@dataclass(frozen=True)
class Assets:
    """files: by address below PREFIX. urls: by plain name, for templates; "icon" is the whole icon as a data address."""

    files: Mapping[str, Asset]
    urls: Mapping[str, str]


def lesson_bundle(explorables: tuple[str, ...]) -> str:
    """The name of the bundle of a lesson with these widgets to explore (stems, sorted)."""
    return "-".join(["lesson", *explorables])


def load_assets(explorables: Iterable[tuple[str, ...]] = ()) -> Assets:
    """Everything pages need. explorables: of each lesson, the stems of its widgets to explore.

    Raises FileNotFoundError when the installation is incomplete.
    """
    files: dict[str, Asset] = {}
    urls: dict[str, str] = {}

    def add(name: str, body: bytes) -> str:
        stem, _, ending = name.rpartition(".")
        address = f"{stem}.{hashlib.sha256(body).hexdigest()[:12]}.{ending}"
        files[address] = Asset(body, _KINDS[ending], {} if ending == "woff2" else _packed(body))
        urls[name] = PREFIX + address
        return urls[name]

    shell = "\n".join(
        [*_faces(add), page_tokens((views.STATIC / "_tokens.css").read_text("utf-8")), _text("shell.css")]
    )
    add("shell.css", _lean(shell))
    host = host_script()
    bundles = {**BUNDLES, **{lesson_bundle(own): (*views.LESSON, *own) for own in explorables}}
    for bundle, stems in bundles.items():
        add(f"{bundle}.css", _lean(f"{shell}\n{views.bundle_css(stems)}"))
        add(f"{bundle}.js", _lean(f"{views.bundle(stems)}\n{host}"))
    for name in SCRIPTS:
        add(f"{name}.js", _lean(_text(f"{name}.js")))
    icon = _text("icon.svg").strip()
    add("icon.svg", icon.encode())
    urls["icon"] = "data:image/svg+xml," + quote(icon, safe="=:/'")
    return Assets(files, urls)


def host_script(names: Iterable[str] = HOST) -> str:
    """The parts of the page's host joined to one text, as a widget's shared parts are."""
    paths = [STATIC / "page" / f"{name}.js" for name in names]
    return "\n".join(views.plain_script(path.read_text("utf-8")) for path in paths)


def page_tokens(tokens: str) -> str:
    """The widgets' tokens for a whole page: theirs are scoped to `.cps-root`, which also resets margins of what is inside."""
    theme = ('[data-jp-theme-light="false"]', ':not([data-jp-theme-light="true"])')
    for attribute in theme:
        tokens = tokens.replace(f"body{attribute} .cps-root", f"body.cps-shell{attribute}")
    return tokens.replace(".cps-root", "body.cps-shell")


def _faces(add: object) -> list[str]:
    assert callable(add)
    faces = []
    for part in views.SPANS:
        for weight in views.WEIGHTS:
            name = f"sarabun-{part}{weight}.woff2"
            address = add(name, (views.STATIC / "fonts" / name).read_bytes())
            faces.append(views.font_face(part, weight, address))
    return faces


def _lean(text: str) -> bytes:
    """Without comment lines and without indentation: no literal of ours runs over several lines."""
    return _INDENTATION.sub("", views.without_comments(text)).encode()


def _packed(body: bytes) -> dict[str, bytes]:
    packed = {
        "br": brotli.compress(body, mode=brotli.MODE_TEXT, quality=_QUALITY),
        "gzip": gzip.compress(body, 9, mtime=0),
    }
    return {encoding: short for encoding, short in packed.items() if len(short) < len(body)}


def _text(name: str) -> str:
    return (STATIC / name).read_text("utf-8")
