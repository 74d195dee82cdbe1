"""The websocket between a light page and its kernel: two zmq sockets, frames passed on as they are, nothing else let through.

Only the binary protocol v1.kernel.websocket.jupyter.org; of it a page may open its own comm, speak to widgets and ask for the
kernel's name. Knows no widget and no content.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from hashlib import sha256
from itertools import pairwise
from typing import Any

import zmq
from jupyter_server.services.kernels.connection.base import BaseKernelWebsocketConnection
from tornado import web
from tornado.websocket import WebSocketClosedError
from zmq.eventloop.zmqstream import ZMQStream

from cps_training.server.connection import MOST_PARTS, V1

log = logging.getLogger("cps_training.server.connection")

FROM_PAGE = frozenset(("comm_open", "comm_msg", "comm_close", "kernel_info_request"))
TO_PAGE = frozenset(("comm_open", "comm_msg", "comm_close", "kernel_info_reply"))
PAGE_TARGET = "cps.page"
DELIMITER = b"<IDS|MSG>"
HANDLED = [b"handled"]
"""What a page's kernel says when it has dealt with a message, see page_kernel.py."""
ANSWERS_SECONDS = 20.0
DEAD = json.dumps({"execution_state": "dead"}).encode()


class LightConnection(BaseKernelWebsocketConnection):
    """One open page."""

    kernel_ws_protocol = V1

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._in_flight = 0
        self._welcomed = asyncio.Event()
        self._shell: ZMQStream | None = None
        self._iopub: ZMQStream | None = None

    @property
    def is_busy(self) -> bool:
        return self._in_flight > 0

    async def connect(self) -> None:
        """Returns when nothing the kernel says can be missed any more: from then on the page's messages are read."""
        self.websocket_handler.set_nodelay(True)  # else every click waits for Nagle and delayed ACK, about 45 ms
        self.multi_kernel_manager.page_connected(self.kernel_id, self)
        self._iopub = self._stream(zmq.SUB, "iopub", self._hear_kernel)
        self._shell = self._stream(zmq.DEALER, "shell", self._hear_answer)
        welcomed = asyncio.ensure_future(self._welcomed.wait())
        ended = asyncio.ensure_future(self.multi_kernel_manager.until_ended(self.kernel_id))
        try:
            await asyncio.wait((welcomed, ended), timeout=ANSWERS_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            if not welcomed.done():
                self.tell_end()
        finally:
            welcomed.cancel()
            ended.cancel()

    def _stream(self, kind: int, channel: str, hear: Any) -> ZMQStream:
        socket = self.multi_kernel_manager.context.socket(kind, socket_class=zmq.Socket)
        socket.linger = 0
        if kind == zmq.SUB:
            socket.subscribe(b"")
        socket.connect(self.kernel_manager._make_url(channel))
        stream = ZMQStream(socket)
        stream.on_recv(hear)
        return stream

    def disconnect(self) -> None:
        self.multi_kernel_manager.page_disconnected(self.kernel_id, self)
        for stream in (self._shell, self._iopub):
            if stream is not None:
                stream.close(linger=0)
        self._shell = self._iopub = None
        self._in_flight = 0

    # From the page ------------------------------------------------------------------------------------------------

    def handle_incoming_message(self, incoming_msg: Any) -> None:
        try:
            channel, *parts = split(incoming_msg)
            kind = json.loads(parts[0])["msg_type"]
            is_allowed = channel == b"shell" and _is_allowed(kind, parts[3])
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            log.warning("refused a malformed message (%s)", type(error).__name__)
            self.websocket_handler.close(1007)
            return
        if not is_allowed or self._shell is None or self.multi_kernel_manager.is_ending:
            log.info("a message of a page was not passed on")
            return
        self._in_flight += 1
        self._shell.send_multipart([DELIMITER, self._sign(parts[:4]), *parts])
        if kind == "comm_msg":  # connecting happens without anybody there
            self.multi_kernel_manager.page_spoke(self.kernel_id)

    def _sign(self, parts: list[bytes]) -> bytes:
        digest = hmac.new(self.kernel_manager.session.key, digestmod=sha256)
        for part in parts:
            digest.update(part)
        return digest.hexdigest().encode("ascii")

    # From the kernel ----------------------------------------------------------------------------------------------

    def _hear_answer(self, frames: list[bytes]) -> None:
        if frames == HANDLED:
            self._in_flight -= 1
        else:
            self._pass_on(b"shell", frames)

    def _hear_kernel(self, frames: list[bytes]) -> None:
        if not self._welcomed.is_set():
            self._welcomed.set()  # the first thing a listener hears is the welcome, which is for us
            return
        self._pass_on(b"iopub", frames)

    def _pass_on(self, channel: bytes, frames: list[bytes]) -> None:
        start = frames.index(DELIMITER) + 2
        if json.loads(frames[start])["msg_type"] in TO_PAGE:
            self._say([channel, *frames[start:]])

    def _say(self, parts: list[bytes]) -> None:
        try:
            self.websocket_handler.write_message(join(parts), binary=True)
        except WebSocketClosedError:
            log.debug("the page was gone first")

    def tell_end(self) -> None:
        """Tell the page that its kernel is gone, so that it can say so and offer a way back; then close."""
        self._say([b"iopub", b'{"msg_type":"status"}', b"{}", b"{}", DEAD])
        self.websocket_handler.close()


def _is_allowed(kind: str, content: bytes) -> bool:
    if kind == "comm_open":
        return bool(json.loads(content)["target_name"] == PAGE_TARGET)
    return kind in FROM_PAGE


def split(message: Any) -> list[bytes]:
    """The parts of a message in the v1 layout: channel, header, parent header, metadata, content, buffers. Raises ValueError.

    Layout: a little-endian 64-bit number of offsets, the offsets, then the parts from each offset to the next. What a message
    says of its own size is checked against its size before it is believed.
    """
    if not isinstance(message, bytes):
        raise ValueError("not a binary message")
    count = int.from_bytes(message[:8], "little")
    if not 6 <= count <= MOST_PARTS or len(message) < 8 * (count + 1):
        raise ValueError("a binary message announces parts it does not have")
    offsets = [int.from_bytes(message[8 * i : 8 * i + 8], "little") for i in range(1, count + 1)]
    if offsets != sorted(offsets) or offsets[0] < 8 * (count + 1) or offsets[-1] != len(message):
        raise ValueError("offsets lead out of the message")
    return [message[a:b] for a, b in pairwise(offsets)]


def join(parts: list[bytes]) -> bytes:
    """The message of these parts in the v1 layout."""
    count = len(parts) + 1
    offsets = [8 * (count + 1)]
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    return b"".join(number.to_bytes(8, "little") for number in (count, *offsets)) + b"".join(parts)


def require_light(handler: Any) -> None:
    """Refuse a websocket that does not offer the binary protocol, by HTTPError 400."""
    offered = handler.request.headers.get("Sec-WebSocket-Protocol", "")
    if V1 not in [name.strip() for name in offered.split(",")]:
        raise web.HTTPError(400)
