"""The text a widget is made of: one module without imports, CSS that leaves the page around it alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cps_training import views
from cps_training.views import assets

if TYPE_CHECKING:
    from playwright.sync_api import Page

STEMS = sorted(path.stem for path in assets.STATIC.glob("*.js") if not path.name.startswith("_"))
SOURCES = sorted(path for pattern in ("*.js", "*/*.js", "*.css") for path in assets.STATIC.glob(pattern))
SHARED = views.ItemCard.shared


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


# A bundle: the widgets of a whole page in one script ---------------------------------------------------------------


def top_names(script: str) -> list[str]:
    """The names a script declares outside of any block."""
    names = re.findall(r"^(?:export )?(?:async )?(?:function\*?|class) (\w+)", script, re.MULTILINE)
    for line in re.findall(r"^(?:export )?(?:const|let|var) (.*)", script, re.MULTILINE):
        flat = re.sub(r"\([^()]*\)|\[[^\[\]]*\]|\"[^\"]*\"", "", line)
        names += re.findall(r"(?:^|, )(\w+)(?= =|,|;)", flat)
    return names


def test_top_names_are_found_however_they_are_declared() -> None:
    script = 'const A = 1, B = f(x, y = 2), C = ["d", "E = 3"];\nexport function g(a) {}\n  const no = 1;\nlet h = 1;\nclass I {}\n'
    assert sorted(top_names(script)) == ["A", "B", "C", "I", "g", "h"]


def test_what_widgets_share_declares_each_name_once() -> None:
    shared = {name: top_names((assets.STATIC / f"{name}.js").read_text("utf-8")) for name in assets.shared_parts(STEMS)}
    twice = [name for name, count in Counter(name for names in shared.values() for name in names).items() if count > 1]
    assert {name: [part for part, names in shared.items() if name in names] for name in twice} == {}
    assert len(shared) >= 6


@pytest.mark.parametrize("path", [path for path in SOURCES if path.suffix == ".js"], ids=lambda path: path.name)
def test_a_module_can_be_joined_and_its_comments_left_out(path: Path) -> None:
    text = path.read_text("utf-8")
    assert [line for line in text.splitlines() if line.count("`") % 2] == [], "a literal runs over several lines"
    assert not re.search(r"^import[^;]*\bas\b", text, re.MULTILINE), "a shared part keeps its name"
    assert not re.search(r"^\s*(?:import|export)\b", assets._as_function(text), re.MULTILINE)
    assert assets.without_comments(text).splitlines() == [
        line for line in text.splitlines() if line not in comments(text)
    ]


def comments(text: str) -> list[str]:
    """The lines that are nothing but comment."""
    found: list[str] = []
    is_inside = False
    for line in text.splitlines():
        bare = line.strip()
        if is_inside or (bare.startswith(("//", "/*")) and (bare.endswith("*/") or "*/" not in bare)):
            found.append(line)
            is_inside = "*/" not in bare and not bare.startswith("//")
    return found


def test_a_bundle_holds_what_is_shared_once_and_only_what_is_needed() -> None:
    assert assets.shared_parts(["notice"]) == ("_dom",)
    assert assets.shared_parts(["item_card", "form_card"])[0] == "_dom"
    both = assets.bundle(["item_card", "form_card"])
    assert both.count("function uid(") == 1
    assert both.index("function optionCards(") < both.index("function chooseMany(")
    assert "function formOf(" not in assets.bundle(["item_card"])
    css = assets.bundle_css(["item_card", "form_card"])
    assert css.count("--cps-paper: #f7f6f1") == 1
    assert (assets.STATIC / "_clause.css").read_text("utf-8") in css
    assert (assets.STATIC / "form_card.css").read_text("utf-8") in css


def test_every_widget_of_a_bundle_is_what_its_module_would_be(page: Page) -> None:
    bundle = assets.without_comments(assets.bundle(STEMS))
    found = page.evaluate(
        """async ([bundle, modules]) => {
          const load = (text) => import(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
          const { views } = await load(bundle + "export { views };");
          const shape = (one) => Object.entries(one).map(([name, value]) => `${name}: ${typeof value}`);
          const alone = {};
          for (const [stem, text] of Object.entries(modules)) alone[stem] = shape((await load(text)).default);
          return { together: Object.fromEntries(Object.entries(views).map(([stem, one]) => [stem, shape(one)])), alone };
        }""",
        [bundle, {stem: assets.load_esm(stem, assets.shared_parts([stem])) for stem in STEMS}],
    )
    assert list(found["together"]) == STEMS
    assert found["together"] == found["alone"]
    assert all("render: function" in shape for shape in found["together"].values())


@pytest.fixture
def bundled() -> Iterator[None]:
    assets.use_bundle()
    yield
    assets.use_bundle(False)


@pytest.mark.usefixtures("bundled")
def test_in_a_page_with_a_bundle_widgets_send_names_for_texts() -> None:
    card, notice = views.ItemCard(), views.Notice()
    assert (card._esm, card._css) == ("#item_card", "")
    assert (notice._esm, notice._css) == ("#notice", "")


def test_elsewhere_they_send_the_texts() -> None:
    card = views.ItemCard()
    assert "export default" in card._esm
    assert card._css == assets.load_css("item_card") + "\n" + (assets.STATIC / "_clause.css").read_text("utf-8")
