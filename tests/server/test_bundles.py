"""The files of pages: small enough, whole, and sent in the form a browser can read."""

from __future__ import annotations

import ast
import gzip
import re
from collections import Counter
from pathlib import Path

import brotli
import pytest

from cps_training import apps, views
from cps_training.notebook_cells import code_cells, read_cells
from cps_training.places import PACKAGE
from cps_training.server.assets import BUNDLES, HOST, PREFIX, STATIC, Asset, host_script, load_assets
from cps_training.server.pages import Page
from cps_training.views import assets as view_assets
from cps_training.views.lesson_widgets import EXPLORABLES
from tests.server.test_skeleton import PAGES, document
from tests.views.test_assets import top_names

ASSETS = load_assets(page.explorables for page in PAGES)
OF_LESSONS = {page.bundle: page for page in PAGES if page.name.startswith("lesson:")}
APPS = PACKAGE / "apps"
HEADERS_AND_SO_ON = 600
"""Bytes of an answer besides its body."""


def sent(address: str, accepted: str = "gzip, deflate") -> bytes:
    """As over plain http, where browsers do not ask for brotli."""
    return ASSETS.files[address.removeprefix(PREFIX)].sent(accepted)[0]


@pytest.mark.parametrize("path", ["/home", "/lessons/cps-cycle", "/quiz", "/handbook"])
def test_a_first_visit_is_light(path: str) -> None:
    page = document(path)
    asked = dict.fromkeys(re.findall(r'(?:href|src)="(/assets/[^"]*)"', page))
    fetched = [len(gzip.compress(page.encode(), 6)), *(len(sent(address)) for address in asked)]
    assert len(fetched) <= 8
    assert sum(size + HEADERS_AND_SO_ON for size in fetched) < 80_000
    style = sent(next(address for address in asked if address.endswith(".css")), "").decode()
    everyday = [ASSETS.urls[f"sarabun-{weight}.woff2"] for weight in view_assets.WEIGHTS]
    assert [address for address in everyday if address not in asked or address not in style] == []


def test_the_icon_costs_no_request() -> None:
    assert f'<link rel="icon" href="{ASSETS.urls["icon"]}">' in document("/home")
    assert ASSETS.urls["icon"].startswith("data:image/svg+xml,%3Csvg%20xmlns=%22http://www.w3.org/2000/svg%22")


# Bundles -----------------------------------------------------------------------------------------------------------


def imported(module: Path) -> set[str]:
    """Dotted names a module of apps imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def widgets_of(functions: set[str]) -> set[str]:
    """Stems of the widgets that functions of apps may show. Of the explorables each shows its own, whatever its module imports."""
    seen: set[Path] = set()
    stems = {EXPLORABLES[name] for name in functions & set(EXPLORABLES)}
    waiting = [APPS / f"{apps._WHERE[name].replace('.', '/')}.py" for name in functions - set(EXPLORABLES)]
    while waiting:
        module = waiting.pop()
        if module in seen:
            continue
        seen.add(module)
        for name in imported(module):
            parts = name.split(".")
            if parts[:2] == ["cps_training", "views"] and len(parts) == 3:
                stems.add(views._WHERE.get(parts[2], parts[2]))
            elif parts[:2] == ["cps_training", "apps"]:
                waiting += [path for path in [APPS.joinpath(*parts[2:]).with_suffix(".py")] if path.is_file()]
    return {stem for stem in stems if not stem.startswith("_")}


def called(notebook: Path) -> set[str]:
    return {name for _, code in code_cells(read_cells(notebook)) for name in re.findall(r"\bapps\.(\w+)\(", code)}


@pytest.mark.parametrize("bundle", ["home", "learner", "staff"])
def test_a_bundle_holds_every_widget_its_pages_may_show(bundle: str) -> None:
    functions = {name for page in PAGES if page.bundle == bundle for name in called(page.notebook)}
    assert functions
    wanted = widgets_of(functions)
    assert wanted - set(BUNDLES[bundle]) == set(), "add them to HOME or LEARNER in views/assets.py"
    if bundle != "staff":
        assert set(BUNDLES[bundle]) - wanted == set(), "nobody shows these any more"


@pytest.mark.parametrize("page", OF_LESSONS.values(), ids=OF_LESSONS)
def test_a_lesson_loads_what_it_shows_and_no_more(page: Page) -> None:
    assert widgets_of(called(page.notebook)) <= {*BUNDLES["lesson"], *page.explorables}
    assert {EXPLORABLES[name] for name in called(page.notebook) & set(EXPLORABLES)} == set(page.explorables)
    script = sent(ASSETS.urls[f"{page.bundle}.js"], "").decode()
    assert [stem for stem in view_assets.stems() if f'"{stem}": (() => {{' in script] == sorted(
        {*BUNDLES["lesson"], *page.explorables}
    )


def test_every_explorable_is_known_by_the_function_that_shows_it() -> None:
    there = {name for name, module in apps._WHERE.items() if module.startswith("explorables")}
    assert there == set(EXPLORABLES)
    assert set(EXPLORABLES.values()) <= set(view_assets.stems())


def test_the_bundle_of_staff_has_every_widget_there_is() -> None:
    assert set(BUNDLES["staff"]) == set(views._WHERE.values())


# One script --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bundle", BUNDLES)
def test_a_bundle_is_one_text_without_imports(bundle: str) -> None:
    script = sent(ASSETS.urls[f"{bundle}.js"], "").decode()
    assert re.findall(r"^\s*(?:import|export)\b.*", script, re.MULTILINE) == []
    for stem in BUNDLES[bundle]:
        assert script.count(f'"{stem}": (() => {{') == 1
    assert host_script().splitlines()[-1] in script


def test_the_hosts_parts_declare_each_name_once_and_leave_the_registry_its_own() -> None:
    parts = {name: (STATIC / "page" / f"{name}.js") for name in HOST}
    names = {part: top_names(path.read_text("utf-8")) for part, path in parts.items()}
    twice = [name for name, n in Counter(["views", *(name for of in names.values() for name in of)]).items() if n > 1]
    assert {name: [part for part, of in names.items() if name in of] for name in twice} == {}


@pytest.mark.parametrize("path", sorted((*STATIC.glob("*.js"), *STATIC.glob("page/*.js"))), ids=lambda path: path.name)
def test_scripts_of_the_shell_have_no_literal_over_several_lines(path: Path) -> None:
    """Lines of comment are left out where they are sent; inside a literal they would be none."""
    assert [line for line in path.read_text("utf-8").splitlines() if line.count("`") % 2] == []


# How they are sent -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("gzip;q=0.0, br ; q = 0", ""),
        ("brotli, x-gzip", ""),
        ("identity", ""),
        ("", ""),
    ],
)
def test_a_file_is_packed_as_the_browser_can_read_it(accepted: str, encoding: str) -> None:
    asset = ASSETS.files[ASSETS.urls["learner.js"].removeprefix(PREFIX)]
    body, named = asset.sent(accepted)
    assert named == encoding
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[named]
    assert unpack(body) == asset.body
    assert named == "" or len(body) < len(asset.body) / 2


def test_fonts_are_packed_already() -> None:
    fonts = [asset for asset in ASSETS.files.values() if asset.kind == "font/woff2"]
    assert [font.packed for font in fonts] == [{}] * 4


def test_what_packing_would_lengthen_is_sent_as_it_is() -> None:
    assert Asset(b"x", "text/plain").sent("br, gzip") == (b"x", "")
