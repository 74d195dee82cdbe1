"""The ES modules and the CSS of widgets, put together from the files in static/: one of each for a widget or for a whole page.

anywidget loads a module from a Blob URL, where `import "./x.js"` cannot resolve: the shared parts are joined in front of the
widget's own text instead. A light page loads all its widgets at once from one address, a bundle; its kernel then sends names
in place of texts (`use_bundle`). Nothing is built or minified. This module must not know how a widget works.
"""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

STATIC = Path(__file__).with_name("static")

HOME = ("course_path", "next_step", "progress_map")
"""The widgets of a learner's home."""

LESSON = ("item_card", "next_step", "notice", "recap_card")
"""The widgets of every lesson; what it has to explore comes with the lesson, see lesson_widgets."""

CASE = (
    "case_consult",
    "case_follow_up",
    "case_list",
    "case_papers",
    "case_profile",
    "case_ratios",
    "case_result",
    "case_room",
    "case_tables",
    "notice",
    "problem_board",
)
"""The widgets of case studies."""

PLAN = (
    "notice",
    "plan_calendar",
    "plan_file",
    "plan_form",
    "plan_gate",
    "plan_history",
    "plan_inbox",
    "plan_list",
    "plan_room",
    "plan_score",
    "plan_table",
)
"""The widgets of the workbench for plans of visits."""

LEARNER = (
    "certificate_card",
    "clause_card",
    "handbook_view",
    "item_card",
    "notice",
    "progress_map",
    "quiz_menu",
    "reading_list",
    "record_card",
    "result_card",
    "visit_sheet",
)
"""The widgets of the other pages that everybody may open."""

SPANS = {
    "": "U+0020-007E,U+00A0,U+00A7,U+00A9,U+00AB,U+00B0-00B3,U+00B5,U+00B7,U+00BB-00BE,U+00D7,U+00F7,"
    "U+0E01-0E5B,U+200C-200D,U+2013-2014,U+2018-2019,U+201C-201D,U+2022,U+2026,U+2191,U+2193,U+2212,U+25CC",
    "more-": "U+00A1-00A6,U+00A8,U+00AA,U+00AC-00AF,U+00B4,U+00B6,U+00B8-00BA,U+00BF-00D6,U+00D8-00F6,U+00F8-00FF",
}
"""Letters of the font files by the part of their names that tells them apart; written by docs/tools/fonts.py."""
WEIGHTS = (400, 700)

_IMPORT = re.compile(r"^import\s[^;]*?from\s*\"(\.{1,2}/[^\"]+)\";[ \t]*\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function|const|let|class)", re.MULTILINE)
_DEFAULT = re.compile(r"^export default ", re.MULTILINE)
_COMMENT_LINES = re.compile(r"^[ \t]*(?://[^\n]*|/\*(?:(?!\*/).)*\*/[ \t]*)\n", re.MULTILINE | re.DOTALL)
_is_bundled = False


def use_bundle(is_on: bool = True) -> None:
    """From now on widgets of this process name their module (`#item_card`) and carry no CSS: their page has both already."""
    global _is_bundled
    _is_bundled = is_on


def esm_of(stem: str, shared: tuple[str, ...]) -> str:
    """What a widget tells the browser as its module: its text, or its name in the page's bundle."""
    return f"#{stem}" if _is_bundled else load_esm(stem, shared)


def css_of(stem: str, *more: str) -> str:
    """What a widget tells the browser as its CSS. more: stems of shared parts it shows besides."""
    return "" if _is_bundled else "\n".join([load_css(stem), *(_text(f"{name}.css") for name in more)])


@cache
def load_esm(stem: str, shared: tuple[str, ...] = ("_dom",)) -> str:
    """Give the one ES module of a widget: the shared parts, then `static/<stem>.js`.

    shared: names below static/ without `.js`, in order; `folder/*` means every file of that folder, sorted by name.
    Raises FileNotFoundError naming the missing file.
    """
    parts = [plain_script(_text(f"{name}.js")) for name in _names(shared)]
    return "\n".join([*parts, _IMPORT.sub("", _text(f"{stem}.js"))])


@cache
def load_css(stem: str) -> str:
    """Give the CSS of a widget: tokens, the common components, then `static/<stem>.css`.

    With CPS_LAB=1 the fonts are embedded: JupyterLab does not use the page template that brings them elsewhere.
    """
    lab = [_fonts()] if os.environ.get("CPS_LAB") == "1" else []
    return "\n".join([*lab, _text("_tokens.css"), _text("_base.css"), _text(f"{stem}.css")])


def stems() -> tuple[str, ...]:
    """Every widget there is, by name."""
    return tuple(sorted(path.stem for path in STATIC.glob("*.js") if not path.name.startswith("_")))


def bundle(stems: Iterable[str]) -> str:
    """The script of several widgets: `const views = {"item_card": …}`, what a module of each would have as its default export.

    What they share stands in it once; each widget keeps its own names to itself. Raises FileNotFoundError.
    """
    chosen = tuple(stems)
    parts = [plain_script(_text(f"{name}.js")) for name in shared_parts(chosen)]
    entries = [f'"{stem}": (() => {{\n{_as_function(_text(f"{stem}.js"))}\nreturn shown_;\n}})(),' for stem in chosen]
    return "\n".join(["const views = (() => {", *parts, "return {", *entries, "};", "})();", ""])


def bundle_css(stems: Iterable[str]) -> str:
    """The CSS of several widgets: tokens and common components once, then that of what they share and their own."""
    chosen = tuple(stems)
    shared = [f"{name}.css" for name in shared_parts(chosen) if (STATIC / f"{name}.css").is_file()]
    return "\n".join(map(_text, ("_tokens.css", "_base.css", *shared, *(f"{stem}.css" for stem in chosen))))


def shared_parts(stems: Iterable[str]) -> tuple[str, ...]:
    """What the modules of these widgets import, and what that imports, each once and after what it needs itself."""
    found: dict[str, None] = {}

    def follow(name: str) -> None:
        for relative in _IMPORT.findall(_text(f"{name}.js")):
            path = (STATIC / name).parent.joinpath(relative).resolve()
            needed = path.relative_to(STATIC.resolve()).with_suffix("").as_posix()
            if needed not in found:
                follow(needed)
                found[needed] = None

    for stem in stems:
        follow(stem)
    return tuple(found)


def plain_script(module: str) -> str:
    """The text of a module without its imports and without the word export: to be joined with what it imports."""
    return _EXPORT.sub("", _IMPORT.sub("", module))


def without_comments(text: str) -> str:
    """JavaScript or CSS without the lines that are only comments: they are for readers of the files, not for a phone's network.

    Takes it that no literal runs over several lines; tests hold the files to that.
    """
    return _COMMENT_LINES.sub("", text)


def _as_function(module: str) -> str:
    return _DEFAULT.sub("const shown_ = ", plain_script(module))


def _names(shared: tuple[str, ...]) -> list[str]:
    names: list[str] = []
    for name in shared:
        if name.endswith("/*"):
            folder = name[:-2]
            names += sorted(f"{folder}/{path.stem}" for path in (STATIC / folder).glob("*.js"))
        else:
            names.append(name)
    return names


@cache
def _text(name: str) -> str:
    path = STATIC / name
    if not path.is_file():
        raise FileNotFoundError(
            f"views/static/{name}: no such file; a widget keeps its .js and .css under its own stem"
        )
    return path.read_text(encoding="utf-8")


def font_face(part: str, weight: int, address: str) -> str:
    """The rule for one font file. part: a key of SPANS."""
    return (
        f"@font-face{{font-family:Sarabun;font-weight:{weight};font-display:swap;"
        f'src:url("{address}") format("woff2");unicode-range:{SPANS[part]}}}'
    )


def _fonts() -> str:
    faces = []
    for weight in WEIGHTS:
        data = base64.b64encode((STATIC / "fonts" / f"sarabun-{weight}.woff2").read_bytes()).decode("ascii")
        faces.append(font_face("", weight, f"data:font/woff2;base64,{data}"))
    return "\n".join(faces)
