"""Cold visits in a real browser: seconds to the first question, milliseconds to feedback, bytes and requests. Knows no load.

A visit: a new browser profile opens the page, answers every question, leaves; then the same profile opens it again. Signing in
is done before and not counted. What a visit costs the server is the difference of its processor time, read while it is quiet.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from benchmarks.machine import Tree, spent
from benchmarks.office import N_QUESTIONS
from tests.browser_support import ARGUMENTS, get_browser
from tests.kit import HOST

ALONE = f"--host-resolver-rules=MAP {HOST} 127.0.0.1 , MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
"""No connection leaves the machine."""
SETTLE_SECONDS = 1.0
"""After a page is answerable: what it still fetches belongs to the visit."""
LEAVING_SECONDS = 1.0

FIRST_SEEN = """(selector) => {
  const seen = () => { if (document.querySelector(selector)) { window.cpsFirstSeen ??= performance.now(); watch.disconnect(); } };
  const watch = new MutationObserver(seen);
  watch.observe(document, {subtree: true, childList: true, attributes: true});
}"""

CLICK_TO_FEEDBACK = """([root, n, click, told]) => new Promise((done, failed) => {
  const place = document.querySelectorAll(root)[n], start = performance.now();
  const seen = () => { if (place.querySelector(told)) { watch.disconnect(); done(performance.now() - start); } };
  const watch = new MutationObserver(seen);
  watch.observe(place, {subtree: true, childList: true, attributes: true, characterData: true});
  place.querySelector(click).click();
  setTimeout(() => failed(new Error('no feedback within 10 s')), 10000);
})"""


FLOOR_PAGE = b"""<!doctype html><meta charset=utf-8><title>floor</title><body><main><div class="cps-root"><form><fieldset>
<input type=radio name=q></fieldset><div class="cps-feedback"></div><button type=submit>ok</button></form></div></main><script>
document.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  document.querySelector(".cps-feedback").innerHTML = "<h3>told</h3>";
});</script>"""
"""One question without server or kernel: what the browser itself takes."""


@dataclass(frozen=True)
class Side:
    """Where a page is and how it is answered. tree: None where its processor time is not asked for."""

    url: str
    first: str
    tree: Tree | None
    cookies: dict[str, str] = field(default_factory=dict)


CARD = "main .cps-root:has(fieldset)"
TOLD = ".cps-feedback h3"
KIT_FIRST = f"{CARD} input[type=radio]"
STOCK_FIRST = "label.MCButton"


@contextmanager
def browsing() -> Iterator[Any]:
    """A running browser; every visit has a profile of its own."""
    path = get_browser()
    arguments = [argument for argument in ARGUMENTS if not argument.startswith("--host-resolver-rules")]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(path) if path else None, args=[*arguments, ALONE])
        try:
            yield browser
        finally:
            browser.close()


class Traffic:
    """What travels for a page, from now on: over the network only, the browser's own cache does not count."""

    def __init__(self, page: Any) -> None:
        self.bytes, self.requests, self.socket_bytes = 0, 0, 0
        self.paths: list[str] = []
        self._known: dict[str, str] = {}
        self._cached: set[str] = set()
        self._session = session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on(
            "Network.requestWillBeSent", lambda event: self._known.update({event["requestId"]: event["request"]["url"]})
        )
        session.on("Network.requestServedFromCache", lambda event: self._cached.add(event["requestId"]))
        session.on("Network.responseReceived", self._answered)
        session.on("Network.loadingFinished", self._finished)
        for name in ("Network.webSocketFrameReceived", "Network.webSocketFrameSent"):
            session.on(name, self._framed)

    def _answered(self, event: dict[str, Any]) -> None:
        if event["response"].get("fromDiskCache"):
            self._cached.add(event["requestId"])

    def _finished(self, event: dict[str, Any]) -> None:
        url = self._known.get(event["requestId"], "")
        if event["requestId"] in self._cached or not url.startswith("http"):
            return
        self.requests += 1
        self.bytes += event["encodedDataLength"]
        self.paths.append(urlsplit(url).path)

    def _framed(self, event: dict[str, Any]) -> None:
        response = event["response"]
        length = len(response["payloadData"])
        self.socket_bytes += length if response["opcode"] == 1 else length * 3 // 4  # binary ones are told in base64

    def stop(self) -> None:
        """Listen no more: being told of every frame would delay the answers that are timed next."""
        self._session.detach()

    def told(self) -> dict[str, Any]:
        return {
            "kb": round(self.bytes / 1000, 1),
            "requests": self.requests,
            "socket_kb": round(self.socket_bytes / 1000, 1),
        }


def visit(browser: Any, side: Side, *, is_stock: bool, is_again: bool = True) -> dict[str, Any]:
    """One visit. is_again: open the page a second time in the same profile, for its bytes.

    Gives {"first_question_s", "first_seen_s", "feedback_ms": [each], "first_visit", "second_visit", "paths", "cpu"}: first_question_s
    as a person with a stopwatch sees it, first_seen_s by the page's own clock; cpu by part of the server for opening, answering
    and leaving.
    """
    context = browser.new_context()
    try:
        if side.cookies:
            context.add_cookies(
                [{"name": name, "value": value, "url": side.url} for name, value in side.cookies.items()]
            )
        cpu = [_cpu(side)]
        page = context.new_page()
        traffic = Traffic(page)
        told = _open(page, side)
        told["first_visit"], told["paths"] = traffic.told(), traffic.paths
        traffic.stop()
        cpu.append(_cpu(side))
        told["feedback_ms"] = _answer_stock(page) if is_stock else _answer_kit(page)
        cpu.append(_cpu(side))
        _leave(page)
        cpu.append(_cpu(side))
        told["cpu"] = _steps(cpu)
        if is_again:
            page = context.new_page()
            traffic = Traffic(page)
            _open(page, side)
            told["second_visit"] = traffic.told()
            _leave(page)
        return told
    finally:
        context.close()


@contextmanager
def floor_page() -> Iterator[Side]:
    """The side that no kit can pass: the same selectors, nothing behind them."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(FLOOR_PAGE)))
            self.end_headers()
            self.wfile.write(FLOOR_PAGE)

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Side(f"http://{HOST}:{server.server_port}/", KIT_FIRST, None)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def floor(browser: Any, side: Side) -> dict[str, Any]:
    """A cold visit of the floor page."""
    context = browser.new_context()
    try:
        page = context.new_page()
        told = _open(page, side)
        page.locator("input").check()
        return told | {"feedback_ms": [page.evaluate(CLICK_TO_FEEDBACK, [CARD, 0, "button[type=submit]", TOLD])]}
    finally:
        context.close()


def _open(page: Any, side: Side) -> dict[str, Any]:
    page.set_default_timeout(60_000)
    page.add_init_script(f"({FIRST_SEEN})({side.first!r})")
    start = time.perf_counter()
    page.goto(side.url, wait_until="commit")
    page.locator(side.first).first.wait_for()
    first = time.perf_counter() - start
    page.wait_for_timeout(SETTLE_SECONDS * 1000)  # playwright hears the network only while it waits
    return {"first_question_s": round(first, 4), "first_seen_s": round(page.evaluate("window.cpsFirstSeen") / 1000, 4)}


def _leave(page: Any) -> None:
    page.goto("about:blank")
    page.wait_for_timeout(LEAVING_SECONDS * 1000)
    page.close()


def _answer_kit(page: Any) -> list[float]:
    card = page.locator(CARD).first
    taken = []
    for number in range(N_QUESTIONS):
        if card.locator(TOLD).count():
            raise RuntimeError("the question was answered already")
        card.locator("input[type=radio]").first.check()
        taken.append(page.evaluate(CLICK_TO_FEEDBACK, [CARD, 0, "button[type=submit]", TOLD]))
        if number < N_QUESTIONS - 1:
            card.locator('[data-key="action:next"]').click()
            page.locator(f"{CARD}:not(:has({TOLD}))").first.wait_for()
    return taken


def _answer_stock(page: Any) -> list[float]:
    arguments = ("label.MCButton", ".correct, .incorrect")
    return [page.evaluate(CLICK_TO_FEEDBACK, [".Quiz", number, *arguments]) for number in range(N_QUESTIONS)]


def _cpu(side: Side) -> dict[str, float]:
    return side.tree.cpu() if side.tree is not None else {}


def _steps(readings: list[dict[str, float]]) -> dict[str, dict[str, float]]:
    """Processor time of each step and of the visit; {} where it was not asked for."""
    if not readings[0]:
        return {}
    names = ("open", "answer", "leave")
    steps = {name: spent(*pair) for name, *pair in zip(names, readings, readings[1:], strict=False)}
    return steps | {"visit": spent(readings[0], readings[-1])}
