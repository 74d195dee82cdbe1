"""A server with one page and a kernel that says what a test tells it to: the other end of the host's websocket.

It runs in a thread of its own; every method may be called from the test. Waiting is for what happened, never for time.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tornado import web, websocket
from tornado.httpserver import HTTPServer

from cps_training.server.assets import STATIC, host_script
from cps_training.server.web import LIGHT_POLICY
from cps_training.views.assets import without_comments
from tests.browser_support import HOST
from tests.page.wire import Message, pack, unpack

HERE = Path(__file__).parent
KERNEL = "0b5a2c1e-7d43-4c5e-9a66-1f2e3d4c5b6a"
PROTOCOL = "v1.kernel.websocket.jupyter.org"
WIDGET = "application/vnd.jupyter.widget-view+json"
PATIENCE = 20.0
NO_ANSWER = 0
REST = "<!-- the rest follows when the page's script has asked for /ran -->"
LOST_AFTER_MS = 4000


class FakeKernel:
    """What the page asks for is in cells and states; what the page said is in heard."""

    def __init__(self, widgets: str | None = None) -> None:
        self.script = without_comments(f"{widgets or (HERE / 'widgets.js').read_text('utf-8')}\n{host_script()}")
        self.page_text = ""
        self.cells: list[dict[str, Any]] = []
        self.states: dict[str, dict[str, Any]] = {}
        self.buffer_paths: list[list[Any]] = []
        self.buffers: tuple[bytes, ...] = ()
        self.heard: list[Message] = []
        self.asked: list[Message] = []
        self.addresses: list[str] = []
        self.beacons: list[dict[str, str]] = []
        self.happened: list[str] = []
        self.is_mute = self.is_hanging = False
        self.is_up = True
        self.fate = 200
        self._sockets: set[_Socket] = set()
        self._changed = threading.Condition()
        self._loop = asyncio.new_event_loop()
        started = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(started,), daemon=True)
        self._thread.start()
        assert started.wait(PATIENCE)

    # what a test arranges

    def widget(self, model_id: str, name: str = "field", **state: Any) -> str:
        """Have a widget whose view is `name` in widgets.js."""
        return self.model(model_id, "AnyModel", "anywidget", _esm=f"#{name}", _css="", **state)

    def box(self, model_id: str, *children: str) -> str:
        return self.model(model_id, "VBoxModel", "@jupyter-widgets/controls", children=references(children))

    def model(self, model_id: str, name: str, module: str, **state: Any) -> str:
        self.states[model_id] = {"model_name": name, "model_module": module, "state": {"_model_name": name, **state}}
        return model_id

    def show(self, cell: str, *outputs: str | dict[str, str], failed: bool = False) -> None:
        """Give a cell its outputs: ids of models, or mime bundles."""
        bundles = [{WIDGET: {"model_id": one}} if isinstance(one, str) else one for one in outputs]
        self.cells = [c for c in self.cells if c["id"] != cell] + [{"id": cell, "outputs": bundles, "failed": failed}]

    # what a test says

    def update(
        self, model_id: str, *, buffers: tuple[bytes, ...] = (), paths: list[Any] | None = None, **state: Any
    ) -> None:
        """Set traits as Python does, and keep them for a page that asks again."""
        self.states[model_id]["state"].update(state)
        self.tell(model_id, {"method": "update", "state": state, "buffer_paths": paths or []}, buffers)

    def arrange(self, box: str, *children: str) -> None:
        self.update(box, children=references(children))

    def tell(self, model_id: str, data: object, buffers: tuple[bytes, ...] = (), *, parent: str = "") -> None:
        self.send(pack("comm_msg", {"comm_id": model_id, "data": data}, buffers, parent=parent))

    def custom(self, model_id: str, content: object, buffers: tuple[bytes, ...] = ()) -> None:
        self.tell(model_id, {"method": "custom", "content": content}, buffers)

    def open(self, model_id: str) -> None:
        """Tell the page of a model it does not know."""
        content = {
            "comm_id": model_id,
            "target_name": "jupyter.widget",
            "data": {"state": self.states[model_id]["state"]},
        }
        self.send(pack("comm_open", content))

    def close(self, model_id: str) -> None:
        self.states.pop(model_id, None)
        self.send(pack("comm_close", {"comm_id": model_id, "data": {}}))

    def send(self, frame: bytes | str) -> None:
        """Send anything at all."""
        self._do(lambda: [s.write_message(frame, binary=isinstance(frame, bytes)) for s in self._sockets])

    def send_status(self, state: str) -> None:
        self.send(pack("status", {"execution_state": state}))

    def drop(self, *, is_up: bool = True, fate: int = 200) -> None:
        """Cut every connection. is_up: whether the next try gets through; fate: what is answered about the kernel."""
        self.is_up, self.fate = is_up, fate
        self._do(lambda: [s.cut() for s in set(self._sockets)])

    # what a test waits for

    def wait(self, is_so: Callable[[FakeKernel], object]) -> None:
        """Wait until something is so. Raises AssertionError with what has happened."""
        with self._changed:
            assert self._changed.wait_for(lambda: is_so(self), PATIENCE), self.happened

    def wait_heard(self, count: int) -> list[Message]:
        """Wait until the page has said so much to its models."""
        self.wait(lambda k: len(k.heard) >= count)
        return self.heard

    def contents(self) -> list[Any]:
        """The content of each custom message, in the order they came."""
        return [m.data["content"] for m in self.heard if m.data["method"] == "custom"]

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}/"

    def html(self) -> str:
        """The page: page_text where a test wrote one, else as the server makes it from the notebook's cells."""
        if self.page_text:
            return self.page_text
        places = "".join(
            f'<div class="shell-outputs" data-cell="{cell["id"]}" aria-busy="true"><div class="shell-bone"></div></div>'
            for cell in self.cells
        )
        settings = json.dumps({"kernel": KERNEL, "lost_after_ms": LOST_AFTER_MS})
        return f"""<!doctype html><html lang="th"><head><meta charset="utf-8"><title>page</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/shell.css"><script src="/shell.js"></script><script type="module" src="/host.js"></script></head>
<body class="cps-shell"><main id="main" class="shell-main"><script type="application/json" id="cps-page">{settings}</script>
<div class="shell-prose">prose</div>{places}
<template id="cps-failed"><p class="failed">failed</p></template><template id="cps-foreign"><p class="foreign">foreign</p></template>
</main><div id="shell-lost" role="alert" hidden>lost <button data-reload>again</button></div></body></html>"""

    def stop(self) -> None:
        self._do(self._ending.set)
        self._thread.join(PATIENCE)

    # the server's own thread

    def _run(self, started: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve(started))
        self._loop.close()

    async def _serve(self, started: threading.Event) -> None:
        self._ending = asyncio.Event()
        self.ran = asyncio.Event()
        given = {"kernel": self}
        application = web.Application(
            [
                (r"/(|ran|shell\.js|full\.js|shell\.css|host\.js)", _Files, given),
                (rf"/api/kernels/{KERNEL}/channels", _Socket, given),
                (rf"/api/kernels/{KERNEL}", _Fate, given),
                (rf"/voila/api/shutdown/{KERNEL}", _Goodbye, given),
            ]
        )
        server = HTTPServer(application)
        server.listen(0, "127.0.0.1")
        self.port = next(iter(server._sockets.values())).getsockname()[1]
        started.set()
        await self._ending.wait()
        server.stop()
        for socket in set(self._sockets):
            socket.cut()
        await server.close_all_connections()

    def _do(self, act: Callable[[], object]) -> None:
        async def acting() -> None:
            act()

        asyncio.run_coroutine_threadsafe(acting(), self._loop).result(PATIENCE)

    def note(self, what: str) -> None:
        with self._changed:
            self.happened.append(what)
            self._changed.notify_all()

    def page_message(self, comm: str) -> bytes:
        data = {"method": "page", "cells": self.cells, "states": self.states, "buffer_paths": self.buffer_paths}
        return pack("comm_msg", {"comm_id": comm, "data": data}, self.buffers)


class _Handler(web.RequestHandler):
    def initialize(self, kernel: FakeKernel) -> None:
        self.kernel = kernel


class _Files(_Handler):
    async def get(self, name: str) -> None:
        kinds = {"js": "text/javascript", "css": "text/css"}
        self.set_header("Content-Type", kinds.get(name.rpartition(".")[2], "text/html; charset=utf-8"))
        self.set_header("Content-Security-Policy", LIGHT_POLICY)
        self.set_header("Cache-Control", "no-cache")
        self.set_cookie("_xsrf", "2|token")
        if not name:
            self.kernel.note("page served")
        if name == "ran":
            self.kernel.ran.set()
        texts = {"": self.kernel.html, "ran": str, "host.js": lambda: self.kernel.script}
        text = texts.get(name, lambda: (STATIC / name).read_text("utf-8"))()
        beginning, _, rest = text.partition(REST)
        self.write(beginning)
        if rest:
            await self.flush()
            await self.kernel.ran.wait()
            self.write(rest)

    def log_exception(self, *_: Any) -> None:
        """Say nothing."""


class _Fate(_Handler):
    def get(self) -> None:
        self.kernel.note(f"asked about the kernel: {self.kernel.fate}")
        if self.kernel.fate == NO_ANSWER:
            self.request.connection.stream.close()  # type: ignore[attr-defined]
            return
        if self.kernel.fate == 302:
            self.redirect("/")
            return
        self.set_status(self.kernel.fate)
        self.write("{}")


class _Goodbye(_Handler):
    def post(self) -> None:
        self.kernel.beacons.append({"_xsrf": self.get_body_argument("_xsrf", "missing")})
        self.kernel.note("goodbye")


class _Socket(websocket.WebSocketHandler):
    def initialize(self, kernel: FakeKernel) -> None:
        self.kernel = kernel

    async def get(self, *given: Any, **named: Any) -> None:
        if not self.kernel.is_up:
            self.set_status(503)
            self.finish()
            self.kernel.note("refused")
            return
        if self.kernel.is_hanging:
            self.kernel.note("hangs")
            await self.kernel._ending.wait()
            return
        await super().get(*given, **named)

    def select_subprotocol(self, subprotocols: list[str]) -> str | None:
        return PROTOCOL if PROTOCOL in subprotocols else None

    def open(self, *_: Any) -> None:
        self.kernel._sockets.add(self)
        self.kernel.addresses.append(self.request.uri or "")
        self.kernel.note("opened")

    def on_message(self, frame: bytes | str) -> None:
        assert isinstance(frame, bytes)
        message = unpack(frame)
        if message.type == "comm_open":
            self.kernel.asked.append(message)
            self.kernel.note("asked for the page")
            if not self.kernel.is_mute:
                self.write_message(self.kernel.page_message(message.comm), binary=True)
            return
        self.kernel.heard.append(message)
        self.kernel.note(f"heard {message.content}")

    def on_close(self) -> None:
        self.kernel._sockets.discard(self)
        self.kernel.note("closed")

    def cut(self) -> None:
        """As a network does: without a word."""
        self.kernel._sockets.discard(self)
        if self.ws_connection is not None:
            self.ws_connection.stream.close()


def references(ids: tuple[str, ...]) -> list[str]:
    """How a model names others in its state."""
    return [f"IPY_MODEL_{one}" for one in ids]
