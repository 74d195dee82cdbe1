"""The websocket between a page and its kernel: no delay for small packets, malformed messages end it, endings are told.

Which message types pass is the kernel manager's allow-list; this module only makes sure that nothing else slips by.
"""

from __future__ import annotations

import logging
from typing import Any

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

log = logging.getLogger("cps_training.server.connection")

ALLOWED_MESSAGE_TYPES = frozenset(
    ("comm_open", "comm_close", "comm_msg", "comm_info_request", "kernel_info_request", "shutdown_request")
)
"""What a browser may say to a kernel. None of them runs code."""


class KitConnection(ZMQChannelsWebsocketConnection):
    """One open page."""

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
            super().handle_incoming_message(incoming_msg)
        except Exception as error:  # whatever a browser sends must not become a traceback with its content in the log
            log.warning("refused a malformed message (%s)", type(error).__name__)
            self.websocket_handler.close(1007)

    def tell_end(self) -> None:
        """Tell the page that its kernel is gone, so that it can say so and offer a way back; then close."""
        try:
            self._send_status_message("dead")
        except Exception:
            log.debug("the page was gone first")
        self.websocket_handler.close()


class PageClient(AsyncKernelClient):
    """The client that runs a page's cells: shell and iopub only. A heartbeat's end blocks the event loop for 0.3 s a visitor."""

    def start_channels(self, *_: Any, **__: Any) -> None:
        super().start_channels(shell=True, iopub=True, stdin=False, hb=False, control=False)
