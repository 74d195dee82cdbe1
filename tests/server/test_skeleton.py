"""A page before its kernel has answered, and the page that waits for a seat: what a person reads, what the page's script finds."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from cps_training.i18n import translator
from cps_training.notebook_cells import code_cells, read_cells
from cps_training.places import shipped
from cps_training.server.assets import PREFIX, load_assets
from cps_training.server.pages import build_pages
from cps_training.server.rendering import Templates
from cps_training.server.skeleton import Skeletons
from cps_training.server.web import LIGHT_POLICY
from cps_training.server.words import role_label
from tests.browser_support import HOST

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGES = build_pages(shipped() / "notebooks")
ASSETS, TEMPLATES = load_assets(page.explorables for page in PAGES), Templates()
SKELETONS = Skeletons(TEMPLATES, ASSETS)
KERNEL = "0123abcd-0000-4000-8000-000000000000"


def shell_values(locale: str = "th", name: str = "มะลิ ใจดี", here: str = "/home") -> dict[str, Any]:
    """What every page of a learner shows."""
    _ = translator(locale)
    return {
        "_": _,
        "locale": locale,
        "urls": ASSETS.urls,
        "person": SimpleNamespace(name=name),
        "office_name": "สำนักงานตัวอย่าง",
        "menu": PAGES.menu(("learner",)),
        "section": "home",
        "role": _(role_label(("learner",))),
        "role_label": role_label,
        "here": here,
        "xsrf": "x",
        "is_demo": False,
        "is_unprotected": False,
    }


def document(path: str, **given: Any) -> str:
    """The page of a path as it is sent."""
    page = PAGES.by_path[path]
    values = shell_values(here=path, **given)
    title = page.title_in(values["locale"], values["_"])
    return SKELETONS.page(
        page.notebook, page.bundle, values, title=title, is_lesson=path.startswith("/lessons/"), kernel_id=KERNEL
    )


def waiting(place: int, **given: Any) -> str:
    return TEMPLATES.render("waiting.html", place=place, seats=60, **shell_values(**given))


# The skeleton ------------------------------------------------------------------------------------------------------


def test_prose_stands_there_before_any_kernel() -> None:
    lesson = document("/lessons/cps-cycle")
    assert lesson.index("เช้าวันจันทร์ของมะลิ") < lesson.index('data-cell="cycle-diagram"') < lesson.index("สรุปบทนี้")
    cells = read_cells(PAGES.by_path["/lessons/cps-cycle"].notebook)["cells"]
    assert lesson.count('<div class="shell-prose" data-cps-content lang="th">') == sum(
        cell["cell_type"] == "markdown" for cell in cells
    )
    assert lesson.count('aria-busy="true"') == len(code_cells(read_cells(PAGES.by_path["/lessons/cps-cycle"].notebook)))
    assert '<main id="main" class="shell-main shell-lesson" tabindex="-1">' in lesson


def test_a_cell_that_only_prepares_holds_no_place_open() -> None:
    lesson = document("/lessons/cps-cycle")
    for silent in ("open-session", "lesson-start"):
        place = f'<div class="shell-outputs shell-silent" id="shell-at-{silent}" data-cell="{silent}" aria-busy="true"></div>'
        assert place in lesson
    code = [
        cell
        for cell in read_cells(PAGES.by_path["/lessons/cps-cycle"].notebook)["cells"]
        if cell["cell_type"] == "code"
    ]
    assert lesson.count("shell-bone") == len(code) - 2


def test_the_script_finds_its_kernel_and_its_notices() -> None:
    page = document("/home")
    wiring = re.findall(r'<script type="application/json" id="cps-page">(.*?)</script>', page)
    assert [json.loads(text) for text in wiring] == [{"kernel": KERNEL, "lost_after_ms": 4000}]
    for wanted in ('<template id="cps-failed">', '<template id="cps-foreign">', '<div id="shell-lost"', "<noscript>"):
        assert page.count(wanted) == 1, wanted
    assert page.count('data-cell="home-page"') == 1
    assert "shell-whole" in page


def test_pages_load_the_files_of_their_bundle() -> None:
    home = document("/home")
    assert re.findall(r'<link rel="stylesheet" href="([^"]*)">', home) == [ASSETS.urls["home.css"]]
    assert re.findall(r'<script (?:defer|type="module" async) src="([^"]*)"></script>', home) == [
        ASSETS.urls["shell.js"],
        ASSETS.urls["home.js"],
    ]
    assert ASSETS.urls["lesson-cycle_diagram-gate_timeline.js"] in document("/lessons/cps-cycle")
    assert ASSETS.urls["learner.js"] in document("/quiz")
    assert ASSETS.urls["staff.js"] in document("/people")
    assert ASSETS.urls["staff.css"] in document("/people")


@pytest.mark.parametrize("made", [document("/lessons/cps-cycle"), waiting(2)], ids=["lesson", "waiting"])
def test_nothing_in_a_page_needs_a_policy_that_allows_inline_code(made: str) -> None:
    for attributes, inside in re.findall(r"<script\b([^>]*)>(.*?)</script>", made, re.DOTALL):
        assert 'type="application/json"' in attributes or not inside
    assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=|javascript:", made)


def test_names_and_titles_stay_text(tmp_path: Path) -> None:
    page = tmp_path / "n.ipynb"
    page.write_text('{"cells": [{"cell_type": "code", "source": "1", "id": "\\"><script>alert(1)</script>"}]}', "utf-8")
    values = shell_values(name="<script>alert(2)</script>")
    made = SKELETONS.page(
        page, "learner", values, title="</title><script>alert(3)", is_lesson=True, kernel_id="</script><script>alert(4)"
    )
    assert not re.search(r"<script>", made)
    assert '"kernel": "\\u003c/script\\u003e\\u003cscript\\u003ealert(4)"' in made


def test_a_visitor_gets_the_frame_of_their_own_and_the_notebook_of_now(tmp_path: Path) -> None:
    path = tmp_path / "n.ipynb"

    def opened(text: str, **given: Any) -> str:
        path.write_text(json.dumps({"cells": [{"cell_type": "markdown", "source": text}]}), "utf-8")
        os.utime(path, ns=(len(text), len(text)))
        return SKELETONS.page(path, "learner", shell_values(**given), title="ก", is_lesson=True, kernel_id=KERNEL)

    first, second = opened("ฉบับแรก", name="ก้อย"), opened("ฉบับแรก", name="ขวัญ", locale="en")
    assert "ก้อย" in first
    assert "ก้อย" not in second
    assert "Opening the page" in second
    assert "<p>ฉบับแรก</p>" in second
    assert "<p>ฉบับที่สอง</p>" in opened("ฉบับที่สอง")


def test_an_unknown_bundle_is_named() -> None:
    with pytest.raises(KeyError, match="'nobody': no bundle"):
        SKELETONS.page(Path("n.ipynb"), "nobody", {}, title="", is_lesson=False, kernel_id="")


# The full template -------------------------------------------------------------------------------------------------


def test_the_frame_of_the_full_template_brings_its_script_and_no_bundle() -> None:
    frame = TEMPLATES.frame(title="ก", is_lesson=False, **shell_values())
    scripts = re.findall(r'<script[^>]* src="([^"]*)"', "".join(frame.values()))
    assert scripts == [ASSETS.urls["shell.js"], ASSETS.urls["full.js"]]
    assert ASSETS.urls["shell.css"] in frame["head"]
    assert "learner" not in frame["head"]


# In a browser ------------------------------------------------------------------------------------------------------


class Pages(ThreadingHTTPServer):
    """Serves /lesson and /waiting with the policy of light pages. seat: what /seat answers; None = the server is in trouble."""

    daemon_threads = True
    seat: dict[str, Any] | None = {"place": 3, "is_free": False}  # noqa: RUF012

    def answer(self, path: str) -> tuple[int, str, bytes]:
        if path.startswith(PREFIX):
            asset = ASSETS.files[path.removeprefix(PREFIX)]
            return 200, asset.kind, asset.body
        if path == "/seat":
            return (200, "application/json", json.dumps(self.seat).encode()) if self.seat else (500, "text/plain", b"")
        if path == "/lesson":
            return 200, "text/html; charset=utf-8", document("/lessons/cps-cycle").encode()
        if path == "/waiting" and not (self.seat and self.seat["is_free"]):
            return 503, "text/html; charset=utf-8", waiting(4).encode()
        return (200 if path == "/waiting" else 404), "text/html; charset=utf-8", b"<title>open</title>"


class Handler(BaseHTTPRequestHandler):
    server: Pages

    def do_GET(self) -> None:
        status, kind, body = self.server.answer(self.path.partition("?")[0])
        self.send_response(status)
        for name, value in {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            "Content-Security-Policy": LIGHT_POLICY,
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def visiting(browser: Browser, width: int = 360) -> Iterator[tuple[Pages, Page, str, list[str]]]:
    server = Pages(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context(viewport={"width": width, "height": 740}, reduced_motion="reduce")
    page = context.new_page()
    refused: list[str] = []
    page.on("pageerror", lambda error: refused.append(str(error)))
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    try:
        yield server, page, f"http://{HOST}:{server.server_port}", refused
    finally:
        context.close()
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_lesson_can_be_read_while_its_kernel_starts(browser: Browser, width: int) -> None:
    with visiting(browser, width) as (_, page, address, refused):
        page.route(re.compile(r"/assets/learner\.\w+\.js"), lambda route: route.abort())
        page.goto(f"{address}/lesson")
        bones = page.locator(".shell-outputs > .shell-bone")
        assert bones.count() >= 10
        assert {bone.bounding_box()["height"] for bone in bones.all()} == {132}  # type: ignore[index]
        assert [place.is_hidden() for place in page.locator(".shell-silent").all()] == [True, True]
        assert page.get_by_role("status").inner_text() == "กำลังเปิดหน้า…"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.evaluate("document.getElementById('main').dataset.ready = 'yes'")
        assert page.get_by_role("status").count() == 0
        assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('1em Sarabun', 'กขค abc'))")
        assert refused == []


def test_the_page_that_waits_says_how_far_it_has_come_and_opens_by_itself(browser: Browser) -> None:
    with visiting(browser) as (server, page, address, refused):
        asked: list[str] = []
        page.on("requestfinished", lambda request: asked.append(request.url))
        page.on("requestfailed", lambda request: asked.append(request.url))

        def until_asked_again() -> None:
            before = len(asked)
            for _ in range(100):
                page.clock.run_for(1000)
                if len(asked) > before:
                    return
            pytest.fail("it does not ask any more")

        page.clock.install()
        page.goto(f"{address}/waiting")
        place = page.locator(".shell-place")
        assert place.inner_text() == "คุณอยู่ลำดับที่ 4"
        until_asked_again()
        assert asked[-1].endswith("/seat?for=%2Fhome")
        page.get_by_text("คุณอยู่ลำดับที่ 3").wait_for()
        server.seat = None
        until_asked_again()
        page.route("**/seat?for=*", lambda route: route.abort())
        until_asked_again()
        page.unroute("**/seat?for=*")
        assert place.inner_text() == "คุณอยู่ลำดับที่ 3"
        server.seat = {"place": 1, "is_free": False}
        until_asked_again()
        page.get_by_text("ถัดไปเป็นคิวของคุณ").wait_for()
        server.seat = {"place": 1, "is_free": True}
        until_asked_again()
        page.wait_for_function("document.title === 'open'")
        assert refused == []


def test_the_page_that_waits_reads_in_both_languages() -> None:
    thai, english = waiting(12), waiting(1, locale="en", here="/quiz?form=cps-practice")
    assert "คุณอยู่ลำดับที่ 12" in thai
    assert "มีที่นั่งทั้งหมด 60 ที่" in thai
    assert "You are next" in english
    assert 'data-later="You are number {place} in the queue"' in english
    assert '<a class="shell-quiet" href="/quiz?form=cps-practice">Try again</a>' in english
