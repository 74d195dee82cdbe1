"""The prose of notebooks: what authors may write, what never reaches a page, and that a changed file is read again."""

from __future__ import annotations

import json
import os
import re
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from cps_training import notebook_cells
from cps_training.places import shipped
from cps_training.server import prose

LESSONS = sorted((shipped() / "notebooks" / "lessons").glob("*.ipynb"))


def notebook(path: Path, *cells: Any) -> Path:
    """A notebook of markdown cells (given as text) and others (given whole)."""
    whole = [cell if isinstance(cell, dict) else {"cell_type": "markdown", "source": cell} for cell in cells]
    path.write_text(json.dumps({"cells": whole, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), "utf-8")
    return path


def html(tmp_path: Path, *cells: Any) -> str:
    return "\n".join(block.html or "" for block in prose.blocks(notebook(tmp_path / "n.ipynb", *cells)))


def code(source: Any, **more: Any) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "outputs": [], **more}


# What authors write ------------------------------------------------------------------------------------------------


def test_what_lessons_are_made_of(tmp_path: Path) -> None:
    made = html(
        tmp_path,
        "# หัวเรื่อง\n\n**หนา** *เอน* ~~ขีด~~ `รหัส`\n\n1. หนึ่ง\n2. สอง\n\n- ก\n- ข\n\n> หมายเหตุ\n\n"
        "| ก | ข |\n|---|--:|\n| 1 | 2 |\n\n[ข้อ 2.3](/handbook?clause=cps.2.3&from=x)\n\n---\n\nบรรทัด  \nใหม่",
    )
    for wanted in (
        '<h1 id="หัวเรื่อง">หัวเรื่อง</h1>',
        "<strong>หนา</strong> <em>เอน</em> <s>ขีด</s> <code>รหัส</code>",
        "<ol>\n<li>หนึ่ง</li>",
        "<ul>\n<li>ก</li>",
        "<blockquote>\n<p>หมายเหตุ</p>",
        '<th class="shell-right">ข</th>',
        '<td class="shell-right">2</td>',
        '<a href="/handbook?clause=cps.2.3&amp;from=x">ข้อ 2.3</a>',
        "<hr>",
        "บรรทัด<br>",
    ):
        assert wanted in made, wanted
    assert "style=" not in made


def test_a_link_can_lead_to_any_heading(tmp_path: Path) -> None:
    made = html(tmp_path, "## CPS คืออะไร\n\n## **สรุป** บทนี้", "## CPS คืออะไร\n\n## main")
    assert re.findall(r'<h2(?: id="([^"]*)")?>', made) == ["CPS-คืออะไร", "สรุป-บทนี้", "CPS-คืออะไร-2", ""]
    assert "anchor-link" not in made


def test_drawings_and_plain_html_stay(tmp_path: Path) -> None:
    drawing = (
        '<svg viewBox="0 0 10 10" role="img" aria-label="วงกลม"><defs><linearGradient id="g" gradientUnits="userSpaceOnUse">'
        '<stop offset="0" stop-color="#0b5d3b"></stop></linearGradient></defs><circle cx="5" cy="5" r="4" fill="url(#g)"></circle></svg>'
    )
    made = html(
        tmp_path,
        drawing,
        '<details>\n<summary>ดูเฉลย</summary>\n\nข้อ **ก**\n\n</details>\n\n<span lang="en">plan</span>',
    )
    assert drawing in made
    assert "<summary>ดูเฉลย</summary>" in made
    assert "<strong>ก</strong>" in made
    assert '<span lang="en">plan</span>' in made


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_shipped_lessons_are_whole(path: Path) -> None:
    cells = notebook_cells.read_cells(path)["cells"]
    blocks = prose.blocks(path)
    assert [block.cell for block in blocks if block.html is None] == [
        name for name, _ in notebook_cells.code_cells({"cells": cells})
    ]
    written = [notebook_cells.source(cell) for cell in cells if cell["cell_type"] == "markdown"]
    shown = [block.html for block in blocks if block.html is not None]
    assert len(shown) == len(written)
    for text, made in zip(written, shown, strict=True):
        assert not re.search(r"\*\*|\]\(|^\|", re.sub("<[^>]*>", "", made), re.MULTILINE), made
        assert made.count("<a href=") == len(re.findall(r"\]\(", text))
        assert made.count("<table>") == len(re.findall(r"^\|-", text, re.MULTILINE))


# What never reaches a page -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "<script>alert(1)</script>",
        '<img src="x" onerror="alert(1)">',
        "[a](javascript:alert(1))",
        '<a href="javascript:alert(1)">a</a>',
        '<a href="data:text/html,<script>alert(1)</script>">a</a>',
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        '<iframe src="/people"></iframe>',
        '<form action="/sign-out"><button>a</button></form>',
        "<style>body{display:none}</style>",
        '<p style="position:fixed">a</p>',
        '<svg><script>alert(1)</script><a xlink:href="javascript:alert(1)">a</a></svg>',
        '<svg onload="alert(1)"></svg>',
        '<svg><foreignObject><iframe src="x"></iframe></foreignObject></svg>',
        "<base href=//example.org>",
        '<meta http-equiv="refresh" content="0;url=//example.org">',
        '<template id="cps-failed">a</template>',
        '<div id="cps-page">{}</div>',
        '<div id="main"></div>',
        '<div id="shell-lost"></div>',
        '<div class="shell-outputs" data-cell="x"></div>',
        '<img src="https://example.org/a.png">',
        '<img src="//example.org/a.png">',
        "</div></main>a<div>",
    ],
)
def test_what_could_run_or_pass_for_the_frame_is_left_out(tmp_path: Path, written: str) -> None:
    made = html(tmp_path, f"ก่อน\n\n{written}\n\nหลัง")
    tags = "".join(re.findall("<[^>]*>", made))
    assert not re.search(
        r"<script|onerror|onload|javascript:|data:text|<iframe|<form|<button|<style|style=|foreignObject|<base|<meta|<template|"
        r"data-cell|example\.org|id=",
        tags,
        re.IGNORECASE,
    ), made
    assert tags.count("<div") == tags.count("</div")
    assert "ก่อน" in made
    assert "หลัง" in made


# Pictures ----------------------------------------------------------------------------------------------------------


def test_pictures_beside_the_notebook_travel_inside_the_page(tmp_path: Path) -> None:
    folder = tmp_path / "lessons"
    (folder / "pictures").mkdir(parents=True)
    (folder / "pictures" / "สอง ด่าน.svg").write_text("<svg/>", "utf-8")
    made = html(folder, "![สองด่าน](<pictures/สอง ด่าน.svg>)")
    address, alt = re.findall(r'<img src="data:image/svg\+xml;base64,([^"]*)" alt="([^"]*)">', made)[0]
    assert (b64decode(address), alt) == (b"<svg/>", "สองด่าน")


def test_pictures_from_elsewhere_do_not(tmp_path: Path) -> None:
    folder = tmp_path / "lessons"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(b"secret")
    (folder / "notes.txt").write_text("secret", "utf-8")
    (folder / "big.png").write_bytes(bytes(prose.LONGEST_PICTURE + 1))
    made = html(folder, "![a](../secret.png) ![b](notes.txt) ![c](big.png) ![d](missing.png)")
    assert re.findall("<img[^>]*>", made) == [f'<img alt="{name}">' for name in "abcd"]


def test_pictures_attached_to_a_cell_are_shown(tmp_path: Path) -> None:
    cell = {"cell_type": "markdown", "source": "![a](attachment:a.png) ![b](attachment:b.png)"}
    cell["attachments"] = {"a.png": {"image/png": "aGFsbG8=\n"}}  # type: ignore[assignment]
    made = html(tmp_path, cell)
    assert re.findall("<img[^>]*>", made) == ['<img src="data:image/png;base64,aGFsbG8=" alt="a">', '<img alt="b">']


# Places and versions -----------------------------------------------------------------------------------------------


def test_places_bear_the_ids_under_which_the_kernel_answers(tmp_path: Path) -> None:
    cells = (
        code("x", id="one"),
        "prose",
        code("  \n"),
        code(["y\n", "z"]),
        {"cell_type": "raw", "source": "raw"},
        code("'<w>'", id='"<b>'),
    )
    path = notebook(tmp_path / "n.ipynb", *cells)
    assert [block.cell for block in prose.blocks(path) if block.html is None] == ["one", "cell-3", '"<b>']
    assert notebook_cells.code_cells(notebook_cells.read_cells(path)) == [
        ("one", "x"),
        ("cell-3", "y\nz"),
        ('"<b>', "'<w>'"),
    ]


@pytest.mark.parametrize(
    ("written", "is_silent"),
    [
        ("from cps_training import apps\n\nsession = apps.open_session()", True),
        ("apps.checkpoint(session, 'a')", False),
        ("x = 1\nx", False),
        ("for x in y:\n    display(x)", False),
        ("%matplotlib inline\nx = 1", False),
    ],
)
def test_a_cell_that_only_prepares_is_known(tmp_path: Path, written: str, is_silent: bool) -> None:
    assert [block.is_silent for block in prose.blocks(notebook(tmp_path / "n.ipynb", code(written)))] == [is_silent]


def test_a_notebook_is_read_once_and_again_when_it_or_its_picture_changes(tmp_path: Path) -> None:
    path = notebook(tmp_path / "n.ipynb", "old ![a](a.png)")
    first = prose.blocks(path)
    assert prose.blocks(path) is first
    (tmp_path / "a.png").write_bytes(b"1")
    second = prose.blocks(path)
    assert "data:image/png;base64,MQ==" in str(second[0].html)
    (tmp_path / "a.png").write_bytes(b"2")
    os.utime(tmp_path / "a.png", ns=(1, 1))
    assert "data:image/png;base64,Mg==" in str(prose.blocks(path)[0].html)
    notebook(path, "new")
    os.utime(path, ns=(1, 1))
    assert [block.html for block in prose.blocks(path)] == ["<p>new</p>\n"]


def test_no_more_notebooks_are_kept_than_agreed(tmp_path: Path) -> None:
    for n in range(prose.MOST_KEPT + 3):
        prose.blocks(notebook(tmp_path / f"{n}.ipynb", "text"))
    assert len(prose._kept) == prose.MOST_KEPT
    assert tmp_path / "0.ipynb" not in prose._kept


def test_what_is_no_notebook_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "n.ipynb").write_text('{"worksheets": []}', "utf-8")
    with pytest.raises(ValueError, match=r"n\.ipynb: no notebook of format 4"):
        prose.blocks(tmp_path / "n.ipynb")
