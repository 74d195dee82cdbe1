"""A visitor without a browser: sends exactly the bytes a test wants, keeps cookies, speaks to kernels over a websocket."""

from __future__ import annotations

import asyncio
import json
import re
import uuid
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect


def in_a_thread(work: Coroutine[Any, Any, Any]) -> Any:
    """The coroutine's result from a loop of its own: the browser tests keep one running in the main thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


PATIENCE = 20
JSON_PROTOCOL, BINARY_PROTOCOL = None, "v1.kernel.websocket.jupyter.org"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Any
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


@dataclass
class Visitor:
    """One device. `kit` is a tests.kit.Kit."""

    kit: Any
    host: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, form: dict[str, str] | None = None, **headers: str) -> Answer:
        """One request, the path sent as it is; redirects are not followed. Header names: `_` stands for `-`."""
        connection = HTTPConnection("127.0.0.1", self.kit.port, timeout=60)
        sent = {"Host": f"{self.host}:{self.kit.port}"}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if form is not None:
            body = urlencode(form).encode()
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in sent.items():
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            response = connection.getresponse()
            answer = Answer(response.status, response.headers, response.read())
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or ():
            for morsel in SimpleCookie(line).values():
                if morsel.value and morsel.value != '""':
                    self.cookies[morsel.key] = morsel.coded_value
                else:
                    self.cookies.pop(morsel.key, None)
        return answer

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, **headers)

    def post(self, path: str, **form: str) -> Answer:
        """A form as the page would send it, with its XSRF field."""
        if "_xsrf" not in self.cookies:
            self.get("/nowhere")  # any page of ours brings the cookie
        return self.ask("POST", path, {"_xsrf": self.cookies.get("_xsrf", ""), **form})

    def enter_as(self, role: str) -> Visitor:
        """Sign in as the demo person introduced with that role."""
        person = next(one for one in self.kit.said["people"] if one["role_label"] == role)
        assert self.post("/demo/sign-in", person_id=person["person_id"]).status == 303
        return self

    def open(self, path: str) -> str:
        """Open a page to its end; gives its kernel's id."""
        answer = self.get(path)
        assert answer.status == 200, answer.status
        return kernel_in(answer.text)

    @asynccontextmanager
    async def channels(
        self, kernel_id: str, protocol: str | None = BINARY_PROTOCOL, **headers: str
    ) -> AsyncIterator[Any]:
        """The websocket of a page's kernel. Raises HTTPClientError when the server refuses it."""
        url = f"ws://127.0.0.1:{self.kit.port}/api/kernels/{kernel_id}/channels?session_id={uuid.uuid4()}"
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Host": f"{self.host}:{self.kit.port}", "Cookie": cookie} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        request = HTTPRequest(url, headers=sent, request_timeout=60)
        link = await websocket_connect(request, subprotocols=[protocol] if protocol else None)
        try:
            yield link
        finally:
            link.close()
            if not getattr(link, "is_over", False):
                await until_closed(link)


def kernel_in(page: str) -> str:
    """The id of the kernel a page runs on, whichever template it is of."""
    said = {}
    for block in re.findall(r'<script[^>]+type="application/json"[^>]*>(.*?)</script>', page, re.DOTALL):
        said |= json.loads(block)
    kernel = said.get("kernel") or said.get("kernelId")
    assert kernel, "the page carries no kernel"
    return str(kernel)


def message(kind: str, content: dict[str, Any], channel: str = "shell") -> dict[str, Any]:
    """A kernel message as a browser sends it."""
    header = {"msg_id": uuid.uuid4().hex, "username": "", "session": "s", "msg_type": kind, "version": "5.3"}
    header["date"] = "2026-11-23T05:00:00Z"
    return {
        "channel": channel,
        "header": header,
        "parent_header": {},
        "metadata": {},
        "content": content,
        "buffers": [],
    }


def packed(said: dict[str, Any], protocol: str | None) -> str | bytes:
    """The message in the protocol's form."""
    if protocol is None:
        return json.dumps(said)
    parts = [said["channel"].encode()]
    parts += [json.dumps(said[name]).encode() for name in ("header", "parent_header", "metadata", "content")]
    offsets = [8 * (len(parts) + 2)]
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    numbers = [len(offsets), *offsets]
    return b"".join([*(number.to_bytes(8, "little") for number in numbers), *parts])


def unpacked(heard: str | bytes) -> dict[str, Any]:
    """{"msg_type", "parent", "content"} of what the server sent, in either protocol."""
    if isinstance(heard, str):
        said = json.loads(heard)
        header, parent, content = said["header"], said["parent_header"], said["content"]
    else:
        count = int.from_bytes(heard[:8], "little")
        offsets = [int.from_bytes(heard[8 * i : 8 * i + 8], "little") for i in range(1, count + 1)]
        parts = [heard[a:b] for a, b in pairwise(offsets)]
        header, parent, content = (json.loads(parts[i]) for i in (1, 2, 4))
    return {"msg_type": header["msg_type"], "parent": parent.get("msg_id"), "content": content}


async def until_closed(link: Any) -> list[Any]:
    """What is still heard until the connection is closed; fails when it stays open."""
    heard = []
    while (raw := await asyncio.wait_for(link.read_message(), PATIENCE)) is not None:
        heard.append(raw)
    link.is_over = True
    return heard


async def say_and_hear(link: Any, said: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """In a light page: send messages, then ask for the page; give everything heard, the page's state last."""
    comm = uuid.uuid4().hex
    last = message("comm_open", {"comm_id": comm, "target_name": "cps.page", "data": {}})
    for one in [*said, last]:
        await link.write_message(packed(one, BINARY_PROTOCOL), binary=True)
    heard: list[dict[str, Any]] = []
    while not heard or heard[-1]["content"].get("comm_id") != comm:
        raw = await asyncio.wait_for(link.read_message(), PATIENCE)
        assert raw is not None, "the server closed the connection"
        heard.append(unpacked(raw))
    return heard


async def page_state(visitor: Visitor, path: str) -> dict[str, Any]:
    """What the browser of a visitor is told when it opens a light page: {"cells", "states", …}."""
    async with visitor.channels(visitor.open(path)) as link:
        heard = await say_and_hear(link, [])
    return dict(heard[-1]["content"]["data"])


async def say_and_hear_in_full(
    link: Any, said: list[dict[str, Any]], protocol: str | None = JSON_PROTOCOL
) -> list[dict[str, Any]]:
    """In a page of the full template: send messages, then a kernel_info_request; give everything heard until it is done."""
    last = message("kernel_info_request", {})
    for one in [*said, last]:
        await link.write_message(packed(one, protocol), binary=protocol is not None)
    heard: list[dict[str, Any]] = []
    awaited = {"kernel_info_reply", "idle"}  # the answer, and the mark behind all the kernel had to say before it
    while awaited:
        raw = await asyncio.wait_for(link.read_message(), PATIENCE)
        assert raw is not None, "the server closed the connection"
        heard.append(unpacked(raw))
        if heard[-1]["parent"] == last["header"]["msg_id"]:
            awaited -= {heard[-1]["msg_type"], heard[-1]["content"].get("execution_state")}
    return heard
