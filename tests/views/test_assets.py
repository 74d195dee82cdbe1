"""The text a widget is made of: one module without imports, CSS that leaves the page around it alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cps_training.views import assets

STEMS = sorted(path.stem for path in assets.STATIC.glob("*.js") if not path.name.startswith("_"))
SOURCES = sorted(path for pattern in ("*.js", "*/*.js", "*.css") for path in assets.STATIC.glob(pattern))
SHARED = ("_dom", "_clause", "interactions/*")


@pytest.mark.parametrize("stem", STEMS)
def test_a_module_is_one_text_that_a_blob_address_can_load(stem: str) -> None:
    esm = assets.load_esm(stem, SHARED)
    assert not re.search(r"^import\b", esm, re.MULTILINE)
    assert re.findall(r"^export .*", esm, re.MULTILINE) == [
        line for line in esm.splitlines() if line.startswith("export default")
    ]
    assert esm.count("export default") == 1
    assert esm.index("function randomHex") < esm.index("export default")
    names = re.findall(r"^(?:async )?(?:function|const|let|class) (\w+)", esm, re.MULTILINE)
    assert len(names) == len(set(names)), "two joined parts declare the same name"


def test_several_shared_parts_join_in_order_and_a_folder_by_name() -> None:
    esm = assets.load_esm("item_card", SHARED)
    assert (
        esm.index("function uid")
        < esm.index("function chooseMany")
        < esm.index("function chooseOne")
        < esm.index("function order")
    )


def test_a_missing_file_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"views/static/no_such\.js"):
        assets.load_esm("no_such")


def test_fonts_are_embedded_only_in_the_lab(monkeypatch: pytest.MonkeyPatch) -> None:
    assets.load_css.cache_clear()
    monkeypatch.delenv("CPS_LAB", raising=False)
    assert "@font-face" not in assets.load_css("item_card")
    assets.load_css.cache_clear()
    monkeypatch.setenv("CPS_LAB", "1")
    css = assets.load_css("item_card")
    assets.load_css.cache_clear()
    assert css.count("font/woff2;base64,") == 2
    assert "U+0E01-0E5B" in css


@pytest.mark.parametrize("path", sorted(assets.STATIC.glob("*.css")), ids=lambda path: path.name)
def test_every_rule_is_scoped_under_the_root(path: Path) -> None:
    css = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    preludes = [p.strip() for p in re.findall(r"([^{}]+)\{", css)]
    selectors = [s.strip() for p in preludes if not p.startswith("@") for s in re.split(r",(?![^(]*\))", p)]
    assert selectors
    assert [s for s in selectors if not re.match(r"(body\S* )?\.cps-root\b", s)] == []


def test_both_dark_blocks_say_the_same() -> None:
    css = (assets.STATIC / "_tokens.css").read_text(encoding="utf-8")
    system, lab = [
        re.search(re.escape(selector) + r"\s*\{(.*?)\}", css, re.DOTALL).group(1).split()  # type: ignore[union-attr]
        for selector in (
            'body:not([data-jp-theme-light="true"]) .cps-root',
            'body[data-jp-theme-light="false"] .cps-root',
        )
    ]
    assert system == lab


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(assets.STATIC).as_posix())
def test_sources_hold_no_words_and_nothing_a_plain_http_page_lacks(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.DOTALL)
    assert not re.search(r"[\u0e00-\u0e7f]", code), "texts arrive in traits"
    for forbidden in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "randomUUID",
        "clipboard",
        "serviceWorker",
        "https:/",
    ):
        assert forbidden not in code
