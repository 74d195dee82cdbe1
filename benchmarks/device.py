"""One device without a screen: signs in by the form, opens real pages, hears their kernels, leaves. Knows no item and no answer.

Does what a browser and the page's own script do: the page, then its assets once (a browser keeps them), then the websocket, then
`cps.page`, whose answer holds what every cell shows and the state of every widget.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from benchmarks import wire
from benchmarks.transport import Answer, Http, RefusedError, Socket

FORM_KIND = "application/x-www-form-urlencoded"
PATIENCE = 120.0
"""Longer than anybody waits: a learner who has no page or no receipt by then has failed."""

ITEM_CARD = "#item_card"

_PAGE = re.compile(r'id="cps-page"[^>]*>(.*?)</script>', re.DOTALL)
_ASSET = re.compile(r'(?:src|href)="(/assets/[^"]+)"')


@dataclass
class Counts:
    """pages: asked for, whether they came or not; begun: attempts by opening a page for the first time; finished, renewed: of the
    quiz."""

    pages: int = 0
    begun: int = 0
    finished: int = 0
    renewed: int = 0
    requests: int = 0
    http_bytes: int = 0
    socket_bytes: int = 0


class Device:
    """One person's device. code, password: of their account."""

    def __init__(self, port: int, code: str, password: str) -> None:
        self.port, self.code, self.password = port, code, password
        self.http = Http(port)
        self.counts = Counts()
        self.models: dict[str, dict[str, Any]] = {}
        self.page_message: dict[str, Any] = {}
        self.kernel = ""
        self._assets: set[str] = set()
        self._seen: set[str] = set()
        self._socket: Socket | None = None
        self._session = uuid.uuid4().hex
        self._sent = 0
        self._is_lost = False
        self._waits: list[tuple[Callable[[], Any], asyncio.Future[tuple[Any, float]]]] = []

    # Signing in and pages ---------------------------------------------------------------------------------------

    async def sign_in(self) -> None:
        """Through the form everybody uses. Raises RefusedError."""
        await self._ask("GET", "/sign-in")
        form = {"_xsrf": self.http.cookies.get("_xsrf", ""), "code": self.code, "password": self.password}
        answer = await self._ask("POST", "/sign-in", urlencode(form).encode(), FORM_KIND)
        if answer.status != 303 or "cps_session" not in self.http.cookies:
            raise RefusedError(f"sign-in of {self.code}: {answer.status}")

    async def open(self, path: str) -> float:
        """Open a page until it is drawn and, when it asks something, answerable; gives the seconds. Raises RefusedError, TimeoutError."""
        start = time.perf_counter()
        async with asyncio.timeout(PATIENCE):
            self.counts.pages += 1
            answer = await self._ask("GET", path)
            if answer.status != 200:
                raise RefusedError(f"GET {path}: {answer.status}")
            self.kernel = kernel_of(answer.text)
            await self._fetch_assets(answer.text)
            await self._connect()
            if path not in self._seen and self.shows(ITEM_CARD):
                self._seen.add(path)
                self.counts.begun += 1
        return time.perf_counter() - start

    async def _fetch_assets(self, page: str) -> None:
        for path in set(_ASSET.findall(page)) - self._assets:
            self._assets.add(path)
            code = await self._ask("GET", path)
            if code.status != 200:
                raise RefusedError(f"GET {path}: {code.status}")

    async def _connect(self) -> None:
        self.models, self.page_message, self._is_lost = {}, {}, False
        path = f"/api/kernels/{self.kernel}/channels?session_id={uuid.uuid4()}"
        self._socket = await Socket.open(self.port, path, self.http.cookie, self._hear, self._closed)
        self._say("comm_open", {"comm_id": uuid.uuid4().hex, "target_name": "cps.page", "data": {}})
        await self.until(lambda: self.page_message)
        if any(cell["failed"] for cell in self.page_message["cells"]):
            raise RefusedError("a cell of the page failed")

    def leave(self) -> asyncio.Task[Answer] | None:
        """Say goodbye as the page does (a beacon: it goes out even though the next page is asked for at once); None where no
        page came."""
        edge = uuid.uuid4().hex
        xsrf = self.http.cookies.get("_xsrf", "")
        body = f'--{edge}\r\nContent-Disposition: form-data; name="_xsrf"\r\n\r\n{xsrf}\r\n--{edge}--\r\n'.encode()
        beacon = Http(self.port)
        beacon.cookies = dict(self.http.cookies)
        kernel, self.kernel = self.kernel, ""

        async def goodbye() -> Answer:
            try:
                kind = f"multipart/form-data; boundary={edge}"
                return await beacon.ask("POST", f"/voila/api/shutdown/{kernel}", body, kind)
            finally:
                beacon.close()

        self._hang_up()
        return asyncio.ensure_future(goodbye()) if kernel else None

    def _hang_up(self) -> None:
        if self._socket is not None:
            self.counts.socket_bytes += self._socket.n_bytes
            self._socket.leave()
            self._socket = None

    async def _ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> Answer:
        answer = await self.http.ask(method, path, body, kind)
        self.counts.requests += 1
        self.counts.http_bytes += answer.wire_bytes
        return answer

    # What the page knows and says -------------------------------------------------------------------------------

    def shows(self, view: str) -> list[tuple[str, dict[str, Any]]]:
        """(model, state) of the page's widgets that are drawn by this view, oldest first."""
        return [(key, state) for key, state in self.models.items() if state.get("_esm") == view]

    def _hear(self, raw: bytes, at: float) -> None:
        message = wire.unpacked(raw)
        content = message.content
        if message.msg_type == "comm_msg":
            data = content["data"]
            method = data.get("method")
            if method == "update":
                self.models.setdefault(content["comm_id"], {}).update(data["state"])
            elif method == "page":
                self.page_message = data
                self.models.update({key: model["state"] for key, model in data["states"].items()})
        elif message.msg_type == "comm_open":
            self.models[content["comm_id"]] = content["data"].get("state", {})
        elif message.msg_type == "comm_close":
            self.models.pop(content["comm_id"], None)
        elif message.msg_type == "status" and content.get("execution_state") == "dead":
            self._is_lost = True
        self._look(at)

    def _closed(self) -> None:
        self._is_lost = True
        self._look(time.perf_counter())

    def _look(self, at: float) -> None:
        for wait in list(self._waits):
            found, future = wait
            if future.done():
                continue
            if value := found():
                future.set_result((value, at))
            elif self._is_lost:
                future.set_exception(RefusedError("the kernel or its connection is gone"))

    async def until(self, found: Callable[[], Any]) -> tuple[Any, float]:
        """(what was found, when the message that brought it arrived)."""
        if value := found():
            return value, time.perf_counter()
        future: asyncio.Future[tuple[Any, float]] = asyncio.get_running_loop().create_future()
        wait = (found, future)
        self._waits.append(wait)
        try:
            if self._is_lost:
                raise RefusedError("the kernel or its connection is gone")
            async with asyncio.timeout(PATIENCE):
                return await future
        finally:
            self._waits.remove(wait)

    def framed(self, msg_type: str, content: dict[str, Any]) -> bytes:
        self._sent += 1
        header = {
            "msg_id": f"{self._session}-{self._sent}",
            "msg_type": msg_type,
            "session": self._session,
            "username": "",
            "version": "5.3",
            "date": "2026-01-01T00:00:00Z",
        }
        return wire.masked_frame(wire.BINARY, wire.packed("shell", header, content))

    def send_frame(self, frame: bytes) -> None:
        """Send what `framed` gave. Raises RefusedError."""
        if self._socket is None:
            raise RefusedError("no page is open")
        self._socket.send_frame(frame)

    def _say(self, msg_type: str, content: dict[str, Any]) -> None:
        self.send_frame(self.framed(msg_type, content))

    def tell(self, model_id: str, content: dict[str, Any]) -> None:
        self._say("comm_msg", {"comm_id": model_id, "data": {"method": "custom", "content": content}})


def kernel_of(page: str) -> str:
    """The kernel of a light page. Raises RefusedError when the page carries none."""
    found = _PAGE.search(page)
    if not found:
        raise RefusedError("the page carries no #cps-page")
    return str(json.loads(found[1])["kernel"])
