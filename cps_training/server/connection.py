"""The websocket between a page and its kernel: no delay for small packets, malformed messages end it, endings are told.

Which message types pass is the kernel manager's allow-list; this module only makes sure that nothing else slips by.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from tornado import web

log = logging.getLogger("cps_training.server.connection")

ALLOWED_MESSAGE_TYPES = frozenset(
    ("comm_open", "comm_close", "comm_msg", "comm_info_request", "kernel_info_request", "shutdown_request")
)
"""What a browser may say to a kernel. None of them runs code."""


LONGEST_HEADER = 1000
MOST_PARTS = 64
"""Parts of one binary message; a page sends a handful."""
V1 = "v1.kernel.websocket.jupyter.org"


class KitConnection(ZMQChannelsWebsocketConnection):
    """One open page of the full template; light pages have light_connection.py."""

    is_busy = False
    """What a stock kernel has not dealt with cannot be known."""

    async def prepare(self) -> None:
        """Wait until the kernel answers, or is known to be dead. Stock code would go on waiting for a dead one."""
        ready = asyncio.ensure_future(super().prepare())
        ended = asyncio.ensure_future(self.multi_kernel_manager.until_ended(self.kernel_id))
        try:
            await asyncio.wait((ready, ended), return_when=asyncio.FIRST_COMPLETED)
            if not ready.done():
                raise web.HTTPError(404)
            await ready
        finally:
            ready.cancel()
            ended.cancel()

    def connect(self) -> Any:
        # Without this every click waits for Nagle and delayed ACK, about 45 ms.
        self.websocket_handler.set_nodelay(True)
        self.multi_kernel_manager.page_connected(self.kernel_id, self)
        return super().connect()

    def disconnect(self) -> Any:
        self.multi_kernel_manager.page_disconnected(self.kernel_id, self)
        return super().disconnect()

    def handle_incoming_message(self, incoming_msg: Any) -> None:
        try:
            if isinstance(incoming_msg, bytes):
                require_sane_parts(incoming_msg, is_v1=self.subprotocol == V1)
            super().handle_incoming_message(incoming_msg)
            if _is_somebodys(incoming_msg):
                self.multi_kernel_manager.page_spoke(self.kernel_id)
        except Exception as error:  # whatever a browser sends must not become a traceback with its content in the log
            log.warning("refused a malformed message (%s)", type(error).__name__)
            self.websocket_handler.close(1007)

    def _on_error(self, channel: str, msg: Any, msg_list: Any) -> None:
        """Hide what a cell raised. Stock code looks for its replacement text on an object that has none and so ends the channel."""
        if channel == "iopub" and self.get_part("header", msg["header"], msg_list)["msg_type"] == "error":
            msg["content"] = {"ename": "ExecutionError", "evalue": "Execution error", "traceback": []}
            if self.subprotocol == V1:
                msg_list[3] = self.session.pack(msg["content"])

    def tell_end(self) -> None:
        """Tell the page that its kernel is gone, so that it can say so and offer a way back; then close."""
        try:
            self._send_status_message("dead")
        except Exception:
            log.debug("the page was gone first")
        self.websocket_handler.close()


def require_sane_parts(message: bytes, *, is_v1: bool) -> None:
    """Refuse a binary message that announces more parts than it can hold, by ValueError.

    Stock code believes the number: eight bytes of it make the server count to 2**64, or claim gigabytes for the count.
    Layouts: v1 a little-endian 64-bit number of offsets, then the offsets; older a big-endian 32-bit number of parts.
    """
    width, order = (8, "little") if is_v1 else (4, "big")
    announced = int.from_bytes(message[:width], order)  # type: ignore[arg-type]
    if not 0 < announced <= MOST_PARTS or len(message) < width * (announced + 1):
        raise ValueError("a binary message announces parts it does not have")


def _is_somebodys(incoming: str | bytes) -> bool:
    """Whether a widget said something; connecting and asking for the kernel's name happens without anybody there."""
    return (
        "comm_msg" in incoming[:LONGEST_HEADER]
        if isinstance(incoming, str)
        else b"comm_msg" in incoming[:LONGEST_HEADER]
    )


class PageClient(AsyncKernelClient):
    """The client that runs a page's cells: shell and iopub only. A heartbeat's end blocks the event loop for 0.3 s a visitor."""

    def start_channels(self, *_: Any, **__: Any) -> None:
        super().start_channels(shell=True, iopub=True, stdin=False, hb=False, control=False)
